//! What became of each row: a row that gave anything is counted, whatever else of it was set aside.

use crate::ingest::records::{Fate, Reason, Records, RowId};

/// The fates of all rows while facts are put together.
pub(super) struct Ledger {
    fates: Vec<Fate>,
    gave: Vec<bool>,
    aside: Vec<Option<Reason>>,
}

impl Ledger {
    /// Starts from what reading decided.
    pub(super) fn new(records: &Records) -> Self {
        Self {
            fates: records.rows.iter().map(|row| row.fate).collect(),
            gave: vec![false; records.rows.len()],
            aside: vec![None; records.rows.len()],
        }
    }

    /// The row gave something that counts.
    pub(super) fn counted(&mut self, row: RowId) {
        self.gave[row.index()] = true;
    }

    /// What the row gave turned out not to count.
    pub(super) fn withdraw(&mut self, row: RowId) {
        self.gave[row.index()] = false;
    }

    /// Something on the row does not count; the first reason stays.
    pub(super) fn set_aside(&mut self, row: RowId, reason: Reason) {
        self.aside[row.index()].get_or_insert(reason);
    }

    /// The last word: rows that gave nothing take the reason, all others keep what reading decided.
    pub(super) fn close(self) -> Vec<Fate> {
        let outcomes = self.fates.into_iter().zip(self.gave).zip(self.aside);
        outcomes
            .map(|((fate, gave), aside)| match (fate, gave, aside) {
                (Fate::Counted, false, Some(reason)) => Fate::SetAside(reason),
                (fate, _, _) => fate,
            })
            .collect()
    }
}
