//! Indicators: what is computed, over which facts, and how it is broken down.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::{DefinedAt, ForDonors, Localized};
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
    /// Targets of single cells: period label (empty = life of project), breakdown, category (both as
    /// `indicators.csv` writes them) → target.
    pub cell_targets: BTreeMap<(String, String, String), f64>,
    /// Results chain: what must hold for it to matter.
    pub assumptions: Localized,
    /// Means of verification.
    pub verification: Localized,
    /// How often it is reported.
    pub frequency: Localized,
    /// Role that is responsible.
    pub responsible: Localized,
    /// What donors' formats say of it beside its figures.
    pub for_donors: ForDonors,
    /// How it is broken down.
    pub disaggregations: Vec<Disaggregation>,
    /// Breakdown and category under which the whole figure is written once more.
    pub as_cell: Option<(String, String)>,
    /// Figures among the breakdowns with a rule of their own.
    pub cells: Vec<OwnCell>,
    /// Calendars it is reported in; `None` = all of the project's, an empty list = the whole span only.
    pub calendars: Option<Vec<CalendarKind>>,
    /// Labels of the project's own spans that it is reported for, beside its calendars; `None` = all of them.
    pub spans: Option<Vec<String>>,
    /// Whether the value within each period is reported.
    pub in_period: bool,
    /// Whether the value from the project's start to each period's end is reported.
    pub cumulative: bool,
    /// Whether the report's front page shows it.
    pub headline: bool,
    /// Where it is defined.
    pub at: DefinedAt,
}

/// A figure among the breakdowns of an indicator with a rule of its own: the mean after beside the mean before.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnCell {
    /// Name in the `disaggregation` column.
    pub name: String,
    /// Name in the `category` column.
    pub category: String,
    /// What is computed, over the indicator's periods.
    pub rule: Rule,
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
#[allow(
    clippy::large_enum_variant,
    reason = "a project has tens of rules, and every room reads them plainly"
)]
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
    /// Made of other indicators, by their index; their class allows it.
    Derived {
        /// How.
        how: Derivation,
        /// Indexes into the project's indicators.
        of: Vec<usize>,
        /// 100 for per cent, 1 otherwise; only for quotients.
        times: u32,
    },
}

/// How an indicator is made of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivation {
    /// All added up.
    Sum,
    /// The first less the others.
    Difference,
    /// The first over the second.
    Quotient,
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
    /// Persons whose contacts show at least `min` different values of a subject: services, teams, centres.
    PeopleWith {
        /// What must differ; a field that holds several values gives each of them.
        of: Subject,
        /// Least number of different values.
        min: u32,
    },
    /// Persons with at least `min` contacts.
    PeopleWithContacts {
        /// Least number of contacts.
        min: u32,
    },
    /// Persons written down at least `min` times in a source, whether or not they have a contact.
    PeopleListed {
        /// Name of the source.
        source: String,
        /// Least number of rows.
        min: u32,
    },
    /// Different households of the contacts.
    Households,
    /// Different values of a field (organisations, communities), empty ones apart.
    Different {
        /// Field key.
        field: String,
    },
    /// Cycles held: blocks of a register in which at least one session was held (trainings, groups), by their first day.
    Cycles,
    /// Enrolments: a person in a cycle with at least one presence, by the first one.
    Enrolments,
    /// Enrolments with at least `sessions` distinct sessions of the cycle, credited on the day of that session (rule 12).
    CompletedEnrolments {
        /// Least number of sessions; every session held of the cycle when absent.
        sessions: Option<u32>,
    },
    /// Different persons with a completed enrolment; sessions of two cycles are never added up.
    CompletedPeople {
        /// Least number of sessions; every session held of the cycle when absent.
        sessions: Option<u32>,
    },
    /// Different persons with an enrolment whose cycle has ended by the period's end without completing it.
    DroppedOut {
        /// Sessions that would have completed it; every session held when absent.
        sessions: Option<u32>,
    },
    /// A statistic of a numeric field or attribute.
    Statistic {
        /// Which.
        of: Statistic,
        /// Field key.
        field: String,
        /// Once for what.
        per: Per,
    },
    /// Number of values in a field that holds several, over the contacts: services provided.
    Items {
        /// Field key.
        field: String,
    },
    /// Bed-nights of stays (rule 13): `check-in ≤ night < check-out`, one per person and night.
    BedNights,
    /// Places × nights: what bed-nights are compared with.
    CapacityNights,
    /// Most persons on one night.
    PeakNight,
    /// Days from one date field to another, summed over contact rows that have both.
    Days {
        /// Field key of the earlier date.
        from: String,
        /// Field key of the later date.
        to: String,
    },
    /// Contact rows open at the period's end: begun by then, and without an end or with one after it.
    OpenAtEnd {
        /// Field key of the end.
        until: String,
    },
    /// Contact rows whose end falls in the period.
    Ended {
        /// Field key of the end.
        until: String,
    },
    /// Comparison of a value before and a value after.
    Change(Change),
    /// A number that does not depend on data, for ratios (minutes in an hour).
    Constant(u32),
    /// Findings of the given kinds.
    Findings {
        /// Kind codes as in `findings.csv`, or `kind/reason` for rows that a definition sets aside.
        kinds: Vec<String>,
    },
}

/// A statistic of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Sum.
    Sum,
    /// Arithmetic mean.
    Mean,
    /// Median; of an even number the mean of the middle two.
    Median,
    /// Smallest.
    Minimum,
    /// Largest.
    Maximum,
}

/// What a number is taken once for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Each contact row or log row.
    Row,
    /// Each session.
    Session,
    /// Each cycle.
    Cycle,
    /// Each enrolment, weighted by the share of the cycle's sessions attended (person-hours).
    Attendance,
    /// Each person: the resolved attribute.
    Person,
    /// Each household: the resolved attribute of its persons, the largest.
    Household,
}

/// A value before against a value after.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The earlier value.
    pub before: Score,
    /// The later value.
    pub after: Score,
    /// Compared within a row, or within a person (the latest row of each test counts).
    pub per: Per,
    /// What is counted or summed over those who have both.
    pub what: ChangeOf,
}

/// Where a score stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Field key of the number.
    pub field: String,
    /// Only rows that pass.
    pub filter: Filter,
}

/// What is counted or summed over those who have both values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ChangeOf {
    /// How many have both.
    Pairs,
    /// Sum of the earlier values.
    Before,
    /// Sum of the later values.
    After,
    /// Sum of the changes.
    Difference,
    /// How many improved by more than nothing (`at_least` 0), by at least a number, or by at least a share of the earlier value.
    Improved {
        /// Least improvement.
        at_least: f64,
        /// Whether it is a share of the earlier value.
        relative: bool,
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
    /// The subject has any value.
    Known(Subject),
    /// The subject is a number within bounds, ends included.
    Between {
        /// What is looked at.
        subject: Subject,
        /// Least; none below when absent.
        from: Option<f64>,
        /// Most; none above when absent.
        to: Option<f64>,
    },
    /// The day lies within bounds, ends included.
    Days {
        /// The contact's own day, or a date field (by key).
        field: Option<String>,
        /// First day; none before when absent.
        from: Option<NaiveDate>,
        /// Last day; none after when absent.
        to: Option<NaiveDate>,
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
    /// Band of a number (a field of the row or an attribute of the person), by the named scheme.
    Band {
        /// Field key.
        of: String,
        /// Name of the scheme.
        scheme: String,
    },
    /// Activities of the person anywhere in the project (several).
    PersonActivities,
    /// Sources that name the person, registries too (several).
    PersonSources,
    /// The person's contacts passing the indicator's filter, in order: `first`, `further`.
    Order,
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
    /// One subject, or several crossed; none where the breakdown holds only the indicator's own cells.
    pub by: Vec<Subject>,
    /// Category code → name written instead of the code in the `category` column; empty = codes.
    pub rename: IndexMap<String, String>,
    /// Category codes listed even where nobody falls into them, in this order, before all others.
    pub order: Vec<String>,
}
