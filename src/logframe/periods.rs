//! What a run reports: the span, and every period of the project's calendars within it.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::figures::Period;
use crate::people::facts::Facts;
use crate::project::calendar::CalendarKind;
use crate::project::model::Project;

/// What is reported, on which day's knowledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The span that the report is about; one of the periods.
    pub span: Period,
    /// Every period reported, short ones first.
    pub periods: Vec<Period>,
    /// The last day that counts.
    pub as_of: NaiveDate,
}

/// What to report: the period asked for with all periods inside it, or else everything from the project's
/// start up to the period that holds the latest contact.
///
/// "The period that holds the latest contact" is of the project's shortest calendar. Longer periods that have
/// begun by then are reported as far as they go.
pub fn request(project: &Project, facts: &Facts, asked: Option<&Period>, as_of: Option<NaiveDate>) -> Request {
    let all: Vec<Period> = calendars(project)
        .into_iter()
        .flat_map(|kind| calendar_periods(kind, project.start, project.end))
        .collect();
    let (span, mut periods) = match asked {
        Some(asked) => {
            let inside = |period: &Period| asked.start <= period.start && period.end <= asked.end;
            (asked.clone(), all.into_iter().filter(inside).collect::<Vec<_>>())
        }
        None => latest(project, facts, all),
    };
    let known = periods
        .iter()
        .find(|period| (period.start, period.end) == (span.start, span.end))
        .cloned();
    let span = known.unwrap_or_else(|| {
        periods.push(span.clone());
        span
    });
    periods.sort_by_key(|period| (period.calendar, period.start, period.end));
    periods.dedup();
    Request {
        as_of: as_of.unwrap_or(span.end),
        span,
        periods,
    }
}

fn latest(project: &Project, facts: &Facts, all: Vec<Period>) -> (Period, Vec<Period>) {
    let contact = facts.contacts.last().map(|fact| fact.date);
    let session = facts.sessions.last().map(|fact| fact.date);
    let last = contact.max(session).unwrap_or(project.start);
    let holding = all.iter().filter(|period| period.start <= last && last <= period.end);
    let end = holding.map(|period| period.end).min().unwrap_or(project.end);
    let periods = all.into_iter().filter(|period| period.start <= end).collect();
    (span(project, end), periods)
}

fn calendars(project: &Project) -> Vec<CalendarKind> {
    let mut kinds = if project.calendars.is_empty() {
        vec![CalendarKind::Month]
    } else {
        project.calendars.clone()
    };
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// From the project's start to `end`: under the name of the calendar period that it is, if it is one.
fn span(project: &Project, end: NaiveDate) -> Period {
    let exactly = |kind: CalendarKind| {
        calendar_periods(kind, project.start, project.end)
            .into_iter()
            .find(|period| !period.partial && (period.start, period.end) == (project.start, end))
    };
    let named = [
        CalendarKind::Year,
        CalendarKind::HalfYear,
        CalendarKind::Quarter,
        CalendarKind::Month,
    ];
    named.into_iter().find_map(exactly).unwrap_or_else(|| Period {
        label: format!("{}..{end}", project.start),
        start: project.start,
        end,
        calendar: CalendarKind::Project,
        partial: end < project.end,
    })
}

/// The periods of one calendar that touch the days from `start` to `end`, cut to them.
pub fn calendar_periods(kind: CalendarKind, start: NaiveDate, end: NaiveDate) -> Vec<Period> {
    let mut periods = Vec::new();
    let mut number = 1;
    let mut from = natural_start(kind, start);
    while from <= end {
        let next = next_start(kind, start, number, from, end);
        let last = next - Days::new(1);
        periods.push(Period {
            label: label(kind, from.max(start), last.min(end), number),
            start: from.max(start),
            end: last.min(end),
            calendar: kind,
            partial: from < start || last > end,
        });
        from = next;
        number += 1;
    }
    periods
}

/// Months in one period of a calendar; none for the project as a whole.
fn months(kind: CalendarKind) -> Option<u32> {
    match kind {
        CalendarKind::Month => Some(1),
        CalendarKind::Quarter | CalendarKind::ProjectQuarter => Some(3),
        CalendarKind::HalfYear => Some(6),
        CalendarKind::Year | CalendarKind::ProjectYear => Some(12),
        CalendarKind::Project => None,
    }
}

fn natural_start(kind: CalendarKind, start: NaiveDate) -> NaiveDate {
    let of_project = matches!(
        kind,
        CalendarKind::ProjectQuarter | CalendarKind::ProjectYear | CalendarKind::Project
    );
    let size = months(kind).filter(|_| !of_project);
    let first = size.and_then(|size| start.with_day(1)?.with_month0(start.month0() / size * size));
    first.unwrap_or(start)
}

/// The first day of the next period. Project periods are counted from the project's first day, so that one
/// that starts on the 31st does not creep to the 28th.
fn next_start(kind: CalendarKind, start: NaiveDate, number: u32, from: NaiveDate, end: NaiveDate) -> NaiveDate {
    let after_end = end.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    let next = match kind {
        CalendarKind::Project => Some(after_end),
        CalendarKind::ProjectQuarter | CalendarKind::ProjectYear => {
            months(kind).and_then(|size| start.checked_add_months(Months::new(size * number)))
        }
        CalendarKind::Month | CalendarKind::Quarter | CalendarKind::HalfYear | CalendarKind::Year => {
            months(kind).and_then(|size| from.checked_add_months(Months::new(size)))
        }
    };
    next.filter(|next| *next > from).unwrap_or(after_end)
}

fn label(kind: CalendarKind, start: NaiveDate, end: NaiveDate, number: u32) -> String {
    let (year, month0) = (start.year(), start.month0());
    match kind {
        CalendarKind::Month => format!("{year:04}-{:02}", month0 + 1),
        CalendarKind::Quarter => format!("{year:04}-Q{}", month0 / 3 + 1),
        CalendarKind::HalfYear => format!("{year:04}-H{}", month0 / 6 + 1),
        CalendarKind::Year => format!("{year:04}"),
        CalendarKind::ProjectQuarter => format!("PQ{number}"),
        CalendarKind::ProjectYear => format!("PY{number}"),
        CalendarKind::Project => format!("{start}..{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day of the test")
    }

    fn labels(kind: CalendarKind, start: NaiveDate, end: NaiveDate) -> Vec<String> {
        calendar_periods(kind, start, end)
            .into_iter()
            .map(|period| period.label)
            .collect()
    }

    #[test]
    fn calendar_periods_cover_the_project_and_no_more() {
        let (start, end) = (day(2026, 2, 10), day(2026, 7, 5));
        let quarters = calendar_periods(CalendarKind::Quarter, start, end);
        assert_eq!(
            labels(CalendarKind::Quarter, start, end),
            ["2026-Q1", "2026-Q2", "2026-Q3"]
        );
        assert_eq!((quarters[0].start, quarters[2].end), (start, end));
        assert_eq!(
            quarters.iter().map(|period| period.partial).collect::<Vec<_>>(),
            [true, false, true]
        );
        assert_eq!(labels(CalendarKind::Project, start, end), ["2026-02-10..2026-07-05"]);
    }

    #[test]
    fn project_years_start_with_the_project() {
        let years = calendar_periods(CalendarKind::ProjectYear, day(2025, 8, 31), day(2027, 8, 30));
        assert_eq!(years.len(), 2);
        assert_eq!((years[0].end, years[1].start), (day(2026, 8, 30), day(2026, 8, 31)));
        assert!(years.iter().all(|year| !year.partial));
    }
}
