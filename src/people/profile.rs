//! All that a cluster of mentions has seen of a person, in numbers of words.

use super::words::Word;
use crate::ingest::records::Birth;

/// What is known of a person; every list is sorted and without repeats.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    /// Surnames.
    pub(crate) surnames: Vec<Word>,
    /// Given names.
    pub(crate) given: Vec<Word>,
    /// First letters of the given name.
    pub(crate) given_initials: Vec<char>,
    /// Fathers behind the patronymics.
    pub(crate) fathers: Vec<Word>,
    /// First letters of the patronymic.
    pub(crate) father_initials: Vec<char>,
    /// Birth dates and years.
    pub(crate) births: Vec<Birth>,
    /// Phones.
    pub(crate) phones: Vec<Word>,
    /// E-mails.
    pub(crate) emails: Vec<Word>,
    /// Client codes.
    pub(crate) codes: Vec<Word>,
    /// Aliases.
    pub(crate) aliases: Vec<Word>,
    /// Household keys.
    pub(crate) households: Vec<Word>,
    /// Sexes.
    pub(crate) sexes: Vec<Word>,
    /// Settlements.
    pub(crate) settlements: Vec<Word>,
    /// Street addresses.
    pub(crate) addresses: Vec<Word>,
    /// Postcodes.
    pub(crate) postcodes: Vec<Word>,
    /// Sites where the person was met.
    pub(crate) sites: Vec<Word>,
    /// Activity, site and group together.
    pub(crate) groups: Vec<Word>,
    /// Whether nothing but a pointer (code, phone, alias) is known.
    pub(crate) pointer: bool,
    /// Number of mentions at different times or places.
    pub(crate) mentions: u32,
    /// Lists (of rule 18) with the member that stands in each.
    pub(crate) lists: Vec<(u32, u32)>,
    /// Identities it is made of.
    pub(crate) members: Vec<u32>,
}

fn unite<T: Ord + Clone>(into: &mut Vec<T>, from: &[T]) {
    if from.is_empty() {
        return;
    }
    into.extend_from_slice(from);
    into.sort_unstable();
    into.dedup();
}

impl Profile {
    /// Whether it could be told from others at all: a birth date without a name is nobody's in particular.
    pub(crate) fn can_meet(&self) -> bool {
        self.pointer || !self.surnames.is_empty() || !self.given.is_empty() || !self.given_initials.is_empty()
    }

    /// Whether so little is written that it could be many people: no surname or no given name, and nothing else.
    pub(crate) fn is_scrap(&self) -> bool {
        let nameless = self.surnames.is_empty() || (self.given.is_empty() && self.given_initials.is_empty());
        nameless
            && !self.pointer
            && self.births.is_empty()
            && self.phones.is_empty()
            && self.codes.is_empty()
            && self.emails.is_empty()
    }

    /// What both have seen.
    pub(crate) fn united(&self, other: &Profile) -> Profile {
        let mut both = self.clone();
        for (into, from) in [
            (&mut both.surnames, &other.surnames),
            (&mut both.given, &other.given),
            (&mut both.fathers, &other.fathers),
            (&mut both.phones, &other.phones),
            (&mut both.emails, &other.emails),
            (&mut both.codes, &other.codes),
            (&mut both.aliases, &other.aliases),
            (&mut both.households, &other.households),
            (&mut both.sexes, &other.sexes),
            (&mut both.settlements, &other.settlements),
            (&mut both.addresses, &other.addresses),
            (&mut both.postcodes, &other.postcodes),
            (&mut both.sites, &other.sites),
            (&mut both.groups, &other.groups),
            (&mut both.members, &other.members),
        ] {
            unite(into, from);
        }
        unite(&mut both.given_initials, &other.given_initials);
        unite(&mut both.father_initials, &other.father_initials);
        unite(&mut both.births, &other.births);
        unite(&mut both.lists, &other.lists);
        both.pointer &= other.pointer;
        both.mentions += other.mentions;
        both
    }
}
