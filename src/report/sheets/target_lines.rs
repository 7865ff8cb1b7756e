//! To date against what was due by then, period by period: a table and a chart for each main indicator with a target.

use super::Book;
use super::trends::{FIRST, chart_column};
use crate::logframe::figures::{Figure, Period, Scope, Value};
use crate::project::calendar::CalendarKind;
use crate::project::model::Indicator;
use crate::report::sheet::{CellModel, ChartKind, ChartModel, Look, Series, SheetModel, Tone};
use crate::report::sheets::number_cell;
use crate::report::view::clean;

/// Charts drawn at most: those of the first main indicators.
const MOST: usize = 6;
/// Size of a chart; two stand side by side.
const WIDTH: u32 = 455;
const HEIGHT: u32 = 210;
/// From the left edge of a chart to that of its neighbour.
const STEP: u32 = 467;

/// An indicator with its figures since the start, one for each period.
struct Course<'a> {
    index: usize,
    indicator: &'a Indicator,
    figures: Vec<&'a Figure>,
}

/// Writes the table and its charts; nothing where no main indicator has a target in any two periods.
pub(super) fn write(book: &Book, sheet: &mut SheetModel, groups: &[(CalendarKind, Vec<(usize, &Period)>)]) {
    let calendars = groups.iter().filter(|(calendar, _)| *calendar != CalendarKind::Project);
    let Some((calendar, periods)) = calendars.min_by_key(|(calendar, _)| *calendar) else {
        return;
    };
    let courses = courses(book, periods);
    if courses.is_empty() {
        return;
    }
    let labels = &book.view.labels;
    let title = labels.fill("trends.lines", &[("calendar", labels.calendar(*calendar))]);
    let start = sheet.line(title, Look::Heading);
    let mut heads = book.heads(&[
        ("head.code", Look::Head),
        ("head.indicator", Look::Head),
        ("head.scope", Look::Head),
    ]);
    heads.extend(
        (FIRST..)
            .zip(periods)
            .map(|(column, (_, period))| CellModel::text(column, labels.period_head(period), Look::NumberHead)),
    );
    let head = sheet.push(heads);
    let charts: Vec<ChartModel> = courses
        .iter()
        .map(|course| written(book, sheet, course, head))
        .collect();
    sheet.keep_together(start);
    sheet.gap();
    for pair in charts.chunks(2) {
        let row = sheet.room(HEIGHT);
        sheet.keep_together(row);
        for (place, chart) in (0..).zip(pair) {
            let column = chart_column(sheet);
            sheet.charts.push(ChartModel {
                row,
                column,
                offset: place * STEP,
                ..chart.clone()
            });
        }
    }
    sheet.gap();
}

/// The main indicators whose figures since the start and targets are all known and shown.
fn courses<'a>(book: &'a Book, periods: &[(usize, &Period)]) -> Vec<Course<'a>> {
    let headlines = book.view.headlines().into_iter();
    let courses = headlines.filter_map(|(index, indicator)| {
        let figures: Option<Vec<&Figure>> = periods
            .iter()
            .map(|(period, _)| book.view.total(index, Scope::Cumulative, *period))
            .collect();
        let figures = figures?;
        let drawn = |figure: &&Figure| matches!(figure.value, Value::Number(_)) && figure.target.is_some();
        (figures.len() > 1 && figures.iter().all(drawn)).then_some(Course {
            index,
            indicator,
            figures,
        })
    });
    courses.take(MOST).collect()
}

/// Writes what was reached and what was due, and gives the chart of both.
fn written(book: &Book, sheet: &mut SheetModel, course: &Course, head: u32) -> ChartModel {
    let indicator = course.indicator;
    let start = |label: &str| {
        vec![
            book.code(0, course.index, Look::Code),
            CellModel::text(1, book.view.statement(indicator), Look::Text),
            CellModel::text(2, book.label(label), Look::Text),
        ]
    };
    let mut reached = start("scope.cumulative");
    let figures = || (FIRST..).zip(&course.figures);
    reached.extend(figures().map(|(column, figure)| book.value(column, Some(figure), indicator, Look::Number)));
    let mut due = start("head.due");
    due.extend(figures().map(|(column, figure)| number_cell(column, figure.target, indicator, Look::Number)));
    let (reached, due) = (sheet.push(reached), sheet.push(due));
    let points = course.figures.len();
    let series = |label: &str, row, tone| Series {
        name: book.label(label).to_owned(),
        categories: sheet.row_range(head, FIRST, points),
        values: sheet.row_range(row, FIRST, points),
        tone,
    };
    let code = clean(&indicator.code);
    ChartModel {
        kind: ChartKind::Line,
        title: book.view.labels.fill("trends.line_title", &[("code", &code)]),
        series: vec![
            series("scope.cumulative", reached, Tone::Main),
            series("head.due", due, Tone::Due),
        ],
        width: WIDTH,
        height: HEIGHT,
        ..ChartModel::default()
    }
}
