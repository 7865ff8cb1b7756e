//! Words and letters for sexes, and the words before a name that tell one.

use super::listed::Listed;
use super::{Vocabulary, normalise};

/// Sex as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// Code in records and figures.
    pub fn key(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }
}

/// Two letters of one language for the two sexes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SexPair {
    pub(crate) language: &'static str,
    pub(crate) female: String,
    pub(crate) male: String,
}

/// Of whom a word before a name is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Salutation {
    /// Of one sex: "Mrs".
    Of(Sex),
    /// Of either: "Dr".
    OfAny,
}

impl SexPair {
    /// What a normalised letter means in the pair.
    pub(crate) fn meaning(&self, letter: &str) -> Option<Sex> {
        if self.female == letter {
            return Some(Sex::Female);
        }
        (self.male == letter).then_some(Sex::Male)
    }
}

impl Vocabulary {
    pub(super) fn add_sex(&mut self, key: String, meaning: &str) -> Option<()> {
        match meaning {
            "female" => self.sexes.entry(key).or_insert(Sex::Female),
            "male" => self.sexes.entry(key).or_insert(Sex::Male),
            // Written down and saying nothing: known words, no sex.
            "other" => {
                self.list(Listed::Sexless, key);
                return Some(());
            }
            _ => return None,
        };
        Some(())
    }

    pub(super) fn add_sex_pair(&mut self, language: &'static str, female: &str, male: String) {
        self.sex_pairs.push(SexPair {
            language,
            female: normalise(female),
            male,
        });
    }

    pub(super) fn add_salutation(&mut self, key: String, meaning: &str) {
        let sex = match meaning {
            "female" => Salutation::Of(Sex::Female),
            "male" => Salutation::Of(Sex::Male),
            _ => Salutation::OfAny,
        };
        self.salutations.entry(key).or_insert(sex);
    }

    /// Pairs of letters for the two sexes in all languages.
    pub(crate) fn sex_pairs(&self) -> &[SexPair] {
        &self.sex_pairs
    }

    /// What a word before a name tells; `None` for a text that is no such word.
    pub(crate) fn salutation(&self, text: &str) -> Option<Salutation> {
        if self.salutations.none_opens(text) {
            return None;
        }
        self.salutations.get(&normalise(text)).copied()
    }

    /// Whether an answer about the sex is known and tells none of the two.
    pub(crate) fn is_sexless(&self, text: &str) -> bool {
        !self.is_foreign(text, Listed::Sexless) && self.lists(Listed::Sexless, &normalise(text))
    }

    /// Whether the words beside a number in an age say that it is less or more, or what it counts.
    pub(crate) fn is_age_word(&self, words: &str, kind: AgeWord) -> bool {
        self.lists(kind.list(), &normalise(words))
    }
}

/// What words beside the number of an age say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AgeWord {
    Under,
    Over,
    Months,
    About,
    Child,
    Adult,
}

impl AgeWord {
    const fn list(self) -> Listed {
        match self {
            AgeWord::Under => Listed::AgeUnder,
            AgeWord::Over => Listed::AgeOver,
            AgeWord::Months => Listed::AgeMonths,
            AgeWord::About => Listed::AgeAbout,
            AgeWord::Child => Listed::AgeChild,
            AgeWord::Adult => Listed::AgeAdult,
        }
    }
}
