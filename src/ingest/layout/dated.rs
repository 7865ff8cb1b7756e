//! Columns that hold days under a heading that does not say so.

use super::Block;
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::vocabulary::Role;

/// Rows looked at to tell whether a column holds days.
const LOOKED_AT: usize = 50;

/// Where no column is one of days, times that hold a day with the hour ("Date/Time", the instant of joining) give it.
pub(super) fn by_time(grid: &Grid, block: &mut Block) {
    if block.day_role().is_some() || !block.sessions.is_empty() {
        return;
    }
    let bottom = block.header_bottom;
    let mut columns = block.columns.iter_mut();
    let timed = columns.find(|column| column.role == Some(Role::SessionTime) && holds_days(grid, bottom, column.index));
    if let Some(column) = timed {
        column.role = Some(Role::SessionDate);
        Role::SessionDate.key().clone_into(&mut column.key);
    }
}

/// Whether a column without a known heading holds days: those of sessions, or anything else that happens on a day.
pub(super) fn unheaded(grid: &Grid, block: &Block) -> bool {
    let mut open = block.columns.iter().filter(|column| column.role.is_none());
    open.any(|column| holds_days(grid, block.header_bottom, column.index))
}

fn holds_days(grid: &Grid, bottom: u32, column: u16) -> bool {
    let rows = grid
        .rows_between(bottom.saturating_add(1), u32::MAX)
        .iter()
        .take(LOOKED_AT);
    let cells = rows.filter_map(|row| grid.own(row.number, column));
    let (mut filled, mut days) = (0_usize, 0_usize);
    for cell in cells.filter(|cell| !text_of(cell).is_empty()) {
        filled += 1;
        let reading = dates::read(cell, None);
        days += usize::from(matches!(reading, DateReading::Day(_) | DateReading::Ambiguous { .. }));
    }
    days > 0 && days * 2 > filled
}
