//! What `targets` promises, on small made-up cases.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::*;
use crate::project::calendar::CalendarKind;
use crate::project::model::{
    AgeRule, Baseline, Counted, DefinedAt, Filter, HeadCountRule, Level, Localized, Measure, NewSince, Rule, Settings,
    Unit,
};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the test")
}

/// A hundred days: 1 January to 10 April.
fn project() -> Project {
    Project {
        spans: Vec::new(),
        fields: indexmap::IndexMap::new(),
        lookups: Vec::new(),
        capacity: Vec::new(),
        closed: Vec::new(),
        root: PathBuf::new(),
        code: "T".into(),
        name: Localized::default(),
        donor: Localized::default(),
        organisation: Localized::default(),
        start: day(1, 1),
        end: day(4, 10),
        language: "en".into(),
        calendars: vec![CalendarKind::Month],
        activities: IndexMap::new(),
        sources: Vec::new(),
        words: crate::project::model::Words::default(),
        seen: None,
        decision_files: Vec::new(),
        reporting: crate::project::model::Reporting::default(),
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

fn indicator(class: Class, direction: Direction, target: f64) -> Indicator {
    let counted = Counted {
        measure: Measure::People,
        filter: Filter::All,
        population: "beneficiaries".into(),
    };
    Indicator {
        cell_targets: std::collections::BTreeMap::new(),
        assumptions: crate::project::model::Localized::default(),
        verification: crate::project::model::Localized::default(),
        frequency: crate::project::model::Localized::default(),
        responsible: crate::project::model::Localized::default(),
        for_donors: crate::project::model::ForDonors::default(),
        spans: None,
        code: "I".into(),
        level: Level::Output,
        statement: Localized::default(),
        definition: Localized::default(),
        limits: Localized::default(),
        catalogue: None,
        unit: Unit::Number,
        class,
        direction,
        rule: Rule::Single(counted),
        decimals: 0,
        baseline: None,
        target: Some(target),
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

/// Target, per cent of target and status of a value in January.
fn january(indicator: &Indicator, scope: Scope, value: f64) -> (Option<f64>, Option<f64>, Option<Status>) {
    let mut periods = CalendarKind::Month.periods(day(1, 1), day(4, 10));
    let mut figure = Figure {
        indicator: 0,
        scope,
        period: 0,
        disaggregation: None,
        category: String::new(),
        value: Value::Number(value),
        low: None,
        high: None,
        expected: None,
        numerator: None,
        denominator: None,
        target: None,
        achieved: None,
        status: None,
    };
    judge(&project(), indicator, &periods.remove(0), false, &mut figure);
    (figure.target, figure.achieved, figure.status)
}

#[test]
fn a_flow_owes_its_share_of_days_or_its_milestone() {
    let mut flow = indicator(Class::Flow, Direction::Increase, 1000.0);
    let behind = Some(Status::Behind);
    assert_eq!(january(&flow, Scope::Period, 155.0), (Some(310.0), Some(50.0), behind));
    flow.milestones.insert("2026-01".into(), 100.0);
    assert_eq!(
        january(&flow, Scope::Period, 110.0),
        (Some(100.0), Some(110.0), Some(Status::OnTrack))
    );
    assert_eq!(january(&flow, Scope::Period, 1000.0).2, Some(Status::Achieved));
}

#[test]
fn a_distinct_count_owes_only_since_the_start() {
    let distinct = indicator(Class::Distinct, Direction::Increase, 1000.0);
    assert_eq!(january(&distinct, Scope::Period, 155.0), (None, None, None));
    assert_eq!(
        january(&distinct, Scope::Cumulative, 620.0),
        (Some(310.0), Some(200.0), Some(Status::Ahead))
    );
}

#[test]
fn a_decrease_is_measured_from_the_baseline() {
    let mut share = indicator(Class::Ratio, Direction::Decrease, 20.0);
    assert_eq!(january(&share, Scope::Period, 30.0), (Some(20.0), None, None));
    share.baseline = Some(Baseline {
        value: 60.0,
        date: None,
    });
    assert_eq!(
        january(&share, Scope::Period, 30.0),
        (Some(20.0), Some(75.0), Some(Status::Behind))
    );
    assert_eq!(january(&share, Scope::Period, 20.0).2, Some(Status::Achieved));
}

#[test]
fn a_share_of_the_whole_target_follows_the_direction() {
    let mut share = indicator(Class::Ratio, Direction::Decrease, 20.0);
    let value = Value::Number(30.0);
    assert_eq!(of_whole(&share, share.target, value), None, "no baseline");
    share.baseline = Some(Baseline {
        value: 60.0,
        date: None,
    });
    assert_eq!(of_whole(&share, share.target, value), Some(75.0));
    let flow = indicator(Class::Flow, Direction::Increase, 40.0);
    assert_eq!(of_whole(&flow, flow.target, value), Some(75.0));
    for blank in [Value::Suppressed, Value::NoData, Value::NotApplicable] {
        assert_eq!(of_whole(&flow, flow.target, blank), None);
    }
}
