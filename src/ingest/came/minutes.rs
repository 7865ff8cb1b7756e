//! How long people were there: the lengths of a visit's rows, added up.

use chrono::Timelike as _;

use super::Came;
use super::signs::{Signs, minutes_of_day};
use crate::ingest::grid::Grid;
use crate::ingest::reading::Table;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::Vocabulary;

/// Gives every visit the minutes of its rows together.
pub(super) fn of_rows(grid: &Grid, signs: &Signs, vocabulary: &Vocabulary, table: &mut Table) {
    let header = signs.duration.map(|column| {
        let columns = table.block.columns.iter();
        let headers = columns.filter(|known| known.index == column);
        headers.map(|known| known.header.clone()).collect::<String>()
    });
    let unit = header
        .and_then(|header| vocabulary.minutes_of_unit(&header))
        .unwrap_or(1.0);
    let minutes: Vec<Option<f64>> = table
        .rows
        .iter()
        .map(|row| match signs.duration {
            Some(column) => grid
                .cell(row.number, column)
                .and_then(|cell| length(cell, unit, vocabulary)),
            None => between(grid, row.number, &signs.times),
        })
        .collect();
    for (index, minutes) in minutes.into_iter().enumerate() {
        let Some(minutes) = minutes else { continue };
        let row = &table.rows[index];
        let visit = match row.came {
            Came::Yes => index,
            Came::Again => row.visit.unwrap_or(index),
            Came::No | Came::Contradicted | Came::Unclear | Came::NotHeld | Came::Staff => continue,
        };
        let whole = &mut table.rows[visit].minutes;
        *whole = Some(whole.unwrap_or_default() + minutes);
    }
}

/// The minutes between two times of a row.
fn between(grid: &Grid, row: u32, times: &[u16]) -> Option<f64> {
    let at = |column: &u16| match grid.cell(row, *column)? {
        Cell::DateTime { at, .. } => Some(f64::from(at.num_seconds_from_midnight()) / 60.0),
        Cell::Text(text) => minutes_of_day(text),
        Cell::Number(_) | Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => None,
    };
    let [from, to] = times else { return None };
    let (from, to) = (at(from)?, at(to)?);
    (to >= from).then_some(to - from)
}

/// A length: a number in the unit of its heading, a clock, or words such as `1h 5m 20s`.
fn length(cell: &Cell, unit: f64, vocabulary: &Vocabulary) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(number * unit),
        Cell::DateTime { at, .. } => Some(f64::from(at.num_seconds_from_midnight()) / 60.0),
        Cell::Text(text) => match crate::ingest::values::number(text) {
            Some(number) => Some(number * unit),
            None => minutes_of_day(text).or_else(|| in_words(text, vocabulary)),
        },
        Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => None,
    }
}

fn in_words(text: &str, vocabulary: &Vocabulary) -> Option<f64> {
    let mut whole = None;
    let mut digits = String::new();
    let mut word = String::new();
    let mut add = |digits: &mut String, word: &mut String| {
        let unit = match word.as_str() {
            "s" | "sec" | "с" | "сек" => Some(1.0 / 60.0),
            "m" | "м" => Some(1.0),
            "h" | "г" => Some(60.0),
            other => vocabulary.minutes_of_unit(other),
        };
        if let (Ok(number), Some(unit)) = (digits.parse::<f64>(), unit) {
            whole = Some(whole.unwrap_or_default() + number * unit);
        }
        digits.clear();
        word.clear();
    };
    for c in text.to_lowercase().chars() {
        if c.is_ascii_digit() {
            if !word.is_empty() {
                add(&mut digits, &mut word);
            }
            digits.push(c);
        } else if c.is_alphabetic() {
            word.push(c);
        }
    }
    add(&mut digits, &mut word);
    whole
}
