//! How a hand writes a person down: habits of the paper, habits of the person, and slips.

use chrono::{Datelike, NaiveDate};

use super::chance::Chance;
use super::latin::Latin;
use super::names::{Names, Sex, russian_patronymic, russian_spelling, ukrainian_patronymic};
use super::noise::Noise;
use super::population::Human;
use super::slips::{capitals, garnish, other_apostrophe, slip, slip_birth, slip_digit, style_phone};

/// A birth date as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Birth {
    /// Not at all.
    None,
    /// The year.
    Year(i32),
    /// The day.
    Day(NaiveDate),
}

/// A name as it stands in a row.
#[derive(Debug, Clone)]
pub(crate) enum Written {
    /// In one cell.
    Cell(String),
    /// Surname, given name and patronymic in cells of their own; empty where blank.
    Cells(String, String, String),
}

/// What a row says about a person.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Name.
    pub(crate) name: Written,
    /// Birth.
    pub(crate) birth: Birth,
    /// Phone.
    pub(crate) phone: Option<String>,
    /// Sex.
    pub(crate) sex: Option<Sex>,
    /// Settlement, index.
    pub(crate) settlement: Option<usize>,
}

/// What is the rule on a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    NoBirth,
    BirthYear,
    NoPhone,
    NoPatronymic,
    Initials,
    Latin,
    Russian,
    Swapped,
    /// Surname, given name and patronymic have columns of their own.
    Columns,
    Sex,
    Settlement,
}

/// What a paper has columns for, and how its rows are usually written.
#[derive(Debug, Clone)]
pub(crate) struct Habit {
    rules: Vec<Rule>,
    apostrophe: char,
    phones: usize,
}

/// Half of a fault comes from the paper …
fn paper(probability: f64) -> f64 {
    probability / 2.0
}

/// … and the other half from the row, so that both add up.
fn row(probability: f64) -> f64 {
    (probability / 2.0) / (1.0 - probability / 2.0)
}

impl Habit {
    /// The habits of a paper.
    pub(crate) fn draw(noise: &Noise, chance: &mut Chance) -> Self {
        let rules = [
            (Rule::NoBirth, paper(noise.no_birth)),
            (Rule::BirthYear, paper(noise.birth_year)),
            (Rule::NoPhone, paper(noise.no_phone)),
            (Rule::NoPatronymic, paper(noise.no_patronymic)),
            (Rule::Initials, paper(noise.initials)),
            (Rule::Latin, paper(noise.latin)),
            (Rule::Russian, paper(noise.russian)),
            (Rule::Swapped, paper(noise.swapped)),
            (Rule::Columns, 0.2),
            (Rule::Sex, 0.3),
            (Rule::Settlement, 0.4),
        ];
        Self {
            rules: rules
                .into_iter()
                .filter(|(_, probability)| chance.is(*probability))
                .map(|(rule, _)| rule)
                .collect(),
            apostrophe: *chance.pick(&['\'', '\'', '\'', '’', 'ʼ', '`']),
            phones: chance.below(8),
        }
    }

    /// The habits of a paper that has a column for everything.
    #[allow(dead_code, reason = "one of the benches alone writes forms")]
    pub(crate) fn of_a_form(noise: &Noise, chance: &mut Chance) -> Self {
        let mut habit = Self::draw(noise, chance);
        for rule in [Rule::Columns, Rule::Sex, Rule::Settlement] {
            if !habit.has(rule) {
                habit.rules.push(rule);
            }
        }
        habit
    }

    fn has(&self, rule: Rule) -> bool {
        self.rules.contains(&rule)
    }
}

/// Writes people down.
pub(crate) struct Hand<'a> {
    pub(crate) names: &'a Names,
    pub(crate) people: &'a [Human],
    pub(crate) noise: Noise,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tongue {
    Ukrainian,
    Russian,
    Latin(Latin),
}

impl Hand<'_> {
    /// A row about a person on a paper with these habits.
    pub(crate) fn write(&self, person: usize, habit: &Habit, day: NaiveDate, chance: &mut Chance) -> Line {
        let human = &self.people[person];
        if chance.is(self.noise.thin) {
            return self.thin(human, chance);
        }
        Line {
            name: self.name(human, habit, day, chance),
            birth: self.birth(human, habit, chance),
            phone: self.phone(human, habit, chance),
            sex: (habit.has(Rule::Sex) && !chance.is(self.noise.no_sex)).then_some(human.sex),
            settlement: (habit.has(Rule::Settlement) && chance.is(0.9)).then_some(human.home),
        }
    }

    /// A given name that everybody there knew, or a surname with an initial; nothing else.
    fn thin(&self, human: &Human, chance: &mut Chance) -> Line {
        let given = self.names.given(human.sex, human.given);
        let short = given.diminutives.first().unwrap_or(&given.ukrainian);
        let initial: String = given.ukrainian.chars().take(1).collect();
        let name = match chance.below(4) {
            0 => short.clone(),
            1 => given.ukrainian.clone(),
            2 => human.surname.clone(),
            _ => format!("{} {initial}.", human.surname),
        };
        Line {
            name: Written::Cell(name),
            birth: Birth::None,
            phone: None,
            sex: None,
            settlement: None,
        }
    }

    fn birth(&self, human: &Human, habit: &Habit, chance: &mut Chance) -> Birth {
        let noise = &self.noise;
        if habit.has(Rule::NoBirth) || chance.is(row(noise.no_birth)) {
            return Birth::None;
        }
        let slipped = chance.is(noise.birth_slip);
        let birth = if slipped {
            slip_birth(human.birth, chance)
        } else {
            human.birth
        };
        if habit.has(Rule::BirthYear) || chance.is(row(noise.birth_year)) {
            Birth::Year(birth.year())
        } else {
            Birth::Day(birth)
        }
    }

    fn phone(&self, human: &Human, habit: &Habit, chance: &mut Chance) -> Option<String> {
        if habit.has(Rule::NoPhone) || chance.is(row(self.noise.no_phone)) {
            return None;
        }
        let mother = human.mother.map(|at| &self.people[at].phones);
        let shared = chance.is(self.noise.shared_phone);
        let phones = if shared {
            mother.unwrap_or(&human.phones)
        } else {
            &human.phones
        };
        let first = phones.first()?;
        let phone = if chance.is(0.7) {
            first
        } else {
            phones.last().unwrap_or(first)
        };
        let phone = if chance.is(self.noise.phone_slip) {
            slip_digit(phone, chance)
        } else {
            phone.clone()
        };
        let style = if chance.is(0.7) { habit.phones } else { chance.below(8) };
        Some(style_phone(&phone, style))
    }

    fn name(&self, human: &Human, habit: &Habit, day: NaiveDate, chance: &mut Chance) -> Written {
        let tongue = self.tongue(human, habit, chance);
        let russian = matches!(tongue, Tongue::Russian | Tongue::Latin(Latin::Russian));
        let initials = habit.has(Rule::Initials) || chance.is(row(self.noise.initials));
        let words = [
            self.surname(human, russian, day, chance),
            self.given(human, russian, initials, chance),
            self.patronymic(human, russian, initials, habit, chance),
        ];
        let words = words.map(|word| match tongue {
            Tongue::Latin(way) => other_apostrophe(&way.write(&word), habit.apostrophe, chance),
            Tongue::Ukrainian | Tongue::Russian => other_apostrophe(&word, habit.apostrophe, chance),
        });
        self.lay_out(words, habit, chance)
    }

    fn tongue(&self, human: &Human, habit: &Habit, chance: &mut Chance) -> Tongue {
        if habit.has(Rule::Latin) || chance.is(row(self.noise.latin)) {
            return Tongue::Latin(if chance.is(0.6) {
                human.latin
            } else {
                *chance.pick(&Latin::ALL)
            });
        }
        let often = (row(self.noise.russian) * human.informal).min(0.9);
        if habit.has(Rule::Russian) || chance.is(often) {
            Tongue::Russian
        } else {
            Tongue::Ukrainian
        }
    }

    /// Puts surname, given name and patronymic into the cells of a row.
    fn lay_out(&self, words: [String; 3], habit: &Habit, chance: &mut Chance) -> Written {
        let noise = &self.noise;
        let [surname, given, patronymic] = words;
        let styled = |word: String, chance: &mut Chance| {
            let word = if chance.is(noise.letter_case) {
                capitals(&word, chance)
            } else {
                word
            };
            if chance.is(noise.stray_signs) {
                garnish(&word, chance)
            } else {
                word
            }
        };
        if habit.has(Rule::Columns) {
            // The headings say what belongs where; only a row gets it wrong.
            let wrong = chance.is(row(noise.swapped) / 5.0);
            let (first, second) = if wrong { (given, surname) } else { (surname, given) };
            return Written::Cells(styled(first, chance), styled(second, chance), patronymic);
        }
        let glue = if given.ends_with('.') && chance.is(0.5) {
            ""
        } else {
            " "
        };
        let called = if patronymic.is_empty() {
            given
        } else {
            format!("{given}{glue}{patronymic}")
        };
        let swapped = habit.has(Rule::Swapped) || chance.is(row(noise.swapped));
        let whole = if swapped {
            format!("{called} {surname}")
        } else {
            format!("{surname} {called}")
        };
        Written::Cell(styled(whole, chance))
    }

    fn surname(&self, human: &Human, russian: bool, day: NaiveDate, chance: &mut Chance) -> String {
        let spelled = |surname: &str| {
            if russian {
                russian_spelling(surname)
            } else {
                surname.to_owned()
            }
        };
        let married = human.married.as_ref().filter(|(since, _)| *since <= day);
        let borne = married.map_or(&human.surname, |(_, surname)| surname);
        let mut surname = spelled(borne);
        if surname.contains('-') && chance.is(self.noise.half_surname) {
            let halves: Vec<&str> = surname.split('-').collect();
            surname = (*chance.pick(&halves)).to_owned();
        }
        if chance.is(self.noise.surname_typo) {
            surname = slip(&surname, chance);
        }
        if married.is_some() && chance.is(0.3) {
            surname = format!("{surname} ({})", spelled(&human.surname));
        }
        surname
    }

    fn given(&self, human: &Human, russian: bool, initials: bool, chance: &mut Chance) -> String {
        let given = self.names.given(human.sex, human.given);
        let full = if russian { &given.russian } else { &given.ukrainian };
        if initials {
            return full.chars().take(1).chain(['.']).collect();
        }
        let short = !given.diminutives.is_empty() && chance.is(self.noise.diminutive * human.informal);
        let name = if short {
            // The first is the usual one.
            let at = chance
                .below(given.diminutives.len())
                .min(chance.below(given.diminutives.len()));
            let short = &given.diminutives[at];
            if russian {
                russian_spelling(short)
            } else {
                short.clone()
            }
        } else {
            full.clone()
        };
        if chance.is(self.noise.given_typo) {
            slip(&name, chance)
        } else {
            name
        }
    }

    fn patronymic(&self, human: &Human, russian: bool, initials: bool, habit: &Habit, chance: &mut Chance) -> String {
        if habit.has(Rule::NoPatronymic) || chance.is(row(self.noise.no_patronymic)) {
            return String::new();
        }
        let father = self.names.given(Sex::Male, human.father);
        let whole = if russian {
            russian_patronymic(father, human.sex)
        } else {
            ukrainian_patronymic(father, human.sex)
        };
        if initials {
            return whole.chars().take(1).chain(['.']).collect();
        }
        if chance.is(self.noise.given_typo) {
            slip(&whole, chance)
        } else {
            whole
        }
    }
}
