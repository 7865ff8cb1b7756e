//! The checked model of a project: what its definitions say, after every mistake has been refused.
//!
//! Values of these types exist only when the definitions were valid, so nothing downstream parses
//! text from a definition again. Reading and checking live beside this file.

mod closed;
mod field;
mod indicator;
mod reporting;
mod seen;
mod settings;
mod source;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::calendar::CalendarKind;
pub use closed::Closed;
pub use field::{FieldKind, FieldRule, Lookup};
pub use indicator::{
    Baseline, Change, ChangeOf, Class, Counted, Derivation, Direction, Disaggregation, Evidence, Filter, Indicator,
    Level, Measure, OwnCell, Per, Rule, Score, Statistic, Subject, Unit,
};
pub use reporting::{Area, ForDonors, Format, Reporting};
pub use seen::{Seen, SeenSource, SeenTable};
pub use settings::{AgeRule, AgeScheme, HeadCountRule, NewSince, ResolveRule, Settings};
pub use source::{ActivityRule, BlankMark, DateOrder, Derive, Layout, MarkWords, Skip, Source, Words};

/// A text in several languages, keyed by language code (`en`, `uk`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localized(pub BTreeMap<String, String>);

impl Localized {
    /// The text in `lang`, else in English, else in whichever language there is, else empty.
    pub fn get(&self, lang: &str) -> &str {
        self.0
            .get(lang)
            .or_else(|| self.0.get("en"))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// One text for every language.
    pub fn same(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([("en".to_owned(), text.into())]))
    }
}

/// Where a definition stands: file relative to the project folder (or `catalogue:<file>`) and 1-based line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DefinedAt {
    /// Path relative to the project folder, with `/`.
    pub file: String,
    /// 1-based line.
    pub line: usize,
}

/// A file of definitions with its fingerprint, for the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionFile {
    /// Path relative to the project folder, with `/`.
    pub path: String,
    /// Lower-case hexadecimal SHA-256 of the bytes.
    pub sha256: String,
}

/// A whole project.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder that holds `project.toml`.
    pub root: PathBuf,
    /// Short code, used in file names and pseudonyms.
    pub code: String,
    /// Full name.
    pub name: Localized,
    /// Who pays.
    pub donor: Localized,
    /// Who reports.
    pub organisation: Localized,
    /// First day of the project.
    pub start: NaiveDate,
    /// Last day of the project (belongs to it).
    pub end: NaiveDate,
    /// Language of the report when `--lang` is not given.
    pub language: String,
    /// The calendars reported, in the order given.
    pub calendars: Vec<CalendarKind>,
    /// Services that the project gives, by code.
    pub activities: IndexMap<String, Activity>,
    /// Where the evidence lies.
    pub sources: Vec<Source>,
    /// Words of the project's own files.
    pub words: Words,
    /// Spans of the project's own, beside the calendars.
    pub spans: Vec<super::calendar::Period>,
    /// How values of fields are brought to one form, by field key.
    pub fields: IndexMap<String, FieldRule>,
    /// Tables that say more about a value.
    pub lookups: Vec<Lookup>,
    /// Places for overnight stays from a day on, in order.
    pub capacity: Vec<(NaiveDate, u32)>,
    /// Days on which no session can have been held.
    pub closed: Vec<Closed>,
    /// Glob patterns (relative to the project folder) of officers' decisions kept among the raw files.
    pub decision_files: Vec<String>,
    /// How things are counted.
    pub settings: Settings,
    /// What donors' formats need beside the figures.
    pub reporting: Reporting,
    /// Age schemes by name, the project's own first; after them the bands of other numbers.
    pub age_schemes: IndexMap<String, AgeScheme>,
    /// The logframe, in the order of the definitions.
    pub indicators: Vec<Indicator>,
    /// How the sources were read when that was last written down.
    pub seen: Option<Seen>,
    /// Every file the definitions were read from.
    pub definitions: Vec<DefinitionFile>,
}

impl Project {
    /// A project of which nothing is said but one source and its first and last day.
    pub(crate) fn of_source(source: Source, (start, end): (NaiveDate, NaiveDate)) -> Self {
        Self {
            root: PathBuf::new(),
            code: String::new(),
            name: Localized::default(),
            donor: Localized::default(),
            organisation: Localized::default(),
            start,
            end,
            language: "en".to_owned(),
            calendars: Vec::new(),
            activities: IndexMap::new(),
            sources: vec![source],
            words: Words::default(),
            spans: Vec::new(),
            fields: IndexMap::new(),
            lookups: Vec::new(),
            capacity: Vec::new(),
            closed: Vec::new(),
            decision_files: Vec::new(),
            settings: Settings::default(),
            reporting: Reporting::default(),
            age_schemes: IndexMap::new(),
            indicators: Vec::new(),
            seen: None,
            definitions: Vec::new(),
        }
    }
}

/// A service that the project gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Code, as sources and filters name it.
    pub code: String,
    /// Name for reports.
    pub name: Localized,
}
