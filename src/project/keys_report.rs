//! The keys that only donors' formats need, with their shapes and one sentence about each.

use super::keys::{choices, key};
use super::model::Format;
use super::shape::{Key, Need, Section, Shape};
use Need::{Optional, Required};

choices! {
    /// Layouts that donors prescribe.
    FORMATS, format -> Format {
        "iptt" | "tracking-table" => Format::Iptt, "indicator performance tracking table with a change log";
        "eu-logframe" | "eu" => Format::EuLogframe, "EU logframe";
        "fcdo-logframe" | "fcdo" => Format::FcdoLogframe, "FCDO logframe with milestones";
        "un-partner" | "prp" => Format::UnPartner, "UN partner report with a row of HXL tags";
        "activity-progress" | "5w" => Format::ActivityProgress, "monthly progress by place, sex, age and disability";
        "pirs" => Format::Pirs, "indicator reference sheets, one per indicator";
        "iati" => Format::Iati, "IATI 2.03 results";
        "hxl" => Format::Hxl, "CSV with HXL tags";
        "dhis2" => Format::Dhis2, "DHIS2 dataValueSets";
    }
}

/// `[report]`.
pub(super) static REPORT: Section = Section {
    name: "[report]",
    doc: "What donors' formats need beside the figures.",
    keys: &[
        key(
            "formats",
            Shape::SomeOf(FORMATS),
            Optional,
            "Donors' formats written with every run.",
        ),
        key("country", Shape::Text, Optional, "Country by its two letters: UA."),
        key(
            "partner",
            Shape::Words,
            Optional,
            "Partner that carries out the work, where it is another organisation.",
        ),
        key(
            "response-plan",
            Shape::Words,
            Optional,
            "Response plan that the project belongs to.",
        ),
        key("cluster", Shape::Words, Optional, "Cluster or area of responsibility."),
        key("objective", Shape::Words, Optional, "The cluster's objective."),
        key(
            "project-code",
            Shape::Text,
            Optional,
            "The donor's or the cluster's code of the project.",
        ),
        key(
            "iati-organisation",
            Shape::Text,
            Optional,
            "Reference of the reporting organisation in IATI.",
        ),
        key(
            "iati-organisation-type",
            Shape::Text,
            Optional,
            "Type of the reporting organisation by IATI's list: 22 for a national NGO, 21 for an international one.",
        ),
        key(
            "iati-activity",
            Shape::Text,
            Optional,
            "Identifier of the activity in IATI.",
        ),
        key(
            "dhis2-org-unit",
            Shape::Text,
            Optional,
            "Organisation unit in DHIS2 of figures that belong to no place.",
        ),
    ],
};

/// `[[place]]`.
pub(super) static PLACE: Section = Section {
    name: "place",
    doc: "A place with its P-code, for donors' formats that ask for places.",
    keys: &[
        key("name", Shape::Text, Required, "Name in reports."),
        key(
            "also",
            Shape::Texts,
            Optional,
            "How the raw files write it: sites, settlements.",
        ),
        key("code", Shape::Text, Required, "P-code: UA63060070000076465."),
        key(
            "level",
            Shape::Whole(1, 5),
            Required,
            "Administrative level: 1 oblast, 2 raion, 3 hromada, 4 settlement.",
        ),
        key("within", Shape::Text, Optional, "P-code of the place it lies in."),
        key("dhis2", Shape::Text, Optional, "Organisation unit in DHIS2."),
    ],
};

/// What donors' formats ask of an indicator.
pub(super) const FOR_DONORS: &[Key] = &[
    key(
        "result",
        Shape::Words,
        Optional,
        "The result that it measures, as the logframe words it.",
    ),
    key(
        "rationale",
        Shape::Words,
        Optional,
        "Why it was chosen, and how its targets were set.",
    ),
    key("risk", Shape::Words, Optional, "Risk to the result."),
    key(
        "impact-weight",
        Shape::Number,
        Optional,
        "Share of the output in the impact, in per cent.",
    ),
    key(
        "explain",
        Shape::MapOf(&Shape::Words),
        Optional,
        "Why a figure lies beyond the tolerance, by period: { \"2026-Q1\" = \"…\" }.",
    ),
    key(
        "cluster-activity",
        Shape::Words,
        Optional,
        "Name of the activity in the cluster's list.",
    ),
    key(
        "cluster-indicator",
        Shape::Words,
        Optional,
        "Name of the indicator in the cluster's list.",
    ),
    key(
        "hxl",
        Shape::Text,
        Optional,
        "HXL tag of the value, where it is another than the unit tells: #reached+ind.",
    ),
    key("dhis2", Shape::Text, Optional, "Data element in DHIS2."),
    key(
        "dhis2-cells",
        Shape::MapOf(&Shape::Text),
        Optional,
        "Category option combinations in DHIS2: { \"sex=female\" = \"…\" }.",
    ),
];
