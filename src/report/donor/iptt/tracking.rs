//! The tracking table of one calendar: life of program, then target, actual and % met of every period.

use super::KIND;
use crate::logframe::figures::{Figure, Period, Value};
use crate::logframe::of_whole;
use crate::project::calendar::CalendarKind;
use crate::project::model::{Direction, Disaggregation, Indicator, Level, Unit};
use crate::report::donor::common::{
    Block, blocks, cell_target, dash, figure, legend, met, number, runs_on, scope, statement, titles, to_date,
    total_to_date,
};
use crate::report::sheet::{CellModel, Content, Look, RowModel, SheetModel};
use crate::report::view::{View, clean};

/// Columns before those of the life of program, as the format writes them.
const HEADS: [(&str, Look); 8] = [
    ("No.", Look::Head),
    ("Indicator", Look::Head),
    ("Level", Look::Head),
    ("Unit of measure", Look::Head),
    ("Change", Look::Head),
    ("C / NC", Look::MiddleHead),
    ("# / %", Look::MiddleHead),
    ("Baseline", Look::NumberHead),
];
const LIFE: &str = "Life of Program";
const VALUES: [&str; 3] = ["Target", "Actual", "% Met"];
const WIDTHS: [f64; 11] = [9.0, 46.0, 12.0, 12.0, 12.0, 8.0, 7.0, 11.0, 11.0, 11.0, 10.0];
/// First column of the life of program, and of the periods.
const LIFE_COLUMN: u16 = 8;
const PERIODS_COLUMN: u16 = 11;

type Periods<'p, 'a> = &'p [(usize, &'a Period)];

pub(super) fn sheet(view: &View, calendar: Option<CalendarKind>, periods: Periods) -> SheetModel {
    let labels = &view.labels;
    let (name, kind) = match calendar {
        None => (labels.get("tables.iptt.sheet").to_owned(), "tables.iptt.kind"),
        Some(CalendarKind::Project) => (
            labels.get("tables.iptt.sheet_spans").to_owned(),
            "tables.iptt.kind_spans",
        ),
        Some(calendar) => {
            let name = labels.fill("tables.iptt.sheet_by", &[("calendar", labels.calendar(calendar))]);
            (name, "tables.iptt.kind_by")
        }
    };
    let by = calendar.map_or("", |calendar| labels.calendar(calendar));
    let kind = labels.fill(kind, &[("kind", KIND), ("calendar", by)]);
    let mut widths = WIDTHS.to_vec();
    widths.extend(periods.iter().flat_map(|_| [11.0, 11.0, 10.0]));
    // Titles and notes keep to the first page of a sheet that is spread over several.
    let mut sheet = SheetModel::new(&name, &WIDTHS);
    titles(view, &mut sheet, &kind);
    sheet.widths = widths;
    column_heads(view, &mut sheet, periods);
    let blocks = blocks(view);
    for block in &blocks {
        level_row(view, &mut sheet, block);
        for (index, indicator) in &block.indicators {
            sheet.push(row(view, *index, indicator, periods));
            for (part, disaggregation) in indicator.disaggregations.iter().enumerate() {
                fold(view, &mut sheet, (*index, indicator), (part, disaggregation), periods);
            }
        }
    }
    sheet.spread(2, (LIFE_COLUMN..sheet.columns()).step_by(3));
    notes(view, &mut sheet, blocks.is_empty());
    sheet
}

/// Two rows of heads: what the three columns belong to, and what each column holds.
fn column_heads(view: &View, sheet: &mut SheetModel, periods: Periods) {
    let mut above = vec![CellModel::new(0, Content::Blank, Look::Head).over(LIFE_COLUMN)];
    above.push(CellModel::text(LIFE_COLUMN, LIFE, Look::MiddleHead).over(3));
    let mut below: Vec<CellModel> = (0..)
        .zip(HEADS)
        .map(|(at, (head, look))| CellModel::text(at, head, look))
        .collect();
    let groups = (LIFE_COLUMN..sheet.columns()).step_by(3);
    for group in groups.clone() {
        below.extend(
            (group..)
                .zip(VALUES)
                .map(|(at, head)| CellModel::text(at, head, Look::NumberHead)),
        );
    }
    for (column, (_, period)) in groups.skip(1).zip(periods) {
        above.push(CellModel::text(column, view.labels.period_head(period), Look::MiddleHead).over(3));
    }
    let first = sheet.push(above);
    let last = sheet.push(below);
    sheet.freeze_below(last, 2);
    sheet.repeated = Some((first, last));
}

/// The grey row over the indicators of a result.
fn level_row(view: &View, sheet: &mut SheetModel, block: &Block) {
    let level = view.labels.level(block.level);
    let words = if block.result.is_empty() {
        level.to_owned()
    } else {
        format!("{level}: {}", block.result)
    };
    let look = Look::Level(block.level);
    let mut cells = vec![CellModel::text(0, words, look).over(PERIODS_COLUMN)];
    cells.extend((PERIODS_COLUMN..sheet.columns()).map(|column| CellModel::new(column, Content::Blank, look)));
    sheet.push(cells);
}

fn row(view: &View, index: usize, indicator: &Indicator, periods: Periods) -> Vec<CellModel> {
    let labels = &view.labels;
    let change = match indicator.direction {
        Direction::Increase => "tables.change.increase",
        Direction::Decrease => "tables.change.decrease",
        Direction::Neutral => "tables.change.neutral",
    };
    let mut cells = vec![
        CellModel::text(0, clean(&indicator.code), Look::Code),
        statement(view, 1, indicator),
        CellModel::text(2, labels.level(indicator.level), Look::Text),
        CellModel::text(3, labels.unit(indicator.unit), Look::Text),
        CellModel::text(4, labels.get(change), Look::Text),
        CellModel::text(5, if runs_on(indicator) { "C" } else { "NC" }, Look::Middle),
        CellModel::text(6, if indicator.unit == Unit::Percent { "%" } else { "#" }, Look::Middle),
        number(
            view,
            7,
            indicator.baseline.map(|baseline| baseline.value),
            indicator,
            Look::Number,
        ),
    ];
    let actual = total_to_date(view, index);
    cells.extend(life(view, actual, indicator.target, indicator, Look::Strong));
    for (column, (period, _)) in (PERIODS_COLUMN..).step_by(3).zip(periods) {
        let found = view.total(index, scope(indicator), *period);
        cells.extend(of_period(view, column, found, indicator, Look::Number));
    }
    cells
}

/// Target, actual and % met of the whole project.
fn life(
    view: &View,
    actual: Option<&Figure>,
    target: Option<f64>,
    indicator: &Indicator,
    look: Look,
) -> [CellModel; 3] {
    let reached = of_whole(indicator, target, actual.map_or(Value::NoData, |figure| figure.value));
    [
        number(view, LIFE_COLUMN, target, indicator, look),
        figure(view, LIFE_COLUMN + 1, actual, indicator, look),
        met(view, LIFE_COLUMN + 2, actual, reached, look),
    ]
}

/// Target, actual and % met of a period.
fn of_period(view: &View, column: u16, found: Option<&Figure>, indicator: &Indicator, look: Look) -> [CellModel; 3] {
    let target = found.and_then(|figure| figure.target);
    [
        number(view, column, target, indicator, look),
        figure(view, column + 1, found, indicator, look),
        met(view, column + 2, found, found.and_then(|figure| figure.achieved), look),
    ]
}

/// The categories of one disaggregation as folded rows.
fn fold(
    view: &View,
    sheet: &mut SheetModel,
    (index, indicator): (usize, &Indicator),
    (part, disaggregation): (usize, &Disaggregation),
    periods: Periods,
) {
    let whole = to_date(view, index, Some(part));
    let of_periods: Vec<_> = periods
        .iter()
        .map(|(period, _)| view.cells(index, scope(indicator), *period, Some(part)))
        .collect();
    let mut categories: Vec<&str> = Vec::new();
    for cell in [whole].iter().chain(&of_periods).flat_map(|cells| cells.iter()) {
        if !categories.contains(&cell.category.as_str()) {
            categories.push(&cell.category);
        }
    }
    let name = view.disaggregation(disaggregation);
    for category in categories {
        let find = |cells: &[&'_ Figure]| cells.iter().position(|cell| cell.category == category);
        let words = format!("{name}: {}", view.category(disaggregation, category));
        let mut cells = vec![
            CellModel::new(0, Content::Blank, Look::SubText),
            CellModel::text(1, words, Look::SubText),
        ];
        cells.extend((2..7).map(|column| CellModel::new(column, Content::Blank, Look::SubText)));
        cells.push(CellModel::text(7, dash(view), Look::SubNumber));
        let target = cell_target(indicator, "", &disaggregation.name, category);
        let actual = find(whole).map(|at| whole[at]);
        cells.extend(life(view, actual, target, indicator, Look::SubNumber));
        for (column, found) in (PERIODS_COLUMN..).step_by(3).zip(&of_periods) {
            let found = find(found).map(|at| found[at]);
            cells.extend(of_period(view, column, found, indicator, Look::SubNumber));
        }
        sheet.push_row(RowModel {
            cells,
            outline: 1,
            ..RowModel::default()
        });
    }
}

fn notes(view: &View, sheet: &mut SheetModel, empty: bool) {
    // A note over all columns of a wide sheet would not be seen whole.
    let widths = std::mem::take(&mut sheet.widths);
    sheet.widths = WIDTHS.to_vec();
    sheet.gap();
    if empty {
        sheet.line(view.labels.get("tables.no_indicators"), Look::Level(Level::Output));
    } else {
        legend(view, sheet);
        sheet.line(view.labels.get("tables.due"), Look::Note);
        sheet.line(view.labels.get("tables.running"), Look::Note);
    }
    sheet.widths = widths;
}
