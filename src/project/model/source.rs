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
    /// Fields that every row of the source has.
    pub constants: IndexMap<String, String>,
    /// Rows that are set aside, each with the reason given.
    pub skip: Vec<Skip>,
    /// A row is a contact only if this field holds one of the values (any value where the list is empty).
    pub contact_when: Option<(String, Vec<String>)>,
    /// Name of the source whose forms the rows belong to (members of a visit); joined by form index.
    pub parent: Option<String>,
    /// Fields made from others by the words they contain.
    pub derive: IndexMap<String, Derive>,
    /// Where it is defined.
    pub at: DefinedAt,
}

/// Rows to set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// Field key.
    pub field: String,
    /// Values as written, or their codes; compared after normalising.
    pub values: Vec<String>,
    /// Reason in words, told with each row.
    pub reason: String,
}

/// A field made from another by the words it contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derive {
    /// Field key, or `title`, `group`, `site` of the session.
    pub from: String,
    /// Words contained (after normalising) → value; the first that fits.
    pub contains: IndexMap<String, String>,
    /// Value where nothing fits.
    pub otherwise: Option<String>,
}

impl Source {
    /// Whether each row is a session of its own.
    pub fn rows_are_sessions(&self) -> bool {
        let fields = self.session.as_deref().unwrap_or_default();
        fields.iter().any(|field| field == "row")
    }

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
            constants: IndexMap::new(),
            skip: Vec::new(),
            contact_when: None,
            parent: None,
            derive: IndexMap::new(),
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

/// Words of a project's own files, over those that the tool knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Heading → key of the role that its column has.
    pub headers: IndexMap<String, String>,
    /// Marks that say that there was no session.
    pub no_session: Vec<String>,
    /// Words that begin a row of sums or head a column of sums.
    pub totals: Vec<String>,
    /// Words that begin a sheet's name or title when it holds sums.
    pub summaries: Vec<String>,
    /// Words that begin a line below a table: signatures, legends.
    pub trailers: Vec<String>,
    /// Words for a value that is not there.
    pub missing: Vec<String>,
}

impl Words {
    /// Whether a project adds none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
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

impl ActivityRule {
    /// The one activity of all rows; empty where rows have none or differ.
    pub(crate) fn fixed(&self) -> &str {
        match self {
            Self::Fixed(activity) => activity,
            Self::None | Self::ByField { .. } => "",
        }
    }
}
