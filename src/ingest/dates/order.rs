//! Which of two numbers is the day, decided for a column or a header as a whole.
//!
//! In turn: a number above 12; weekdays written beside; the only order in which the dates do not go backwards; the only
//! one in which they are whole weeks apart; the only one in which all lie in the months that are named around them.

use chrono::{Datelike as _, NaiveDate};

use super::scan::Scanner;
use super::{DateReading, read_text};
use crate::ingest::table::Cell;
use crate::project::model::DateOrder;

/// Signs with which day and month may stand either way round, as a [`Scanner`] knows them.
const SIGNS: fn(char) -> bool = |c| matches!(c, '/' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');

/// Fewest dates whose sequence tells anything.
const TELLING: usize = 3;

/// A leap year that stands in where none is written.
const SOME_YEAR: i32 = 2024;

/// What the dates of a run say about their order, gathered from its cells.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    day_first: usize,
    month_first: usize,
    /// Both readings of each date, equal where there is but one.
    pairs: Vec<(NaiveDate, NaiveDate)>,
    /// The same of dates without a year.
    parts: Vec<(NaiveDate, NaiveDate)>,
    /// Weekdays that fit day first only, and month first only.
    weekdays: (usize, usize),
    /// Whether day and month of a date may change places, or its year is not written.
    open: bool,
}

/// What the dates of a column say about their order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) column: u16,
    /// Their order, where they show one.
    pub(crate) order: Option<DateOrder>,
    /// Whether any of them could be read in two orders.
    pub(crate) open: bool,
}

impl Run {
    pub(crate) fn new(column: u16, order: Option<DateOrder>, evidence: &Evidence) -> Self {
        Self {
            column,
            order,
            open: evidence.open,
        }
    }
}

impl Evidence {
    /// Takes a cell in; `weekday` stands beside it, Monday is 1.
    pub(crate) fn add(&mut self, cell: &Cell, weekday: Option<u32>) {
        let text = match cell {
            Cell::Text(text) => text,
            Cell::DateTime { at, .. } => return self.pairs.push((at.date(), at.date())),
            Cell::Number(_) | Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => return,
        };
        match read_text(text, None) {
            DateReading::Ambiguous { day_month, month_day } => {
                self.open = true;
                self.pairs.push((day_month, month_day));
                if let Some(weekday) = weekday {
                    let fits = |day: NaiveDate| day.weekday().number_from_monday() == weekday;
                    self.weekdays.0 += usize::from(fits(day_month) && !fits(month_day));
                    self.weekdays.1 += usize::from(fits(month_day) && !fits(day_month));
                }
            }
            // Dots leave no choice of order.
            DateReading::Day(date) if !text.contains(SIGNS) => self.pairs.push((date, date)),
            DateReading::Day(date) => match Scanner::new(text, None).written_order(date) {
                Some(DateOrder::DayMonth) => self.day_first += 1,
                Some(DateOrder::MonthDay) => self.month_first += 1,
                None => self.pairs.push((date, date)),
            },
            DateReading::DayMonth { .. } => {
                self.open = true;
                self.part(text);
            }
            DateReading::Month { .. }
            | DateReading::DayOnly(_)
            | DateReading::Year(_)
            | DateReading::Impossible(_)
            | DateReading::None => {}
        }
    }

    fn part(&mut self, text: &str) {
        let Some((first, second)) = two_numbers(text) else {
            return;
        };
        let day = |month, day| NaiveDate::from_ymd_opt(SOME_YEAR, month, day);
        match (day(second, first), day(first, second)) {
            (Some(day_month), Some(month_day)) => self.parts.push((day_month, month_day)),
            (Some(_), None) => self.day_first += 1,
            (None, Some(_)) => self.month_first += 1,
            (None, None) => {}
        }
    }

    /// The order, where the run shows one; `months` are those that stand around it.
    pub(crate) fn order(&self, months: &[u32]) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (0, 0) => self.of_weekdays().or_else(|| self.of_sequence(months)),
            (_, 0) => Some(DateOrder::DayMonth),
            (0, _) => Some(DateOrder::MonthDay),
            (_, _) => None,
        }
    }

    fn of_weekdays(&self) -> Option<DateOrder> {
        let (day_first, month_first) = self.weekdays;
        only(day_first > 0 && month_first == 0, month_first > 0 && day_first == 0)
    }

    fn of_sequence(&self, months: &[u32]) -> Option<DateOrder> {
        // Without their years, dates of both kinds can't be set in one row.
        let pairs = if self.pairs.is_empty() {
            &self.parts
        } else {
            &self.pairs
        };
        let day_first: Vec<NaiveDate> = pairs.iter().map(|pair| pair.0).collect();
        let month_first: Vec<NaiveDate> = pairs.iter().map(|pair| pair.1).collect();
        if day_first == month_first {
            return None;
        }
        let telling = pairs.len() >= TELLING;
        let forward = |days: &[NaiveDate]| telling && days.windows(2).all(|two| two[0] <= two[1]);
        let by_weeks = |days: &[NaiveDate]| telling && days.windows(2).all(|two| in_weeks(two[0], two[1]));
        let in_months = |days: &[NaiveDate]| days.iter().all(|day| months.contains(&day.month()));
        only(forward(&day_first), forward(&month_first))
            .or_else(|| only(by_weeks(&day_first), by_weeks(&month_first)))
            .or_else(|| only(in_months(&day_first), in_months(&month_first)))
    }
}

fn in_weeks(from: NaiveDate, to: NaiveDate) -> bool {
    let days = (to - from).num_days();
    days > 0 && days % 7 == 0
}

fn only(day_first: bool, month_first: bool) -> Option<DateOrder> {
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayMonth),
        (false, true) => Some(DateOrder::MonthDay),
        (true, true) | (false, false) => None,
    }
}

/// Whether day and month of a text without a year could change places.
pub(crate) fn part_either_way(text: &str) -> bool {
    two_numbers(text)
        .is_some_and(|(first, second)| first != second && (1..=12).contains(&first) && (1..=12).contains(&second))
}

/// The two numbers of `3/4`; with a dot the day stands first.
fn two_numbers(text: &str) -> Option<(u32, u32)> {
    let (before, after) = text.split_once('/')?;
    let number = |digits: &str| {
        let fits = (1..=2).contains(&digits.len());
        fits.then(|| digits.parse().ok()).flatten()
    };
    let first = before.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    let second = after.split(|c: char| !c.is_ascii_digit()).next()?;
    Some((number(first)?, number(second)?))
}

/// Order of day and month in a column, if its cells show one.
pub fn order_of_run<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<DateOrder> {
    let mut evidence = Evidence::default();
    for cell in cells {
        evidence.add(cell, None);
    }
    evidence.order(&[])
}
