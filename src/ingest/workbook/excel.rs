//! Excel workbooks: `.xlsx` and `.xlsb` cell by cell, `.xls` as a whole, through calamine.
//!
//! Cells are streamed with their absolute positions: calamine's ranges begin at the first used cell and reserve
//! memory for the whole rectangle.

use std::io::Cursor;

use calamine::{Data, DataRef, DataType, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use chrono::NaiveDateTime;

use super::biff;
use super::dimmed::{self, Dimmed, Merges};
use super::guard;
use super::rows::Rows;
use super::unreadable::Unreadable;
use crate::ingest::table::{Cell, Merge, Sheet};

/// Days between the 1900 and the 1904 system.
const DAYS_1904: f64 = 1462.0;
/// Serial numbers of dates that Excel can show.
const SERIALS: std::ops::Range<f64> = 0.0..2_958_466.0;

/// Sheets of an `.xlsx` workbook.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsxError::Password => Unreadable::Encrypted,
        other => Unreadable::damaged(other),
    })?;
    let epoch_1904 = book.has_1904_epoch();
    let named = worksheets(book.sheets_metadata());
    let (mut dimmed, rows) = rayon::join(
        || dimmed::of_workbook(bytes),
        || -> Vec<Result<Rows, Unreadable>> {
            let rows = named.iter();
            rows.map(|(name, _)| guard::catching(|| xlsx_rows(&mut book, name, epoch_1904)))
                .collect()
        },
    );
    let mut sheets = Vec::new();
    for ((name, hidden), rows) in named.into_iter().zip(rows) {
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => {
                sheets.push(damaged(name, hidden, &error));
                continue;
            }
        };
        let lines = dimmed.remove(&name).unwrap_or_default();
        let merges = match lines.merges {
            Merges::None => Vec::new(),
            Merges::Perhaps => merges_of(&book.merge_cells_by_sheet_name(&name).unwrap_or_default()),
        };
        sheets.push(Sheet {
            name,
            hidden,
            rows: rows.finish(),
            merges,
            ..shown(lines)
        });
    }
    unless_all_damaged(sheets)
}

/// What a sheet shows otherwise than by values.
fn shown(dimmed: Dimmed) -> Sheet {
    Sheet {
        hidden_rows: dimmed.rows,
        hidden_columns: dimmed.columns,
        struck_rows: dimmed.struck_rows,
        comments: dimmed.comments,
        coloured_blanks: dimmed.coloured_blanks,
        ..Sheet::default()
    }
}

/// A sheet that could not be read.
fn damaged(name: String, hidden: bool, error: &Unreadable) -> Sheet {
    Sheet {
        name,
        hidden,
        damaged: Some(error.reason()),
        ..Sheet::default()
    }
}

/// One broken sheet does not lose the others; a workbook of broken ones is a broken workbook.
fn unless_all_damaged(sheets: Vec<Sheet>) -> Result<Vec<Sheet>, Unreadable> {
    match sheets
        .iter()
        .map(|sheet| sheet.damaged.as_ref())
        .collect::<Option<Vec<_>>>()
    {
        Some(reasons) if !reasons.is_empty() => Err(Unreadable::damaged(reasons[0])),
        _ => Ok(sheets),
    }
}

fn xlsx_rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, epoch_1904: bool) -> Result<Rows, Unreadable> {
    let mut rows = Rows::default();
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A chart or dialog behind a worksheet's name holds no cells.
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(rows),
        Err(error) => return Err(Unreadable::damaged(error)),
    };
    while let Some(found) = cells.next_cell_with_formula().map_err(Unreadable::damaged)? {
        let (row, column) = found.pos;
        let cell = match (found.value, found.formula) {
            (DataRef::Empty, Some(formula)) => Some(Cell::FormulaWithoutResult(formula)),
            (value, _) => cell_of(Data::from(value), epoch_1904),
        };
        if let Some(cell) = cell {
            rows.put(row.saturating_add(1), column, cell)?;
        }
    }
    Ok(rows)
}

/// Sheets of an `.xlsb` workbook; merged areas and looks of cells are not read.
pub(super) fn xlsb(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsbError::Password => Unreadable::Encrypted,
        other => Unreadable::damaged(other),
    })?;
    let epoch_1904 = book.has_1904_epoch();
    let mut dimmed = dimmed::binary::of_workbook(bytes);
    let mut sheets = Vec::new();
    for (name, hidden) in worksheets(book.sheets_metadata()) {
        let lines = dimmed.remove(&name).unwrap_or_default();
        sheets.push(match guard::catching(|| xlsb_rows(&mut book, &name, epoch_1904)) {
            Ok(rows) => Sheet {
                name,
                hidden,
                rows: rows.finish(),
                ..shown(lines)
            },
            Err(error) => damaged(name, hidden, &error),
        });
    }
    unless_all_damaged(sheets)
}

fn xlsb_rows(book: &mut Xlsb<Cursor<&[u8]>>, name: &str, epoch_1904: bool) -> Result<Rows, Unreadable> {
    let mut rows = Rows::default();
    let mut cells = book.worksheet_cells_reader(name).map_err(Unreadable::damaged)?;
    while let Some(found) = cells.next_cell().map_err(Unreadable::damaged)? {
        let (row, column) = found.get_position();
        if let Some(cell) = cell_of(Data::from(found.get_value().clone()), epoch_1904) {
            rows.put(row.saturating_add(1), column, cell)?;
        }
    }
    Ok(rows)
}

/// Sheets of an `.xls` workbook whose compound file has been checked.
pub(super) fn xls(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => Unreadable::Encrypted,
        other => Unreadable::damaged(other),
    })?;
    let epoch_1904 = book.has_1904_epoch();
    let mut sheets = Vec::new();
    let mut dimmed = biff::of_workbook(bytes);
    dimmed.resize_with(book.sheets_metadata().len(), Dimmed::default);
    let kinds = book
        .sheets_metadata()
        .iter()
        .map(|sheet| sheet.typ == SheetType::WorkSheet);
    let dimmed: Vec<Dimmed> = dimmed
        .into_iter()
        .zip(kinds)
        .filter(|(_, sheet)| *sheet)
        .map(|(dimmed, _)| dimmed)
        .collect();
    for ((name, hidden), lines) in worksheets(book.sheets_metadata()).into_iter().zip(dimmed) {
        let range = book.worksheet_range(&name).map_err(Unreadable::damaged)?;
        let formulas = book.worksheet_formula(&name).ok();
        let mut rows = Rows::default();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            let formula = || {
                formulas
                    .as_ref()?
                    .get_value((row, column))
                    .filter(|text| !text.is_empty())
            };
            let cell = match value {
                Data::String(text) if text.is_empty() => formula().cloned().map(Cell::FormulaWithoutResult),
                value => cell_of(value.clone(), epoch_1904),
            };
            if let Some(cell) = cell {
                rows.put(row.saturating_add(1), column, cell)?;
            }
        }
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        sheets.push(Sheet {
            name,
            hidden,
            rows: rows.finish(),
            merges: merges_of(&merges),
            ..shown(lines)
        });
    }
    Ok(sheets)
}

/// Names of the sheets that hold cells, and whether they are hidden.
fn worksheets(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

fn merges_of(areas: &[Dimensions]) -> Vec<Merge> {
    let mut merges: Vec<Merge> = areas
        .iter()
        .filter(|area| area.start.0 <= area.end.0 && area.start.1 <= area.end.1)
        .filter_map(|area| {
            Some(Merge {
                top: area.start.0.checked_add(1)?,
                bottom: area.end.0.checked_add(1)?,
                left: u16::try_from(area.start.1).ok()?,
                right: u16::try_from(area.end.1).ok()?,
            })
        })
        .collect();
    merges.sort_by_key(|merge| (merge.top, merge.left));
    merges
}

fn cell_of(value: Data, epoch_1904: bool) -> Option<Cell> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) if text.is_empty() => return None,
        Data::String(text) | Data::DurationIso(text) => Cell::Text(text),
        Data::Int(number) => Cell::Number(number as f64),
        Data::Float(number) => Cell::Number(number),
        Data::Bool(truth) => Cell::Bool(truth),
        Data::Error(error) => Cell::Error(error.to_string()),
        Data::DateTime(moment) => date_time(&moment, epoch_1904),
        Data::DateTimeIso(_) => match value.as_datetime() {
            Some(at) => Cell::DateTime { at, serial: None },
            None => Cell::Text(value.to_string()),
        },
        #[allow(unreachable_patterns, reason = "calamine may add kinds of values")]
        other => Cell::Text(other.to_string()),
    })
}

fn date_time(moment: &ExcelDateTime, epoch_1904: bool) -> Cell {
    let number = moment.as_f64();
    let serial = if epoch_1904 { number + DAYS_1904 } else { number };
    let at: Option<NaiveDateTime> = SERIALS.contains(&serial).then(|| moment.as_datetime()).flatten();
    at.map_or(Cell::Number(number), |at| Cell::DateTime {
        at,
        serial: Some(serial),
    })
}
