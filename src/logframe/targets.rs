//! Targets: what was due, how much of it is reached, and the status (rule 19).
//!
//! What was due by a period's end:
//! - a milestone under the period's label stands as it is: for flows within the period, for distinct counts since
//!   the start (within the period where the indicator has no cumulative scope), for ratios and levels in both;
//! - without one, a flow, and a distinct count since the start, owe the life-of-project target in proportion to
//!   the days of the project that the scope covers; a ratio or a level owes the whole of it at any time;
//! - a single cell owes the same by the targets of its own;
//! - a distinct count within a period owes nothing, as it is no part of any sum; within the reported span it is the
//!   same as since the start.

use super::figures::{Figure, Period, Scope, Status, Value};
use super::rounding::{ratio, round};
use crate::project::model::{Class, Direction, Indicator, Project};

/// What a figure owes: its life-of-project target, and the milestone under the period's label.
#[derive(Clone, Copy)]
struct Owed {
    target: Option<f64>,
    milestone: Option<f64>,
}

/// The targets of a total, or those of a single cell.
fn owed(indicator: &Indicator, period: &Period, figure: &Figure) -> Owed {
    let Some(cut) = figure.disaggregation else {
        return Owed {
            target: indicator.target,
            milestone: indicator.milestones.get(&period.label).copied(),
        };
    };
    let name = indicator.disaggregations.get(cut).map_or("", |cut| cut.name.as_str());
    let of_cell = |label: &str| {
        let key = (label.to_owned(), name.to_owned(), figure.category.clone());
        indicator.cell_targets.get(&key).copied()
    };
    Owed {
        target: of_cell(""),
        milestone: of_cell(&period.label),
    }
}

/// Fills target, per cent of target and status of a figure.
pub(super) fn judge(project: &Project, indicator: &Indicator, period: &Period, is_span: bool, figure: &mut Figure) {
    if figure.disaggregation.is_some() && indicator.cell_targets.is_empty() {
        return;
    }
    let scope = if is_span && period.start <= project.start {
        Scope::Cumulative
    } else {
        figure.scope
    };
    let owed = owed(indicator, period, figure);
    figure.target = due(project, indicator, period, scope, owed).map(|due| round(due, indicator.decimals));
    let (Some(value), Some(target)) = (figure.value.number(), figure.target) else {
        return;
    };
    let share = achieved(indicator, value, target);
    figure.achieved = share.and_then(|(above, below)| ratio(above, below, 100, 1));
    figure.status = status(project, indicator, owed.target, value, share);
}

fn due(project: &Project, indicator: &Indicator, period: &Period, scope: Scope, owed: Owed) -> Option<f64> {
    let Owed { target, milestone } = owed;
    match (indicator.class, scope) {
        (Class::Flow, Scope::Period) => milestone.or_else(|| Some(target? * elapsed(project, period.start, period))),
        (Class::Flow | Class::Distinct, Scope::Cumulative) => {
            let since_start = period.start <= project.start;
            let stands = indicator.class == Class::Distinct || since_start || !indicator.in_period;
            let share = || Some(target? * elapsed(project, project.start, period));
            milestone.filter(|_| stands).or_else(share)
        }
        (Class::Distinct, Scope::Period) => milestone.filter(|_| !indicator.cumulative),
        (Class::Level | Class::Ratio, Scope::Period | Scope::Cumulative) => milestone.or(target),
    }
}

/// Share of the project's days from `start` to the period's end.
fn elapsed(project: &Project, start: chrono::NaiveDate, period: &Period) -> f64 {
    let all = (project.end - project.start).num_days() + 1;
    let passed = (period.end.min(project.end) - start).num_days() + 1;
    passed as f64 / all.max(1) as f64
}

/// What is reached, as numerator and denominator; none where the definition lacks what it takes.
fn achieved(indicator: &Indicator, value: f64, target: f64) -> Option<(f64, f64)> {
    match (indicator.direction, indicator.baseline) {
        (Direction::Increase | Direction::Neutral, _) => Some((value, target)),
        (Direction::Decrease, Some(baseline)) => Some((baseline.value - value, baseline.value - target)),
        (Direction::Decrease, None) => None,
    }
}

/// Per cent of a whole life-of-project target that a value reaches (rule 19); none of a blank or hidden value.
pub fn of_whole(indicator: &Indicator, target: Option<f64>, value: Value) -> Option<f64> {
    let (above, below) = achieved(indicator, value.number()?, target?)?;
    ratio(above, below, 100, 1)
}

fn status(
    project: &Project,
    indicator: &Indicator,
    target: Option<f64>,
    value: f64,
    share: Option<(f64, f64)>,
) -> Option<Status> {
    let reached = match (indicator.direction, target) {
        (Direction::Neutral, _) => return None,
        (Direction::Increase, Some(target)) => value >= target,
        (Direction::Decrease, Some(target)) => indicator.class != Class::Flow && value <= target,
        (Direction::Increase | Direction::Decrease, None) => false,
    };
    if reached {
        return Some(Status::Achieved);
    }
    let (above, below) = share.filter(|(_, below)| below.abs() > f64::EPSILON)?;
    let (share, tolerance) = (above / below, project.settings.tolerance);
    Some(if share < 1.0 - tolerance {
        Status::Behind
    } else if share > 1.0 + tolerance {
        Status::Ahead
    } else {
        Status::OnTrack
    })
}

/// Takes away what would give a hidden value back.
pub(super) fn hide(figure: &mut Figure) {
    figure.value = Value::Suppressed;
    (figure.low, figure.high, figure.expected) = (None, None, None);
    (figure.numerator, figure.denominator) = (None, None);
    (figure.achieved, figure.status) = (None, None);
}

#[cfg(test)]
mod tests;
