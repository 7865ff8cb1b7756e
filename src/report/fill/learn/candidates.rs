//! Figures by their numbers: what a number in last period's file may be.

use std::collections::BTreeMap;

use super::super::map::{Percent, What};
use crate::logframe::figures::{Scope, Value};
use crate::project::model::Unit;
use crate::report::view::View;

/// A number that a figure gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) indicator: usize,
    pub(super) scope: Scope,
    pub(super) period: usize,
    /// Index of the breakdown, and category; `None` for the total.
    pub(super) category: Option<(usize, String)>,
    pub(super) what: What,
    pub(super) value: f64,
    pub(super) percent: bool,
}

/// A candidate found under a number, with the form of per cent it has there.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    pub(super) candidate: &'a Candidate,
    pub(super) form: Option<Percent>,
    /// Whether the number is the figure's own and not rounded.
    pub(super) exact: bool,
}

/// All candidates, and where they are by number.
pub(super) struct Numbers {
    all: Vec<Candidate>,
    index: BTreeMap<i64, Vec<(usize, Option<Percent>, bool)>>,
}

/// Numbers that differ by less than this are the same.
const GRAIN: f64 = 1e6;

fn key(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a cast of floats saturates")]
    {
        (value * GRAIN).round() as i64
    }
}

impl Numbers {
    pub(super) fn of(view: &View<'_>) -> Self {
        let mut numbers = Self {
            all: Vec::new(),
            index: BTreeMap::new(),
        };
        let report = view.report;
        let kept = kept_periods(view);
        for figure in report
            .figures
            .figures
            .iter()
            .filter(|figure| kept.contains(&figure.period))
        {
            let percent = report.project.indicators[figure.indicator].unit == Unit::Percent;
            let category = figure.disaggregation.map(|at| (at, figure.category.clone()));
            let mut add = |what, value: Option<f64>, percent| {
                if let Some(value) = value.filter(|value| value.is_finite()) {
                    numbers.add(Candidate {
                        indicator: figure.indicator,
                        scope: figure.scope,
                        period: figure.period,
                        category: category.clone(),
                        what,
                        value,
                        percent,
                    });
                }
            };
            add(What::Target, figure.target, percent);
            // A figure that is hidden is not to be found by its parts.
            if !matches!(figure.value, Value::Number(_)) {
                continue;
            }
            add(What::Value, figure.value.number(), percent);
            add(What::Achieved, figure.achieved, true);
            add(What::Numerator, figure.numerator, false);
            add(What::Denominator, figure.denominator, false);
        }
        for (indicator, definition) in report.project.indicators.iter().enumerate() {
            let Some(baseline) = definition.baseline else { continue };
            numbers.add(Candidate {
                indicator,
                scope: if definition.in_period {
                    Scope::Period
                } else {
                    Scope::Cumulative
                },
                period: report.figures.span,
                category: None,
                what: What::Baseline,
                value: baseline.value,
                percent: definition.unit == Unit::Percent,
            });
        }
        numbers
    }

    fn add(&mut self, candidate: Candidate) {
        let at = self.all.len();
        let value = candidate.value;
        let mut forms: Vec<(f64, Option<Percent>, bool)> = Vec::new();
        let whole = candidate.percent.then_some(Percent::Whole);
        forms.push((value, whole, true));
        for scale in [1.0, 10.0, 100.0] {
            forms.push(((value * scale).round() / scale, whole, false));
        }
        if candidate.percent {
            forms.push((value / 100.0, Some(Percent::Share), true));
            for scale in [100.0, 1000.0] {
                forms.push(((value / 100.0 * scale).round() / scale, Some(Percent::Share), false));
            }
        }
        let mut met = Vec::new();
        for (number, form, exact) in forms {
            if !met.contains(&(key(number), form)) {
                met.push((key(number), form));
                self.index.entry(key(number)).or_default().push((at, form, exact));
            }
        }
        self.all.push(candidate);
    }

    /// What a number may be.
    pub(super) fn find(&self, number: f64) -> Vec<Found<'_>> {
        let found = self.index.get(&key(number)).map_or(&[][..], Vec::as_slice);
        let found = found.iter().map(|(at, form, exact)| Found {
            candidate: &self.all[*at],
            form: *form,
            exact: *exact,
        });
        found.collect()
    }
}

/// Periods that are not the same days as another: of several the report's own, else the first.
fn kept_periods(view: &View<'_>) -> Vec<usize> {
    let figures = view.report.figures;
    let days = |at: usize| figures.periods.get(at).map(|period| (period.start, period.end));
    let mut kept: Vec<usize> = vec![figures.span];
    for at in 0..figures.periods.len() {
        if kept.iter().all(|other| days(*other) != days(at)) {
            kept.push(at);
        }
    }
    kept
}
