//! Births as far as they can be true on the day of the contact (rule 9).

use chrono::{Datelike as _, NaiveDate};

use crate::ingest::records::Birth;

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
