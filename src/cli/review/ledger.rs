//! `decisions.csv`: lines are added to it, never changed or removed; the last line about a pair stands.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::{Failure, private};
use crate::ingest::decisions::End;
use crate::ingest::fingerprint_of;
use crate::ingest::vocabulary::{Role, Verdict, Vocabulary};
use crate::message::message;

/// Name of the file in a project's folder.
const NAME: &str = "decisions.csv";

/// Columns of a new file.
const HEADER: [&str; 12] = [
    "file_a", "sheet_a", "row_a", "name_a", "file_b", "sheet_b", "row_b", "name_b", "decision", "by", "date", "reason",
];

/// What each of these columns holds.
const ROLES: [Role; 12] = [
    Role::DecisionFile,
    Role::DecisionSheet,
    Role::DecisionRow,
    Role::DecisionName,
    Role::DecisionFile,
    Role::DecisionSheet,
    Role::DecisionRow,
    Role::DecisionName,
    Role::DecisionVerdict,
    Role::DecisionBy,
    Role::DecisionDate,
    Role::DecisionReason,
];

/// A decision to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The two rows, with the names that stand in them now.
    pub(crate) ends: [End; 2],
    /// What was decided.
    pub(crate) verdict: Verdict,
    /// Who decided.
    pub(crate) by: String,
    /// When, as year-month-day.
    pub(crate) date: String,
    /// Why.
    pub(crate) reason: String,
}

/// What the file is after lines were added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Where.
    pub(crate) path: PathBuf,
    /// Size in bytes.
    pub(crate) bytes: usize,
    /// SHA-256.
    pub(crate) sha256: String,
}

/// Adds lines to the project's decisions; the file is made where there is none.
pub(crate) fn append(root: &Path, entries: &[Entry], vocabulary: &Vocabulary) -> Result<Written, Failure> {
    let path = root.join(NAME);
    let former = match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(Failure::File(message!("{path}: {error}", path, error))),
    };
    let text = match former {
        None => added("\u{feff}", entries, vocabulary),
        Some(bytes) => {
            let text = String::from_utf8(bytes).map_err(|_| {
                Failure::File(message!("{path} is not in UTF-8, so nothing was added to it: open it and save it as «CSV UTF-8», then try again", path))
            })?;
            added(&text, entries, vocabulary)
        }
    };
    private::replace(&path, text.as_bytes())?;
    Ok(Written {
        path,
        bytes: text.len(),
        sha256: fingerprint_of(text.as_bytes()),
    })
}

/// The text of a file with lines added under its own columns.
fn added(text: &str, entries: &[Entry], vocabulary: &Vocabulary) -> String {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = &text[..text.len() - body.len()];
    let (header, rest) = body.split_once('\n').unwrap_or((body, ""));
    let end = if header.ends_with('\r') || header.is_empty() {
        "\r\n"
    } else {
        "\n"
    };
    let header = header.trim_end_matches('\r');
    let separator = [';', '\t']
        .into_iter()
        .find(|sign| header.contains(*sign))
        .unwrap_or(',');
    let (header, places) = header_with(header, separator, vocabulary);
    let mut whole = format!("{mark}{header}{end}{rest}");
    if !whole.ends_with('\n') {
        whole.push_str(end);
    }
    for entry in entries {
        let cells = cells(entry);
        let width = places.iter().max().map_or(0, |last| last + 1);
        let mut line = vec![String::new(); width];
        for (place, cell) in places.iter().zip(cells) {
            line[*place] = quoted(&cell, separator);
        }
        whole.push_str(&line.join(&separator.to_string()));
        whole.push_str(end);
    }
    whole
}

/// The header with the columns it lacks added at its end, and where each of our columns stands.
fn header_with(header: &str, separator: char, vocabulary: &Vocabulary) -> (String, [usize; 12]) {
    let mut titles: Vec<String> = Vec::new();
    if !header.trim().is_empty() {
        titles.extend(header.split(separator).map(str::to_owned));
    }
    let mut places = [usize::MAX; 12];
    for (at, title) in titles.iter().enumerate() {
        let roles = vocabulary.header(title.trim().trim_matches('"'));
        let role =
            |role: &Role| roles.contains(role) || (*role == Role::DecisionDate && roles.contains(&Role::SessionDate));
        let free = (0..ROLES.len()).find(|ours| places[*ours] == usize::MAX && role(&ROLES[*ours]));
        if let Some(ours) = free {
            places[ours] = at;
        }
    }
    for (ours, place) in places.iter_mut().enumerate() {
        if *place == usize::MAX {
            *place = titles.len();
            titles.push(HEADER[ours].to_owned());
        }
    }
    (titles.join(&separator.to_string()), places)
}

fn cells(entry: &Entry) -> [String; 12] {
    let row = |end: &End| end.row.map(|row| row.to_string()).unwrap_or_default();
    let [a, b] = &entry.ends;
    [
        a.file.clone(),
        a.sheet.clone(),
        row(a),
        a.name.clone(),
        b.file.clone(),
        b.sheet.clone(),
        row(b),
        b.name.clone(),
        entry.verdict.code().to_owned(),
        entry.by.clone(),
        entry.date.clone(),
        entry.reason.clone(),
    ]
}

/// A cell of the file: never a formula, quoted where it must be.
fn quoted(cell: &str, separator: char) -> String {
    let plain: String = cell
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    let guarded = if plain.starts_with(['=', '+', '-', '@']) {
        format!("'{plain}")
    } else {
        plain
    };
    if guarded.contains([separator, '"']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::vocabulary::standard;

    fn entry(name: &str) -> Entry {
        let end = |file: &str, row| End {
            file: file.to_owned(),
            sheet: String::new(),
            row: Some(row),
            name: name.to_owned(),
        };
        Entry {
            ends: [end("a.csv", 2), end("b.csv", 3)],
            verdict: Verdict::Same,
            by: "Я".to_owned(),
            date: "2026-05-01".to_owned(),
            reason: String::new(),
        }
    }

    #[test]
    fn a_new_file_gets_a_header_and_an_old_one_keeps_its_own() {
        let new = added("\u{feff}", &[entry("Олена")], standard());
        assert!(new.starts_with("\u{feff}file_a,sheet_a"), "{new}");
        assert!(
            new.ends_with("a.csv,,2,Олена,b.csv,,3,Олена,same,Я,2026-05-01,\r\n"),
            "{new}"
        );
        let old = "Файл 1;Рядок 1;Файл 2;Рядок 2;Рішення;Хто вирішив\nx;1;y;2;різні;О";
        let more = added(old, &[entry("=1;2")], standard());
        let lines: Vec<&str> = more.lines().collect();
        assert_eq!(
            lines[0],
            "Файл 1;Рядок 1;Файл 2;Рядок 2;Рішення;Хто вирішив;sheet_a;name_a;sheet_b;name_b;date;reason"
        );
        assert_eq!(lines[1], "x;1;y;2;різні;О");
        assert_eq!(lines[2], "a.csv;2;b.csv;3;same;Я;;\"'=1;2\";;\"'=1;2\";2026-05-01;");
    }
}
