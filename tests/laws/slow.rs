//! The same figures, computed the slow and simple way: every question asked again of every head, in loops.

#[path = "slow/codes.rs"]
mod codes;
#[path = "slow/heads.rs"]
mod heads;
#[path = "slow/numbers.rs"]
mod numbers;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use tallyframe::logframe::figures::Figure;
use tallyframe::project::model::{Counted, Derivation, Measure, Per, Rule};

use crate::world::World;
use codes::{cells, codes, passes};
use heads::{Head, universe};

/// A value with its range.
#[derive(Debug)]
pub(crate) struct Slow {
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
}

type Days = (NaiveDate, NaiveDate);

/// The value of a figure's cell between two days.
pub(crate) fn evaluate(world: &World, figure: &Figure, days: Days) -> Slow {
    let (values, distinct) = values(world, figure.indicator, figure.disaggregation, &figure.category, days);
    let decimals = world.project.indicators[figure.indicator].decimals;
    spread(values.map(|value| value.map(|value| round(value, decimals))), distinct)
}

/// The unrounded value in the best, low and high partition, and whether they may differ.
fn values(world: &World, at: usize, cut: Option<usize>, category: &str, days: Days) -> ([Option<f64>; 3], bool) {
    let cell = cut.map(|cut| (cut, category));
    let of = |counted: &Counted| count(world, at, counted, cell, days);
    match &world.project.indicators[at].rule {
        Rule::Single(counted) => of(counted),
        Rule::Ratio {
            numerator,
            denominator,
            times,
        } => {
            let ((above, a), (below, b)) = (of(numerator), of(denominator));
            let divide = |at: usize| {
                let (above, below) = (above[at].unwrap_or(0.0), below[at].unwrap_or(0.0));
                (below != 0.0).then(|| above * f64::from(*times) / below)
            };
            ([divide(0), divide(1), divide(2)], a || b)
        }
        Rule::Derived { how, of, times } => {
            let inputs: Option<Vec<f64>> = of
                .iter()
                .map(|input| values(world, *input, None, "", days).0[0])
                .collect();
            ([derived(*how, f64::from(*times), inputs); 3], false)
        }
    }
}

fn derived(how: Derivation, times: f64, inputs: Option<Vec<f64>>) -> Option<f64> {
    let inputs = inputs?;
    match how {
        Derivation::Sum => Some(inputs.iter().sum()),
        Derivation::Difference => Some(inputs[0] - inputs[1..].iter().sum::<f64>()),
        Derivation::Quotient => {
            let below = inputs.get(1).copied().filter(|below| *below != 0.0)?;
            Some(inputs[0] * times / below)
        }
    }
}

/// Half away from zero.
pub(crate) fn round(number: f64, decimals: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(decimals));
    let rounded = (number.abs() * scale + 0.5 + 1e-7).floor() / scale;
    if number < 0.0 { -rounded } else { rounded }
}

fn spread(by: [Option<f64>; 3], distinct: bool) -> Slow {
    let known: Vec<f64> = by.into_iter().flatten().collect();
    let ranged = distinct && by[0].is_some();
    Slow {
        value: by[0],
        low: ranged.then(|| known.iter().copied().fold(f64::INFINITY, f64::min)),
        high: ranged.then(|| known.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
    }
}

/// Every category that something falls into.
pub(crate) fn categories(world: &World, indicator: usize, cut: usize, days: Days) -> BTreeSet<String> {
    let sides: Vec<&Counted> = match &world.project.indicators[indicator].rule {
        Rule::Single(counted) => vec![counted],
        Rule::Ratio {
            numerator, denominator, ..
        } => vec![numerator, denominator],
        Rule::Derived { .. } => Vec::new(),
    };
    let mut names = BTreeSet::new();
    for counted in sides {
        for head in counted_heads(world, counted, days) {
            names.extend(cells(world, indicator, cut, counted, &head, days));
        }
    }
    names
}

fn count(
    world: &World,
    indicator: usize,
    counted: &Counted,
    cell: Option<(usize, &str)>,
    days: Days,
) -> ([Option<f64>; 3], bool) {
    let mut heads = counted_heads(world, counted, days);
    if let Some((cut, name)) = cell {
        heads.retain(|head| {
            cells(world, indicator, cut, counted, head, days)
                .iter()
                .any(|cell| cell == name)
        });
    }
    if let Some(values) = numbers::value(world, counted, &heads, days) {
        return values;
    }
    if !counts_persons(&counted.measure) {
        let sum: f64 = heads.iter().map(|head| head.amount).sum();
        return ([Some(sum); 3], false);
    }
    let persons = |partition: usize| {
        let blocks: BTreeSet<u32> = heads
            .iter()
            .filter_map(|head| head.person)
            .map(|who| who[partition])
            .collect();
        let counts = |block: &&u32| {
            let own: Vec<&Head> = heads
                .iter()
                .filter(|head| head.person.is_some_and(|who| who[partition] == **block))
                .collect();
            match &counted.measure {
                Measure::NewPeople => codes::is_new(world, counted, partition, **block, days),
                Measure::ReturningPeople => !codes::is_new(world, counted, partition, **block, days),
                Measure::PeopleWith { of, min } => {
                    let shown = own.iter().flat_map(|head| codes(world, counted, of, head, days));
                    shown.filter(|code| code != "unknown").collect::<BTreeSet<_>>().len() >= *min as usize
                }
                Measure::PeopleWithContacts { min } => {
                    own.iter().map(|head| head.session).collect::<BTreeSet<_>>().len() >= *min as usize
                }
                _ => true,
            }
        };
        Some(blocks.iter().filter(counts).count() as f64)
    };
    ([persons(0), persons(1), persons(2)], true)
}

fn counts_persons(measure: &Measure) -> bool {
    matches!(
        measure,
        Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::PeopleWith { .. }
            | Measure::PeopleWithContacts { .. }
            | Measure::CompletedPeople { .. }
            | Measure::DroppedOut { .. }
    )
}

/// Whether every person has one age in a window.
fn about_persons(measure: &Measure) -> bool {
    let other = match measure {
        Measure::PeopleListed { .. } | Measure::BedNights | Measure::PeakNight => true,
        Measure::Statistic { per, .. } => *per == Per::Person,
        Measure::Change(change) => change.per == Per::Person,
        _ => false,
    };
    other || counts_persons(measure)
}

/// Everything the measure could count that passes the filter within the days.
fn counted_heads(world: &World, counted: &Counted, days: Days) -> Vec<Head> {
    let mut heads = universe(world, counted);
    let last = days.1.min(world.last);
    heads.retain(|head| match counted.measure {
        Measure::PeopleListed { .. } => true,
        Measure::BedNights | Measure::PeakNight => {
            head.date <= last && head.until.is_none_or(|until| until > days.0 && until > head.date)
        }
        Measure::OpenAtEnd { .. } => head.date <= last && head.until.is_none_or(|until| until > last),
        Measure::Ended { .. } | Measure::Days { .. } => days.0 <= head.date && head.date <= last,
        _ => days.0 <= head.date && head.date <= days.1,
    });
    heads.retain(|head| passes(world, counted, &counted.filter, head, days));
    heads
}
