//! Sources: every raw file with its fingerprint and what became of its rows.

use super::Book;
use crate::ingest::records::SourceFile;
use crate::logframe::figures::Value;
use crate::report::balance::{RowBalance, balance_by_file};
use crate::report::sheet::{CellModel, Look, SheetModel, address};
use crate::report::view::clean;

const WIDTHS: [f64; 8] = [46.0, 9.0, 26.0, 36.0, 11.0, 11.0, 11.0, 42.0];

pub(super) fn sheet(book: &Book) -> SheetModel {
    let mut sheet = book.titled("sheet.sources", "sources.title", &WIDTHS);
    sheet.line(book.label("sources.intro"), Look::Note);
    let heads = sheet.push(book.heads(&[
        ("head.file", Look::Head),
        ("head.format", Look::Head),
        ("head.source", Look::Head),
        ("head.sha", Look::Head),
        ("head.read", Look::NumberHead),
        ("head.counted", Look::NumberHead),
        ("head.set_aside", Look::NumberHead),
        ("head.reasons", Look::Head),
    ]));
    sheet.freeze_below(heads, 1);
    let balances = balance_by_file(&book.view.report);
    let first = sheet.next_row();
    for (file, balance) in book.view.report.records.files.iter().zip(&balances) {
        sheet.push(row(book, file, balance));
    }
    if !balances.is_empty() && !book.view.hides() {
        let last = sheet.next_row() - 1;
        total(book, &mut sheet, &balances, (first as usize, last as usize));
    }
    sheet
}

fn row(book: &Book, file: &SourceFile, balance: &RowBalance) -> Vec<CellModel> {
    let sources = &book.view.report.project.sources;
    let source = match file.source.and_then(|index| sources.get(index)) {
        _ if !file.readable => book.label("sources.unreadable").to_owned(),
        Some(source) => clean(&source.name),
        None => book.label("sources.unnamed").to_owned(),
    };
    let mut cells = vec![
        CellModel::text(0, clean(&file.path), Look::Text),
        CellModel::text(1, clean(&file.format), Look::Text),
        CellModel::text(2, source, Look::Text),
        CellModel::text(3, &*file.sha256, Look::Mono),
    ];
    cells.extend(if book.view.hides() {
        // The rows of one file can be the very contacts of one figure.
        let hidden = |column| CellModel::text(column, book.view.blank_word(Value::Suppressed), Look::Number);
        vec![hidden(4), hidden(5), hidden(6)]
    } else {
        vec![
            CellModel::count(4, balance.read, Look::Number),
            CellModel::count(5, balance.counted, Look::Number),
            CellModel::count(6, balance.aside(), Look::Number),
            CellModel::text(7, reasons(book, balance), Look::Small),
        ]
    });
    cells
}

fn reasons(book: &Book, balance: &RowBalance) -> String {
    let mut reasons: Vec<_> = balance.set_aside.iter().collect();
    reasons.sort_by_key(|(reason, count)| (std::cmp::Reverse(**count), **reason));
    let shown: Vec<String> = reasons
        .into_iter()
        .map(|(reason, count)| {
            format!(
                "{} {}",
                book.view.labels.reason(*reason),
                book.view.labels.whole(*count)
            )
        })
        .collect();
    shown.join(", ")
}

fn total(book: &Book, sheet: &mut SheetModel, balances: &[RowBalance], (first, last): (usize, usize)) {
    let sum = |column: u16, count: fn(&RowBalance) -> usize| {
        let formula = format!("SUM({}:{})", address(first, column), address(last, column));
        let result: usize = balances.iter().map(count).sum();
        CellModel::formula(column, formula, result as f64, Look::TotalNumber)
    };
    let mut cells = vec![CellModel::text(0, book.label("sources.total"), Look::TotalText)];
    cells.extend((1..4).map(|column| CellModel::text(column, "", Look::TotalText)));
    cells.push(sum(4, |balance| balance.read));
    cells.push(sum(5, |balance| balance.counted));
    cells.push(sum(6, RowBalance::aside));
    cells.push(CellModel::text(7, "", Look::TotalText));
    sheet.push(cells);
}
