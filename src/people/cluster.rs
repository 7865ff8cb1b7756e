//! Identities → persons: the best link first, cluster against cluster, refusing what contradicts.
//!
//! Connected components would turn one wrong link into many wrong pairs; here everything that a cluster has seen
//! is compared with everything that the other has, so that a bridge between a mother and a daughter
//! breaks on their given names (agglomerative clustering with cannot-link constraints, Wagstaff & al. 2001).
//! Going down the weights once yields the three partitions: what is certain, what is likely, what is possible.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::compare::{Comparison, Level, Spellings, compare};
use super::contact::Code;
use super::weigh::{CERTAIN, Frequencies, LIKELY, UNLIKELY, Verdict, weigh};
use crate::ingest::records::Birth;

/// All that a cluster has seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    /// Surnames, by number of spelling.
    pub(crate) surnames: Vec<u32>,
    /// Given names, by number of spelling.
    pub(crate) given: Vec<u32>,
    /// First letters of the given name.
    pub(crate) given_initials: Vec<char>,
    /// Fathers behind the patronymics.
    pub(crate) fathers: Vec<String>,
    /// First letters of the patronymic.
    pub(crate) father_initials: Vec<char>,
    /// Birth dates and years.
    pub(crate) births: Vec<Birth>,
    /// Phones.
    pub(crate) phones: Vec<String>,
    /// E-mails.
    pub(crate) emails: Vec<String>,
    /// Client codes.
    pub(crate) codes: Vec<Code>,
    /// Aliases.
    pub(crate) aliases: Vec<String>,
    /// Household keys.
    pub(crate) households: Vec<String>,
    /// Sexes.
    pub(crate) sexes: Vec<String>,
    /// Settlements.
    pub(crate) settlements: Vec<String>,
    /// Whether nothing but a pointer (code, phone, alias) is known.
    pub(crate) pointer: bool,
    /// Lists (of rule 18) with the member that stands in each.
    pub(crate) lists: Vec<(u32, u32)>,
    /// Identities it is made of.
    pub(crate) members: Vec<u32>,
}

fn unite<T: Ord + Clone>(into: &mut Vec<T>, from: &[T]) {
    into.extend_from_slice(from);
    into.sort();
    into.dedup();
}

impl Profile {
    fn absorb(&mut self, other: &Profile) {
        unite(&mut self.surnames, &other.surnames);
        unite(&mut self.given, &other.given);
        unite(&mut self.given_initials, &other.given_initials);
        unite(&mut self.fathers, &other.fathers);
        unite(&mut self.father_initials, &other.father_initials);
        unite(&mut self.births, &other.births);
        unite(&mut self.phones, &other.phones);
        unite(&mut self.emails, &other.emails);
        unite(&mut self.codes, &other.codes);
        unite(&mut self.aliases, &other.aliases);
        unite(&mut self.households, &other.households);
        unite(&mut self.sexes, &other.sexes);
        unite(&mut self.settlements, &other.settlements);
        unite(&mut self.lists, &other.lists);
        unite(&mut self.members, &other.members);
        self.pointer &= other.pointer;
    }
}

/// A merge, with what spoke for it.
#[derive(Debug, Clone)]
pub(crate) struct Merge {
    /// Members of the smaller side.
    pub(crate) joined: Vec<u32>,
    /// Members of the other side.
    pub(crate) to: Vec<u32>,
    /// What the weights said.
    pub(crate) verdict: Verdict,
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
    /// Merges that are certain, likely, and merely possible.
    pub(crate) certain: Vec<Merge>,
    /// Likely merges.
    pub(crate) likely: Vec<Merge>,
    /// Possible merges.
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

/// A link waiting in the queue: weight in thousandths of a bit, then the smallest members as tie-break, then where.
type Queued = (i64, Reverse<(u32, u32)>, u32, u32);

struct Engine<'a> {
    identities: &'a [Profile],
    spellings: &'a Spellings,
    frequencies: &'a Frequencies,
    apart: &'a BTreeSet<(u32, u32)>,
    clusters: Vec<Option<Profile>>,
    neighbours: Vec<BTreeSet<u32>>,
    home: Vec<u32>,
    queue: BinaryHeap<Queued>,
}

/// Clusters the identities.
pub(crate) fn cluster(
    identities: &[Profile],
    candidates: &[(u32, u32)],
    bonds: &Bonds,
    spellings: &Spellings,
    frequencies: &Frequencies,
) -> Clusters {
    let count = u32::try_from(identities.len()).expect("fewer identities than mentions");
    let mut engine = Engine {
        identities,
        spellings,
        frequencies,
        apart: &bonds.apart,
        clusters: identities.iter().cloned().map(Some).collect(),
        neighbours: vec![BTreeSet::new(); identities.len()],
        home: (0..count).collect(),
        queue: BinaryHeap::new(),
    };
    let mut outcome = Clusters::default();
    for &(a, b) in candidates {
        engine.offer(a, b);
    }
    for &(a, b) in &bonds.together {
        let (a, b) = (engine.home[a as usize], engine.home[b as usize]);
        if a != b {
            let verdict = engine.verdict(a, b);
            outcome.certain.push(engine.merge(a, b, verdict, true));
        }
    }
    outcome.certain.extend(engine.run(CERTAIN));
    outcome.high.clone_from(&engine.home);
    outcome.likely = engine.run(LIKELY);
    outcome.best.clone_from(&engine.home);
    outcome.possible = engine.run(UNLIKELY);
    outcome.low = engine.home;
    outcome
}

impl Engine<'_> {
    fn at(&self, cluster: u32) -> &Profile {
        self.clusters[cluster as usize]
            .as_ref()
            .expect("only living clusters are looked at")
    }

    fn verdict(&self, a: u32, b: u32) -> Verdict {
        verdict(self.at(a), self.at(b), self.spellings, self.frequencies)
    }

    /// Queues the link of two clusters where it could ever count.
    fn offer(&mut self, a: u32, b: u32) {
        let verdict = self.verdict(a, b);
        if verdict.refused || verdict.weight < UNLIKELY - 8.0 {
            return;
        }
        self.neighbours[a as usize].insert(b);
        self.neighbours[b as usize].insert(a);
        if verdict.weight < UNLIKELY {
            return;
        }
        let (first, second) = (self.at(a).members[0], self.at(b).members[0]);
        let tie = Reverse((first.min(second), first.max(second)));
        #[expect(clippy::cast_possible_truncation, reason = "weights lie within a few hundred bits")]
        let weight = (verdict.weight * 1000.0).round() as i64;
        self.queue.push((weight, tie, a, b));
    }

    /// Merges, the best link first, until none reaches the threshold.
    fn run(&mut self, threshold: f64) -> Vec<Merge> {
        let mut merges = Vec::new();
        #[expect(clippy::cast_possible_truncation, reason = "thresholds are a few bits")]
        let least = (threshold * 1000.0).round() as i64;
        while let Some(&(weight, _, a, b)) = self.queue.peek() {
            if weight < least {
                break;
            }
            self.queue.pop();
            let alive = self.clusters[a as usize].is_some() && self.clusters[b as usize].is_some();
            if alive && self.may_meet(a, b) {
                let verdict = self.verdict(a, b);
                merges.push(self.merge(a, b, verdict, false));
            }
        }
        merges
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
                    let here: Vec<u32> = a.lists[i..]
                        .iter()
                        .take_while(|row| row.0 == *list)
                        .map(|row| row.1)
                        .collect();
                    let there: Vec<u32> = b.lists[j..]
                        .iter()
                        .take_while(|row| row.0 == *list)
                        .map(|row| row.1)
                        .collect();
                    let agree = |one: u32, two: u32| {
                        agree(
                            &self.identities[one as usize],
                            &self.identities[two as usize],
                            self.spellings,
                        )
                    };
                    if here.iter().any(|one| there.iter().any(|two| !agree(*one, *two))) {
                        return false;
                    }
                    i += here.len();
                    j += there.len();
                }
            }
        }
        true
    }

    fn merge(&mut self, a: u32, b: u32, verdict: Verdict, decided: bool) -> Merge {
        let id = u32::try_from(self.clusters.len()).expect("at most twice as many clusters as identities");
        let one = self.clusters[a as usize].take().expect("merged clusters were alive");
        let two = self.clusters[b as usize].take().expect("merged clusters were alive");
        let merge = {
            let (small, large) = if one.members.len() <= two.members.len() {
                (&one, &two)
            } else {
                (&two, &one)
            };
            Merge {
                joined: small.members.clone(),
                to: large.members.clone(),
                verdict,
                decided,
            }
        };
        let mut whole = one;
        whole.absorb(&two);
        for member in &whole.members {
            self.home[*member as usize] = id;
        }
        self.clusters.push(Some(whole));
        let mut around = std::mem::take(&mut self.neighbours[a as usize]);
        around.append(&mut self.neighbours[b as usize]);
        self.neighbours.push(BTreeSet::new());
        for next in around {
            if self.clusters[next as usize].is_some() {
                self.neighbours[next as usize].remove(&a);
                self.neighbours[next as usize].remove(&b);
                self.offer(id, next);
            }
        }
        merge
    }
}

/// Compares and weighs two profiles.
pub(crate) fn verdict(a: &Profile, b: &Profile, spellings: &Spellings, frequencies: &Frequencies) -> Verdict {
    weigh(&compare(a, b, spellings), frequencies, a.pointer || b.pointer)
}

/// Whether all that two rows both fill in agrees; a slip in a name is forgiven where birth date or phone agree too.
fn agree(a: &Profile, b: &Profile, spellings: &Spellings) -> bool {
    let reached = compare(a, b, spellings);
    let met = |comparison| {
        reached
            .iter()
            .any(|one| one.comparison == comparison && one.level == Level::Exact)
    };
    let sure = met(Comparison::Birth) || met(Comparison::Phone);
    reached.iter().all(|one| match one.comparison {
        Comparison::Code | Comparison::Settlement | Comparison::Household => true,
        _ => match one.level {
            Level::Exact | Level::Year | Level::Initial | Level::Missing => true,
            Level::Variant | Level::Typo => sure && one.comparison != Comparison::Phone,
            Level::Doubtful | Level::Conflict => false,
        },
    })
}
