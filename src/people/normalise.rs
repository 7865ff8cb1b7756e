//! A mention's raw texts → its normal form: surnames, given names, patronymic, birth, phones, code.
//!
//! Normalising carries more than any engine after it: names written in other scripts, orders, lengths and
//! cases must meet before anything is weighed.

mod coded;
mod two;
mod usage;

use ustr::Ustr;

pub(crate) use self::usage::Usage;
use super::contact::{Code, alias, code, phones};
use crate::ingest::records::{Birth, Identity, Records};
use crate::names::parts::{Word, words};
use crate::names::script::{clean, skeleton};
use crate::names::several::seem_several;
use crate::names::{NAMES, is_female_patronymic};

/// A mention's normal form; equal forms are one identity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Form {
    /// Skeletons of every surname written (`Степова (Карпенко)` has two), sorted.
    pub(crate) surnames: Vec<Ustr>,
    /// Skeletons of the given names written in full.
    pub(crate) given: Vec<Ustr>,
    /// First letter of the given name, also where only that is written.
    pub(crate) given_initial: Option<char>,
    /// The father behind the patronymic.
    pub(crate) father: Option<Ustr>,
    /// First letter of the patronymic.
    pub(crate) father_initial: Option<char>,
    /// Birth date or year.
    pub(crate) birth: Birth,
    /// National digits of each phone.
    pub(crate) phones: Vec<Ustr>,
    /// Alias given instead of a phone.
    pub(crate) alias: Option<Ustr>,
    /// E-mail, lower case.
    pub(crate) email: Option<Ustr>,
    /// Client code.
    pub(crate) code: Option<Code>,
    /// Settlement, for thin forms: others are put together wherever they live.
    pub(crate) settlement: Option<Ustr>,
    /// Words of the address, sorted, for thin forms.
    pub(crate) address: Option<Ustr>,
    /// Postcode, for thin forms.
    pub(crate) postcode: Option<Ustr>,
    /// Where it was met, for thin forms of a common name.
    pub(crate) met: Option<Ustr>,
}

impl Form {
    /// Whether anything names the person.
    pub(crate) fn is_named(&self) -> bool {
        !self.surnames.is_empty() || !self.given.is_empty() || self.given_initial.is_some()
    }

    /// Whether nothing at all can recognise the person.
    pub(crate) fn is_empty(&self) -> bool {
        !self.is_named()
            && self.phones.is_empty()
            && self.code.is_none()
            && self.email.is_none()
            && self.alias.is_none()
    }

    /// Whether little more than a name is known, which another person may bear too.
    pub(crate) fn is_thin(&self) -> bool {
        !matches!(self.birth, Birth::Date(_))
            && self.phones.is_empty()
            && self.code.is_none()
            && self.email.is_none()
            && self.alias.is_none()
    }

    /// Whether it is only a pointer (code, phone, e-mail, alias) to a person described elsewhere.
    pub(crate) fn is_pointer(&self) -> bool {
        !self.is_named() && !self.is_empty()
    }
}

/// What a name turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// A person, or nothing.
    Person,
    /// Two people in one cell; the first is taken where she can be told.
    Two,
    /// Words that name nobody.
    Nobody,
}

/// In which order the names of a data set stand where a name can be read either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameOrder {
    /// Шевченко Олена.
    SurnameFirst,
    /// Olena Shevchenko.
    GivenFirst,
}

/// The normal form of a mention, as far as mentions are put together by it, and what its name turned out to be.
pub(crate) fn normalise(records: &Records, identity: &Identity, usage: &Usage) -> (Form, Naming) {
    let text = |id| records.text(id);
    let mut form = Form {
        birth: identity.birth,
        ..Form::default()
    };
    let mut naming = read_names(&mut form, records, identity, usage);
    if let Some(written) = identity.phone.map(text) {
        form.phones = phones(written).iter().map(|phone| Ustr::from(phone)).collect();
        if form.phones.is_empty() {
            form.alias = alias(written).map(Into::into);
        }
    }
    form.email = identity
        .email
        .map(|id| text(id).trim().to_lowercase())
        .filter(|mail| mail.contains('@'))
        .map(Into::into);
    if let Some(written) = identity.code.map(text) {
        let first = two::first_code(written);
        naming = if first.is_some() { Naming::Two } else { naming };
        form.code = code(first.unwrap_or(written)).or(form.code.take());
    }
    if form.is_thin() {
        let key = |id| Some(letters_and_digits(text(id))).filter(|key| !key.is_empty());
        form.settlement = identity.settlement.and_then(|id| settlement(text(id))).map(Into::into);
        form.address = identity.address.and_then(|id| address(text(id))).map(Into::into);
        form.postcode = identity.postcode.and_then(key).map(Into::into);
    }
    (form, naming)
}

pub(super) fn letters_and_digits(text: &str) -> String {
    clean(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The longest word of a settlement: `м. Балаклія` and `Балаклія м.` are one place.
pub(super) fn settlement(text: &str) -> Option<String> {
    let skeletons = clean(text)
        .split([' ', '.', ','])
        .map(skeleton)
        .filter(|word| word.len() > 2)
        .collect::<Vec<_>>();
    skeletons
        .into_iter()
        .max_by(|a, b| a.len().cmp(&b.len()).then_with(|| b.cmp(a)))
}

/// The words and numbers of an address in order of content.
pub(super) fn address(text: &str) -> Option<String> {
    let cleaned = clean(text);
    let mut parts: Vec<String> = cleaned
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .map(|part| {
            let folded = skeleton(part);
            let digits: String = part.chars().filter(char::is_ascii_digit).collect();
            folded + &digits
        })
        .filter(|part| !part.is_empty())
        .collect();
    parts.sort_unstable();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The words of a name as they are compared, in the order written, without initials and what stands in brackets.
pub(super) fn words_written(name: &str) -> impl Iterator<Item = String> {
    let words = words(&NAMES.without_asides(name)).into_iter();
    let whole = words.filter(|word| !word.initial && !word.bracketed && NAMES.father(&word.skeleton).is_none());
    whole.map(|word| word.skeleton.as_str().to_owned())
}

/// Reads the name columns into the form.
fn read_names(form: &mut Form, records: &Records, identity: &Identity, usage: &Usage) -> Naming {
    let mut naming = Naming::Person;
    let of = |id: Option<_>| id.map(|id| usage.words(records, id)).unwrap_or_default();
    let (surname, given) = beside_whole(of(identity.full_name), of(identity.surname), of(identity.given_name));
    let patronymic = of(identity.patronymic);
    if surname.is_empty() && given.is_empty() {
        let written = identity.full_name.map_or("", |id| records.text(id));
        let first = two::first(written);
        if first.is_some() || two::is_on_two_lines(written) || seem_several(written) {
            naming = Naming::Two;
        }
        let one = first.as_deref().unwrap_or(written);
        let mut all = words(&NAMES.without_asides(one));
        // What stands in brackets speaks about the name before them: `Коваль Ірина (мама)`.
        if all.iter().any(|word| !word.bracketed) {
            all.retain(|word| !word.bracketed || !NAMES.is_nobody(&word.skeleton));
        }
        form.code = coded::code_alone(one);
        if form.code.is_some() {
            return naming;
        }
        if !one.chars().any(char::is_alphanumeric)
            || NAMES.names_nobody(one)
            || all.iter().any(|word| NAMES.is_nobody(&word.skeleton))
        {
            return Naming::Nobody;
        }
        form.code = coded::in_place_of_a_name(one, &all);
        if form.code.is_some() {
            return naming;
        }
        split_name(form, all, usage);
    } else {
        read_columns(form, surname, given, usage);
        for word in patronymic {
            take_father(form, &word);
        }
    }
    form.surnames.sort();
    form.surnames.dedup();
    form.given.sort();
    form.given.dedup();
    naming
}

/// Surname and given name, where a column of "names" stands beside one of the two: it holds the other ("Name", "First
/// name"), or whole names, which then say all that the other column says.
fn beside_whole(whole: Vec<Word>, surname: Vec<Word>, given: Vec<Word>) -> (Vec<Word>, Vec<Word>) {
    let holds = |part: &[Word]| {
        let mut part = part.iter();
        part.all(|word| whole.iter().any(|one| one.skeleton == word.skeleton))
    };
    match (surname.is_empty(), given.is_empty()) {
        (true, false) if holds(&given) => (Vec::new(), Vec::new()),
        (false, true) if holds(&surname) && whole.len() > surname.len() => (Vec::new(), Vec::new()),
        (true, false) => (whole, given),
        (false, true) => (surname, whole),
        (true, true) | (false, false) => (surname, given),
    }
}

/// Whether somebody wrote the given name into the column of surnames.
fn swapped(surname: &[Word], given: &[Word], usage: &Usage) -> bool {
    let (Some(first), Some(second)) = (surname.first(), given.first()) else {
        return false;
    };
    let named = |words: &[Word]| words.iter().any(|word| NAMES.given(&word.skeleton).is_some());
    if named(given) || second.initial {
        return false;
    }
    let other_way = usage.given_of([(0, first.skeleton), (1, second.skeleton)], NameOrder::SurnameFirst) == 0;
    first.initial || (named(surname) && other_way)
}

/// Reads what stands in the columns of surname and given name.
fn read_columns(form: &mut Form, surname: Vec<Word>, given: Vec<Word>, usage: &Usage) {
    let (surname, given) = if swapped(&surname, &given, usage) {
        (given, surname)
    } else {
        (surname, given)
    };
    // Who finds no place for the name in the other column, or has only a name, writes it here: `Шевченко О.`, `Олена`.
    let holds_more = |word: &Word| word.initial || NAMES.given(&word.skeleton).is_some();
    if given.is_empty() && surname.iter().any(holds_more) {
        return split_name(form, surname, usage);
    }
    // A letter alone is nobody's surname, or all would bear one who have it there.
    let surnames = surname.into_iter().filter(|word| !word.initial);
    form.surnames.extend(surnames.map(|word| word.skeleton));
    for word in given {
        if form.given_initial.is_some() && form.father.is_none() && NAMES.father(&word.skeleton).is_some() {
            take_father(form, &word);
        } else {
            take_given(form, &word);
        }
    }
}

fn take_given(form: &mut Form, word: &Word) {
    form.given_initial = form.given_initial.or(word.first);
    if !word.initial {
        form.given.push(word.skeleton);
    }
}

fn take_father(form: &mut Form, word: &Word) {
    form.father_initial = word.first;
    if !word.initial {
        form.father = Some(NAMES.father(&word.skeleton).map_or(word.skeleton, Into::into));
    }
}

/// Tells surname, given name and patronymic apart in a name written in one cell.
fn split_name(form: &mut Form, mut all: Vec<Word>, usage: &Usage) {
    let order = usage.order;
    for at in (0..all.len()).rev() {
        if all[at].bracketed && !all[at].initial {
            let word = all.remove(at);
            let known = NAMES.given(&word.skeleton).is_some();
            if known {
                form.given.push(word.skeleton);
            } else {
                form.surnames.push(word.skeleton);
            }
        }
    }
    let initials: Vec<Word> = all.extract_if(.., |word| word.initial).collect();
    let father = take_patronymic(&mut all, order, initials.len());
    if let Some((word, _)) = &father {
        take_father(form, word);
    }
    let given = match initials.first() {
        Some(_) if all.len() < 2 => None,
        _ => given_at(&all, father.as_ref().map(|(_, at)| *at), usage),
    };
    if let Some(at) = given {
        let word = all.remove(at);
        take_given(form, &word);
        if order == NameOrder::SurnameFirst && father.is_none() && all.len() == 2 {
            take_misspelled_patronymic(form, &mut all, at);
        }
    }
    let mut left = initials.iter();
    if form.given_initial.is_none()
        && let Some(first) = left.next()
    {
        take_given(form, first);
    }
    if form.father_initial.is_none()
        && let Some(second) = left.next()
    {
        take_father(form, second);
    }
    form.surnames.extend(all.into_iter().map(|word| word.skeleton));
}

/// Takes the word after the given name for the patronymic, where it is nearly one.
fn take_misspelled_patronymic(form: &mut Form, all: &mut Vec<Word>, at: usize) {
    let Some(father) = all.get(at).and_then(|word| NAMES.misspelled_father(&word.skeleton)) else {
        return;
    };
    let word = all.remove(at);
    form.father_initial = word.first;
    form.father = Some(father.into());
}

/// Takes the patronymic out of the words, with the position it had.
///
/// A man's patronymic looks like a South Slavic surname, so it is believed only where a surname and a given
/// name are left beside it and names do not start with the given name.
fn take_patronymic(all: &mut Vec<Word>, order: NameOrder, initials: usize) -> Option<(Word, usize)> {
    let at = (0..all.len()).rev().find(|&at| {
        let word = &all[at].skeleton;
        NAMES.father(word).is_some()
            && if is_female_patronymic(word) {
                all.len() + initials >= 2
            } else {
                all.len() + initials >= 3 && order == NameOrder::SurnameFirst
            }
    })?;
    Some((all.remove(at), at))
}

/// Which of the words is the given name.
fn given_at(all: &[Word], father_at: Option<usize>, usage: &Usage) -> Option<usize> {
    match all.len() {
        0 => return None,
        1 => return (father_at.is_some() || NAMES.given(&all[0].skeleton).is_some()).then_some(0),
        _ => {}
    }
    let known: Vec<usize> = (0..all.len())
        .filter(|&at| NAMES.given(&all[at].skeleton).is_some())
        .collect();
    // The given name stands right before the patronymic.
    if known.len() != 1
        && let Some(at) = father_at.and_then(|at| at.checked_sub(1)).filter(|at| *at < all.len())
    {
        return Some(at);
    }
    let pair = |one: usize, other: usize| {
        usage.given_of([(one, all[one].skeleton), (other, all[other].skeleton)], usage.order)
    };
    Some(match known.as_slice() {
        [] => pair(0, 1),
        [first, .., last] => pair(*first, *last),
        [one] => *one,
    })
}

#[cfg(test)]
mod tests;
