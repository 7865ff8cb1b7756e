//! Columns that are written once per session and meant for the rows below.

use crate::ingest::grid::Grid;
use crate::ingest::layout::Block;
use crate::ingest::values::OF_SESSION;
use crate::ingest::vocabulary::Vocabulary;
use crate::project::model::Layout;

/// Least share of blanks in a column that is written once per session and meant for the rows below.
const FILLED_DOWN_FROM: f64 = 0.2;
/// With this share of blanks nothing else need speak for it.
const SURELY_FILLED_DOWN: f64 = 0.5;

/// Columns that are written once and meant for the rows below, too.
pub(super) struct FillDown {
    /// Column, whether blanks repeat what stands above, and the row the last value came from.
    columns: Vec<(u16, bool, Option<u32>)>,
}

impl FillDown {
    pub(super) fn new(grid: &Grid, block: &Block) -> Self {
        let columns = OF_SESSION
            .iter()
            .filter_map(|role| block.column(*role))
            .map(|column| (column, Self::is_filled_down(grid, block, column), None))
            .collect();
        Self { columns }
    }

    fn is_filled_down(grid: &Grid, block: &Block, column: u16) -> bool {
        if block.layout == Layout::EventLog {
            return false;
        }
        let texts: Vec<String> = block.rows.iter().map(|row| grid.text(*row, column)).collect();
        let blank = texts.iter().filter(|text| text.is_empty()).count();
        // Whoever writes the same thing again in the next row does not mean it by a blank.
        let again = texts
            .windows(2)
            .filter(|two| !two[0].is_empty() && two[0] == two[1])
            .count();
        let share = blank as f64 / texts.len().max(1) as f64;
        blank < texts.len() && (share >= SURELY_FILLED_DOWN || (share >= FILLED_DOWN_FROM && again == 0))
    }

    pub(super) fn of(&self, column: u16) -> Option<&(u16, bool, Option<u32>)> {
        self.columns.iter().find(|(at, ..)| *at == column)
    }

    pub(super) fn peek(&self, row: u32, column: u16) -> Option<u32> {
        self.of(column)
            .and_then(|(_, _, last)| *last)
            .filter(|last| *last <= row)
    }

    /// The row whose cell holds the value meant in this row: its own, or the one that a ditto mark or a blank repeats.
    pub(super) fn source_row(&mut self, grid: &Grid, vocabulary: &Vocabulary, row: u32, column: u16) -> Option<u32> {
        let text = grid.text(row, column);
        let Some((_, down, last)) = self.columns.iter_mut().find(|(at, ..)| *at == column) else {
            return (!text.is_empty()).then_some(row);
        };
        if text.is_empty() {
            return if *down { *last } else { None };
        }
        if vocabulary.is_ditto(&text) {
            return *last;
        }
        *last = Some(row);
        *last
    }
}
