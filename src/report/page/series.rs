//! What the page draws over time: every chart of the workbook, with the values of its cells.
//!
//! The workbook's charts are taken with their cells, so that what it hides or leaves out is hidden here too.

use std::collections::BTreeSet;

use super::draw::{Chart, Paint, Point, Series, Shape};
use crate::report::labels::Labels;
use crate::report::sheet::{CellModel, CellRange, ChartKind, ChartModel, Content, SheetModel, Tone};

/// The charts of the workbook, each once; bars are drawn by the page in its own way.
pub(super) fn of_workbook(sheets: &[SheetModel], labels: &Labels) -> Vec<Chart> {
    let mut seen = BTreeSet::new();
    let models = sheets.iter().flat_map(|sheet| &sheet.charts);
    models
        .filter(|model| seen.insert(model.title.as_str()))
        .filter_map(|model| chart(model, sheets, labels))
        .collect()
}

fn chart(model: &ChartModel, sheets: &[SheetModel], labels: &Labels) -> Option<Chart> {
    let shape = match model.kind {
        ChartKind::Bars | ChartKind::Pyramid => return None,
        ChartKind::Columns => Shape::Columns,
        ChartKind::StackedColumns => Shape::Stacked,
        ChartKind::Line => Shape::Lines,
    };
    let first = model.series.first()?;
    let categories = cells(sheets, &first.categories).map(|cell| words(cell, labels).replace('\n', ", "));
    Some(Chart {
        shape,
        title: model.title.clone(),
        categories: categories.collect(),
        series: model
            .series
            .iter()
            .map(|series| Series {
                name: series.name.clone(),
                paint: paint(series.tone),
                points: cells(sheets, &series.values).map(|cell| point(cell, labels)).collect(),
            })
            .collect(),
    })
}

fn paint(tone: Tone) -> Paint {
    match tone {
        Tone::Main => Paint::Main,
        Tone::New => Paint::New,
        Tone::Quiet => Paint::Quiet,
        Tone::Due | Tone::Other => Paint::Goal,
    }
}

/// The cells of a range, row by row; none where the sheet has no such cell.
fn cells<'s>(sheets: &'s [SheetModel], range: &CellRange) -> impl Iterator<Item = Option<&'s CellModel>> + use<'s> {
    let sheet = sheets.iter().find(|sheet| sheet.name == range.sheet);
    let columns = range.first_column..=range.last_column;
    (range.first_row..=range.last_row).flat_map(move |row| {
        let row = sheet.and_then(|sheet| sheet.rows.get(row as usize));
        columns
            .clone()
            .map(move |column| row?.cells.iter().find(|cell| cell.column == column))
    })
}

fn point(cell: Option<&CellModel>, labels: &Labels) -> Point {
    let value = match cell.map(|cell| &cell.content) {
        Some(Content::Number(number) | Content::Formula { result: number, .. }) => Some(*number),
        Some(Content::Blank | Content::Text(_) | Content::Date(_)) | None => None,
    };
    Point {
        value: value.filter(|value| value.is_finite()),
        words: words(cell, labels),
    }
}

/// What a cell shows.
pub(super) fn words(cell: Option<&CellModel>, labels: &Labels) -> String {
    let Some(cell) = cell else { return String::new() };
    match &cell.content {
        Content::Blank => String::new(),
        Content::Text(text) => text.clone(),
        Content::Date(date) => labels.date(*date),
        Content::Number(number) | Content::Formula { result: number, .. } => {
            let shown = labels.number(*number, cell.number.decimals);
            if cell.number.percent {
                format!("{shown}\u{a0}%")
            } else {
                shown
            }
        }
    }
}
