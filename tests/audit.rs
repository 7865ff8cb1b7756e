//! Every figure down to its rows, and a published report back to the same figures.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use support::{Run, csv_rows, repository, tallyframe};

/// The ten published figures of the support space.
const PUBLISHED: [(&str, usize); 10] = [
    ("B1", 5532),
    ("B2", 1019),
    ("G1", 118),
    ("G2", 1159),
    ("R1", 448),
    ("R2", 2469),
    ("E1", 70),
    ("E2", 592),
    ("V1", 131),
    ("V2", 986),
];

#[test]
fn trace_lists_as_many_rows_as_each_published_figure_says() {
    let sample = repository("samples/balakliya");
    for (code, figure) in PUBLISHED {
        let output = tallyframe(&["trace", sample.to_str().expect("UTF-8"), code, "--csv"]);
        assert!(
            output.status.success(),
            "{code}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let rows = csv_rows(&output.stdout);
        let traced = if code == "B2" {
            rows.iter()
                .map(|row| row["person"].as_str())
                .collect::<BTreeSet<_>>()
                .len()
        } else {
            rows.len()
        };
        assert_eq!(traced, figure, "{code}");
        assert!(
            rows.iter()
                .all(|row| !row["file"].is_empty() && !row["cell"].is_empty()),
            "{code}: every row has its place"
        );
    }
}

#[test]
fn a_raw_row_says_where_it_counted_or_why_not() {
    let sample = repository("samples/balakliya");
    let trace = |row: &str| {
        let output = tallyframe(&["trace", sample.to_str().expect("UTF-8"), "--row", row]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let counted = trace("Журнал профілактичних заходів.xlsx:Заходи:3");
    assert!(
        counted.contains(": counted") && counted.contains("\n  V1 ") && counted.contains("2026-Q1"),
        "{counted}"
    );
    let outside = trace("Журнал профілактичних заходів.xlsx:Заходи:134");
    assert!(
        outside.contains(": not counted, outside") && !outside.contains("\n  V"),
        "{outside}"
    );
    let text_file = trace("Освітні послуги 2026.csv:2");
    assert!(text_file.contains("\n  E2 "), "{text_file}");
}

#[test]
fn the_balance_closes_for_every_file() {
    let run = Run::of("balakliya", &[]);
    let manifest: serde_json::Value = serde_json::from_slice(&run.bytes("manifest.json")).expect("JSON");
    let files = manifest["files"].as_array().expect("files");
    assert!(files.len() > 80);
    for file in files {
        let aside: u64 = file["set_aside"]
            .as_object()
            .expect("reasons")
            .values()
            .filter_map(serde_json::Value::as_u64)
            .sum();
        let counted = file["counted"].as_u64().expect("a number");
        assert_eq!(file["rows_read"].as_u64(), Some(counted + aside), "{file}");
    }
}

#[test]
fn two_runs_write_the_same_bytes() {
    let (first, second) = (Run::of("balakliya", &[]), Run::of("balakliya", &[]));
    for name in ["report.xlsx", "indicators.csv", "findings.csv", "manifest.json"] {
        assert!(
            first.bytes(name) == second.bytes(name),
            "{name} differs between two runs"
        );
    }
}

fn verify(report: &Path, project: &Path) -> (Option<i32>, String) {
    let output = tallyframe(&[
        "verify",
        report.to_str().expect("UTF-8"),
        "--project",
        project.to_str().expect("UTF-8"),
    ]);
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.code(), said)
}

#[test]
fn a_fresh_report_verifies_and_an_edited_one_names_the_cell() {
    let sample = repository("samples/balakliya");
    let run = Run::of("balakliya", &[]);
    let (code, said) = verify(&run.report(), &sample);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("PASS"), "{said}");

    let path = run.report().join("indicators.csv");
    let text = String::from_utf8(fs::read(&path).expect("the table")).expect("UTF-8");
    assert!(text.contains(",5532,"));
    fs::write(&path, text.replacen(",5532,", ",5533,", 1)).expect("written");
    let (code, said) = verify(&run.report(), &sample);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("indicators.csv") && said.contains("5533") && said.contains("5532"),
        "{said}"
    );
    assert!(said.contains("edited"), "the cause is told: {said}");
}

#[test]
fn a_changed_raw_mark_is_found_with_its_file() {
    let run = Run::of("balakliya", &[]);
    let project = support::copy_of("balakliya");
    let path = project.path().join("raw/Освітні послуги 2026.csv");
    let bytes = fs::read(&path).expect("the list");
    let cut = bytes.iter().rposition(|byte| *byte == b';').expect("cells");
    let line = bytes[..cut].iter().rposition(|byte| *byte == b'\n').expect("lines");
    fs::write(&path, &bytes[..=line]).expect("written");
    let (code, said) = verify(&run.report(), project.path());
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("raw file changed: raw/Освітні послуги 2026.csv"),
        "{said}"
    );
    assert!(said.contains("published") && said.contains("recomputed"), "{said}");
}

#[test]
fn an_edited_cell_of_the_workbook_is_named() {
    let run = Run::of("balakliya", &[]);
    let report = run.report().join("report.xlsx");
    support::archive::edit_part(&report, "xl/worksheets/sheet2.xml", |xml| {
        xml.replacen("<v>1019</v>", "<v>1020</v>", 1)
    });
    let (code, said) = verify(&report, &repository("samples/balakliya"));
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("report.xlsx › Indicators") && said.contains("published 1020, recomputed 1019"),
        "{said}"
    );
}

#[test]
fn one_raw_mark_taken_away_is_found_with_file_and_cells() {
    let run = Run::of("balakliya", &[]);
    let project = support::copy_of("balakliya");
    let register = project.path().join("raw/Групові консультації 2026.xlsx");
    support::archive::edit_part(&register, "xl/worksheets/sheet1.xml", |xml| {
        support::archive::blank_cell(&xml, "F8")
    });
    let (code, said) = verify(&run.report(), project.path());
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("raw file changed: raw/Групові консультації 2026.xlsx"),
        "{said}"
    );
    assert!(said.contains("published 1159, recomputed 1158"), "{said}");
}
