//! Patronymics: which father's name stands behind a word, by ending, by a list of irregular ones, or nearly.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use super::NameId;
use crate::names::script::{clean, skeleton};
use crate::names::typo::distance;

const ENDINGS: &str = include_str!("patronymics.csv");
const IRREGULAR: &str = include_str!("fathers.csv");

/// Endings that a misspelled patronymic is measured against.
const USUAL: [&str; 5] = ["ivna", "ovna", "evna", "ovic", "evic"];

/// The father behind a patronymic.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Father {
    /// One whom the name files know.
    Known(NameId),
    /// The stem of a name that they do not know.
    Stem(String),
}

/// Fathers' names by what their patronymics begin with.
#[derive(Debug)]
pub(super) struct Fathers {
    stems: BTreeMap<String, Stem>,
    /// Patronymics that no ending explains (Ілліч, Яківна).
    irregular: HashMap<String, NameId>,
    /// Endings on skeletons, the longer first, with whether they are a woman's.
    endings: Vec<(String, bool)>,
    /// Answers already given to [`Fathers::nearest`], by slips and word.
    answers: Mutex<HashMap<(usize, String), Option<NameId>>>,
}

#[derive(Debug)]
struct Stem {
    name: NameId,
    letters: u32,
}

impl Default for Fathers {
    fn default() -> Self {
        let mut endings: Vec<(String, bool)> = ENDINGS
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
            .map(|(ending, sex)| (skeleton(&clean(ending)), sex == "f"))
            .collect();
        endings.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        endings.dedup();
        Self {
            stems: BTreeMap::new(),
            irregular: HashMap::new(),
            endings,
            answers: Mutex::default(),
        }
    }
}

impl Fathers {
    /// Learns a man's name; the first to have a stem keeps it.
    pub(super) fn learn(&mut self, form: &str, name: NameId) {
        let stem = father_stem(form);
        let letters = letters(&stem);
        self.stems.entry(stem).or_insert(Stem { name, letters });
    }

    /// Learns the patronymics that no ending explains, once all names have their numbers.
    pub(super) fn learn_irregular(&mut self, id: impl Fn(&str) -> Option<NameId>) {
        for (name, patronymics) in IRREGULAR.lines().skip(1).filter_map(|line| line.split_once(',')) {
            let Some(id) = id(name) else { continue };
            for patronymic in patronymics.split_whitespace() {
                self.irregular.insert(skeleton(&clean(patronymic)), id);
            }
        }
    }

    /// The father behind a patronymic; `None` where the word has no patronymic ending.
    pub(super) fn of(&self, word: &str) -> Option<Father> {
        if let Some(id) = self.irregular.get(word) {
            return Some(Father::Known(*id));
        }
        let stem = father_stem(self.strip(word)?);
        if let Some(known) = self.stems.get(&stem) {
            return Some(Father::Known(known.name));
        }
        Some(self.nearest(word, 1).map_or(Father::Stem(stem), Father::Known))
    }

    /// The stem left when a patronymic ending is cut off.
    fn strip<'a>(&self, word: &'a str) -> Option<&'a str> {
        let stem = self
            .endings
            .iter()
            .find_map(|(ending, _)| word.strip_suffix(ending.as_str()))?;
        (stem.len() >= 2).then_some(stem)
    }

    /// Whether a patronymic is a woman's.
    pub(super) fn is_female(&self, word: &str) -> bool {
        let female = |(ending, female): &(String, bool)| *female && word.ends_with(ending.as_str());
        word.len() > 5 && self.endings.iter().any(female)
    }

    /// The father whose patronymic is nearest to a word, at most so many slips away; of equally near ones the first
    /// by alphabet.
    ///
    /// The same words come in row after row, so that answers are kept.
    pub(super) fn nearest(&self, word: &str, slips: usize) -> Option<NameId> {
        let asked = (slips, word.to_owned());
        // A poisoned lock still holds whole answers: each is put in at once.
        if let Some(known) = self.answers.lock().unwrap_or_else(PoisonError::into_inner).get(&asked) {
            return *known;
        }
        let found = self.search(word, slips);
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.insert(asked, found);
        found
    }

    /// Every known father is asked, so two cheap questions come first: whether the word ends nearly like a patronymic
    /// at all, and whether its letters are nearly the father's.
    fn search(&self, word: &str, slips: usize) -> Option<NameId> {
        if word.len() < 6 || !USUAL.iter().any(|ending| ends_nearly(word, ending, slips)) {
            return None;
        }
        let written = letters(word);
        let mut best: Option<(usize, NameId)> = None;
        for (stem, father) in &self.stems {
            if stem.len().abs_diff(word.len().saturating_sub(4)) > 2 {
                continue;
            }
            // A short stem is mostly slip when two of its letters are.
            let allowed = if stem.len() < 4 { slips.min(1) } else { slips };
            for ending in USUAL {
                let apart = (written ^ (father.letters | letters(ending))).count_ones() as usize;
                if apart > 2 * allowed {
                    continue;
                }
                let slip = distance(word, &format!("{stem}{ending}"));
                if slip <= allowed && best.is_none_or(|(least, _)| slip < least) {
                    best = Some((slip, father.name));
                }
            }
        }
        best.map(|(_, name)| name)
    }
}

/// Whether the last letters of a word are so few slips from an ending.
fn ends_nearly(word: &str, ending: &str, slips: usize) -> bool {
    (ending.len() - slips..=ending.len() + slips)
        .filter_map(|length| word.len().checked_sub(length))
        .filter_map(|at| word.get(at..))
        .any(|last| distance(last, ending) <= slips)
}

/// The set of letters in a word; a slip changes at most two of its members.
fn letters(word: &str) -> u32 {
    let bit = |letter: u8| {
        if letter.is_ascii_lowercase() {
            1 << (letter - b'a')
        } else {
            0
        }
    };
    word.bytes().fold(0, |set, letter| set | bit(letter))
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
    use crate::names::NAMES;
    use crate::names::script::{clean, skeleton};

    fn father(word: &str) -> Option<String> {
        NAMES.father(&skeleton(&clean(word)))
    }

    #[test]
    fn patronymics_of_one_father_meet() {
        for same in [
            &["Дмитрівна", "Дмитриевна", "Dmytrivna", "Дмитрович", "Dmitrievich"][..],
            &[
                "Миколайович",
                "Николаевич",
                "Mykolaivna",
                "Миколаївна",
                "Николаич",
                "Nikolayevna",
            ],
            &["Олексіївна", "Алексеевна", "Oleksiivna", "Алексеич", "Alekseevich"],
            &[
                "Сергіївна",
                "Сергеевич",
                "Serhiivna",
                "Сергійович",
                "Sergeevna",
                "Сергеич",
            ],
            &["Григорович", "Григорьевна", "Hryhorivna", "Григорівна", "Grigorievich"],
            &["Анатоліївна", "Анатольевна", "Anatoliivna", "Анатолійович"],
            &["Ілліч", "Іллівна", "Ильинична", "Ильич", "Illich"],
            &["Кузьмич", "Кузьмівна", "Кузьминична"],
            &["Лукич", "Лукічна", "Лукинична"],
            &["Хомич", "Фомич", "Фоминична", "Хомівна"],
            &["Якович", "Яківна", "Яковлевич", "Яковлевна", "Yakovych"],
            &["Львович", "Львівна", "Львовна", "Левович"],
            &["Микитович", "Никитич", "Никитична", "Микитівна"],
            &["Юріївна", "Юрьевна", "Юрійович", "Yuriyovych", "Yurievna"],
            &["Ігорівна", "Игоревна", "Игоревич", "Igorevich"],
            &["Олександрівна", "Александровна", "Alexandrovna", "Oleksandrivna"],
            &["Володимирівна", "Владимировна", "Vladimirovich"],
            &["Михайлівна", "Михайловна", "Mikhailovna", "Михалыч"],
            &["Йосипівна", "Осиповна", "Иосифовна", "Йосипович"],
            &["Євгенівна", "Евгеньевна", "Yevhenivna", "Evgenievich"],
            &["В'ячеславівна", "Вячеславовна", "Viacheslavivna"],
            &["Павлівна", "Павловна", "Павлович", "Pawłowna"],
        ] {
            let first = father(same[0]);
            assert!(first.is_some(), "{}", same[0]);
            for other in &same[1..] {
                assert_eq!(father(other), first, "{other}");
            }
        }
    }

    #[test]
    fn patronymics_of_two_fathers_do_not_meet() {
        for (one, other) in [
            ("Іванівна", "Івангівна-Петрівна"),
            ("Олегівна", "Олексіївна"),
            ("Романівна", "Русланівна"),
            ("Василівна", "Віталіївна"),
            ("Валеріївна", "Валентинівна"),
            ("Анатоліївна", "Антонівна"),
            ("Богданівна", "Борисівна"),
            ("Гасан-огли", "Алі-огли"),
        ] {
            assert_ne!(father(one), father(other), "{one} {other}");
        }
    }

    #[test]
    fn fathers_of_the_caucasus_and_crimea_stand_before_son_or_daughter() {
        assert_eq!(father("Гасан-огли"), father("Гасанкизи"));
        assert_eq!(father("Гасаноглы"), father("Гасановна"));
        assert_eq!(father("Огли"), None);
    }

    #[test]
    fn other_words_have_no_father() {
        for word in [
            "Шевченко",
            "Мороз",
            "Іванова",
            "Петрић",
            "Ковач",
            "Jović",
            "Маркович-Коваль",
            "Київ",
        ] {
            assert_eq!(father(word), None, "{word}");
        }
    }

    #[test]
    fn a_misspelled_patronymic_has_its_father_and_a_surname_none() {
        let near = |word: &str| NAMES.misspelled_father(&skeleton(&clean(word)));
        assert_eq!(near("Юріїнва"), father("Юріївна"));
        assert_eq!(near("Олександріна"), father("Олександрівна"));
        assert_eq!(near("Миколівна"), father("Миколаївна"));
        for surname in ["Шевченко", "Кравчук", "Ковальська", "Бондаренко", "Мельник"]
        {
            assert_eq!(near(surname), None, "{surname}");
        }
    }
}
