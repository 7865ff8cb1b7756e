//! Next month's file against what a project remembers: what changed is said before anything is counted.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use support::tallyframe;
use tempfile::TempDir;

const MARCH: &str = "№;ПІБ;Стать;05.03.2026;12.03.2026;19.03.2026\n\
    1;Коваленко Ольга Іванівна;ж;+;+;-\n\
    2;Мельник Ірина Петрівна;ж;+;-;+\n";

const APRIL: &str = "№;ПІБ;Стать;02.04.2026;09.04.2026\n\
    1;Коваленко Ольга Іванівна;ж;+;+\n\
    2;Мельник Ірина Петрівна;ж;-;-\n\
    3;Бондар Петро Олегович;ч;-;+\n";

/// A project that remembers the register of March.
struct Known(TempDir);

impl Known {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("march.csv"), MARCH).expect("written");
        let known = Self(folder);
        let march = known.0.path().join("march.csv");
        let output = tallyframe(&["init", &known.dir(), "--from", march.to_str().expect("UTF-8")]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let toml = known.path("project.toml");
        let text = fs::read_to_string(&toml).expect("definitions");
        fs::write(&toml, text.replace("raw/march.csv", "raw/*.csv")).expect("written");
        known.remember();
        known
    }

    fn path(&self, name: &str) -> PathBuf {
        Path::new(&self.dir()).join(name)
    }

    fn dir(&self) -> String {
        self.0.path().join("project").to_str().expect("UTF-8").to_owned()
    }

    fn remember(&self) {
        let output = tallyframe(&["check", "--remember", &self.dir()]);
        assert!(
            output.status.code().is_some_and(|code| code < 2),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// What `check` says that changed, once April has come.
    fn changes(&self, april: &str) -> Vec<String> {
        fs::write(self.path("raw/april.csv"), april).expect("written");
        let output = tallyframe(&["check", "--json", &self.dir()]);
        let document: Json = serde_json::from_slice(&output.stdout).expect("JSON");
        let findings = document["findings"].as_array().expect("findings").iter();
        findings
            .filter(|finding| finding["kind"] == "source-changed")
            .flat_map(|finding| finding["first"].as_array().expect("the first of a kind"))
            .map(|finding| {
                assert!(finding["place"].to_string().contains("april.csv"), "{finding}");
                finding["message"].as_str().expect("a message").to_owned()
            })
            .collect()
    }
}

#[test]
fn new_dates_and_people_are_no_change() {
    assert_eq!(Known::new().changes(APRIL), Vec::<String>::new());
}

#[test]
fn what_changed_is_said_with_its_place() {
    let cases = [
        (
            "a column more",
            APRIL
                .replace(";Стать;", ";Стать;Телефон;")
                .replace(";ж;", ";ж;0671112233;")
                .replace(";ч;", ";ч;0502223344;"),
            "“Телефон”",
        ),
        (
            "a column less",
            APRIL.replace("Стать;", "").replace(";ж;", ";").replace(";ч;", ";"),
            "“Стать”",
        ),
        ("another mark", APRIL.replace(";-;-", ";-;хв"), "“хв”"),
        (
            "a moved header",
            format!("Відвідування групи;;;;\n\n{APRIL}"),
            "row of headings",
        ),
        (
            "another layout",
            "Дата;Назва заходу;ПІБ\n02.04.2026;Йога;Коваленко Ольга Іванівна\n09.04.2026;Йога;Мельник Ірина Петрівна\n"
                .to_owned(),
            "a register, now a list",
        ),
        (
            "days as words",
            APRIL
                .replace("02.04.2026", "Заняття 1 (02.04.2026)")
                .replace("09.04.2026", "Заняття 2 (09.04.2026)"),
            "days are written",
        ),
    ];
    for (name, april, part) in cases {
        let known = Known::new();
        let changes = known.changes(&april);
        assert!(
            changes.iter().any(|change| change.contains(part)),
            "{name}: {changes:#?}"
        );
        known.remember();
        assert_eq!(known.changes(&april), Vec::<String>::new(), "{name}, remembered");
    }
}

#[test]
fn what_is_remembered_is_text_and_outlives_conversion() {
    let known = Known::new();
    let text = fs::read_to_string(known.path("seen.toml")).expect("it is there");
    for part in [
        "layout = \"register\"",
        "\"ПІБ = full_name\"",
        "\"+\" = \"present\"",
        "header-rows = [1]",
    ] {
        assert!(text.contains(part), "«{part}» in:\n{text}");
    }
    assert!(!text.contains("Коваленко"));
    let output = tallyframe(&["convert", &known.dir()]);
    assert!(
        output.status.code().is_some_and(|code| code < 3),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(fs::read_to_string(known.path("seen.toml")).expect("still there"), text);
}

#[test]
fn remembering_changes_no_figure() {
    let known = Known::new();
    let figures = || {
        let output = tallyframe(&["run", "--json", &known.dir()]);
        let document: Json = serde_json::from_slice(&output.stdout).expect("JSON");
        document["figures"].clone()
    };
    let with = figures();
    fs::remove_file(known.path("seen.toml")).expect("removed");
    assert_eq!(with, figures());
}
