//! The FCDO logframe: planned and achieved rows, blanks, crowds.

use super::*;
use crate::project::model::Localized;
use crate::report::donor::trial::{at, crowded, hidden, made, row, silent};
use crate::report::fixture::world;

fn pair(sheet: &SheetModel, heading: &str) -> [Vec<String>; 2] {
    let found = sheet.rows.iter().position(|row| at(&row.cells, 1).starts_with(heading));
    let planned = found.expect("a planned row");
    let columns = 0..sheet.columns();
    [planned, planned + 1].map(|row| {
        columns
            .clone()
            .map(|column| at(&sheet.rows[row].cells, column))
            .collect()
    })
}

#[test]
fn milestones_are_planned_and_achieved() {
    let mut world = world();
    let contacts = &mut world.project.indicators[0];
    contacts.milestones.insert("2026-02".to_owned(), 25.0);
    contacts.milestones.insert("2027-01".to_owned(), 30.0);
    contacts.for_donors.impact_weight = Some(40.0);
    contacts.for_donors.risk = Localized::same("=Shelling");
    let made = made(&world, "en", sheets);
    let heads = row(&made[0], 0, "OUTPUT 1");
    assert_eq!(at(heads, 4), "Milestone 1\nFeb 2026");
    assert_eq!(at(heads, 5), "Milestone 2\n2027-01");
    assert_eq!(at(heads, 6), "Target\n31 December 2026");
    let [planned, achieved] = pair(&made[0], "Output indicator 1.1 [1]");
    assert_eq!(planned[2..7], ["Planned", "—", "25", "30", "—"]);
    assert_eq!(achieved[2..7], ["Achieved", "", "21", "—", "5532"]);
    assert_eq!(planned[9..], ["40", "=Shelling"]);
    let outcome = row(&made[0], 0, "OUTCOME 1");
    assert_eq!([at(outcome, 9), at(outcome, 10)], ["", ""]);
    let [planned, achieved] = pair(&made[0], "Outcome indicator 1.1 [0.1]");
    assert_eq!([&planned[3], &planned[6], &achieved[6]], ["20", "50", "51.1"]);
}

#[test]
fn hidden_and_missing_values_stay_so() {
    let [_, achieved] = pair(&made(&hidden(), "en", sheets)[0], "Output indicator 1.1 [1]");
    assert_eq!(achieved[4..17], vec!["•"; 13]);
    let [_, achieved] = pair(&made(&silent(), "en", sheets)[0], "Output indicator 1.1 [1]");
    assert_eq!(achieved[4..17], vec!["—"; 13]);
}

#[test]
fn a_crowd_of_indicators_and_milestones_is_written() {
    let made = made(&crowded(), "uk", sheets);
    assert!(made[0].across.as_ref().is_some_and(|across| across.breaks.len() > 2));
    let [planned, achieved] = pair(&made[0], "Output indicator 1.300");
    assert_eq!([&planned[64], &achieved[64], &achieved[63]], ["1000", "60", "59"]);
    let mut none = silent();
    none.project.indicators.clear();
    none.figures.periods.clear();
    super::super::trial::made(&none, "en", sheets);
}
