//! What an entry of the map asks for, found among the figures.

use super::map::{Entry, Percent, What};
use super::mistake::{Mistake, choices, mistake};
use super::patch::Content;
use crate::logframe::figures::{Figure, Scope, Value};
use crate::message::{Tell, message};
use crate::project::calendar::parse_label;
use crate::project::model::{Disaggregation, Indicator, Unit};
use crate::report::view::View;

/// What an entry gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// A number; whether it is per cent.
    Number(f64, bool),
    /// A word.
    Word(String),
    /// No data.
    Nothing,
    /// A period that is not over: the cell is not touched.
    Later(String),
}

/// The figure that an entry asks for, or what is wrong with it.
pub(super) fn given(view: &View<'_>, entry: &Entry) -> Result<Given, Mistake> {
    let (index, indicator) = indicator(view, entry)?;
    if entry.what == What::Baseline {
        let baseline = indicator.baseline.map(|baseline| baseline.value);
        return Ok(number(baseline, indicator.unit == Unit::Percent));
    }
    let period = match period(view, entry)? {
        Ok(period) => period,
        Err(later) => return Ok(Given::Later(later)),
    };
    let scope = scope(entry, indicator)?;
    let breakdown = match (&entry.disaggregation, &entry.category) {
        (Some(name), Some(category)) => {
            let at = breakdown(view, indicator, &name.value).ok_or_else(|| {
                let there = indicator
                    .disaggregations
                    .iter()
                    .map(|breakdown| breakdown.name.as_str());
                let message = message!(
                    "{code} is not broken down by \"{value}\"",
                    code = indicator.code,
                    value = name.value
                );
                mistake(&name.span, message, choices(&name.value, there))
            })?;
            let category = category_of(view, index, at, &category.value).map_err(|there| {
                let message = message!(
                    "\"{value}\" of {code} has no category \"{category}\"",
                    value = name.value,
                    code = indicator.code,
                    category = category.value
                );
                mistake(
                    &category.span,
                    message,
                    choices(&category.value, there.iter().map(String::as_str)),
                )
            })?;
            Some((at, category))
        }
        _ => None,
    };
    let figures = view.cells(index, scope, period, breakdown.as_ref().map(|(at, _)| *at));
    let figure = figures.iter().find(|figure| match &breakdown {
        Some((_, category)) => figure.category == *category,
        None => true,
    });
    Ok(figure.map_or(Given::Nothing, |figure| of_figure(view, entry.what, figure, indicator)))
}

fn number(value: Option<f64>, percent: bool) -> Given {
    let value = value.filter(|value| value.is_finite());
    value.map_or(Given::Nothing, |value| Given::Number(value, percent))
}

/// One number of a figure. Of a suppressed figure nothing but its target is told.
fn of_figure(view: &View<'_>, what: What, figure: &Figure, indicator: &Indicator) -> Given {
    let percent = indicator.unit == Unit::Percent;
    if what == What::Target {
        return number(figure.target, percent);
    }
    match figure.value {
        Value::Suppressed | Value::NotApplicable => return Given::Word(view.blank_word(figure.value)),
        Value::NoData => return Given::Nothing,
        Value::Number(_) => {}
    }
    match what {
        What::Value => number(figure.value.number(), percent),
        What::Low => number(figure.low.or(figure.value.number()), percent),
        What::High => number(figure.high.or(figure.value.number()), percent),
        What::Achieved => number(figure.achieved, true),
        What::Numerator => number(figure.numerator, false),
        What::Denominator => number(figure.denominator, false),
        What::Status => match figure.status {
            Some(status) => Given::Word(view.labels.status(status).to_owned()),
            None => Given::Nothing,
        },
        What::Target | What::Baseline => Given::Nothing,
    }
}

fn indicator<'a>(view: &View<'a>, entry: &Entry) -> Result<(usize, &'a Indicator), Mistake> {
    let wanted = entry.indicator.value.trim();
    let indicators = &view.report.project.indicators;
    let found = indicators.iter().position(|indicator| indicator.code == wanted);
    let index = found.ok_or_else(|| {
        let there = indicators.iter().map(|indicator| indicator.code.as_str());
        let message = message!("the project has no indicator \"{wanted}\"", wanted);
        mistake(&entry.indicator.span, message, choices(wanted, there))
    })?;
    Ok((index, &indicators[index]))
}

/// Index of the period meant; the label of one that is not over by the report's end.
fn period(view: &View<'_>, entry: &Entry) -> Result<Result<usize, String>, Mistake> {
    let figures = view.report.figures;
    let Some(wanted) = &entry.period else {
        return Ok(Ok(figures.span));
    };
    let label = wanted.value.trim();
    if let Some(at) = figures
        .periods
        .iter()
        .position(|period| period.label.eq_ignore_ascii_case(label))
    {
        return Ok(Ok(at));
    }
    let project = view.report.project;
    match parse_label(label, project.start, project.end) {
        Ok(period) if view.span().is_some_and(|span| period.end > span.end) => Ok(Err(period.label)),
        Ok(_) => {
            let there = figures.periods.iter().map(|period| period.label.as_str());
            let message = message!("the report does not hold the period {label}", label);
            Err(mistake(&wanted.span, message, choices(label, there)))
        }
        Err(error) => {
            let there = figures.periods.iter().map(|period| period.label.as_str());
            Err(mistake(&wanted.span, error.message(), choices(label, there)))
        }
    }
}

fn scope(entry: &Entry, indicator: &Indicator) -> Result<Scope, Mistake> {
    let scope = entry.scope.value;
    let (is_there, other) = match scope {
        Scope::Period => (indicator.in_period, "cumulative"),
        Scope::Cumulative => (indicator.cumulative, "period"),
    };
    if is_there {
        return Ok(scope);
    }
    let message = if scope == Scope::Period {
        message!("{code} is not reported within periods", code = indicator.code)
    } else {
        message!("{code} is not reported from the project's start", code = indicator.code)
    };
    Err(mistake(
        &entry.scope.span,
        message,
        message!("write scope = \"{other}\"", other),
    ))
}

/// Index of a breakdown, by its name or heading.
fn breakdown(view: &View<'_>, indicator: &Indicator, wanted: &str) -> Option<usize> {
    let same = |text: &str| text.trim().to_lowercase() == wanted.trim().to_lowercase();
    let all = || indicator.disaggregations.iter();
    all()
        .position(|breakdown| breakdown.name == wanted)
        .or_else(|| all().position(|breakdown| same(&breakdown.name) || same(&view.disaggregation(breakdown))))
}

/// A category as figures write it, by its code or its words; else what there is.
fn category_of(view: &View<'_>, indicator: usize, at: usize, wanted: &str) -> Result<String, Vec<String>> {
    let breakdown = &view.report.project.indicators[indicator].disaggregations[at];
    let there = categories(view, indicator, at, breakdown);
    let same = |text: &str| text.trim().to_lowercase() == wanted.trim().to_lowercase();
    let mut found = there.iter().filter(|category| *category == wanted);
    let found = found.next().or_else(|| {
        let mut found = there
            .iter()
            .filter(|category| same(category) || same(&view.category(breakdown, category)));
        found.next()
    });
    found.cloned().ok_or(there)
}

/// Categories of a breakdown: those that the definitions name and those that any figure has.
fn categories(view: &View<'_>, indicator: usize, at: usize, breakdown: &Disaggregation) -> Vec<String> {
    let mut there: Vec<String> = breakdown.order.clone();
    let figures = view.report.figures.figures.iter();
    let here = figures.filter(|figure| figure.indicator == indicator && figure.disaggregation == Some(at));
    there.extend(here.map(|figure| figure.category.clone()));
    there.extend(breakdown.rename.values().cloned());
    let mut met = std::collections::BTreeSet::new();
    there.retain(|category| met.insert(category.clone()));
    there
}

/// What stands in a cell for a number, a per cent in the form that the cell or the map asks for.
pub(super) fn content(value: f64, percent: bool, form: Percent) -> Content {
    if percent && form == Percent::Share {
        // 57 ÷ 100 must read 0.57 and not 0.5700000000000001.
        Content::Number((value * 1e10).round() / 1e12)
    } else {
        Content::Number(value)
    }
}
