//! Indicators: the tracking table, grouped under its levels, disaggregations folded under each indicator.

use super::{Book, achieved, number_cell, rounded};
use crate::logframe::figures::{Figure, Scope};
use crate::project::model::{Class, Disaggregation, Indicator};
use crate::report::balance;
use crate::report::labels::plain_number;
use crate::report::sheet::{CellModel, Content, Look, NumberStyle, RowModel, SheetModel};
use crate::report::view::{View, clean};

const WIDTHS: [f64; 13] = [
    8.0, 44.0, 10.0, 12.0, 11.0, 12.0, 13.0, 11.0, 12.0, 9.0, 12.0, 12.0, 13.0,
];

pub(super) fn sheet(book: &Book) -> SheetModel {
    let mut sheet = book.titled("sheet.indicators", "indicators.title", &WIDTHS);
    let heads = sheet.push(book.heads(&[
        ("head.code", Look::Head),
        ("head.indicator", Look::Head),
        ("head.unit", Look::Head),
        ("head.class", Look::Head),
        ("head.baseline", Look::NumberHead),
        ("head.target", Look::NumberHead),
        ("head.due", Look::NumberHead),
        ("head.in_period", Look::NumberHead),
        ("head.to_date", Look::NumberHead),
        ("head.achieved", Look::NumberHead),
        ("head.status", Look::MiddleHead),
        ("head.pace", Look::NumberHead),
        ("head.range", Look::NumberHead),
    ]));
    sheet.freeze_below(heads, 2);
    let indicators = book.view.indicators();
    let mut level = None;
    for (index, indicator) in &indicators {
        if level != Some(indicator.level) {
            level = Some(indicator.level);
            sheet.line(book.view.labels.level(indicator.level), Look::Level(indicator.level));
        }
        sheet.push(row(book, *index, indicator));
        chain(book, &mut sheet, indicator);
        for (part, disaggregation) in indicator.disaggregations.iter().enumerate() {
            fold(book, &mut sheet, *index, indicator, (part, disaggregation));
        }
    }
    notes(book, &mut sheet, indicators.iter().map(|(_, indicator)| *indicator));
    sheet
}

fn row(book: &Book, index: usize, indicator: &Indicator) -> Vec<CellModel> {
    let labels = &book.view.labels;
    let against = book.view.against_target(index);
    let main = book.view.main_figure(index);
    // A count of different people leads to the bridge, which shows why it is no sum.
    let bridge = (indicator.class == Class::Distinct).then(|| book.top_of("sheet.bridge"));
    let figure = |column, scope| {
        let figure = book.view.in_span(index, scope);
        let link = bridge.clone().filter(|_| figure.is_some());
        book.value(column, figure, indicator, Look::Strong).linked(link)
    };
    vec![
        book.code(0, index, Look::Code),
        CellModel::text(1, book.view.statement(indicator), Look::Text),
        CellModel::text(2, labels.unit(indicator.unit), Look::Text),
        CellModel::text(3, labels.class(indicator.class), Look::Text),
        number_cell(
            4,
            indicator.baseline.map(|baseline| baseline.value),
            indicator,
            Look::Number,
        ),
        number_cell(5, indicator.target, indicator, Look::Number),
        number_cell(6, against.and_then(|figure| figure.target), indicator, Look::Number),
        figure(7, Scope::Period),
        figure(8, Scope::Cumulative),
        achieved(9, against, Look::Number),
        book.status(10, against),
        pace(book, index, indicator),
        CellModel::text(12, book.range(main), Look::Number),
    ]
}

/// What is still needed each month; only where a figure from the project's start may be seen.
fn pace(book: &Book, index: usize, indicator: &Indicator) -> CellModel {
    let report = &book.view.report;
    let from_start = book.view.span().is_some_and(|span| span.start <= report.project.start);
    let in_period = book.view.in_span(index, Scope::Period).filter(|_| from_start);
    let actual = book.view.in_span(index, Scope::Cumulative).or(in_period);
    let pace = actual
        .and_then(|figure| figure.value.number())
        .and_then(|actual| balance::pace(report, indicator, actual));
    let content = pace.map_or(Content::Blank, |pace| Content::Number(rounded(pace, 1)));
    CellModel::new(11, content, Look::Number).styled(NumberStyle {
        decimals: 1,
        percent: false,
        ..NumberStyle::default()
    })
}

/// What the results chain says about an indicator, as one small row under it; nothing where it says nothing.
fn chain(book: &Book, sheet: &mut SheetModel, indicator: &Indicator) {
    let lines = chain_lines(&book.view, indicator);
    if !lines.is_empty() {
        let width = sheet.columns() - 1;
        sheet.push(vec![
            CellModel::new(0, Content::Blank, Look::Small),
            CellModel::text(1, lines.join(" · "), Look::Small).over(width),
        ]);
    }
}

/// Assumptions, means of verification, frequency and responsible role, as far as they are given.
pub(in crate::report) fn chain_lines(view: &View, indicator: &Indicator) -> Vec<String> {
    [
        ("indicators.verification", &indicator.verification),
        ("indicators.frequency", &indicator.frequency),
        ("indicators.responsible", &indicator.responsible),
        ("indicators.assumptions", &indicator.assumptions),
    ]
    .into_iter()
    .map(|(key, text)| (key, clean(text.get(view.report.lang))))
    .filter(|(_, text)| !text.is_empty())
    .map(|(key, text)| view.labels.fill(key, &[("text", &text)]))
    .collect()
}

/// The cells of one disaggregation as rows of the outline.
fn fold(
    book: &Book,
    sheet: &mut SheetModel,
    index: usize,
    indicator: &Indicator,
    (part, disaggregation): (usize, &Disaggregation),
) {
    let span = book.view.report.figures.span;
    let in_period = book.view.cells(index, Scope::Period, span, Some(part));
    let to_date = book.view.cells(index, Scope::Cumulative, span, Some(part));
    let rows = paired(in_period, to_date);
    if rows.is_empty() {
        return;
    }
    let name = book.view.disaggregation(disaggregation);
    for (category, in_period, to_date) in rows {
        let mut cells = vec![
            CellModel::new(0, Content::Blank, Look::SubText),
            CellModel::text(
                1,
                format!("{name}: {}", book.view.category(disaggregation, category)),
                Look::SubText,
            ),
        ];
        cells.extend((2..7).map(|column| CellModel::new(column, Content::Blank, Look::SubText)));
        cells.push(book.value(7, in_period, indicator, Look::SubNumber));
        cells.push(book.value(8, to_date, indicator, Look::SubNumber));
        cells.extend((9..12).map(|column| CellModel::new(column, Content::Blank, Look::SubText)));
        cells.push(CellModel::text(12, book.range(in_period.or(to_date)), Look::SubNumber));
        sheet.push_row(RowModel {
            cells,
            outline: 1,
            ..RowModel::default()
        });
    }
}

/// Cells of both scopes side by side, in the order of the longer-lived one where it has them.
pub(in crate::report) fn paired<'f>(
    in_period: &[&'f Figure],
    to_date: &[&'f Figure],
) -> Vec<(&'f str, Option<&'f Figure>, Option<&'f Figure>)> {
    let base = if in_period.len() >= to_date.len() {
        in_period
    } else {
        to_date
    };
    let find = |cells: &[&'f Figure], category: &str| cells.iter().copied().find(|cell| cell.category == category);
    base.iter()
        .map(|cell| {
            let category = cell.category.as_str();
            (category, find(in_period, category), find(to_date, category))
        })
        .collect()
}

fn notes<'i>(book: &Book, sheet: &mut SheetModel, indicators: impl Iterator<Item = &'i Indicator>) {
    let classes: Vec<Class> = indicators.map(|indicator| indicator.class).collect();
    sheet.gap();
    if classes.is_empty() {
        sheet.line(book.label("indicators.nothing"), Look::Note);
        return;
    }
    if classes.contains(&Class::Distinct) {
        sheet.line(book.label("indicators.distinct"), Look::Note);
    }
    let tolerance = plain_number(book.view.report.project.settings.tolerance * 100.0, 1);
    let labels = &book.view.labels;
    let date = labels.date(book.view.report.as_of);
    sheet.line(labels.fill("indicators.pace", &[("date", &date)]), Look::Note);
    sheet.line(
        book.view.labels.fill("indicators.legend", &[("tolerance", &tolerance)]),
        Look::Note,
    );
}
