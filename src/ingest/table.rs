//! A workbook or text file as sparse sheets of typed cells, with absolute positions and nothing interpreted.
//!
//! Positions are those a spreadsheet shows: 1-based rows, 0-based columns (A = 0). Only this module and
//! the readers beside it know that files have formats.

use chrono::NaiveDateTime;

/// A cell's value as the file holds it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text, exactly as stored; never empty.
    Text(String),
    /// A number.
    Number(f64),
    /// A date, a time or both.
    DateTime {
        /// Day and time; times without a day fall on 1899-12-31 or 1899-12-30.
        at: NaiveDateTime,
        /// Serial number in the 1900 system, where the file holds one; tells `2026` formatted as a year from a date in 1905.
        serial: Option<f64>,
    },
    /// A boolean.
    Bool(bool),
    /// An error value, as shown (`#N/A`).
    Error(String),
    /// A formula that was never calculated: its text.
    FormulaWithoutResult(String),
}

/// A row with its cells in column order.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// 1-based row.
    pub number: u32,
    /// 0-based column and value; blank cells are left out.
    pub cells: Vec<(u16, Cell)>,
}

impl SheetRow {
    /// The cell in a column.
    pub fn get(&self, column: u16) -> Option<&Cell> {
        // In a row without gaps the cell stands at its own number.
        match self.cells.get(usize::from(column)) {
            Some((at, cell)) if *at == column => Some(cell),
            _ => self
                .cells
                .binary_search_by_key(&column, |(at, _)| *at)
                .ok()
                .map(|found| &self.cells[found].1),
        }
    }
}

/// A rectangle of merged cells, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row, 1-based.
    pub top: u32,
    /// Last row, 1-based.
    pub bottom: u32,
    /// First column, 0-based.
    pub left: u16,
    /// Last column, 0-based.
    pub right: u16,
}

/// One sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Name; empty for a text file.
    pub name: String,
    /// Whether it is hidden (or very hidden).
    pub hidden: bool,
    /// Rows that hold anything, in order.
    pub rows: Vec<SheetRow>,
    /// Merged areas, in order of top and left.
    pub merges: Vec<Merge>,
    /// Hidden rows, 1-based, sorted.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns, 0-based, sorted.
    pub hidden_columns: Vec<u16>,
    /// Rows whose filled cells are all struck through, 1-based, sorted.
    pub struck_rows: Vec<u32>,
    /// Cells with a comment, as row and column, sorted.
    pub comments: Vec<(u32, u16)>,
    /// Cells with a fill and nothing in them, as row and column, sorted.
    pub coloured_blanks: Vec<(u32, u16)>,
    /// Why the sheet could not be read, where it could not.
    pub damaged: Option<String>,
}

/// A file that could be read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workbook {
    /// What the content is: `xlsx`, `xls`, `xlsb`, `ods`, `csv`, `html`, `xml`.
    pub format: String,
    /// Encoding of a text file, for `inspect`.
    pub encoding: Option<String>,
    /// Field separator of a text file.
    pub separator: Option<char>,
    /// Whether the content is not what the name's extension says.
    pub misnamed: bool,
    /// Sheets in workbook order, chart and macro sheets left out.
    pub sheets: Vec<Sheet>,
}
