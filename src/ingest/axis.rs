//! The session columns of a register: which header cells are dates, and which dates they are.

use chrono::{Datelike as _, NaiveDate};

use super::dates::{self, DateReading};
use super::grid::{Grid, text_of};
use super::heading::Heading;
use super::table::Cell;
use crate::project::model::DateOrder;

/// Where a date that is written in part may find its rest.
#[derive(Debug, Clone, Default)]
pub(crate) struct DateContext {
    /// Dates in the sheet's name.
    pub(crate) sheet: Vec<DateReading>,
    /// Dates in the file's name.
    pub(crate) file: Vec<DateReading>,
    /// Year that the definition gives.
    pub(crate) year: Option<i32>,
    /// Order of day and month that the definition gives.
    pub(crate) order: Option<DateOrder>,
    /// First and last day of the project.
    pub(crate) project: Option<(NaiveDate, NaiveDate)>,
}

/// A session's column in a register.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionColumn {
    /// 0-based column.
    pub column: u16,
    /// 1-based row of the header cell that holds the date.
    pub row: u32,
    /// The day, or what is written instead of one.
    pub date: Result<NaiveDate, String>,
}

/// One header cell of the axis before years and months are filled in.
struct Heading1 {
    column: u16,
    row: u32,
    reading: DateReading,
    written: String,
    above: Option<DateReading>,
}

/// The candidates whose header cells are dates, with their days.
pub(crate) fn session_columns(
    grid: &Grid,
    (top, bottom): (u32, u32),
    candidates: &[u16],
    heading: &Heading,
    context: &DateContext,
) -> Vec<SessionColumn> {
    let order = context.order.or_else(|| {
        let cells = (top..=bottom).flat_map(|row| candidates.iter().filter_map(move |column| grid.own(row, *column)));
        dates::order_of_run(cells)
    });
    let mut axis = Vec::new();
    let mut month_above = month_row(grid, top);
    for column in candidates {
        if let Some(found) = header_date(grid, (top, bottom), *column, order, &mut month_above) {
            axis.push(found);
        }
    }
    resolve(axis, heading, context, order)
}

/// A month written above the first header row, as a title of the dates only.
fn month_row(grid: &Grid, top: u32) -> Option<DateReading> {
    let row = top.checked_sub(1)?;
    let mut cells = grid.cells(row);
    let (column, cell) = cells.next()?;
    let reading = dates::read(cell, None);
    (column > 0 && cells.next().is_none() && matches!(reading, DateReading::Month { .. })).then_some(reading)
}

fn header_date(
    grid: &Grid,
    (top, bottom): (u32, u32),
    column: u16,
    order: Option<DateOrder>,
    month_above: &mut Option<DateReading>,
) -> Option<Heading1> {
    let mut found = None;
    for row in top..=bottom {
        let Some(cell) = grid.cell(row, column) else { continue };
        match dates::read(cell, order) {
            reading @ DateReading::Month { .. } => *month_above = Some(reading),
            DateReading::None | DateReading::Year(_) => {
                if let Some(inside) = inside_text(cell) {
                    found = Some((row, inside, text_of(cell)));
                }
            }
            reading => found = Some((row, reading, text_of(cell))),
        }
    }
    let (row, reading, written) = found?;
    let above = month_above.clone();
    Some(Heading1 {
        column,
        row,
        reading,
        written,
        above,
    })
}

/// A date inside a longer header: "Заняття 1 (05.02)", "День 2 (23.10)".
fn inside_text(cell: &Cell) -> Option<DateReading> {
    let Cell::Text(text) = cell else { return None };
    dates::find_in_text(text).into_iter().find(|reading| {
        matches!(
            reading,
            DateReading::Day(_) | DateReading::DayMonth { .. } | DateReading::Ambiguous { .. }
        )
    })
}

/// Fills in months and years along the run; a fall of the month by more than half a year crosses New Year.
fn resolve(
    axis: Vec<Heading1>,
    heading: &Heading,
    context: &DateContext,
    order: Option<DateOrder>,
) -> Vec<SessionColumn> {
    let mut crossed = 0;
    let mut previous: Option<u32> = None;
    let mut columns = Vec::new();
    for found in axis {
        let above = found.above.iter();
        let near: Vec<&DateReading> = above
            .chain(&heading.date)
            .chain(&heading.dates)
            .chain(&context.sheet)
            .chain(&context.file)
            .collect();
        let year = year_near(&near, context);
        let date = match &found.reading {
            DateReading::Day(day) => Ok(*day),
            DateReading::Ambiguous { day_month, month_day } => Ok(if order == Some(DateOrder::MonthDay) {
                *month_day
            } else {
                *day_month
            }),
            DateReading::DayMonth { day, month } => {
                if previous.is_some_and(|before| before > *month + 6) {
                    crossed += 1;
                }
                previous = Some(*month);
                date(year.map(|year| year + crossed), Some(*month), *day, &found.written)
            }
            DateReading::DayOnly(day) => match month_near(&near) {
                Some(month) => date(year, Some(month), *day, &found.written),
                None => continue,
            },
            DateReading::Impossible(_) => Err(found.written.clone()),
            DateReading::Month { .. } | DateReading::Year(_) | DateReading::None => continue,
        };
        columns.push(SessionColumn {
            column: found.column,
            row: found.row,
            date,
        });
    }
    columns
}

fn date(year: Option<i32>, month: Option<u32>, day: u32, written: &str) -> Result<NaiveDate, String> {
    year.zip(month)
        .and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or_else(|| written.to_owned())
}

fn month_near(near: &[&DateReading]) -> Option<u32> {
    near.iter().find_map(|reading| match reading {
        DateReading::Month { month, .. } | DateReading::DayMonth { month, .. } => Some(*month),
        DateReading::Day(day) => Some(day.month()),
        _ => None,
    })
}

/// The nearest year written, else the definition's, else the project's own where it has only one.
fn year_near(near: &[&DateReading], context: &DateContext) -> Option<i32> {
    let written = near.iter().find_map(|reading| match reading {
        DateReading::Month { year, .. } => *year,
        DateReading::Day(day) => Some(day.year()),
        DateReading::Year(year) => Some(*year),
        _ => None,
    });
    let of_project = || {
        context
            .project
            .filter(|(start, end)| start.year() == end.year())
            .map(|(start, _)| start.year())
    };
    context.year.or(written).or_else(of_project)
}
