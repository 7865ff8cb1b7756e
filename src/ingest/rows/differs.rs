//! Days that disagree with what stands around them: a date above a list that its file's name denies, a year typed
//! wrongly, days and months that a spreadsheet swapped.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

use super::{RawRow, RowDate};
use crate::ingest::dates::DateReading;
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::table::Cell;
use crate::ingest::when::DateContext;
use crate::project::model::Layout;

/// Fewest dates of a spreadsheet that show that it swapped days and months.
const FEWEST: usize = 2;
/// Months of a year, and so days that can be months.
const MONTHS: u32 = 12;

/// What is doubtful about the days of a list or log.
pub(super) fn of_days(grid: &Grid, block: &Block, context: &DateContext, rows: &[RawRow]) -> Vec<Noted> {
    if !matches!(block.layout, Layout::List | Layout::EventLog) || block.is_of_forms() {
        return Vec::new();
    }
    match block.day_role().and_then(|role| block.column(role)) {
        Some(column) => {
            let year = other_year(block, context, rows);
            year.into_iter().chain(swapped(grid, column, rows)).collect()
        }
        None => of_heading(block, context, rows).into_iter().collect(),
    }
}

/// The one day that readings name.
fn only_day(readings: &[DateReading]) -> Option<NaiveDate> {
    let mut days = readings.iter().filter_map(|reading| match reading {
        DateReading::Day(day) => Some(*day),
        _ => None,
    });
    let day = days.next()?;
    days.all(|other| other == day).then_some(day)
}

/// A day above a list that can be read two ways, or that the names of sheet or file deny: titles are copied from list
/// to list and forgotten.
fn of_heading(block: &Block, context: &DateContext, rows: &[RawRow]) -> Option<Noted> {
    let taken = rows
        .iter()
        .find_map(|row| match (&row.session.date, block.section(row.number)) {
            (RowDate::Day(day), None) => Some(*day),
            _ => None,
        });
    let Some(taken) = taken else {
        return several(block, context, rows);
    };
    let above = block.heading.date.iter().chain(&block.heading.dates);
    let at = |kind| Noted::at(kind, block.header_top, None);
    let mut either = above.clone().filter(|reading| {
        matches!(reading, DateReading::Ambiguous { day_month, month_day } if [*day_month, *month_day].contains(&taken))
    });
    if either.next().is_some() && context.order.is_none() {
        let written = format!("{:02}/{:02}/{}", taken.day(), taken.month(), taken.year());
        return Some(at(Kind::AmbiguousDate).with("value", written).with("taken", taken));
    }
    above.clone().next()?;
    if block.heading.of_papers && block.heading.date.is_none() && only_day(&block.heading.dates) == Some(taken) {
        return Some(at(Kind::DateOfPaper).with("value", taken));
    }
    let named = only_day(&context.sheet).or_else(|| only_day(&context.file))?;
    (named != taken).then(|| at(Kind::DateDiffers).with("value", taken).with("other", named))
}

/// Several days above a list without dates, none of which is surely its own.
fn several(block: &Block, context: &DateContext, rows: &[RawRow]) -> Option<Noted> {
    let near: Vec<&DateReading> = context.around(&block.heading).collect();
    let days = block
        .heading
        .dates
        .iter()
        .filter_map(|reading| context.complete(reading, &near));
    let days: BTreeSet<NaiveDate> = days.collect();
    let undated = rows
        .iter()
        .filter(|row| row.session.date == RowDate::Missing && block.section(row.number).is_none());
    let (first, last) = (days.first()?, days.last()?);
    let count = undated.count();
    let noted = || Noted::at(Kind::SeveralDays, block.header_top, None);
    (days.len() > 1 && count > 0).then(|| noted().with("value", first).with("other", last).with("count", count))
}

/// Dates of the month that a title or a name tells, in another year than it tells.
fn other_year(block: &Block, context: &DateContext, rows: &[RawRow]) -> Option<Noted> {
    let mut months = context.around(&block.heading).filter_map(|reading| match reading {
        DateReading::Month { month, year } => Some((*month, (*year)?)),
        _ => None,
    });
    let (month, year) = months.next()?;
    if months.any(|other| other != (month, year)) {
        return None;
    }
    let mut others = rows.iter().filter_map(|row| match row.session.date {
        RowDate::Day(day) if day.month() == month && day.year() != year => Some((row, day)),
        _ => None,
    });
    let (row, day) = others.next()?;
    let noted = Noted::at(Kind::DateDiffers, row.number, row.session.date_column);
    let noted = noted.with("value", day).with("other", format!("{year}-{month:02}"));
    Some(noted.with("count", others.count() + 1))
}

/// Dates that a spreadsheet read month first, beside texts that it left alone because their first number is no month:
/// turned round, all of them fall into the months of those texts.
fn swapped(grid: &Grid, column: u16, rows: &[RawRow]) -> Option<Noted> {
    let mut dates: Vec<(u32, NaiveDate)> = Vec::new();
    let mut months: BTreeSet<(i32, u32)> = BTreeSet::new();
    for row in rows {
        let RowDate::Day(day) = row.session.date else { continue };
        match grid.own(row.number, column) {
            Some(Cell::DateTime { .. }) if day.day() > MONTHS => return None,
            Some(Cell::DateTime { .. }) => dates.push((row.number, day)),
            Some(Cell::Text(text)) if day.day() > MONTHS && text.contains('/') => {
                months.insert((day.year(), day.month()));
            }
            _ => {}
        }
    }
    let fit = |day: NaiveDate| months.contains(&(day.year(), day.month()));
    let turned = |day: NaiveDate| NaiveDate::from_ymd_opt(day.year(), day.day(), day.month());
    let all = dates.iter().all(|(_, day)| turned(*day).is_some_and(fit));
    let mut out = dates.iter().filter(|(_, day)| !fit(*day));
    let (row, day) = out
        .next()
        .filter(|_| all && dates.len() >= FEWEST && !months.is_empty())?;
    let noted = Noted::at(Kind::DatesSwapped, *row, Some(column)).with("value", day);
    Some(noted.with("other", turned(*day)?).with("count", out.count() + 1))
}
