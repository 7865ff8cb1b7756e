//! Names without the words around them: kinds of settlement and community, legal forms; and short lists of words.

use super::forms::strip_prefix_ignoring_case;
use super::{Listed, Vocabulary, fold_apostrophe, is_invisible, is_letter, is_of_word, is_space, normalise};

impl Vocabulary {
    /// Name of a settlement without its kind (`м. Балаклія`, `Балаклія м.` → `Балаклія`).
    pub fn strip_settlement(&self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        for word in text.split(is_space) {
            let before = plain.len();
            if before > 0 {
                plain.push(' ');
            }
            let start = plain.len();
            plain.extend(word.chars().filter(|c| !is_invisible(*c)).map(fold_apostrophe));
            if plain.len() == start {
                plain.truncate(before);
            }
        }
        let name = self.without_settlement_type(&plain);
        name.trim_matches(|c: char| matches!(c, ' ' | ',' | '.' | ';'))
            .to_owned()
    }

    /// Key under which spellings of one settlement meet: no kind, no apostrophes, lower case.
    pub fn settlement_key(&self, text: &str) -> String {
        normalise(&self.strip_settlement(text)).replace('\'', "")
    }

    fn without_settlement_type<'a>(&self, plain: &'a str) -> &'a str {
        let ending = plain
            .rsplit_once([' ', ','])
            .filter(|(name, _)| name.chars().any(is_letter))
            .map(|(name, last)| (name, last.to_lowercase()));
        for kind in &self.settlement_types {
            if let Some(rest) = strip_prefix_ignoring_case(plain, kind)
                && (kind.ends_with('.') || rest.starts_with([' ', '.']))
                && rest.chars().any(is_letter)
            {
                return rest;
            }
            if let Some((name, last)) = &ending
                && last == kind
            {
                return name;
            }
        }
        plain
    }

    /// Name of a community without the words for its kind (`Ізюмська територіальна громада` → `Ізюмська`).
    pub(crate) fn strip_community(&self, text: &str) -> String {
        strip_words(text, &self.community_types)
    }

    /// Name of an organisation without its legal form (`NVO Talas` → `Talas`).
    pub(crate) fn strip_legal_form(&self, text: &str) -> String {
        strip_words(text, &self.legal_forms)
    }

    /// The stem of an adjective made from a place's name, where the text is one.
    pub(crate) fn stem_of_adjective<'t>(&self, normalised: &'t str) -> Option<&'t str> {
        self.adjectives
            .iter()
            .filter_map(|ending| normalised.strip_suffix(ending.as_str()))
            .min_by_key(|stem| stem.len())
            .filter(|stem| !stem.is_empty())
    }

    /// Whether the status of a form says that it was not approved.
    pub(crate) fn is_not_approved(&self, text: &str) -> bool {
        self.lists(Listed::NotApproved, &normalise(text))
    }

    /// Whether a word is a patronymic by its ending, or the initial of a name.
    pub(crate) fn is_patronymic(&self, text: &str) -> bool {
        let word = normalise(text);
        word.chars().filter(|c| c.is_alphabetic()).count() == 1
            || self
                .lists
                .get(&Listed::PatronymicEnding)
                .is_some_and(|endings| endings.any(|ending| word.ends_with(ending) && word != ending))
    }

    /// Whether a header names the record rather than the person: "ID", `row_id`.
    pub(crate) fn is_record_id(&self, header: &str) -> bool {
        let whole = normalise(header);
        self.lists(Listed::RecordId, &whole) || self.lists(Listed::RecordId, &whole.replace('_', " "))
    }

    /// Minutes of the unit that stands behind a number, where one does.
    pub(crate) fn minutes_of_unit(&self, text: &str) -> Option<f64> {
        let words: Vec<String> = text
            .split(|c: char| !is_of_word(c) && c != '.')
            .map(normalise)
            .filter(|word| !word.is_empty())
            .collect();
        words.iter().find_map(|word| match () {
            () if self.lists(Listed::Hours, word) => Some(60.0),
            () if self.lists(Listed::Minutes, word) => Some(1.0),
            () => None,
        })
    }

    /// Whether a word is one that sessions are numbered with ("day 1", "meeting 2").
    pub(crate) fn numbers_sessions(&self, text: &str) -> bool {
        let word: String = text.chars().filter(|c| is_of_word(*c) || *c == ' ').collect();
        self.lists(Listed::Ordinal, &normalise(&word))
    }
}

/// A text without the terms it begins or ends with; a text that is nothing but a term stays whole.
fn strip_words(text: &str, terms: &[String]) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let counts = |words: &[&str], term: &String| {
        let length = term.split(' ').count();
        (words.len() > length).then_some(length)
    };
    loop {
        let before = terms.iter().find_map(|term| {
            let length = counts(&words, term)?;
            (normalise(&words[..length].join(" ")) == *term).then_some(length)
        });
        let after = terms.iter().find_map(|term| {
            let length = counts(&words, term)?;
            (normalise(&words[words.len() - length..].join(" ")) == *term).then_some(length)
        });
        match (before, after) {
            (Some(length), _) => drop(words.drain(..length)),
            (None, Some(length)) => words.truncate(words.len() - length),
            (None, None) => break,
        }
    }
    let trimmed = words.join(" ");
    trimmed
        .trim_matches(|c: char| matches!(c, ' ' | ',' | ';' | '(' | ')'))
        .to_owned()
}
