//! Slips of hands and keyboards.

use chrono::{Datelike, NaiveDate};

use super::chance::Chance;

/// Rows of the Ukrainian keyboard.
const KEYS: [&str; 3] = ["йцукенгшщзхї", "фівапролджє", "ячсмитьбю"];
/// Cyrillic letters with the Latin ones that look the same.
const LOOK_ALIKES: [(char, char); 17] = [
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('х', 'x'),
    ('у', 'y'),
    ('і', 'i'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('С', 'C'),
    ('Т', 'T'),
];

/// A word with one typing error.
pub(crate) fn slip(word: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return word.to_owned();
    }
    // The first letter is seldom wrong.
    let at = if chance.is(0.05) {
        0
    } else {
        1 + chance.below(letters.len() - 1)
    };
    match chance.below(6) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 if at > 1 => letters.swap(at - 1, at),
        3 => letters[at] = sound_alike(letters[at]),
        4 => {
            let places: Vec<usize> = (0..letters.len())
                .filter(|at| look_alike(letters[*at]).is_some())
                .collect();
            if !places.is_empty() {
                let place = *chance.pick(&places);
                letters[place] = look_alike(letters[place]).unwrap_or(letters[place]);
            }
        }
        _ => letters[at] = beside(letters[at], chance),
    }
    letters.into_iter().collect()
}

fn look_alike(letter: char) -> Option<char> {
    LOOK_ALIKES.iter().find(|(from, _)| *from == letter).map(|(_, to)| *to)
}

/// A letter that is heard much the same.
fn sound_alike(letter: char) -> char {
    const PAIRS: [(char, char); 9] = [
        ('е', 'и'),
        ('о', 'а'),
        ('і', 'и'),
        ('г', 'ґ'),
        ('з', 'с'),
        ('д', 'т'),
        ('б', 'п'),
        ('є', 'е'),
        ('щ', 'ш'),
    ];
    let other = |(a, b): &(char, char)| match letter {
        _ if letter == *a => Some(*b),
        _ if letter == *b => Some(*a),
        _ => None,
    };
    PAIRS.iter().find_map(other).unwrap_or(letter)
}

/// A key beside the right one.
fn beside(letter: char, chance: &mut Chance) -> char {
    for row in KEYS {
        let keys: Vec<char> = row.chars().collect();
        if let Some(at) = keys.iter().position(|key| *key == letter) {
            let next = if chance.is(0.5) { at.saturating_sub(1) } else { at + 1 };
            return keys[next.min(keys.len() - 1)];
        }
    }
    letter
}

/// A birth date with day and month swapped, or with a wrong digit.
pub(crate) fn slip_birth(birth: NaiveDate, chance: &mut Chance) -> NaiveDate {
    let (year, month, day) = (birth.year(), birth.month(), birth.day());
    let slipped = match chance.below(5) {
        0 | 1 => NaiveDate::from_ymd_opt(year, day, month),
        2 => NaiveDate::from_ymd_opt(year, month, (day + 10) % 30 + 1),
        3 => NaiveDate::from_ymd_opt(year, month % 12 + 1, day),
        _ => NaiveDate::from_ymd_opt(year + *chance.pick(&[-10, -1, 1, 10]), month, day),
    };
    slipped
        .filter(|day| day.year() < super::population::YEAR)
        .unwrap_or(birth)
}

/// A phone with one wrong digit.
pub(crate) fn slip_digit(phone: &str, chance: &mut Chance) -> String {
    let at = 3 + chance.below(phone.len() - 3);
    let digit = chance.below(10).to_string();
    format!("{}{digit}{}", &phone[..at], &phone[at + 1..])
}

/// A phone of ten digits as it is written.
pub(crate) fn style_phone(phone: &str, style: usize) -> String {
    let (code, a, b, c) = (&phone[..3], &phone[3..6], &phone[6..8], &phone[8..]);
    match style {
        0 => format!("{code} {a} {b} {c}"),
        1 => format!("{code}-{a}-{b}-{c}"),
        2 => format!("+38{phone}"),
        3 => format!("38{phone}"),
        4 => format!("({code}) {a}-{b}-{c}"),
        5 => format!("+38 ({code}) {a} {b} {c}"),
        // A spreadsheet took it for a number.
        6 => phone[1..].to_owned(),
        _ => phone.to_owned(),
    }
}

/// A word with the apostrophe of the paper, or now and then with none.
pub(crate) fn other_apostrophe(word: &str, sign: char, chance: &mut Chance) -> String {
    if !word.contains('\'') {
        return word.to_owned();
    }
    match chance.below(10) {
        0 => word.replace('\'', ""),
        1 => word.replace('\'', "\""),
        _ => word.replace('\'', &sign.to_string()),
    }
}

/// All capitals, or none.
pub(crate) fn capitals(text: &str, chance: &mut Chance) -> String {
    if chance.is(0.7) {
        text.to_uppercase()
    } else {
        text.to_lowercase()
    }
}

/// A text with a stray sign.
pub(crate) fn garnish(text: &str, chance: &mut Chance) -> String {
    match chance.below(5) {
        0 => format!("{text}."),
        1 => format!("{text} "),
        2 => format!(" {text}"),
        3 => text.replacen(' ', "  ", 1),
        _ => format!("{text},"),
    }
}
