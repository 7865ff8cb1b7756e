//! A published report against the same report made again from the raw files: cell by cell, with causes.

use std::collections::BTreeMap;

use super::manifest::{FigureEntry, Manifest};

/// A cell of a report: in a workbook by sheet and address, in a CSV by line and column.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportCell {
    /// File and sheet: `report.xlsx › Indicators`, `indicators.csv`.
    pub sheet: String,
    /// Address as a spreadsheet shows it.
    pub address: String,
    /// What it shows.
    pub value: CellValue,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
}

impl std::fmt::Display for CellValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CellValue::Blank => write!(f, "(blank)"),
            CellValue::Text(text) => write!(f, "«{text}»"),
            CellValue::Number(number) => write!(f, "{number}"),
        }
    }
}

/// A cell that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// File and sheet.
    pub sheet: String,
    /// Address.
    pub address: String,
    /// As published.
    pub published: CellValue,
    /// As recomputed now.
    pub recomputed: CellValue,
}

/// Cells that differ between a published report and the recomputed one, in the order of the report.
pub fn compare(published: &[ReportCell], recomputed: &[ReportCell]) -> Vec<Difference> {
    let key = |cell: &ReportCell| (cell.sheet.clone(), cell.address.clone());
    let now: BTreeMap<(String, String), &CellValue> = recomputed.iter().map(|cell| (key(cell), &cell.value)).collect();
    let then: BTreeMap<(String, String), &CellValue> = published.iter().map(|cell| (key(cell), &cell.value)).collect();
    let mut differences = Vec::new();
    for cell in recomputed {
        let before = then.get(&key(cell)).copied().unwrap_or(&CellValue::Blank);
        push(&mut differences, cell, before, &cell.value);
    }
    for cell in published.iter().filter(|cell| !now.contains_key(&key(cell))) {
        push(&mut differences, cell, &cell.value, &CellValue::Blank);
    }
    differences
}

fn push(differences: &mut Vec<Difference>, cell: &ReportCell, published: &CellValue, recomputed: &CellValue) {
    if !same(published, recomputed) {
        differences.push(Difference {
            sheet: cell.sheet.clone(),
            address: cell.address.clone(),
            published: published.clone(),
            recomputed: recomputed.clone(),
        });
    }
}

/// Equal as shown: numbers to nine significant digits, texts to the letter, an empty text is a blank.
fn same(a: &CellValue, b: &CellValue) -> bool {
    match (a, b) {
        (CellValue::Number(a), CellValue::Number(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        (CellValue::Text(text), CellValue::Blank) | (CellValue::Blank, CellValue::Text(text)) => text.is_empty(),
        (a, b) => a == b,
    }
}

/// What changed since a report was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A raw file has other bytes.
    FileChanged(String),
    /// A raw file is gone.
    FileMissing(String),
    /// A raw file is new.
    FileNew(String),
    /// A raw file has another name.
    FileRenamed {
        /// Name then.
        from: String,
        /// Name now.
        to: String,
    },
    /// A file of definitions has other bytes, is gone or new.
    DefinitionChanged(String),
    /// Officers' decisions are others.
    DecisionsChanged,
    /// A published period that the report looks back at was changed, or is gone.
    PublishedChanged(String),
    /// Another version of the tool made it.
    ToolVersion {
        /// Version then.
        from: String,
        /// Version now.
        to: String,
    },
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cause::FileChanged(path) => write!(f, "raw file changed: {path}"),
            Cause::FileMissing(path) => write!(f, "raw file missing: {path}"),
            Cause::FileNew(path) => write!(f, "raw file new: {path}"),
            Cause::FileRenamed { from, to } => write!(f, "raw file renamed: {from} → {to}"),
            Cause::DefinitionChanged(path) => write!(f, "definition changed: {path}"),
            Cause::DecisionsChanged => write!(f, "officers' decisions changed"),
            Cause::PublishedChanged(folder) => write!(f, "published period changed or missing: published/{folder}"),
            Cause::ToolVersion { from, to } => write!(f, "made by version {from} of the tool, checked by {to}"),
        }
    }
}

/// What changed between the manifest of a report and the manifest of now.
pub fn causes(then: &Manifest, now: &Manifest) -> Vec<Cause> {
    let mut causes = file_causes(then, now);
    for (path, sha256) in &then.definitions {
        if now.definitions.get(path) != Some(sha256) {
            causes.push(Cause::DefinitionChanged(path.clone()));
        }
    }
    let new = now
        .definitions
        .keys()
        .filter(|path| !then.definitions.contains_key(*path));
    causes.extend(new.map(|path| Cause::DefinitionChanged(path.clone())));
    let sorted = |manifest: &Manifest| {
        let mut decisions = manifest.decisions.clone();
        decisions.sort();
        decisions
    };
    if sorted(then) != sorted(now) {
        causes.push(Cause::DecisionsChanged);
    }
    let changed = then.published.iter().filter(|entry| !now.published.contains(entry));
    causes.extend(changed.map(|entry| Cause::PublishedChanged(entry.folder.clone())));
    if then.tool != now.tool {
        causes.push(Cause::ToolVersion {
            from: then.tool.clone(),
            to: now.tool.clone(),
        });
    }
    causes
}

fn file_causes(then: &Manifest, now: &Manifest) -> Vec<Cause> {
    let mut causes = Vec::new();
    let here = |path: &str| now.files.iter().find(|file| file.path == path);
    let was = |path: &str| then.files.iter().find(|file| file.path == path);
    let mut renamed = Vec::new();
    for file in &then.files {
        match here(&file.path) {
            Some(now) if now.sha256 == file.sha256 => {}
            Some(_) => causes.push(Cause::FileChanged(file.path.clone())),
            None => {
                let moved = now
                    .files
                    .iter()
                    .find(|other| other.sha256 == file.sha256 && was(&other.path).is_none());
                if let Some(moved) = moved {
                    renamed.push(moved.path.clone());
                    causes.push(Cause::FileRenamed {
                        from: file.path.clone(),
                        to: moved.path.clone(),
                    });
                } else {
                    causes.push(Cause::FileMissing(file.path.clone()));
                }
            }
        }
    }
    for file in now
        .files
        .iter()
        .filter(|file| was(&file.path).is_none() && !renamed.contains(&file.path))
    {
        causes.push(Cause::FileNew(file.path.clone()));
    }
    causes
}

/// Figures of two manifests that differ: then and now.
pub fn figures_that_differ(then: &Manifest, now: &Manifest) -> Vec<(FigureEntry, Option<FigureEntry>)> {
    let key = |entry: &FigureEntry| {
        (
            entry.code.clone(),
            entry.scope.clone(),
            entry.period.clone(),
            entry.disaggregation.clone(),
            entry.category.clone(),
        )
    };
    let now: BTreeMap<_, &FigureEntry> = now.figures.iter().map(|entry| (key(entry), entry)).collect();
    then.figures
        .iter()
        .filter(|entry| now.get(&key(entry)).is_none_or(|other| *other != *entry))
        .map(|entry| (entry.clone(), now.get(&key(entry)).map(|entry| (*entry).clone())))
        .collect()
}
