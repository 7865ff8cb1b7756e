//! How names are written, and what is known of them. Every room may ask; nothing here knows a record.
//!
//! The name files know forms of given names in several languages, fathers behind patronymics, words that
//! name nobody, and remarks beside a name.
//!
//! One CSV a language under `names/`, so that an officer can send a correction: `name,sex,forms`, where `name`
//! is the same for one name in all languages, and the first form is the name in full. What each file is made
//! from stands in `names/README.md`.

mod fathers;
mod greek;
pub(crate) mod parts;
pub(crate) mod pets;
pub(crate) mod script;
pub(crate) mod several;
mod spaces;
pub(crate) mod spelt;
pub(crate) mod typo;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use self::fathers::{Father, Fathers};
use self::script::{clean, initials, romanian_readings, skeleton};
use self::spelt::spelt_out;
use self::words::Words;

/// The name files by language; where two hold one father's name, the earlier speaks.
const LANGUAGES: &[(&str, &str)] = &[
    ("uk", include_str!("names/uk.csv")),
    ("ru", include_str!("names/ru.csv")),
    ("latin", include_str!("names/latin.csv")),
    ("be", include_str!("names/be.csv")),
    ("bg", include_str!("names/bg.csv")),
    ("crh", include_str!("names/crh.csv")),
    ("sr", include_str!("names/sr.csv")),
    ("sq", include_str!("names/sq.csv")),
    ("rom", include_str!("names/rom.csv")),
    ("pl", include_str!("names/pl.csv")),
    ("ro", include_str!("names/ro.csv")),
    ("ro-uk", include_str!("names/ro-uk.csv")),
    ("hu", include_str!("names/hu.csv")),
    ("ka", include_str!("names/ka.csv")),
    ("hy", include_str!("names/hy.csv")),
    ("und", include_str!("names/und.csv")),
    ("ar", include_str!("names/ar.csv")),
    ("en", include_str!("names/en.csv")),
    ("de", include_str!("names/de.csv")),
];

/// Languages whose men's names stand behind patronymics; the rest would only lend chance likenesses.
const OF_FATHERS: &[&str] = &["uk", "ru", "latin", "be", "crh", "rom", "ro", "ka", "hy", "und"];

/// A given name, whatever its form.
pub(crate) type NameId = u16;

/// What is known of one skeleton.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// Names of which it is the full form.
    pub(crate) full: Vec<NameId>,
    /// Names of which it is a short or pet form.
    pub(crate) short: Vec<NameId>,
}

impl Known {
    /// Whether both can be forms of one name.
    pub(crate) fn meets(&self, other: &Known) -> bool {
        self.all().any(|name| other.all().any(|theirs| theirs == name))
    }

    /// Whether the names are one beyond doubt: a full form with a form that is nobody's full name, or two full forms.
    pub(crate) fn same(&self, other: &Known) -> bool {
        let full = self.full.iter().any(|name| other.full.contains(name));
        full || (self.meets(other) && (self.full.is_empty() || other.full.is_empty()))
    }

    /// Whether it is a short form of several names and the full form of none.
    pub(crate) fn is_anybodys(&self) -> bool {
        self.full.is_empty() && self.short.len() > 1
    }

    /// The names of which it is the full form; where there is none, those it is short for.
    pub(crate) fn likely(&self) -> &[NameId] {
        if self.full.is_empty() { &self.short } else { &self.full }
    }

    /// Every name of which it is a form.
    pub(crate) fn all(&self) -> impl Iterator<Item = NameId> + '_ {
        self.full.iter().chain(&self.short).copied()
    }
}

/// All name files, by skeleton.
#[derive(Debug, Default)]
pub(crate) struct Names {
    given: HashMap<String, Known, FixedState>,
    initials: BTreeMap<NameId, BTreeSet<char>>,
    /// The name that the files give each number.
    canonical: Vec<String>,
    /// The sex of each number, as the files write it.
    sexes: Vec<char>,
    fathers: Fathers,
    words: Words,
}

/// The name files that the program carries.
pub(crate) static NAMES: LazyLock<Names> = LazyLock::new(Names::carried);

impl Names {
    fn carried() -> Self {
        let mut names = Self::default();
        let mut ids: HashMap<&str, NameId> = HashMap::new();
        for (language, text) in LANGUAGES {
            for entry in entries(text) {
                let next = NameId::try_from(ids.len()).expect("the name files hold far fewer than 65,536 names");
                let id = *ids.entry(entry.name).or_insert(next);
                if id == next {
                    names.canonical.push(entry.name.to_owned());
                    names.sexes.push(entry.sex.chars().next().unwrap_or_default());
                }
                names.learn(id, &entry, OF_FATHERS.contains(language));
                if *language == "ro" {
                    names.learn_readings(id, &entry);
                }
            }
        }
        names.fathers.learn_irregular(|name| ids.get(name).copied());
        names.words = Words::carried(|skeleton| names.given.contains_key(skeleton));
        names
    }

    fn learn(&mut self, id: NameId, entry: &Entry, fathers: bool) {
        for (at, form) in entry.forms.split_whitespace().enumerate() {
            for spelt in spelt_out(&clean(form)) {
                self.know(spelt, id, at == 0);
            }
            let form = skeleton(&clean(form));
            if at == 0 {
                if fathers && entry.sex == "m" {
                    self.fathers.learn(&form, id);
                }
                self.initials.entry(id).or_default().extend(initials(&form));
            }
            self.know(form, id, at == 0);
        }
    }

    /// Romanian names in full as Cyrillic writes them: Nadejda is Надежда. A short form would be another's name: Jana, Жанна.
    fn learn_readings(&mut self, id: NameId, entry: &Entry) {
        let full = entry.forms.split_whitespace().next().unwrap_or_default();
        for reading in romanian_readings(&clean(full)) {
            self.know(reading, id, true);
        }
    }

    fn know(&mut self, form: String, id: NameId, full: bool) {
        let known = self.given.entry(form).or_default();
        let list = if full { &mut known.full } else { &mut known.short };
        if !list.contains(&id) {
            list.push(id);
        }
    }

    /// What is known of a skeleton as a given name.
    pub(crate) fn given(&self, skeleton: &str) -> Option<&Known> {
        self.given.get(skeleton)
    }

    /// The sex of all names of which a word is a form, `f` or `m`; nothing where they are of both.
    pub(crate) fn sex(&self, known: &Known) -> Option<char> {
        let mut sexes = known
            .all()
            .filter_map(|name| self.sexes.get(usize::from(name)).copied());
        let first = sexes.next()?;
        sexes.all(|sex| sex == first).then_some(first)
    }

    /// Whether a word or sign stands between two people (`та`, `+`).
    pub(crate) fn is_and(&self, word: &str) -> bool {
        self.words.is_and(word)
    }

    /// Whether a word names nobody (`анонім`, `мама`), whatever stands beside it.
    pub(crate) fn is_nobody(&self, skeleton: &str) -> bool {
        self.words.is_nobody(skeleton)
    }

    /// Whether a whole text names nobody (`без імені`, `н/д`, `мама Олі`, `дитина 1`).
    pub(crate) fn names_nobody(&self, written: &str) -> bool {
        self.words.names_nobody(written)
    }

    /// A written name without remarks, times and years of birth beside it; brackets and other signs stay.
    pub(crate) fn without_asides(&self, written: &str) -> String {
        self.words.without_asides(&self.with_blanks(written))
    }

    /// The father behind a patronymic, the same for `Дмитрівна`, `Дмитриевна`, `Dmytrovych`; `None` where the word
    /// has no patronymic ending.
    pub(crate) fn father(&self, skeleton: &str) -> Option<String> {
        Some(match self.fathers.of(skeleton)? {
            Father::Known(id) => self.father_key(id),
            Father::Stem(stem) => stem,
        })
    }

    /// The father behind a word that stands where a patronymic does and is misspelled (`Юріїнва`).
    pub(crate) fn misspelled_father(&self, skeleton: &str) -> Option<String> {
        self.fathers.nearest(skeleton, 2).map(|id| self.father_key(id))
    }

    fn father_key(&self, id: NameId) -> String {
        format!("#{}", self.canonical[usize::from(id)])
    }

    /// First letters under which a known given name may be abbreviated, in any of its languages; some more than once.
    pub(crate) fn initials<'a>(&'a self, known: &'a Known) -> impl Iterator<Item = char> + 'a {
        known
            .all()
            .filter_map(|name| self.initials.get(&name))
            .flatten()
            .copied()
    }
}

/// Whether a patronymic is a woman's, which no surname looks like.
pub(crate) fn is_female_patronymic(skeleton: &str) -> bool {
    NAMES.fathers.is_female(skeleton)
}

/// A line of a name file.
struct Entry<'a> {
    name: &'a str,
    sex: &'a str,
    forms: &'a str,
}

fn entries(file: &str) -> impl Iterator<Item = Entry<'_>> {
    file.lines().skip(1).filter_map(|line| {
        let mut parts = line.split(',');
        let (name, sex, forms) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Entry { name, sex, forms })
    })
}

#[cfg(test)]
mod tests;
