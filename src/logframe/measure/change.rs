//! A value before against a value after, within a row or within a person.

use std::collections::BTreeMap;

use super::{Context, Counts, total};
use crate::logframe::items::{Beside, Item, Of, UNIT, units};
use crate::logframe::newcomers::Partition;
use crate::project::model::{Change, ChangeOf, Per};

/// What those who have both values come to.
pub(super) fn count(context: &Context, change: &Change, items: &[Item]) -> Counts {
    let sum = |changes: Vec<(i64, Vec<Item>)>| total(changes.into_iter().map(|(amount, _)| amount));
    let counted = match change.what {
        ChangeOf::Pairs | ChangeOf::Improved { .. } => true,
        ChangeOf::Before | ChangeOf::After | ChangeOf::Difference => false,
    };
    if change.per == Per::Person && counted {
        return Counts::distinct(|partition| sum(person_changes(context, change, partition, items)));
    }
    Counts::plain(sum(contributions(context, change, items)))
}

/// What each row or person with both values adds, with the items it rests on.
pub(in crate::logframe) fn contributions(context: &Context, change: &Change, items: &[Item]) -> Vec<(i64, Vec<Item>)> {
    if change.per == Per::Person {
        return person_changes(context, change, Partition::Best, items);
    }
    let of_row = |item: &Item| match scores(context, item) {
        [Some(before), Some(after)] => Some((added(change.what, before, after)?, vec![*item])),
        _ => None,
    };
    items.iter().filter_map(of_row).collect()
}

/// What each person with both values adds: the latest row of each counts.
fn person_changes(context: &Context, change: &Change, partition: Partition, items: &[Item]) -> Vec<(i64, Vec<Item>)> {
    let mut latest: BTreeMap<u32, [Option<(i64, Item)>; 2]> = BTreeMap::new();
    for item in items {
        let Some(block) = partition.block(item) else { continue };
        for (side, score) in scores(context, item).into_iter().enumerate() {
            let Some(score) = score else { continue };
            let known = &mut latest.entry(block).or_default()[side];
            if known.is_none_or(|(_, known)| when(context, &known) <= when(context, item)) {
                *known = Some((score, *item));
            }
        }
    }
    let both = latest.into_values().filter_map(|[before, after]| before.zip(after));
    both.filter_map(|((before, first), (after, second))| {
        Some((added(change.what, before, after)?, vec![first, second]))
    })
    .collect()
}

fn scores(context: &Context, item: &Item) -> [Option<i64>; 2] {
    match (context.beside, item.of) {
        (Beside::Scores(scores), Of::Contact(contact)) => scores[contact as usize],
        _ => [None, None],
    }
}

/// Day, time where one is written, row.
fn when(context: &Context, item: &Item) -> (chrono::NaiveDate, Option<u32>, Option<crate::ingest::records::Place>) {
    let Of::Contact(contact) = item.of else {
        return (item.date, None, None);
    };
    let place = context.facts.contacts[contact as usize].places.first().copied();
    (item.date, context.times.get(contact as usize).copied().flatten(), place)
}

/// What a pair of values adds, in [`UNIT`]s.
fn added(what: ChangeOf, before: i64, after: i64) -> Option<i64> {
    match what {
        ChangeOf::Pairs => Some(UNIT),
        ChangeOf::Before => Some(before),
        ChangeOf::After => Some(after),
        ChangeOf::Difference => Some(after.saturating_sub(before)),
        ChangeOf::Improved { at_least, relative } => {
            let (risen, least) = (i128::from(after) - i128::from(before), i128::from(units(at_least)?));
            // Whole numbers: a fifth of ten is two.
            let enough = if relative {
                risen * i128::from(UNIT) >= least * i128::from(before).abs()
            } else {
                risen >= least
            };
            (enough && (risen > 0 || least < 0)).then_some(UNIT)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_a_fifth_counts_and_nothing_does_not() {
        let improved = |at_least, relative, before: i64, after: i64| {
            added(ChangeOf::Improved { at_least, relative }, before * UNIT, after * UNIT).is_some()
        };
        assert!(improved(0.2, true, 10, 12));
        assert!(!improved(0.2, true, 11, 13));
        assert!(improved(0.2, true, 15, 18));
        assert!(!improved(0.0, false, 10, 10));
        assert!(improved(0.0, false, 10, 11));
        assert!(improved(3.0, false, 10, 13));
        assert!(improved(0.2, true, 0, 1));
        assert!(!improved(0.2, true, 0, 0));
    }
}
