//! A small drawing of a sheet: one sign for each cell, some rows and columns of each kind.

use std::collections::BTreeSet;

use super::page::TELLING;
use crate::ingest::layout::PERSON;
use crate::ingest::marks::Mark;
use crate::ingest::reading::{SheetPart, Table};
use crate::ingest::records::{Reason, column_letters};
use crate::ingest::table::{Cell, Sheet};
use crate::ingest::vocabulary::Role;

/// Columns drawn at the left where not all have room.
const LEFT: usize = 12;
/// Columns drawn at the right where not all have room.
const RIGHT: usize = 8;
/// Rows drawn of each kind that stands together, before the last one.
const FIRST_ROWS: usize = 2;
/// Rows drawn in all.
const MOST_ROWS: usize = 24;

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// Title above a table.
    Title,
    /// Heading.
    Heading,
    /// Day of a session.
    Day,
    /// Who the person is.
    Person,
    /// More about the row.
    Info,
    /// Came.
    Came,
    /// Did not come.
    Absent,
    /// A mark of another meaning.
    Other,
    /// A mark that is not understood.
    Unknown,
    /// Somebody's sum.
    Sum,
    /// Left out.
    Out,
    /// Nothing.
    Blank,
}

impl Sign {
    /// The sign drawn.
    pub(super) fn drawn(self) -> char {
        match self {
            Sign::Title => 'T',
            Sign::Heading => 'H',
            Sign::Day => 'D',
            Sign::Person => 'p',
            Sign::Info => 'i',
            Sign::Came => 'x',
            Sign::Absent => '·',
            Sign::Other => 'o',
            Sign::Unknown => '?',
            Sign::Sum => 'Σ',
            Sign::Out => '–',
            Sign::Blank => ' ',
        }
    }

    /// Key of the label that explains it.
    pub(super) fn label(self) -> Option<&'static str> {
        Some(match self {
            Sign::Title => "inspect.key_T",
            Sign::Heading => "inspect.key_H",
            Sign::Day => "inspect.key_D",
            Sign::Person => "inspect.key_p",
            Sign::Info => "inspect.key_i",
            Sign::Came => "inspect.key_x",
            Sign::Absent => "inspect.key_absent",
            Sign::Other => "inspect.key_o",
            Sign::Unknown => "inspect.key_question",
            Sign::Sum => "inspect.key_sum",
            Sign::Out => "inspect.key_out",
            Sign::Blank => return None,
        })
    }
}

/// The lines of a drawing, and the signs that stand in it.
pub(super) struct Drawing {
    pub(super) lines: Vec<String>,
    pub(super) signs: BTreeSet<Sign>,
}

/// Draws a sheet.
pub(super) fn draw(sheet: &Sheet, part: &SheetPart, tables: &[Table]) -> Drawing {
    let view = View { sheet, part, tables };
    let rows = view.rows_drawn();
    let columns = columns_drawn(view.columns(&rows));
    let width = columns
        .iter()
        .flatten()
        .map(|column| column_letters(*column).len())
        .max();
    let width = width.unwrap_or(1) + 1;
    let gutter = rows
        .iter()
        .flatten()
        .map(|row| row.to_string().len())
        .max()
        .unwrap_or(1);
    let mut signs = BTreeSet::new();
    let mut lines = Vec::new();
    let heads = columns
        .iter()
        .map(|column| column.map_or("…".to_owned(), column_letters));
    lines.push(line("", gutter, heads, width));
    for row in rows {
        let Some(row) = row else {
            lines.push(line("…", gutter, std::iter::empty(), width));
            continue;
        };
        let cells = columns.iter().map(|column| match column {
            Some(column) => {
                let sign = view.sign(row, *column);
                signs.insert(sign);
                sign.drawn().to_string()
            }
            None => "…".to_owned(),
        });
        let cells: Vec<String> = cells.collect();
        lines.push(line(&row.to_string(), gutter, cells.into_iter(), width));
    }
    Drawing { lines, signs }
}

fn line(name: &str, gutter: usize, cells: impl Iterator<Item = String>, width: usize) -> String {
    let cells: Vec<String> = cells.map(|cell| format!("{cell:>width$}")).collect();
    format!("{name:>gutter$} {}", cells.concat()).trim_end().to_owned()
}

/// The columns that have room; `None` stands for those left out.
fn columns_drawn(count: u16) -> Vec<Option<u16>> {
    let all: Vec<Option<u16>> = (0..count).map(Some).collect();
    if all.len() <= LEFT + RIGHT + 1 {
        return all;
    }
    let right = &all[all.len() - RIGHT..];
    [&all[..LEFT], &[None], right].concat()
}

/// What a row is, as far as it decides which rows are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Heading(usize),
    Data(usize),
    Aside(Reason),
    Nothing,
}

struct View<'a> {
    sheet: &'a Sheet,
    part: &'a SheetPart,
    tables: &'a [Table],
}

impl View<'_> {
    fn aside(&self, row: u32) -> Option<Reason> {
        let found = self.part.aside.binary_search_by_key(&row, |(at, _)| *at).ok()?;
        Some(self.part.aside[found].1)
    }

    fn kind(&self, row: u32) -> RowKind {
        for (at, table) in self.tables.iter().enumerate() {
            let block = &table.block;
            if (block.header_top..=block.header_bottom).contains(&row) {
                return RowKind::Heading(at);
            }
            if table.rows.binary_search_by_key(&row, |row| row.number).is_ok() {
                return RowKind::Data(at);
            }
        }
        self.aside(row).map_or(RowKind::Nothing, RowKind::Aside)
    }

    /// The first rows of each kind that stands together and its last one; `None` stands for those left out.
    fn rows_drawn(&self) -> Vec<Option<u32>> {
        let rows: Vec<(u32, RowKind)> = self
            .sheet
            .rows
            .iter()
            .map(|row| (row.number, self.kind(row.number)))
            .filter(|(_, kind)| *kind != RowKind::Nothing)
            .collect();
        let mut drawn = Vec::new();
        for run in rows.chunk_by(|a, b| a.1 == b.1) {
            if drawn.len() >= MOST_ROWS {
                drawn.push(None);
                break;
            }
            let numbers: Vec<Option<u32>> = run.iter().map(|(row, _)| Some(*row)).collect();
            if numbers.len() <= FIRST_ROWS + 2 {
                drawn.extend(numbers);
            } else {
                drawn.extend(&numbers[..FIRST_ROWS]);
                drawn.extend([None, numbers[numbers.len() - 1]]);
            }
        }
        drawn
    }

    /// How many columns the drawn rows and the tables reach over.
    fn columns(&self, rows: &[Option<u32>]) -> u16 {
        let of_tables = self.tables.iter().flat_map(|table| {
            let sessions = table.block.sessions.iter().map(|session| session.column);
            table.block.columns.iter().map(|column| column.index).chain(sessions)
        });
        let drawn = self.sheet.rows.iter().filter(|row| rows.contains(&Some(row.number)));
        let of_rows = drawn.filter_map(|row| {
            let mut filled = row.cells.iter().rev().filter(|(_, cell)| is_filled(cell));
            filled.next().map(|(column, _)| *column)
        });
        of_tables.chain(of_rows).max().map_or(0, |last| last.saturating_add(1))
    }

    fn sign(&self, row: u32, column: u16) -> Sign {
        let found = self.sheet.rows.binary_search_by_key(&row, |row| row.number).ok();
        let cell = found.and_then(|at| self.sheet.rows[at].get(column));
        let filled = cell.is_some_and(is_filled);
        if filled && self.sheet.hidden_columns.binary_search(&column).is_ok() {
            return Sign::Out;
        }
        let mut turned = self.tables.iter().filter(|table| table.turned.is_some());
        if let Some(sign) = turned.find_map(|table| of_turned(table, row, column, filled)) {
            return sign;
        }
        match self.kind(row) {
            RowKind::Data(_) => {
                let mut tables = self.tables.iter().filter_map(|table| {
                    let at = table.rows.binary_search_by_key(&row, |row| row.number).ok()?;
                    of_data(table, at, column, filled)
                });
                tables.next().unwrap_or(if filled { Sign::Out } else { Sign::Blank })
            }
            RowKind::Heading(_) => {
                let session = |table: &Table| table.block.sessions.iter().any(|session| session.column == column);
                match (filled, self.tables.iter().any(session)) {
                    (false, _) => Sign::Blank,
                    (true, true) => Sign::Day,
                    (true, false) => Sign::Heading,
                }
            }
            _ if !filled => Sign::Blank,
            RowKind::Aside(Reason::Title) => Sign::Title,
            RowKind::Aside(Reason::Header) => Sign::Heading,
            RowKind::Aside(Reason::Totals) => Sign::Sum,
            RowKind::Aside(_) | RowKind::Nothing => Sign::Out,
        }
    }
}

/// What a cell of a table that lies on its side is; `None` where it is no part of the table.
fn of_turned(table: &Table, row: u32, column: u16, filled: bool) -> Option<Sign> {
    let (line, Some(across)) = table.as_read(row, Some(column)) else {
        return None;
    };
    let block = &table.block;
    if let Ok(at) = table.rows.binary_search_by_key(&line, |row| row.number) {
        return of_data(table, at, across, filled);
    }
    if !(block.header_top..=block.header_bottom).contains(&line) {
        return None;
    }
    let session = block.sessions.iter().any(|session| session.column == across);
    let heading = block.columns.iter().any(|known| known.index == across);
    match (filled, session, heading) {
        (true, true, _) => Some(Sign::Day),
        (true, false, true) => Some(Sign::Heading),
        _ => None,
    }
}

/// What a cell of a row of data is; `None` where the column belongs to another table.
fn of_data(table: &Table, row: usize, column: u16, filled: bool) -> Option<Sign> {
    let block = &table.block;
    if let Some(session) = block.sessions.iter().position(|session| session.column == column) {
        let marks = &table.rows[row].marks;
        let mark = marks.iter().find(|(at, _)| *at == session).map(|(_, mark)| mark);
        return Some(match mark {
            Some(Mark::Present) => Sign::Came,
            Some(Mark::Absent) => Sign::Absent,
            Some(Mark::Excused | Mark::NoSession) => Sign::Other,
            Some(Mark::Unknown(_)) => Sign::Unknown,
            Some(Mark::Blank) | None => Sign::Blank,
        });
    }
    let known = block.columns.iter().find(|known| known.index == column);
    let role = known?.role;
    Some(match role {
        _ if !filled => Sign::Blank,
        Some(Role::DerivedTotal) => Sign::Sum,
        Some(role) if PERSON.contains(&role) || (TELLING.contains(&role) && !block.has(PERSON)) => Sign::Person,
        Some(_) | None => Sign::Info,
    })
}

fn is_filled(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => !text.trim().is_empty(),
        Cell::Error(_) | Cell::Number(_) | Cell::DateTime { .. } | Cell::Bool(_) | Cell::FormulaWithoutResult(_) => {
            true
        }
    }
}
