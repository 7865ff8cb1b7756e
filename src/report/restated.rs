//! Restatements and changes of definitions in words, as every printer shows them.

use super::history::{Cause, DefinitionChange, Restatement, Shown};
use super::labels::{Labels, plain_number};
use super::view::clean;
use crate::logframe::figures::{Period, Scope};
use crate::project::calendar;
use crate::project::model::{Disaggregation, Indicator, Project};

/// What a figure showed, in words where it is no number.
pub(crate) fn shown(shown: Shown, decimals: u8, labels: &Labels) -> String {
    match shown {
        Shown::Number(number) => labels.number(number, decimals),
        Shown::NoData => labels.get("restated.no_data").to_owned(),
        Shown::Hidden => labels.get("restated.hidden").to_owned(),
        Shown::Absent => labels.get("restated.absent").to_owned(),
    }
}

/// A difference with its sign.
pub(crate) fn signed(value: f64, decimals: u8, labels: &Labels) -> String {
    let number = labels.number(value, decimals);
    if value > 0.0 { format!("+{number}") } else { number }
}

/// The causes of a difference, with what each adds where it can be told.
pub(crate) fn causes(one: &Restatement, labels: &Labels) -> String {
    let said: Vec<String> = one
        .parts
        .iter()
        .map(|part| {
            let cause = cause(part.cause, labels);
            match part.change {
                Some(change) => format!("{cause} {}", signed(change, one.decimals, labels)),
                None => cause.to_owned(),
            }
        })
        .collect();
    said.join(", ")
}

/// A cause in words.
pub(crate) fn cause(cause: Cause, labels: &Labels) -> &str {
    labels.get(&format!("restated.cause.{}", cause.code()))
}

/// Which figure it is: code, scope where it is to date, period, category.
pub(crate) fn named(one: &Restatement, project: &Project, lang: &str, labels: &Labels) -> String {
    let mut parts = vec![clean(&one.code), period(one, project, labels)];
    let category = category(one, project, lang);
    parts.extend((!category.is_empty()).then_some(category));
    parts.join(" · ")
}

/// Period and scope in words.
pub(crate) fn period(one: &Restatement, project: &Project, labels: &Labels) -> String {
    let known = calendar::parse_label(&one.period, project.start, project.end).ok();
    let own = || project.spans.iter().find(|span| span.label == one.period).cloned();
    let period = known.or_else(own);
    let words = period.map_or_else(|| clean(&one.period), |period: Period| labels.period(&period));
    if one.scope == scope_code(Scope::Cumulative) {
        format!("{words}, {}", labels.get("restated.scope.cumulative"))
    } else {
        words
    }
}

fn scope_code(scope: Scope) -> &'static str {
    match scope {
        Scope::Period => "period",
        Scope::Cumulative => "cumulative",
    }
}

/// Breakdown and category in words; empty for the total.
pub(crate) fn category(one: &Restatement, project: &Project, lang: &str) -> String {
    if one.is_total() {
        return String::new();
    }
    let indicator = project.indicators.iter().find(|indicator| indicator.code == one.code);
    let part = indicator.and_then(|indicator: &Indicator| {
        let mut parts = indicator.disaggregations.iter();
        parts.find(|part: &&Disaggregation| part.name == one.disaggregation)
    });
    let label = part
        .map(|part| clean(part.label.get(lang)))
        .filter(|label| !label.is_empty());
    let name = label.unwrap_or_else(|| clean(&one.disaggregation));
    format!("{name}: {}", clean(&one.category))
}

/// What of the definitions changed, in words.
pub(crate) fn what(change: &DefinitionChange, labels: &Labels) -> String {
    let what = labels.get(&format!("restated.what.{}", change.what));
    if change.which.is_empty() {
        what.to_owned()
    } else {
        format!("{what}: {}", change.which)
    }
}

/// From which publication to which the change was made, in words.
pub(crate) fn between(change: &DefinitionChange, labels: &Labels) -> String {
    let key = if change.until.is_empty() {
        "restated.since"
    } else {
        "restated.between"
    };
    labels.fill(key, &[("since", &change.since), ("until", &change.until)])
}

/// What it said before or says now; a dash for nothing.
pub(crate) fn said<'a>(text: &'a str, labels: &'a Labels) -> &'a str {
    if text.is_empty() {
        labels.get("restated.nothing")
    } else {
        text
    }
}

/// A number as tables for programs write it.
pub(crate) fn plain(value: Option<f64>, decimals: u8) -> String {
    value.map(|value| plain_number(value, decimals)).unwrap_or_default()
}
