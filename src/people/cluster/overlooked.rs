//! Doubt that the best decision has no room for: pairs held apart for one contradiction though all else speaks against
//! it, and pairs whose names are written so that they never met.
//!
//! A given name that no name file knows, or a short form, may be a slip or a household's own word for somebody who
//! stands elsewhere under her name in full; where surname, birth date, phone or patronymic agree, a twin and one person
//! written twice look the same. The best decision tells them apart, since a wrong merge hides a person; the range must
//! hold both. Two names of their own are two people: nobody is asked about Карина and Дарина.
//!
//! A given name alone belongs to somebody: where nothing points to anybody, it is asked about with the best of that name.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::super::compare::{Comparison, Level, births};
use super::super::learn::day;
use super::super::profile::Profile;
use super::super::weigh::{UNLIKELY, Verdict};
use super::super::words::{Word, Words};
use super::Merge;
use super::engine::sides;
use super::parts::Parts;
use crate::names::NameId;

/// Most people of one block: beyond it the key is no sign of one person.
const CROWD: usize = 40;

/// Most that such a pair may count for: log-odds of probability 1/3, below what the best decision takes by itself.
const DOUBTFUL: f64 = -1.0;

/// Most people of one name at one site among whom a scrap is looked for.
const NAMESAKES: usize = 200;

/// What another given name counts too much against a pair where the two begin alike: a slip, not a sister.
const SLIP: f64 = 4.25;

/// What a chain of births near each other counts too much against a pair: another day of birth, not a slip.
const CHAIN: f64 = 8.5;

/// What two persons must share to be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Phone(Word),
    Birth(Word, Word),
    Father(Word, Word),
    Group(Word, Word),
}

impl Parts<'_> {
    /// Pairs of persons of the best decision that may be one although a contradiction refused them or nothing brought
    /// them together.
    pub(super) fn overlooked(&self, words: &Words) -> Vec<Merge> {
        let living = self.living().into_par_iter();
        let living: Vec<(u32, &Profile)> = living.map(|at| (at, self.cluster(at).profile())).collect();
        let mut found: Vec<Merge> = pairs(&living)
            .into_par_iter()
            .filter_map(|(a, b)| self.reopened(a, b, words))
            .collect();
        let unplaced = living.par_iter().filter(|(at, _)| self.cluster(*at).is_unplaced());
        let nearest: Vec<(u32, Option<u32>)> = unplaced.map(|(at, _)| (*at, self.nearest(*at))).collect();
        let placed = nearest
            .iter()
            .filter_map(|(at, nearest)| self.given_away(*at, (*nearest)?));
        found.extend(placed);
        let alone = nearest.iter().filter(|(_, nearest)| nearest.is_none());
        let alone: Vec<(u32, &Profile)> = alone.map(|(at, _)| (*at, self.cluster(*at).profile())).collect();
        let namesakes = namesakes(&alone, &living, words);
        found.par_extend(namesakes.into_par_iter().filter_map(|(scrap, around)| {
            let open = around
                .into_iter()
                .filter_map(|other| self.reopened(scrap, other, words));
            open.max_by(|a, b| a.unbound.total_cmp(&b.unbound).then_with(|| b.order().cmp(&a.order())))
        }));
        found
    }

    /// The question whose a scrap is that goes to somebody without an open link.
    fn given_away(&self, scrap: u32, to: u32) -> Option<Merge> {
        let (scrap, to) = (self.cluster(scrap), self.cluster(to));
        let verdict = scrap.verdict(to);
        let heard = scrap.heard(to, &verdict);
        (heard.weight < UNLIKELY).then(|| sides(scrap.profile(), to.profile(), verdict, heard, false))
    }

    /// A pair that is not among the open links, where only a weak contradiction or none stands against it.
    fn reopened(&self, a: u32, b: u32, words: &Words) -> Option<Merge> {
        let (a, b) = (self.cluster(a), self.cluster(b));
        let (one, two) = (a.profile(), b.profile());
        let verdict = a.verdict(b);
        let floor = if verdict.refused {
            floor(one, two, &verdict, words)?
        } else if a.is_linked(b) {
            return None;
        } else {
            UNLIKELY
        };
        if verdict.weight < floor || !a.may_meet(b) {
            return None;
        }
        let mut heard = a.heard(b, &verdict);
        heard.weight = heard.weight.min(DOUBTFUL);
        let open = Verdict {
            refused: false,
            ..verdict
        };
        (heard.weight >= floor).then(|| sides(one, two, open, heard, false))
    }
}

/// Pairs of persons that share a phone, or a surname with birth date, patronymic or group; smaller number first, sorted.
fn pairs(persons: &[(u32, &Profile)]) -> Vec<(u32, u32)> {
    let mut keyed: Vec<(Key, u32)> = persons
        .par_iter()
        .flat_map_iter(|(at, profile)| keys(profile).into_iter().map(|key| (key, *at)))
        .collect();
    keyed.par_sort_unstable();
    keyed.dedup();
    let mut pairs: Vec<(u32, u32)> = keyed
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|block| block.len() <= CROWD)
        .flat_map(|block| {
            let ahead = block.iter().enumerate();
            ahead.flat_map(|(at, one)| block[at + 1..].iter().map(move |other| (one.1, other.1)))
        })
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

fn keys(profile: &Profile) -> Vec<Key> {
    let mut keys: Vec<Key> = profile.phones.iter().map(|phone| Key::Phone(*phone)).collect();
    for surname in &profile.surnames {
        let days = profile.births.iter().filter_map(|birth| day(*birth));
        keys.extend(days.map(|day| Key::Birth(*surname, day)));
        keys.extend(profile.fathers.iter().map(|father| Key::Father(*surname, *father)));
        keys.extend(profile.groups.iter().map(|group| Key::Group(*surname, *group)));
    }
    keys
}

/// For each scrap that is a given name alone, the persons of that name at its site.
fn namesakes(scraps: &[(u32, &Profile)], persons: &[(u32, &Profile)], words: &Words) -> Vec<(u32, Vec<u32>)> {
    let called = |profile: &Profile| -> Vec<(NameId, Word)> {
        let names = profile.given.iter().flat_map(|given| words.names(*given));
        let at_sites = names.flat_map(|name| profile.sites.iter().map(move |site| (*name, *site)));
        at_sites.collect()
    };
    let scraps = scraps.iter().filter(|(_, profile)| profile.surnames.is_empty());
    let scraps: Vec<(u32, Vec<(NameId, Word)>)> = scraps.map(|(at, profile)| (*at, called(profile))).collect();
    let mut bearers: BTreeMap<(NameId, Word), Vec<u32>> = BTreeMap::new();
    for key in scraps.iter().flat_map(|(_, keys)| keys) {
        bearers.entry(*key).or_default();
    }
    for (at, profile) in persons.iter().filter(|(_, profile)| !profile.is_scrap()) {
        for key in called(profile) {
            if let Some(known) = bearers.get_mut(&key) {
                known.push(*at);
            }
        }
    }
    let around = |keys: Vec<(NameId, Word)>| {
        let mut around: Vec<u32> = keys.iter().flat_map(|key| &bearers[key]).copied().collect();
        around.sort_unstable();
        around.dedup();
        around.truncate(NAMESAKES);
        around
    };
    scraps.into_iter().map(|(at, keys)| (at, around(keys))).collect()
}

/// The least weight from which a refused pair is in doubt; nothing where the refusal is beyond doubt.
///
/// The refusal is a weak one where the given name alone is another and one side's may be miswritten or a short form, or
/// where surname and patronymic are others and the person else the same.
fn floor(a: &Profile, b: &Profile, verdict: &Verdict, words: &Words) -> Option<f64> {
    let level = |comparison| verdict.compared.level(comparison);
    let conflict = |comparison| level(comparison) == Level::Conflict;
    // Days of birth of which each is near the next are refused as a chain, and asked about.
    if conflict(Comparison::Birth) && !verdict.pointed && births(&a.births, &b.births) != Level::Conflict {
        return (!conflict(Comparison::Given) && !conflict(Comparison::Surname)).then_some(UNLIKELY - CHAIN);
    }
    if conflict(Comparison::Birth) || verdict.pointed || !a.can_meet() || !b.can_meet() {
        return None;
    }
    if !conflict(Comparison::Given) {
        return Some(UNLIKELY);
    }
    let own = |side: &Profile| side.given.iter().any(|name| words.is_own(*name));
    if conflict(Comparison::Surname) || (own(a) && own(b) && !one_is_cut(a, b, words)) {
        return None;
    }
    // Without a birth date in common: the household's phone or the father's name, and a given name that begins alike.
    let beside = [Comparison::Phone, Comparison::Patronymic];
    let family = beside.into_iter().any(|comparison| level(comparison) == Level::Exact);
    let alike = family && !conflict(Comparison::Patronymic) && begin_alike(a, b, words);
    Some(if alike { UNLIKELY - SLIP } else { UNLIKELY })
}

/// Whether one's given name is also a short form, and looks like one of the other's: Ліна and Кароліна.
fn one_is_cut(a: &Profile, b: &Profile, words: &Words) -> bool {
    let within = |short: Word, long: Word| {
        let start: String = words.text(short).chars().take(3).collect();
        words.is_also_short(short) && start.chars().count() == 3 && words.text(long).contains(&start)
    };
    let mut pairs = a
        .given
        .iter()
        .flat_map(|one| b.given.iter().map(move |other| (*one, *other)));
    pairs.any(|(one, other)| within(one, other) || within(other, one))
}

/// Whether some given names of both sides have their first letter in common.
fn begin_alike(a: &Profile, b: &Profile, words: &Words) -> bool {
    let first = |name: &Word| words.text(*name).chars().next();
    a.given
        .iter()
        .any(|one| b.given.iter().any(|other| first(one) == first(other)))
}
