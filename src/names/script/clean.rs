//! A written word as it is compared: lower case, one alphabet, dashes and apostrophes of one kind.

use unicode_normalization::UnicodeNormalization;

use crate::letters::is_letter;

/// Latin letters that look like Cyrillic ones, lower case.
const LOOK_ALIKE: &[(char, char)] = &[
    ('a', 'а'),
    ('b', 'в'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('i', 'і'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('t', 'т'),
    ('x', 'х'),
    ('y', 'у'),
    ('ï', 'ї'),
    ('j', 'ј'),
];

/// Whether a letter is a Cyrillic one.
pub(crate) fn is_cyrillic(letter: char) -> bool {
    ('\u{0400}'..='\u{052F}').contains(&letter)
}

/// Lower case, one alphabet per word where letters of two are mixed, dashes and apostrophes unified.
pub(crate) fn clean(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let lower = composed.to_lowercase();
    let unified: String = lower
        .chars()
        .filter(|letter| !matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}'))
        .map(|letter| match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '`' | '´' | '’' | '‘' | 'ʼ' | '′' | '‛' | 'ʹ'..='ʻ' | 'ʽ'..='ʿ' => '\'',
            other if other.is_whitespace() || other.is_control() => ' ',
            other => other,
        })
        .collect();
    let words: Vec<String> = unified
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(one_alphabet)
        .collect();
    words.join(" ")
}

/// Puts look-alike letters of the other alphabet right where a word mixes both.
fn one_alphabet(word: &str) -> String {
    let cyrillic = word.chars().filter(|letter| is_cyrillic(*letter)).count();
    let latin = word
        .chars()
        .filter(|letter| !is_cyrillic(*letter) && is_letter(*letter))
        .count();
    if cyrillic == 0 || latin == 0 {
        return word.to_owned();
    }
    // A Latin letter without a Cyrillic twin (and the other way round) shows which alphabet was meant.
    let latin_only = word
        .chars()
        .filter(|letter| letter.is_ascii_alphabetic() && twin(*letter, true).is_none())
        .count();
    let cyrillic_only = word
        .chars()
        .filter(|letter| is_cyrillic(*letter) && twin(*letter, false).is_none())
        .count();
    let to_cyrillic = (cyrillic_only, cyrillic) >= (latin_only, latin);
    word.chars()
        .map(|letter| twin(letter, to_cyrillic).unwrap_or(letter))
        .collect()
}

fn twin(letter: char, to_cyrillic: bool) -> Option<char> {
    LOOK_ALIKE.iter().find_map(|&(latin, cyrillic)| match to_cyrillic {
        true if latin == letter => Some(cyrillic),
        false if cyrillic == letter => Some(latin),
        _ => None,
    })
}
