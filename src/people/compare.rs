//! The vocabulary of comparisons: what two clusters of spellings can agree on, and how well.
//!
//! Given name, patronymic and birth date speak of the person; surname, phone, household and address speak of
//! the household, which mothers, daughters, sisters and twins share; activity, site and group speak of habit.

mod births;

pub(crate) use births::births;

use super::profile::Profile;
use super::surnames::is_other_form;
use super::words::{Use, Word, Words};
use crate::ingest::records::Birth;
use crate::names::pets::is_pet_name_of;
use crate::names::typo::{distance, is_one_off, is_slip};

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name {
            $($(#[$item])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub(crate) const ALL: &[$name] = &[$($name::$variant,)+];

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
        /// Ages as written, where they cannot be one person's.
        Age = "age",
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
        /// Street and house.
        Address = "address",
        /// Postcode.
        Postcode = "postcode",
        /// Where and at what they were met.
        Place = "place",
    }
}

vocabulary! {
    /// How well both sides agree, the best first.
    Level {
        /// The same after normalising.
        Exact = "exact",
        /// Another form: a pet name that is also a name of its own, a gendered ending, day and month swapped; the same
        /// site though another group.
        Variant = "variant",
        /// Only a year on one side, and it agrees.
        Year = "year",
        /// A slip of the pen apart.
        Typo = "typo",
        /// Not the same, but near: two of day, month and year agree.
        Near = "near",
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

/// The level of each comparison, with the values agreed on where their rarity matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compared {
    levels: [Level; Comparison::ALL.len()],
    values: [Word; Comparison::ALL.len()],
}

/// Stands for no value, so that a comparison takes half the room: no data hold as many words.
const NO_VALUE: Word = Word::MAX;

impl Compared {
    fn silent() -> Self {
        Self {
            levels: [Level::Missing; Comparison::ALL.len()],
            values: [NO_VALUE; Comparison::ALL.len()],
        }
    }

    fn set(&mut self, comparison: Comparison, level: Level, value: Option<Word>) {
        self.levels[comparison as usize] = level;
        self.values[comparison as usize] = value.unwrap_or(NO_VALUE);
    }

    /// The level reached in a comparison.
    pub(crate) fn level(&self, comparison: Comparison) -> Level {
        self.levels[comparison as usize]
    }

    /// The value agreed on.
    pub(crate) fn value(&self, comparison: Comparison) -> Option<Word> {
        Some(self.values[comparison as usize]).filter(|value| *value != NO_VALUE)
    }

    /// Comparisons in which both sides speak.
    pub(crate) fn spoken(&self) -> impl Iterator<Item = (Comparison, Level)> + '_ {
        Comparison::ALL
            .iter()
            .map(|comparison| (*comparison, self.level(*comparison)))
            .filter(|(_, level)| *level != Level::Missing)
    }
}

/// Compares two profiles in everything.
pub(crate) fn compare(a: &Profile, b: &Profile, words: &Words) -> Compared {
    let mut compared = Compared::silent();
    names(a, b, words, &mut compared);
    let (level, value) = patronymics(a, b, words);
    compared.set(Comparison::Patronymic, level, value);
    compared.set(Comparison::Birth, births(&a.births, &b.births), None);
    if compared.level(Comparison::Birth) == Level::Missing && !ages_agree(a, b) {
        compared.set(Comparison::Age, Level::Conflict, None);
    }
    compared.set(Comparison::Phone, phones(&a.phones, &b.phones, words), None);
    for (comparison, one, other) in [
        (Comparison::Email, &a.rare.emails, &b.rare.emails),
        (Comparison::Code, &a.rare.codes, &b.rare.codes),
        (Comparison::Alias, &a.rare.aliases, &b.rare.aliases),
        (Comparison::Household, &a.rare.households, &b.rare.households),
        (Comparison::Sex, &a.sexes, &b.sexes),
    ] {
        compared.set(comparison, shared(one, other).0, None);
    }
    let slips = |one: Word, other: Word| is_slip(words.text(one), words.text(other));
    let (level, value) = shared_or(&a.settlements, &b.settlements, slips);
    compared.set(Comparison::Settlement, level, value);
    let slips = |one: Word, other: Word| is_one_off(words.text(one), words.text(other));
    let (level, value) = shared_or(&a.rare.postcodes, &b.rare.postcodes, slips);
    compared.set(Comparison::Postcode, level, value);
    let alike = |one: Word, other: Word| addresses_alike(words.text(one), words.text(other));
    compared.set(
        Comparison::Address,
        shared_or(&a.rare.addresses, &b.rare.addresses, alike).0,
        None,
    );
    let (level, value) = places(a, b);
    compared.set(Comparison::Place, level, value);
    if is_chained(&compared, a, b) {
        compared.set(Comparison::Birth, Level::Conflict, None);
    }
    compared
}

/// Whether a third day of birth would come to two that were held to be one miswritten: near to each of them, but with
/// nothing beside the name that says so. Else any number of namesakes would hang together by one digit each.
fn is_chained(compared: &Compared, a: &Profile, b: &Profile) -> bool {
    let near = matches!(
        compared.level(Comparison::Birth),
        Level::Variant | Level::Typo | Level::Near
    );
    let beside = [
        Comparison::Patronymic,
        Comparison::Phone,
        Comparison::Email,
        Comparison::Code,
        Comparison::Alias,
        Comparison::Household,
        Comparison::Address,
    ];
    let said = || beside.into_iter().any(|one| compared.level(one) == Level::Exact);
    near && (a.births.len() > 1 || b.births.len() > 1) && three_days(&a.births, &b.births) && !said()
}

/// Whether two sides have seen three days of birth or more.
fn three_days(a: &[Birth], b: &[Birth]) -> bool {
    let is_day = |birth: &&Birth| matches!(birth, Birth::Date(_));
    let others = b.iter().filter(is_day).filter(|birth| !a.contains(birth));
    a.iter().filter(is_day).chain(others).nth(2).is_some()
}

/// Whether the ages written on both sides can be one person's, also with the other's birth.
fn ages_agree(a: &Profile, b: &Profile) -> bool {
    a.ages.zip(b.ages).is_none_or(|(one, two)| one.may_be_one(two))
}

/// Whether two names are one only if one of them is read in the other order, or their words stand in another order: so
/// are the names of fathers and sons where a father's name follows one's own.
pub(crate) fn other_order(a: &Profile, b: &Profile, words: &Words) -> bool {
    let conflict = surnames(a, b, words).0 == Level::Conflict || given(a, b, words).0 == Level::Conflict;
    let same = a.surnames == b.surnames && a.given == b.given;
    conflict || (same && a.order.zip(b.order).is_some_and(|(one, two)| one != two))
}

/// Whether names or birth dates speak against one person, which alone can refuse a pair.
pub(crate) fn contradict(a: &Profile, b: &Profile, words: &Words) -> bool {
    let mut compared = Compared::silent();
    names(a, b, words, &mut compared);
    let conflict = |comparison| compared.level(comparison) == Level::Conflict;
    conflict(Comparison::Given) || conflict(Comparison::Surname) || births(&a.births, &b.births) == Level::Conflict
}

/// What two sorted sets have in common.
fn shared(a: &[Word], b: &[Word]) -> (Level, Option<Word>) {
    if a.is_empty() || b.is_empty() {
        return (Level::Missing, None);
    }
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    match few.iter().find(|one| many.binary_search(one).is_ok()) {
        Some(both) => (Level::Exact, Some(*both)),
        None => (Level::Conflict, None),
    }
}

/// Values of one side above which a value near to one of them says nothing.
const MANY: usize = 64;

fn shared_or(a: &[Word], b: &[Word], alike: impl Fn(Word, Word) -> bool) -> (Level, Option<Word>) {
    let found = shared(a, b);
    let near = || a.len().max(b.len()) <= MANY && a.iter().any(|one| b.iter().any(|other| alike(*one, *other)));
    if found.0 == Level::Conflict && near() {
        (Level::Typo, None)
    } else {
        found
    }
}

fn phones(a: &[Word], b: &[Word], words: &Words) -> Level {
    shared_or(a, b, |one, other| is_one_off(words.text(one), words.text(other))).0
}

/// Whether two addresses are one with words left out or misspelled: at least half of the longer one's words meet.
fn addresses_alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let met = short
        .iter()
        .filter(|word| long.iter().any(|other| *word == other || is_slip(word, other)))
        .count();
    let joined = |words: &[&str]| words.concat();
    met * 2 >= long.len() || is_slip(&joined(&short), &joined(&long))
}

/// Activity, site and group: all the same, only the site, or another site.
fn places(a: &Profile, b: &Profile) -> (Level, Option<Word>) {
    let groups = shared(&a.groups, &b.groups);
    if groups.0 == Level::Exact {
        return groups;
    }
    match shared(&a.sites, &b.sites) {
        (Level::Exact, site) => (Level::Variant, site),
        (Level::Missing, _) => groups,
        other => other,
    }
}

fn names(a: &Profile, b: &Profile, words: &Words, compared: &mut Compared) {
    let surname = surnames(a, b, words);
    let given = given(a, b, words);
    let crossed = if surname.0 == Level::Conflict || given.0 == Level::Conflict {
        crossed_names(a, b, words)
    } else {
        None
    };
    let (surname, given) = crossed.unwrap_or((surname, given));
    compared.set(Comparison::Surname, surname.0, surname.1);
    compared.set(Comparison::Given, given.0, given.1);
}

type Met = (Level, Option<Word>);

fn surnames(a: &Profile, b: &Profile, words: &Words) -> Met {
    let found = shared(&a.surnames, &b.surnames);
    if found.0 != Level::Conflict {
        return found;
    }
    best(&a.surnames, &b.surnames, |one, other| {
        words.level(Use::Surname, one, other)
    })
}

/// The best level of any two, with the first's word.
fn best(a: &[Word], b: &[Word], level: impl Fn(Word, Word) -> Level) -> Met {
    let mut best = (Level::Conflict, None);
    for one in a {
        for other in b {
            let level = level(*one, *other);
            if level < best.0 {
                best = (level, Some(*one));
            }
        }
    }
    best
}

/// Surname and given name where one side has them the other way round: a name read in the wrong order.
fn crossed_names(a: &Profile, b: &Profile, words: &Words) -> Option<(Met, Met)> {
    let cross = |surnames: &[Word], given: &[Word]| {
        let close = |one: Word, other: Word| one == other || is_slip(words.text(one), words.text(other));
        surnames
            .iter()
            .copied()
            .find(|one| given.iter().any(|other| close(*one, *other)))
    };
    let surname = cross(&a.surnames, &b.given)?;
    let given = cross(&a.given, &b.surnames)?;
    Some(((Level::Exact, Some(surname)), (Level::Exact, Some(given))))
}

/// How two surnames agree.
pub(crate) fn surname_level(a: &str, b: &str) -> Level {
    if a == b {
        Level::Exact
    } else if is_other_form(a, b) {
        Level::Variant
    } else if is_slip(a, b) {
        // Панченко and Радченко are two families, Панченко and Панчеенко one.
        let likely = same_start(a, b) && distance(a, b) <= 1;
        if likely { Level::Typo } else { Level::Doubtful }
    } else {
        Level::Conflict
    }
}

fn given(a: &Profile, b: &Profile, words: &Words) -> Met {
    if a.given.is_empty() || b.given.is_empty() {
        let level = match letters(&a.given_initials, &b.given_initials) {
            Level::Exact => Level::Initial,
            other => other,
        };
        return (level, None);
    }
    let best = best(&a.given, &b.given, |one, other| words.level(Use::Given, one, other));
    if best.0 != Level::Conflict && strangers(&a.given, &b.given, words) {
        return (Level::Conflict, None);
    }
    best
}

/// Whether both sides bear names in full and some of one side is none of the other's: Саша may be Олександр and may be
/// Олександра, but the two are not one.
fn strangers(a: &[Word], b: &[Word], words: &Words) -> bool {
    let full = |side: &[Word]| -> Vec<Word> { side.iter().copied().filter(|word| words.is_full(*word)).collect() };
    let (a, b) = (full(a), full(b));
    let level = |one: Word, other: Word| words.level(Use::Given, one, other);
    let meet = || {
        a.iter()
            .any(|one| b.iter().any(|other| level(*one, *other) != Level::Conflict))
    };
    !a.is_empty() && !b.is_empty() && !meet()
}

fn letters(a: &[char], b: &[char]) -> Level {
    if a.is_empty() || b.is_empty() {
        Level::Missing
    } else if a.iter().any(|one| b.contains(one)) {
        Level::Exact
    } else {
        Level::Conflict
    }
}

/// How two given names agree.
pub(crate) fn given_level(words: &Words, a: Word, b: Word) -> Level {
    if a == b {
        return Level::Exact;
    }
    let both_names = words.is_name(a) && words.is_name(b);
    let one_is_rare = words.one_is_rare(a, b);
    let (knows_a, knows_b) = (words.known(a), words.known(b));
    let (a, b) = (words.text(a), words.text(b));
    match (knows_a, knows_b) {
        // Оленька is Олена's and Ольга's: whose, the rest must say.
        (Some(one), Some(other)) if one.same(other) && !one.is_anybodys() && !other.is_anybodys() => Level::Exact,
        (Some(one), Some(other)) if one.meets(other) => Level::Variant,
        // Лука and Лукаш, Вікторія and Вікторина: another name of its own, or another form that the files do not join.
        (Some(_), Some(_)) if a.len().min(b.len()) >= 4 && (a.starts_with(b) || b.starts_with(a)) => Level::Doubtful,
        (Some(_), Some(_)) if one_is_rare && same_start(a, b) && a.len().min(b.len()) >= 4 && distance(a, b) == 1 => {
            Level::Doubtful
        }
        (Some(_), Some(_)) => Level::Conflict,
        // Pens slip within a word, hardly ever on its first letter (Winkler 1990): Дарина and Карина are sisters.
        _ if is_slip(a, b) && (both_names || a.chars().next() != b.chars().next()) => Level::Doubtful,
        _ if is_slip(a, b) => Level::Typo,
        _ if is_pet_name_of(a, b) || is_pet_name_of(b, a) => Level::Variant,
        _ if a.chars().zip(b.chars()).take_while(|(one, other)| one == other).count() >= 3 => Level::Variant,
        (Some(_), None) if may_be_pet_name(b) && same_start(a, b) => Level::Doubtful,
        (None, Some(_)) if may_be_pet_name(a) && same_start(a, b) => Level::Doubtful,
        _ => Level::Conflict,
    }
}

fn same_start(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next()
}

/// Whether a word that no name file knows is short enough to be somebody's own short form of a name.
pub(crate) fn may_be_pet_name(unknown: &str) -> bool {
    unknown.len() <= 5
}

fn patronymics(a: &Profile, b: &Profile, words: &Words) -> Met {
    match shared(&a.fathers, &b.fathers) {
        (Level::Missing, _) => match letters(&a.father_initials, &b.father_initials) {
            Level::Exact => (Level::Initial, None),
            other => (other, None),
        },
        (Level::Conflict, _) => best(&a.fathers, &b.fathers, |one, other| {
            words.level(Use::Father, one, other)
        }),
        found => found,
    }
}

#[cfg(test)]
mod tests;
