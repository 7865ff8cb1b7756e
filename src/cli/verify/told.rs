//! What a verification found, in sentences and as a document.

use std::path::Path;

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use crate::audit::manifest::FigureEntry;
use crate::audit::verify::{Cause, CellValue, Difference, Factor};
use crate::cli::as_published::Stands;
use crate::cli::printer::Printer;
use crate::cli::quoted;
use crate::ingest::records::Records;
use crate::message::{Message, Tell, message};

/// Differences and stretches shown before the rest is only counted.
const SHOWN: usize = 20;
/// The file in which one new line moves all below.
const FINDINGS: &str = "findings.csv";
/// How a manifest names figures since the project's start.
const CUMULATIVE: &str = "cumulative";
/// Version of the JSON document's shape.
const JSON_VERSION: u32 = 2;

/// A figure then and now.
type FigurePair = (FigureEntry, Option<FigureEntry>);

/// What a verification found.
#[derive(Default)]
pub(super) struct Outcome {
    /// Cells compared.
    pub(super) cells: usize,
    /// Cells that differ.
    pub(super) differences: Vec<Difference>,
    /// Figures of the manifest that come out different.
    pub(super) figures: Vec<FigurePair>,
    /// Why.
    pub(super) causes: Vec<Cause>,
    /// Recounted in per cent of reported, for each indicator.
    pub(super) factors: Vec<Factor>,
    /// What the files of then give, where it is a publication.
    pub(super) stands: Option<Stands>,
    /// Whether a manifest lay beside the report.
    pub(super) has_manifest: bool,
}

impl Outcome {
    /// Whether the report is what the raw files give, and nothing of it is gone or edited.
    pub(super) fn passes(&self) -> bool {
        let broken = |cause: &Cause| matches!(cause, Cause::ManifestEdited | Cause::ReportMissing(_));
        self.differences.is_empty() && self.figures.is_empty() && !self.causes.iter().any(broken)
    }

    pub(super) fn tell(&self, records: &Records, printer: &mut Printer) {
        printer.answer(&if self.passes() {
            message!(
                "PASS: all {cells} cells of the report are what the raw files give today.",
                cells = self.cells
            )
        } else if self.differences.is_empty() && self.figures.is_empty() {
            message!("NOT WHOLE: the cells compared are what the raw files give today, but see the causes.")
        } else {
            message!(
                "DIFFERENT: {count} cells are not what the raw files give today.",
                count = self.differences.len()
            )
        });
        self.tell_stands(printer);
        for cause in &self.causes {
            printer.answer(&message!(
                "  cause: {cause}{places}",
                cause,
                places = stretches(cause, records)
            ));
        }
        if !self.differences.is_empty() && self.causes.is_empty() && !self.has_manifest {
            printer.answer(&message!(
                "  no manifest.json stands beside the report, so the cause can't be told"
            ));
        }
        // A figure says more than the lines that moved because of it.
        self.tell_factors(printer);
        self.tell_figures(printer);
        self.tell_cells(printer);
    }

    /// Whether what was published still follows from the files of then, which is what a signature stands for.
    fn tell_stands(&self, printer: &mut Printer) {
        let told = match &self.stands {
            None => return,
            Some(Stands::Whole(files)) => message!(
                "What was published stands: the raw files, definitions and decisions of then give it byte for byte ({count}). What follows is \
                 what has changed since.",
                count = crate::cli::counted(*files, "file")
            ),
            Some(Stands::Not(files)) => message!(
                "What was published does not follow from the raw files, definitions and decisions of then either: {files}.",
                files = files.join(", ")
            ),
            Some(Stands::Unknown(why)) => message!("Whether what was published stands can't be told: {why}", why),
        };
        printer.answer(&told);
    }

    /// How many cells of which sheets differ, and the first of them; findings last, where one new line moves all below.
    fn tell_cells(&self, printer: &mut Printer) {
        let mut sheets: IndexMap<&str, usize> = IndexMap::new();
        for one in &self.differences {
            *sheets.entry(one.sheet.as_str()).or_default() += 1;
        }
        if self.differences.len() > SHOWN {
            for (sheet, count) in &sheets {
                printer.answer(&message!("  {sheet}: cells that differ: {count}", sheet, count));
            }
        }
        let mut shown: Vec<&Difference> = self.differences.iter().collect();
        shown.sort_by_key(|one| one.sheet.starts_with(FINDINGS));
        for one in shown.iter().take(SHOWN) {
            printer.answer(&message!(
                "  {sheet} {address}: published {published}, recomputed {recomputed}",
                sheet = one.sheet,
                address = one.address,
                published = one.published,
                recomputed = one.recomputed
            ));
        }
        if shown.len() > SHOWN {
            printer.answer(&message!("  … and {count} more", count = shown.len() - SHOWN));
        }
    }

    fn tell_figures(&self, printer: &mut Printer) {
        let mut figures: Vec<&FigurePair> = self.figures.iter().collect();
        // Whole figures first: their parts follow from them.
        figures.sort_by_key(|(then, _)| !then.category.is_empty());
        for (then, now) in figures.iter().copied().take(SHOWN) {
            let cell = if then.category.is_empty() {
                String::new()
            } else {
                format!(" {}={}", then.disaggregation, then.category)
            };
            let ranged = now.as_ref().is_some_and(|now| now.value == then.value);
            let again = now.as_ref().map_or(message!("not reported"), |now| figure(now, ranged));
            let (code, was) = (&then.code, figure(then, ranged));
            let period = if then.scope == CUMULATIVE {
                message!("{period}, to date", period = then.period)
            } else {
                then.period.message()
            };
            printer.answer(&message!(
                "  manifest: {code} {period}{cell}: {was} → {again}",
                code,
                period,
                cell,
                was,
                again
            ));
        }
        if figures.len() > SHOWN {
            printer.answer(&message!("  … and {count} more", count = figures.len() - SHOWN));
        }
    }

    /// The factor of the indicators that are not confirmed, or that all are.
    fn tell_factors(&self, printer: &mut Printer) {
        let confirmed = |factor: &&Factor| factor.percent == Some(100.0) || factor.reported == factor.recounted;
        let (held, open): (Vec<_>, Vec<_>) = self.factors.iter().partition(confirmed);
        if !held.is_empty() {
            printer.answer(&message!(
                "Verification factor: 100 % for {held} of {all} indicators",
                held = held.len(),
                all = self.factors.len()
            ));
        }
        for factor in open {
            let number = |value: Option<f64>| value.map_or(message!("no number"), |value| value.message());
            let percent = factor.percent.map_or(message!("not computable"), |percent| {
                message!("{percent} %", percent = Message::Decimal(format!("{percent:.1}")))
            });
            let (reported, recounted) = (number(factor.reported), number(factor.recounted));
            printer.answer(&message!(
                "  {code}: reported {reported}, recounted {recounted}: {percent}",
                code = factor.code,
                reported,
                recounted,
                percent
            ));
        }
    }

    pub(super) fn document(&self) -> Json {
        let value = |value: &CellValue| match value {
            CellValue::Blank => Json::Null,
            CellValue::Text(text) => text.as_str().into(),
            CellValue::Number(number) => (*number).into(),
        };
        let differences = self.differences.iter().map(|one| {
            json!({
                "sheet": one.sheet,
                "cell": one.address,
                "published": value(&one.published),
                "recomputed": value(&one.recomputed),
            })
        });
        let causes = self
            .causes
            .iter()
            .map(|cause| json!({ "code": cause.code(), "message": cause.to_string() }));
        let figures = self
            .figures
            .iter()
            .map(|(then, now)| json!({ "published": then, "recomputed": now }));
        let factors = self.factors.iter().map(|one| {
            json!({ "code": one.code, "reported": one.reported, "recounted": one.recounted, "percent": one.percent })
        });
        json!({
            "schema_version": JSON_VERSION,
            "pass": self.passes(),
            "stands_as_published": match &self.stands {
                None | Some(Stands::Unknown(_)) => Json::Null,
                Some(Stands::Whole(_)) => true.into(),
                Some(Stands::Not(_)) => false.into(),
            },
            "cells": self.cells,
            "differences": differences.collect::<Vec<_>>(),
            "causes": causes.collect::<Vec<_>>(),
            "figures": figures.collect::<Vec<_>>(),
            "verification_factors": factors.collect::<Vec<_>>(),
        })
    }

    pub(super) fn next(&self, root: &Path) -> Message {
        let project = quoted(root);
        match self.figures.first() {
            None if self.passes() => message!(
                "Next: `tallyframe trace {project} CODE` lists the rows behind a figure",
                project
            ),
            None => message!("Next: `tallyframe run {project}` makes the report anew", project),
            Some((then, _)) => message!(
                "Next: `tallyframe trace {project} {code} --period {period}` lists the rows behind the first figure that differs",
                project,
                code = then.code,
                period = then.period
            ),
        }
    }
}

/// A figure in words; with its range where only that is another one.
fn figure(entry: &FigureEntry, ranged: bool) -> Message {
    let value = |value: Option<f64>| value.map_or(message!("no data"), |value| value.message());
    match (entry.low, entry.high) {
        _ if entry.suppressed => message!("hidden"),
        (Some(low), Some(high)) if ranged => message!(
            "{value} ({low} to {high}, expected {expected})",
            value = value(entry.value),
            low = low.message(),
            high = high.message(),
            expected = entry
                .expected
                .map_or(message!("no data"), |value| Message::Decimal(format!("{value:.1}")))
        ),
        _ => value(entry.value),
    }
}

/// Where a changed file differs, in the words of a spreadsheet.
fn stretches(cause: &Cause, records: &Records) -> Message {
    let Cause::FileChanged { path, rows } = cause else {
        return Message::nothing();
    };
    let file = records.files.iter().find(|file| file.path == *path);
    let told = rows.iter().take(SHOWN).map(|(sheet, first, last)| {
        let name = file
            .and_then(|file| file.sheets.get(*sheet))
            .filter(|name| !name.is_empty());
        let sheet = name.map_or_else(Message::nothing, |name| message!("sheet {name}, ", name));
        match last {
            Some(last) => message!("{sheet}rows {first} to {last}", sheet, first, last),
            None => message!("{sheet}from row {first} on", sheet, first),
        }
    });
    let told: Vec<Message> = told.collect();
    if told.is_empty() {
        Message::nothing()
    } else {
        message!(" ({places})", places = Message::joined(told, "; "))
    }
}
