//! What is doubtful about the rows of a block as a whole: years that only the project tells, rows that name nobody,
//! cells about people that give no value.

use std::collections::BTreeMap;

use super::{CellIssue, RawRow, RowDate};
use crate::ingest::dates::{self, DateReading, only_date};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::records::column_letters;
use crate::ingest::when::DateContext;
use chrono::{Datelike as _, NaiveDate};

/// Dates of sessions that have no year, and took it from the project's dates because nothing nearer tells one.
pub(super) fn years_of_project(grid: &Grid, block: &Block, context: &DateContext, rows: &[RawRow]) -> Option<Noted> {
    context.project?;
    let near: Vec<&DateReading> = context.around(&block.heading).collect();
    if context.year(&near).is_some() {
        return None;
    }
    let mut found: Option<(u32, u16, String, NaiveDate)> = None;
    let mut count = 0_usize;
    for row in rows {
        let (RowDate::Day(day), Some(column)) = (&row.session.date, row.session.date_column) else {
            continue;
        };
        let Some(cell) = grid.own(row.number, column) else {
            continue;
        };
        if !matches!(dates::read(cell, context.order), DateReading::DayMonth { .. }) {
            continue;
        }
        count += 1;
        if found.is_none() {
            found = Some((row.number, column, text_of(cell), *day));
        }
    }
    let (row, column, written, day) = found?;
    let noted = Noted::at(Kind::YearTaken, row, Some(column)).with("value", only_date(&written));
    Some(noted.with("year", day.year()).with("count", count))
}

/// Rows in which something stands for a name that says that there is none: a dash, "N/A".
pub(super) fn unnamed(rows: &[RawRow]) -> Option<Noted> {
    let nobody = |row: &&RawRow| {
        let person = &row.person;
        let who = [
            &person.full_name,
            &person.surname,
            &person.given_name,
            &person.patronymic,
            &person.code,
            &person.phone,
            &person.email,
        ];
        row.column.is_some() && row.apart.is_none() && who.iter().all(|part| part.is_none())
    };
    let mut unnamed = rows.iter().filter(nobody);
    let first = unnamed.next()?;
    let noted = Noted::at(Kind::NotAName, first.number, first.column);
    Some(match unnamed.count() {
        0 => noted,
        more => noted.with("count", more + 1),
    })
}

/// Cells of a column that are named where it is told that they gave no value.
const CELLS_TOLD: usize = 5;

/// Columns about people in which cells are filled and gave no value, each once, with the first of its cells.
pub(super) fn unread(rows: &[RawRow]) -> Vec<Noted> {
    let mut columns: BTreeMap<u16, (u32, usize, Vec<String>)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.apart.is_none()) {
        for (column, _) in row.issues.iter().filter(|(_, issue)| *issue == CellIssue::Unread) {
            let (_, count, cells) = columns.entry(*column).or_insert((row.number, 0, Vec::new()));
            *count += 1;
            if *count <= CELLS_TOLD {
                cells.push(format!("{}{}", column_letters(*column), row.number));
            }
        }
    }
    let noted = columns.into_iter().map(|(column, (row, count, cells))| {
        let noted = Noted::at(Kind::ValueUnread, row, Some(column));
        noted.with("count", count).with("cells", cells.join(", "))
    });
    noted.collect()
}
