//! Columns that are written once per session and meant for the rows below.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::records::column_letters;
use crate::ingest::values::OF_SESSION;
use crate::ingest::vocabulary::Vocabulary;
use crate::project::model::Layout;

/// Least share of blanks in a column that is written once per session and meant for the rows below.
const FILLED_DOWN_FROM: f64 = 0.2;
/// With this share of blanks nothing else need speak for it.
const SURELY_FILLED_DOWN: f64 = 0.5;

/// Columns that are written once and meant for the rows below, too; read from the first row to the last.
pub(super) struct FillDown<'a> {
    columns: Vec<Filled<'a>>,
}

struct Filled<'a> {
    column: u16,
    /// Whether blanks repeat what stands above.
    down: bool,
    /// The last value.
    last: Option<Said<'a>>,
    /// Rows that were blank and took what stands above.
    taken: Option<Taken>,
}

/// Rows that took a cell from above.
#[derive(Clone, Copy)]
struct Taken {
    count: usize,
    first: u32,
    last: u32,
}

/// What a column of sessions says in a row.
#[derive(Clone)]
pub(super) struct Said<'a> {
    /// Row whose cell says it.
    pub(super) row: u32,
    /// Text of the cell.
    pub(super) text: Cow<'a, str>,
    /// Whether the text says that there is no value.
    pub(super) missing: bool,
}

impl<'a> FillDown<'a> {
    pub(super) fn new(grid: &Grid<'a>, block: &Block) -> Self {
        let columns: Vec<u16> = OF_SESSION.iter().filter_map(|role| block.column(*role)).collect();
        let columns = columns
            .into_par_iter()
            .map(|column| Filled {
                column,
                down: Self::is_filled_down(grid, block, column),
                last: None,
                taken: None,
            })
            .collect();
        Self { columns }
    }

    fn is_filled_down(grid: &Grid, block: &Block, column: u16) -> bool {
        if block.layout == Layout::EventLog {
            return false;
        }
        let (mut blank, mut again) = (0_usize, 0_usize);
        let mut before = Cow::Borrowed("");
        for row in &block.rows {
            let text = grid.shown(*row, column);
            blank += usize::from(text.is_empty());
            // Whoever writes the same thing again in the next row does not mean it by a blank.
            again += usize::from(!text.is_empty() && text == before);
            before = text;
        }
        let share = blank as f64 / block.rows.len().max(1) as f64;
        blank < block.rows.len() && (share >= SURELY_FILLED_DOWN || (share >= FILLED_DOWN_FROM && again == 0))
    }

    /// What is meant in a row: what its cell says, or what a ditto mark or a blank repeats.
    pub(super) fn said(&mut self, grid: &Grid<'a>, vocabulary: &Vocabulary, row: u32, column: u16) -> Option<Said<'a>> {
        let text = grid.shown(row, column);
        let filled = self.columns.iter_mut().find(|filled| filled.column == column);
        let said = |text: Cow<'a, str>| Said {
            row,
            missing: vocabulary.is_missing(&text),
            text,
        };
        let Some(Filled { down, last, taken, .. }) = filled else {
            return (!text.is_empty()).then(|| said(text));
        };
        if text.is_empty() {
            if !*down || last.is_none() {
                return None;
            }
            let first = taken.map_or(row, |taken| taken.first);
            let count = taken.map_or(0, |taken| taken.count) + 1;
            *taken = Some(Taken {
                count,
                first,
                last: row,
            });
            return last.clone();
        }
        match last {
            // Rows of one session say the same again and again.
            Some(before) if before.text == text => before.row = row,
            _ if vocabulary.is_ditto(&text) => {}
            _ => *last = Some(said(text)),
        }
        last.clone()
    }

    /// Which columns had blanks that took what stands above, and in how many rows.
    pub(super) fn noted(&self) -> Vec<Noted> {
        let taken = self
            .columns
            .iter()
            .filter_map(|filled| Some((filled.column, filled.taken?)));
        taken
            .map(|(column, taken)| {
                let last = format!("{}{}", column_letters(column), taken.last);
                Noted::at(Kind::FilledDown, taken.first, Some(column))
                    .with("count", taken.count)
                    .with("last", last)
            })
            .collect()
    }
}
