//! The checked model of a project: what its definitions say, after every mistake has been refused.
//!
//! Values of these types exist only when the definitions were valid, so nothing downstream parses
//! text from a definition again. Reading and checking live beside this file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::calendar::CalendarKind;

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
    /// Glob patterns (relative to the project folder) of officers' decisions kept among the raw files.
    pub decision_files: Vec<String>,
    /// How things are counted.
    pub settings: Settings,
    /// Age schemes by name; the first is the project's own.
    pub age_schemes: IndexMap<String, AgeScheme>,
    /// The logframe, in the order of the definitions.
    pub indicators: Vec<Indicator>,
    /// Every file the definitions were read from.
    pub definitions: Vec<DefinitionFile>,
}

/// A service that the project gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Code, as sources and filters name it.
    pub code: String,
    /// Name for reports.
    pub name: Localized,
}

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

/// How things are counted where a project may choose (design, counting rules).
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Which number counts where an event has a signed list and a head-count.
    pub head_count: HeadCountRule,
    /// On which day a person's age is taken.
    pub age: AgeRule,
    /// Since when a person is new.
    pub new_since: NewSince,
    /// How attributes of a person are resolved, by field key; `MostFrequent` otherwise.
    pub resolve: BTreeMap<String, ResolveRule>,
    /// Status tolerance as a share (0.15 = ±15 %).
    pub tolerance: f64,
    /// Cells of 1 … threshold − 1 persons are suppressed in donor outputs; 0 = no suppression.
    pub small_numbers: u32,
    /// `run` exits with 1 above this many findings of severity `error`; none = never because of findings.
    pub findings_threshold: Option<usize>,
}

/// Which number counts where an event has a signed list and a head-count (rule 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadCountRule {
    /// The signed list.
    List,
    /// The log's head-count.
    Log,
    /// The larger one.
    Max,
}

/// On which day a person's age is taken (rule 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeRule {
    /// At the first contact within the period.
    FirstContactInPeriod,
    /// At each contact.
    EachContact,
    /// At the period's last day.
    PeriodEnd,
    /// At the first contact of the project.
    FirstContactOfProject,
    /// Contact year minus birth year, at the first contact within the period.
    YearDifference,
}

/// Since when a person is new (rule 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewSince {
    /// First contact of the project.
    Project,
    /// First contact counted by the indicator.
    Indicator,
    /// First contact of the calendar year.
    Year,
}

/// How one value is made of a person's several (rule 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResolveRule {
    /// Most frequent, ties by the more complete, then the earlier.
    MostFrequent,
    /// The latest.
    Latest,
    /// The first.
    First,
    /// Every value.
    Union,
    /// The largest.
    Maximum,
}

/// Age bands: lower bounds in full years, ascending; the last band is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeScheme {
    /// Name of the scheme.
    pub name: String,
    /// Lower bounds; `[0, 18, 35, 60]` gives 0-17, 18-34, 35-59, 60+.
    pub from: Vec<u32>,
}

impl AgeScheme {
    /// Names of the bands, youngest first: `0-17`, `18-34`, `60+`.
    pub fn bands(&self) -> Vec<String> {
        let closed = self.from.windows(2).map(|pair| {
            let (first, last) = (pair[0], pair[1].saturating_sub(1));
            if first == last {
                first.to_string()
            } else {
                format!("{first}-{last}")
            }
        });
        let open = self.from.last().map(|first| format!("{first}+"));
        closed.chain(open).collect()
    }
}

/// Level of the results chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Lasting change.
    Impact,
    /// Change in people's lives.
    Outcome,
    /// What the project delivers.
    Output,
    /// What the project does.
    Activity,
    /// Facts about the raw data, outside the results chain.
    Quality,
}

/// How an indicator behaves over periods (design, terms).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Adds up.
    Flow,
    /// Recomputed on the union, never added.
    Distinct,
    /// Last value.
    Level,
    /// Numerator and denominator recomputed.
    Ratio,
}

/// Unit of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Contacts.
    Contacts,
    /// Persons.
    Persons,
    /// Sessions or events.
    Sessions,
    /// Per cent (51.1 means 51.1 %).
    Percent,
    /// Findings.
    Findings,
    /// Any other number.
    Number,
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Increase,
    /// Less is better.
    Decrease,
    /// Neither.
    Neutral,
}

/// One indicator.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// Code as the logframe writes it.
    pub code: String,
    /// Level of the results chain.
    pub level: Level,
    /// Full wording.
    pub statement: Localized,
    /// Precise definition, beyond what the rule's words say; may be empty.
    pub definition: Localized,
    /// Known limits; may be empty.
    pub limits: Localized,
    /// Catalogue entry it was made from.
    pub catalogue: Option<String>,
    /// Unit of the value.
    pub unit: Unit,
    /// Class over periods.
    pub class: Class,
    /// Which way is good.
    pub direction: Direction,
    /// What is computed.
    pub rule: Rule,
    /// Decimals shown and rounded to, half away from zero.
    pub decimals: u8,
    /// Value before the project, with its date.
    pub baseline: Option<Baseline>,
    /// Life-of-project target: entered, never summed.
    pub target: Option<f64>,
    /// Targets per period label (`2026-03`, `2026-Q1`, `2026`); for flows and cumulative milestones alike.
    pub milestones: BTreeMap<String, f64>,
    /// How it is broken down.
    pub disaggregations: Vec<Disaggregation>,
    /// Calendars it is reported in; `None` = all of the project's, an empty list = the whole span only.
    pub calendars: Option<Vec<CalendarKind>>,
    /// Whether the value within each period is reported.
    pub in_period: bool,
    /// Whether the value from the project's start to each period's end is reported.
    pub cumulative: bool,
    /// Whether the report's front page shows it.
    pub headline: bool,
    /// Where it is defined.
    pub at: DefinedAt,
}

/// A value before the project.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    /// The value.
    pub value: f64,
    /// When it was measured.
    pub date: Option<NaiveDate>,
}

/// What an indicator computes.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// One measure over the facts that pass the filter.
    Single(Counted),
    /// Σ numerators ÷ Σ denominators (rule 11).
    Ratio {
        /// Above the line.
        numerator: Counted,
        /// Below the line.
        denominator: Counted,
        /// 100 for per cent, 1 for a plain ratio.
        times: u32,
    },
}

/// A measure with its filter and population.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// What is counted.
    pub measure: Measure,
    /// Over which facts.
    pub filter: Filter,
    /// Of which population; only it is counted.
    pub population: String,
}

/// What is counted: a closed list.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// Sessions held.
    Sessions,
    /// Contacts.
    Contacts(Evidence),
    /// Different persons with at least one contact.
    People,
    /// Persons whose first contact (since the anchor) falls in the period.
    NewPeople,
    /// Persons of the period who are not new.
    ReturningPeople,
    /// Persons with contacts in at least `min` different activities.
    PeopleWithServices {
        /// Least number of activities.
        min: u32,
    },
    /// Sum of a numeric field over sessions' log rows (head-counts as written) or contact rows.
    Sum {
        /// Field key.
        field: String,
    },
    /// Findings of the given kinds (their codes).
    Findings {
        /// Kind codes as in `findings.csv`.
        kinds: Vec<String>,
    },
}

/// Which contacts a measure takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// All.
    All,
    /// Of people named or coded.
    Named,
    /// Anonymous head-counts.
    Anonymous,
}

/// A condition on facts.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Everything.
    All,
    /// Every part holds.
    And(Vec<Filter>),
    /// At least one part holds.
    Or(Vec<Filter>),
    /// The part does not hold.
    Not(Box<Filter>),
    /// The subject has one of the values.
    OneOf {
        /// What is looked at.
        subject: Subject,
        /// Values, as written in the definition; compared after normalising case and spaces.
        values: Vec<String>,
    },
}

/// What a condition or a disaggregation looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The session's activity.
    Activity,
    /// The session's site.
    Site,
    /// The session's title.
    Title,
    /// The session's group.
    Group,
    /// The session's facilitator.
    Facilitator,
    /// The name of the source.
    Source,
    /// Signed by name or counted by head: `named`, `anonymous`.
    Evidence,
    /// A field of the row (by key).
    Field(String),
    /// A resolved attribute of the person (by field key): `sex`, `settlement`, `idp` …
    Attribute(String),
    /// Age band of the person, by the named scheme.
    Age(String),
    /// New or returning in the period.
    NewReturning,
    /// Calendar month of the contact.
    Month,
    /// Kind of finding (only for the findings measure).
    FindingKind,
}

/// A breakdown of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Disaggregation {
    /// Name in the `disaggregation` column of `indicators.csv`.
    pub name: String,
    /// Heading for reports.
    pub label: Localized,
    /// One subject, or several crossed.
    pub by: Vec<Subject>,
    /// Category code → name written instead of the code in the `category` column; empty = codes.
    pub rename: IndexMap<String, String>,
    /// Category codes listed even where nobody falls into them, in this order, before all others.
    pub order: Vec<String>,
}
