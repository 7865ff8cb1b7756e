//! The support space's year, from its raw files to its published figures: every row of the expected table.

mod support;

use std::collections::BTreeMap;

use support::{Run, data, number};

/// Columns of `indicators.csv` by which a figure is found.
type Key = (String, String, String, String, String);

fn figures(run: &Run) -> BTreeMap<Key, String> {
    run.csv("indicators.csv")
        .into_iter()
        .map(|row| {
            let cell = |name: &str| row[name].clone();
            let key = (
                cell("code"),
                cell("period_start"),
                cell("period_end"),
                cell("disaggregation"),
                cell("category"),
            );
            (key, cell("value"))
        })
        .collect()
}

#[test]
fn every_expected_row_is_what_the_run_writes() {
    let run = Run::of("balakliya", &[]);
    let figures = figures(&run);
    let mut wrong = Vec::new();
    let expected = data("balakliya", "expected.csv");
    assert_eq!(expected.len(), 174, "the expected table is whole");
    for row in &expected {
        let (start, end) = support::span(&row["period"]);
        let (disaggregation, category) = match row["disaggregation"].split_once('=') {
            Some((name, category)) => (name.to_owned(), category.to_owned()),
            None => (String::new(), String::new()),
        };
        let key = (row["indicator"].clone(), start, end, disaggregation, category);
        match figures.get(&key) {
            Some(value) if number(value) == number(&row["value"]) => {}
            found => wrong.push(format!("{key:?}: expected {}, found {found:?}", row["value"])),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} rows differ:\n{}",
        wrong.len(),
        expected.len(),
        wrong.join("\n")
    );
}
