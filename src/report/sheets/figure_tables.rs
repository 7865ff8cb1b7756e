//! Every indicator's figures by period, a table for each calendar and one for the project's own spans; the charts of
//! nights.

use super::Book;
use super::trends::FIRST;
use crate::logframe::figures::{Period, Scope, Value};
use crate::project::calendar::CalendarKind;
use crate::project::model::{Derivation, Indicator, Measure, Project, Rule};
use crate::report::sheet::{CellModel, ChartKind, ChartModel, Look, Series, SheetModel, Tone};
use crate::report::view::clean;

/// Periods with their index.
type Periods<'a> = [(usize, &'a Period)];

/// Writes a table for each group of periods and gives the charts of nights, from the shortest calendar.
pub(super) fn write(
    book: &Book,
    sheet: &mut SheetModel,
    groups: &[(CalendarKind, Vec<(usize, &Period)>)],
) -> Vec<ChartModel> {
    let mut charts = Vec::new();
    for (place, (calendar, periods)) in groups.iter().enumerate() {
        let found = table(book, sheet, *calendar, periods);
        if place == 0 && *calendar != CalendarKind::Project {
            charts = found;
        }
    }
    charts
}

/// Writes the table of one calendar where any indicator is reported in it.
fn table(book: &Book, sheet: &mut SheetModel, calendar: CalendarKind, periods: &Periods) -> Vec<ChartModel> {
    let mut rows = Vec::new();
    for (index, indicator) in book.view.indicators() {
        for scope in [Scope::Period, Scope::Cumulative] {
            if let Some(cells) = figure_row(book, (index, indicator), scope, periods) {
                rows.push((index, indicator, scope, cells));
            }
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let labels = &book.view.labels;
    let title = match calendar {
        CalendarKind::Project => labels.get("trends.by_span").to_owned(),
        other => labels.fill("trends.by_calendar", &[("calendar", labels.calendar(other))]),
    };
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
    let mut charts = Vec::new();
    for (index, indicator, scope, cells) in rows {
        let row = sheet.push(cells);
        let has_numbers = periods
            .iter()
            .filter_map(|(period, _)| book.view.total(index, scope, *period))
            .any(|figure| matches!(figure.value, Value::Number(_)));
        if let (Scope::Period, Some(key), true) = (scope, nights(book.view.report.project, indicator), has_numbers) {
            charts.push(chart(
                book,
                sheet,
                (indicator, key),
                calendar,
                [head, row],
                periods.len(),
            ));
        }
    }
    sheet.keep_together(start);
    sheet.gap();
    charts
}

fn figure_row(
    book: &Book,
    (index, indicator): (usize, &Indicator),
    scope: Scope,
    periods: &Periods,
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

/// The title's key of an indicator's chart, for indicators about nights.
fn nights(project: &Project, indicator: &Indicator) -> Option<&'static str> {
    let single = |rule: &Rule| match rule {
        Rule::Single(counted) => Some(counted.measure.clone()),
        Rule::Ratio { .. } | Rule::Derived { .. } => None,
    };
    let (above, below) = match &indicator.rule {
        Rule::Single(counted) => (Some(counted.measure.clone()), None),
        Rule::Ratio {
            numerator, denominator, ..
        } => (Some(numerator.measure.clone()), Some(denominator.measure.clone())),
        Rule::Derived { how, of, .. } => {
            let part = |at: usize| single(&project.indicators.get(*of.get(at)?)?.rule);
            match how {
                Derivation::Quotient => (part(0), part(1)),
                Derivation::Sum | Derivation::Difference => (None, None),
            }
        }
    };
    let over_capacity = below == Some(Measure::CapacityNights);
    match above? {
        Measure::BedNights if over_capacity => Some("trends.occupancy"),
        Measure::BedNights => below.is_none().then_some("trends.bed_nights"),
        measure => (measure == Measure::PeakNight && below.is_none()).then_some("trends.peak"),
    }
}

fn chart(
    book: &Book,
    sheet: &SheetModel,
    (indicator, key): (&Indicator, &str),
    calendar: CalendarKind,
    [head, row]: [u32; 2],
    points: usize,
) -> ChartModel {
    let labels = &book.view.labels;
    let code = clean(&indicator.code);
    let title = labels.fill(key, &[("code", &*code), ("calendar", labels.calendar(calendar))]);
    let series = Series {
        name: code,
        categories: sheet.row_range(head, FIRST, points),
        values: sheet.row_range(row, FIRST, points),
        tone: Tone::Main,
    };
    ChartModel {
        kind: ChartKind::Columns,
        title,
        series: vec![series],
        width: 900,
        height: 240,
        ..ChartModel::default()
    }
}
