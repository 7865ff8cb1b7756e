//! The table of the terminal: widths, colours, two lines, statuses.

use super::*;
use crate::report::fixture;
use crate::report::labels::{Labels, MISSING};

#[test]
fn no_line_is_wider_than_the_terminal() {
    let world = fixture::world();
    for lang in Labels::languages() {
        for width in [60, 80, 120] {
            let shown = terminal(&world.report(lang), width, false);
            assert!(shown.lines().all(|line| line.width() <= width), "{width}\n{shown}");
            assert!(!shown.contains(MISSING) && !shown.contains('\u{1b}'), "{shown}");
        }
    }
}

#[test]
fn the_table_shows_value_target_status_and_bar() {
    let world = fixture::world();
    let shown = terminal(&world.report("en"), 80, false);
    let line = shown
        .lines()
        .find(|line| line.starts_with("1.1 "))
        .expect("the indicator's line");
    assert!(line.starts_with("1.1 People in group consultations"), "{line}");
    assert!(line.ends_with("60 behind   ######...."), "{line}");
}

#[test]
fn long_statements_take_two_lines_and_statuses_are_counted() {
    let world = fixture::world();
    let shown = terminal(&world.report("en"), 80, false);
    let mut lines = shown.lines().skip_while(|line| !line.starts_with("1   Number of"));
    assert!(lines.next().is_some_and(|line| line.contains("5,532")), "{shown}");
    assert!(
        lines
            .next()
            .is_some_and(|line| line.starts_with("    ") && line.ends_with('…')),
        "{shown}"
    );
    assert!(shown.contains("-- Outcome --\n0.1"), "{shown}");
    assert!(shown.contains("achieved 1, behind 1, no target 1"), "{shown}");
    assert!(shown.contains("1.1 5 – 7"), "{shown}");
}

#[test]
fn colour_is_only_where_it_is_wanted() {
    let world = fixture::world();
    assert!(terminal(&world.report("en"), 80, true).contains("\u{1b}["));
    assert_eq!(cut("слово", 4), "сло…");
}
