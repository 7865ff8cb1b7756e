//! The session columns of a register: which header cells are dates, and which dates they are.

mod cells;
pub(crate) mod doubts;
mod marked;
mod over;
mod run;

use chrono::NaiveDate;

use super::dates::{self, DateReading};
use super::findings::Kind;
use super::grid::{Grid, text_of};
use super::heading::Heading;
use super::noted::Noted;
use super::plan;
use super::records::Reason;
use super::table::Cell;
use super::vocabulary::{self, Vocabulary};
use super::when::{DateContext, month_near};
use crate::project::model::DateOrder;
use cells::Header;
pub(crate) use marked::Marked;
use run::{AxisCell, Run};

/// Share of known marks from which a column without a date holds attendance.
const MOSTLY_MARKS: f64 = 0.8;

/// A session's column in a register.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SessionColumn {
    /// 0-based column.
    pub(crate) column: u16,
    /// 1-based row of the header cell that holds the date.
    pub(crate) row: u32,
    /// The day, or what is written instead of one.
    pub(crate) date: Result<NaiveDate, String>,
    /// Whether what is written says too little for a day, rather than naming one that does not exist.
    pub(crate) incomplete: bool,
    /// Whether it is of the same session as the column before it: one of women and one of men.
    pub(crate) joined: bool,
}

impl SessionColumn {
    /// Why marks under a column without a day are set aside.
    pub(crate) fn reason(&self) -> Reason {
        let a_day = |written: &String| written.parse::<NaiveDate>().is_ok();
        match &self.date {
            _ if self.incomplete => Reason::NoDate,
            Err(written) if a_day(written) => Reason::ImplausibleDate,
            _ => Reason::ImpossibleDate,
        }
    }
}

/// The candidates whose header cells are dates, with their days.
pub(crate) fn session_columns(
    grid: &Grid,
    (top, bottom): (u32, u32),
    candidates: &[u16],
    heading: &Heading,
    context: &DateContext,
    noted: &mut Vec<Noted>,
) -> Vec<SessionColumn> {
    let order = run::order(grid, (top, bottom), candidates, heading, context);
    let months = months_over(grid, top);
    let mut above = months
        .first()
        .filter(|_| months.len() == 1)
        .map(|(_, month)| month.clone());
    if above.is_none() {
        above = month_beside(grid, (top, bottom), candidates);
    }
    let around: Vec<&DateReading> = context.around(heading).collect();
    let mut header = Header::of(grid, (top, bottom), candidates, month_near(&around));
    let mut cells = Vec::new();
    for column in candidates {
        let over = months.iter().rev().find(|(at, _)| at <= column);
        above = over.map(|(_, month)| month.clone()).or(above);
        cells.extend(axis_cell(
            grid,
            (top, bottom),
            *column,
            (order, &mut header),
            &mut above,
        ));
    }
    let mut run = Run::new(heading, context, order);
    run.number_sessions(&cells);
    let by_day = cells
        .iter()
        .all(|cell| matches!(cell.reading, DateReading::DayOnly(_)) && cell.above == above);
    let mut columns: Vec<SessionColumn> = cells.into_iter().filter_map(|cell| run.resolve(cell)).collect();
    noted.extend(header.noted());
    if by_day {
        noted.extend(over::month_end(&mut columns, &around));
    }
    noted.extend(run.close(grid, &mut columns));
    columns
}

/// The only month among the headings, where it stands to the right of day numbers.
fn month_beside(grid: &Grid, (top, bottom): (u32, u32), candidates: &[u16]) -> Option<DateReading> {
    let read = |column: u16| {
        let cells = (top..=bottom).filter_map(move |row| grid.own(row, column));
        cells.map(move |cell| (column, dates::read(cell, None)))
    };
    let readings = || candidates.iter().flat_map(|column| read(*column));
    let mut months = readings().filter(|(_, reading)| matches!(reading, DateReading::Month { .. }));
    let (at, month) = months.next().filter(|_| months.next().is_none())?;
    let mut days = readings().filter(|(_, reading)| matches!(reading, DateReading::DayOnly(_)));
    let last = days.next_back().map(|(column, _)| column)?;
    (last < at).then_some(month)
}

/// The months of a row above the first header row that holds nothing else; each reaches to the next one.
fn months_over(grid: &Grid, top: u32) -> Vec<(u16, DateReading)> {
    let row = top.saturating_sub(1);
    let months: Vec<(u16, DateReading)> = grid
        .cells(row)
        .map(|(column, cell)| (column, dates::read(cell, None)))
        .collect();
    let plain = months
        .iter()
        .all(|(column, reading)| *column > 0 && matches!(reading, DateReading::Month { .. }));
    if plain { months } else { Vec::new() }
}

fn axis_cell(
    grid: &Grid,
    (top, bottom): (u32, u32),
    column: u16,
    (order, header): (Option<DateOrder>, &mut Header),
    above: &mut Option<DateReading>,
) -> Option<AxisCell> {
    let mut found: Option<(u32, DateReading, String)> = None;
    for row in top..=bottom {
        let Some(cell) = grid.cell(row, column) else { continue };
        match header.refine(dates::read(cell, order), cell, (row, column)) {
            reading @ DateReading::Month { .. } => *above = Some(reading),
            // Numbers under days count the sessions.
            DateReading::DayOnly(_) if found.as_ref().is_some_and(|(_, reading, _)| is_dated(reading)) => {}
            DateReading::None | DateReading::Year(_) => {
                if let Some(inside) = inside_text(cell) {
                    found = Some((row, inside, text_of(cell)));
                }
            }
            reading => found = Some((row, reading, text_of(cell))),
        }
    }
    let (row, reading, written) = found?;
    Some(AxisCell {
        column,
        row,
        reading,
        written,
        above: above.clone(),
    })
}

fn is_dated(reading: &DateReading) -> bool {
    matches!(
        reading,
        DateReading::Day(_) | DateReading::DayMonth { .. } | DateReading::Ambiguous { .. }
    )
}

/// A date inside a longer header: "Заняття 1 (05.02)", "День 2 (23.10)".
fn inside_text(cell: &Cell) -> Option<DateReading> {
    let Cell::Text(text) = cell else { return None };
    dates::find_in_text(text).into_iter().find(is_dated)
}

/// Columns of attendance whose headers name no day: "Заняття 1", "Заняття 2" …, bare numbers, months.
///
/// A register without dates can't be counted, and must not be taken for a list of another day.
pub(crate) fn undated_columns(
    grid: &Grid,
    (top, bottom): (u32, u32),
    candidates: &[u16],
    vocabulary: &Vocabulary,
) -> Vec<SessionColumn> {
    let mut series: Vec<(String, SessionColumn)> = Vec::new();
    for column in candidates {
        let written = (top..=bottom).rev().map(|row| (row, grid.text(row, *column)));
        let Some((row, written)) = written.into_iter().find(|(_, text)| !text.is_empty()) else {
            continue;
        };
        if let Some(name) = name_of_series(&written).filter(|_| holds_marks(grid, bottom, *column, vocabulary)) {
            let session = SessionColumn {
                column: *column,
                row,
                date: Err(written),
                incomplete: true,
                joined: false,
            };
            series.push((name, session));
        }
    }
    let names: Vec<String> = series.iter().map(|(name, _)| name.clone()).collect();
    let several =
        |name: &str| names.iter().filter(|other| *other == name).count() > 1 || vocabulary.numbers_sessions(name);
    series
        .into_iter()
        .filter(|(name, _)| several(name))
        .map(|(_, session)| session)
        .collect()
}

/// Gives numbered columns ("day 1", "day 2") the days that the lines above name: the n-th of them, or the n-th of a
/// span.
pub(crate) fn days_by_number(columns: &mut [SessionColumn], heading: &Heading, context: &DateContext) {
    let around: Vec<&DateReading> = heading
        .dates
        .iter()
        .chain(&context.sheet)
        .chain(&context.file)
        .collect();
    let readings = if heading.dates.is_empty() {
        &context.sheet
    } else {
        &heading.dates
    };
    let mut days: Vec<NaiveDate> = readings
        .iter()
        .filter_map(|reading| context.complete(reading, &around))
        .collect();
    days.dedup();
    if let [first, last] = days[..]
        && columns.len() > 2
        && usize::try_from((last - first).num_days() + 1) == Ok(columns.len())
    {
        days = first.iter_days().take(columns.len()).collect();
    }
    if days.len() != columns.len() {
        return;
    }
    for column in columns {
        let written = column.date.as_ref().err();
        let number = written.and_then(|text| super::fields::first_number(text));
        let day = number.and_then(|number| {
            let at = (1..=days.len()).find(|at| (*at as f64 - number).abs() < 0.5)?;
            days.get(at - 1)
        });
        if let Some(day) = day {
            column.date = Ok(*day);
        }
    }
}

/// Gives numbered columns the days that the workbook's plan has for all of them; says so where the plan could be that
/// of something else.
pub(crate) fn days_by_plan(columns: &mut [SessionColumn], context: &DateContext) -> Option<Noted> {
    let plan = &context.plan;
    let headers: Vec<&str> = columns
        .iter()
        .map(|column| column.date.as_ref().err().map(String::as_str))
        .collect::<Option<_>>()?;
    let days: Vec<NaiveDate> = headers.iter().map(|header| plan.day(header)).collect::<Option<_>>()?;
    let (first, last) = (days.iter().min()?, days.iter().max()?);
    if !plan.fits(headers.into_iter()) {
        return None;
    }
    let noted = (!plan.is_certain()).then(|| {
        let header = columns.first().map(|column| (column.row, column.column))?;
        let noted = Noted::at(Kind::DaysFromPlan, header.0, Some(header.1))
            .with("count", days.len())
            .with("row", plan.row)
            .with("from", first)
            .with("to", last);
        Some(match &plan.sheet {
            Some(sheet) => noted.with("sheet", sheet),
            None => noted,
        })
    });
    for (column, day) in columns.iter_mut().zip(&days) {
        column.date = Ok(*day);
    }
    noted.flatten()
}

/// What the headers of a numbered series share; `None` for a header that is part of none.
pub(crate) fn name_of_series(header: &str) -> Option<String> {
    if matches!(dates::read_text(header, None), DateReading::Month { .. }) {
        return Some("month".to_owned());
    }
    let digits = |c: char| c.is_ascii_digit();
    header
        .contains(digits)
        .then(|| vocabulary::normalise(&header.replace(digits, "")))
}

/// Whether what stands under a header is marks of attendance.
fn holds_marks(grid: &Grid, bottom: u32, column: u16, vocabulary: &Vocabulary) -> bool {
    let (mut filled, mut marks) = (0_usize, 0_usize);
    // A day beside the label of a session is a line of a plan below the register.
    let of_people = |row: u32| row > bottom && !plan::is_row(grid, row);
    for row in grid.rows().iter().filter(|row| of_people(row.number)) {
        let text = grid.own(row.number, column).map(text_of).unwrap_or_default();
        filled += usize::from(!text.is_empty());
        marks += usize::from(vocabulary.mark(&text).is_some() || matches!(text.as_str(), "0" | "1" | "TRUE" | "FALSE"));
    }
    filled > 0 && marks as f64 >= MOSTLY_MARKS * filled as f64
}

#[cfg(test)]
mod tests;
