//! Indicators: what is computed, over which facts, and how it is broken down.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::{DefinedAt, Localized};
use crate::project::calendar::CalendarKind;

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
