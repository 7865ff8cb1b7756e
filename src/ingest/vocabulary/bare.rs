//! Words as they are typed where a keyboard has no signs above the letters: "Obecnosc", "Nume si prenume", "Telefono".

use super::text::without_signs;
use super::{FILES, Vocabulary, normalise, records};

/// Kinds of words that are short and too like each other to be taken without their signs.
const WITH_SIGNS_ONLY: &[&str] = &["convention", "legend", "settlement_type", "sex_pair"];

/// Languages whose words are syllables, told apart by nothing but their signs ("nữ", a woman, is "no" in Romanian).
const TONAL: &[&str] = &["vi"];

/// Letters from which words of such a language are taken without their signs.
const SHORTEST_TONAL: usize = 5;

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
                if let Some(bare) = without_signs(&term)
                    && !(TONAL.contains(language) && bare.len() < SHORTEST_TONAL)
                    && !(kind == "sex" && self.means_more(&normalise(&bare)))
                {
                    self.add(language, &kind, &meaning, &bare, &note);
                }
            }
        }
    }

    /// Whether a word is an answer or a day of the week: "nő" is a woman, "no" is none.
    fn means_more(&self, word: &str) -> bool {
        self.answers.contains(word) || self.weekdays.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Role, Sex, standard};

    #[test]
    fn a_sex_without_its_signs_is_no_answer_and_no_day() {
        for (word, sex) in [
            ("nő", Some(Sex::Female)),
            ("no", None),
            ("mêr", Some(Sex::Male)),
            ("mer", None),
            ("nu", None),
        ] {
            assert_eq!(standard().sex(word), sex, "{word}");
        }
    }

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
