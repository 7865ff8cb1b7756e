//! The session columns of a register: which header cells are dates, and which dates they are.

use chrono::{Datelike as _, NaiveDate};

use super::dates::{self, DateReading};
use super::grid::{Grid, text_of};
use super::heading::Heading;
use super::records::Reason;
use super::table::Cell;
use super::vocabulary::{self, Vocabulary};
use super::when::{DateContext, month_near, pick, year_of};
use crate::project::model::DateOrder;

/// Months by which the dates of a run fall back when it crosses New Year; smaller steps back are a matter of order.
const NEW_YEAR: u32 = 6;

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
}

impl SessionColumn {
    /// Why marks under a column without a day are set aside.
    pub(crate) fn reason(&self) -> Reason {
        if self.incomplete {
            Reason::NoDate
        } else {
            Reason::ImpossibleDate
        }
    }
}

/// One header cell of the axis before years and months are filled in.
struct AxisCell {
    column: u16,
    row: u32,
    reading: DateReading,
    written: String,
    /// The month that stands over it.
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
    let months = months_over(grid, top);
    let mut above = months
        .first()
        .filter(|_| months.len() == 1)
        .map(|(_, month)| month.clone());
    let mut run = Run::new(heading, context, order);
    let mut columns = Vec::new();
    for column in candidates {
        let over = months.iter().rev().find(|(at, _)| at <= column);
        above = over.map(|(_, month)| month.clone()).or(above);
        if let Some(found) = axis_cell(grid, (top, bottom), *column, order, &mut above) {
            columns.extend(run.resolve(found));
        }
    }
    columns
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
    order: Option<DateOrder>,
    above: &mut Option<DateReading>,
) -> Option<AxisCell> {
    let mut found = None;
    for row in top..=bottom {
        let Some(cell) = grid.cell(row, column) else { continue };
        match dates::read(cell, order) {
            reading @ DateReading::Month { .. } => *above = Some(reading),
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

/// The dates of a header from left to right: parts that one lacks come from what stands around and before it.
struct Run<'a> {
    context: &'a DateContext,
    order: Option<DateOrder>,
    /// Dates of title, sheet and file, nearest first.
    around: Vec<&'a DateReading>,
    /// Month of the date before.
    month: Option<u32>,
    /// How often the run has crossed New Year.
    crossed: i32,
    /// Year in which the run began, after a date that has its year.
    began: Option<i32>,
}

impl<'a> Run<'a> {
    fn new(heading: &'a Heading, context: &'a DateContext, order: Option<DateOrder>) -> Self {
        let titles = heading.date.iter().chain(&heading.dates);
        Self {
            context,
            order,
            around: titles.chain(&context.sheet).chain(&context.file).collect(),
            month: None,
            crossed: 0,
            began: None,
        }
    }

    fn resolve(&mut self, cell: AxisCell) -> Option<SessionColumn> {
        let day = match &cell.reading {
            DateReading::Day(day) => Some(self.whole(*day)),
            DateReading::Ambiguous { day_month, month_day } => {
                Some(self.whole(pick(self.order, *day_month, *month_day)))
            }
            DateReading::DayMonth { day, month } => self.part(*month, *day, cell.above.as_ref()),
            DateReading::DayOnly(day) => {
                let near: Vec<&DateReading> = cell.above.iter().chain(self.around.iter().copied()).collect();
                let month = month_near(&near)?;
                self.part(month, *day, cell.above.as_ref())
            }
            DateReading::Impossible(_) => None,
            DateReading::Month { .. } | DateReading::Year(_) | DateReading::None => return None,
        };
        Some(SessionColumn {
            column: cell.column,
            row: cell.row,
            date: day.ok_or(cell.written),
            incomplete: match cell.reading {
                DateReading::DayMonth { day, month } => exists(month, day),
                _ => false,
            },
        })
    }

    fn whole(&mut self, day: NaiveDate) -> NaiveDate {
        self.month = Some(day.month());
        self.began = Some(day.year() - self.crossed);
        day
    }

    fn part(&mut self, month: u32, day: u32, above: Option<&DateReading>) -> Option<NaiveDate> {
        if self.month.is_some_and(|before| before > month + NEW_YEAR) {
            self.crossed += 1;
        }
        self.month = Some(month);
        let of_month = above.and_then(year_of).filter(|_| self.context.year.is_none());
        let counted = || {
            let began = self.context.year(&self.around).or(self.began);
            began.map(|year| year + self.crossed)
        };
        let year = of_month
            .or_else(counted)
            .or_else(|| self.context.year_in_project(month, day))?;
        NaiveDate::from_ymd_opt(year, month, day)
    }
}

/// Whether any year has this day.
fn exists(month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(2000, month, day).is_some()
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
            };
            series.push((name, session));
        }
    }
    let names: Vec<String> = series.iter().map(|(name, _)| name.clone()).collect();
    let several = |name: &str| names.iter().filter(|other| *other == name).count() > 1;
    series
        .into_iter()
        .filter(|(name, _)| several(name))
        .map(|(_, session)| session)
        .collect()
}

/// What the headers of a numbered series share; `None` for a header that is part of none.
fn name_of_series(header: &str) -> Option<String> {
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
    for row in grid.rows().iter().filter(|row| row.number > bottom) {
        let text = grid.own(row.number, column).map(text_of).unwrap_or_default();
        filled += usize::from(!text.is_empty());
        marks += usize::from(vocabulary.mark(&text).is_some() || matches!(text.as_str(), "0" | "1" | "TRUE" | "FALSE"));
    }
    filled > 0 && marks as f64 >= MOSTLY_MARKS * filled as f64
}

#[cfg(test)]
mod tests;
