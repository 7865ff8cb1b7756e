//! Every value of the logframe in a row of its own, with its date, source and comment.

use chrono::NaiveDate;

use super::{by_sex, level};
use crate::logframe::figures::{Figure, Value};
use crate::project::calendar::parse_label;
use crate::project::model::{Indicator, Unit};
use crate::report::donor::common::{
    blocks, cell_target, dash, explanations, figure, heads, number, reference_day, stated, text, titles, to_date,
    total_to_date, words,
};
use crate::report::sheet::{CellModel, Content, Look, SheetModel};
use crate::report::view::{View, clean};

const SHEET: &str = "Values";
const WIDTHS: [f64; 10] = [15.0, 9.0, 40.0, 20.0, 18.0, 13.0, 12.0, 11.0, 34.0, 44.0];

/// What a row of the sheet is about.
struct About<'v> {
    indicator: &'v Indicator,
    level: &'static str,
    /// The category in words; the total where it is empty.
    part: String,
}

pub(super) fn sheet(view: &View) -> SheetModel {
    let labels = &view.labels;
    let mut sheet = SheetModel::new(SHEET, &WIDTHS);
    titles(view, &mut sheet, labels.get("tables.eu.values_title"));
    let word = |key: &str| labels.get(key);
    let named = [
        (word("tables.eu.level"), Look::Head),
        ("No.", Look::Head),
        ("Indicator", Look::Head),
        (word("tables.eu.disaggregation"), Look::Head),
        (word("tables.eu.kind"), Look::Head),
        (word("tables.eu.date"), Look::Head),
        (word("tables.eu.value"), Look::NumberHead),
        (word("tables.eu.unit"), Look::Head),
        (word("tables.eu.source"), Look::Head),
        (word("tables.eu.comment"), Look::Head),
    ];
    let head = sheet.push(heads(&named));
    sheet.freeze_below(head, 3);
    for block in blocks(view) {
        for (index, indicator) in block.indicators {
            let about = About {
                indicator,
                level: level(block.level),
                part: String::new(),
            };
            of_indicator(view, &mut sheet, index, &about);
        }
    }
    sheet.gap();
    sheet.line(labels.get("tables.eu.one_unit"), Look::Note);
    sheet
}

fn of_indicator(view: &View, sheet: &mut SheetModel, index: usize, about: &About) {
    let indicator = about.indicator;
    let rationale = words(view, &indicator.for_donors.rationale);
    let baseline = indicator.baseline;
    let value = |value, look| number(view, 6, value, indicator, look);
    let first = value(baseline.map(|baseline| baseline.value), Look::Number);
    let day = baseline.and_then(|baseline| baseline.date);
    push(
        view,
        sheet,
        about,
        ("tables.eu.baseline", day),
        first,
        [String::new(), String::new()],
    );
    for (day, milestone) in milestones(view, indicator) {
        let cell = value(Some(milestone), Look::Number);
        let said = [rationale.clone(), String::new()];
        push(view, sheet, about, ("tables.eu.milestone", day), cell, said);
    }
    let due = indicator.target.map(|_| view.report.project.end);
    let said = [rationale, String::new()];
    push(
        view,
        sheet,
        about,
        ("tables.eu.target", due),
        value(indicator.target, Look::Number),
        said,
    );
    let said = explanations(view, indicator).join("\n");
    current(view, sheet, about, total_to_date(view, index), said);
    let Some((part, breakdown)) = by_sex(indicator) else {
        return;
    };
    let name = view.disaggregation(breakdown);
    for cell in to_date(view, index, Some(part)) {
        let about = About {
            part: format!("{name}: {}", view.category(breakdown, &cell.category)),
            ..*about
        };
        if let Some(target) = cell_target(indicator, "", &breakdown.name, &cell.category) {
            let cell = value(Some(target), Look::Number);
            let said = [String::new(), String::new()];
            push(view, sheet, &about, ("tables.eu.target", due), cell, said);
        }
        current(view, sheet, &about, Some(cell), String::new());
    }
}

/// Intermediate targets by the last day of their periods.
fn milestones(view: &View, indicator: &Indicator) -> Vec<(Option<NaiveDate>, f64)> {
    let project = view.report.project;
    let spans = |label: &str| {
        project
            .spans
            .iter()
            .find(|span| span.label == label)
            .map(|span| span.end)
    };
    let mut due: Vec<_> = indicator
        .milestones
        .iter()
        .map(|(label, value)| {
            let period = parse_label(label, project.start, project.end).ok();
            (period.map(|period| period.end).or_else(|| spans(label)), *value)
        })
        .collect();
    due.sort_by_key(|(day, _)| *day);
    due
}

fn current(view: &View, sheet: &mut SheetModel, about: &About, found: Option<&Figure>, explained: String) {
    let cell = figure(view, 6, found, about.indicator, Look::Strong);
    let source = words(view, &about.indicator.verification);
    let source = if source.is_empty() {
        view.labels.get("tables.eu.raw").to_owned()
    } else {
        source
    };
    let mut comment = found
        .map(|found| comments(view, found, about.indicator))
        .unwrap_or_default();
    comment.extend((!explained.is_empty()).then_some(explained));
    let day = found.map(|_| reference_day(view));
    let said = [source, comment.join("\n")];
    push(view, sheet, about, ("tables.eu.current", day), cell, said);
}

/// What must be known of a value: why there is none, both numbers of a ratio, the range of a distinct count.
fn comments(view: &View, found: &Figure, indicator: &Indicator) -> Vec<String> {
    let labels = &view.labels;
    let blank = match found.value {
        Value::Number(_) => None,
        Value::Suppressed => Some("tables.eu.hidden"),
        Value::NoData => Some("tables.eu.no_data"),
        Value::NotApplicable => Some("tables.eu.not_applicable"),
    };
    if let Some(key) = blank {
        return vec![labels.get(key).to_owned()];
    }
    let shown = |number: f64| labels.number(number, indicator.decimals);
    let mut said = Vec::new();
    if let (Some(above), Some(below)) = (found.numerator, found.denominator) {
        let args = [("numerator", &*shown(above)), ("denominator", &*shown(below))];
        said.push(labels.fill("tables.eu.of", &args));
    }
    if let (Some(low), Some(high)) = (found.low, found.high)
        && low < high
    {
        let args = [("low", &*shown(low)), ("high", &*shown(high))];
        said.push(labels.fill("tables.eu.between", &args));
    }
    said
}

/// A row: a kind of value with its day, the value, and its source and comment.
fn push(
    view: &View,
    sheet: &mut SheetModel,
    about: &About,
    (kind, day): (&str, Option<NaiveDate>),
    value: CellModel,
    [source, comment]: [String; 2],
) {
    let labels = &view.labels;
    let indicator = about.indicator;
    let part = if about.part.is_empty() {
        labels.get("tables.eu.total").to_owned()
    } else {
        about.part.clone()
    };
    let day = match day {
        Some(day) => CellModel::new(5, Content::Date(day), Look::Text),
        None => CellModel::text(5, dash(view), Look::Text),
    };
    let unit = match indicator.unit {
        Unit::Percent => "%",
        unit => labels.unit(unit),
    };
    let cells = vec![
        text(0, about.level),
        CellModel::text(1, clean(&indicator.code), Look::Code),
        text(2, view.statement(indicator)),
        text(3, part),
        text(4, labels.get(kind)),
        day,
        value,
        text(7, unit),
        stated(view, 8, source),
        text(9, comment),
    ];
    sheet.push(cells.into_iter().map(CellModel::at_top).collect());
}
