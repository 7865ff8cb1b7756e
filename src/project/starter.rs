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
    /// First and last day, where the files tell them.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// Services that the files are about.
    pub activities: Vec<StarterActivity>,
    /// The files given, those of one kind together.
    pub sources: Vec<StarterSource>,
    /// Tables of decisions about pairs of people, as paths in the project.
    pub decisions: Vec<String>,
    /// Files that were left out, each with the reason.
    pub left_out: Vec<String>,
}

/// A service of a new project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterActivity {
    /// Code by which sources name it.
    pub code: String,
    /// Its name, as the files have it.
    pub name: String,
}

/// Files of a new project that are read alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StarterSource {
    /// Patterns relative to the project folder.
    pub files: Vec<String>,
    /// Names or patterns of the sheets meant; all where there is none.
    pub sheets: Vec<String>,
    /// Layout as detected.
    pub layout: Option<Layout>,
    /// Activity code.
    pub activity: Option<String>,
    /// What was seen, in lines.
    pub comment: Vec<String>,
    /// Lines of definition that would answer what is open.
    pub questions: Vec<String>,
}

/// Writes a commented `project.toml`; it loads without a mistake where the files tell the project's days.
pub fn starter(project: &Starter) -> String {
    let mut text = String::new();
    head(&mut text, project);
    activities(&mut text, project);
    sources(&mut text, project);
    aside(&mut text, project);
    tail(&mut text);
    text
}

fn head(text: &mut String, project: &Starter) {
    text.push_str("# A project: who, when, where the raw files lie. Raw files are only ever read.\n");
    text.push_str("# A line with a question mark is a question: take the # and the ? away, and correct the line.\n\n");
    text.push_str("[project]\n");
    line(
        text,
        "code",
        &quoted(&project.code),
        "short, in Latin letters: a part of file names",
    );
    line(text, "name", &quoted(&project.name), "or { en = \"…\", uk = \"…\" }");
    if let Some((start, end)) = project.span {
        let first = "the files tell of days in this year: check it";
        line(text, "start", &start.to_string(), first);
        line(
            text,
            "end",
            &end.to_string(),
            "the day belongs to the project: check it",
        );
    } else {
        text.push_str("# No file tells a day that could be read.\n");
        text.push_str("# start = year-month-day ?\n# end = year-month-day ?\n");
    }
    line(
        text,
        "calendars",
        "[\"month\", \"quarter\"]",
        "the whole project is always reported",
    );
    text.push_str("# donor = \"\"\n# organisation = \"\"\n# language = \"uk\"\n");
}

fn activities(text: &mut String, project: &Starter) {
    text.push_str(
        "\n# Services that the project gives, named after the files. Sources and indicators name them by code.\n",
    );
    for activity in &project.activities {
        let (code, name) = (quoted(&activity.code), quoted(&activity.name));
        let _ = write!(text, "[[activity]]\ncode = {code}\nname = {name}\n\n");
    }
    if project.activities.is_empty() {
        text.push_str("# [[activity]]\n# code = \"group\"\n# name = \"Group consultations\"\n\n");
    }
}

fn sources(text: &mut String, project: &Starter) {
    text.push_str("# Where the raw files lie. Header, columns, dates and marks are found by themselves;\n");
    text.push_str("# `tallyframe inspect FILE` shows what was found, and each can be said here instead.\n");
    for source in &project.sources {
        one_source(text, source);
    }
    if project.sources.is_empty() {
        text.push_str("[[source]]\nfiles = \"raw/**/*.xlsx\"\n\n");
    }
}

fn one_source(text: &mut String, source: &StarterSource) {
    for comment in &source.comment {
        let _ = writeln!(text, "# {}", on_one_line(comment));
    }
    text.push_str("[[source]]\n");
    let _ = writeln!(text, "files = {}", texts(&source.files));
    if !source.sheets.is_empty() {
        let _ = writeln!(text, "sheets = {}", texts(&source.sheets));
    }
    if let Some(layout) = source.layout {
        let found = "as found; leave out to have it found again";
        line(text, "layout", &quoted(layout_code(layout)), found);
    }
    match &source.activity {
        Some(code) => {
            let _ = writeln!(text, "activity = {}", quoted(code));
        }
        None if source.layout == Some(Layout::Registry) => {}
        None => text.push_str("# activity = \"\"        # code of the service, defined above\n"),
    }
    for question in &source.questions {
        let _ = writeln!(text, "# {}", on_one_line(question));
    }
    text.push('\n');
}

/// Decisions that are kept, and what was left out.
fn aside(text: &mut String, project: &Starter) {
    if !project.decisions.is_empty() {
        text.push_str("# Officers' decisions about pairs of people.\n[[decisions]]\n");
        let _ = write!(text, "files = {}\n\n", texts(&project.decisions));
    }
    if !project.left_out.is_empty() {
        text.push_str("# Left out, and not copied, because nothing in them could be read as data:\n");
        for file in &project.left_out {
            let _ = writeln!(text, "#   {}", on_one_line(file));
        }
        text.push('\n');
    }
}

/// A text, or a list of texts.
fn texts(list: &[String]) -> String {
    match list {
        [one] => quoted(one),
        several => {
            let lines: Vec<String> = several.iter().map(|text| format!("\n  {},", quoted(text))).collect();
            format!("[{}\n]", lines.concat())
        }
    }
}

/// Text that can stand in a comment.
fn on_one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn tail(text: &mut String) {
    text.push_str("# Figures of fewer people are hidden, and what would give them back. 5 is usual where services are about violence.\n");
    text.push_str("# [count]\n# small-numbers = 5\n\n");
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
            files: vec![files.to_owned(), "raw/x\"y.csv".to_owned()],
            sheets: vec!["Аркуш \"1\"".to_owned()],
            layout,
            activity: activity.map(str::to_owned),
            comment: vec!["seen:\ntwo lines".to_owned()],
            questions: vec!["year = 2026 ?".to_owned()],
        };
        let project = Starter {
            code: "new-1".to_owned(),
            name: "Простір \"Коло\" \\ два\nрядки".to_owned(),
            span: Some((day("2026-01-01"), day("2026-12-31"))),
            activities: vec![StarterActivity {
                code: "recreation".to_owned(),
                name: "Дозвілля \"А\"".to_owned(),
            }],
            sources: vec![
                source(
                    "raw/Дозвілля ''' \"лапки\"/*.xlsx",
                    Some(Layout::List),
                    Some("recreation"),
                ),
                source("raw/*.ods", None, Some("recreation")),
                source("raw/Реєстр.xlsx", Some(Layout::Registry), None),
            ],
            decisions: vec!["raw/рішення.csv".to_owned()],
            left_out: vec!["звіт.xlsx: sums".to_owned()],
        };
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(PROJECT_TOML), starter(&project)).expect("written");
        let loaded = load(folder.path(), &Known::default()).map_err(|error| error.to_string());
        let loaded = loaded.expect("a starter is valid");
        assert_eq!(loaded.name.get("en"), project.name);
        assert_eq!(loaded.sources[0].files, project.sources[0].files);
        assert_eq!(loaded.indicators.len(), 2);
    }
}
