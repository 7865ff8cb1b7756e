//! The dates of a list's columns as a whole: what could be read two ways, what lacks its year, what can't be right.

use chrono::NaiveDate;

use super::{DateReading, Run, only_date, order_of_run, part_either_way, read, read_text};
use crate::ingest::axis::doubts::run_of_most;
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::rows::{RawRow, RowDate};
use crate::ingest::values;
use crate::ingest::vocabulary::Role;
use crate::ingest::when::DateContext;

/// Notes what is doubtful about the dates of a block's columns; days far from all others are no days of a session.
///
/// `runs`: what reading the rows found out about columns of days.
pub(crate) fn doubts(
    grid: &Grid,
    block: &Block,
    context: &DateContext,
    rows: &mut [RawRow],
    runs: &[Run],
) -> Vec<Noted> {
    let mut noted = Vec::new();
    if context.order.is_none() {
        let dated = [Role::SessionDate, Role::BirthDate];
        let mut columns: Vec<u16> = dated
            .iter()
            .chain(values::DAYS)
            .filter_map(|role| block.column(*role))
            .collect();
        columns.sort_unstable();
        columns.dedup();
        noted.extend(
            columns
                .into_iter()
                .filter_map(|column| either_way(grid, block, column, runs)),
        );
    }
    noted.extend(yearless(rows));
    noted.extend(months(grid, rows));
    far_ones(rows);
    noted
}

/// The first date of a column whose day and month could change places, where the column tells no order.
fn either_way(grid: &Grid, block: &Block, column: u16, runs: &[Run]) -> Option<Noted> {
    // Where cells are merged, the rows below the first took part in the run, and say nothing themselves.
    let known = runs.iter().find(|run| run.column == column && !grid.has_merges());
    if known.is_some_and(|run| run.order.is_some() || !run.open) {
        return None;
    }
    let cells = || {
        let cells = block.rows.iter();
        cells.filter_map(move |row| Some((*row, grid.own(*row, column)?)))
    };
    if known.is_none() && order_of_run(cells().map(|(_, cell)| cell)).is_some() {
        return None;
    }
    let mut found: Option<(u32, String, String)> = None;
    let mut count = 0_usize;
    for (row, cell) in cells() {
        let day = match read(cell, None) {
            DateReading::Ambiguous { day_month, .. } => day_month.to_string(),
            DateReading::DayMonth { day, month } if part_either_way(&text_of(cell)) => format!("{day:02}.{month:02}"),
            _ => continue,
        };
        count += 1;
        if found.is_none() {
            found = Some((row, text_of(cell), day));
        }
    }
    let (row, written, day) = found?;
    let noted = Noted::at(Kind::AmbiguousDate, row, Some(column));
    Some(
        noted
            .with("value", only_date(&written))
            .with("taken", day)
            .with("count", count),
    )
}

/// Dates of sessions for which no year was found.
fn yearless(rows: &[RawRow]) -> Option<Noted> {
    let mut lacking =
        rows.iter().filter_map(|row| match &row.session.date {
            RowDate::Impossible(written) => matches!(read_text(written, None), DateReading::DayMonth { .. })
                .then_some((row.number, row.session.date_column, written)),
            RowDate::Day(_) | RowDate::Missing => None,
        });
    let (row, column, written) = lacking.next()?;
    let noted = Noted::at(Kind::YearMissing, row, column).with("value", only_date(written));
    Some(noted.with("count", lacking.count() + 1))
}

/// Lines of a log that sum up a month, which were dated by its first day.
fn months(grid: &Grid, rows: &[RawRow]) -> Option<Noted> {
    let mut summed = rows.iter().filter_map(|row| {
        let column = row.session.date_column?;
        let month = matches!(read(grid.own(row.number, column)?, None), DateReading::Month { .. });
        (month && matches!(row.session.date, RowDate::Day(_))).then_some((row.number, column))
    });
    let (row, column) = summed.next()?;
    Some(Noted::at(Kind::MonthsCounted, row, Some(column)).with("count", summed.count() + 1))
}

/// Takes the days away that lie more than a year from nearly all others.
fn far_ones(rows: &mut [RawRow]) {
    let own = |row: &RawRow| match (&row.session.date, row.session.date_column) {
        (RowDate::Day(day), Some(_)) => Some(*day),
        _ => None,
    };
    let mut days: Vec<NaiveDate> = rows.iter().filter_map(own).collect();
    days.sort_unstable();
    days.dedup();
    let Some((first, last)) = run_of_most(days) else { return };
    for row in rows {
        if let Some(day) = own(row)
            && !(first..=last).contains(&day)
        {
            row.session.date = RowDate::Impossible(day.to_string());
        }
    }
}
