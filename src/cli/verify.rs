//! `verify`: a published report against the same report made again from the raw files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::{Failure, Status, published, quoted};
use crate::audit::manifest::{FigureEntry, Manifest, SCHEMA_VERSION};
use crate::audit::verify::{self, CellValue, Difference, ReportCell};
use crate::ingest::table::{Cell, Workbook};
use crate::ingest::workbook;
use crate::report::sheet::Content;
use crate::report::sheets;

/// Differences shown before the rest is only counted.
const SHOWN: usize = 20;

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe verify samples/balakliya/reports/2026\n  \
                   tallyframe verify report.xlsx --project samples/balakliya --raw /media/usb/raw")]
pub(crate) struct Args {
    /// The published report: its folder, report.xlsx, indicators.csv, findings.csv or manifest.json.
    report: PathBuf,
    /// The project folder; the nearest one above the report when absent.
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,
    /// Folder with the raw files, where they lie elsewhere.
    #[arg(long, value_name = "DIR")]
    raw: Option<PathBuf>,
    /// Print one JSON document instead of sentences.
    #[arg(long)]
    json: bool,
}

/// Version of the JSON document's shape.
const JSON_VERSION: u32 = 1;

/// What of the report is compared.
const FILES: [&str; 4] = ["report.xlsx", "indicators.csv", "findings.csv", "restatements.csv"];

/// Runs the verification.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let published = published_files(&args.report)?;
    let folder = if args.report.is_dir() {
        args.report.as_path()
    } else {
        args.report.parent().unwrap_or(Path::new("."))
    };
    let manifest = read_manifest(&folder.join("manifest.json"))?;
    let root = args.project.clone().or_else(|| project_above(folder)).ok_or_else(|| {
        Failure::Call(format!(
            "no project.toml stands above {}: name the project with --project",
            folder.display()
        ))
    })?;
    let period = manifest.as_ref().map(|manifest| manifest.period.clone());
    let as_of: Option<NaiveDate> = manifest.as_ref().map(|manifest| manifest.as_of);
    let known = period.as_deref().filter(|label| !label.contains(".."));
    let asked = Asked {
        period: known,
        as_of,
        raw: args.raw.as_deref(),
        progress: printer.progress,
    };
    let mut computed = recompute(&root, asked)?;
    let lang = super::run::language(&computed, manifest.as_ref().map(|manifest| manifest.language.as_str()))?;
    look_back(
        &root,
        &mut computed,
        manifest.as_ref(),
        (args.raw.as_deref(), &lang),
        printer,
    );
    let mut now = computed.manifest(&lang);
    now.formats = manifest
        .as_ref()
        .map(|manifest| manifest.formats.clone())
        .unwrap_or_default();
    let again = super::run::files(&computed, &now, &lang)?;
    let again: BTreeMap<String, Vec<u8>> = again.into_iter().collect();
    let mut differences = Vec::new();
    let mut cells = 0;
    for (name, path) in &published {
        let then = cells_of(name, path)?;
        cells += then.len();
        let now = recomputed_cells(name, &computed, &lang, &again)?;
        differences.extend(verify::compare(&then, &now));
    }
    let mut figures = Vec::new();
    let mut causes = Vec::new();
    if let Some(then) = &manifest {
        causes = verify::causes(then, &now);
        figures = verify::figures_that_differ(then, &now);
    }
    if args.json {
        printer.json(&document(cells, &differences, &causes, &figures));
    } else {
        tell(&differences, &causes, cells, manifest.is_some(), printer);
        tell_figures(&figures, printer);
    }
    printer.note(&next(
        &root,
        differences.is_empty() && figures.is_empty(),
        figures.first(),
    ));
    Ok(if differences.is_empty() && figures.is_empty() {
        Status::Done
    } else {
        Status::Look
    })
}

/// Takes in the publications that the report looked back at, and no others.
fn look_back(
    root: &Path,
    computed: &mut Computed,
    manifest: Option<&Manifest>,
    (raw, lang): (Option<&Path>, &str),
    printer: &mut Printer,
) {
    let known = manifest.map_or(&[][..], |manifest| &manifest.published);
    let (history, troubles) = published::look_back(root, computed, raw, lang, Some(known));
    computed.history = history;
    for trouble in &troubles {
        printer.trouble(trouble);
    }
}

/// A figure then and now.
type FigurePair = (FigureEntry, Option<FigureEntry>);

/// The figures of the manifest that come out different.
fn tell_figures(figures: &[FigurePair], printer: &mut Printer) {
    for (then, now) in figures.iter().take(SHOWN) {
        let value = |value: Option<f64>| value.map_or("no data".to_owned(), |value| value.to_string());
        let cell = if then.category.is_empty() {
            String::new()
        } else {
            format!(" {}={}", then.disaggregation, then.category)
        };
        let again = now.as_ref().map_or("not reported".to_owned(), |now| value(now.value));
        printer.answer(&format!(
            "  manifest: {} {}{cell}: {} → {again}",
            then.code,
            then.period,
            value(then.value)
        ));
    }
}

fn document(
    cells: usize,
    differences: &[Difference],
    causes: &[verify::Cause],
    figures: &[FigurePair],
) -> serde_json::Value {
    let value = |value: &CellValue| match value {
        CellValue::Blank => serde_json::Value::Null,
        CellValue::Text(text) => text.as_str().into(),
        CellValue::Number(number) => (*number).into(),
    };
    let differing: Vec<serde_json::Value> = differences
        .iter()
        .map(|one| {
            serde_json::json!({
                "sheet": one.sheet,
                "cell": one.address,
                "published": value(&one.published),
                "recomputed": value(&one.recomputed),
            })
        })
        .collect();
    let figures: Vec<serde_json::Value> = figures
        .iter()
        .map(|(then, now)| serde_json::json!({ "published": then, "recomputed": now }))
        .collect();
    serde_json::json!({
        "schema_version": JSON_VERSION,
        "pass": differing.is_empty() && figures.is_empty(),
        "cells": cells,
        "differences": differing,
        "causes": causes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "figures": figures,
    })
}

fn next(root: &Path, pass: bool, first: Option<&FigurePair>) -> String {
    let project = quoted(root);
    match first {
        None if pass => format!("Next: `tallyframe trace {project} CODE` lists the rows behind a figure"),
        None => format!("Next: `tallyframe run {project}` makes the report anew"),
        Some((then, _)) => format!(
            "Next: `tallyframe trace {project} {} --period {}` lists the rows behind the first figure that differs",
            then.code, then.period
        ),
    }
}

/// Recomputes as the report was made; a period that the definitions no longer know is reported whole.
fn recompute(root: &Path, asked: Asked) -> Result<Computed, Failure> {
    pipeline::compute(root, asked)
}

/// The files of a report that are compared: name and path.
fn published_files(report: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    if report.is_dir() {
        let found: Vec<(String, PathBuf)> = FILES
            .iter()
            .map(|name| ((*name).to_owned(), report.join(name)))
            .filter(|(_, path)| path.exists())
            .collect();
        let none = found.is_empty() && !report.join("manifest.json").exists();
        return if none {
            Err(Failure::File(anyhow::anyhow!("{} holds no report", report.display())))
        } else {
            Ok(found)
        };
    }
    if !report.exists() {
        return Err(Failure::File(anyhow::anyhow!("{} is not there", report.display())));
    }
    let name = report
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let kind = match report
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
        .as_deref()
    {
        Some("json") => return Ok(Vec::new()),
        Some("csv") if name.contains("finding") => "findings.csv",
        Some("csv") if name.contains("restatement") => "restatements.csv",
        Some("csv") => "indicators.csv",
        _ => "report.xlsx",
    };
    Ok(vec![(kind.to_owned(), report.to_owned())])
}

pub(super) fn read_manifest(path: &Path) -> Result<Option<Manifest>, Failure> {
    let Ok(text) = fs::read_to_string(path) else {
        return Ok(None);
    };
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| {
        Failure::File(anyhow::anyhow!(
            "{} can't be understood ({error}): it was edited, or made by another version",
            path.display()
        ))
    })?;
    if manifest.schema_version > SCHEMA_VERSION {
        return Err(Failure::File(anyhow::anyhow!(
            "{} was made by version {} of the tool, which is newer than this one ({}): verify it with that version",
            path.display(),
            manifest.tool,
            env!("CARGO_PKG_VERSION")
        )));
    }
    Ok(Some(manifest))
}

fn project_above(folder: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(folder).ok()?;
    folder
        .ancestors()
        .find(|folder| folder.join("project.toml").exists())
        .map(Path::to_path_buf)
}

fn cells_of(name: &str, path: &Path) -> Result<Vec<ReportCell>, Failure> {
    let workbook =
        workbook::open(path).map_err(|error| Failure::File(anyhow::anyhow!("{}: {error}", path.display())))?;
    Ok(workbook_cells(name, &workbook))
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
            for (column, cell) in &row.cells {
                let address = format!("{}{}", crate::ingest::records::column_letters(*column), row.number);
                cells.push(ReportCell {
                    sheet: title.clone(),
                    address,
                    value: shown(cell),
                });
            }
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

/// The cells that the report would have today: a workbook from its model, a CSV from its bytes.
fn recomputed_cells(
    name: &str,
    computed: &Computed,
    lang: &str,
    again: &BTreeMap<String, Vec<u8>>,
) -> Result<Vec<ReportCell>, Failure> {
    if name != "report.xlsx" {
        let bytes = again.get(name).map(Vec::as_slice).unwrap_or_default();
        let workbook = workbook::from_bytes(bytes, name).map_err(|error| Failure::File(error.into()))?;
        return Ok(workbook_cells(name, &workbook));
    }
    let sheets = sheets::sheets(&computed.report(lang));
    let cells = sheets.iter().flat_map(|sheet| {
        sheet.cells().map(|(address, content)| ReportCell {
            sheet: format!("{name} › {}", sheet.name),
            address,
            value: match content {
                Content::Blank => CellValue::Blank,
                Content::Text(text) => CellValue::Text(text.clone()),
                Content::Number(number) => CellValue::Number(*number),
                Content::Date(date) => CellValue::Text(date.to_string()),
                Content::Formula { result, .. } => CellValue::Number(*result),
            },
        })
    });
    Ok(cells.collect())
}

fn tell(differences: &[Difference], causes: &[verify::Cause], cells: usize, has_manifest: bool, printer: &mut Printer) {
    if differences.is_empty() {
        printer.answer(&format!(
            "PASS: all {cells} cells of the report are what the raw files give today."
        ));
    } else {
        printer.answer(&format!(
            "DIFFERENT: {} cells are not what the raw files give today.",
            differences.len()
        ));
    }
    for difference in differences.iter().take(SHOWN) {
        printer.answer(&format!(
            "  {} {}: published {}, recomputed {}",
            difference.sheet, difference.address, difference.published, difference.recomputed
        ));
    }
    if differences.len() > SHOWN {
        printer.answer(&format!("  … and {} more", differences.len() - SHOWN));
    }
    for cause in causes {
        printer.answer(&format!("  cause: {cause}"));
    }
    if !differences.is_empty() && causes.is_empty() {
        printer.answer(if has_manifest {
            "  cause: the report was edited after it was written; raw files, definitions and decisions are the same"
        } else {
            "  no manifest.json stands beside the report, so the cause can't be told"
        });
    }
}
