//! Letters that other papers spell with two or with another one: `Käthe`, `Kaethe`; `Jørgen`, `Joergen`; `Əliyev`, `Eliyev`.
//!
//! The bare letter is what [`skeleton`] reads (`Kathe`). A pair of letters cannot be folded wherever it stands, since in
//! most names it is two sounds (`Samuel`, `Raevska`): only where the special letter itself stands in some name of the data
//! are both spellings of that name one.

use std::collections::BTreeMap;

use rayon::prelude::*;
use ustr::Ustr;

use super::normalise::Form;
use crate::ingest::records::{Identity, Records, TextId};
use crate::letters::is_letter;
use crate::names::script::{clean, skeleton};
use crate::names::spelt::spelt_out;

/// Brings the spellings of one name to that of its special letters, where these stand somewhere in the data.
pub(super) fn unify(forms: &mut [Form], records: &Records, different: &[&Identity]) {
    let one = spellings(records, different);
    if one.is_empty() {
        return;
    }
    forms.par_iter_mut().for_each(|form| {
        for words in [&mut form.surnames, &mut form.given] {
            let mut met = false;
            for word in words.iter_mut() {
                if let Some(usual) = one.get(word) {
                    *word = *usual;
                    met = true;
                }
            }
            if met {
                words.sort();
                words.dedup();
            }
        }
    });
}

/// Skeletons of spelt-out words with the skeleton of the word that is meant.
fn spellings(records: &Records, different: &[&Identity]) -> BTreeMap<Ustr, Ustr> {
    let written = |identity: &&Identity| [identity.full_name, identity.surname, identity.given_name];
    let mut texts: Vec<TextId> = different.par_iter().flat_map_iter(written).flatten().collect();
    texts.par_sort_unstable();
    texts.dedup();
    let mut pairs: Vec<(Ustr, Ustr)> = texts
        .into_par_iter()
        .filter(|id| !records.text(*id).is_ascii())
        .flat_map_iter(|id| {
            let text = clean(records.text(id));
            let words = text.split(|letter: char| !is_letter(letter) && letter != '\'');
            let pairs = words.flat_map(|word| {
                let usual = Ustr::from(&skeleton(word));
                spelt_out(word)
                    .into_iter()
                    .map(move |spelt| (Ustr::from(&spelt), usual))
            });
            pairs.collect::<Vec<_>>()
        })
        .collect();
    pairs.par_sort_unstable();
    // Of several words that are spelt out alike the first by alphabet stands for all.
    let mut one = BTreeMap::new();
    for (spelt, usual) in pairs {
        one.entry(spelt).or_insert(usual);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::super::recognise::recognise;
    use super::super::recognise::tests::records;
    use super::spelt_out;
    use crate::names::script::{clean, skeleton};

    #[test]
    fn a_letter_and_its_spelling_meet() {
        for (special, spelt) in [
            ("Käthe", "Kaethe"),
            ("Müller", "Mueller"),
            ("Jørgen", "Joergen"),
            ("Kjær", "Kjaer"),
            ("Kjær", "Kjar"),
            ("Əliyev", "Eliyev"),
        ] {
            let folded = skeleton(&clean(spelt));
            assert!(spelt_out(&clean(special)).contains(&folded), "{special} {spelt}");
        }
        for (special, bare) in [
            ("Groß", "Gross"),
            ("Ågård", "Aagaard"),
            ("Guðrún", "Gudrun"),
            ("Þór", "Thor"),
            ("Łukasz", "Lukasz"),
            ("Đurić", "Djuric"),
            ("Muñoz", "Munoz"),
            ("Yağmur", "Yagmur"),
            ("Işık", "Isik"),
            ("Şükrü", "Shukru"),
            ("Čapek", "Chapek"),
            ("Oʻktam", "O'ktam"),
            ("Əliyev", "Алієв"),
            ("Œdip", "Oedip"),
            ("Семёнов", "Семенов"),
            ("Ґудзь", "Гудзь"),
        ] {
            assert_eq!(skeleton(&clean(special)), skeleton(&clean(bare)), "{special} {bare}");
        }
    }

    #[test]
    fn one_name_in_two_spellings_is_one_person() {
        let people = recognise(&records(&[
            ("Groß, Käthe", "", "", "", 1),
            ("Kaethe Gross", "", "", "", 2),
            ("Müller, Jürgen", "", "", "", 1),
            ("Jürgen Mueller", "", "", "", 2),
            ("Samuel Huber", "", "", "", 1),
            ("Samul Huber", "", "", "", 1),
        ]));
        assert_eq!(people.best[0], people.best[1]);
        assert_eq!(people.best[2], people.best[3]);
        assert_eq!(
            (people.high[0], people.high[2]),
            (people.high[1], people.high[3]),
            "nothing is asked"
        );
        assert_ne!(people.low[4], people.low[5]);
    }
}
