//! The files of a published report, and their cells.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::audit::evidence;
use crate::audit::manifest::{Manifest, SCHEMA_VERSION};
use crate::audit::verify::{CellValue, ReportCell};
use crate::cli::Failure;
use crate::cli::language::is_project;
use crate::ingest::records::column_letters;
use crate::ingest::table::{Cell, Workbook};
use crate::ingest::workbook;
use crate::project::model::Format;
use crate::report::donor;

/// What a report is made of, beside donors' formats and its manifest.
const FILES: [&str; 6] = [
    "report.xlsx",
    "report.html",
    "indicators.csv",
    "findings.csv",
    evidence::FILE,
    "restatements.csv",
];
const MANIFEST: &str = "manifest.json";

/// A published report, or some of its files.
pub(super) struct Published {
    /// Where its manifest lies.
    pub(super) folder: PathBuf,
    /// Whether the whole folder is checked.
    pub(super) is_folder: bool,
    /// Files by their name in a report.
    pub(super) files: BTreeMap<String, PathBuf>,
}

impl Published {
    /// The report that was named: a folder, or a file of one.
    pub(super) fn find(report: &Path) -> Result<Self, Failure> {
        if report.is_dir() {
            let files = all().map(|name| (name.clone(), report.join(name)));
            let files: BTreeMap<String, PathBuf> = files.filter(|(_, path)| path.exists()).collect();
            if files.is_empty() && !report.join(MANIFEST).exists() {
                return Err(Failure::File(anyhow::anyhow!("{} holds no report", report.display())));
            }
            return Ok(Self {
                folder: report.to_owned(),
                is_folder: true,
                files,
            });
        }
        if !report.exists() {
            return Err(Failure::File(anyhow::anyhow!("{} is not there", report.display())));
        }
        let folder = report.parent().unwrap_or(Path::new("."));
        let name = report
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name == MANIFEST || ends(&name, "json") && !name.contains("dhis2") {
            return Ok(Self {
                folder: folder.to_owned(),
                is_folder: false,
                files: BTreeMap::new(),
            });
        }
        let known = kind(&name);
        // The manifest of a donor's file lies above its folder.
        let folder = if known.starts_with("donor/") && !folder.join(MANIFEST).exists() {
            folder.parent().unwrap_or(Path::new("."))
        } else {
            folder
        };
        let files = BTreeMap::from([(known, report.to_owned())]);
        Ok(Self {
            folder: folder.to_owned(),
            is_folder: false,
            files,
        })
    }

    pub(super) fn manifest_bytes(&self) -> Option<Vec<u8>> {
        fs::read(self.folder.join(MANIFEST)).ok()
    }

    /// What the report says of itself.
    pub(super) fn manifest(&self) -> Result<Option<Manifest>, Failure> {
        read_manifest(&self.folder.join(MANIFEST))
    }
}

/// What a report says of itself; nothing where there is no such file.
pub(crate) fn read_manifest(path: &Path) -> Result<Option<Manifest>, Failure> {
    let Ok(bytes) = fs::read(path) else { return Ok(None) };
    let refused = |why: String| Failure::File(anyhow::anyhow!("{} {why}", path.display()));
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|error| {
        refused(format!(
            "is damaged ({error}): it was cut off or edited. Take it from a copy of the report"
        ))
    })?;
    if value["schema_version"]
        .as_u64()
        .is_some_and(|version| version > u64::from(SCHEMA_VERSION))
    {
        return Err(refused(format!(
            "was made by version {} of the tool, which is newer than this one ({}): verify it with that version",
            value["tool"].as_str().unwrap_or("?"),
            env!("CARGO_PKG_VERSION")
        )));
    }
    let manifest = serde_json::from_value(value).map_err(|error| {
        refused(format!(
            "can't be understood ({error}): it was edited, or made by another version"
        ))
    })?;
    Ok(Some(manifest))
}

fn all() -> impl Iterator<Item = String> {
    let donors = Format::ALL.iter().map(|format| donor::name(*format));
    FILES.map(str::to_owned).into_iter().chain(donors)
}

/// Whether a name has an ending, in letters of any size.
fn ends(name: &str, ending: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// Which file of a report a name means, whatever was put around it ("Q2 report.xlsx", "iptt (final).xlsx").
fn kind(name: &str) -> String {
    let lower = name.to_lowercase();
    let donor = Format::ALL.iter().find(|format| {
        let ending = donor::name(**format);
        let ending = ending.rsplit('.').next().unwrap_or_default();
        lower.contains(format.code()) && lower.ends_with(&format!(".{ending}"))
    });
    let known = match donor {
        Some(format) => return donor::name(*format),
        None if lower.contains("evidence") => evidence::FILE,
        None if ends(&lower, "html") => "report.html",
        None if ends(&lower, "csv") && lower.contains("finding") => "findings.csv",
        None if ends(&lower, "csv") && lower.contains("restatement") => "restatements.csv",
        None if ends(&lower, "csv") => "indicators.csv",
        None => "report.xlsx",
    };
    known.to_owned()
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::File(anyhow::anyhow!("{} could not be read: {error}", path.display())))
}

/// The project that a report lies in.
pub(super) fn project_above(folder: &Path) -> Option<PathBuf> {
    let folder = dunce::canonicalize(folder).ok()?;
    folder
        .ancestors()
        .find(|folder| is_project(folder))
        .map(Path::to_path_buf)
}

/// What a file shows: cells of a workbook or table, lines of a text.
pub(super) fn cells_of_bytes(name: &str, bytes: &[u8]) -> Result<Vec<ReportCell>, Failure> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    if ends(name, "xlsx") || ends(name, "csv") {
        let workbook =
            workbook::from_bytes(bytes, name).map_err(|error| Failure::File(anyhow::anyhow!("{name}: {error}")))?;
        return Ok(workbook_cells(name, &workbook));
    }
    let text = String::from_utf8_lossy(bytes);
    let lines = (1..).zip(text.lines()).map(|(number, line)| ReportCell {
        sheet: name.to_owned(),
        address: format!("line {number}"),
        value: CellValue::Text(line.to_owned()),
    });
    Ok(lines.collect())
}

fn workbook_cells(name: &str, workbook: &Workbook) -> Vec<ReportCell> {
    let mut cells = Vec::new();
    for sheet in &workbook.sheets {
        let title = if sheet.name.is_empty() {
            name.to_owned()
        } else {
            format!("{name} › {}", sheet.name)
        };
        for row in &sheet.rows {
            cells.extend(row.cells.iter().map(|(column, cell)| ReportCell {
                sheet: title.clone(),
                address: format!("{}{}", column_letters(*column), row.number),
                value: shown(cell),
            }));
        }
    }
    cells
}

fn shown(cell: &Cell) -> CellValue {
    match cell {
        Cell::Text(text) | Cell::Error(text) => CellValue::Text(text.clone()),
        Cell::Number(number) => CellValue::Number(*number),
        Cell::DateTime { at, .. } => CellValue::Text(at.date().to_string()),
        Cell::Bool(value) => CellValue::Text(value.to_string()),
        Cell::FormulaWithoutResult(_) => CellValue::Blank,
    }
}
