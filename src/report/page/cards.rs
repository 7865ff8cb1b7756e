//! The front of the page: whose report, for when, and the main figures as cards.

use std::fmt::Write as _;

use super::bars::bar;
use super::html::{bdi, block, cut, escaped};
use super::table::badge;
use crate::logframe::figures::{Figure, Scope, Value};
use crate::project::model::{Indicator, Unit};
use crate::report::view::{View, clean};

/// Letters of a statement on a card; the whole of it stands in the table.
const STATEMENT: usize = 180;
/// Per cent of a target at which a bar ends.
const MOST: f64 = 125.0;

/// Title block.
pub(super) fn masthead(view: &View) -> String {
    let report = &view.report;
    let labels = &view.labels;
    let period = view.span().map_or_else(String::new, |span| labels.period(span));
    let name = clean(report.project.name.get(report.lang));
    let organisation = clean(report.project.organisation.get(report.lang));
    let donor = clean(report.project.donor.get(report.lang));
    let duration = format!(
        "{} – {}",
        labels.date(report.project.start),
        labels.date(report.project.end)
    );
    let facts = [
        ("summary.period", period),
        ("summary.as_of", labels.date(report.as_of)),
        ("summary.organisation", organisation),
        ("summary.donor", donor),
        ("summary.duration", duration),
    ];
    let facts: Vec<String> = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| {
            format!(
                "<div><dt>{}</dt><dd dir=\"auto\">{}</dd></div>\n",
                escaped(labels.get(key)),
                escaped(&value)
            )
        })
        .collect();
    let kicker = block("p", "kicker", labels.get("summary.report"));
    // A page without a heading has no place to begin.
    let name = if name.is_empty() {
        labels.get("summary.report").to_owned()
    } else {
        name
    };
    format!(
        "<header>\n{kicker}{}<dl>\n{}</dl>\n</header>\n",
        block("h1", "", &name),
        facts.concat()
    )
}

/// The main figures.
pub(super) fn cards(view: &View) -> String {
    let headlines = view.headlines();
    if headlines.is_empty() {
        return block("p", "note", view.labels.get("indicators.nothing"));
    }
    let cards: String = headlines
        .into_iter()
        .map(|(index, indicator)| card(view, index, indicator))
        .collect();
    format!("<ul class=\"cards\">\n{cards}</ul>\n")
}

fn card(view: &View, index: usize, indicator: &Indicator) -> String {
    let main = view.main_figure(index);
    let against = view.against_target(index);
    let words = main.map_or_else(
        || view.blank_word(Value::NoData),
        |figure| view.value(figure.value, indicator),
    );
    let unit = match indicator.unit {
        Unit::Percent | Unit::Number => "",
        Unit::Contacts | Unit::Persons | Unit::Sessions | Unit::Findings => view.labels.unit(indicator.unit),
    };
    let unit = if main.is_some_and(|figure| figure.value.number().is_some()) {
        unit
    } else {
        ""
    };
    let mut card = format!(
        "<li>\n<p class=\"top\"><a class=\"code\" href=\"#i{index}\">{}</a>{}</p>\n",
        bdi(&indicator.code),
        badge(view, View::seen(against).and_then(|figure| figure.status))
    );
    let _ = writeln!(
        card,
        "<p class=\"value\">{} <span class=\"unit\">{}</span></p>",
        escaped(&words),
        escaped(unit)
    );
    card.push_str(&block("p", "what", &cut(&view.statement(indicator), STATEMENT)));
    let range = view.range(main);
    if !range.is_empty() {
        card.push_str(&block(
            "p",
            "small",
            &view.labels.fill("page.range", &[("range", &range)]),
        ));
    }
    card.push_str(&to_date(view, index, indicator, main));
    card.push_str(&goal(view, against, indicator));
    card + "</li>\n"
}

/// The figure since the project's start, where it is another than the one shown first.
fn to_date(view: &View, index: usize, indicator: &Indicator, main: Option<&Figure>) -> String {
    let figure = view.in_span(index, Scope::Cumulative);
    let other = figure.filter(|figure| main.is_some_and(|main| main.value != figure.value));
    let Some(figure) = other else { return String::new() };
    let words = view.value(figure.value, indicator);
    block(
        "p",
        "small",
        &view.labels.fill("page.since_start", &[("figure", &words)]),
    )
}

/// The target with a bar, where there is one; no bar where the figure may not be seen.
fn goal(view: &View, against: Option<&Figure>, indicator: &Indicator) -> String {
    let Some(target) = against.and_then(|figure| figure.target) else {
        return String::new();
    };
    let target = view.value(Value::Number(target), indicator);
    let achieved = View::seen(against).and_then(|figure| figure.achieved);
    let Some(achieved) = achieved else {
        let words = view.labels.fill("page.target_only", &[("target", &target)]);
        return block("p", "small", &words);
    };
    let percent = format!("{}\u{a0}%", view.labels.number(achieved, 0));
    let words = view
        .labels
        .fill("page.target", &[("percent", &percent), ("target", &target)]);
    format!(
        "{}\n{}",
        bar(achieved / MOST, Some(100.0 / MOST), &percent),
        block("p", "small", &words)
    )
}
