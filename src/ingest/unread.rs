//! What a sheet holds and reading leaves out, said: hidden columns, rows struck through, comments, colours without a mark,
//! formulas that were never calculated.

use super::findings::Kind;
use super::grid::is_blank;
use super::noted::Noted;
use super::reading::{SheetContent, SheetPart, Table};
use super::records::{Reason, column_letters};
use super::rows::CellIssue;
use super::table::{Cell, Sheet, SheetRow};
use super::workbook::{CUT, MAX_TEXT};

/// Coloured blanks from which colours may be marks; one cell is a slip or a reminder.
const FEWEST_COLOURED: usize = 2;

/// Notes what reading the sheet left out; its rows have their reasons by now.
pub(crate) fn note(sheet: &Sheet, part: &mut SheetPart) {
    hidden_columns(sheet, part);
    struck_rows(sheet, part);
    cut_texts(sheet, part);
    if let Some((row, column)) = sheet.comments.first() {
        let comments = Noted::at(Kind::CellComments, *row, Some(*column));
        part.noted.push(comments.with("count", sheet.comments.len()));
    }
    formulas(sheet, part);
    if let SheetContent::Tables(tables) = &part.content {
        let coloured: Vec<Noted> = tables.iter().filter_map(|table| coloured(sheet, table)).collect();
        part.noted.extend(coloured);
    }
}

/// Rows of the sheet that are shown.
fn shown(sheet: &Sheet) -> impl Iterator<Item = &SheetRow> {
    let rows = sheet.rows.iter();
    rows.filter(|row| sheet.hidden_rows.binary_search(&row.number).is_err())
}

fn hidden_columns(sheet: &Sheet, part: &mut SheetPart) {
    if sheet.hidden_columns.is_empty() {
        return;
    }
    let mut held = vec![false; sheet.hidden_columns.len()];
    for (column, cell) in shown(sheet).flat_map(|row| &row.cells) {
        if let Ok(at) = sheet.hidden_columns.binary_search(column) {
            held[at] |= !is_blank(cell);
        }
    }
    let columns = sheet.hidden_columns.iter().zip(held).filter(|(_, held)| *held);
    let columns: Vec<u16> = columns.map(|(column, _)| *column).collect();
    if !columns.is_empty() {
        part.noted
            .push(Noted::of_sheet(Kind::HiddenColumns).with("columns", ranges(&columns)));
    }
}

/// Columns as letters, neighbours joined: `C, F–H`.
fn ranges(columns: &[u16]) -> String {
    let runs = columns.chunk_by(|left, right| left + 1 == *right);
    let runs: Vec<String> = runs
        .map(|run| match run {
            [one] => column_letters(*one),
            [first, .., last] => format!("{}–{}", column_letters(*first), column_letters(*last)),
            [] => String::new(),
        })
        .collect();
    runs.join(", ")
}

fn struck_rows(sheet: &Sheet, part: &mut SheetPart) {
    let struck = part.aside.iter().filter(|(_, reason)| *reason == Reason::Struck);
    let struck: Vec<u32> = struck.map(|(row, _)| *row).collect();
    if let Some(first) = struck.iter().min() {
        let noted = Noted::at(Kind::StruckRows, *first, None);
        part.noted.push(if struck.len() > 1 {
            noted.with("count", struck.len())
        } else {
            noted
        });
    }
    debug_assert!(struck.len() <= sheet.struck_rows.len());
}

/// Texts that were longer than a cell of a spreadsheet can hold.
fn cut_texts(sheet: &Sheet, part: &mut SheetPart) {
    let is_cut =
        |(_, cell): &&(u16, Cell)| matches!(cell, Cell::Text(text) if text.len() > MAX_TEXT && text.ends_with(CUT));
    let cells = |row: &'_ SheetRow| -> Vec<(u32, u16)> {
        let cut = row.cells.iter().filter(is_cut);
        cut.map(|(column, _)| (row.number, *column)).collect()
    };
    let cut: Vec<(u32, u16)> = sheet.rows.iter().flat_map(cells).collect();
    if let Some((row, column)) = cut.first() {
        let noted = Noted::at(Kind::TextCut, *row, Some(*column)).with("limit", MAX_TEXT);
        part.noted.push(noted.with("count", cut.len()));
    }
}

/// Formulas without a result outside the rows of people, where nothing else tells of one.
fn formulas(sheet: &Sheet, part: &mut SheetPart) {
    let mut told = false;
    let mut people = Vec::new();
    if let SheetContent::Tables(tables) = &part.content {
        for row in tables.iter().flat_map(|table| &table.rows) {
            told |= row.issues.iter().any(|(_, issue)| *issue == CellIssue::Formula);
            people.push(row.number);
        }
    }
    if told {
        return;
    }
    people.sort_unstable();
    // What nobody reads does not miss its result: sums are checked where they have one.
    let passed_over = |row: u32| {
        let reason = part.aside.binary_search_by_key(&row, |(row, _)| *row);
        people.binary_search(&row).is_ok()
            || reason.is_ok_and(|at| {
                matches!(
                    part.aside[at].1,
                    Reason::Totals | Reason::SummarySheet | Reason::HiddenRow | Reason::Struck
                )
            })
    };
    let is_formula = |(column, cell): &(u16, Cell)| {
        matches!(cell, Cell::FormulaWithoutResult(_)) && sheet.hidden_columns.binary_search(column).is_err()
    };
    let found = shown(sheet).find_map(|row| {
        let (column, _) = row.cells.iter().find(|cell| is_formula(cell))?;
        (!passed_over(row.number)).then_some((row.number, *column))
    });
    if let Some((row, column)) = found {
        part.noted
            .push(Noted::at(Kind::FormulaWithoutResult, row, Some(column)));
    }
}

/// Coloured blanks under sessions: some of the blanks, or any where no cell says anything.
fn coloured(sheet: &Sheet, table: &Table) -> Option<Noted> {
    let is_session = |column: u16| table.block.sessions.iter().any(|session| session.column == column);
    let mut rows: Vec<u32> = table.rows.iter().map(|row| row.number).collect();
    rows.sort_unstable();
    let coloured = sheet.coloured_blanks.iter();
    let coloured: Vec<&(u32, u16)> = coloured
        .filter(|(row, column)| is_session(*column) && rows.binary_search(row).is_ok())
        .collect();
    let first = coloured.first()?;
    let of_people = sheet.rows.iter().filter(|row| rows.binary_search(&row.number).is_ok());
    let filled = of_people
        .flat_map(|row| &row.cells)
        .filter(|(column, cell)| is_session(*column) && !is_blank(cell))
        .count();
    let blank = (rows.len() * table.block.sessions.len()).saturating_sub(filled);
    let some = coloured.len() * 2 < blank || filled == 0 && coloured.len() < blank;
    (coloured.len() >= FEWEST_COLOURED && some)
        .then(|| Noted::at(Kind::ColouredCells, first.0, Some(first.1)).with("count", coloured.len()))
}
