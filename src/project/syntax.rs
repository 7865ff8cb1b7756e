//! TOML's own complaints, put into the words of somebody who has never heard of TOML.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::diagnostic::{DefinitionText, Diagnostics};
use crate::message::{Message, message};

/// Most syntax errors shown of one file: one that has more is no file of definitions.
const MOST: usize = 20;

/// What is wrong, and what to do.
struct Advice {
    message: Message,
    help: Option<Message>,
}

fn advice(message: Message, help: Message) -> Advice {
    Advice {
        message,
        help: Some(help),
    }
}

/// Notes the first syntax error of each line: those behind it are mostly its echoes.
pub(super) fn note_all(file: &Arc<DefinitionText>, errors: &[toml::de::Error], out: &mut Diagnostics) {
    let mut noted = BTreeSet::new();
    for error in errors {
        let span = error.span().unwrap_or_default();
        let line = file.line_of(span.start);
        if noted.len() == MOST || !noted.insert(line) {
            continue;
        }
        let found = explain(&file.text, &span, error.message());
        out.note(file, span, found.message, found.help);
    }
}

/// What is wrong with a text, and what to do, from TOML's own complaint.
pub(super) fn advise(text: &str, span: &Range<usize>, message: &str) -> (Message, Option<Message>) {
    let found = explain(text, span, message);
    (found.message, found.help)
}

fn explain(text: &str, span: &Range<usize>, message: &str) -> Advice {
    let (before, rest) = line_around(text, span.start.min(text.len()));
    let whole = format!("{before}{rest}");
    let value = whole.split_once('=').map_or("", |(_, value)| value.trim());
    let word: String = rest.chars().take_while(|letter| letter.is_alphanumeric()).collect();
    if rest.starts_with(['“', '”', '„', '«', '»', '‘', '’']) {
        return advice(
            message!("these are not the quotes that definitions use"),
            message!("use straight double quotes: \"…\""),
        );
    }
    if is_local_date(value) {
        return advice(
            message!("a date is written year-month-day"),
            message!("write it as in 2026-01-31"),
        );
    }
    if message.contains("escape") {
        let help = message!("write folders with /, or put the text in single quotes: '…'");
        return advice(message!("`\\` has a meaning of its own in double quotes"), help);
    }
    if before.ends_with(|letter: char| letter.is_ascii_digit()) && rest.starts_with(',') {
        return advice(message!("a decimal comma"), message!("write decimals with a dot: 1.5"));
    }
    if message.starts_with("duplicate key") {
        return advice(
            message!("`{word}` is written twice", word),
            message!("keep one of the two"),
        );
    }
    if value
        .split('#')
        .next()
        .is_some_and(|value| value.trim_end().ends_with('%'))
    {
        return advice(
            message!("a per cent is written as a plain number"),
            message!("leave out the % sign"),
        );
    }
    if message.starts_with("string values must be quoted") {
        let help = message!("put text in quotes: \"…\"; only numbers, dates, true and false stand without");
        return advice(message!("text without quotes"), help);
    }
    if rest
        .chars()
        .next()
        .is_some_and(|letter| letter.is_alphabetic() && !letter.is_ascii())
    {
        return advice(
            message!("`{word}` must stand in quotes", word),
            message!("write \"{word}\" = …", word),
        );
    }
    Advice {
        message: as_told(message),
        help: None,
    }
}

/// What stands in a line before a place, and from it on.
fn line_around(text: &str, start: usize) -> (&str, &str) {
    let before = text.get(..start).unwrap_or_default();
    let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let rest = text.get(start..).and_then(|rest| rest.lines().next());
    (before, rest.unwrap_or_default())
}

/// A complaint of the parser, for which there is no advice.
fn as_told(message: &str) -> Message {
    match message.split_once(", expected ") {
        Some((what, wanted)) => message!(
            "{what}, expected {wanted}",
            what = Message::phrase(what),
            wanted = Message::phrase(wanted)
        ),
        None => Message::phrase(message),
    }
}

/// Whether a value begins with a day as people write it: 01.02.2026, 1/2/26.
fn is_local_date(value: &str) -> bool {
    let written: String = value
        .chars()
        .take_while(|letter| letter.is_ascii_digit() || ['.', '/'].contains(letter))
        .collect();
    let parts: Vec<&str> = written.split(['.', '/']).collect();
    parts.len() == 3 && parts.iter().all(|part| (1..=4).contains(&part.len()))
}
