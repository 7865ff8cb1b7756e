//! A register's cell under a session → present, absent, or a question.

use super::grid::text_of;
use super::table::Cell;
use super::vocabulary::{self, MarkMeaning, Vocabulary};
use crate::project::model::{BlankMark, Source};

/// What a cell under a session says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The person came.
    Present,
    /// The person did not come.
    Absent,
    /// The person did not come, for a good reason.
    Excused,
    /// No session was held, or the person was not yet enrolled.
    NoSession,
    /// Nothing is written, and blank means absent.
    Blank,
    /// Something that no vocabulary knows, as written.
    Unknown(String),
}

/// Reads one cell under a session.
pub(crate) fn read(cell: Option<&Cell>, source: &Source, vocabulary: &Vocabulary) -> Mark {
    let text = cell.map(text_of).unwrap_or_default();
    if text.is_empty() {
        return if source.blank == Some(BlankMark::Present) {
            Mark::Present
        } else {
            Mark::Blank
        };
    }
    if let Some(mark) = defined(&text, source) {
        return mark;
    }
    match cell {
        Some(Cell::Bool(value)) => return if *value { Mark::Present } else { Mark::Absent },
        // 1 is a mark, 2 and more are hours or a grade: whoever has either was there.
        Some(Cell::Number(number)) => return if *number > 0.0 { Mark::Present } else { Mark::Absent },
        _ => {}
    }
    match vocabulary.mark(&text) {
        // Whoever came for a part of the session came.
        Some(MarkMeaning::Present | MarkMeaning::Partial) => Mark::Present,
        Some(MarkMeaning::Absent) => Mark::Absent,
        Some(MarkMeaning::Excused) => Mark::Excused,
        Some(MarkMeaning::NoSession | MarkMeaning::NotEnrolled) => Mark::NoSession,
        Some(MarkMeaning::Ditto | MarkMeaning::Ambiguous) | None => number(&text).unwrap_or(Mark::Unknown(text)),
    }
}

fn number(text: &str) -> Option<Mark> {
    let number = super::values::number(text)?;
    Some(if number > 0.0 { Mark::Present } else { Mark::Absent })
}

/// The marks that a definition adds.
fn defined(text: &str, source: &Source) -> Option<Mark> {
    let marks = &source.marks;
    if marks.present.is_empty() && marks.absent.is_empty() && marks.excused.is_empty() {
        return None;
    }
    let text = vocabulary::normalise(text);
    let among = |words: &[String]| {
        words
            .iter()
            .any(|word| vocabulary::normalise(word) == text || word == &text)
    };
    if among(&marks.present) {
        Some(Mark::Present)
    } else if among(&marks.absent) {
        Some(Mark::Absent)
    } else if among(&marks.excused) {
        Some(Mark::Excused)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
