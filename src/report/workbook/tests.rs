//! What `workbook` promises: the same bytes for the same sheets, and every cell of the model.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::ingest::records::Records;
use crate::logframe::figures::Figures;
use crate::people::facts::Facts;
use crate::project::model::Localized;
use crate::report::{fixture, sheets::sheets};

#[test]
fn the_same_report_gives_the_same_bytes() {
    let world = fixture::world();
    let report = world.report("uk");
    let write = || workbook(&sheets(&report), &Properties::of(&report)).expect("a workbook");
    assert!(write() == write());
}

#[test]
fn a_reader_finds_every_cell_of_the_model() {
    let world = fixture::world();
    for lang in Labels::languages() {
        let report = world.report(lang);
        let models = sheets(&report);
        let bytes = workbook(&models, &Properties::of(&report)).expect("a workbook");
        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a readable workbook");
        for model in &models {
            let range = read.worksheet_range(&model.name).expect("the sheet");
            for (row, row_model) in (0..).zip(&model.rows) {
                for cell in &row_model.cells {
                    let found = range.get_value((row, u32::from(cell.column)));
                    assert!(agrees(&cell.content, found), "{} {row} {cell:?} {found:?}", model.name);
                }
            }
        }
    }
}

#[test]
fn reports_without_data_or_with_endless_texts_are_written() {
    let mut empty = fixture::world();
    empty.facts = Facts::default();
    empty.figures = Figures::default();
    empty.records = Records::default();
    empty.project.indicators.clear();
    let mut long = fixture::world();
    long.project.name = Localized::same("&P назва з 'лапками' ".repeat(60));
    long.project.settings.small_numbers = 1000;
    for indicator in &mut long.project.indicators {
        indicator.statement = Localized::same("слово ".repeat(400));
        indicator.code = "=1+1\u{7}".repeat(40);
    }
    for world in [empty, long] {
        let report = world.report("uk");
        workbook(&sheets(&report), &Properties::of(&report)).expect("a workbook");
        assert!(!crate::report::terminal::terminal(&report, 80, false).contains('\u{7}'));
        crate::report::csv::indicators_csv(&report);
        crate::report::json::json(&report);
    }
}

fn agrees(content: &Content, found: Option<&Data>) -> bool {
    match (content, found) {
        (Content::Blank, None | Some(Data::Empty)) | (Content::Date(_), Some(Data::DateTime(_))) => true,
        (Content::Text(text), Some(Data::String(read))) => {
            text.trim() == read.trim() && !text.contains(crate::report::labels::MISSING)
        }
        (Content::Number(number) | Content::Formula { result: number, .. }, Some(Data::Float(read))) => {
            (number - read).abs() < 1e-9
        }
        _ => false,
    }
}
