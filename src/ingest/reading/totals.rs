//! Sums that somebody wrote, against what is counted.

use super::DifferingTotal;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::layout::Block;
use crate::ingest::marks::Mark;
use crate::ingest::rows::RawRow;
use crate::ingest::vocabulary::{Role, Vocabulary, is_of_word};

/// Letters of a line that are looked at for a number of people.
const LONGEST_LINE: usize = 200;
/// Cells of the widest row of a title block.
const WIDEST_TITLE: usize = 4;

/// Sums of a register that do not agree with its marks.
pub(super) fn register_totals(grid: &Grid, block: &Block, rows: &[RawRow], present: &[usize]) -> Vec<DifferingTotal> {
    let mut differing = Vec::new();
    for row in &block.totals {
        for (session, counted) in block.sessions.iter().zip(present) {
            differing.extend(differs(grid, *row, session.column, *counted));
        }
    }
    let Some(column) = block.column(Role::DerivedTotal) else {
        return differing;
    };
    let of_rows: Vec<DifferingTotal> = rows
        .iter()
        .filter_map(|row| {
            let counted = row.marks.iter().filter(|(_, mark)| *mark == Mark::Present).count();
            let unnamed: u32 = row.heads.iter().map(|(_, heads)| heads).sum();
            differs(
                grid,
                row.number,
                column,
                counted + usize::try_from(unnamed).unwrap_or_default(),
            )
        })
        .collect();
    // A column that mostly disagrees sums something else.
    if of_rows.len() * 2 < rows.len() {
        differing.extend(of_rows);
    }
    differing
}

fn differs(grid: &Grid, row: u32, column: u16, counted: usize) -> Option<DifferingTotal> {
    let written = crate::ingest::values::number(&text_of(grid.own(row, column)?))?;
    let same = (written - counted as f64).abs() < 0.5;
    (!same).then_some(DifferingTotal {
        row,
        column,
        written,
        counted,
    })
}

/// Lines such as "Total signatures: 6" above or under a list that has another number of rows.
pub(super) fn list_totals(grid: &Grid, block: &Block, counted: usize, vocabulary: &Vocabulary) -> Vec<DifferingTotal> {
    if block.day_role().is_some() {
        return Vec::new();
    }
    let below = block.totals.iter().filter_map(|row| {
        let (column, cell) = grid.cells(*row).next()?;
        Some((*row, column, first_number(&text_of(cell))?))
    });
    let above = grid.rows_between(0, block.header_top).iter().map(|row| row.number);
    let rows_above: Vec<Vec<String>> = above.clone().map(|row| texts(grid, row)).collect();
    let table_above = rows_above.iter().any(|cells| is_of_table(cells));
    let above = above.zip(&rows_above).filter_map(|(row, cells)| {
        let (column, _) = grid.cells(row).next()?;
        let first = cells.first()?.trim_end_matches(':');
        let titles = || block.heading.lines.iter().any(|line| line.starts_with(first));
        let line: String = cells.join(" ").chars().take(LONGEST_LINE).collect();
        Some((row, column, heads_in(&line, vocabulary)?)).filter(|_| !table_above || titles())
    });
    let differs = |written: f64| (written - counted as f64).abs() >= 0.5;
    let lines = above.chain(below).filter(|(_, _, written)| differs(*written));
    lines
        .map(|(row, column, written)| DifferingTotal {
            row,
            column,
            written,
            counted,
        })
        .collect()
}

fn texts(grid: &Grid, row: u32) -> Vec<String> {
    grid.cells(row).map(|(_, cell)| text_of(cell)).collect()
}

/// Whether a row above a list may be that of another table, whose sums are not the list's.
fn is_of_table(cells: &[String]) -> bool {
    let number = |text: &String| text.parse::<f64>().is_ok();
    cells.len() > WIDEST_TITLE || cells.first().is_some_and(number) && cells.len() > 1
}

/// The number of people that a line above a list tells: "Total participants: 25", "Всього: 25 осіб".
fn heads_in(line: &str, vocabulary: &Vocabulary) -> Option<f64> {
    let at = line.find(|c: char| c.is_ascii_digit())?;
    let before = line[..at].trim().trim_end_matches([':', '-', '–', '—', '=']).trim();
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let people = |text: &str| words(text).iter().any(|word| vocabulary.counts_people(word));
    let after = line[at..].trim_start_matches(|c: char| c.is_ascii_digit());
    let next = words(after).into_iter().next();
    let behind = next.is_some_and(|word| people(&word)) && after.starts_with([' ', '\u{a0}']);
    let totals = vocabulary.is_totals(before) || vocabulary.is_totals(line);
    let alone = totals && words(before).len() == 1 && words(after).is_empty();
    let tells = alone || totals && (people(before) || behind) || vocabulary.heads_people(before);
    let part = vocabulary.heads_planned(before) || words(before).iter().any(|word| vocabulary.sex(word).is_some());
    first_number(line).filter(|_| tells && !part && !before.is_empty())
}

/// The first number of a text that is no part of a date or an hour.
fn first_number(text: &str) -> Option<f64> {
    let of_date = |c: char| matches!(c, '.' | '/' | ':' | '-');
    let digits = |c: char| c.is_ascii_digit();
    let words = text.split(|c: char| !digits(c) && !of_date(c));
    let mut words = words.map(|word| word.trim_matches(of_date));
    words
        .find(|word| !word.is_empty() && word.chars().all(digits))?
        .parse()
        .ok()
}

/// First and last running number of a table's rows.
pub(super) fn running_numbers(grid: &Grid, block: &Block) -> Option<(u32, u32)> {
    let column = block.column(Role::RowNo)?;
    let mut numbers = block.rows.iter().filter_map(|row| grid.text(*row, column).parse().ok());
    let first = numbers.next()?;
    Some((first, numbers.next_back().unwrap_or(first)))
}

/// Presence marks of each session column.
pub(super) fn present(block: &Block, rows: &[RawRow]) -> Vec<usize> {
    let mut present = vec![0; block.sessions.len()];
    let marks = rows.iter().flat_map(|row| &row.marks);
    for (index, _) in marks.filter(|(_, mark)| *mark == Mark::Present) {
        present[*index] += 1;
    }
    for (index, heads) in rows.iter().flat_map(|row| &row.heads) {
        // A list has no columns of sessions.
        if let Some(present) = present.get_mut(*index) {
            *present += usize::try_from(*heads).unwrap_or_default();
        }
    }
    present
}
