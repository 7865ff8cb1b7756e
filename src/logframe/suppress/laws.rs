//! Laws among numbers, as a reader of the report knows them: what adds up to what. A law is taken only where the true
//! numbers keep it.

use std::collections::BTreeMap;

use super::net::{Cell, Net, Place, Window, evidence};
use super::windows::{Tiling, tilings};
use crate::logframe::engine::Engine;
use crate::logframe::measure::{AddsUp, adds_up};
use crate::project::model::{Class, Evidence, Measure};

/// Finds all laws.
pub(super) fn bind(engine: &Engine, net: &mut Net) {
    cells(net);
    unions(net);
    time(engine, net);
    measures(net);
}

/// The first number of each place.
fn firsts(net: &Net) -> Vec<(Place, usize)> {
    net.places
        .iter()
        .map(|(place, nodes)| (place.clone(), nodes[0]))
        .collect()
}

/// The place of the cell one subject coarser.
fn above(place: &Place, subject: usize) -> Place {
    let mut above = place.clone();
    above.cell.remove(subject);
    above
}

/// Cells add up to the coarser cell; tables of the same margin to the same, though nobody publishes it.
fn cells(net: &mut Net) {
    let mut groups: BTreeMap<Place, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
    for (place, node) in firsts(net) {
        for (at, (subject, _)) in place.cell.iter().enumerate() {
            let group = groups.entry(above(&place, at)).or_default();
            group.entry(subject.clone()).or_default().push(node);
        }
    }
    for (place, by_subject) in groups {
        let sum = |net: &Net, group: &[usize]| group.iter().map(|node| net.nodes[*node].value).sum::<f64>();
        let published = net.places.get(&place).map(|nodes| nodes[0]);
        let whole = published.or_else(|| {
            let sums: Vec<f64> = by_subject.values().map(|group| sum(net, group)).collect();
            let shared = sums.len() > 1 && sums.windows(2).all(|pair| (pair[0] - pair[1]).abs() < super::net::NEAR);
            shared.then(|| net.push(sums[0], false))
        });
        let Some(whole) = whole else { continue };
        for group in by_subject.into_values() {
            let row = group.iter().map(|node| (*node, 1.0)).chain([(whole, -1.0)]);
            net.law(row.collect());
        }
    }
}

/// Several values of one subject are the sum of their cells.
fn unions(net: &mut Net) {
    for union in std::mem::take(&mut net.unions) {
        let cell_of = |value: &String| {
            let mut place = union.without.clone();
            place.cell.push((union.subject.clone(), value.clone()));
            place.cell.sort();
            net.places.get(&place).map(|nodes| nodes[0])
        };
        let parts: Option<Vec<usize>> = union.values.iter().map(cell_of).collect();
        if let Some(parts) = parts {
            let row = parts.into_iter().map(|part| (part, 1.0));
            net.law(row.chain([(union.node, -1.0)]).collect());
        }
    }
}

/// What one measure counts of one cell, by window.
type Series = BTreeMap<(usize, usize, Cell), BTreeMap<Window, usize>>;

/// What adds up over time: months to quarters and to what is cumulative, new people to people since the start.
fn time(engine: &Engine, net: &mut Net) {
    let mut series: Series = BTreeMap::new();
    for (place, node) in firsts(net) {
        let own = series.entry((place.base, place.measure, place.cell)).or_default();
        own.insert(place.window, node);
    }
    with_people_since_start(engine, net, &mut series);
    let mut known: BTreeMap<Vec<Window>, Vec<Option<Tiling>>> = BTreeMap::new();
    for ((_, measure, _), by_window) in series {
        let measure = &net.measures[measure];
        if *measure != Measure::NewPeople && adds_up(measure, Class::Flow) != AddsUp::ByItem {
            continue;
        }
        let (windows, nodes): (Vec<Window>, Vec<usize>) = by_window.into_iter().unzip();
        let tilings = known.entry(windows).or_insert_with_key(|windows| tilings(windows));
        for (at, tiling) in tilings.iter().enumerate() {
            let Some(tiling) = tiling else { continue };
            let tiles = tiling.iter();
            let tiles = tiles.map(|(at, forth)| (nodes[*at], if *forth { 1.0 } else { -1.0 }));
            // A cell of age moves with its window: then the parts only come near the whole, and there is no law.
            net.law(tiles.chain([(nodes[at], -1.0)]).collect());
        }
    }
}

/// New people of what has a number since the project's start: everybody was new then.
fn with_people_since_start(engine: &Engine, net: &Net, series: &mut Series) {
    let of = |wanted: Measure| net.measures.iter().position(|measure| *measure == wanted);
    let (Some(people), Some(new)) = (of(Measure::People), of(Measure::NewPeople)) else {
        return;
    };
    let since_start: Vec<_> = series
        .iter()
        .filter(|((_, measure, _), _)| *measure == people)
        .map(|((base, _, cell), by_window)| ((*base, new, cell.clone()), by_window.clone()))
        .collect();
    for (key, by_window) in since_start {
        if let Some(own) = series.get_mut(&key) {
            let start = engine.project.start;
            own.extend(by_window.into_iter().filter(|(window, _)| window.0 == start));
        }
    }
}

/// New and returning people are people; named and anonymous contacts are contacts.
fn measures(net: &mut Net) {
    let mut places: BTreeMap<(usize, Window, Cell), Vec<(usize, usize)>> = BTreeMap::new();
    for (place, node) in firsts(net) {
        let own = places.entry((place.base, place.window, place.cell)).or_default();
        own.push((place.measure, node));
    }
    for own in places.into_values().filter(|own| own.len() > 1) {
        let of = |net: &Net, wanted: &Measure| {
            let found = own.iter().find(|(measure, _)| net.measures[*measure] == *wanted);
            found.map(|(_, node)| *node)
        };
        let contacts = |net: &Net, wanted: Evidence| {
            let found = own
                .iter()
                .find(|(measure, _)| evidence(&net.measures[*measure]) == Some(wanted));
            found.map(|(_, node)| *node)
        };
        let people = of(net, &Measure::People);
        let (new, returning) = (of(net, &Measure::NewPeople), of(net, &Measure::ReturningPeople));
        let [all, named, anonymous] =
            [Evidence::All, Evidence::Named, Evidence::Anonymous].map(|one| contacts(net, one));
        for (whole, parts) in [(people, [new, returning]), (all, [named, anonymous])] {
            if let (Some(whole), [Some(one), Some(other)]) = (whole, parts) {
                net.law(vec![(one, 1.0), (other, 1.0), (whole, -1.0)]);
            }
        }
    }
}
