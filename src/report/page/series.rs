//! What the page draws over time: every chart of the workbook with the values of its cells, and figures to date
//! against what was due.
//!
//! The workbook's charts are taken with their cells, so that what it hides or leaves out is hidden here too.

use std::collections::BTreeSet;

use super::draw::{Chart, Paint, Point, Series, Shape};
use super::html::cut;
use crate::logframe::figures::{Figure, Scope};
use crate::project::calendar::CalendarKind;
use crate::project::model::{Class, Direction, Indicator};
use crate::report::labels::Labels;
use crate::report::sheet::{CellModel, CellRange, ChartKind, ChartModel, Content, SheetModel, Tone};
use crate::report::view::{View, clean};

/// Most indicators that are drawn to date against their target.
const TO_DATE: usize = 4;
/// Letters of a statement in a chart's title.
const TITLE: usize = 90;

/// The charts of the workbook, each once; bars are drawn by the page in its own way.
pub(super) fn of_workbook(sheets: &[SheetModel], labels: &Labels) -> Vec<Chart> {
    let mut seen = BTreeSet::new();
    let models = sheets.iter().flat_map(|sheet| &sheet.charts);
    models
        .filter(|model| seen.insert(model.title.as_str()))
        .filter_map(|model| chart(model, sheets, labels))
        .collect()
}

fn chart(model: &ChartModel, sheets: &[SheetModel], labels: &Labels) -> Option<Chart> {
    let shape = match model.kind {
        ChartKind::Bars => return None,
        ChartKind::Columns => Shape::Columns,
        ChartKind::StackedColumns => Shape::Stacked,
        ChartKind::Line => Shape::Lines,
    };
    let first = model.series.first()?;
    let categories = cells(sheets, &first.categories).map(|cell| words(cell, labels).replace('\n', ", "));
    Some(Chart {
        shape,
        title: model.title.clone(),
        categories: categories.collect(),
        series: model
            .series
            .iter()
            .map(|series| Series {
                name: series.name.clone(),
                paint: paint(series.tone),
                points: cells(sheets, &series.values).map(|cell| point(cell, labels)).collect(),
            })
            .collect(),
    })
}

fn paint(tone: Tone) -> Paint {
    match tone {
        Tone::Main => Paint::Main,
        Tone::New => Paint::New,
        Tone::Quiet => Paint::Quiet,
    }
}

/// The cells of a range, row by row; none where the sheet has no such cell.
fn cells<'s>(sheets: &'s [SheetModel], range: &CellRange) -> impl Iterator<Item = Option<&'s CellModel>> + use<'s> {
    let sheet = sheets.iter().find(|sheet| sheet.name == range.sheet);
    let columns = range.first_column..=range.last_column;
    (range.first_row..=range.last_row).flat_map(move |row| {
        let row = sheet.and_then(|sheet| sheet.rows.get(row as usize));
        columns
            .clone()
            .map(move |column| row?.cells.iter().find(|cell| cell.column == column))
    })
}

fn point(cell: Option<&CellModel>, labels: &Labels) -> Point {
    let value = match cell.map(|cell| &cell.content) {
        Some(Content::Number(number) | Content::Formula { result: number, .. }) => Some(*number),
        Some(Content::Blank | Content::Text(_) | Content::Date(_)) | None => None,
    };
    Point {
        value: value.filter(|value| value.is_finite()),
        words: words(cell, labels),
    }
}

/// What a cell shows.
pub(super) fn words(cell: Option<&CellModel>, labels: &Labels) -> String {
    let Some(cell) = cell else { return String::new() };
    match &cell.content {
        Content::Blank => String::new(),
        Content::Text(text) => text.clone(),
        Content::Date(date) => labels.date(*date),
        Content::Number(number) | Content::Formula { result: number, .. } => {
            let shown = labels.number(*number, cell.number.decimals);
            if cell.number.percent {
                format!("{shown}\u{a0}%")
            } else {
                shown
            }
        }
    }
}

/// Figures to date against what was due, for the first indicators that grow towards a target.
pub(super) fn to_date(view: &View) -> Vec<Chart> {
    let groups = view.period_groups();
    let Some((_, periods)) = groups.first().filter(|(kind, _)| *kind != CalendarKind::Project) else {
        return Vec::new();
    };
    let periods: Vec<(usize, String)> = periods
        .iter()
        .map(|(index, period)| (*index, view.labels.period_short(period)))
        .collect();
    let headlines: BTreeSet<usize> = view.headlines().into_iter().map(|(index, _)| index).collect();
    let mut indicators = view.indicators();
    indicators.sort_by_key(|(index, _)| !headlines.contains(index));
    let charts = indicators
        .into_iter()
        .filter_map(|(index, indicator)| one_to_date(view, (index, indicator), &periods));
    charts.take(TO_DATE).collect()
}

fn one_to_date(view: &View, (index, indicator): (usize, &Indicator), periods: &[(usize, String)]) -> Option<Chart> {
    let adds_up = matches!(indicator.class, Class::Flow | Class::Distinct);
    let target = indicator
        .target
        .filter(|_| adds_up && indicator.direction == Direction::Increase)?;
    let figures: Vec<Option<&Figure>> = periods
        .iter()
        .map(|(period, _)| view.total(index, Scope::Cumulative, *period))
        .collect();
    let points: Vec<Point> = figures
        .iter()
        .map(|figure| Point {
            value: figure.and_then(|figure| figure.value.number()),
            words: figure.map_or_else(String::new, |figure| view.value(figure.value, indicator)),
        })
        .collect();
    if points.iter().filter(|point| point.value.is_some()).count() < 2 {
        return None;
    }
    let (key, goal) = goal(view, indicator, target, &figures);
    Some(Chart {
        shape: Shape::Lines,
        title: view.labels.fill(
            "page.to_date",
            &[
                ("code", &clean(&indicator.code)),
                ("indicator", &cut(&view.statement(indicator), TITLE)),
            ],
        ),
        categories: periods.iter().map(|(_, name)| name.clone()).collect(),
        series: vec![
            Series {
                name: view.labels.get("head.to_date").to_owned(),
                paint: Paint::Main,
                points,
            },
            Series {
                name: view.labels.get(key).to_owned(),
                paint: Paint::Goal,
                points: goal,
            },
        ],
    })
}

/// What was due by the end of each period where the definitions say so, else the whole project's target; with the
/// key of its name.
fn goal(view: &View, indicator: &Indicator, target: f64, figures: &[Option<&Figure>]) -> (&'static str, Vec<Point>) {
    let due = |figure: &Option<&Figure>| figure.and_then(|figure| figure.target);
    let by_period = figures.iter().filter(|figure| due(figure).is_some()).count() > 1;
    let points = figures.iter().map(|figure| {
        let value = if by_period { due(figure) } else { Some(target) };
        Point {
            value,
            words: value.map_or_else(String::new, |value| view.labels.number(value, indicator.decimals)),
        }
    });
    let key = if by_period { "head.due" } else { "head.target" };
    (key, points.collect())
}
