//! Cells under sessions, told apart before anybody asks what their words mean.

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveTime, Timelike as _};
use rayon::prelude::*;

use crate::ingest::grid::{Grid, ROWS_AT_ONCE, trim};
use crate::ingest::layout::Block;
use crate::ingest::table::Cell;
use crate::ingest::values;

/// Bytes of the longest text that is a mark of an alphabet; longer ones are remarks.
const LONGEST: usize = 48;

/// Most different marks that an alphabet is made of; beyond that, cells hold remarks.
const MOST_MARKS: usize = 400;

/// What kind of thing stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Seen<'a> {
    /// Nothing, or nothing that is a mark: an error, a formula without a result.
    Nothing,
    /// A blank cell.
    Blank,
    /// Yes or no.
    Answer(bool),
    /// A number.
    Number(f64),
    /// A time of day: when the person came.
    Time,
    /// A word or sign.
    Word(&'a str),
    /// A day, which is no mark.
    Day,
}

/// What stands in a cell.
pub(super) fn seen(cell: Option<&Cell>) -> Seen<'_> {
    match cell {
        None => Seen::Blank,
        Some(Cell::Text(text)) => match trim(text) {
            "" => Seen::Blank,
            text if is_time(text) => Seen::Time,
            text => word_or_number(text),
        },
        Some(Cell::Number(number)) => Seen::Number(*number),
        Some(Cell::Bool(answer)) => Seen::Answer(*answer),
        // A time without a day falls before the first day of spreadsheets.
        Some(Cell::DateTime { at, .. }) if at.year() < 1900 && at.time() == NaiveTime::MIN => Seen::Number(0.0),
        Some(Cell::DateTime { at, .. })
            if at.year() < 1900 || at.year() == 1904 && at.ordinal() == 1 && at.hour() > 0 =>
        {
            Seen::Time
        }
        Some(Cell::DateTime { .. }) => Seen::Day,
        Some(Cell::Error(_) | Cell::FormulaWithoutResult(_)) => Seen::Nothing,
    }
}

fn word_or_number(text: &str) -> Seen<'_> {
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    match begins.then(|| values::number(text)).flatten() {
        Some(number) => Seen::Number(number),
        None => Seen::Word(text),
    }
}

/// A time of day as people write it, or from one to another: `9:05`, `14:00-16:30`, `10:05 AM`.
fn is_time(text: &str) -> bool {
    if !text.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) || !text.contains(':') || text.len() > 24 {
        return false;
    }
    let times = text.split(['-', '–', '—', ' ']);
    let mut found = 0;
    for part in times.filter(|part| !part.is_empty()) {
        let mut numbers = part.split(':');
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<u32>().ok());
        match (number(numbers.next()), number(numbers.next())) {
            (Some(0..=24), Some(0..=59)) => found += 1,
            _ if matches!(part.to_ascii_lowercase().as_str(), "am" | "pm" | "a.m." | "p.m.") => {}
            _ => return false,
        }
    }
    (1..=2).contains(&found)
}

/// How often each thing stands under the sessions of a block.
#[derive(Debug, Default)]
pub(super) struct Tally<'a> {
    pub(super) words: HashMap<&'a str, usize>,
    /// Words that are too long or too many to be marks.
    pub(super) remarks: usize,
    /// Cells with 0, with 1, with a part of 1, with anything above.
    pub(super) zeros: usize,
    pub(super) ones: usize,
    pub(super) parts: usize,
    pub(super) numbers: usize,
    pub(super) yes: usize,
    pub(super) no: usize,
    pub(super) times: usize,
    pub(super) blanks: usize,
}

impl<'a> Tally<'a> {
    /// Counts the cells under the sessions of a block.
    pub(super) fn of(grid: &Grid<'a>, block: &Block) -> Self {
        let rows = block.rows.par_iter().with_min_len(ROWS_AT_ONCE);
        let count = |mut tally: Self, row: &u32| {
            for session in &block.sessions {
                tally.add(seen(grid.own(*row, session.column)));
            }
            tally
        };
        rows.fold(Self::default, count).reduce(Self::default, Self::and)
    }

    fn add(&mut self, seen: Seen<'a>) {
        match seen {
            Seen::Word(word) if word.len() <= LONGEST => self.word(word, 1),
            Seen::Word(_) | Seen::Day => self.remarks += 1,
            Seen::Nothing => {}
            Seen::Blank => self.blanks += 1,
            Seen::Answer(true) => self.yes += 1,
            Seen::Answer(false) => self.no += 1,
            Seen::Time => self.times += 1,
            Seen::Number(number) if number <= 0.0 => self.zeros += 1,
            Seen::Number(number) if number < 1.0 => self.parts += 1,
            Seen::Number(number) if number > 1.0 => self.numbers += 1,
            Seen::Number(_) => self.ones += 1,
        }
    }

    fn word(&mut self, word: &'a str, count: usize) {
        if let Some(known) = self.words.get_mut(word) {
            *known += count;
        } else if self.words.len() < MOST_MARKS {
            self.words.insert(word, count);
        } else {
            self.remarks += count;
        }
    }

    fn and(mut self, other: Self) -> Self {
        let mut words: Vec<(&str, usize)> = other.words.into_iter().collect();
        // Which marks are left out beyond the limit must not hang on the order of a map.
        words.sort_unstable();
        for (word, count) in words {
            self.word(word, count);
        }
        self.remarks += other.remarks;
        self.zeros += other.zeros;
        self.ones += other.ones;
        self.parts += other.parts;
        self.numbers += other.numbers;
        self.yes += other.yes;
        self.no += other.no;
        self.times += other.times;
        self.blanks += other.blanks;
        self
    }
}
