//! Headings as findings and remembered readings tell them: as written, or by their column where they could be a name.
//!
//! Where a table has no row of headings, its first row of people may have been taken for one. A heading that neither
//! the vocabulary nor the definition knows is then told by the letters of its column.

use super::grid::Grid;
use super::layout::{Block, Column};
use super::persons::looks_like_name;
use super::records::column_letters;
use super::table::Cell;
use super::vocabulary::{Vocabulary, normalise};
use crate::project::model::Source;

/// Rows looked at to tell whether a column is personal.
const LOOKED_AT: usize = 60;
/// Letters from which a mark could be a name.
const SHORTEST_NAME: usize = 3;
/// Letters of the longest abbreviation in small letters.
const LONGEST_SMALL: usize = 3;
/// Stands for cell text that could name a person.
pub(crate) const WITHHELD: &str = "…";
/// Digits from which a number could be a telephone or a document.
const LONG_NUMBER: usize = 6;

/// Tells the headings of one table.
pub(crate) struct Headings<'a> {
    grid: &'a Grid<'a>,
    block: &'a Block,
    source: &'a Source,
    vocabulary: &'a Vocabulary,
    /// Whether a heading that nobody knows stands over something personal, so that others may be personal, too.
    doubtful: bool,
}

impl<'a> Headings<'a> {
    /// Headings of a block.
    pub(crate) fn of(grid: &'a Grid<'a>, block: &'a Block, source: &'a Source, vocabulary: &'a Vocabulary) -> Self {
        let mut headings = Self {
            grid,
            block,
            source,
            vocabulary,
            doubtful: false,
        };
        headings.doubtful = block
            .columns
            .iter()
            .any(|column| !headings.is_known(column) && headings.is_personal(column));
        headings
    }

    /// A heading as it may be told.
    pub(crate) fn told(&self, column: &Column) -> String {
        if self.is_known(column) || !(self.doubtful || self.is_personal(column)) {
            column.header.clone()
        } else {
            column_letters(column.index)
        }
    }

    /// Whether a definition names the heading, or each of its lines is a known word or nothing like a name.
    fn is_known(&self, column: &Column) -> bool {
        let heading = normalise(&column.header);
        if self.source.columns.keys().any(|name| normalise(name) == heading) {
            return true;
        }
        if self.vocabulary.is_spelt_header(&column.header) {
            return true;
        }
        let lines = self.block.header_top..=self.block.header_bottom;
        let lines: Vec<String> = lines
            .map(|row| self.grid.text(row, column.index))
            .filter(|text| !text.is_empty())
            .collect();
        let known = |text: &String| !self.vocabulary.header(text).is_empty();
        lines.iter().any(known)
            && lines
                .iter()
                .all(|text| known(text) || !is_personal_text(text, self.vocabulary))
    }

    /// Whether a heading or most of what stands under it is of the kind that tells who somebody is.
    fn is_personal(&self, column: &Column) -> bool {
        let rows = self.block.rows.iter();
        let cells = rows.filter_map(|row| self.grid.cell(*row, column.index));
        heads_persons(&column.header, cells, self.vocabulary)
    }
}

/// A mark as written, unless it could be a name.
pub(crate) fn mark(mark: &str, vocabulary: &Vocabulary) -> String {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let known = |word: &str| {
        letters(word) < SHORTEST_NAME
            || vocabulary.mark(word).is_some()
            || vocabulary.yes_no(word).is_some()
            || (!word.contains(char::is_uppercase) && vocabulary.explanation(word).is_some())
    };
    // Names begin with a capital, and a few small letters are an abbreviation.
    let small = letters(mark) <= LONGEST_SMALL && !mark.chars().any(|c| c.is_uppercase() || c.is_whitespace());
    if small || mark.split(|c: char| !c.is_alphabetic()).all(known) {
        mark.to_owned()
    } else {
        WITHHELD.to_owned()
    }
}

/// A heading that is no known word, as it may be told before the rows of its table are known.
pub(crate) fn before_rows(grid: &Grid, column: &Column, bottom: u32, vocabulary: &Vocabulary) -> String {
    let below = grid.rows_between(bottom + 1, u32::MAX).iter();
    let cells = below.filter_map(|row| grid.cell(row.number, column.index));
    if heads_persons(&column.header, cells, vocabulary) {
        column_letters(column.index)
    } else {
        column.header.clone()
    }
}

/// A heading over days: nothing personal stands below, so that only the heading itself could be a name.
pub(crate) fn over_days(column: &Column) -> String {
    if several_capitals(&column.header) || holds_number(&column.header) {
        column_letters(column.index)
    } else {
        column.header.clone()
    }
}

/// Whether a heading or most of what stands under it is of the kind that tells who somebody is.
fn heads_persons<'c>(heading: &str, cells: impl Iterator<Item = &'c Cell>, vocabulary: &Vocabulary) -> bool {
    if several_capitals(heading) || holds_number(heading) {
        return true;
    }
    let (mut filled, mut personal) = (0_usize, 0_usize);
    for cell in cells.take(LOOKED_AT) {
        filled += 1;
        personal += usize::from(looks_like_name(cell, vocabulary) || holds_number(&super::grid::shown(cell)));
    }
    personal * 2 > filled
}

fn is_personal_text(text: &str, vocabulary: &Vocabulary) -> bool {
    looks_like_name(&Cell::Text(text.to_owned()), vocabulary) || holds_number(text)
}

/// Several words with capitals, as names are written.
fn several_capitals(text: &str) -> bool {
    let capitals = text
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_uppercase));
    capitals.count() > 1 && text.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// An address of e-mail, or a number as long as a telephone's.
fn holds_number(text: &str) -> bool {
    text.contains('@') || text.chars().filter(char::is_ascii_digit).count() >= LONG_NUMBER
}
