//! Reference sheets: every field, odd codes, crowds.

use super::*;
use crate::project::model::Localized;
use crate::report::donor::trial::{at, crowded, hidden, made, row, silent};
use crate::report::fixture::world;

#[test]
fn every_field_is_filled_or_said_to_be_missing() {
    let mut world = world();
    let people = &mut world.project.indicators[1];
    people.limits = Localized::same("Neighbouring villages are not covered");
    people.for_donors.rationale = Localized::same("Asked by the donor");
    let made = made(&world, "en", sheets);
    let sheet = made.iter().find(|sheet| sheet.name == "1.1").expect("a sheet");
    let field = |name: &str| at(row(sheet, 0, name), 1);
    assert_eq!(field("Name of Indicator"), "1.1 People in group consultations");
    let definition = field("Precise Definition(s)");
    assert!(definition.starts_with("Number of different people") && !definition.contains("Neighbouring"));
    assert_eq!(field("Known Data Limitations"), "Neighbouring villages are not covered");
    assert_eq!(field("Disaggregated by"), "sex; age");
    assert_eq!(
        field("Rationale for Targets"),
        "Life-of-project target: 10. See Rationale."
    );
    for missing in [
        "Name of Result Measured",
        "Data Source",
        "Reporting Frequency",
        "Individual(s) Responsible",
        "Baseline Timeframe",
        "Dates of Data Quality Assessments",
        "Changes to Indicator",
    ] {
        assert_eq!(field(missing), "not stated", "{missing}");
        assert_eq!(row(sheet, 0, missing)[1].look, Look::Small);
    }
    let values = row(sheet, 0, "Data up to 31 December 2026");
    assert_eq!([1, 2, 3, 4].map(|column| at(values, column)), ["—", "10", "6", "60"]);
}

#[test]
fn hidden_and_missing_values_stay_so() {
    for (world, shown) in [(hidden(), "•"), (silent(), "—")] {
        let made = made(&world, "en", sheets);
        let sheet = made.iter().find(|sheet| sheet.name == "1.1").expect("a sheet");
        let values = row(sheet, 0, "Data up to 31 December 2026");
        assert_eq!([3, 4].map(|column| at(values, column)), [shown, shown]);
    }
}

#[test]
fn three_hundred_indicators_have_a_sheet_each_under_a_name_of_its_own() {
    let made = made(&crowded(), "uk", sheets);
    assert_eq!(made.len(), 301);
    let names: BTreeSet<String> = made.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    assert_eq!(names.len(), 301);
    let links = made[0]
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter_map(|cell| cell.link.as_ref());
    assert!(
        links
            .into_iter()
            .all(|link| made.iter().any(|sheet| sheet.name == link.sheet))
    );
}
