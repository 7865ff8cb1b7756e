//! A sheet as a reader sees it: merged areas filled, hidden rows and columns and rows struck through left out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::table::{Cell, Merge, Sheet, SheetRow};

/// Cells a merged area may fill; larger ones are decoration and fill nothing.
const LARGEST_FILL: u64 = 100_000;
/// Most columns of merged areas, all areas together; people merge far fewer.
const MOST_COVERED: usize = 4_000_000;

/// Fewest rows worth a thread of their own.
pub(crate) const ROWS_AT_ONCE: usize = 512;

/// A view of one sheet.
pub(crate) struct Grid<'a> {
    /// The sheet.
    pub(crate) sheet: &'a Sheet,
    /// Visible rows that hold anything and are not struck through.
    rows: Vec<&'a SheetRow>,
    /// Column → the parts of merged areas in it, in order of their first rows.
    covered: BTreeMap<u16, Vec<Covered>>,
    /// First and last column of the view.
    window: (u16, u16),
}

/// Rows of one column that a merged area covers, and the column that holds its value.
#[derive(Debug, Clone, Copy)]
struct Covered {
    top: u32,
    bottom: u32,
    left: u16,
}

impl<'a> Grid<'a> {
    /// The view of a sheet.
    pub(crate) fn new(sheet: &'a Sheet) -> Self {
        let rows: Vec<_> = sheet
            .rows
            .iter()
            .filter(|row| sheet.hidden_rows.binary_search(&row.number).is_err())
            .filter(|row| sheet.struck_rows.binary_search(&row.number).is_err())
            .collect();
        let mut covered: BTreeMap<u16, Vec<Covered>> = BTreeMap::new();
        let mut kept = 0;
        for merge in sheet.merges.iter().filter(|merge| area(merge) <= LARGEST_FILL) {
            kept += usize::from(merge.right - merge.left) + 1;
            if kept > MOST_COVERED {
                break;
            }
            for column in merge.left..=merge.right {
                covered.entry(column).or_default().push(Covered {
                    top: merge.top,
                    bottom: merge.bottom,
                    left: merge.left,
                });
            }
        }
        for areas in covered.values_mut() {
            areas.sort_by_key(|area| area.top);
        }
        Self {
            sheet,
            rows,
            covered,
            window: (0, u16::MAX),
        }
    }

    /// The view of some of a sheet's columns, first and last told.
    pub(crate) fn within(sheet: &'a Sheet, window: (u16, u16)) -> Self {
        Self {
            window,
            ..Self::new(sheet)
        }
    }

    /// Visible rows in order.
    pub(crate) fn rows(&self) -> &[&'a SheetRow] {
        &self.rows
    }

    /// The row with this number, where it is visible and not blank.
    pub(crate) fn row(&self, number: u32) -> Option<&'a SheetRow> {
        let at = match self.guess(number) {
            Some(found) => found,
            None => self.rows.binary_search_by_key(&number, |row| row.number).ok()?,
        };
        Some(self.rows[at])
    }

    /// Where a row stands in a sheet without gaps, as nearly all are: the row with number n is the n-th.
    fn guess(&self, number: u32) -> Option<usize> {
        let guess = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        let row = self.rows.get(guess)?;
        (row.number == number).then_some(guess)
    }

    /// Whether some cells stand for others that they are merged with.
    pub(crate) fn has_merges(&self) -> bool {
        !self.covered.is_empty()
    }

    fn is_hidden(&self, column: u16) -> bool {
        let (first, last) = self.window;
        let hidden = &self.sheet.hidden_columns;
        !(first..=last).contains(&column) || !hidden.is_empty() && hidden.binary_search(&column).is_ok()
    }

    /// Whether a column belongs to the view.
    pub(crate) fn shows(&self, column: u16) -> bool {
        !self.is_hidden(column)
    }

    /// The cell's own value.
    pub(crate) fn own(&self, row: u32, column: u16) -> Option<&'a Cell> {
        if self.is_hidden(column) {
            return None;
        }
        self.row(row)?.get(column)
    }

    /// The cell's value, or that of the merged area that covers it.
    pub(crate) fn cell(&self, row: u32, column: u16) -> Option<&'a Cell> {
        self.own(row, column).or_else(|| {
            if self.covered.is_empty() {
                return None;
            }
            let areas = self.covered.get(&column)?;
            // Areas of a sheet do not overlap: the one that covers the row is the last that begins at or above it.
            let last = areas.partition_point(|area| area.top <= row).checked_sub(1)?;
            let area = areas.get(last).filter(|area| row <= area.bottom)?;
            self.own(area.top, area.left)
        })
    }

    /// The value of an area of one column that was merged over a row and rows above it.
    pub(crate) fn held_from_above(&self, row: u32, column: u16) -> Option<&'a Cell> {
        let areas = self.covered.get(&column)?;
        let last = areas.partition_point(|area| area.top <= row).checked_sub(1)?;
        let area = areas.get(last)?;
        let reaches = area.top < row && row <= area.bottom && area.left == column;
        reaches.then(|| self.own(area.top, column)).flatten()
    }

    /// Visible, filled cells of a row.
    pub(crate) fn cells(&self, row: u32) -> impl Iterator<Item = (u16, &'a Cell)> + '_ {
        self.row(row)
            .into_iter()
            .flat_map(|row| &row.cells)
            .filter(|(column, cell)| !self.is_hidden(*column) && !is_blank(cell))
            .map(|(column, cell)| (*column, cell))
    }

    /// Visible rows from one number on and up to, but without, another.
    pub(crate) fn rows_between(&self, from: u32, end: u32) -> &[&'a SheetRow] {
        let start = match self.guess(from) {
            Some(found) => found,
            None => self.rows.partition_point(|row| row.number < from),
        };
        let length = match self.rows.last() {
            Some(last) if last.number >= end => self.rows[start..].partition_point(|row| row.number < end),
            _ => self.rows.len() - start,
        };
        &self.rows[start..start + length]
    }

    /// The cell's text as [`Grid::text`] has it, borrowed where the cell is a text.
    pub(crate) fn shown(&self, row: u32, column: u16) -> Cow<'a, str> {
        self.cell(row, column).map(shown).unwrap_or_default()
    }

    /// The cell's text, trimmed; empty where there is none.
    pub(crate) fn text(&self, row: u32, column: u16) -> String {
        self.cell(row, column).map(text_of).unwrap_or_default()
    }
}

fn area(merge: &Merge) -> u64 {
    u64::from(merge.bottom - merge.top + 1) * u64::from(merge.right - merge.left + 1)
}

/// What a cell shows, trimmed: numbers without a needless fraction, days as ISO dates.
pub(crate) fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => trim(text).to_owned(),
        Cell::Number(number) => number_text(*number),
        Cell::DateTime { at, .. } => at.format("%Y-%m-%d").to_string(),
        Cell::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Cell::Error(error) => error.clone(),
        Cell::FormulaWithoutResult(_) => String::new(),
    }
}

/// Whether a cell shows nothing.
pub(crate) fn is_blank(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => trim(text).is_empty(),
        Cell::Error(error) => error.is_empty(),
        Cell::FormulaWithoutResult(_) => true,
        Cell::Number(_) | Cell::DateTime { .. } | Cell::Bool(_) => false,
    }
}

/// The cell's text where it is a text, and what it shows otherwise; see [`text_of`].
pub(crate) fn shown(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => Cow::Borrowed(trim(text)),
        _ => Cow::Owned(text_of(cell)),
    }
}

/// A number as a person writes it.
pub(crate) fn number_text(number: f64) -> String {
    format!("{number}")
}

/// Text without outer blanks of any kind.
pub(crate) fn trim(text: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if plain(text.as_bytes().first()) && plain(text.as_bytes().last()) {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{200b}' | '\u{feff}' | '\u{ad}'))
}
