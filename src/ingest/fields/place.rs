//! Settlements and communities: what kind of place it is does not tell two of them apart.

use std::collections::{BTreeMap, BTreeSet};

use super::Written;
use crate::ingest::vocabulary::{self, Vocabulary};

/// Letters that a noun may have beyond the stem of the adjective made from it.
const LONGEST_NOUN_ENDING: usize = 2;

/// Shortest stem that tells a place.
const SHORTEST_STEM: usize = 4;

/// Key under which spellings of one place meet.
pub(super) fn key(text: &str, vocabulary: &Vocabulary) -> String {
    let plain: String = shown(text, vocabulary)
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || is_apostrophe(c) {
                c
            } else {
                ' '
            }
        })
        .collect();
    vocabulary::normalise(&plain).replace('\'', "")
}

fn is_apostrophe(c: char) -> bool {
    vocabulary::fold_apostrophe(c) == '\''
}

/// The place's name without the words for its kind.
pub(super) fn shown(text: &str, vocabulary: &Vocabulary) -> String {
    vocabulary.strip_community(&vocabulary.strip_settlement(text))
}

/// Nouns whose adjective names a community, too (`Сахновщина`, `Сахновщинська`): key of the noun → of the adjective.
///
/// Only where one adjective alone fits.
pub(super) fn adjectives(written: &Written, vocabulary: &Vocabulary) -> BTreeMap<String, String> {
    let keys: BTreeSet<String> = written.keys().map(|text| key(text, vocabulary)).collect();
    let stems: Vec<(&String, &str)> = keys
        .iter()
        .filter_map(|key| Some((key, vocabulary.stem_of_adjective(key)?)))
        .filter(|(_, stem)| stem.chars().count() >= SHORTEST_STEM)
        .collect();
    let fits = |noun: &str, (adjective, stem): &(&String, &str)| {
        let ending = noun.strip_prefix(stem).map(|ending| ending.chars().count());
        let rest = adjective.strip_prefix(noun).map(|rest| rest.chars().count());
        ending.is_some_and(|ending| ending <= LONGEST_NOUN_ENDING) || rest == Some(1)
    };
    let mut joined = BTreeMap::new();
    for noun in keys.iter().filter(|key| vocabulary.stem_of_adjective(key).is_none()) {
        let mut adjectives = stems.iter().filter(|candidate| fits(noun, candidate));
        if let (Some((adjective, _)), None) = (adjectives.next(), adjectives.next()) {
            joined.insert(noun.clone(), (*adjective).clone());
        }
    }
    joined
}
