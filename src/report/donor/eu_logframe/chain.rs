//! The logframe itself.

use chrono::Datelike;

use super::{by_sex, level};
use crate::logframe::figures::Figure;
use crate::project::model::{Indicator, Level};
use crate::report::donor::common::{
    Block, blocks, cell_target, dash, figure, given, legend, number, reference_day, text, titles, to_date,
    total_to_date,
};
use crate::report::sheet::{CellModel, Content, Look, SheetModel};
use crate::report::view::{View, clean};

const SHEET: &str = "Logframe";
const WIDTHS: [f64; 10] = [34.0, 46.0, 12.0, 11.0, 12.0, 13.0, 12.0, 11.0, 34.0, 34.0];
/// Heads as the format writes them, with the number of columns under each.
const HEADS: [(&str, u16); 7] = [
    ("Results chain", 1),
    ("Indicators", 1),
    ("Baseline", 2),
    ("Current value", 2),
    ("Targets", 2),
    ("Sources and means of verification", 1),
    ("Assumptions", 1),
];
const PARTS: [(u16, &str); 6] = [
    (2, "Value"),
    (3, "Reference year"),
    (4, "Value"),
    (5, "Reference date"),
    (6, "Value"),
    (7, "Reference year"),
];

pub(super) fn sheet(view: &View) -> SheetModel {
    let labels = &view.labels;
    let mut sheet = SheetModel::new(SHEET, &WIDTHS);
    let ended = view.span().is_some_and(|span| span.end >= view.report.project.end);
    let kind = labels.get(if ended { "tables.eu.final" } else { "tables.eu.interim" });
    titles(view, &mut sheet, &format!("{SHEET}. {kind}"));
    column_heads(&mut sheet);
    let blocks = blocks(view);
    let mut former = None;
    for block in &blocks {
        if former.replace(block.level) != Some(block.level) {
            sheet.line(level(block.level), Look::Level(block.level));
        }
        // A blank would read as the result of the rows above.
        let named = if block.result.is_empty() { "—" } else { &*block.result };
        let mut result = Some(named.to_owned());
        for (index, indicator) in &block.indicators {
            rows(view, &mut sheet, *index, indicator, result.take().unwrap_or_default());
        }
    }
    activities(view, &mut sheet, &blocks);
    sheet.gap();
    if blocks.is_empty() {
        sheet.line(labels.get("tables.no_indicators"), Look::Note);
    }
    legend(view, &mut sheet);
    sheet.line(labels.get("tables.eu.one_unit"), Look::Note);
    sheet
}

fn column_heads(sheet: &mut SheetModel) {
    let mut above = Vec::new();
    let mut column = 0;
    for (head, span) in HEADS {
        let look = if span > 1 { Look::MiddleHead } else { Look::Head };
        above.push(CellModel::text(column, head, look).over(span));
        column += span;
    }
    let part = |at: u16| PARTS.iter().find(|(column, _)| *column == at);
    let below = (0..column)
        .map(|at| CellModel::text(at, part(at).map_or("", |(_, head)| *head), Look::MiddleHead))
        .collect();
    let first = sheet.push(above);
    let last = sheet.push(below);
    sheet.freeze_below(last, 2);
    sheet.repeated = Some((first, last));
}

/// The row of an indicator, and one for each sex where it is broken down by it.
fn rows(view: &View, sheet: &mut SheetModel, index: usize, indicator: &Indicator, result: String) {
    let total = total_to_date(view, index);
    let mut cells = vec![
        text(0, result),
        text(1, format!("{} {}", clean(&indicator.code), view.statement(indicator))),
        number(
            view,
            2,
            indicator.baseline.map(|baseline| baseline.value),
            indicator,
            Look::Number,
        ),
        baseline_year(view, indicator),
    ];
    cells.extend(current(view, total, indicator, Look::Strong));
    cells.extend(target(view, indicator.target, indicator, Look::Number));
    cells.push(given(view, 8, &indicator.verification));
    cells.push(given(view, 9, &indicator.assumptions));
    sheet.push(cells.into_iter().map(CellModel::at_top).collect());
    let Some((part, breakdown)) = by_sex(indicator) else {
        return;
    };
    let name = view.disaggregation(breakdown);
    for cell in to_date(view, index, Some(part)) {
        let words = format!("{name}: {}", view.category(breakdown, &cell.category));
        let mut cells = vec![
            CellModel::new(0, Content::Blank, Look::Text),
            CellModel::text(1, words, Look::SubText),
            number(view, 2, None, indicator, Look::SubNumber),
            CellModel::text(3, dash(view), Look::Middle),
        ];
        cells.extend(current(view, Some(cell), indicator, Look::SubNumber));
        let aim = cell_target(indicator, "", &breakdown.name, &cell.category);
        cells.extend(target(view, aim, indicator, Look::SubNumber));
        cells.extend([8, 9].map(|column| CellModel::new(column, Content::Blank, Look::Text)));
        sheet.push(cells);
    }
}

fn baseline_year(view: &View, indicator: &Indicator) -> CellModel {
    let date = indicator.baseline.and_then(|baseline| baseline.date);
    year(view, 3, date.map(|date| date.year()))
}

/// A current value with its day.
fn current(view: &View, found: Option<&Figure>, indicator: &Indicator, look: Look) -> [CellModel; 2] {
    let day = match found {
        Some(_) => CellModel::new(5, Content::Date(reference_day(view)), Look::Middle),
        None => CellModel::text(5, dash(view), Look::Middle),
    };
    [figure(view, 4, found, indicator, look), day]
}

/// A target of the whole project with its year.
fn target(view: &View, value: Option<f64>, indicator: &Indicator, look: Look) -> [CellModel; 2] {
    let due = value.map(|_| view.report.project.end.year());
    [number(view, 6, value, indicator, look), year(view, 7, due)]
}

fn year(view: &View, column: u16, year: Option<i32>) -> CellModel {
    let words = year.map_or_else(|| dash(view), |year| year.to_string());
    CellModel::text(column, words, Look::Middle)
}

/// The services of the project, where no indicator stands at the level of activities.
fn activities(view: &View, sheet: &mut SheetModel, blocks: &[Block]) {
    let names: Vec<String> = view
        .report
        .project
        .activities
        .values()
        .map(|activity| clean(activity.name.get(view.report.lang)))
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() || blocks.iter().any(|block| block.level == Level::Activity) {
        return;
    }
    sheet.line(level(Level::Activity), Look::Level(Level::Activity));
    let columns = sheet.columns();
    sheet.push(vec![
        CellModel::text(0, view.labels.get("tables.eu.activities"), Look::Text).at_top(),
        CellModel::text(1, names.join("; "), Look::Text).over(columns - 1),
    ]);
}
