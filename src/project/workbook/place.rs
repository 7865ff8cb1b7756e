//! From the text that a workbook's cells were turned into, back to the cells.

use std::ops::Range;

/// Where each piece of a text made of a workbook's cells comes from; empty for texts that were files themselves.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::project) struct Places {
    cells: Vec<CellText>,
    pieces: Vec<Piece>,
}

/// A cell as messages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::project) struct CellText {
    /// Name of the sheet.
    pub(in crate::project) sheet: String,
    /// 0-based row.
    pub(in crate::project) row: u32,
    /// 0-based column.
    pub(in crate::project) column: u32,
    /// What stands in it.
    pub(in crate::project) text: String,
}

/// A cell registered with [`Places`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellId(usize);

#[derive(Debug, PartialEq, Eq)]
struct Piece {
    /// Bytes of the text made.
    span: Range<usize>,
    cell: CellId,
    /// Bytes of the cell's text that they stand for.
    within: Range<usize>,
    /// Whether both are the same bytes, so that a part of one is that part of the other.
    verbatim: bool,
}

impl CellText {
    /// Sheet and address: `indicators › C7`.
    pub(in crate::project) fn address(&self) -> String {
        format!("{} › {}{}", self.sheet, column_letters(self.column), self.row + 1)
    }
}

impl Places {
    /// Registers a cell.
    pub(super) fn cell(&mut self, cell: CellText) -> CellId {
        self.cells.push(cell);
        CellId(self.cells.len() - 1)
    }

    /// The whole text of a cell.
    pub(super) fn whole(&self, cell: CellId) -> Range<usize> {
        0..self.cells.get(cell.0).map_or(0, |cell| cell.text.len())
    }

    /// Sheet and row of a cell.
    pub(super) fn row(&self, cell: CellId) -> Option<(String, u32)> {
        let cell = self.cells.get(cell.0)?;
        Some((cell.sheet.clone(), cell.row))
    }

    /// Notes that a span of the text made stands for a part of a cell.
    pub(super) fn note(&mut self, span: Range<usize>, cell: CellId, within: Range<usize>, verbatim: bool) {
        self.pieces.push(Piece {
            span,
            cell,
            within,
            verbatim,
        });
    }

    /// The cell that a span stands for and the bytes of its text: the closest piece around the span, else around
    /// its beginning.
    pub(in crate::project) fn locate(&self, span: &Range<usize>) -> Option<(&CellText, Range<usize>)> {
        let around = |end: usize| {
            let around = self.pieces.iter().filter(move |piece| {
                piece.span.start <= span.start && span.start <= piece.span.end && end <= piece.span.end
            });
            // A place between two pieces belongs to the one that begins there.
            around.min_by_key(|piece| (piece.span.len(), usize::MAX - piece.span.start))
        };
        let piece = around(span.end).or_else(|| around(span.start))?;
        let cell = self.cells.get(piece.cell.0)?;
        if !piece.verbatim {
            return Some((cell, piece.within.clone()));
        }
        let part = |offset: usize| (piece.within.start + offset.saturating_sub(piece.span.start)).min(piece.within.end);
        Some((cell, part(span.start)..part(span.end)))
    }
}

/// The letters that head a column: A, B … Z, AA.
pub(super) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_excel() {
        let letters: Vec<String> = [0, 25, 26, 701, 702, 16_383].into_iter().map(column_letters).collect();
        assert_eq!(letters.join(" "), "A Z AA ZZ AAA XFD");
    }

    #[test]
    fn a_span_is_found_in_the_closest_piece() {
        let mut places = Places::default();
        let cell = |column, text: &str| CellText {
            sheet: "s".to_owned(),
            row: 2,
            column,
            text: text.to_owned(),
        };
        let row = places.cell(cell(0, "B1"));
        let list = places.cell(cell(2, "sex; age"));
        places.note(0..40, row, 0..2, false);
        places.note(10..30, list, 0..8, false);
        places.note(20..25, list, 5..8, false);
        let found = |span: Range<usize>| {
            let (cell, within) = places.locate(&span).expect("a cell");
            format!("{} {within:?}", cell.address())
        };
        assert_eq!(found(20..25), "s › C3 5..8");
        assert_eq!(found(10..30), "s › C3 0..8");
        assert_eq!(found(0..5), "s › A3 0..2");
        assert_eq!(found(38..90), "s › A3 0..2");
    }
}
