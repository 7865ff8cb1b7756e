//! The text that a workbook's cells are turned into, while it grows.

use std::ops::Range;
use std::sync::Arc;

use super::open::{Cell, Sheet};
use super::place::{CellId, CellText, Places};
use super::plan::{INDICATORS, TARGETS};
use super::table::plain;
use super::value::{Written, Wrong};
use crate::message::Message;
use crate::project::diagnostic::{DefinitionText, Diagnostics};

/// Definitions as the sheets of a workbook give them.
#[derive(Debug)]
pub(in crate::project) struct Sheets {
    /// The text that they were turned into, with the cells behind it.
    pub(in crate::project) file: Arc<DefinitionText>,
    /// Cells that held no value at all, as sheet and 0-based row.
    broken: Vec<(String, u32)>,
    mistakes: Vec<Mistake>,
}

#[derive(Debug)]
struct Mistake {
    span: Range<usize>,
    message: Message,
    help: Option<Message>,
}

impl Sheets {
    /// Whether what indicators refer to is whole: in a broken sheet of activities, half of it might be missing.
    pub(in crate::project) fn references_hold(&self) -> bool {
        let indicators = |sheet: &str| [INDICATORS, TARGETS].iter().any(|name| plain(name) == plain(sheet));
        self.broken.iter().all(|(sheet, _)| indicators(sheet))
    }

    /// Whether a span stands in a row that a broken cell has left incomplete.
    pub(in crate::project) fn is_incomplete(&self, span: &Range<usize>) -> bool {
        let place = self.file.places.locate(span);
        place.is_some_and(|(cell, _)| {
            self.broken
                .iter()
                .any(|(sheet, row)| *sheet == cell.sheet && *row == cell.row)
        })
    }

    /// Notes what was wrong with cells and sheets themselves.
    pub(in crate::project) fn note_all(&self, out: &mut Diagnostics) {
        for mistake in &self.mistakes {
            out.note(
                &self.file,
                mistake.span.clone(),
                mistake.message.clone(),
                mistake.help.clone(),
            );
        }
    }
}

/// A text that grows, with the cells behind it.
#[derive(Debug, Default)]
pub(super) struct Text {
    written: String,
    places: Places,
    mistakes: Vec<Mistake>,
    broken: Vec<(String, u32)>,
}

impl Text {
    /// Registers a cell, blank or not.
    pub(super) fn cell(&mut self, sheet: &Sheet, row: u32, column: u32) -> CellId {
        let cell = sheet.rows.get(&row).and_then(|cells| cells.get(&column));
        self.places.cell(CellText {
            sheet: sheet.name.clone(),
            row,
            column,
            text: cell.map(Cell::shown).unwrap_or_default(),
        })
    }

    /// Registers a sheet that the workbook lacks.
    pub(super) fn missing_sheet(&mut self, name: &str) -> CellId {
        self.places.cell(CellText {
            sheet: name.to_owned(),
            row: 0,
            column: 0,
            text: String::new(),
        })
    }

    /// Adds text that stands for the whole of a cell.
    pub(super) fn push(&mut self, text: &str, cell: CellId) {
        let start = self.written.len();
        self.written.push_str(text);
        let whole = self.places.whole(cell);
        self.places.note(start..self.written.len(), cell, whole, false);
    }

    /// Adds `key = value`, each with the cell behind it.
    pub(super) fn line(&mut self, key: &str, key_cell: CellId, value: &Written, cell: CellId) {
        self.push(key, key_cell);
        self.push(" = ", cell);
        let start = self.written.len();
        for part in &value.0 {
            let from = self.written.len();
            self.written.push_str(&part.text);
            if let Some(within) = &part.within {
                let cell = part.cell.unwrap_or(cell);
                self.places
                    .note(from..self.written.len(), cell, within.clone(), part.verbatim);
            }
        }
        let whole = self.places.whole(cell);
        self.places.note(start..self.written.len(), cell, whole, false);
        self.written.push('\n');
    }

    /// The whole text of a cell.
    pub(super) fn whole(&self, cell: CellId) -> Range<usize> {
        self.places.whole(cell)
    }

    /// Notes a mistake in a cell; its place is a comment of the text, so that mistakes stand in the cells' order.
    pub(super) fn wrong(&mut self, cell: CellId, message: Message, help: Option<Message>) {
        let within = self.places.whole(cell);
        self.mistake(cell, Wrong { within, message, help });
    }

    /// Notes a cell that holds no value.
    pub(super) fn broken(&mut self, cell: CellId, wrong: Wrong) {
        self.broken.extend(self.places.row(cell));
        self.mistake(cell, wrong);
    }

    fn mistake(&mut self, cell: CellId, wrong: Wrong) {
        let start = self.written.len();
        self.written.push_str("#\n");
        let span = start..start + 1;
        self.places.note(span.clone(), cell, wrong.within, false);
        self.mistakes.push(Mistake {
            span,
            message: wrong.message,
            help: wrong.help,
        });
    }

    /// The finished text.
    pub(super) fn finish(self, path: &str) -> Sheets {
        Sheets {
            file: Arc::new(DefinitionText {
                path: path.to_owned(),
                text: self.written,
                places: self.places,
            }),
            broken: self.broken,
            mistakes: self.mistakes,
        }
    }
}
