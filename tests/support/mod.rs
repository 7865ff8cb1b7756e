//! What the tests over the program share: running it, and reading what it wrote.

#![allow(dead_code, reason = "each test binary uses a part of it")]

pub(crate) mod archive;
pub(crate) mod review;
pub(crate) mod write;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A table as rows of cells by column name.
pub(crate) type Table = Vec<BTreeMap<String, String>>;

/// A folder of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Calls the program.
pub(crate) fn tallyframe(args: &[&str]) -> Output {
    Command::cargo_bin("tallyframe")
        .expect("the program is built")
        .args(args)
        .output()
        .expect("the program starts")
}

/// What a run wrote, in a folder that goes with it.
pub(crate) struct Run {
    folder: TempDir,
    /// What it printed, and how it ended.
    pub(crate) output: Output,
}

impl Run {
    /// Runs a sample.
    pub(crate) fn of(sample: &str, args: &[&str]) -> Self {
        Self::at(&repository("samples").join(sample), args)
    }

    /// Runs a project.
    pub(crate) fn at(project: &Path, args: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("report");
        let project = project.to_string_lossy();
        let mut all = vec!["run", &project, "--out", out.to_str().expect("a path in UTF-8")];
        all.extend(args);
        let output = tallyframe(&all);
        Self { folder, output }
    }

    /// The bytes of a file of the report.
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        let path = self.folder.path().join("report").join(name);
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}\n{}", path.display(), self.errors()))
    }

    /// Where the report is.
    pub(crate) fn report(&self) -> PathBuf {
        self.folder.path().join("report")
    }

    /// A CSV file of the report.
    pub(crate) fn csv(&self, name: &str) -> Table {
        csv_rows(&self.bytes(name))
    }

    /// What went to stderr.
    pub(crate) fn errors(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }
}

/// Rows of a CSV file with a header.
pub(crate) fn csv_rows(bytes: &[u8]) -> Table {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(text);
    let header = reader.headers().expect("a header").clone();
    reader
        .records()
        .map(|row| {
            let row = row.expect("a row of the table");
            header
                .iter()
                .map(str::to_owned)
                .zip(row.iter().map(str::to_owned))
                .collect()
        })
        .collect()
}

/// A table of `tests/data/<programme>`.
pub(crate) fn data(programme: &str, name: &str) -> Table {
    let path = repository("tests/data").join(programme).join(name);
    csv_rows(&fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// First and last day of a period as expected tables write it: `2026-03` or `2026-01-01..2026-12-31`.
pub(crate) fn span(period: &str) -> (String, String) {
    if let Some((start, end)) = period.split_once("..") {
        return (start.to_owned(), end.to_owned());
    }
    let first = chrono::NaiveDate::parse_from_str(&format!("{period}-01"), "%Y-%m-%d").expect("a month");
    let last = first
        .checked_add_months(chrono::Months::new(1))
        .and_then(|next| next.pred_opt())
        .expect("a day");
    (first.to_string(), last.to_string())
}

/// A number as a table writes it.
pub(crate) fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// A copy of a sample that a test may change.
pub(crate) fn copy_of(sample: &str) -> TempDir {
    copy_at(&repository("samples").join(sample))
}

/// A copy of a project that a test may change.
pub(crate) fn copy_at(project: &Path) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(project, folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            if entry.file_name() != "reports" {
                copy(&entry.path(), &target);
            }
        } else {
            fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}

/// Every figure of a run by what identifies it.
pub(crate) fn figures(run: &Run) -> BTreeMap<Vec<String>, Vec<String>> {
    let keys = ["code", "scope", "period", "disaggregation", "category"];
    let values = ["value", "low", "high", "numerator", "denominator", "status"];
    let cells = |row: &BTreeMap<String, String>, names: &[&str]| names.iter().map(|name| row[*name].clone()).collect();
    run.csv("indicators.csv")
        .iter()
        .map(|row| (cells(row, &keys), cells(row, &values)))
        .collect()
}

/// Changes a text file.
pub(crate) fn edit(path: &Path, change: impl Fn(&str) -> String) {
    let text = fs::read_to_string(path).expect("a text file");
    fs::write(path, change(&text)).expect("written");
}

/// Replaces the officer's workbook of decisions by a CSV that names moved files and rows.
pub(crate) fn decisions_as_csv(project: &Path, moved: &[(String, String)], row_of: impl Fn(&str, usize) -> usize) {
    let old = project.join("raw/рішення_дублікати.xlsx");
    let workbook = tallyframe::ingest::workbook::open(&old).expect("the officer's decisions");
    fs::remove_file(&old).expect("removed");
    let mut text = String::new();
    for row in &workbook.sheets[0].rows {
        let mut cells: Vec<String> = (0..13)
            .map(|column| row.get(column).map(write::shown).unwrap_or_default())
            .collect();
        if row.number > 1 {
            for side in [1, 5] {
                let line: usize = cells[side + 2].parse().expect("a row");
                cells[side + 2] = row_of(&cells[side], line).to_string();
                if let Some((_, new)) = moved.iter().find(|(old, _)| *old == cells[side]) {
                    cells[side].clone_from(new);
                }
            }
        }
        text.push_str(
            &cells
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                .collect::<Vec<_>>()
                .join(";"),
        );
        text.push('\n');
    }
    fs::write(project.join("raw/рішення.csv"), text).expect("written");
    edit(&project.join("project.toml"), |text| {
        text.replace("рішення_дублікати.xlsx", "рішення.csv")
    });
}
