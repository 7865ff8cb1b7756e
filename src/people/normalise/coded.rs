//! Numbers in the place of a name.

use super::super::contact::{Code, code};
use super::super::names::NAMES;
use super::Word;

/// Digits from which a number beside a name is a phone.
const PHONE_DIGITS: usize = 9;

/// A number that stands for a name (`учень_48`, `18211a04n2`, `Person 2`): nobody else's word and digits. A name that
/// is known, a time (`14:30`) or a phone beside a word make none.
pub(super) fn in_place_of_a_name(written: &str, words: &[Word]) -> Option<Code> {
    let numbers = || {
        written
            .split(|c: char| !c.is_ascii_digit())
            .filter(|run| !run.is_empty())
    };
    let timed = written.contains(':') || numbers().count() > 1 && written.contains(['.', '/']);
    let known = words
        .iter()
        .any(|word| NAMES.given(&word.skeleton).is_some() || word.bracketed);
    let plain = numbers().next().is_some() && numbers().all(|run| run.len() < PHONE_DIGITS);
    // A code mixes letters and digits; words of a name stand apart from what is beside them.
    let mixed = |token: &str| {
        let letters = token.chars().filter(|c| c.is_alphabetic()).count();
        letters > 0 && letters < token.chars().count() && token.contains(|c: char| c.is_ascii_digit())
    };
    let token = written
        .split_whitespace()
        .next()
        .filter(|first| first.len() == written.trim().len());
    let alone = token.is_some_and(mixed) || words.len() == 1 && !words[0].initial;
    (plain && alone && !timed && !known).then(|| code(written)).flatten()
}
