//! The living clusters, their links, and how they become one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;
use smallvec::SmallVec;

use super::super::alike::QuickMap;
use super::super::gather::Gathered;
use super::super::profile::Profile;
use super::super::weigh::{LIKELY, UNLIKELY, Verdict};
use super::answers::Answers;
use super::standing::{Heard, KNOWN, Standing};
use super::strongest::{HEARD, Strongest};
use super::waiting::{Queued, Waiting};
use super::{Bonds, Merge, Side, worth_keeping};

/// Links of a cluster from which on those to clusters that are no more are cleared away.
const MANY: usize = 64;
/// Clusters to be compared with one from which on all cores share them.
const CROWD: usize = 256;

/// A link of a cluster: to whom, and its weight.
pub(super) type Neighbour = (u32, f64);

/// Clusters, numbered: first the identities, then those made by merging.
pub(super) struct Engine<'a> {
    pub(super) seen: &'a Gathered,
    pub(super) apart: &'a BTreeSet<(u32, u32)>,
    /// The identities that are clustered, in order.
    pub(super) identities: Vec<u32>,
    /// Identities of which an officer has told who they are not, of each cluster that has any.
    pub(super) told: BTreeMap<u32, Vec<u32>>,
    /// What living clusters made by merging have seen.
    pub(super) merged: Vec<Profile>,
    /// Place in `merged` of each cluster made by merging.
    pub(super) place: Vec<u32>,
    /// Places in `merged` of clusters that are no more.
    pub(super) free: Vec<u32>,
    pub(super) alive: Vec<bool>,
    pub(super) neighbours: Vec<Vec<Neighbour>>,
    /// The strongest links of clusters with many, found when first asked for.
    pub(super) strongest: QuickMap<u32, OnceLock<Strongest>>,
    /// Whether one cluster excludes another: what the rivals of a link are asked.
    pub(super) excluded: Answers,
    /// The cluster that each has become part of, itself while it lives.
    pub(super) part_of: Vec<u32>,
    pub(super) waiting: Waiting,
}

/// A merge with its turn: by round, then by the least link that was heard until then in the round.
pub(super) struct Made {
    pub(super) round: u32,
    pub(super) reached: Option<Queued>,
    pub(super) merge: Merge,
}

#[expect(clippy::cast_possible_truncation, reason = "weights lie within a few hundred bits")]
fn thousandths(weight: f64) -> i64 {
    (weight * 1000.0).round() as i64
}

impl<'a> Engine<'a> {
    /// Some identities, each by itself, with the links among them.
    pub(super) fn new(seen: &'a Gathered, bonds: &'a Bonds, identities: Vec<u32>, links: &[(u32, u32, f64)]) -> Self {
        let count = identities.len();
        let told = bonds.apart.iter().flat_map(|(a, b)| [*a, *b]);
        let told = told.filter_map(|identity| Some((local(&identities, identity)?, vec![identity])));
        let mut engine = Self {
            seen,
            apart: &bonds.apart,
            told: told.collect(),
            identities,
            merged: Vec::new(),
            place: Vec::new(),
            free: Vec::new(),
            alive: vec![true; count],
            neighbours: vec![Vec::new(); count],
            strongest: QuickMap::default(),
            excluded: Answers::about(count),
            part_of: (0..).take(count).collect(),
            waiting: Waiting::default(),
        };
        for (a, b, weight) in links {
            engine.know(*a, *b, *weight);
            engine.know(*b, *a, *weight);
        }
        let links = links.iter().map(|(a, b, weight)| (*a, (*b, *weight)));
        let waiting = links.filter_map(|(a, link)| engine.queued(a, link)).collect();
        engine.waiting.begin(waiting);
        engine
    }

    /// A cluster as others look at it.
    pub(super) fn cluster(&self, at: u32) -> Standing<'_, 'a> {
        Standing { engine: self, at }
    }

    /// Whether what rivals said once is not asked again; only the slow way does.
    pub(super) fn remembers(&self) -> bool {
        !self.waiting.hears_all
    }

    /// All living clusters.
    pub(super) fn living(&self) -> Vec<u32> {
        let all = (0u32..).zip(&self.alive).filter(|(_, alive)| **alive);
        all.map(|(at, _)| at).collect()
    }

    /// What a living cluster has seen.
    pub(super) fn at(&self, cluster: u32) -> &Profile {
        match (cluster as usize).checked_sub(self.identities.len()) {
            None => &self.seen.profiles[self.identities[cluster as usize] as usize],
            Some(at) => &self.merged[self.place[at] as usize],
        }
    }

    /// The cluster that another has become part of.
    pub(super) fn home(&mut self, cluster: u32) -> u32 {
        let mut here = cluster;
        while self.part_of[here as usize] != here {
            let next = self.part_of[here as usize];
            self.part_of[here as usize] = self.part_of[next as usize];
            here = next;
        }
        here
    }

    /// The cluster of each identity.
    pub(super) fn homes(&self) -> Vec<u32> {
        let mut homes = self.part_of.clone();
        // A cluster is made after all that become part of it.
        for at in (0..homes.len()).rev() {
            homes[at] = homes[homes[at] as usize];
        }
        homes.truncate(self.identities.len());
        homes
    }

    /// Adds a link to those of a cluster.
    fn know(&mut self, cluster: u32, other: u32, weight: f64) {
        let around = &mut self.neighbours[cluster as usize];
        if around.len() >= MANY && around.len().is_power_of_two() {
            around.retain(|(other, _)| self.alive[*other as usize]);
        }
        around.push((other, weight));
        let many = around.len() > HEARD;
        if let Some(strongest) = self.strongest.get_mut(&cluster) {
            if let Some(known) = strongest.get_mut() {
                known.gain((other, weight), |other| self.alive[other as usize]);
            }
        } else if many {
            self.strongest.insert(cluster, OnceLock::new());
        }
    }

    /// A cluster is no more to which another was linked.
    fn lose(&mut self, cluster: u32, link: Neighbour) {
        if let Some(strongest) = self.strongest.get_mut(&cluster)
            && let Some(known) = strongest.get_mut()
        {
            known.lose(&link);
            if !known.are_enough() {
                strongest.take();
            }
        }
    }

    /// A link of a cluster as it waits to be taken; none where it is too weak.
    fn queued(&self, a: u32, (b, weight): Neighbour) -> Option<Queued> {
        let (first, second) = (self.at(a).first(), self.at(b).first());
        let tie = Reverse((first.min(second), first.max(second)));
        (weight >= UNLIKELY).then(|| (thousandths(weight), tie, a, b))
    }

    /// Merges, the best link first, until none reaches the threshold.
    pub(super) fn run(&mut self, threshold: f64) -> Vec<Made> {
        let mut merges = Vec::new();
        // Hearing rivals only lowers a link.
        let least = if threshold <= LIKELY {
            threshold.min(KNOWN.1)
        } else {
            threshold
        };
        for round in 0.. {
            while let Some(link) = self.waiting.pop(thousandths(least), &self.alive) {
                let (_, _, a, b) = link;
                let (one, other) = (self.cluster(a), self.cluster(b));
                if !one.may_meet(other) {
                    continue;
                }
                let verdict = one.verdict(other);
                if verdict.most < least {
                    self.waiting.leave(link);
                    continue;
                }
                let hindered = one.hindered(other, verdict.weight, least);
                if !hindered.is_empty() {
                    self.waiting.set_by(link, &hindered);
                    continue;
                }
                let heard = one.heard(other, &verdict);
                let to_the_best = threshold <= LIKELY && heard.known >= KNOWN.0 && heard.weight >= KNOWN.1;
                if heard.weight >= threshold || to_the_best {
                    let reached = self.waiting.reached();
                    let merge = self.merge(a, b, verdict, heard, false);
                    merges.push(Made { round, reached, merge });
                } else {
                    self.waiting.set_by(link, &[]);
                }
            }
            if !self.waiting.next_round() {
                break;
            }
        }
        self.waiting.reopen();
        merges
    }

    /// Gives every scrap of a name to the best of those whom it may be: who wrote only "Оленка" meant somebody. Whom is a
    /// question of its own (`overlooked`) where no open link asks it.
    pub(super) fn give_scraps_away(&mut self) -> Vec<Merge> {
        let mut given = Vec::new();
        for cluster in self.living() {
            if !self.alive[cluster as usize] || !self.cluster(cluster).is_unplaced() {
                continue;
            }
            if let Some(other) = self.cluster(cluster).nearest() {
                let (one, two) = (self.cluster(cluster), self.cluster(other));
                let verdict = one.verdict(two);
                let heard = one.heard(two, &verdict);
                given.push(self.merge(cluster, other, verdict, heard, false));
            }
        }
        given
    }

    /// Makes every pair one person, unless those that either has become exclude it.
    pub(super) fn unite(&mut self, pairs: &[Merge]) -> Vec<Merge> {
        let mut united = Vec::new();
        for pair in pairs {
            let [a, b] = [pair.joined, pair.to].map(|side| self.home(side.first));
            if a != b && self.cluster(a).may_meet(self.cluster(b)) {
                let heard = Heard::alone(pair.weight);
                united.push(self.merge(a, b, pair.verdict.clone(), heard, false));
            }
        }
        united
    }

    /// Links between the living clusters that are neither likely nor ruled out.
    pub(super) fn open_links(&self) -> Vec<Merge> {
        let mut open = Vec::new();
        for a in self.living() {
            let one = self.cluster(a);
            for (b, weight) in &self.neighbours[a as usize] {
                if a >= *b || *weight < UNLIKELY || !self.alive[*b as usize] {
                    continue;
                }
                let other = self.cluster(*b);
                let verdict = one.verdict(other);
                let heard = one.heard(other, &verdict);
                if heard.weight >= UNLIKELY && !verdict.refused && one.may_meet(other) {
                    open.push(sides(self.at(a), self.at(*b), verdict, heard, false));
                }
            }
        }
        open
    }

    /// Makes two clusters one.
    pub(super) fn merge(&mut self, a: u32, b: u32, verdict: Verdict, heard: Heard, decided: bool) -> Merge {
        let id = u32::try_from(self.alive.len()).expect("at most twice as many clusters as identities");
        let mut merge = sides(self.at(a), self.at(b), verdict, heard, decided);
        let (one, two) = (self.take(a), self.take(b));
        let a_is_smaller = one.first() == merge.joined.first;
        let (small, mut whole) = if a_is_smaller { (one, two) } else { (two, one) };
        merge.moved = small.members.to_vec();
        whole.take_in(small);
        self.keep(whole);
        self.alive.push(true);
        self.part_of.push(id);
        for side in [a, b] {
            self.alive[side as usize] = false;
            self.part_of[side as usize] = id;
            self.waiting.forget(side);
            self.waiting.give_way(side);
            self.strongest.remove(&side);
            if let Some(told) = self.told.remove(&side) {
                self.told.entry(id).or_default().extend(told);
            }
        }
        let mut around: SmallVec<[u32; 32]> = SmallVec::new();
        for side in [a, b] {
            for (other, weight) in std::mem::take(&mut self.neighbours[side as usize]) {
                if self.alive[other as usize] {
                    around.push(other);
                    self.lose(other, (side, weight));
                }
            }
        }
        around.sort_unstable();
        around.dedup();
        for other in &around {
            self.waiting.stir(*other);
        }
        let links = self.links_to(id, &around);
        for (other, weight) in &links {
            self.know(*other, id, *weight);
        }
        let waiting = links.iter().filter_map(|link| self.queued(id, *link)).collect();
        self.waiting.bring(id, waiting);
        if links.len() > HEARD {
            self.strongest.insert(id, OnceLock::new());
        }
        self.neighbours.push(links);
        merge
    }

    /// Links of a new cluster, of those to whom either of its halves was linked.
    fn links_to(&self, cluster: u32, around: &[u32]) -> Vec<Neighbour> {
        let link = |other: &u32| {
            let verdict = self.cluster(cluster).verdict(self.cluster(*other));
            worth_keeping(&verdict).then_some((*other, verdict.weight))
        };
        if around.len() < CROWD {
            return around.iter().filter_map(link).collect();
        }
        around.par_iter().filter_map(link).collect()
    }

    /// What a cluster has seen, which is a part of another from now on.
    fn take(&mut self, cluster: u32) -> Profile {
        match (cluster as usize).checked_sub(self.identities.len()) {
            None => self.at(cluster).clone(),
            Some(at) => {
                let place = self.place[at];
                self.free.push(place);
                std::mem::take(&mut self.merged[place as usize])
            }
        }
    }

    /// Keeps what the next cluster has seen, in the place of one that is no more.
    fn keep(&mut self, profile: Profile) {
        let place = self.free.pop().unwrap_or_else(|| {
            self.merged.push(Profile::default());
            u32::try_from(self.merged.len() - 1).expect("at most as many clusters as identities")
        });
        self.merged[place as usize] = profile;
        self.place.push(place);
    }
}

/// The place of an identity among those of an engine.
fn local(identities: &[u32], identity: u32) -> Option<u32> {
    let place = identities.binary_search(&identity).ok()?;
    u32::try_from(place).ok()
}

/// A merge of two clusters, the smaller one joining; of two equal ones that of the first member.
pub(super) fn sides(one: &Profile, two: &Profile, verdict: Verdict, heard: Heard, decided: bool) -> Merge {
    let rank = |profile: &Profile| (profile.members.len(), Reverse(profile.first()));
    let (small, large) = if rank(one) <= rank(two) { (one, two) } else { (two, one) };
    let side = |profile: &Profile| Side {
        first: profile.first(),
        speaker: profile.speaker.1,
    };
    Merge {
        joined: side(small),
        to: side(large),
        moved: Vec::new(),
        verdict,
        weight: heard.weight,
        unbound: heard.unbound,
        decided,
    }
}
