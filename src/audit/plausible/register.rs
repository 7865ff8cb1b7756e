//! Rows and columns again: who of a register, or of the lists of one series, was at which of its sessions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Seen;
use super::chance::ln_choose;
use crate::ingest::records::{Fate, MentionId, Place, Reason, SessionId};

/// Who was at which session.
#[derive(Debug, Default)]
pub(super) struct Register {
    /// The sessions, by day and place.
    pub(super) columns: Vec<Column>,
}

/// A session and who was there.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) session: SessionId,
    pub(super) date: NaiveDate,
    /// The place of each row's mark; none where the row has no presence.
    pub(super) marks: Vec<Option<Place>>,
}

impl Column {
    /// Presences.
    pub(super) fn present(&self) -> usize {
        self.marks.iter().flatten().count()
    }

    /// Whether the same rows are present.
    pub(super) fn same(&self, other: &Column) -> bool {
        self.marks
            .iter()
            .zip(&other.marks)
            .all(|(a, b)| a.is_some() == b.is_some())
    }
}

/// Every register block with two sessions or more, rows that do not count left out.
pub(super) fn all(seen: Seen) -> Vec<Register> {
    let mut marks: BTreeMap<u32, BTreeMap<SessionId, BTreeMap<MentionId, Place>>> = BTreeMap::new();
    for contact in &seen.records.contacts {
        let session = &seen.records.sessions[contact.session.index()];
        let mention = &seen.records.mentions[contact.mention.index()];
        if session.cycle.is_some() && seen.counts(mention.row.index()) {
            let block = marks.entry(mention.group).or_default();
            let column = block.entry(contact.session).or_default();
            column.entry(contact.mention).or_insert(contact.place);
        }
    }
    let mut rows: BTreeMap<u32, BTreeSet<MentionId>> = BTreeMap::new();
    for (index, mention) in seen.records.mentions.iter().enumerate() {
        let fate = seen.facts.fates.get(mention.row.index());
        let listed = matches!(fate, Some(Fate::Counted | Fate::SetAside(Reason::NeverCame)));
        if listed && marks.contains_key(&mention.group) {
            rows.entry(mention.group).or_default().insert(index.into());
        }
    }
    let blocks = marks.into_iter().filter(|(_, columns)| columns.len() > 1);
    blocks
        .map(|(group, columns)| {
            let mentions: Vec<MentionId> = rows.remove(&group).unwrap_or_default().into_iter().collect();
            let columns = columns.into_iter().map(|(session, marks)| Column {
                session,
                date: seen.records.sessions[session.index()].date,
                marks: mentions.iter().map(|mention| marks.get(mention).copied()).collect(),
            });
            let mut columns: Vec<Column> = columns.collect();
            columns.sort_by_key(|column| (column.date, seen.place(column.session)));
            Register { columns }
        })
        .collect()
}

impl Register {
    /// First and last column in which a row is present: before it joined and after it left a row says nothing.
    fn windows(&self) -> Vec<Option<(usize, usize)>> {
        let rows = self.columns.first().map_or(0, |column| column.marks.len());
        let present = |row: usize| (0..self.columns.len()).filter(move |at| self.columns[*at].marks[row].is_some());
        (0..rows)
            .map(|row| Some((present(row).next()?, present(row).next_back()?)))
            .collect()
    }

    /// Sets of columns of different days that have the same marks, each set in order of time.
    pub(super) fn alike(&self) -> Vec<Vec<usize>> {
        let mut by_marks: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
        for (at, column) in self.columns.iter().enumerate() {
            let marks = column.marks.iter().map(Option::is_some).collect();
            let same: &mut Vec<usize> = by_marks.entry(marks).or_default();
            // Two sessions of one day have one attendance by right.
            if same.last().is_none_or(|last| self.columns[*last].date != column.date) {
                same.push(at);
            }
        }
        by_marks.into_values().filter(|same| same.len() > 1).collect()
    }

    /// Neighbours in time, as pairs of columns of different days.
    pub(super) fn neighbours(&self) -> usize {
        let pairs = self.columns.windows(2);
        pairs.filter(|pair| pair[0].date != pair[1].date).count()
    }

    /// Logarithm of the ways to choose so many columns.
    pub(super) fn ln_ways(&self, some: usize) -> Option<f64> {
        (self.columns.len() >= some).then(|| ln_choose(self.columns.len(), some))
    }

    /// How likely the same marks in all these columns are, and how much they could have differed.
    ///
    /// Two ways to see it, of which the likelier holds. Each row comes with a chance of its own, taken from its other
    /// columns between its first and its last presence (Jeffreys: half a presence and half an absence more); the rows
    /// agree where all are present or all absent. Or columns of the register agree anyway, since people come in
    /// shifts or fall ill for weeks: a row agrees as often as rows do between neighbours in time; for columns that are
    /// none, also as often as between the column and the one most like it. Copies are left out.
    pub(super) fn agreement(&self, same: &[usize]) -> Agreement {
        let windows = self.windows();
        let contested: Vec<(usize, (usize, usize))> = windows
            .iter()
            .enumerate()
            .filter_map(|(row, window)| Some((row, (*window)?)))
            .filter(|(_, (first, last))| same.iter().all(|at| (first..=last).contains(&at)))
            .filter(|(_, (first, last))| last - first + 1 > same.len())
            .collect();
        let size = same.len() as f64;
        let own: f64 = contested
            .iter()
            .map(|&(row, (first, last))| {
                let others: Vec<usize> = (first..=last).filter(|at| !same.contains(at)).collect();
                let came = others
                    .iter()
                    .filter(|at| self.columns[**at].marks[row].is_some())
                    .count();
                let rate = (came as f64 + 0.5) / (others.len() as f64 + 1.0);
                (rate.powf(size) + (1.0 - rate).powf(size)).ln()
            })
            .sum();
        let usual = self.usual(same, &windows);
        let first = &self.columns[same[0]];
        let absent = contested.iter().filter(|(row, _)| first.marks[*row].is_none()).count();
        Agreement {
            absent,
            ln_chance: own.max((size - 1.0) * contested.len() as f64 * usual.ln()),
        }
    }

    /// How often a row agrees between columns that are alike by right.
    fn usual(&self, same: &[usize], windows: &[Option<(usize, usize)>]) -> f64 {
        let mut near = Shares::default();
        for at in 1..self.columns.len() {
            near.extend(self.share(at - 1, at, windows));
        }
        if is_next(same) {
            return near.mean();
        }
        let mut like = Shares::default();
        for at in (0..self.columns.len()).filter(|at| !same.contains(at)) {
            like.extend(self.share(same[0], at, windows));
        }
        near.mean().max(like.most())
    }

    /// Rows of two columns that agree, out of those that could differ; none for copies and for one day.
    fn share(&self, a: usize, b: usize, windows: &[Option<(usize, usize)>]) -> Option<f64> {
        let (left, right) = (&self.columns[a], &self.columns[b]);
        if left.date == right.date || left.same(right) {
            return None;
        }
        let both = |window: &(usize, usize)| (window.0..=window.1).contains(&a) && (window.0..=window.1).contains(&b);
        let (mut agree, mut all) = (0.5, 1.0);
        for (row, _) in windows
            .iter()
            .enumerate()
            .filter(|(_, window)| window.as_ref().is_some_and(both))
        {
            all += 1.0;
            agree += f64::from(left.marks[row].is_some() == right.marks[row].is_some());
        }
        Some(agree / all)
    }
}

/// Whether columns follow each other.
pub(super) fn is_next(columns: &[usize]) -> bool {
    columns.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

/// How columns with the same marks compare with what was to be expected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Agreement {
    /// Absences among the rows that could have differed.
    pub(super) absent: usize,
    /// Logarithm of the chance that all of them agree.
    pub(super) ln_chance: f64,
}

#[derive(Debug, Default)]
struct Shares(Vec<f64>);

impl Shares {
    fn extend(&mut self, share: Option<f64>) {
        self.0.extend(share);
    }

    /// Half where there is nothing to compare with.
    fn mean(&self) -> f64 {
        match self.0.len() {
            0 => 0.5,
            count => self.0.iter().sum::<f64>() / count as f64,
        }
    }

    fn most(&self) -> f64 {
        self.0.iter().copied().reduce(f64::max).unwrap_or(0.5)
    }
}
