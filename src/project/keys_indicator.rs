//! Every key of an indicator and of a catalogue entry, with its shape, its default and one sentence about it.

use super::keys::{CALENDARS, choices, key};
use super::keys_measure::{CELL, MEASURE_KEYS, MEASURES, PART, joined};
use super::keys_report::FOR_DONORS;
use super::model::{Class, Direction, Level, Unit};
use super::shape::{Key, Need, Section, Shape};
use Need::{Default, Optional, Required};

choices! {
    /// Levels of the results chain.
    LEVELS, level -> Level {
        "impact" | "goal" => Level::Impact, "lasting change";
        "outcome" | "purpose" => Level::Outcome, "change in people's lives";
        "output" | "result" => Level::Output, "what the project delivers";
        "activity" => Level::Activity, "what the project does";
        "quality" => Level::Quality, "facts about the raw data, outside the results chain";
    }
}

choices! {
    /// Classes over periods.
    CLASSES, class -> Class {
        "flow" | "cumulative" | "sum" => Class::Flow, "adds up over periods";
        "distinct" | "unique" => Class::Distinct, "recomputed on the union, never added";
        "level" | "stock" => Class::Level, "the last value";
        "ratio" | "percent" => Class::Ratio, "numerator and denominator recomputed";
    }
}

choices! {
    /// Units.
    UNITS, unit -> Unit {
        "contacts" | "attendances" | "visits" => Unit::Contacts, "contacts";
        "persons" | "people" => Unit::Persons, "persons";
        "sessions" | "events" => Unit::Sessions, "sessions or events";
        "percent" | "%" => Unit::Percent, "per cent";
        "findings" => Unit::Findings, "findings";
        "number" => Unit::Number, "any other number";
    }
}

choices! {
    /// Directions.
    DIRECTIONS, direction -> Direction {
        "increase" | "up" => Direction::Increase, "more is better";
        "decrease" | "down" => Direction::Decrease, "less is better";
        "neutral" | "none" => Direction::Neutral, "neither";
    }
}

/// What an indicator reports of each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeWord {
    Period,
    Cumulative,
}

choices! {
    /// Scopes.
    SCOPES, scope -> ScopeWord {
        "period" | "in-period" => ScopeWord::Period, "the value within each period";
        "cumulative" | "to-date" => ScopeWord::Cumulative, "the value from the project's start to each period's end";
    }
}

/// `[[indicator]]`.
pub(super) static INDICATOR: Section = Section {
    name: "indicator",
    doc: "An indicator. Every key but `code` may come from the catalogue entry that `use` names.",
    keys: INDICATOR_KEYS,
};

const INDICATOR_KEYS: &[Key] = &joined::<{ COUNTED_KEYS.len() + FOR_DONORS.len() }>(COUNTED_KEYS, FOR_DONORS);

const COUNTED_KEYS: &[Key] = &joined::<{ INDICATOR_OWN.len() + MEASURE_KEYS.len() }>(INDICATOR_OWN, MEASURE_KEYS);

const INDICATOR_OWN: &[Key] = &[
    key("code", Shape::Text, Required, "Code as the logframe writes it."),
    key(
        "use",
        Shape::Text,
        Optional,
        "Catalogue entry that answers for every key left out.",
    ),
    key(
        "level",
        Shape::OneOf(LEVELS),
        Default("output"),
        "Level of the results chain.",
    ),
    key(
        "statement",
        Shape::Words,
        Optional,
        "Full wording; required without `use`.",
    ),
    key(
        "definition",
        Shape::Words,
        Optional,
        "Precise definition: who and what counts, and what does not.",
    ),
    key(
        "method",
        Shape::Words,
        Optional,
        "How it is collected and computed; printed after the definition.",
    ),
    key("limits", Shape::Words, Optional, "Known limits of the figure."),
    key(
        "measure",
        Shape::OneOf(MEASURES),
        Optional,
        "What is counted; required without `use`.",
    ),
    key(
        "where",
        Shape::Condition,
        Optional,
        "Only contacts, sessions or findings that meet this; a list means one of.",
    ),
    key(
        "population",
        Shape::Text,
        Default("beneficiaries"),
        "Whom it is about; only sources of this population count.",
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
        "of",
        Shape::Texts,
        Optional,
        "For sum-of, difference-of, quotient-of: codes of the other indicators.",
    ),
    key(
        "unit",
        Shape::OneOf(UNITS),
        Optional,
        "Unit; follows from the measure where it is not said.",
    ),
    key(
        "class",
        Shape::OneOf(CLASSES),
        Optional,
        "How it behaves over periods; follows from the measure where it is not said.",
    ),
    key(
        "direction",
        Shape::OneOf(DIRECTIONS),
        Default("increase"),
        "Which way is good.",
    ),
    key(
        "decimals",
        Shape::Whole(0, 6),
        Optional,
        "Decimals shown and rounded to; 1 for a ratio, else 0.",
    ),
    key(
        "baseline",
        Shape::Either(BASELINES),
        Optional,
        "Value before the project.",
    ),
    key(
        "target",
        Shape::Number,
        Optional,
        "Target for the life of the project; entered, never summed.",
    ),
    key(
        "targets",
        Shape::MapOf(&Shape::Number),
        Optional,
        "Target per period or span: 2026-Q1 = 30.",
    ),
    key(
        "disaggregate",
        Shape::ListOf(&ANY_BREAKDOWN),
        Optional,
        "Breakdowns: a subject, a list of subjects crossed, or a table with names of its own.",
    ),
    key(
        "as-cell",
        Shape::Text,
        Optional,
        "Breakdown and category under which the whole figure is written once more: \"kind=registered twice\".",
    ),
    key(
        "cell",
        Shape::Tables(&CELL),
        Optional,
        "A figure among the breakdowns with a rule of its own; one [[indicator.cell]] each.",
    ),
    key(
        "calendars",
        Shape::SomeOf(CALENDARS),
        Optional,
        "Calendars it is reported in: all of the project's where this is left out, the whole project alone where it is [].",
    ),
    key(
        "spans",
        Shape::Texts,
        Optional,
        "Labels of the project's own spans that it is reported for: all of them where this is left out, none where it is [].",
    ),
    key(
        "scope",
        Shape::SomeOf(SCOPES),
        Default("[\"period\", \"cumulative\"]"),
        "What is reported of each period.",
    ),
    key(
        "headline",
        Shape::YesNo,
        Default("false"),
        "Whether the report's front page shows it.",
    ),
    key(
        "assumptions",
        Shape::Words,
        Optional,
        "Results chain: what must hold for it to matter.",
    ),
    key(
        "verification",
        Shape::Words,
        Optional,
        "Means of verification: the papers that prove it.",
    ),
    key("frequency", Shape::Words, Optional, "How often it is reported."),
    key(
        "responsible",
        Shape::Words,
        Optional,
        "Role that is responsible for it.",
    ),
];

static BASELINES: &[Shape] = &[Shape::Number, Shape::Table(&BASELINE)];

static ANY_BREAKDOWN: Shape = Shape::Either(&[Shape::Text, Shape::ListOf(&Shape::Text), Shape::Table(&BREAKDOWN)]);

/// A catalogue entry: an indicator without what only a project can say.
pub(super) static ENTRY: Section = Section {
    name: "a catalogue entry",
    doc: "An indicator without what only a project can say.",
    keys: &[
        key(
            "needs",
            Shape::Texts,
            Optional,
            "Keys that an indicator using the entry must give itself.",
        ),
        key(
            "example",
            Shape::MapOf(&Shape::Text),
            Optional,
            "How each needed key may be written.",
        ),
        key(
            "indicator",
            Shape::Table(&ENTRY_INDICATOR),
            Required,
            "The keys that it answers for.",
        ),
    ],
};

static ENTRY_INDICATOR: Section = Section {
    name: "a catalogue entry",
    doc: "The keys that an entry answers for.",
    keys: INDICATOR_KEYS.split_at(2).1,
};

static BASELINE: Section = Section {
    name: "baseline",
    doc: "A value before the project.",
    keys: &[
        key("value", Shape::Number, Required, "The value."),
        key("date", Shape::Date, Optional, "When it was measured."),
    ],
};

static BREAKDOWN: Section = Section {
    name: "a breakdown",
    doc: "A breakdown with names of its own.",
    keys: &[
        key(
            "by",
            Shape::Texts,
            Required,
            "The subject, or a list of subjects crossed.",
        ),
        key(
            "as",
            Shape::Text,
            Optional,
            "Name in indicators.csv; the subject where there is none.",
        ),
        key("label", Shape::Words, Optional, "Heading for reports."),
        key(
            "bands",
            Shape::Text,
            Optional,
            "Name of the bands ([bands]) into which the numbers of the subject fall.",
        ),
        key(
            "rename",
            Shape::MapOf(&Shape::Text),
            Optional,
            "Category = name written instead.",
        ),
        key(
            "order",
            Shape::Texts,
            Optional,
            "Categories listed even where nobody falls into them, in this order, before all others.",
        ),
        key(
            "target",
            Shape::MapOf(&Shape::Number),
            Optional,
            "Target of single categories for the life of the project: female = 500.",
        ),
        key(
            "targets",
            Shape::MapOf(&Shape::MapOf(&Shape::Number)),
            Optional,
            "Target of single categories per period: 2026-Q1 = { female = 120 }.",
        ),
    ],
};
