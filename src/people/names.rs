//! What the name files know: forms of given names in several languages, and words that name nobody.
//!
//! One CSV a language under `names/`, so that an officer can send a correction: `name,sex,forms`, where `name`
//! is the same for one name in all languages, and the first form is the name in full.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use super::script::{clean, initials, skeleton};
use super::typo::distance;

const LANGUAGES: &[&str] = &[
    include_str!("names/uk.csv"),
    include_str!("names/ru.csv"),
    include_str!("names/sr.csv"),
    include_str!("names/pl.csv"),
    include_str!("names/ro.csv"),
    include_str!("names/en.csv"),
];
const NOBODY: &str = include_str!("names/nobody.csv");
const AND: &str = include_str!("names/and.csv");

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
    given: HashMap<String, Known>,
    fathers: BTreeMap<String, NameId>,
    initials: BTreeMap<NameId, BTreeSet<char>>,
    nobody: HashSet<String>,
    and: HashSet<String>,
}

/// The name files that the program carries.
pub(crate) static NAMES: LazyLock<Names> = LazyLock::new(Names::carried);

impl Names {
    fn carried() -> Self {
        let mut names = Self::default();
        let mut ids: HashMap<String, NameId> = HashMap::new();
        for language in LANGUAGES {
            for line in language.lines().skip(1) {
                let mut parts = line.split(',');
                let (Some(name), Some(sex), Some(forms)) = (parts.next(), parts.next(), parts.next()) else {
                    continue;
                };
                let next = NameId::try_from(ids.len()).expect("the name files hold far fewer than 65,536 names");
                let id = *ids.entry(name.to_owned()).or_insert(next);
                names.learn(id, sex == "m", forms);
            }
        }
        names.and = AND.lines().skip(1).map(str::to_owned).collect();
        names.nobody = NOBODY.lines().skip(1).map(|word| skeleton(&clean(word))).collect();
        names
    }

    fn learn(&mut self, id: NameId, male: bool, forms: &str) {
        for (at, form) in forms.split_whitespace().enumerate() {
            let form = skeleton(&clean(form));
            if male && at == 0 {
                self.fathers.entry(father_stem(&form)).or_insert(id);
            }
            if at == 0 {
                self.initials.entry(id).or_default().extend(initials(&form));
            }
            let known = self.given.entry(form).or_default();
            let list = if at == 0 { &mut known.full } else { &mut known.short };
            if !list.contains(&id) {
                list.push(id);
            }
        }
    }

    /// What is known of a skeleton as a given name.
    pub(crate) fn given(&self, skeleton: &str) -> Option<&Known> {
        self.given.get(skeleton)
    }

    /// Whether a word or sign stands between two people (`та`, `+`).
    pub(crate) fn is_and(&self, word: &str) -> bool {
        self.and.contains(word)
    }

    /// Whether a word names nobody (`анонім`, `мама`).
    pub(crate) fn is_nobody(&self, skeleton: &str) -> bool {
        self.nobody.contains(skeleton)
    }

    /// The father behind a patronymic, the same for `Дмитрівна`, `Дмитриевна`, `Dmytrovych`; `None` where the word
    /// has no patronymic ending.
    pub(crate) fn father(&self, skeleton: &str) -> Option<String> {
        let stem = strip_patronymic(skeleton)?;
        let stem = father_stem(stem);
        if let Some(id) = self.fathers.get(&stem) {
            return Some(format!("#{id}"));
        }
        Some(self.nearest_father(skeleton, 1).unwrap_or(stem))
    }

    /// The father behind a word that stands where a patronymic does and is misspelled (`Юріїнва`).
    pub(crate) fn misspelled_father(&self, skeleton: &str) -> Option<String> {
        self.nearest_father(skeleton, 2)
    }

    fn nearest_father(&self, word: &str, slips: usize) -> Option<String> {
        if word.len() < 6 {
            return None;
        }
        let slip = |stem: &str| {
            let patronymics =
                ["ivna", "ovna", "evna", "ovic", "evic"].map(|end| distance(word, &format!("{stem}{end}")));
            patronymics.into_iter().min()
        };
        let near = self
            .fathers
            .iter()
            .filter(|(stem, _)| stem.len().abs_diff(word.len().saturating_sub(4)) <= 2);
        let best = near.filter_map(|(stem, id)| Some((slip(stem)?, stem, id))).min()?;
        (best.0 <= slips).then(|| format!("#{}", best.2))
    }

    /// First letters under which a known given name may be abbreviated, in any of its languages.
    pub(crate) fn initials(&self, known: &Known) -> BTreeSet<char> {
        known
            .all()
            .filter_map(|name| self.initials.get(&name))
            .flatten()
            .copied()
            .collect()
    }
}

/// Endings of patronymics on skeletons, the longer first.
const PATRONYMIC: &[&str] = &[
    "inicna", "iovic", "ovic", "evic", "avic", "ivna", "ovna", "evna", "icna", "ivic", "oic", "ic",
];

/// The stem left when a patronymic ending is cut off.
fn strip_patronymic(skeleton: &str) -> Option<&str> {
    let ending = PATRONYMIC.iter().find(|ending| skeleton.ends_with(*ending))?;
    // The bare ending of Ілліч, Кузьмич, Лукич is too common among surnames to be trusted elsewhere.
    if *ending == "ic" && !["ilic", "kuzmic", "lukic", "homic", "savic"].contains(&skeleton) {
        return None;
    }
    let stem = &skeleton[..skeleton.len() - ending.len()];
    (stem.len() >= 2).then_some(stem)
}

/// Whether a patronymic is a woman's, which no surname looks like.
pub(crate) fn is_female_patronymic(skeleton: &str) -> bool {
    skeleton.len() > 5
        && ["ivna", "ovna", "evna", "icna"]
            .iter()
            .any(|ending| skeleton.ends_with(ending))
}

fn father_stem(name: &str) -> String {
    let stem = name.trim_end_matches(['a', 'e', 'i', 'o', 'u']);
    if stem.len() >= 2 {
        stem.to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES, clean, skeleton};

    fn father(word: &str) -> Option<String> {
        NAMES.father(&skeleton(&clean(word)))
    }

    #[test]
    fn patronymics_of_one_father_meet() {
        for same in [
            ["Дмитрівна", "Дмитриевна", "Dmytrivna"],
            ["Миколайович", "Николаевич", "Mykolaivna"],
            ["Олексіївна", "Алексеевна", "Oleksiivna"],
            ["Сергіївна", "Сергеевич", "Serhiivna"],
            ["Григорович", "Григорьевна", "Hryhorivna"],
            ["Анатоліївна", "Анатольевна", "Anatoliivna"],
        ] {
            let first = father(same[0]);
            assert!(first.is_some(), "{}", same[0]);
            assert_eq!(father(same[1]), first, "{}", same[1]);
            assert_eq!(father(same[2]), first, "{}", same[2]);
        }
        assert_eq!(father("Шевченко"), None);
    }

    #[test]
    fn short_forms_meet_their_names() {
        let known = |word: &str| NAMES.given(&skeleton(&clean(word))).expect("in the files").clone();
        assert!(known("Лєра").same(&known("Валерія")));
        assert!(known("Екатерина").same(&known("Катерина")));
        assert!(known("Женя").same(&known("Євген")) && known("Женя").same(&known("Євгенія")));
        assert!(!known("Дарина").meets(&known("Карина")));
    }
}
