//! Trends: contacts and people by month, indicators by period, actual against target; the charts' data.

use super::{Book, figure_tables, month_of, number_cell, rounded, target_lines};
use crate::logframe::figures::{Status, Value};
use crate::project::model::Indicator;
use crate::report::balance::{MonthReach, populations, reach_by_month};
use crate::report::sheet::{CellModel, ChartKind, ChartModel, Content, Look, NumberStyle, Series, SheetModel, Tone};
use crate::report::view::{View, clean};

/// Columns before the first period: code, wording, scope.
pub(super) const FIRST: u16 = 3;
/// Columns of periods at least: charts that are wider than the sheet would be cut off on paper.
const LEAST: usize = 7;
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
    let groups = book.view.period_groups();
    let mut populations = populations(report);
    if book.view.hides() {
        populations.clear();
    }
    let months: Vec<(&str, Vec<MonthReach>)> = populations
        .iter()
        .map(|population| {
            (
                *population,
                reach_by_month(report, population, report.project.start, end),
            )
        })
        .collect();
    let longest = groups.iter().map(|(_, periods)| periods.len()).max().unwrap_or(0);
    let columns = months.iter().map(|(_, months)| months.len()).max().unwrap_or(0);
    let mut widths = vec![9.0, 40.0, 13.0];
    widths.extend(std::iter::repeat_n(10.0, columns.max(longest).max(LEAST)));
    let mut sheet = book.titled("sheet.trends", "trends.title", &widths);
    sheet.frozen = Some((0, FIRST));
    if book.view.hides() {
        sheet.line(book.label("evidence.not_bridged"), Look::Note);
    }
    let charts: Vec<Vec<ChartModel>> = months
        .iter()
        .map(|(population, months)| {
            let name = (populations.len() > 1).then_some(*population);
            month_table(book, &mut sheet, months, name)
        })
        .collect();
    let targets = target_table(book, &mut sheet);
    let nights = figure_tables::write(book, &mut sheet, &groups);
    target_lines::write(book, &mut sheet, &groups);
    let (lines, mut columns): (Vec<ChartModel>, Vec<ChartModel>) = charts
        .iter()
        .flatten()
        .cloned()
        .partition(|chart| chart.kind == ChartKind::Line);
    columns.retain(|chart| !charts.first().is_some_and(|first| first.contains(chart)));
    for chart in nights.into_iter().chain(columns).chain(lines) {
        sheet.gap();
        let row = sheet.room(chart.height);
        sheet.keep_together(row);
        let column = chart_column(&sheet);
        sheet.charts.push(ChartModel { row, column, ..chart });
    }
    let mut first = charts.into_iter().next().unwrap_or_default();
    first.retain(|chart| chart.kind != ChartKind::Line);
    Trends {
        sheet,
        months: first,
        targets,
    }
}

/// Where charts begin: beside the columns that are repeated on every page, where there are such.
pub(super) fn chart_column(sheet: &SheetModel) -> u16 {
    if sheet.pages_wide() > 1 { FIRST } else { 0 }
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

/// Writes the month table and gives its charts; a population's name stands in their titles where there are several.
fn month_table(
    book: &Book,
    sheet: &mut SheetModel,
    months: &[MonthReach],
    population: Option<&str>,
) -> Vec<ChartModel> {
    if months.iter().all(|month| month.reach.contacts == 0) {
        return Vec::new();
    }
    let titled = |key: &str| match population {
        Some(population) => {
            let name = clean(&book.view.labels.population(population));
            let args = [("title", book.label(key)), ("population", &*name)];
            book.view.labels.fill("trends.population", &args)
        }
        None => book.label(key).to_owned(),
    };
    sheet.line(titled("trends.months"), Look::Heading);
    let mut heads = vec![CellModel::text(0, "", Look::Head).over(FIRST)];
    heads.extend((FIRST..).zip(months).map(|(column, month)| {
        let period = month_of(month.month);
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
        let mut cells = vec![CellModel::text(0, book.label(label), Look::Text).over(FIRST)];
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
    month_charts(book, sheet, &titled, head_row, &rows, months.len())
}

fn month_charts(
    book: &Book,
    sheet: &SheetModel,
    titled: &dyn Fn(&str) -> String,
    head: u32,
    rows: &[u32],
    months: usize,
) -> Vec<ChartModel> {
    let range = |row| sheet.row_range(row, FIRST, months);
    let series = |label, row, tone| Series {
        name: book.label(label).to_owned(),
        categories: range(head),
        values: range(row),
        tone,
    };
    let chart = |kind, title, series| ChartModel {
        kind,
        title: titled(title),
        series,
        width: 900,
        height: 240,
        ..ChartModel::default()
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

/// An indicator that is held against its target.
pub(in crate::report) struct Targeted<'a> {
    pub(in crate::report) index: usize,
    pub(in crate::report) indicator: &'a Indicator,
    pub(in crate::report) target: f64,
    pub(in crate::report) actual: f64,
    /// Share of the target that is reached, in percent.
    pub(in crate::report) achieved: f64,
    pub(in crate::report) status: Option<Status>,
}

/// Every indicator that has both a target and a figure that may be seen.
pub(in crate::report) fn targeted<'a>(view: &View<'a>) -> Vec<Targeted<'a>> {
    let indicators = view.indicators().into_iter();
    indicators
        .filter_map(|(index, indicator)| {
            let figure = view.against_target(index)?;
            Some(Targeted {
                index,
                indicator,
                target: figure.target?,
                actual: figure.value.number()?,
                achieved: figure.achieved?,
                status: figure.status,
            })
        })
        .collect()
}

/// Writes target and actual of every indicator that has both, and gives the chart with its number of bars.
fn target_table(book: &Book, sheet: &mut SheetModel) -> Option<(ChartModel, u32)> {
    let targeted = targeted(&book.view);
    let bars = u32::try_from(targeted.len()).ok().filter(|bars| *bars > 0)?;
    sheet.line(book.label("trends.targets"), Look::Heading);
    sheet.push(book.heads(&[
        ("head.code", Look::Head),
        ("head.indicator", Look::Head),
        ("head.unit", Look::Head),
        ("head.due", Look::NumberHead),
        ("head.actual", Look::NumberHead),
        ("head.achieved", Look::NumberHead),
    ]));
    let first = sheet.next_row();
    let (mut longest, mut highest) = (0, 0.0_f64);
    for one in &targeted {
        longest = longest.max(book.view.statement(one.indicator).chars().count());
        highest = highest.max(one.achieved);
        sheet.push(target_line(book, one));
    }
    let rows = (first, first + bars - 1);
    sheet.gap();
    let names = u16::from(longest <= CHART_WORDS);
    Some((target_chart(book, sheet, names, rows, highest), bars))
}

fn target_line(book: &Book, one: &Targeted) -> Vec<CellModel> {
    let indicator = one.indicator;
    let whole_percent = NumberStyle {
        decimals: 0,
        percent: true,
        ..NumberStyle::default()
    };
    vec![
        book.code(0, one.index, Look::Code),
        CellModel::text(1, book.view.statement(indicator), Look::Text),
        CellModel::text(2, book.view.labels.unit(indicator.unit), Look::Text),
        number_cell(3, Some(one.target), indicator, Look::Number),
        number_cell(4, Some(one.actual), indicator, Look::Number),
        CellModel::new(5, Content::Number(rounded(one.achieved, 0)), Look::Number).styled(whole_percent),
    ]
}

/// A bar for each row from first to last, named by the column `names`; up to 100 % where nothing goes beyond.
fn target_chart(book: &Book, sheet: &SheetModel, names: u16, (first, last): (u32, u32), highest: f64) -> ChartModel {
    let series = Series {
        name: book.label("head.achieved").to_owned(),
        categories: sheet.column_range(names, first, last),
        values: sheet.column_range(5, first, last),
        tone: Tone::Main,
    };
    ChartModel {
        kind: ChartKind::Bars,
        title: book.label("summary.chart_target").to_owned(),
        series: vec![series],
        width: 900,
        height: 240,
        top: (highest <= 100.0).then_some(100),
        ..ChartModel::default()
    }
}
