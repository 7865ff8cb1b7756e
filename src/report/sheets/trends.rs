//! Trends: contacts and people by month, indicators by period, actual against target; the charts' data.

use chrono::Datelike;

use super::{Book, number_cell, rounded};
use crate::logframe::figures::{Period, Scope, Value};
use crate::project::calendar::CalendarKind;
use crate::project::model::Indicator;
use crate::report::balance::{MonthReach, reach_by_month};
use crate::report::sheet::{
    CellModel, CellRange, ChartKind, ChartModel, Content, Look, NumberStyle, Series, SheetModel, Tone,
};

/// Columns before the first period: code, wording, scope.
const FIRST: u16 = 3;
/// Statements longer than this are named by their code in a chart.
const CHART_WORDS: usize = 90;

/// The sheet and the charts that the summary shows as well.
pub(super) struct Trends {
    pub(super) sheet: SheetModel,
    /// Contacts by month; new and returning by month.
    pub(super) months: Vec<ChartModel>,
    /// Actual against target, with the number of bars.
    pub(super) targets: Option<(ChartModel, u32)>,
}

pub(super) fn sheet(book: &Book) -> Trends {
    let report = &book.view.report;
    let end = book.view.span().map_or(report.as_of, |span| span.end.min(report.as_of));
    let months = reach_by_month(report, report.project.start, end);
    let columns = months.len().max(book.view.sub_periods().len()).max(4);
    let mut widths = vec![9.0, 40.0, 13.0];
    widths.extend(std::iter::repeat_n(10.0, columns));
    let mut sheet = book.titled("sheet.trends", "trends.title", &widths);
    sheet.frozen = Some((0, FIRST));
    let mut month_charts = month_table(book, &mut sheet, &months);
    let targets = target_table(book, &mut sheet);
    figure_table(book, &mut sheet);
    let line = month_charts.pop_if(|chart| chart.kind == ChartKind::Line);
    if let Some(chart) = line {
        sheet.gap();
        let row = sheet.room(260);
        sheet.charts.push(ChartModel { row, ..chart });
    }
    Trends {
        sheet,
        months: month_charts,
        targets,
    }
}

/// The rows of the month table: label, value of a month, whether it counts persons.
type MonthRow = (&'static str, fn(&MonthReach) -> usize, bool);

const MONTH_ROWS: [MonthRow; 7] = [
    ("head.contacts", |month| month.reach.contacts, false),
    ("head.named", |month| month.reach.named(), false),
    ("head.anonymous", |month| month.reach.anonymous, false),
    ("head.unique", |month| month.reach.unique, true),
    ("head.new", |month| month.reach.new, true),
    ("head.returning", |month| month.reach.unique - month.reach.new, true),
    ("head.cumulative", |month| month.cumulative, true),
];

/// Writes the month table and gives its charts.
fn month_table(book: &Book, sheet: &mut SheetModel, months: &[MonthReach]) -> Vec<ChartModel> {
    if months.iter().all(|month| month.reach.contacts == 0) {
        return Vec::new();
    }
    sheet.line(book.label("trends.months"), Look::Heading);
    let mut heads = vec![
        CellModel::text(0, "", Look::Head),
        CellModel::text(1, "", Look::Head),
        CellModel::text(2, "", Look::Head),
    ];
    heads.extend((FIRST..).zip(months).map(|(column, month)| {
        let period = Period {
            label: String::new(),
            start: month.month.with_day(1).unwrap_or(month.month),
            end: month.month,
            calendar: CalendarKind::Month,
            partial: false,
        };
        CellModel::text(column, book.view.labels.period_short(&period), Look::NumberHead)
    }));
    let head_row = sheet.push(heads);
    // New, returning and to date tell each other by subtraction: where one is hidden, none is shown.
    let hidden = months.iter().any(|month| {
        MONTH_ROWS
            .iter()
            .any(|(_, value, persons)| *persons && book.view.guarded(value(month)) == Value::Suppressed)
    });
    let shown = if hidden { 4 } else { MONTH_ROWS.len() };
    let mut rows = Vec::new();
    for (label, value, persons) in &MONTH_ROWS[..shown] {
        let mut cells = vec![
            CellModel::text(0, "", Look::Text),
            CellModel::text(1, book.label(label), Look::Text),
        ];
        cells.push(CellModel::text(2, "", Look::Text));
        cells.extend((FIRST..).zip(months).map(|(column, month)| {
            if *persons {
                book.guarded(column, value(month), Look::Number)
            } else {
                CellModel::count(column, value(month), Look::Number)
            }
        }));
        rows.push(sheet.push(cells));
    }
    sheet.line(book.label("trends.months_note"), Look::Note);
    sheet.gap();
    month_charts(book, sheet, head_row, &rows, months.len())
}

fn month_charts(book: &Book, sheet: &SheetModel, head: u32, rows: &[u32], months: usize) -> Vec<ChartModel> {
    let last = FIRST + u16::try_from(months).unwrap_or(1).saturating_sub(1);
    let range = |row| CellRange {
        sheet: sheet.name.clone(),
        first_row: row,
        first_column: FIRST,
        last_row: row,
        last_column: last,
    };
    let series = |label, row, tone| Series {
        name: book.label(label).to_owned(),
        categories: range(head),
        values: range(row),
        tone,
    };
    let chart = |kind, title, series| ChartModel {
        kind,
        title: book.label(title).to_owned(),
        series,
        row: 0,
        column: 0,
        offset: 0,
        width: 900,
        height: 260,
    };
    let contacts = series("head.contacts", rows[0], Tone::Main);
    let mut charts = vec![chart(ChartKind::Columns, "summary.chart_contacts", vec![contacts])];
    if let [_, _, _, _, new, returning, cumulative] = rows {
        let stacked = vec![
            series("head.returning", *returning, Tone::Main),
            series("head.new", *new, Tone::Quiet),
        ];
        charts.push(chart(ChartKind::StackedColumns, "summary.chart_people", stacked));
        let to_date = series("head.cumulative", *cumulative, Tone::Main);
        charts.push(chart(ChartKind::Line, "summary.chart_cumulative", vec![to_date]));
    }
    charts
}

/// Writes target and actual of every indicator that has both, and gives the chart with its number of bars.
fn target_table(book: &Book, sheet: &mut SheetModel) -> Option<(ChartModel, u32)> {
    let targeted: Vec<_> = book
        .view
        .indicators()
        .into_iter()
        .filter_map(|(index, indicator)| {
            let figure = book.view.against_target(index)?;
            Some((
                index,
                indicator,
                indicator.target?,
                figure.value.number()?,
                figure.achieved?,
            ))
        })
        .collect();
    let bars = u32::try_from(targeted.len()).ok().filter(|bars| *bars > 0)?;
    sheet.line(book.label("trends.targets"), Look::Heading);
    sheet.push(book.heads(&[
        ("head.code", Look::Head),
        ("head.indicator", Look::Head),
        ("head.unit", Look::Head),
        ("head.plain_target", Look::NumberHead),
        ("head.actual", Look::NumberHead),
        ("head.achieved", Look::NumberHead),
    ]));
    let first = sheet.next_row();
    let mut longest = 0;
    for (index, indicator, target, actual, achieved) in targeted {
        let statement = book.view.statement(indicator);
        longest = longest.max(statement.chars().count());
        sheet.push(vec![
            book.code(0, index, Look::Code),
            CellModel::text(1, statement, Look::Text),
            CellModel::text(2, book.view.labels.unit(indicator.unit), Look::Text),
            number_cell(3, Some(target), indicator, Look::Number),
            number_cell(4, Some(actual), indicator, Look::Number),
            CellModel::new(5, Content::Number(rounded(achieved, 0)), Look::Number).styled(NumberStyle {
                decimals: 0,
                percent: true,
            }),
        ]);
    }
    let last = first + bars - 1;
    sheet.gap();
    let names = u16::from(longest <= CHART_WORDS);
    let series = Series {
        name: book.label("head.achieved").to_owned(),
        categories: sheet.column_range(names, first, last),
        values: sheet.column_range(5, first, last),
        tone: Tone::Main,
    };
    let chart = ChartModel {
        kind: ChartKind::Bars,
        title: book.label("summary.chart_target").to_owned(),
        series: vec![series],
        row: 0,
        column: 0,
        offset: 0,
        width: 900,
        height: 260,
    };
    Some((chart, bars))
}

/// Writes every indicator's figures by period.
fn figure_table(book: &Book, sheet: &mut SheetModel) {
    let periods = book.view.sub_periods();
    let indicators = book.view.indicators();
    if periods.is_empty() || indicators.is_empty() {
        return;
    }
    sheet.line(book.label("trends.figures"), Look::Heading);
    let mut heads = book.heads(&[
        ("head.code", Look::Head),
        ("head.indicator", Look::Head),
        ("head.scope", Look::Head),
    ]);
    heads.extend(
        (FIRST..).zip(&periods).map(|(column, (_, period))| {
            CellModel::text(column, book.view.labels.period_short(period), Look::NumberHead)
        }),
    );
    sheet.push(heads);
    for (index, indicator) in indicators {
        for scope in [Scope::Period, Scope::Cumulative] {
            if let Some(cells) = figure_row(book, (index, indicator), scope, &periods) {
                sheet.push(cells);
            }
        }
    }
}

fn figure_row(
    book: &Book,
    (index, indicator): (usize, &Indicator),
    scope: Scope,
    periods: &[(usize, &Period)],
) -> Option<Vec<CellModel>> {
    let figures: Vec<_> = periods
        .iter()
        .map(|(period, _)| book.view.total(index, scope, *period))
        .collect();
    if figures.iter().all(Option::is_none) {
        return None;
    }
    let scope_word = match scope {
        Scope::Period => "scope.period",
        Scope::Cumulative => "scope.cumulative",
    };
    let mut cells = vec![
        book.code(0, index, Look::Code),
        CellModel::text(1, book.view.statement(indicator), Look::Text),
        CellModel::text(2, book.label(scope_word), Look::Text),
    ];
    cells.extend(
        (FIRST..)
            .zip(figures)
            .map(|(column, figure)| book.value(column, figure, indicator, Look::Number)),
    );
    Some(cells)
}
