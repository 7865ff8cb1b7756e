//! Rows of event logs: a session each, with its head-count.

use std::collections::HashMap;

use super::{Assembler, At};
use crate::ingest::findings::Kind;
use crate::ingest::layout::COUNTS;
use crate::ingest::records::{HeadCount, HeadCountPart, Reason, RowId, SessionId};
use crate::ingest::repeats::Content;
use crate::ingest::rows::RawRow;
use crate::ingest::sessions::SessionKey;
use crate::ingest::values::RawValue;
use crate::ingest::vocabulary::{Role, Vocabulary};
use crate::project::model::Layout;

/// Columns that count a part of the heads: the sex, and whether they are children, where the column says so.
const PARTS: [(Role, Option<&'static str>, Option<bool>); 8] = [
    (Role::CountWomen, Some("female"), Some(false)),
    (Role::CountMen, Some("male"), Some(false)),
    (Role::CountGirls, Some("female"), Some(true)),
    (Role::CountBoys, Some("male"), Some(true)),
    (Role::CountFemale, Some("female"), None),
    (Role::CountMale, Some("male"), None),
    (Role::CountChildren, None, Some(true)),
    (Role::CountOther, None, None),
];

impl Assembler<'_> {
    pub(super) fn log_row(&mut self, at: At, row: &RawRow, id: RowId) {
        let Some(date) = self.day(at, row, id) else { return };
        if self.is_not_held(at, row) {
            self.set_aside(id, Reason::NotHeld);
            self.find(Kind::NotHeld, at.cell(row.number, None), &[]);
            return;
        }
        let Some(activity) = self.activity(at, row) else {
            self.set_aside(id, Reason::NotUnderstood);
            self.find(Kind::ActivityNotNamed, at.cell(row.number, None), &[]);
            return;
        };
        let source = &self.sources[at.source];
        let words = self
            .plain
            .words(&row.session, source.session.as_deref(), self.vocabulary);
        // Every line of a log is an event of its own, whatever it shares with another.
        let key = SessionKey {
            activity,
            population: self.population(at.source),
            date,
            words,
            nth: id.0 + 1,
        };
        let session = self.session(key, at.cell(row.number, None), at.source, &row.session, Some(id));
        self.sessions.get_mut(session).listed = false;
        match self.head_count(at, row, id) {
            Some(count) => self.head_counts.push((session, count)),
            None => self.uncounted.push((session, at.cell(row.number, None))),
        }
    }

    /// The parts that stand in words beside the number of all heads.
    fn parts_in_words(&self, at: At, row: &RawRow) -> Vec<(Option<&'static str>, Option<bool>, u32)> {
        let column = at
            .block()
            .columns
            .iter()
            .position(|column| column.role == Some(Role::CountTotal));
        let said = row.values.iter().find(|(index, _)| Some(*index) == column);
        let Some((_, RawValue::Text(text))) = said else {
            return Vec::new();
        };
        let (_, counts) = in_words(text, self.vocabulary).unwrap_or_default();
        let known = |role: Role| PARTS.iter().find(|(part, ..)| *part == role);
        counts
            .into_iter()
            .filter_map(|(role, count)| known(role).map(|(_, sex, child)| (*sex, *child, count)))
            .collect()
    }

    /// Whether a line of a log says that its event was cancelled: in its state, or in place of a head-count.
    fn is_not_held(&self, at: At, row: &RawRow) -> bool {
        let counted = PARTS.iter().map(|(role, ..)| *role).chain([Role::CountTotal]);
        let counted = counted
            .filter_map(|role| heads(at, row, role, self.vocabulary))
            .any(|count| count > 0);
        row.values.iter().any(|(column, value)| {
            let RawValue::Text(text) = value else { return false };
            let states = match at.block().columns[*column].role {
                Some(Role::Status | Role::AttendedFlag) => true,
                None | Some(Role::Notes | Role::SignedList) => !counted,
                Some(role) => !counted && COUNTS.contains(&role),
            };
            states && (self.vocabulary.is_not_held(text) || self.vocabulary.begins_not_held(text))
        })
    }

    fn head_count(&mut self, at: At, row: &RawRow, id: RowId) -> Option<HeadCount> {
        let parts: Vec<(Option<&'static str>, Option<bool>, u32)> = PARTS
            .into_iter()
            .filter_map(|(role, sex, child)| Some((sex, child, heads(at, row, role, self.vocabulary)?)))
            .collect();
        let parts = if parts.is_empty() {
            self.parts_in_words(at, row)
        } else {
            parts
        };
        let sum: u32 = parts.iter().fold(0, |sum, (_, _, count)| sum.saturating_add(*count));
        let written = heads(at, row, Role::CountTotal, self.vocabulary);
        if let Some(total) = written.filter(|total| !parts.is_empty() && *total != sum) {
            let args = [("total", total.to_string()), ("parts", sum.to_string())];
            let place = at.cell(row.number, at.block().column(Role::CountTotal));
            self.find(Kind::PartsDiffer, place, &args);
        }
        let total = written.or_else(|| (!parts.is_empty()).then_some(sum))?;
        let column = at.block().column(Role::CountTotal);
        if column.is_some() && written.is_none() {
            let args = [("counted", sum.to_string()), ("parts", parts.len().to_string())];
            self.find(Kind::CountMissing, at.cell(row.number, column), &args);
        }
        if column.is_none() {
            self.missing_parts(at, row, sum, parts.len());
        }
        let texts = &mut self.records.texts;
        let parts = parts
            .into_iter()
            .filter(|(_, _, count)| *count > 0 && sum <= total)
            .map(|(sex, child, count)| HeadCountPart {
                sex: sex.map(|sex| texts.intern(sex)),
                child,
                count,
            })
            .collect();
        Some(HeadCount {
            // Known once the sessions are settled.
            session: SessionId(0),
            row: id,
            total,
            parts,
        })
    }
}

impl Assembler<'_> {
    /// Tells of lines of a log that say in every cell what a line above says.
    pub(super) fn events_written_twice(&mut self, at: At, contents: &[Option<Content>]) {
        if at.block().layout != Layout::EventLog {
            return;
        }
        let mut first: HashMap<Content, u32> = HashMap::new();
        for (row, content) in at.table.rows.iter().zip(contents) {
            let Some(content) = content else { continue };
            if let Some(above) = first.get(content) {
                let args = [("row", above.to_string())];
                self.find(Kind::EventTwice, at.cell(row.number, None), &args);
            } else {
                first.insert(*content, row.number);
            }
        }
    }

    /// Tells of parts that a row does not count, where other rows do and no total holds the row together.
    fn missing_parts(&mut self, at: At, row: &RawRow, sum: u32, counted: usize) {
        for (role, _, _) in PARTS {
            let Some(column) = at.block().column(role) else {
                continue;
            };
            let vocabulary = self.vocabulary;
            if heads(at, row, role, vocabulary).is_none() && is_counted(at, role, vocabulary) {
                let args = [("counted", sum.to_string()), ("parts", counted.to_string())];
                self.find(Kind::CountMissing, at.cell(row.number, Some(column)), &args);
            }
        }
    }
}

/// Whether most rows of a log write a number in the column with this role, so that a blank there is no zero.
fn is_counted(at: At, role: Role, vocabulary: &Vocabulary) -> bool {
    let rows = &at.table.rows;
    let filled = rows
        .iter()
        .filter(|row| heads(at, row, role, vocabulary).is_some())
        .count();
    filled * 3 >= rows.len() * 2
}

/// The number that a row writes in the column with this role; the sum, where several columns count others.
fn heads(at: At, row: &RawRow, role: Role, vocabulary: &Vocabulary) -> Option<u32> {
    let columns = at.block().columns.iter().enumerate();
    let of_role = columns.filter(|(_, column)| column.role == Some(role));
    of_role
        .filter_map(|(column, _)| heads_in(row, column, vocabulary))
        .reduce(u32::saturating_add)
}

/// The number that a row writes in a column of its block.
fn heads_in(row: &RawRow, column: usize, vocabulary: &Vocabulary) -> Option<u32> {
    let (_, value) = row.values.iter().find(|(index, _)| *index == column)?;
    match value {
        RawValue::Number(number) if (0.0..1e9).contains(number) =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked to be in range"
            )]
            Some(number.round() as u32)
        }
        RawValue::Text(text) => in_words(text, vocabulary).map(|(total, _)| total),
        _ => None,
    }
}

/// Heads in numbers and words ("25 persons", "12 (8 women, 4 men)"), and the parts by sex where they add up; `None`
/// for anything that is not surely a number of people.
fn in_words(text: &str, vocabulary: &Vocabulary) -> Option<(u32, Vec<(Role, u32)>)> {
    let plain =
        |c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '.' | '\'' | '’');
    if !text.starts_with(|c: char| c.is_ascii_digit()) || !text.chars().all(plain) {
        return None;
    }
    let mut counts: Vec<(u32, &str)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = &rest[at..];
        let digits = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let end = from[digits..]
            .find(|c: char| c.is_ascii_digit())
            .map_or(from.len(), |end| digits + end);
        let words = from[digits..end].trim_matches(|c: char| !c.is_alphabetic() && c != '.');
        counts.push((from[..digits].parse().ok()?, words));
        rest = &from[end..];
    }
    let sex = |words: &str| {
        let roles = vocabulary.header(words);
        PARTS
            .iter()
            .map(|(role, ..)| *role)
            .find(|role| roles.first() == Some(role))
    };
    let people = |words: &str| words.is_empty() || vocabulary.counts_people(words);
    let parts = |counts: &[(u32, &str)]| -> Option<Vec<(Role, u32)>> {
        counts
            .iter()
            .map(|(count, words)| Some((sex(words)?, *count)))
            .collect()
    };
    let sum = |counts: &[(u32, &str)]| counts.iter().fold(0_u32, |sum, (count, _)| sum.saturating_add(*count));
    match counts.as_slice() {
        [(total, words)] => (people(words) || sex(words).is_some()).then(|| (*total, Vec::new())),
        [(total, words), of @ ..] if people(words) && sum(of) == *total => {
            Some((*total, parts(of).unwrap_or_default()))
        }
        of => parts(of).map(|parts| (sum(of), parts)),
    }
}

#[cfg(test)]
mod tests;
