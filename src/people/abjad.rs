//! Names in Arabic and Hebrew letters beside their spellings in alphabets that write vowels: محمد, Mohammad, Мохаммад.
//!
//! Short vowels are not written and several letters have several spellings, so no skeleton is the same on both sides. Two
//! words meet where each letter has one of its sounds in the order written and no vowel is left over that would have been
//! written. Many words meet so: it lets two be compared of whom a telephone, a date of birth or the other name says more.

use rayon::prelude::*;
use ustr::Ustr;

use super::alike::QuickMap;
use crate::ingest::records::{Records, TextId};
use crate::letters::is_letter;
use crate::names::parts::{SERVANT, joined};
use crate::names::script::{clean, skeleton, sounds};

/// Longest word that is tried.
const LONGEST: usize = 24;

/// Whether a letter is one of an alphabet without short vowels.
fn is_abjad(letter: char) -> bool {
    matches!(letter, '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}')
}

/// How a letter sounds; nothing where it is left out. Whether it begins or ends a word matters for some.
fn sounds_of(letter: char, first: bool, last: bool) -> &'static [&'static str] {
    match letter {
        'ا' if first => &["a", "e", "o", "i", "u", ""],
        'ا' => &["a", "e", "o", "u"],
        'ب' | 'پ' => &["b", "p"],
        'ת' | 'ט' | 'ت' | 'ط' => &["t"],
        'ث' => &["t", "s"],
        'ج' => &["i", "h", "dz", "d", "z"],
        'چ' => &["c", "s"],
        'ח' | 'ح' | 'خ' => &["h", "c", "k"],
        'ה' | 'ه' => &["h", "a", "e", "t", ""],
        'ד' | 'د' => &["d"],
        'ذ' | 'ظ' | 'ض' => &["d", "z", "dh"],
        'ר' | 'ر' | 'ړ' => &["r"],
        'ז' | 'ز' | 'ژ' => &["z"],
        'ס' | 'س' | 'ص' => &["s"],
        'ש' | 'ش' => &["s", "c"],
        'א' | 'ע' | 'ع' => &["", "a", "e", "i", "o", "u"],
        'غ' | 'گ' => &["h", "k", ""],
        'פ' | 'ף' | 'ف' => &["f", "p", "v"],
        'ק' | 'ق' => &["k", "h"],
        'כ' | 'ך' | 'ك' => &["k", "c", "h"],
        'ל' | 'ل' => &["l"],
        'מ' | 'ם' | 'م' => &["m"],
        'נ' | 'ן' | 'ن' => &["n"],
        'ו' | 'و' => &["v", "u", "o", "ou"],
        'י' | 'ي' if last => &["i", "e", "a"],
        'י' | 'ي' => &["i", "e"],
        'ב' => &["b", "v"],
        'ג' => &["h", "dz", "i"],
        'צ' | 'ץ' => &["c", "s", "z", "tz"],
        _ => &[],
    }
}

/// Letters of which two spellings never differ, by which words are looked up.
fn firm(letter: char) -> Option<char> {
    Some(match letter {
        'r' | 'ر' | 'ר' => 'r',
        'l' | 'ل' | 'ל' => 'l',
        'm' | 'م' | 'מ' | 'ם' => 'm',
        'n' | 'ن' | 'נ' | 'ן' => 'n',
        _ => return None,
    })
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The letters of a word, and the same without the article, whose l Latin spellings part by a hyphen or change, and
/// without "servant of", which they part from the name.
fn bodies(word: &str) -> Vec<Vec<char>> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    let without = letters
        .strip_prefix(&['ا', 'ل'])
        .filter(|rest| rest.len() > 1)
        .map(<[char]>::to_vec);
    let parted = || {
        let rest = word.strip_prefix(SERVANT)?.strip_prefix("ال")?;
        Some(rest.chars().collect::<Vec<char>>())
    };
    let parted = parted().filter(|rest| rest.len() > 2);
    std::iter::once(letters).chain(without).chain(parted).collect()
}

/// The sounds of a word that is written with its vowels; consonants count once.
fn heard(word: &str) -> Vec<char> {
    let mut heard: Vec<char> = sounds(word).chars().collect();
    heard.dedup_by(|one, before| one == before && !is_vowel(*one));
    heard
}

/// Whether a word without short vowels and a skeleton can be one name.
fn meet(letters: &[char], spelt: &[char]) -> bool {
    letters.len() > 1 && letters.len().max(spelt.len()) <= LONGEST && fits(letters, spelt, true, false)
}

/// Whether the rest of the letters gives the rest of the skeleton; `skipped` tells whether a vowel that nobody wrote came
/// right before.
fn fits(letters: &[char], spelt: &[char], first: bool, skipped: bool) -> bool {
    let may_skip = !skipped && !first && spelt.first().is_some_and(|letter| is_vowel(*letter));
    let Some((letter, rest)) = letters.split_first() else {
        return spelt.is_empty() || (may_skip && spelt.len() == 1);
    };
    let taken = sounds_of(*letter, first, rest.is_empty()).iter().any(|sound| {
        let mut left = spelt;
        for expected in sound.chars() {
            match left.split_first() {
                Some((found, after)) if *found == expected => left = after,
                _ => return false,
            }
        }
        fits(rest, left, false, skipped && sound.is_empty())
    });
    taken || (may_skip && fits(letters, &spelt[1..], false, true))
}

/// Words of the two kinds of alphabet that can be one name, as skeletons, the one with vowels first.
pub(super) fn readings(records: &Records, texts: &[TextId]) -> Vec<(Ustr, Ustr)> {
    let holds = |id: &TextId, kind: fn(char) -> bool| records.text(*id).chars().any(kind);
    if !texts.par_iter().any(|id| holds(id, is_abjad)) {
        return Vec::new();
    }
    let of = |wanted: bool| {
        let words = texts
            .par_iter()
            .filter(|id| holds(id, is_abjad) == wanted)
            .flat_map_iter(|id| {
                let text = joined(clean(records.text(*id)));
                let words = text.split(|letter: char| !is_letter(letter) && letter != '\'');
                words
                    .filter(|word| !word.is_empty())
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            });
        let mut words: Vec<String> = words.collect();
        words.par_sort_unstable();
        words.dedup();
        words
    };
    let (without, with) = (of(true), of(false));
    let mut spelt: QuickMap<String, Vec<(Ustr, Vec<char>)>> = QuickMap::default();
    for word in &with {
        let heard = heard(word);
        let key = heard.iter().copied().filter_map(firm).collect();
        spelt.entry(key).or_default().push((Ustr::from(&skeleton(word)), heard));
    }
    let found = without.par_iter().flat_map_iter(|word| {
        let bodies = bodies(&skeleton(word)).into_iter();
        let near = bodies.flat_map(|letters| {
            let key: String = letters.iter().copied().filter_map(firm).collect();
            let near = spelt.get(&key).into_iter().flatten();
            let met = near.filter(|(_, heard)| meet(&letters, heard)).map(|(spelt, _)| *spelt);
            met.collect::<Vec<_>>()
        });
        let word = Ustr::from(&skeleton(word));
        near.map(|spelt| (spelt, word)).collect::<Vec<_>>()
    });
    let mut found: Vec<(Ustr, Ustr)> = found.collect();
    found.par_sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::super::recognise::recognise;
    use super::super::recognise::tests::records;
    use super::{bodies, heard, meet};
    use crate::names::script::{clean, skeleton};

    fn met(one: &str, other: &str) -> bool {
        let spelt = heard(&clean(other));
        bodies(&skeleton(&clean(one)))
            .iter()
            .any(|letters| meet(letters, &spelt))
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for (one, others) in [
            ("محمد", "Mohammad Muhammed Mohamed Мохаммад"),
            ("الأحمد", "Ahmad Ahmed Alahmad"),
            ("خديجة", "Khadija Khadijah Хадиджа"),
            ("حسين", "Hussein Husain Hossein"),
            ("حسن", "Hassan Hasan"),
            ("محمود", "Mahmoud Mahmud"),
            ("فاطمة", "Fatima Fatimah Fatma"),
            ("سعيد", "Saeed Said"),
            ("عبدالرحمن", "Abdulrahman Abdelrahman Rahman"),
            ("ياسر", "Yasser Yasir"),
            ("يوسف", "Yousef Yusuf"),
            ("جمال", "Jamal Gamal"),
            ("إبراهيم", "Ibrahim"),
            ("عمر", "Omar Umar"),
            ("خالد", "Khaled Khalid"),
            ("شیرین", "Shirin"),
            ("משה", "Moshe"),
            ("כהן", "Cohen Kohen"),
            ("לוי", "Levi Levy"),
        ] {
            for other in others.split(' ') {
                assert!(met(one, other), "{one} {other}");
            }
        }
    }

    #[test]
    fn other_names_do_not_meet() {
        for (one, other) in [
            ("حسن", "Hussein"),
            ("حسين", "Hassan"),
            ("محمد", "Mahmoud"),
            ("محمود", "Mohammad"),
            ("خديجة", "Khaled"),
            ("فاطمة", "Farida"),
            ("عمر", "Amin"),
            ("سمير", "Omar"),
        ] {
            assert!(!met(one, other), "{one} {other}");
        }
    }

    #[test]
    fn one_telephone_beside_two_alphabets_is_one_person() {
        let people = recognise(&records(&[
            ("محمد الأحمد", "", "0671112233", "", 1),
            ("Mohammad Al-Ahmad", "", "+380671112233", "", 2),
            ("خديجة حسين", "", "0671112244", "", 1),
            ("Khadija Hussein", "", "0671112244", "", 2),
            ("فاطمة حسين", "", "0671112244", "", 1),
            ("عبد الله خالد", "", "0671112255", "", 1),
            ("Abdullah Khaled", "", "0671112255", "", 2),
            ("عبد الرحمن خالد", "", "", "", 3),
            ("عبدالرحمن خالد", "", "", "", 4),
        ]));
        assert_eq!((people.best[0], people.best[2]), (people.best[1], people.best[3]));
        assert_ne!(people.best[3], people.best[4]);
        assert_eq!(people.best[5], people.best[6]);
        assert_eq!(people.high[7], people.high[8], "one name with and without a blank");
        assert_eq!(people.persons.len(), 5);
    }
}
