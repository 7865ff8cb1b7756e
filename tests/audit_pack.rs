//! The audit pack: drawn again the same, true to the raw files, for every indicator, and without small numbers in the open.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use support::review::write;
use support::write::shown;
use support::{Table, copy_of, csv_rows, tallyframe};

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n";
const FILES: [&str; 10] = [
    "README.html",
    "audit-pack.xlsx",
    "duplicates.csv",
    "evidence.xlsx",
    "excluded.csv",
    "indicators.csv",
    "manifest.json",
    "sample-frame.csv",
    "sample-raw-to-report.csv",
    "sample-report-to-raw.csv",
];

/// Writes a pack into a folder of the project.
fn pack(project: &Path, out: &str, args: &[&str]) -> PathBuf {
    fs::create_dir_all(project.join("private")).expect("made");
    fs::write(project.join("private/evidence.key"), KEY).expect("written");
    let target = project.join(out);
    let mut all = vec![
        "audit-pack",
        project.to_str().expect("a path"),
        "--out",
        target.to_str().expect("a path"),
    ];
    all.extend(args);
    let output = tallyframe(&all);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("names nobody") && said.contains("Next: "), "{said}");
    target
}

fn table(folder: &Path, name: &str) -> Table {
    csv_rows(&fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}")))
}

fn sha256(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let digits: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

/// The codes of a list of indicators.
fn codes(row: &BTreeMap<String, String>) -> BTreeSet<String> {
    let codes = row["indicators"].split("; ").filter(|code| !code.is_empty());
    codes.map(|code| code.trim_start_matches('\'').to_owned()).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_other_rows() {
    let project = copy_of("balakliya");
    let one = pack(project.path(), "one", &["--period", "2026-03", "--seed", "7"]);
    let again = pack(project.path(), "again", &["--period", "2026-03", "--seed", "7"]);
    let other = pack(project.path(), "other", &["--period", "2026-03", "--seed", "8"]);
    for name in FILES {
        let [first, second] = [&one, &again].map(|folder| fs::read(folder.join(name)).expect(name));
        assert!(first == second, "{name} differs");
    }
    let names: BTreeSet<String> = fs::read_dir(&one)
        .expect("the pack")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, FILES.map(str::to_owned).into());
    let drawn = |folder: &Path| -> BTreeSet<(String, String, String)> {
        let rows = table(folder, "sample-report-to-raw.csv").into_iter();
        rows.filter(|row| row["draw"] == "drawn")
            .map(|row| (row["file"].clone(), row["sheet"].clone(), row["cell"].clone()))
            .collect()
    };
    assert_eq!((drawn(&one).len(), drawn(&other).len()), (59, 59));
    assert!(drawn(&one).intersection(&drawn(&other)).count() < 30);
}

#[test]
fn every_indicator_has_a_row_and_the_frame_holds_the_draw() {
    let project = copy_of("balakliya");
    let folder = pack(project.path(), "audit/2026", &["--period", "2026", "--sample", "5"]);
    let frame = table(&folder, "sample-frame.csv");
    let sampled: BTreeSet<String> = table(&folder, "sample-report-to-raw.csv")
        .iter()
        .flat_map(codes)
        .collect();
    let all: BTreeSet<String> = frame
        .iter()
        .filter(|row| row["direction"] == "report-to-raw")
        .flat_map(codes)
        .collect();
    assert_eq!(sampled, all);
    let with_data: BTreeSet<String> = table(&folder, "indicators.csv")
        .iter()
        .filter(|row| {
            let number: f64 = row["value"].parse().unwrap_or_default();
            row["disaggregation"].is_empty() && row["period"].starts_with("2026-01-01..") && number != 0.0
        })
        .map(|row| row["code"].clone())
        .collect();
    let missing: Vec<&String> = with_data.difference(&all).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for direction in ["report-to-raw", "raw-to-report"] {
        let rows: Vec<_> = frame.iter().filter(|row| row["direction"] == direction).collect();
        assert!(rows.is_sorted_by(|one, next| one["ticket"] <= next["ticket"]));
        assert!(rows.len() > 1000);
        assert!(rows.iter().take(5).all(|row| row["draw"] == "drawn"));
        assert_eq!(rows.iter().filter(|row| row["draw"] == "drawn").count(), 5);
        let row = rows[0];
        let text = format!("1\n{direction}\n{}\n{}\n{}", row["file"], row["sheet"], row["cell"]);
        assert_eq!(row["ticket"], sha256(&text));
    }
}

#[test]
fn what_is_drawn_stands_in_the_raw_files() {
    let project = copy_of("balakliya");
    let folder = pack(
        project.path(),
        "audit/2026",
        &["--period", "2026", "--sample", "200", "--seed", "3"],
    );
    let mut books = BTreeMap::new();
    let mut cell = |file: &str, sheet: &str, row: u32, column: Option<u16>| -> String {
        let path = project.path().join(file);
        let book = books
            .entry(file.to_owned())
            .or_insert_with(|| tallyframe::ingest::workbook::open(&path).expect("opened"));
        let sheet = book.sheets.iter().find(|known| known.name == sheet).expect("the sheet");
        let row = sheet.rows.iter().find(|known| known.number == row).expect("the row");
        match column {
            Some(column) => row.get(column).map(shown).unwrap_or_default(),
            None => (0..60).filter_map(|column| row.get(column)).map(shown).collect(),
        }
    };
    let sample = table(&folder, "sample-report-to-raw.csv");
    let mut marks = 0;
    // A finding about a whole sheet has no cell.
    for row in sample.iter().filter(|row| !row["cell"].is_empty()) {
        let letters: String = row["cell"].chars().take_while(char::is_ascii_alphabetic).collect();
        let number: u32 = row["cell"][letters.len()..].parse().expect("a row");
        let column = letters
            .bytes()
            .fold(0_u16, |sum, letter| sum * 26 + u16::from(letter - b'A') + 1)
            .checked_sub(1);
        let there = cell(&row["file"], &row["sheet"], number, column);
        assert!(!there.trim().is_empty(), "{row:?}");
        if row["why"] == "presence mark" {
            marks += 1;
            assert!(
                there.trim().chars().count() < 4 && !["н", "-", "0"].contains(&there.trim()),
                "{there}: {row:?}"
            );
        } else if !row["person"].is_empty() && row["date"].starts_with("2026-") && row["why"] == "on the list" {
            assert!(there.chars().any(char::is_alphanumeric), "{row:?}");
        }
    }
    assert!(marks > 20, "{marks}");
    for row in table(&folder, "sample-raw-to-report.csv") {
        let number: u32 = row["row"].parse().expect("a row");
        let there = cell(&row["file"], &row["sheet"], number, None);
        let counts = row["fate"].starts_with("counted");
        assert!(!counts || !there.trim().is_empty(), "{row:?}");
        assert!(!counts || !row["indicators"].is_empty(), "{row:?}");
    }
}

#[test]
fn a_pack_is_verified_like_a_report() {
    let project = copy_of("balakliya");
    let folder = pack(project.path(), "audit/2026-03", &["--period", "2026-03"]);
    let output = tallyframe(&["verify", folder.to_str().expect("a path")]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
}

const SMALL: &str = r#"[project]
code = "small"
name = "Small"
start = 2026-01-01
end = 2026-06-30

[count]
small-numbers = 5

[[activity]]
code = "art"
name = "Art"

[[source]]
files = "raw/*"
activity = "art"

[[indicator]]
code = "1"
use = "unique-reach"

[[indicator]]
code = "2"
use = "total-reach"
"#;

const LIST: &str = "Дата;ПІБ\n05.03.2026;Інша Олена Петрівна\n06.03.2026;Ткач Ірина Іванівна\n";

#[test]
fn where_everything_is_hidden_the_pack_is_private_and_draws_nothing() {
    let project = tempfile::tempdir().expect("a folder");
    write(
        project.path(),
        "project.toml",
        &SMALL.replace("small-numbers = 5", "small-numbers = 0"),
    );
    write(project.path(), "raw/list.csv", LIST);
    let open = pack(project.path(), "pack", &[]);
    assert!(open.join("README.html").exists());
    assert_eq!(table(&open, "sample-report-to-raw.csv").len(), 2);
    write(project.path(), "project.toml", SMALL);
    let folder = pack(project.path(), "pack", &[]);
    for name in FILES {
        assert!(folder.join("private").join(name).exists(), "{name}");
        assert!(!folder.join(name).exists(), "{name} stayed in the open");
    }
    let page = fs::read_to_string(folder.join("private/README.html")).expect("the page");
    assert!(page.contains("hides small numbers"), "{page}");
    for name in ["sample-report-to-raw.csv", "sample-raw-to-report.csv", "excluded.csv"] {
        assert!(table(&folder.join("private"), name).is_empty(), "{name}");
    }
}

#[test]
fn a_project_without_data_has_a_pack_that_says_so() {
    let project = tempfile::tempdir().expect("a folder");
    write(
        project.path(),
        "project.toml",
        &SMALL.replace("small-numbers = 5", "small-numbers = 0"),
    );
    write(project.path(), "raw/list.csv", "Дата;ПІБ\n");
    let folder = pack(project.path(), "pack", &[]);
    assert!(table(&folder, "sample-report-to-raw.csv").is_empty());
    let page = fs::read_to_string(folder.join("README.html")).expect("the page");
    assert!(page.contains("nothing could be drawn"), "{page}");
    let output = tallyframe(&["audit-pack", project.path().to_str().expect("a path"), "--sample", "0"]);
    assert_eq!(output.status.code(), Some(2));
}
