//! What each row under a header is: data, a total, a trailer, column numbers, a blank form line.

mod apart;
mod ending;
mod of_sex;
mod other;
pub(crate) mod sections;
mod sums;

use std::borrow::Cow;

use rayon::prelude::*;

use super::anonymous;
use super::grid::{Grid, ROWS_AT_ONCE, is_blank, shown, text_of};
use super::layout::{Block, COUNTS, Column, PERSON, SheetReading};
use super::plan;
use super::records::Reason;
use super::table::Cell;
use super::values::OF_SESSION;
use super::vocabulary::{Role, Vocabulary};
use crate::project::model::Layout;

/// Fewest consecutive numbers that make a row of column numbers.
const SHORTEST_NUMBERING: usize = 3;

/// What a row under a header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowClass {
    Data,
    Aside(Reason),
    /// People whom nobody named, counted.
    Guests,
    /// Text that belongs to what stands around it.
    Text,
}

impl RowClass {
    /// Whether the table goes on at least to such a row.
    fn belongs(self) -> bool {
        matches!(
            self,
            Self::Data
                | Self::Guests
                | Self::Aside(
                    Reason::Totals
                        | Reason::Numbering
                        | Reason::NoPerson
                        | Reason::Tags
                        | Reason::Staff
                        | Reason::Absent
                        | Reason::NoTable
                )
        )
    }
}

/// Sorts the rows between a block's header and `end`, adds the block to the reading, and returns the last
/// row that belongs to it; rows after that one belong to whatever follows.
pub(crate) fn sort_rows(
    grid: &Grid,
    mut block: Block,
    end: u32,
    vocabulary: &Vocabulary,
    reading: &mut SheetReading,
) -> u32 {
    let roles = block.person_roles().iter();
    let names: Vec<u16> = roles.filter_map(|role| block.column(*role)).collect();
    let mut classes: Vec<(u32, RowClass)> = grid
        .rows_between(block.header_bottom.saturating_add(1), end)
        .par_iter()
        .with_min_len(ROWS_AT_ONCE)
        .map(|row| row.number)
        .filter(|row| grid.cells(*row).next().is_some())
        .map(|row| (row, class(grid, &block, row, &names, vocabulary)))
        .collect();
    apart::guests(grid, &block, &mut classes, vocabulary);
    let parts = ending::settle(grid, &block, &mut classes, vocabulary);
    block.noted.extend(apart::doubtful_sums(grid, &parts, vocabulary));
    let staff = apart::set_apart(grid, block.layout, &mut classes, vocabulary);
    block.noted.extend(staff);
    let others = other::settle(grid, &block, &names, &mut classes, vocabulary);
    block.noted.extend(others);
    block.noted.extend(apart::nameless(grid, &block, &classes));
    sections::settle(&mut block, &mut classes);
    of_sex::settle(grid, &mut block, &mut classes, vocabulary);
    let last = classes
        .iter()
        .rev()
        .find(|(_, class)| class.belongs())
        .map_or(block.header_bottom, |(row, _)| *row);
    for (row, class) in classes.into_iter().filter(|(row, _)| *row <= last) {
        match class {
            RowClass::Data => block.rows.push(row),
            RowClass::Aside(reason) => {
                // Sums of women or of a village are not those of all rows.
                if reason == Reason::Totals && !parts.contains(&row) {
                    block.totals.push(row);
                }
                reading.aside.push((row, reason));
            }
            RowClass::Guests => block.guests.push(row),
            RowClass::Text => reading.aside.push((row, Reason::Title)),
        }
    }
    block.noted.extend(anonymous::noted(&block));
    reading.blocks.push(block);
    last
}

/// What a row is; `names` are the columns that name a person, the better first.
fn class(grid: &Grid, block: &Block, row: u32, names: &[u16], vocabulary: &Vocabulary) -> RowClass {
    if row == block.header_bottom + 1 && is_numbering(grid, row) {
        return RowClass::Aside(Reason::Numbering);
    }
    if row == block.header_bottom + 1 && are_tags(grid, row) {
        return RowClass::Aside(Reason::Tags);
    }
    let first = grid
        .cells(row)
        .find_map(|(_, cell)| matches!(cell, Cell::Text(_)).then(|| shown(cell)))
        .unwrap_or_default();
    if block.layout == Layout::EventLog {
        return event_class(grid, block, row, &first, vocabulary);
    }
    match person_text(grid, row, names).or_else(|| merged_person(grid, block, row, names)) {
        Some(name) => named_class(grid, row, &name, &first, vocabulary, block),
        None if !vocabulary.is_totals(&first) && anonymous::is_row(grid, block, row, vocabulary) => RowClass::Data,
        None => nameless_class(grid, block, row, &first, vocabulary),
    }
}

/// The text of the first filled column that names a person.
fn person_text<'g>(grid: &Grid<'g>, row: u32, names: &[u16]) -> Option<Cow<'g, str>> {
    let cells = names.iter().filter_map(|column| grid.own(row, *column));
    cells.map(shown).find(|text| !text.is_empty())
}

/// The name that is merged over a row and those above it, where the row tells a day or a session of its own.
///
/// A person whose two lines hold a telephone each came once.
fn merged_person<'g>(grid: &Grid<'g>, block: &Block, row: u32, names: &[u16]) -> Option<Cow<'g, str>> {
    let tells = |column: &Column| {
        let session = column.role.is_some_and(|role| OF_SESSION.contains(&role));
        session && grid.own(row, column.index).is_some_and(|cell| !is_blank(cell))
    };
    let merged = || {
        let mut cells = names.iter().filter_map(|column| grid.held_from_above(row, *column));
        cells.next().map(shown).filter(|text| !text.is_empty())
    };
    let list = block.layout == Layout::List;
    (list && block.columns.iter().any(tells)).then(merged).flatten()
}

fn named_class(grid: &Grid, row: u32, name: &str, first: &str, vocabulary: &Vocabulary, block: &Block) -> RowClass {
    if vocabulary.is_totals(name) || (first != name && vocabulary.is_totals(first)) {
        return RowClass::Aside(Reason::Totals);
    }
    // How the form is filled in, shown in its first row.
    if first != name && vocabulary.is_example(first) {
        return RowClass::Aside(Reason::Trailer);
    }
    let alone = grid.cells(row).nth(1).is_none();
    let coded = block.has(&[Role::ClientCode]);
    let of_plan =
        block.layout == Layout::Register && !coded && (alone && plan::is_line(name) || plan::is_row(grid, row));
    if of_plan || alone && (vocabulary.is_trailer(name) || vocabulary.explains_a_mark(name)) {
        return RowClass::Aside(Reason::Trailer);
    }
    let labels = |(before, _): (&str, &str)| vocabulary.label(before).is_some();
    if alone && name.split_once(':').is_some_and(labels) || sections::is_labelled(grid, row, vocabulary) {
        return RowClass::Text;
    }
    let numbers_name = || block.has(&[Role::ClientCode]) || !block.has(PERSON);
    let nobody = name.bytes().all(|byte| byte.is_ascii_digit()) || sections::is_day(name);
    if nobody && !numbers_name() {
        RowClass::Aside(Reason::NoPerson)
    } else {
        RowClass::Data
    }
}

fn nameless_class(grid: &Grid, block: &Block, row: u32, first: &str, vocabulary: &Vocabulary) -> RowClass {
    if vocabulary.is_totals(first) {
        return RowClass::Aside(Reason::Totals);
    }
    // Whoever was there may stand in a table of the same export; until all is read nobody knows.
    if block.names_nobody_in_forms() {
        return RowClass::Data;
    }
    if !first.is_empty() && vocabulary.is_trailer(first) {
        return RowClass::Aside(Reason::Trailer);
    }
    let filled: Vec<(u16, &Cell)> = grid.cells(row).collect();
    let under_sessions = |column: u16| {
        block.sessions.iter().any(|session| session.column == column)
            || block.column(Role::DerivedTotal) == Some(column)
    };
    let number = |cell: &Cell| super::values::number(text_of(cell).trim_end_matches('%').trim()).is_some();
    let numbered = block
        .column(Role::RowNo)
        .is_some_and(|column| grid.own(row, column).is_some());
    let summed = filled.iter().filter(|(column, _)| under_sessions(*column)).count();
    let sums = !numbered && summed > 0 && summed * 2 >= filled.len() && filled.iter().all(|(_, cell)| number(cell));
    if sums {
        return RowClass::Aside(Reason::Totals);
    }
    let tells = |text: &str| text.chars().any(char::is_alphabetic) || sections::is_day(text);
    let text_alone = filled.len() == 1 && tells(&text_of(filled[0].1));
    if text_alone || sections::is_labelled(grid, row, vocabulary) {
        RowClass::Text
    } else {
        RowClass::Aside(Reason::NoPerson)
    }
}

fn event_class(grid: &Grid, block: &Block, row: u32, first: &str, vocabulary: &Vocabulary) -> RowClass {
    let filled = |role: Role| {
        block
            .column(role)
            .is_some_and(|column| !grid.text(row, column).is_empty())
    };
    let describing = [Role::SessionDate, Role::Event, Role::Topic, Role::EventNumber];
    // In a log that describes its events in other words, any words do.
    let described = if block.has(&describing) {
        describing.into_iter().any(filled)
    } else {
        !first.is_empty()
    };
    let counted = COUNTS.iter().any(|role| filled(*role));
    // A day with a title is an event, whether or not somebody counted its heads.
    let event = filled(Role::SessionDate) && (filled(Role::Event) || filled(Role::Topic));
    if vocabulary.is_totals(first) {
        RowClass::Aside(Reason::Totals)
    } else if described && (counted || event || grid.cells(row).count() > 2) {
        RowClass::Data
    } else if counted {
        RowClass::Aside(Reason::Totals)
    } else if vocabulary.is_trailer(first) {
        RowClass::Aside(Reason::Trailer)
    } else if grid.cells(row).count() == 1 && !first.is_empty() {
        RowClass::Text
    } else {
        RowClass::Aside(Reason::NoPerson)
    }
}

/// Whether a row numbers the columns: 1, 2, 3 …
fn is_numbering(grid: &Grid, row: u32) -> bool {
    let numbers: Vec<Option<u32>> = grid.cells(row).map(|(_, cell)| text_of(cell).parse().ok()).collect();
    numbers.len() >= SHORTEST_NUMBERING
        && numbers
            .iter()
            .zip(1..)
            .all(|(number, expected): (_, u32)| *number == Some(expected))
}

/// Whether a row holds the tags by which programs know columns: `#date`, `#adm1+name`.
pub(crate) fn are_tags(grid: &Grid, row: u32) -> bool {
    let tag = |cell: &Cell| {
        let Cell::Text(text) = cell else { return false };
        let letters = super::grid::trim(text).strip_prefix('#');
        letters.is_some_and(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !tag.contains(' '))
    };
    grid.cells(row).count() > 1 && grid.cells(row).all(|(_, cell)| tag(cell))
}

#[cfg(test)]
mod tests;
