//! The vocabulary of comparisons: what two clusters of spellings can agree on, and how well.
//!
//! Given name, patronymic and birth date speak of the person; surname, phone, household and settlement speak of
//! the household, which mothers, daughters, sisters and twins share.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::cluster::Profile;
use super::names::{Known, NAMES, NameId};
use super::typo::{distance, is_slip};
use crate::ingest::records::Birth;

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name {
            $($(#[$item])* $variant,)+
        }

        impl $name {
            /// The word that explanations use.
            pub(crate) fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)+
                }
            }
        }
    };
}

vocabulary! {
    /// What is compared.
    Comparison {
        /// Family name.
        Surname = "surname",
        /// Given name.
        Given = "given",
        /// Patronymic, by the father's name.
        Patronymic = "patronymic",
        /// Birth date or year.
        Birth = "birth",
        /// Phone.
        Phone = "phone",
        /// E-mail.
        Email = "email",
        /// Client code.
        Code = "code",
        /// Alias given instead of a phone.
        Alias = "alias",
        /// Household key.
        Household = "household",
        /// Sex.
        Sex = "sex",
        /// Settlement.
        Settlement = "settlement",
    }
}

vocabulary! {
    /// How well both sides agree, the best first.
    Level {
        /// The same after normalising.
        Exact = "exact",
        /// Another form: a pet name that is also a name of its own, a gendered ending, day and month swapped.
        Variant = "variant",
        /// Only a year on one side, and it agrees.
        Year = "year",
        /// A slip of the pen apart.
        Typo = "typo",
        /// Only an initial on one side, and it agrees.
        Initial = "initial",
        /// A slip, or another person: two digits of a year swapped, a pet name that no name file knows.
        Doubtful = "doubtful",
        /// One side or both are silent.
        Missing = "missing",
        /// Both speak and do not agree.
        Conflict = "conflict",
    }
}

/// The level reached in one comparison, with the value agreed on where its rarity matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached {
    /// What was compared.
    pub(crate) comparison: Comparison,
    /// How well it agrees.
    pub(crate) level: Level,
    /// Index of the agreed value in its frequency table.
    pub(crate) value: Option<u32>,
}

/// Spellings by number, with what the name files know of them.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    /// The skeletons.
    pub(crate) texts: indexmap::IndexMap<String, Option<Known>>,
    /// Given names that no name file knows and that stand beside so many surnames that they are no slips.
    established: BTreeSet<u32>,
}

/// Least number of surnames beside which a given name is held to be a name of its own.
const ESTABLISHED: usize = 3;

impl Spellings {
    /// The number of a skeleton.
    pub(crate) fn number(&mut self, skeleton: &str) -> u32 {
        let entry = self.texts.entry(skeleton.to_owned());
        let index = entry.index();
        entry.or_insert_with(|| NAMES.given(skeleton).cloned());
        u32::try_from(index).expect("fewer than 2^32 spellings")
    }

    /// Learns from the different names of the data which unknown given names are names of their own.
    pub(crate) fn establish(&mut self, names: &BTreeSet<(u32, u32)>) {
        let mut beside: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, given) in names {
            *beside.entry(*given).or_default() += 1;
        }
        let least = ESTABLISHED.max(names.len() / 1000);
        self.established = beside
            .into_iter()
            .filter(|(_, count)| *count >= least)
            .map(|(given, _)| given)
            .collect();
    }

    fn is_name(&self, number: u32) -> bool {
        self.at(number).1.is_some() || self.established.contains(&number)
    }

    /// Names of which a spelling can be a form: its full ones, else the ones it is short for.
    pub(crate) fn names(&self, number: u32) -> impl Iterator<Item = NameId> + '_ {
        let known = self.at(number).1;
        let names = known.map(|known| {
            if known.full.is_empty() {
                &known.short
            } else {
                &known.full
            }
        });
        names.into_iter().flatten().copied()
    }

    fn at(&self, number: u32) -> (&str, Option<&Known>) {
        let (text, known) = self
            .texts
            .get_index(number as usize)
            .expect("numbers are given out by this table");
        (text, known.as_ref())
    }
}

/// Every comparison of two profiles, silent ones left out.
pub(crate) fn compare(a: &Profile, b: &Profile, spellings: &Spellings) -> Vec<Reached> {
    let mut reached = vec![surnames(a, b, spellings), given(a, b, spellings), patronymics(a, b)];
    if reached[..2].iter().any(|one| one.level == Level::Conflict)
        && let Some(crossed) = crossed_names(a, b, spellings)
    {
        reached.splice(..2, crossed);
    }
    let plain = |comparison, level| Reached {
        comparison,
        level,
        value: None,
    };
    reached.push(plain(Comparison::Birth, births(&a.births, &b.births)));
    reached.push(plain(Comparison::Phone, phones(&a.phones, &b.phones)));
    reached.push(plain(Comparison::Email, shared(&a.emails, &b.emails)));
    reached.push(plain(Comparison::Code, shared(&a.codes, &b.codes)));
    reached.push(plain(Comparison::Alias, shared(&a.aliases, &b.aliases)));
    reached.push(plain(Comparison::Household, shared(&a.households, &b.households)));
    reached.push(plain(Comparison::Sex, shared(&a.sexes, &b.sexes)));
    reached.push(plain(Comparison::Settlement, shared(&a.settlements, &b.settlements)));
    reached.retain(|one| one.level != Level::Missing);
    reached
}

fn shared<T: Ord>(a: &[T], b: &[T]) -> Level {
    if a.is_empty() || b.is_empty() {
        Level::Missing
    } else if a.iter().any(|one| b.contains(one)) {
        Level::Exact
    } else {
        Level::Conflict
    }
}

fn phones(a: &[String], b: &[String]) -> Level {
    let level = shared(a, b);
    let near = || {
        a.iter().any(|one| {
            b.iter()
                .any(|other| one.len() == other.len() && distance(one, other) == 1)
        })
    };
    if level == Level::Conflict && near() {
        Level::Typo
    } else {
        level
    }
}

fn surnames(a: &Profile, b: &Profile, spellings: &Spellings) -> Reached {
    let reach = |level, value| Reached {
        comparison: Comparison::Surname,
        level,
        value,
    };
    if a.surnames.is_empty() || b.surnames.is_empty() {
        return reach(Level::Missing, None);
    }
    if let Some(both) = a.surnames.iter().find(|one| b.surnames.contains(one)) {
        return reach(Level::Exact, Some(*both));
    }
    let mut best = Level::Conflict;
    for &one in &a.surnames {
        for &other in &b.surnames {
            best = best.min(surname_level(spellings.at(one).0, spellings.at(other).0));
        }
    }
    reach(best, None)
}

/// Surname and given name where one side has them the other way round: a name read in the wrong order.
fn crossed_names(a: &Profile, b: &Profile, spellings: &Spellings) -> Option<[Reached; 2]> {
    let cross = |surnames: &[u32], given: &[u32]| {
        let close = |one: u32, other: u32| one == other || is_slip(spellings.at(one).0, spellings.at(other).0);
        surnames
            .iter()
            .copied()
            .find(|one| given.iter().any(|other| close(*one, *other)))
    };
    let surname = cross(&a.surnames, &b.given)?;
    let given = cross(&a.given, &b.surnames)?;
    let reach = |comparison, value| Reached {
        comparison,
        level: Level::Exact,
        value: Some(value),
    };
    Some([reach(Comparison::Surname, surname), reach(Comparison::Given, given)])
}

fn surname_level(a: &str, b: &str) -> Level {
    if gender_stem(a) == gender_stem(b) {
        Level::Variant
    } else if is_slip(a, b) {
        Level::Typo
    } else {
        Level::Conflict
    }
}

/// What a surname's masculine and feminine forms share (-ський/-ська, -ов/-ова).
pub(crate) fn gender_stem(surname: &str) -> &str {
    let stem = surname.trim_end_matches(['a', 'i', 'e', 'o']);
    if stem.len() >= 4 { stem } else { surname }
}

fn given(a: &Profile, b: &Profile, spellings: &Spellings) -> Reached {
    let reach = |level, value| Reached {
        comparison: Comparison::Given,
        level,
        value,
    };
    if a.given.is_empty() || b.given.is_empty() {
        let level = match shared(&a.given_initials, &b.given_initials) {
            Level::Exact => Level::Initial,
            other => other,
        };
        return reach(level, None);
    }
    let mut best = (Level::Conflict, None);
    for &one in &a.given {
        for &other in &b.given {
            let level = given_level(one, other, spellings);
            if level == Level::Conflict && spellings.at(one).1.is_some() && spellings.at(other).1.is_some() {
                return reach(Level::Conflict, None);
            }
            if level < best.0 {
                best = (level, Some(one));
            }
        }
    }
    reach(best.0, best.1)
}

fn given_level(a: u32, b: u32, spellings: &Spellings) -> Level {
    if a == b {
        return Level::Exact;
    }
    let both_names = spellings.is_name(a) && spellings.is_name(b);
    let ((a, knows_a), (b, knows_b)) = (spellings.at(a), spellings.at(b));
    match (knows_a, knows_b) {
        (Some(one), Some(other)) if one.same(other) => Level::Exact,
        (Some(one), Some(other)) if one.meets(other) => Level::Variant,
        (Some(_), Some(_)) => Level::Conflict,
        // Pens slip within a word, hardly ever on its first letter (Winkler 1990): Дарина and Карина are sisters.
        _ if is_slip(a, b) && (both_names || a.chars().next() != b.chars().next()) => Level::Doubtful,
        _ if is_slip(a, b) => Level::Typo,
        _ if a.chars().zip(b.chars()).take_while(|(one, other)| one == other).count() >= 3 => Level::Variant,
        (Some(_), None) if may_be_pet_name(b, a) => Level::Doubtful,
        (None, Some(_)) if may_be_pet_name(a, b) => Level::Doubtful,
        _ => Level::Conflict,
    }
}

/// Whether a word that no name file knows may be somebody's own short form of a known name.
fn may_be_pet_name(unknown: &str, name: &str) -> bool {
    unknown.len() <= 5 && unknown.chars().next() == name.chars().next()
}

fn patronymics(a: &Profile, b: &Profile) -> Reached {
    let level = match shared(&a.fathers, &b.fathers) {
        Level::Missing => match shared(&a.father_initials, &b.father_initials) {
            Level::Exact => Level::Initial,
            other => other,
        },
        Level::Conflict
            if a.fathers.iter().any(|one| {
                b.fathers
                    .iter()
                    .any(|other| is_slip(one, other) && !one.starts_with('#'))
            }) =>
        {
            Level::Typo
        }
        other => other,
    };
    Reached {
        comparison: Comparison::Patronymic,
        level,
        value: None,
    }
}

fn births(a: &[Birth], b: &[Birth]) -> Level {
    let best = |full_only: bool| {
        let mut best = Level::Missing;
        for one in a {
            for other in b {
                let both_full = matches!((one, other), (Birth::Date(_), Birth::Date(_)));
                if full_only == both_full {
                    best = better(best, birth_level(*one, *other));
                }
            }
        }
        best
    };
    match best(true) {
        Level::Missing => best(false),
        level => level,
    }
}

fn better(a: Level, b: Level) -> Level {
    if a == Level::Missing {
        b
    } else if b == Level::Missing {
        a
    } else {
        a.min(b)
    }
}

/// How two birth dates agree.
pub(crate) fn birth_level(a: Birth, b: Birth) -> Level {
    match (a, b) {
        (Birth::Unknown, _) | (_, Birth::Unknown) => Level::Missing,
        (Birth::Date(one), Birth::Date(other)) => date_level(one, other),
        _ => match (year(a), year(b)) {
            (Some(one), Some(other)) if one == other => Level::Year,
            (Some(one), Some(other)) if swapped_digits(one, other) => Level::Doubtful,
            _ => Level::Conflict,
        },
    }
}

fn year(birth: Birth) -> Option<i32> {
    match birth {
        Birth::Unknown => None,
        Birth::Year(year) => Some(year),
        Birth::Date(day) => Some(day.year()),
    }
}

fn date_level(a: NaiveDate, b: NaiveDate) -> Level {
    if a == b {
        return Level::Exact;
    }
    if a.year() == b.year() {
        if a.day() == b.month() && a.month() == b.day() {
            return Level::Variant;
        }
        let slip = distance(&a.format("%m%d").to_string(), &b.format("%m%d").to_string()) == 1;
        return if slip { Level::Typo } else { Level::Conflict };
    }
    let same_day = (a.day(), a.month()) == (b.day(), b.month());
    let years = distance(&a.year().to_string(), &b.year().to_string());
    if same_day && years == 1 {
        Level::Typo
    } else {
        Level::Conflict
    }
}

fn swapped_digits(a: i32, b: i32) -> bool {
    let (a, b) = (a.to_string(), b.to_string());
    a.len() == b.len() && distance(&a, &b) == 1 && {
        let (mut left, mut right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        left.sort_unstable();
        right.sort_unstable();
        left == right
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Level, birth_level, surname_level};
    use crate::ingest::records::Birth;

    fn day(year: i32, month: u32, day: u32) -> Birth {
        Birth::Date(NaiveDate::from_ymd_opt(year, month, day).expect("a real day"))
    }

    #[test]
    fn births_agree_by_degrees() {
        let born = day(1957, 3, 9);
        assert_eq!(birth_level(born, born), Level::Exact);
        assert_eq!(birth_level(born, day(1957, 9, 3)), Level::Variant);
        assert_eq!(birth_level(born, Birth::Year(1957)), Level::Year);
        assert_eq!(birth_level(born, day(1957, 3, 8)), Level::Typo);
        assert_eq!(birth_level(born, day(1958, 3, 9)), Level::Typo);
        assert_eq!(birth_level(born, Birth::Year(1975)), Level::Doubtful);
        assert_eq!(birth_level(born, Birth::Year(1958)), Level::Conflict);
        assert_eq!(birth_level(born, day(1957, 11, 24)), Level::Conflict);
        assert_eq!(birth_level(born, Birth::Unknown), Level::Missing);
    }

    #[test]
    fn surnames_agree_by_degrees() {
        assert_eq!(surname_level("kovalskii", "kovalska"), Level::Variant);
        assert_eq!(surname_level("pilipenko", "pilpenko"), Level::Typo);
        assert_eq!(surname_level("pilipenko", "kovalska"), Level::Conflict);
    }
}
