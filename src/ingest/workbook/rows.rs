//! Gathers cells, in whatever order a format yields them, into the rows of a sheet.

use super::unreadable::Unreadable;
use crate::ingest::table::{Cell, SheetRow};

/// Most cells of one sheet; a sheet with more is not kept by people.
const MAX_CELLS: usize = 30_000_000;

/// Rows under construction.
#[derive(Debug, Default)]
pub(super) struct Rows {
    gathered: Vec<SheetRow>,
    cells: usize,
    out_of_order: bool,
}

impl Rows {
    /// Adds a cell at a 1-based row and 0-based column; cells beyond a sheet's columns are dropped.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Unreadable> {
        let Ok(column) = u16::try_from(column) else {
            return Ok(());
        };
        self.cells += 1;
        if self.cells > MAX_CELLS {
            let reason = format!("a sheet holds more than {} million cells", MAX_CELLS / 1_000_000);
            return Err(Unreadable::TooLarge { reason });
        }
        match self.gathered.last_mut() {
            Some(last) if last.number == row => {
                self.out_of_order |= last.cells.last().is_some_and(|(before, _)| *before >= column);
                last.cells.push((column, cell));
            }
            last => {
                self.out_of_order |= last.is_some_and(|last| last.number > row);
                self.gathered.push(SheetRow {
                    number: row,
                    cells: vec![(column, cell)],
                });
            }
        }
        Ok(())
    }

    /// The rows in order; of two cells at one place the later one stands, as in Excel.
    pub(super) fn finish(mut self) -> Vec<SheetRow> {
        if self.out_of_order {
            self.gathered.sort_by_key(|row| row.number);
            self.gathered.dedup_by(|later, earlier| {
                let same = later.number == earlier.number;
                if same {
                    earlier.cells.append(&mut later.cells);
                }
                same
            });
            for row in &mut self.gathered {
                row.cells.sort_by_key(|(column, _)| *column);
                row.cells.reverse();
                row.cells.dedup_by_key(|(column, _)| *column);
                row.cells.reverse();
            }
        }
        self.gathered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_out_of_order_are_put_in_order() {
        let mut rows = Rows::default();
        for (row, column, number) in [(3, 1, 1.0), (1, 0, 2.0), (3, 0, 3.0), (3, 1, 4.0)] {
            rows.put(row, column, Cell::Number(number)).expect("few cells");
        }
        let rows = rows.finish();
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(rows[1].cells, [(0, Cell::Number(3.0)), (1, Cell::Number(4.0))]);
    }
}
