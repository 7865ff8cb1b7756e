//! How births agree: days, years, and the slips of the pen between them.

use chrono::{Datelike, NaiveDate};

use super::Level;
use crate::ingest::records::Birth;

/// How the births that two sides have seen agree; days speak before years.
pub(crate) fn births(a: &[Birth], b: &[Birth]) -> Level {
    let best = |full_only: bool| {
        let mut best = Level::Missing;
        for one in a {
            for other in b {
                let both_full = matches!((one, other), (Birth::Date(_), Birth::Date(_)));
                if full_only == both_full {
                    best = better(best, birth_level(*one, *other));
                }
            }
        }
        best
    };
    match best(true) {
        Level::Missing => best(false),
        level => level,
    }
}

fn better(a: Level, b: Level) -> Level {
    if a == Level::Missing {
        b
    } else if b == Level::Missing {
        a
    } else {
        a.min(b)
    }
}

/// How two birth dates agree.
pub(crate) fn birth_level(a: Birth, b: Birth) -> Level {
    match (a, b) {
        (Birth::Unknown, _) | (_, Birth::Unknown) => Level::Missing,
        (Birth::Date(one), Birth::Date(other)) => date_level(one, other),
        _ => match (year(a), year(b)) {
            (Some(one), Some(other)) if one == other => Level::Year,
            (Some(one), Some(other)) if swapped_digits(one, other) => Level::Doubtful,
            _ => Level::Conflict,
        },
    }
}

fn year(birth: Birth) -> Option<i32> {
    match birth {
        Birth::Unknown => None,
        Birth::Year(year) => Some(year),
        Birth::Date(day) => Some(day.year()),
    }
}

fn date_level(a: NaiveDate, b: NaiveDate) -> Level {
    if a == b {
        return Level::Exact;
    }
    let written = |date: NaiveDate| (date.year().unsigned_abs(), date.month() * 100 + date.day());
    let ((year, day), (other_year, other_day)) = (written(a), written(b));
    if year == other_year {
        if a.day() == b.month() && a.month() == b.day() {
            Level::Variant
        } else if digits_slip(day, other_day) {
            Level::Typo
        } else if a.month() == b.month() || a.day() == b.day() {
            Level::Near
        } else {
            Level::Conflict
        }
    } else if day == other_day {
        let slip = digits_slip(year, other_year);
        if slip { Level::Typo } else { Level::Near }
    } else {
        Level::Conflict
    }
}

fn digits(number: u32) -> [u32; 4] {
    [number / 1000 % 10, number / 100 % 10, number / 10 % 10, number % 10]
}

/// Whether one of four digits differs, or two neighbours are swapped.
fn digits_slip(a: u32, b: u32) -> bool {
    let (a, b) = (digits(a), digits(b));
    match (0..4).filter(|at| a[*at] != b[*at]).count() {
        1 => true,
        2 => (0..3).any(|at| a[at] != b[at] && a[at] == b[at + 1] && a[at + 1] == b[at]),
        _ => false,
    }
}

fn swapped_digits(a: i32, b: i32) -> bool {
    let (mut a, mut b) = (digits(a.unsigned_abs()), digits(b.unsigned_abs()));
    let slip =
        (0..4).filter(|at| a[*at] != b[*at]).count() == 2 && (0..3).any(|at| a[at] == b[at + 1] && a[at + 1] == b[at]);
    a.sort_unstable();
    b.sort_unstable();
    slip && a == b
}
