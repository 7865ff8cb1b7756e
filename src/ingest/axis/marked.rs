//! What stands under the session columns of a register, and which other columns hold the like.

use std::collections::{BTreeMap, BTreeSet};

use super::SessionColumn;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::values;
use crate::ingest::vocabulary::{MarkMeaning, Vocabulary};

/// Rows looked at.
const LOOKED_AT: usize = 1_000;
/// Of so many marks in a column one cell may hold something else.
const OTHERS: usize = 5;
/// Share of rows in which a written sum is that of the row's marks.
const MOSTLY: f64 = 0.8;

/// The marks of a register before its rows are sorted.
pub(crate) struct Marked<'g> {
    grid: &'g Grid<'g>,
    header: (u32, u32),
    rows: Vec<u32>,
    sessions: Vec<u16>,
    /// What is written under the sessions.
    alphabet: BTreeSet<String>,
}

impl<'g> Marked<'g> {
    /// The marks between a header and the next one.
    pub(crate) fn new(grid: &'g Grid<'g>, header: (u32, u32), end: u32, sessions: &[SessionColumn]) -> Self {
        let rows = grid.rows_between(header.1.saturating_add(1), end).iter();
        let rows: Vec<u32> = rows.map(|row| row.number).take(LOOKED_AT).collect();
        let sessions: Vec<u16> = sessions.iter().map(|session| session.column).collect();
        let mut alphabet = BTreeSet::new();
        for (row, column) in rows
            .iter()
            .flat_map(|row| sessions.iter().map(move |column| (*row, *column)))
        {
            let text = grid.own(row, column).map(text_of).unwrap_or_default();
            if !text.is_empty() {
                alphabet.insert(text);
            }
        }
        Self {
            grid,
            header,
            rows,
            sessions,
            alphabet,
        }
    }

    /// Columns among the sessions, or next to them, that hold what they hold and whose headings name no day, with the
    /// number of marks in each.
    pub(crate) fn without_day(
        &self,
        vocabulary: &Vocabulary,
        known: impl Fn(u16) -> bool,
    ) -> Vec<(SessionColumn, usize)> {
        let (Some(first), Some(last)) = (self.sessions.first().copied(), self.sessions.last().copied()) else {
            return Vec::new();
        };
        let is_session = |column: u16| self.sessions.binary_search(&column).is_ok();
        let open = |column: u16| !is_session(column) && !known(column);
        let alike = |column: u16| {
            open(column)
                .then(|| self.marks_in(column, vocabulary))
                .filter(|count| *count > 0)
        };
        let mut found: Vec<(u16, usize)> = (first..last)
            .filter_map(|column| Some((column, alike(column)?)))
            .collect();
        let before = (0..first).rev().map_while(|column| Some((column, alike(column)?)));
        let behind = (last.saturating_add(1)..u16::MAX).map_while(|column| Some((column, alike(column)?)));
        found.extend(before.chain(behind));
        found.sort_unstable();
        let columns = found.into_iter().map(|(column, count)| (self.undated(column), count));
        columns.collect()
    }

    /// Marks in a column most of whose cells stand under the sessions, too; none in a column of sums.
    ///
    /// A sum at the foot of the column, a mark that only this session has, or a slip does not make it another column.
    fn marks_in(&self, column: u16, vocabulary: &Vocabulary) -> usize {
        let (mut alike, mut marks, mut others) = (0_usize, 0_usize, 0_usize);
        let mut above: BTreeMap<String, usize> = BTreeMap::new();
        let mut sum = 0.0;
        for row in &self.rows {
            let text = self.grid.own(*row, column).map(text_of).unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            let number = values::number(&text);
            if self.alphabet.contains(&text) {
                alike += 1;
            } else if vocabulary.mark(&text).is_some() {
                marks += 1;
            } else {
                let says = |count: f64| number.is_some_and(|number| (number - count).abs() < 0.5);
                let filled: usize = above.values().sum();
                let counts = above.values().copied().chain([filled]);
                if !counts.map(|count| count as f64).chain([sum]).any(says) {
                    others += 1;
                }
                continue;
            }
            sum += number.unwrap_or_default();
            *above.entry(text).or_default() += 1;
        }
        let most = alike > marks && others * OTHERS <= alike + marks;
        if most && !self.counts_marks(column) {
            alike + marks
        } else {
            0
        }
    }

    fn undated(&self, column: u16) -> SessionColumn {
        let (top, bottom) = self.header;
        let mut written = (top..=bottom).rev().map(|row| (row, self.grid.text(row, column)));
        let (row, written) = written
            .find(|(_, text)| !text.is_empty())
            .unwrap_or((bottom, String::new()));
        SessionColumn {
            column,
            row,
            date: Err(written),
            incomplete: true,
            joined: false,
        }
    }

    /// Whether a column writes how often one mark, or a blank, stands in each row.
    fn counts_marks(&self, column: u16) -> bool {
        let mut rows = 0_usize;
        let mut agreeing: BTreeMap<String, usize> = BTreeMap::new();
        let mut above_one = false;
        for row in &self.rows {
            let Some(written) = self.grid.own(*row, column) else {
                continue;
            };
            let Some(written) = values::number(&text_of(written)) else {
                return false;
            };
            let mut counts: BTreeMap<String, usize> = self.alphabet.iter().map(|mark| (mark.clone(), 0)).collect();
            for session in &self.sessions {
                let text = self.grid.own(*row, *session).map(text_of).unwrap_or_default();
                *counts.entry(text).or_default() += 1;
            }
            rows += 1;
            above_one |= written > 1.0;
            for (mark, count) in counts {
                *agreeing.entry(mark).or_default() += usize::from((written - count as f64).abs() < 0.5);
            }
        }
        // Zeros and ones agree by chance with a mark that is rare.
        let needed = if above_one { MOSTLY } else { 1.0 };
        rows > 1
            && agreeing
                .values()
                .any(|agreeing| *agreeing as f64 >= needed * rows as f64)
    }

    /// Whether a column writes how often each person came.
    pub(crate) fn is_sum(&self, column: u16, vocabulary: &Vocabulary) -> bool {
        let (mut rows, mut agreeing, mut several) = (0_usize, 0_usize, false);
        for row in &self.rows {
            let Some(written) = self.grid.own(*row, column) else {
                continue;
            };
            let Some(written) = values::number(&text_of(written)) else {
                return false;
            };
            let came = self.sessions.iter().filter(|session| {
                let text = self.grid.own(*row, **session).map(text_of).unwrap_or_default();
                let positive = values::number(&text).map(|number| number > 0.0);
                positive.unwrap_or_else(|| text == "TRUE" || vocabulary.mark(&text) == Some(MarkMeaning::Present))
            });
            rows += 1;
            several |= written > 1.0;
            agreeing += usize::from((written - came.count() as f64).abs() < 0.5);
        }
        several && rows > 1 && agreeing as f64 >= MOSTLY * rows as f64
    }
}
