//! Statistics of numbers.

use super::{Context, Counts, person_numbers};
use crate::logframe::items::Item;
use crate::project::model::{Class, Measure, Per, Statistic};

/// A statistic of a cell's numbers; nothing recorded is no data.
pub(super) fn count(context: &Context, of: Statistic, per: Per, items: &[Item]) -> Counts {
    let mut numbers: Vec<i64> = match per {
        Per::Row | Per::Session | Per::Cycle | Per::Attendance => {
            standing(context, items).iter().map(|item| item.amount).collect()
        }
        Per::Person | Per::Household => person_numbers(context, items)
            .into_iter()
            .map(|(number, _)| number)
            .collect(),
    };
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    let (picked, per) = match (of, numbers.as_slice()) {
        (_, []) => return Counts::blank(),
        (Statistic::Sum, all) => (all, 1),
        (Statistic::Mean, all) => (all, all.len()),
        (Statistic::Median, all) if all.len() % 2 == 0 => (&all[middle - 1..=middle], 2),
        (Statistic::Median, all) => (&all[middle..=middle], 1),
        (Statistic::Minimum, all) => (&all[..1], 1),
        (Statistic::Maximum, all) => (&all[all.len() - 1..], 1),
    };
    let counts = Counts::amounts(picked.iter().copied());
    Counts {
        per: counts.per * per as f64,
        ..counts
    }
}

/// The items that stand: all of them, or those of the last day for an amount of which the last value holds.
pub(in crate::logframe) fn standing<'a>(context: &Context, items: &'a [Item]) -> &'a [Item] {
    match (context.measure, context.class, items.last()) {
        (Measure::Statistic { .. }, Class::Level, Some(last)) => {
            &items[items.partition_point(|item| item.date < last.date)..]
        }
        _ => items,
    }
}
