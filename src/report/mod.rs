//! Figures → workbook, CSV, terminal and JSON, in the reader's language.
//!
//! Every printer takes a [`Report`] and gives bytes or text; only [`folder`] touches the disk. Printers show
//! figures and never compute them; the few numbers they add (row balance, bridge) are made in [`balance`].

pub mod balance;
pub(crate) mod codes;
pub mod csv;
pub mod donor;
pub mod fill;
pub mod folder;
mod height;
pub mod history;
pub mod json;
pub mod labels;
pub mod method;
pub mod page;
pub mod private;
pub(crate) mod restated;
pub mod sheet;
pub mod sheets;
pub mod terminal;
pub mod workbook;

#[cfg(test)]
mod fixture;
pub(crate) mod view;

use chrono::NaiveDate;
use history::History;

use crate::ingest::records::Records;
use crate::logframe::figures::{Figure, Figures, Value};
use crate::people::facts::Facts;
use crate::people::model::People;
use crate::project::model::Project;

/// What every printer is given.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What the definitions say.
    pub project: &'a Project,
    /// What was read.
    pub records: &'a Records,
    /// Who is who.
    pub people: &'a People,
    /// What can be counted.
    pub facts: &'a Facts,
    /// What was counted.
    pub figures: &'a Figures,
    /// Language code; English where the language has no labels.
    pub lang: &'a str,
    /// Last day whose data are taken.
    pub as_of: NaiveDate,
    /// What was published before.
    pub history: &'a History,
}

impl Report<'_> {
    /// Whether the project sets a threshold for small numbers and a figure is hidden because of it.
    pub(crate) fn hides(&self) -> bool {
        let hidden = |figure: &Figure| figure.value == Value::Suppressed;
        self.project.settings.small_numbers > 0 && self.figures.figures.iter().any(hidden)
    }
}
