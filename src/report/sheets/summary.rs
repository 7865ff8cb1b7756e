//! Summary: whose report, for when, the main figures, charts, and how sure they are.

use super::trends::Trends;
use super::{Book, titled};
use crate::ingest::records::Severity;
use crate::logframe::figures::Value;
use crate::report::balance;
use crate::report::sheet::{CellModel, ChartModel, Look, SheetModel};
use crate::report::sheets::number_cell;
use crate::report::view::clean;

const WIDTHS: [f64; 6] = [20.0, 56.0, 14.0, 14.0, 12.0, 16.0];
const CHART_WIDTH: u32 = 932;

pub(super) fn sheet(book: &Book, trends: &Trends) -> SheetModel {
    let mut sheet = SheetModel::new(book.label("sheet.summary"), &WIDTHS);
    title_block(book, &mut sheet);
    figures(book, &mut sheet);
    certainty(book, &mut sheet);
    charts(&mut sheet, trends);
    sheet
}

fn title_block(book: &Book, sheet: &mut SheetModel) {
    let report = &book.view.report;
    let labels = &book.view.labels;
    let titles = titled(&book.view, "sheet.summary", "summary.report", &WIDTHS);
    sheet.rows.extend(titles.rows);
    let duration = format!(
        "{} – {}",
        labels.date(report.project.start),
        labels.date(report.project.end)
    );
    let period = book.view.span().map_or_else(String::new, |span| labels.period(span));
    let lines = [
        ("summary.project", clean(report.project.name.get(report.lang))),
        (
            "summary.organisation",
            clean(report.project.organisation.get(report.lang)),
        ),
        ("summary.donor", clean(report.project.donor.get(report.lang))),
        ("summary.duration", duration),
        ("summary.period", period),
        ("summary.as_of", labels.date(report.as_of)),
    ];
    for (key, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
        let value = CellModel::text(1, value, Look::KeyValue).over(sheet.columns() - 1);
        sheet.push(vec![CellModel::text(0, book.label(key), Look::Key), value]);
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
        ("head.actual", Look::NumberHead),
        ("head.plain_target", Look::NumberHead),
        ("head.achieved", Look::NumberHead),
        ("head.status", Look::Head),
    ]));
    for (index, indicator) in headlines {
        let against = book.view.against_target(index);
        sheet.push(vec![
            book.code(0, index, Look::Code),
            CellModel::text(1, book.view.statement(indicator), Look::Text),
            book.value(2, book.view.main_figure(index), indicator, Look::Strong),
            number_cell(3, indicator.target, indicator, Look::Number),
            book.achieved(4, against, Look::Number),
            book.status(5, against),
        ]);
    }
    sheet.gap();
}

/// What is undecided, what was found in the raw data, and whether the tool's own checks held.
fn certainty(book: &Book, sheet: &mut SheetModel) {
    let labels = &book.view.labels;
    if let Some(text) = undecided(book) {
        sheet.line(text, Look::Note);
    }
    let count = |severity| labels.whole(book.view.findings_of(severity));
    sheet.line(
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
    let rows = balance::balance(&book.view.report);
    sheet.line(
        labels.fill(
            "summary.balance",
            &[
                ("read", &labels.whole(rows.read)),
                ("counted", &labels.whole(rows.counted)),
                ("aside", &labels.whole(rows.aside())),
            ],
        ),
        Look::Note,
    );
    checks(book, sheet);
    sheet.gap();
}

fn undecided(book: &Book) -> Option<String> {
    let span = book.view.span()?;
    let labels = &book.view.labels;
    let pairs = book.view.report.people.undecided.len();
    if pairs == 0 {
        return Some(book.label("summary.decided").to_owned());
    }
    let reach = balance::reach(&book.view.report, span.start, span.end);
    let shown = [reach.low, reach.high].map(|count| match book.view.guarded(count) {
        Value::Number(number) => labels.number(number, 0),
        blank => book.view.blank_word(blank),
    });
    let pairs = labels.count(pairs, "pair");
    Some(labels.fill(
        "summary.undecided",
        &[("pairs", &pairs), ("low", &shown[0]), ("high", &shown[1])],
    ))
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

fn charts(sheet: &mut SheetModel, trends: &Trends) {
    let wide = |sheet: &mut SheetModel, charts: Vec<ChartModel>, height: u32| {
        let Some(count) = u32::try_from(charts.len()).ok().filter(|count| *count > 0) else {
            return;
        };
        let row = sheet.room(height);
        sheet.rows[row as usize].page_break = sheet.charts.is_empty();
        for (place, chart) in (0..count).zip(charts) {
            let width = CHART_WIDTH / count;
            place_chart(
                sheet,
                ChartModel {
                    row,
                    width: width - 8,
                    height,
                    ..chart
                },
                place * width,
            );
        }
    };
    wide(sheet, trends.months.clone(), 270);
    if let Some((chart, bars)) = &trends.targets {
        wide(sheet, vec![chart.clone()], (70 + bars * 30).clamp(150, 520));
    }
}

/// Puts a chart so many pixels to the right; its column is the one that holds that pixel.
fn place_chart(sheet: &mut SheetModel, chart: ChartModel, pixels: u32) {
    sheet.charts.push(ChartModel {
        column: 0,
        offset: pixels,
        ..chart
    });
}
