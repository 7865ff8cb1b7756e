//! Files that hold names: what is in them, who may read them, and that no name is anywhere else.

mod support;

use std::fs;
use std::path::Path;

use support::review::{ENGLISH, answered, export, fill, import, one_pair, said, shown};
use support::{Run, tallyframe};

#[test]
fn the_people_report_has_everybody_and_is_private() {
    let project = one_pair();
    let output = tallyframe(&["people", shown(project.path())]);
    assert!(output.status.success(), "{}", said(&output));
    let file = project.path().join("private/people.xlsx");
    let workbook = tallyframe::ingest::workbook::open(&file).expect("the report");
    let names: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["People", "Rows", "Pairs"]);
    let text = format!("{:?}", workbook.sheets);
    assert!(text.contains("Гайдар Єлизавета Юріївна"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(&project.path().join("private"))), (0o600, 0o700));
    }
}

/// Everything that files of a report hold, the parts of workbooks unpacked.
fn content(run: &Run, name: &str) -> String {
    let bytes = run.bytes(name);
    let parts = if Path::new(name).extension().is_some_and(|end| end == "xlsx") {
        support::archive::parts(&bytes)
    } else {
        vec![bytes]
    };
    parts
        .iter()
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect()
}

#[test]
fn a_private_run_writes_the_workbook_of_review_and_donors_see_no_name() {
    let project = one_pair();
    let exported = fs::read(export(project.path(), "uk")).expect("the workbook");
    let run = Run::at(project.path(), &["--private", "--lang", "uk"]);
    assert_eq!(run.output.status.code(), Some(0), "{}", run.errors());
    assert!(run.errors().contains("private/review.xlsx"), "{}", run.errors());
    assert!(run.bytes("private/review.xlsx") == exported, "the same workbook");
    for name in ["private/review.xlsx", "private/people.csv"] {
        assert!(content(&run, name).contains("Гайдар"), "{name} names people");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name: &str| {
            fs::metadata(run.report().join(name))
                .expect("there")
                .permissions()
                .mode()
                & 0o777
        };
        assert_eq!(
            ["private", "private/people.csv", "private/review.xlsx"].map(mode),
            [0o700, 0o600, 0o600]
        );
    }
    for flags in [&["--private"][..], &[]] {
        let run = Run::at(project.path(), flags);
        for name in ["report.xlsx", "indicators.csv", "findings.csv", "manifest.json"] {
            assert!(!content(&run, name).contains("Гайдар"), "{name} names nobody");
        }
        let [out, err] =
            [&run.output.stdout, &run.output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert!(!out.contains("Гайдар") && !err.contains("Гайдар"), "{out}{err}");
        assert_eq!(run.report().join("private").exists(), !flags.is_empty());
    }
}

#[test]
fn a_private_run_leaves_answers_that_were_not_taken_in() {
    let project = one_pair();
    let run = || tallyframe(&["run", shown(project.path()), "--private", "--lang", "en"]);
    assert!(run().status.success());
    let reports = fs::read_dir(project.path().join("reports")).expect("reports");
    let report = reports.flatten().next().expect("a report").path();
    let file = report.join("private/review.xlsx");
    fill(&file, ENGLISH, |_| Some(answered("same person")), false);
    let filled = fs::read(&file).expect("the workbook");
    let again = run();
    assert_eq!(again.status.code(), Some(1), "{}", said(&again));
    assert!(
        said(&again).contains("holds 1 answer not taken in yet"),
        "{}",
        said(&again)
    );
    assert!(fs::read(&file).expect("the workbook") == filled, "it stays as it is");
    assert!(import(project.path(), &file, &[]).status.success());
    assert!(run().status.success());
    assert!(
        fs::read(&file).expect("the workbook") != filled,
        "a new one after the import"
    );
}
