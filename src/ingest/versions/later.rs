//! Which of two versions of a register is the later one.

use chrono::{Datelike as _, NaiveDate};

use crate::ingest::dates::{self, DateReading};
use crate::ingest::marks::Mark;
use crate::ingest::reading::Table;
use crate::ingest::records::SourceFile;

/// Words in names of files that call a version a newer one, in the languages of field files.
const NEWER: &str = include_str!("newer.txt");

/// What tells versions apart, the weightiest first: greater is later.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Age {
    /// Sessions held, sessions in the header, people.
    size: (usize, usize, usize),
    /// Last date in the file's name.
    dated: Option<NaiveDate>,
    /// Whether the name calls it final, corrected, new.
    newer: bool,
    /// Numbers in the file's name, as versions are counted.
    numbers: Vec<u64>,
    /// Marks that are filled in.
    filled: usize,
    /// The name itself, where nothing else tells.
    name: String,
}

impl Age {
    pub(super) fn of(table: &Table, file: &SourceFile) -> Self {
        let held = table.present.iter().filter(|present| **present > 0).count();
        let marks = table.rows.iter().flat_map(|row| &row.marks);
        let stem = stem(&file.path);
        Self {
            size: (held, table.block.sessions.len(), table.rows.len()),
            dated: dated(&stem),
            newer: is_newer(&stem),
            numbers: numbers(&stem),
            filled: marks.filter(|(_, mark)| *mark != Mark::Blank).count(),
            name: stem,
        }
    }
}

fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
}

/// The last day or month that a name holds.
fn dated(stem: &str) -> Option<NaiveDate> {
    let readings = dates::find_in_text(stem);
    let days = readings.iter().filter_map(|reading| match reading {
        DateReading::Day(day) | DateReading::Ambiguous { day_month: day, .. } => Some(*day),
        DateReading::Month { month, year } => NaiveDate::from_ymd_opt((*year)?, *month, 1),
        _ => None,
    });
    days.max().filter(|day| day.year() >= 2000)
}

/// Whether a name says that the file is a newer one.
pub(crate) fn is_newer(stem: &str) -> bool {
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphabetic()).collect();
    let mut newer = NEWER.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    newer.any(|word| words.contains(&word))
}

/// The numbers of a name; "(1)" and "v2" count versions, and so does the order of copies.
fn numbers(stem: &str) -> Vec<u64> {
    let digits = stem.split(|c: char| !c.is_ascii_digit());
    digits.filter_map(|number| number.parse().ok()).collect()
}
