//! The verification factor: what a recount gives, in per cent of what was reported.
//!
//! Source: MEASURE Evaluation, Routine Data Quality Assessment Tool: recounted ÷ reported.

use std::collections::BTreeMap;

use crate::audit::manifest::{FigureEntry, Manifest};

/// An indicator as reported and as recounted.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// Code of the indicator.
    pub code: String,
    /// As reported; absent where no number was.
    pub reported: Option<f64>,
    /// As recounted now.
    pub recounted: Option<f64>,
    /// Recounted in per cent of reported; absent where one of them is, or nothing was reported.
    pub percent: Option<f64>,
}

/// The factor of every indicator's figure for the whole span.
///
/// `edited` are values that the report shows in place of those of its manifest, by code.
pub fn factors(then: &Manifest, now: &Manifest, edited: &BTreeMap<String, f64>) -> Vec<Factor> {
    let main = |manifest: &'_ Manifest| -> BTreeMap<String, FigureEntry> {
        let of_span = manifest
            .figures
            .iter()
            .filter(|one| one.period == manifest.period && one.category.is_empty());
        let mut found = BTreeMap::new();
        for one in of_span {
            // A figure from the project's start stands in where the period has none of its own.
            found.entry(one.code.clone()).or_insert_with(|| one.clone());
        }
        found
    };
    let (then, now) = (main(then), main(now));
    let codes = then.keys();
    let factor = |code: &String| {
        let reported = edited.get(code).copied().or_else(|| then[code].value);
        let recounted = now.get(code).and_then(|one| one.value);
        let percent = match (reported, recounted) {
            (Some(reported), Some(recounted)) if reported != 0.0 => Some(100.0 * recounted / reported),
            // Nothing reported and nothing found.
            (Some(_), Some(0.0)) => Some(100.0),
            _ => None,
        };
        Factor {
            code: code.clone(),
            reported,
            recounted,
            percent,
        }
    };
    codes.map(factor).collect()
}
