//! Terms that every cell of a table is asked about, though hardly any is one of them: nearly all texts are told apart
//! by their first two letters, before anything is normalised.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::text::{LOOK_ALIKES, plain_lower};

/// Normalised terms with what each means.
#[derive(Debug, Clone)]
pub(super) struct Words<V> {
    known: HashMap<String, V>,
    openings: Openings,
}

impl<V> Default for Words<V> {
    fn default() -> Self {
        Self {
            known: HashMap::new(),
            openings: Openings::default(),
        }
    }
}

impl<V> Words<V> {
    /// The place of a normalised term, new or known.
    pub(super) fn entry(&mut self, term: String) -> Entry<'_, String, V> {
        self.openings.add(&term);
        self.known.entry(term)
    }

    /// Gives a normalised term a meaning.
    pub(super) fn insert(&mut self, term: String, meaning: V) {
        self.openings.add(&term);
        self.known.insert(term, meaning);
    }

    /// The meaning of a normalised text.
    pub(super) fn get(&self, normalised: &str) -> Option<&V> {
        self.known.get(normalised)
    }

    /// Whether a normalised text is one of the terms.
    pub(super) fn contains(&self, normalised: &str) -> bool {
        self.known.contains_key(normalised)
    }

    /// Whether any term is of a kind.
    pub(super) fn any(&self, is: impl Fn(&str) -> bool) -> bool {
        self.known.keys().any(|term| is(term))
    }

    /// Whether a text, normalised or not, is surely none of the terms and begins with none of them as whole words.
    pub(super) fn none_opens(&self, text: &str) -> bool {
        opening(text).is_some_and(|opening| !self.openings.has(opening))
    }
}

/// Classes of letters and digits that no normalisation tells apart.
const CLASSES: usize = 10 + 26 + 48;
/// Words of the set of pairs.
const SET: usize = (CLASSES * CLASSES).div_ceil(64);

/// The pairs of classes with which terms begin.
#[derive(Debug, Clone)]
struct Openings([u64; SET]);

impl Default for Openings {
    fn default() -> Self {
        Self([0; SET])
    }
}

impl Openings {
    fn add(&mut self, term: &str) {
        let mut letters = term.chars().map(class);
        // A term that does not begin with two letters or digits opens no text that does.
        if let (Some(Some(first)), Some(Some(second))) = (letters.next(), letters.next()) {
            let pair = first * CLASSES + second;
            self.0[pair / 64] |= 1 << (pair % 64);
        }
    }

    fn has(&self, pair: usize) -> bool {
        (self.0[pair / 64] >> (pair % 64)) & 1 == 1
    }
}

/// The classes of the first two characters of a text, as one number; `None` where they are no letters or digits, where a
/// word may end between them, or where what follows could change them.
fn opening(text: &str) -> Option<usize> {
    let mut letters = text.chars();
    let (first, second) = (class(letters.next()?)?, class(letters.next()?)?);
    let third = letters.next();
    let parted = first >= 10 && second < 10;
    let open = third.is_some_and(|c| !c.is_ascii() && class(c).is_none());
    (!parted && !open).then_some(first * CLASSES + second)
}

/// The class of a letter or digit that normalising keeps but for case and for look-alikes of the other script.
fn class(c: char) -> Option<usize> {
    match c {
        '0'..='9' => Some(c as usize - '0' as usize),
        'a'..='z' | 'A'..='Z' => Some(LATIN[usize::from(c.to_ascii_lowercase() as u8 - b'a')]),
        '\u{400}'..='\u{45F}' => plain_lower(c).map(cyrillic),
        _ => None,
    }
}

const fn cyrillic(small: char) -> usize {
    10 + 26 + small as usize - 0x430
}

/// Classes of the Latin letters.
const LATIN: [usize; 26] = {
    let mut classes = [0; 26];
    let mut letter = 0;
    while letter < 26 {
        classes[letter] = 10 + letter;
        letter += 1;
    }
    let mut pair = 0;
    while pair < LOOK_ALIKES.len() {
        let (latin, like) = LOOK_ALIKES[pair];
        classes[latin as usize - 'a' as usize] = cyrillic(like);
        pair += 1;
    }
    classes
};

#[cfg(test)]
mod tests {
    use super::super::{normalise, prefixes};
    use super::*;

    /// Characters of several scripts, marks and signs among them.
    fn characters() -> Vec<char> {
        let ranges = [
            0x20..0x7F,
            0xA0..0xB5,
            0xE0..0xF0,
            0x300..0x309,
            0x400..0x464,
            0x490..0x492,
            0x2018..0x201A,
        ];
        ranges.into_iter().flatten().filter_map(char::from_u32).collect()
    }

    #[test]
    fn normalising_keeps_the_opening_of_a_text() {
        let characters = characters();
        let rests = [
            "",
            " ",
            "a",
            "іва",
            "5",
            "\u{306}",
            "\u{AD}\u{306}",
            "’я",
            ".",
            "\u{301}Z",
        ];
        for first in &characters {
            for second in &characters {
                for rest in rests {
                    let text = format!("{first}{second}{rest}");
                    if let Some(before) = opening(&text) {
                        let normalised = normalise(&text);
                        assert_eq!(opening(&normalised), Some(before), "{text:?} {normalised:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_text_that_no_term_opens_is_none_and_begins_with_none() {
        let terms = ["так", "і", "н", "12", "no", "м.", "не було", "a", "ok", "5"];
        let mut words = Words::default();
        for term in terms {
            words.insert(normalise(term), ());
        }
        let beginnings = [
            "ТАК", "так", "Tак", "та", "і1", "ін", "no", "NO", "nо", "12", "1", "не", "А1", "AB", "о'", "5б",
        ];
        let rests = ["", " було", ".", "5", "к", "(так)", ", ні", "’я", "\u{306}"];
        for text in beginnings
            .iter()
            .flat_map(|text| rests.map(|rest| format!("{text}{rest}")))
        {
            let normalised = normalise(&text);
            let known = prefixes(&normalised).any(|prefix| words.contains(prefix));
            assert!(!(known && words.none_opens(&text)), "{text}");
        }
        assert!(words.none_opens("Коваль") && words.none_opens("31.01.2026") && !words.none_opens("Такий"));
    }
}
