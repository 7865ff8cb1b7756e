//! Tests: categories taken apart, places; and the world of the other formats' tests.

use super::*;
use crate::report::fixture;
pub(in crate::report::donor) use crate::report::fixture::World;

/// The fixture with people by site, and by site, sex and age; the south is hidden.
pub(in crate::report::donor) fn world() -> World {
    let mut world = fixture::world();
    world.project.settings.small_numbers = 3;
    let people = &mut world.project.indicators[1];
    let cut = |by: Vec<Subject>| Disaggregation {
        name: "cut".to_owned(),
        label: Localized::default(),
        by,
        ..people.disaggregations[0].clone()
    };
    let (sex, age) = (Subject::Attribute("sex".to_owned()), Subject::Age("own".to_owned()));
    let cuts = vec![cut(vec![Subject::Site]), cut(vec![Subject::Site, sex, age])];
    people.disaggregations = cuts;
    people.for_donors.dhis2 = "Element".to_owned();
    let span = world.figures.span;
    let total = world
        .figures
        .figures
        .iter()
        .find(|figure| figure.indicator == 1)
        .cloned();
    let total = total.expect("the people of the fixture");
    world
        .figures
        .figures
        .retain(|figure| figure.indicator != 1 || figure.disaggregation.is_none());
    let cell = |cut: usize, category: &str, value: Value| Figure {
        period: span,
        disaggregation: Some(cut),
        category: category.to_owned(),
        value,
        low: Some(1.0),
        high: Some(1.0),
        target: None,
        achieved: None,
        status: None,
        ..total.clone()
    };
    world.figures.figures.extend([
        cell(0, "North", Value::Number(4.0)),
        cell(0, "South", Value::Suppressed),
        cell(1, "North & female & 0-17", Value::Number(1.0)),
        cell(1, "North & female & 18-34", Value::Number(1.0)),
        cell(1, "North & female & 35-59", Value::Number(1.0)),
        cell(1, "North & unknown & 60+", Value::Number(1.0)),
        cell(1, "South & male & 60+", Value::Suppressed),
        cell(1, "South & female & 0-17", Value::Suppressed),
    ]);
    world
}

/// A place.
pub(in crate::report::donor) fn area(name: &str, code: &str, level: u8, within: &str) -> Area {
    Area {
        name: name.to_owned(),
        also: Vec::new(),
        code: code.to_owned(),
        level,
        within: within.to_owned(),
        dhis2: format!("unit-{code}"),
    }
}

#[test]
fn categories_are_taken_apart_through_their_names() {
    let world = world();
    let cut = world.project.indicators[1].disaggregations[1].clone();
    let apart = |cut: &Disaggregation, category: &str| parts(cut, category);
    let female = Part::Female;
    assert_eq!(
        apart(&cut, "North & female & 60+"),
        Some(vec![
            Part::Place("North".to_owned()),
            female.clone(),
            Part::Years(60, None)
        ])
    );
    let renamed = |pairs: &[(&str, &str)]| Disaggregation {
        by: cut.by[1..2].to_vec(),
        rename: pairs
            .iter()
            .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
            .collect(),
        ..cut.clone()
    };
    assert_eq!(apart(&renamed(&[("female", "women")]), "women"), Some(vec![female]));
    let merged = renamed(&[("female", "all"), ("male", "all")]);
    assert_eq!(apart(&merged, "all"), None, "one name for two");
    assert_eq!(apart(&cut, "North"), None);
}

#[test]
fn the_whole_project_belongs_to_the_narrowest_place_around_all() {
    let mut world = world();
    let north = area("North", "A1", 3, "A");
    world.project.reporting.places = vec![area("Region", "A", 1, ""), north.clone()];
    let home_of = |world: &World| {
        let report = world.report("en");
        home(&View::new(&report)).map(|area| area.code.clone())
    };
    assert_eq!(home_of(&world).as_deref(), Some("A1"));
    world.project.reporting.places.push(area("South", "A2", 3, "A"));
    assert_eq!(home_of(&world).as_deref(), Some("A"));
    world.project.reporting.places.push(area("Abroad", "B", 1, ""));
    assert_eq!(home_of(&world), None);
}
