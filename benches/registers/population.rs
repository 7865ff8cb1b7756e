//! The people: households of women and children in settlements, with kin that share names, phones and birthdays.

use chrono::{Datelike, Days, NaiveDate};

use super::Settings;
use super::chance::Chance;
use super::latin::Latin;
use super::names::{Names, Sex, feminine};

/// A person as she truly is.
#[derive(Debug, Clone)]
pub(crate) struct Human {
    /// Sex.
    pub(crate) sex: Sex,
    /// Given name, index among those of the sex.
    pub(crate) given: usize,
    /// The father's given name, index among the male ones.
    pub(crate) father: usize,
    /// Surname, in the form of the sex.
    pub(crate) surname: String,
    /// Surname after marriage, from that day on.
    pub(crate) married: Option<(NaiveDate, String)>,
    /// Birthday.
    pub(crate) birth: NaiveDate,
    /// Phones of her own.
    pub(crate) phones: Vec<String>,
    /// The mother, where she attends too.
    pub(crate) mother: Option<usize>,
    /// Settlement.
    pub(crate) home: usize,
    /// How her name is spelled in Latin letters.
    pub(crate) latin: Latin,
    /// How much more often than others she is called by a diminutive or in Russian.
    pub(crate) informal: f64,
}

/// The year that the registers are of.
pub(crate) const YEAR: i32 = 2026;

impl Human {
    /// Whether she is under 18.
    pub(crate) fn child(&self) -> bool {
        self.birth.year() > YEAR - 18
    }
}

/// Draws everybody.
pub(crate) fn settle(settings: &Settings, names: &Names, homes: usize, chance: &mut Chance) -> Vec<Human> {
    let mut people = Vec::with_capacity(settings.people + 4);
    while people.len() < settings.people {
        let home = chance.below(homes).min(chance.below(homes));
        Household { names, settings, home }.draw(&mut people, chance);
    }
    people.truncate(settings.people);
    namesakes(settings.namesakes, &mut people, chance);
    people
}

/// Gives some people the whole name of somebody else.
fn namesakes(share: f64, people: &mut [Human], chance: &mut Chance) {
    for at in 1..people.len() {
        if chance.is(share) {
            let other = people[chance.below(at)].clone();
            let person = &mut people[at];
            if person.sex == other.sex {
                (person.given, person.father, person.surname) = (other.given, other.father, other.surname);
            }
        }
    }
}

struct Household<'a> {
    names: &'a Names,
    settings: &'a Settings,
    home: usize,
}

impl Household<'_> {
    fn draw(&self, people: &mut Vec<Human>, chance: &mut Chance) {
        let surname = self.names.draw_surname(chance);
        match chance.below(100) {
            0..33 => people.push(self.adult(Sex::Female, &surname, chance)),
            33..74 => {
                let mother = people.len();
                people.push(self.adult(Sex::Female, &surname, chance));
                self.children(people, Some(mother), &surname, chance);
            }
            74..80 => people.push(self.adult(Sex::Male, &surname, chance)),
            80..85 => {
                people.push(self.adult(Sex::Female, &surname, chance));
                people.push(self.adult(Sex::Male, &surname, chance));
            }
            85..92 => self.sisters(people, &surname, chance),
            _ => self.mother_and_daughter(people, &surname, chance),
        }
    }

    fn adult(&self, sex: Sex, surname: &str, chance: &mut Chance) -> Human {
        let age = 18 + (chance.below(34) + chance.below(34));
        let years = i32::try_from(age).expect("an age");
        let birth = birthday(YEAR - years, chance);
        let surname = self.borne(surname, sex, chance);
        let mut phones = vec![phone(chance)];
        if chance.is(self.settings.noise.second_phone) {
            phones.push(phone(chance));
        }
        let mut human = self.human(sex, surname, birth, phones, chance);
        if sex == Sex::Female && chance.is(self.settings.noise.married) {
            let day = birthday(YEAR, chance);
            human.married = Some((day, feminine(&self.names.draw_surname(chance))));
        }
        human
    }

    /// A surname in the form of the sex; a few women bear two.
    fn borne(&self, surname: &str, sex: Sex, chance: &mut Chance) -> String {
        match sex {
            Sex::Male => surname.to_owned(),
            Sex::Female if !surname.contains('-') && chance.is(0.02) => {
                format!("{}-{}", feminine(surname), feminine(&self.names.draw_surname(chance)))
            }
            Sex::Female => feminine(surname),
        }
    }

    fn human(&self, sex: Sex, surname: String, birth: NaiveDate, phones: Vec<String>, chance: &mut Chance) -> Human {
        let child = birth.year() > YEAR - 20;
        Human {
            sex,
            given: self.names.draw_given(sex, child, chance),
            father: self.names.draw_given(Sex::Male, false, chance),
            surname,
            married: None,
            birth,
            phones,
            mother: None,
            home: self.home,
            latin: *chance.pick(&Latin::ALL),
            informal: *chance.pick(&[0.3, 0.6, 2.1]),
        }
    }

    fn children(&self, people: &mut Vec<Human>, mother: Option<usize>, surname: &str, chance: &mut Chance) {
        let count = *chance.pick(&[1, 1, 1, 1, 1, 1, 2, 2, 2, 3]);
        let father = self.names.draw_given(Sex::Male, false, chance);
        let surname = if chance.is(0.1) {
            self.names.draw_surname(chance)
        } else {
            surname.to_owned()
        };
        let born = mother.map_or(YEAR - 30, |at| people[at].birth.year());
        let mut birth = birthday((born + 18 + chance.between(0, 14)).clamp(YEAR - 17, YEAR - 3), chance);
        let first = people.len();
        for _ in 0..count {
            if people.len() > first && !chance.is(0.06) {
                let year = (birth.year() + chance.between(1, 4)).min(YEAR - 2);
                birth = birthday(year, chance);
            }
            let sex = if chance.is(0.56) { Sex::Female } else { Sex::Male };
            let own = if birth.year() < YEAR - 12 && chance.is(0.4) {
                vec![phone(chance)]
            } else {
                Vec::new()
            };
            let written = if sex == Sex::Female {
                feminine(&surname)
            } else {
                surname.clone()
            };
            let mut child = self.human(sex, written, birth, own, chance);
            (child.father, child.mother) = (father, mother);
            while people[first..]
                .iter()
                .any(|other| other.sex == sex && other.given == child.given)
            {
                child.given = self.names.draw_given(sex, true, chance);
            }
            people.push(child);
        }
    }

    /// Two sisters; each may have married.
    fn sisters(&self, people: &mut Vec<Human>, surname: &str, chance: &mut Chance) {
        let elder = self.adult(Sex::Female, surname, chance);
        let mut younger = self.adult(Sex::Female, surname, chance);
        younger.father = elder.father;
        let year = (elder.birth.year() + chance.between(1, 6)).min(YEAR - 18);
        younger.birth = if chance.is(0.08) {
            elder.birth
        } else {
            birthday(year, chance)
        };
        while younger.given == elder.given {
            younger.given = self.names.draw_given(Sex::Female, false, chance);
        }
        if chance.is(0.5) {
            younger.surname = feminine(&self.names.draw_surname(chance));
        }
        people.extend([elder, younger]);
    }

    fn mother_and_daughter(&self, people: &mut Vec<Human>, surname: &str, chance: &mut Chance) {
        let mut daughter = self.adult(Sex::Female, surname, chance);
        let mut mother = self.adult(Sex::Female, surname, chance);
        mother.birth = birthday((daughter.birth.year() - chance.between(18, 32)).max(YEAR - 92), chance);
        if chance.is(0.15) {
            daughter.given = mother.given;
        }
        people.extend([mother, daughter]);
    }
}

fn birthday(year: i32, chance: &mut Chance) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("every year has a first day");
    first + Days::new(chance.below(365) as u64)
}

fn phone(chance: &mut Chance) -> String {
    const CODES: [&str; 13] = [
        "050", "066", "095", "099", "067", "068", "096", "097", "098", "063", "073", "093", "098",
    ];
    format!("{}{:07}", chance.pick(&CODES), chance.below(10_000_000))
}
