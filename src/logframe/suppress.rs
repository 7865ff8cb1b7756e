//! Small numbers: cells of few persons are hidden, with enough further cells that none can be computed back
//! (rule 21).
//!
//! What is published is a set of numbers bound by laws that every reader knows: cells add up to totals, months to
//! quarters and to what is cumulative, new and returning people to people, crossed tables to their margins. A reader
//! also knows the threshold, and that no number is below 0. A hidden number of 1 … threshold−1 is protected when,
//! with all of that, it could still be any of 1 … threshold−1:
//! - [`net`] makes numbers of the figures; figures that show the same number (an indicator and a ratio's
//!   denominator, a quarter and a span of the same days) are one number, hidden everywhere or nowhere;
//! - [`laws`] binds them, and [`proof`] looks for numbers that fit all laws and differ from the true ones as far as
//!   they must; where there are none, one more number is hidden, the smallest near it first.
//!
//! Of a hidden total no cell is shown, not even a zero: it would say of whom the few are. Not protected is what no
//! cell says: how many of a total are not in a cell *of whom*, or how many came new between two cumulative figures.
//! Nor is it reckoned what inequalities alone would tell (nobody is in a quarter who is in none of its months).

use std::collections::BTreeSet;

use super::engine::Engine;
use super::figures::{Figure, SelfCheck, Value};
use super::targets::hide;
use net::Net;

mod laws;
mod net;
mod proof;
mod simplex;
mod windows;

/// Hides what is too small, and what would give it back; tells whether anything was.
pub(super) fn suppress(engine: &Engine, figures: &mut Vec<Figure>) -> bool {
    let threshold = engine.project.settings.small_numbers;
    if threshold < 2 {
        return false;
    }
    let mut net = Net::of(engine, figures);
    let small: Vec<usize> = net.small(f64::from(threshold));
    if small.is_empty() {
        return false;
    }
    laws::bind(engine, &mut net);
    for node in &small {
        net.hide(*node);
    }
    proof::protect(&mut net, &small, f64::from(threshold) - 1.0);
    for (figure, hidden) in figures.iter_mut().zip(net.hidden_figures()) {
        if hidden {
            hide(figure);
        }
    }
    list_alike(figures);
    true
}

/// The numbers of a self-check, which are about people, taken away.
pub(super) fn without_numbers(checks: &mut [SelfCheck]) {
    for check in checks {
        if matches!(check.law, "unique-at-most-named" | "new-sums-to-cumulative") {
            "…".clone_into(&mut check.detail);
        }
    }
}

/// Gives every hidden total the cells that the indicator has elsewhere, so that which cells are listed does not
/// say of whom the few are.
fn list_alike(figures: &mut Vec<Figure>) {
    let mut listed = Vec::with_capacity(figures.len());
    let all = std::mem::take(figures);
    for indicator in all.chunk_by(|a, b| a.indicator == b.indicator) {
        let blocks: Vec<&[Figure]> = indicator
            .chunk_by(|a, b| (a.scope, a.period) == (b.scope, b.period))
            .collect();
        let is_hidden = |block: &[Figure]| block[0].value == Value::Suppressed;
        let mut open: Vec<(Option<usize>, &str)> = Vec::new();
        let mut met = BTreeSet::new();
        for cell in blocks
            .iter()
            .filter(|block| !is_hidden(block))
            .flat_map(|block| &block[1..])
        {
            let cell = (cell.disaggregation, cell.category.as_str());
            if met.insert(cell) {
                open.push(cell);
            }
        }
        open.sort_by_key(|cell| cell.0);
        for block in blocks {
            listed.push(block[0].clone());
            if is_hidden(block) {
                listed.extend(open.iter().map(|cell| hidden_cell(block, *cell)));
            } else {
                listed.extend_from_slice(&block[1..]);
            }
        }
    }
    *figures = listed;
}

/// A cell of a hidden total: with its own target where it is there.
fn hidden_cell(block: &[Figure], (disaggregation, category): (Option<usize>, &str)) -> Figure {
    let mut own = block.iter();
    let own = own.find(|cell| cell.disaggregation == disaggregation && cell.category == category);
    let mut cell = Figure {
        disaggregation,
        category: category.to_owned(),
        target: own.and_then(|cell| cell.target),
        ..block[0].clone()
    };
    hide(&mut cell);
    cell
}
