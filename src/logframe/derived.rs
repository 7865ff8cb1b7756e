//! Indicators made of others: sums, differences, quotients of their totals in the same scope and period.

use std::collections::BTreeMap;

use super::compute::cell_of;
use super::engine::Engine;
use super::figures::{Figure, Scope, Value};
use super::rounding::ratio;
use crate::project::model::{Derivation, Indicator, Rule};

/// An unrounded value as numerator and denominator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fraction(pub(super) f64, pub(super) f64);

impl Fraction {
    fn value(self) -> f64 {
        self.0 / self.1
    }

    /// Sum or difference; reduced before and after, so that the products of whole numbers stay exact.
    fn plus(self, other: Self, sign: f64) -> Self {
        let (one, other) = (self.reduced(), other.reduced());
        let sum = Self(one.0 * other.1 + sign * other.0 * one.1, one.1 * other.1);
        let plain = Self(one.value() + sign * other.value(), 1.0);
        if sum.is_exact() { sum.reduced() } else { plain }
    }

    /// This one over another, times so much.
    pub(super) fn over(self, other: Self, times: f64) -> Self {
        let (one, other) = (self.reduced(), other.reduced());
        // What both share above or below the line falls out before anything is multiplied.
        let (above, below) = (Self(one.0, other.0).reduced(), Self(other.1, one.1).reduced());
        let (one, other) = (Self(above.0, below.1), Self(above.1, below.0));
        let quotient = Self(one.0 * other.1 * times, one.1 * other.0);
        let plain = Self(one.value() * times, other.value());
        if quotient.is_exact() { quotient } else { plain }
    }

    /// Whether both numbers are small enough to be whole without loss.
    fn is_exact(self) -> bool {
        self.0.abs() < EXACT && self.1.abs() < EXACT
    }

    /// The same value in the smallest whole numbers; as it is where the numbers are not whole.
    fn reduced(self) -> Self {
        let whole = |number: f64| number.fract().abs() < f64::EPSILON && number.abs() < EXACT;
        if !whole(self.0) || !whole(self.1) {
            return self;
        }
        let (mut a, mut b) = (self.0.abs(), self.1.abs());
        while b > 0.5 {
            (a, b) = (b, a % b);
        }
        if a > 1.5 { Self(self.0 / a, self.1 / a) } else { self }
    }
}

/// Whole numbers below this one are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// An indicator in one scope and period.
type Occasion = (usize, Scope, usize);

/// The totals computed so far, unrounded.
#[derive(Default)]
pub(super) struct Known(BTreeMap<Occasion, Option<Fraction>>);

impl Known {
    /// Keeps a total.
    pub(super) fn note(&mut self, at: Occasion, total: Option<Fraction>) {
        self.0.insert(at, total);
    }
}

impl Engine<'_> {
    /// Fills the figures of indicators that are made of others, those first that others are made of.
    pub(super) fn derive(&self, blocks: &mut [Vec<Figure>], known: &mut Known) {
        let derived = |at: &usize| matches!(self.project.indicators[*at].rule, Rule::Derived { .. });
        let mut waiting: Vec<usize> = (0..blocks.len()).filter(derived).collect();
        while !waiting.is_empty() {
            let ready = |at: &usize| match &self.project.indicators[*at].rule {
                Rule::Derived { of, .. } => !of.iter().any(|input| waiting.contains(input)),
                Rule::Single(_) | Rule::Ratio { .. } => true,
            };
            let (now, later): (Vec<usize>, Vec<usize>) = waiting.iter().copied().partition(ready);
            // Indicators that refer to each other in a circle are refused with the definitions; here they have no data.
            let (now, later) = if now.is_empty() { (later, now) } else { (now, later) };
            for at in now {
                blocks[at] = self.derived_figures(at, known);
            }
            waiting = later;
        }
    }

    fn derived_figures(&self, at: usize, known: &mut Known) -> Vec<Figure> {
        let indicator = &self.project.indicators[at];
        let occasions = self.occasions(indicator).into_iter();
        occasions
            .flat_map(|(scope, period)| {
                let mut figure = Self::blank(at, (scope, period));
                let total = derive(indicator, (scope, period), known, &mut figure);
                known.note((at, scope, period), total);
                let figure = self.judged(figure);
                let cell = indicator.as_cell.as_ref();
                let cell = cell.and_then(|(name, category)| cell_of(indicator, &figure, name, category));
                let cell = cell.map(|cell| self.judged(cell));
                std::iter::once(figure).chain(cell)
            })
            .collect()
    }
}

/// Computes one derived figure; hands out the value unrounded.
fn derive(
    indicator: &Indicator,
    (scope, period): (Scope, usize),
    known: &Known,
    figure: &mut Figure,
) -> Option<Fraction> {
    let Rule::Derived { how, of, times } = &indicator.rule else {
        return None;
    };
    let inputs: Vec<_> = of
        .iter()
        .map(|input| known.0.get(&(*input, scope, period)).copied())
        .collect();
    let inputs: Vec<Fraction> = inputs.into_iter().map(|input| input?).collect::<Option<_>>()?;
    let (first, rest) = inputs.split_first()?;
    let value = match how {
        Derivation::Sum => rest.iter().fold(*first, |sum, next| sum.plus(*next, 1.0)),
        Derivation::Difference => rest.iter().fold(*first, |sum, next| sum.plus(*next, -1.0)),
        Derivation::Quotient => {
            let below = rest.first()?;
            (figure.numerator, figure.denominator) = (Some(first.value()), Some(below.value()));
            first.over(*below, f64::from(*times))
        }
    };
    let rounded = ratio(value.0, value.1, 1, indicator.decimals);
    figure.value = rounded.map_or(Value::NoData, Value::Number);
    rounded.map(|_| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_add_up_without_rounding() {
        let third = Fraction(1.0, 3.0);
        let sum = third.plus(third, 1.0).plus(third, 1.0);
        assert_eq!(sum, Fraction(1.0, 1.0));
        assert_eq!(Fraction(5.0, 1.0).plus(Fraction(2.0, 1.0), -1.0), Fraction(3.0, 1.0));
    }
}
