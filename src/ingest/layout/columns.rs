//! What the columns under a header are.

use super::{Column, named_column};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::Grid;
use crate::ingest::values::PERSONAL;
use crate::ingest::vocabulary::{self, Role, Vocabulary};
use crate::project::model::Source;

/// Headings of officers' decisions, which share words with those of other tables.
const OF_DECISIONS: &[Role] = &[
    Role::DecisionDate,
    Role::DecisionBy,
    Role::DecisionReason,
    Role::DecisionName,
];

/// The columns under a header: those that a definition or the vocabulary knows, and the others.
pub(super) fn columns(
    grid: &Grid,
    source: &Source,
    vocabulary: &Vocabulary,
    (top, bottom): (u32, u32),
) -> (Vec<Column>, Vec<Column>) {
    let mut filled: Vec<u16> = (top..=bottom)
        .flat_map(|row| grid.cells(row).map(|(column, _)| column))
        .collect();
    filled.sort_unstable();
    filled.dedup();
    let (mut known, mut open) = (Vec::new(), Vec::new());
    for index in filled {
        let mut parts: Vec<String> = (top..=bottom)
            .map(|row| grid.text(row, index))
            .filter(|text| !text.is_empty())
            .collect();
        parts.dedup();
        let mut column = column(source, vocabulary, index, &parts, &known);
        if named_column(source, index, &column.header).is_none() && ends_in_date(grid, (top, bottom), index) {
            // Words over a date name the group of columns, not this one.
            column.role = None;
        }
        if column.role.is_some() || named_column(source, index, &column.header).is_some() {
            known.push(column);
        } else {
            open.push(column);
        }
    }
    (known, open)
}

/// Whether the lowest header cell of a column is a date or a day's number.
fn ends_in_date(grid: &Grid, (top, bottom): (u32, u32), column: u16) -> bool {
    let lowest = (top..=bottom).rev().find_map(|row| grid.own(row, column));
    lowest.is_some_and(|cell| match dates::read(cell, None) {
        DateReading::Day(_)
        | DateReading::DayMonth { .. }
        | DateReading::DayOnly(_)
        | DateReading::Ambiguous { .. }
        | DateReading::Impossible(_) => true,
        DateReading::Month { .. } | DateReading::Year(_) | DateReading::None => false,
    })
}

/// What a column is: by the definition, by its words, else a field of its own name.
fn column(source: &Source, vocabulary: &Vocabulary, index: u16, parts: &[String], before: &[Column]) -> Column {
    let header = parts.join(" ");
    let named = parts
        .iter()
        .chain([&header])
        .find_map(|text| named_column(source, index, text));
    let taken = |role: &Role| before.iter().any(|column| column.role == Some(*role));
    let by_words = || {
        let texts = parts.iter().rev().chain([&header]);
        let mut meant: Vec<Role> = texts.flat_map(|text| vocabulary.header(text)).collect();
        if meant.is_empty() {
            let unnumbered = header.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
            meant.extend(
                vocabulary
                    .header(unnumbered)
                    .into_iter()
                    .filter(|role| PERSONAL.contains(role)),
            );
        }
        // A second name or phone is personal, too, and no field of the row.
        let personal = meant.first().copied().filter(|role| PERSONAL.contains(role));
        let mut free = meant.iter().copied().filter(|role| !taken(role));
        // A date in a table of people is no date of a decision.
        let of_table = free.clone().find(|role| !OF_DECISIONS.contains(role));
        of_table.or_else(|| free.next()).or(personal)
    };
    let role = named.map_or_else(by_words, Role::from_key);
    let key = match (named, role) {
        (Some(key), _) => key.to_owned(),
        (None, Some(role)) => role.key().to_owned(),
        (None, None) => vocabulary::normalise(&header),
    };
    Column {
        index,
        header,
        key,
        role,
    }
}
