//! Titles, groups and places as they may be told where nobody may be named.
//!
//! Officers write "Individual session, Olena K." as a title and call a group after its psychologist. Words that some
//! name of the project begins with, in whatever case, are left out of such texts, and long numbers with them.

use std::collections::HashSet;

use crate::ingest::records::Records;
use crate::names::script::{clean, skeleton};

/// Stands for what is left out.
const LEFT_OUT: &str = "…";
/// Letters that endings of cases add or take away.
const ENDING: usize = 3;
/// Shortest stem that tells a name; shorter ones are in every text.
const STEM: usize = 4;
/// Digits from which a number could be a telephone or a document.
const LONG_NUMBER: usize = 6;

/// The names of a project's people, to leave them out of other texts.
pub struct Unnamed {
    stems: HashSet<String>,
}

impl Unnamed {
    /// Everybody whom the records name.
    pub fn of(records: &Records) -> Self {
        let names = records
            .mentions
            .iter()
            .map(|mention| &mention.identity)
            .flat_map(|identity| {
                [
                    identity.full_name,
                    identity.surname,
                    identity.given_name,
                    identity.patronymic,
                ]
            });
        let texts: HashSet<_> = names.flatten().collect();
        let words = texts.into_iter().flat_map(|id| words(records.text(id)));
        let stems = words.map(|word| stem(&word).to_owned());
        Self {
            stems: stems.filter(|stem| stem.chars().count() >= STEM).collect(),
        }
    }

    /// The text without the words that could name somebody.
    pub fn told(&self, text: &str) -> String {
        let mut told: Vec<&str> = Vec::new();
        for word in text.split_whitespace() {
            if !self.names(word) {
                told.push(word);
            } else if told.last() != Some(&LEFT_OUT) {
                told.push(LEFT_OUT);
            }
        }
        told.join(" ")
    }

    fn names(&self, word: &str) -> bool {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        digits >= LONG_NUMBER || word.contains('@') || words(word).iter().any(|part| self.begins_a_name(part))
    }

    fn begins_a_name(&self, word: &str) -> bool {
        let letters: Vec<char> = word.chars().collect();
        (0..=ENDING).any(|less| {
            let kept = letters.len().saturating_sub(less);
            kept >= STEM && self.stems.contains(&letters[..kept].iter().collect::<String>())
        })
    }
}

/// The words of a text as sounds, so that scripts meet.
fn words(text: &str) -> Vec<String> {
    clean(text)
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(skeleton)
        .collect()
}

/// A word without what its case may change.
fn stem(word: &str) -> &str {
    let letters = word.chars().count();
    let kept = if letters > STEM + 1 { letters - 2 } else { letters };
    word.char_indices().nth(kept).map_or(word, |(at, _)| &word[..at])
}
