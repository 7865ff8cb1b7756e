//! Measures that are more than a number of heads.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use tallyframe::people::facts::Attribute;
use tallyframe::project::model::{Change, ChangeOf, Counted, Measure, Per, Statistic, Subject};

use super::codes::{codes, passes};
use super::heads::{Head, number};
use super::{Days, World};

/// The value where the measure is one of these; no value is no data.
pub(super) fn value(world: &World, counted: &Counted, heads: &[Head], days: Days) -> Option<([Option<f64>; 3], bool)> {
    let plain = |value: usize| Some(([Some(value as f64); 3], false));
    match &counted.measure {
        Measure::PeopleListed { .. } => plain(heads.len()),
        Measure::Households => plain(
            heads
                .iter()
                .map(|head| household(world, head))
                .collect::<BTreeSet<_>>()
                .len(),
        ),
        Measure::Different { field } => {
            let subject = Subject::Field(field.clone());
            let shown = heads
                .iter()
                .flat_map(|head| codes(world, counted, &subject, head, days));
            plain(shown.filter(|code| code != "unknown").collect::<BTreeSet<_>>().len())
        }
        Measure::Constant(number) => plain(*number as usize),
        Measure::CapacityNights => plain(all_days(world, days).map(|night| capacity(world, night)).sum()),
        Measure::BedNights => Some((
            [0, 1, 2].map(|at| Some(nights(world, heads, at, days).len() as f64)),
            true,
        )),
        Measure::PeakNight => {
            let most = |at: usize| {
                let nights = nights(world, heads, at, days);
                let here = |day| nights.iter().filter(|(_, night)| *night == day).count();
                all_days(world, days).map(here).max().unwrap_or(0)
            };
            Some(([0, 1, 2].map(|at| Some(most(at) as f64)), true))
        }
        Measure::Statistic { of, per, .. } => Some(([statistic(world, *of, *per, heads); 3], false)),
        Measure::Change(change) => Some(changes(world, counted, change, heads)),
        _ => None,
    }
}

fn household(world: &World, head: &Head) -> u32 {
    let contact = &world.facts.contacts[head.contact.expect("a contact")];
    contact.household.expect("a person's household")
}

fn all_days(world: &World, days: Days) -> impl Iterator<Item = NaiveDate> {
    let last = days.1.min(world.last);
    days.0.iter_days().take_while(move |day| *day <= last)
}

fn capacity(world: &World, night: NaiveDate) -> usize {
    let before = world.project.capacity.iter().filter(|(from, _)| *from <= night);
    before
        .max_by_key(|(from, _)| *from)
        .map_or(0, |(_, places)| *places as usize)
}

/// Every night of every person, once.
fn nights(world: &World, heads: &[Head], partition: usize, days: Days) -> BTreeSet<(u32, NaiveDate)> {
    let mut nights = BTreeSet::new();
    for head in heads {
        let who = head.person.expect("a person")[partition];
        for night in all_days(world, days) {
            if head.date <= night && head.until.is_none_or(|until| night < until) {
                nights.insert((who, night));
            }
        }
    }
    nights
}

fn kids(world: &World, head: &Head) -> Option<f64> {
    let person = &world.facts.persons[head.person?[0] as usize];
    person.attributes.iter().find_map(|(_, known)| match known {
        Attribute::Number(number) => Some(*number),
        _ => None,
    })
}

fn statistic(world: &World, of: Statistic, per: Per, heads: &[Head]) -> Option<f64> {
    let mut numbers: Vec<f64> = match per {
        Per::Person | Per::Household => {
            let mut once: BTreeMap<u32, f64> = BTreeMap::new();
            for head in heads {
                let key = if per == Per::Person {
                    head.person?[0]
                } else {
                    household(world, head)
                };
                if let Some(kids) = kids(world, head) {
                    let known = once.entry(key).or_insert(kids);
                    *known = known.max(kids);
                }
            }
            once.into_values().collect()
        }
        _ => heads.iter().map(|head| head.amount).collect(),
    };
    numbers.sort_by(f64::total_cmp);
    let (count, sum) = (numbers.len(), numbers.iter().sum::<f64>());
    if count == 0 {
        return None;
    }
    Some(match of {
        Statistic::Sum => sum,
        Statistic::Mean => sum / count as f64,
        Statistic::Median => f64::midpoint(numbers[(count - 1) / 2], numbers[count / 2]),
        Statistic::Minimum => numbers[0],
        Statistic::Maximum => numbers[count - 1],
    })
}

fn changes(world: &World, counted: &Counted, change: &Change, heads: &[Head]) -> ([Option<f64>; 3], bool) {
    let all = (world.project.start, world.project.end);
    let score = |head: &Head, before: bool| {
        let (side, field) = if before {
            (&change.before, 1)
        } else {
            (&change.after, 6)
        };
        let passed = passes(world, counted, &side.filter, head, all);
        number(world, head.row?, field).filter(|_| passed)
    };
    let of = |partition: usize| {
        let mut pairs: BTreeMap<usize, [Option<f64>; 2]> = BTreeMap::new();
        for (at, head) in heads.iter().enumerate() {
            let key = match change.per {
                Per::Person => head.person.expect("a person")[partition] as usize,
                _ => at,
            };
            let pair = pairs.entry(key).or_default();
            *pair = [score(head, true).or(pair[0]), score(head, false).or(pair[1])];
        }
        let both = pairs
            .values()
            .filter_map(|[before, after]| Some(added(change.what, (*before)?, (*after)?)));
        Some(both.sum())
    };
    let counts = matches!(change.what, ChangeOf::Pairs | ChangeOf::Improved { .. });
    if counts && change.per == Per::Person {
        return ([of(0), of(1), of(2)], true);
    }
    ([of(0); 3], false)
}

fn added(what: ChangeOf, before: f64, after: f64) -> f64 {
    match what {
        ChangeOf::Pairs => 1.0,
        ChangeOf::Before => before,
        ChangeOf::After => after,
        ChangeOf::Difference => after - before,
        ChangeOf::Improved { at_least, relative } => {
            let least = if relative { at_least * before } else { at_least };
            f64::from(u8::from(after > before && after - before > least - 1e-9))
        }
    }
}
