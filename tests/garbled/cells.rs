//! Changes to the cells, rows and columns of a sheet, and where each other place stands afterwards.

use tallyframe::ingest::table::{Cell, Merge, Sheet, SheetRow};

use crate::reading::Spot;

/// What a change did to the numbers of rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shift {
    /// Nothing.
    #[default]
    None,
    /// A row went away.
    RowGone(u32),
    /// A row was put in at this number.
    RowIn(u32),
    /// A row went from here to there, where nothing stood.
    RowMoved(u32, u32),
    /// A column was put in at this number.
    ColumnIn(u16),
    /// Two columns changed places.
    ColumnsSwapped(u16, u16),
}

impl Shift {
    /// Where a place of the good file stands in the garbled one.
    pub(crate) fn of(self, spot: Spot) -> Spot {
        let Spot { sheet, row, column } = spot;
        let row = match self {
            Self::RowGone(gone) if row > gone => row - 1,
            Self::RowIn(new) if row >= new => row + 1,
            Self::RowMoved(from, to) if row == from => to,
            _ => row,
        };
        let column = column.map(|column| match self {
            Self::ColumnIn(new) if column >= new => column + 1,
            Self::ColumnsSwapped(a, b) if column == a => b,
            Self::ColumnsSwapped(a, b) if column == b => a,
            _ => column,
        });
        Spot { sheet, row, column }
    }
}

/// The cell at a place.
pub(crate) fn at(sheet: &Sheet, row: u32, column: u16) -> Option<&Cell> {
    sheet.rows.iter().find(|line| line.number == row)?.get(column)
}

/// Writes a cell, or empties it.
pub(crate) fn set(sheet: &mut Sheet, row: u32, column: u16, cell: Option<Cell>) {
    let line = match sheet.rows.binary_search_by_key(&row, |line| line.number) {
        Ok(found) => found,
        Err(next) => {
            let line = SheetRow {
                number: row,
                cells: Vec::new(),
            };
            sheet.rows.insert(next, line);
            next
        }
    };
    let cells = &mut sheet.rows[line].cells;
    cells.retain(|(at, _)| *at != column);
    if let Some(cell) = cell {
        cells.push((column, cell));
        cells.sort_by_key(|(at, _)| *at);
    }
    sheet.rows.retain(|line| !line.cells.is_empty());
}

/// Takes a row away, and what stands below it up.
pub(crate) fn take_row(sheet: &mut Sheet, row: u32) {
    sheet.rows.retain(|line| line.number != row);
    for line in sheet.rows.iter_mut().filter(|line| line.number > row) {
        line.number -= 1;
    }
    sheet.merges.retain(|merge| !(merge.top == row && merge.bottom == row));
    for merge in &mut sheet.merges {
        merge.top -= u32::from(merge.top > row);
        merge.bottom -= u32::from(merge.bottom >= row);
    }
    sheet
        .merges
        .retain(|merge| (merge.top, merge.left) != (merge.bottom, merge.right));
}

/// Puts a row in, what stands there and below going down.
pub(crate) fn put_row(sheet: &mut Sheet, row: u32, cells: Vec<(u16, Cell)>) {
    for line in sheet.rows.iter_mut().filter(|line| line.number >= row) {
        line.number += 1;
    }
    for merge in &mut sheet.merges {
        merge.top += u32::from(merge.top >= row);
        merge.bottom += u32::from(merge.bottom >= row);
    }
    sheet.rows.push(SheetRow { number: row, cells });
    sheet.rows.sort_by_key(|line| line.number);
}

/// The cells of a row.
pub(crate) fn row(sheet: &Sheet, row: u32) -> Vec<(u16, Cell)> {
    let line = sheet.rows.iter().find(|line| line.number == row);
    line.map(|line| line.cells.clone()).unwrap_or_default()
}

/// Lets two columns change places, from a row on.
pub(crate) fn swap_columns(sheet: &mut Sheet, from: u32, a: u16, b: u16) {
    for line in sheet.rows.iter_mut().filter(|line| line.number >= from) {
        for (column, _) in &mut line.cells {
            if *column == a {
                *column = b;
            } else if *column == b {
                *column = a;
            }
        }
        line.cells.sort_by_key(|(at, _)| *at);
    }
    // A merged area of one column goes with it, unless areas across the two keep both in their place.
    let across = |merge: &Merge| merge.left < merge.right && merge.left <= a.max(b) && merge.right >= a.min(b);
    if sheet.merges.iter().any(across) {
        return;
    }
    for merge in sheet.merges.iter_mut().filter(|merge| merge.top >= from) {
        let column = match merge.left {
            left if left == a => b,
            left if left == b => a,
            left => left,
        };
        if merge.left == merge.right {
            (merge.left, merge.right) = (column, column);
        }
    }
}

/// Writes a column twice, side by side, from a row on; what stands to the right goes one further.
pub(crate) fn double_column(sheet: &mut Sheet, from: u32, column: u16) {
    for line in &mut sheet.rows {
        for (at, _) in &mut line.cells {
            *at += u16::from(*at > column);
        }
        let again = line.get(column).cloned().filter(|_| line.number >= from);
        line.cells.extend(again.map(|cell| (column + 1, cell)));
        line.cells.sort_by_key(|(at, _)| *at);
    }
    for merge in &mut sheet.merges {
        merge.left += u16::from(merge.left > column);
        merge.right += u16::from(merge.right > column);
    }
}
