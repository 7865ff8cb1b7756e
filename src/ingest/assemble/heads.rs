//! Heads that a cell tells in numbers and words: "25 persons", "12 (10W/2M)", "about 30".

use super::log::PARTS;
use crate::ingest::vocabulary::{Role, Sex, Vocabulary};

/// What a cell says of heads.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// All heads.
    pub(super) total: u32,
    /// Those of each sex, where they make up the whole.
    pub(super) parts: Vec<(Role, u32)>,
    /// Whether the cell says more than these numbers, or says them with a doubt.
    pub(super) loosely: bool,
}

impl Told {
    fn of(total: u32) -> Self {
        Self {
            total,
            ..Self::default()
        }
    }
}

/// The heads that a text tells; `None` for anything that is not surely a number of people.
pub(super) fn in_words(text: &str, vocabulary: &Vocabulary) -> Option<Told> {
    let (rest, doubted) = without_doubt(text.trim(), vocabulary);
    let told = surely(rest, vocabulary)
        .or_else(|| sexes_first(rest, vocabulary))
        .or_else(|| with_remark(rest, vocabulary))?;
    Some(Told {
        loosely: told.loosely || doubted,
        ..told
    })
}

/// A text without the signs and words that say "about" before its number, or "and more" behind it.
fn without_doubt<'t>(text: &'t str, vocabulary: &Vocabulary) -> (&'t str, bool) {
    let signs = |c: char| c.is_whitespace() || matches!(c, '~' | '≈' | '∼' | '±');
    let mut rest = text.trim_start_matches(signs);
    if let Some(at) = rest.find(|c: char| c.is_ascii_digit())
        && at > 0
        && vocabulary.says_about(&rest[..at])
    {
        rest = &rest[at..];
    }
    if let Some(number) = rest.strip_suffix('+').map(str::trim_end)
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
    {
        rest = number;
    }
    (rest, rest.len() < text.len())
}

/// Numbers, each with the words behind it; the words before the first.
fn numbers(text: &str) -> Option<(&str, Vec<(u32, &str)>)> {
    let words = |text: &str| -> usize { text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len()) };
    let (before, mut rest) = text.split_at(words(text));
    let mut counts: Vec<(u32, &str)> = Vec::new();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let end = digits + words(&rest[digits..]);
        counts.push((rest[..digits].parse().ok()?, bare(&rest[digits..end])));
        rest = &rest[end..];
    }
    Some((bare(before), counts))
}

/// Words without the signs around them.
fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphabetic() && c != '.')
}

/// The sex that words count.
fn sex(words: &str, vocabulary: &Vocabulary) -> Option<Role> {
    let roles = vocabulary.header(words);
    let by_heading = PARTS
        .iter()
        .map(|(role, ..)| *role)
        .find(|role| roles.first() == Some(role));
    by_heading.or_else(|| {
        vocabulary.sex(words).map(|sex| match sex {
            Sex::Female => Role::CountFemale,
            Sex::Male => Role::CountMale,
        })
    })
}

/// The parts by sex, where every number counts another one.
fn parts(counts: &[(u32, &str)], vocabulary: &Vocabulary) -> Option<Vec<(Role, u32)>> {
    let mut parts: Vec<(Role, u32)> = Vec::new();
    for (count, words) in counts {
        let role = sex(words, vocabulary)?;
        if parts.iter().any(|(known, _)| *known == role) {
            return None;
        }
        parts.push((role, *count));
    }
    Some(parts)
}

fn sum(counts: &[(u32, &str)]) -> u32 {
    counts.iter().fold(0, |sum, (count, _)| sum.saturating_add(*count))
}

/// A number of people alone, with parts that make it up, or parts alone.
fn surely(text: &str, vocabulary: &Vocabulary) -> Option<Told> {
    let plain =
        |c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '.' | '\'' | '’');
    // Between bare numbers these may be anything: a span, a date, one of two.
    let joining = |c: char| matches!(c, '/' | '+' | '-' | '–' | '—' | ':' | '=' | '&');
    let joined = text.contains(joining);
    if !text.starts_with(|c: char| c.is_ascii_digit()) || !text.chars().all(|c| plain(c) || joining(c)) {
        return None;
    }
    let (_, counts) = numbers(text)?;
    let people = |words: &str| words.is_empty() || vocabulary.counts_people(words);
    match counts.as_slice() {
        [(total, words)] => (!joined && (people(words) || sex(words, vocabulary).is_some())).then(|| Told::of(*total)),
        [(total, words), of @ ..] if people(words) && sum(of) == *total => {
            let parts = parts(of, vocabulary);
            (!joined || parts.is_some()).then(|| Told {
                parts: parts.unwrap_or_default(),
                ..Told::of(*total)
            })
        }
        of => parts(of, vocabulary).map(|parts| Told {
            parts,
            ..Told::of(sum(of))
        }),
    }
}

/// Sexes before their numbers: "W 18, M 7".
fn sexes_first(text: &str, vocabulary: &Vocabulary) -> Option<Told> {
    let (before, counts) = numbers(text)?;
    let (_, behind) = counts.last().filter(|(_, words)| words.is_empty())?;
    let words = std::iter::once(before).chain(counts.iter().map(|(_, words)| *words));
    let turned: Vec<(u32, &str)> = counts.iter().map(|(count, _)| *count).zip(words).collect();
    let parts = parts(&turned, vocabulary).filter(|parts| behind.is_empty() && parts.len() > 1)?;
    Some(Told {
        parts,
        ..Told::of(sum(&turned))
    })
}

/// A number of people with a remark in brackets, which does not contradict it: "12 (8 women)", "30 (online)".
fn with_remark(text: &str, vocabulary: &Vocabulary) -> Option<Told> {
    let (before, remark) = text.strip_suffix(')')?.split_once('(')?;
    let told = surely(before.trim(), vocabulary).filter(|told| told.parts.is_empty())?;
    let (_, of) = numbers(remark)?;
    let more = |(count, words): &(u32, &str)| vocabulary.counts_people(words) && *count > told.total;
    if of.iter().any(more) {
        return None;
    }
    let sexed: Vec<(u32, &str)> = of
        .into_iter()
        .filter(|(_, words)| sex(words, vocabulary).is_some())
        .collect();
    (sum(&sexed) <= told.total).then_some(Told { loosely: true, ..told })
}

#[cfg(test)]
mod tests {
    use super::super::super::vocabulary::standard;
    use super::*;

    /// The total, how many parts, and whether there is a doubt.
    fn of(text: &str) -> Option<(u32, usize, bool)> {
        in_words(text, standard()).map(|told| (told.total, told.parts.len(), told.loosely))
    }

    #[test]
    fn numbers_with_the_sexes_beside_them() {
        for text in [
            "12 (10W/2M)",
            "12 (10 W, 2 M)",
            "12: 10 women + 2 men",
            "12 осіб (10 жінок / 2 чоловіки)",
            "12 (10ж/2ч)",
            "10F/2M",
            "F 10, M 2",
            "Ж-10; Ч-2",
            "Women: 10, men: 2",
        ] {
            assert_eq!(of(text), Some((12, 2, false)), "{text}");
        }
    }

    #[test]
    fn a_doubt_beside_a_number_is_said() {
        for text in [
            "~30",
            "≈ 30",
            "30+",
            "about 30",
            "approx. 30 people",
            "бл. 30",
            "близько 30 осіб",
            "около 30",
            "environ 30",
            "30 (online)",
            "30 (12 women)",
        ] {
            assert_eq!(of(text), Some((30, 0, true)), "{text}");
        }
    }

    #[test]
    fn what_may_be_anything_is_no_number_of_people() {
        for text in [
            "25-30",
            "10/2",
            "5/5",
            "5+5",
            "25 kits",
            "2 groups (25 people)",
            "9 (8 women, 4 men)",
            "2 (25 people)",
            "room 5",
            "see list 3",
            "12.03",
            "",
            "+",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
