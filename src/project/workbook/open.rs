//! The bytes of a workbook → its cells with their absolute places.

use crate::message::{Message, message};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, SheetType, Xlsx, XlsxError};
use chrono::NaiveTime;
use zip::ZipArchive;

/// Most cells read: definitions of more are no definitions.
const MOST_CELLS: usize = 500_000;
/// Largest sum of unpacked parts.
const MOST_UNPACKED: u64 = 200 << 20;

/// A sheet as read.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Name.
    pub(super) name: String,
    /// Cells that are not blank, by 0-based row and column.
    pub(super) rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Text, never blank.
    Text(String),
    /// A finite number.
    Number(f64),
    /// TRUE or FALSE.
    YesNo(bool),
    /// A day, perhaps with a time, as definitions write it.
    Day(String),
    /// An error such as #N/A.
    Error(String),
    /// A formula whose result was not saved, as text.
    NoResult(String),
}

impl Cell {
    /// The cell as messages show it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Day(text) | Self::Error(text) => text.clone(),
            Self::NoResult(formula) => format!("={formula}"),
            Self::Number(number) => number.to_string(),
            Self::YesNo(answer) => if *answer { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

/// The worksheets of a workbook, or why it can't be read.
pub(super) fn open(bytes: &[u8]) -> Result<Vec<Sheet>, Message> {
    check_size(bytes)?;
    // A damaged file may make the reader panic; that is the file's fault and no defect of ours.
    let outcome = catch_unwind(AssertUnwindSafe(|| sheets(bytes)));
    outcome.unwrap_or_else(|_| Err(damaged(&"its parts contradict each other")))
}

fn damaged(error: &dyn std::fmt::Display) -> Message {
    message!(
        "the workbook is damaged ({error}): open it in Excel or LibreOffice and save a copy as .xlsx",
        error = error.to_string()
    )
}

fn check_size(bytes: &[u8]) -> Result<(), Message> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(message!(
            "the workbook has a password, or is an old .xls: save it as .xlsx without a password"
        ));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut unpacked = 0_u64;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|error| damaged(&error))?;
        unpacked = unpacked.saturating_add(part.size());
    }
    if unpacked > MOST_UNPACKED {
        return Err(message!(
            "the workbook is too large: it unpacks to {unpacked} MB",
            unpacked = unpacked >> 20
        ));
    }
    Ok(())
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Message> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut left = MOST_CELLS;
    let mut sheets = Vec::new();
    for name in names {
        let rows = rows(&mut book, &name, &mut left)?;
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

type Rows = BTreeMap<u32, BTreeMap<u32, Cell>>;

fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, left: &mut usize) -> Result<Rows, Message> {
    let mut rows = Rows::new();
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(rows),
        Err(error) => return Err(damaged(&error)),
    };
    while let Some(found) = cells.next_cell_with_formula().map_err(|error| damaged(&error))? {
        let (row, column) = found.pos;
        let cell = match (found.value, found.formula) {
            (DataRef::Empty, Some(formula)) => Some(Cell::NoResult(formula)),
            (value, _) => cell(&value),
        };
        let Some(cell) = cell else { continue };
        *left = left
            .checked_sub(1)
            .ok_or_else(|| message!("the workbook holds too many cells for definitions"))?;
        rows.entry(row).or_default().insert(column, cell);
    }
    Ok(rows)
}

fn cell(value: &DataRef<'_>) -> Option<Cell> {
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(Cell::Number(*number as f64)),
        DataRef::Float(number) => Some(*number).filter(|number| number.is_finite()).map(Cell::Number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(answer) => Some(Cell::YesNo(*answer)),
        DataRef::DateTime(day) => Some(match day.as_datetime().filter(|_| day.is_datetime()) {
            Some(at) if at.time() == NaiveTime::MIN => Cell::Day(at.date().to_string()),
            Some(at) => Cell::Day(at.to_string()),
            None => Cell::Number(day.as_f64()),
        }),
        DataRef::Error(error) => Some(Cell::Error(error.to_string())),
    }
}

fn text_cell(text: &str) -> Option<Cell> {
    (!text.trim().is_empty()).then(|| Cell::Text(text.to_owned()))
}
