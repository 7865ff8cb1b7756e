//! Identities → profiles in numbers of words, and what the data say of their people.

use std::collections::{BTreeSet, HashMap, HashSet};

use ustr::{Ustr, UstrMap};

use super::distinct::{Distinct, Identities, setting};
use super::learn::Population;
use super::names::NAMES;
use super::normalise::{address, letters_and_digits, settlement};
use super::profile::Profile;
use super::words::{Use, Word, Words};
use crate::ingest::records::{Birth, Context, Records, TextId};

/// Everything that the engine looks at.
#[derive(Debug)]
pub(crate) struct Gathered {
    /// Profile of each identity.
    pub(crate) profiles: Vec<Profile>,
    /// The words they are made of.
    pub(crate) words: Words,
    /// What the data say of their people.
    pub(crate) population: Population,
}

/// Hands out provisional numbers of words.
#[derive(Debug, Default)]
struct Numbers {
    known: UstrMap<Word>,
    texts: Vec<Ustr>,
}

impl Numbers {
    fn of(&mut self, text: Ustr) -> Word {
        *self.known.entry(text).or_insert_with(|| {
            self.texts.push(text);
            Word::try_from(self.texts.len() - 1).expect("fewer than 2^32 words")
        })
    }
}

/// Gathers what the mentions of each identity say.
pub(crate) fn gather(records: &Records, identities: &Identities) -> Gathered {
    let mut numbers = Numbers::default();
    let mut mentions = Mentions {
        records,
        numbers: &mut numbers,
        texts: HashMap::new(),
        contexts: HashMap::new(),
    };
    let mut met = Vec::with_capacity(identities.all.len());
    let mut profiles: Vec<Profile> = Vec::with_capacity(identities.all.len());
    for ((at, identity), rank) in (0u32..).zip(&identities.all).zip(identities.ranks()) {
        let mut profile = mentions.form(identity);
        profile.members = vec![at];
        profile.speaker = (rank, at);
        met.push(mentions.gather(&mut profile, identity));
        profiles.push(profile);
    }
    let (mut words, number) = Words::of(&numbers.texts);
    for profile in &mut profiles {
        renumber(profile, &number);
    }
    for place in met.iter_mut().flatten() {
        *place = (number[place.0 as usize], number[place.1 as usize]);
    }
    stand_in(&mut profiles);
    relate(&mut words, &profiles);
    let population = Population::of(&profiles, &met, &words);
    Gathered {
        profiles,
        words,
        population,
    }
}

/// In the lists lets one identity stand for all that are written alike in whatever a list tells people apart by: so a
/// cluster of many rows of one list is asked only about those that differ.
fn stand_in(profiles: &mut [Profile]) {
    let mut first: HashMap<_, u32> = HashMap::new();
    let of_each: Vec<u32> = (0u32..)
        .zip(profiles.iter())
        .map(|(at, one)| {
            let names = [&one.surnames, &one.given, &one.fathers];
            let initials = [&one.given_initials, &one.father_initials];
            let beside = [&one.phones, &one.emails, &one.aliases, &one.sexes];
            *first.entry((names, initials, beside, &one.births)).or_insert(at)
        })
        .collect();
    for profile in profiles {
        for row in &mut profile.lists {
            row.1 = of_each[row.1 as usize];
        }
    }
}

/// Finds which words are close.
fn relate(words: &mut Words, profiles: &[Profile]) {
    let mut names = BTreeSet::new();
    let (mut surnames, mut given, mut fathers) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for profile in profiles {
        for surname in &profile.surnames {
            names.extend(profile.given.iter().map(|given| (*surname, *given)));
        }
        surnames.extend(&profile.surnames);
        given.extend(&profile.given);
        fathers.extend(&profile.fathers);
    }
    words.establish(&names);
    for (used, set) in [(Use::Surname, surnames), (Use::Given, given), (Use::Father, fathers)] {
        words.relate(used, &set.into_iter().collect::<Vec<Word>>());
    }
}

fn renumber(profile: &mut Profile, number: &[Word]) {
    for words in [
        &mut profile.surnames,
        &mut profile.given,
        &mut profile.fathers,
        &mut profile.phones,
        &mut profile.emails,
        &mut profile.codes,
        &mut profile.aliases,
        &mut profile.households,
        &mut profile.sexes,
        &mut profile.settlements,
        &mut profile.addresses,
        &mut profile.postcodes,
        &mut profile.sites,
        &mut profile.groups,
    ] {
        for word in words.iter_mut() {
            *word = number[*word as usize];
        }
        words.sort_unstable();
        words.dedup();
    }
}

struct Mentions<'a> {
    records: &'a Records,
    numbers: &'a mut Numbers,
    /// Folded settlements, household keys and the like, by raw text and what it is.
    texts: HashMap<(TextId, Folding), Option<Word>>,
    /// Group and site of each context.
    contexts: HashMap<Context, (Option<Word>, Option<Word>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Folding {
    Sex,
    Settlement,
    Household,
    Address,
    Postcode,
    Site,
}

impl Mentions<'_> {
    /// What the form says.
    fn form(&mut self, identity: &Distinct) -> Profile {
        let form = &identity.form;
        let mut initials: BTreeSet<char> = form.given_initial.into_iter().collect();
        for given in &form.given {
            initials.extend(
                NAMES
                    .given(given)
                    .map(|known| NAMES.initials(known))
                    .unwrap_or_default(),
            );
        }
        let numbers = &mut *self.numbers;
        let mut all = |texts: &[Ustr]| -> Vec<Word> { texts.iter().map(|text| numbers.of(*text)).collect() };
        Profile {
            surnames: all(&form.surnames),
            given: all(&form.given),
            fathers: all(form.father.as_slice()),
            phones: all(&form.phones),
            emails: all(form.email.as_slice()),
            codes: all(form
                .code
                .iter()
                .map(|code| Ustr::from(&format!("{} {}", code.letters, code.number)))
                .collect::<Vec<_>>()
                .as_slice()),
            aliases: all(form.alias.as_slice()),
            given_initials: initials.into_iter().collect(),
            father_initials: form.father_initial.into_iter().collect(),
            births: Some(form.birth)
                .into_iter()
                .filter(|birth| *birth != Birth::Unknown)
                .collect(),
            pointer: form.is_pointer(),
            ..Profile::default()
        }
    }

    /// What the mentions of one identity say beyond its form: group and site of each that has any.
    fn gather(&mut self, profile: &mut Profile, identity: &Distinct) -> Vec<(Word, Word)> {
        let mut met = Vec::new();
        let mut days = HashSet::new();
        let mut writings: BTreeSet<[Option<TextId>; 5]> = BTreeSet::new();
        for id in &identity.mentions {
            let mention = &self.records.mentions[id.index()];
            let written = &mention.identity;
            writings.insert([
                written.sex,
                written.settlement,
                written.household,
                written.address,
                written.postcode,
            ]);
            days.insert((mention.context, mention.date));
            let (group, site) = self.context(mention.context);
            profile.groups.extend(group);
            profile.sites.extend(site);
            met.extend(group.map(|group| (group, site.unwrap_or(group))));
            profile.lists.push((mention.group, profile.members[0]));
        }
        for [sex, settlement, household, address, postcode] in writings {
            for (text, folding, into) in [
                (sex, Folding::Sex, &mut profile.sexes),
                (settlement, Folding::Settlement, &mut profile.settlements),
                (household, Folding::Household, &mut profile.households),
                (address, Folding::Address, &mut profile.addresses),
                (postcode, Folding::Postcode, &mut profile.postcodes),
            ] {
                into.extend(text.and_then(|id| self.folded(id, folding)));
            }
        }
        // A second copy of a list says nothing new.
        profile.mentions = u32::try_from(days.len()).unwrap_or(u32::MAX);
        profile.lists.sort_unstable();
        profile.lists.dedup();
        profile.groups.sort_unstable();
        profile.groups.dedup();
        profile.sites.sort_unstable();
        profile.sites.dedup();
        met
    }

    fn context(&mut self, context: Context) -> (Option<Word>, Option<Word>) {
        if let Some(known) = self.contexts.get(&context) {
            return *known;
        }
        let group =
            (context != Context::default()).then(|| self.numbers.of(Ustr::from(&setting(self.records, context))));
        let site = context.site.and_then(|id| self.folded(id, Folding::Site));
        self.contexts.insert(context, (group, site));
        (group, site)
    }

    fn folded(&mut self, id: TextId, folding: Folding) -> Option<Word> {
        if let Some(known) = self.texts.get(&(id, folding)) {
            return *known;
        }
        let text = self.records.text(id);
        let folded = match folding {
            Folding::Sex => Some(text.to_owned()),
            Folding::Settlement => settlement(text),
            Folding::Address => address(text),
            Folding::Household | Folding::Postcode | Folding::Site => {
                Some(letters_and_digits(text)).filter(|key| !key.is_empty())
            }
        };
        let word = folded.map(|text| self.numbers.of(Ustr::from(&text)));
        self.texts.insert((id, folding), word);
        word
    }
}
