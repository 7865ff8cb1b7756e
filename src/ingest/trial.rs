//! Reading without a project: what trials with damaged files call.

use super::layout::Purpose;
use super::reading::{SheetContent, Wanted, read_sheets};
use super::table::Workbook;
use super::vocabulary;
use super::workbook::{self, Unreadable};
use crate::project::model::Source;

/// Reads a file's bytes as a project would that says nothing about it: the number of rows in tables.
pub fn rows_of_bytes(bytes: &[u8], name: &str) -> Result<usize, Unreadable> {
    Ok(rows_of(workbook::from_bytes(bytes, name)?, name))
}

/// Reads the tables of a workbook as a project would that says nothing about it: the number of their rows.
pub fn rows_of(workbook: Workbook, name: &str) -> usize {
    let source = Source::unspecified("*");
    let wanted = Wanted {
        sources: &[(0, &source)],
        project: None,
        purpose: Purpose::Project,
    };
    let reading = read_sheets(workbook, name, wanted, vocabulary::standard());
    let tables = reading.sheets.iter().map(|part| match &part.content {
        SheetContent::Tables(tables) => tables.iter().map(|table| table.rows.len()).sum(),
        _ => 0,
    });
    tables.sum()
}
