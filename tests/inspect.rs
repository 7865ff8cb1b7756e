//! `inspect` and `init`: what they say of files that nobody has described, and that `check` says the same.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use support::{repository, tallyframe};

const REGISTER: &str = "Група: Йога\n№;ПІБ;Стать;05.03.2026;12.03.2026;19.03.2026;Разом\n\
    1;Коваленко Ольга Іванівна;ж;+;+;-;2\n\
    2;Мельник Ірина Петрівна;ж;+;-;+;2\n\
    3;Бондар Петро Олегович;ч;-;цц;+;1\n\
    Разом;;;2;1;2;5\n";

fn at(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(&path, text).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

fn said(args: &[&str]) -> String {
    let output = tallyframe(args);
    assert!(
        output.status.code().is_some_and(|code| code < 2),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(args: &[&str]) -> Json {
    serde_json::from_str(&said(args)).expect("JSON")
}

/// How often each kind of finding is told.
fn kinds(findings: &Json) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for finding in findings.as_array().expect("findings") {
        *kinds
            .entry(finding["kind"].as_str().expect("a kind").to_owned())
            .or_default() += finding["count"]
            .as_u64()
            .map_or(1, |count| usize::try_from(count).expect("few"));
    }
    kinds
}

#[test]
fn a_register_is_counted_with_no_definition_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = at(folder.path(), "Йога.csv", REGISTER);
    let document = json(&["inspect", "--json", &file]);
    let counts = &document["files"][0]["sheets"][0]["tables"][0]["counts"];
    let expected = [
        ("rows", 3),
        ("persons", 3),
        ("ever_attended", 3),
        ("sessions", 3),
        ("session_columns", 3),
        ("attendances", 5),
        ("present", 5),
        ("absent", 3),
        ("other", 1),
        ("blank", 0),
    ];
    for (key, value) in expected {
        assert_eq!(counts[key], value, "{key} of {counts}");
    }
    assert_eq!(counts["first_session"], "2026-03-05");
    assert_eq!(counts["last_held"], "2026-03-19");
}

#[test]
fn the_page_draws_the_sheet_and_names_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = at(folder.path(), "Йога.csv", REGISTER);
    let page = said(&["inspect", &file]);
    for part in [
        "a register",
        "3 people",
        "[[source]]",
        "To look at first",
        "“цц”",
        "cell E5",
        "A B C D E F",
    ] {
        assert!(page.contains(part), "«{part}» in:\n{page}");
    }
    assert!(page.lines().any(|line| line.trim() == "3  i p i x x · Σ"), "{page}");
    for name in ["Коваленко", "Мельник", "Бондар"] {
        assert!(!page.contains(name), "{name} in:\n{page}");
    }
    let ukrainian = said(&["inspect", &file, "--lang", "uk"]);
    assert!(
        ukrainian.contains("журнал відвідування") && ukrainian.contains("Спершу подивіться"),
        "{ukrainian}"
    );
}

#[test]
fn the_page_accounts_for_every_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = "Дата;ПІБ;Телефон\n05.03.2026;Коваленко Ольга;0501112233\n05.03.2026;Коваленко Ольга;0501112233\n\
        06.03.2026;Мельник Ірина;0502223344\n";
    let page = said(&["inspect", &at(folder.path(), "raw/МБ/візити.csv", list)]);
    assert!(
        page.contains("Not counted: 1 row (header), 1 row (second mark in one session)."),
        "{page}"
    );
    assert!(page.contains("files = \"raw/МБ/візити.csv\""), "{page}");
    let stays = "ПІБ;Дата поселення;Дата вибуття\nКоваленко Ольга;05.03.2026;09.03.2026\n\
        Мельник Ірина;06.03.2026;\n";
    let page = said(&["inspect", &at(folder.path(), "притулок.csv", stays)]);
    assert!(page.contains("a list of stays"), "{page}");
}

#[test]
fn a_register_on_its_side_is_told_as_it_lies() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheet = "Дата;Коваленко Ольга;Мельник Ірина;Бондар Петро;Шевчук Олена\n05.03.2026;+;+;-;+\n12.03.2026;+;-;+;+\n\
        19.03.2026;-;+;+;+\n26.03.2026;+;+;+;-\n";
    let page = said(&["inspect", &at(folder.path(), "журнал.csv", sheet)]);
    for part in ["lies on its side", "Sessions stand from row 2 to row 5"] {
        assert!(page.contains(part), "«{part}» in:\n{page}");
    }
    assert!(page.lines().any(|line| line.trim() == "3  D x · x x"), "{page}");
    assert!(!page.contains("Коваленко"), "{page}");
}

#[test]
fn inspect_asks_what_check_asks() {
    for file in [
        "balakliya/raw/Групові консультації 2026.xlsx",
        "balakliya/raw/Освітні послуги 2026.csv",
    ] {
        let path = repository(&format!("samples/{file}"));
        let path = path.to_str().expect("UTF-8");
        let seen = json(&["inspect", "--json", path]);
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("project");
        let dir = dir.to_str().expect("UTF-8");
        said(&["init", dir, "--from", path]);
        let checked = json(&["check", "--json", dir]);
        let own = |mut kinds: BTreeMap<String, usize>| {
            // What only indicators can find has no place in a file.
            kinds.retain(|kind, _| kind != "nothing-counted" && kind != "field-missing");
            kinds
        };
        assert_eq!(
            kinds(&seen["files"][0]["findings"]),
            own(kinds(&checked["findings"])),
            "{file}"
        );
    }
}

#[test]
fn a_folder_becomes_a_project_that_asks_nothing_it_knows() {
    let folder = tempfile::tempdir().expect("a folder");
    let from = folder.path().join("from");
    for month in ["03", "04"] {
        let text = REGISTER
            .replace("цц", "+")
            .replace(";1\n", ";2\n")
            .replace(";1;2;5", ";2;2;6")
            .replace(".03.", &format!(".{month}."));
        at(&from, &format!("Йога/Йога_{month}_2026.csv"), &text);
    }
    at(
        &from,
        "Арт/Малювання.csv",
        &REGISTER
            .replace("цц", "+")
            .replace(";1\n", ";2\n")
            .replace(";1;2;5", ";2;2;6")
            .replace("Йога", "Малювання"),
    );
    at(
        &from,
        "Реєстр клієнтів.csv",
        "Код;ПІБ;Дата народження;Телефон\nA-1;Коваленко Ольга Іванівна;12.04.1980;0671112233\nA-2;Мельник Ірина Петрівна;01.02.1991;0502223344\n",
    );
    at(&from, "~$Йога.xlsx", "x");
    at(&from, "broken.xlsx", "PK\u{3}\u{4}");
    let dir = folder.path().join("Простір");
    let shown = dir.to_str().expect("UTF-8");
    let output = tallyframe(&["init", shown, "--from", from.to_str().expect("UTF-8")]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "a broken file is for a person to look at"
    );
    let text = fs::read_to_string(dir.join("project.toml")).expect("definitions");
    for part in [
        "code = \"prostir\"",
        "start = 2026-01-01",
        "end = 2026-12-31",
        "files = \"raw/Йога/Йога_*.csv\"",
        "code = \"ioha\"",
        "name = \"Йога\"",
        "code = \"maliuvannia\"",
        "layout = \"registry\"",
        "#   broken.xlsx",
        "#   ~$Йога.xlsx",
    ] {
        assert!(text.contains(part), "«{part}» in:\n{text}");
    }
    assert!(dir.join("raw/Арт/Малювання.csv").exists(), "folders stay as they are");
    let checked = tallyframe(&["check", "--json", shown]);
    let findings: Json = serde_json::from_slice(&checked.stdout).expect("JSON");
    let doubts: Vec<&Json> = findings["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["severity"] != "note")
        .collect();
    assert!(doubts.is_empty(), "{doubts:#?}");
    let overview = said(&["inspect", dir.join("raw").to_str().expect("UTF-8")]);
    for part in [
        "Йога/Йога_03_2026.csv",
        "register, 3 people, 3 sessions",
        "registry, 2 people",
    ] {
        assert!(overview.contains(part), "«{part}» in:\n{overview}");
    }
}

#[test]
fn days_that_no_file_tells_are_asked_for_and_not_invented() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = at(
        folder.path(),
        "Список.csv",
        "№;ПІБ;Телефон\n1;Коваленко Ольга;0671112233\n2;Мельник Ірина;0502223344\n",
    );
    let dir = folder.path().join("new");
    let dir = dir.to_str().expect("UTF-8");
    tallyframe(&["init", dir, "--from", &list]);
    let text = fs::read_to_string(format!("{dir}/project.toml")).expect("definitions");
    assert!(
        text.contains("# start = year-month-day ?") && !text.contains("2000"),
        "{text}"
    );
    let checked = tallyframe(&["check", dir]);
    assert_eq!(checked.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&checked.stderr).contains("start"));
}

#[test]
fn a_project_adds_words_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let register =
        "Табельна №;Хто;05.03.2026;12.03.2026\nT-17;Коваленко Ольга;вч;юю\nT-18;Мельник Ірина;юю;вч\nЗведено;;1;1\n";
    at(folder.path(), "raw/a.csv", register);
    let project = "[project]\ncode = \"w\"\nname = \"W\"\nstart = 2026-01-01\nend = 2026-12-31\n\n\
        [[activity]]\ncode = \"a\"\n\n[[source]]\nfiles = \"raw/*\"\nactivity = \"a\"\n\n\
        [words]\ntotal = [\"Зведено\"]\n\n[words.header]\n\"Табельна №\" = \"client-code\"\n\"Хто\" = \"full_name\"\n\n\
        [words.mark]\n\"вч\" = \"present\"\n\"юю\" = \"absent\"\n\n\
        [[indicator]]\ncode = \"1\"\nuse = \"total-reach\"\n\n[[indicator]]\ncode = \"2\"\nuse = \"unique-reach\"\n";
    at(folder.path(), "project.toml", project);
    let dir = folder.path().to_str().expect("UTF-8");
    let run = json(&["run", "--json", dir]);
    let value = |code: &str| {
        let figures = run["figures"].as_array().expect("figures").iter();
        let mut totals = figures.filter(|figure| figure["code"] == code && figure["disaggregation"].is_null());
        totals.next_back().map(|figure| figure["value"].clone())
    };
    assert_eq!(value("1"), Some(2.0.into()), "{run:#}");
    assert_eq!(value("2"), Some(2.0.into()));
    at(
        folder.path(),
        "project.toml",
        &project.replace("client-code", "client-cod"),
    );
    let refused = tallyframe(&["check", dir]);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        told.contains("`client-code`") && told.contains("project.toml"),
        "{told}"
    );
}

#[test]
fn sections_of_one_report_that_tell_of_the_same_people_count_them_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let people = "Mary Johnson\t02.03.2026\t60\nPeter Baker\t02.03.2026\t55\n";
    let text =
        format!("1. Participants\nName\tDate\tDuration\n{people}\n2. Activities\nName\tDate\tDuration\n{people}");
    let file = at(folder.path(), "report.csv", &text);
    let document = json(&["inspect", &file, "--json"]);
    let tables = document["files"][0]["sheets"][0]["tables"].as_array().expect("tables");
    let counted: Vec<u64> = tables
        .iter()
        .map(|table| table["counts"]["attendances"].as_u64().expect("a number"))
        .collect();
    assert_eq!(counted, [2, 0]);
}
