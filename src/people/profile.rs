//! All that a cluster of mentions has seen of a person, in numbers of words.

use std::ops::Deref;
use std::sync::LazyLock;

use smallvec::{Array, SmallVec};

use super::ages::Ages;
use super::words::Word;
use crate::ingest::records::Birth;

/// A list that is kept in place while it is short, as nearly all are.
pub(crate) type List<T> = SmallVec<[T; 4]>;

/// The same for larger items.
pub(crate) type Few<T> = SmallVec<[T; 2]>;

/// What is known of a person; every list is sorted and without repeats.
#[derive(Debug, Clone, Default)]
pub(crate) struct Profile {
    /// Surnames.
    pub(crate) surnames: List<Word>,
    /// Given names.
    pub(crate) given: List<Word>,
    /// First letters of the given name.
    pub(crate) given_initials: List<char>,
    /// Fathers behind the patronymics.
    pub(crate) fathers: List<Word>,
    /// First letters of the patronymic.
    pub(crate) father_initials: List<char>,
    /// Birth dates and years.
    pub(crate) births: Few<Birth>,
    /// Ages and births as written, from the least to the most.
    pub(crate) ages: Option<Ages>,
    /// In which order the words of a longer name stand, where every mention has them in one.
    pub(crate) order: Option<u64>,
    /// Phones.
    pub(crate) phones: List<Word>,
    /// Sexes.
    pub(crate) sexes: List<Word>,
    /// Settlements.
    pub(crate) settlements: List<Word>,
    /// What few papers ask for.
    pub(crate) rare: Rare,
    /// Sites where the person was met.
    pub(crate) sites: List<Word>,
    /// Activity, site and group together.
    pub(crate) groups: List<Word>,
    /// Whether nothing but a pointer (code, phone, alias) is known.
    pub(crate) pointer: bool,
    /// Number of mentions at different times or places.
    pub(crate) mentions: u32,
    /// Lists (of rule 18) with the member that stands in each, or another of which all is written that a list tells apart.
    pub(crate) lists: Few<(u32, u32)>,
    /// Identities it is made of, the first of them first, the others in any order.
    pub(crate) members: List<u32>,
    /// The fullest identity with its rank among all.
    pub(crate) speaker: (u32, u32),
}

/// What is known of a person where the papers ask for more than usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    /// E-mails.
    pub(crate) emails: List<Word>,
    /// Client codes.
    pub(crate) codes: List<Word>,
    /// Aliases.
    pub(crate) aliases: List<Word>,
    /// Household keys.
    pub(crate) households: List<Word>,
    /// Street addresses.
    pub(crate) addresses: List<Word>,
    /// Postcodes.
    pub(crate) postcodes: List<Word>,
}

/// Lists that are nearly always empty, all together: they take no room then.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Rare(Option<Box<Asked>>);

static NOTHING: LazyLock<Asked> = LazyLock::new(Asked::default);

impl From<Asked> for Rare {
    fn from(asked: Asked) -> Self {
        Self((asked != *NOTHING).then(|| Box::new(asked)))
    }
}

impl Deref for Rare {
    type Target = Asked;

    fn deref(&self) -> &Asked {
        self.0.as_deref().unwrap_or_else(|| &NOTHING)
    }
}

impl Rare {
    fn take_in(&mut self, other: Self) {
        let Some(other) = other.0 else { return };
        let Some(here) = &mut self.0 else {
            self.0 = Some(other);
            return;
        };
        for (into, from) in [
            (&mut here.emails, &other.emails),
            (&mut here.codes, &other.codes),
            (&mut here.aliases, &other.aliases),
            (&mut here.households, &other.households),
            (&mut here.addresses, &other.addresses),
            (&mut here.postcodes, &other.postcodes),
        ] {
            unite(into, from);
        }
    }
}

/// Puts values in their places; a few are inserted, many sorted anew.
fn unite<A: Array<Item: Ord + Copy>>(into: &mut SmallVec<A>, from: &[A::Item]) {
    const FEW: usize = 8;
    if from.len() <= FEW {
        for value in from {
            if let Err(place) = into.binary_search(value) {
                into.insert(place, *value);
            }
        }
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
            && self.rare.codes.is_empty()
            && self.rare.emails.is_empty()
    }

    /// The first of its identities.
    pub(crate) fn first(&self) -> u32 {
        self.members[0]
    }

    /// Adds what another has seen; the cost is that of the other, as far as possible.
    pub(crate) fn take_in(&mut self, other: Profile) {
        for (into, from) in [
            (&mut self.surnames, &other.surnames),
            (&mut self.given, &other.given),
            (&mut self.fathers, &other.fathers),
            (&mut self.phones, &other.phones),
            (&mut self.sexes, &other.sexes),
            (&mut self.settlements, &other.settlements),
            (&mut self.sites, &other.sites),
            (&mut self.groups, &other.groups),
        ] {
            unite(into, from);
        }
        self.rare.take_in(other.rare);
        unite(&mut self.given_initials, &other.given_initials);
        unite(&mut self.father_initials, &other.father_initials);
        unite(&mut self.births, &other.births);
        unite(&mut self.lists, &other.lists);
        self.ages = match (self.ages, other.ages) {
            (Some(one), Some(two)) => Some(one.and(two)),
            (one, two) => one.or(two),
        };
        self.pointer &= other.pointer;
        self.mentions += other.mentions;
        self.speaker = self.speaker.max(other.speaker);
        let here = self.members.len();
        self.members.extend(other.members);
        if self.members[here] < self.members[0] {
            self.members.swap(0, here);
        }
    }
}
