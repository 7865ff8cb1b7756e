//! The one way words are made comparable before they are looked up.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(crate) use crate::letters::is_letter;

/// Latin letters and the Cyrillic letters they are mistaken for, small or capital.
pub(super) const LOOK_ALIKES: &[(char, char)] = &[
    ('a', 'а'),
    ('b', 'в'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('i', 'і'),
    ('j', 'ј'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('s', 'ѕ'),
    ('t', 'т'),
    ('x', 'х'),
    ('y', 'у'),
];

/// A Latin word as it is typed without the signs above and below its letters; `None` where it has none.
pub(super) fn without_signs(term: &str) -> Option<String> {
    let latin = |c: char| c.is_ascii() || !c.is_alphabetic() || is_latin(c) || c == 'ə';
    if term.is_ascii() || !term.to_lowercase().chars().all(latin) {
        return None;
    }
    let bare: String = term
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'ł' => 'l',
            'Ł' => 'L',
            'đ' => 'd',
            'Đ' => 'D',
            'ı' => 'i',
            'ø' => 'o',
            'ə' => 'e',
            'Ə' => 'E',
            other => other,
        })
        .collect();
    (bare != term && bare.is_ascii()).then_some(bare)
}

/// Text made comparable: composed, lower case, plain spaces and apostrophes, one script within a word,
/// no punctuation at the end.
pub fn normalise(text: &str) -> String {
    let folded = plainly_folded(text).unwrap_or_else(|| folded(text));
    let length = folded.trim_end_matches(['.', ':', ',', ';', ' ']).len();
    let mut bare = folded;
    if length > 0 {
        bare.truncate(length);
    }
    bare
}

/// The words of any text, folded.
fn folded(text: &str) -> String {
    text.split(is_space)
        .map(|word| word.chars().filter(|c| !is_invisible(*c)).collect::<String>())
        .filter(|word| !word.is_empty())
        .map(|word| fold_word(&word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What [`folded`] makes of a text whose characters are all composed and have one small letter each, as nearly all
/// texts do; `None` for others.
fn plainly_folded(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    // Where the current word begins, and the scripts of its letters.
    let (mut start, mut latin, mut cyrillic) = (0, false, false);
    for c in text.chars().chain([' ']) {
        if is_space(c) {
            if latin && cyrillic {
                let word = one_script(&out[start..]);
                out.truncate(start);
                out.push_str(&word);
            }
            if out.len() > start {
                out.push(' ');
            }
            (start, latin, cyrillic) = (out.len(), false, false);
        } else if !is_invisible(c) {
            let small = plain_lower(c)?;
            latin |= is_latin(small);
            cyrillic |= is_cyrillic(small);
            out.push(small);
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    Some(out)
}

/// The small letter of a character that no composition concerns; `None` where the Unicode tables must tell.
pub(super) fn plain_lower(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7F}' => Some(fold_apostrophe(c.to_ascii_lowercase())),
        // The Cyrillic block keeps small letters 32 places after capitals, and 80 where those stand before А.
        'А'..='Я' => char::from_u32(u32::from(c) + 32),
        'Ѐ'..='Џ' => char::from_u32(u32::from(c) + 80),
        'а'..='џ' => Some(c),
        'Ґ' | 'ґ' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='į' | 'ı'..='ſ' => c.to_lowercase().next(),
        '«' | '»' | '°' | '№' | '\u{2013}'..='\u{201F}' | '…' | '\u{2BC}' | '\u{B4}' => Some(fold_apostrophe(c)),
        _ => None,
    }
}

/// Whether a character belongs to a word: a letter, or a sign upon one. Vowels and the signs that join or hush letters
/// stand upon them in Thai, Burmese, Bengali and the script of Nepali, and not all of these are letters by the tables.
pub(crate) fn is_of_word(c: char) -> bool {
    is_letter(c) || !c.is_ascii() && is_combining_mark(c)
}

/// Whether a text surely keeps more than so many letters and digits when it is normalised.
pub(super) fn has_more_letters(text: &str, limit: usize) -> bool {
    let sure = |c: &char| c.is_ascii_alphanumeric() || matches!(c, 'А'..='я');
    text.chars().filter(sure).nth(limit).is_some()
}

/// Cyrillic look-alike of a text written in Latin letters, where every letter has one.
pub(crate) fn as_cyrillic(normalised: &str) -> Option<String> {
    normalised
        .chars()
        .map(|c| if is_latin(c) { to_cyrillic(c) } else { Some(c) })
        .collect()
}

/// Latin look-alike of a text written in Cyrillic letters, where every letter has one.
pub(crate) fn as_latin(normalised: &str) -> Option<String> {
    normalised
        .chars()
        .map(|c| if is_cyrillic(c) { to_latin(c) } else { Some(c) })
        .collect()
}

/// Whether a small letter is Cyrillic and looks like no Latin one.
pub(crate) fn is_only_cyrillic(c: char) -> bool {
    is_cyrillic(c) && to_latin(c).is_none()
}

/// Whether a small letter is Latin and looks like no Cyrillic one.
pub(crate) fn is_only_latin(c: char) -> bool {
    is_latin(c) && to_cyrillic(c).is_none()
}

/// Whether a character is a letter or a number, as [`char::is_alphanumeric`] has it; see [`is_letter`].
pub(crate) fn is_letter_or_number(c: char) -> bool {
    c.is_ascii_digit() || is_letter(c) || !c.is_ascii() && c.is_numeric()
}

/// The first of the small letters of a character, as [`char::to_lowercase`] has them.
pub(crate) fn small(c: char) -> char {
    match c {
        '\0'..='\u{7F}' => c.to_ascii_lowercase(),
        '\u{400}'..='\u{45F}' => plain_lower(c).unwrap_or(c),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// White space of any kind.
pub(crate) fn is_space(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace() || c == '\u{B}';
    }
    c.is_whitespace() || matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}' | '\u{3000}')
}

/// Characters that take no room.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{FE0E}' | '\u{FE0F}')
}

/// A digit of another script as the one that it means: Arabic-Indic, Persian, Devanagari, Bengali, Thai, Burmese, full
/// width.
pub(crate) fn fold_digit(c: char) -> char {
    let zeros = [
        '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{E50}', '\u{1040}', '\u{FF10}',
    ];
    let digit = |zero: char| u32::from(c).checked_sub(u32::from(zero)).filter(|digit| *digit < 10);
    let digit = zeros.into_iter().filter(|_| !c.is_ascii()).find_map(digit);
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

/// Apostrophes, accents and quotes that stand for one.
pub(crate) fn fold_apostrophe(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BB}' | '\u{2BC}' | '\u{2B9}' | '\u{2032}' | '`' | '\u{B4}'
        | '\u{55A}' => '\'',
        other => other,
    }
}

/// A letter that is one with another in headings: Greek capitals bear no accents and know no sigma for the end of a
/// word;
/// Persian and Urdu are typed on Arabic keyboards.
fn fold_letter(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        other => other,
    }
}

fn fold_word(word: &str) -> String {
    let lower: String = word.nfc().flat_map(char::to_lowercase).map(fold_apostrophe).collect();
    // A capital with a combining mark may only compose after lower-casing.
    let lower: String = lower.nfc().map(fold_letter).collect();
    one_script(&lower)
}

/// A word that mixes Latin and Cyrillic, in the script of most of its letters.
fn one_script(word: &str) -> String {
    let latin = word.chars().filter(|c| is_latin(*c)).count();
    let cyrillic = word.chars().filter(|c| is_cyrillic(*c)).count();
    if latin == 0 || cyrillic == 0 {
        return word.to_owned();
    }
    let all_latin_fold = word.chars().filter(|c| is_latin(*c)).all(|c| to_cyrillic(c).is_some());
    let all_cyrillic_fold = word.chars().filter(|c| is_cyrillic(*c)).all(|c| to_latin(c).is_some());
    let to_cyr = match (all_latin_fold, all_cyrillic_fold) {
        (true, false) => true,
        (false, true) => false,
        (true, true) | (false, false) => cyrillic >= latin,
    };
    word.chars()
        .map(|c| {
            let other = if to_cyr { to_cyrillic(c) } else { to_latin(c) };
            other.unwrap_or(c)
        })
        .collect()
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && c.is_alphabetic()
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52F}')
}

fn to_cyrillic(latin: char) -> Option<char> {
    LOOK_ALIKES.iter().find(|(from, _)| *from == latin).map(|(_, to)| *to)
}

fn to_latin(cyrillic: char) -> Option<char> {
    LOOK_ALIKES
        .iter()
        .find(|(_, from)| *from == cyrillic)
        .map(|(to, _)| *to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_one_form_of_many_spellings() {
        assert_eq!(
            normalise("  Прізвище,\u{A0}ім’я\n по  батькові: "),
            "прізвище, ім'я по батькові"
        );
        assert_eq!(normalise("и\u{306}ога"), "йога");
        assert_eq!(normalise("ПIБ"), "піб");
        assert_eq!(normalise("П.I.Б."), "п.і.б");
        assert_eq!(normalise("Tелeфон"), "телефон");
        assert_eq!(normalise("Nаme"), "name");
        assert_eq!(normalise("те\u{AD}ле\u{200B}фон"), "телефон");
    }

    #[test]
    fn the_short_way_folds_as_the_long_one() {
        for text in [
            "  Прізвище,\u{A0}ім’я\n по  батькові: ",
            "ПIБ",
            "П.I.Б. Tелефон",
            "Żółć Łódź ĆEVAPI Ÿ ŉ ſ",
            "те\u{AD}ле\u{200B}фон №  5 «Весна» — …",
            "`a´b‘c",
            " .. ",
            "",
        ] {
            assert_eq!(plainly_folded(text).as_deref(), Some(folded(text).as_str()), "{text}");
        }
        for c in (0..0x3000).filter_map(char::from_u32) {
            let text = format!("{c}a б{c}");
            assert!(
                plainly_folded(&text).is_none_or(|plain| plain == folded(&text)),
                "{c:?}"
            );
        }
        assert_eq!(plainly_folded("и\u{306}ога"), None);
    }

    #[test]
    fn the_short_ways_tell_what_the_tables_tell() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter_or_number(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(Some(small(c)), c.to_lowercase().next(), "{c:?}");
            let space = c.is_whitespace() || matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}' | '\u{3000}');
            assert_eq!(is_space(c), space, "{c:?}");
        }
    }

    #[test]
    fn no_sign_becomes_a_colon() {
        for c in ('\0'..=char::MAX).filter(|c| *c != ':') {
            assert!(!normalise(&format!("1{c}2")).contains(':'), "{c:?}");
        }
    }

    #[test]
    fn words_of_other_scripts_are_whole_and_one() {
        for word in [
            "กุมภาพันธ์",
            "အမည်",
            "বৃহস্পতিবার",
            "हस्ताक्षर",
            "विद्यार्थी",
            "Họ",
            "Ստորագրություն",
            "امضاء",
            "ፊርማ",
        ] {
            assert!(word.chars().all(is_of_word), "{word}");
            let composed: String = word.to_lowercase().nfc().collect();
            assert_eq!(normalise(word), normalise(&composed), "{word}");
        }
        assert_eq!(normalise("ΌΝΟΜΑΤΕΠΏΝΥΜΟΣ"), normalise("Ονοματεπώνυμος"));
        assert_eq!(normalise("ΟΝΟΜΑΤΕΠΩΝΥΜΟ"), normalise("Ονοματεπώνυμο"));
        assert_eq!(normalise("تاريخ"), normalise("تاریخ"));
        assert_eq!(normalise("Tugʻilgan"), "tug'ilgan");
        assert_eq!(fold_digit('၅'), '5');
    }

    #[test]
    fn keeps_text_that_is_only_punctuation() {
        assert_eq!(normalise(" .. "), "..");
        assert_eq!(normalise("-"), "-");
    }
}
