//! The lines of a table of decisions, as they are written.

use crate::ingest::grid::{Grid, text_of};
use crate::ingest::table::Sheet;
use crate::ingest::vocabulary::{Role, Vocabulary};

/// One of the two rows that a decision is about, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct End {
    /// End of the file's path.
    pub file: String,
    /// Sheet; may be empty where the file has one sheet.
    pub sheet: String,
    /// 1-based row.
    pub row: Option<u32>,
    /// Who was written there when the decision was made; may be empty.
    pub name: String,
}

impl End {
    /// The place as a person reads it.
    pub fn shown(&self) -> String {
        let row = self.row.map(|row| row.to_string()).unwrap_or_default();
        let parts = [self.file.as_str(), self.sheet.as_str(), row.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" › ")
    }
}

/// What a column of a line holds, apart from the two rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Same or different.
    Verdict,
    /// Who decided.
    By,
    /// When.
    Date,
    /// Why.
    Reason,
}

/// A line of a table of decisions, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// 1-based row of the table.
    pub row: u32,
    /// The two rows it is about.
    pub ends: [End; 2],
    /// Same or different, in a person's words; empty where nothing is decided yet.
    pub verdict: String,
    /// Who decided.
    pub by: String,
    /// When, as written.
    pub date: String,
    /// Why.
    pub reason: String,
    /// Where verdict, author, date and reason stand, 0-based; `None` where the table has no such column.
    pub columns: [Option<u16>; 4],
}

impl Line {
    /// The 0-based column of a part of the line.
    pub fn column(&self, column: Column) -> Option<u16> {
        self.columns[column as usize]
    }

    pub(crate) fn verdict_column(&self) -> Option<u16> {
        self.column(Column::Verdict)
    }
}

/// Columns of a table of decisions.
#[derive(Debug, Default)]
struct Columns {
    file: Vec<u16>,
    sheet: Vec<u16>,
    row: Vec<u16>,
    name: Vec<u16>,
    said: [Option<u16>; 4],
}

/// The lines of a sheet under its header; none where the sheet is no table of decisions.
pub fn lines(sheet: &Sheet, vocabulary: &Vocabulary) -> Vec<Line> {
    let grid = Grid::new(sheet);
    let mut header: Option<Columns> = None;
    let mut lines = Vec::new();
    for row in grid.rows().iter().map(|row| row.number) {
        if let Some(columns) = &header {
            lines.push(line(&grid, columns, row));
        } else {
            let complete =
                |columns: &Columns| columns.row.len() >= 2 && columns.said[Column::Verdict as usize].is_some();
            header = Some(columns(&grid, row, vocabulary)).filter(complete);
        }
    }
    lines
}

fn columns(grid: &Grid, row: u32, vocabulary: &Vocabulary) -> Columns {
    let mut columns = Columns::default();
    for (column, cell) in grid.cells(row) {
        let roles = vocabulary.header(&text_of(cell));
        let is = |role: Role| roles.contains(&role);
        let said = &mut columns.said;
        if is(Role::DecisionFile) {
            columns.file.push(column);
        } else if is(Role::DecisionSheet) {
            columns.sheet.push(column);
        } else if is(Role::DecisionRow) {
            columns.row.push(column);
        } else if is(Role::DecisionName) {
            columns.name.push(column);
        } else if is(Role::DecisionVerdict) {
            said[Column::Verdict as usize] = Some(column);
        } else if is(Role::DecisionBy) {
            said[Column::By as usize] = Some(column);
        } else if is(Role::DecisionDate) || is(Role::SessionDate) {
            said[Column::Date as usize] = Some(column);
        } else if is(Role::DecisionReason) {
            said[Column::Reason as usize] = Some(column);
        }
    }
    columns
}

fn line(grid: &Grid, columns: &Columns, row: u32) -> Line {
    let text = |column: Option<u16>| column.map(|column| grid.text(row, column)).unwrap_or_default();
    let said = |column: Column| text(columns.said[column as usize]);
    let end = |side: usize| {
        let at = |columns: &[u16]| unguarded(&text(columns.get(side).copied()));
        End {
            file: at(&columns.file),
            sheet: at(&columns.sheet),
            row: at(&columns.row).trim().parse().ok(),
            // One column of names says nothing about which side it means.
            name: if columns.name.len() >= 2 {
                at(&columns.name)
            } else {
                String::new()
            },
        }
    };
    Line {
        row,
        ends: [end(0), end(1)],
        verdict: said(Column::Verdict),
        by: unguarded(&said(Column::By)),
        date: said(Column::Date),
        reason: unguarded(&said(Column::Reason)),
        columns: columns.said,
    }
}

/// A text without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn unguarded(text: &str) -> String {
    let bare = text
        .strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    bare.unwrap_or(text).to_owned()
}
