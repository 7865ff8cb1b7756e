//! Dates as people write them: what a cell or a piece of text says, without guessing what it does not say.
//!
//! A reading may lack a year, a month or a day; whoever knows the sheet's title and neighbours completes it. Dotted
//! dates are day first. With slashes or dashes the order is decided for a column as a whole ([`order_of_run`]).

mod numeric;
mod scan;

use chrono::{Datelike, Days, NaiveDate};

use super::table::Cell;
use crate::project::model::DateOrder;
use numeric::Numeric;
use scan::Scanner;

/// What a cell says about a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateReading {
    /// A whole date.
    Day(NaiveDate),
    /// Day and month without a year.
    DayMonth {
        /// Day of the month.
        day: u32,
        /// Month.
        month: u32,
    },
    /// A month, perhaps with its year.
    Month {
        /// Month.
        month: u32,
        /// Year.
        year: Option<i32>,
    },
    /// A number that can be a day of a month.
    DayOnly(u32),
    /// A year.
    Year(i32),
    /// Day and month can be either way round.
    Ambiguous {
        /// Read day first.
        day_month: NaiveDate,
        /// Read month first.
        month_day: NaiveDate,
    },
    /// Written as a date, but there is no such day; the text.
    Impossible(String),
    /// No date.
    None,
}

/// Serial numbers taken for dates: 1954-10-03 to 2100-01-01.
const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=73_051.0;

/// Signs with which day and month may stand either way round, as a [`Scanner`] knows them.
const SIGNS: fn(char) -> bool = |c| matches!(c, '/' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');

/// Years taken for years.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// What a cell says, the order of day and month being known or not.
pub fn read(cell: &Cell, order: Option<DateOrder>) -> DateReading {
    match cell {
        Cell::Text(text) => read_text(text, order),
        Cell::Number(number) => read_number(*number),
        Cell::DateTime { at, serial } => {
            // A year typed into a cell with a date format is shown as a day of 1905.
            if let Some(year) = serial.and_then(as_year) {
                return DateReading::Year(year);
            }
            if at.year() < 1900 {
                return DateReading::None;
            }
            DateReading::Day(at.date())
        }
        Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => DateReading::None,
    }
}

/// What a text says when all of it is a date, with or without weekday, time and the word for "year".
pub fn read_text(text: &str, order: Option<DateOrder>) -> DateReading {
    match Numeric::of(text) {
        Some(numeric) => numeric.reading(order),
        None => Scanner::new(text, order).whole(),
    }
}

/// Dates inside a title, a sheet's or a file's name, in the order written; single day numbers are left out.
pub fn find_in_text(text: &str) -> Vec<DateReading> {
    Scanner::new(text, None).all()
}

/// Order of day and month in a column or header run, if it shows one: a part above 12, else the only order in which the
/// dates do not go backwards.
pub fn order_of_run<'a>(cells: impl Iterator<Item = &'a Cell>) -> Option<DateOrder> {
    let (mut day_first, mut month_first) = (0_usize, 0_usize);
    let mut undecided = Vec::new();
    for cell in cells {
        let Cell::Text(text) = cell else { continue };
        match read_text(text, None) {
            DateReading::Ambiguous { day_month, month_day } => undecided.push((day_month, month_day)),
            // Dots leave no choice of order.
            DateReading::Day(date) if !text.contains(SIGNS) => undecided.push((date, date)),
            DateReading::Day(date) => match Scanner::new(text, None).written_order(date) {
                Some(DateOrder::DayMonth) => day_first += 1,
                Some(DateOrder::MonthDay) => month_first += 1,
                None => undecided.push((date, date)),
            },
            _ => {}
        }
    }
    match (day_first, month_first) {
        (0, 0) => order_of_sequence(&undecided),
        (_, 0) => Some(DateOrder::DayMonth),
        (0, _) => Some(DateOrder::MonthDay),
        (_, _) => None,
    }
}

fn order_of_sequence(pairs: &[(NaiveDate, NaiveDate)]) -> Option<DateOrder> {
    if pairs.len() < 3 {
        return None;
    }
    let day_first = pairs.windows(2).all(|two| two[0].0 <= two[1].0);
    let month_first = pairs.windows(2).all(|two| two[0].1 <= two[1].1);
    match (day_first, month_first) {
        (true, false) => Some(DateOrder::DayMonth),
        (false, true) => Some(DateOrder::MonthDay),
        (true, true) | (false, false) => None,
    }
}

fn read_number(number: f64) -> DateReading {
    if let Some(year) = as_year(number) {
        return DateReading::Year(year);
    }
    if SERIALS.contains(&number) {
        return from_serial(number);
    }
    if let Some(whole) = as_whole(number) {
        if (1..=31).contains(&whole) {
            return DateReading::DayOnly(whole);
        }
        if let Some(date) = compact(whole) {
            return DateReading::Day(date);
        }
    }
    DateReading::None
}

/// A day number of the 1900 system.
pub(crate) fn from_serial(number: f64) -> DateReading {
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day of the calendar");
    as_whole(number.floor())
        .and_then(|days| epoch.checked_add_days(Days::new(u64::from(days))))
        .map_or(DateReading::None, DateReading::Day)
}

/// `20220401`.
pub(crate) fn compact(digits: u32) -> Option<NaiveDate> {
    let year = i32::try_from(digits / 10_000)
        .ok()
        .filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, digits / 100 % 100, digits % 100)
}

fn as_year(number: f64) -> Option<i32> {
    let whole = as_whole(number)?;
    i32::try_from(whole).ok().filter(|year| YEARS.contains(year))
}

/// A non-negative whole number below 10⁸.
fn as_whole(number: f64) -> Option<u32> {
    let fits = (0.0..100_000_000.0).contains(&number) && number.fract().abs() < f64::EPSILON;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be whole and in range"
    )]
    let whole = number as u32;
    fits.then_some(whole)
}

#[cfg(test)]
mod tests;
