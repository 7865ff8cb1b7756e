//! Identities → profiles in numbers of words, and what the data say of their people.

mod said;

use rayon::prelude::*;
use ustr::{Ustr, UstrMap};

use self::said::{Folding, Said};
use super::ages::Ages;
use super::alike::alike;
use super::contact::Code;
use super::distinct::{Identities, order_of_words};
use super::learn::Population;
use super::normalise::Form;
use super::profile::{Asked, List, Profile};
use super::words::{Use, Word, Words};
use crate::ingest::records::{Birth, Identity, MentionId, Records};
use crate::names::NAMES;

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

/// Gathers what the mentions of each identity say.
pub(crate) fn gather(records: &Records, identities: &Identities) -> Gathered {
    let said = Said::of(records);
    let texts = identities.all.par_iter().flat_map_iter(texts);
    let texts: Vec<Ustr> = texts.chain(said.texts().into_par_iter()).collect();
    let different = alike(texts.len(), |at| texts[at]).first;
    let different = different.into_iter().map(|first| texts[first as usize]).collect();
    drop(texts);
    let mut words = Words::of(different);
    let number = words.numbers();
    words.learn_readings(&identities.readings, &number);
    let gathering = Gathering {
        records,
        identities,
        settings: said.settings(&number),
        said,
        number,
    };
    let ranks = identities.ranks();
    let speakers = ranks
        .into_par_iter()
        .zip(0..u32::try_from(identities.all.len()).expect("identities are numbered"));
    let mut profiles: Vec<Profile> = speakers.map(|speaker| gathering.profile(speaker)).collect();
    stand_in(&mut profiles);
    relate(&mut words, &profiles);
    let met = |identity: u32| -> Vec<(Word, Word)> {
        let mentions = identities.mentions(identity);
        mentions.filter_map(|mention| gathering.met(mention)).collect()
    };
    let population = Population::of(&profiles, &met, &words);
    drop(gathering);
    Gathered {
        profiles,
        words,
        population,
    }
}

/// Every text of a form by which people are compared.
fn texts(form: &Form) -> impl Iterator<Item = Ustr> + '_ {
    let names = form.surnames.iter().chain(&form.given).chain(&form.father);
    let beside = form.phones.iter().chain(&form.email).chain(&form.alias);
    names.chain(beside).copied().chain(form.code.as_ref().map(code_text))
}

fn code_text(code: &Code) -> Ustr {
    Ustr::from(&format!("{} {}", code.letters, code.number))
}

/// In the lists lets one identity stand for all that are written alike in whatever a list tells people apart by: so a
/// cluster of many rows of one list is asked only about those that differ.
fn stand_in(profiles: &mut [Profile]) {
    let of_each = alike(profiles.len(), |at| {
        let one = &profiles[at];
        let names = [&one.surnames, &one.given, &one.fathers];
        let initials = [&one.given_initials, &one.father_initials];
        let beside = [
            &one.phones,
            &one.rare.emails,
            &one.rare.aliases,
            &one.sexes,
            &one.settlements,
        ];
        (names, initials, beside, &one.births, (one.ages, one.order))
    });
    profiles
        .par_iter_mut()
        .zip(&of_each.number)
        .for_each(|(profile, number)| {
            for row in &mut profile.lists {
                row.1 = of_each.first[*number as usize];
            }
        });
}

/// Finds which words are close.
fn relate(words: &mut Words, profiles: &[Profile]) {
    let names = profiles.par_iter().flat_map_iter(|profile| {
        let surnames = profile.surnames.iter();
        surnames.flat_map(|surname| profile.given.iter().map(move |given| (*surname, *given)))
    });
    let mut names: Vec<(Word, Word)> = names.collect();
    names.par_sort_unstable();
    names.dedup();
    words.establish(&names);
    let (mut surnames, mut given, mut fathers) = (words.none(), words.none(), words.none());
    for profile in profiles {
        for (used, by) in [
            (&mut surnames, &profile.surnames),
            (&mut given, &profile.given),
            (&mut fathers, &profile.fathers),
        ] {
            for word in by {
                used[*word as usize] = true;
            }
        }
    }
    for (used, set) in [(Use::Surname, surnames), (Use::Given, given), (Use::Father, fathers)] {
        let set = (0..).zip(set).filter(|(_, is_used)| *is_used);
        words.relate(used, &set.map(|(word, _)| word).collect::<Vec<Word>>());
    }
}

/// What identities are gathered from.
struct Gathering<'a> {
    records: &'a Records,
    identities: &'a Identities,
    said: Said<'a>,
    /// Group and site of each setting.
    settings: Vec<(Option<Word>, Option<Word>)>,
    number: UstrMap<Word>,
}

impl Gathering<'_> {
    fn all(&self, texts: &[Ustr]) -> List<Word> {
        sorted(texts.iter().map(|text| self.number[text]).collect())
    }

    /// What an identity and its mentions say; its rank and number speak for it.
    fn profile(&self, speaker: (u32, u32)) -> Profile {
        let form = &self.identities.all[speaker.1 as usize];
        let mut initials: List<char> = form.given_initial.into_iter().collect();
        for known in form.given.iter().filter_map(|given| NAMES.given(given)) {
            initials.extend(NAMES.initials(known));
        }
        let code = form.code.as_ref().map(code_text);
        let birth = Some(form.birth).filter(|birth| *birth != Birth::Unknown);
        let mut profile = Profile {
            surnames: self.all(&form.surnames),
            given: self.all(&form.given),
            fathers: self.all(form.father.as_slice()),
            phones: self.all(&form.phones),
            given_initials: sorted(initials),
            father_initials: form.father_initial.into_iter().collect(),
            births: birth.into_iter().collect(),
            ages: birth.and_then(Ages::born),
            pointer: form.is_pointer(),
            members: std::iter::once(speaker.1).collect(),
            speaker,
            ..Profile::default()
        };
        let asked = Asked {
            emails: self.all(form.email.as_slice()),
            codes: self.all(code.as_slice()),
            aliases: self.all(form.alias.as_slice()),
            ..Asked::default()
        };
        self.gather(&mut profile, asked, speaker.1);
        profile.order = self.order(form, speaker.1);
        profile
    }

    /// In which order the words of a name stand that has so many that it can matter.
    fn order(&self, form: &Form, identity: u32) -> Option<u64> {
        // Of two words, the one that is a given name is told wherever it stands.
        let told = |one: &Ustr, other: &Ustr| NAMES.given(one).is_some() != NAMES.given(other).is_some();
        match (form.surnames.as_slice(), form.given.as_slice()) {
            ([], _) | (_, []) if form.surnames.len() + form.given.len() < 2 => return None,
            ([surname], [given]) if told(surname, given) => return None,
            _ => {}
        }
        let mut mentions = self.identities.mentions(identity);
        let written = |id: MentionId| &self.records.mentions[id.index()].identity;
        let first = written(mentions.next()?);
        let order = order_of_words(self.records, first)?;
        let name = |one: &Identity| (one.full_name, one.surname, one.given_name);
        mentions
            .map(written)
            .all(|other| name(other) == name(first) || order_of_words(self.records, other) == Some(order))
            .then_some(order)
    }

    /// What the mentions of one identity say beyond its form.
    fn gather(&self, profile: &mut Profile, mut asked: Asked, identity: u32) {
        let mut days = Vec::new();
        for id in self.identities.mentions(identity) {
            let mention = &self.records.mentions[id.index()];
            let written = &mention.identity;
            for (text, folding, into) in [
                (written.sex, Folding::Sex, &mut profile.sexes),
                (written.settlement, Folding::Settlement, &mut profile.settlements),
                (written.household, Folding::Household, &mut asked.households),
                (written.address, Folding::Address, &mut asked.addresses),
                (written.postcode, Folding::Postcode, &mut asked.postcodes),
            ] {
                let word = text
                    .and_then(|id| self.said.folded(id, folding))
                    .map(|text| self.number[&text]);
                // Mentions that stand together mostly say the same.
                if into.last() != word.as_ref() {
                    into.extend(word);
                }
            }
            if let (Birth::Unknown, Some(years), Some(day)) = (written.birth, written.age, mention.date) {
                let here = Ages::written(years, day);
                profile.ages = Some(profile.ages.map_or(here, |ages| ages.and(here)));
            }
            let setting = self.said.setting_of(id);
            days.push((setting, mention.date));
            let (group, site) = self.settings[setting as usize];
            profile.groups.extend(group);
            profile.sites.extend(site);
            profile.lists.push((mention.group, identity));
        }
        days.sort_unstable();
        days.dedup();
        // A second copy of a list says nothing new.
        profile.mentions = u32::try_from(days.len()).unwrap_or(u32::MAX);
        profile.lists.sort_unstable();
        profile.lists.dedup();
        for words in [
            &mut profile.sexes,
            &mut profile.settlements,
            &mut asked.households,
            &mut asked.addresses,
            &mut asked.postcodes,
            &mut profile.groups,
            &mut profile.sites,
        ] {
            words.sort_unstable();
            words.dedup();
        }
        profile.rare = asked.into();
    }

    /// Group and site where a mention was met, if it says any.
    fn met(&self, mention: MentionId) -> Option<(Word, Word)> {
        let (group, site) = self.settings[self.said.setting_of(mention) as usize];
        group.map(|group| (group, site.unwrap_or(group)))
    }
}

/// A list sorted and without repeats.
fn sorted<T: Ord>(mut list: List<T>) -> List<T> {
    list.sort_unstable();
    list.dedup();
    list
}
