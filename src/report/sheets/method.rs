//! Method: each indicator's definition in words, made from the rule that computes it.

use std::collections::BTreeMap;

use super::indicators::chain_lines;
use super::titled;
use crate::project::model::{Indicator, Level};
use crate::report::method::method;
use crate::report::sheet::{CellModel, Look, SheetModel};
use crate::report::view::{View, clean};

const WIDTHS: [f64; 4] = [8.0, 30.0, 24.0, 84.0];

/// The sheet, and the row of each indicator on it.
pub(super) fn sheet(view: &View) -> (SheetModel, BTreeMap<usize, u32>) {
    let labels = &view.labels;
    let mut sheet = titled(view, "sheet.method", "method.title", &WIDTHS);
    sheet.line(labels.get("method.intro"), Look::Note);
    let heads = ["head.code", "head.indicator", "head.unit", "head.definition"];
    let heads = (0..)
        .zip(heads)
        .map(|(column, key)| CellModel::text(column, labels.get(key), Look::Head))
        .collect();
    let head = sheet.push(heads);
    sheet.freeze_below(head, 0);
    let mut rows = BTreeMap::new();
    for (index, indicator) in view.indicators().into_iter().chain(view.quality_indicators()) {
        rows.insert(index, sheet.push(row(view, indicator)));
    }
    (sheet, rows)
}

fn row(view: &View, indicator: &Indicator) -> Vec<CellModel> {
    let words = method(indicator, view.report.project, view.report.lang, &view.labels);
    let cells = [
        CellModel::text(0, clean(&indicator.code), Look::Code),
        CellModel::text(1, view.statement(indicator), Look::Text),
        CellModel::text(2, properties(view, indicator), Look::Small),
        CellModel::text(3, words, Look::Text),
    ];
    cells.map(CellModel::at_top).into()
}

fn properties(view: &View, indicator: &Indicator) -> String {
    let labels = &view.labels;
    let mut known = vec![
        ("unit", labels.unit(indicator.unit)),
        ("class", labels.class(indicator.class)),
    ];
    if indicator.level != Level::Quality {
        known.push(("direction", labels.direction(indicator.direction)));
    }
    let mut text = labels.fill("method.unit_line", &known);
    if let Some(date) = indicator.baseline.and_then(|baseline| baseline.date) {
        text.push(' ');
        text.push_str(&labels.fill("words.baseline_date", &[("date", &labels.date(date))]));
    }
    for line in chain_lines(view, indicator) {
        text.push('\n');
        text.push_str(&line);
    }
    text
}
