//! Every key of `project.toml`, with its shape, its default and one sentence about it.
//!
//! The keys of an indicator stand in [`super::keys_indicator`].

use super::keys_indicator::INDICATOR;
use super::keys_report::{PLACE, REPORT};
use super::keys_source::{CAPACITY, CLOSED, FIELD, LOOKUP, SOURCE, WORDS};
use super::model::{AgeRule, HeadCountRule, NewSince, ResolveRule};
use super::shape::{Key, Need, Section, Shape};
use Need::{Default, Optional, Required};

/// A closed list of words with what each means: the table for checking and the function for reading.
macro_rules! choices {
    ($(#[$doc:meta])* $table:ident, $read:ident -> $type:ty {
        $($code:literal $(| $also:literal)* => $value:expr, $words:literal;)+
    }) => {
        $(#[$doc])*
        pub(super) static $table: &[$crate::project::shape::Choice] = &[
            $($crate::project::shape::Choice { code: $code, doc: $words, also: &[$($also),*] },)+
        ];

        /// The value that a word of the list stands for.
        pub(super) fn $read(code: &str) -> Option<$type> {
            match code {
                $($code => Some($value),)+
                _ => None,
            }
        }
    };
}
pub(super) use choices;

/// A key in one line.
pub(super) const fn key(name: &'static str, shape: Shape, need: Need, doc: &'static str) -> Key {
    Key { name, shape, need, doc }
}

/// Largest whole number where nothing else bounds it.
pub(super) const ANY: i64 = u32::MAX as i64;

/// Languages of reports: those that have words.
pub(super) static LANGUAGES: &[super::shape::Choice] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The language that a word of the list stands for.
pub(super) fn language(code: &str) -> Option<&'static str> {
    let known = |choice: &&super::shape::Choice| choice.code == code || choice.also.contains(&code);
    LANGUAGES.iter().find(known).map(|choice| choice.code)
}

choices! {
    /// Rules for head-counts.
    HEAD_COUNTS, head_count -> HeadCountRule {
        "list" => HeadCountRule::List, "the signed list counts";
        "log" => HeadCountRule::Log, "the log's head-count counts";
        "max" | "larger" => HeadCountRule::Max, "the larger of the two counts";
    }
}

choices! {
    /// Days on which age is taken.
    AGES, age_rule -> AgeRule {
        "first-contact-in-period" => AgeRule::FirstContactInPeriod, "at the first contact within the period";
        "each-contact" => AgeRule::EachContact, "at each contact";
        "period-end" => AgeRule::PeriodEnd, "on the period's last day";
        "first-contact-of-project" => AgeRule::FirstContactOfProject, "at the first contact of the project";
        "year-difference" => AgeRule::YearDifference, "contact year minus birth year";
    }
}

choices! {
    /// Anchors of being new.
    NEW_SINCE, new_since -> NewSince {
        "project" => NewSince::Project, "the first contact of the project";
        "indicator" => NewSince::Indicator, "the first contact that the indicator counts";
        "year" => NewSince::Year, "the first contact of the calendar year";
    }
}

choices! {
    /// Ways to make one value of several.
    RESOLVES, resolve_rule -> ResolveRule {
        "most-frequent" | "mode" => ResolveRule::MostFrequent, "the most frequent, then the more complete, then the earlier";
        "latest" | "last" => ResolveRule::Latest, "the latest";
        "first" | "earliest" => ResolveRule::First, "the first";
        "union" | "all" => ResolveRule::Union, "every value";
        "maximum" | "max" => ResolveRule::Maximum, "the largest";
    }
}

choices! {
    /// Calendars.
    CALENDARS, calendar -> super::calendar::CalendarKind {
        "month" | "monthly" => super::calendar::CalendarKind::Month, "calendar months: 2026-03";
        "quarter" | "quarterly" => super::calendar::CalendarKind::Quarter, "calendar quarters: 2026-Q1";
        "half-year" | "semester" => super::calendar::CalendarKind::HalfYear, "calendar half-years: 2026-H1";
        "year" | "annual" | "yearly" => super::calendar::CalendarKind::Year, "calendar years: 2026";
        "project-quarter" => super::calendar::CalendarKind::ProjectQuarter, "quarters from the project's first day: PQ1";
        "project-year" => super::calendar::CalendarKind::ProjectYear, "years from the project's first day: PY1";
        "project" | "whole" | "all" | "life-of-project" => super::calendar::CalendarKind::Project, "the whole project";
    }
}

/// `project.toml`.
pub(super) static PROJECT_FILE: Section = Section {
    name: "project.toml",
    doc: "A project: who, when, where the raw files lie, and how things are counted.",
    keys: &[
        key(
            "project",
            Shape::Table(&PROJECT),
            Required,
            "The project's name, dates, languages and calendars.",
        ),
        key(
            "activity",
            Shape::Tables(&ACTIVITY),
            Optional,
            "A service that the project gives; one [[activity]] each.",
        ),
        key(
            "source",
            Shape::Tables(&SOURCE),
            Required,
            "Files that are read alike; one [[source]] each.",
        ),
        key(
            "words",
            Shape::Table(&WORDS),
            Optional,
            "Words of the project's own files, over those that the tool knows.",
        ),
        key(
            "lookup",
            Shape::Tables(&LOOKUP),
            Optional,
            "A table that says more about the values of a field; one [[lookup]] each.",
        ),
        key(
            "field",
            Shape::MapOf(&Shape::Table(&FIELD)),
            Optional,
            "How the values of a field are brought to one form; one [field.<name>] each.",
        ),
        key(
            "span",
            Shape::Tables(&SPAN),
            Optional,
            "A span of the project's own that is reported, beside the calendars; one [[span]] each.",
        ),
        key(
            "capacity",
            Shape::Tables(&CAPACITY),
            Optional,
            "Places for overnight stays from a day on; one [[capacity]] each.",
        ),
        key(
            "closed",
            Shape::Tables(&CLOSED),
            Optional,
            "Days on which no session can have been held; one [[closed]] each.",
        ),
        key(
            "decisions",
            Shape::Tables(&DECISIONS),
            Optional,
            "Officers' decisions about pairs of records, kept among the raw files.",
        ),
        key(
            "count",
            Shape::Table(&COUNT),
            Optional,
            "How things are counted where a project may choose.",
        ),
        key(
            "report",
            Shape::Table(&REPORT),
            Optional,
            "What donors' formats need beside the figures.",
        ),
        key(
            "place",
            Shape::Tables(&PLACE),
            Optional,
            "A place with its P-code, for donors' formats; one [[place]] each.",
        ),
        key(
            "ages",
            Shape::MapOf(&Shape::ListOf(&BAND)),
            Optional,
            "Age bands by name: the first years of the bands, [0, 18, 60], or the bands, [\"0-17\", \"18-59\", \"60+\"]; the first scheme is the project's own.",
        ),
        key(
            "bands",
            Shape::MapOf(&Shape::ListOf(&BAND)),
            Optional,
            "Bands of other whole numbers by name: [0, 2, 10] or [\"0-1\", \"2-9\", \"10+\"].",
        ),
        key(
            "indicator",
            Shape::Tables(&INDICATOR),
            Optional,
            "An indicator; usually kept in indicators/*.toml.",
        ),
    ],
};

static BAND: Shape = Shape::Either(&[Shape::Whole(0, ANY), Shape::Text]);

/// A file in `indicators/`.
pub(super) static INDICATOR_FILE: Section = Section {
    name: "a file of indicators",
    doc: "Indicators of the logframe.",
    keys: &[key(
        "indicator",
        Shape::Tables(&INDICATOR),
        Optional,
        "An indicator; one [[indicator]] each.",
    )],
};

static PROJECT: Section = Section {
    name: "[project]",
    doc: "The project's name, dates, languages and calendars.",
    keys: &[
        key(
            "code",
            Shape::Text,
            Required,
            "Short code, used in file names and pseudonyms.",
        ),
        key("name", Shape::Words, Required, "Full name."),
        key("donor", Shape::Words, Optional, "Who pays."),
        key("organisation", Shape::Words, Optional, "Who reports."),
        key("start", Shape::Date, Required, "First day of the project."),
        key(
            "end",
            Shape::Date,
            Required,
            "Last day of the project; it belongs to it.",
        ),
        key(
            "language",
            Shape::OneOf(LANGUAGES),
            Default("en"),
            "Language of reports where none is asked for.",
        ),
        key(
            "calendars",
            Shape::SomeOf(CALENDARS),
            Default("[\"month\", \"quarter\"]"),
            "Calendars reported; the whole project always is.",
        ),
    ],
};

static ACTIVITY: Section = Section {
    name: "activity",
    doc: "A service that the project gives.",
    keys: &[
        key(
            "code",
            Shape::Text,
            Required,
            "Code by which sources and indicators name it.",
        ),
        key(
            "name",
            Shape::Words,
            Optional,
            "Name for reports; the code where there is none.",
        ),
    ],
};

static SPAN: Section = Section {
    name: "span",
    doc: "A span of the project's own that is reported.",
    keys: &[
        key(
            "label",
            Shape::Text,
            Optional,
            "Label in reports and targets; the two days where there is none.",
        ),
        key("start", Shape::Date, Required, "First day."),
        key("end", Shape::Date, Required, "Last day; it belongs to it."),
    ],
};

static DECISIONS: Section = Section {
    name: "decisions",
    doc: "Officers' decisions about pairs of records, kept among the raw files.",
    keys: &[key(
        "files",
        Shape::Texts,
        Required,
        "Files or patterns relative to the project folder, written with /.",
    )],
};

static COUNT: Section = Section {
    name: "[count]",
    doc: "How things are counted where a project may choose.",
    keys: &[
        key(
            "head-count",
            Shape::OneOf(HEAD_COUNTS),
            Default("list"),
            "Which number counts where an event has a signed list and a head-count.",
        ),
        key(
            "age",
            Shape::OneOf(AGES),
            Default("first-contact-in-period"),
            "On which day a person's age is taken.",
        ),
        key(
            "new-since",
            Shape::OneOf(NEW_SINCE),
            Default("project"),
            "Since when a person is new.",
        ),
        key(
            "tolerance",
            Shape::Number,
            Default("15"),
            "How many per cent above or below what was due is still on track.",
        ),
        key(
            "small-numbers",
            Shape::Whole(0, ANY),
            Default("0"),
            "Cells of fewer persons are hidden in donor outputs; 0 hides none.",
        ),
        key(
            "findings-threshold",
            Shape::Whole(0, ANY),
            Optional,
            "A run ends with exit code 1 above this many findings that are errors.",
        ),
        key(
            "resolve",
            Shape::MapOf(&Shape::OneOf(RESOLVES)),
            Optional,
            "Per field: how one value is made of a person's several.",
        ),
    ],
};
