//! Births as far as they can be true on the day of the contact (rule 9).

use chrono::{Datelike as _, NaiveDate};

use crate::ingest::ages;
use crate::ingest::dates::DateReading;
use crate::ingest::grid::{shown, text_of};
use crate::ingest::records::Birth;
use crate::ingest::table::Cell;
use crate::project::model::DateOrder;

/// Digits of a whole date; a number has lost the zero in front.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=8;

/// A two-digit year that fell into the future belongs to the last century.
pub(super) fn century(birth: Birth, day: Option<NaiveDate>) -> Birth {
    match (birth, day) {
        (Birth::Date(birth), Some(day))
            if birth > day && birth.year() >= 2000 && birth.year() < 2040 && birth.year() > day.year() =>
        {
            birth
                .with_year(birth.year() - 100)
                .map_or(Birth::Date(birth), Birth::Date)
        }
        _ => birth,
    }
}

/// A birth lies before the contact and not more than 110 years before it (rule 9).
pub(super) fn plausible(birth: Birth, day: Option<NaiveDate>) -> bool {
    let (year, after) = match birth {
        Birth::Unknown => return false,
        Birth::Year(year) => (year, day.is_some_and(|day| year > day.year())),
        Birth::Date(birth) => (birth.year(), day.is_some_and(|day| birth > day)),
    };
    let now = day.map_or(2100, |day| day.year());
    !after && year >= 1900 && now - year <= 110 || (day.is_none() && (1900..2100).contains(&year))
}

/// The digits of a birth written as `09041956` or `9041956`, as first pair, second pair and year.
fn pairs(cell: &Cell) -> Option<(u32, u32, i32)> {
    let text = shown(cell);
    if !DIGITS.contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: u32 = text.parse().ok()?;
    let year = i32::try_from(digits % 10_000).ok()?;
    Some((digits / 1_000_000, digits / 10_000 % 100, year))
}

/// Births of eight digits with the year last, by pairs that can be no month.
#[derive(Default)]
pub(super) struct Digits {
    day_first: usize,
    month_first: usize,
}

impl Digits {
    pub(super) fn add(&mut self, cell: &Cell) {
        if let Some((first, second, _)) = pairs(cell) {
            self.day_first += usize::from(first > 12 && second <= 12);
            self.month_first += usize::from(second > 12 && first <= 12);
        }
    }

    /// Order of day and month.
    pub(super) fn order(&self) -> DateOrder {
        if self.month_first > self.day_first {
            DateOrder::MonthDay
        } else {
            DateOrder::DayMonth
        }
    }
}

/// A birth written in eight digits with the year last; digits that make no date are an impossible one.
pub(super) fn eight_digits(cell: &Cell, order: DateOrder) -> DateReading {
    let Some((first, second, year)) = pairs(cell) else {
        return DateReading::None;
    };
    let (day, month) = match order {
        DateOrder::DayMonth => (first, second),
        DateOrder::MonthDay => (second, first),
    };
    NaiveDate::from_ymd_opt(year, month, day)
        .filter(|date| date.year() >= 1900)
        .map_or_else(|| DateReading::Impossible(text_of(cell)), DateReading::Day)
}

/// A birth of which a cell tells the year alone, in other ways than a year: "06.1985", "2015?", "85" under a year.
pub(super) fn of_year(cell: &Cell, under_year: bool, day: Option<NaiveDate>) -> Option<Birth> {
    let text = shown(cell);
    if let Some(year) = ages::year_of_birth(&text) {
        return Some(Birth::Year(year));
    }
    let two = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let short: i32 = text.parse().ok().filter(|_| two && under_year)?;
    let now = day?.year();
    // Hardly anybody is a hundred: only who was born this year may have been born a century ago.
    match short.cmp(&(now - 2000)) {
        std::cmp::Ordering::Less => Some(Birth::Year(2000 + short)),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Birth::Year(1900 + short)),
    }
}
