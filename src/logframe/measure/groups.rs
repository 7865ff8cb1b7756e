//! Contacts that count together: households, different values of a field, and what is taken once for each person
//! or household.

use std::collections::BTreeMap;

use super::Context;
use crate::logframe::items::{Beside, Item, Of};
use crate::logframe::newcomers::Partition;
use crate::project::model::{Measure, Per};

/// The items of a cell by what they count for: the household, the value of the field, or the person.
pub(in crate::logframe) fn groups(context: &Context, items: &[Item]) -> BTreeMap<u32, Vec<Item>> {
    let mut groups: BTreeMap<u32, Vec<Item>> = BTreeMap::new();
    let mut keys = Vec::new();
    for item in items {
        keys.clear();
        match context.measure {
            Measure::Different { .. } => {
                if let Some(column) = context.of {
                    column.categories(context.facts, item, &context.moment, &mut keys);
                }
            }
            Measure::Statistic { per: Per::Person, .. } => keys.extend(Partition::Best.block(item)),
            Measure::Sessions
            | Measure::Contacts(_)
            | Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::PeopleWith { .. }
            | Measure::PeopleWithContacts { .. }
            | Measure::PeopleListed { .. }
            | Measure::Households
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
            | Measure::Findings { .. } => keys.extend(household(context, item)),
        }
        for key in &keys {
            groups.entry(*key).or_default().push(*item);
        }
    }
    groups
}

fn household(context: &Context, item: &Item) -> Option<u32> {
    match item.of {
        Of::Contact(contact) => context.facts.contacts[contact as usize].household,
        Of::Session(_) | Of::Log(_) | Of::Cycle(_) | Of::Enrolment(_) | Of::Person(_) | Of::Finding(_) => None,
    }
}

/// The number of each person or household among the items, with the items; the largest of a household's.
pub(in crate::logframe) fn person_numbers(context: &Context, items: &[Item]) -> Vec<(i64, Vec<Item>)> {
    let Beside::Numbers(numbers) = context.beside else {
        return Vec::new();
    };
    let number = |item: &Item| numbers[Partition::Best.block(item)? as usize];
    let groups = groups(context, items).into_values();
    groups
        .filter_map(|items| Some((items.iter().filter_map(number).max()?, items)))
        .collect()
}
