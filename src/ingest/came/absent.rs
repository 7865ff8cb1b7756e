//! Who did not come by a column headed "Absent", or by a word among the signatures.

use super::signs::meaning;
use crate::ingest::came::Came;
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, is_blank, shown};
use crate::ingest::marks::is_of;
use crate::ingest::noted::Noted;
use crate::ingest::reading::Table;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{MarkMeaning, Role, Vocabulary};
use crate::project::model::Source;

/// Letters of the shortest heading that says so.
const SHORTEST: usize = 4;
/// Share of the filled cells that must be marks.
const MOSTLY: f64 = 0.8;

/// Under a heading that means absence a mark says that somebody did not come; whether there is such a column.
pub(super) fn by_heading(grid: &Grid, source: &Source, vocabulary: &Vocabulary, table: &mut Table) -> bool {
    let means_absence = |header: &str| {
        let long = header.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST;
        long && vocabulary.mark(header) == Some(MarkMeaning::Absent)
    };
    let may_say = |role: Option<Role>| role.is_none_or(|role| matches!(role, Role::AttendedFlag | Role::DerivedTotal));
    let mut columns = table.block.columns.iter();
    let Some(column) = columns.find(|column| may_say(column.role) && means_absence(&column.header)) else {
        return false;
    };
    let index = column.index;
    let said = |row: u32| {
        let cell = grid.cell(row, index).filter(|cell| !is_blank(cell))?;
        Some(meaning(cell, source, vocabulary))
    };
    let filled: Vec<Option<bool>> = table.rows.iter().filter_map(|row| said(row.number)).collect();
    let marks = filled.iter().filter(|said| said.is_some()).count();
    if filled.is_empty() || (marks as f64) < MOSTLY * filled.len() as f64 {
        return false;
    }
    let blank = table.rows.len() - filled.len();
    for row in &mut table.rows {
        row.came = match said(row.number) {
            Some(Some(true)) => Came::No,
            Some(None) => Came::Unclear,
            Some(Some(false)) | None => Came::Yes,
        };
    }
    if blank > 0 {
        let noted = Noted::at(Kind::BlankTaken, table.block.header_bottom, Some(index));
        table.noted.push(noted.with("meaning", "present").with("count", blank));
    }
    true
}

/// Where some signed and others have a word or sign of absence in place of a signature, those did not come. That is
/// said.
pub(super) fn by_signature(grid: &Grid, vocabulary: &Vocabulary, table: &mut Table) {
    let Some(column) = table.block.column(Role::Signature) else {
        return;
    };
    let absent = |row: u32| {
        let cell = grid.cell(row, column).filter(|cell| !is_blank(cell))?;
        let word = matches!(cell, Cell::Text(_))
            .then(|| vocabulary.mark(&shown(cell)))
            .flatten();
        Some(word == Some(MarkMeaning::Absent))
    };
    let names = [Role::FullName, Role::Surname, Role::GivenName];
    let names: Vec<u16> = names.iter().filter_map(|role| table.block.column(*role)).collect();
    // "NB" is how Nino Beridze signs, and how others write that somebody was not there.
    let own = |row: u32| {
        let name: Vec<String> = names.iter().map(|column| grid.text(row, *column)).collect();
        grid.cell(row, column)
            .is_some_and(|cell| is_of(&name.join(" "), &shown(cell)))
    };
    let absent = |row: u32| absent(row).map(|absent| absent && !own(row));
    let said: Vec<Option<bool>> = table.rows.iter().map(|row| absent(row.number)).collect();
    let count = said.iter().filter(|said| **said == Some(true)).count();
    if count == 0 || !said.contains(&Some(false)) {
        return;
    }
    for (row, said) in table.rows.iter_mut().zip(said) {
        if said == Some(true) {
            row.came = Came::No;
        }
    }
    let noted = Noted::at(Kind::SignatureAbsent, table.block.header_bottom, Some(column));
    table
        .noted
        .push(noted.with("count", count).with("rows", table.rows.len()));
}
