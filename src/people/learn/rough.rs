//! Persons as far as the same surname, given name and birth date tell.

use rayon::prelude::*;

use super::super::profile::Profile;
use super::super::surnames::gendered;
use super::super::words::{Word, Words};
use super::day;

/// Surname for either sex in alphabetical order, and given name.
type Name = (u32, i64);

/// One identity of a person: name and day of birth, then the identity.
pub(super) type Sure = ((Name, Word), u32);

/// Persons as far as names and birth dates tell, in order of name.
pub(super) struct Rough {
    dated: Vec<Sure>,
    /// Names that nobody bears of whom a day of birth is known, each with its first identity.
    thin: Vec<(Name, u32)>,
}

impl Rough {
    /// Looks at the identities that have a surname and a given name.
    pub(super) fn of(profiles: &[Profile], words: &Words) -> Self {
        let surnames = in_order(profiles, words);
        let (mut dated, mut thin) = (Vec::new(), Vec::new());
        for (at, profile) in (0_u32..).zip(profiles) {
            let (Some(surname), Some(given)) = (profile.surnames.first(), profile.given.first()) else {
                continue;
            };
            let name = (surnames[*surname as usize], words.canonical(*given));
            match profile.births.first().copied().and_then(day) {
                Some(day) => dated.push(((name, day), at)),
                None => thin.push((name, at)),
            }
        }
        dated.par_sort_unstable();
        thin.par_sort_unstable();
        thin.dedup_by_key(|(name, _)| *name);
        thin.retain(|(name, _)| dated.binary_search_by_key(name, |((dated, _), _)| *dated).is_err());
        Self { dated, thin }
    }

    /// Identities of each person whose day of birth is known.
    pub(super) fn dated(&self) -> impl Iterator<Item = &[Sure]> {
        self.dated.chunk_by(|a, b| a.0 == b.0)
    }

    /// Given name, day of birth (0 where unknown) and first identity of each person.
    pub(super) fn people(&self) -> impl Iterator<Item = (i64, Word, u32)> + '_ {
        let dated = self.dated().map(|same| {
            let ((name, day), at) = same[0];
            (name.1, day, at)
        });
        dated.chain(self.thin.iter().map(|(name, at)| (name.1, 0, *at)))
    }
}

/// For each word that is somebody's first surname, the place in alphabetical order of its form for both sexes.
fn in_order(profiles: &[Profile], words: &Words) -> Vec<u32> {
    let mut used = words.none();
    for surname in profiles.iter().filter_map(|profile| profile.surnames.first()) {
        used[*surname as usize] = true;
    }
    let mut places = vec![0; used.len()];
    let used = (0..).zip(used).filter(|(_, is_used)| *is_used);
    let mut forms: Vec<(&str, Word)> = used.map(|(word, _)| (gendered(words.text(word)), word)).collect();
    forms.par_sort_unstable();
    for (place, same) in (0..).zip(forms.chunk_by(|a, b| a.0 == b.0)) {
        for (_, word) in same {
            places[*word as usize] = place;
        }
    }
    places
}
