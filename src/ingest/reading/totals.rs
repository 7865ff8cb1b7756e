//! Sums that somebody wrote, against what is counted.

use super::DifferingTotal;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::layout::Block;
use crate::ingest::marks::Mark;
use crate::ingest::rows::RawRow;
use crate::ingest::vocabulary::Role;

/// Sums of a register that do not agree with its marks.
pub(super) fn register_totals(grid: &Grid, block: &Block, rows: &[RawRow], present: &[usize]) -> Vec<DifferingTotal> {
    let mut differing = Vec::new();
    for row in &block.totals {
        for (session, counted) in block.sessions.iter().zip(present) {
            differing.extend(differs(grid, *row, session.column, *counted));
        }
    }
    let Some(column) = block.column(Role::DerivedTotal) else {
        return differing;
    };
    let of_rows: Vec<DifferingTotal> = rows
        .iter()
        .filter_map(|row| {
            let counted = row.marks.iter().filter(|(_, mark)| *mark == Mark::Present).count();
            let unnamed: u32 = row.heads.iter().map(|(_, heads)| heads).sum();
            differs(
                grid,
                row.number,
                column,
                counted + usize::try_from(unnamed).unwrap_or_default(),
            )
        })
        .collect();
    // A column that mostly disagrees sums something else.
    if of_rows.len() * 2 < rows.len() {
        differing.extend(of_rows);
    }
    differing
}

fn differs(grid: &Grid, row: u32, column: u16, counted: usize) -> Option<DifferingTotal> {
    let written = crate::ingest::values::number(&text_of(grid.own(row, column)?))?;
    let same = (written - counted as f64).abs() < 0.5;
    (!same).then_some(DifferingTotal {
        row,
        column,
        written,
        counted,
    })
}

/// A line such as "Total signatures: 6" under a list that has another number of rows.
pub(super) fn list_totals(grid: &Grid, block: &Block, counted: usize) -> Vec<DifferingTotal> {
    let lines = block.totals.iter().filter(|_| block.day_role().is_none());
    lines
        .filter_map(|row| {
            let (column, cell) = grid.cells(*row).next()?;
            let text = text_of(cell);
            let written: f64 = text
                .rsplit(|c: char| !c.is_ascii_digit())
                .find(|digits| !digits.is_empty())?
                .parse()
                .ok()?;
            ((written - counted as f64).abs() >= 0.5).then_some(DifferingTotal {
                row: *row,
                column,
                written,
                counted,
            })
        })
        .collect()
}
