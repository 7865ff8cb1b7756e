//! The commands beside `run`: what they print, what they write, how they end.

mod support;

use std::collections::BTreeSet;
use std::fs;

use support::{csv_rows, repository, tallyframe};

const PEOPLE: &str = "ПІБ;Дата народження;Телефон\n\
    Шевченко Олена Іванівна;12.04.1980;0671112233\n\
    Shevchenko Olena;12.04.1980;+380 67 111 22 33\n\
    Шевченко Ольга Іванівна;30.09.1978;0671112233\n\
    Мельник Ірина;1991;0502223344\n\
    мельник  ирина петровна;01.02.1991;050-222-33-44\n";

fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn dedupe_gives_a_row_per_row_and_one_key_per_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("people.csv");
    fs::write(&table, PEOPLE).expect("written");
    let out = folder.path().join("clusters.csv");
    let output = tallyframe(&[
        "dedupe",
        table.to_str().expect("UTF-8"),
        "--out",
        out.to_str().expect("UTF-8"),
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows = csv_rows(&fs::read(&out).expect("the clusters"));
    let people: Vec<&str> = rows.iter().map(|row| row["person"].as_str()).collect();
    assert_eq!(
        rows.iter().map(|row| row["row"].as_str()).collect::<Vec<_>>(),
        ["2", "3", "4", "5", "6"]
    );
    assert_eq!(people[0], people[1], "one person in two scripts");
    assert_eq!(people[3], people[4], "one person with a year, then a date");
    assert_eq!(
        people.iter().collect::<BTreeSet<_>>().len(),
        3,
        "a sister with the same phone is another person"
    );
}

#[test]
fn dedupe_takes_columns_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("people.csv");
    fs::write(&table, "Kdo,Kdy\nAna Petrović,1990-05-01\nPetrović Ana,1990-05-01\n").expect("written");
    let output = tallyframe(&[
        "dedupe",
        table.to_str().expect("UTF-8"),
        "--name",
        "Kdo",
        "--birth",
        "Kdy",
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows = csv_rows(&output.stdout);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["person"], rows[1]["person"]);
}

#[test]
fn init_writes_a_project_that_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("лист.csv");
    fs::write(
        &list,
        "Дата;Назва заходу;ПІБ\n05.03.2026;Йога;Коваль Ольга\n05.03.2026;Йога;Гнатюк Інна\n",
    )
    .expect("written");
    let project = folder.path().join("new project");
    let dir = project.to_str().expect("UTF-8");
    let output = tallyframe(&["init", dir, "--from", list.to_str().expect("UTF-8")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = tallyframe(&["run", dir]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(project.join("reports").is_dir());
    let again = tallyframe(&["init", dir]);
    assert_eq!(again.status.code(), Some(2), "a project that is there is not touched");
}

#[test]
fn init_gives_a_log_and_the_lists_of_its_events_one_activity() {
    let folder = tempfile::tempdir().expect("a folder");
    let raw = repository("samples/balakliya/raw");
    let dir = folder.path().to_str().expect("UTF-8");
    let log = raw.join("Журнал профілактичних заходів.xlsx");
    let signed = raw.join("Підписні листи");
    let begun = tallyframe(&[
        "init",
        dir,
        "--from",
        log.to_str().expect("UTF-8"),
        signed.to_str().expect("UTF-8"),
    ]);
    assert!(begun.status.success(), "{}", said(&begun));
    let written = fs::read_to_string(folder.path().join("project.toml")).expect("written");
    assert_eq!(written.matches("[[activity]]").count(), 1, "{written}");
    let counted = said(&tallyframe(&["run", dir]));
    assert!(!counted.contains("Events of a log"), "{counted}");
}

#[test]
fn inspect_says_what_it_takes_a_file_for() {
    let sample = repository("samples/balakliya/raw/Групові консультації 2026.xlsx");
    let page = said(&tallyframe(&["inspect", sample.to_str().expect("UTF-8")]));
    for part in [
        "a register",
        "24 people in 24 rows",
        "11 sessions, all of them held",
        "name of the person",
        "12 January 2026",
        "hidden",
        "[[source]]",
    ] {
        assert!(page.contains(part), "«{part}» in:\n{page}");
    }
}

#[test]
fn check_writes_nothing_and_tells_findings() {
    let project = support::copy_of("balakliya");
    let output = tallyframe(&["check", project.path().to_str().expect("UTF-8")]);
    assert_eq!(
        output.status.code(),
        Some(1),
        "impossible dates are for a person to look at"
    );
    assert!(said(&output).contains("Impossible date"));
    assert!(!project.path().join("reports").exists());
}

#[test]
fn a_run_in_ukrainian_speaks_ukrainian() {
    let sample = repository("samples/balakliya");
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("звіт");
    let output = tallyframe(&[
        "run",
        sample.to_str().expect("UTF-8"),
        "--lang",
        "uk",
        "--out",
        out.to_str().expect("UTF-8"),
    ]);
    assert!(output.status.success());
    assert!(
        said(&output).contains("Кількість унікальних бенефіціарів"),
        "{}",
        said(&output)
    );
}

#[test]
fn the_schema_is_json() {
    let output = tallyframe(&["schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(schema["properties"]["project"].is_object());
}

#[test]
fn wrong_calls_end_with_two() {
    assert_eq!(tallyframe(&["count"]).status.code(), Some(2));
    assert_eq!(tallyframe(&["verify", "/nowhere/report.xlsx"]).status.code(), Some(3));
    assert!(tallyframe(&["--help"]).status.success());
}
