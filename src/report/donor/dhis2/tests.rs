//! Tests: periods, organisation units, category option combinations.

use super::*;
use crate::report::donor::machine::tests::{World, area, world};

fn set(world: &World) -> Vec<serde_json::Value> {
    let report = world.report("en");
    let set: serde_json::Value = serde_json::from_str(&super::text(&View::new(&report))).expect("JSON");
    set["dataValues"].as_array().expect("a list").clone()
}

#[test]
fn only_numbers_of_known_elements_and_units_are_sent() {
    let mut world = world();
    assert_eq!(set(&world), Vec::<serde_json::Value>::new(), "no organisation unit");
    world.project.reporting.dhis2_org_unit = "Whole".to_owned();
    world.project.reporting.places = vec![area("North", "N", 3, ""), area("South", "S", 3, "")];
    world.project.indicators[1].for_donors.dhis2_cells =
        [("sex × age=female & 0-17".to_owned(), "Girls".to_owned())].into();
    let value = |unit: &str, value: &str| serde_json::json!({"dataElement": "Element", "period": "2026", "orgUnit": unit, "value": value});
    let mut girls = value("unit-N", "1");
    girls["categoryOptionCombo"] = "Girls".into();
    assert_eq!(set(&world), [value("Whole", "6"), value("unit-N", "4"), girls]);
}

#[test]
fn places_of_one_unit_have_no_value_of_distinct_people() {
    let mut world = world();
    let mut north = area("North", "N", 3, "");
    north.also = vec!["South".to_owned()];
    world.project.reporting.places = vec![north];
    assert_eq!(set(&world), Vec::<serde_json::Value>::new());
}
