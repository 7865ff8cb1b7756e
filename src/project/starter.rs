//! A first `project.toml` for a new project, to be read and completed by its officer.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::model::Layout;
use crate::message::{Message, Tongue, message};

/// What is known when a project begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starter {
    /// Short code in Latin letters, digits, - and _.
    pub code: String,
    /// Name of the project.
    pub name: String,
    /// Language of its reports, where one was asked for.
    pub language: Option<String>,
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

/// Writes a `project.toml` with comments in a language; it loads without a mistake where the files tell the project's days.
pub fn starter(project: &Starter, tongue: &dyn Tongue) -> String {
    let mut text = Text {
        written: String::new(),
        tongue,
    };
    head(&mut text, project);
    activities(&mut text, project);
    sources(&mut text, project);
    aside(&mut text, project);
    tail(&mut text);
    text.written
}

/// A text that grows, with comments in one language.
struct Text<'t> {
    written: String,
    tongue: &'t dyn Tongue,
}

impl Text<'_> {
    fn push_str(&mut self, text: &str) {
        self.written.push_str(text);
    }

    /// A line of comment.
    fn comment(&mut self, message: &Message) {
        let _ = writeln!(self.written, "# {}", on_one_line(&message.told(self.tongue)));
    }

    /// A key with a comment behind it.
    fn line(&mut self, key: &str, value: &str, comment: &Message) {
        let comment = comment.told(self.tongue);
        let _ = writeln!(self.written, "{:<44}# {comment}", format!("{key} = {value}"));
    }
}

fn head(text: &mut Text, project: &Starter) {
    text.comment(&message!(
        "A project: who, when, where the raw files lie. Raw files are only ever read."
    ));
    text.comment(&message!(
        "A line with a question mark is a question: take the # and the ? away, and correct the line."
    ));
    text.push_str("\n[project]\n");
    let code = message!("short, in Latin letters: a part of file names");
    text.line("code", &quoted(&project.code), &code);
    let name = message!("or { en = \"…\", uk = \"…\" }");
    text.line("name", &quoted(&project.name), &name);
    if let Some((start, end)) = project.span {
        let first = message!("the files tell of days in this year: check it");
        text.line("start", &start.to_string(), &first);
        let last = message!("the day belongs to the project: check it");
        text.line("end", &end.to_string(), &last);
    } else {
        text.comment(&message!("No file tells a day that could be read."));
        text.comment(&message!("start = year-month-day ?"));
        text.comment(&message!("end = year-month-day ?"));
    }
    let calendars = message!("the whole project is always reported");
    text.line("calendars", "[\"month\", \"quarter\"]", &calendars);
    text.push_str("# donor = \"\"\n# organisation = \"\"\n");
    match &project.language {
        Some(language) => text.push_str(&format!("language = {}\n", quoted(language))),
        None => text.push_str("# language = \"uk\"\n"),
    }
}

fn activities(text: &mut Text, project: &Starter) {
    text.push_str("\n");
    text.comment(&message!(
        "Services that the project gives, named after the files. Sources and indicators name them by code."
    ));
    for activity in &project.activities {
        let (code, name) = (quoted(&activity.code), quoted(&activity.name));
        let _ = write!(text.written, "[[activity]]\ncode = {code}\nname = {name}\n\n");
    }
    if project.activities.is_empty() {
        let name = message!("Group consultations").told(text.tongue);
        text.push_str(&format!(
            "# [[activity]]\n# code = \"group\"\n# name = {}\n\n",
            quoted(&name)
        ));
    }
}

fn sources(text: &mut Text, project: &Starter) {
    text.comment(&message!(
        "Where the raw files lie. Header, columns, dates and marks are found by themselves;"
    ));
    text.comment(&message!(
        "`tallyframe inspect FILE` shows what was found, and each can be said here instead."
    ));
    for source in &project.sources {
        one_source(text, source);
    }
    if project.sources.is_empty() {
        text.push_str("[[source]]\nfiles = \"raw/**/*.xlsx\"\n\n");
    }
}

fn one_source(text: &mut Text, source: &StarterSource) {
    for comment in &source.comment {
        let _ = writeln!(text.written, "# {}", on_one_line(comment));
    }
    text.push_str("[[source]]\n");
    let _ = writeln!(text.written, "files = {}", texts(&source.files));
    if !source.sheets.is_empty() {
        let _ = writeln!(text.written, "sheets = {}", texts(&source.sheets));
    }
    if let Some(layout) = source.layout {
        let found = message!("as found; leave out to have it found again");
        text.line("layout", &quoted(layout_code(layout)), &found);
    }
    match &source.activity {
        Some(code) => {
            let _ = writeln!(text.written, "activity = {}", quoted(code));
        }
        None if source.layout == Some(Layout::Registry) => {}
        None => text.comment(&message!("activity = \"\"        # code of the service, defined above")),
    }
    for question in &source.questions {
        let _ = writeln!(text.written, "# {}", on_one_line(question));
    }
    text.push_str("\n");
}

/// Decisions that are kept, and what was left out.
fn aside(text: &mut Text, project: &Starter) {
    if !project.decisions.is_empty() {
        text.comment(&message!("Officers' decisions about pairs of people."));
        let _ = write!(text.written, "[[decisions]]\nfiles = {}\n\n", texts(&project.decisions));
    }
    if !project.left_out.is_empty() {
        text.comment(&message!(
            "Left out, and not copied, because nothing in them could be read as data:"
        ));
        for file in &project.left_out {
            let _ = writeln!(text.written, "#   {}", on_one_line(file));
        }
        text.push_str("\n");
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

fn tail(text: &mut Text) {
    text.comment(&message!(
        "Figures of fewer people are hidden, and what would give them back. 5 is usual where services are about violence."
    ));
    text.push_str("# [count]\n# small-numbers = 5\n\n");
    text.comment(&message!(
        "The logframe. Standard indicators come from the catalogue; move them to indicators/*.toml as they grow."
    ));
    for (code, entry) in [("1", "total-reach"), ("2", "unique-reach")] {
        let _ = writeln!(
            text.written,
            "[[indicator]]\ncode = {}\nuse = {}",
            quoted(code),
            quoted(entry)
        );
        text.push_str("# target = 100\n# disaggregate = [\"sex\", \"age\"]\n\n");
    }
    text.written.truncate(text.written.trim_end().len());
    text.push_str("\n");
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
    use crate::message::English;
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
            language: None,
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
        std::fs::write(folder.path().join(PROJECT_TOML), starter(&project, &English)).expect("written");
        let loaded = load(folder.path(), &Known::default()).map_err(|error| error.to_string());
        let loaded = loaded.expect("a starter is valid");
        assert_eq!(loaded.name.get("en"), project.name);
        assert_eq!(loaded.sources[0].files, project.sources[0].files);
        assert_eq!(loaded.indicators.len(), 2);
    }
}
