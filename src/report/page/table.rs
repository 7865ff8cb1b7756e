//! The indicators by level: figures, breakdowns and method of each.

use std::fmt::Write as _;

use super::html::{bdi, block, details, escaped, scrolled};
use crate::logframe::figures::{Figure, Scope, Status, Value};
use crate::project::model::{Class, Disaggregation, Indicator, Level};
use crate::report::codes::status_code;
use crate::report::labels::plain_number;
use crate::report::method::method;
use crate::report::sheets::disaggregation::{note, part};
use crate::report::sheets::indicators::{chain_lines, paired};
use crate::report::view::{View, capital, clean};

/// Heads of the table: label, and whether numbers stand under it.
const HEADS: [(&str, bool); 9] = [
    ("head.code", false),
    ("head.indicator", false),
    ("head.target", true),
    ("head.due", true),
    ("head.in_period", true),
    ("head.to_date", true),
    ("head.achieved", true),
    ("head.status", false),
    ("head.range", true),
];

/// Status in a word, a sign and a colour.
pub(super) fn badge(view: &View, status: Option<Status>) -> String {
    let Some(status) = status else { return String::new() };
    let sign = match status {
        Status::Achieved => "✓",
        Status::Ahead => "▲",
        Status::OnTrack => "●",
        Status::Behind => "▼",
    };
    format!(
        "<span class=\"status {}\"><span aria-hidden=\"true\">{sign}</span> {}</span>",
        status_code(status),
        escaped(view.labels.status(status))
    )
}

/// The indicators of the results chain, a table for each level, and what their signs mean.
pub(super) fn indicators(view: &View) -> String {
    let indicators = view.indicators();
    if indicators.is_empty() {
        return block("p", "note", view.labels.get("indicators.nothing"));
    }
    let mut shown = String::new();
    for level in [Level::Impact, Level::Outcome, Level::Output, Level::Activity] {
        let of_level: Vec<_> = indicators.iter().filter(|(_, one)| one.level == level).collect();
        if of_level.is_empty() {
            continue;
        }
        let name = view.labels.level(level);
        let _ = write!(
            shown,
            "<h3>{}</h3>\n<table class=\"indicators\">\n{}",
            escaped(name),
            heads(view)
        );
        for (index, indicator) in of_level {
            let _ = write!(
                shown,
                "<tbody id=\"i{index}\">\n{}{}</tbody>\n",
                row(view, *index, indicator),
                more(view, *index, indicator)
            );
        }
        shown.push_str("</table>\n");
    }
    if indicators.iter().any(|(_, one)| one.class == Class::Distinct) {
        shown.push_str(&block("p", "note", view.labels.get("indicators.distinct")));
    }
    shown
}

fn heads(view: &View) -> String {
    let heads: Vec<String> = HEADS
        .iter()
        .map(|(key, number)| {
            let class = if *number { " class=\"n\"" } else { "" };
            format!("<th scope=\"col\"{class}>{}</th>", escaped(view.labels.get(key)))
        })
        .collect();
    format!("<thead><tr>{}</tr></thead>\n", heads.concat())
}

fn row(view: &View, index: usize, indicator: &Indicator) -> String {
    let against = view.against_target(index);
    let seen = View::seen(against);
    let number =
        |value: Option<f64>| value.map_or_else(String::new, |value| view.value(Value::Number(value), indicator));
    let figure = |scope| {
        let figure = view.in_span(index, scope);
        figure.map_or_else(String::new, |figure| view.value(figure.value, indicator))
    };
    let achieved = seen.and_then(|figure| figure.achieved);
    let cells = [
        number(indicator.target),
        number(against.and_then(|figure| figure.target)),
        figure(Scope::Period),
        figure(Scope::Cumulative),
        achieved.map_or_else(String::new, |value| format!("{}\u{a0}%", view.labels.number(value, 0))),
    ];
    let mut row = format!(
        "<tr class=\"main\"><td class=\"code\">{}</td><th scope=\"row\">{} <span class=\"unit\">{}</span></th>",
        bdi(&indicator.code),
        bdi(&view.statement(indicator)),
        escaped(view.labels.unit(indicator.unit))
    );
    for ((key, _), text) in HEADS[2..7].iter().zip(&cells) {
        let class = if matches!(*key, "head.in_period" | "head.to_date") {
            "n strong"
        } else {
            "n"
        };
        row.push_str(&cell(view, key, class, &escaped(text)));
    }
    row.push_str(&cell(
        view,
        "head.status",
        "",
        &badge(view, seen.and_then(|one| one.status)),
    ));
    let range = view.range(view.main_figure(index));
    row.push_str(&cell(view, "head.range", "n", &escaped(&range)));
    row + "</tr>\n"
}

/// A cell that knows its head, for phones, where rows stand as cards.
fn cell(view: &View, key: &str, class: &str, inner: &str) -> String {
    format!(
        "<td class=\"{class}\" data-head=\"{}\">{inner}</td>",
        escaped(view.labels.get(key))
    )
}

/// What stands folded under an indicator.
fn more(view: &View, index: usize, indicator: &Indicator) -> String {
    let mut inner = String::new();
    let tables: Vec<(String, String)> = indicator
        .disaggregations
        .iter()
        .enumerate()
        .filter_map(|(part, breakdown)| {
            let table = breakdown_table(view, (index, indicator), (part, breakdown))?;
            Some((view.disaggregation(breakdown), table))
        })
        .collect();
    if !tables.is_empty() {
        let names: Vec<String> = tables.iter().map(|(name, _)| name.clone()).collect();
        let summary = view.labels.fill("page.breakdowns", &[("names", &names.join(", "))]);
        let tables: String = tables.into_iter().map(|(_, table)| table).collect();
        let tables = format!("<div class=\"tables\">\n{tables}</div>\n");
        inner.push_str(&details("breakdowns", &bdi(&summary), &tables));
    }
    let how = escaped(view.labels.get("head.definition"));
    inner.push_str(&details("method", &how, &method_of(view, indicator)));
    format!("<tr class=\"more\"><td colspan=\"{}\">{inner}</td></tr>\n", HEADS.len())
}

/// How an indicator is counted, and what the results chain says about it.
fn method_of(view: &View, indicator: &Indicator) -> String {
    let words = method(indicator, view.report.project, view.report.lang, &view.labels);
    let mut told: String = words.lines().map(|line| block("p", "", line)).collect();
    for line in chain_lines(view, indicator) {
        told.push_str(&block("p", "", &line));
    }
    told
}

fn breakdown_table(
    view: &View,
    (index, indicator): (usize, &Indicator),
    (at, breakdown): (usize, &Disaggregation),
) -> Option<String> {
    let span = view.report.figures.span;
    let [in_period, to_date] = [Scope::Period, Scope::Cumulative].map(|scope| view.cells(index, scope, span, Some(at)));
    let rows = paired(in_period, to_date);
    if rows.is_empty() {
        return None;
    }
    let scopes: Vec<(Scope, &str)> = [
        (Scope::Period, "head.in_period", in_period),
        (Scope::Cumulative, "head.to_date", to_date),
    ]
    .into_iter()
    .filter(|(.., cells)| !cells.is_empty())
    .map(|(scope, key, _)| (scope, key))
    .collect();
    let (heads, body) = (
        breakdown_heads(view, &scopes),
        breakdown_rows(view, (index, indicator), breakdown, &scopes, &rows),
    );
    let (cells, scope) = if in_period.is_empty() {
        (to_date, Scope::Cumulative)
    } else {
        (in_period, Scope::Period)
    };
    let note = note(cells, view.in_span(index, scope), indicator.class).map_or("", |key| view.labels.get(key));
    let name = capital(&view.disaggregation(breakdown));
    let table = format!(
        "<table>\n<caption>{}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n",
        bdi(&name)
    );
    Some(format!(
        "<div>\n{}{}</div>\n",
        scrolled(&name, &table),
        block("p", "note", note)
    ))
}

/// Category, cell within the period, cell to date.
type Paired<'f> = (&'f str, Option<&'f Figure>, Option<&'f Figure>);

fn breakdown_heads(view: &View, scopes: &[(Scope, &str)]) -> String {
    let share = escaped(view.labels.get("head.share"));
    let mut heads = format!("<th scope=\"col\">{}</th>", escaped(view.labels.get("head.category")));
    for (_, key) in scopes {
        let _ = write!(
            heads,
            "<th scope=\"col\" class=\"n\">{}</th><th scope=\"col\" class=\"n\">{share}</th>",
            escaped(view.labels.get(key)),
        );
    }
    heads
}

fn breakdown_rows(
    view: &View,
    (index, indicator): (usize, &Indicator),
    breakdown: &Disaggregation,
    scopes: &[(Scope, &str)],
    rows: &[Paired],
) -> String {
    let mut body = String::new();
    for (category, in_period, to_date) in rows {
        let name = view.category(breakdown, category);
        let _ = write!(body, "<tr><th scope=\"row\">{}</th>", bdi(&name));
        for (scope, _) in scopes {
            let cell = match scope {
                Scope::Period => *in_period,
                Scope::Cumulative => *to_date,
            };
            body.push_str(&breakdown_cell(view, indicator, cell, view.in_span(index, *scope)));
        }
        body.push_str("</tr>\n");
    }
    body
}

fn breakdown_cell(view: &View, indicator: &Indicator, cell: Option<&Figure>, total: Option<&Figure>) -> String {
    let words = cell.map_or_else(String::new, |cell| view.value(cell.value, indicator));
    let share = part(cell, total, indicator.class)
        .map_or_else(String::new, |share| format!("{}\u{a0}%", view.labels.number(share, 1)));
    format!(
        "<td class=\"n strong\">{}</td><td class=\"n\">{}</td>",
        escaped(&words),
        escaped(&share)
    )
}

/// What the signs in the tables mean.
pub(super) fn legend(view: &View) -> String {
    let tolerance = plain_number(view.report.project.settings.tolerance * 100.0, 1);
    view.labels.fill("page.legend", &[("tolerance", &clean(&tolerance))])
}
