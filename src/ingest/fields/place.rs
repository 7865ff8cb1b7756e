//! Settlements and communities: what kind of place it is does not tell two of them apart.

use crate::ingest::vocabulary::{self, Vocabulary};

/// Key under which spellings of one place meet.
pub(super) fn key(text: &str, vocabulary: &Vocabulary) -> String {
    let plain: String = shown(text, vocabulary)
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' })
        .collect();
    vocabulary::normalise(&plain).replace('\'', "")
}

/// The place's name without the words for its kind.
pub(super) fn shown(text: &str, vocabulary: &Vocabulary) -> String {
    vocabulary.strip_community(&vocabulary.strip_settlement(text))
}
