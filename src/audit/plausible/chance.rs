//! How likely something is by chance.

/// Cases expected by chance, over all places looked at, under which a question is asked.
pub(super) const RARE: f64 = 0.05;

/// Chance of `least` or more out of `all` where each has chance `each` (upper tail of the binomial distribution).
pub(super) fn at_least(least: usize, all: usize, each: f64) -> f64 {
    let mut tail = 0.0;
    for hits in least..=all {
        tail += (ln_choose(all, hits) + hits as f64 * each.ln() + (all - hits) as f64 * (1.0 - each).ln()).exp();
    }
    tail.min(1.0)
}

/// Logarithm of the ways to choose `some` of `all`.
pub(super) fn ln_choose(all: usize, some: usize) -> f64 {
    ln_factorial(all) - ln_factorial(some) - ln_factorial(all.saturating_sub(some))
}

/// Logarithm of the orders in which `all` can stand.
pub(super) fn ln_factorial(all: usize) -> f64 {
    (2..=all).map(|number| (number as f64).ln()).sum()
}

/// The middle of numbers; of an even count the mean of the two in the middle.
pub(super) fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => 0.0,
        even if even.is_multiple_of(2) => f64::midpoint(numbers[middle - 1], numbers[middle]),
        _ => numbers[middle],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_and_medians_are_those_of_the_books() {
        assert!((at_least(1, 2, 0.5) - 0.75).abs() < 1e-12);
        assert!((at_least(0, 7, 0.2) - 1.0).abs() < 1e-12);
        assert!((ln_choose(5, 2).exp() - 10.0).abs() < 1e-9);
        assert!((median(&mut [3.0, 1.0, 2.0]) - 2.0).abs() < 1e-12);
        assert!((median(&mut [4.0, 1.0]) - 2.5).abs() < 1e-12);
    }
}
