//! The tracking table: figures, blanks, breadth, the change log.

use super::*;
use crate::logframe::figures::Value;
use crate::project::model::{Baseline, Direction, Localized};
use crate::report::donor::trial::{at, crowded, hidden, made, row, silent};
use crate::report::fixture::world;

#[test]
fn cells_hold_the_figures() {
    let world = world();
    let made = made(&world, "en", sheets);
    let names: Vec<&str> = made.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["IPTT by month", "Variance", "Reference", "Change log"]);
    let people = row(&made[0], 0, "1.1");
    assert_eq!([8, 9, 10].map(|column| at(people, column)), ["10", "6", "60"]);
    assert_eq!([5, 6].map(|column| at(people, column)), ["C", "#"]);
    let share = row(&made[0], 0, "0.1");
    assert_eq!(
        [6, 7, 8, 9, 10].map(|column| at(share, column)),
        ["%", "20", "50", "51.1", "102.3"]
    );
    let contacts = row(&made[0], 0, "1");
    assert_eq!([11, 12, 13].map(|column| at(contacts, column)), ["—", "20", "—"]);
    assert_eq!(at(contacts, 11 + 3 * 11 + 1), "31");
    let variance = row(&made[1], 0, "1.1");
    assert_eq!(
        [2, 3, 4, 5, 6].map(|column| at(variance, column)),
        ["10", "6", "-4", "60", "behind"]
    );
    assert!(at(variance, 7).starts_with("Beyond the tolerance"));
}

#[test]
fn categories_are_folded_and_hidden_ones_stay_hidden() {
    let made = made(&world(), "en", sheets);
    let folded: Vec<_> = made[0].rows.iter().filter(|row| row.outline == 1).collect();
    let shown: Vec<String> = folded.iter().map(|row| at(&row.cells, 9)).collect();
    assert_eq!(shown, ["5", "•", "2", "4"]);
    assert_eq!(at(&folded[1].cells, 10), "•");
}

#[test]
fn the_share_of_a_decrease_is_measured_from_the_baseline() {
    let mut world = world();
    let people = &mut world.project.indicators[1];
    people.direction = Direction::Decrease;
    people.baseline = Some(Baseline {
        value: 26.0,
        date: None,
    });
    let made = made(&world, "uk", sheets);
    assert_eq!(at(row(&made[0], 0, "1.1"), 10), "125");
}

#[test]
fn a_hidden_figure_is_hidden_in_every_column() {
    let made = made(&hidden(), "en", sheets);
    for code in ["0.1", "1.1", "1"] {
        let cells = row(&made[0], 0, code);
        assert_eq!([9, 10].map(|column| at(cells, column)), ["•", "•"], "{code}");
        let cells = row(&made[1], 0, code);
        assert_eq!([3, 4, 5].map(|column| at(cells, column)), ["•", "•", "•"], "{code}");
        assert_eq!(at(cells, 6), "—");
    }
    assert_eq!([12, 13].map(|column| at(row(&made[0], 0, "1"), column)), ["•", "•"]);
}

#[test]
fn no_data_is_a_dash_and_never_a_zero() {
    let mut blank = world();
    blank
        .figures
        .figures
        .iter_mut()
        .for_each(|figure| figure.value = Value::NoData);
    for world in [silent(), blank] {
        let made = made(&world, "en", sheets);
        let cells = row(&made[0], 0, "1.1");
        assert_eq!([7, 9, 10].map(|column| at(cells, column)), ["—", "—", "—"]);
        assert_eq!(at(row(&made[1], 0, "1.1"), 4), "—");
    }
}

#[test]
fn sixty_periods_and_three_hundred_indicators_are_printed_on_pages_side_by_side() {
    let made = made(&crowded(), "uk", sheets);
    let across = made[0].across.as_ref().expect("pages side by side");
    assert!(across.breaks.len() > 5 && across.repeated == 2);
    assert_eq!(made[0].columns(), 11 + 3 * 60);
    let last = row(&made[0], 0, "=1+299/[5]");
    assert_eq!(at(last, 9), "60");
    assert_eq!(at(last, 11 + 3 * 59 + 1), "59");
    let height = made[0].rows.iter().map(|row| made[0].height(row)).fold(0.0, f64::max);
    assert!(height > 300.0);
}

#[test]
fn explanations_stand_with_their_periods() {
    let mut world = world();
    let explained = &mut world.project.indicators[1].for_donors.explanations;
    explained.insert("2026-02".to_owned(), Localized::same("=Shelling"));
    explained.insert("2027-02".to_owned(), Localized::same("Later"));
    let made = made(&world, "en", sheets);
    assert_eq!(at(row(&made[1], 0, "1.1"), 7), "Feb 2026: =Shelling\n2027-02: Later");
}

#[test]
fn a_project_without_indicators_has_whole_sheets() {
    let mut world = silent();
    world.project.indicators.clear();
    world.figures.periods.clear();
    assert_eq!(made(&world, "en", sheets).len(), 4);
}

#[test]
fn the_change_log_says_that_nothing_was_published_or_lists_what_changed() {
    let world = world();
    let report = world.report("en");
    let view = View::new(&report);
    let empty = changes::sheet(&view, &[]);
    let said = empty.rows.last().map(|row| at(&row.cells, 0)).unwrap_or_default();
    assert!(said.starts_with("No figures have been published"), "{said}");
    let change = changes::Change {
        when: "2026-04-02".to_owned(),
        indicator: "=1.1".to_owned(),
        previous: "6".to_owned(),
        new: "7".to_owned(),
        ..changes::Change::default()
    };
    let one = changes::sheet(&view, &[change]);
    let cells = row(&one, 0, "2026-04-02");
    assert_eq!([2, 6, 7].map(|column| at(cells, column)), ["=1.1", "6", "7"]);
}
