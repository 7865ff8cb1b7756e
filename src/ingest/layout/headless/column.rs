//! What the cells of one column are, where no heading says it.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::persons::looks_like_name;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{MarkMeaning, Vocabulary};

/// Share of cells from which a column holds what they hold.
const MOSTLY: f64 = 0.9;
/// The same for names, which are written in more ways.
const MOSTLY_NAMES: f64 = 0.8;
/// Fewest digits of a telephone.
const PHONE_DIGITS: usize = 9;
/// Fewest digits of a code.
const CODE_DIGITS: usize = 3;
/// Years over which births spread and sessions do not.
const BIRTHS_SPREAD: i32 = 5;
/// Letters from which a word alone can be a name: shorter ones are codes of classes.
const SHORTEST_NAME: usize = 3;

/// Letters of a plain yes or no, which may answer anything.
const PLAIN_ANSWER: usize = 3;
/// Most answers that are still marks or plain answers.
const FEW_ANSWERS: usize = 4;

/// What a cell is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    /// A day, with or without the hour.
    Day,
    /// A time of the day.
    Time,
    /// An e-mail address.
    Email,
    /// A telephone.
    Phone,
    /// A word of presence or absence that means nothing else.
    Came,
    /// A code or a number of some length.
    Code,
    /// Any other number.
    Number,
    /// What could be a name.
    Name,
    /// Any other words.
    Words,
}

impl Held {
    /// What a cell is made of.
    pub(super) fn of(cell: &Cell, vocabulary: &Vocabulary) -> Self {
        let text = text_of(cell);
        if day(cell).is_some() {
            return Self::Day;
        }
        if is_time(cell, &text) {
            return Self::Time;
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let letters = text.chars().any(char::is_alphabetic);
        if !letters && digits > 0 {
            let dialled = text.starts_with(['+', '0', '(']) || text.contains([' ', '-']);
            return match digits {
                PHONE_DIGITS.. if dialled && text.chars().all(is_of_phone) => Self::Phone,
                CODE_DIGITS.. if text.bytes().all(|byte| byte.is_ascii_digit()) => Self::Code,
                _ => Self::Number,
            };
        }
        let came = matches!(vocabulary.mark(&text), Some(MarkMeaning::Present | MarkMeaning::Absent));
        match () {
            () if text.contains('@') && !text.contains(' ') => Self::Email,
            () if came && (vocabulary.yes_no(&text).is_none() || is_word(&text)) => Self::Came,
            () if digits >= CODE_DIGITS && !text.contains(' ') => Self::Code,
            () if looks_like_name(cell, vocabulary) => Self::Name,
            () => Self::Words,
        }
    }
}

/// A word longer than a plain yes or no.
fn is_word(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > PLAIN_ANSWER
}

fn is_of_phone(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')')
}

/// A time of the day without a day.
fn is_time(cell: &Cell, text: &str) -> bool {
    match cell {
        Cell::DateTime { at, .. } => at.year() < 1900,
        Cell::Text(_) => {
            let parts = text.split(':');
            text.contains(':')
                && parts
                    .clone()
                    .all(|part| part.chars().any(|c| c.is_ascii_digit()) && part.len() <= 5)
        }
        _ => false,
    }
}

/// The day that a cell tells as a whole; a number may be anything else.
pub(super) fn day(cell: &Cell) -> Option<NaiveDate> {
    if matches!(cell, Cell::Number(_)) {
        return None;
    }
    match dates::read(cell, None) {
        DateReading::Day(day) => Some(day).filter(|_| !text_of(cell).bytes().all(|byte| byte.is_ascii_digit())),
        DateReading::Ambiguous { day_month, .. } => Some(day_month),
        DateReading::DayMonth { .. }
        | DateReading::Month { .. }
        | DateReading::DayOnly(_)
        | DateReading::Year(_)
        | DateReading::Impossible(_)
        | DateReading::None => None,
    }
}

/// The cells of a column in the rows of a table.
#[derive(Debug)]
pub(super) struct Column {
    /// 0-based column.
    pub(super) index: u16,
    /// What it holds; `None` where it holds this and that.
    pub(super) held: Option<Held>,
    /// Texts that differ.
    pub(super) distinct: BTreeSet<String>,
    /// Number of filled cells.
    pub(super) filled: usize,
    /// Whether most of its texts are of several words.
    pub(super) several_words: bool,
}

impl Column {
    /// Reads a column.
    pub(super) fn of(grid: &Grid, index: u16, rows: &[u32], vocabulary: &Vocabulary) -> Self {
        let mut counts = [0_usize; 9];
        let (mut filled, mut several) = (0_usize, 0_usize);
        let mut distinct = BTreeSet::new();
        for cell in rows.iter().filter_map(|row| grid.own(*row, index)) {
            let text = text_of(cell);
            if text.is_empty() {
                continue;
            }
            filled += 1;
            counts[Held::of(cell, vocabulary) as usize] += 1;
            several += usize::from(text.split_whitespace().nth(1).is_some());
            distinct.insert(text);
        }
        let kinds = [
            Held::Day,
            Held::Time,
            Held::Email,
            Held::Phone,
            Held::Came,
            Held::Code,
            Held::Number,
            Held::Name,
            Held::Words,
        ];
        let mostly = |held: Held| if held == Held::Name { MOSTLY_NAMES } else { MOSTLY };
        let mut kinds = kinds.into_iter();
        let held = kinds.find(|held| counts[*held as usize] as f64 >= mostly(*held) * filled as f64);
        Self {
            index,
            held: held.filter(|_| filled * 2 > rows.len()),
            distinct,
            filled,
            several_words: several * 2 > filled,
        }
    }

    /// Whether its texts are mostly different from each other.
    pub(super) fn is_various(&self) -> bool {
        self.distinct.len() * 2 > self.filled
    }

    /// Whether all that stands in it are marks or plain answers, and nothing says what they answer.
    pub(super) fn answers(&self, vocabulary: &Vocabulary) -> bool {
        let answer = |text: &String| {
            matches!(text.as_str(), "0" | "1") || vocabulary.yes_no(text).is_some() || vocabulary.mark(text).is_some()
        };
        self.held != Some(Held::Came)
            && (1..=FEW_ANSWERS).contains(&self.distinct.len())
            && self.distinct.iter().all(answer)
    }

    /// Whether words of it are long enough for names.
    pub(super) fn is_of_names(&self) -> bool {
        let long = |text: &&String| text.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_NAME;
        self.held == Some(Held::Name) && self.distinct.iter().filter(long).count() * 5 >= self.distinct.len() * 4
    }

    /// Whether its numbers rise by one, as those of rows do.
    pub(super) fn numbers_rows(&self, grid: &Grid, rows: &[u32]) -> bool {
        let cells = rows.iter().filter_map(|row| grid.own(*row, self.index));
        let numbers: Option<Vec<u64>> = cells.map(|cell| text_of(cell).parse().ok()).collect();
        numbers.is_some_and(|numbers| {
            let rising = numbers.windows(2).filter(|two| two[1] == two[0] + 1).count();
            numbers.len() > 1 && rising * 10 >= (numbers.len() - 1) * 9
        })
    }

    /// Whether its days are births: spread over years, and mostly different.
    pub(super) fn is_of_births(&self, grid: &Grid, rows: &[u32]) -> bool {
        let cells = rows.iter().filter_map(|row| grid.own(*row, self.index));
        let years: BTreeSet<i32> = cells.filter_map(day).map(|day| day.year()).collect();
        let spread = match (years.first(), years.last()) {
            (Some(first), Some(last)) => last - first,
            _ => 0,
        };
        spread >= BIRTHS_SPREAD && self.is_various()
    }
}
