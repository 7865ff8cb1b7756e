//! The definitions of a made programme, and what it counts.

use std::fmt::Write as _;

use super::attendance::ACTIVITIES;
use super::sets::Set;

/// `project.toml`.
pub(crate) fn definitions(set: &Set) -> String {
    let mut text =
        "[project]\ncode = \"national\"\nname = \"National programme\"\nstart = 2026-01-01\nend = 2026-12-31\n\
                    calendars = [\"month\", \"quarter\"]\n"
            .to_owned();
    for (at, activity) in (1..).zip(ACTIVITIES) {
        write!(text, "\n[[activity]]\ncode = \"a{at}\"\nname = \"{activity}\"\n").expect("texts take all");
    }
    text + &format!("\n[[source]]\nfiles = \"raw/*.{}\"\n", set.format.extension())
}

/// `indicators/logframe.toml`.
pub(crate) fn indicators() -> String {
    let plain =
        |code: &str, from: &str, more: &str| format!("[[indicator]]\ncode = \"{code}\"\nuse = \"{from}\"\n{more}\n");
    [
        plain("1", "total-reach", ""),
        plain(
            "2",
            "unique-reach",
            "disaggregate = [\"sex\", \"age\", [\"sex\", \"age\"]]\n",
        ),
        plain("3", "reach-by-activity", ""),
        plain("4", "sessions-held", "disaggregate = [\"site\"]\n"),
        plain("5", "new-beneficiaries", ""),
        plain(
            "6",
            "unique-reach",
            "disaggregate = [\"site\", \"idp\", \"disability\"]\n",
        ),
    ]
    .concat()
}
