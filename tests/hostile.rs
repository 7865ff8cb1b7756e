//! Odd and broken files: none stops the program, takes its memory or its time, or costs what the others hold.
//!
//! A handful are made here and always run; a collection of many more lies in a folder `hostile` beside the repository,
//! where there is one.

#![allow(clippy::print_stdout, reason = "a skipped test says so")]

mod support;

#[path = "hostile/made.rs"]
mod made;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use rayon::prelude::*;
use support::{Run, repository};

/// The list that files of a collection are described in.
const LIST: &str = "ORIGINS.csv";
/// A generous net: what is fast enough is measured elsewhere.
const WATCHDOG: Duration = Duration::from_secs(60);
/// Exit codes from here on are signals: the process was killed or killed itself.
const SIGNALS: i32 = 128;

/// People of one good register.
const PEOPLE: [&str; 3] = [
    "Петренко Олена Іванівна",
    "Шевченко Тарас Григорович",
    "Коваленко Ірина Петрівна",
];

/// Files of the collection beside the repository, in order of their names.
fn collection() -> Option<Vec<PathBuf>> {
    let beside = |folder: &Path| -> Option<PathBuf> {
        let mut found: Vec<PathBuf> = fs::read_dir(folder)
            .ok()?
            .flatten()
            .map(|entry| entry.path().join("hostile"))
            .filter(|path| path.join(LIST).is_file())
            .collect();
        found.sort();
        found.into_iter().next()
    };
    let folder = repository("").ancestors().skip(1).take(2).find_map(beside)?;
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && !path.ends_with(LIST) && !path.ends_with("README.md"))
        .collect();
    files.sort();
    Some(files)
}

/// What is wrong with how the program takes a file, if anything.
fn complaint(path: &Path) -> Option<String> {
    let output = Command::cargo_bin("tallyframe")
        .expect("the program is built")
        .args(["inspect", "--quiet"])
        .arg(path)
        .timeout(WATCHDOG)
        .output()
        .expect("the program starts");
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let Some(code) = output.status.code().filter(|code| *code < SIGNALS) else {
        return Some(format!("{name}: ended by {:?}", output.status));
    };
    if said.contains("panicked") {
        return Some(format!("{name}: {said}"));
    }
    let reason = said
        .lines()
        .find_map(|line| line.split_once(&format!("{name}: ")))
        .map(|(_, reason)| reason.trim());
    match (code, reason) {
        (0, _) => None,
        (_, Some(reason)) if !reason.is_empty() => None,
        _ => Some(format!("{name}: exit code {code} without a reason: {said}")),
    }
}

fn complaints(paths: &[PathBuf]) -> Vec<String> {
    paths.par_iter().filter_map(|path| complaint(path)).collect()
}

/// The figures of ten good registers, beside which odd files may lie.
fn figures_beside(odd: &[PathBuf]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let raw = folder.path().join("raw");
    fs::create_dir_all(raw.join("odd")).expect("made");
    fs::create_dir_all(folder.path().join("indicators")).expect("made");
    for day in 1..=10 {
        let mut text = format!("№;ПІБ;{day:02}.03.2026;{:02}.03.2026\n", day + 10);
        for (at, person) in PEOPLE.iter().enumerate() {
            let mark = if at == day % 3 { "" } else { "+" };
            writeln!(text, "{};{person};+;{mark}", at + 1).expect("memory");
        }
        fs::write(raw.join(format!("good-{day}.csv")), text).expect("written");
    }
    for path in odd {
        fs::copy(path, raw.join("odd").join(path.file_name().expect("a file"))).expect("copied");
    }
    let source = |pattern: &str, activity: &str| {
        format!(
            "[[activity]]\ncode = \"{activity}\"\n\n[[source]]\nfiles = \"{pattern}\"\nactivity = \"{activity}\"\n\n"
        )
    };
    let project = "[project]\ncode = \"ten\"\nname = \"Ten\"\nstart = 2026-01-01\nend = 2026-12-31\n\n".to_owned();
    let project = project + &source("raw/good-*.csv", "good") + &source("raw/odd/*", "odd");
    fs::write(folder.path().join("project.toml"), project).expect("written");
    let indicator = |code: &str, kind: &str| {
        format!("[[indicator]]\ncode = \"{code}\"\nuse = \"{kind}\"\nwhere = {{ activity = \"good\" }}\n\n")
    };
    let indicators = indicator("1", "total-reach") + &indicator("2", "unique-reach");
    fs::write(folder.path().join("indicators/logframe.toml"), indicators).expect("written");
    let run = Run::at(folder.path(), &[]);
    assert!(!run.errors().contains("panicked"), "{}", run.errors());
    let rows = run.csv("indicators.csv").into_iter();
    let figures: Vec<_> = rows
        .filter(|row| row["scope"] == "period" && row["period"] == "2026-03" && row["disaggregation"].is_empty())
        .map(|row| (row["code"].clone(), row["value"].clone()))
        .collect();
    if !odd.is_empty() {
        let findings = run.csv("findings.csv");
        assert!(findings.iter().any(|row| row["kind"] == "unreadable-file"));
    }
    figures
}

fn ten() -> Vec<(String, String)> {
    vec![("1".to_owned(), "50".to_owned()), ("2".to_owned(), "3".to_owned())]
}

#[test]
fn files_made_to_break_a_reader_are_read_or_refused_with_a_reason() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let paths = made::into(folder.path());
    assert_eq!(complaints(&paths), Vec::<String>::new());
    assert_eq!(figures_beside(&paths), ten());
}

#[test]
fn ten_good_files_alone_have_their_figures() {
    assert_eq!(figures_beside(&[]), ten());
}

#[test]
fn every_file_of_the_collection_is_read_or_refused_with_a_reason() {
    let Some(paths) = collection() else {
        println!("skipped: no folder `hostile` with a list {LIST} beside the repository");
        return;
    };
    assert!(paths.len() > 100, "the collection is there");
    assert_eq!(complaints(&paths), Vec::<String>::new());
}

#[test]
fn ten_good_files_count_the_same_beside_the_whole_collection() {
    let Some(paths) = collection() else {
        println!("skipped: no folder `hostile` with a list {LIST} beside the repository");
        return;
    };
    assert_eq!(figures_beside(&paths), ten());
}
