//! What the names of a sheet, its file and its folders say that could tell a session apart.

use crate::ingest::versions::is_newer;
use crate::ingest::vocabulary::{Role, Vocabulary, is_of_word, normalise};

/// Most words by which a name tells a session apart: those of a place.
const MOST_WORDS: usize = 3;
/// Letters of a word too short for a place: a group's, a page's or a version's.
const SHORT: usize = 2;
/// Headings of what a number may count: groups and places, but neither pages nor lists.
const NUMBERED: &[Role] = &[Role::Group, Role::Place, Role::Settlement, Role::Organisation];

/// The words of a list's names, in order, without dates and without the numbers of pages and copies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    words: Vec<String>,
    /// Whether a word says that the list is a page, a part or a copy of another.
    page: bool,
}

impl Name {
    pub(super) fn of(path: &str, sheet: &str, vocabulary: &Vocabulary) -> Self {
        let path = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let mut name = Self {
            words: Vec::new(),
            page: false,
        };
        for part in path.split('/').chain([sheet]) {
            name.add(part, vocabulary);
        }
        name
    }

    /// Whether a list is called a page, a part or a copy of another.
    pub(super) fn is_page_of(&self, other: &Self) -> bool {
        (self.page || other.page) && self.words == other.words
    }

    fn add(&mut self, part: &str, vocabulary: &Vocabulary) {
        let mut before = String::new();
        for (word, glued) in words(part) {
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            if number {
                // "School 12" is a place, "Sheet 2" and "05.03" are none.
                if is_numbered(&before, vocabulary) {
                    self.words.push(word.trim_start_matches('0').to_owned());
                } else if glued && before.chars().count() <= SHORT && self.words.last() == Some(&before) {
                    // "p1", "v2".
                    self.words.pop();
                    self.page = true;
                }
            } else if vocabulary.is_page(&word) || vocabulary.is_sheet(&word) {
                self.page |= vocabulary.is_page(&word);
            } else if vocabulary.month(&word).is_none() && vocabulary.weekday(&word).is_none() {
                self.words.push(word.clone());
            }
            before = word;
        }
    }
}

/// Words and numbers, each with whether it follows the one before without a sign between them.
fn words(text: &str) -> Vec<(String, bool)> {
    let mut words: Vec<(String, bool)> = Vec::new();
    let mut joined = false;
    for c in normalise(text).chars() {
        let digit = c.is_ascii_digit();
        if !is_of_word(c) && !digit {
            joined = false;
            continue;
        }
        let same = |word: &String| word.ends_with(|last: char| last.is_ascii_digit()) == digit;
        match words.last_mut().filter(|(word, _)| joined && same(word)) {
            Some((word, _)) => word.push(c),
            None => words.push((c.to_string(), joined)),
        }
        joined = true;
    }
    words
}

/// What each name has beside the words that all have, where that tells places or groups apart: two different ones at
/// least, and none of them a word for people, for a kind of paper or for nothing.
pub(super) fn apart(names: &[&Name], vocabulary: &Vocabulary) -> Option<Vec<String>> {
    let first = names.first()?;
    let common: Vec<&String> = first
        .words
        .iter()
        .filter(|word| names.iter().all(|name| name.words.contains(word)))
        .collect();
    let of_group = common.iter().any(|word| is_numbered(word, vocabulary));
    let own = |name: &&Name| -> Option<String> {
        let own: Vec<&str> = name
            .words
            .iter()
            .filter(|word| !common.contains(word))
            .map(String::as_str)
            .collect();
        let tells = (1..=MOST_WORDS).contains(&own.len())
            && own.iter().all(|word| {
                let short = word.chars().count() <= SHORT;
                let mark = own.len() == 1 && vocabulary.mark(word).is_some();
                short && of_group || !short && !mark && !says_whom(word, vocabulary)
            });
        tells.then(|| own.join(" "))
    };
    let own: Vec<String> = names.iter().map(own).collect::<Option<_>>()?;
    own.iter().any(|other| *other != own[0]).then_some(own)
}

/// Whether a word is that of groups or places, which a number or a letter tells apart.
fn is_numbered(word: &str, vocabulary: &Vocabulary) -> bool {
    let roles = || vocabulary.header(word);
    vocabulary.is_spelt_header(word) && roles().iter().any(|role| NUMBERED.contains(role))
}

/// Whether a word says who is written in a list, or what the list is, rather than where people met.
fn says_whom(word: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.says_whom(word) || vocabulary.is_summary(word) || vocabulary.is_spelt_header(word) || is_newer(word)
}
