//! Different persons.

use super::{Context, Scratch};
use crate::logframe::items::{Item, Of};
use crate::logframe::newcomers::Partition;
use crate::project::model::Measure;

/// The persons that a measure counts in a cell, in order of their first item.
pub(in crate::logframe) fn persons(
    context: &Context,
    partition: Partition,
    items: &[Item],
    scratch: &mut Scratch,
) -> Vec<u32> {
    scratch.start();
    let blocks = items.iter().filter_map(|item| partition.block(item));
    let mut blocks: Vec<u32> = blocks.filter(|block| scratch.first_time(*block)).collect();
    let moment = &context.moment;
    let is_new = |block: &u32| moment.newcomers.is_new(partition, *block, moment.start, moment.end);
    match context.measure {
        Measure::NewPeople => blocks.retain(is_new),
        Measure::ReturningPeople => blocks.retain(|block| !is_new(block)),
        Measure::PeopleWith { min, .. } => keep(&mut blocks, *min, values(context, partition, items)),
        Measure::PeopleWithContacts { min } => keep(&mut blocks, *min, sessions(context, partition, items)),
        Measure::Sessions
        | Measure::Contacts(_)
        | Measure::People
        | Measure::PeopleListed { .. }
        | Measure::Households
        | Measure::Different { .. }
        | Measure::Cycles
        | Measure::Enrolments
        | Measure::CompletedEnrolments { .. }
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. }
        | Measure::Statistic { .. }
        | Measure::Items { .. }
        | Measure::BedNights
        | Measure::CapacityNights
        | Measure::PeakNight
        | Measure::Days { .. }
        | Measure::OpenAtEnd { .. }
        | Measure::Ended { .. }
        | Measure::Change(_)
        | Measure::Constant(_)
        | Measure::Findings { .. } => {}
    }
    blocks
}

/// Keeps the blocks with at least `min` different things.
fn keep(blocks: &mut Vec<u32>, min: u32, mut pairs: Vec<(u32, u32)>) {
    pairs.sort_unstable();
    pairs.dedup();
    let mut counts = vec![0_u32; pairs.last().map_or(0, |(block, _)| *block as usize + 1)];
    for (block, _) in pairs {
        counts[block as usize] += 1;
    }
    blocks.retain(|block| counts.get(*block as usize).copied().unwrap_or(0) >= min);
}

/// The values of the subject that each person's contacts show.
fn values(context: &Context, partition: Partition, items: &[Item]) -> Vec<(u32, u32)> {
    let Some(column) = context.of else { return Vec::new() };
    let (mut pairs, mut scratch) = (Vec::with_capacity(items.len()), Vec::new());
    for item in items {
        if let Some(block) = partition.block(item) {
            scratch.clear();
            column.categories(context.facts, item, &context.moment, &mut scratch);
            pairs.extend(scratch.iter().map(|category| (block, *category)));
        }
    }
    pairs
}

/// The sessions of each person.
fn sessions(context: &Context, partition: Partition, items: &[Item]) -> Vec<(u32, u32)> {
    let session = |item: &Item| match item.of {
        Of::Contact(contact) => Some((
            partition.block(item)?,
            context.facts.contacts[contact as usize].session.0,
        )),
        Of::Session(_) | Of::Log(_) | Of::Cycle(_) | Of::Enrolment(_) | Of::Person(_) | Of::Finding(_) => None,
    };
    items.iter().filter_map(session).collect()
}
