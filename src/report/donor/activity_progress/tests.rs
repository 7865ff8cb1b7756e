//! Tests: groups of people from bands, hidden and missing cells.

use super::*;
use crate::report::donor::machine::tests::{World, area, world};

fn rows(world: &World, statement: &str) -> Vec<Vec<String>> {
    let report = world.report("en");
    let sheet = sheets(&View::new(&report)).remove(0);
    let shown = |cell: &CellModel| match &cell.content {
        Content::Text(text) => text.clone(),
        Content::Number(number) => number.to_string(),
        _ => String::new(),
    };
    assert!(sheet.rows.iter().all(|row| row.cells.len() == COLUMNS.len()));
    let rows = sheet
        .rows
        .iter()
        .map(|row| row.cells.iter().map(shown).collect::<Vec<_>>());
    rows.filter(|row| row[7] == statement).collect()
}

const PEOPLE: &str = "People in group consultations";

#[test]
fn bands_within_the_years_add_up_and_a_hidden_one_hides() {
    let mut world = world();
    world.project.reporting.places = vec![area("North", "N", 3, "")];
    let rows = rows(&world, PEOPLE);
    assert_eq!(rows[0][13..15], ["North", "N"]);
    assert_eq!(rows[0][18..26], ["1", "0", "2", "0", "0", "0", "", "4"]);
    assert!(
        rows[0][27].contains("Of unknown sex or age, in the total only: 1."),
        "{:?}",
        rows[0]
    );
    assert_eq!(rows[1][18..26], ["•", "0", "0", "0", "0", "•", "", "•"]);
    assert!(
        rows[1][27].contains("“South” is not in the project's list of places."),
        "{:?}",
        rows[1]
    );
}

#[test]
fn a_band_across_the_years_leaves_the_cell_empty() {
    let mut world = world();
    for figure in &mut world.figures.figures {
        figure.category = figure.category.replace("18-34", "15-34").replace("60+", "55+");
    }
    let rows = rows(&world, PEOPLE);
    assert_eq!(rows[0][18..26], ["", "0", "", "0", "0", "0", "", "4"]);
    assert!(rows[0][27].contains("15-34"), "{:?}", rows[0]);
    assert_eq!(rows[1][18..26], ["•", "0", "0", "", "0", "", "", "•"]);
}

#[test]
fn what_was_not_computed_is_empty_with_a_word_why() {
    let world = crate::report::fixture::world();
    let rows = rows(&world, PEOPLE);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][18..26], ["", "", "", "", "", "", "", "6"]);
    assert!(rows[0][27].contains("[\"sex\", \"age\"]"), "{:?}", rows[0]);
}
