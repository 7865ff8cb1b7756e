//! Five programmes, from their raw files to their true figures: every row of every expected table.

mod support;

use std::collections::BTreeMap;

use support::{Run, data, number};

/// Columns of `indicators.csv` by which a figure is found.
type Key = (String, String, String, String, String);

fn figures(run: &Run) -> BTreeMap<Key, BTreeMap<String, String>> {
    let mut figures = BTreeMap::new();
    for row in run.csv("indicators.csv") {
        let cell = |name: &str| row[name].clone();
        let key = (
            cell("code"),
            cell("period_start"),
            cell("period_end"),
            cell("disaggregation"),
            cell("category"),
        );
        // Where a period's own figure and the one to date are both reported, the period's own is meant.
        if row["scope"] == "period" || !figures.contains_key(&key) {
            figures.insert(key, row);
        }
    }
    figures
}

fn every_expected_row_is_written(programme: &str, rows: usize) {
    let run = Run::of(programme, &[]);
    let figures = figures(&run);
    let expected = data(programme, "expected.csv");
    assert_eq!(expected.len(), rows, "the expected table is whole");
    let mut wrong = Vec::new();
    for row in &expected {
        let (start, end) = support::span(&row["period"]);
        let (disaggregation, category) = match row["disaggregation"].split_once('=') {
            Some((name, category)) => (name.to_owned(), category.to_owned()),
            None => (String::new(), String::new()),
        };
        let key = (row["indicator"].clone(), start, end, disaggregation, category);
        let found = figures.get(&key);
        for column in ["value", "numerator", "denominator"] {
            let wanted = row.get(column).filter(|wanted| !wanted.is_empty());
            let Some(wanted) = wanted else { continue };
            let written = found.map(|found| found[column].clone());
            if written.as_deref().and_then(number) != number(wanted) {
                wrong.push(format!("{key:?} {column}: expected {wanted}, found {written:?}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{programme}: {} of {} rows differ:\n{}\n{}",
        wrong.len(),
        expected.len(),
        wrong.join("\n"),
        run.errors()
    );
}

#[test]
fn balakliya() {
    every_expected_row_is_written("balakliya", 174);
}

#[test]
fn kyiv() {
    every_expected_row_is_written("kyiv", 141);
}

#[test]
fn mothers() {
    every_expected_row_is_written("mothers", 55);
}

#[test]
fn resilience() {
    every_expected_row_is_written("resilience", 62);
}

#[test]
fn training() {
    every_expected_row_is_written("training", 39);
}
