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
            if let Some(cell) = smallest {
                hide(cell);
            }
        }
    }
}

fn number(figure: &Figure) -> f64 {
    figure.value.number().unwrap_or_default()
}

fn is_positive(figure: &Figure) -> bool {
    number(figure) > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logframe::figures::Scope;

    fn figure(disaggregation: Option<usize>, value: f64) -> Figure {
        Figure {
            indicator: 0,
            scope: Scope::Period,
            period: 0,
            disaggregation,
            category: String::new(),
            value: Value::Number(value),
            low: None,
            high: None,
            expected: None,
            numerator: None,
            denominator: None,
            target: None,
            achieved: None,
            status: None,
        }
    }

    fn shown(values: &[f64]) -> Vec<Option<f64>> {
        let mut figures = vec![figure(None, values.iter().sum())];
        figures.extend(values.iter().map(|value| figure(Some(0), *value)));
        suppress(&mut figures, &[true], 5);
        figures.iter().map(|figure| figure.value.number()).collect()
    }

    #[test]
    fn one_hidden_cell_takes_another_with_it() {
        assert_eq!(
            shown(&[30.0, 3.0, 9.0, 0.0]),
            [Some(42.0), Some(30.0), None, None, Some(0.0)]
        );
        assert_eq!(shown(&[30.0, 3.0, 4.0]), [Some(37.0), Some(30.0), None, None]);
        assert_eq!(shown(&[30.0, 9.0]), [Some(39.0), Some(30.0), Some(9.0)]);
    }

    #[test]
    fn a_hidden_total_hides_its_cells() {
        assert_eq!(shown(&[3.0, 0.0]), [None, None, Some(0.0)]);
    }
}
