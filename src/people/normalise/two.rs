//! Two people, or two codes, written in one cell.

use super::words;
use crate::names::NAMES;
use crate::names::script::{clean, skeleton};
use crate::people::contact::code;

/// The first of two people written in one cell, each with a given name of her own.
pub(super) fn first(name: &str) -> Option<String> {
    let spaced: String = clean(name)
        .chars()
        .flat_map(|letter| {
            let sign = matches!(letter, ',' | ';' | '+' | '&' | '/');
            [sign.then_some(' '), Some(letter), sign.then_some(' ')]
                .into_iter()
                .flatten()
        })
        .collect();
    let all: Vec<&str> = spaced.split_whitespace().collect();
    // Two lines of a cell, each a whole name, are two people, whatever stands between them.
    let named = |words: &[&str]| words.len() > 1 && words.iter().any(|word| NAMES.given(&skeleton(word)).is_some());
    let mut lines = name.split(['\n', '\r']).map(clean).filter(|line| !line.is_empty());
    if let (Some(first), Some(next)) = (lines.next(), lines.next()) {
        let initialled =
            |line: &str| matches!(words(line).as_slice(), [_, rest @ ..] if rest.iter().any(|word| word.initial));
        let whole = |line: &str| named(&line.split_whitespace().collect::<Vec<_>>()) || initialled(line);
        if whole(&first) && whole(&next) {
            return Some(first);
        }
    }
    let second = |words: &[&str]| words.iter().any(|word| NAMES.given(&skeleton(word)).is_some());
    // A word with a capital among others without is a name, in whatever language it also is an "and".
    let shouts = !name.chars().any(char::is_lowercase);
    let capital = |word: &str| {
        let mut written = name.split_whitespace();
        !shouts
            && word.chars().nth(1).is_some()
            && written.any(|one| one.starts_with(char::is_uppercase) && clean(one) == word)
    };
    let joins = |word: &str| NAMES.is_and(word) && !capital(word);
    let at = (1..all.len()).find(|&at| joins(all[at]) && named(&all[..at]) && second(&all[at + 1..]))?;
    Some(all[..at].join(" "))
}

/// Whether two lines of a cell could each be a whole name; where no given name is known, it is asked and one person.
pub(super) fn is_on_two_lines(written: &str) -> bool {
    let capital = |word: &&str| word.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase());
    let could_be =
        |line: &str| line.split_whitespace().count() > 1 && line.split_whitespace().all(|word| capital(&word));
    let mut lines = written.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    matches!((lines.next(), lines.next()), (Some(first), Some(next)) if could_be(first) && could_be(next))
}

/// The first of two codes on lines of their own in one cell.
pub(super) fn first_code(written: &str) -> Option<&str> {
    let mut lines = written.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    let (first, next) = (lines.next()?, lines.next()?);
    (code(first).is_some() && code(next).is_some()).then_some(first)
}
