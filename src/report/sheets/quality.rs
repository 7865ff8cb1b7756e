//! Data quality: figures about the raw data, findings by kind, row balance, the tool's own checks.

use super::Book;
use crate::ingest::records::Severity;
use crate::report::balance;
use crate::report::sheet::{CellModel, Look, SheetModel, address};
use crate::report::view::clean;

const WIDTHS: [f64; 5] = [44.0, 13.0, 11.0, 52.0, 56.0];

pub(super) fn sheet(book: &Book) -> SheetModel {
    let mut sheet = book.titled("sheet.quality", "quality.title", &WIDTHS);
    figures(book, &mut sheet);
    findings(book, &mut sheet);
    let first = sheet.next_row();
    row_balance(book, &mut sheet);
    sheet.keep_together(first);
    let first = sheet.next_row();
    checks(book, &mut sheet);
    sheet.keep_together(first);
    sheet
}

fn figures(book: &Book, sheet: &mut SheetModel) {
    let indicators = book.view.quality_indicators();
    if indicators.is_empty() {
        return;
    }
    sheet.line(book.label("quality.figures"), Look::Heading);
    sheet.push(vec![
        CellModel::text(0, book.label("head.indicator"), Look::Head),
        CellModel::text(1, book.label("head.code"), Look::Head),
        CellModel::text(2, book.label("head.figure"), Look::NumberHead),
        CellModel::text(3, book.label("head.unit"), Look::Head),
    ]);
    for (index, indicator) in indicators {
        sheet.push(vec![
            CellModel::text(0, book.view.statement(indicator), Look::Text),
            book.code(1, index, Look::Code),
            book.value(2, book.view.main_figure(index), indicator, Look::Number),
            CellModel::text(3, book.view.labels.unit(indicator.unit), Look::Text),
        ]);
    }
    sheet.gap();
}

fn findings(book: &Book, sheet: &mut SheetModel) {
    sheet.line(book.label("quality.findings"), Look::Heading);
    let kinds = book.view.findings_by_kind();
    if kinds.is_empty() {
        sheet.line(book.label("quality.no_findings"), Look::Note);
        sheet.gap();
        return;
    }
    sheet.line(book.label("quality.findings_note"), Look::Note);
    sheet.push(book.heads(&[
        ("head.kind", Look::Head),
        ("head.severity", Look::MiddleHead),
        ("head.count", Look::NumberHead),
        ("head.where", Look::Head),
        ("head.action", Look::Head),
    ]));
    let labels = &book.view.labels;
    for entry in kinds {
        let severity = entry.kind.severity();
        let look = match severity {
            Severity::Error => Look::Behind,
            Severity::Warning => Look::OnTrack,
            Severity::Note => Look::Middle,
        };
        let place = entry
            .first
            .place
            .map_or_else(String::new, |place| book.view.report.records.show(place));
        sheet.push(vec![
            CellModel::text(0, labels.kind(entry.kind), Look::Text),
            CellModel::text(1, labels.severity(severity), look),
            CellModel::count(2, entry.count, Look::Number),
            CellModel::text(3, clean(&place), Look::Text),
            CellModel::text(4, labels.action(entry.kind), Look::Text),
        ]);
    }
    sheet.gap();
}

fn row_balance(book: &Book, sheet: &mut SheetModel) {
    let labels = &book.view.labels;
    let rows = balance::balance(&book.view.report);
    sheet.line(book.label("quality.balance"), Look::Heading);
    if book.view.hides() {
        sheet.line(book.label("evidence.not_balanced"), Look::Note);
        sheet.gap();
        return;
    }
    let line = |sheet: &mut SheetModel, text: &str, count: CellModel, look| {
        sheet.push(vec![CellModel::text(0, text, look).over(2), count])
    };
    let first = line(
        sheet,
        book.label("quality.total_counted"),
        CellModel::count(2, rows.counted, Look::Number),
        Look::Text,
    );
    let mut last = first;
    for (reason, count) in &rows.set_aside {
        let text = format!("{}: {}", book.label("head.set_aside"), labels.reason(*reason));
        last = line(sheet, &text, CellModel::count(2, *count, Look::Number), Look::Text);
    }
    let sum = rows.counted + rows.aside();
    let formula = format!("SUM({}:{})", address(first as usize, 2), address(last as usize, 2));
    let total = CellModel::formula(2, formula, sum as f64, Look::TotalNumber);
    line(sheet, book.label("quality.total_read"), total, Look::TotalText);
    if sum != rows.read {
        let args = [
            labels.whole(rows.read),
            labels.whole(rows.counted),
            labels.whole(rows.aside()),
        ];
        let open = [("read", &*args[0]), ("counted", &*args[1]), ("aside", &*args[2])];
        sheet.line(labels.fill("quality.balance_open", &open), Look::Alarm);
    }
    sheet.gap();
}

fn checks(book: &Book, sheet: &mut SheetModel) {
    let checks = &book.view.report.figures.checks;
    if checks.is_empty() {
        return;
    }
    sheet.line(book.label("quality.checks"), Look::Heading);
    sheet.push(vec![
        CellModel::text(0, book.label("head.law"), Look::Head),
        CellModel::text(1, book.label("head.outcome"), Look::MiddleHead).over(2),
        CellModel::text(3, book.label("head.detail"), Look::Head).over(2),
    ]);
    for check in checks {
        let (key, look) = if check.held {
            ("quality.held", Look::OnTrack)
        } else {
            ("quality.failed", Look::Behind)
        };
        let law = book
            .view
            .labels
            .find(&format!("law.{}", check.law))
            .unwrap_or(check.law);
        sheet.push(vec![
            CellModel::text(0, law, Look::Text),
            CellModel::text(1, book.label(key), look).over(2),
            CellModel::text(3, clean(&check.detail), Look::Text).over(2),
        ]);
    }
}
