//! Columns that hold days under a heading that does not say so.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};

use super::{Block, COUNTS, Column, PERSON, named};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::noted::Noted;
use crate::ingest::table::Cell;
use crate::ingest::told;
use crate::ingest::vocabulary::{Role, Vocabulary};
use crate::project::model::{ActivityRule, Source};

/// Rows looked at to tell whether a column holds days.
const LOOKED_AT: usize = 50;

/// Where no column is one of days, times that hold a day with the hour ("Date/Time", the instant of joining) give it.
pub(super) fn by_time(grid: &Grid, block: &mut Block) {
    if block.day_role().is_some() || !block.sessions.is_empty() {
        return;
    }
    let bottom = block.header_bottom;
    let mut columns = block.columns.iter_mut();
    let timed = columns.find(|column| column.role == Some(Role::SessionTime) && holds_days(grid, bottom, column.index));
    if let Some(column) = timed {
        column.role = Some(Role::SessionDate);
        Role::SessionDate.key().clone_into(&mut column.key);
    }
}

/// Where no heading or line above tells the day of a list's rows, the only column of days that come again is taken for
/// it, and that is said: births and other dates of one person differ from row to row.
pub(super) fn by_content(
    grid: &Grid,
    block: &mut Block,
    end: u32,
    (source, vocabulary): (&Source, &Vocabulary),
    told_outside: bool,
) {
    let heading = &block.heading;
    let is_told = told_outside || heading.date.is_some() || !heading.dates.is_empty() || block.day_role().is_some();
    if is_told || !block.has(PERSON) || !block.sessions.is_empty() || source.activity == ActivityRule::None {
        return;
    }
    let bottom = block.header_bottom;
    let mut found = untold_days(grid, block, source);
    // Of several only that of the sessions comes again.
    found.retain(|column| come_again(grid, (bottom, end), column.index));
    let [column] = &mut found[..] else { return };
    let noted = take_for_days(grid, bottom, column, vocabulary);
    block.noted.push(noted);
}

/// Where no heading of a log of events is that of a day, the one column of days is taken for it, or the first of two
/// that are never the wrong way round: events begin on the one and end on the other. That is said.
pub(super) fn of_events(grid: &Grid, block: &mut Block, end: u32, (source, vocabulary): (&Source, &Vocabulary)) {
    if block.has(PERSON) || !block.has(COUNTS) || block.day_role().is_some() || block.is_of_forms() {
        return;
    }
    let bottom = block.header_bottom;
    let mut found = untold_days(grid, block, source);
    let column = match &mut found[..] {
        [column] => column,
        [first, last] if never_ends_before(grid, (bottom, end), (first.index, last.index)) => first,
        _ => return,
    };
    let noted = take_for_days(grid, bottom, column, vocabulary);
    block.noted.push(noted);
}

/// Where people sign under a line that tells the day, a column of days of registration tells something else of them.
pub(super) fn not_by_registration(block: &mut Block) {
    let signed = block.has(&[Role::Signature, Role::AttendedFlag]);
    if !signed || block.day_role() != Some(Role::RegistrationDate) || block.is_of_forms() {
        return;
    }
    let heading = &block.heading;
    let days: BTreeSet<NaiveDate> = heading
        .date
        .iter()
        .chain(&heading.dates)
        .filter_map(|reading| match reading {
            DateReading::Day(day) => Some(*day),
            _ => None,
        })
        .collect();
    if days.len() == 1 {
        let mut columns = block.columns.iter_mut();
        if let Some(column) = columns.find(|column| column.role == Some(Role::RegistrationDate)) {
            column.role = None;
        }
    }
}

/// Where a form asks for a day in words of its own ("Data konsultacji"), its one such day is that of the session, and
/// not the one on which the form was filled in. That is said.
pub(super) fn of_forms(grid: &Grid, block: &mut Block, (source, vocabulary): (&Source, &Vocabulary)) {
    let of_repeat = !block.has(PERSON) && block.has(&[Role::FormParent]);
    if !block.is_of_forms() || block.has(&[Role::SessionDate]) || of_repeat {
        return;
    }
    let bottom = block.header_bottom;
    let asks = |column: &&mut Column| {
        let mut words = column.header.split(|c: char| !c.is_alphabetic());
        words.any(|word| !word.is_empty() && vocabulary.header(word).first() == Some(&Role::SessionDate))
    };
    let mut found: Vec<&mut Column> = untold_days(grid, block, source).into_iter().filter(asks).collect();
    if let [column] = &mut found[..] {
        let noted = take_for_days(grid, bottom, column, vocabulary);
        block.noted.push(noted);
    }
}

/// Where rows tell an instant ("Timestamp") and, under a heading of its own, another day of the session, the instant
/// is that at which somebody filled in a form.
pub(super) fn not_by_instants(grid: &Grid, block: &mut Block, (source, vocabulary): (&Source, &Vocabulary)) {
    let bottom = block.header_bottom;
    let by_words = |column: &Column| named(source, column.index, &column.header).is_none();
    let mut known = block.columns.iter();
    let Some(at) = known.position(|column| column.role == Some(Role::SessionDate) && by_words(column)) else {
        return;
    };
    let instants = block.columns[at].index;
    let asks = |column: &Column| {
        column.role.is_none() && by_words(column) && vocabulary.header(&column.header).contains(&Role::SessionDate)
    };
    let mut asked = (0..block.columns.len()).filter(|other| {
        let column = &block.columns[*other];
        asks(column) && holds_days(grid, bottom, column.index)
    });
    let (Some(day), None) = (asked.next(), asked.next()) else {
        return;
    };
    if !tell_other_days(grid, bottom, instants, block.columns[day].index) {
        return;
    }
    for (column, role) in [(at, Role::FormSubmitted), (day, Role::SessionDate)] {
        let column = &mut block.columns[column];
        column.role = Some(role);
        role.key().clone_into(&mut column.key);
    }
}

/// Whether a column holds instants, at least one of which is of another day than the one beside it.
fn tell_other_days(grid: &Grid, bottom: u32, instants: u16, days: u16) -> bool {
    let rows = grid.rows_between(bottom.saturating_add(1), u32::MAX).iter();
    let (mut other, mut moments, mut filled) = (false, 0_usize, 0_usize);
    for row in rows.take(LOOKED_AT) {
        let Some(cell) = grid.own(row.number, instants) else {
            continue;
        };
        filled += 1;
        moments += usize::from(match cell {
            Cell::DateTime { at, .. } => at.time() != NaiveTime::MIN,
            _ => text_of(cell).contains(':'),
        });
        let day = grid.own(row.number, days).map(|cell| dates::read(cell, None));
        other |= day.is_some_and(|day| day != DateReading::None && day != dates::read(cell, None));
    }
    other && moments * 10 >= filled * 8
}

/// Where no heading of a log tells a day and no line above does, the one column of months or of spans of days dates its
/// lines: each sums up a month or a week. What a month is dated by is said where the lines are read.
pub(super) fn of_spans(grid: &Grid, block: &mut Block, end: u32, source: &Source) {
    let heading = &block.heading;
    let told = heading.date.is_some() || !heading.dates.is_empty() || block.day_role().is_some();
    if told || block.has(PERSON) || !block.has(COUNTS) || block.is_of_forms() {
        return;
    }
    let rows = (block.header_bottom, end);
    let spans = |column: &&mut Column| {
        matches!(column.role, None | Some(Role::Period))
            && named(source, column.index, &column.header).is_none()
            && holds_spans(grid, rows, column.index)
    };
    let mut found: Vec<&mut Column> = block.columns.iter_mut().filter(spans).collect();
    if let [column] = &mut found[..] {
        column.role = Some(Role::SessionDate);
        Role::SessionDate.key().clone_into(&mut column.key);
        column.by_content = true;
    }
}

/// Whether nearly every cell of a column names a month, or the first day and the last of a span.
fn holds_spans(grid: &Grid, (bottom, end): (u32, u32), column: u16) -> bool {
    let rows = grid.rows_between(bottom.saturating_add(1), end).iter().take(LOOKED_AT);
    let cells = rows.filter_map(|row| grid.own(row.number, column));
    let (mut filled, mut months) = (0_usize, 0_usize);
    for cell in cells.filter(|cell| !text_of(cell).is_empty()) {
        filled += 1;
        let span = || dates::first_of_span(&text_of(cell), None).is_some();
        months += usize::from(matches!(dates::read(cell, None), DateReading::Month { .. }) || span());
    }
    months > 0 && months * 10 >= filled * 9
}

/// The columns of days of which neither a definition nor a heading says what they are.
fn untold_days<'b>(grid: &Grid, block: &'b mut Block, source: &Source) -> Vec<&'b mut Column> {
    let bottom = block.header_bottom;
    let days = |column: &&mut Column| {
        column.role.is_none()
            && named(source, column.index, &column.header).is_none()
            && holds_days(grid, bottom, column.index)
    };
    block.columns.iter_mut().filter(days).collect()
}

/// Takes a column for that of the days, and says that it could be another.
fn take_for_days(grid: &Grid, bottom: u32, column: &mut Column, vocabulary: &Vocabulary) -> Noted {
    let meanings = [Role::SessionDate, Role::RegistrationDate].map(Role::key).join(", ");
    let noted = Noted::at(Kind::HeadingUnclear, bottom, Some(column.index))
        .with("heading", told::before_rows(grid, column, bottom, vocabulary))
        .with("meanings", meanings)
        .with("taken", Role::SessionDate.key());
    column.role = Some(Role::SessionDate);
    Role::SessionDate.key().clone_into(&mut column.key);
    column.by_content = true;
    noted
}

/// Whether the day of one column is never after that of another, and before it at least once.
fn never_ends_before(grid: &Grid, (bottom, end): (u32, u32), (first, last): (u16, u16)) -> bool {
    let day = |row: u32, column: u16| match dates::read(grid.own(row, column)?, None) {
        DateReading::Day(day) | DateReading::Ambiguous { day_month: day, .. } => Some(day),
        _ => None,
    };
    let rows = grid.rows_between(bottom.saturating_add(1), end).iter();
    let spans: Vec<(NaiveDate, NaiveDate)> = rows
        .filter_map(|row| day(row.number, first).zip(day(row.number, last)))
        .collect();
    spans.iter().any(|(from, to)| from < to) && spans.iter().all(|(from, to)| from <= to)
}

/// Whether the days of a column come again: on a day several people meet.
fn come_again(grid: &Grid, (bottom, end): (u32, u32), column: u16) -> bool {
    let rows = grid.rows_between(bottom.saturating_add(1), end).iter();
    let cells = rows.filter_map(|row| grid.own(row.number, column));
    let days: Vec<NaiveDate> = cells
        .filter_map(|cell| match dates::read(cell, None) {
            DateReading::Day(day) | DateReading::Ambiguous { day_month: day, .. } => Some(day),
            _ => None,
        })
        .collect();
    let distinct: BTreeSet<&NaiveDate> = days.iter().collect();
    days.len() > 2 && distinct.len() * 2 <= days.len()
}

/// Whether a column without a known heading holds days: those of sessions, or anything else that happens on a day.
pub(super) fn unheaded(grid: &Grid, block: &Block) -> bool {
    let mut open = block.columns.iter().filter(|column| column.role.is_none());
    open.any(|column| holds_days(grid, block.header_bottom, column.index))
}

/// Whether days stand under a heading that is no day itself, though its ordinal could be one of a month: "1st visit".
pub(super) fn under_ordinal(grid: &Grid, (top, bottom): (u32, u32), column: u16) -> bool {
    let of_month = |row: u32| {
        let cell = grid.own(row, column);
        cell.is_some_and(|cell| matches!(dates::read(cell, None), DateReading::DayOnly(_)))
    };
    (top..=bottom).any(of_month) && holds_days(grid, bottom, column)
}

fn holds_days(grid: &Grid, bottom: u32, column: u16) -> bool {
    let rows = grid
        .rows_between(bottom.saturating_add(1), u32::MAX)
        .iter()
        .take(LOOKED_AT);
    let cells = rows.filter_map(|row| grid.own(row.number, column));
    let (mut filled, mut days) = (0_usize, 0_usize);
    for cell in cells.filter(|cell| !text_of(cell).is_empty()) {
        filled += 1;
        let reading = dates::read(cell, None);
        days += usize::from(matches!(reading, DateReading::Day(_) | DateReading::Ambiguous { .. }));
    }
    days > 0 && days * 2 > filled
}
