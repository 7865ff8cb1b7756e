//! Worlds and questions that the tests of the table formats share.

use chrono::NaiveDate;

use crate::logframe::figures::{Figure, Value};
use crate::project::calendar::CalendarKind;
use crate::project::model::Localized;
use crate::report::fixture::{World, world};
use crate::report::sheet::{CellModel, Content, SheetModel};
use crate::report::view::View;
use crate::report::workbook::{Properties, workbook};

/// The sheets that a format makes of a world; they can be written.
pub(super) fn made(world: &World, lang: &str, sheets: impl Fn(&View) -> Vec<SheetModel>) -> Vec<SheetModel> {
    let report = world.report(lang);
    let sheets = sheets(&View::new(&report));
    workbook(&sheets, &Properties::of(&report)).expect("a workbook");
    for (_, content) in sheets.iter().flat_map(SheetModel::cells) {
        if let Content::Text(text) = content {
            assert!(
                !text.contains(crate::report::labels::MISSING) && !text.contains('{'),
                "{text}"
            );
        }
    }
    sheets
}

/// The cells of the first row whose cell in a column holds this text, or begins with it and a space.
pub(super) fn row<'s>(sheet: &'s SheetModel, column: u16, wanted: &str) -> &'s [CellModel] {
    let begins = format!("{wanted} ");
    let rows = sheet.rows.iter().map(|row| row.cells.as_slice());
    let mut rows = rows;
    let found = rows.rfind(|cells| {
        cells.iter().any(|cell| match &cell.content {
            Content::Text(text) => cell.column == column && (text == wanted || text.starts_with(&begins)),
            _ => false,
        })
    });
    found.unwrap_or_else(|| panic!("no row {wanted}"))
}

/// What a cell holds, as a text.
pub(super) fn at(cells: &[CellModel], column: u16) -> String {
    let cell = cells.iter().find(|cell| cell.column == column);
    match cell.map(|cell| &cell.content) {
        Some(Content::Text(text)) => text.clone(),
        Some(Content::Number(number)) => number.to_string(),
        Some(Content::Date(date)) => date.to_string(),
        Some(Content::Formula { .. }) => "formula".to_owned(),
        Some(Content::Blank) | None => String::new(),
    }
}

/// A world in which few people stand behind every figure.
pub(super) fn hidden() -> World {
    let mut world = world();
    world.project.settings.small_numbers = 5;
    for figure in &mut world.figures.figures {
        figure.value = Value::Suppressed;
        (figure.low, figure.high, figure.expected) = (None, None, None);
        (figure.numerator, figure.denominator) = (None, None);
        (figure.achieved, figure.status) = (None, None);
    }
    world
}

/// A world without a figure.
pub(super) fn silent() -> World {
    let mut world = world();
    world.figures.figures.clear();
    world
}

/// Five years of months and three hundred indicators with endless words.
pub(super) fn crowded() -> World {
    let mut world = world();
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let (start, end) = (day(2022, 1, 1), day(2026, 12, 31));
    (world.project.start, world.project.end) = (start, end);
    world.figures.periods = CalendarKind::Month.periods(start, end);
    world.figures.periods.extend(CalendarKind::Project.periods(start, end));
    world.figures.span = 60;
    let like = world.figures.figures[0].clone();
    let first = world.project.indicators[0].clone();
    world.project.indicators = (0..300)
        .map(|number| {
            let mut indicator = first.clone();
            indicator.code = format!("=1+{number}/[{}]", number % 7);
            indicator.statement = Localized::same("слово 👩‍👧 مرحبا ".repeat(120));
            indicator.assumptions = Localized::same("a very long assumption\u{7}\n".repeat(90));
            indicator.target = Some(1000.0);
            indicator
        })
        .collect();
    let figure = |indicator, period| Figure {
        indicator,
        period,
        value: Value::Number(period as f64),
        ..like.clone()
    };
    let all = (0..300).flat_map(|indicator| (0..61).map(move |period| (indicator, period)));
    world.figures.figures = all.map(|(indicator, period)| figure(indicator, period)).collect();
    world
}
