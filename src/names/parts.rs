//! A written name, parted into its words.

use ustr::Ustr;

use super::NAMES;
use super::script::{clean, initial, initials, skeleton};
use crate::letters::is_letter;

/// "Servant of", which stands before a name of God, as a word of its own or not.
pub(crate) const SERVANT: &str = "عبد";

/// A cleaned text in which the two words of such a name are one: `عبد الله`, `عبدالله`.
pub(crate) fn joined(cleaned: String) -> String {
    if !cleaned.contains(SERVANT) {
        return cleaned;
    }
    let mut joined = String::with_capacity(cleaned.len());
    for word in cleaned.split(' ') {
        let goes_on = joined.rsplit(' ').next() == Some(SERVANT);
        if !joined.is_empty() && !goes_on {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// One word of a name.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) skeleton: Ustr,
    /// The letter it is abbreviated by.
    pub(crate) first: Option<char>,
    /// Whether only that letter is written.
    pub(crate) initial: bool,
    pub(crate) bracketed: bool,
}

/// The words of a name; a letter alone, or any before a dot (`С.С.`), is an initial.
pub(crate) fn words(name: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut bracketed = false;
    let mut current = String::new();
    let mut finish = |current: &mut String, dotted: bool, bracketed: bool| {
        let folded = skeleton(current);
        let letters = current.chars().filter(|letter| is_letter(*letter)).count();
        if !folded.is_empty() {
            let short = (letters == 1 || (dotted && letters <= 2)) && !current.chars().any(is_syllable);
            let first = if short {
                initial(current)
            } else {
                initials(&folded).first().copied()
            };
            found.push(Word {
                first,
                initial: short,
                skeleton: Ustr::from(&folded),
                bracketed,
            });
        }
        current.clear();
    };
    for letter in joined(clean(&NAMES.with_blanks(name))).chars() {
        match letter {
            '(' | '[' => {
                finish(&mut current, false, bracketed);
                bracketed = true;
            }
            ')' | ']' => {
                finish(&mut current, false, bracketed);
                bracketed = false;
            }
            '.' => finish(&mut current, true, bracketed),
            ' ' | ',' | ';' | '/' | '-' => finish(&mut current, false, bracketed),
            letter if is_letter(letter) || letter == '\'' => current.push(letter),
            _ => {}
        }
    }
    finish(&mut current, false, bracketed);
    found
}

/// Whether a sign of East Asia stands for a syllable or a word: one alone is a whole name (`李`, `김`).
fn is_syllable(letter: char) -> bool {
    matches!(letter, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
