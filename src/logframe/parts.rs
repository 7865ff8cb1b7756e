//! Parts: the items of one side cut by a breakdown once, where the cut is the same in every window.
//!
//! A window then takes a stretch of each part instead of looking at every item again.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cells::{Cell, Cut};
use super::columns::Moment;
use super::compute::Occasion;
use super::engine::{Engine, Prepared, Sides};
use super::items::Item;
use super::measure::{Scratch, is_by_block};
use super::stretch::Stretch;
use crate::people::facts::Facts;
use crate::project::model::Indicator;

/// Items cut at a time on one thread.
const AT_A_TIME: usize = 1 << 16;

/// The items of one side by the codes of a breakdown; in each, by date.
pub(super) struct Parts(BTreeMap<u64, Vec<Item>>);

impl Parts {
    fn of(facts: &Facts, cut: &Cut, items: &[Item], at: &Moment) -> Self {
        let chunks: Vec<_> = items
            .par_chunks(AT_A_TIME)
            .map(|items| cut.by_code(facts, items, at))
            .collect();
        let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
        for (code, items) in chunks.iter().flatten() {
            *sizes.entry(*code).or_default() += items.len();
        }
        let whole = |(code, size)| (code, Vec::with_capacity(size));
        let mut parts: BTreeMap<u64, Vec<Item>> = sizes.into_iter().map(whole).collect();
        for (code, items) in chunks.into_iter().flatten() {
            if let Some(part) = parts.get_mut(&code) {
                part.extend(items);
            }
        }
        Self(parts)
    }

    fn within(&self, stretch: Stretch) -> BTreeMap<u64, Cow<'_, [Item]>> {
        let parts = self.0.iter().map(|(code, items)| (*code, stretch.of(items)));
        parts
            .filter(|(_, items)| !items.is_empty())
            .map(|(code, items)| (code, Cow::Borrowed(items)))
            .collect()
    }
}

/// A breakdown of an indicator with the parts of both its sides, where these are the same in every window.
pub(super) struct Breakdown<'e> {
    cut: Cut<'e>,
    above: Option<Parts>,
    below: Option<Parts>,
}

impl Engine<'_> {
    /// A breakdown ready for every window.
    pub(super) fn breakdown<'e>(&'e self, indicator: &'e Indicator, sides: &Sides, cut: usize) -> Breakdown<'e> {
        let cut = self.cut(indicator, cut);
        let below = sides.denominator.as_ref();
        Breakdown {
            above: self.parts(&sides.numerator, &cut),
            below: below.and_then(|(side, _)| self.parts(side, &cut)),
            cut,
        }
    }

    fn parts(&self, side: &Prepared, cut: &Cut) -> Option<Parts> {
        let same = !cut.depends_on_window() && side.is_cut_by_days();
        same.then(|| Parts::of(self.facts, cut, side.all_items(), &self.whole_of(side)))
    }

    /// The cells of both sides of a breakdown in a window, for counting: where a measure counts persons whatever they
    /// did, and every person stands in one cell, only one item of each is among the items of a cell.
    pub(super) fn counted_cells<'s>(
        &'s self,
        sides: &'s Sides,
        breakdown: &'s Breakdown,
        occasion: Occasion,
        scratch: &mut Scratch,
    ) -> (Vec<Cell<'s>>, Option<Vec<Cell<'s>>>) {
        let above = self.side_cells(
            &sides.numerator,
            (&breakdown.cut, breakdown.above.as_ref()),
            occasion,
            scratch,
        );
        let below = sides
            .denominator
            .as_ref()
            .map(|(side, _)| self.side_cells(side, (&breakdown.cut, breakdown.below.as_ref()), occasion, scratch));
        (above, below)
    }

    fn side_cells<'s>(
        &'s self,
        side: &'s Prepared,
        (cut, parts): (&'s Cut, Option<&'s Parts>),
        (scope, period): Occasion,
        scratch: &mut Scratch,
    ) -> Vec<Cell<'s>> {
        if let (Some(parts), Some(stretch)) = (parts, self.stretch(side, scope, period)) {
            return cut.named(parts.within(stretch));
        }
        if is_by_block(&side.counted.measure) && cut.is_one_per_person() {
            let selection = self.selection(side, scope, period);
            let once = scratch.once_a_person(&selection);
            return cut.cells(self.facts, &once, &self.moment_of(side, scope, period));
        }
        self.cells(side, cut, scope, period)
    }
}
