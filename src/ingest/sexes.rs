//! What the words and letters of a column of sexes mean, by the whole column: "M" is a woman beside "H" and a man
//! beside "F".

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Grid, shown, trim};
use super::layout::{Block, Column};
use super::vocabulary::{self, Salutation, Sex, SexPair, Vocabulary};

/// Words of a column that are looked at.
const SEEN: usize = 1000;
/// Digits of the longest age beside a sex.
const AGE_DIGITS: usize = 3;

/// What a cell says of a sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// One of the two.
    Sex(Sex),
    /// A known answer that tells none of the two.
    Other,
}

/// The meanings of a column's letters and codes; words mean what they mean everywhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sexes {
    /// Letter or code, normalised → sex; `None` for a letter that may mean either.
    known: BTreeMap<String, Option<Sex>>,
    /// The sex that "yes" tells, under a heading that names one.
    asked: Option<Sex>,
}

impl Sexes {
    /// Reads what the letters of a block's column of sexes mean.
    pub(crate) fn of(grid: &Grid, block: &Block, column: &Column, vocabulary: &Vocabulary) -> Self {
        let headings = block.columns.iter().map(|column| column.header.as_str());
        let lines = block.heading.lines.iter().map(String::as_str);
        let languages = vocabulary.languages_of(headings, lines);
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        for cell in block.rows.iter().filter_map(|row| grid.cell(*row, column.index)) {
            let text = shown(cell);
            let word = with_age(&text).map_or(&*text, |(word, _)| word);
            if !seen.contains(word) && seen.len() < SEEN {
                seen.insert(word.to_owned());
                found.extend(letter(word));
            }
        }
        let named = of_heading(&column.header);
        // The column's own heading is nearest.
        let nearest = vocabulary.languages_of(std::iter::once(column.header.as_str()), std::iter::empty());
        let both = |pair: &SexPair| {
            let has = |letter: &String| found.contains(letter) || named.contains(letter);
            nearest.contains(&pair.language) && has(&pair.female) && has(&pair.male)
        };
        let told = vocabulary.sex_pairs().iter().any(both);
        let mut known = letters(&found, &named, if told { &nearest } else { &languages }, vocabulary);
        known.extend(legend(&column.header, vocabulary));
        Self {
            known,
            asked: asked(&column.header, vocabulary),
        }
    }

    /// What a cell says, and the age beside it ("F, 20").
    pub(crate) fn said(&self, text: &str, vocabulary: &Vocabulary) -> Option<(Said, Option<u16>)> {
        if let Some(said) = self.word(text, vocabulary) {
            return Some((said, None));
        }
        let (word, age) = with_age(text)?;
        match self.word(word, vocabulary)? {
            Said::Sex(sex) => Some((Said::Sex(sex), Some(age))),
            Said::Other => None,
        }
    }

    fn word(&self, text: &str, vocabulary: &Vocabulary) -> Option<Said> {
        let form = vocabulary::normalise(text);
        if let Some(meaning) = self.known.get(&form) {
            return meaning.map(Said::Sex);
        }
        let answered = || {
            let asked = self.asked?;
            Some(if vocabulary.yes_no(text)? { asked } else { other(asked) })
        };
        let greeted = || vocabulary.salutation(text);
        if let Some(sex) = answered().or_else(|| vocabulary.sex(text)) {
            return Some(Said::Sex(sex));
        }
        match greeted() {
            Some(Salutation::Of(sex)) => Some(Said::Sex(sex)),
            Some(Salutation::OfAny) => Some(Said::Other),
            None => vocabulary.is_sexless(text).then_some(Said::Other),
        }
    }
}

/// The other sex.
fn other(sex: Sex) -> Sex {
    match sex {
        Sex::Female => Sex::Male,
        Sex::Male => Sex::Female,
    }
}

/// The sex that a heading asks about: "Female", answered with yes and no.
pub(crate) fn asked(heading: &str, vocabulary: &Vocabulary) -> Option<Sex> {
    vocabulary
        .sex(heading.trim_end_matches(['?', ' ']))
        .filter(|_| letter(heading).is_none())
}

/// A text of one letter, normalised.
fn letter(text: &str) -> Option<String> {
    let form = vocabulary::normalise(text);
    let mut chars = form.chars();
    let one = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    one.then_some(form)
}

/// The word and the age of a cell that holds both: "F/20", "ж, 20", "м20".
fn with_age(text: &str) -> Option<(&str, u16)> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let length = text[first..].bytes().take_while(u8::is_ascii_digit).count();
    let (before, rest) = text.split_at(first);
    let (digits, after) = rest.split_at(length);
    let bare = |text| trim(text).trim_matches([',', ';', '/', '-', '–', '(', ')', ' ']);
    let (("", word) | (word, "")) = (bare(before), bare(after)) else {
        return None;
    };
    let age: u16 = digits.parse().ok().filter(|_| length <= AGE_DIGITS)?;
    let whole = !word.is_empty() && !word.contains(|c: char| c.is_ascii_digit());
    (whole && age <= 110).then_some((word, age))
}

/// The parts of a heading between signs and blanks, normalised.
fn tokens(heading: &str) -> Vec<String> {
    let parts = heading.split(|c: char| !c.is_alphanumeric());
    parts
        .filter(|part| !part.is_empty())
        .map(vocabulary::normalise)
        .collect()
}

/// Letters that a heading names beside each other: "Sexo (H/M)".
fn of_heading(heading: &str) -> BTreeSet<String> {
    let tokens = tokens(heading);
    let pairs = tokens
        .windows(2)
        .filter_map(|two| Some([letter(&two[0])?, letter(&two[1])?]));
    pairs.flatten().collect()
}

/// Codes that a heading explains: "Sex (1-F, 2-M)", "жін. = 1, чол. = 2".
fn legend(heading: &str, vocabulary: &Vocabulary) -> BTreeMap<String, Option<Sex>> {
    let tokens = tokens(heading);
    let pair = |one: &String, two: &String| {
        let code = |text: &str| text.chars().count() == 1;
        let numbered = |text: &str| text.chars().all(char::is_numeric);
        match (vocabulary.sex(one), vocabulary.sex(two)) {
            (_, Some(sex)) if numbered(one) => Some((one.clone(), Some(sex))),
            (Some(sex), _) if numbered(two) => Some((two.clone(), Some(sex))),
            (_, Some(sex)) if code(one) && !code(two) => Some((one.clone(), Some(sex))),
            (Some(sex), _) if code(two) && !code(one) => Some((two.clone(), Some(sex))),
            _ => None,
        }
    };
    let mut windows = tokens.windows(4).filter_map(|four| {
        let (first, second) = (pair(&four[0], &four[1])?, pair(&four[2], &four[3])?);
        (first.1 != second.1 && first.0 != second.0).then_some([first, second])
    });
    windows.next().into_iter().flatten().collect()
}

/// Whether a text may say a sex in some column: a word for it, a letter, a short code, an answer.
pub(crate) fn may_be_one(text: &str, vocabulary: &Vocabulary) -> bool {
    let code = || !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let word = |text: &str| vocabulary.sex(text).is_some() || letter(text).is_some();
    let known = || vocabulary.salutation(text).is_some() || vocabulary.is_sexless(text);
    word(text)
        || code()
        || known()
        || vocabulary.yes_no(text).is_some()
        || with_age(text).is_some_and(|(text, _)| word(text))
}

/// Whether a text holds a sex and an age.
pub(crate) fn is_with_age(text: &str, vocabulary: &Vocabulary) -> bool {
    with_age(text).is_some_and(|(word, _)| letter(word).is_some() || vocabulary.sex(word).is_some())
}

/// Whether a heading is nothing but the two letters of a pair: "m/w", "K/M".
pub(crate) fn is_pair(heading: &str, vocabulary: &Vocabulary) -> bool {
    let tokens = tokens(heading);
    let is = |pair: &SexPair| tokens.contains(&pair.female) && tokens.contains(&pair.male);
    tokens.len() == 2 && vocabulary.sex_pairs().iter().any(is)
}

/// What letters mean: both of a pair together, of the headings' languages first; two letters of a column are two
/// sexes, or one of them is nothing that can be read.
fn letters(
    found: &BTreeSet<String>,
    named: &BTreeSet<String>,
    languages: &[&str],
    vocabulary: &Vocabulary,
) -> BTreeMap<String, Option<Sex>> {
    let pairs = vocabulary.sex_pairs();
    let has = |letter: &String| found.contains(letter) || named.contains(letter);
    let whole = |pair: &&SexPair| has(&pair.female) && has(&pair.male);
    let own = |pair: &&SexPair| languages.contains(&pair.language);
    let knows = |letter: &String| pairs.iter().filter(own).any(|pair| pair.meaning(letter).is_some());
    let mut chosen: Vec<&SexPair> = pairs.iter().filter(own).filter(whole).collect();
    if chosen.is_empty() && !found.iter().all(knows) {
        chosen = pairs.iter().filter(whole).collect();
    }
    let partly: Vec<&SexPair> = pairs.iter().filter(own).collect();
    let all: Vec<&SexPair> = pairs.iter().collect();
    let meanings = |pairs: &[&SexPair], letter: &String| -> BTreeSet<Sex> {
        pairs.iter().filter_map(|pair| pair.meaning(letter)).collect()
    };
    let mut read: BTreeMap<String, Option<Sex>> = BTreeMap::new();
    for letter in found {
        let meant = [&chosen, &partly].map(|pairs| meanings(pairs, letter));
        let meant = meant.iter().find(|meant| !meant.is_empty());
        let sex = match meant {
            Some(meant) => meant.first().copied().filter(|_| meant.len() == 1),
            None => vocabulary.sex(letter),
        };
        // A letter that nobody knows may still be a word of a project.
        if sex.is_some() || meant.is_some() {
            read.insert(letter.clone(), sex);
        }
    }
    let sexes: BTreeSet<Sex> = read.values().flatten().copied().collect();
    if read.len() > 1 && sexes.len() == 1 && chosen.is_empty() {
        for (letter, sex) in &mut read {
            if meanings(&all, letter).len() > 1 {
                *sex = None;
            }
        }
    }
    read
}

#[cfg(test)]
mod tests;
