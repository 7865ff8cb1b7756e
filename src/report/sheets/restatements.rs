//! Restatements: published figures that come out different now, by cause. Changes: what definitions said otherwise.

use super::{Book, rounded};
use crate::report::history::{Cause, Restatement, Shown};
use crate::report::restated::{between, category, cause, causes, period, said, shown, what};
use crate::report::sheet::{CellModel, Content, Look, NumberStyle, SheetModel};
use crate::report::view::clean;

const WIDTHS: [f64; 8] = [14.0, 9.0, 38.0, 22.0, 24.0, 12.0, 12.0, 12.0];
const CAUSE: f64 = 15.0;
const WORDS: f64 = 44.0;
const HEADS: [(&str, Look); 8] = [
    ("publication", Look::Head),
    ("code", Look::Head),
    ("indicator", Look::Head),
    ("period", Look::Head),
    ("category", Look::Head),
    ("published", Look::NumberHead),
    ("now", Look::NumberHead),
    ("difference", Look::NumberHead),
];
const CHANGES: [f64; 6] = [9.0, 34.0, 28.0, 30.0, 60.0, 60.0];

/// Both sheets; none where nothing was published.
pub(super) fn sheets(book: &Book) -> Vec<SheetModel> {
    if book.view.report.history.publications.is_empty() {
        return Vec::new();
    }
    vec![restated(book), changed(book)]
}

fn restated(book: &Book) -> SheetModel {
    let history = book.view.report.history;
    let occurring: Vec<Cause> = Cause::ALL
        .into_iter()
        .filter(|cause| history.restated.iter().any(|one| one.of(*cause).is_some()))
        .collect();
    let mut widths = WIDTHS.to_vec();
    widths.extend(occurring.iter().map(|_| CAUSE));
    widths.push(WORDS);
    let mut sheet = book.titled("restated.sheet", "restated.title", &widths);
    sheet.line(published(book), Look::Note);
    if history.restated.is_empty() {
        sheet.line(book.label("restated.none"), Look::Note);
        return sheet;
    }
    sheet.line(book.label("restated.intro"), Look::Note);
    let labels = &book.view.labels;
    let mut heads: Vec<CellModel> = (0..)
        .zip(HEADS)
        .map(|(column, (key, look))| CellModel::text(column, labels.get(&format!("restated.head.{key}")), look))
        .collect();
    let names = occurring.iter().map(|one| (cause(*one, labels), Look::NumberHead));
    let words = (labels.get("restated.head.causes"), Look::Head);
    heads.extend(
        (8..)
            .zip(names.chain([words]))
            .map(|(column, (name, look))| CellModel::text(column, name, look)),
    );
    let head = sheet.push(heads);
    sheet.freeze_below(head, 2);
    for one in &history.restated {
        sheet.push(row(book, one, &occurring));
    }
    sheet
}

fn row(book: &Book, one: &Restatement, occurring: &[Cause]) -> Vec<CellModel> {
    let (view, labels) = (&book.view, &book.view.labels);
    let (project, lang) = (view.report.project, view.report.lang);
    let indicator = project
        .indicators
        .iter()
        .position(|indicator| indicator.code == one.code);
    let statement = indicator
        .map(|at| view.statement(&project.indicators[at]))
        .unwrap_or_default();
    let code = match indicator {
        Some(at) => book.code(1, at, Look::Code),
        None => CellModel::text(1, clean(&one.code), Look::Code),
    };
    let figure = |column, value: Shown| match value {
        Shown::Number(number) => numeric(column, Some(number), one),
        blank => CellModel::text(column, shown(blank, one.decimals, labels), Look::Number),
    };
    let mut cells = vec![
        CellModel::text(0, clean(&one.publication), Look::Text),
        code,
        CellModel::text(2, statement, Look::Text),
        CellModel::text(3, period(one, project, labels), Look::Text),
        CellModel::text(4, category(one, project, lang), Look::SubText),
        figure(5, one.published),
        figure(6, one.now),
        numeric(7, one.difference(), one),
    ];
    let columns = 8..;
    let parts = columns
        .clone()
        .zip(occurring)
        .map(|(column, cause)| numeric(column, one.of(*cause), one));
    cells.extend(parts);
    let last = columns.zip(occurring.iter().map(|_| ()).chain([()])).last();
    cells.push(CellModel::text(
        last.map_or(8, |(column, ())| column),
        causes(one, labels),
        Look::Small,
    ));
    cells
}

fn numeric(column: u16, value: Option<f64>, one: &Restatement) -> CellModel {
    let content = value.map_or(Content::Blank, |value| Content::Number(rounded(value, one.decimals)));
    CellModel::new(column, content, Look::Number).styled(NumberStyle {
        decimals: one.decimals,
        ..NumberStyle::default()
    })
}

/// Which periods were published, when and by whom.
fn published(book: &Book) -> String {
    let labels = &book.view.labels;
    let list: Vec<String> = book
        .view
        .report
        .history
        .publications
        .iter()
        .map(|one| {
            let (folder, by) = (clean(&one.folder), clean(&one.by));
            let key = if by.is_empty() {
                "restated.publication"
            } else {
                "restated.publication_by"
            };
            labels.fill(
                key,
                &[("folder", &folder), ("date", &labels.date(one.date)), ("by", &by)],
            )
        })
        .collect();
    labels.fill("restated.published_periods", &[("list", &list.join("; "))])
}

fn changed(book: &Book) -> SheetModel {
    let view = &book.view;
    let labels = &view.labels;
    let mut sheet = book.titled("restated.changes_sheet", "restated.changes_title", &CHANGES);
    let changes = &view.report.history.changes;
    if changes.is_empty() {
        sheet.line(book.label("restated.no_changes"), Look::Note);
        return sheet;
    }
    sheet.line(book.label("restated.changes_intro"), Look::Note);
    let heads = ["code", "indicator", "since", "what", "from", "to"];
    let heads = (0..).zip(heads).map(|(column, key)| {
        let key = format!("restated.head.{key}");
        CellModel::text(column, labels.get(&key), Look::Head)
    });
    let head = sheet.push(heads.collect());
    sheet.freeze_below(head, 1);
    for change in changes {
        let mut indicators = view.report.project.indicators.iter();
        let indicator = indicators.find(|indicator| indicator.code == change.code);
        let cells = [
            CellModel::text(0, clean(&change.code), Look::Code),
            CellModel::text(
                1,
                indicator.map(|known| view.statement(known)).unwrap_or_default(),
                Look::Text,
            ),
            CellModel::text(2, between(change, labels), Look::Text),
            CellModel::text(3, what(change, labels), Look::Text),
            CellModel::text(4, clean(said(&change.from, labels)), Look::Text),
            CellModel::text(5, clean(said(&change.to, labels)), Look::Text),
        ];
        sheet.push(cells.map(CellModel::at_top).into());
    }
    sheet
}
