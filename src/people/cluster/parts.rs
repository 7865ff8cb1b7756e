//! Clustering in parts that no link joins: each goes its way on whatever core is free.
//!
//! What happens in one part never looks at another, so each part ends as it would beside the others. Only numbers tell in
//! which order all merges would have been made had the best link of all been taken first each time; they are given as if
//! it had. In a round, a link is taken once nothing better is left anywhere, so its turn is that of the least link taken
//! in its part until then.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::super::gather::Gathered;
use super::engine::{Engine, Made};
use super::standing::{Heard, Standing};
use super::{Bonds, Linked, Merge};

/// Parts that are made of many small ones, so that the cores share the work evenly.
const PARTS: usize = 64;

/// Where a cluster is: the part, and its number there.
type Place = (u32, u32);

/// All parts, with one numbering of the clusters: first the identities, then those made by merging, as they were made.
pub(super) struct Parts<'a> {
    engines: Vec<Engine<'a>>,
    identities: usize,
    /// Where each cluster is.
    places: Vec<Place>,
    /// Numbers of the clusters made by merging in each part.
    made: Vec<Vec<u32>>,
}

impl<'a> Parts<'a> {
    /// Every identity by itself.
    pub(super) fn new(seen: &'a Gathered, bonds: &'a Bonds, links: Vec<Linked>) -> Self {
        let part_of = divided(seen.profiles.len(), &links, bonds);
        Self::of(seen, bonds, links, part_of)
    }

    /// Every identity by itself, in the part given for it.
    fn of(seen: &'a Gathered, bonds: &'a Bonds, links: Vec<Linked>, part_of: Vec<u32>) -> Self {
        let count = part_of.iter().max().map_or(0, |last| *last as usize + 1);
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
        let mut places = Vec::with_capacity(part_of.len());
        for (identity, part) in (0_u32..).zip(part_of) {
            let here = &mut members[part as usize];
            let place = u32::try_from(here.len()).expect("identities are numbered in 32 bits");
            places.push((part, place));
            here.push(identity);
        }
        let mut links_of: Vec<Vec<Linked>> = vec![Vec::new(); count];
        for (a, b, weight) in links {
            let ((part, a), (_, b)) = (places[a as usize], places[b as usize]);
            links_of[part as usize].push((a, b, weight));
        }
        let parts = members.into_par_iter().zip(links_of).with_max_len(1);
        Self {
            engines: parts
                .map(|(members, links)| Engine::new(seen, bonds, members, &links))
                .collect(),
            identities: places.len(),
            places,
            made: vec![Vec::new(); count],
        }
    }

    /// A cluster as others look at it.
    pub(super) fn cluster(&self, number: u32) -> Standing<'_, 'a> {
        let (part, at) = self.places[number as usize];
        self.engines[part as usize].cluster(at)
    }

    /// The number of a cluster of a part.
    fn number(&self, (part, at): Place) -> u32 {
        let (engine, made) = (&self.engines[part as usize], &self.made[part as usize]);
        match (at as usize).checked_sub(engine.identities.len()) {
            None => engine.identities[at as usize],
            Some(merged) => made[merged],
        }
    }

    /// The best of those whom a cluster may be.
    pub(super) fn nearest(&self, number: u32) -> Option<u32> {
        let (part, _) = self.places[number as usize];
        self.cluster(number).nearest().map(|other| self.number((part, other)))
    }

    /// All living clusters.
    pub(super) fn living(&self) -> Vec<u32> {
        let alive = |(part, at): Place| self.engines[part as usize].alive[at as usize];
        let all = (0_u32..).zip(&self.places).filter(|(_, place)| alive(**place));
        all.map(|(number, _)| number).collect()
    }

    /// Makes one of two identities what an officer said that they are, unless they are one already.
    pub(super) fn bind(&mut self, (a, b): (u32, u32)) -> Option<Merge> {
        let ((part, a), (_, b)) = (self.places[a as usize], self.places[b as usize]);
        let engine = &mut self.engines[part as usize];
        let (a, b) = (engine.home(a), engine.home(b));
        if a == b {
            return None;
        }
        let verdict = engine.cluster(a).verdict(engine.cluster(b));
        let heard = Heard::alone(verdict.weight);
        let merge = engine.merge(a, b, verdict, heard, true);
        self.count(part);
        Some(merge)
    }

    /// Numbers the next cluster that a part made.
    fn count(&mut self, part: u32) {
        let (engine, made) = (&self.engines[part as usize], &mut self.made[part as usize]);
        let at = u32::try_from(engine.identities.len() + made.len()).expect("clusters are numbered in 32 bits");
        made.push(u32::try_from(self.places.len()).expect("clusters are numbered in 32 bits"));
        self.places.push((part, at));
    }

    /// Merges, the best link first, until none reaches the threshold.
    pub(super) fn run(&mut self, threshold: f64) -> Vec<Merge> {
        let engines = self.engines.par_iter_mut().with_max_len(1);
        let made: Vec<Vec<Made>> = engines.map(|engine| engine.run(threshold)).collect();
        let made = (0_u32..).zip(made);
        let mut all: Vec<(u32, Made)> = made
            .flat_map(|(part, made)| made.into_iter().map(move |one| (part, one)))
            .collect();
        // Stable: of one part and one turn, one after the other.
        all.par_sort_by_key(|(_, one)| (one.round, Reverse(one.reached)));
        for (part, _) in &all {
            self.count(*part);
        }
        all.into_iter().map(|(_, one)| one.merge).collect()
    }

    /// The cluster of each identity.
    pub(super) fn homes(&self) -> Vec<u32> {
        let homes: Vec<Vec<u32>> = self.engines.par_iter().map(Engine::homes).collect();
        let places = self.places[..self.identities].iter();
        places
            .map(|(part, at)| self.number((*part, homes[*part as usize][*at as usize])))
            .collect()
    }

    /// Links between the living clusters that are neither likely nor ruled out.
    pub(super) fn open_links(&self) -> Vec<Merge> {
        let open = self.engines.par_iter().with_max_len(1).map(Engine::open_links);
        let mut open: Vec<Merge> = open.collect::<Vec<_>>().into_iter().flatten().collect();
        open.sort_by_key(Merge::order);
        open
    }

    /// All parts as one, in which clusters of different ones may be joined.
    pub(super) fn into_one(mut self, seen: &'a Gathered, bonds: &'a Bonds) -> Engine<'a> {
        let identities = u32::try_from(self.identities).expect("identities are numbered in 32 bits");
        let mut one = Engine::new(seen, bonds, Vec::new(), &[]);
        one.identities = (0..identities).collect();
        one.alive.reserve(self.places.len());
        one.part_of.reserve(self.places.len());
        one.neighbours.reserve(self.places.len());
        for number in 0..self.places.len() {
            let (part, at) = self.places[number];
            let engine = &mut self.engines[part as usize];
            let neighbours = std::mem::take(&mut engine.neighbours[at as usize]);
            let told = engine.told.remove(&at);
            one.alive.push(engine.alive[at as usize]);
            if let Some(merged) = (at as usize).checked_sub(engine.identities.len()) {
                // Of clusters that are no more, nobody asks what they have seen.
                let place = u32::try_from(one.merged.len()).expect("clusters are numbered in 32 bits");
                if engine.alive[at as usize] {
                    let profile = &mut engine.merged[engine.place[merged] as usize];
                    one.merged.push(std::mem::take(profile));
                }
                one.place.push(place);
            }
            let number_of = |other: u32| self.number((part, other));
            let home = number_of(self.engines[part as usize].part_of[at as usize]);
            one.part_of.push(home);
            let neighbours = neighbours.into_iter().map(|(other, weight)| (number_of(other), weight));
            one.neighbours.push(neighbours.collect());
            if let Some(told) = told {
                let number = u32::try_from(number).expect("clusters are numbered in 32 bits");
                one.told.insert(number, told);
            }
        }
        one
    }
}

/// The part of each identity: identities that links or bonds join are in one, and parts are about equally heavy.
fn divided(identities: usize, links: &[Linked], bonds: &Bonds) -> Vec<u32> {
    let count = u32::try_from(identities).expect("identities are numbered in 32 bits");
    let mut first: Vec<u32> = (0..count).collect();
    let joined = links
        .iter()
        .map(|(a, b, _)| (*a, *b))
        .chain(bonds.together.iter().copied());
    for (a, b) in joined {
        let (a, b) = (root(&mut first, a), root(&mut first, b));
        first[a.max(b) as usize] = a.min(b);
    }
    let mut weight = vec![1_usize; identities];
    for (a, _, _) in links {
        let a = root(&mut first, *a);
        weight[a as usize] += 1;
    }
    let fair = weight.iter().sum::<usize>() / PARTS + 1;
    let (mut part, mut load) = (0, 0);
    let mut part_of = vec![0; identities];
    for identity in 0..count {
        let of = root(&mut first, identity);
        if of != identity {
            part_of[identity as usize] = part_of[of as usize];
            continue;
        }
        // The first of what is joined comes before all others of it.
        if load > fair {
            (part, load) = (part + 1, 0);
        }
        load += weight[identity as usize];
        part_of[identity as usize] = part;
    }
    part_of
}

/// The first of those that an identity is joined with.
fn root(first: &mut [u32], identity: u32) -> u32 {
    let mut here = identity;
    while first[here as usize] != here {
        let next = first[here as usize];
        first[here as usize] = first[next as usize];
        here = next;
    }
    here
}

#[cfg(test)]
mod tests {
    use super::super::super::block::candidates;
    use super::super::super::distinct::collapse;
    use super::super::super::gather::{Gathered, gather};
    use super::super::super::recognise::tests::records;
    use super::super::super::weigh::{CERTAIN, LIKELY, UNLIKELY};
    use super::super::{Bonds, Linked, Merge, Side, links};
    use super::Parts;

    const NAMES: [&str; 9] = [
        "Шевченко Олена",
        "Шевчено Олена",
        "Шевченко Оленка",
        "Шевченко О.",
        "Коваль Ірина Петрівна",
        "Коваль Ірина",
        "Коваль Іра",
        "Бондар-Коваль Ірина",
        "Мороз Іван",
    ];
    const CROWD: [&str; 6] = [
        "Коваль Ірина",
        "Коваль Ірина",
        "Коваль Ірина Петрівна",
        "Коваль І.",
        "Коваль Іра",
        "Ковель Ірина",
    ];
    const BIRTHS: [&str; 5] = ["", "", "1990-05-04", "1990-05-14", "1990"];
    const PHONES: [&str; 4] = ["", "", "0671234567", "0671234568"];

    type Step = (Vec<(Side, Side, Vec<u32>, u64)>, Vec<u32>, Vec<(u32, u32)>);

    /// All that happens when the identities are clustered as one part or in those that nothing joins, each link heard anew
    /// at every change around it or only when it could be taken.
    fn steps(seen: &Gathered, bonds: &Bonds, links: &[Linked], in_one: bool, hears_all: bool) -> Vec<Step> {
        let mut parts = if in_one {
            Parts::of(seen, bonds, links.to_vec(), vec![0; seen.profiles.len()])
        } else {
            Parts::new(seen, bonds, links.to_vec())
        };
        for engine in &mut parts.engines {
            engine.waiting.hears_all = hears_all;
        }
        let told = |merge: &Merge| (merge.joined, merge.to, merge.moved.clone(), merge.weight.to_bits());
        let bound: Vec<Merge> = bonds.together.iter().filter_map(|pair| parts.bind(*pair)).collect();
        let mut steps = vec![(bound.iter().map(told).collect(), parts.homes(), Vec::new())];
        for threshold in [CERTAIN, LIKELY, UNLIKELY] {
            let merges = parts.run(threshold).iter().map(told).collect();
            let open = parts.open_links().iter().map(Merge::order).collect();
            steps.push((merges, parts.homes(), open));
        }
        let overlooked = parts.overlooked(&seen.words);
        let mut engine = parts.into_one(seen, bonds);
        let mut last = engine.unite(&overlooked);
        last.extend(engine.give_scraps_away());
        let asked = overlooked.iter().map(Merge::order).collect();
        steps.push((last.iter().map(told).collect(), engine.homes(), asked));
        steps
    }

    /// What the rows become, the slow way and both ways that are quicker.
    fn both_ways(rows: &[(&str, &str, &str, &str, u32)], bound: bool) -> [Vec<Step>; 3] {
        let records = records(rows);
        let identities = collapse(&records);
        let seen = gather(&records, &identities);
        let links = links(&seen, &candidates(&seen.profiles, &seen.words).pairs);
        let mut bonds = Bonds::default();
        let last = u32::try_from(identities.all.len() - 1).expect("few identities");
        if bound && last > 1 {
            bonds.together.push((0, last));
            bonds.apart.insert((0, 1));
        }
        let ways = [(true, true), (true, false), (false, false)];
        ways.map(|(in_one, hears_all)| steps(&seen, &bonds, &links, in_one, hears_all))
    }

    proptest::proptest! {
        #[test]
        fn parts_end_as_they_would_beside_each_other(
            rows in proptest::collection::vec((0..NAMES.len(), 0..BIRTHS.len(), 0..PHONES.len(), 0_u32..9), 2..40),
            bound in proptest::bool::ANY,
        ) {
            let rows: Vec<_> = rows.iter().map(|row| (NAMES[row.0], BIRTHS[row.1], PHONES[row.2], "", row.3)).collect();
            let [plainly, waiting, in_parts] = both_ways(&rows, bound);
            proptest::prop_assert_eq!(&waiting, &plainly, "waiting for rivals");
            proptest::prop_assert_eq!(&in_parts, &plainly, "in parts");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(16))]
        // More of one name than rivals are heard of.
        #[test]
        fn a_crowd_ends_as_if_nothing_were_remembered(
            rows in proptest::collection::vec((0..CROWD.len(), 0..60_u32, 0_u32..9), 150..300),
        ) {
            let birth = |year: u32| if year < 6 { String::new() } else { format!("{}-05-04", 1940 + year) };
            let births: Vec<String> = rows.iter().map(|row| birth(row.1)).collect();
            let rows: Vec<_> = rows.iter().zip(&births).map(|(row, birth)| (CROWD[row.0], &**birth, "", "", row.2)).collect();
            let [plainly, waiting, in_parts] = both_ways(&rows, false);
            proptest::prop_assert_eq!(&waiting, &plainly, "waiting for rivals");
            proptest::prop_assert_eq!(&in_parts, &plainly, "in parts");
        }
    }
}
