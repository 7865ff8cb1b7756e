//! Names as the population bears them: given names by generation, patronymics, surnames with their two forms.

use super::chance::{Chance, Urn};

/// Sex of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// Patronymics that follow no rule: of a son, of a daughter.
#[derive(Debug, Clone, Default)]
struct Patronymics {
    son: String,
    daughter: String,
}

/// A given name with all that it is written as.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// Ukrainian.
    pub(crate) ukrainian: String,
    /// Russian.
    pub(crate) russian: String,
    /// Diminutives, in Ukrainian letters.
    pub(crate) diminutives: Vec<String>,
    own_ukrainian: Patronymics,
    own_russian: Patronymics,
}

/// The given names of one sex, by weight among adults and among children.
struct GivenNames {
    names: Vec<Given>,
    adults: Urn,
    children: Urn,
}

/// The names that a population draws from.
pub(crate) struct Names {
    female: GivenNames,
    male: GivenNames,
    common: Vec<String>,
    by_rank: Urn,
    stems: Vec<String>,
}

/// Surnames of the file that stand in order of frequency, before those in alphabetical order.
const RANKED: usize = 74;
/// How many bear a surname of the file; others bear rarer ones.
const COMMON: f64 = 0.65;
/// Endings that any stem may take.
const ENDINGS: &[&str] = &[
    "енко",
    "чук",
    "ук",
    "юк",
    "ак",
    "як",
    "ик",
    "ич",
    "ович",
    "івський",
    "евський",
    "инський",
    "ов",
    "ін",
    "ець",
    "ишин",
    "ів",
    "аш",
    "ун",
    "ан",
    "ій",
    "айло",
    "уля",
    "ейко",
    "унець",
    "аренко",
    "ашко",
    "ура",
    "ень",
    "анський",
];
/// First and second halves of nicknames that became surnames.
const FIRST: &[&str] = &[
    "Біло",
    "Чорно",
    "Криво",
    "Голо",
    "Довго",
    "Сухо",
    "Рябо",
    "Ново",
    "Старо",
    "Кисло",
    "Товсто",
    "Жовто",
    "Синьо",
    "Красно",
    "Пусто",
    "Сиво",
    "Косо",
    "Гнило",
    "Семи",
    "Сто",
    "Черво",
    "Твердо",
    "Мало",
    "Варе",
    "Пере",
    "Недо",
];
const SECOND: &[&str] = &[
    "ус",
    "рот",
    "ніг",
    "шия",
    "кінь",
    "пузенко",
    "штан",
    "брод",
    "бородько",
    "шапка",
    "кобила",
    "дуб",
    "хліб",
    "хвіст",
    "вол",
    "бок",
    "губенко",
    "голов",
    "зуб",
    "літко",
    "чуб",
    "нос",
    "світ",
    "вода",
];

impl Names {
    /// The lists beside this file.
    pub(crate) fn load() -> Self {
        let common = surnames(include_str!("surnames.csv"));
        let by_rank = Urn::new((0..common.len()).map(|rank| 1.0 / (rank as f64 + 40.0)));
        let stems = stems(include_str!("surnames.csv"));
        Self {
            female: given_names(include_str!("female.csv")),
            male: given_names(include_str!("male.csv")),
            common,
            by_rank,
            stems,
        }
    }

    /// A given name drawn for a person.
    pub(crate) fn draw_given(&self, sex: Sex, child: bool, chance: &mut Chance) -> usize {
        let names = self.of(sex);
        if child {
            names.children.draw(chance)
        } else {
            names.adults.draw(chance)
        }
    }

    /// The given name of an index.
    pub(crate) fn given(&self, sex: Sex, at: usize) -> &Given {
        &self.of(sex).names[at]
    }

    /// A surname as a man bears it.
    pub(crate) fn draw_surname(&self, chance: &mut Chance) -> String {
        if chance.is(COMMON) {
            return self.common[self.by_rank.draw(chance)].clone();
        }
        if chance.is(0.15) {
            return format!("{}{}", chance.pick(FIRST), chance.pick(SECOND));
        }
        format!("{}{}", chance.pick(&self.stems), chance.pick(ENDINGS))
    }

    fn of(&self, sex: Sex) -> &GivenNames {
        match sex {
            Sex::Female => &self.female,
            Sex::Male => &self.male,
        }
    }
}

fn given_names(text: &str) -> GivenNames {
    let (mut names, mut adults, mut children) = (Vec::new(), Vec::new(), Vec::new());
    for line in text.lines().skip(1) {
        let cell: Vec<&str> = line.split(';').collect();
        let own = |son: usize| Patronymics {
            son: cell.get(son).copied().unwrap_or_default().to_owned(),
            daughter: cell.get(son + 1).copied().unwrap_or_default().to_owned(),
        };
        names.push(Given {
            ukrainian: cell[0].to_owned(),
            russian: cell[1].to_owned(),
            diminutives: cell[4].split_whitespace().map(str::to_owned).collect(),
            own_ukrainian: own(5),
            own_russian: own(7),
        });
        adults.push(cell[2].parse().expect("weights are numbers"));
        children.push(cell[3].parse().expect("weights are numbers"));
    }
    let (adults, children) = (Urn::new(adults.into_iter()), Urn::new(children.into_iter()));
    GivenNames {
        names,
        adults,
        children,
    }
}

/// Surnames in order of frequency.
fn surnames(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in text.lines().skip(1) {
        let (stem, endings) = line.split_once(';').expect("a stem and its endings");
        all.extend(
            endings
                .split_whitespace()
                .map(|ending| format!("{stem}{}", ending.trim_start_matches('-'))),
        );
    }
    Chance::new(1871).shuffle(&mut all[RANKED..]);
    all
}

/// Stems of the file that rarer endings can follow.
fn stems(text: &str) -> Vec<String> {
    let stems = text.lines().skip(1 + RANKED).filter_map(|line| line.split(';').next());
    let hard = |stem: &&str| stem.chars().count() > 2 && !stem.ends_with(|last| "аеєиіїоуюяьй'".contains(last));
    stems.filter(hard).map(str::to_owned).collect()
}

/// A man's surname as a woman bears it.
pub(crate) fn feminine(surname: &str) -> String {
    let part = |part: &str| match part {
        _ if part.ends_with("ий") => format!("{}а", cut(part, 2)),
        _ if part.ends_with("ов") || part.ends_with("ев") || part.ends_with("єв") => format!("{part}а"),
        _ if part.ends_with("ін") || part.ends_with("їн") => format!("{part}а"),
        _ => part.to_owned(),
    };
    surname.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// The patronymic of a person whose father bears this name, in Ukrainian.
pub(crate) fn ukrainian_patronymic(father: &Given, sex: Sex) -> String {
    if let Some(own) = own(&father.own_ukrainian, sex) {
        return own;
    }
    let name = father.ukrainian.as_str();
    match (sex, name.chars().last()) {
        (Sex::Male, Some('й')) => format!("{}йович", cut(name, 1)),
        (Sex::Female, Some('й')) => format!("{}ївна", cut(name, 1)),
        (Sex::Male, Some('ь' | 'о' | 'а' | 'я')) => format!("{}ович", cut(name, 1)),
        (Sex::Female, Some('ь' | 'о' | 'а' | 'я')) => format!("{}івна", cut(name, 1)),
        (Sex::Male, _) => format!("{name}ович"),
        (Sex::Female, _) => format!("{name}івна"),
    }
}

/// The patronymic of a person whose father bears this name, in Russian.
pub(crate) fn russian_patronymic(father: &Given, sex: Sex) -> String {
    if let Some(own) = own(&father.own_russian, sex) {
        return own;
    }
    let name = father.russian.as_str();
    let soft = name.ends_with("дрий") || name.ends_with("кий");
    let stem = match name.chars().last() {
        Some('й') if name.ends_with("ий") && !soft => format!("{}ье", cut(name, 2)),
        Some('й' | 'ь') => format!("{}е", cut(name, 1)),
        Some('л') if name == "Павел" => "Павло".to_owned(),
        Some('р') if name == "Пётр" => "Петро".to_owned(),
        Some('а' | 'я') => format!("{}о", cut(name, 1)),
        _ => format!("{name}о"),
    };
    match sex {
        Sex::Male => format!("{stem}вич"),
        Sex::Female => format!("{stem}вна"),
    }
}

fn own(patronymics: &Patronymics, sex: Sex) -> Option<String> {
    let own = match sex {
        Sex::Male => &patronymics.son,
        Sex::Female => &patronymics.daughter,
    };
    (!own.is_empty()).then(|| own.clone())
}

/// A word without its last letters.
fn cut(word: &str, letters: usize) -> String {
    let keep = word.chars().count().saturating_sub(letters);
    word.chars().take(keep).collect()
}

/// A Ukrainian word as a Russian writer spells it: surnames and diminutives, which have no form of their own.
pub(crate) fn russian_spelling(word: &str) -> String {
    let adjective = |word: &str| -> String {
        match word {
            _ if word.ends_with("кий") => word.to_owned(),
            _ if word.ends_with("ий") => format!("{}ый", cut(word, 2)),
            _ if word.ends_with("ська") || word.ends_with("цька") => format!("{}ая", cut(word, 1)),
            _ => word.to_owned(),
        }
    };
    let word = word.split('-').map(adjective).collect::<Vec<_>>().join("-");
    let word = word.replace("ський", "ский").replace("цький", "цкий");
    let word = word
        .replace("ськая", "ская")
        .replace("цькая", "цкая")
        .replace("ець", "ец");
    let word = word.replace("ьо", "ё").replace("йо", "ё");
    word.chars()
        .map(|letter| match letter {
            'і' | 'ї' => 'и',
            'І' | 'Ї' => 'И',
            'є' => 'е',
            'Є' => 'Е',
            'ґ' => 'г',
            'Ґ' => 'Г',
            '\'' => 'ь',
            other => other,
        })
        .collect()
}
