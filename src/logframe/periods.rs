//! What a run reports: the span, and every period of the project's calendars and of its own within it.

use chrono::NaiveDate;

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

/// The last day that counts: the one given, or the end of the period asked for, or the project's end.
pub fn as_of(project: &Project, asked: Option<&Period>, given: Option<NaiveDate>) -> NaiveDate {
    given.or(asked.map(|period| period.end)).unwrap_or(project.end)
}

/// What to report: the period asked for with all periods inside it, or else everything from the project's
/// start up to the period that holds the latest contact.
///
/// "The period that holds the latest contact" is of the project's shortest calendar. Longer periods that have
/// begun by then are reported as far as they go.
pub fn request(project: &Project, facts: &Facts, asked: Option<&Period>, as_of: Option<NaiveDate>) -> Request {
    let all: Vec<Period> = calendars(project)
        .into_iter()
        .flat_map(|kind| kind.periods(project.start, project.end))
        .collect();
    let (span, mut periods) = match asked {
        Some(asked) => {
            let inside = |period: &Period| asked.start <= period.start && period.end <= asked.end;
            (asked.clone(), all.into_iter().filter(inside).collect::<Vec<_>>())
        }
        None => latest(project, facts, all),
    };
    for own in spans_within(project, &span) {
        if !periods.iter().any(|period| period.label == own.label) {
            periods.push(own.clone());
        }
    }
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

/// The project's own spans that lie within the reported one.
fn spans_within<'p>(project: &'p Project, span: &Period) -> impl Iterator<Item = &'p Period> {
    let (start, end) = (span.start, span.end);
    project
        .spans
        .iter()
        .filter(move |own| start <= own.start && own.end <= end)
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
        kind.periods(project.start, project.end)
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

#[cfg(test)]
mod tests;
