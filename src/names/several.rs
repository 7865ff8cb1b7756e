//! Several people in one name cell, where the cell says so: a sign or a word between whole names, or lines of its own.
//!
//! What stands on both sides of "+" or "and" is believed only where each side names somebody by a given name or an
//! initial. Where it does not, or where both sides could be one person (two alphabets, a pet name), nobody is told
//! apart here, and recognition asks.

use std::collections::BTreeSet;

use ustr::Ustr;

use super::NAMES;
use super::parts::{Word, words};
use super::script::{clean, is_cyrillic};
use crate::letters::is_letter;

/// Most people that one cell is believed to name; more are a text about something else.
const MOST: usize = 8;
/// Words from which on a part is a sentence and no name.
const LONGEST: usize = 5;

/// Words for "and" in Czech and Slovak, Italian and Portuguese, Spanish, which are letters of names as well.
const LETTERS: &[&str] = &["a", "e", "y"];

/// What stands between two parts of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// A line break: also a long name is broken into lines.
    Line,
    /// A comma, which also stands between surname and given name, or a letter that also stands within surnames.
    Comma,
    /// A sign or a word that joins people.
    And,
}

/// One part of a cell.
struct Part {
    written: String,
    words: Vec<Word>,
    /// What stands before it.
    before: Between,
}

/// What a part can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A surname with a given name or an initial.
    Whole,
    /// A given name alone.
    Given,
    /// Anything else.
    Other,
}

/// The names of the people in one cell, each as it would stand alone; empty where there is one person, or where it is
/// doubtful whether there are several.
pub(crate) fn several(written: &str) -> Vec<String> {
    let parts = parts(written);
    if !(2..=MOST).contains(&parts.len()) {
        return Vec::new();
    }
    let shapes: Vec<Shape> = parts.iter().map(Part::shape).collect();
    let between = || parts[1..].iter().map(|part| part.before);
    let all = |shape: Shape| shapes.iter().all(|one| *one == shape);
    let names = if all(Shape::Whole) {
        let told = |part: &Part| part.known() == 1 && part.said().count() > 1;
        if between().any(|sign| sign == Between::Comma) && !parts.iter().all(told) {
            return Vec::new();
        }
        parts.iter().map(|part| part.written.clone()).collect()
    } else if between().any(|sign| sign != Between::And) {
        Vec::new()
    } else if all(Shape::Given) {
        parts.iter().map(|part| part.written.clone()).collect()
    } else {
        with_a_surname(&parts, &shapes)
    };
    if could_be_one(&parts, &names) {
        Vec::new()
    } else {
        names
    }
}

/// Whether a cell seems to name several people, told apart or not: a sign or a word between two that could be names.
pub(crate) fn seem_several(written: &str) -> bool {
    let parts = parts(written);
    let joined = || parts[1..].iter().any(|part| part.before == Between::And);
    let of_people = parts
        .iter()
        .filter(|part| part.shape() != Shape::Other || part.looks_whole());
    (2..=MOST).contains(&parts.len()) && joined() && of_people.count() > 1
}

/// The parts of a cell, with what stands between them outside brackets.
fn parts(written: &str) -> Vec<Part> {
    let shouts = !written.chars().any(char::is_lowercase);
    let mut parts = Vec::new();
    let (mut current, mut before, mut depth) = (String::new(), Between::Line, 0_usize);
    let mut finish = |current: &mut String, before: &mut Between, next: Between| {
        let text = current.split_whitespace().collect::<Vec<_>>().join(" ");
        current.clear();
        if !text.is_empty() {
            parts.push(Part {
                words: words(&NAMES.without_asides(&text)),
                written: text,
                before: *before,
            });
            *before = next;
        } else if next == Between::And {
            *before = next;
        }
    };
    for piece in written.split_inclusive(|letter: char| letter.is_whitespace() || is_sign(letter)) {
        let (word, end) = match piece.char_indices().last() {
            Some((at, last)) if last.is_whitespace() || is_sign(last) => (&piece[..at], Some(last)),
            _ => (piece, None),
        };
        let joins = depth == 0
            && word.chars().any(is_letter)
            && (shouts || !word.contains(char::is_uppercase))
            && NAMES.is_and(&clean(word));
        if joins {
            finish(&mut current, &mut before, Between::And);
        } else if depth == 0 && LETTERS.contains(&word) {
            finish(&mut current, &mut before, Between::Comma);
        } else {
            current.push_str(word);
        }
        depth += word.matches(['(', '[']).count();
        depth = depth.saturating_sub(word.matches([')', ']']).count());
        match end {
            Some(sign) if is_sign(sign) && depth == 0 => {
                let next = if sign == ',' { Between::Comma } else { Between::And };
                finish(&mut current, &mut before, next);
            }
            Some('\n' | '\r') if depth == 0 => finish(&mut current, &mut before, Between::Line),
            Some(sign) => current.push(if sign.is_whitespace() { ' ' } else { sign }),
            None => {}
        }
    }
    finish(&mut current, &mut before, Between::Line);
    parts
}

/// A sign between people. A stroke is none: it also stands between two spellings, and between a child and who brings it.
fn is_sign(letter: char) -> bool {
    matches!(letter, '+' | '&' | ';' | ',' | '＋' | '＆' | '；' | '،' | '؛' | '、')
}

impl Part {
    /// Its words outside brackets.
    fn said(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| !word.bracketed)
    }

    /// How many of its words are given names that are known.
    fn known(&self) -> usize {
        self.said().filter(|word| is_given(word)).count()
    }

    fn shape(&self) -> Shape {
        let count = self.said().count();
        if count > LONGEST || self.said().any(|word| NAMES.is_nobody(&word.skeleton)) {
            return Shape::Other;
        }
        let named = self.said().any(|word| word.initial || is_given(word));
        let in_full = self.said().any(|word| !word.initial);
        if count > 1 && named && in_full {
            Shape::Whole
        } else if count == 1 && self.known() == 1 {
            Shape::Given
        } else {
            Shape::Other
        }
    }

    /// Whether it is made of words with capitals, as a name that no file knows.
    fn looks_whole(&self) -> bool {
        let mut words = self.written.split(' ');
        let capital = |word: &str| word.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase());
        (2..=LONGEST).contains(&words.clone().count()) && words.all(capital)
    }

    /// Its word that is neither given name nor patronymic, as written. Where each of two could be either ("Peter Novak"),
    /// it is the one that the other people's place in the cell leaves: after given names the last.
    fn surname(&self, is_last: bool) -> Option<&str> {
        let is = |written: &str, kind: fn(&Word) -> bool| {
            let parts = words(written);
            !parts.is_empty() && parts.iter().all(|word| !word.bracketed && !word.initial && kind(word))
        };
        let other = |word: &Word| !is_given(word) && NAMES.father(&word.skeleton).is_none();
        let outside = self.written.split(['(', '[']).next().unwrap_or_default().trim_end();
        let mut found = outside.split(' ').filter(|word| is(word, other));
        match (found.next(), found.next()) {
            (Some(surname), None) => Some(surname),
            (Some(_), Some(_)) => None,
            (None, _) => match outside.split(' ').collect::<Vec<_>>()[..] {
                [first, last] if is_last && is(first, is_given) => Some(last),
                _ => None,
            },
        }
    }
}

fn is_given(word: &Word) -> bool {
    !word.initial && NAMES.given(&word.skeleton).is_some()
}

/// Given names beside one whole name, whose surname they share: the first one of "Шевчук Олена та Марія", the last one
/// of "Anna and Peter Novak".
fn with_a_surname(parts: &[Part], shapes: &[Shape]) -> Vec<String> {
    let mut whole = (0..parts.len()).filter(|at| shapes[*at] == Shape::Whole);
    let (Some(at), None) = (whole.next(), whole.next()) else {
        return Vec::new();
    };
    if shapes.contains(&Shape::Other) || (at != 0 && at + 1 != parts.len()) {
        return Vec::new();
    }
    let Some(surname) = parts[at].surname(at != 0) else {
        return Vec::new();
    };
    let surname_first = parts[at].written.starts_with(surname);
    // "Anna and Peter Novak" is one family; of "Анна та Коваль Петро" nobody knows Анна's surname.
    if at != 0 && surname_first {
        return Vec::new();
    }
    let name = |part: &Part| {
        if surname_first {
            format!("{surname} {}", part.written)
        } else {
            format!("{} {surname}", part.written)
        }
    };
    let named = parts.iter().zip(shapes);
    let named = named.map(|(part, shape)| {
        if *shape == Shape::Given {
            name(part)
        } else {
            part.written.clone()
        }
    });
    named.collect()
}

/// Whether two of the names could be one person's: the same words, two forms of one given name under one surname, or two
/// alphabets beside each other.
fn could_be_one(parts: &[Part], names: &[String]) -> bool {
    let scripts: BTreeSet<Option<bool>> = parts.iter().map(|part| script(&part.written)).collect();
    if scripts.len() > 1 {
        return true;
    }
    let names: Vec<Vec<Word>> = names.iter().map(|name| words(&NAMES.without_asides(name))).collect();
    let mut pairs = (0..names.len()).flat_map(|one| (one + 1..names.len()).map(move |other| (one, other)));
    pairs.any(|(one, other)| are_alike(&names[one], &names[other]))
}

/// Whether an alphabet is Latin, Cyrillic or another.
fn script(text: &str) -> Option<bool> {
    let mut letters = text.chars().filter(|letter| is_letter(*letter));
    let first = letters.next()?;
    match () {
        () if is_cyrillic(first) => Some(true),
        () if clean(text).chars().any(|letter| letter.is_ascii_alphabetic()) => Some(false),
        () => None,
    }
}

fn are_alike(one: &[Word], other: &[Word]) -> bool {
    let whole = |words: &[Word]| -> BTreeSet<Ustr> {
        let said = words.iter().filter(|word| !word.bracketed);
        said.map(|word| word.skeleton).collect()
    };
    let (a, b) = (whole(one), whole(other));
    if a == b {
        return true;
    }
    let shares_surname = a.intersection(&b).next().is_some();
    let own = |mine: &BTreeSet<Ustr>, theirs: &BTreeSet<Ustr>| -> Vec<_> {
        mine.difference(theirs).filter_map(|word| NAMES.given(word)).collect()
    };
    let (mine, theirs) = (own(&a, &b), own(&b, &a));
    shares_surname && mine.iter().any(|one| theirs.iter().any(|other| one.meets(other)))
}

#[cfg(test)]
mod tests {
    use super::several;

    #[test]
    fn people_whom_a_sign_or_a_word_joins_are_several() {
        for (written, names) in [
            (
                "Мельник Олена (мама) + Мельник Іра",
                &["Мельник Олена (мама)", "Мельник Іра"][..],
            ),
            ("Anna and Peter Novak", &["Anna Novak", "Peter Novak"]),
            ("Іваненко О. та Іваненко П.", &["Іваненко О.", "Іваненко П."]),
            ("Шевчук Олена та Марія", &["Шевчук Олена", "Шевчук Марія"]),
            ("Шевчук Олена\nШевчук Марія", &["Шевчук Олена", "Шевчук Марія"]),
            ("Anna Schmidt und Peter Schmidt", &["Anna Schmidt", "Peter Schmidt"]),
            ("Nowak Anna i Nowak Piotr", &["Nowak Anna", "Nowak Piotr"]),
            (
                "Коваль Ірина; Мороз Петро; Лис Ганна",
                &["Коваль Ірина", "Мороз Петро", "Лис Ганна"],
            ),
            ("Коваль Ірина, Мороз Петро", &["Коваль Ірина", "Мороз Петро"]),
            ("КОВАЛЬ ІРИНА ТА МОРОЗ ПЕТРО", &["КОВАЛЬ ІРИНА", "МОРОЗ ПЕТРО"]),
            ("Anna & Peter Schmidt", &["Anna Schmidt", "Peter Schmidt"]),
            ("Олена + Петро", &["Олена", "Петро"]),
        ] {
            assert_eq!(several(written), names, "{written}");
        }
    }

    #[test]
    fn one_person_however_written_and_whoever_is_doubtful_is_left_alone() {
        for written in [
            "Шевчук Олена",
            "Groß, Käthe",
            "Коваль І О",
            "Ткаченко Павло\nІлліч",
            "Шевченко Олена + Shevchenko Olena",
            "Мороз Олександр + Мороз Саша",
            "Коваль Ірина / Мороз Петро",
            "Степова (Карпенко та Мороз) Емілія",
            "Kovač, Ana Marija",
            "Qarwel Tomdrin\nVeshka Ulbrant",
            "Анна та Коваль Петро",
            "Коваль Олена\nМарія",
            "",
            "+ +",
        ] {
            assert!(several(written).is_empty(), "{written}: {:?}", several(written));
        }
    }
}
