//! Names in which the blank between two words was left out: `КовальОлена`, `KowalskaAnna`.
//!
//! A capital inside a word begins another one, unless what stands before it is a beginning of surnames (`McDonald`,
//! `DeLuca`), or the word is written without any sense of capitals. Of two given names that people write as one (`MaryAnn`)
//! the word is left as it is where others stand beside it.

use std::borrow::Cow;

use super::Names;
use crate::letters::is_letter;
use crate::names::script::{clean, skeleton};

/// Beginnings of surnames before a capital, lower case.
const BEGINNINGS: &[&str] = &[
    "al", "ap", "bar", "ben", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el",
    "fitz", "ibn", "la", "le", "les", "lo", "mac", "mc", "mhic", "ní", "nic", "san", "santa", "st", "te", "ten", "ter",
    "van", "vel", "ver", "vom", "von", "zu", "zum", "zur", "аль", "бен", "бин", "бін", "ван", "да", "дал", "де",
    "дель", "дер", "ди", "ді", "до", "дос", "дю", "ель", "эль", "ибн", "ібн", "ла", "ле", "мак", "сан", "тер", "фон",
];

impl Names {
    /// A name with a blank where one was left out between two of its words.
    pub(crate) fn with_blanks<'a>(&self, written: &'a str) -> Cow<'a, str> {
        let alone = written.split_whitespace().nth(1).is_none();
        let places: Vec<usize> = borders(written)
            .filter(|at| self.parts_here(written, *at, alone))
            .collect();
        if places.is_empty() {
            return Cow::Borrowed(written);
        }
        let mut parted = String::with_capacity(written.len() + places.len());
        let mut from = 0;
        for at in places {
            parted.push_str(&written[from..at]);
            parted.push(' ');
            from = at;
        }
        parted.push_str(&written[from..]);
        Cow::Owned(parted)
    }

    /// Whether a new word begins at a capital inside one.
    fn parts_here(&self, written: &str, at: usize, alone: bool) -> bool {
        let before = written[..at]
            .rsplit(|letter: char| !is_letter(letter) && !is_apostrophe(letter))
            .next();
        let after = written[at..]
            .split(|letter: char| !is_letter(letter) && !is_apostrophe(letter))
            .next();
        let (Some(before), Some(after)) = (before, after) else {
            return false;
        };
        let letters = |word: &str| word.chars().filter(|letter| is_letter(*letter)).count();
        // A new capital ends the word again.
        let after = borders(after).next().map_or(after, |end| &after[..end]);
        if letters(before) < 3 || BEGINNINGS.contains(&clean(before).as_str()) {
            return false;
        }
        let is_given = |word: &str| self.given(&skeleton(&clean(word))).is_some();
        let is_father = |word: &str| self.father(&skeleton(&clean(word))).is_some();
        match (is_given(before), is_given(after)) {
            // An initial without a blank: `КовальО.`
            _ if letters(after) == 1 => true,
            _ if is_father(after) => true,
            (true, true) => alone,
            (true, false) | (false, true) => true,
            (false, false) => alone && letters(after) > 2 && !shouts(after),
        }
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ' | '‘' | '`')
}

fn shouts(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

/// Where a capital follows a small letter.
fn borders(written: &str) -> impl Iterator<Item = usize> + '_ {
    let pairs = written.char_indices().zip(written.char_indices().skip(1));
    pairs
        .filter(|((_, small), (_, capital))| small.is_lowercase() && capital.is_uppercase())
        .map(|(_, (at, _))| at)
}

#[cfg(test)]
mod tests {
    use super::super::NAMES;

    #[test]
    fn a_blank_that_was_left_out_is_put_back() {
        for (written, parted) in [
            ("КовальОлена", "Коваль Олена"),
            ("KowalskaAnna", "Kowalska Anna"),
            ("AnnaKowalska", "Anna Kowalska"),
            ("КовальОленаІванівна", "Коваль Олена Іванівна"),
            ("КовальОлена Іванівна", "Коваль Олена Іванівна"),
            ("Коваль ОленаІванівна", "Коваль Олена Іванівна"),
            ("КовальОЛЕНА", "Коваль ОЛЕНА"),
            ("КовальО.І.", "Коваль О.І."),
            ("QarwelTomdrin", "Qarwel Tomdrin"),
        ] {
            assert_eq!(NAMES.with_blanks(written), parted, "{written}");
        }
    }

    #[test]
    fn capitals_that_belong_to_a_name_stay() {
        for written in [
            "McDonald Anna",
            "Anna McDonald",
            "MacLeod",
            "DeLuca Maria",
            "VanDijk Jan",
            "MaryAnn Smith",
            "LaToya Jackson",
            "О'Ніл Ганна",
            "Коваль Олена",
            "КОВАЛЬ ОЛЕНА",
            "коваль олена",
            "КоВАЛЬ",
            "Đurđević",
            "",
        ] {
            assert_eq!(NAMES.with_blanks(written), written);
        }
    }
}
