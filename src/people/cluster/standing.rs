//! A cluster as others look at it: who it may be, whom it excludes, and what a link is worth once rivals were heard.
//!
//! The two clusters of a question may be looked after by two engines.

use super::super::compare::{Comparison, Level, compare, other_order};
use super::super::profile::Profile;
use super::super::weigh::{UNLIKELY, Verdict};
use super::engine::Engine;
use super::strongest::{HEARD, Strongest};
use super::{excludes, verdict};

/// Rivals weaker than a link by this much do not lower it.
const RIVAL: f64 = 6.0;
/// Odds of a mention being somebody known already from which it is given to the best of them, and how good that one must be.
pub(super) const KNOWN: (f64, f64) = (2.0, -1.6);

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

/// A living cluster.
#[derive(Clone, Copy)]
pub(super) struct Standing<'e, 'a> {
    pub(super) engine: &'e Engine<'a>,
    pub(super) at: u32,
}

impl<'e> Standing<'e, '_> {
    /// What it has seen.
    pub(super) fn profile(self) -> &'e Profile {
        self.engine.at(self.at)
    }

    fn is(self, other: Self) -> bool {
        std::ptr::eq(self.engine, other.engine) && self.at == other.at
    }

    /// Its links to living clusters.
    fn around(self) -> impl Iterator<Item = (Self, f64)> {
        let around = self.engine.neighbours[self.at as usize].iter();
        let alive = around.filter(move |(other, _)| self.engine.alive[*other as usize]);
        alive.map(move |(other, weight)| (self.engine.cluster(*other), *weight))
    }

    /// Whether it is known to be linked to another.
    pub(super) fn is_linked(self, other: Self) -> bool {
        self.around().any(|(one, _)| one.is(other))
    }

    /// Compares and weighs two clusters.
    pub(super) fn verdict(self, other: Self) -> Verdict {
        verdict(self.profile(), other.profile(), self.engine.seen)
    }

    /// Whether it is a scrap of a name of which no officer has told whose it is not.
    pub(super) fn is_unplaced(self) -> bool {
        self.profile().is_scrap() && !self.engine.told.contains_key(&self.at)
    }

    /// The best of those whom it may be.
    pub(super) fn nearest(self) -> Option<u32> {
        self.around()
            .filter(|(other, _)| !self.excludes(*other))
            .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.at.cmp(&a.0.at)))
            .map(|(other, _)| other.at)
    }

    /// A link after its rivals were heard.
    pub(super) fn heard(self, other: Self, verdict: &Verdict) -> Heard {
        let weight = verdict.weight;
        let enough = (weight - UNLIKELY + 1.0).exp2();
        let [one, two] = [(self, other), (other, self)].map(|(a, b)| a.rivals(b, weight, enough, |_| ()));
        let rivals = one.max(two);
        let unbound = weight - (1.0 + rivals).log2();
        Heard {
            weight: unbound.min(verdict.most),
            unbound,
            known: (weight.exp2() + rivals).log2(),
        }
    }

    /// Rivals that keep a link below a weight as long as they are there, whatever else changes: what speaks for a rival
    /// and whom it excludes stays as it is. None where those heard do not. (A rival stays heard here even should stronger
    /// ones come, of whom only [`HEARD`] would be.)
    pub(super) fn hindered(self, other: Self, weight: f64, least: f64) -> Vec<u32> {
        let enough = (weight - least).exp2() - 1.0;
        for (a, b) in [(self, other), (other, self)] {
            let mut rivals = Vec::new();
            if a.rivals(b, weight, enough, |rival| rivals.push(rival)) > enough {
                return rivals;
            }
        }
        Vec::new()
    }

    /// Odds of being one of the others that it is linked to and that exclude `b`; as many are heard as it takes to
    /// have enough, so that a crowd of one name costs no more than a few of them.
    fn rivals(self, b: Self, weight: f64, enough: f64, mut note: impl FnMut(u32)) -> f64 {
        let engine = self.engine;
        let around = &engine.neighbours[self.at as usize];
        let found;
        let claims = if around.len() <= HEARD {
            around
        } else if let Some(known) = engine.strongest.get(&self.at).filter(|_| engine.remembers()) {
            known.get_or_init(|| self.strongest()).links()
        } else {
            found = self.strongest();
            found.links()
        };
        let others = claims.iter().filter(|(other, claim)| {
            let is_b = std::ptr::eq(engine, b.engine) && *other == b.at;
            !is_b && *claim > weight - RIVAL && engine.alive[*other as usize]
        });
        let mut odds = 0.0;
        for (other, claim) in others.take(HEARD) {
            if b.is_known_to_exclude(engine.cluster(*other)) {
                note(*other);
                odds += claim.exp2();
                if odds > enough {
                    break;
                }
            }
        }
        odds
    }

    fn strongest(self) -> Strongest {
        Strongest::of(self.around().map(|(other, weight)| (other.at, weight)).collect())
    }

    /// The same as `excludes`, for who asks often.
    fn is_known_to_exclude(self, other: Self) -> bool {
        if !std::ptr::eq(self.engine, other.engine) || !self.engine.remembers() {
            return self.excludes(other);
        }
        let (one, two) = if self.at <= other.at {
            (self, other)
        } else {
            (other, self)
        };
        self.engine.excluded.of(one.at, two.at, || one.excludes(two))
    }

    /// Whether two clusters cannot be one person; a pointer excludes nobody.
    fn excludes(self, other: Self) -> bool {
        excludes(self.profile(), other.profile(), self.engine.seen) || !self.may_meet(other)
    }

    /// Whether neither an officer nor a common list holds the two clusters apart.
    pub(super) fn may_meet(self, other: Self) -> bool {
        !self.is_told_apart(other) && self.lists_allow(self.profile(), other.profile())
    }

    fn is_told_apart(self, other: Self) -> bool {
        let told = |one: Self| one.engine.told.get(&one.at);
        let (Some(a), Some(b)) = (told(self), told(other)) else {
            return false;
        };
        let mut pairs = a.iter().flat_map(|one| b.iter().map(move |other| (one, other)));
        pairs.any(|(one, other)| self.engine.apart.contains(&(*one.min(other), *one.max(other))))
    }

    /// Rule 18: two rows of one list are two persons unless all that both fill in agrees.
    fn lists_allow(self, a: &Profile, b: &Profile) -> bool {
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
    fn agree(self, a: u32, b: u32) -> bool {
        if a == b {
            return true;
        }
        let identity = |at: u32| &self.engine.seen.profiles[at as usize];
        if other_order(identity(a), identity(b), &self.engine.seen.words) {
            return false;
        }
        let compared = compare(identity(a), identity(b), &self.engine.seen.words);
        let met = |comparison| compared.level(comparison) == Level::Exact;
        let sure = met(Comparison::Birth) || met(Comparison::Phone);
        compared.spoken().all(|(comparison, level)| match comparison {
            Comparison::Code
            | Comparison::Household
            | Comparison::Address
            | Comparison::Postcode
            | Comparison::Place => true,
            // A place misspelled is the same place.
            Comparison::Settlement => level != Level::Conflict,
            _ => match level {
                Level::Exact | Level::Year | Level::Initial | Level::Missing => true,
                Level::Variant | Level::Typo => sure && comparison != Comparison::Phone,
                Level::Near | Level::Doubtful | Level::Conflict => false,
            },
        })
    }
}
