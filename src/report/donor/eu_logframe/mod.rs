//! EU logframe: the results chain with baselines, current values and targets, and every value with its comment.

mod chain;
mod values;

use crate::project::model::{Disaggregation, Indicator, Level, Subject};
use crate::report::sheet::SheetModel;
use crate::report::view::View;

pub(super) fn sheets(view: &View) -> Vec<SheetModel> {
    vec![chain::sheet(view), values::sheet(view)]
}

/// A level as the format names it.
fn level(level: Level) -> &'static str {
    match level {
        Level::Impact => "Impact (Overall objective)",
        Level::Outcome => "Outcome (Specific objective)",
        Level::Output => "Output",
        Level::Activity => "Activities",
        Level::Quality => "Data quality",
    }
}

/// The breakdown of an indicator by sex, with its index.
fn by_sex(indicator: &Indicator) -> Option<(usize, &Disaggregation)> {
    let is_sex = |subject: &Subject| match subject {
        Subject::Attribute(key) | Subject::Field(key) => key == "sex",
        _ => false,
    };
    let mut breakdowns = indicator.disaggregations.iter().enumerate();
    breakdowns.find(|(_, part)| matches!(part.by.as_slice(), [subject] if is_sex(subject)))
}

#[cfg(test)]
mod tests;
