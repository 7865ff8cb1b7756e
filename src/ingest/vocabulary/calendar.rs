//! Words for months and days of the week.

use super::{Vocabulary, normalise};

impl Vocabulary {
    /// Month of a word in any language, case or short form.
    pub fn month(&self, word: &str) -> Option<u32> {
        self.month_word(word).map(|(month, _)| month)
    }

    /// Month of a word, and whether the word is a short form.
    pub(crate) fn month_word(&self, word: &str) -> Option<(u32, bool)> {
        if self.months.none_opens(word) {
            return None;
        }
        self.months.get(&normalise(word)).copied()
    }

    /// Day of the week of a word, Monday is 1.
    pub fn weekday(&self, word: &str) -> Option<u32> {
        if self.weekdays.none_opens(word) {
            return None;
        }
        self.weekdays.get(&normalise(word)).copied()
    }
}
