//! Head-counts under headings that say whom they count, and not that they count: the new and those who came before, the
//! displaced and the hosts, or just "people". Only in a table of days that names nobody and counts nobody otherwise.

use super::columns::named;
use super::counted::{holds_heads, take};
use super::{Block, COUNTS, Column, PERSON};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::noted::Noted;
use crate::ingest::values;
use crate::ingest::vocabulary::{self, Role, Vocabulary};
use crate::project::model::Source;

/// Rows from which numbers that rise by one are those of the rows.
const FEWEST_RUNNING: usize = 3;

/// Takes the columns that count people by their words for heads.
pub(super) fn counts(grid: &Grid, block: &mut Block, end: u32, (source, vocabulary): (&Source, &Vocabulary)) {
    if block.has(PERSON) || block.has(COUNTS) || block.day_role().is_none() || block.is_of_forms() {
        return;
    }
    let rows = (block.header_bottom, end);
    let open: Vec<&Column> = block
        .columns
        .iter()
        .filter(|column| is_open(column, vocabulary) && !numbers_rows(grid, block, rows, column))
        .filter(|column| named(source, column.index, &column.header).is_none())
        .filter(|column| holds_heads(grid, rows, column.index))
        .collect();
    let under = |heads: &dyn Fn(&str) -> bool| -> Vec<u16> {
        let columns = open.iter().filter(|column| heads(&column.header));
        columns.map(|column| column.index).collect()
    };
    if block.has(&[Role::DerivedTotal]) {
        let beside =
            under(&|heading| counts_some(heading, vocabulary)).len() + of_role(&open, Role::ChildrenCount).len();
        let total = totals(grid, block, rows, vocabulary);
        if let Some(total) = total.filter(|_| beside > 0) {
            take(block, total, Role::CountTotal);
        }
        return;
    }
    let people = under(&|heading| vocabulary.heads_people(heading));
    if let [people] = people[..] {
        if !are_running(grid, rows, people) {
            take(block, people, Role::CountTotal);
        }
        return;
    }
    // All are either new or not: where they were from says less surely that nobody else came.
    let newness = under(&|heading| vocabulary.counts_by_newness(heading));
    let residence = under(&|heading| vocabulary.counts_by_residence(heading));
    let remoteness = under(&|heading| vocabulary.counts_by_remoteness(heading));
    let adults = under(&|heading| vocabulary.counts_adults(heading));
    let children: Vec<u16> = of_role(&open, Role::ChildrenCount);
    let by_age = if adults.is_empty() || children.is_empty() {
        Vec::new()
    } else {
        children.iter().chain(&adults).copied().collect()
    };
    let all = [newness, residence, remoteness, by_age];
    let Some(parts) = all.into_iter().find(|parts| parts.len() > 1) else {
        let numbers: Vec<u16> = open.iter().map(|column| column.index).collect();
        lone_number(block, &numbers, vocabulary);
        return;
    };
    take_parts(block, &parts, &children);
}

/// Takes columns for the parts of a head-count, each under its own heading.
fn take_parts(block: &mut Block, parts: &[u16], children: &[u16]) {
    for part in parts {
        let role = if children.contains(part) {
            Role::CountChildren
        } else {
            Role::CountOther
        };
        if let Some(column) = block.columns.iter_mut().find(|column| column.index == *part) {
            column.key = vocabulary::normalise(&column.header);
        }
        take(block, *part, role);
    }
}

/// Whether a heading counts people of some sort.
fn counts_some(heading: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.counts_by_newness(heading)
        || vocabulary.counts_by_residence(heading)
        || vocabulary.counts_by_remoteness(heading)
        || vocabulary.counts_adults(heading)
}

/// The one column of numbers under a word for totals: beside people of some sort it is all of them.
fn totals(grid: &Grid, block: &Block, rows: (u32, u32), vocabulary: &Vocabulary) -> Option<u16> {
    let mut totals = block
        .columns
        .iter()
        .filter(|column| column.role == Some(Role::DerivedTotal));
    let total = totals.next().filter(|_| totals.next().is_none())?;
    let heads = vocabulary.is_totals(&total.header) && holds_heads(grid, rows, total.index);
    heads.then_some(total.index)
}

/// Beside a day and an event the only numbers, headed as a number of nobody knows what, are most likely heads: that is
/// a question.
fn lone_number(block: &mut Block, numbers: &[u16], vocabulary: &Vocabulary) {
    let ([number], true) = (numbers, block.has(&[Role::Event, Role::Topic])) else {
        return;
    };
    let bottom = block.header_bottom;
    let free = |column: &&mut Column| matches!(column.role, None | Some(Role::RowNo | Role::EventNumber));
    let mut columns = block.columns.iter_mut().filter(free);
    let column = columns.find(|column| column.index == *number && vocabulary.heads_number(&column.header));
    let Some(column) = column else { return };
    column.role = Some(Role::CountTotal);
    Role::CountTotal.key().clone_into(&mut column.key);
    column.by_content = true;
    let meanings = format!("{}, {}", Role::CountTotal.key(), Role::Amount.key());
    let noted = Noted::at(Kind::HeadingUnclear, bottom, Some(*number));
    let noted = noted.with("heading", &column.header).with("meanings", meanings);
    block.noted.push(noted.with("taken", Role::CountTotal.key()));
}

fn of_role(columns: &[&Column], role: Role) -> Vec<u16> {
    let columns = columns.iter().filter(|column| column.role == Some(role));
    columns.map(|column| column.index).collect()
}

/// Whether words alone do not say surely what a column holds.
fn is_open(column: &Column, vocabulary: &Vocabulary) -> bool {
    let unsure = [
        Role::NewOrRepeat,
        Role::Idp,
        Role::Category,
        Role::ChildrenCount,
        Role::Mode,
    ];
    // "Number" may be that of the row, or of people.
    let number =
        |role: Role| matches!(role, Role::RowNo | Role::EventNumber) && vocabulary.heads_number(&column.header);
    column.role.is_none_or(|role| unsure.contains(&role) || number(role))
}

/// Whether the numbers of a column are those of its rows: it stands before all others, or they rise from one.
fn numbers_rows(grid: &Grid, block: &Block, rows: (u32, u32), column: &Column) -> bool {
    let first = grid.rows_between(rows.0.saturating_add(1), rows.1).first();
    let first = first.and_then(|row| grid.own(row.number, column.index)).map(text_of);
    let leads = block.columns.iter().all(|other| other.index >= column.index);
    let of_rows = matches!(column.role, Some(Role::RowNo | Role::EventNumber));
    of_rows && (leads || first.as_deref() == Some("1") && are_running(grid, rows, column.index))
}

/// Whether the numbers of a column rise by one from row to row.
fn are_running(grid: &Grid, (bottom, end): (u32, u32), column: u16) -> bool {
    let rows = grid.rows_between(bottom.saturating_add(1), end).iter();
    let cells = rows.filter_map(|row| grid.own(row.number, column));
    let numbers: Vec<f64> = cells.filter_map(|cell| values::number(&text_of(cell))).collect();
    numbers.len() >= FEWEST_RUNNING && numbers.windows(2).all(|two| (two[1] - two[0] - 1.0).abs() < 0.5)
}
