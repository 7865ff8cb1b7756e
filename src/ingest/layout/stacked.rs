//! Tables that stand under each other on one sheet, and share what the lines above the first of them say.

use super::headers::Header;
use crate::ingest::dates;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::table::Cell;

/// Rows above a header that may say its day.
const LOOKED_AT: u32 = 5;
/// Filled cells of the longest of them.
const FEW: usize = 4;

/// Whether the day or month above the first table is that of all: none of the others has one of its own.
pub(super) fn shared_date(grid: &Grid, headers: &[Header]) -> bool {
    let ends = headers.iter().map(|header| header.bottom);
    let mut others = headers.iter().skip(1).zip(ends);
    others.all(|(header, end)| !is_dated(grid, header.top.saturating_sub(LOOKED_AT).max(end + 1), header.top))
}

/// Whether a line of few cells tells a day or a month.
fn is_dated(grid: &Grid, from: u32, to: u32) -> bool {
    let lines = grid.rows_between(from, to).iter().map(|row| row.number);
    let dated = |cell: &Cell| match cell {
        Cell::DateTime { .. } => true,
        Cell::Text(text) => !dates::find_in_text(text).is_empty(),
        _ => false,
    };
    let few = |row: &u32| grid.cells(*row).nth(FEW).is_none();
    lines
        .filter(few)
        .any(|row| grid.cells(row).any(|(_, cell)| dated(cell) && text_of(cell).len() > 2))
}
