//! Times of day in place of a session's title: those of sessions, or those at which people came.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ustr::{Ustr, UstrSet};

use super::signs::is_time_of_day;
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, is_blank};
use crate::ingest::noted::Noted;
use crate::ingest::reading::Table;
use crate::ingest::rows::{RawSession, RowDate, kept};
use crate::ingest::vocabulary::Role;

/// Share of the filled cells of a column that are times.
const MOSTLY: f64 = 0.8;
/// Different times of a day per row from which they are those of people.
const OF_PEOPLE: f64 = 0.8;
/// Different times of a day per row up to which they are those of sessions.
const OF_SESSIONS: f64 = 0.5;

/// Where times that tell sessions apart are (nearly) as many as rows, gives each day one session and says so; where they
/// may be either, asks.
pub(super) fn of_times(grid: &Grid, table: &mut Table) {
    if table.block.is_of_forms() {
        return;
    }
    for role in [Role::Event, Role::Topic, Role::Group] {
        let Some(column) = table.block.column(role).filter(|column| is_timed(grid, table, *column)) else {
            continue;
        };
        let (rows, times) = per_day(table, role);
        if rows == 0 {
            continue;
        }
        let share = times as f64 / rows as f64;
        let at = |kind| Noted::at(kind, table.block.header_bottom, Some(column));
        let told = |noted: Noted| noted.with("times", times).with("rows", rows).with("field", field(role));
        if share >= OF_PEOPLE {
            let noted = told(at(Kind::TimesOfArrival));
            table.noted.push(noted);
            forget(table, role);
        } else if share > OF_SESSIONS {
            let noted = told(at(Kind::TimesUnclear));
            table.noted.push(noted);
        }
    }
}

/// The name of the field under which a definition lists what tells sessions apart.
fn field(role: Role) -> &'static str {
    if role == Role::Group { "group" } else { "title" }
}

fn said(session: &RawSession, role: Role) -> Option<Ustr> {
    if role == Role::Group {
        session.group
    } else {
        session.title
    }
}

fn is_timed(grid: &Grid, table: &Table, column: u16) -> bool {
    let rows = table.rows.iter();
    let cells = rows.filter_map(|row| grid.own(row.number, column));
    let (mut filled, mut timed) = (0_usize, 0_usize);
    for cell in cells.filter(|cell| !is_blank(cell)) {
        filled += 1;
        timed += usize::from(is_time_of_day(cell));
        // If all rows below were times, they would still be too few.
        if (filled - timed) as f64 > (1.0 - MOSTLY) * table.rows.len() as f64 + 1.0 {
            return false;
        }
    }
    filled > 1 && timed as f64 >= MOSTLY * filled as f64
}

/// Rows of days with several rows, and the different times of those days, added up.
fn per_day(table: &Table, role: Role) -> (usize, usize) {
    let mut days: BTreeMap<NaiveDate, (usize, UstrSet)> = BTreeMap::new();
    for row in &table.rows {
        if let (RowDate::Day(day), Some(time)) = (&row.session.date, said(&row.session, role)) {
            let (rows, times) = days.entry(*day).or_default();
            *rows += 1;
            times.insert(time);
        }
    }
    let several = days.values().filter(|(rows, _)| *rows > 1);
    several.fold((0, 0), |(rows, times), (more, different)| {
        (rows + more, times + different.len())
    })
}

/// Takes the times away from what tells sessions apart.
fn forget(table: &mut Table, role: Role) {
    let heading = &table.block.heading;
    for row in &mut table.rows {
        if role == Role::Group {
            row.session.group = kept(heading.group.as_ref());
        } else {
            row.session.title = kept(heading.title.as_ref());
        }
    }
}
