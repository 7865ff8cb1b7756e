//! Hours that tell the sessions of one day apart: those at which sessions begin, not those at which people came.
//!
//! Several rows share the hour of a session, and the hours of a day lie apart; people come one by one, within minutes
//! of each other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, Timelike as _};
use ustr::Ustr;

use super::signs::{is_time_of_day, minutes_of_day};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{Grid, is_blank, text_of};
use crate::ingest::layout::Column;
use crate::ingest::reading::Table;
use crate::ingest::rows::{RawRow, RowDate};
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{self, Role};
use crate::project::model::Source;

/// Name of the field under which a definition lists hours among what tells sessions apart.
const FIELD: &str = "time";
/// Most words in place of an hour: "first half of the day".
const MOST_WORDS: usize = 5;
/// Minutes that lie at least between two sessions of one group.
const BETWEEN: u32 = 30;
/// Different hours of a day per row from which each row has one of its own.
const OF_ROWS: f64 = 0.8;

/// When a row says that its session was held.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Hour {
    /// Minutes since midnight, where a clock tells it.
    minutes: Option<u32>,
    /// The hour at which it begins, or the words for it.
    said: String,
}

/// All that tells the session of a row, its hour apart.
type Otherwise = (NaiveDate, [Option<Ustr>; 5]);

/// Notes the hours that tell sessions apart; a row without one is of the only session that its day has.
pub(super) fn of_sessions(grid: &Grid, source: &Source, table: &mut Table) {
    let wanted = source
        .session
        .as_ref()
        .map(|fields| fields.iter().any(|field| field == FIELD));
    if table.block.is_of_forms() || wanted == Some(false) {
        return;
    }
    let Some(column) = column(grid, table) else {
        return;
    };
    let hours: Vec<Option<Hour>> = table
        .rows
        .iter()
        .map(|row| hour(grid.cell(row.number, column)?))
        .collect();
    let days = by_day(&table.rows, &hours);
    if wanted.is_none() && !are_of_sessions(&days) {
        table.single_hours = are_of_rows(&days);
        return;
    }
    for (row, hour) in table.rows.iter_mut().zip(hours) {
        let only = || {
            let (_, hours) = days.get(&otherwise(row)?)?;
            hours.first().filter(|_| hours.len() == 1).cloned()
        };
        row.session.time = hour.or_else(only).map(|hour| Ustr::from(&hour.said));
    }
}

/// The column of hours: that of times, else the only one under a heading that nobody knows which holds times of a day
/// and nothing else.
fn column(grid: &Grid, table: &Table) -> Option<u16> {
    let timed = |column: &&Column| {
        let mut cells = table.rows.iter().filter_map(|row| grid.cell(row.number, column.index));
        column.role.is_none() && cells.all(tells_hour)
    };
    let mut unheaded = table.block.columns.iter().filter(timed).map(|column| column.index);
    let only = || unheaded.next().filter(|_| unheaded.next().is_none());
    table.block.column(Role::SessionTime).or_else(only)
}

/// Whether a cell holds a time of day, or a span of them.
fn tells_hour(cell: &Cell) -> bool {
    is_blank(cell)
        || is_time_of_day(cell)
        || matches!(cell, Cell::Text(text) if text.contains(':') && clock(text).is_some())
}

fn otherwise(row: &RawRow) -> Option<Otherwise> {
    let RowDate::Day(day) = row.session.date else {
        return None;
    };
    let said = &row.session;
    Some((day, [said.title, said.group, said.site, said.facilitator, said.number]))
}

/// The rows of each day and what else tells sessions apart, and their different hours.
fn by_day(rows: &[RawRow], hours: &[Option<Hour>]) -> BTreeMap<Otherwise, (usize, BTreeSet<Hour>)> {
    let mut days: BTreeMap<Otherwise, (usize, BTreeSet<Hour>)> = BTreeMap::new();
    for (row, hour) in rows.iter().zip(hours) {
        if let (Some(otherwise), Some(hour)) = (otherwise(row), hour) {
            let (rows, hours) = days.entry(otherwise).or_default();
            *rows += 1;
            hours.insert(hour.clone());
        }
    }
    days
}

/// Whether hours are those of sessions: on days with several, each is that of two rows or more, on the whole, and they
/// lie apart.
fn are_of_sessions(days: &BTreeMap<Otherwise, (usize, BTreeSet<Hour>)>) -> bool {
    let several = || days.values().filter(|(_, hours)| hours.len() > 1);
    let (rows, different) = several().fold((0, 0), |(rows, different), (more, hours)| {
        (rows + more, different + hours.len())
    });
    let apart = |hours: &BTreeSet<Hour>| {
        let clock: Vec<u32> = hours.iter().filter_map(|hour| hour.minutes).collect();
        clock.windows(2).all(|two| two[1] - two[0] >= BETWEEN)
    };
    rows > 0 && different * 2 <= rows && several().all(|(_, hours)| apart(hours))
}

/// Whether rows of a day hardly ever share an hour.
fn are_of_rows(days: &BTreeMap<Otherwise, (usize, BTreeSet<Hour>)>) -> bool {
    let several = || days.values().filter(|(rows, _)| *rows > 1);
    let (rows, different) = several().fold((0, 0), |(rows, different), (more, hours)| {
        (rows + more, different + hours.len())
    });
    rows > 0 && different as f64 >= OF_ROWS * rows as f64
}

fn hour(cell: &Cell) -> Option<Hour> {
    let minutes = match cell {
        Cell::DateTime { at, .. } => Some(at.num_seconds_from_midnight() / 60),
        Cell::Text(text) => clock(text),
        Cell::Number(_) | Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => None,
    };
    let said = match minutes {
        Some(minutes) => of_clock(minutes),
        None => vocabulary::normalise(&text_of(cell)),
    };
    (!said.is_empty()).then_some(Hour { minutes, said })
}

/// The hour, or the words for it, that a line above a table gives for its session.
pub(crate) fn begins(text: &str) -> Option<String> {
    let days = dates::find_in_text(text);
    let dated = days.iter().any(|reading| matches!(reading, DateReading::Day(_)));
    let minutes = first_clock(text).or_else(|| clock(text).filter(|_| !dated));
    if minutes.is_some() || !days.is_empty() {
        return minutes.map(of_clock);
    }
    let words = vocabulary::normalise(text);
    let short = words.split_whitespace().count() <= MOST_WORDS && words.chars().any(char::is_alphanumeric);
    short.then_some(words)
}

/// The hour beside a day: "02.03.2026, 10:00"; midnight is what a spreadsheet adds to a day without one.
pub(crate) fn beside_day(text: &str) -> Option<String> {
    first_clock(text).filter(|minutes| *minutes > 0).map(of_clock)
}

/// The first time of a text that is written with a colon.
fn first_clock(text: &str) -> Option<u32> {
    let spaced = text.replace(['-', '–', '—', ',', ';', '(', ')'], " ");
    spaced
        .split_whitespace()
        .filter(|part| part.contains(':'))
        .find_map(clock)
}

fn of_clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The minutes at which a time or a span of times begins: "10:00-11:30", "10.00", "9h30", "2:15 pm".
fn clock(text: &str) -> Option<u32> {
    let first = text.split(['-', '–', '—']).next().unwrap_or_default().trim();
    let minutes = minutes_of_day(first).or_else(|| minutes_of_day(&first.replace(['.', 'h', 'H'], ":")))?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time of day has fewer than 1440 minutes"
    )]
    let whole = minutes.clamp(0.0, 1440.0) as u32;
    Some(whole)
}
