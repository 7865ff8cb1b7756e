//! Months in the names of sheets, files and folders, where nothing but the name says that they are months: `Jan`,
//! `01-26`, `Mar26`, `Register_202603`, a folder `2026`.

use super::{DateReading, find_in_text};
use crate::ingest::vocabulary::{self, fold_digit, is_of_word};

/// Two digits that are a year: 2020 to 2039.
const YEARS_OF_TWO: std::ops::RangeInclusive<i32> = 20..=39;
/// Four digits that are one.
const YEARS_OF_FOUR: std::ops::RangeInclusive<i32> = 2000..=2039;

/// What the names around a table tell of its month and year, nearest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct NamedMonths {
    /// Months and years.
    pub(crate) readings: Vec<DateReading>,
    /// Whether the nearest is a bare number, which could number anything.
    pub(crate) is_number: bool,
}

impl NamedMonths {
    /// By the names of a sheet, of its workbook's other sheets, of its file and folders.
    pub(crate) fn of(sheet: &str, sheets: &[&str], path: &str) -> Self {
        let path = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let number = lone_month(sheet).filter(|_| sheets.iter().filter(|name| lone_month(name).is_some()).count() > 1);
        let mut readings: Vec<DateReading> = in_name(sheet).or(number.clone()).into_iter().collect();
        for (nth, part) in path.rsplit('/').enumerate() {
            readings.extend(in_name(part));
            if nth > 0 {
                let of_time =
                    |reading: &DateReading| matches!(reading, DateReading::Month { .. } | DateReading::Year(_));
                readings.extend(find_in_text(part).into_iter().filter(of_time));
            }
        }
        Self {
            readings,
            is_number: number.is_some() && in_name(sheet).is_none(),
        }
    }
}

/// A sheet called by the number of its month and nothing else.
fn lone_month(name: &str) -> Option<DateReading> {
    let month = name.trim().parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(DateReading::Month { month, year: None })
}

/// The month that a name tells.
fn in_name(name: &str) -> Option<DateReading> {
    let parts = parts(name);
    let words = vocabulary::standard();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let named = |month: u32, year: Option<i32>| Some(DateReading::Month { month, year });
    match parts[..] {
        [word] if words.month(word).is_some() => return named(words.month(word)?, None),
        [.., word, number] if words.month(word).is_some() => {
            if let Some(year) = year(number) {
                return named(words.month(word)?, Some(year));
            }
        }
        [first, second] => {
            if let (Some(month), Some(year)) = (month(first), year(second)) {
                return named(month, Some(year));
            }
        }
        _ => {}
    }
    parts.iter().find_map(|part| {
        let digits = part.len() == 6 && part.bytes().all(|byte| byte.is_ascii_digit());
        let (year_first, month_first) = digits.then(|| (part.split_at(4), part.split_at(2)))?;
        let of = |(written_month, written_year): (&str, &str)| {
            let year = written_year.parse().ok().filter(|year| YEARS_OF_FOUR.contains(year))?;
            named(month(written_month)?, Some(year))
        };
        of((year_first.1, year_first.0)).or_else(|| of(month_first))
    })
}

fn month(digits: &str) -> Option<u32> {
    let number = digits.parse().ok().filter(|month| (1..=12).contains(month));
    number.filter(|_| digits.len() <= 2)
}

fn year(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        2 => YEARS_OF_TWO.contains(&year).then_some(2000 + year),
        4 => YEARS_OF_FOUR.contains(&year).then_some(year),
        _ => None,
    }
}

/// Words and numbers.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut joined = false;
    for c in name.to_lowercase().chars().map(fold_digit) {
        let digit = c.is_ascii_digit();
        if !digit && !is_of_word(c) {
            joined = false;
            continue;
        }
        let same = |part: &String| part.ends_with(|last: char| last.is_ascii_digit()) == digit;
        match parts.last_mut().filter(|part| joined && same(part)) {
            Some(part) => part.push(c),
            None => parts.push(c.to_string()),
        }
        joined = true;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_months_that_running_text_does_not() {
        let month = |month, year| Some(DateReading::Month { month, year });
        for (name, expected) in [
            ("Jan", month(1, None)),
            ("Sept", month(9, None)),
            ("01-26", month(1, Some(2026))),
            ("Mar26", month(3, Some(2026))),
            ("січ 26", month(1, Some(2026))),
            ("Register_Mar-26", month(3, Some(2026))),
            ("Register 202603", month(3, Some(2026))),
            ("032026", month(3, Some(2026))),
            ("Set 1", None),
            ("12-13", None),
            ("Register", None),
            ("Лист1", None),
        ] {
            assert_eq!(in_name(name), expected, "{name}");
        }
        let of = |sheet, sheets: &[&str], path| NamedMonths::of(sheet, sheets, path).readings;
        assert_eq!(of("1", &["1"], "raw/r.xlsx"), []);
        let two = of("2", &["1", "2"], "raw/2026/r.xlsx");
        assert_eq!(two, [month(2, None).expect("a month"), DateReading::Year(2026)]);
    }
}
