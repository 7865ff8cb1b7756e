//! Head-counts by age and sex: a column for each pair, named in one heading or in headings of several rows.
//!
//! Which ages and which sex a column counts is read from all that stands over it. The columns count everybody once
//! where the ages of one sex do not overlap; where they do, or where nobody can tell, they stay what they were.

use super::columns::named;
use super::{COUNTS, Column, DAYS, PERSON};
use crate::ingest::grid::Grid;
use crate::ingest::vocabulary::{self, Role, Sex, Vocabulary, is_of_word};
use crate::project::model::Source;

/// The highest age that a heading may name, and that of groups without an upper end.
const OLDEST: u32 = 120;
/// The first age of adults.
pub(super) const ADULT: u32 = 18;
/// Most digits of an age.
const MOST_DIGITS: usize = 3;

/// What the heading of a column says of the ages that it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ages {
    /// From one age to another.
    Between(u32, u32),
    /// One age, with words that may mean "under" or "from": "18 ans et plus", "до 18".
    OneSide(u32, String),
}

/// The heads that a column counts.
#[derive(Debug, Clone)]
struct Part {
    column: u16,
    sex: Sex,
    ages: Ages,
    /// The word for the sex is the bare letter M, which is a man beside F and a woman beside H.
    bare_m: bool,
    /// The word for the sex is the bare letter H.
    bare_h: bool,
}

/// Gives the columns of a log that count by age and sex their roles, where they count everybody once.
pub(super) fn counts(
    grid: &Grid,
    header: (u32, u32),
    (source, vocabulary): (&Source, &Vocabulary),
    known: &mut Vec<Column>,
    open: &mut Vec<Column>,
) {
    let has = |roles: &[Role]| {
        let mut known = known.iter();
        known.any(|column| column.role.is_some_and(|role| roles.contains(&role)))
    };
    if has(PERSON) || !has(DAYS) {
        return;
    }
    let by_words = |column: &&Column| named(source, column.index, &column.header).is_none();
    let counted = |column: &&Column| match column.role {
        None => true,
        Some(role) => role == Role::Sex || role == Role::AgeGroup || COUNTS.contains(&role),
    };
    let columns = known.iter().chain(open.iter()).filter(by_words).filter(counted);
    let mut parts: Vec<Part> = columns
        .filter_map(|column| part(column.index, &over(grid, header, column.index), vocabulary))
        .collect();
    women_beside_h(&mut parts);
    let is_part = |column: &Column| parts.iter().any(|part| part.column == column.index);
    // Women and men of all ages stand beside: the columns by age are parts of theirs.
    let whole = |column: &Column| {
        let sexed = column.role.filter(|role| *role != Role::CountTotal);
        sexed.is_some_and(|role| COUNTS.contains(&role)) && !is_part(column)
    };
    if parts.len() < 2 || !open.iter().any(is_part) || known.iter().any(whole) {
        return;
    }
    let Some(roles) = roles(&parts) else { return };
    let (told, others): (Vec<Column>, Vec<Column>) = std::mem::take(open).into_iter().partition(is_part);
    *open = others;
    known.extend(told);
    known.sort_by_key(|column| column.index);
    let mut met: Vec<Role> = Vec::new();
    for (part, role) in parts.iter().zip(roles) {
        if let Some(column) = known.iter_mut().find(|column| column.index == part.column) {
            column.role = Some(role);
            column.header = over(grid, header, part.column).join(" ");
            // Of several columns with one role each keeps a field of its own.
            column.key = if met.contains(&role) {
                vocabulary::normalise(&column.header)
            } else {
                role.key().to_owned()
            };
            met.push(role);
        }
    }
}

/// What stands over a column, from the first header row down: a heading of several columns is written over the first
/// of them, and reaches to the next one in its row or in a row above it.
fn over(grid: &Grid, (top, bottom): (u32, u32), column: u16) -> Vec<String> {
    let mut texts = Vec::new();
    let mut from = 0;
    for row in top..=bottom {
        let own = grid.text(row, column);
        if !own.is_empty() {
            texts.push(own);
            from = column;
            continue;
        }
        // Above the lowest row a blank may lie under what the heading to the left spans.
        let reaches = row < bottom && !grid.text(bottom, column).is_empty();
        let left = || (from..column).rev().find(|left| !grid.text(row, *left).is_empty());
        if let Some(left) = reaches.then(left).flatten() {
            texts.push(grid.text(row, left));
            from = left;
        }
    }
    texts.dedup();
    texts
}

/// What a column counts, where its headings name a sex and ages.
fn part(column: u16, texts: &[String], vocabulary: &Vocabulary) -> Option<Part> {
    let words: Vec<String> = texts.iter().flat_map(|text| words(text)).collect();
    let in_words = || {
        let mut told = words.iter().filter_map(|word| vocabulary.ages_of_word(word));
        told.next().map(|(from, to)| Ages::Between(from, to.min(OLDEST)))
    };
    let ages = texts.iter().rev().find_map(|text| ages(text)).or_else(in_words)?;
    let mut sexes: Vec<Sex> = words.iter().filter_map(|word| sex(word, vocabulary)).collect();
    sexes.dedup();
    let [sex] = sexes[..] else { return None };
    let bare = |letter: &str| words.iter().any(|word| word == letter);
    Some(Part {
        column,
        sex,
        ages,
        bare_m: bare("m"),
        bare_h: bare("h"),
    })
}

/// The words of a heading, small, without figures and signs.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !is_of_word(c) && c != '\'' && c != '’');
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The sex that a word means, of people or of those whom a column counts.
pub(super) fn sex(word: &str, vocabulary: &Vocabulary) -> Option<Sex> {
    let counted = || {
        vocabulary.header(word).into_iter().find_map(|role| match role {
            Role::CountFemale | Role::CountWomen | Role::CountGirls => Some(Sex::Female),
            Role::CountMale | Role::CountMen | Role::CountBoys => Some(Sex::Male),
            _ => None,
        })
    };
    vocabulary.sex(word).or_else(counted)
}

/// The ages that a heading names: two, or one with a sign or words beside it.
pub(super) fn ages(text: &str) -> Option<Ages> {
    let mut numbers = Vec::new();
    for digits in text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
    {
        let number: u32 = digits.parse().ok()?;
        numbers.push(number);
        if digits.len() > MOST_DIGITS || number > OLDEST {
            return None;
        }
    }
    let before = text.find(|c: char| c.is_ascii_digit()).map_or("", |at| &text[..at]);
    let after = text
        .rfind(|c: char| c.is_ascii_digit())
        .map_or("", |at| &text[at + 1..]);
    match numbers[..] {
        [from, to] if from < to => Some(Ages::Between(from, to)),
        [from] if after.contains('+') || before.contains(['>', '≥']) => Some(Ages::Between(from, OLDEST)),
        [to] if before.contains('<') && to > 0 => Some(Ages::Between(0, to - 1)),
        [to] if before.contains('≤') => Some(Ages::Between(0, to)),
        // A number with no word beside it may count or number anything.
        [one] if words(text).len() > 1 => Some(Ages::OneSide(one, words(text).join(" "))),
        _ => None,
    }
}

/// The words of a heading without its ages, and the ages as written, where they have two ends or an open one.
pub(super) fn words_and_ages(heading: &str) -> (String, Option<String>) {
    let of_ages = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '—' | '+' | '<' | '>' | '≤' | '≥');
    let between = matches!(ages(heading), Some(Ages::Between(..)));
    let figures = |text: &str| text.chars().filter(|c| of_ages(*c)).collect::<String>();
    (words(heading).join(" "), between.then(|| figures(heading)))
}

/// Where columns are headed H and M, and none F, the M are women.
fn women_beside_h(parts: &mut [Part]) {
    let no_women = parts.iter().all(|part| part.sex == Sex::Male);
    if no_women && parts.iter().any(|part| part.bare_h) {
        for part in parts.iter_mut().filter(|part| part.bare_m) {
            part.sex = Sex::Female;
        }
    }
}

/// The role of each part; `None` where the ages of one sex overlap, or where that can't be told.
fn roles(parts: &[Part]) -> Option<Vec<Role>> {
    let mut ages: Vec<Ages> = Vec::new();
    for part in parts {
        if !ages.contains(&part.ages) {
            ages.push(part.ages.clone());
        }
    }
    let twice = |at: usize| {
        let mut before = parts[..at].iter();
        before.any(|part| (part.sex, &part.ages) == (parts[at].sex, &parts[at].ages))
    };
    if (0..parts.len()).any(twice) {
        return None;
    }
    // One age with two sets of words is the one between two sides, whichever of them is which.
    if let [Ages::OneSide(one, _), Ages::OneSide(other, _)] = &ages[..]
        && one == other
    {
        let either = |part: &Part| {
            if part.sex == Sex::Female {
                Role::CountFemale
            } else {
                Role::CountMale
            }
        };
        return Some(parts.iter().map(either).collect());
    }
    let told: Vec<(&Ages, (u32, u32))> = ages
        .iter()
        .map(|one| Some((one, between(one, &ages)?)))
        .collect::<Option<_>>()?;
    let each = |at: usize| told[at + 1..].iter().all(|other| apart(told[at].1, other.1));
    if !(0..told.len()).all(each) {
        return None;
    }
    let role = |part: &Part| {
        let (from, to) = told.iter().find(|(ages, _)| **ages == part.ages)?.1;
        let female = part.sex == Sex::Female;
        Some(match (female, to < ADULT, from >= ADULT) {
            (true, true, _) => Role::CountGirls,
            (false, true, _) => Role::CountBoys,
            (true, _, true) => Role::CountWomen,
            (false, _, true) => Role::CountMen,
            (true, false, false) => Role::CountFemale,
            (false, false, false) => Role::CountMale,
        })
    };
    parts.iter().map(role).collect()
}

/// Whether no age is in both: "0-18" and "18-35" share the age at which they meet in writing only.
pub(super) fn apart(a: (u32, u32), b: (u32, u32)) -> bool {
    a.1 <= b.0 || b.1 <= a.0
}

/// From which age to which: words beside one age mean the side of it that no other column counts.
pub(super) fn between(ages: &Ages, all: &[Ages]) -> Option<(u32, u32)> {
    let age = match ages {
        Ages::Between(from, to) => return Some((*from, *to)),
        Ages::OneSide(age, _) => *age,
    };
    let free = |(from, to): (u32, u32)| {
        let others = all.iter().filter(|other| *other != ages);
        let mut others = others.map(|other| match other {
            Ages::Between(from, to) => Some((*from, *to)),
            Ages::OneSide(..) => None,
        });
        others.all(|other| other.is_some_and(|(first, last)| last < from || to < first))
    };
    let (below, above) = ((0, age.checked_sub(1)?), (age, OLDEST));
    let above_whole = (age + 1, OLDEST);
    match (
        free(below) && all.len() > 1,
        (free(above) || free(above_whole)) && all.len() > 1,
    ) {
        (true, false) => Some(below),
        (false, true) if free(above) => Some(above),
        (false, true) => Some(above_whole),
        (true, true) | (false, false) => None,
    }
}
