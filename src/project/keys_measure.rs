//! The closed list of measures, and the keys that say the rest of what a measure counts.
//!
//! The same keys stand in an indicator, in either part of a ratio and in a cell of its own.

use super::keys::{ANY, choices, key};
use super::keys_indicator::UNITS;
use super::model::{ChangeOf, Derivation, Per, Statistic};
use super::shape::{Key, Need, Section, Shape};
use Need::{Default, Optional, Required};

/// A measure before its own keys have been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MeasureWord {
    Sessions,
    Contacts,
    NamedContacts,
    AnonymousContacts,
    People,
    NewPeople,
    ReturningPeople,
    PeopleWith,
    PeopleWithServices,
    PeopleWithContacts,
    PeopleListed,
    Households,
    Different,
    Cycles,
    Enrolments,
    CompletedEnrolments,
    CompletedPeople,
    DroppedOut,
    Statistic(Statistic),
    Items,
    BedNights,
    CapacityNights,
    PeakNight,
    Days,
    OpenAtEnd,
    Ended,
    Change,
    Constant,
    Findings,
    Ratio,
    Derived(Derivation),
}

choices! {
    /// Measures.
    MEASURES, measure -> MeasureWord {
        "sessions" | "events" | "meetings" | "activities" => MeasureWord::Sessions, "sessions held";
        "contacts" | "attendances" | "visits" | "reach" | "total-reach" | "consultations" | "calls" => MeasureWord::Contacts, "one person at one session, anonymous head-counts included";
        "named-contacts" => MeasureWord::NamedContacts, "contacts of people named or coded";
        "anonymous-contacts" | "head-count" => MeasureWord::AnonymousContacts, "people counted by head";
        "people" | "unique" | "persons" | "unique-people" | "beneficiaries" | "unique-reach" => MeasureWord::People, "different persons with at least one contact";
        "new-people" | "new" => MeasureWord::NewPeople, "persons whose first contact falls in the period";
        "returning-people" | "returning" => MeasureWord::ReturningPeople, "persons of the period who are not new";
        "people-with" => MeasureWord::PeopleWith, "persons with several different services, teams, places (`different` says of what)";
        "people-with-services" => MeasureWord::PeopleWithServices, "persons with several different activities; the same as people-with, different = \"activity\"";
        "people-with-contacts" | "repeat-visitors" => MeasureWord::PeopleWithContacts, "persons with several contacts";
        "people-listed" | "registered" => MeasureWord::PeopleListed, "persons written down in a source, with or without a contact";
        "households" | "families" => MeasureWord::Households, "different households";
        "different" | "organisations" | "distinct" => MeasureWord::Different, "different values of a field: organisations, communities";
        "cycles" | "trainings" | "groups" | "courses" => MeasureWord::Cycles, "cycles of sessions held: trainings, groups";
        "enrolments" | "participations" => MeasureWord::Enrolments, "persons in cycles, each cycle anew";
        "completed-enrolments" => MeasureWord::CompletedEnrolments, "enrolments with enough sessions of the cycle";
        "completed-people" | "completed" | "graduates" => MeasureWord::CompletedPeople, "different persons with enough sessions of one cycle";
        "dropped-out" | "dropouts" => MeasureWord::DroppedOut, "different persons whose cycle ended without enough sessions";
        "sum" | "total" => MeasureWord::Statistic(Statistic::Sum), "sum of a numeric field";
        "mean" | "average" => MeasureWord::Statistic(Statistic::Mean), "arithmetic mean of a numeric field";
        "median" => MeasureWord::Statistic(Statistic::Median), "median of a numeric field";
        "minimum" | "min" | "smallest" => MeasureWord::Statistic(Statistic::Minimum), "smallest value of a numeric field";
        "maximum" | "max" | "largest" => MeasureWord::Statistic(Statistic::Maximum), "largest value of a numeric field";
        "items" | "services-provided" => MeasureWord::Items, "values of a field that holds several: services provided";
        "bed-nights" | "nights" => MeasureWord::BedNights, "nights of stays, one per person and night";
        "capacity-nights" => MeasureWord::CapacityNights, "places × nights";
        "peak-night" | "peak" => MeasureWord::PeakNight, "most persons on one night";
        "days" => MeasureWord::Days, "days from one date field to another, added up";
        "open-at-end" | "open" => MeasureWord::OpenAtEnd, "rows open at the period's end: cases";
        "ended" | "closed" => MeasureWord::Ended, "rows that ended in the period";
        "change" | "improvement" => MeasureWord::Change, "a value before compared with a value after";
        "constant" => MeasureWord::Constant, "a number that does not depend on data, for ratios";
        "findings" | "errors" => MeasureWord::Findings, "findings of given kinds";
        "ratio" | "percent" | "percentage" | "share" => MeasureWord::Ratio, "numerator ÷ denominator";
        "sum-of" => MeasureWord::Derived(Derivation::Sum), "other indicators added up";
        "difference-of" => MeasureWord::Derived(Derivation::Difference), "an indicator less others";
        "quotient-of" => MeasureWord::Derived(Derivation::Quotient), "an indicator over another";
    }
}

choices! {
    /// What a number is taken once for.
    PERS, per -> Per {
        "row" | "contact" => Per::Row, "each row";
        "session" | "event" => Per::Session, "each session";
        "cycle" | "training" | "group" => Per::Cycle, "each cycle of sessions";
        "attendance" | "enrolment" => Per::Attendance, "each enrolment, by the share of the cycle's sessions attended: person-hours";
        "person" => Per::Person, "each person: the resolved attribute";
        "household" | "family" => Per::Household, "each household";
    }
}

/// What is counted or summed of a comparison, before `at-least` has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChangeWord {
    Pairs,
    Before,
    After,
    Difference,
    Improved,
}

impl ChangeWord {
    /// With the least improvement, which only `improved` looks at.
    pub(super) fn with(self, at_least: f64, relative: bool) -> ChangeOf {
        match self {
            Self::Pairs => ChangeOf::Pairs,
            Self::Before => ChangeOf::Before,
            Self::After => ChangeOf::After,
            Self::Difference => ChangeOf::Difference,
            Self::Improved => ChangeOf::Improved { at_least, relative },
        }
    }
}

choices! {
    /// What is counted or summed of a comparison.
    CHANGES, change -> ChangeWord {
        "pairs" | "both" => ChangeWord::Pairs, "how many have both values";
        "before" => ChangeWord::Before, "sum of the earlier values of those who have both";
        "after" => ChangeWord::After, "sum of the later values of those who have both";
        "difference" | "change" => ChangeWord::Difference, "sum of the changes of those who have both";
        "improved" | "better" => ChangeWord::Improved, "how many improved, by at least `at-least` where it is given";
    }
}

impl MeasureWord {
    /// The keys that this measure looks at, beside `where` and `population`.
    pub(super) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::PeopleWith => &["different", "at-least"],
            Self::PeopleWithServices | Self::PeopleWithContacts => &["at-least"],
            Self::PeopleListed => &["source", "at-least"],
            Self::Different | Self::Items => &["field"],
            Self::CompletedEnrolments | Self::CompletedPeople | Self::DroppedOut => &["sessions"],
            Self::Statistic(_) => &["field", "per"],
            Self::Days => &["from", "to"],
            Self::OpenAtEnd | Self::Ended => &["until"],
            Self::Change => &["before", "after", "per", "what", "at-least"],
            Self::Constant => &["number"],
            Self::Findings => &["kinds"],
            // What both parts of a ratio share may stand beside them.
            Self::Ratio => &[
                "numerator",
                "denominator",
                "before",
                "after",
                "per",
                "at-least",
                "sessions",
                "field",
            ],
            Self::Derived(_) => &["of"],
            Self::Sessions
            | Self::Contacts
            | Self::NamedContacts
            | Self::AnonymousContacts
            | Self::People
            | Self::NewPeople
            | Self::ReturningPeople
            | Self::Households
            | Self::Cycles
            | Self::Enrolments
            | Self::BedNights
            | Self::CapacityNights
            | Self::PeakNight => &[],
        }
    }
}

/// The first measure that looks at a key.
pub(super) fn owner(key: &str) -> Option<&'static str> {
    let ratio = ["numerator", "denominator"].contains(&key);
    MEASURES.iter().map(|choice| choice.code).find(|code| {
        measure(code).is_some_and(|word| (word != MeasureWord::Ratio || ratio) && word.keys().contains(&key))
    })
}

/// Every key that only some measures look at.
pub(super) fn own_keys() -> impl Iterator<Item = &'static str> {
    MEASURE_KEYS
        .iter()
        .map(|key| key.name)
        .chain(["numerator", "denominator", "of"])
}

/// Keys of single measures, wherever a measure may stand.
pub(super) const MEASURE_KEYS: &[Key] = &[
    key(
        "different",
        Shape::Text,
        Optional,
        "For people-with: what must differ, as in \"activity\", \"source\", \"service\".",
    ),
    key(
        "at-least",
        Shape::Either(&[Shape::Number, Shape::Text]),
        Optional,
        "Least number of different values (people-with: 2), contacts (people-with-contacts: 2) or rows (people-listed: 1); for change: least improvement, in points (2) or as a share of the earlier value (\"20 %\").",
    ),
    key(
        "source",
        Shape::Text,
        Optional,
        "For people-listed: name of the source.",
    ),
    key(
        "field",
        Shape::Text,
        Optional,
        "For sum, mean, median, minimum, maximum: the numeric field; for different and items: the field.",
    ),
    key(
        "per",
        Shape::OneOf(PERS),
        Default("row"),
        "For sum, mean, median, minimum, maximum: once for what the number is taken; for change: within what the values are compared (row or person).",
    ),
    key(
        "sessions",
        Shape::Whole(1, 1000),
        Optional,
        "For completed-people, completed-enrolments, dropped-out: sessions that complete a cycle; every one held where it is left out.",
    ),
    key("from", Shape::Text, Optional, "For days: field of the earlier date."),
    key("to", Shape::Text, Optional, "For days: field of the later date."),
    key(
        "until",
        Shape::Text,
        Optional,
        "For open-at-end and ended: field of the date on which a row ends.",
    ),
    key(
        "before",
        Shape::Either(SCORES),
        Optional,
        "For change: field of the earlier value, or { field = …, where = … }.",
    ),
    key(
        "after",
        Shape::Either(SCORES),
        Optional,
        "For change: field of the later value, or { field = …, where = … }.",
    ),
    key(
        "what",
        Shape::OneOf(CHANGES),
        Optional,
        "For change: what is counted or summed over those who have both values.",
    ),
    key("number", Shape::Whole(1, ANY), Optional, "For constant: the number."),
    key(
        "kinds",
        Shape::Texts,
        Optional,
        "For findings: kinds as findings.csv writes them; \"skipped/…\" with the reason that a source gives for rows it skips.",
    ),
];

static SCORES: &[Shape] = &[Shape::Text, Shape::Table(&SCORE)];

static SCORE: Section = Section {
    name: "a value",
    doc: "Where a value before or after stands.",
    keys: &[
        key("field", Shape::Text, Required, "The numeric field."),
        key("where", Shape::Condition, Optional, "Only rows that meet this."),
    ],
};

/// A part of a ratio.
pub(super) static PART: Section = Section {
    name: "a part of a ratio",
    doc: "A numerator or denominator.",
    keys: &joined::<{ PART_OWN.len() + MEASURE_KEYS.len() }>(PART_OWN, MEASURE_KEYS),
};

const PART_OWN: &[Key] = &[
    key("measure", Shape::OneOf(MEASURES), Required, "What is counted."),
    key(
        "where",
        Shape::Condition,
        Optional,
        "Only what meets this, beside the indicator's own condition.",
    ),
    key(
        "population",
        Shape::Text,
        Optional,
        "Whom it is about; the indicator's own where it is not said.",
    ),
];

/// A cell of an indicator with a rule of its own.
pub(super) static CELL: Section = Section {
    name: "a cell",
    doc: "A figure shown among the breakdowns of an indicator, with a rule of its own.",
    keys: &joined::<{ CELL_OWN.len() + PART.keys.len() }>(CELL_OWN, PART.keys),
};

const CELL_OWN: &[Key] = &[
    key(
        "as",
        Shape::Text,
        Required,
        "Breakdown and category in indicators.csv: \"test=after\".",
    ),
    key(
        "numerator",
        Shape::Table(&PART),
        Optional,
        "For ratio: what stands above the line.",
    ),
    key(
        "denominator",
        Shape::Table(&PART),
        Optional,
        "For ratio: what stands below the line.",
    ),
    key(
        "unit",
        Shape::OneOf(UNITS),
        Optional,
        "For ratio: the indicator's own where it is not said.",
    ),
];

/// Two lists of keys as one; `N` is their common length.
pub(super) const fn joined<const N: usize>(first: &[Key], second: &[Key]) -> [Key; N] {
    let mut all = [first[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() {
            first[at]
        } else {
            second[at - first.len()]
        };
        at += 1;
    }
    all
}
