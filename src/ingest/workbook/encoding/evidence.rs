//! Which of the one-byte encodings makes words of a text: each is tried with the letters of the languages written in it.

use encoding_rs::{
    Encoding, IBM866, ISO_8859_2, ISO_8859_5, ISO_8859_16, KOI8_U, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1254, WINDOWS_1257, X_MAC_CYRILLIC,
};

/// Bytes looked at; letters repeat long before.
const SAMPLE: usize = 1 << 16;
/// A letter out of place weighs as much as so many in place.
const OUT_OF_PLACE: usize = 4;

const UKRAINIAN: &str = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя";
const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
const BELARUSIAN: &str = "абвгдеёжзійклмнопрстуўфхцчшыьэюя";
const SERBIAN: &str = "абвгдђежзијклљмнњопрстћуфхцчџш";
const POLISH: &str = "ąćęłńóśźż";
const ROMANIAN: &str = "ăâîșțşţ";
const CZECH: &str = "áäčďéěíĺľňóôŕřšťúůýž";
const HUNGARIAN: &str = "áéíóöőúüű";
const CROATIAN: &str = "čćđšž";
const GERMAN: &str = "äöüß";
const FRENCH: &str = "àâæçéèêëîïôœùûüÿ";
const SPANISH: &str = "áéíñóúü";
const PORTUGUESE: &str = "áâãàçéêíóôõúü";
const ITALIAN: &str = "àèéìòù";
const NORDIC: &str = "åäöæøé";
const TURKISH: &str = "çğıöşüâîûi\u{307}";
const LITHUANIAN: &str = "ąčęėįšųūž";
const LATVIAN: &str = "āčēģīķļņšūž";

/// Letters of languages in one script.
type Languages = &'static [&'static str];

const CYRILLIC: Languages = &[UKRAINIAN, RUSSIAN, BELARUSIAN, SERBIAN];
const CENTRAL: Languages = &[POLISH, ROMANIAN, CZECH, HUNGARIAN, CROATIAN, GERMAN];
const WESTERN: Languages = &[FRENCH, SPANISH, PORTUGUESE, ITALIAN, GERMAN, NORDIC];

/// Encodings with the languages written in them; of two that fit alike the first stands.
const CANDIDATES: [(&Encoding, Languages); 11] = [
    (WINDOWS_1251, CYRILLIC),
    (WINDOWS_1250, CENTRAL),
    (WINDOWS_1252, WESTERN),
    (ISO_8859_2, CENTRAL),
    (ISO_8859_16, &[ROMANIAN, POLISH]),
    (KOI8_U, CYRILLIC),
    (IBM866, CYRILLIC),
    (X_MAC_CYRILLIC, CYRILLIC),
    (ISO_8859_5, CYRILLIC),
    (WINDOWS_1254, &[TURKISH]),
    (WINDOWS_1257, &[LITHUANIAN, LATVIAN]),
];

/// The encoding, `guessed` unless its text is no words and that of another is.
pub(super) fn settled(bytes: &[u8], guessed: &'static Encoding) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let own = CANDIDATES.iter().find(|(encoding, _)| *encoding == guessed);
    if own.is_some_and(|(encoding, languages)| fit(sample, encoding, languages).1 == 0) {
        return guessed;
    }
    let mut best = (0, guessed);
    for (encoding, languages) in CANDIDATES {
        let (good, bad) = fit(sample, encoding, languages);
        let weight = good.saturating_sub(bad * OUT_OF_PLACE);
        // The Turkish code page is the Western one but for six letters.
        let western = guessed == WINDOWS_1254 && encoding == WINDOWS_1252;
        if weight > best.0 || (western && weight > 0 && weight == best.0) {
            best = (weight, encoding);
        }
    }
    best.1
}

/// Letters in place and out of place for the language that suits best.
fn fit(bytes: &[u8], encoding: &'static Encoding, languages: Languages) -> (usize, usize) {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let fits = languages.iter().map(|letters| fit_language(&text, letters));
    fits.max_by_key(|(good, bad)| {
        isize::try_from(*good).unwrap_or(0) - isize::try_from(bad * OUT_OF_PLACE).unwrap_or(0)
    })
    .unwrap_or_default()
}

fn fit_language(text: &str, letters: &str) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            let in_word = || before.is_alphabetic() || next.is_alphabetic();
            if is_letter(c) {
                let known = c.to_lowercase().any(|lower| letters.contains(lower));
                let alone = is_cyrillic(c) && (before.is_ascii_alphabetic() || next.is_ascii_alphabetic());
                let fits = known && !alone && !(before.is_lowercase() && c.is_uppercase());
                good += usize::from(fits);
                bad += usize::from(!fits);
            } else if is_stray(c, next) && in_word() || c.is_control() {
                bad += 1;
            }
        }
        before = c;
    }
    (good, bad)
}

/// Words are not part Latin, part Cyrillic.
fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{4ff}').contains(&c)
}

/// A letter of a word; the raised ones after numbers are not.
fn is_letter(c: char) -> bool {
    crate::letters::is_letter(c) && !matches!(c, 'º' | 'ª')
}

/// A sign that stands in no word: quotes, dashes, blanks and number signs stand beside words.
fn is_stray(c: char, next: char) -> bool {
    match c {
        'º' | 'ª' => next.is_alphabetic(),
        '«'
        | '»'
        | '№'
        | '\u{a0}'
        | '\u{ad}'
        | '°'
        | '§'
        | '¿'
        | '¡'
        | '·'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_the_encoding() {
        let polish = "Imię i nazwisko;Data\nŁukasz Śliwiński;1\nMałgorzata Wójcik-Żak;2\nPaweł Źrebiec;3\n";
        let ukrainian = "Прізвище та ім'я;Дата\nҐалаґан Їжак Євгенія Юріївна;1\nШевченко Олесь;2\n";
        let russian = "ФИО;Дата\nФёдорова Нина Эдуардовна;1\nСъёмкин Пётр;2\n";
        let spanish = "N.º;Nombre y apellidos\n1;Lucía Fernández Muñoz\n";
        let french = "Nom et prénom;Séance\nPierre Lefèvre;1\n";
        let romanian = "Nume şi prenume;Şedinţa\nŢurcanu Ştefan;1\nMunteanu Mărioara;2\n";
        for (text, encoding) in [
            (polish, WINDOWS_1250),
            (polish, ISO_8859_2),
            (romanian, WINDOWS_1250),
            (ukrainian, WINDOWS_1251),
            (ukrainian, KOI8_U),
            (ukrainian, X_MAC_CYRILLIC),
            (russian, WINDOWS_1251),
            (russian, IBM866),
            (russian, X_MAC_CYRILLIC),
            (spanish, WINDOWS_1252),
            (french, WINDOWS_1252),
        ] {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost, "{} has every letter", encoding.name());
            for guessed in [encoding, WINDOWS_1252, WINDOWS_1254] {
                let settled = settled(&bytes, guessed);
                let read = settled.decode_without_bom_handling(&bytes).0;
                assert_eq!(
                    read,
                    text,
                    "{} taken for {}, guessed {}",
                    encoding.name(),
                    settled.name(),
                    guessed.name()
                );
            }
        }
    }
}
