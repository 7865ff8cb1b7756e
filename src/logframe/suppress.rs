//! Small numbers: cells of few persons are hidden, and in a partition one more, so that no hidden cell is the
//! difference between the total and the others (rule 21).
//!
//! This protects a cell within its own disaggregation; protection across periods and crossed tables is not
//! promised here.

use super::figures::{Figure, Value};
use super::targets::hide;

/// Hides what is too small in one indicator, scope and period: its total, then the cells of each disaggregation.
///
/// `partition` says for each disaggregation whether its cells add up.
pub(super) fn suppress(figures: &mut [Figure], partition: &[bool], threshold: u32) {
    let threshold = f64::from(threshold);
    for figure in figures.iter_mut() {
        let persons = figure.numerator.or(figure.value.number());
        let below = figure.denominator;
        if [persons, below]
            .into_iter()
            .flatten()
            .any(|count| count > 0.0 && count < threshold)
        {
            hide(figure);
        }
    }
    let total_hidden = figures.first().is_some_and(|total| total.value == Value::Suppressed);
    for (at, adds_up) in partition.iter().enumerate() {
        let mut cells: Vec<&mut Figure> = figures
            .iter_mut()
            .filter(|figure| figure.disaggregation == Some(at))
            .collect();
        let hidden = cells.iter().filter(|cell| cell.value == Value::Suppressed).count();
        if total_hidden {
            cells
                .iter_mut()
                .filter(|cell| is_positive(cell))
                .for_each(|cell| hide(cell));
        } else if *adds_up && hidden == 1 {
            let next = cells.iter_mut().filter(|cell| is_positive(cell));
            let smallest = next.min_by(|a, b| number(a).total_cmp(&number(b)));
            smallest.into_iter().for_each(|cell| hide(cell));
        }
    }
}

fn number(figure: &Figure) -> f64 {
    figure.value.number().unwrap_or_default()
}

fn is_positive(figure: &Figure) -> bool {
    number(figure) > 0.0
}
