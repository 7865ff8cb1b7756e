//! Raw files given one by one instead of being found, and rows of them passed over: how a state of earlier is read again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::files;
use super::table::{Sheet, Workbook};
use super::workbook::{self, Unreadable};
use crate::project::model::Project;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Path by which it is known, relative to the project folder, with `/`.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
    /// What of it is passed over.
    pub cuts: Cuts,
}

/// What of a file is passed over, by name of the sheet (empty for a text file).
pub type Cuts = BTreeMap<String, Cut>;

/// What of a sheet is passed over, as if it were not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// The whole sheet.
    Sheet,
    /// Some rows (1-based), and every cell from a column (0-based) on.
    Rows {
        /// The rows.
        rows: BTreeSet<u32>,
        /// The first column that is not read; all are when absent.
        from: Option<u16>,
    },
}

/// A raw file of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawFile {
    /// Path relative to the project folder, with `/`, NFC.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
    /// Whether its rows are read: a source or a look-up names it.
    pub named: bool,
}

/// Every raw file of a project, in path order; `raw` stands in for the folder of that name.
pub fn raw_files(project: &Project, raw: Option<&Path>) -> Vec<RawFile> {
    let (found, _) = files::discover(
        project,
        files::RawFiles {
            folder: raw,
            names: None,
        },
    );
    let file = |file: files::Found| RawFile {
        named: !file.sources.is_empty() || !file.lookups.is_empty(),
        shown: file.shown,
        path: file.path,
    };
    found.into_iter().map(file).collect()
}

/// Lower-case hexadecimal SHA-256 of a file; empty where it can't be read.
pub fn sha256(path: &Path) -> String {
    files::fingerprint(path).map(|(sha256, _)| sha256).unwrap_or_default()
}

/// Opens a workbook without what is passed over.
pub(super) fn open(path: &Path, cuts: &Cuts) -> Result<Workbook, Unreadable> {
    let mut workbook = workbook::open(path)?;
    if !cuts.is_empty() {
        workbook
            .sheets
            .retain(|sheet| cuts.get(&sheet.name) != Some(&Cut::Sheet));
        for sheet in &mut workbook.sheets {
            if let Some(Cut::Rows { rows, from }) = cuts.get(&sheet.name) {
                pass_over(sheet, rows, from.unwrap_or(u16::MAX));
            }
        }
    }
    Ok(workbook)
}

fn pass_over(sheet: &mut Sheet, rows: &BTreeSet<u32>, from: u16) {
    sheet.rows.retain(|row| !rows.contains(&row.number));
    for row in &mut sheet.rows {
        row.cells.retain(|(column, _)| *column < from);
    }
    sheet.rows.retain(|row| !row.cells.is_empty());
    let stays = |(row, column): &(u32, u16)| !rows.contains(row) && *column < from;
    sheet.comments.retain(stays);
    sheet.coloured_blanks.retain(stays);
    sheet.hidden_rows.retain(|row| !rows.contains(row));
    sheet.struck_rows.retain(|row| !rows.contains(row));
    sheet.hidden_columns.retain(|column| *column < from);
    sheet
        .merges
        .retain(|merge| merge.left < from && (merge.top..=merge.bottom).any(|row| !rows.contains(&row)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::table::{Cell, SheetRow};

    #[test]
    fn rows_and_columns_are_passed_over() {
        let row = |number| SheetRow {
            number,
            cells: (0..3).map(|column| (column, Cell::Number(1.0))).collect(),
        };
        let mut sheet = Sheet {
            rows: (1..=3).map(row).collect(),
            coloured_blanks: vec![(1, 0), (2, 0), (3, 5)],
            ..Sheet::default()
        };
        pass_over(&mut sheet, &BTreeSet::from([2]), 2);
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3]);
        assert!(sheet.rows.iter().all(|row| row.cells.len() == 2));
        assert_eq!(sheet.coloured_blanks, [(1, 0)]);
    }
}
