//! Disaggregation: every breakdown of the report's period as a small table that says whether it adds up.

use super::Book;
use super::indicators::paired;
use super::shapes::{self, Drawn, Written};
use crate::logframe::figures::{Figure, Scope, Value};
use crate::project::model::{Class, Disaggregation, Indicator};
use crate::report::sheet::{CellModel, Content, Look, NumberStyle, SheetModel};
use crate::report::view::capital;

/// How the engine writes the category of what nobody wrote down.
const UNKNOWN: &str = "unknown";
const WIDTHS: [f64; 6] = [9.0, 46.0, 15.0, 11.0, 15.0, 11.0];

pub(super) fn sheet(book: &Book) -> SheetModel {
    let mut sheet = book.titled("sheet.disaggregation", "disaggregation.title", &WIDTHS);
    let mut any = false;
    let mut drawn = Drawn::default();
    for (index, indicator) in book.view.indicators() {
        let mut head = Some((index, indicator));
        for (part, disaggregation) in indicator.disaggregations.iter().enumerate() {
            let written = table(
                book,
                &mut sheet,
                (index, indicator),
                (part, disaggregation),
                (&mut head, &mut drawn),
            );
            any = any || written;
        }
    }
    if !any {
        sheet.line(book.label("disaggregation.none"), Look::Note);
    }
    sheet
}

/// Writes one breakdown, after the indicator's own line where that is not written yet.
fn table(
    book: &Book,
    sheet: &mut SheetModel,
    (index, indicator): (usize, &Indicator),
    (part, disaggregation): (usize, &Disaggregation),
    (head, drawn): (&mut Option<(usize, &Indicator)>, &mut Drawn),
) -> bool {
    let span = book.view.report.figures.span;
    let in_period = book.view.cells(index, Scope::Period, span, Some(part));
    let to_date = book.view.cells(index, Scope::Cumulative, span, Some(part));
    let rows = paired(in_period, to_date);
    if rows.is_empty() {
        return false;
    }
    let start = sheet.next_row();
    if head.take().is_some() {
        sheet.push(vec![
            book.code(0, index, Look::Level(indicator.level)),
            CellModel::text(1, book.view.statement(indicator), Look::Level(indicator.level)).over(sheet.columns() - 1),
        ]);
    }
    let totals = [Scope::Period, Scope::Cumulative].map(|scope| book.view.in_span(index, scope));
    sheet.push(heads(book, disaggregation));
    let first = sheet.next_row();
    for (category, in_period, to_date) in rows {
        sheet.push(vec![
            CellModel::text(0, "", Look::Text),
            CellModel::text(1, book.view.category(disaggregation, category), Look::Text),
            book.value(2, in_period, indicator, Look::Number),
            share(3, in_period, totals[0], indicator),
            book.value(4, to_date, indicator, Look::Number),
            share(5, to_date, totals[1], indicator),
        ]);
    }
    let last = sheet.next_row().saturating_sub(1);
    let (cells, shares) = if in_period.is_empty() {
        ((to_date, totals[1]), 5)
    } else {
        ((in_period, totals[0]), 3)
    };
    if let Some(key) = note(cells.0, cells.1, indicator.class) {
        let note = CellModel::text(1, book.label(key), Look::Note).over(sheet.columns() - 1);
        sheet.push(vec![note]);
    }
    sheet.keep_together(start);
    let written = Written {
        indicator,
        disaggregation,
        cells: cells.0,
        rows: (first, last),
        shares,
    };
    shapes::draw(book, sheet, &written, drawn);
    sheet.gap();
    true
}

fn heads(book: &Book, disaggregation: &Disaggregation) -> Vec<CellModel> {
    let mut heads = vec![
        CellModel::text(0, "", Look::Head),
        CellModel::text(1, capital(&book.view.disaggregation(disaggregation)), Look::Head),
    ];
    let numbers = ["head.in_period", "head.share", "head.to_date", "head.share"];
    heads.extend(
        (2..)
            .zip(numbers)
            .map(|(column, key)| CellModel::text(column, book.label(key), Look::NumberHead)),
    );
    heads
}

/// A cell's part of the total, where both may be seen and parts make sense.
fn share(column: u16, cell: Option<&Figure>, total: Option<&Figure>, indicator: &Indicator) -> CellModel {
    let content = part(cell, total, indicator.class).map_or(Content::Blank, Content::Number);
    CellModel::new(column, content, Look::SubNumber).styled(NumberStyle {
        decimals: 1,
        percent: true,
        ..NumberStyle::default()
    })
}

/// A cell's part of the total in per cent, where both may be seen and parts make sense.
pub(in crate::report) fn part(cell: Option<&Figure>, total: Option<&Figure>, class: Class) -> Option<f64> {
    let value = |figure: Option<&Figure>| figure.and_then(|figure| figure.value.number());
    match (value(cell), value(total), class) {
        (Some(part), Some(whole), Class::Flow | Class::Distinct | Class::Level) if whole > 0.0 => {
            Some((part / whole * 1000.0).round() / 10.0)
        }
        _ => None,
    }
}

/// Whether the categories add up to the total, as a label key.
pub(in crate::report) fn note(cells: &[&Figure], total: Option<&Figure>, class: Class) -> Option<&'static str> {
    if class == Class::Ratio {
        return None;
    }
    if cells.iter().any(|cell| cell.value == Value::Suppressed) {
        return Some("disaggregation.hidden");
    }
    let sum: f64 = cells.iter().filter_map(|cell| cell.value.number()).sum();
    let total = total.and_then(|figure| figure.value.number())?;
    Some(match (sum - total).abs() < 1e-6 {
        true if hardly_known(cells, total) => "disaggregation.hardly_known",
        true => "disaggregation.adds_up",
        false => "disaggregation.differs",
    })
}

/// Whether a nought beside what nobody wrote down could be taken for "there were none".
fn hardly_known(cells: &[&Figure], total: f64) -> bool {
    let unknown = |cell: &&&Figure| cell.category.split(" & ").any(|part| part == UNKNOWN);
    let number = |cell: &Figure| cell.value.number().unwrap_or_default();
    let lost: f64 = cells.iter().filter(unknown).map(|cell| number(cell)).sum();
    lost * 2.0 > total && cells.iter().any(|cell| number(cell) == 0.0)
}
