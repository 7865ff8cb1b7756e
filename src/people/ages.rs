//! Ages as written on different days, and whether they can be one person's.

use chrono::{Datelike, NaiveDate};

use crate::ingest::records::Birth;

/// Most months by which what two ages say of a birth may differ: an age says it to a year, and people write ages a year
/// or two beside the truth.
const MONTHS: i32 = 11 + 12 * YEARS;
/// Most years by which two ages may differ whatever lies between them: lists are copied with the ages of last year.
const YEARS: i32 = 2;

/// What ages or births written about somebody say, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ages {
    /// Month of birth at the latest, counted from the year 0.
    born: (i32, i32),
    /// Years of age as written.
    years: Option<(i32, i32)>,
}

impl Ages {
    /// An age written on a day.
    pub(crate) fn written(years: u16, day: NaiveDate) -> Self {
        let years = i32::from(years);
        let born = month(day) - 12 * years;
        Self {
            born: (born, born),
            years: Some((years, years)),
        }
    }

    /// What a birth says of all ages.
    pub(crate) fn born(birth: Birth) -> Option<Self> {
        let born = match birth {
            Birth::Unknown => return None,
            Birth::Date(day) => month(day),
            Birth::Year(year) => year.checked_mul(12)?.checked_add(6)?,
        };
        Some(Self {
            born: (born, born),
            years: None,
        })
    }

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        let years = [self.years, other.years].into_iter().flatten();
        Self {
            born: united(self.born, other.born),
            years: years.reduce(united),
        }
    }

    /// Whether all can be one person's.
    pub(crate) fn may_be_one(self, other: Self) -> bool {
        let copied = || {
            self.years
                .zip(other.years)
                .is_some_and(|(one, two)| between(one, two) <= YEARS)
        };
        between(self.born, other.born) <= MONTHS || copied()
    }

    /// Whether they are near enough to each other for all to be one person's.
    pub(crate) fn are_one(self) -> bool {
        let wide = |(least, most): (i32, i32)| most.saturating_sub(least);
        wide(self.born) <= MONTHS || self.years.is_some_and(|years| wide(years) <= YEARS)
    }
}

fn month(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

fn united(one: (i32, i32), other: (i32, i32)) -> (i32, i32) {
    (one.0.min(other.0), one.1.max(other.1))
}

/// What lies between two spans.
fn between(one: (i32, i32), other: (i32, i32)) -> i32 {
    one.0.saturating_sub(other.1).max(other.0.saturating_sub(one.1)).max(0)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::Ages;
    use crate::ingest::records::Birth;

    fn written(years: u16, day: &str) -> Ages {
        Ages::written(years, day.parse().unwrap_or_default())
    }

    #[test]
    fn a_slip_of_two_years_and_the_time_between_is_one_person() {
        let first = written(38, "2025-03-01");
        for (years, day, one) in [
            (38, "2025-03-01", true),
            (40, "2025-03-01", true),
            (41, "2025-03-01", false),
            (9, "2025-04-01", false),
            (39, "2026-01-01", true),
            (44, "2030-03-01", true),
            // A list copied for years.
            (38, "2030-03-01", true),
            (30, "2030-03-01", false),
        ] {
            let other = written(years, day);
            assert_eq!(first.may_be_one(other), one, "{years} {day}");
            assert_eq!(first.and(other).are_one(), one, "{years} {day}");
        }
        let born = NaiveDate::from_ymd_opt(1986, 5, 1)
            .map(Birth::Date)
            .and_then(Ages::born);
        assert!(born.is_some_and(|born| first.may_be_one(born) && !written(9, "2025-03-01").may_be_one(born)));
    }
}
