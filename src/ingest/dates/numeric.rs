//! Dates of three numbers and two signs with nothing beside them, as most cells write them: read without a [`super::scan`].

use chrono::{Datelike as _, NaiveDate};

use super::{DateReading, YEARS, compact, from_serial, is_of_another_calendar};
use crate::project::model::DateOrder;

/// Most digits of a number that may be a date.
const MOST_DIGITS: usize = 8;
/// Longest text of the kind: `01.04.2022`.
const LONGEST: usize = 10;

/// What a text of a few digits and nothing else says; `None` for texts of any other kind.
pub(super) fn lone(text: &str) -> Option<DateReading> {
    let digits = text.len();
    if !(1..=MOST_DIGITS).contains(&digits) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: u32 = text.parse().ok()?;
    Some(match digits {
        1..=2 if (1..=31).contains(&number) => DateReading::DayOnly(number),
        4 => i32::try_from(number)
            .ok()
            .filter(|year| YEARS.contains(year))
            .map_or(DateReading::None, DateReading::Year),
        5 if (20_000..=73_051).contains(&number) => from_serial(f64::from(number)),
        8 => compact(number).map_or(DateReading::None, DateReading::Day),
        _ => DateReading::None,
    })
}

/// A text such as `01.04.2022`, `1/4/2022`, `2022-04-01`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeric<'t> {
    text: &'t str,
    sign: u8,
    parts: [u32; 3],
    year_first: bool,
}

impl<'t> Numeric<'t> {
    /// The parts of a text; `None` for texts of any other kind.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        if text.len() > LONGEST || !text.is_ascii() {
            return None;
        }
        let sign = text.bytes().find(|byte| matches!(byte, b'.' | b'/' | b'-'))?;
        let mut written = text.split(char::from(sign));
        let written = [written.next()?, written.next()?, written.next()?];
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let lengths = written.map(str::len);
        let year_first = match lengths {
            [1..=2, 1..=2, 4] => false,
            [4, 1..=2, 1..=2] => true,
            _ => return None,
        };
        // A fourth part would make the text longer than its three.
        let whole = lengths.iter().sum::<usize>() + 2 == text.len();
        if !whole || !written.into_iter().all(digits) {
            return None;
        }
        let number = |part: &str| {
            part.bytes()
                .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
        };
        let numeric = Self {
            text,
            sign,
            parts: written.map(number),
            year_first,
        };
        let year = numeric.year();
        (!year_first || YEARS.contains(&year) || is_of_another_calendar(year)).then_some(numeric)
    }

    fn year(&self) -> i32 {
        let year = if self.year_first { self.parts[0] } else { self.parts[2] };
        i32::try_from(year).expect("a year has four digits")
    }

    /// What it says, the order of day and month being known or not.
    pub(super) fn reading(&self, order: Option<DateOrder>) -> DateReading {
        let [first, second, third] = self.parts;
        if self.year_first {
            return self.day(second, third);
        }
        match (self.sign, order) {
            (b'/' | b'-', Some(DateOrder::MonthDay)) => self.day(first, second),
            (b'/' | b'-', None) => match (self.day(second, first), self.day(first, second)) {
                (DateReading::Day(day_month), DateReading::Day(month_day)) if day_month != month_day => {
                    DateReading::Ambiguous { day_month, month_day }
                }
                (DateReading::Day(date), _) | (_, DateReading::Day(date)) => DateReading::Day(date),
                (other, _) => other,
            },
            (_, _) => self.day(second, first),
        }
    }

    fn day(&self, month: u32, day: u32) -> DateReading {
        NaiveDate::from_ymd_opt(self.year(), month, day)
            .filter(|date| YEARS.contains(&date.year()))
            .map_or_else(|| DateReading::Impossible(self.text.to_owned()), DateReading::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::Scanner;
    use super::*;

    #[test]
    fn reads_a_lone_number_as_the_scanner_does() {
        let long = (0..400).map(|step| 18_000_101 + step * 10_007);
        for number in (0..80_000).chain(long) {
            for text in [number.to_string(), format!("0{number}"), format!("00{number}")] {
                let scanned = Scanner::new(&text, None).whole();
                assert!(lone(&text).is_none_or(|reading| reading == scanned), "{text}");
            }
        }
        assert!(lone("5").is_some() && lone("20220401").is_some() && lone("202204011").is_none() && lone("").is_none());
    }

    #[test]
    fn reads_what_the_scanner_reads() {
        let parts = &[
            "0", "1", "02", "5", "12", "13", "29", "31", "45", "99", "1890", "1999", "2026", "2100", "2101", "",
        ];
        for (a, b, c) in parts
            .iter()
            .flat_map(move |a| parts.iter().flat_map(move |b| parts.iter().map(move |c| (a, b, c))))
        {
            for sign in [".", "/", "-", "_"] {
                let text = format!("{a}{sign}{b}{sign}{c}");
                let Some(numeric) = Numeric::of(&text) else { continue };
                for order in [None, Some(DateOrder::DayMonth), Some(DateOrder::MonthDay)] {
                    assert_eq!(
                        numeric.reading(order),
                        Scanner::new(&text, order).whole(),
                        "{text} {order:?}"
                    );
                }
            }
        }
        assert!(Numeric::of("01.04.2022").is_some() && Numeric::of("2022-04-01").is_some());
        assert!(Numeric::of("1.4.22").is_none() && Numeric::of("01.04-2022").is_none());
        assert!(Numeric::of("1.4.2022.").is_none() && Numeric::of("01.04.2022.5").is_none());
    }
}
