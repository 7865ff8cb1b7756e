//! Texts around a number: to its left in the row, and above it in the column.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{Words, norm};
use crate::ingest::table::{Cell, Sheet};

/// Most texts looked at above a number.
const ABOVE: usize = 24;

/// Texts of a sheet by place, each in all cells of its merged area.
pub(super) struct Texts {
    by_row: BTreeMap<(u32, u32), String>,
    /// Rows with text by column.
    by_column: BTreeSet<(u32, u32)>,
}

/// A text with the place it stands in.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) column: u32,
    pub(super) words: String,
    pub(super) shown: String,
}

impl Texts {
    pub(super) fn of(sheet: &Sheet, words: &Words) -> Self {
        let mut texts = BTreeMap::new();
        for row in &sheet.rows {
            for (column, cell) in &row.cells {
                let Cell::Text(text) = cell else { continue };
                let normal = norm(text);
                let says = text.chars().any(char::is_alphanumeric) && !words.blanks.contains(&normal);
                if says && !text.trim_start().starts_with('<') {
                    texts.insert((row.number, u32::from(*column)), text.trim().to_owned());
                }
            }
        }
        for merge in &sheet.merges {
            let Some(text) = texts.get(&(merge.top, u32::from(merge.left))).cloned() else {
                continue;
            };
            let rows = merge.top..=merge.bottom.min(merge.top.saturating_add(2_000));
            for row in rows {
                for column in merge.left..=merge.right.min(merge.left.saturating_add(500)) {
                    texts.insert((row, u32::from(column)), text.clone());
                }
            }
        }
        Self {
            by_column: texts.keys().map(|(row, column)| (*column, *row)).collect(),
            by_row: texts,
        }
    }

    fn text(&self, (row, column): (u32, u32)) -> Option<Text> {
        let shown = self.by_row.get(&(row, column))?.clone();
        Some(Text {
            column,
            words: norm(&shown),
            shown,
        })
    }

    /// Texts to the left of a cell, the nearest first.
    pub(super) fn left(&self, row: u32, column: u32) -> Vec<Text> {
        let keys = self.by_row.range((row, 0)..(row, column)).rev().map(|(key, _)| *key);
        let mut texts: Vec<Text> = keys.filter_map(|key| self.text(key)).collect();
        texts.dedup_by(|a, b| a.shown == b.shown);
        texts
    }

    /// Texts above a cell in groups of rows that follow each other, the nearest first.
    pub(super) fn above(&self, row: u32, column: u32) -> Vec<Vec<Text>> {
        let mut groups: Vec<Vec<Text>> = Vec::new();
        let mut last = None;
        let mut met = 0;
        for (_, at) in self.by_column.range((column, 0)..(column, row)).rev() {
            let at = *at;
            let Some(text) = self.text((at, column)) else { continue };
            if last == Some(at + 1) {
                if let Some(group) = groups
                    .last_mut()
                    .filter(|group| group.iter().all(|old| old.shown != text.shown))
                {
                    group.push(text);
                }
            } else {
                groups.push(vec![text]);
            }
            last = Some(at);
            met += 1;
            if met == ABOVE {
                break;
            }
        }
        groups
    }
}
