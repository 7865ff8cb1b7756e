//! Identities → persons: the best link first, cluster against cluster, refusing what contradicts.
//!
//! Connected components would turn one wrong link into many wrong pairs; here everything that a cluster has seen
//! is compared with everything that the other has, so that a bridge between a mother and a daughter
//! breaks on their given names (agglomerative clustering with cannot-link constraints, Wagstaff & al. 2001).
//! A link is worth less where others claim the same mention and exclude each other: of three namesakes, none is certain.
//! Going down the weights once yields the three partitions: what is certain, what is likely, what is possible.

mod overlooked;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use rayon::prelude::*;

use super::compare::{Comparison, Level, compare};
use super::gather::Gathered;
use super::profile::Profile;
use super::weigh::{CERTAIN, LIKELY, Sides, UNLIKELY, Verdict, probability, weigh};

/// A merge, with what spoke for it.
#[derive(Debug, Clone)]
pub(crate) struct Merge {
    /// Members of the smaller side.
    pub(crate) joined: Vec<u32>,
    /// Members of the other side.
    pub(crate) to: Vec<u32>,
    /// What the weights said.
    pub(crate) verdict: Verdict,
    /// Log-odds after rivals were heard, at most what the kind of evidence may say.
    pub(crate) weight: f64,
    /// The same without that bound.
    pub(crate) unbound: f64,
    /// Whether an officer said so.
    pub(crate) decided: bool,
}

/// The outcome: three partitions of the identities, and the merges that made each from the one before.
#[derive(Debug, Default)]
pub(crate) struct Clusters {
    /// Cluster of each identity when only certain links count.
    pub(crate) high: Vec<u32>,
    /// Cluster of each identity by the best decision.
    pub(crate) best: Vec<u32>,
    /// Cluster of each identity when every possible link counts.
    pub(crate) low: Vec<u32>,
    /// Mean probability of the undecided links that made the cluster of each identity in `low`, 0 where there is none.
    pub(crate) chance: Vec<f64>,
    /// Merges that need no human.
    pub(crate) certain: Vec<Merge>,
    /// Merges of the best decision that a human should look at.
    pub(crate) likely: Vec<Merge>,
    /// Links that the best decision leaves open, also those that exclude each other.
    pub(crate) possible: Vec<Merge>,
}

/// What officers decided about identities.
#[derive(Debug, Default)]
pub(crate) struct Bonds {
    /// One person.
    pub(crate) together: Vec<(u32, u32)>,
    /// Two persons.
    pub(crate) apart: BTreeSet<(u32, u32)>,
}

/// Links this far below what is undecided may still rise when their clusters grow.
const MAY_RISE: f64 = 8.0;
/// Rivals weaker than a link by this much do not lower it.
const RIVAL: f64 = 6.0;
/// Odds of a mention being somebody known already from which it is given to the best of them, and how good that one must be.
const KNOWN: (f64, f64) = (2.0, -1.6);

/// Lowest log-odds at which a link may be taken: probability 0.25.
const LEAST: f64 = -1.585;

/// A link waiting in the queue: weight in thousandths of a bit, then the smallest members as tie-break, then where.
type Queued = (i64, Reverse<(u32, u32)>, u32, u32);

/// What a link is worth after others were heard who claim the same mention.
#[derive(Debug, Clone, Copy)]
struct Heard {
    /// Log-odds, at most what the kind of evidence may say.
    weight: f64,
    /// The same without that bound.
    unbound: f64,
    /// Log-odds of being anybody known at all.
    known: f64,
}

/// A link of a cluster: to whom, and its weight.
type Neighbour = (u32, f64);

struct Engine<'a> {
    seen: &'a Gathered,
    apart: &'a BTreeSet<(u32, u32)>,
    /// Identities of which an officer has told who they are not.
    told: BTreeSet<u32>,
    /// Clusters made by merging, after the identities themselves.
    merged: Vec<Profile>,
    alive: Vec<bool>,
    neighbours: Vec<Vec<Neighbour>>,
    home: Vec<u32>,
    queue: BinaryHeap<Queued>,
}

/// Clusters the identities.
pub(crate) fn cluster(seen: &Gathered, candidates: &[(u32, u32)], bonds: &Bonds) -> Clusters {
    let count = seen.profiles.len();
    let mut engine = Engine {
        seen,
        apart: &bonds.apart,
        told: bonds.apart.iter().flat_map(|(a, b)| [*a, *b]).collect(),
        merged: Vec::new(),
        alive: vec![true; count],
        neighbours: vec![Vec::new(); count],
        home: (0..).take(count).collect(),
        queue: BinaryHeap::new(),
    };
    let links: Vec<(u32, u32, f64)> = candidates
        .par_iter()
        .filter_map(|(a, b)| {
            let verdict = verdict(&seen.profiles[*a as usize], &seen.profiles[*b as usize], seen);
            worth_keeping(&verdict).then_some((*a, *b, verdict.weight))
        })
        .collect();
    for (a, b, weight) in links {
        engine.enqueue(a, b, weight);
    }
    let mut outcome = Clusters::default();
    for &(a, b) in &bonds.together {
        let (a, b) = (engine.home[a as usize], engine.home[b as usize]);
        if a != b {
            let verdict = engine.verdict(a, b);
            let heard = Heard {
                weight: verdict.weight,
                unbound: verdict.weight,
                known: verdict.weight,
            };
            outcome.certain.push(engine.merge(a, b, verdict, heard, true));
        }
    }
    outcome.certain.extend(engine.run(CERTAIN));
    outcome.high.clone_from(&engine.home);
    outcome.likely = engine.run(LIKELY);
    let balanced = balance(&outcome, &engine.open_links());
    outcome.likely.extend(engine.run(balanced));
    outcome.best.clone_from(&engine.home);
    outcome.possible = engine.open_links();
    let overlooked = engine.overlooked();
    let mut doubtful = engine.run(UNLIKELY);
    doubtful.extend(engine.unite(&overlooked));
    doubtful.extend(engine.give_scraps_away());
    outcome.possible.extend(overlooked);
    outcome.low = engine.home;
    outcome.chance = chances(&outcome.low, outcome.likely.iter().chain(&doubtful));
    outcome
}

/// Mean probability of the links within the cluster of each identity.
fn chances<'m>(home: &[u32], links: impl Iterator<Item = &'m Merge>) -> Vec<f64> {
    let mut of_cluster: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for link in links {
        let (sum, count) = of_cluster.entry(home[link.joined[0] as usize]).or_default();
        *sum += probability(link.unbound);
        *count += 1.0;
    }
    let mean = |cluster| of_cluster.get(cluster).map_or(0.0, |(sum, count)| sum / count);
    home.iter().map(mean).collect()
}

/// The threshold at which as many false links are to be expected among those taken as true ones among those left, so
/// that the number of persons is right on the whole (an optimal rule in the sense of Fellegi & Sunter 1969, with equal
/// expected counts of both errors).
fn balance(outcome: &Clusters, open: &[Merge]) -> f64 {
    let undecided = |merge: &&Merge| !merge.decided;
    let taken = outcome.certain.iter().chain(&outcome.likely).filter(undecided);
    let mut wrong: f64 = taken.map(|merge| 1.0 - probability(merge.unbound)).sum();
    // Of several links that one cluster could take, one at most is right.
    let mut best: BTreeMap<u32, f64> = BTreeMap::new();
    for merge in open {
        let known = best.entry(merge.joined[0]).or_insert(f64::NEG_INFINITY);
        *known = known.max(merge.weight);
    }
    let mut weights: Vec<f64> = best.into_values().collect();
    weights.sort_by(|a, b| b.total_cmp(a));
    let mut missed: f64 = weights.iter().map(|weight| probability(*weight)).sum();
    let mut threshold = LIKELY;
    for weight in weights {
        let chance = probability(weight);
        wrong += 1.0 - chance;
        missed -= chance;
        if wrong > missed || weight < LEAST {
            break;
        }
        threshold = threshold.min(weight);
    }
    threshold
}

fn worth_keeping(verdict: &Verdict) -> bool {
    !verdict.refused && verdict.weight >= UNLIKELY - MAY_RISE
}

#[expect(clippy::cast_possible_truncation, reason = "weights lie within a few hundred bits")]
fn thousandths(weight: f64) -> i64 {
    (weight * 1000.0).round() as i64
}

impl Engine<'_> {
    fn at(&self, cluster: u32) -> &Profile {
        let identities = self.seen.profiles.len();
        match (cluster as usize).checked_sub(identities) {
            None => &self.seen.profiles[cluster as usize],
            Some(at) => &self.merged[at],
        }
    }

    fn verdict(&self, a: u32, b: u32) -> Verdict {
        verdict(self.at(a), self.at(b), self.seen)
    }

    fn enqueue(&mut self, a: u32, b: u32, weight: f64) {
        self.neighbours[a as usize].push((b, weight));
        self.neighbours[b as usize].push((a, weight));
        if weight < UNLIKELY {
            return;
        }
        let (first, second) = (self.at(a).members[0], self.at(b).members[0]);
        let tie = Reverse((first.min(second), first.max(second)));
        self.queue.push((thousandths(weight), tie, a, b));
    }

    /// Merges, the best link first, until none reaches the threshold.
    fn run(&mut self, threshold: f64) -> Vec<Merge> {
        let mut merges = Vec::new();
        // Hearing rivals only lowers a link.
        let least = if threshold <= LIKELY {
            threshold.min(KNOWN.1)
        } else {
            threshold
        };
        loop {
            let before = merges.len();
            let mut waiting = Vec::new();
            while let Some(&queued) = self.queue.peek() {
                let (weight, _, a, b) = queued;
                if weight < thousandths(least) {
                    break;
                }
                self.queue.pop();
                if !self.alive[a as usize] || !self.alive[b as usize] || !self.may_meet(a, b) {
                    continue;
                }
                let verdict = self.verdict(a, b);
                let heard = self.heard(a, b, &verdict);
                let to_the_best = threshold <= LIKELY && heard.known >= KNOWN.0 && heard.weight >= KNOWN.1;
                if heard.weight >= threshold || to_the_best {
                    merges.push(self.merge(a, b, verdict, heard, false));
                } else {
                    waiting.push(queued);
                }
            }
            self.queue.extend(waiting);
            if merges.len() == before {
                return merges;
            }
        }
    }

    /// Gives every scrap of a name to the best of those whom it may be: who wrote only "Оленка" meant somebody. Whom is a
    /// question of its own ([`Self::overlooked`]) where no open link asks it.
    fn give_scraps_away(&mut self) -> Vec<Merge> {
        let mut given = Vec::new();
        for cluster in 0..u32::try_from(self.alive.len()).expect("clusters are numbered in 32 bits") {
            if !self.alive[cluster as usize] || !self.is_unplaced(cluster) {
                continue;
            }
            let best = self.nearest(cluster);
            if let Some(other) = best {
                let verdict = self.verdict(cluster, other);
                let heard = self.heard(cluster, other, &verdict);
                given.push(self.merge(cluster, other, verdict, heard, false));
            }
        }
        given
    }

    /// The best of those whom a cluster may be.
    fn nearest(&self, cluster: u32) -> Option<u32> {
        let around = self.neighbours[cluster as usize].iter();
        around
            .filter(|(other, _)| self.alive[*other as usize] && !self.exclude(cluster, *other))
            .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)))
            .map(|(other, _)| *other)
    }

    /// A link after its rivals were heard.
    fn heard(&self, a: u32, b: u32, verdict: &Verdict) -> Heard {
        let rivals = self.rivals(a, b, verdict.weight).max(self.rivals(b, a, verdict.weight));
        let unbound = verdict.weight - (1.0 + rivals).log2();
        Heard {
            weight: unbound.min(verdict.most),
            unbound,
            known: (verdict.weight.exp2() + rivals).log2(),
        }
    }

    /// Odds of `a` being one of the others that it is linked to and that exclude `b`; as many are heard as it takes to
    /// make the link worth nothing, so that a crowd of one name costs no more than a few of them.
    fn rivals(&self, a: u32, b: u32, weight: f64) -> f64 {
        let enough = (weight - UNLIKELY + 1.0).exp2();
        let mut odds = 0.0;
        for &(other, claim) in &self.neighbours[a as usize] {
            let claims = other != b && claim > weight - RIVAL && self.alive[other as usize];
            if claims && self.exclude(b, other) {
                odds += claim.exp2();
                if odds > enough {
                    break;
                }
            }
        }
        odds
    }

    /// Whether two clusters cannot be one person; a pointer excludes nobody.
    fn exclude(&self, a: u32, b: u32) -> bool {
        let verdict = self.verdict(a, b);
        (verdict.refused && !verdict.pointed) || !self.may_meet(a, b)
    }

    /// Links between the living clusters that are neither likely nor ruled out.
    fn open_links(&self) -> Vec<Merge> {
        let mut open: Vec<Merge> = (0u32..)
            .zip(&self.neighbours)
            .collect::<Vec<_>>()
            .into_par_iter()
            .filter(|(a, _)| self.alive[*a as usize])
            .flat_map_iter(|(a, around)| {
                around
                    .iter()
                    .filter(move |(b, weight)| a < *b && *weight >= UNLIKELY && self.alive[*b as usize])
                    .filter_map(move |(b, _)| {
                        let verdict = self.verdict(a, *b);
                        let heard = self.heard(a, *b, &verdict);
                        let open = heard.weight >= UNLIKELY && !verdict.refused && self.may_meet(a, *b);
                        open.then(|| sides(self.at(a), self.at(*b), verdict, heard, false))
                    })
            })
            .collect();
        open.sort_by(|one, two| (&one.joined, &one.to).cmp(&(&two.joined, &two.to)));
        open
    }

    /// Whether neither an officer nor a common list holds the two clusters apart.
    fn may_meet(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.at(a), self.at(b));
        let forbidden = !self.apart.is_empty()
            && a.members.iter().any(|one| {
                b.members
                    .iter()
                    .any(|other| self.apart.contains(&(*one.min(other), *one.max(other))))
            });
        !forbidden && self.lists_allow(a, b)
    }

    /// Rule 18: two rows of one list are two persons unless all that both fill in agrees.
    fn lists_allow(&self, a: &Profile, b: &Profile) -> bool {
        let (mut i, mut j) = (0, 0);
        while let (Some((list, _)), Some((other, _))) = (a.lists.get(i), b.lists.get(j)) {
            match list.cmp(other) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let here = a.lists[i..].iter().take_while(|row| row.0 == *list).count();
                    let there = b.lists[j..].iter().take_while(|row| row.0 == *list).count();
                    for one in &a.lists[i..i + here] {
                        if b.lists[j..j + there].iter().any(|two| !self.agree(one.1, two.1)) {
                            return false;
                        }
                    }
                    i += here;
                    j += there;
                }
            }
        }
        true
    }

    /// Whether all that two rows both fill in agrees; a slip in a name is forgiven where birth date or phone agree too.
    fn agree(&self, a: u32, b: u32) -> bool {
        let identity = |at: u32| &self.seen.profiles[at as usize];
        let compared = compare(identity(a), identity(b), &self.seen.words);
        let met = |comparison| compared.level(comparison) == Level::Exact;
        let sure = met(Comparison::Birth) || met(Comparison::Phone);
        compared.spoken().all(|(comparison, level)| match comparison {
            Comparison::Code
            | Comparison::Settlement
            | Comparison::Household
            | Comparison::Address
            | Comparison::Postcode
            | Comparison::Place => true,
            _ => match level {
                Level::Exact | Level::Year | Level::Initial | Level::Missing => true,
                Level::Variant | Level::Typo => sure && comparison != Comparison::Phone,
                Level::Near | Level::Doubtful | Level::Conflict => false,
            },
        })
    }

    fn merge(&mut self, a: u32, b: u32, verdict: Verdict, heard: Heard, decided: bool) -> Merge {
        let id = u32::try_from(self.alive.len()).expect("at most twice as many clusters as identities");
        let (one, two) = (self.at(a), self.at(b));
        let merge = sides(one, two, verdict, heard, decided);
        let whole = one.united(two);
        for member in &whole.members {
            self.home[*member as usize] = id;
        }
        self.merged.push(whole);
        self.alive[a as usize] = false;
        self.alive[b as usize] = false;
        self.alive.push(true);
        let around: BTreeSet<u32> = [a, b]
            .into_iter()
            .flat_map(|side| std::mem::take(&mut self.neighbours[side as usize]))
            .map(|(other, _)| other)
            .filter(|other| self.alive[*other as usize])
            .collect();
        self.neighbours.push(Vec::new());
        for other in around {
            let verdict = self.verdict(id, other);
            if worth_keeping(&verdict) {
                self.enqueue(id, other, verdict.weight);
            }
        }
        merge
    }
}

/// A merge of two clusters, the smaller one joining; of two equal ones that of the first member.
fn sides(one: &Profile, two: &Profile, verdict: Verdict, heard: Heard, decided: bool) -> Merge {
    let size = |profile: &Profile| (profile.members.len(), Reverse(profile.members[0]));
    let (small, large) = if size(one) <= size(two) { (one, two) } else { (two, one) };
    Merge {
        joined: small.members.clone(),
        to: large.members.clone(),
        verdict,
        weight: heard.weight,
        unbound: heard.unbound,
        decided,
    }
}

/// Compares and weighs two profiles.
pub(crate) fn verdict(a: &Profile, b: &Profile, seen: &Gathered) -> Verdict {
    let sides = Sides {
        mentions: a.mentions.max(b.mentions),
        pointer: a.pointer || b.pointer,
    };
    let mut verdict = weigh(compare(a, b, &seen.words), sides, &seen.population);
    // A birth date without a name is nobody's in particular.
    verdict.refused |= !a.can_meet() || !b.can_meet();
    verdict
}
