//! What a file says, as a fingerprint: a workbook that was only saved again has the same one.
//!
//! Stretches of rows have fingerprints of their own, so that a change is found without the file of then. A stretch holds
//! several filled rows: the fingerprint of one row could be tried out with the name and birth date of somebody.

use sha2::{Digest, Sha256};

use super::files::hexadecimal;
use super::table::{Cell, Sheet, Workbook};

/// Rows after which a stretch may end.
const STEP: u32 = 16;
/// Filled rows that a stretch holds at the least.
const FILLED: usize = 8;
/// Bytes of a stretch's fingerprint that are told.
const TOLD: usize = 5;

/// The fingerprint of what a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Print {
    /// Lower-case hexadecimal SHA-256 of all sheets; empty where nothing could be read.
    pub sha256: String,
    /// For each sheet its stretches: last row and fingerprint, `16:9f3a12cd04 32:…`; empty for a sheet of few rows.
    pub stretches: Vec<String>,
}

/// The fingerprint of a workbook.
pub(crate) fn print(workbook: &Workbook) -> Print {
    let mut whole = Sha256::new();
    let mut stretches = Vec::new();
    for sheet in &workbook.sheets {
        said(&mut whole, &sheet.name);
        for merge in &sheet.merges {
            let corners = [merge.top, merge.bottom, merge.left.into(), merge.right.into()];
            for corner in corners {
                whole.update(corner.to_le_bytes());
            }
        }
        stretches.push(of_rows(sheet, &mut whole));
    }
    Print {
        sha256: hexadecimal(&whole.finalize()),
        stretches,
    }
}

/// The stretches of a sheet's rows, each of them said to the whole as well.
fn of_rows(sheet: &Sheet, whole: &mut Sha256) -> String {
    let mut told = Vec::new();
    let (mut stretch, mut filled) = (Sha256::new(), 0);
    let mut bytes = Vec::new();
    for (at, row) in sheet.rows.iter().enumerate() {
        bytes.extend(row.number.to_le_bytes());
        for (column, cell) in &row.cells {
            bytes.extend(column.to_le_bytes());
            shown(&mut bytes, cell);
        }
        stretch.update(&bytes);
        bytes.clear();
        filled += 1;
        let ends = row.number.div_ceil(STEP) * STEP;
        let rest = &sheet.rows[at + 1..];
        let is_last = rest.first().is_none_or(|next| next.number > ends);
        // What is left over joins the last stretch.
        if (is_last && filled >= FILLED && rest.len() >= FILLED) || rest.is_empty() {
            let hash = std::mem::replace(&mut stretch, Sha256::new()).finalize();
            whole.update(hash);
            if filled >= FILLED {
                told.push(format!("{ends}:{}", hexadecimal(&hash[..TOLD])));
            }
            filled = 0;
        }
    }
    told.join(" ")
}

fn shown(bytes: &mut Vec<u8>, cell: &Cell) {
    match cell {
        Cell::Number(number) => bytes.extend(number.to_bits().to_le_bytes()),
        Cell::DateTime { at, .. } => bytes.extend(at.and_utc().timestamp().to_le_bytes()),
        Cell::Bool(yes) => bytes.push(u8::from(*yes)),
        Cell::Text(text) | Cell::Error(text) | Cell::FormulaWithoutResult(text) => {
            bytes.extend((text.len() as u64).to_le_bytes());
            bytes.extend(text.as_bytes());
        }
    }
}

fn said(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}

/// Rows between which two fingerprints of a sheet differ, as first and last row of each stretch; without an end where rows
/// moved or were added.
pub(crate) fn differing(then: &str, now: &str) -> Vec<(u32, Option<u32>)> {
    let read = |text: &str| -> Vec<(u32, String)> {
        let parts = text.split(' ').filter_map(|part| part.split_once(':'));
        parts
            .filter_map(|(end, hash)| Some((end.parse().ok()?, hash.to_owned())))
            .collect()
    };
    let (then, now) = (read(then), read(now));
    let ends = |stretches: &[(u32, String)]| stretches.iter().map(|(end, _)| *end).collect::<Vec<_>>();
    let first = |at: usize| if at == 0 { 1 } else { then[at - 1].0 + 1 };
    let differ = |at: &usize| then.get(*at) != now.get(*at);
    let all: Vec<usize> = (0..then.len().max(now.len())).filter(differ).collect();
    if ends(&then) == ends(&now) {
        return all.into_iter().map(|at| (first(at), Some(then[at].0))).collect();
    }
    let from = all.first().map(|at| first((*at).min(then.len())));
    from.map(|from| (from, None)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::table::SheetRow;

    fn workbook(rows: u32, change: Option<u32>) -> Workbook {
        let text = |row: u32| if change == Some(row) { "other" } else { "text" };
        let rows = (1..=rows).map(|row| SheetRow {
            number: row,
            cells: vec![(0, Cell::Text(text(row).to_owned()))],
        });
        let sheet = Sheet {
            name: "A".into(),
            rows: rows.collect(),
            ..Sheet::default()
        };
        Workbook {
            sheets: vec![sheet],
            ..Workbook::default()
        }
    }

    #[test]
    fn a_changed_row_is_found_in_its_stretch() {
        let then = print(&workbook(50, None));
        for (row, stretch) in [(1, (1, 16)), (17, (17, 32)), (50, (33, 64))] {
            let now = print(&workbook(50, Some(row)));
            assert_ne!(then.sha256, now.sha256);
            assert_eq!(
                differing(&then.stretches[0], &now.stretches[0]),
                [(stretch.0, Some(stretch.1))],
                "{row}"
            );
        }
        assert_eq!(
            differing(&then.stretches[0], &print(&workbook(70, None)).stretches[0]).len(),
            1
        );
    }

    #[test]
    fn few_rows_have_no_stretch_and_the_same_cells_the_same_print() {
        assert_eq!(print(&workbook(7, None)).stretches, [""]);
        assert_eq!(print(&workbook(40, None)), print(&workbook(40, None)));
        assert_ne!(print(&workbook(7, None)).sha256, print(&workbook(7, Some(3))).sha256);
    }
}
