//! Forms in order of content, without looking at their texts over and over.

use chrono::Datelike;
use rayon::prelude::*;
use ustr::{Ustr, UstrMap, UstrSet};

use super::super::normalise::Form;
use crate::ingest::records::Birth;

/// Forms whose words are put together at once.
const MANY: usize = 1 << 15;

/// The words of all names with their places in alphabetical order.
#[derive(Debug)]
pub(super) struct Alphabet(UstrMap<u32>);

impl Alphabet {
    /// Surnames, given names and fathers of all forms.
    pub(super) fn of(forms: &[Form]) -> Self {
        let words = |forms: &[Form]| -> UstrSet {
            let all = forms
                .iter()
                .flat_map(|form| form.surnames.iter().chain(&form.given).chain(&form.father));
            all.copied().collect()
        };
        let both = |mut one: UstrSet, other: UstrSet| {
            one.extend(other);
            one
        };
        let words = forms.par_chunks(MANY).map(words).reduce(UstrSet::default, both);
        let mut words: Vec<Ustr> = words.into_iter().collect();
        words.par_sort_unstable();
        Self(words.into_iter().zip(0..).collect())
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The place of a word.
    pub(super) fn place(&self, word: Ustr) -> u32 {
        self.0[&word]
    }
}

/// The beginning of a form in numbers: two keys that differ stand in the order of their forms.
type Key = [u32; 8];

/// Place of each form when all are in order of content.
pub(super) fn ranks(forms: &[Form], alphabet: &Alphabet) -> Vec<u32> {
    let keyed = (0_u32..).zip(forms).collect::<Vec<_>>();
    let mut keyed: Vec<(Key, u32)> = keyed
        .into_par_iter()
        .map(|(at, form)| (key(form, alphabet), at))
        .collect();
    keyed.par_sort_unstable_by(|(one, a), (other, b)| {
        let by_form = || forms[*a as usize].cmp(&forms[*b as usize]);
        one.cmp(other).then_with(by_form).then_with(|| a.cmp(b))
    });
    let mut ranks = vec![0; forms.len()];
    for (rank, (_, at)) in (0_u32..).zip(keyed) {
        ranks[at as usize] = rank;
    }
    ranks
}

/// A list ends with a 0, which is below every word, so that of two lists the one that begins the other comes first.
fn key(form: &Form, alphabet: &Alphabet) -> Key {
    let word = |word: &Ustr| alphabet.place(*word) + 1;
    let letter = |letter: Option<char>| letter.map_or(0, |letter| u32::from(letter) + 1);
    let list = |words: &'_ [Ustr]| -> Vec<u32> { words.iter().map(word).chain([0]).collect() };
    let alone = [
        letter(form.given_initial),
        form.father.as_ref().map_or(0, word),
        letter(form.father_initial),
        birth(form.birth),
    ];
    let all = [list(&form.surnames), list(&form.given)];
    let mut key = Key::default();
    for (into, number) in key.iter_mut().zip(all.into_iter().flatten().chain(alone)) {
        *into = number;
    }
    key
}

/// Years before days, each in their order; those beyond all calendars are left to the forms themselves.
fn birth(birth: Birth) -> u32 {
    const MIDDLE: i32 = 1 << 29;
    let number = |value: i32| (value.clamp(-MIDDLE, MIDDLE) + MIDDLE).unsigned_abs();
    match birth {
        Birth::Unknown => 0,
        Birth::Year(year) => 1 + number(year),
        Birth::Date(day) => (1 << 31) + number(day.num_days_from_ce()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use ustr::Ustr;

    use super::{Alphabet, ranks};
    use crate::ingest::records::Birth;
    use crate::people::normalise::Form;

    /// A form out of a few words, so that many begin alike.
    fn form((surnames, given, father, birth, initial): (Vec<u8>, Vec<u8>, u8, u8, bool)) -> Form {
        let word = |number: &u8| Ustr::from(["a", "ab", "b", "ba", "c"][usize::from(*number % 5)]);
        Form {
            surnames: surnames.iter().map(word).collect(),
            given: given.iter().map(word).collect(),
            given_initial: initial.then_some('a'),
            father: (father % 3 > 0).then(|| word(&father)),
            birth: match birth % 4 {
                0 => Birth::Unknown,
                1 => Birth::Year(1980 + i32::from(birth)),
                2 => Birth::Year(i32::MIN + i32::from(birth)),
                _ => Birth::Date(NaiveDate::from_yo_opt(1980, 1 + u32::from(birth)).expect("a day of the year")),
            },
            phones: surnames.iter().rev().map(word).collect(),
            ..Form::default()
        }
    }

    proptest::proptest! {
        #[test]
        fn places_are_those_that_comparing_whole_forms_gives(
            said in proptest::collection::vec(
                (proptest::collection::vec(0_u8..5, 0..3), proptest::collection::vec(0_u8..5, 0..3), 0_u8..9, 0_u8.., proptest::bool::ANY),
                0..40,
            )
        ) {
            let forms: Vec<Form> = said.into_iter().map(form).collect();
            let mut order: Vec<usize> = (0..forms.len()).collect();
            order.sort_by(|a, b| forms[*a].cmp(&forms[*b]));
            let found = ranks(&forms, &Alphabet::of(&forms));
            for (rank, at) in order.into_iter().enumerate() {
                proptest::prop_assert_eq!(found[at] as usize, rank);
            }
        }
    }
}
