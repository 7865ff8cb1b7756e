//! What differs from what was due by the period's end, and why.

use super::KIND;
use crate::logframe::figures::{Figure, Status, Value};
use crate::project::model::Indicator;
use crate::report::donor::common::{
    blocks, dash, explanations, figure, heads, legend, met, number, statement, text, titles, tolerance, variance,
};
use crate::report::sheet::{CellModel, Content, Look, SheetModel};
use crate::report::view::{View, clean};

const WIDTHS: [f64; 8] = [9.0, 50.0, 14.0, 12.0, 12.0, 11.0, 13.0, 60.0];

pub(super) fn sheet(view: &View) -> SheetModel {
    let labels = &view.labels;
    let mut sheet = SheetModel::new(labels.get("tables.iptt.variance_sheet"), &WIDTHS);
    let title = format!("{KIND}. {}", labels.get("tables.iptt.variance_title"));
    titles(view, &mut sheet, &title);
    let head = sheet.push(heads(&[
        ("No.", Look::Head),
        ("Indicator", Look::Head),
        (labels.get("tables.iptt.due"), Look::NumberHead),
        (labels.get("tables.iptt.actual"), Look::NumberHead),
        (labels.get("tables.iptt.variance"), Look::NumberHead),
        (labels.get("tables.iptt.met"), Look::NumberHead),
        (labels.get("tables.iptt.status"), Look::MiddleHead),
        (labels.get("tables.iptt.explanation"), Look::Head),
    ]));
    sheet.freeze_below(head, 2);
    let mut level = None;
    for block in blocks(view) {
        if level.replace(block.level) != Some(block.level) {
            sheet.line(labels.level(block.level), Look::Level(block.level));
        }
        for (index, indicator) in block.indicators {
            sheet.push(row(view, index, indicator));
        }
    }
    sheet.gap();
    let note = labels.fill("tables.iptt.variance_note", &[("tolerance", &tolerance(view))]);
    sheet.line(note, Look::Note);
    sheet.line(labels.get("tables.due"), Look::Note);
    legend(view, &mut sheet);
    sheet.gap();
    signatures(view, &mut sheet);
    sheet
}

fn row(view: &View, index: usize, indicator: &Indicator) -> Vec<CellModel> {
    let found = view.against_target(index);
    let due = found.and_then(|figure| figure.target);
    let achieved = found.and_then(|figure| figure.achieved);
    vec![
        CellModel::text(0, clean(&indicator.code), Look::Code),
        statement(view, 1, indicator),
        number(view, 2, due, indicator, Look::Number),
        figure(view, 3, found, indicator, Look::Strong),
        variance(view, 4, found, indicator),
        met(view, 5, found, achieved, Look::Number),
        status(view, 6, found),
        explanation(view, 7, found, indicator),
    ]
}

fn status(view: &View, column: u16, found: Option<&Figure>) -> CellModel {
    let Some(status) = shown_status(found) else {
        return CellModel::text(column, dash(view), Look::Middle);
    };
    let look = match status {
        Status::OnTrack => Look::OnTrack,
        Status::Ahead => Look::Ahead,
        Status::Behind => Look::Behind,
        Status::Achieved => Look::Achieved,
    };
    CellModel::text(column, view.labels.status(status), look)
}

/// The status of a figure that may be seen.
fn shown_status(found: Option<&Figure>) -> Option<Status> {
    found
        .filter(|figure| figure.value != Value::Suppressed)
        .and_then(|figure| figure.status)
}

/// The explanations that the definitions give; where there are none beyond the tolerance, that there are none.
fn explanation(view: &View, column: u16, found: Option<&Figure>, indicator: &Indicator) -> CellModel {
    let said = explanations(view, indicator);
    if !said.is_empty() {
        let mut cell = text(column, said.join("\n"));
        cell.top = false;
        return cell;
    }
    let beyond = match shown_status(found) {
        Some(Status::Ahead | Status::Behind) => true,
        Some(Status::OnTrack | Status::Achieved) | None => false,
    };
    if beyond {
        let words = view.labels.fill("tables.beyond", &[("tolerance", &tolerance(view))]);
        CellModel::text(column, words, Look::Small)
    } else {
        CellModel::new(column, Content::Blank, Look::Text)
    }
}

/// Room for those who prepare and review the table.
fn signatures(view: &View, sheet: &mut SheetModel) {
    for key in ["tables.prepared", "tables.reviewed"] {
        sheet.push(vec![
            CellModel::text(0, view.labels.get(key), Look::Key).over(2),
            CellModel::new(2, Content::Blank, Look::Text).over(5),
        ]);
    }
}
