//! Where people end: sums of a part, legends and prose under the last of them are none.

use std::collections::BTreeMap;

use super::{RowClass, sums};
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::layout::Block;
use crate::ingest::persons::looks_like_name;
use crate::ingest::records::Reason;
use crate::ingest::sexes;
use crate::ingest::table::Cell;
use crate::ingest::values;
use crate::ingest::vocabulary::{Role, Vocabulary};
use crate::project::model::Layout;

/// Share of rows from which a column numbers people.
const MOSTLY: f64 = 0.8;
/// Rows looked at from the last one up.
const LOOKED_AT: usize = 60;
/// Letters of a word in place of a number.
const SHORTEST_WORD: usize = 3;

/// What stands under the people of a table.
struct Ending<'a> {
    grid: &'a Grid<'a>,
    block: &'a Block,
    vocabulary: &'a Vocabulary,
    /// The column that numbers people, where nearly all have a number.
    numbers: Option<u16>,
    /// Whether the marks of people are numbers above one, too.
    large: bool,
}

/// Takes the rows under the last person for what they are; those that are sums of a part.
pub(super) fn settle(grid: &Grid, block: &Block, classes: &mut [(u32, RowClass)], vocabulary: &Vocabulary) -> Vec<u32> {
    let mut parts = Vec::new();
    if !matches!(block.layout, Layout::Register | Layout::List) {
        return parts;
    }
    if block.layout == Layout::Register {
        parts.extend(sums::settle(grid, block, classes, vocabulary));
    }
    let people: Vec<u32> = classes
        .iter()
        .filter(|(_, class)| *class == RowClass::Data)
        .map(|(row, _)| *row)
        .collect();
    let numbers = block.column(Role::RowNo).filter(|column| {
        let numbered = people.iter().filter(|row| grid.own(**row, *column).is_some()).count();
        numbered as f64 >= MOSTLY * people.len() as f64 && numbered > 1
    });
    let mut ending = Ending {
        grid,
        block,
        vocabulary,
        numbers,
        large: false,
    };
    parts.extend(ending.sums_above(classes));
    let Some(last) = classes.iter().rposition(|(_, class)| *class == RowClass::Data) else {
        return parts;
    };
    let from = ending.first(classes, last);
    if from > last {
        return parts;
    }
    let above = people
        .iter()
        .filter(|row| **row < classes[from].0 && !parts.contains(row))
        .take(LOOKED_AT);
    ending.large = above.clone().any(|row| ending.sums(*row) == Some(true));
    let mut after_totals = false;
    for (row, class) in &mut classes[from..] {
        if *class == RowClass::Data {
            *class = ending.class(*row, after_totals);
            parts.extend((*class == RowClass::Aside(Reason::Totals)).then_some(*row));
        }
        after_totals |= *class == RowClass::Aside(Reason::Totals);
    }
    parts
}

impl Ending<'_> {
    /// The first of the rows at the end that may be no people: those without a number, else those under a total or a
    /// blank row.
    fn first(&self, classes: &[(u32, RowClass)], last: usize) -> usize {
        let lowest = (last + 1).saturating_sub(LOOKED_AT);
        if let Some(column) = self.numbers {
            let numbered = |at: &usize| {
                let row = classes[*at].0;
                self.grid.own(row, column).is_some() && !self.is_called(row, column)
            };
            return (lowest..=last).rev().find(numbered).map_or(lowest, |at| at + 1);
        }
        let parted = |at: &usize| {
            let (above, below) = (classes[at - 1], classes[*at]);
            above.0 + 1 < below.0 || above.1 == RowClass::Aside(Reason::Totals)
        };
        let parts: Vec<usize> = (lowest.max(1)..=last).filter(parted).collect();
        // A blank row inside a table stands between people; what stands under the last one may be something else.
        parts
            .into_iter()
            .find(|at| {
                (*at..=last)
                    .all(|at| self.class(classes[at].0, true) != RowClass::Data || classes[at].1 != RowClass::Data)
            })
            .unwrap_or(last + 1)
    }

    /// What a row under the people is.
    fn class(&self, row: u32, after_totals: bool) -> RowClass {
        if let Some(large) = self.sums(row) {
            let sum = (large && !self.large) || (after_totals && !self.is_whole_name(row));
            return if sum {
                RowClass::Aside(Reason::Totals)
            } else {
                RowClass::Data
            };
        }
        let called = self.numbers.is_some_and(|column| self.is_called(row, column));
        let other = |(column, cell): &(u16, &Cell)| {
            let label = called && self.numbers == Some(*column);
            !(self.names(*column) || label || self.misfits(*column, cell))
        };
        let others = self.grid.cells(row).filter(other).count();
        let alone = others == 0;
        let unnumbered = called || self.numbers.is_some() && self.block.layout == Layout::Register;
        if alone && (unnumbered || !self.is_whole_name(row)) {
            RowClass::Aside(Reason::Trailer)
        } else {
            RowClass::Data
        }
    }

    /// Takes a first row of numbers for the sums that it is, where each counts how often a mark stands under it; its
    /// number.
    fn sums_above(&self, classes: &mut [(u32, RowClass)]) -> Option<u32> {
        let people: Vec<usize> = (0..classes.len())
            .filter(|at| classes[*at].1 == RowClass::Data)
            .take(LOOKED_AT)
            .collect();
        let (first, others) = people.split_first()?;
        let row = classes[*first].0;
        let numbered = self.numbers.is_some_and(|column| self.grid.own(row, column).is_some());
        if numbered || self.sums(row).is_none() {
            return None;
        }
        let below: Vec<u32> = others.iter().map(|at| classes[*at].0).collect();
        if below.len() < 2 || below.iter().any(|row| self.sums(*row) == Some(true)) {
            return None;
        }
        // Hours of the sessions: people below have a number and marks, and this row neither.
        if self.numbers.is_some() && below.iter().all(|row| self.sums(*row).is_none()) {
            classes[*first].1 = RowClass::Aside(Reason::Totals);
            return Some(row);
        }
        if self.sums(row) != Some(true) || self.is_whole_name(row) {
            return None;
        }
        let counted = |column: u16| {
            let written = self.grid.own(row, column).map(text_of)?;
            let written = values::number(&written).filter(|number| *number > 0.0)?;
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for cell in below.iter().filter_map(|row| self.grid.own(*row, column)) {
                *counts.entry(text_of(cell)).or_default() += 1;
            }
            Some(counts.values().any(|count| (*count as f64 - written).abs() < 0.5))
        };
        let columns = self.block.sessions.iter().map(|session| session.column);
        let counts: Vec<bool> = columns.filter_map(counted).collect();
        if counts.len() < 2 || !counts.iter().all(|counts| *counts) {
            return None;
        }
        classes[*first].1 = RowClass::Aside(Reason::Totals);
        Some(row)
    }

    /// Whether nothing but numbers stands under the sessions, and then whether one is above one.
    fn sums(&self, row: u32) -> Option<bool> {
        let mut sums = None;
        for session in &self.block.sessions {
            if let Some(cell) = self.grid.own(row, session.column) {
                if matches!(cell, Cell::DateTime { .. } | Cell::Bool(_)) {
                    return None;
                }
                let text = text_of(cell);
                if !text.is_empty() {
                    let number = values::number(&text)?;
                    sums = Some(sums.unwrap_or(false) || number > 1.0);
                }
            }
        }
        sums
    }

    /// Whether a word stands where people have their number, as a label or under a blank row: "Coordinator | Olena
    /// Koval".
    fn is_called(&self, row: u32, column: u16) -> bool {
        let word = |row: &u32| match self.grid.own(*row, column) {
            Some(Cell::Text(text)) => {
                let long = text.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_WORD;
                long.then(|| text.trim_end().ends_with(':'))
            }
            _ => None,
        };
        // Under a row that is called so, the next ones are.
        let called = self.rows_above(row + 1).map_while(|row| Some((row, word(&row)?)));
        let mut called = called.take(LOOKED_AT);
        called.any(|(row, labelled)| labelled || self.is_parted(row, column))
    }

    /// The rows above one, up to the header, the next first.
    fn rows_above(&self, row: u32) -> impl Iterator<Item = u32> {
        (self.block.header_bottom + 1..row).rev()
    }

    /// Whether a cell can't be what its column holds of people: a day, or a name under "Sex".
    fn misfits(&self, column: u16, cell: &Cell) -> bool {
        let role = self.block.columns.iter().find(|known| known.index == column);
        match role.and_then(|known| known.role) {
            Some(Role::Sex) => !sexes::may_be_one(&text_of(cell), self.vocabulary),
            Some(Role::Age) => values::number(&text_of(cell)).is_none(),
            _ => false,
        }
    }

    /// Whether a blank row stands between a row and the last number above it.
    fn is_parted(&self, row: u32, column: u16) -> bool {
        let number = |cell: &Cell| values::number(&text_of(cell)).is_some();
        let above = self.rows_above(row).take(LOOKED_AT);
        let mut between = above.take_while(|row| !self.grid.own(*row, column).is_some_and(number));
        between.any(|row| self.grid.row(row).is_none())
    }

    fn names(&self, column: u16) -> bool {
        let roles = self.block.person_roles();
        let mut columns = self.block.columns.iter();
        columns.any(|known| known.index == column && known.role.is_some_and(|role| roles.contains(&role)))
    }

    fn is_whole_name(&self, row: u32) -> bool {
        let named = self.grid.cells(row).filter(|(column, _)| self.names(*column));
        let texts: Vec<(String, bool)> = named
            .map(|(_, cell)| (text_of(cell), looks_like_name(cell, self.vocabulary)))
            .collect();
        let words: usize = texts.iter().map(|(text, _)| text.split_whitespace().count()).sum();
        words > 1 && texts.iter().all(|(_, name)| *name)
    }
}
