//! Words as they are typed where a keyboard has no signs above the letters: "Obecnosc", "Nume si prenume", "Telefono".

use super::text::without_signs;
use super::{FILES, Vocabulary, records};

/// Kinds of words that are short and too like each other to be taken without their signs.
const WITH_SIGNS_ONLY: &[&str] = &["convention", "legend", "settlement_type", "sex_pair"];

/// Letters from which a mark is a word.
const SHORTEST_MARK: usize = 4;

impl Vocabulary {
    /// Adds every word without its signs, after all words as they should be written: those stand above.
    pub(super) fn add_bare(&mut self) {
        for (language, text) in FILES {
            for [kind, meaning, term, note] in records(text) {
                let short = kind == "mark" && term.chars().count() < SHORTEST_MARK;
                if short || WITH_SIGNS_ONLY.contains(&kind.as_str()) {
                    continue;
                }
                if let Some(bare) = without_signs(&term) {
                    self.add(language, &kind, &meaning, &bare, &note);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Role, standard};

    #[test]
    fn headings_are_known_without_their_signs() {
        let vocabulary = standard();
        for (written, role) in [
            ("Nume si prenume", Role::FullName),
            ("Obecnosc", Role::AttendedFlag),
            ("Imie", Role::GivenName),
        ] {
            let meant = vocabulary.header(written);
            assert!(meant.contains(&role), "{written}: {meant:?}");
        }
    }
}
