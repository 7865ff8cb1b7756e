//! Every word of the data once, by its number in alphabetical order: what the name files know of it, and which other
//! words are another form or a slip of the pen away.
//!
//! The closeness of two words is found once and looked up ever after, so that comparing people costs no comparing of
//! letters. Slips are found over words with up to two letters left out (symmetric deletes, after Garbe's `SymSpell`).

use std::hash::{BuildHasher as _, Hasher as _};

use foldhash::fast::FixedState;
use rayon::prelude::*;
use ustr::{Ustr, UstrMap};

use super::alike::QuickMap;
use super::compare::{Level, given_level, surname_level};
use crate::names::typo::{LONG, is_slip};
use crate::names::{Known, NAMES, NameId};

/// Number of a word, in alphabetical order of all words of the data.
pub(crate) type Word = u32;

/// The words of one data set.
#[derive(Debug, Default)]
pub(crate) struct Words {
    texts: Vec<Ustr>,
    known: Vec<Option<&'static Known>>,
    established: Vec<bool>,
    /// Surnames beside which a word stands as a given name.
    beside: Vec<u32>,
    kin: [Vec<Vec<(Word, Level)>>; 3],
    /// Words that sound like another in the orthography of another language.
    sounds: QuickMap<Word, Vec<Word>>,
}

/// What a word is used as; closeness depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Family name.
    Surname,
    /// Given name.
    Given,
    /// Name of the father.
    Father,
}

/// Least number of surnames beside which a given name is held to be a name of its own.
const ESTABLISHED: u32 = 3;
/// How many times as usual another name must be for a slip to be likelier than the rare name.
const RARE: u32 = 8;

impl Words {
    /// Different words, numbered in alphabetical order.
    pub(crate) fn of(texts: Vec<Ustr>) -> Self {
        let mut keyed: Vec<(u128, Ustr)> = texts.into_par_iter().map(|text| (beginning(&text), text)).collect();
        keyed.par_sort_unstable();
        let texts: Vec<Ustr> = keyed.into_iter().map(|(_, text)| text).collect();
        Self {
            established: vec![false; texts.len()],
            beside: vec![0; texts.len()],
            known: texts.par_iter().map(|text| NAMES.given(text)).collect(),
            texts,
            kin: Default::default(),
            sounds: QuickMap::default(),
        }
    }

    /// The number of each text.
    pub(crate) fn numbers(&self) -> UstrMap<Word> {
        self.texts.iter().copied().zip(0..).collect()
    }

    /// Learns which words sound alike, each with what it is read as in another orthography.
    pub(crate) fn learn_readings(&mut self, readings: &[(Ustr, Ustr)], number: &UstrMap<Word>) {
        for (word, reading) in readings {
            if let (Some(word), Some(reading)) = (number.get(word), number.get(reading)) {
                self.sounds.entry(*word).or_default().push(*reading);
                self.sounds.entry(*reading).or_default().push(*word);
            }
        }
    }

    fn sound_alike(&self, a: Word, b: Word) -> bool {
        self.sounds.get(&a).is_some_and(|others| others.contains(&b))
    }

    /// No word, as a mark for each.
    pub(crate) fn none(&self) -> Vec<bool> {
        vec![false; self.texts.len()]
    }

    /// The text of a word.
    pub(crate) fn text(&self, word: Word) -> &str {
        &self.texts[word as usize]
    }

    /// What the name files know of a word as a given name.
    pub(crate) fn known(&self, word: Word) -> Option<&'static Known> {
        self.known[word as usize]
    }

    /// Whether a word is a given name of its own, by the name files or by the company it keeps in the data.
    pub(crate) fn is_name(&self, word: Word) -> bool {
        self.known(word).is_some() || self.established[word as usize]
    }

    /// Names of which a word can be a form: its full ones, else the ones it is short for.
    pub(crate) fn names(&self, word: Word) -> &[NameId] {
        self.known(word).map_or(&[], Known::likely)
    }

    /// Whether a word is a name in full by the name files, and no pet name.
    pub(crate) fn is_full(&self, word: Word) -> bool {
        self.known(word)
            .is_some_and(|known| !known.full.is_empty() && known.short.is_empty())
    }

    /// Whether a word is the full form of a name, by the name files or, where they do not know it, by the company it keeps.
    pub(crate) fn is_own(&self, word: Word) -> bool {
        match self.known(word) {
            Some(known) => !known.full.is_empty(),
            None => self.is_name(word),
        }
    }

    /// Whether a word is a short form of some name, whatever else it is.
    pub(crate) fn is_also_short(&self, word: Word) -> bool {
        self.known(word).is_some_and(|known| !known.short.is_empty())
    }

    /// One number for all full forms of a given name, negative where the name files do not know it.
    pub(crate) fn canonical(&self, word: Word) -> i64 {
        self.names(word)
            .first()
            .map_or(-1 - i64::from(word), |name| i64::from(*name))
    }

    /// Learns from the different names of the data which unknown given names are names of their own.
    pub(crate) fn establish(&mut self, names: &[(Word, Word)]) {
        for (_, given) in names {
            self.beside[*given as usize] += 1;
        }
        let least = ESTABLISHED.max(u32::try_from(names.len() / 1000).unwrap_or(u32::MAX));
        self.established = self.beside.iter().map(|count| *count >= least).collect();
    }

    /// Whether of two given names one is so rare in the data and the other so usual that a slip may have made the one
    /// out of the other.
    pub(crate) fn one_is_rare(&self, a: Word, b: Word) -> bool {
        let (a, b) = (self.beside[a as usize], self.beside[b as usize]);
        a.min(b) < ESTABLISHED && a.max(b) >= RARE * a.min(b)
    }

    /// Finds the words of one use that are close to each other.
    pub(crate) fn relate(&mut self, used: Use, words: &[Word]) {
        let keys: Vec<Vec<u64>> = words.par_iter().map(|word| self.closeness_keys(used, *word)).collect();
        let keyed = words.par_iter().zip(&keys);
        let mut index: Vec<(u64, Word)> = keyed
            .flat_map_iter(|(word, keys)| keys.iter().map(|key| (*key, *word)))
            .collect();
        index.par_sort_unstable();
        let kin = words.par_iter().zip(&keys);
        let kin: Vec<Vec<(Word, Level)>> = kin.map(|(word, keys)| self.kin_of(used, *word, keys, &index)).collect();
        let mut table = vec![Vec::new(); self.texts.len()];
        for (word, close) in words.iter().zip(kin) {
            table[*word as usize] = close;
        }
        self.kin[used as usize] = table;
    }

    fn kin_of(&self, used: Use, word: Word, keys: &[u64], index: &[(u64, Word)]) -> Vec<(Word, Level)> {
        let of_key = |key: &u64| {
            let first = index.partition_point(|one| one.0 < *key);
            index[first..].chunk_by(|a, b| a.0 == b.0).next().unwrap_or_default()
        };
        let mut near: Vec<Word> = keys.iter().flat_map(of_key).map(|one| one.1).collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter()
            .filter(|other| *other != word)
            .map(|other| (other, self.measure(used, word, other)))
            .filter(|(_, level)| *level != Level::Conflict)
            .collect()
    }

    fn measure(&self, used: Use, a: Word, b: Word) -> Level {
        let or_alike = |level: Level| {
            if level > Level::Variant && self.sound_alike(a, b) {
                Level::Variant
            } else {
                level
            }
        };
        match used {
            Use::Surname => or_alike(surname_level(self.text(a), self.text(b))),
            Use::Given => or_alike(given_level(self, a, b)),
            Use::Father if self.text(a).starts_with('#') || self.text(b).starts_with('#') => Level::Conflict,
            Use::Father if is_slip(self.text(a), self.text(b)) => Level::Typo,
            Use::Father => Level::Conflict,
        }
    }

    /// Words that share one of these can be close: a word with letters left out; for given names also their names. Two
    /// keys that are one number by chance cost a comparison and change nothing.
    fn closeness_keys(&self, used: Use, word: Word) -> Vec<u64> {
        let text = self.text(word);
        let mut keys = with_letters_left_out(text);
        let pairs = self.sounds.get(&word).into_iter().flatten();
        let pairs = pairs.map(|other| (self.text(word.min(*other)), self.text(word.max(*other))));
        keys.extend(pairs.map(|(one, other)| key('~', one.chars().chain(['~']).chain(other.chars()))));
        match used {
            Use::Surname => keys.push(key('=', super::surnames::gendered(text).chars())),
            Use::Father => {}
            Use::Given => {
                let names = self.known(word).into_iter().flat_map(Known::all);
                keys.extend(names.map(|name| key('#', name.to_string().chars())));
                keys.push(key('^', text.chars().take(3)));
                if self.known(word).is_some() || super::compare::may_be_pet_name(text) {
                    keys.extend(text.chars().next().map(|first| key('!', [first])));
                }
            }
        }
        keys
    }

    /// How close two words of one use are.
    pub(crate) fn level(&self, used: Use, a: Word, b: Word) -> Level {
        if a == b {
            return Level::Exact;
        }
        let kin = &self.kin[used as usize][a as usize];
        kin.binary_search_by_key(&b, |one| one.0)
            .map_or(Level::Conflict, |at| kin[at].1)
    }

    /// Words that are close to a word, in order of number.
    pub(crate) fn kin(&self, used: Use, word: Word) -> impl Iterator<Item = Word> + '_ {
        self.kin[used as usize][word as usize].iter().map(|one| one.0)
    }
}

/// The first sixteen bytes of a text as a number in the order of texts, so that most are put in order without a look at them.
fn beginning(text: &str) -> u128 {
    let bytes = text.bytes().chain(std::iter::repeat(0));
    bytes.take(16).fold(0, |number, byte| (number << 8) | u128::from(byte))
}

/// A number for letters of one kind.
fn key(kind: char, letters: impl IntoIterator<Item = char>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write_u32(kind.into());
    letters.into_iter().for_each(|letter| hasher.write_u32(letter.into()));
    hasher.finish()
}

/// A text with none, one and (where it is long) two letters left out, each as a number.
fn with_letters_left_out(text: &str) -> Vec<u64> {
    let letters: Vec<char> = text.chars().collect();
    let without = |gaps: &[usize]| {
        let kept = letters.iter().enumerate().filter(|(at, _)| !gaps.contains(at));
        key('-', kept.map(|(_, letter)| *letter))
    };
    let mut keys = vec![without(&[])];
    for first in 0..letters.len() {
        keys.push(without(&[first]));
        if letters.len() + 1 >= LONG {
            keys.extend((first + 1..letters.len()).map(|second| without(&[first, second])));
        }
    }
    // A letter lost between two equal ones, which then were folded into one.
    let lost = (2..letters.len()).filter(|at| letters[*at] == letters[at - 2]);
    keys.extend(lost.map(|at| without(&[at - 1, at])));
    keys.sort_unstable();
    keys.dedup();
    keys
}
