//! The lines between tables: titles of the lower one, or what still belongs to the upper one.

use chrono::{Datelike as _, Timelike as _};

use super::SheetReading;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::heading;
use crate::ingest::records::Reason;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::Vocabulary;

/// The first year of days of spreadsheets; what lies before is a time of day.
const FIRST_YEAR: i32 = 1900;

/// Sets the rows below the last block aside.
pub(super) fn set_rest_aside(grid: &Grid, after: u32, vocabulary: &Vocabulary, reading: &mut SheetReading) {
    let (above, tail) = titles_above(grid, after, u32::MAX, vocabulary);
    let rest = if reading.blocks.is_empty() {
        Reason::NoTable
    } else {
        Reason::Trailer
    };
    reading.aside.extend(tail);
    reading.aside.extend(above.into_iter().map(|row| (row, rest)));
    reading.aside.sort_unstable();
}

/// The texts of a title row: one per filled cell, a label with the value that stands in the cell behind it.
pub(super) fn line_texts(grid: &Grid, row: u32, vocabulary: &Vocabulary) -> Vec<String> {
    heading::lines(grid.cells(row).map(|(_, cell)| with_hour(cell)).collect(), vocabulary)
}

/// The text of a cell, with its time of day.
fn with_hour(cell: &Cell) -> String {
    match cell {
        Cell::DateTime { at, .. } if at.year() < FIRST_YEAR => at.format("%H:%M").to_string(),
        Cell::DateTime { at, .. } if at.num_seconds_from_midnight() > 0 => at.format("%Y-%m-%d %H:%M").to_string(),
        _ => text_of(cell),
    }
}

/// The texts of a title row that stand over one of several tables side by side: a text over the first of them alone is
/// that of all.
pub(super) fn texts_over(grid: &Grid, row: u32, (first, last): (u16, u16), vocabulary: &Vocabulary) -> Vec<String> {
    let own = |column: u16| (first..=last).contains(&column);
    let begins = grid.cells(row).next().map(|(column, _)| column);
    let alone = first > 0 && !grid.cells(row).any(|(column, _)| column >= first) && begins.is_some();
    let texts = grid.cells(row).filter(|(column, _)| alone || own(*column));
    heading::lines(texts.map(|(_, cell)| with_hour(cell)).collect(), vocabulary)
}

/// Rows between a block's end and the next header: titles, and what still belongs to the upper block.
pub(super) fn titles_above(
    grid: &Grid,
    after: u32,
    before: u32,
    vocabulary: &Vocabulary,
) -> (Vec<u32>, Vec<(u32, Reason)>) {
    let mut titles = Vec::new();
    let mut tail = Vec::new();
    // Right above a header "Date:" and "Facilitator:" are titles, and no lines to sign; a blank row may part the two.
    let touches = |row: u32| before < u32::MAX && (row..before).filter(|row| grid.row(*row).is_none()).nth(1).is_none();
    for row in grid
        .rows_between(after.saturating_add(1), before)
        .iter()
        .map(|row| row.number)
    {
        let Some(first) = grid.cells(row).next().map(|(_, cell)| text_of(cell)) else {
            continue;
        };
        if vocabulary.is_totals(&first) {
            tail.push((row, Reason::Totals));
        } else if vocabulary.is_trailer(&first) && after > 0 && !touches(row) {
            tail.push((row, Reason::Trailer));
        } else {
            titles.push(row);
        }
    }
    (titles, tail)
}
