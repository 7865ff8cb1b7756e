//! Sources: which files are evidence, and what can't be seen in them.

use indexmap::IndexMap;

use super::DefinedAt;

/// How a sheet is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// A row per contact.
    List,
    /// A row per person, a column per session.
    Register,
    /// A row per session with head-counts.
    EventLog,
    /// A row per person, no contact.
    Registry,
}

/// Files that are read alike.
#[derive(Debug, Clone)]
pub struct Source {
    /// Name for messages; the first pattern when none is given.
    pub name: String,
    /// Glob patterns relative to the project folder, with `/`.
    pub files: Vec<String>,
    /// Glob patterns of files to leave out.
    pub exclude: Vec<String>,
    /// Sheet names or globs to read, hidden ones included; empty reads every visible sheet.
    pub sheets: Vec<String>,
    /// Layout when it is not to be detected.
    pub layout: Option<Layout>,
    /// 1-based row of the (first) header row when it is not to be detected.
    pub header_row: Option<u32>,
    /// Header text or column letters → field key, over what the vocabulary says.
    pub columns: IndexMap<String, String>,
    /// Field key → (value as written → value meant).
    pub values: IndexMap<String, IndexMap<String, String>>,
    /// Extra presence, absence and excused marks.
    pub marks: MarkWords,
    /// Order of day and month in numeric dates when it is not to be detected.
    pub date_order: Option<DateOrder>,
    /// Year of dates that have none.
    pub year: Option<i32>,
    /// What a blank cell under a session means in a register; detected when absent.
    pub blank: Option<BlankMark>,
    /// Which activity a row belongs to.
    pub activity: ActivityRule,
    /// Whom the source is about; `beneficiaries` unless said.
    pub population: String,
    /// Site of every session of this source, where the files do not say.
    pub site: Option<String>,
    /// Fields that make a session, over the default (all of date, time, title, group, site, facilitator that are seen).
    pub session: Option<Vec<String>>,
    /// Where it is defined.
    pub at: DefinedAt,
}

impl Source {
    /// A source of one pattern about which nothing else is said: everything is to be detected.
    pub fn unspecified(pattern: &str) -> Self {
        Self {
            name: pattern.to_owned(),
            files: vec![pattern.to_owned()],
            exclude: Vec::new(),
            sheets: Vec::new(),
            layout: None,
            header_row: None,
            columns: IndexMap::new(),
            values: IndexMap::new(),
            marks: MarkWords::default(),
            date_order: None,
            year: None,
            blank: None,
            activity: ActivityRule::Fixed(String::new()),
            population: "beneficiaries".to_owned(),
            site: None,
            session: None,
            at: DefinedAt::default(),
        }
    }
}

/// Marks that a source adds to the vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkWords {
    /// Present.
    pub present: Vec<String>,
    /// Absent.
    pub absent: Vec<String>,
    /// Absent for a good reason.
    pub excused: Vec<String>,
}

/// Order of day and month in dates like 03/04/2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 April.
    DayMonth,
    /// 4 March.
    MonthDay,
}

/// What a blank cell under a session means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankMark {
    /// Nobody came.
    Absent,
    /// Only absences are marked.
    Present,
}

/// Which activity a row belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActivityRule {
    /// The source carries no contacts (a registry), or its activity has not been named.
    None,
    /// One activity for all rows.
    Fixed(String),
    /// By the value of a field: normalised value as written → activity code.
    ByField {
        /// Field key.
        field: String,
        /// Value as written → activity code.
        values: IndexMap<String, String>,
    },
}
