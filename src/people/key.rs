//! Stable pseudonyms: a person's key comes from what is written about the person, never from where.
//!
//! How a name was read (which word is the surname, whether the letters of a code mean anything) depends on all rows
//! together; a key must not. So it is made from a spelling in which neither can matter: all words in alphabetical order, codes by
//! their number. Only a row that says nothing of its person is known by its place.

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use ustr::Ustr;

use super::distinct::Identities;
use super::normalise::Form;
use crate::ingest::records::{Birth, MentionId, Records};
use crate::names::NAMES;

/// Letters and digits that nobody mistakes for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Keys of the clusters given as members of `identities`, unique, in the same order.
///
/// The key is made from the cluster's fullest identity, so neither unrelated rows nor thinner
/// spellings of the same person change it. Clusters that say the same get a running number by all that they say.
pub(crate) fn keys(records: &Records, clusters: &[&[u32]], identities: &Identities) -> Vec<String> {
    let mut keys: Vec<String> = clusters
        .par_iter()
        .map(|members| key(&canonical(records, members, identities)))
        .collect();
    let mut alike: Vec<usize> = (0..keys.len()).collect();
    alike.par_sort_unstable_by(|a, b| keys[*a].cmp(&keys[*b]).then_with(|| a.cmp(b)));
    let mut numbered: Vec<(usize, usize)> = Vec::new();
    for same in alike
        .chunk_by(|a, b| keys[*a] == keys[*b])
        .filter(|same| same.len() > 1)
    {
        let mut same = same.to_vec();
        same.sort_by_cached_key(|at| everything(clusters[*at], identities));
        numbered.extend((1..).zip(same).skip(1));
    }
    for (number, at) in numbered {
        keys[at] = format!("{}-{number}", keys[at]);
    }
    keys
}

/// What the fullest member says; of equally full ones the first by alphabet.
fn canonical(records: &Records, members: &[u32], identities: &Identities) -> String {
    let said = members.iter().map(|member| {
        let form = &identities.all[*member as usize];
        if form.is_named() || form.is_pointer() {
            Spelling::of(form)
        } else {
            Spelling::of_place(records, identities.mention(*member))
        }
    });
    said.max_by(|a, b| a.fullness.cmp(&b.fullness).then_with(|| b.text.cmp(&a.text)))
        .map(|spelling| spelling.text)
        .unwrap_or_default()
}

/// What all members say and where they were met.
fn everything(members: &[u32], identities: &Identities) -> Vec<(String, Option<Ustr>)> {
    let forms = members.iter().map(|member| &identities.all[*member as usize]);
    let mut all: Vec<(String, Option<Ustr>)> = forms.map(|form| (Spelling::of(form).text, form.met)).collect();
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
