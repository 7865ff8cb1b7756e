//! From checked tables to the model: what shapes cannot tell is checked here.
//!
//! Misshapen values have been noted by [`super::shape`] already; reading passes over them in silence.

mod bands;
mod breakdown;
mod closed;
mod derived;
mod field;
mod filter;
mod indicator;
mod measure;
mod nature;
mod project;
mod reporting;
mod rule;
mod source;
mod subject;
mod targets;
mod words;

pub(super) use derived::resolve;
pub(super) use indicator::indicators;
pub(super) use project::{Draft, draft};
pub(super) use source::check_columns;
pub(super) use subject::words as subject_words;

use indexmap::IndexMap;

use super::calendar::{CalendarKind, Period};
use super::diagnostic::Diagnostics;
use super::load::Known;
use super::model::{Activity, AgeScheme};
use super::node::Node;
use super::suggest::suggestion;
use crate::message::{Message, message};

/// What a project has defined, as far as references can be checked against it.
#[derive(Debug)]
pub(super) struct World<'a> {
    /// Services by code.
    pub(super) activities: IndexMap<String, Activity>,
    /// Names of the sources.
    pub(super) sources: Vec<String>,
    /// Populations that sources are about.
    pub(super) populations: Vec<String>,
    /// Fields that sources and lookup tables name.
    pub(super) fields: Vec<String>,
    /// Fields that sources give to their rows.
    pub(super) row_fields: Vec<String>,
    /// Reasons for which sources skip rows.
    pub(super) skip_reasons: Vec<String>,
    /// Age schemes; never empty.
    pub(super) ages: IndexMap<String, AgeScheme>,
    /// Bands of other numbers.
    pub(super) bands: IndexMap<String, AgeScheme>,
    /// Spans of the project's own.
    pub(super) spans: Vec<Period>,
    /// Whether places for stays are known.
    pub(super) has_capacity: bool,
    /// First and last day.
    pub(super) span: Option<(chrono::NaiveDate, chrono::NaiveDate)>,
    /// Calendars that the project reports.
    pub(super) calendars: Vec<CalendarKind>,
    /// What the rooms below know.
    pub(super) known: &'a Known<'a>,
}

impl World<'_> {
    /// The project's own age scheme.
    pub(super) fn own_scheme(&self) -> &str {
        self.ages.keys().next().map_or("", String::as_str)
    }

    /// Notes an activity that the project does not define.
    pub(super) fn expect_activity(&self, node: Node<'_>, out: &mut Diagnostics) {
        if self.activities.is_empty() {
            if let Some(word) = node.text() {
                let help = message!("define it in project.toml: [[activity]] with code = \"{word}\"", word);
                out.note(node.file, node.span(), message!("no activity `{word}`", word), help);
            }
            return;
        }
        expect_one_of(
            &message!("activity"),
            node,
            self.activities.keys().map(String::as_str),
            out,
        );
    }
}

/// Notes a word that is none of those accepted.
fn expect_one_of<'w>(
    what: &Message,
    node: Node<'_>,
    accepted: impl IntoIterator<Item = &'w str>,
    out: &mut Diagnostics,
) {
    let accepted: Vec<&str> = accepted.into_iter().collect();
    let Some(word) = node.text().filter(|word| !accepted.contains(word)) else {
        return;
    };
    let help = suggestion(word, accepted).unwrap_or_else(|| message!("the project defines no {what}", what));
    out.note(node.file, node.span(), message!("no {what} `{word}`", what, word), help);
}
