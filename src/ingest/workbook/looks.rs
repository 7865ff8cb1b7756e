//! How cells look, where looks may carry meaning: rows struck through, and blank cells with a colour of their own.
//!
//! A colour that bands a row or a column says nothing about one cell. A row's band is the colour of most of its filled
//! cells; a column's is one that hardly ever stops between its first and its last cell.

/// Most coloured blanks kept of a sheet.
const MOST: usize = 100_000;
/// Colours of one column that are told apart; a column with more is decoration.
const COLOURS: usize = 16;
/// Columns looked at.
const COLUMNS: u16 = 2000;

/// How a cell looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether it is struck through.
    pub(super) struck: bool,
    /// Which colour fills it; 0 for none or white.
    pub(super) fill: u32,
}

/// A colour's number; 0 for none and white.
pub(super) fn fill(colours: &mut Vec<String>, colour: &str) -> u32 {
    let colour = colour.to_lowercase();
    if matches!(colour.as_str(), "transparent" | "#ffffff" | "white") {
        return 0;
    }
    let known = colours.iter().position(|known| *known == colour);
    let at = known.unwrap_or_else(|| {
        colours.push(colour);
        colours.len() - 1
    });
    u32::try_from(at).map_or(u32::MAX, |at| at.saturating_add(1))
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Nothing,
    Number,
    Other,
}

/// Looks of the cells of a sheet, gathered row by row.
#[derive(Debug, Default)]
pub(super) struct Looks {
    row: Row,
    rows: u32,
    struck: Vec<u32>,
    columns: Vec<Vec<Colour>>,
    coloured: Vec<(u32, u16, u32)>,
}

/// The row being gathered.
#[derive(Debug, Default)]
struct Row {
    number: u32,
    filled: u32,
    struck: u32,
    /// Whether the first filled cell is a number that is not struck: the number of the row.
    numbered: bool,
    fills: Vec<(u32, u32)>,
    blanks: Vec<(u16, u32)>,
}

/// A colour in one column: its first and last row, counted among rows that hold anything, and its cells.
#[derive(Debug, Clone, Copy)]
struct Colour {
    fill: u32,
    first: u32,
    last: u32,
    cells: u32,
}

impl Looks {
    /// Takes the next cell; rows come one after another.
    pub(super) fn cell(&mut self, row: u32, column: u16, content: Content, look: Look) {
        if row != self.row.number {
            self.end_row();
            self.row.number = row;
        }
        let row = &mut self.row;
        if content != Content::Nothing {
            row.filled += 1;
            row.struck += u32::from(look.struck);
            row.numbered |= row.filled == 1 && content == Content::Number && !look.struck;
            count(&mut row.fills, look.fill);
        } else if look.fill != 0 && column < COLUMNS {
            row.blanks.push((column, look.fill));
        }
        if look.fill != 0 && column < COLUMNS {
            self.colour(column, look.fill);
        }
    }

    fn colour(&mut self, column: u16, fill: u32) {
        let at = usize::from(column);
        if self.columns.len() <= at {
            self.columns.resize(at + 1, Vec::new());
        }
        let colours = &mut self.columns[at];
        if let Some(colour) = colours.iter_mut().find(|colour| colour.fill == fill) {
            colour.last = self.rows;
            colour.cells += 1;
        } else if colours.len() < COLOURS {
            colours.push(Colour {
                fill,
                first: self.rows,
                last: self.rows,
                cells: 1,
            });
        }
    }

    fn end_row(&mut self) {
        let row = &mut self.row;
        if row.filled > 0 {
            let but_its_number = row.numbered && row.struck > 1 && row.struck + 1 == row.filled;
            if row.struck == row.filled || but_its_number {
                self.struck.push(row.number);
            }
            self.rows += 1;
            let band = row.fills.iter().max_by_key(|(_, cells)| *cells).map(|(fill, _)| *fill);
            for (column, fill) in row.blanks.drain(..) {
                if Some(fill) != band && self.coloured.len() < MOST {
                    self.coloured.push((row.number, column, fill));
                }
            }
        }
        row.filled = 0;
        row.struck = 0;
        row.numbered = false;
        row.fills.clear();
        row.blanks.clear();
    }

    /// Rows struck through, and coloured blanks that no band explains, both sorted.
    pub(super) fn finish(mut self) -> (Vec<u32>, Vec<(u32, u16)>) {
        self.end_row();
        let banded = |column: u16, fill: u32| {
            let colours = self.columns.get(usize::from(column)).into_iter().flatten();
            let colour = colours.into_iter().find(|colour| colour.fill == fill);
            colour.is_none_or(|colour| {
                let rows = colour.last - colour.first + 1;
                rows > 1 && rows * 2 > self.rows && colour.cells * 10 >= rows * 9
            })
        };
        let blanks = self.coloured.iter().filter(|(_, column, fill)| !banded(*column, *fill));
        let mut blanks: Vec<(u32, u16)> = blanks.map(|(row, column, _)| (*row, *column)).collect();
        self.struck.sort_unstable();
        self.struck.dedup();
        blanks.sort_unstable();
        blanks.dedup();
        (self.struck, blanks)
    }
}

fn count(fills: &mut Vec<(u32, u32)>, fill: u32) {
    match fills.iter_mut().find(|(known, _)| *known == fill) {
        Some((_, cells)) => *cells += 1,
        None => fills.push((fill, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look { struck: false, fill: 0 };
    const STRUCK: Look = Look { struck: true, fill: 0 };

    fn coloured(fill: u32) -> Look {
        Look { struck: false, fill }
    }

    #[test]
    fn a_row_is_struck_when_all_but_its_number_are() {
        let mut looks = Looks::default();
        for (row, number, name, mark) in [
            (2, PLAIN, PLAIN, STRUCK),
            (3, STRUCK, STRUCK, STRUCK),
            (5, PLAIN, STRUCK, STRUCK),
        ] {
            looks.cell(row, 0, Content::Number, number);
            looks.cell(row, 1, Content::Other, name);
            looks.cell(row, 2, Content::Other, mark);
            looks.cell(row, 3, Content::Nothing, PLAIN);
        }
        assert_eq!(looks.finish().0, [3, 5]);
    }

    #[test]
    fn bands_are_no_marks() {
        let mut looks = Looks::default();
        for row in 2..10 {
            let band = coloured(if row % 2 == 0 { 7 } else { 0 });
            looks.cell(row, 0, Content::Other, band);
            looks.cell(row, 1, Content::Nothing, band);
            looks.cell(row, 2, Content::Nothing, coloured(8));
            looks.cell(
                row,
                3,
                Content::Nothing,
                if row == 4 || row == 7 { coloured(9) } else { band },
            );
        }
        assert_eq!(looks.finish().1, [(4, 3), (7, 3)]);
    }
}
