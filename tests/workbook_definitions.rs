//! Definitions in a workbook: converted there and back, they give the same report, and their mistakes name cells.

mod support;

use std::fs;
use std::path::Path;

use support::{Run, copy_of, repository, tallyframe};
use tallyframe::ingest::table::Cell;
use tallyframe::ingest::workbook;

/// Calls the program and gives what it said beside its answer.
fn said(args: &[&str]) -> (Option<i32>, String) {
    let output = tallyframe(args);
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// The manifest without the names and fingerprints of the definition files, and without the seal over them.
fn without_definitions(manifest: &[u8]) -> serde_json::Value {
    let mut manifest: serde_json::Value = serde_json::from_slice(manifest).expect("a manifest");
    let fields = manifest.as_object_mut().expect("an object");
    assert!(fields.remove("definitions").is_some());
    assert!(fields.remove("seal").is_some());
    manifest
}

#[test]
fn a_workbook_and_the_texts_made_of_it_give_the_same_report() {
    let folder = copy_of("balakliya");
    let root = folder.path();
    let before = Run::at(root, &[]);
    let (code, shown) = said(&["convert", text(root)]);
    assert_eq!(code, Some(0), "{shown}");
    assert!(
        shown.contains("comments of the TOML files are not carried over"),
        "{shown}"
    );

    let (code, shown) = said(&["check", text(root)]);
    assert_eq!(code, Some(2), "two forms beside each other: {shown}");
    assert!(shown.contains("definitions in both forms"), "{shown}");
    fs::remove_file(root.join("project.toml")).expect("removed");
    fs::remove_dir_all(root.join("indicators")).expect("removed");
    let sheets = Run::at(root, &[]);

    let (code, shown) = said(&["convert", text(root)]);
    assert_eq!(code, Some(0), "{shown}");
    fs::remove_file(root.join("logframe.xlsx")).expect("removed");
    let texts = Run::at(root, &[]);

    for after in [&sheets, &texts] {
        for name in ["report.xlsx", "indicators.csv", "findings.csv"] {
            assert!(before.bytes(name) == after.bytes(name), "{name}");
        }
        let manifest = |run: &Run| without_definitions(&run.bytes("manifest.json"));
        assert_eq!(manifest(&before), manifest(after));
    }
}

#[test]
fn every_sample_survives_the_workbook() {
    for sample in fs::read_dir(repository("samples")).expect("samples").flatten() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("my definitions.xlsx");
        let (code, shown) = said(&["convert", text(&sample.path()), "--to", "workbook", "--out", text(&out)]);
        assert_eq!(code, Some(0), "{}: {shown}", sample.path().display());
        let root = folder.path().join("project");
        fs::create_dir(&root).expect("a folder");
        fs::rename(&out, root.join("logframe.xlsx")).expect("moved");
        let back = folder.path().join("back");
        let (code, shown) = said(&["convert", text(&root), "--out", text(&back)]);
        assert_eq!(code, Some(0), "{}: {shown}", sample.path().display());
        assert!(back.join("project.toml").exists() && back.join("indicators/logframe.toml").exists());
        same_report(&sample.path(), &back);
    }
}

/// Definitions that went there and back give the same report bytes over the same raw files.
fn same_report(sample: &Path, definitions: &Path) {
    let folder = support::copy_at(sample);
    let root = folder.path();
    let before = Run::at(root, &[]);
    for name in ["logframe.xlsx", "project.toml"] {
        let _ = fs::remove_file(root.join(name));
    }
    let _ = fs::remove_dir_all(root.join("indicators"));
    fs::create_dir(root.join("indicators")).expect("a folder");
    for name in ["project.toml", "indicators/logframe.toml"] {
        fs::copy(definitions.join(name), root.join(name)).expect("a copy");
    }
    let after = Run::at(root, &[]);
    for name in ["report.xlsx", "indicators.csv", "findings.csv"] {
        assert!(before.bytes(name) == after.bytes(name), "{}: {name}", sample.display());
    }
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let folder = copy_of("balakliya");
    let root = folder.path();
    let (code, shown) = said(&["convert", text(root), "--to", "toml"]);
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("is there already; nothing was written"), "{shown}");
}

#[test]
fn a_new_workbook_is_valid_and_is_no_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("new");
    let (code, shown) = said(&["init", text(&root), "--workbook"]);
    assert_eq!(code, Some(0), "{shown}");
    assert!(root.join("logframe.xlsx").exists() && !root.join("project.toml").exists());
    // Nothing tells the project's days yet: they are all that is asked for.
    let (code, shown) = said(&["convert", text(&root), "--out", text(&folder.path().join("texts"))]);
    assert_eq!(code, Some(2), "{shown}");
    let asked: Vec<&str> = shown.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(
        asked,
        ["error: [project] lacks `start`", "error: [project] lacks `end`"]
    );
}

#[test]
fn a_new_workbook_holds_what_was_seen_and_asked_and_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("new");
    let raw = repository("samples/balakliya/raw").join("Групові консультації 2026.xlsx");
    let (code, shown) = said(&["init", text(&root), "--workbook", "--from", text(&raw)]);
    assert_eq!(code, Some(0), "{shown}");
    let book = workbook::open(&root.join("logframe.xlsx")).expect("a workbook");
    let sources = book
        .sheets
        .iter()
        .find(|sheet| sheet.name == "sources")
        .expect("sources");
    let written: Vec<&str> = sources
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter_map(|(_, cell)| match cell {
            Cell::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert!(
        written.iter().any(|text| text.starts_with("# what was seen")),
        "{written:?}"
    );
    assert!(
        written.iter().any(|text| text.starts_with("Seen in 1 file")),
        "{written:?}"
    );
    let (code, shown) = said(&["run", text(&root)]);
    assert_eq!(code, Some(0), "{shown}");
}

#[test]
fn a_mistake_names_its_sheet_and_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheets: [(&str, &[&[&str]]); 3] = [
        (
            "project",
            &[
                &["key", "value"],
                &["code", "p"],
                &["name", "Circle"],
                &["start", "2026-01-01"],
                &["end", "31.12.2026"],
            ],
        ),
        ("sources", &[&["files", "layout"], &["raw/*.xlsx", "registr"]]),
        ("indicators", &[&["code", "use"], &["1", "unique-reech"]]),
    ];
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, cell) in (0_u16..).zip(*cells) {
                sheet.write_string(row, column, *cell).expect("written");
            }
        }
    }
    book.save(folder.path().join("logframe.xlsx")).expect("saved");
    let (code, shown) = said(&["check", text(folder.path())]);
    assert_eq!(code, Some(2));
    let expected = "\
error: `end` must be a date like 2026-01-31; this is the text \"31.12.2026\"
--> logframe.xlsx › project › B5
 |
 | 31.12.2026
 | ^^^^^^^^^^

error: unknown layout `registr`
--> logframe.xlsx › sources › B2
 |
 | registr
 | ^^^^^^^
 |
 = help: did you mean `register`?

error: no catalogue entry `unique-reech`
--> logframe.xlsx › indicators › B2
 |
 | unique-reech
 | ^^^^^^^^^^^^
 |
 = help: did you mean `unique-reach`?
";
    assert_eq!(shown, expected);
}
