//! Nights of stays (rule 13): `check-in ≤ night < check-out`, one for each person and night, an open stay to the end.

use chrono::{Days, NaiveDate};

use super::Context;
use crate::logframe::items::{Beside, Item, Of};
use crate::logframe::newcomers::Partition;

/// The nights of an item's stay within the window: the first, and the day after the last.
fn nights(context: &Context, item: &Item) -> Option<(NaiveDate, NaiveDate)> {
    let (Of::Contact(contact), Beside::Stays(stays)) = (item.of, context.beside) else {
        return None;
    };
    let (from, to) = stays[contact as usize];
    let end = context.last.checked_add_days(Days::new(1))?;
    let (from, to) = (from.max(context.moment.start), to.unwrap_or(end).min(end));
    (from < to).then_some((from, to))
}

/// The stays of a cell by person, each with its nights in the window.
fn stays(context: &Context, partition: Partition, items: &[Item]) -> Vec<(u32, NaiveDate, NaiveDate, Of)> {
    let stay = |item: &Item| {
        let (from, to) = nights(context, item)?;
        Some((partition.block(item)?, from, to, item.of))
    };
    let mut stays: Vec<_> = items.iter().filter_map(stay).collect();
    stays.sort_unstable();
    stays
}

/// The nights that each stay adds; a night that an earlier stay of the person has is not added again.
pub(in crate::logframe) fn nights_by_stay(context: &Context, partition: Partition, items: &[Item]) -> Vec<(Of, i64)> {
    let mut counted = Vec::new();
    for own in stays(context, partition, items).chunk_by(|a, b| a.0 == b.0) {
        let mut covered = NaiveDate::MIN;
        for (_, from, to, of) in own {
            let nights = (*to - (*from).max(covered)).num_days();
            if nights > 0 {
                counted.push((*of, nights));
            }
            covered = covered.max(*to);
        }
    }
    counted
}

/// The first of the nights with most persons, and how many these are.
pub(in crate::logframe) fn peak(context: &Context, partition: Partition, items: &[Item]) -> (Option<NaiveDate>, i64) {
    let mut steps: Vec<(NaiveDate, i64)> = Vec::new();
    for own in stays(context, partition, items).chunk_by(|a, b| a.0 == b.0) {
        let mut covered = NaiveDate::MIN;
        for (_, from, to, _) in own {
            let from = (*from).max(covered);
            if from < *to {
                steps.extend([(from, 1), (*to, -1)]);
                covered = *to;
            }
        }
    }
    steps.sort_unstable();
    let (mut here, mut most) = (0, (None, 0));
    for day in steps.chunk_by(|a, b| a.0 == b.0) {
        here += day.iter().map(|(_, step)| step).sum::<i64>();
        if here > most.1 {
            most = (Some(day[0].0), here);
        }
    }
    most
}

/// The persons of a cell who are there on a night, each with the stays.
pub(in crate::logframe) fn there(context: &Context, night: NaiveDate, items: &[Item]) -> Vec<(u32, Vec<Of>)> {
    let all = stays(context, Partition::Best, items);
    let on_night: Vec<_> = all
        .into_iter()
        .filter(|(_, from, to, _)| *from <= night && night < *to)
        .collect();
    let persons = on_night.chunk_by(|a, b| a.0 == b.0);
    persons
        .map(|own| (own[0].0, own.iter().map(|(_, _, _, of)| *of).collect()))
        .collect()
}

/// Places × nights of the window, by the capacity of each night.
pub(in crate::logframe) fn capacity(context: &Context) -> i64 {
    let Some(end) = context.last.checked_add_days(Days::new(1)) else {
        return 0;
    };
    let known = &context.project.capacity;
    let until = |at: usize| known.get(at + 1).map_or(end, |(day, _)| (*day).min(end));
    let nights = known.iter().enumerate().map(|(at, (from, places))| {
        let nights = (until(at) - (*from).max(context.moment.start)).num_days();
        i64::from(*places) * nights.max(0)
    });
    nights.sum()
}
