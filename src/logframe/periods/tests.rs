//! What `periods` promises, on small made-up cases.

use super::*;
use crate::ingest::records::{SessionId, TextId};
use crate::people::facts::SessionFact;
use crate::project::blank;
use crate::project::calendar::parse_label;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the test")
}

fn project() -> Project {
    Project {
        calendars: vec![CalendarKind::Quarter, CalendarKind::Month],
        ..blank::project()
    }
}

fn held_until(date: NaiveDate) -> Facts {
    let session = SessionFact {
        session: SessionId(0),
        date,
        activity: TextId::from(0),
        source: 0,
        population: 0,
    };
    Facts {
        sessions: vec![session],
        ..Facts::default()
    }
}

fn labels(request: &Request) -> Vec<&str> {
    request.periods.iter().map(|period| period.label.as_str()).collect()
}

#[test]
fn by_default_everything_up_to_the_latest_contact_is_reported() {
    let spring = request(&project(), &held_until(day(4, 20)), None, None);
    let periods = [
        "2026-01",
        "2026-02",
        "2026-03",
        "2026-04",
        "2026-Q1",
        "2026-Q2",
        "2026-01-01..2026-04-30",
    ];
    assert_eq!(labels(&spring), periods);
    assert_eq!((spring.span.end, spring.as_of), (day(4, 30), day(4, 30)));
    let quarter = request(&project(), &held_until(day(3, 20)), None, None);
    assert_eq!(quarter.span.label, "2026-Q1");
    assert_eq!(labels(&quarter), ["2026-01", "2026-02", "2026-03", "2026-Q1"]);
    let year = request(&project(), &held_until(day(12, 1)), None, None);
    assert_eq!((year.span.label.as_str(), year.periods.len()), ("2026", 17));
}

#[test]
fn a_period_asked_for_brings_the_periods_inside_it() {
    let project = project();
    let asked = parse_label("2026-Q2", project.start, project.end).expect("a quarter of the project");
    let request = request(&project, &held_until(day(12, 1)), Some(&asked), None);
    assert_eq!(labels(&request), ["2026-04", "2026-05", "2026-06", "2026-Q2"]);
    assert_eq!((request.span.label.as_str(), request.as_of), ("2026-Q2", day(6, 30)));
}
