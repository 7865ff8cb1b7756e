//! Which pairs are looked at: of one person, of two persons at random, and of two persons who are easily confused.

use std::collections::{BTreeMap, BTreeSet};

use tallyframe::ingest::records::{Birth, MentionId, Records};
use tallyframe::people::Comparer;
use tallyframe::people::model::Link;

use super::tally::{Seen, Tally};
use crate::registers::chance::Chance;

/// Most pairs of one person.
const OF_ONE_PERSON: usize = 30;
/// Neighbours in a block that each mention is compared with.
const NEIGHBOURS: usize = 3;
/// Letters of a name that bring two mentions together.
const BEGINNING: usize = 7;

/// Counts levels over data sets.
pub(crate) struct Learner {
    /// What was counted.
    pub(crate) seen: Seen,
    pairs: usize,
    chance: Chance,
}

/// The comparisons in which a mention gives less than the whole: an initial, a year.
type Bare = BTreeSet<&'static str>;

/// A data set: its persons, each with a mention for every way she is written.
struct Known<'a> {
    records: &'a Records,
    comparer: Comparer,
    persons: Vec<Vec<MentionId>>,
    bare: BTreeMap<MentionId, Bare>,
}

impl Learner {
    /// A learner that draws so many random pairs of each data set.
    pub(crate) fn new(pairs: usize) -> Self {
        Self {
            seen: Seen::default(),
            pairs,
            chance: Chance::new(1),
        }
    }

    /// Counts over a data set; mentions without a truth are left out.
    pub(crate) fn see(&mut self, records: &Records, truth: &[Option<u32>]) {
        let known = Known::of(records, truth);
        for person in &known.persons {
            self.one_person(&known, person);
        }
        if known.persons.len() > 1 {
            for _ in 0..self.pairs {
                self.two_persons(&known);
            }
        }
        known.confusable(|a, b| known.count(&mut self.seen.confusable, a, b, 1.0));
    }

    fn one_person(&mut self, known: &Known<'_>, ways: &[MentionId]) {
        let all = ways.len() * ways.len().saturating_sub(1) / 2;
        let mut pairs: Vec<(MentionId, MentionId)> = Vec::new();
        for (at, a) in ways.iter().enumerate() {
            pairs.extend(ways[at + 1..].iter().map(|b| (*a, *b)));
        }
        if all > OF_ONE_PERSON {
            self.chance.shuffle(&mut pairs);
            pairs.truncate(OF_ONE_PERSON);
        }
        let weight = 1.0 / pairs.len().max(1) as f64;
        for (a, b) in pairs {
            known.count(&mut self.seen.one_person, a, b, weight);
        }
    }

    fn two_persons(&mut self, known: &Known<'_>) {
        let mut draw = || self.chance.below(known.persons.len());
        let (one, other) = (draw(), draw());
        if one != other {
            let a = *self.chance.pick(&known.persons[one]);
            let b = *self.chance.pick(&known.persons[other]);
            known.count(&mut self.seen.two_persons, a, b, 1.0);
        }
    }
}

impl<'a> Known<'a> {
    fn of(records: &'a Records, truth: &[Option<u32>]) -> Self {
        let comparer = Comparer::new(records);
        let mut ways: BTreeMap<u32, BTreeMap<u32, MentionId>> = BTreeMap::new();
        for (at, person) in truth.iter().enumerate() {
            if let Some(person) = person {
                let mention = MentionId::from(at);
                let of_person = ways.entry(*person).or_default();
                of_person.entry(comparer.writing(mention)).or_insert(mention);
            }
        }
        let persons: Vec<Vec<MentionId>> = ways.into_values().map(|ways| ways.into_values().collect()).collect();
        let mentions = persons.iter().flatten();
        let bare = mentions.map(|mention| (*mention, bare(&comparer.pair(*mention, *mention))));
        let bare = bare.collect();
        Self {
            records,
            comparer,
            persons,
            bare,
        }
    }

    fn count(&self, tally: &mut Tally, a: MentionId, b: MentionId, weight: f64) {
        let link = self.comparer.pair(a, b);
        for field in &link.fields {
            let bare = |mention| self.bare[mention].contains(field.comparison);
            tally.see(field.comparison, field.level, bare(&a) || bare(&b), weight);
        }
    }

    /// Pairs of two persons with a phone, a birth or the beginning of a name in common.
    fn confusable(&self, mut see: impl FnMut(MentionId, MentionId)) {
        let mut blocks: BTreeMap<String, Vec<(usize, MentionId)>> = BTreeMap::new();
        for (person, ways) in self.persons.iter().enumerate() {
            for mention in ways {
                for key in self.keys(*mention) {
                    blocks.entry(key).or_default().push((person, *mention));
                }
            }
        }
        let mut met = BTreeSet::new();
        for block in blocks.values() {
            for (at, (person, a)) in block.iter().enumerate() {
                let others = block[at + 1..].iter().filter(|(other, _)| other != person);
                for (_, b) in others.take(NEIGHBOURS) {
                    if met.insert((*a, *b)) {
                        see(*a, *b);
                    }
                }
            }
        }
    }

    fn keys(&self, mention: MentionId) -> Vec<String> {
        let identity = &self.records.mentions[mention.index()].identity;
        let text = |id: Option<_>| id.map_or("", |id| self.records.text(id));
        let phone: String = text(identity.phone).chars().filter(char::is_ascii_digit).collect();
        let name = text(identity.surname.or(identity.full_name)).to_lowercase();
        let beginning: String = name.chars().filter(|one| one.is_alphabetic()).take(BEGINNING).collect();
        let mut keys = Vec::new();
        if phone.len() >= 9 {
            keys.push(phone[phone.len() - 9..].to_owned());
        }
        if let Birth::Date(day) = identity.birth {
            keys.push(day.to_string());
        }
        if !beginning.is_empty() {
            keys.push(beginning);
        }
        keys
    }
}

/// What a mention gives less than the whole of: compared with itself it agrees no better than that.
fn bare(itself: &Link) -> Bare {
    let fields = itself.fields.iter();
    fields
        .filter(|field| field.level != "exact")
        .map(|field| field.comparison)
        .collect()
}
