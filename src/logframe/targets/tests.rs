//! What `targets` promises, on small made-up cases.

use chrono::NaiveDate;

use super::*;
use crate::project::blank;
use crate::project::calendar::CalendarKind;
use crate::project::model::{Baseline, Filter, Measure};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the test")
}

/// A hundred days: 1 January to 10 April.
fn project() -> Project {
    Project {
        end: day(4, 10),
        calendars: vec![CalendarKind::Month],
        ..blank::project()
    }
}

fn indicator(class: Class, direction: Direction, target: f64) -> Indicator {
    Indicator {
        class,
        direction,
        target: Some(target),
        ..blank::indicator("I", Measure::People, Filter::All)
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
