//! The living clusters, their links, and what a link is worth once rivals were heard.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::super::compare::{Comparison, Level, compare};
use super::super::gather::Gathered;
use super::super::profile::Profile;
use super::super::weigh::{LIKELY, UNLIKELY, Verdict};
use super::waiting::Waiting;
use super::{Bonds, Merge, Side, excludes, verdict, worth_keeping};

/// Rivals weaker than a link by this much do not lower it.
const RIVAL: f64 = 6.0;
/// Most rivals that are heard, the strongest first: what so many leave of a link, more would not change.
const HEARD: usize = 64;
/// Odds of a mention being somebody known already from which it is given to the best of them, and how good that one must be.
const KNOWN: (f64, f64) = (2.0, -1.6);
/// Links of a cluster from which on those to clusters that are no more are cleared away.
const MANY: usize = 64;

/// What a link is worth after others were heard who claim the same mention.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard {
    /// Log-odds, at most what the kind of evidence may say.
    pub(super) weight: f64,
    /// The same without that bound.
    pub(super) unbound: f64,
    /// Log-odds of being anybody known at all.
    pub(super) known: f64,
}

impl Heard {
    /// A weight that no rival was heard about.
    pub(super) fn alone(weight: f64) -> Self {
        Self {
            weight,
            unbound: weight,
            known: weight,
        }
    }
}

/// A link of a cluster: to whom, and its weight.
type Neighbour = (u32, f64);

/// Clusters, numbered: first the identities, then those made by merging.
pub(super) struct Engine<'a> {
    seen: &'a Gathered,
    apart: &'a BTreeSet<(u32, u32)>,
    /// Identities of which an officer has told who they are not, of each cluster that has any.
    told: BTreeMap<u32, Vec<u32>>,
    /// Clusters made by merging, after the identities themselves; emptied once they are part of another.
    merged: Vec<Profile>,
    alive: Vec<bool>,
    neighbours: Vec<Vec<Neighbour>>,
    /// The cluster that each has become part of, itself while it lives.
    part_of: Vec<u32>,
    waiting: Waiting,
}

#[expect(clippy::cast_possible_truncation, reason = "weights lie within a few hundred bits")]
fn thousandths(weight: f64) -> i64 {
    (weight * 1000.0).round() as i64
}

impl<'a> Engine<'a> {
    /// Every identity by itself.
    pub(super) fn new(seen: &'a Gathered, bonds: &'a Bonds) -> Self {
        let count = seen.profiles.len();
        let told = bonds.apart.iter().flat_map(|(a, b)| [*a, *b]);
        Self {
            seen,
            apart: &bonds.apart,
            told: told.map(|identity| (identity, vec![identity])).collect(),
            merged: Vec::new(),
            alive: vec![true; count],
            neighbours: vec![Vec::new(); count],
            part_of: (0..).take(count).collect(),
            waiting: Waiting::default(),
        }
    }

    /// The words and profiles that are clustered.
    pub(super) fn seen(&self) -> &Gathered {
        self.seen
    }

    /// All living clusters.
    pub(super) fn living(&self) -> Vec<u32> {
        let all = (0u32..).zip(&self.alive).filter(|(_, alive)| **alive);
        all.map(|(at, _)| at).collect()
    }

    /// What a living cluster has seen.
    pub(super) fn at(&self, cluster: u32) -> &Profile {
        let identities = self.seen.profiles.len();
        match (cluster as usize).checked_sub(identities) {
            None => &self.seen.profiles[cluster as usize],
            Some(at) => &self.merged[at],
        }
    }

    /// The cluster that an identity is in.
    pub(super) fn home(&mut self, identity: u32) -> u32 {
        let mut here = identity;
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
        homes.truncate(self.seen.profiles.len());
        homes
    }

    /// Whether two clusters are known to be linked.
    pub(super) fn linked(&self, a: u32, b: u32) -> bool {
        self.neighbours[a as usize].iter().any(|(other, _)| *other == b)
    }

    /// Compares and weighs two clusters.
    pub(super) fn verdict(&self, a: u32, b: u32) -> Verdict {
        verdict(self.at(a), self.at(b), self.seen)
    }

    /// Links two clusters.
    pub(super) fn link(&mut self, a: u32, b: u32, weight: f64) {
        for (one, other) in [(a, b), (b, a)] {
            let around = &mut self.neighbours[one as usize];
            if around.len() >= MANY && around.len().is_power_of_two() {
                around.retain(|(other, _)| self.alive[*other as usize]);
            }
            around.push((other, weight));
        }
        if weight < UNLIKELY {
            return;
        }
        let (first, second) = (self.at(a).first(), self.at(b).first());
        let tie = Reverse((first.min(second), first.max(second)));
        self.waiting.push((thousandths(weight), tie, a, b));
    }

    /// Merges, the best link first, until none reaches the threshold.
    pub(super) fn run(&mut self, threshold: f64) -> Vec<Merge> {
        let mut merges = Vec::new();
        // Hearing rivals only lowers a link.
        let least = if threshold <= LIKELY {
            threshold.min(KNOWN.1)
        } else {
            threshold
        };
        loop {
            while let Some(link) = self.waiting.pop(thousandths(least)) {
                let (_, _, a, b) = link;
                if !self.alive[a as usize] || !self.alive[b as usize] || !self.may_meet(a, b) {
                    continue;
                }
                let verdict = self.verdict(a, b);
                let heard = self.heard(a, b, &verdict);
                let to_the_best = threshold <= LIKELY && heard.known >= KNOWN.0 && heard.weight >= KNOWN.1;
                if heard.weight >= threshold || to_the_best {
                    merges.push(self.merge(a, b, verdict, heard, false));
                } else {
                    self.waiting.set_by(link);
                }
            }
            if !self.waiting.next_round() {
                self.waiting.reopen();
                return merges;
            }
        }
    }

    /// Gives every scrap of a name to the best of those whom it may be: who wrote only "Оленка" meant somebody. Whom is a
    /// question of its own ([`Self::overlooked`]) where no open link asks it.
    pub(super) fn give_scraps_away(&mut self) -> Vec<Merge> {
        let mut given = Vec::new();
        for cluster in self.living() {
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

    /// Whether a cluster is a scrap of a name of which no officer has told whose it is not.
    pub(super) fn is_unplaced(&self, cluster: u32) -> bool {
        self.at(cluster).is_scrap() && !self.told.contains_key(&cluster)
    }

    /// The best of those whom a cluster may be.
    pub(super) fn nearest(&self, cluster: u32) -> Option<u32> {
        let around = self.neighbours[cluster as usize].iter();
        around
            .filter(|(other, _)| self.alive[*other as usize] && !self.exclude(cluster, *other))
            .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)))
            .map(|(other, _)| *other)
    }

    /// A link after its rivals were heard.
    pub(super) fn heard(&self, a: u32, b: u32, verdict: &Verdict) -> Heard {
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
        let around = self.neighbours[a as usize].iter();
        let claims =
            |(other, claim): &&Neighbour| *other != b && *claim > weight - RIVAL && self.alive[*other as usize];
        let mut claims: Vec<Neighbour> = around.filter(claims).copied().collect();
        if claims.len() > HEARD {
            claims.sort_unstable_by(|one, two| two.1.total_cmp(&one.1).then_with(|| one.0.cmp(&two.0)));
            claims.truncate(HEARD);
        }
        let mut odds = 0.0;
        for (other, claim) in claims {
            if self.exclude(b, other) {
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
        excludes(self.at(a), self.at(b), self.seen) || !self.may_meet(a, b)
    }

    /// Links between the living clusters that are neither likely nor ruled out.
    pub(super) fn open_links(&self) -> Vec<Merge> {
        let mut open: Vec<Merge> = self
            .living()
            .into_par_iter()
            .flat_map_iter(|a| {
                self.neighbours[a as usize]
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
        open.sort_by_key(Merge::order);
        open
    }

    /// Whether neither an officer nor a common list holds the two clusters apart.
    pub(super) fn may_meet(&self, a: u32, b: u32) -> bool {
        !self.told_apart(a, b) && self.lists_allow(self.at(a), self.at(b))
    }

    fn told_apart(&self, a: u32, b: u32) -> bool {
        let (Some(a), Some(b)) = (self.told.get(&a), self.told.get(&b)) else {
            return false;
        };
        let mut pairs = a.iter().flat_map(|one| b.iter().map(move |other| (one, other)));
        pairs.any(|(one, other)| self.apart.contains(&(*one.min(other), *one.max(other))))
    }

    /// Rule 18: two rows of one list are two persons unless all that both fill in agrees.
    fn lists_allow(&self, a: &Profile, b: &Profile) -> bool {
        let (few, many) = if a.lists.len() <= b.lists.len() { (a, b) } else { (b, a) };
        few.lists.chunk_by(|one, two| one.0 == two.0).all(|rows| {
            let list = rows[0].0;
            let from = many.lists.partition_point(|row| row.0 < list);
            let others = many.lists[from..].iter().take_while(|row| row.0 == list);
            others
                .clone()
                .all(|two| rows.iter().all(|one| self.agree(one.1, two.1)))
        })
    }

    /// Whether all that two rows both fill in agrees; a slip in a name is forgiven where birth date or phone agree too.
    fn agree(&self, a: u32, b: u32) -> bool {
        if a == b {
            return true;
        }
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

    /// Makes two clusters one.
    pub(super) fn merge(&mut self, a: u32, b: u32, verdict: Verdict, heard: Heard, decided: bool) -> Merge {
        let id = u32::try_from(self.alive.len()).expect("at most twice as many clusters as identities");
        let mut merge = sides(self.at(a), self.at(b), verdict, heard, decided);
        let (one, two) = (self.take(a), self.take(b));
        let a_is_smaller = one.first() == merge.joined.first;
        let (small, mut whole) = if a_is_smaller { (one, two) } else { (two, one) };
        merge.moved = small.members.to_vec();
        whole.take_in(small);
        self.merged.push(whole);
        self.alive.push(true);
        self.part_of.push(id);
        for side in [a, b] {
            self.alive[side as usize] = false;
            self.part_of[side as usize] = id;
            self.waiting.forget(side);
            if let Some(told) = self.told.remove(&side) {
                self.told.entry(id).or_default().extend(told);
            }
        }
        let around: BTreeSet<u32> = [a, b]
            .into_iter()
            .flat_map(|side| std::mem::take(&mut self.neighbours[side as usize]))
            .map(|(other, _)| other)
            .filter(|other| self.alive[*other as usize])
            .collect();
        self.neighbours.push(Vec::new());
        for other in around {
            self.waiting.stir(other);
            let verdict = self.verdict(id, other);
            if worth_keeping(&verdict) {
                self.link(id, other, verdict.weight);
            }
        }
        merge
    }

    /// What a cluster has seen, which is a part of another from now on.
    fn take(&mut self, cluster: u32) -> Profile {
        match (cluster as usize).checked_sub(self.seen.profiles.len()) {
            None => self.seen.profiles[cluster as usize].clone(),
            Some(at) => std::mem::take(&mut self.merged[at]),
        }
    }
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
