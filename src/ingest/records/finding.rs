//! Findings: something wrong or doubtful, with its place.

use std::collections::BTreeMap;

use super::Place;
use crate::ingest::findings::Kind;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Somebody should look.
    Warning,
    /// Something could not be counted.
    Error,
}

/// Something wrong or doubtful in the raw data.
///
/// The wording is made by the printers from the kind and its arguments, in the language asked for;
/// arguments never hold names, phones, codes or birth dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What kind, from the closed list in [`crate::ingest::findings`].
    pub kind: Kind,
    /// Where.
    pub place: Option<Place>,
    /// Other places it is about.
    pub others: Vec<Place>,
    /// What the wording needs, by name.
    pub args: BTreeMap<&'static str, String>,
}
