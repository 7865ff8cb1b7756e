//! Dates as people write them: what a cell or a piece of text says, without guessing what it does not say.
//!
//! A reading may lack a year, a month or a day; whoever knows the sheet's title and neighbours completes it. Dotted
//! dates are day first. With slashes or dashes the order is decided for a column as a whole ([`order_of_run`]).

pub(crate) mod column;
mod named;
mod numeric;
mod order;
mod scan;
mod slips;

use chrono::{Datelike, Days, NaiveDate};

use super::table::Cell;
use super::vocabulary::is_of_word;
use crate::project::model::DateOrder;
pub(crate) use named::NamedMonths;
use numeric::Numeric;
pub use order::order_of_run;
pub(crate) use order::{Evidence, Run, part_either_way};
pub(crate) use scan::Among;
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

/// Years taken for years.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Whether a year may be one of another calendar: the Solar Hijri and the Islamic one, the Buddhist one.
fn is_of_another_calendar(year: i32) -> bool {
    (1300..=1500).contains(&year) || (2400..=2700).contains(&year)
}

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
            match at.year() {
                ..1900 => DateReading::None,
                year if YEARS.contains(&year) => DateReading::Day(at.date()),
                _ => DateReading::Impossible(at.date().to_string()),
            }
        }
        Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => DateReading::None,
    }
}

/// What a text says when all of it is a date, with or without weekday, time and the word for "year".
pub fn read_text(text: &str, order: Option<DateOrder>) -> DateReading {
    if let Some(reading) = numeric::lone(text) {
        return reading;
    }
    let reading = match Numeric::of(text) {
        Some(numeric) => numeric.reading(order),
        None => Scanner::new(text, order).whole(),
    };
    match (reading, slips::corrected(text)) {
        (DateReading::None, Some(meant)) => Scanner::new(&meant, order).whole(),
        (reading, _) => reading,
    }
}

/// The first day of an event of several days, where a text is nothing but such a span.
pub(crate) fn first_of_span(text: &str, order: Option<DateOrder>) -> Option<DateReading> {
    Scanner::new(text, order).first_of_span()
}

/// Dates inside a title, a sheet's or a file's name, in the order written; single day numbers are left out.
pub fn find_in_text(text: &str) -> Vec<DateReading> {
    Scanner::new(text, None).all()
}

/// The day of a text such as "5 Mar", whose month is a weekday in another language.
pub(crate) fn day_of_short_month(text: &str) -> Option<DateReading> {
    Scanner::new(text, None).day_of_short_month()
}

/// Dates inside a title, each with what it is that of.
pub(crate) fn find_among(text: &str) -> Vec<(DateReading, Among)> {
    Scanner::new(text, None).among(super::vocabulary::standard())
}

/// The part of a text from its first number to its last: a date without the words beside it, which could be a name.
pub(crate) fn only_date(text: &str) -> &str {
    let words = text
        .split(|c: char| !is_of_word(c))
        .filter(|word| word.chars().count() > 2);
    let vocabulary = super::vocabulary::standard();
    let mut others = words.filter(|word| vocabulary.month(word).is_none() && vocabulary.weekday(word).is_none());
    if others.next().is_none() {
        return text;
    }
    let digit = |c: char| c.is_ascii_digit();
    match (text.find(digit), text.rfind(digit)) {
        (Some(first), Some(last)) => &text[first..=last],
        _ => "",
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
