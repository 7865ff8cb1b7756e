//! Which identities are compared at all, so that cost stays near linear in their number.
//!
//! Names are looked up, not compared: people of one surname and given name, and of every name whose both words are
//! close to theirs (`words`), meet; so do initials with the names they can stand for, and names read in the other
//! order. Beside the name, the same phone, code, e-mail, alias, address, birthday (day and month in either order), and
//! given name with patronymic and year bring people together. Pairs whose birth dates or given names exclude each other are passed over
//! before anything is weighed. Oversized blocks are split by site and then walked with a window over the sorted block
//! (sorted neighbourhood, Hernández & Stolfo 1995); what was not compared is counted.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use chrono::Datelike;
use rayon::prelude::*;
use smallvec::SmallVec;

use super::alike::QuickMap;
use super::compare::{Level, births};
use super::profile::Profile;
use super::words::{Use, Word, Words};
use crate::ingest::records::Birth;
use crate::names::NameId;

/// Most pairs of one block that are looked at one by one.
const FULL: usize = 4_000_000;
/// Neighbours on each side in a larger block, and in the largest.
const WINDOW: usize = 60;
const LEAST_WINDOW: usize = 10;
/// Most people of one block that anybody is compared with: of so many that nothing tells apart, more say nothing new.
const PARTNERS: u32 = 200;

/// Pairs worth comparing.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    /// The smaller index first, sorted.
    pub(crate) pairs: Vec<(u32, u32)>,
    /// Pairs of crowded blocks that were passed over.
    pub(crate) skipped: u64,
}

impl Candidates {
    /// Both, in no order.
    fn with(mut self, mut other: Self) -> Self {
        if self.pairs.len() < other.pairs.len() {
            std::mem::swap(&mut self.pairs, &mut other.pairs);
        }
        self.pairs.append(&mut other.pairs);
        self.skipped += other.skipped;
        self
    }
}

/// Finds the pairs to compare.
pub(crate) fn candidates(profiles: &[Profile], words: &Words) -> Candidates {
    let blocks = Blocks {
        profiles,
        words,
        names: Names::of(profiles),
    };
    let by_name = blocks
        .names
        .all
        .par_iter()
        .fold(Candidates::default, |mut found, name| {
            blocks.around(*name, &mut found);
            found
        });
    let by_name = by_name.reduce(Candidates::default, Candidates::with);
    let mut blocks_by_key = keyed(profiles);
    blocks_by_key.extend(nameless(profiles, words));
    let by_key = blocks_by_key
        .par_iter()
        .fold(Candidates::default, |mut found, members| {
            blocks.within(members, &mut found);
            found
        });
    let mut all = by_name.with(by_key.reduce(Candidates::default, Candidates::with));
    all.pairs.par_sort_unstable();
    all.pairs.dedup();
    all
}

/// A surname with a given name, with an initial, or alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Name {
    Full(Word, Word),
    Initial(Word, char),
    Alone(Word),
}

/// Who bears which name.
#[derive(Debug, Default)]
struct Names {
    /// Every name, in order.
    all: Vec<Name>,
    /// Bearers of all names, one name after the other.
    bearers: Vec<u32>,
    /// Where the bearers of each name stand.
    of_name: QuickMap<Name, Range<u32>>,
    /// Given names of the full names, in order of name.
    given: Vec<Word>,
    /// Where the given names beside each surname stand.
    of_surname: QuickMap<Word, Range<u32>>,
}

impl Names {
    fn of(profiles: &[Profile]) -> Self {
        let count = u32::try_from(profiles.len()).expect("identities are numbered in 32 bits");
        let seen = (0..count).into_par_iter().flat_map_iter(|at| {
            let names = names_of(&profiles[at as usize]);
            names.into_iter().map(move |name| (name, at))
        });
        let mut seen: Vec<(Name, u32)> = seen.collect();
        seen.par_sort_unstable();
        let mut names = Self::default();
        for same in seen.chunk_by(|a, b| a.0 == b.0) {
            let name = same[0].0;
            let from = names.bearers.len();
            names.bearers.extend(same.iter().map(|(_, at)| *at));
            names.of_name.insert(name, range(from, names.bearers.len()));
            names.all.push(name);
            if let Name::Full(surname, given) = name {
                let here = names.given.len();
                names.given.push(given);
                let around = names.of_surname.entry(surname).or_insert_with(|| range(here, here));
                around.end += 1;
            }
        }
        names
    }

    fn bearers(&self, name: Name) -> &[u32] {
        let place = self.of_name.get(&name);
        place.map_or(&[], |place| &self.bearers[place.start as usize..place.end as usize])
    }

    /// Given names beside a surname.
    fn given(&self, surname: Word) -> &[Word] {
        let place = self.of_surname.get(&surname);
        place.map_or(&[], |place| &self.given[place.start as usize..place.end as usize])
    }
}

fn range(from: usize, to: usize) -> Range<u32> {
    let number = |at: usize| u32::try_from(at).expect("names are numbered in 32 bits");
    number(from)..number(to)
}

/// Every name that somebody bears.
fn names_of(profile: &Profile) -> Vec<Name> {
    let mut names = Vec::new();
    for surname in &profile.surnames {
        names.extend(profile.given.iter().map(|given| Name::Full(*surname, *given)));
        if profile.given.is_empty() {
            let initials = profile.given_initials.iter();
            names.extend(initials.map(|initial| Name::Initial(*surname, *initial)));
            if profile.given_initials.is_empty() {
                names.push(Name::Alone(*surname));
            }
        }
    }
    names
}

struct Blocks<'a> {
    profiles: &'a [Profile],
    words: &'a Words,
    names: Names,
}

impl Blocks<'_> {
    /// Everybody whose name is close to one name, each pair of names once.
    fn around(&self, name: Name, found: &mut Candidates) {
        self.within(self.names.bearers(name), found);
        let (Name::Full(surname, _) | Name::Initial(surname, _) | Name::Alone(surname)) = name;
        let near = std::iter::once(surname).chain(self.words.kin(Use::Surname, surname));
        for other in near {
            match name {
                Name::Full(_, given) => self.close_given(name, other, given, found),
                Name::Initial(_, initial) => {
                    self.across(name, Name::Initial(other, initial), found);
                    self.across_all(name, other, found);
                    self.across(name, Name::Alone(other), found);
                }
                Name::Alone(_) => {
                    self.across(name, Name::Alone(other), found);
                    self.across_all(name, other, found);
                }
            }
        }
        if let Name::Full(surname, given) = name {
            self.across(name, Name::Full(given, surname), found);
        }
    }

    /// Names of the surname `other` whose given name is close to `given`.
    fn close_given(&self, name: Name, other: Word, given: Word, found: &mut Candidates) {
        for one in self.names.given(other) {
            let level = self.words.level(Use::Given, given, *one);
            if level < Level::Doubtful {
                self.across(name, Name::Full(other, *one), found);
            }
        }
    }

    fn across_all(&self, name: Name, other: Word, found: &mut Candidates) {
        for given in self.names.given(other) {
            self.cross(
                self.names.bearers(name),
                self.names.bearers(Name::Full(other, *given)),
                found,
            );
        }
    }

    /// Pairs between two names of one kind; each two names are met from one side only.
    fn across(&self, one: Name, other: Name, found: &mut Candidates) {
        let same_kind = std::mem::discriminant(&one) == std::mem::discriminant(&other);
        if !same_kind || one < other {
            self.cross(self.names.bearers(one), self.names.bearers(other), found);
        }
    }

    fn cross(&self, a: &[u32], b: &[u32], found: &mut Candidates) {
        let full = a.len() * b.len() <= FULL;
        let (step, reach) = if full {
            (1, b.len())
        } else {
            (1 + a.len() / WINDOW, WINDOW)
        };
        let (mut around_a, mut around_b) = (none_around(a), none_around(b));
        let mut looked_at = 0;
        for (one, around) in a.iter().zip(&mut around_a).step_by(step) {
            for (other, around_other) in b.iter().zip(&mut around_b).take(reach) {
                looked_at += u64::from(self.offer((*one, around), (*other, around_other), found));
            }
        }
        found.skipped += (a.len() as u64) * (b.len() as u64) - looked_at;
    }

    fn within(&self, members: &[u32], found: &mut Candidates) {
        let mut looked_at = 0;
        if members.len() * members.len() / 2 <= FULL {
            looked_at = self.walk(members, members.len(), found);
        } else {
            let mut sites: BTreeMap<Option<Word>, Vec<u32>> = BTreeMap::new();
            for member in members {
                let profile = &self.profiles[*member as usize];
                sites.entry(profile.sites.first().copied()).or_default().push(*member);
            }
            for site in sites.values() {
                let full = site.len() * site.len() / 2 <= FULL;
                let reach = if full {
                    site.len()
                } else {
                    (FULL / site.len()).clamp(LEAST_WINDOW, WINDOW)
                };
                looked_at += self.walk(site, reach, found);
            }
        }
        let count = members.len() as u64;
        found.skipped += count * count.saturating_sub(1) / 2 - looked_at;
    }

    /// Offers everybody with those who stand at most `reach` places further on; the number of pairs looked at.
    fn walk(&self, members: &[u32], reach: usize, found: &mut Candidates) -> u64 {
        let mut around = none_around(members);
        let mut looked_at = 0;
        for at in 0..members.len() {
            let (here, ahead) = around.split_at_mut(at + 1);
            let around_one = &mut here[at];
            for (other, around_other) in members[at + 1..].iter().zip(ahead).take(reach) {
                if *around_one >= PARTNERS {
                    break;
                }
                looked_at += u64::from(self.offer((members[at], around_one), (*other, around_other), found));
            }
        }
        looked_at
    }

    /// Takes a pair unless birth dates or given names exclude each other, each with the number of those around it; false
    /// where one of them has enough around it already.
    fn offer(
        &self,
        (one, around_one): (u32, &mut u32),
        (other, around_other): (u32, &mut u32),
        found: &mut Candidates,
    ) -> bool {
        if *around_one >= PARTNERS || *around_other >= PARTNERS {
            return false;
        }
        if one != other && self.are_worth_comparing(one, other) {
            found.pairs.push((one.min(other), one.max(other)));
            *around_one += 1;
            *around_other += 1;
        }
        true
    }

    /// Whether neither birth dates nor given names exclude each other.
    fn are_worth_comparing(&self, one: u32, other: u32) -> bool {
        let (a, b) = (&self.profiles[one as usize], &self.profiles[other as usize]);
        let births = births(&a.births, &b.births);
        let met = |a: &[Word], b: &[Word]| a.iter().any(|one| b.contains(one));
        let home = || {
            let both = !a.rare.addresses.is_empty() && !b.rare.addresses.is_empty();
            both && (met(&a.rare.addresses, &b.rare.addresses)
                || met(&a.rare.postcodes, &b.rare.postcodes)
                || met(&a.settlements, &b.settlements))
        };
        // Birth dates that differ are worth a look only where somebody else than the name speaks for one person.
        let miswritten = || met(&a.fathers, &b.fathers) || met(&a.phones, &b.phones) || home();
        (births != Level::Conflict || miswritten()) && (self.given_may_meet(a, b) || home())
    }

    fn given_may_meet(&self, a: &Profile, b: &Profile) -> bool {
        if a.given.is_empty() || b.given.is_empty() {
            return a.given_initials.is_empty()
                || b.given_initials.is_empty()
                || a.given_initials.iter().any(|one| b.given_initials.contains(one));
        }
        let close = |one: &Word| {
            b.given
                .iter()
                .any(|other| self.words.level(Use::Given, *one, *other) != Level::Conflict)
        };
        // A name read in the other order meets crosswise.
        let crossed = |one: &Word| b.surnames.iter().any(|other| one == other);
        a.given.iter().any(|one| close(one) || crossed(one))
    }
}

/// Nobody yet around each of some people, most of whom are few.
fn none_around(people: &[u32]) -> SmallVec<[u32; 32]> {
    SmallVec::from_elem(0, people.len())
}

/// Who stands without a surname in a group where others bear the same given name.
fn nameless(profiles: &[Profile], words: &Words) -> Vec<Vec<u32>> {
    let in_groups = |profile: &Profile| -> Vec<(NameId, Word)> {
        let names: Vec<NameId> = profile
            .given
            .iter()
            .flat_map(|given| words.names(*given))
            .copied()
            .collect();
        let pairs = profile
            .groups
            .iter()
            .flat_map(|group| names.iter().map(move |name| (*name, *group)));
        pairs.collect()
    };
    let alone = |profile: &&Profile| profile.surnames.is_empty();
    let wanted: HashSet<(NameId, Word)> = profiles.iter().filter(alone).flat_map(in_groups).collect();
    let mut blocks: BTreeMap<(NameId, Word), Vec<u32>> = BTreeMap::new();
    for (at, profile) in (0u32..).zip(profiles) {
        for key in in_groups(profile) {
            if wanted.contains(&key) {
                blocks.entry(key).or_default().push(at);
            }
        }
    }
    blocks.into_values().collect()
}

/// What brings people together beside their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    Phone(Word),
    Code(Word),
    Email(Word),
    Alias(Word),
    Address(Word),
    Home(Word, i32),
    HomeOf(Word, Word),
    Birthday(i32, u32, u32),
    Father(Word, Word, i32),
}

/// Blocks of two and more, in order of key.
fn keyed(profiles: &[Profile]) -> Vec<Vec<u32>> {
    let count = u32::try_from(profiles.len()).expect("identities are numbered in 32 bits");
    let mut flat: Vec<(Key, u32)> = (0..count)
        .into_par_iter()
        .flat_map_iter(|at| keys(&profiles[at as usize]).into_iter().map(move |key| (key, at)))
        .collect();
    flat.par_sort_unstable();
    flat.dedup();
    flat.chunk_by(|a, b| a.0 == b.0)
        .filter(|block| block.len() > 1)
        .map(|block| block.iter().map(|(_, at)| *at).collect())
        .collect()
}

fn keys(profile: &Profile) -> Vec<Key> {
    let mut keys = Vec::new();
    keys.extend(profile.phones.iter().map(|phone| Key::Phone(*phone)));
    keys.extend(profile.rare.codes.iter().map(|code| Key::Code(*code)));
    keys.extend(profile.rare.emails.iter().map(|mail| Key::Email(*mail)));
    keys.extend(profile.rare.aliases.iter().map(|alias| Key::Alias(*alias)));
    keys.extend(profile.rare.addresses.iter().map(|address| Key::Address(*address)));
    for home in homes(profile) {
        let names = profile.surnames.iter().chain(&profile.given);
        keys.extend(names.map(|name| Key::HomeOf(home, *name)));
    }
    for birth in &profile.births {
        if let Birth::Date(day) = birth {
            let (low, high) = (day.month().min(day.day()), day.month().max(day.day()));
            keys.push(Key::Birthday(day.year(), low, high));
        }
        let year = match birth {
            Birth::Date(day) => day.year(),
            Birth::Year(year) => *year,
            Birth::Unknown => continue,
        };
        keys.extend(homes(profile).map(|home| Key::Home(home, year)));
        for father in &profile.fathers {
            keys.extend(profile.given.iter().map(|given| Key::Father(*given, *father, year)));
        }
    }
    keys
}

/// Postcodes and settlements of somebody whose address is known.
fn homes(profile: &Profile) -> impl Iterator<Item = Word> + '_ {
    let known = !profile.rare.addresses.is_empty();
    let all = profile.rare.postcodes.iter().chain(&profile.settlements);
    all.copied().filter(move |_| known)
}
