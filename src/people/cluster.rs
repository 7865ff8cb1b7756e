//! Identities → persons: the best link first, cluster against cluster, refusing what contradicts.
//!
//! Connected components would turn one wrong link into many wrong pairs; here everything that a cluster has seen
//! is compared with everything that the other has, so that a bridge between a mother and a daughter
//! breaks on their given names (agglomerative clustering with cannot-link constraints, Wagstaff & al. 2001).
//! A link is worth less where others claim the same mention and exclude each other: of three namesakes, none is certain.
//! Going down the weights once yields the three partitions: what is certain, what is likely, what is possible.

mod answers;
mod engine;
mod overlooked;
mod parts;
mod standing;
mod strongest;
mod waiting;

use std::collections::BTreeSet;

use rayon::prelude::*;

use self::parts::Parts;
use super::alike::QuickMap;
use super::compare::{compare, contradict};
use super::gather::Gathered;
use super::profile::Profile;
use super::weigh::{CERTAIN, LIKELY, Sides, UNLIKELY, Verdict, probability, weigh};
use crate::progress::{METER, STRIDE, Stage};

/// One of two clusters that are linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Side {
    /// Its first identity, which no other cluster has.
    pub(crate) first: u32,
    /// The identity that speaks for it: the fullest.
    pub(crate) speaker: u32,
}

/// A link of two clusters, with what spoke for it.
#[derive(Debug, Clone)]
pub(crate) struct Merge {
    /// The smaller side.
    pub(crate) joined: Side,
    /// The other side.
    pub(crate) to: Side,
    /// Identities of the smaller side, where the two were made one.
    pub(crate) moved: Vec<u32>,
    /// What the weights said.
    pub(crate) verdict: Verdict,
    /// Log-odds after rivals were heard, at most what the kind of evidence may say.
    pub(crate) weight: f64,
    /// The same without that bound.
    pub(crate) unbound: f64,
    /// Whether an officer said so.
    pub(crate) decided: bool,
}

impl Merge {
    /// By what such links are put in order.
    fn order(&self) -> (u32, u32) {
        (self.joined.first, self.to.first)
    }
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
/// Lowest log-odds at which a link may be taken: probability 0.25.
const LEAST: f64 = -1.585;

/// Clusters the identities.
pub(crate) fn cluster(seen: &Gathered, candidates: Vec<(u32, u32)>, bonds: &Bonds) -> Clusters {
    let links = links(seen, &candidates);
    drop(candidates);
    METER.begin(Stage::Joining, 0);
    let mut parts = Parts::new(seen, bonds, links);
    let mut outcome = Clusters::default();
    let bound = bonds.together.iter().filter_map(|pair| parts.bind(*pair));
    outcome.certain.extend(bound);
    outcome.certain.extend(parts.run(CERTAIN));
    outcome.high = parts.homes();
    outcome.likely = parts.run(LIKELY);
    let balanced = balance(&outcome, &parts.open_links());
    outcome.likely.extend(parts.run(balanced));
    outcome.best = parts.homes();
    outcome.possible = parts.open_links();
    let overlooked = parts.overlooked(&seen.words);
    let mut doubtful = parts.run(UNLIKELY);
    let mut engine = parts.into_one(seen, bonds);
    doubtful.extend(engine.unite(&overlooked));
    doubtful.extend(engine.give_scraps_away());
    outcome.possible.extend(overlooked);
    outcome.low = engine.homes();
    outcome.chance = chances(&outcome.low, outcome.likely.iter().chain(&doubtful));
    outcome
}

/// Two identities, the smaller first, and the weight of the link between them.
type Linked = (u32, u32, f64);

/// The candidates between which there is a link, and its weight.
fn links(seen: &Gathered, candidates: &[(u32, u32)]) -> Vec<Linked> {
    METER.begin(Stage::Comparing, candidates.len());
    let candidates = candidates.par_iter().enumerate();
    candidates
        .filter_map(|(at, (a, b))| {
            if at % STRIDE == 0 {
                METER.add(STRIDE);
            }
            let verdict = verdict(&seen.profiles[*a as usize], &seen.profiles[*b as usize], seen);
            worth_keeping(&verdict).then_some((*a, *b, verdict.weight))
        })
        .collect()
}

/// Mean probability of the links within the cluster of each identity.
fn chances<'m>(home: &[u32], links: impl Iterator<Item = &'m Merge>) -> Vec<f64> {
    let mut of_cluster: QuickMap<u32, (f64, f64)> = QuickMap::default();
    for link in links {
        let (sum, count) = of_cluster.entry(home[link.joined.first as usize]).or_default();
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
    let mut best: QuickMap<u32, f64> = QuickMap::default();
    for merge in open {
        let known = best.entry(merge.joined.first).or_insert(f64::NEG_INFINITY);
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

/// Whether two profiles cannot be one person, whatever weighs for it; a pointer excludes nobody.
fn excludes(a: &Profile, b: &Profile, seen: &Gathered) -> bool {
    let pointed = a.pointer || b.pointer;
    let nobody = !a.can_meet() || !b.can_meet();
    !pointed && (nobody || (contradict(a, b, &seen.words) && verdict(a, b, seen).refused))
}
