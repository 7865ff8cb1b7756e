//! What each indicator counts, from what, how often, and who answers for it.

use super::KIND;
use crate::project::model::Indicator;
use crate::report::donor::common::{blocks, heads, stated, text, titles, words};
use crate::report::method::method;
use crate::report::sheet::{CellModel, Content, Look, SheetModel};
use crate::report::view::{View, clean};

const WIDTHS: [f64; 10] = [9.0, 36.0, 70.0, 14.0, 22.0, 13.0, 30.0, 14.0, 20.0, 32.0];

pub(super) fn sheet(view: &View) -> SheetModel {
    let labels = &view.labels;
    let mut sheet = SheetModel::new(labels.get("tables.iptt.reference_sheet"), &WIDTHS);
    let title = format!("{KIND}. {}", labels.get("tables.iptt.reference_title"));
    titles(view, &mut sheet, &title);
    let word = |key: &str| labels.get(&format!("tables.iptt.{key}")).to_owned();
    let own = [
        "definition",
        "class",
        "disaggregated",
        "baseline_date",
        "verification",
        "frequency",
        "responsible",
        "limits",
    ]
    .map(word);
    let named = ["No.", "Indicator"].into_iter().chain(own.iter().map(String::as_str));
    let named: Vec<_> = named.map(|head| (head, Look::Head)).collect();
    let head = sheet.push(heads(&named));
    sheet.freeze_below(head, 2);
    for block in blocks(view) {
        for (_, indicator) in block.indicators {
            sheet.push(row(view, indicator));
        }
    }
    places(view, &mut sheet);
    sheet
}

fn row(view: &View, indicator: &Indicator) -> Vec<CellModel> {
    let labels = &view.labels;
    let report = &view.report;
    let breakdowns: Vec<String> = indicator
        .disaggregations
        .iter()
        .map(|disaggregation| view.disaggregation(disaggregation))
        .collect();
    let date = match indicator.baseline.and_then(|baseline| baseline.date) {
        Some(date) => CellModel::new(5, Content::Date(date), Look::Text).at_top(),
        None => stated(view, 5, String::new()),
    };
    let breakdowns = if breakdowns.is_empty() {
        labels.get("tables.pirs.none").to_owned()
    } else {
        breakdowns.join(", ")
    };
    vec![
        CellModel::text(0, clean(&indicator.code), Look::Code).at_top(),
        text(1, view.statement(indicator)),
        text(2, method(indicator, report.project, report.lang, labels)),
        text(3, labels.class(indicator.class)),
        text(4, breakdowns),
        date,
        stated(view, 6, words(view, &indicator.verification)),
        stated(view, 7, words(view, &indicator.frequency)),
        stated(view, 8, words(view, &indicator.responsible)),
        stated(view, 9, words(view, &indicator.limits)),
    ]
}

/// The places of the project with their codes.
fn places(view: &View, sheet: &mut SheetModel) {
    let places = view.report.project.reporting.places.iter();
    let places: Vec<String> = places
        .map(|place| format!("{} ({})", clean(&place.name), clean(&place.code)))
        .collect();
    if !places.is_empty() {
        sheet.gap();
        let line = view
            .labels
            .fill("tables.iptt.places", &[("places", &places.join(", "))]);
        sheet.line(line, Look::Note);
    }
}
