//! Organisations: legal forms, quotation marks, alphabets, and the town that may be left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexmap::IndexMap;

use super::{Meant, Written, alphabet, most_natural, named};
use crate::ingest::vocabulary::{self, Vocabulary};

/// Words that a town at the end of a name may have.
const LONGEST_TOWN: usize = 2;

/// What spellings of organisations mean.
pub(super) fn meant(
    aliases: &IndexMap<String, Vec<String>>,
    written: &Written,
    vocabulary: &Vocabulary,
) -> HashMap<String, Meant> {
    let named = named(aliases, &|text: &str| words(text, vocabulary).join(" "));
    let mut groups: BTreeMap<Vec<String>, Vec<(&str, usize)>> = BTreeMap::new();
    for (spelling, count) in written {
        groups
            .entry(words(spelling, vocabulary))
            .or_default()
            .push((spelling, *count));
    }
    let longer = longer_names(&groups, &named);
    let mut members: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
    for (key, spellings) in &groups {
        let mut key = key;
        // A town may be followed by a country: two steps lead to the longest name.
        for _ in 0..2 {
            key = longer.get(key).unwrap_or(key);
        }
        members.entry(identity(key, &named)).or_default().extend(spellings);
    }
    let mut meant = HashMap::new();
    for (key, spellings) in members {
        let value = named.get(&key).cloned().unwrap_or_else(|| {
            let owned = spellings.iter().map(|(text, count)| ((*text).to_owned(), *count));
            most_natural(owned.collect())
        });
        for (spelling, _) in spellings {
            meant.insert(spelling.to_owned(), Meant::Value(value.clone()));
        }
    }
    meant
}

/// What tells organisations apart: the value that the aliases name, else the words.
fn identity(words: &[String], named: &HashMap<String, String>) -> String {
    let key = words.join(" ");
    let Some(value) = named.get(&key) else { return key };
    // All keys of one value lead to the first of them in the alphabet.
    named
        .iter()
        .filter(|(_, other)| *other == value)
        .map(|(key, _)| key.clone())
        .min()
        .unwrap_or(key)
}

/// Names of which one goes on with a town that the other leaves out, if there is only one such town: one → the other.
fn longer_names(
    groups: &BTreeMap<Vec<String>, Vec<(&str, usize)>>,
    named: &HashMap<String, String>,
) -> BTreeMap<Vec<String>, Vec<String>> {
    let mut found: BTreeMap<&[String], Vec<&Vec<String>>> = BTreeMap::new();
    for (words, spellings) in groups {
        for town in 1..=LONGEST_TOWN.min(words.len().saturating_sub(1)) {
            let short = &words[..words.len() - town];
            if groups.contains_key(short) && spellings.iter().any(|(text, _)| ends_with_names(text, town)) {
                found.entry(short).or_default().push(words);
            }
        }
    }
    let is_named = |words: &[String]| named.contains_key(&words.join(" "));
    let mut joined = BTreeMap::new();
    for (short, longer) in found {
        let different: BTreeSet<String> = longer.iter().map(|words| identity(words, named)).collect();
        match (different.len(), is_named(short), is_named(longer[0])) {
            (1, false, _) => {
                joined.insert(short.to_vec(), longer[0].clone());
            }
            (1, true, false) => {
                joined.insert(longer[0].clone(), short.to_vec());
            }
            _ => {}
        }
    }
    joined
}

/// Whether the last words of a name are names themselves: capital letters, no digits.
fn ends_with_names(text: &str, count: usize) -> bool {
    let split = |c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-';
    let words: Vec<&str> = text
        .split(split)
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect();
    words
        .iter()
        .rev()
        .take(count)
        .all(|word| word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit()))
}

/// The words of a name in one alphabet, without its legal form.
fn words(text: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let plain: String = text
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '\'' | '’' | 'ʼ' | '.') {
                c
            } else {
                ' '
            }
        })
        .collect();
    let plain = vocabulary.strip_legal_form(&plain);
    vocabulary::normalise(&plain)
        .split([' ', '.'])
        .map(|word| alphabet::skeleton(&word.replace('\'', "")))
        .filter(|word| !word.is_empty())
        .collect()
}
