//! One loose file as a project of that file alone would read it, so that looking at it and counting it never disagree.

use std::path::Path;

use chrono::{Datelike as _, Days, NaiveDate};

use super::files::Found;
use super::reading::{FileReading, SheetContent, SheetPart, Table};
use super::records::Records;
use super::rows::RowDate;
use super::workbook::Unreadable;
use super::{Content, read_found};
use crate::project::model::{Layout, Project, Source};

/// Days between two sessions of one project; a day further off is a slip of the pen.
const LONGEST_BREAK: Days = Days::new(400);

/// Years that a session can be of, whatever the file says: other calendars and slips lie outside.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// A file read and put together, with the project that it was read for.
#[derive(Debug)]
pub(crate) struct Alone {
    /// The project: one source, and the span that the file's own days tell.
    pub(crate) project: Project,
    /// First and last day of the calendar years that the file tells of, where it tells any.
    pub(crate) span: Option<(NaiveDate, NaiveDate)>,
    /// The days of its sessions, one each time a column or a row names it.
    pub(crate) days: Vec<NaiveDate>,
    /// What the sheets are.
    pub(crate) reading: FileReading,
    /// What was read.
    pub(crate) records: Records,
}

/// Reads a file as a project would that has nothing but this file and this source.
pub(crate) fn read_alone(path: &Path, source: &Source) -> Result<Alone, Unreadable> {
    let (_, first) = read_for(path, &Project::of_source(source.clone(), whole_span()))?;
    let days = days(&first);
    let span = span_of(days.clone());
    let project = Project::of_source(source.clone(), span.unwrap_or_else(whole_span));
    let (records, reading) = read_for(path, &project)?;
    Ok(Alone {
        project,
        span,
        days,
        reading,
        records,
    })
}

fn read_for(path: &Path, project: &Project) -> Result<(Records, FileReading), Unreadable> {
    let found = Found {
        lock: false,
        ..Found::loose(path)
    };
    let (records, opened) = read_found(&[found], project, &|_, _| {}, |_| {});
    let content = opened.into_iter().next().map(|opened| opened.content);
    match content {
        Some(Content::Read(reading)) => Ok((records, reading?)),
        Some(Content::Lock | Content::NotNamed | Content::Lookup | Content::Decisions(_)) | None => {
            unreachable!("a loose file is read by its source")
        }
    }
}

fn whole_span() -> (NaiveDate, NaiveDate) {
    let day = |year: i32, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (day(*YEARS.start(), 1, 1), day(*YEARS.end(), 12, 31))
}

/// Every day that tables of sessions name, one each time it stands there; those of registries where there are no others.
fn days(reading: &FileReading) -> Vec<NaiveDate> {
    let of = |registry: bool| -> Vec<NaiveDate> {
        tables(reading)
            .filter(|table| (table.block.layout == Layout::Registry) == registry)
            .flat_map(days_of)
            .collect()
    };
    let sessions = of(false);
    if sessions.is_empty() { of(true) } else { sessions }
}

/// All tables of a file.
fn tables(reading: &FileReading) -> impl Iterator<Item = &Table> {
    reading.sheets.iter().flat_map(tables_of)
}

/// The tables of a sheet.
pub(crate) fn tables_of(part: &SheetPart) -> &[Table] {
    match &part.content {
        SheetContent::Tables(tables) => tables,
        SheetContent::Empty
        | SheetContent::Hidden
        | SheetContent::NotNamed
        | SheetContent::Summary
        | SheetContent::NoTable => &[],
    }
}

fn days_of(table: &Table) -> Vec<NaiveDate> {
    match table.block.layout {
        Layout::Register => {
            let sessions = table.block.sessions.iter();
            sessions
                .filter_map(|session| session.date.as_ref().ok().copied())
                .collect()
        }
        Layout::List | Layout::EventLog | Layout::Registry => {
            let rows = table.rows.iter();
            rows.filter_map(|row| match row.session.date {
                RowDate::Day(day) => Some(day),
                RowDate::Impossible(_) | RowDate::Missing => None,
            })
            .collect()
        }
    }
}

/// First and last day of the calendar years that days fall into, days far from the others left out.
pub(crate) fn span_of(mut days: Vec<NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
    days.retain(|day| YEARS.contains(&day.year()));
    days.sort_unstable();
    let middle = days.len().checked_sub(1)? / 2;
    let near = |a: NaiveDate, b: NaiveDate| a.checked_add_days(LONGEST_BREAK).is_some_and(|reach| b <= reach);
    let mut first = middle;
    while first > 0 && near(days[first - 1], days[first]) {
        first -= 1;
    }
    let mut last = middle;
    while last + 1 < days.len() && near(days[last], days[last + 1]) {
        last += 1;
    }
    let start = NaiveDate::from_ymd_opt(days[first].year(), 1, 1)?;
    let end = NaiveDate::from_ymd_opt(days[last].year(), 12, 31)?;
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(days: &[&str]) -> Option<(String, String)> {
        let days = days.iter().map(|day| day.parse().expect("a day")).collect();
        span_of(days).map(|(start, end)| (start.to_string(), end.to_string()))
    }

    #[test]
    fn the_span_is_that_of_the_years_in_which_most_days_lie() {
        let years = |first: &str, last: &str| Some((format!("{first}-01-01"), format!("{last}-12-31")));
        assert_eq!(span(&["2025-11-03", "2026-02-01"]), years("2025", "2026"));
        assert_eq!(
            span(&["1926-03-01", "2026-03-08", "2026-03-15", "2062-03-22"]),
            years("2026", "2026")
        );
        assert_eq!(span(&["2567-03-01"]), None, "another calendar tells no year of ours");
        assert_eq!(span(&[]), None);
    }
}
