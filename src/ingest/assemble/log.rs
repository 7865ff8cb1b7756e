//! Rows of event logs: a session each, with its head-count.

use std::collections::HashMap;

use super::heads::{self, Told};
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
pub(super) const PARTS: [(Role, Option<&'static str>, Option<bool>); 8] = [
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
        if self.is_only_planned(at, row) {
            self.set_aside(id, Reason::NotHeld);
            self.find(Kind::PlannedOnly, at.cell(row.number, None), &[]);
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
            named: String::new(),
            nth: id.0 + 1,
        };
        let session = self.session(key, at.cell(row.number, None), at.source, &row.session, Some(id));
        self.sessions.get_mut(session).listed = false;
        if let Some(count) = self.head_count(at, row, id) {
            self.head_counts.push((session, count));
        } else {
            let place = at.cell(row.number, None);
            self.uncounted.push((session, place, missing_kind(at, row)));
        }
    }

    /// The parts that stand in words beside the number of all heads.
    fn parts_in_words(&self, at: At, row: &RawRow) -> Vec<(Option<&'static str>, Option<bool>, u32)> {
        let column = at
            .block()
            .columns
            .iter()
            .position(|column| column.role == Some(Role::CountTotal));
        let Some(told) = column.and_then(|column| told_in(row, column, self.vocabulary)) else {
            return Vec::new();
        };
        let known = |role: Role| PARTS.iter().find(|(part, ..)| *part == role);
        told.parts
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

    /// Whether a line of a log says how many are expected, and has nothing where it would say how many came.
    fn is_only_planned(&self, at: At, row: &RawRow) -> bool {
        let columns = &at.block().columns;
        let of = |(column, _): &&(usize, RawValue)| columns[*column].role;
        let counted = |value: &&(usize, RawValue)| of(value).is_some_and(|role| COUNTS.contains(&role));
        let planned = |value: &&(usize, RawValue)| {
            matches!(of(value), None | Some(Role::DerivedTotal))
                && matches!(value.1, RawValue::Number(number) if number > 0.0)
                && self.vocabulary.heads_planned(&columns[value.0].header)
        };
        at.block().has(COUNTS)
            && !row.values.iter().any(|value| counted(&value))
            && row.values.iter().any(|value| planned(&value))
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
        self.told_loosely(at, row);
        let part_of = |total: u32| sum < total && is_of_one_sex(at);
        if let Some(total) = written.filter(|total| !parts.is_empty() && *total != sum && !part_of(*total)) {
            let args = [("total", total.to_string()), ("parts", sum.to_string())];
            let place = at.cell(row.number, at.block().column(Role::CountTotal));
            self.find(Kind::PartsDiffer, place, &args);
        }
        let total = written.or_else(|| (!parts.is_empty()).then_some(sum))?;
        let column = at.block().column(Role::CountTotal);
        if column.is_some() && written.is_none() {
            let args = [("counted", sum.to_string()), ("parts", parts.len().to_string())];
            self.find(missing_kind(at, row), at.cell(row.number, column), &args);
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
            beside: false,
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

    /// Tells of heads whose number was read from a text that says more, or is in doubt.
    fn told_loosely(&mut self, at: At, row: &RawRow) {
        for (index, column) in at.block().columns.iter().enumerate() {
            let counted = column.role.is_some_and(|role| COUNTS.contains(&role));
            let told = told_in(row, index, self.vocabulary).filter(|told| counted && told.loosely);
            if let Some(told) = told {
                let args = [("counted", told.total.to_string())];
                self.find(Kind::CountInWords, at.cell(row.number, Some(column.index)), &args);
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
        RawValue::Text(text) => heads::in_words(text, vocabulary).map(|told| told.total),
        _ => None,
    }
}

/// The heads that a row tells in words in a column of its block.
fn told_in(row: &RawRow, column: usize, vocabulary: &Vocabulary) -> Option<Told> {
    let (_, value) = row.values.iter().find(|(index, _)| *index == column)?;
    match value {
        RawValue::Text(text) => heads::in_words(text, vocabulary),
        _ => None,
    }
}

/// Whether the parts of a log are those of one sex, so that the others of a total need not be counted in any column.
fn is_of_one_sex(at: At) -> bool {
    let has = |role: Role| at.block().has(&[role]);
    let women = [Role::CountFemale, Role::CountWomen, Role::CountGirls];
    let men = [Role::CountMale, Role::CountMen, Role::CountBoys];
    let others = has(Role::CountChildren) || has(Role::CountOther);
    !others && women.into_iter().any(has) != men.into_iter().any(has)
}

/// What is said of a row without a total: nothing stands there, or nothing that can be read.
fn missing_kind(at: At, row: &RawRow) -> Kind {
    let columns = &at.block().columns;
    let unread = row
        .values
        .iter()
        .any(|(column, value)| columns[*column].role == Some(Role::CountTotal) && matches!(value, RawValue::Text(_)));
    if unread { Kind::CountUnread } else { Kind::CountMissing }
}

#[cfg(test)]
mod tests;
