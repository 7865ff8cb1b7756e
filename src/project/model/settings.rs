//! Settings: how things are counted where a project may choose (design, counting rules).

use std::collections::BTreeMap;

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

impl Default for Settings {
    fn default() -> Self {
        Self {
            head_count: HeadCountRule::List,
            age: AgeRule::FirstContactInPeriod,
            new_since: NewSince::Project,
            resolve: BTreeMap::new(),
            tolerance: 0.15,
            small_numbers: 0,
            findings_threshold: None,
        }
    }
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

/// Bands of ages or of other whole numbers: lower bounds, ascending; the last band is open.
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
