//! Columns of places in lists: where a session was held, or where its people live.

use std::collections::BTreeMap;

use super::{Block, Column, named};
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::noted::Noted;
use crate::ingest::told;
use crate::ingest::vocabulary::{Role, Vocabulary};
use crate::project::model::{Layout, Source};

/// Rows looked at to tell whose place a column holds.
const LOOKED_AT: usize = 2_000;

/// A heading that can mean the place of a session ("Site", "Location") means it in a list where those who meet on a day
/// mostly share it; that is said.
pub(super) fn by_days(grid: &Grid, block: &mut Block, end: u32, source: &Source, vocabulary: &Vocabulary) {
    if block.layout != Layout::List || block.has(&[Role::Place]) {
        return;
    }
    let Some(days) = block.column(Role::SessionDate) else {
        return;
    };
    let rows = (block.header_bottom.saturating_add(1), end);
    let can_mean = |column: &&mut Column| {
        let meanings = vocabulary.header(&column.header);
        column.role.is_some()
            && column.role == meanings.first().copied()
            && meanings.contains(&Role::Place)
            && named(source, column.index, &column.header).is_none()
    };
    let mut columns = block.columns.iter_mut();
    let Some(column) = columns.find(|column| can_mean(column) && is_shared(grid, rows, (days, column.index))) else {
        return;
    };
    let meanings = [column.role, Some(Role::Place)].into_iter().flatten().map(Role::key);
    let noted = Noted::at(Kind::HeadingUnclear, block.header_bottom, Some(column.index))
        .with(
            "heading",
            told::before_rows(grid, column, block.header_bottom, vocabulary),
        )
        .with("meanings", meanings.collect::<Vec<_>>().join(", "))
        .with("taken", Role::Place.key());
    column.role = Some(Role::Place);
    Role::Place.key().clone_into(&mut column.key);
    block.noted.push(noted);
}

/// Whether most rows of days with several rows share their place with another row of the day.
fn is_shared(grid: &Grid, (first, end): (u32, u32), (days, places): (u16, u16)) -> bool {
    let mut met: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for row in grid.rows_between(first, end).iter().take(LOOKED_AT) {
        let (day, place) = (grid.text(row.number, days), grid.text(row.number, places));
        if !day.is_empty() && !place.is_empty() {
            *met.entry(day).or_default().entry(place).or_default() += 1;
        }
    }
    let counts = met.values().map(|places| {
        let rows: usize = places.values().sum();
        let shared: usize = places.values().filter(|rows| **rows > 1).sum();
        (rows, shared)
    });
    let (rows, shared) = counts
        .filter(|(rows, _)| *rows > 1)
        .fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    rows > 0 && shared * 2 > rows
}
