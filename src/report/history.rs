//! What was published before and comes out different now, and what the definitions said then: plain data for every printer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a report knows of figures that were published before it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// What was published, in the order of publishing.
    pub publications: Vec<Publication>,
    /// Published figures that come out different now, by publication, then in the order of the report.
    pub restated: Vec<Restatement>,
    /// What the definitions said otherwise, in the order of publishing.
    pub changes: Vec<DefinitionChange>,
}

impl History {
    /// Nothing was published.
    pub const NONE: &'static History = &History {
        publications: Vec::new(),
        restated: Vec::new(),
        changes: Vec::new(),
    };
}

/// A period whose figures were published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// Name of its folder within `published/`.
    pub folder: String,
    /// Label of the period.
    pub period: String,
    /// 1 for the first time that the period was published, 2 for the second …
    pub revision: u32,
    /// Day of publishing.
    pub date: NaiveDate,
    /// Who published it; empty where nobody was named.
    pub by: String,
    /// SHA-256 of its `frozen.json`.
    pub sha256: String,
}

/// A published figure that comes out different now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restatement {
    /// Folder of the publication.
    pub publication: String,
    /// Code of the indicator.
    pub code: String,
    /// `period` or `cumulative`.
    pub scope: String,
    /// Label of the period.
    pub period: String,
    /// Name of the breakdown; empty for the total.
    pub disaggregation: String,
    /// Category; empty for the total.
    pub category: String,
    /// Decimals shown.
    pub decimals: u8,
    /// As published.
    pub published: Shown,
    /// As it comes out now.
    pub now: Shown,
    /// What made the difference, in the order in which things were taken in.
    pub parts: Vec<Part>,
}

impl Restatement {
    /// Now less published, where both are numbers.
    pub fn difference(&self) -> Option<f64> {
        match (self.published, self.now) {
            (Shown::Number(published), Shown::Number(now)) => Some(round(now - published, self.decimals)),
            _ => None,
        }
    }

    /// What a cause adds, where it can be told in numbers.
    pub fn of(&self, cause: Cause) -> Option<f64> {
        let part = self.parts.iter().find(|part| part.cause == cause)?;
        part.change
    }

    /// Whether it is the figure of an indicator as a whole.
    pub fn is_total(&self) -> bool {
        self.disaggregation.is_empty()
    }
}

/// A number to so many decimals.
pub(crate) fn round(number: f64, decimals: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(decimals.min(9)));
    let rounded = (number * scale).round() / scale;
    // No minus before a zero.
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// What a figure shows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// A number.
    Number(f64),
    /// No data.
    NoData,
    /// Hidden because few people stand behind it.
    Hidden,
    /// The figure is not in the report.
    Absent,
}

/// A part of a difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What made it.
    pub cause: Cause,
    /// How much; nothing where a figure came or went, or where small numbers are hidden.
    pub change: Option<f64>,
}

/// Why a published figure comes out different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Another version of the tool counts or reads otherwise.
    Tool,
    /// Rows that were there are written otherwise, or gone.
    Corrected,
    /// The same, or the tool: the old files are gone, so that the two can't be told apart.
    CorrectedOrTool,
    /// Rows that were not there.
    Late,
    /// One person then, several now, by what other rows tell.
    SplitByRows,
    /// Several persons then, one now, by what other rows tell.
    MergedByRows,
    /// One person then, several now, as officers decided.
    SplitByDecision,
    /// Several persons then, one now, as officers decided.
    MergedByDecision,
    /// The definitions.
    Definitions,
    /// What was frozen beside the figures is missing or damaged.
    Untold,
}

impl Cause {
    /// Every cause, in the order in which things are taken in.
    pub const ALL: [Cause; 10] = [
        Cause::Tool,
        Cause::Corrected,
        Cause::CorrectedOrTool,
        Cause::Late,
        Cause::SplitByRows,
        Cause::MergedByRows,
        Cause::SplitByDecision,
        Cause::MergedByDecision,
        Cause::Definitions,
        Cause::Untold,
    ];

    /// Code in files and among the labels.
    pub fn code(self) -> &'static str {
        match self {
            Cause::Tool => "tool",
            Cause::Corrected => "corrected",
            Cause::CorrectedOrTool => "corrected_or_tool",
            Cause::Late => "late",
            Cause::SplitByRows => "split_by_rows",
            Cause::MergedByRows => "merged_by_rows",
            Cause::SplitByDecision => "split_by_decision",
            Cause::MergedByDecision => "merged_by_decision",
            Cause::Definitions => "definitions",
            Cause::Untold => "untold",
        }
    }
}

/// A change of what the definitions say, between two publications or since the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefinitionChange {
    /// Folder of the last publication before the change.
    pub since: String,
    /// Folder of the first publication after it; empty where nothing was published since.
    pub until: String,
    /// Code of the indicator; empty for the project as a whole.
    pub code: String,
    /// What of it: a key among the labels.
    pub what: String,
    /// Which one, where there are several: a period, a source, a breakdown; else empty.
    pub which: String,
    /// What it said; empty for nothing.
    pub from: String,
    /// What it says; empty for nothing.
    pub to: String,
}
