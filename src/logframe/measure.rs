//! Measures: from the items of a cell to its value.

use super::items::{Item, Of, UNIT};
use super::newcomers::{Newcomers, Partition};
use crate::people::facts::Facts;
use crate::project::model::{Class, Measure};

/// What a measure needs to know beside its items.
pub(super) struct Context<'a> {
    pub(super) facts: &'a Facts,
    pub(super) measure: &'a Measure,
    pub(super) class: Class,
    pub(super) newcomers: &'a Newcomers,
    pub(super) start: chrono::NaiveDate,
    pub(super) end: chrono::NaiveDate,
}

/// The value of a cell over the three partitions: the best decision, low, high.
///
/// Distinct counts differ between them; everything else is counted once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counts {
    /// Best, all undecided pairs joined, all undecided pairs apart.
    pub(super) by: [f64; 3],
    /// Whether the partitions can differ.
    pub(super) distinct: bool,
    /// Whether nothing at all was recorded.
    pub(super) blank: bool,
}

/// Marks of what was met already, kept between cells so that a cell costs no more than its items.
#[derive(Default)]
pub(super) struct Scratch {
    marks: Vec<u32>,
    round: u32,
}

impl Scratch {
    fn start(&mut self) {
        if self.round == u32::MAX {
            self.marks.clear();
            self.round = 0;
        }
        self.round += 1;
    }

    fn first_time(&mut self, block: u32) -> bool {
        let block = block as usize;
        if self.marks.len() <= block {
            self.marks.resize(block + 1, 0);
        }
        std::mem::replace(&mut self.marks[block], self.round) != self.round
    }
}

/// Whether a measure counts persons.
pub(super) fn counts_persons(measure: &Measure) -> bool {
    match measure {
        Measure::People | Measure::NewPeople | Measure::ReturningPeople | Measure::PeopleWith { .. } => true,
        Measure::Sessions | Measure::Contacts(_) | Measure::Statistic { .. } | Measure::Findings { .. } => false,
        _ => todo!(),
    }
}

/// Counts the items of a cell.
pub(super) fn count(context: &Context, items: &[Item], scratch: &mut Scratch) -> Counts {
    if counts_persons(context.measure) {
        let of = |partition, scratch: &mut Scratch| persons(context, partition, items, scratch).len() as f64;
        return Counts {
            by: Partition::ALL.map(|partition| of(partition, scratch)),
            distinct: true,
            blank: false,
        };
    }
    let counted = standing(context, items);
    let total: i128 = counted.iter().map(|item| i128::from(item.amount)).sum();
    let blank = matches!(context.measure, Measure::Statistic { .. }) && items.is_empty();
    Counts {
        by: [total as f64 / UNIT as f64; 3],
        distinct: false,
        blank,
    }
}

/// The items that stand: all of them, or those of the last day for an amount of which the last value holds.
pub(super) fn standing<'a>(context: &Context, items: &'a [Item]) -> &'a [Item] {
    match (context.measure, context.class, items.last()) {
        (Measure::Statistic { .. }, Class::Level, Some(last)) => {
            &items[items.partition_point(|item| item.date < last.date)..]
        }
        _ => items,
    }
}

/// The persons that a measure counts in a cell, in order of their first item.
pub(super) fn persons(context: &Context, partition: Partition, items: &[Item], scratch: &mut Scratch) -> Vec<u32> {
    scratch.start();
    let blocks = items.iter().filter_map(|item| partition.block(item));
    let mut blocks: Vec<u32> = blocks.filter(|block| scratch.first_time(*block)).collect();
    let is_new = |block: &u32| context.newcomers.is_new(partition, *block, context.start, context.end);
    match context.measure {
        Measure::NewPeople => blocks.retain(is_new),
        Measure::ReturningPeople => blocks.retain(|block| !is_new(block)),
        Measure::PeopleWith { min, .. } => {
            let served = services(context, partition, items);
            blocks.retain(|block| served.get(*block as usize).is_some_and(|services| services >= min));
        }
        Measure::People
        | Measure::Sessions
        | Measure::Contacts(_)
        | Measure::Statistic { .. }
        | Measure::Findings { .. } => {}
        _ => todo!(),
    }
    blocks
}

/// In how many activities each person has a contact.
fn services(context: &Context, partition: Partition, items: &[Item]) -> Vec<u32> {
    let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(items.len());
    for item in items {
        if let (Of::Contact(contact), Some(block)) = (item.of, partition.block(item)) {
            pairs.push((block, context.facts.contacts[contact as usize].activity.0));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut services = vec![0; pairs.last().map_or(0, |(block, _)| *block as usize + 1)];
    for (block, _) in pairs {
        services[block as usize] += 1;
    }
    services
}
