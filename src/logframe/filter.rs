//! Filters, made ready: each condition is a column and the categories that pass.

use super::columns::{Column, Moment};
use super::items::Item;
use crate::people::facts::{Facts, fold};
use crate::project::model::{Filter, Subject};

/// How a filter or a disaggregation writes "nothing is known".
pub(super) const UNKNOWN: &str = "unknown";

/// A filter over items.
pub(super) enum Check {
    /// Everything passes.
    All,
    /// Every part passes.
    And(Vec<Check>),
    /// At least one part passes.
    Or(Vec<Check>),
    /// The part does not pass.
    Not(Box<Check>),
    /// One of the item's categories is wanted.
    OneOf {
        /// Index of the column.
        column: usize,
        /// Whether each category is wanted.
        wanted: Vec<bool>,
        /// Whether an item without category is wanted.
        unknown: bool,
    },
}

impl Check {
    /// Makes a filter ready; `column` finds the column of a subject.
    pub(super) fn of(filter: &Filter, columns: &[Column], column: &impl Fn(&Subject) -> usize) -> Self {
        let all = |parts: &[Filter]| parts.iter().map(|part| Self::of(part, columns, column)).collect();
        match filter {
            Filter::All => Self::All,
            Filter::And(parts) => Self::And(all(parts)),
            Filter::Or(parts) => Self::Or(all(parts)),
            Filter::Not(part) => Self::Not(Box::new(Self::of(part, columns, column))),
            Filter::OneOf { subject, values } => {
                let column = column(subject);
                let values: Vec<String> = values.iter().map(|value| fold(value)).collect();
                let wanted = columns[column]
                    .folded
                    .iter()
                    .map(|name| values.contains(name))
                    .collect();
                Self::OneOf {
                    column,
                    wanted,
                    unknown: values.iter().any(|value| value == UNKNOWN),
                }
            }
            _ => todo!(),
        }
    }

    /// Whether the outcome depends on the window.
    pub(super) fn depends_on_window(&self, columns: &[Column]) -> bool {
        match self {
            Self::All => false,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.depends_on_window(columns)),
            Self::Not(part) => part.depends_on_window(columns),
            Self::OneOf { column, .. } => columns[*column].depends_on_window(),
        }
    }

    /// Whether an item passes.
    pub(super) fn passes(
        &self,
        columns: &[Column],
        facts: &Facts,
        item: &Item,
        at: &Moment,
        scratch: &mut Vec<u32>,
    ) -> bool {
        match self {
            Self::All => true,
            Self::And(parts) => parts.iter().all(|part| part.passes(columns, facts, item, at, scratch)),
            Self::Or(parts) => parts.iter().any(|part| part.passes(columns, facts, item, at, scratch)),
            Self::Not(part) => !part.passes(columns, facts, item, at, scratch),
            Self::OneOf {
                column,
                wanted,
                unknown,
            } => {
                scratch.clear();
                columns[*column].categories(facts, item, at, scratch);
                if scratch.is_empty() {
                    *unknown
                } else {
                    scratch.iter().any(|category| wanted[*category as usize])
                }
            }
        }
    }
}
