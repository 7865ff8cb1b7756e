//! Registers with days down the side and people across: the sheet is turned, and read as any other register.

use std::collections::BTreeMap;

use super::shape::{self, Run};
use crate::ingest::grid::{Grid, is_blank, shown, text_of};
use crate::ingest::persons::looks_like_name;
use crate::ingest::table::{Cell, Merge, Sheet, SheetRow};
use crate::ingest::vocabulary::{MarkMeaning, Vocabulary};

/// Fewest days down the side.
const FEWEST_DAYS: usize = 3;
/// Fewest people across.
const FEWEST_PEOPLE: usize = 2;
/// Most rows of a sheet that is turned: a register has a row a day.
const MOST_ROWS: usize = 5_000;
/// Share of cells from which a row or column holds what they hold.
const MOSTLY: f64 = 0.8;

/// A sheet turned on its side.
#[derive(Debug)]
pub(crate) struct Turn {
    /// Rows are the columns of the original from the names on, and columns its rows.
    pub(crate) sheet: Sheet,
    /// Row of the names in the original, 1-based.
    pub(crate) names: u32,
    /// Row that holds the days in the turned sheet, 1-based.
    pub(crate) header: u32,
}

/// Turns a sheet on which days run down a column and names stand above marks.
pub(crate) fn turn(grid: &Grid, vocabulary: &Vocabulary) -> Option<Turn> {
    if grid.rows().len() > MOST_ROWS {
        return None;
    }
    let mut columns: BTreeMap<u16, Run> = BTreeMap::new();
    for row in grid.rows() {
        for (column, cell) in grid.cells(row.number) {
            columns.entry(column).or_default().add(row.number, cell);
        }
    }
    let runs = columns.into_iter().map(|(column, run)| (column, run.longest()));
    let (days_in, days) = runs
        .filter(|(_, rows)| rows.len() >= FEWEST_DAYS)
        .max_by_key(|(column, rows)| (rows.len(), std::cmp::Reverse(*column)))?;
    let above = grid.rows_between(1, *days.first()?).iter().rev();
    let mut above = above.map(|row| row.number);
    let names = above.find(|row| heads_people(grid, *row, days_in, &days, vocabulary))?;
    Some(Turn {
        sheet: turned(grid, (names, days_in), vocabulary),
        names,
        header: u32::from(days_in) + 1,
    })
}

/// Whether names stand in a row, and marks under most of them.
fn heads_people(grid: &Grid, row: u32, days_in: u16, days: &[u32], vocabulary: &Vocabulary) -> bool {
    let words: Vec<(u16, &Cell)> = grid
        .cells(row)
        .filter(|(column, cell)| *column != days_in && is_own(cell, vocabulary))
        .collect();
    let whole = |cell: &Cell| text_of(cell).split_whitespace().nth(1).is_some();
    let names = words.iter().filter(|(_, cell)| looks_like_name(cell, vocabulary));
    let whole = names.clone().filter(|(_, cell)| whole(cell)).count();
    let names: Vec<u16> = names.map(|(column, _)| *column).collect();
    if names.len() < FEWEST_PEOPLE || (names.len() as f64) < MOSTLY * words.len() as f64 || whole * 2 < names.len() {
        return false;
    }
    let (mut filled, mut marks) = (0_usize, 0_usize);
    for cell in days
        .iter()
        .flat_map(|row| names.iter().filter_map(|column| grid.own(*row, *column)))
        .filter(|cell| !is_blank(cell))
    {
        filled += 1;
        marks += usize::from(is_mark(cell, vocabulary));
    }
    filled > 0 && marks as f64 >= MOSTLY * filled as f64
}

/// A heading that no vocabulary knows.
fn is_own(cell: &Cell, vocabulary: &Vocabulary) -> bool {
    let text = shown(cell);
    vocabulary.header(&text).is_empty() && !vocabulary.is_totals(&text)
}

/// A sign of presence or absence: heads counted on each day are none.
fn is_mark(cell: &Cell, vocabulary: &Vocabulary) -> bool {
    match cell {
        Cell::Number(number) => number.abs() < f64::EPSILON || (number - 1.0).abs() < f64::EPSILON,
        Cell::Text(_) => {
            let text = text_of(cell);
            matches!(text.as_str(), "0" | "1")
                || (!text.bytes().any(|byte| byte.is_ascii_digit()) && shape::is_mark_like(cell, vocabulary))
                || matches!(vocabulary.mark(&text), Some(MarkMeaning::Present | MarkMeaning::Absent))
        }
        _ => shape::is_mark_like(cell, vocabulary),
    }
}

/// The columns of people and sums, and the column of days, as rows.
fn turned(grid: &Grid, (names, days_in): (u32, u16), vocabulary: &Vocabulary) -> Sheet {
    let mut rows: BTreeMap<u16, Vec<(u16, Cell)>> = BTreeMap::new();
    for row in grid.rows_between(names, u32::MAX) {
        let Ok(at) = u16::try_from(row.number - 1) else { break };
        for (column, cell) in grid.cells(row.number) {
            // What stands over the days names no person.
            if (row.number, column) == (names, days_in) {
                continue;
            }
            let cell = match cell {
                Cell::Text(text) if row.number == names => {
                    Cell::Text(text.split_whitespace().collect::<Vec<_>>().join(" "))
                }
                other => other.clone(),
            };
            rows.entry(column).or_default().push((at, cell));
        }
    }
    let described = |column: u16| {
        let heading = grid.own(names, column);
        heading.is_none_or(|cell| !is_own(cell, vocabulary) && !vocabulary.is_totals(&shown(cell)))
    };
    rows.retain(|column, _| *column == days_in || !described(*column));
    let merges = grid.sheet.merges.iter().filter(|merge| merge.top > names);
    let mut merges: Vec<Merge> = merges.filter_map(turned_merge).collect();
    merges.sort_by_key(|merge| (merge.top, merge.left));
    Sheet {
        name: grid.sheet.name.clone(),
        rows: rows
            .into_iter()
            .map(|(column, cells)| SheetRow {
                number: u32::from(column) + 1,
                cells,
            })
            .collect(),
        merges,
        ..Sheet::default()
    }
}

fn turned_merge(merge: &Merge) -> Option<Merge> {
    Some(Merge {
        top: u32::from(merge.left) + 1,
        bottom: u32::from(merge.right) + 1,
        left: u16::try_from(merge.top - 1).ok()?,
        right: u16::try_from(merge.bottom - 1).ok()?,
    })
}
