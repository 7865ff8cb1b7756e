//! Ages as people write them: "~40", "повних 7", "до 18", "60+", "6-17", "8 міс.", a year of birth.

use chrono::Datelike as _;

use super::grid::{text_of, trim};
use super::table::Cell;
use super::vocabulary::{AgeWord, Vocabulary};

/// Nobody in these papers is older.
pub(crate) const OLDEST: u16 = 110;
/// The age from which people are adults.
const ADULT: u16 = 18;

/// What a cell says of an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Full years.
    Years(u16),
    /// Years from and to, both within.
    Span(u16, u16),
    /// A year of birth.
    Born(i32),
}

/// A number in a text: where it begins and ends, and what it is.
type Number = (usize, usize, u16);

/// Reads an age.
pub(crate) fn read(text: &str, vocabulary: &Vocabulary) -> Option<Age> {
    let text = trim(text);
    // Most ages are nothing but a number.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_one(text, numbers(text)?.first().copied()?, vocabulary);
    }
    if vocabulary.is_age_word(text, AgeWord::Child) {
        return Some(Age::Span(0, ADULT - 1));
    }
    if vocabulary.is_age_word(text, AgeWord::Adult) {
        return Some(Age::Span(ADULT, OLDEST));
    }
    let numbers = numbers(text)?;
    match numbers[..] {
        [one] => of_one(text, one, vocabulary),
        [from, to] => {
            let between = trim(&text[from.1..to.0]);
            let spans = matches!(between, "-" | "–" | "—" | "−" | "...") && from.2 < to.2 && to.2 <= OLDEST;
            let month = (1..=12).contains(&from.2) && matches!(between, "." | "/");
            match born(to.2).filter(|_| month) {
                Some(born) => Some(born),
                None if spans => Some(Age::Span(from.2, to.2)),
                None => leading(text),
            }
        }
        _ => leading(text),
    }
}

/// Reads the ages of a group; a spreadsheet turns "5-11" into the fifth of November, in whichever order.
pub(crate) fn span(cell: &Cell, vocabulary: &Vocabulary) -> Option<(u16, u16)> {
    if let Cell::DateTime { at, .. } = cell {
        let (one, two) = (u16::try_from(at.day()).ok()?, u16::try_from(at.month()).ok()?);
        return (one != two).then(|| (one.min(two), one.max(two)));
    }
    match read(&text_of(cell), vocabulary)? {
        Age::Span(from, to) => Some((from, to)),
        Age::Years(years) => Some((years, years)),
        Age::Born(_) => None,
    }
}

/// The year of a birth of which a text tells nothing else: "06.1985", "2015?", "1985 р.н.".
pub(crate) fn year_of_birth(text: &str) -> Option<i32> {
    let numbers = numbers(text)?;
    let year = match numbers[..] {
        [one] => one.2,
        [month, year] if (1..=12).contains(&month.2) => year.2,
        _ => return None,
    };
    match born(year)? {
        Age::Born(year) => Some(year),
        _ => None,
    }
}

/// The numbers of a text; nothing where one of them is no age and no year.
fn numbers(text: &str) -> Option<Vec<Number>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()) {
        let start = from + start;
        let length = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        from = start + length;
        found.push((start, from, text[start..from].parse().ok()?));
    }
    (!found.is_empty()).then_some(found)
}

fn born(year: u16) -> Option<Age> {
    (1900..2100).contains(&year).then_some(Age::Born(i32::from(year)))
}

/// The number that a text begins with.
fn leading(text: &str) -> Option<Age> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let years: u16 = text[..digits].parse().ok()?;
    (years <= OLDEST).then_some(Age::Years(years))
}

fn of_one(text: &str, (start, end, number): Number, vocabulary: &Vocabulary) -> Option<Age> {
    if let Some(born) = born(number) {
        return Some(born);
    }
    if number > OLDEST {
        return None;
    }
    if text.len() == end - start {
        return Some(Age::Years(number));
    }
    let (before, after) = (trim(&text[..start]), trim(&text[end..]));
    let says = |kind: AgeWord| {
        let words: Vec<&str> = after.split_whitespace().collect();
        let tails = (0..words.len()).map(|at| words[at..].join(" "));
        vocabulary.is_age_word(before, kind) || tails.into_iter().any(|tail| vocabulary.is_age_word(&tail, kind))
    };
    let below = |number: u16| Some(Age::Span(0, number.checked_sub(1)?));
    let months = || {
        let unit = after.split_whitespace().next().unwrap_or_default();
        vocabulary.is_age_word(unit, AgeWord::Months)
    };
    match before {
        "<" => below(number),
        "≤" | "<=" => Some(Age::Span(0, number)),
        ">" => Some(Age::Span(number + 1, OLDEST)),
        "≥" | ">=" => Some(Age::Span(number, OLDEST)),
        _ if after.starts_with('+') || says(AgeWord::Over) => Some(Age::Span(number, OLDEST)),
        _ if says(AgeWord::Under) => below(number),
        _ if months() => Some(Age::Years(number / 12)),
        "" | "~" | "≈" | "±" => Some(Age::Years(number)),
        words => vocabulary
            .is_age_word(words, AgeWord::About)
            .then_some(Age::Years(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::vocabulary::standard;

    #[test]
    fn ages_are_read_as_people_write_them() {
        for (text, age) in [
            ("35", Some(Age::Years(35))),
            ("18 років", Some(Age::Years(18))),
            ("7,5", Some(Age::Years(7))),
            ("~40", Some(Age::Years(40))),
            ("повних 7", Some(Age::Years(7))),
            ("8 міс.", Some(Age::Years(0))),
            ("14 months", Some(Age::Years(1))),
            ("1985", Some(Age::Born(1985))),
            ("1985 р.н.", Some(Age::Born(1985))),
            ("06.1985", Some(Age::Born(1985))),
            ("до 18", Some(Age::Span(0, 17))),
            ("under 5", Some(Age::Span(0, 4))),
            ("<18", Some(Age::Span(0, 17))),
            ("60+", Some(Age::Span(60, OLDEST))),
            ("60 і старше", Some(Age::Span(60, OLDEST))),
            ("65 and over", Some(Age::Span(65, OLDEST))),
            ("18 – 35", Some(Age::Span(18, 35))),
            ("6-17 років", Some(Age::Span(6, 17))),
            ("adult", Some(Age::Span(18, OLDEST))),
            ("клас 7", None),
            ("many", None),
            ("250", None),
        ] {
            assert_eq!(read(text, standard()), age, "{text}");
        }
    }

    #[test]
    fn a_year_of_birth_may_stand_beside_its_month_or_a_doubt() {
        for (text, year) in [
            ("06.1985", Some(1985)),
            ("2015?", Some(2015)),
            ("1985 р.н.", Some(1985)),
            ("85", None),
            ("31.1985", None),
        ] {
            assert_eq!(year_of_birth(text), year, "{text}");
        }
    }
}
