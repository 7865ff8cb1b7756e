//! XML spreadsheets of Excel 2003 (`SpreadsheetML`), as bookkeeping programs write them, mostly into files named `.xls`.
//!
//! Source: XML Spreadsheet Reference, Microsoft Office 2003. Cells, rows and columns may say their 1-based place; what
//! says none stands after the one before.

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use quick_xml::events::BytesStart;

use super::dimmed::attribute;
use super::encoding::decode;
use super::looks::{Content, Look, Looks, fill};
use super::moment::{moment, serial};
use super::rows::Rows;
use super::unreadable::Unreadable;
use super::xml::{Listener, Stop, before, walk};
use crate::ingest::table::{Cell, Merge, Sheet};

/// Rows and columns of the largest sheet.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;

/// Sheets of a file.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let text = decode(bytes, declared(bytes)).text;
    let mut book = Book::default();
    match walk(text.as_bytes(), &mut book) {
        Ok(()) => Ok(book.sheets),
        Err(Stop::Refused(reason)) => Err(reason),
        Err(Stop::Broken(reason)) => {
            let broken = book.table.take().map(|table| table.sheet);
            before(book.sheets, broken, reason)
        }
    }
}

/// The encoding that the first line names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let (_, after) = head.split_once("encoding=")?;
    let label = after.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes())
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Book {
    sheets: Vec<Sheet>,
    table: Option<Table>,
    /// How cells of a style look, where it says anything.
    looks: BTreeMap<String, Look>,
    colours: Vec<String>,
    /// The style being defined.
    style: String,
    /// Whether text belongs to a word of the sheet's options: whether it is shown.
    visibility: bool,
    /// Elements open inside a comment, which is no text of the cell.
    comment: usize,
}

/// The sheet being read.
#[derive(Debug, Default)]
struct Table {
    sheet: Sheet,
    rows: Rows,
    looks: Looks,
    /// 1-based row being read, and rows that the next one leaves out.
    row: u32,
    span: u32,
    /// 1-based column being read, and columns that the next one leaves out.
    column: u32,
    across: u32,
    /// 1-based column last defined.
    defined: u32,
    cell: Option<OpenCell>,
    row_look: Look,
}

/// A cell whose end has not been read yet.
#[derive(Debug, Default)]
struct OpenCell {
    kind: String,
    text: String,
    formula: Option<String>,
    look: Look,
    /// Whether its data is being read.
    data: bool,
}

impl Listener for Book {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        if self.comment > 0 {
            self.comment += 1;
            return;
        }
        match name {
            "Style" => self.style = attribute(element, "ID").unwrap_or_default(),
            "Font" if self.table.is_none() && is_on(element, "StrikeThrough") => {
                self.looks.entry(self.style.clone()).or_default().struck = true;
            }
            "Interior" if self.table.is_none() => {
                if let Some(colour) = attribute(element, "Color") {
                    self.looks.entry(self.style.clone()).or_default().fill = fill(&mut self.colours, &colour);
                }
            }
            "Worksheet" => {
                self.table = Some(Table::default());
                if let Some(table) = &mut self.table {
                    table.sheet.name = attribute(element, "Name").unwrap_or_default();
                }
            }
            "Visible" => self.visibility = self.table.is_some(),
            "Comment" => {
                self.comment = 1;
                if let Some(table) = &mut self.table {
                    table.comment();
                }
            }
            _ => {
                let style = attribute(element, "StyleID");
                let look = style.and_then(|style| self.looks.get(&style).copied());
                if let Some(table) = &mut self.table {
                    table.open(name, element, look);
                }
            }
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        if self.comment > 0 {
            self.comment -= 1;
            return Ok(());
        }
        match name {
            "Visible" => self.visibility = false,
            "Worksheet" => self.sheets.extend(self.table.take().map(Table::finish)),
            _ => {
                if let Some(table) = &mut self.table {
                    table.close(name)?;
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some(table) = &mut self.table else { return };
        if self.visibility {
            table.sheet.hidden |= text.contains("Hidden");
        } else if self.comment == 0
            && let Some(cell) = table.cell.as_mut().filter(|cell| cell.data)
        {
            cell.text.push_str(text);
        }
    }
}

impl Table {
    fn open(&mut self, name: &str, element: &BytesStart<'_>, look: Option<Look>) {
        match name {
            "Table" => {
                self.row = place(element, "TopCell").map_or(0, |row| row - 1);
                self.span = 0;
            }
            "Column" => self.define_columns(element),
            "Row" => {
                let next = self.row.saturating_add(1).saturating_add(self.span);
                self.row = place(element, "Index").unwrap_or(next);
                self.span = count(element, "Span");
                (self.column, self.across) = (0, 0);
                self.row_look = look.unwrap_or_default();
                if is_on(element, "Hidden") && self.row <= MAX_ROWS {
                    let last = self.row.saturating_add(self.span.min(100_000));
                    self.sheet.hidden_rows.extend(self.row..=last);
                }
            }
            "Cell" => {
                let next = self.column.saturating_add(1).saturating_add(self.across);
                self.column = place(element, "Index").unwrap_or(next);
                self.merge(element);
                self.cell = Some(OpenCell {
                    formula: attribute(element, "Formula"),
                    look: look.unwrap_or(self.row_look),
                    ..OpenCell::default()
                });
            }
            "Data" => {
                if let Some(cell) = &mut self.cell {
                    cell.kind = attribute(element, "Type").unwrap_or_default();
                    cell.data = true;
                }
            }
            _ => {}
        }
    }

    fn define_columns(&mut self, element: &BytesStart<'_>) {
        let first = place(element, "Index").unwrap_or(self.defined.saturating_add(1));
        let last = first.saturating_add(count(element, "Span")).min(MAX_COLUMNS);
        if is_on(element, "Hidden") {
            let columns = (first - 1..last).filter_map(|column| u16::try_from(column).ok());
            self.sheet.hidden_columns.extend(columns);
        }
        self.defined = last;
    }

    fn merge(&mut self, element: &BytesStart<'_>) {
        let (across, down) = (count(element, "MergeAcross"), count(element, "MergeDown"));
        self.across = across;
        let right = self.column.saturating_add(across).min(MAX_COLUMNS) - 1;
        if let (true, Ok(left), Ok(right)) = (across + down > 0, u16::try_from(self.column - 1), u16::try_from(right)) {
            self.sheet.merges.push(Merge {
                top: self.row,
                bottom: self.row.saturating_add(down),
                left,
                right,
            });
        }
    }

    /// A comment hangs on the cell being read.
    fn comment(&mut self) {
        if let (Some(_), Ok(column)) = (&self.cell, u16::try_from(self.column - 1)) {
            self.sheet.comments.push((self.row, column));
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Unreadable> {
        match name {
            "Data" => {
                if let Some(cell) = &mut self.cell {
                    cell.data = false;
                }
            }
            "Cell" => {
                if let Some(cell) = self.cell.take() {
                    self.put(cell)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn put(&mut self, cell: OpenCell) -> Result<(), Unreadable> {
        let look = cell.look;
        let value = cell.value();
        let content = match &value {
            None => Content::Nothing,
            Some(Cell::Number(_)) => Content::Number,
            Some(_) => Content::Other,
        };
        if self.row > MAX_ROWS {
            return Ok(());
        }
        if let (true, Ok(column)) = (value.is_some() || look.fill != 0, u16::try_from(self.column - 1)) {
            self.looks.cell(self.row, column, content, look);
        }
        match value {
            Some(value) => self.rows.put(self.row, self.column - 1, value),
            None => Ok(()),
        }
    }

    fn finish(self) -> Sheet {
        let mut sheet = self.sheet;
        sheet.rows = self.rows.finish();
        (sheet.struck_rows, sheet.coloured_blanks) = self.looks.finish();
        sheet.comments.sort_unstable();
        sheet.hidden_rows.sort_unstable();
        sheet.hidden_columns.sort_unstable();
        sheet.merges.sort_by_key(|merge| (merge.top, merge.left));
        sheet
    }
}

impl OpenCell {
    fn value(self) -> Option<Cell> {
        let text = self.text.replace("\r\n", "\n").replace('\r', "\n");
        let written = text.trim();
        let typed = match self.kind.as_str() {
            "Number" => written.parse().ok().map(Cell::Number),
            "DateTime" => moment(written).map(|at| Cell::DateTime {
                at,
                serial: Some(serial(at)),
            }),
            "Boolean" => Some(Cell::Bool(written == "1")),
            "Error" if !written.is_empty() => Some(Cell::Error(written.to_owned())),
            _ => None,
        };
        match (typed, text.is_empty(), self.formula) {
            (Some(typed), ..) => Some(typed),
            (None, true, Some(formula)) => Some(Cell::FormulaWithoutResult(formula)),
            (None, true, None) => None,
            (None, false, _) => Some(Cell::Text(text)),
        }
    }
}

/// A 1-based place that an element says.
fn place(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok().filter(|place| *place > 0)
}

/// How many more rows or columns an element takes.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    let found = attribute(element, name).and_then(|count| count.trim().parse().ok());
    found.unwrap_or(0).min(MAX_ROWS)
}

fn is_on(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.trim(), "1" | "true"))
}
