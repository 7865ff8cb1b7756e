//! Days that stand in a registry of people and are counted by nothing: "PSS (date)", "Cash (date)".

use chrono::NaiveDate;

use super::numbered::is_told;
use super::{MOSTLY, may_list};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, is_blank, text_of};
use crate::ingest::layout::{Column, PERSON};
use crate::ingest::noted::Noted;
use crate::ingest::reading::Table;
use crate::ingest::rows::RowDate;
use crate::ingest::told;
use crate::ingest::when::DateContext;
use crate::project::model::{Layout, Source};

/// The columns of a registry that nobody knows and that hold days of the project, none of which is before the day of
/// registration: people may have come on them. That is only said, as no heading tells that they did.
pub(super) fn noted(grid: &Grid, source: &Source, context: &DateContext, table: &Table) -> Option<Noted> {
    let block = &table.block;
    if block.layout != Layout::Registry || !block.has(PERSON) || block.is_of_forms() {
        return None;
    }
    let unused = |column: &&Column| {
        let free = column.role.is_none() && may_list(column, source) || is_told(column, source);
        free && holds_later_days(grid, context, table, column.index)
    };
    let columns: Vec<&Column> = block.columns.iter().filter(unused).collect();
    let first = columns.first()?;
    let headings: Vec<String> = columns
        .iter()
        .map(|column| format!("“{}”", told::over_days(column)))
        .collect();
    let noted = Noted::at(Kind::DaysUnused, block.header_bottom, Some(first.index));
    Some(noted.with("columns", headings.join(", ")))
}

/// Whether nearly all that stands in a column is days of the project, at least one later than the row's own day.
fn holds_later_days(grid: &Grid, context: &DateContext, table: &Table, column: u16) -> bool {
    let (mut filled, mut days, mut later) = (0_usize, 0_usize, false);
    for row in &table.rows {
        let Some(cell) = grid.own(row.number, column).filter(|cell| !is_blank(cell)) else {
            continue;
        };
        filled += usize::from(!text_of(cell).is_empty());
        let Some(day) = day_of(&dates::read(cell, context.order)) else {
            continue;
        };
        let registered = match row.session.date {
            RowDate::Day(registered) => Some(registered),
            _ => None,
        };
        let of_project = context
            .project
            .is_none_or(|(first, last)| (first..=last).contains(&day));
        if !of_project || registered.is_some_and(|registered| day < registered) {
            return false;
        }
        later |= registered.is_none_or(|registered| day > registered);
        days += 1;
    }
    later && days as f64 >= MOSTLY * filled as f64
}

fn day_of(reading: &DateReading) -> Option<NaiveDate> {
    match reading {
        DateReading::Day(day) | DateReading::Ambiguous { day_month: day, .. } => Some(*day),
        _ => None,
    }
}
