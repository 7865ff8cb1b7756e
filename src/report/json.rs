//! The report for programs: one JSON document with a version of its shape.

use serde_json::{Value as Json, json};

use super::Report;
use super::balance::{self, RowBalance};
use super::codes::{class_code, level_code, scope_code, severity_code, status_code, unit_code};
use super::view::View;
use crate::logframe::figures::{Figure, Value};

/// Version of the document's shape; raised when a reader of the former one would break.
pub const SCHEMA_VERSION: u32 = 1;

/// JSON Schema of the document that `run --json` prints.
pub const RUN_SCHEMA: &str = include_str!("run.schema.json");

/// The report as one document. It holds no personal data.
pub fn json(report: &Report) -> Json {
    let view = View::new(report);
    let figures: Vec<Json> = report
        .figures
        .figures
        .iter()
        .filter_map(|figure| figure_json(&view, figure))
        .collect();
    json!({
        "schema_version": SCHEMA_VERSION,
        "project": report.project.code,
        "name": report.project.name.get(report.lang),
        "language": report.lang,
        "as_of": report.as_of.to_string(),
        "period": view.span().map(|span| json!({
            "label": span.label,
            "start": span.start.to_string(),
            "end": span.end.to_string(),
        })),
        "indicators": indicators(&view),
        "figures": figures,
        "findings": findings(&view),
        "rows": rows(&balance::balance(report)),
        "undecided_pairs": report.people.undecided.len(),
        "checks": report.figures.checks.iter().map(|check| json!({
            "law": check.law,
            "detail": check.detail,
            "held": check.held,
        })).collect::<Vec<_>>(),
    })
}

/// The findings and the row balance alone, as one document: what `check` answers.
pub fn check(report: &Report) -> Json {
    let view = View::new(report);
    json!({
        "schema_version": SCHEMA_VERSION,
        "project": report.project.code,
        "language": report.lang,
        "sources": report.project.sources.len(),
        "indicators": report.project.indicators.len(),
        "findings": findings(&view),
        "rows": rows(&balance::balance(report)),
    })
}

fn indicators(view: &View) -> Vec<Json> {
    let all = view.report.project.indicators.iter();
    all.map(|indicator| {
        json!({
            "code": indicator.code,
            "level": level_code(indicator.level),
            "statement": view.statement(indicator),
            "unit": unit_code(indicator.unit),
            "class": class_code(indicator.class),
            "baseline": indicator.baseline.map(|baseline| baseline.value),
            "target": indicator.target,
        })
    })
    .collect()
}

fn figure_json(view: &View, figure: &Figure) -> Option<Json> {
    let indicator = view.report.project.indicators.get(figure.indicator)?;
    let period = view.report.figures.periods.get(figure.period)?;
    let disaggregation = figure
        .disaggregation
        .and_then(|index| indicator.disaggregations.get(index));
    let hidden = figure.value == Value::Suppressed;
    let seen = |value: Option<f64>| value.filter(|_| !hidden);
    Some(json!({
        "code": indicator.code,
        "scope": scope_code(figure.scope),
        "period": period.label,
        "disaggregation": disaggregation.map(|disaggregation| &disaggregation.name),
        "category": disaggregation.map(|_| &figure.category),
        "value": figure.value.number(),
        "blank": blank(figure.value),
        "low": seen(figure.low),
        "high": seen(figure.high),
        "expected": seen(figure.expected),
        "numerator": seen(figure.numerator),
        "denominator": seen(figure.denominator),
        "target": figure.target,
        "achieved_pct": seen(figure.achieved),
        "status": figure.status.filter(|_| !hidden).map(status_code),
    }))
}

/// Why a figure has no number.
fn blank(value: Value) -> Option<&'static str> {
    match value {
        Value::Number(_) => None,
        Value::NoData => Some("no-data"),
        Value::Suppressed => Some("suppressed"),
        Value::NotApplicable => Some("not-applicable"),
    }
}

/// Findings of one kind that are told one by one; findings.csv has all.
const FINDINGS_SHOWN: usize = 20;

fn findings(view: &View) -> Vec<Json> {
    let kinds = view.findings_by_kind().into_iter();
    kinds
        .map(|entry| {
            let all = view.report.facts.findings.iter();
            let own = all.filter(|finding| finding.kind == entry.kind).take(FINDINGS_SHOWN);
            let told = own.map(|finding| {
                json!({
                    "place": finding.place.map(|place| view.report.records.show(place)),
                    "others": finding.others.iter().map(|place| view.report.records.show(*place)).collect::<Vec<_>>(),
                    "message": view.labels.message(finding),
                })
            });
            json!({
                "kind": entry.kind.code(),
                "severity": severity_code(entry.kind.severity()),
                "count": entry.count,
                "action": view.labels.action(entry.kind),
                "first": told.collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn rows(balance: &RowBalance) -> Json {
    let reasons: serde_json::Map<String, Json> = balance
        .set_aside
        .iter()
        .map(|(reason, count)| (reason.code().to_owned(), json!(count)))
        .collect();
    json!({ "read": balance.read, "counted": balance.counted, "set_aside": balance.aside(), "reasons": reasons })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_hidden_figure_tells_nothing_but_that_it_is_hidden() {
        let world = fixture::world();
        let document = json(&world.report("en"));
        assert_eq!(document["schema_version"], 1);
        let figures = document["figures"].as_array().expect("figures");
        let male = figures
            .iter()
            .find(|figure| figure["category"] == "male")
            .expect("the cell");
        assert_eq!(male["blank"], "suppressed");
        assert!(male["value"].is_null() && male["low"].is_null());
    }
}
