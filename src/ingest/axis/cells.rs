//! What a header cell of a register says where it says less than a date: a decimal number, a short month that is a
//! weekday in another language.

use crate::ingest::dates::{self, DateReading};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, number_text, text_of};
use crate::ingest::noted::Noted;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{self, Vocabulary};

/// Months that a spreadsheet writes alike, having dropped the nought of the later one: 12.01 as text, 12.10 as number.
const FIRST_OR_TENTH: [u32; 2] = [1, 10];

/// What the header as a whole tells of its weaker cells.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Whether weekdays stand in it that can be nothing else.
    weekdays: bool,
    /// Whether its decimal numbers write months with two digits.
    two_digits: bool,
    /// The month that stands around it.
    month: Option<u32>,
    /// The first decimal number that was taken for a day: row, column, text, day.
    decimal: Option<(u32, u16, String, String)>,
}

impl Header {
    pub(super) fn of(grid: &Grid, (top, bottom): (u32, u32), candidates: &[u16], month: Option<u32>) -> Self {
        let words = vocabulary::standard();
        let rows = || top.saturating_sub(1)..=bottom.saturating_add(1);
        let near = || rows().flat_map(|row| candidates.iter().filter_map(move |column| grid.own(row, *column)));
        let two = |cell: &Cell| decimal(cell).is_some_and(|(_, month)| month.len() == 2 && month.starts_with('0'));
        Self {
            weekdays: near().any(|cell| matches!(cell, Cell::Text(text) if names_weekday(text, words))),
            two_digits: near().any(two),
            month,
            decimal: None,
        }
    }

    /// The reading of a cell, with what the header tells beside it.
    pub(super) fn refine(&mut self, reading: DateReading, cell: &Cell, at: (u32, u16)) -> DateReading {
        match (&reading, cell) {
            (DateReading::DayOnly(_), Cell::Text(text)) if !self.weekdays => {
                let day = dates::day_of_short_month(text);
                let fits = |month: u32| self.month.is_none_or(|around| around == month);
                let found = day.filter(|day| matches!(day, DateReading::DayMonth { month, .. } if fits(*month)));
                found.unwrap_or(reading)
            }
            (DateReading::None, Cell::Number(_)) => match self.day_of_decimal(cell) {
                Some((day, month)) => {
                    let taken = || (at.0, at.1, text_of(cell), format!("{day:02}.{month:02}"));
                    self.decimal.get_or_insert_with(taken);
                    DateReading::DayMonth { day, month }
                }
                None => reading,
            },
            _ => reading,
        }
    }

    /// 12.03 typed as a day and stored as a number; 12.1 is 12 October where months have two digits, or where the month
    /// around says so.
    fn day_of_decimal(&self, cell: &Cell) -> Option<(u32, u32)> {
        let (day, written) = decimal(cell)?;
        let month: u32 = written.parse().ok()?;
        let month = match self.month {
            _ if written != "1" => month,
            Some(around) if FIRST_OR_TENTH.contains(&around) => around,
            None if self.two_digits => 10,
            Some(_) | None => return None,
        };
        chrono::NaiveDate::from_ymd_opt(2024, month, day).map(|_| (day, month))
    }

    /// What is told of decimal numbers taken for days.
    pub(super) fn noted(self) -> Option<Noted> {
        let (row, column, written, taken) = self.decimal?;
        let noted = Noted::at(Kind::DaysAsNumbers, row, Some(column));
        Some(noted.with("value", written).with("taken", taken))
    }
}

/// The whole part of a decimal number that can be a day, and its one or two decimals.
fn decimal(cell: &Cell) -> Option<(u32, String)> {
    let Cell::Number(number) = cell else { return None };
    let text = number_text(*number);
    let (whole, part) = text.split_once('.')?;
    let day = whole.parse().ok().filter(|day| (1..=31).contains(day))?;
    (1..=2).contains(&part.len()).then(|| (day, part.to_owned()))
}

/// Whether a text holds a weekday that is no month in any language.
fn names_weekday(text: &str, words: &Vocabulary) -> bool {
    let mut parts = text.split(|c: char| !vocabulary::is_of_word(c) && c != '\'');
    parts.any(|word| !word.is_empty() && words.weekday(word).is_some() && words.month(word).is_none())
}
