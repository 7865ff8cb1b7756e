//! What marks can mean, by language; a block as a whole decides.

use std::collections::BTreeMap;

use super::forms::strip_brackets;
use super::{MarkMeaning, Vocabulary, normalise};

/// Letters by which a text shows its language.
const LETTERS: &[(&str, &str)] = &[
    ("uk", "іїєґ"),
    ("ru", "ыэъё"),
    ("ro", "ășțşţ"),
    ("es", "ñ¿¡"),
    ("pl", "łąęśźż"),
    ("sr", "đčć"),
    ("pt", "ãõ"),
    ("de", "ßü"),
    ("tr", "ğış"),
    ("fr", "èêœ"),
];

/// Weight of a word that only one language has; of one that several have, each gets its part.
const WORD: usize = 60;
/// Weight of a letter that only one language has.
const LETTER: usize = 10;

impl Vocabulary {
    /// What a normalised mark can mean in the given languages, the usual first; in all, where they do not have it.
    pub(crate) fn mark_candidates(&self, form: &str, languages: &[&str]) -> Vec<MarkMeaning> {
        let bare = strip_brackets(form);
        let Some(known) = self.marks.get(form).or_else(|| self.marks.get(&bare)) else {
            return Vec::new();
        };
        let of = |wanted: &str| {
            let own = known.iter().filter(move |(language, _)| *language == wanted);
            own.map(|(_, meaning)| *meaning).collect::<Vec<_>>()
        };
        let mut found: Vec<MarkMeaning> = languages.iter().flat_map(|language| of(language)).collect();
        found.extend(of("und"));
        let clear = |found: &mut Vec<MarkMeaning>| {
            let mut seen = Vec::new();
            found.retain(|meaning| {
                let new = *meaning != MarkMeaning::Ambiguous && !seen.contains(meaning);
                seen.push(*meaning);
                new
            });
        };
        clear(&mut found);
        if found.is_empty() {
            found = known.iter().map(|(_, meaning)| *meaning).collect();
            clear(&mut found);
        }
        found
    }

    /// Whether a normalised mark is known to mean different things in different registers of these languages.
    pub(crate) fn is_open_mark(&self, form: &str, languages: &[&str]) -> bool {
        self.marks.get(form).is_some_and(|known| {
            known.iter().any(|(language, meaning)| {
                *meaning == MarkMeaning::Ambiguous && (*language == "und" || languages.contains(language))
            })
        })
    }

    /// Whether the given languages have a meaning for a normalised mark, or, if asked, use it in a pair of letters.
    pub(crate) fn knows_mark_in(&self, form: &str, languages: &[&str], in_pairs: bool) -> bool {
        let known = self.marks.get(form).is_some_and(|known| {
            let own = |(language, meaning): &(&str, MarkMeaning)| {
                *meaning != MarkMeaning::Ambiguous && languages.contains(language)
            };
            known.iter().any(own)
        });
        known
            || in_pairs
                && self.conventions.iter().any(|(language, present, absent)| {
                    languages.contains(language) && (present == form || absent == form)
                })
    }

    /// Pairs of letters for presence and absence: those of the languages first.
    pub(crate) fn conventions(&self, languages: &[&str]) -> Vec<(&str, &str)> {
        let own = self
            .conventions
            .iter()
            .filter(|(language, ..)| languages.contains(language));
        let others = self
            .conventions
            .iter()
            .filter(|(language, ..)| !languages.contains(language));
        own.chain(others)
            .map(|(_, present, absent)| (present.as_str(), absent.as_str()))
            .collect()
    }

    /// Beginnings of words that explain a meaning in a legend, each after a space.
    pub(crate) fn explaining(&self, meaning: MarkMeaning) -> &[String] {
        self.explaining.get(&meaning).map_or(&[], Vec::as_slice)
    }

    /// The languages of headings and title lines, best first.
    pub(crate) fn languages_of<'t>(
        &self,
        headings: impl Iterator<Item = &'t str>,
        lines: impl Iterator<Item = &'t str>,
    ) -> Vec<&'static str> {
        let mut scores: BTreeMap<&str, usize> = BTreeMap::new();
        let headings: Vec<&str> = headings.collect();
        for heading in &headings {
            let Some(tongues) = self.tongues.get(&normalise(heading)) else {
                continue;
            };
            for language in tongues {
                *scores.entry(language).or_default() += WORD / tongues.len();
            }
        }
        for text in headings.into_iter().chain(lines.take(12)) {
            for c in text.chars().take(200).flat_map(char::to_lowercase) {
                for (language, _) in LETTERS.iter().filter(|(_, letters)| letters.contains(c)) {
                    *scores.entry(language).or_default() += LETTER;
                }
            }
        }
        let best = scores.values().copied().max().unwrap_or_default();
        let mut found: Vec<(&'static str, usize)> = Vec::new();
        for (language, _) in super::FILES {
            let score = scores.get(language).copied().unwrap_or_default();
            if score > 0 && score * 10 >= best * 7 {
                found.push((language, score));
            }
        }
        found.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
        found.into_iter().map(|(language, _)| language).collect()
    }
}

pub(super) fn mark_of(meaning: &str) -> Option<MarkMeaning> {
    Some(match meaning {
        "present" => MarkMeaning::Present,
        "absent" => MarkMeaning::Absent,
        "excused" => MarkMeaning::Excused,
        "no_session" => MarkMeaning::NoSession,
        "not_enrolled" => MarkMeaning::NotEnrolled,
        "fraction" => MarkMeaning::Partial,
        "ambiguous" => MarkMeaning::Ambiguous,
        _ => return None,
    })
}
