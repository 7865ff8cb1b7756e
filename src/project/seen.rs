//! `seen.toml`: what a project remembers of how its sources were read, as text that people review.
//!
//! It stands beside the definitions, whichever form these have, so that converting them never touches it.

use std::fmt::Write as _;
use std::path::Path;

use super::diagnostic::LoadError;
use super::model::{DefinitionFile, Seen, SeenTable};
use crate::message::{Message, Tongue, message};

/// File beside the definitions that remembers how the sources were read.
pub const SEEN_TOML: &str = "seen.toml";

/// What the file says first, a line each.
fn head() -> [Message; 3] {
    [
        message!(
            "How the raw files were read when this was last written, by `tallyframe init` or `tallyframe check --remember`."
        ),
        message!(
            "`check` and `run` compare each file with it and say what is laid out otherwise, before anything is counted."
        ),
        message!("Nothing here changes a figure. If a difference is right, run `tallyframe check --remember`."),
    ]
}

/// Reads what a project remembers, where it remembers anything.
pub(super) fn read(root: &Path) -> Result<Option<(Seen, DefinitionFile)>, LoadError> {
    let path = root.join(SEEN_TOML);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(LoadError::Io { path, source }),
    };
    let text = String::from_utf8_lossy(&bytes);
    let seen = toml::from_str(&text).map_err(|error| LoadError::Workbook {
        path,
        reason: message!(
            "{complaint} Delete the file, and let `tallyframe check --remember` write it anew",
            complaint = error.message()
        ),
    })?;
    let file = DefinitionFile {
        path: SEEN_TOML.to_owned(),
        sha256: super::load::sha256(&bytes),
    };
    Ok(Some((seen, file)))
}

/// The text of the file, with comments in a language.
pub fn seen_toml(seen: &Seen, tongue: &dyn Tongue) -> String {
    let mut text = String::new();
    for line in head() {
        let _ = writeln!(text, "# {}", line.told(tongue));
    }
    for source in &seen.sources {
        let _ = write!(text, "\n[[source]]\nname = {}\n", quoted(&source.name));
        for table in &source.tables {
            write_table(&mut text, table);
        }
    }
    text
}

fn write_table(text: &mut String, table: &SeenTable) {
    let _ = write!(text, "\n[[source.table]]\nlayout = {}\n", quoted(&table.layout));
    if !table.header_rows.is_empty() {
        let _ = writeln!(text, "header-rows = {:?}", table.header_rows);
    }
    text.push_str("columns = [\n");
    for column in &table.columns {
        let _ = writeln!(text, "  {},", quoted(column));
    }
    text.push_str("]\n");
    if !table.days.is_empty() {
        let days: Vec<String> = table.days.iter().map(|style| quoted(style)).collect();
        let _ = writeln!(text, "days = [{}]", days.join(", "));
    }
    for (key, value) in [("date-order", &table.date_order), ("blank", &table.blank)] {
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {}", quoted(value));
        }
    }
    if !table.marks.is_empty() {
        text.push_str("\n[source.table.marks]\n");
        for (mark, meaning) in &table.marks {
            let _ = writeln!(text, "{} = {}", key(mark), quoted(meaning));
        }
    }
}

fn quoted(text: &str) -> String {
    // One line each, so that a difference shows the line that changed.
    let escaped: String = text.chars().flat_map(escape).collect();
    format!("\"{escaped}\"")
}

fn key(text: &str) -> String {
    quoted(text)
}

fn escape(c: char) -> Vec<char> {
    match c {
        '"' | '\\' => vec!['\\', c],
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)).chars().collect(),
        c => vec![c],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::project::model::SeenSource;

    #[test]
    fn what_is_written_is_read_again() {
        let table = SeenTable {
            layout: "register".to_owned(),
            header_rows: vec![4, 5],
            columns: vec!["ПІБ = full_name".to_owned(), "a \"b\" \\ c\nd = ".to_owned()],
            days: vec!["dates".to_owned()],
            date_order: Some("day-month".to_owned()),
            blank: None,
            marks: BTreeMap::from([
                ("+".to_owned(), "present".to_owned()),
                ("\"".to_owned(), "other".to_owned()),
            ]),
        };
        let seen = Seen {
            sources: vec![SeenSource {
                name: "raw/*.xlsx".to_owned(),
                tables: vec![table],
            }],
        };
        let folder = tempfile::tempdir().expect("a folder");
        assert!(read(folder.path()).expect("nothing to read").is_none());
        std::fs::write(
            folder.path().join(SEEN_TOML),
            seen_toml(&seen, &crate::message::English),
        )
        .expect("written");
        let again = read(folder.path()).expect("it is valid").expect("it is there");
        assert_eq!(again.0, seen);
    }
}
