//! Which rows of a list are contacts: what a flag, times of coming and going, or further rows of one visit say.
//!
//! A list may hold a row for everybody who was expected and say in a column who came, and an access log a row for each
//! time that somebody passed the door. Here every row gets its meaning; the assembler counts those that came. Where a
//! definition says which rows are contacts, nothing is decided here.

mod absent;
pub(crate) mod hours;
mod letters;
mod minutes;
mod presence;
mod signs;
pub(crate) mod staff;
mod titles;

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;
use ustr::Ustr;

use super::findings::Kind;
use super::grid::{Grid, ROWS_AT_ONCE, is_blank, shown};
use super::noted::Noted;
use super::reading::{DifferingTotal, Table};
use super::repeats::{self, Content};
use super::rows::{CellIssue, RawRow, RowDate, kept};
use super::table::Cell;
use super::values::number;
use super::vocabulary::{self, Role, Vocabulary};
use crate::project::model::{Layout, Source};
use signs::{Flag, Signs};

/// Whether the row of a list is a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Came {
    /// The person came, or nothing says otherwise.
    #[default]
    Yes,
    /// The row says that the person did not come.
    No,
    /// The row says that the person did not come, and another of the same day that she did.
    Contradicted,
    /// The row says something that nobody knows.
    Unclear,
    /// A further row of a visit.
    Again,
    /// The row says that the session was cancelled, or that the person did not show up.
    NotHeld,
    /// The row says that the person holds or serves the session.
    Staff,
}

/// Reads who came from the columns that say so, joins the rows of one visit, and notes what was taken for what.
pub(crate) fn settle(grid: &Grid, source: &Source, vocabulary: &Vocabulary, table: &mut Table) {
    if table.block.layout != Layout::List {
        return;
    }
    signatures(grid, table);
    hours::of_sessions(grid, source, table);
    if source.contact_when.is_some() || absent::by_heading(grid, source, vocabulary, table) {
        return;
    }
    let signs = Signs::of(grid, &table.block, source, vocabulary);
    table.noted.extend(signs.noted.iter().cloned());
    untitle(grid, &signs, table);
    if source.session.is_none() {
        titles::of_times(grid, table);
    }
    if let Some(flag) = &signs.flag {
        flagged(grid, flag, source, vocabulary, table);
        if !table.rows.is_empty() && table.rows.iter().all(|row| row.came == Came::No) {
            let noted = Noted::at(Kind::NobodyCame, table.block.header_bottom, Some(flag.column));
            table.noted.push(noted.with("rows", table.rows.len()));
        }
    } else if signs.blank_is_absent {
        timed(grid, &signs, table);
    } else if !signs.are_of_a_log() {
        without_hours(grid, vocabulary, table);
    }
    if signs.flag.is_none() {
        if !signs.are_of_a_log() {
            absent::by_signature(grid, vocabulary, table);
        }
        cancelled(grid, vocabulary, table);
    }
    let absent = table.rows.iter().any(|row| row.came == Came::No);
    let rows_are_sessions = source
        .session
        .as_ref()
        .is_some_and(|fields| fields.iter().any(|field| field == "row"));
    if !rows_are_sessions && (absent || signs.are_of_a_log()) {
        visits(&signs, table);
    }
    if signs.are_of_a_log() {
        minutes::of_rows(grid, &signs, vocabulary, table);
    }
    let came = table.rows.iter().filter(|row| row.came == Came::Yes).count();
    let sums_came = |total: &DifferingTotal| (total.written - came as f64).abs() < 0.5;
    table.differing.retain(|total| !sums_came(total));
}

/// Notes the columns for signatures that are blank where somebody is written.
fn signatures(grid: &Grid, table: &mut Table) {
    let block = &table.block;
    let columns = block
        .columns
        .iter()
        .filter(|column| column.role == Some(Role::Signature));
    for column in columns {
        let signed = |row: &&RawRow| !grid.shown(row.number, column.index).is_empty();
        let blank = table.rows.len() - table.rows.iter().filter(signed).count();
        if blank > 0 {
            let noted = Noted::at(Kind::SignaturesBlank, block.header_bottom, Some(column.index));
            table
                .noted
                .push(noted.with("blank", blank).with("rows", table.rows.len()));
        }
    }
}

/// "In" and "out" are no titles of sessions.
fn untitle(grid: &Grid, signs: &Signs, table: &mut Table) {
    let block = &table.block;
    let titles = block.column(Role::Event).or_else(|| block.column(Role::Topic));
    if signs.direction.is_none() || signs.direction != titles {
        return;
    }
    let other = block
        .column(Role::Topic)
        .filter(|column| Some(*column) != signs.direction);
    for row in &mut table.rows {
        let topic = other.map(|column| grid.shown(row.number, column));
        row.session.title = topic
            .filter(|text| !text.is_empty())
            .map(|text| Ustr::from(&text))
            .or_else(|| kept(block.heading.title.as_ref()));
    }
}

/// What the column says that tells who came.
fn flagged(grid: &Grid, flag: &Flag, source: &Source, vocabulary: &Vocabulary, table: &mut Table) {
    for row in &mut table.rows {
        let Some(cell) = grid.cell(row.number, flag.column).filter(|cell| !is_blank(cell)) else {
            row.came = if flag.blank_is_present { Came::Yes } else { Came::No };
            continue;
        };
        row.came = match flag.meaning(cell, source, vocabulary) {
            Some(true) => Came::Yes,
            Some(false) => Came::No,
            None => {
                let written = grid.text(row.number, flag.column);
                row.issues.push((flag.column, CellIssue::Mark(written)));
                Came::Unclear
            }
        };
    }
}

/// Rows whose state says that nothing took place: "cancelled", "no show". Under any other heading the words must stand
/// alone: a remark may begin with them and say something else.
fn cancelled(grid: &Grid, vocabulary: &Vocabulary, table: &mut Table) {
    let state = |role: Option<Role>| matches!(role, Some(Role::Status | Role::AttendedFlag));
    let may_be = |role: Option<Role>| state(role) || matches!(role, None | Some(Role::Category | Role::Notes));
    let columns = table.block.columns.iter().filter(|column| may_be(column.role));
    let columns: Vec<(u16, bool)> = columns.map(|column| (column.index, state(column.role))).collect();
    for row in table.rows.iter_mut().filter(|row| row.came == Came::Yes) {
        let says = |(column, state): &(u16, bool)| {
            let Some(cell @ Cell::Text(_)) = grid.cell(row.number, *column) else {
                return false;
            };
            let text = shown(cell);
            vocabulary.is_not_held(&text) || *state && vocabulary.begins_not_held(&text)
        };
        if columns.iter().any(says) {
            row.came = Came::NotHeld;
        }
    }
    for (column, _) in columns {
        unknown_states(grid, column, vocabulary, table);
    }
}

/// Where some states say that somebody came and others that nothing took place, one that nobody knows is asked about.
fn unknown_states(grid: &Grid, column: u16, vocabulary: &Vocabulary, table: &mut Table) {
    let state = |row: &RawRow| match grid.cell(row.number, column) {
        Some(cell @ Cell::Text(_)) => Some(shown(cell)).filter(|text| !text.is_empty()),
        _ => None,
    };
    let any = |says: &dyn Fn(&str) -> bool| table.rows.iter().filter_map(state).any(|text| says(&text));
    if !any(&|text| vocabulary.is_held(text)) || !any(&|text| vocabulary.is_not_held(text)) {
        return;
    }
    for row in table.rows.iter_mut().filter(|row| row.came == Came::Yes) {
        if let Some(text) = state(row).filter(|text| !vocabulary.is_held(text)) {
            row.issues.push((column, CellIssue::Mark(text.into_owned())));
            row.came = Came::Unclear;
        }
    }
}

/// Whoever has no time of coming or going, where others have one, was not there.
fn timed(grid: &Grid, signs: &Signs, table: &mut Table) {
    for row in &mut table.rows {
        let mut times = signs.times.iter();
        if times.all(|column| grid.shown(row.number, *column).is_empty()) {
            row.came = Came::No;
        }
    }
}

/// Whoever has 0 hours or minutes, where others have some, was not there.
fn without_hours(grid: &Grid, vocabulary: &Vocabulary, table: &mut Table) {
    let told = table.block.column(Role::Duration);
    let found = told.or_else(|| presence::hours(grid, vocabulary, table));
    let Some(column) = found.filter(|_| !table.block.is_of_forms()) else {
        return;
    };
    let hours = |row: &RawRow| grid.cell(row.number, column).and_then(|cell| number(&shown(cell)));
    let (mut none, mut some) = (0_usize, 0_usize);
    for hours in table.rows.iter().filter_map(hours) {
        none += usize::from(hours == 0.0);
        some += usize::from(hours > 0.0);
    }
    if none == 0 || some == 0 {
        return;
    }
    for row in table.rows.iter_mut().filter(|row| hours(row) == Some(0.0)) {
        row.came = Came::No;
    }
    let noted = Noted::at(Kind::NumbersAsMarks, table.block.header_bottom, Some(column));
    table.noted.push(noted.with("count", none + some));
}

/// Rows of one person and session: one contact, and whoever is called absent as well is present.
fn visits(signs: &Signs, table: &mut Table) {
    let rows = table.rows.par_iter().with_min_len(ROWS_AT_ONCE);
    let keys: Vec<Option<Content>> = rows.map(visit).collect();
    let mut first: HashMap<Content, usize> = HashMap::new();
    let mut joined: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, row) in table.rows.iter_mut().enumerate() {
        let Some(key) = keys[index].filter(|_| row.came == Came::Yes) else {
            continue;
        };
        let visit = *first.entry(key).or_insert(index);
        if !signs.are_of_a_log() {
            continue;
        }
        row.visit = Some(visit);
        if visit != index {
            row.came = Came::Again;
            *joined.entry(visit).or_insert(1) += 1;
        }
    }
    let mut told = HashSet::new();
    for (index, row) in table.rows.iter_mut().enumerate() {
        let visit = keys[index]
            .filter(|_| row.came == Came::No)
            .and_then(|key| first.get(&key));
        // A row without a time beside one of the same day only repeats the name.
        if signs.flag.is_some() && visit.is_some_and(|visit| told.insert(*visit)) {
            row.came = Came::Contradicted;
        }
    }
    if !joined.is_empty() {
        let rows: usize = joined.values().sum();
        let noted = Noted::at(Kind::SwipesJoined, table.block.header_bottom, None);
        table.noted.push(noted.with("rows", rows).with("visits", joined.len()));
    }
}

/// What the rows of one visit share: the session and who is written; `None` where either is not known.
fn visit(row: &RawRow) -> Option<Content> {
    let RowDate::Day(day) = row.session.date else {
        return None;
    };
    if row.form.is_some() {
        return None;
    }
    let person = &row.person;
    let who = [
        &person.full_name,
        &person.surname,
        &person.given_name,
        &person.patronymic,
        &person.code,
    ];
    if who.iter().all(|part| part.is_none()) {
        return None;
    }
    let session = &row.session;
    let more = [
        &session.title,
        &session.group,
        &session.site,
        &session.facilitator,
        &session.number,
        &person.phone,
        &person.email,
    ];
    let words = who.into_iter().chain(more);
    let mut key: Vec<String> = words
        .map(|text| text.as_deref().map(vocabulary::normalise).unwrap_or_default())
        .collect();
    key.push(format!("{day} {:?} {:?} {:?}", person.birth, person.age, person.sex));
    Some(repeats::content(&key))
}

#[cfg(test)]
mod tests;
