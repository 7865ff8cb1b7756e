//! `report.html`: the report as one page that needs nothing but itself, for a phone, a screen or paper.
//!
//! It shows the figures of the workbook; what it draws over time, its bridge and its periods are the workbook's own
//! cells, so that the two can't differ. There is no script in it, and nothing is fetched.

mod bars;
mod cards;
mod closing;
mod draw;
pub(crate) mod html;
mod pyramid;
mod series;
mod sheet;
mod table;

use super::Report;
use super::labels::Labels;
use super::sheet::SheetModel;
use super::view::{View, clean};
use html::{block, details, escaped, section};

const STYLE: &str = include_str!("page.css");
/// Columns of the trends' tables that stand before the first period.
const BEFORE_PERIODS: u16 = 3;
/// Columns of restatements that are repeated where the table is too wide.
const RESTATED_FIXED: u16 = 2;
/// Rows of restatements that stand open on the page.
const MOST_OPEN: usize = 25;

/// The page. `sheets` are those of the report's workbook, `manifest` is the SHA-256 of its manifest.
pub fn page(report: &Report, sheets: &[SheetModel], manifest: &str) -> String {
    let view = View::new(report);
    let labels = &view.labels;
    let parts = [
        ("figures", "summary.headline", cards::cards(&view)),
        ("charts", "page.charts", charts(&view, sheets)),
        ("indicators", "sheet.indicators", table::indicators(&view)),
        ("bridge", "bridge.title", of_sheet(&view, sheets, "sheet.bridge", 0)),
        ("periods", "page.periods", periods(&view, sheets)),
        (
            "restatements",
            "restated.sheet",
            restated(&view, sheets, "restated.sheet"),
        ),
        (
            "changes",
            "restated.changes_sheet",
            restated(&view, sheets, "restated.changes_sheet"),
        ),
        ("unknown", "page.unknown", closing::unknown(&view)),
        ("quality", "sheet.quality", closing::quality(&view)),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(.., inner)| !inner.is_empty()).collect();
    let links: Vec<String> = parts
        .iter()
        .map(|(id, heading, _)| format!("<a href=\"#{id}\">{}</a>\n", escaped(labels.get(heading))))
        .collect();
    let body: String = parts
        .iter()
        .map(|(id, heading, inner)| section(id, labels.get(heading), inner))
        .collect();
    let contents = escaped(labels.get("page.contents"));
    format!(
        "{}<body>\n{}<nav aria-label=\"{contents}\">\n{}</nav>\n<main>\n{}{body}</main>\n{}</body>\n</html>\n",
        head(&view),
        cards::masthead(&view),
        links.concat(),
        closing::alarm(&view),
        closing::footer(&view, manifest)
    )
}

fn head(view: &View) -> String {
    let report = &view.report;
    let name = clean(report.project.name.get(report.lang));
    let period = view.span().map_or_else(String::new, |span| view.labels.period(span));
    let words = [name, period, view.labels.get("summary.report").to_owned()];
    let title: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
    // The page speaks English where a language has no labels.
    let lang = Labels::languages().find(|lang| *lang == report.lang).unwrap_or("en");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"generator\" content=\"tallyframe {}\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n",
        env!("CARGO_PKG_VERSION"),
        escaped(&title.join(" · "))
    )
}

fn charts(view: &View, sheets: &[SheetModel]) -> String {
    let over_time = series::of_workbook(sheets, &view.labels);
    let mut shown = bars::targets(view);
    for (number, chart) in (1..).zip(&over_time) {
        shown.push_str(&draw::figure(chart, number, &view.labels));
    }
    for figure in pyramid::pyramids(view).into_iter().chain(bars::parts(view)) {
        shown.push_str(&figure);
    }
    if shown.is_empty() {
        return block("p", "note", view.labels.get("page.no_charts"));
    }
    format!("<div class=\"charts\">\n{shown}</div>\n")
}

/// A sheet of the workbook, by the label of its name.
fn of_sheet(view: &View, sheets: &[SheetModel], name: &str, fixed: u16) -> String {
    let name = view.labels.get(name);
    let model = sheets.iter().find(|sheet| sheet.name == name);
    model.map_or_else(String::new, |model| sheet::sheet(model, fixed, &view.labels))
}

/// What was published and is different now; folded where it is long.
fn restated(view: &View, sheets: &[SheetModel], name: &str) -> String {
    let table = of_sheet(view, sheets, name, RESTATED_FIXED);
    let rows = view
        .report
        .history
        .restated
        .len()
        .max(view.report.history.changes.len());
    if rows <= MOST_OPEN || table.is_empty() {
        return table;
    }
    details("", &escaped(view.labels.get(name)), &table)
}

fn periods(view: &View, sheets: &[SheetModel]) -> String {
    let tables = of_sheet(view, sheets, "sheet.trends", BEFORE_PERIODS);
    if tables.is_empty() {
        return tables;
    }
    details("periods", &escaped(view.labels.get("page.periods_open")), &tables)
}

#[cfg(test)]
mod tests;
