//! Stable pseudonyms: a person's key comes from what is written about the person, never from where.
//!
//! How a name was read (which word is the surname, whether the letters of a code mean anything) depends on all rows
//! together; a key must not. So it is made from a spelling in which neither can matter: all words in alphabetical order, codes by
//! their number. Only a row that says nothing of its person is known by its place.

use std::collections::BTreeMap;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use ustr::Ustr;

use super::distinct::Distinct;
use super::names::NAMES;
use super::normalise::Form;
use crate::ingest::records::{Birth, MentionId, Records};

/// Letters and digits that nobody mistakes for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Keys of the clusters given as members of `identities`, unique, in the same order.
///
/// The key is made from the cluster's fullest identity, so neither unrelated rows nor thinner
/// spellings of the same person change it. Clusters that say the same get a running number by all that they say.
pub(crate) fn keys(records: &Records, clusters: &[Vec<u32>], identities: &[Distinct]) -> Vec<String> {
    let mut keys: Vec<String> = clusters
        .par_iter()
        .map(|members| key(&canonical(records, members, identities)))
        .collect();
    let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, key) in keys.iter().enumerate() {
        alike.entry(key).or_default().push(at);
    }
    let mut numbered: Vec<(usize, usize)> = Vec::new();
    for mut same in alike.into_values().filter(|same| same.len() > 1) {
        same.sort_by_cached_key(|at| everything(&clusters[*at], identities));
        numbered.extend((1..).zip(same).skip(1));
    }
    for (number, at) in numbered {
        keys[at] = format!("{}-{number}", keys[at]);
    }
    keys
}

/// What the fullest member says; of equally full ones the first by alphabet.
fn canonical(records: &Records, members: &[u32], identities: &[Distinct]) -> String {
    let members = members.iter().map(|member| &identities[*member as usize]);
    let said = members.map(|member| {
        if member.form.is_named() || member.form.is_pointer() {
            Spelling::of(&member.form)
        } else {
            Spelling::of_place(records, member.mentions[0])
        }
    });
    said.max_by(|a, b| a.fullness.cmp(&b.fullness).then_with(|| b.text.cmp(&a.text)))
        .map(|spelling| spelling.text)
        .unwrap_or_default()
}

/// What all members say and where they were met.
fn everything(members: &[u32], identities: &[Distinct]) -> Vec<(String, Option<Ustr>)> {
    let members = members.iter().map(|member| &identities[*member as usize]);
    let mut all: Vec<(String, Option<Ustr>)> = members
        .map(|member| (Spelling::of(&member.form).text, member.form.met))
        .collect();
    all.sort();
    all
}

/// How much a form says: the day of birth first, since it never changes.
pub(crate) fn fullness(form: &Form) -> (bool, bool, bool, bool, bool) {
    (
        matches!(form.birth, Birth::Date(_)),
        form.father.is_some(),
        !form.given.is_empty(),
        !form.surnames.is_empty(),
        !form.phones.is_empty(),
    )
}

/// What a mention says, however its name was read.
struct Spelling {
    /// Whether a day of birth is known, then the words of the name up to three, a phone, initials.
    fullness: (bool, usize, bool, usize),
    text: String,
}

impl Spelling {
    fn of(form: &Form) -> Self {
        let plain = |word: &Ustr| NAMES.father(word).unwrap_or_else(|| word.as_str().to_owned());
        let mut words: Vec<String> = form.surnames.iter().chain(&form.given).map(plain).collect();
        words.extend(form.father.map(|father| father.as_str().to_owned()));
        words.sort_unstable();
        words.dedup();
        let given = form.given_initial.filter(|_| form.given.is_empty());
        let father = form.father_initial.filter(|_| form.father.is_none());
        let mut initials: Vec<char> = given.into_iter().chain(father).collect();
        initials.sort_unstable();
        let birth = match form.birth {
            Birth::Unknown => String::new(),
            Birth::Year(year) => year.to_string(),
            Birth::Date(day) => day.to_string(),
        };
        let born = matches!(form.birth, Birth::Date(_));
        let phones: Vec<&str> = form.phones.iter().map(Ustr::as_str).collect();
        let initials: String = initials.into_iter().collect();
        let text = [
            words.join(" ").as_str(),
            &initials,
            &birth,
            &phones.join(" "),
            form.alias.as_deref().unwrap_or_default(),
            form.email.as_deref().unwrap_or_default(),
            form.code.as_ref().map_or("", |code| code.number.as_str()),
        ]
        .join("|");
        Self {
            fullness: (born, words.len().min(3), !form.phones.is_empty(), initials.len()),
            text,
        }
    }

    /// A row that says nothing is the same as long as it stands where it stood in the same file.
    fn of_place(records: &Records, mention: MentionId) -> Self {
        let place = records.mentions[mention.index()].place;
        let file = &records.files[place.file.index()];
        let content = if file.sha256.is_empty() {
            &file.path
        } else {
            &file.sha256
        };
        let column = place.column.map(|column| column.to_string()).unwrap_or_default();
        Self {
            fullness: (false, 0, false, 0),
            text: format!("{content}|{}|{}|{column}", place.sheet, place.row),
        }
    }
}

fn key(canonical: &str) -> String {
    let digest = Sha256::digest(canonical.as_bytes());
    let bits = digest
        .iter()
        .take(8)
        .fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
    let letters = (0..10).map(|at| char::from(ALPHABET[usize::try_from((bits >> (at * 5)) & 31).expect("below 32")]));
    std::iter::once('P').chain(letters).collect()
}
