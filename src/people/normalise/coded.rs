//! Numbers in the place of a name.

use super::super::contact::{Code, code};
use super::Word;
use crate::letters::is_letter;
use crate::names::NAMES;

/// Digits from which a number beside a name is a phone.
const PHONE_DIGITS: usize = 9;

/// Letters beside digits from which a word with a number in it may be somebody's word for a person ("дитина1").
const A_WORD: usize = 3;

/// A code in the place of a name: one word of digits and a few letters (`18211a04n2`, `БК-7`).
pub(super) fn code_alone(written: &str) -> Option<Code> {
    let longest_run = |is: fn(char) -> bool| {
        let runs = written.split(|c: char| !is(c));
        runs.map(|run| run.chars().count()).max().unwrap_or_default()
    };
    let digits = longest_run(|c| c.is_ascii_digit());
    let plain = !written.trim().contains(char::is_whitespace) && !written.contains([':', '.', '/', '+']);
    let mixed = longest_run(is_letter);
    (plain && (1..PHONE_DIGITS).contains(&digits) && (1..A_WORD).contains(&mixed))
        .then(|| code(written))
        .flatten()
}

/// A word and a number that stand for a name (`учень_48`, `Person 2`). A name that is known, a time (`14:30`) or a phone
/// beside a word make none.
pub(super) fn in_place_of_a_name(written: &str, words: &[Word]) -> Option<Code> {
    let numbers = || {
        let runs = written.split(|c: char| !c.is_ascii_digit());
        runs.filter(|run| !run.is_empty())
    };
    let timed = written.contains(':') || numbers().count() > 1 && written.contains(['.', '/']);
    let known = |word: &Word| NAMES.given(&word.skeleton).is_some() || word.bracketed || word.initial;
    let plain = numbers().next().is_some() && numbers().all(|run| run.len() < PHONE_DIGITS);
    (plain && !timed && words.len() == 1 && !known(&words[0]))
        .then(|| code(written))
        .flatten()
}
