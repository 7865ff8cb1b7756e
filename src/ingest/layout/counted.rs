//! Head-counts under headings that do not say so: a total that is the sum of the columns before it.

use super::{Block, COUNTS, PERSON};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::noted::Noted;
use crate::ingest::told;
use crate::ingest::values;
use crate::ingest::vocabulary::{Role, Vocabulary};

/// Rows looked at.
const LOOKED_AT: usize = 200;
/// Fewest columns of parts.
const FEWEST_PARTS: usize = 2;

/// In a table of days that names nobody, a total that adds up the numbers of its row counts heads: ages and sexes in
/// two rows of headings are headed in many ways, and their sum tells that they are parts of it.
pub(super) fn by_sums(grid: &Grid, block: &mut Block, end: u32, vocabulary: &Vocabulary) {
    if block.has(PERSON) || block.has(COUNTS) || block.column(Role::SessionDate).is_none() || block.is_of_forms() {
        return;
    }
    let Some(total) = block.column(Role::DerivedTotal) else {
        return;
    };
    let parts: Vec<u16> = block
        .columns
        .iter()
        .filter(|column| column.index < total && matches!(column.role, None | Some(Role::AgeGroup)))
        .map(|column| column.index)
        .collect();
    if parts.len() < FEWEST_PARTS || !adds_up(grid, block, end, (&parts, total)) {
        return;
    }
    let bottom = block.header_bottom;
    let noted = Noted::at(Kind::HeadingMisspelt, bottom, Some(total));
    if let Some(column) = block.columns.iter_mut().find(|column| column.index == total) {
        let heading = told::before_rows(grid, column, bottom, vocabulary);
        block
            .noted
            .push(noted.with("heading", heading).with("field", Role::CountTotal.key()));
        column.role = Some(Role::CountTotal);
        Role::CountTotal.key().clone_into(&mut column.key);
        column.by_content = true;
    }
}

/// Whether the numbers of nearly every row add up to its total.
fn adds_up(grid: &Grid, block: &Block, end: u32, (parts, total): (&[u16], u16)) -> bool {
    let number = |row: u32, column: u16| values::number(&text_of(grid.own(row, column)?));
    let rows = grid.rows_between(block.header_bottom.saturating_add(1), end).iter();
    let (mut filled, mut right) = (0_usize, 0_usize);
    for row in rows.take(LOOKED_AT).map(|row| row.number) {
        let Some(written) = number(row, total) else { continue };
        let sum: f64 = parts.iter().filter_map(|part| number(row, *part)).sum();
        filled += 1;
        right += usize::from((written - sum).abs() < 0.5 && written > 0.0);
    }
    filled > 1 && right * 10 >= filled * 9
}
