//! A published report against the same report made again from the raw files: cell by cell, with causes.

mod cause;
mod factor;

use std::collections::BTreeMap;

pub(crate) use cause::says_the_same;
pub use cause::{Cause, causes};
pub use factor::{Factor, factors};

use super::manifest::{FigureEntry, Manifest};
use crate::message::{Message, Tell, message};

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

impl Tell for CellValue {
    fn message(&self) -> Message {
        match self {
            CellValue::Blank => message!("(blank)"),
            CellValue::Text(text) => Message::Verbatim(format!("«{text}»")),
            CellValue::Number(number) => number.message(),
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
