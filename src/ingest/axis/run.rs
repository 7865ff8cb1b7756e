//! The dates of a register's header as a run: what one lacks comes from what stands around and before it.

use chrono::{Datelike as _, NaiveDate};

use super::SessionColumn;
use crate::ingest::dates::{self, DateReading, Evidence, part_either_way};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::heading::Heading;
use crate::ingest::noted::Noted;
use crate::ingest::vocabulary;
use crate::ingest::when::{DateContext, month_near, pick, year_of};
use crate::project::model::DateOrder;

use super::doubts;

/// Months by which the dates of a run fall back when it crosses New Year; smaller steps back are a matter of order.
const NEW_YEAR: u32 = 6;

/// Days of the shortest month, all of which may stand in a header.
const FULL_MONTH: usize = 28;

/// One header cell of the axis before years and months are filled in.
pub(super) struct AxisCell {
    pub(super) column: u16,
    pub(super) row: u32,
    pub(super) reading: DateReading,
    pub(super) written: String,
    /// The month that stands over it.
    pub(super) above: Option<DateReading>,
}

/// The dates of a header from left to right: parts that one lacks come from what stands around and before it.
pub(super) struct Run<'a> {
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
    /// Cells whose day and month could change places, with what each was taken for.
    either_way: Vec<Doubt>,
    /// Cells for which no year was found.
    yearless: Vec<Doubt>,
    /// Cells whose year only the project's dates tell.
    of_project: Vec<Doubt>,
    /// The month that the name of sheet, file or folder tells, where nothing nearer does.
    of_name: Option<DateReading>,
    /// Whether the year of the last day was one of those.
    took_project: bool,
}

/// A header cell about which something is to be asked.
struct Doubt {
    row: u32,
    column: u16,
    written: String,
    taken: Option<NaiveDate>,
}

/// Order of day and month in a header: the definition's, else the one that its cells show as a whole.
pub(super) fn order(
    grid: &Grid,
    (top, bottom): (u32, u32),
    candidates: &[u16],
    heading: &Heading,
    context: &DateContext,
) -> Option<DateOrder> {
    if context.order.is_some() {
        return context.order;
    }
    let words = vocabulary::standard();
    let mut evidence = Evidence::default();
    for column in candidates {
        // Weekdays stand in a row of their own, often beside the header rather than in it.
        let near = (top.saturating_sub(1)..=bottom.saturating_add(1)).filter_map(|row| grid.own(row, *column));
        let weekday = near.map(text_of).find_map(|text| weekday_in(&text, words));
        for cell in (top..=bottom).filter_map(|row| grid.own(row, *column)) {
            evidence.add(cell, weekday);
        }
    }
    let months: Vec<u32> = context.around(heading).filter_map(month_of).collect();
    evidence.order(&months)
}

/// The day of the week that a cell names, alone or beside a date.
fn weekday_in(text: &str, words: &vocabulary::Vocabulary) -> Option<u32> {
    let letters = |word: &&str| word.chars().any(char::is_alphabetic);
    let mut parts = text
        .split(|c: char| !vocabulary::is_of_word(c) && c != '\'')
        .filter(letters);
    let word = parts.next()?;
    parts.next().is_none().then(|| words.weekday(word)).flatten()
}

fn month_of(reading: &DateReading) -> Option<u32> {
    match reading {
        DateReading::Month { month, .. } => Some(*month),
        _ => None,
    }
}

impl<'a> Run<'a> {
    pub(super) fn new(heading: &'a Heading, context: &'a DateContext, order: Option<DateOrder>) -> Self {
        Self {
            context,
            order,
            around: context.around(heading).collect(),
            month: None,
            crossed: 0,
            began: None,
            either_way: Vec::new(),
            yearless: Vec::new(),
            of_project: Vec::new(),
            of_name: context
                .named
                .readings
                .iter()
                .find(|reading| month_of(reading).is_some())
                .cloned(),
            took_project: false,
        }
    }

    /// Forgets the month of a sheet that is called by a bare number, where the numbers under it count sessions.
    pub(super) fn number_sessions(&mut self, cells: &[AxisCell]) {
        let counts = (1..)
            .zip(cells)
            .all(|(nth, cell)| cell.reading == DateReading::DayOnly(nth));
        if self.context.named.is_number && counts && cells.len() < FULL_MONTH {
            self.of_name = None;
        }
    }

    pub(super) fn resolve(&mut self, cell: AxisCell) -> Option<SessionColumn> {
        let (mut either_way, mut incomplete) = (false, false);
        self.took_project = false;
        let day = match &cell.reading {
            DateReading::Day(day) => Some(self.whole(*day)),
            DateReading::Ambiguous { day_month, month_day } => {
                either_way = self.order.is_none();
                Some(self.whole(pick(self.order, *day_month, *month_day)))
            }
            DateReading::DayMonth { day, month } => {
                either_way = self.order.is_none() && part_either_way(&cell.written);
                let found = self.part(*month, *day, cell.above.as_ref());
                incomplete = found.is_none();
                found.flatten()
            }
            DateReading::DayOnly(day) => {
                let near: Vec<&DateReading> = cell.above.iter().chain(self.around.iter().copied()).collect();
                let of_name = self.of_name.clone();
                let (month, above) = match month_near(&near) {
                    Some(month) => (month, cell.above.as_ref()),
                    None => (month_of(of_name.as_ref()?)?, of_name.as_ref()),
                };
                let found = self.part(month, *day, above);
                incomplete = found.is_none() && exists(month, *day);
                found.flatten()
            }
            DateReading::Impossible(_) => None,
            DateReading::Month { .. } | DateReading::Year(_) | DateReading::None => return None,
        };
        if self.took_project {
            self.of_project.push(Doubt {
                row: cell.row,
                column: cell.column,
                written: cell.written.clone(),
                taken: day,
            });
        }
        if either_way || incomplete {
            let doubt = Doubt {
                row: cell.row,
                column: cell.column,
                written: cell.written.clone(),
                taken: day,
            };
            let doubts = if incomplete {
                &mut self.yearless
            } else {
                &mut self.either_way
            };
            doubts.push(doubt);
        }
        Some(SessionColumn {
            column: cell.column,
            row: cell.row,
            date: day.ok_or(cell.written),
            incomplete,
            joined: false,
        })
    }

    fn whole(&mut self, day: NaiveDate) -> NaiveDate {
        self.month = Some(day.month());
        self.began = Some(day.year() - self.crossed);
        day
    }

    /// The day of a month in its year; `None` where no year is known, and inside it where that year has no such day.
    #[expect(
        clippy::option_option,
        reason = "a missing year and a missing day are different questions"
    )]
    fn part(&mut self, month: u32, day: u32, above: Option<&DateReading>) -> Option<Option<NaiveDate>> {
        if self.month.is_some_and(|before| before > month + NEW_YEAR) {
            self.crossed += 1;
        }
        self.month = Some(month);
        let of_month = above.and_then(year_of).filter(|_| self.context.year.is_none());
        let counted = || {
            let began = self.context.year(&self.around).or(self.began);
            began.map(|year| year + self.crossed)
        };
        let written = of_month
            .or_else(|| self.context.school_year(&self.around, month))
            .or_else(counted);
        let year = written.or_else(|| self.context.year_in_project(month, day))?;
        self.took_project = written.is_none();
        Some(NaiveDate::from_ymd_opt(year, month, day))
    }

    /// What is doubtful about the run as a whole; days that can't be right lose theirs.
    pub(super) fn close(self, grid: &Grid, columns: &mut [SessionColumn]) -> Vec<Noted> {
        let mut noted = Vec::new();
        if let Some(first) = self.either_way.first() {
            let taken = first.taken.map_or_else(String::new, |day| day.to_string());
            let found = Noted::at(Kind::AmbiguousDate, first.row, Some(first.column))
                .with("value", dates::only_date(&first.written))
                .with("taken", taken)
                .with("count", self.either_way.len());
            noted.push(found);
        }
        if let Some(first) = self.yearless.first() {
            let found = Noted::at(Kind::YearMissing, first.row, Some(first.column))
                .with("value", dates::only_date(&first.written))
                .with("count", self.yearless.len());
            noted.push(found);
        }
        if let Some(first) = self.of_project.first() {
            let year = first.taken.map_or_else(String::new, |day| day.year().to_string());
            let found = Noted::at(Kind::YearTaken, first.row, Some(first.column))
                .with("value", dates::only_date(&first.written))
                .with("year", year)
                .with("count", self.of_project.len());
            noted.push(found);
        }
        let near = || month_near(&self.around).is_none() && self.context.named.is_number;
        if let Some(column) = columns.iter().find(|_| self.of_name.is_some() && near()) {
            let taken = column.date.as_ref().map_or_else(|_| String::new(), ToString::to_string);
            noted.push(Noted::at(Kind::MonthOfName, column.row, Some(column.column)).with("taken", taken));
        }
        noted.extend(doubts::of_run(grid, columns));
        noted
    }
}

/// Whether any year has this day.
fn exists(month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(2000, month, day).is_some()
}
