//! A first `project.toml` for a new project, to be read and completed by its officer.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::model::Layout;

/// What is known when a project begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starter {
    /// Short code in Latin letters, digits, - and _.
    pub code: String,
    /// Name of the project.
    pub name: String,
    /// First day, as far as the files tell.
    pub start: NaiveDate,
    /// Last day, as far as the files tell.
    pub end: NaiveDate,
    /// The files given.
    pub sources: Vec<StarterSource>,
}

/// Files of a new project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterSource {
    /// Pattern relative to the project folder.
    pub files: String,
    /// Layout as detected.
    pub layout: Option<Layout>,
    /// Activity code as guessed.
    pub activity: Option<String>,
}

/// Writes a commented `project.toml` that loads without a mistake.
pub fn starter(project: &Starter) -> String {
    let mut text = String::new();
    head(&mut text, project);
    activities(&mut text, project);
    sources(&mut text, project);
    tail(&mut text);
    text
}

fn head(text: &mut String, project: &Starter) {
    text.push_str("# A project: who, when, where the raw files lie. Raw files are only ever read.\n\n[project]\n");
    line(
        text,
        "code",
        &quoted(&project.code),
        "short, in Latin letters: a part of file names",
    );
    line(text, "name", &quoted(&project.name), "or { en = \"…\", uk = \"…\" }");
    line(
        text,
        "start",
        &project.start.to_string(),
        "first day of the project: check it",
    );
    line(
        text,
        "end",
        &project.end.to_string(),
        "last day, it belongs to the project: check it",
    );
    line(
        text,
        "calendars",
        "[\"month\", \"quarter\"]",
        "the whole project is always reported",
    );
    text.push_str("# donor = \"\"\n# organisation = \"\"\n# language = \"uk\"\n");
}

fn activities(text: &mut String, project: &Starter) {
    text.push_str("\n# Services that the project gives. Sources and indicators name them by their code.\n");
    let mut codes: Vec<&str> = Vec::new();
    for code in project.sources.iter().filter_map(|source| source.activity.as_deref()) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    for code in &codes {
        let _ = write!(text, "[[activity]]\ncode = {}\n\n", quoted(code));
    }
    if codes.is_empty() {
        text.push_str("# [[activity]]\n# code = \"group\"\n# name = \"Group consultations\"\n\n");
    }
}

fn sources(text: &mut String, project: &Starter) {
    text.push_str("# Where the raw files lie. Header, columns, dates and marks are found by themselves;\n");
    text.push_str("# `tallyframe inspect FILE` shows what was found, and each can be said here instead.\n");
    for source in &project.sources {
        text.push_str("[[source]]\n");
        let _ = writeln!(text, "files = {}", quoted(&source.files));
        if let Some(layout) = source.layout {
            line(
                text,
                "layout",
                &quoted(layout_code(layout)),
                "as found; leave out to have it found again",
            );
        }
        match &source.activity {
            Some(code) => {
                let _ = writeln!(text, "activity = {}", quoted(code));
            }
            None if source.layout == Some(Layout::Registry) => {}
            None => text.push_str("# activity = \"\"        # code of the service, defined above\n"),
        }
        text.push('\n');
    }
    if project.sources.is_empty() {
        text.push_str("[[source]]\nfiles = \"raw/**/*.xlsx\"\n\n");
    }
}

fn tail(text: &mut String) {
    text.push_str(
        "# The logframe. Standard indicators come from the catalogue; move them to indicators/*.toml as they grow.\n",
    );
    for (code, entry) in [("1", "total-reach"), ("2", "unique-reach")] {
        let _ = writeln!(text, "[[indicator]]\ncode = {}\nuse = {}", quoted(code), quoted(entry));
        text.push_str("# target = 100\n# disaggregate = [\"sex\", \"age\"]\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
}

fn line(text: &mut String, key: &str, value: &str, comment: &str) {
    let _ = writeln!(text, "{:<44}# {comment}", format!("{key} = {value}"));
}

fn layout_code(layout: Layout) -> &'static str {
    match layout {
        Layout::List => "list",
        Layout::Register => "register",
        Layout::EventLog => "event-log",
        Layout::Registry => "registry",
    }
}

/// A text as a TOML string, whatever it holds.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Known, PROJECT_TOML, load};

    #[test]
    fn a_starter_loads_whatever_the_names() {
        let day = |text: &str| text.parse().expect("a day");
        let source = |files: &str, layout, activity: Option<&str>| StarterSource {
            files: files.to_owned(),
            layout,
            activity: activity.map(str::to_owned),
        };
        let project = Starter {
            code: "new-1".to_owned(),
            name: "Простір \"Коло\" \\ два\nрядки".to_owned(),
            start: day("2026-01-01"),
            end: day("2026-12-31"),
            sources: vec![
                source(
                    "raw/Дозвілля ''' \"лапки\"/*.xlsx",
                    Some(Layout::List),
                    Some("recreation"),
                ),
                source("raw/*.ods", None, Some("recreation")),
                source("raw/Реєстр.xlsx", Some(Layout::Registry), None),
            ],
        };
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(PROJECT_TOML), starter(&project)).expect("written");
        let loaded = load(folder.path(), &Known::default()).map_err(|error| error.to_string());
        let loaded = loaded.expect("a starter is valid");
        assert_eq!(loaded.name.get("en"), project.name);
        assert_eq!(loaded.sources[0].files, [project.sources[0].files.as_str()]);
        assert_eq!(loaded.indicators.len(), 2);
    }
}
