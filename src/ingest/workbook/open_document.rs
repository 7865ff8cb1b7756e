//! `OpenDocument` spreadsheets, packed (`.ods`) or in one XML file (`.fods`), read from their XML.
//!
//! Repeats are followed without being spread out: a sheet whose last row is a million blank rows below costs nothing.
//! Cell comments and drawings over the cells are no text of the cell.

use std::io::{BufRead, BufReader, Read};

use quick_xml::events::BytesStart;

use super::dimmed::attribute;
use super::guard::{MAX_FILE, archive};
use super::looks::{Content, Look, Looks};
use super::rows::Rows;
use super::unreadable::Unreadable;
use super::xml::{Listener, Stop, before, walk};
use crate::ingest::table::{Cell, Merge, Sheet};

mod styles;
mod value;

use styles::Styles;

/// Most cells that one repeated row may spread to.
const MAX_REPEATED: u64 = 2_000_000;
/// Columns of the largest sheet.
const MAX_COLUMNS: u32 = 16_384;
/// Cells of one repeated cell whose look is told; more are the rest of the sheet.
const MOST_SHOWN: u32 = 200;

/// Sheets of an `.ods` file.
pub(super) fn packed(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut archive = archive(bytes)?;
    if let Ok(part) = archive.by_name("META-INF/manifest.xml") {
        let mut manifest = Vec::new();
        // An unreadable manifest shows in the content itself.
        let _ = part.take(1 << 20).read_to_end(&mut manifest);
        if manifest.windows(15).any(|name| name == b"encryption-data") {
            return Err(Unreadable::Encrypted);
        }
    }
    let content = archive.by_name("content.xml").map_err(Unreadable::damaged)?;
    read(BufReader::new(content.take(MAX_FILE)))
}

/// Sheets of a `.fods` file.
pub(super) fn flat(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    read(bytes)
}

fn read(input: impl BufRead) -> Result<Vec<Sheet>, Unreadable> {
    let mut document = Document::default();
    match walk(input, &mut document) {
        Ok(()) => Ok(document.sheets),
        Err(Stop::Refused(reason)) => Err(reason),
        Err(Stop::Broken(reason)) => {
            let broken = document.table.take().map(|table| table.sheet);
            before(document.sheets, broken, reason)
        }
    }
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Document {
    sheets: Vec<Sheet>,
    styles: Styles,
    table: Option<Table>,
    /// Tables open inside the current one; they are part of a cell and not read.
    nested: usize,
    /// Elements open inside something that is no cell text.
    skipped: usize,
}

/// The sheet being read.
#[derive(Debug, Default)]
struct Table {
    sheet: Sheet,
    rows: Rows,
    /// 1-based row being read, or the one after the last read.
    row: u32,
    repeat: u32,
    row_cells: Vec<(u32, u32, Cell)>,
    column: u32,
    /// Column definitions met so far.
    defined: u32,
    cell: Option<value::OpenCell>,
    looks: Looks,
    /// Last column, exclusive, and style of the cells of a column definition, where a style says anything.
    column_styles: Vec<(u32, Look)>,
    look: Look,
    /// Spans open in the cell, and whether each is struck through.
    spans: Vec<bool>,
}

impl Listener for Document {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        if name == "annotation"
            && let Some(table) = &mut self.table
            && let Ok(column) = u16::try_from(table.column)
        {
            table.sheet.comments.push((table.row, column));
        }
        if name == "annotation" || element.name().prefix().is_some_and(|prefix| prefix.as_ref() == "draw") {
            self.skipped = 1;
            return;
        }
        match name {
            "table" => self.open_table(element),
            _ if self.nested == 0 && self.table.is_some() => {
                if let Some(table) = &mut self.table {
                    table.open(name, element, &self.styles);
                }
            }
            _ if self.table.is_none() => self.styles.element(name, element),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        match name {
            "table" if self.nested > 0 => self.nested -= 1,
            "table" => {
                if let Some(table) = self.table.take() {
                    self.sheets.push(table.finish());
                }
            }
            _ if self.nested == 0 => {
                if let Some(table) = &mut self.table {
                    table.close(name)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0
            && self.nested == 0
            && let Some(table) = &mut self.table
            && let Some(cell) = &mut table.cell
        {
            cell.text(text, table.spans.contains(&true));
        }
    }
}

impl Document {
    fn open_table(&mut self, element: &BytesStart<'_>) {
        if self.table.is_some() {
            self.nested += 1;
            return;
        }
        let hidden = attribute(element, "style-name").is_some_and(|style| self.styles.hides(&style));
        let name = attribute(element, "name").unwrap_or_default();
        let sheet = Sheet {
            name,
            hidden,
            ..Sheet::default()
        };
        self.table = Some(Table {
            sheet,
            row: 1,
            ..Table::default()
        });
    }
}

impl Table {
    fn open(&mut self, name: &str, element: &BytesStart<'_>, styles: &Styles) {
        match name {
            "table-column" => self.define_columns(element, styles),
            "table-row" => {
                self.repeat = number(element, "number-rows-repeated");
                self.column = 0;
                if is_hidden(element) {
                    let last = self.row.saturating_add(self.repeat.min(100_000));
                    self.sheet.hidden_rows.extend(self.row..last);
                }
            }
            "table-cell" => {
                self.merge(element);
                self.cell = Some(value::OpenCell::new(element));
                self.spans.clear();
                self.look = self.look_of(element, styles);
            }
            "span" => {
                let style = attribute(element, "style-name");
                self.spans.push(style.is_some_and(|style| styles.look(&style).struck));
            }
            "covered-table-cell" => {
                self.column = self.column.saturating_add(number(element, "number-columns-repeated"));
            }
            _ => {
                if let Some(cell) = &mut self.cell {
                    cell.open(name, element);
                }
            }
        }
    }

    /// How a cell looks: its own style, else that of its column.
    fn look_of(&self, element: &BytesStart<'_>, styles: &Styles) -> Look {
        if styles.say_nothing() {
            return Look::default();
        }
        if let Some(style) = attribute(element, "style-name") {
            return styles.look(&style);
        }
        let of_column = self.column_styles.iter().find(|(end, _)| self.column < *end);
        of_column.map(|(_, look)| *look).unwrap_or_default()
    }

    fn define_columns(&mut self, element: &BytesStart<'_>, styles: &Styles) {
        let end = self
            .defined
            .saturating_add(number(element, "number-columns-repeated"))
            .min(MAX_COLUMNS);
        if is_hidden(element) {
            let columns = (self.defined..end).filter_map(|column| u16::try_from(column).ok());
            self.sheet.hidden_columns.extend(columns);
        }
        self.defined = end;
        if !styles.say_nothing() {
            let style = attribute(element, "default-cell-style-name");
            let look = style.map(|style| styles.look(&style)).unwrap_or_default();
            self.column_styles.push((end, look));
        }
    }

    fn merge(&mut self, element: &BytesStart<'_>) {
        let (width, height) = (
            number(element, "number-columns-spanned"),
            number(element, "number-rows-spanned"),
        );
        if width == 1 && height == 1 {
            return;
        }
        let right = self.column.saturating_add(width - 1).min(MAX_COLUMNS - 1);
        if let (Ok(left), Ok(right)) = (u16::try_from(self.column), u16::try_from(right)) {
            let bottom = self.row.saturating_add(height - 1);
            self.sheet.merges.push(Merge {
                top: self.row,
                bottom,
                left,
                right,
            });
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "table-cell" => {
                if let Some(cell) = self.cell.take() {
                    let repeat = cell.repeat;
                    self.look.struck |= cell.all_struck();
                    let value = cell.value();
                    self.show(repeat, value.as_ref());
                    if let Some(value) = value {
                        self.row_cells.push((self.column, repeat, value));
                    }
                    self.column = self.column.saturating_add(repeat);
                }
            }
            "table-row" => self.close_row()?,
            "span" => drop(self.spans.pop()),
            _ => {}
        }
        Ok(())
    }

    /// Tells how a cell looks; rows that repeat are no rows that somebody coloured.
    fn show(&mut self, repeat: u32, value: Option<&Cell>) {
        if self.repeat > 1 || value.is_none() && self.look.fill == 0 {
            return;
        }
        let content = match value {
            None => Content::Nothing,
            Some(Cell::Number(_)) => Content::Number,
            Some(_) => Content::Other,
        };
        for column in self.column..self.column.saturating_add(repeat.min(MOST_SHOWN)) {
            if let Ok(column) = u16::try_from(column) {
                self.looks.cell(self.row, column, content, self.look);
            }
        }
    }

    fn close_row(&mut self) -> Result<(), Unreadable> {
        let cells = std::mem::take(&mut self.row_cells);
        let width: u64 = cells
            .iter()
            .map(|(_, repeat, _)| u64::from((*repeat).min(MAX_COLUMNS)))
            .sum();
        if width.saturating_mul(u64::from(self.repeat)) > MAX_REPEATED {
            let reason = format!("row {} is repeated {} times", self.row, self.repeat);
            return Err(Unreadable::TooLarge { reason });
        }
        let after = self.row.saturating_add(self.repeat);
        if !cells.is_empty() {
            for row in self.row..after {
                for (column, repeat, cell) in &cells {
                    for offset in 0..(*repeat).min(MAX_COLUMNS) {
                        self.rows.put(row, column.saturating_add(offset), cell.clone())?;
                    }
                }
            }
        }
        self.row = after;
        Ok(())
    }

    fn finish(self) -> Sheet {
        let mut sheet = self.sheet;
        sheet.rows = self.rows.finish();
        (sheet.struck_rows, sheet.coloured_blanks) = self.looks.finish();
        sheet.comments.sort_unstable();
        sheet.comments.dedup();
        sheet.merges.sort_by_key(|merge| (merge.top, merge.left));
        sheet
    }
}

/// A count attribute, 1 where it is absent.
fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name)
        .and_then(|value| value.parse().ok())
        .unwrap_or(1)
        .max(1)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}
