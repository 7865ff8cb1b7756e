//! Gathers cells, in whatever order a format yields them, into the rows of a sheet.

use super::unreadable::Unreadable;
use crate::ingest::table::{Cell, SheetRow};

/// Most cells of one sheet; a sheet with more is not kept by people.
const MAX_CELLS: usize = 30_000_000;
/// Most characters of one text: what a cell of Excel holds.
pub(crate) const MAX_TEXT: usize = 32_767;
/// Stands at the end of a text that was cut.
pub(crate) const CUT: &str = " […]";

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
        let cell = shortened(cell);
        match self.gathered.last_mut() {
            Some(last) if last.number == row => {
                self.out_of_order |= last.cells.last().is_some_and(|(before, _)| *before >= column);
                last.cells.push((column, cell));
            }
            last => {
                self.out_of_order |= last.as_ref().is_some_and(|last| last.number > row);
                // Rows of a table are about equally long, but for a blank cell or two.
                let mut cells = Vec::with_capacity(last.map_or(1, |last| last.cells.len() + 2));
                cells.push((column, cell));
                self.gathered.push(SheetRow { number: row, cells });
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

/// The cell, its text cut where it is longer than a cell can hold.
fn shortened(cell: Cell) -> Cell {
    match cell {
        Cell::Text(text) if text.len() > MAX_TEXT => match text.char_indices().nth(MAX_TEXT) {
            Some((end, _)) => Cell::Text(format!("{}{CUT}", &text[..end])),
            None => Cell::Text(text),
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_a_cell_holds_is_cut_and_says_so() {
        let mut rows = Rows::default();
        rows.put(1, 0, Cell::Text("ї".repeat(40_000))).expect("few cells");
        rows.put(1, 1, Cell::Text("ї".repeat(32_767))).expect("few cells");
        let rows = rows.finish();
        let texts: Vec<usize> = rows[0]
            .cells
            .iter()
            .map(|(_, cell)| match cell {
                Cell::Text(text) => text.chars().count(),
                _ => 0,
            })
            .collect();
        assert_eq!(texts, [MAX_TEXT + CUT.chars().count(), MAX_TEXT]);
    }

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
