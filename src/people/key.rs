//! Stable pseudonyms: a person's key comes from what is written about the person, never from where.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::distinct::Distinct;
use super::normalise::Form;
use crate::ingest::records::Birth;

/// Letters and digits that nobody mistakes for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Keys of the clusters given as members of `identities`, unique, in the same order.
///
/// The key is made from the cluster's fullest identity, so neither unrelated rows nor thinner
/// spellings of the same person change it. Clusters that say the same get a running number by size.
pub(crate) fn keys(clusters: &[Vec<u32>], identities: &[Distinct]) -> Vec<String> {
    let plain: Vec<String> = clusters
        .iter()
        .map(|members| key(&canonical(members, identities)))
        .collect();
    let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, key) in plain.iter().enumerate() {
        alike.entry(key).or_default().push(at);
    }
    let mut keys = plain.clone();
    for same in alike.into_values().filter(|same| same.len() > 1) {
        for (number, at) in same.into_iter().enumerate().skip(1) {
            keys[at] = format!("{}-{}", plain[at], number + 1);
        }
    }
    keys
}

fn canonical(members: &[u32], identities: &[Distinct]) -> String {
    let fullest = members
        .iter()
        .map(|member| &identities[*member as usize].form)
        .max_by(|a, b| fullness(a).cmp(&fullness(b)).then_with(|| b.cmp(a)));
    fullest.map(written).unwrap_or_default()
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

fn written(form: &Form) -> String {
    let birth = match form.birth {
        Birth::Unknown => String::new(),
        Birth::Year(year) => year.to_string(),
        Birth::Date(day) => day.to_string(),
    };
    let initials: String = form.given_initial.iter().chain(&form.father_initial).collect();
    let code = form
        .code
        .as_ref()
        .map(|code| format!("{}{}", code.letters, code.number))
        .unwrap_or_default();
    [
        form.surnames.join(" "),
        form.given.join(" "),
        initials,
        birth,
        form.phones.join(" "),
        form.alias.clone().unwrap_or_default(),
        form.email.clone().unwrap_or_default(),
        code,
    ]
    .join("|")
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
