//! Other programs of the field read what a run writes: openpyxl and pandas, libhxl, the schema of IATI.
//!
//! Each check is a Python script in `tests/peers/`; where Python or a package is absent it says so and is skipped.
//! `PYTHON` names another interpreter than `python3`; `tests/peers/requirements.txt` lists the packages.

mod support;

use std::path::Path;
use std::process::Command;

use support::{Run, repository, tallyframe};

const EVERY_FORMAT: &str = "iptt,eu-logframe,fcdo-logframe,un-partner,activity-progress,pirs,iati,hxl,dhis2";

/// An interpreter with these modules, or why there is none.
fn python(modules: &[&str]) -> Result<String, String> {
    let interpreter = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for module in modules {
        let tried = Command::new(&interpreter)
            .args(["-c", &format!("import {module}")])
            .output();
        let found = tried.map_err(|error| format!("{interpreter}: {error}"))?;
        if !found.status.success() {
            return Err(format!("{interpreter} has no module {module}"));
        }
    }
    Ok(interpreter)
}

/// Runs a script over a report, where its modules are there.
#[allow(clippy::print_stderr, reason = "a skipped check has to say that it was skipped")]
fn check(script: &str, modules: &[&str], target: &Path, expected: &[&str]) {
    let interpreter = match python(modules) {
        Ok(interpreter) => interpreter,
        Err(why) => {
            eprintln!("skipped tests/peers/{script}: {why}");
            return;
        }
    };
    let done = Command::new(interpreter)
        .arg(repository("tests/peers").join(script))
        .arg(target)
        .args(expected)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .expect("the interpreter starts");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        done.status.success(),
        "{script}: {}\n{}",
        said(&done.stdout),
        said(&done.stderr)
    );
    eprintln!("{script}: {}", said(&done.stdout).trim());
}

fn project(lang: &str) -> Run {
    Run::at(
        &repository("tests/peers/project"),
        &["--lang", lang, "--format", EVERY_FORMAT],
    )
}

#[test]
fn spreadsheet_readers_open_every_workbook() {
    let run = project("en");
    check(
        "workbooks.py",
        &["openpyxl", "pandas"],
        &run.report(),
        &[
            "donor/un-partner.xlsx|Indicator=Attendances|Report Start Date=2026-03-01|Total=27",
            "donor/activity-progress.xlsx|Indicator=Attendances|Month=2026-03|Total=27",
        ],
    );
    let run = Run::of("balakliya", &["--format", EVERY_FORMAT, "--lang", "uk"]);
    check("workbooks.py", &["openpyxl", "pandas"], &run.report(), &[]);
}

#[test]
fn documents_for_programs_keep_to_their_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path.to_string_lossy().into_owned()
    };
    let schema = put("schema.json", &tallyframe(&["schema", "--of", "run"]).stdout);
    let documents: Vec<String> = ["balakliya", "kyiv", "mothers", "resilience", "training"]
        .map(|sample| put(sample, &Run::of(sample, &["--json"]).output.stdout))
        .to_vec();
    let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
    check("run_json.py", &["jsonschema"], schema.as_ref(), &documents);
}

#[test]
fn libhxl_reads_the_tables() {
    let run = project("uk");
    let expected = ["indicator+code=A2&date+start=2026-03-01|#reached+contacts!=27"];
    check("hxl_tables.py", &["hxl"], &run.report(), &expected);
    let run = Run::of("balakliya", &["--format", EVERY_FORMAT]);
    check("hxl_tables.py", &["hxl"], &run.report(), &[]);
}

#[test]
fn the_schema_of_iati_accepts_the_results() {
    for lang in ["en", "uk"] {
        let run = project(lang);
        let expected = [
            "//indicator[reference/@code='A2']/period[period-start/@iso-date='2026-03-01']/actual[not(dimension)]/@value|27",
            "//iati-identifier/text()|XX-TEST-1-PEER",
            "count(//actual[not(@value)])>0|True",
        ];
        check(
            "iati_schema.py",
            &["lxml"],
            &run.report().join("donor/iati.xml"),
            &expected,
        );
    }
}
