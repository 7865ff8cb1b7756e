//! Columns that are written once per session and meant for the rows below.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

use ustr::Ustr;

use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::records::column_letters;
use crate::ingest::values::OF_SESSION;
use crate::ingest::vocabulary::{MarkMeaning, Vocabulary};
use crate::project::model::Layout;

/// Cells of a column looked at to tell whether it holds ticks.
const LOOKED_AT: usize = 40;
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
    last: Option<Meant<'a>>,
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

/// What is meant in a row.
#[derive(Clone)]
pub(super) struct Meant<'a> {
    /// Row whose cell says it.
    pub(super) row: u32,
    pub(super) said: Rc<Said<'a>>,
}

/// What a column of sessions says in a row, or in many.
pub(super) struct Said<'a> {
    /// Text of the cell.
    pub(super) text: Cow<'a, str>,
    /// Whether the text says that there is no value.
    pub(super) missing: bool,
    /// What the records keep of it, once somebody asked.
    pub(super) kept: OnceCell<Option<Ustr>>,
}

/// Blanks and repetitions of a column, from its first row on.
struct Blanks<'a> {
    column: u16,
    blank: usize,
    again: usize,
    before: Cow<'a, str>,
}

impl<'a> Blanks<'a> {
    fn add(&mut self, text: Cow<'a, str>) {
        self.blank += usize::from(text.is_empty());
        // Whoever writes the same thing again in the next row does not mean it by a blank.
        self.again += usize::from(!text.is_empty() && text == self.before);
        self.before = text;
    }

    fn is_filled_down(&self, rows: usize) -> bool {
        let share = self.blank as f64 / rows.max(1) as f64;
        self.blank < rows && (share >= SURELY_FILLED_DOWN || (share >= FILLED_DOWN_FROM && self.again == 0))
    }
}

impl<'a> FillDown<'a> {
    pub(super) fn new(grid: &Grid<'a>, block: &Block, vocabulary: &Vocabulary) -> Self {
        // A tick is a person's own, whatever stands over it.
        let ticks = |column: &u16| {
            let cells = block.rows.iter().map(|row| grid.shown(*row, *column));
            let mut filled = cells.filter(|text| !text.is_empty()).take(LOOKED_AT).peekable();
            let mark = |text: &str| vocabulary.mark(text).is_some_and(|mark| mark != MarkMeaning::Ditto);
            filled.peek().is_some() && filled.all(|text| mark(&text))
        };
        let columns = OF_SESSION.iter().filter_map(|role| block.column(*role));
        let columns = columns.filter(|column| !ticks(column));
        let mut columns: Vec<Blanks> = columns
            .map(|column| Blanks {
                column,
                blank: 0,
                again: 0,
                before: Cow::Borrowed(""),
            })
            .collect();
        let never = block.layout == Layout::EventLog;
        for row in block.rows.iter().filter(|_| !never) {
            for column in &mut columns {
                column.add(grid.shown(*row, column.column));
            }
        }
        let columns = columns.into_iter().map(|blanks| Filled {
            column: blanks.column,
            down: !never && blanks.is_filled_down(block.rows.len()),
            last: None,
            taken: None,
        });
        Self {
            columns: columns.collect(),
        }
    }

    /// What is meant in a row: what its cell says, or what a ditto mark or a blank repeats.
    pub(super) fn said(
        &mut self,
        grid: &Grid<'a>,
        vocabulary: &Vocabulary,
        row: u32,
        column: u16,
    ) -> Option<Meant<'a>> {
        let text = grid.shown(row, column);
        let filled = self.columns.iter_mut().find(|filled| filled.column == column);
        let said = |text: Cow<'a, str>| Meant {
            row,
            said: Rc::new(Said {
                missing: vocabulary.is_missing(&text),
                text,
                kept: OnceCell::new(),
            }),
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
            Some(before) if before.said.text == text => before.row = row,
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
