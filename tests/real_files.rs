//! Real files counted by hand: `inspect --json`, with no definition at all, says what the hand count says.
//!
//! The files lie outside the repository; where they are not there, the test says so and passes.

#![allow(clippy::print_stdout, reason = "a skipped folder and open differences are said")]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use support::{csv_rows, tallyframe};

/// Columns of the hand count with the key of the document.
const COUNTED: [(&str, &str); 12] = [
    ("person_rows", "rows"),
    ("distinct_persons", "persons"),
    ("ever_attended", "ever_attended"),
    ("session_columns", "session_columns"),
    ("sessions_with_any_entry", "sessions"),
    ("first_session", "first_session"),
    ("last_session", "last_session"),
    ("first_used", "first_held"),
    ("last_used", "last_held"),
    ("present_total", "present"),
    ("absent_total", "absent"),
    ("blank_cells", "blank"),
];

/// What the hand count has wrong: columns D to AN of row 1 hold 37 different days, 17 of them with marks, so that
/// 34 rows have 680 blank cells; the count by hand says 36 and 646.
const CORRECTED: [(&str, &str, &str); 2] = [
    ("en_iit_01_unlabelled_totals.xlsx", "session_columns", "37"),
    ("en_iit_01_unlabelled_totals.xlsx", "blank_cells", "680"),
];

/// What is asked instead of told: the finding that says so must be there.
const ASKED: [(&str, &str, &str); 3] = [
    // The second form names nobody.
    ("kobo_parent.csv", "person_rows", "no-person"),
    ("kobo_parent.csv", "distinct_persons", "no-person"),
    // Blank signatures are told with their number.
    ("en_signin_blank_signature.xlsx", "blank_cells", "signatures-blank"),
];

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1);
    let mut places = beside.flat_map(|above| [above.join("shared/real"), above.join("../shared/real")]);
    places.find(|place| place.join("TRUTH.csv").exists())
}

#[test]
fn every_file_says_what_was_counted_by_hand() {
    let Some(folder) = folder() else {
        println!("skipped: no folder of real files beside the repository");
        return;
    };
    let truth = csv_rows(&std::fs::read(folder.join("TRUTH.csv")).expect("the count by hand"));
    let by_file: BTreeMap<&str, &BTreeMap<String, String>> =
        truth.iter().map(|row| (row["file"].as_str(), row)).collect();
    let mut wrong = Vec::new();
    for row in &truth {
        let same = row["notes"].strip_prefix("same truth as ");
        let counted = same.and_then(|name| by_file.get(name).copied()).unwrap_or(row);
        wrong.extend(differences(&folder.join(&row["file"]), counted));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn differences(file: &Path, counted: &BTreeMap<String, String>) -> Vec<String> {
    let output = tallyframe(&["inspect", "--json", file.to_str().expect("UTF-8")]);
    let document: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    let sheets = document["files"][0]["sheets"].as_array().cloned().unwrap_or_default();
    let mut tables = sheets
        .iter()
        .flat_map(|sheet| sheet["tables"].as_array().cloned().unwrap_or_default());
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    let Some(table) = tables.next() else {
        return vec![format!("{name}: no table; told: {}", document["files"][0]["questions"])];
    };
    let mut wrong = Vec::new();
    for (column, key) in COUNTED {
        let corrected = CORRECTED
            .iter()
            .find(|(file, of, _)| *file == counted["file"] && *of == column);
        let expected = corrected.map_or(counted[column].as_str(), |(_, _, value)| value);
        let said = match &table["counts"][key] {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        let asked = ASKED.iter().any(|(file, of, kind)| {
            let told = format!("\"kind\":\"{kind}\"");
            *file == name && *of == column && document["files"][0]["findings"].to_string().contains(&told)
        });
        let same = said == expected || (expected == "0" && said == "null");
        if !(asked || expected.is_empty() || same) {
            wrong.push(format!("{name}: {column} is {expected}, {key} says {said}"));
        }
    }
    wrong
}
