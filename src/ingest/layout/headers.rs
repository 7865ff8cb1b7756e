//! Which rows of a sheet are headings: by their words, by a run of days over marks, or because a definition says so.

use rayon::prelude::*;

use super::headings::{self, Headings, Looks, Met};
use super::{COUNTS, NAME_PARTS, PERSON, Purpose, columns, shape};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{Grid, ROWS_AT_ONCE, text_of};
use crate::ingest::table::{Cell, SheetRow};
use crate::ingest::vocabulary::{Role, Vocabulary};
use crate::project::model::Source;

/// Rows below a header row that may still belong to the header.
const DEEPEST_HEADER: u32 = 2;

/// Headings of what every row of a log of events has.
const EVENTS: &[Role] = &[Role::SessionDate, Role::Event, Role::Topic];

/// The rows of a table's headings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) top: u32,
    pub(super) bottom: u32,
}

/// Header rows in order.
pub(super) fn header_rows(purpose: Purpose, grid: &Grid, source: &Source, vocabulary: &Vocabulary) -> Vec<Header> {
    let headings = Headings::new(source, vocabulary);
    let rows = grid.rows();
    let looks: Vec<Looks> = rows
        .par_iter()
        .enumerate()
        .with_min_len(ROWS_AT_ONCE)
        .map_init(Met::default, |met, (index, row)| {
            let allowed = source.header_row.is_none_or(|wanted| row.number >= wanted);
            let before = index.checked_sub(1).map(|before| rows[before]);
            if allowed {
                headings.are_in(grid, headings::Row { row, before }, met)
            } else {
                Looks::default()
            }
        })
        .collect();
    let mut found: Vec<Header> = Vec::new();
    for (index, (row, look)) in rows.iter().zip(&looks).enumerate() {
        let inside = found.last().is_some_and(|header| row.number <= header.bottom);
        // Under one row of headings a name that is a letter away from a heading is a name.
        let spelt = !found.is_empty() || purpose == Purpose::People;
        let worded = if spelt { look.spelt } else { look.loosely };
        if inside || !(worded || look.names.is_some() || source.header_row == Some(row.number)) {
            continue;
        }
        // Grades and hours of a row under headings may rise like days of a month.
        let bare = !worded && !found.is_empty() && source.header_row != Some(row.number);
        if bare && !shape::axis(grid, row.number).certain {
            continue;
        }
        let mut header = Header {
            top: row.number,
            bottom: row.number,
        };
        // Days first, and under them the row that says what the columns beside them are.
        let next = rows.get(index + 1).filter(|next| next.number == row.number + 1);
        let names_people = |next: &SheetRow| {
            let heading = look.names.map(|column| grid.shown(next.number, column));
            let roles = heading.map(|heading| vocabulary.header(&heading));
            roles.is_some_and(|roles| roles.iter().any(|role| PERSON.contains(role)))
        };
        let describes = next.is_some_and(|next| looks[index + 1].spelt || names_people(next));
        header.bottom += u32::from(!worded && describes);
        let names = look.names.filter(|_| !worded);
        header.bottom = header_end(grid, header.bottom, names, vocabulary);
        header.top = header_start(grid, header, found.last(), names, vocabulary);
        found.push(header);
    }
    found
}

/// The first header row: a row of days or months right above the headings belongs to them, where nobody is named in it.
fn header_start(
    grid: &Grid,
    header: Header,
    before: Option<&Header>,
    names: Option<u16>,
    vocabulary: &Vocabulary,
) -> u32 {
    let above = header.top.saturating_sub(1);
    let first = grid.cells(above).next().map(|(column, _)| column);
    let taken = before.is_some_and(|before| before.bottom >= above);
    let Some(first) = first.filter(|_| !taken) else {
        return header.top;
    };
    let axis = shape::axis(grid, above);
    let beside = shape::axis(grid, header.top).columns;
    let over_days = || {
        let month = |(column, cell): (u16, &Cell)| {
            column >= beside[0] && matches!(dates::read(cell, None), DateReading::Month { .. })
        };
        first < beside[0] && grid.cells(above).any(month)
    };
    let days = axis.certain && axis.columns.len() > 1 && axis.columns[0] == first && first > 0;
    let marked = || shape::marks_under(grid, header.top, &axis.columns, vocabulary) == Some(true);
    // Numbers of the columns stand under headings, and so do the marks of somebody: headings stand below days alone.
    let has_headings = || {
        let mut cells = grid.cells(header.top);
        cells.any(|(_, cell)| !vocabulary.header(&text_of(cell)).is_empty())
    };
    let beside_days = !beside.is_empty() && names.is_some();
    if (days && beside.is_empty() && has_headings() && marked()) || (beside_days && over_days()) {
        above
    } else {
        header.top
    }
}

/// The last header row: rows below the first that hold dates or words where people would stand blank.
fn header_end(grid: &Grid, top: u32, names: Option<u16>, vocabulary: &Vocabulary) -> u32 {
    let roles = |cell: &Cell| vocabulary.header(&text_of(cell));
    let first = |cell: &Cell, among: &[Role]| roles(cell).first().is_some_and(|role| among.contains(role));
    // "Participants" beside days and events counts those whom it would name in a list.
    let of_events = grid.cells(top).any(|(_, cell)| first(cell, EVENTS));
    let headed = grid.cells(top).filter(|(_, cell)| {
        let people = roles(cell)
            .iter()
            .any(|role| PERSON.contains(role) || *role == Role::RowNo);
        people && !(of_events && first(cell, COUNTS))
    });
    let mut person: Vec<u16> = headed.map(|(column, _)| column).chain(names).collect();
    if person.is_empty() {
        // In a log of events nobody is named, and its days and events are what every row has.
        let described = grid.cells(top).filter(|(_, cell)| first(cell, EVENTS));
        person.extend(described.map(|(column, _)| column));
    }
    let mut bottom = top;
    for row in top + 1..=top + DEEPEST_HEADER {
        let under_person = person.iter().any(|column| grid.own(row, *column).is_some())
            && !names_in_parts(grid, (top, row), &person, vocabulary);
        let filled = grid.cells(row).count();
        if person.is_empty() || under_person || filled == 0 || !goes_on(grid, top, row, vocabulary) {
            break;
        }
        bottom = row;
    }
    bottom
}

/// Whether a row under a heading of names says what stands where: surnames, given names, patronymics.
///
/// Nobody is called by two such words, and whoever stands in the first row of people has a number or nothing beside it.
fn names_in_parts(grid: &Grid, (top, row): (u32, u32), person: &[u16], vocabulary: &Vocabulary) -> bool {
    let part = |column: u16| {
        let own = grid.own(row, column).map(text_of)?;
        let above = columns::above(grid, top, column);
        let said = [vocabulary.header(&own), columns::from_below(&own, &above, vocabulary)];
        let mut said = said.into_iter().filter(|_| !own.is_empty()).flatten();
        said.find(|role| NAME_PARTS.contains(role))
    };
    let mut parts: Vec<Role> = grid.cells(row).filter_map(|(column, _)| part(column)).collect();
    parts.sort_unstable();
    parts.dedup();
    let headed = |column: &u16| grid.own(row, *column).is_none() || part(*column).is_some();
    parts.len() > 1 && person.iter().all(headed)
}

/// Whether a row under the first header row adds to it, rather than being data of somebody without a name: half of it
/// stands where that one is blank, is headings, or tells days where that one tells none.
fn goes_on(grid: &Grid, top: u32, row: u32, vocabulary: &Vocabulary) -> bool {
    let adds = |(column, cell): &(u16, &Cell)| match grid.own(top, *column) {
        None => true,
        Some(above) => {
            let text = text_of(cell);
            let day = || shape::tells_day(cell) || vocabulary.weekday(&text).is_some();
            vocabulary.is_spelt_header(&text) || (vocabulary.header(&text_of(above)).is_empty() && day())
        }
    };
    grid.cells(row).filter(adds).count() * 2 >= grid.cells(row).count()
}
