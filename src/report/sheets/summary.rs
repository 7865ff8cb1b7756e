//! Summary: whose report, for when, the main figures, charts, and how sure they are.

use super::Book;
use super::trends::Trends;
use crate::ingest::records::Severity;
use crate::logframe::figures::Scope;
use crate::report::balance;
use crate::report::sheet::{CellModel, ChartModel, Look, SheetModel};
use crate::report::sheets::{achieved, number_cell};
use crate::report::view::{View, capital, clean};

const WIDTHS: [f64; 7] = [16.0, 50.0, 15.0, 15.0, 15.0, 10.0, 15.0];
const CHART_WIDTH: u32 = 932;

pub(super) fn sheet(book: &Book, trends: &Trends) -> SheetModel {
    let mut sheet = SheetModel::new(book.label("sheet.summary"), &WIDTHS);
    title_block(book, &mut sheet);
    figures(book, &mut sheet);
    side_by_side(&mut sheet, &trends.months, 180);
    sheet.gap();
    let start = sheet.next_row();
    certainty(book, &mut sheet);
    sheet.keep_together(start);
    if let Some((chart, bars)) = &trends.targets {
        side_by_side(
            &mut sheet,
            std::slice::from_ref(chart),
            (70 + bars * 22).clamp(140, 460),
        );
    }
    sheet
}

fn title_block(book: &Book, sheet: &mut SheetModel) {
    let report = &book.view.report;
    let labels = &book.view.labels;
    let period = book.view.span().map_or_else(String::new, |span| labels.period(span));
    sheet.line(clean(report.project.name.get(report.lang)), Look::Title);
    sheet.line(format!("{} · {period}", labels.get("summary.report")), Look::Subtitle);
    sheet.gap();
    let duration = format!(
        "{} – {}",
        labels.date(report.project.start),
        labels.date(report.project.end)
    );
    let organisation = clean(report.project.organisation.get(report.lang));
    let donor = clean(report.project.donor.get(report.lang));
    let lines = [
        [("summary.organisation", organisation), ("summary.duration", duration)],
        [("summary.donor", donor), ("summary.as_of", labels.date(report.as_of))],
    ];
    for line in lines {
        let mut cells = Vec::new();
        for ((key, value), (first, second)) in line.into_iter().zip([(0, 1), (2, 4)]) {
            if !value.is_empty() {
                let span = if first == 0 { 1 } else { 3 };
                cells.push(CellModel::text(first, book.label(key), Look::Key));
                cells.push(CellModel::text(second, value, Look::KeyValue).over(span));
            }
        }
        sheet.push(cells);
    }
    sheet.gap();
}

fn figures(book: &Book, sheet: &mut SheetModel) {
    let headlines = book.view.headlines();
    sheet.line(book.label("summary.headline"), Look::Heading);
    if headlines.is_empty() {
        sheet.line(book.label("indicators.nothing"), Look::Note);
        return;
    }
    sheet.push(book.heads(&[
        ("head.code", Look::Head),
        ("head.indicator", Look::Head),
        ("head.in_period", Look::NumberHead),
        ("head.to_date", Look::NumberHead),
        ("head.due", Look::NumberHead),
        ("head.achieved", Look::NumberHead),
        ("head.status", Look::MiddleHead),
    ]));
    for (index, indicator) in headlines {
        let against = book.view.against_target(index);
        sheet.push(vec![
            book.code(0, index, Look::Code),
            CellModel::text(1, book.view.statement(indicator), Look::Text),
            book.value(2, book.view.in_span(index, Scope::Period), indicator, Look::Strong),
            book.value(3, book.view.in_span(index, Scope::Cumulative), indicator, Look::Strong),
            number_cell(4, against.and_then(|figure| figure.target), indicator, Look::Number),
            achieved(5, against, Look::Number),
            book.status(6, against),
        ]);
    }
    sheet.gap();
}

/// What is undecided, what was found in the raw data, and whether the tool's own checks held.
fn certainty(book: &Book, sheet: &mut SheetModel) {
    let labels = &book.view.labels;
    for text in undecided(&book.view) {
        sheet.line(text, Look::Note);
    }
    let count = |severity| labels.whole(book.view.findings_of(severity));
    let findings = sheet.line(
        labels.fill(
            "summary.findings",
            &[
                ("errors", &count(Severity::Error)),
                ("warnings", &count(Severity::Warning)),
                ("notes", &count(Severity::Note)),
                ("sheet", &labels.quoted(book.label("sheet.quality"))),
            ],
        ),
        Look::Note,
    );
    for cell in &mut sheet.rows[findings as usize].cells {
        cell.link = Some(book.top_of("sheet.quality"));
    }
    sheet.line(book.view.row_balance().0, Look::Note);
    checks(book, sheet);
    sheet.gap();
}

/// How sure the numbers of different people are, a line for each population where there are several.
pub(in crate::report) fn undecided(view: &View) -> Vec<String> {
    let labels = &view.labels;
    let report = &view.report;
    let pairs = report.people.undecided.len();
    let Some(span) = view.span() else {
        return Vec::new();
    };
    if pairs == 0 {
        return vec![labels.get("summary.decided").to_owned()];
    }
    let pairs = labels.count(pairs, "pair");
    let bounds = |population: &str| {
        let reach = balance::reach(report, population, span.start, span.end);
        let shown = |count| view.guarded(count).number().map(|number| labels.number(number, 0));
        Some((shown(reach.low)?, shown(reach.high)?, shown(reach.about())?))
    };
    let populations = balance::populations(report);
    if let [population] = populations.as_slice()
        && let Some((low, high, expected)) = bounds(population)
    {
        let args = [
            ("pairs", &*pairs),
            ("low", &*low),
            ("high", &*high),
            ("expected", &*expected),
        ];
        return vec![labels.fill("summary.undecided", &args)];
    }
    let mut lines = vec![labels.fill("summary.undecided_pairs", &[("pairs", &pairs)])];
    lines.extend(populations.into_iter().filter_map(|population| {
        let (low, high, expected) = bounds(population)?;
        let name = capital(&clean(&labels.population(population)));
        let args = [
            ("population", &*name),
            ("low", &*low),
            ("high", &*high),
            ("expected", &*expected),
        ];
        Some(labels.fill("summary.undecided_population", &args))
    }));
    lines
}

fn checks(book: &Book, sheet: &mut SheetModel) {
    let labels = &book.view.labels;
    let checks = &book.view.report.figures.checks;
    let failed = checks.iter().filter(|check| !check.held).count();
    let count = labels.whole(checks.len());
    if failed > 0 {
        let quality = labels.quoted(book.label("sheet.quality"));
        let args = [("failed", labels.whole(failed)), ("count", count), ("sheet", quality)];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        sheet.line(labels.fill("summary.checks_failed", &args), Look::Alarm);
    } else if !checks.is_empty() {
        sheet.line(labels.fill("summary.checks_held", &[("count", &count)]), Look::Note);
    }
}

/// Puts charts beside each other over the sheet's width.
fn side_by_side(sheet: &mut SheetModel, charts: &[ChartModel], height: u32) {
    let Some(count) = u32::try_from(charts.len()).ok().filter(|count| *count > 0) else {
        return;
    };
    let row = sheet.room(height);
    sheet.keep_together(row);
    let width = CHART_WIDTH / count;
    for (place, chart) in (0..count).zip(charts) {
        let chart = ChartModel {
            row,
            offset: place * width,
            width: width - 8,
            height,
            ..chart.clone()
        };
        sheet.charts.push(chart);
    }
}
