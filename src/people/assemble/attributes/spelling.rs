//! Spellings of one value: which are the same, and which one reports show.

use crate::people::facts::{fold, plain_apostrophe};

/// Words for the kind of a settlement, which change nothing about which settlement is meant.
const SETTLEMENT_WORDS: [&str; 3] = [
    include_str!("../settlement_words/uk.txt"),
    include_str!("../settlement_words/ru.txt"),
    include_str!("../settlement_words/en.txt"),
];

/// How the values of a field are compared and cleaned.
pub(super) enum Spelling {
    /// Case, spaces and the kind of apostrophe do not matter.
    Plain,
    /// Nor do the words for the kind of settlement, or a missing apostrophe.
    Settlement(Vec<String>),
}

impl Spelling {
    /// The way the field with this key is spelled.
    pub(super) fn of(key: &str) -> Self {
        if key != "settlement" {
            return Self::Plain;
        }
        let lines = SETTLEMENT_WORDS.iter().flat_map(|words| words.lines());
        Self::Settlement(lines.filter(|line| !line.starts_with('#')).map(fold).collect())
    }

    /// The spelling as a report may show it.
    pub(super) fn clean(&self, written: &str) -> String {
        let spaced: String = match self {
            Self::Plain => written.to_owned(),
            Self::Settlement(_) => written.replace('.', ". "),
        };
        let mut words: Vec<&str> = spaced.split_whitespace().collect();
        if let Self::Settlement(kinds) = self {
            let is_kind = |word: &str| kinds.contains(&fold(word.trim_end_matches(['.', ','])));
            let first = words.iter().position(|word| !is_kind(word));
            let last = words.iter().rposition(|word| !is_kind(word));
            if let (Some(first), Some(last)) = (first, last) {
                words = words[first..=last].to_vec();
            }
        }
        let joined: String = words.join(" ").chars().map(plain_apostrophe).collect();
        joined.trim_end_matches(',').to_owned()
    }

    /// What is equal for all spellings of one value, from a cleaned spelling.
    pub(super) fn key(&self, cleaned: &str) -> String {
        let folded = fold(cleaned);
        match self {
            Self::Plain => folded,
            Self::Settlement(_) => folded.replace('\'', ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settlement_is_the_same_with_and_without_its_kind() {
        let spelling = Spelling::of("settlement");
        for written in ["м. Балаклія", "м.Балаклія", "Балаклія м.", " балаклія", "Балаклія"]
        {
            assert_eq!(spelling.key(&spelling.clean(written)), "балаклія", "{written}");
        }
        assert_eq!(spelling.clean("с. П’ятигірське"), "П'ятигірське");
        assert_eq!(spelling.key("Пятигірське"), spelling.key("П'ятигірське"));
        assert_eq!(spelling.clean("місто"), "місто");
    }

    #[test]
    fn other_fields_keep_their_words() {
        let spelling = Spelling::of("school");
        assert_eq!(spelling.clean(" с.  Школа "), "с. Школа");
    }
}
