//! Words for pages and copies in the names of sheets, and for papers and meetings that have days of their own.

use super::listed::Listed;
use super::{Vocabulary, is_of_word, normalise};

/// Letters that are looked at: longer texts are notes.
const LONGEST: usize = 200;
/// Letters of the longest term.
const LONGEST_TERM: usize = 40;
/// Letters from which a term is a stem, whose endings differ.
const STEM: usize = 5;

impl Vocabulary {
    /// Whether a word says that a list is a page, a part or a copy of another.
    pub(crate) fn is_page(&self, word: &str) -> bool {
        self.lists(Listed::Page, &normalise(word))
    }

    /// Whether a word is one by which spreadsheets name their sheets.
    pub(crate) fn is_sheet(&self, word: &str) -> bool {
        self.lists(Listed::SheetName, &normalise(word))
    }

    /// Whether a text is the word for a month.
    pub(crate) fn is_word_for_month(&self, text: &str) -> bool {
        self.lists(Listed::AgeMonths, &normalise(text))
    }

    /// Whether the words before a date say that it is that of a paper or of a period.
    pub(crate) fn tells_paper(&self, words: &str) -> bool {
        self.holds(Listed::Paper, words)
    }

    /// Whether the words before a date say that it is that of a meeting to come.
    pub(crate) fn tells_next(&self, words: &str) -> bool {
        self.holds(Listed::Next, words)
    }

    /// Whether a text holds a term of a list, or a word that begins with one.
    fn holds(&self, list: Listed, text: &str) -> bool {
        let start: String = text.chars().take(LONGEST).collect();
        let text = normalise(&start);
        let begins = text.char_indices().filter(|(at, _)| {
            let before = text[..*at].chars().next_back();
            before.is_none_or(|before| !is_of_word(before) || is_unspaced(before))
        });
        let Some(terms) = self.lists.get(&list) else {
            return false;
        };
        begins.into_iter().any(|(at, _)| {
            let rest = &text[at..];
            let mut ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_TERM);
            ends.any(|end| {
                let ends_word = rest[end..].chars().next().is_none_or(|next| !is_of_word(next));
                let whole = ends_word || rest[..end].chars().count() >= STEM || rest[..end].chars().all(is_unspaced);
                whole && terms.contains(&rest[..end])
            })
        })
    }

    /// Whether a word is that of the people on a list, such as "children", rather than that of a place.
    pub(crate) fn says_whom(&self, word: &str) -> bool {
        let people = [
            Listed::People,
            Listed::AgeChild,
            Listed::AgeAdult,
            Listed::Adults,
            Listed::Newness,
            Listed::Residence,
            Listed::Remoteness,
            Listed::Staff,
        ];
        let word = normalise(word);
        let listed = people.into_iter().any(|list| self.lists(list, &word));
        listed || self.sex(&word).is_some() || self.category(&word).is_some()
    }
}

/// Whether a letter is of a script that writes words without spaces between them.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{1000}'..='\u{109f}' | '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}
