//! A project and an indicator that say nothing, for tests to fill in what they are about.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::model::{
    AgeRule, Class, Counted, DefinedAt, Direction, Filter, ForDonors, HeadCountRule, Indicator, Level, Localized,
    Measure, NewSince, Project, Reporting, Rule, Settings, Unit, Words,
};

/// A project of the year 2026.
pub(crate) fn project() -> Project {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the year");
    Project {
        spans: Vec::new(),
        fields: IndexMap::new(),
        lookups: Vec::new(),
        capacity: Vec::new(),
        closed: Vec::new(),
        root: PathBuf::new(),
        code: "T".to_owned(),
        name: Localized::default(),
        donor: Localized::default(),
        organisation: Localized::default(),
        start: day(1, 1),
        end: day(12, 31),
        language: "en".to_owned(),
        calendars: Vec::new(),
        activities: IndexMap::new(),
        sources: Vec::new(),
        words: Words::default(),
        seen: None,
        decision_files: Vec::new(),
        reporting: Reporting::default(),
        settings: Settings {
            head_count: HeadCountRule::List,
            age: AgeRule::FirstContactInPeriod,
            new_since: NewSince::Project,
            resolve: BTreeMap::new(),
            tolerance: 0.15,
            small_numbers: 0,
            findings_threshold: None,
        },
        age_schemes: IndexMap::new(),
        indicators: Vec::new(),
        definitions: Vec::new(),
    }
}

/// An indicator that counts beneficiaries.
pub(crate) fn indicator(code: &str, measure: Measure, filter: Filter) -> Indicator {
    Indicator {
        cell_targets: BTreeMap::new(),
        assumptions: Localized::default(),
        verification: Localized::default(),
        frequency: Localized::default(),
        responsible: Localized::default(),
        for_donors: ForDonors::default(),
        spans: None,
        code: code.to_owned(),
        level: Level::Output,
        statement: Localized::default(),
        definition: Localized::default(),
        limits: Localized::default(),
        catalogue: None,
        unit: Unit::Number,
        class: Class::Flow,
        direction: Direction::Increase,
        rule: Rule::Single(Counted {
            measure,
            filter,
            population: "beneficiaries".to_owned(),
        }),
        decimals: 0,
        baseline: None,
        target: None,
        milestones: BTreeMap::new(),
        as_cell: None,
        cells: Vec::new(),
        disaggregations: Vec::new(),
        calendars: None,
        in_period: true,
        cumulative: true,
        headline: false,
        at: DefinedAt::default(),
    }
}
