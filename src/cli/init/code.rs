//! Codes in Latin letters made of words in any alphabet, and the words of a file's name that are worth one.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::ingest::vocabulary::{self, Vocabulary, normalise};

/// Letters of a code.
const LONGEST_CODE: usize = 32;

/// Cyrillic letters in Latin ones, as Ukrainian passports write them (Cabinet of Ministers of Ukraine, resolution 55 of
/// 2010), Russian and Serbian letters after the same manner.
const LATIN: &[(char, &str)] = &[
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "h"),
    ('ґ', "g"),
    ('д', "d"),
    ('е', "e"),
    ('є', "ie"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "y"),
    ('і', "i"),
    ('ї', "i"),
    ('й', "i"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ю', "iu"),
    ('я', "ia"),
    ('ё', "io"),
    ('ы', "y"),
    ('э', "e"),
    ('ђ', "dj"),
    ('ј', "j"),
    ('љ', "lj"),
    ('њ', "nj"),
    ('ћ', "c"),
    ('џ', "dz"),
    ('ł', "l"),
    ('ı', "i"),
    ('ø', "o"),
    ('đ', "d"),
    ('ß', "ss"),
];

/// A code in small Latin letters, digits and dashes; nothing where no word gives any.
pub(super) fn code(words: &str) -> Option<String> {
    let mut latin = String::new();
    for letter in words.to_lowercase().chars() {
        if let Some((_, spelt)) = LATIN.iter().find(|(from, _)| *from == letter) {
            latin.push_str(spelt);
            continue;
        }
        let parts = std::iter::once(letter).nfd().filter(|part| !is_combining_mark(*part));
        for part in parts {
            match part {
                'a'..='z' | '0'..='9' => latin.push(part),
                'ь' | 'ъ' | '\'' | '’' | 'ʼ' | '`' => {}
                _ => latin.push('-'),
            }
        }
    }
    let mut code = String::new();
    for word in latin.split('-').filter(|word| !word.is_empty()) {
        if !code.is_empty() {
            if code.len() + 1 + word.len() > LONGEST_CODE {
                break;
            }
            code.push('-');
        }
        code.push_str(word);
    }
    code.truncate(LONGEST_CODE);
    code.chars().any(|c| c.is_ascii_alphabetic()).then_some(code)
}

/// The words of a name that are no number, month, weekday or day: what all files of one kind share.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let vocabulary = vocabulary::standard();
    name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | 'ʼ'))
        .filter(|word| {
            word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.contains(|c: char| c.is_ascii_digit())
        })
        .filter(|word| !is_time(word, vocabulary))
        .map(str::to_owned)
        .collect()
}

/// Letters and digits that a name must keep before its date.
const SHORTEST_NAME: usize = 3;

/// The beginning of a name that ends with the day, month or year of what is in it: next month's file begins likewise.
pub(super) fn undated(name: &str) -> Option<&str> {
    let vocabulary = vocabulary::standard();
    let mut start = name;
    loop {
        let bare = start.trim_end_matches(|c: char| !c.is_alphabetic());
        let word = bare.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if word.is_empty() || vocabulary.month(word).is_none() {
            start = bare;
            break;
        }
        start = bare.strip_suffix(word)?;
    }
    let end = &name[start.len()..];
    let year = end
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| matches!(digits.len(), 4 | 8 | 14) && is_year(digits));
    let timed = year
        || end
            .split(|c: char| !c.is_alphabetic())
            .any(|word| vocabulary.month(word).is_some());
    let kept = start.chars().filter(|c| c.is_alphanumeric()).count();
    (timed && kept >= SHORTEST_NAME).then_some(start)
}

/// Whether digits begin or end with a year of this century: "2026", "20260203", "03022026".
fn is_year(digits: &str) -> bool {
    let ends = digits.len() == 8 && digits[4..].starts_with("20");
    digits.starts_with("20") || ends
}

fn is_time(word: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.month(word).is_some() || vocabulary.weekday(word).is_some()
}

/// Words that all names share, in the order of the first.
pub(super) fn shared(names: &[Vec<String>]) -> Vec<String> {
    let Some((first, others)) = names.split_first() else {
        return Vec::new();
    };
    let has = |names: &[String], word: &str| names.iter().any(|other| normalise(other) == normalise(word));
    let everywhere = |word: &&String| others.iter().all(|other| has(other, word));
    first.iter().filter(everywhere).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_readable_in_any_alphabet() {
        assert_eq!(code("Дозвілля").as_deref(), Some("dozvillia"));
        assert_eq!(code("Групові консультації").as_deref(), Some("hrupovi-konsultatsii"));
        assert_eq!(code("Prezență Łódź").as_deref(), Some("prezenta-lodz"));
        assert_eq!(code("12.03"), None);
        assert_eq!(code("نشاط"), None);
    }

    #[test]
    fn a_name_ends_where_its_date_begins() {
        for (name, start) in [
            (
                "Konsultacje_-_all_versions_-_2026-02-03-08-11-52",
                "Konsultacje_-_all_versions",
            ),
            ("Реєстр березень 2026", "Реєстр"),
            ("Реєстр_2026_березень", "Реєстр"),
            ("registry-20260203", "registry"),
            ("registry 03022026 (1)", "registry"),
            ("prezență martie", "prezență"),
        ] {
            assert_eq!(undated(name), Some(start), "{name}");
        }
        for name in ["Реєстр", "2026-03", "group 2", "Q1 2026", "clients_v12", "5000"] {
            assert_eq!(undated(name), None, "{name}");
        }
    }

    #[test]
    fn months_and_numbers_are_no_words_of_a_name() {
        assert_eq!(words_of("Дозвілля_03_2026"), ["Дозвілля"]);
        assert_eq!(words_of("Реєстр березень 2026"), ["Реєстр"]);
        assert_eq!(words_of("захід_122_05.12.2026"), ["захід"]);
    }
}
