//! Forms in which a normalised text is looked up, and signs that are told by their shape.

use rapidfuzz::distance::osa;

use super::{is_letter, is_letter_or_number, is_of_word, normalise, small};

/// The text, then its beginnings that end where a word ends, longest first.
pub(super) fn prefixes(normalised: &str) -> impl Iterator<Item = &str> {
    let inner = normalised.char_indices().rev().filter_map(|(at, c)| {
        let before = normalised[..at].chars().next_back()?;
        let ends = !is_letter_or_number(c) && !is_of_word(c) && c != '\'' || c.is_numeric() && is_letter(before);
        let prefix = normalised[..at].trim_end_matches([' ', '.', ':', ',', ';']);
        (ends && !prefix.is_empty()).then_some(prefix)
    });
    std::iter::once(normalised).chain(inner)
}

/// Letters of a short name before an underscore that says nothing about the question.
const LONGEST_SHORT_NAME: usize = 2;

/// Forms of a header to look up, in turn.
pub(super) fn header_forms(whole: &str) -> Vec<String> {
    let bare = strip_brackets(whole);
    let mut forms = vec![whole.to_owned(), bare.clone()];
    if let Some((before, unit)) = bare.rsplit_once(',')
        && unit.trim().chars().count() <= 4
    {
        forms.push(normalise(before));
    }
    if let Some((_, last)) = bare.rsplit_once('/') {
        forms.push(last.to_owned());
        forms.push(last.replace('_', " "));
        // Names of questions in a repeat often begin with a letter of its name: `members/m_services`.
        if let Some((short, rest)) = last.split_once('_')
            && (1..=LONGEST_SHORT_NAME).contains(&short.chars().count())
            && !rest.is_empty()
        {
            forms.push(rest.replace('_', " "));
        }
    }
    if bare.contains('_') {
        forms.push(bare.replace('_', " "));
    }
    forms
}

/// Most letters that stand between a name and the number of its part (`fname_c1`, `address line2`).
const LONGEST_PART_TAG: usize = 4;

/// A header without the number of a part at its end, in turn: `first name 2`, `fname_c1`, `address_2`.
pub(super) fn without_part(normalised: &str) -> Vec<String> {
    let joins = |c: char| matches!(c, ' ' | '_' | '-' | '.' | '#' | '№');
    let numberless = normalised.trim_end_matches(|c: char| c.is_ascii_digit());
    if numberless == normalised {
        return Vec::new();
    }
    let bare = numberless.trim_end_matches(joins);
    let mut forms = vec![bare.to_owned()];
    if let Some((before, tag)) = bare.rsplit_once(joins)
        && (1..=LONGEST_PART_TAG).contains(&tag.chars().count())
        && tag.chars().all(char::is_alphabetic)
    {
        forms.push(before.trim_end_matches(joins).to_owned());
    }
    forms.retain(|form| !form.is_empty());
    forms
}

/// Text without a remark in brackets; a date in brackets is no remark (`Заняття 1 (05.02)`).
pub(super) fn strip_brackets(normalised: &str) -> String {
    let Some((before, rest)) = normalised.split_once('(') else {
        return normalised.to_owned();
    };
    let dated = rest
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_digit() && matches!(pair[1], b'.' | b'/'));
    if dated || before.trim().is_empty() {
        normalised.to_owned()
    } else {
        normalise(before)
    }
}

/// Signs for "same as above": pairs of quotes or slashes, with or without dashes round them.
pub(super) fn is_ditto_sign(normalised: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '−' | '‑' | '=' | '_' | ' ');
    let is_quote = |c: char| matches!(c, '"' | '\u{2033}' | '\u{3003}' | '“' | '”' | '„' | '«' | '»');
    let marks: String = normalised.chars().filter(|c| !is_dash(*c)).collect();
    let dashed = normalised.chars().any(is_dash);
    match marks.as_str() {
        "" => false,
        "//" | "\\\\" | "''" | ",," | "||" => true,
        "/" => dashed && normalised.chars().filter(|c| is_dash(*c)).count() >= 2,
        other => other.chars().all(is_quote),
    }
}

/// Whether two texts of equally many words differ in one letter of one word of at least five.
pub(super) fn one_word_misspelt(text: &str, term: &str) -> bool {
    let mut differing = text.split(' ').zip(term.split(' ')).filter(|(a, b)| a != b);
    let Some((a, b)) = differing.next() else { return false };
    differing.next().is_none()
        && a.chars().count() >= 5
        && b.chars().count() >= 5
        && a.chars()
            .chain(b.chars())
            .all(|c| is_letter(c) || c == '\'' || c == '-')
        && osa::distance_with_args(a.chars(), b.chars(), &osa::Args::default().score_cutoff(1)).is_some()
}

pub(super) fn strip_prefix_ignoring_case<'a>(text: &'a str, lower: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in lower.chars() {
        if small(rest.next()?) != wanted {
            return None;
        }
    }
    Some(rest.as_str())
}
