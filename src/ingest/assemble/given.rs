//! What a definition says about the rows of a source: fields that all have, fields made from others, rows to set
//! aside, and rows that are no contacts.

use ustr::Ustr;

use super::{Assembler, At};
use crate::ingest::came::Came;
use crate::ingest::findings::Kind;
use crate::ingest::grid::number_text;
use crate::ingest::layout::PERSON;
use crate::ingest::records::{FieldId, FieldValue, Reason, RowId};
use crate::ingest::rows::{RawRow, RawSession};
use crate::ingest::values::RawValue;
use crate::ingest::vocabulary::{self, Role};
use crate::project::model::{Derive, Skip};

/// Field that tells callers who gave a number from those who hid it.
const CALLER: &str = "caller";

impl Assembler<'_> {
    /// A further value of the row read last; a field that it has already keeps its value.
    pub(super) fn push_value(&mut self, row: RowId, field: FieldId, value: FieldValue) {
        if self.records.values_of(row).iter().any(|(known, _)| *known == field) {
            return;
        }
        self.records.values.push((field, value));
        let end = u32::try_from(self.records.values.len()).expect("fewer than 2^32 values");
        self.records.rows[row.index()].values.end = end;
    }

    fn push_code(&mut self, row: RowId, key: &str, code: &str) {
        let field = self.field(key, key);
        let value = FieldValue::Code(self.records.texts.intern(code));
        self.push_value(row, field, value);
    }

    /// Fields that the row does not hold itself.
    pub(super) fn given_values(&mut self, at: At, id: RowId, row: &RawRow) {
        let source = &self.sources[at.source];
        for (key, value) in &source.constants {
            self.push_code(id, key, value);
        }
        if let Some(sex) = row.person.sex.filter(|_| !at.block().of_sex.is_empty()) {
            self.push_code(id, Role::Sex.key(), sex);
        }
        for (key, derive) in &source.derive {
            let from = self.said(at, row, &derive.from).unwrap_or_default();
            if let Some(value) = derived(derive, &from) {
                self.push_code(id, key, value);
            }
        }
        // Where callers are known by their numbers alone, whoever hides hers has a number of the operator's.
        let by_number = !at.block().has(PERSON) && at.block().has(&[Role::Phone]);
        if let Some(phone) = row.person.phone.as_ref().filter(|_| by_number) {
            let short = phone.chars().filter(char::is_ascii_digit).count() < SHORTEST_PHONE;
            let anonymous = short && self.vocabulary.is_anonymous(phone);
            self.push_code(id, CALLER, if anonymous { "anonymous" } else { "number" });
        }
    }

    /// The words of a field: of the session, or of the row.
    fn said(&self, at: At, row: &RawRow, key: &str) -> Option<Ustr> {
        let session = &row.session;
        let of_session = match key {
            "title" => session.title.or_else(|| heading_text(at)),
            "group" => session.group,
            "site" => session.site,
            _ => None,
        };
        of_session.or_else(|| {
            let words: Vec<String> = self.forms_of_value(at, row, key);
            (!words.is_empty()).then(|| Ustr::from(&words.join(" ")))
        })
    }

    /// The ways in which a row writes a field: as written, and what that was taken for.
    fn forms_of_value(&self, at: At, row: &RawRow, key: &str) -> Vec<String> {
        let columns = &at.block().columns;
        let mut words: Vec<String> = Vec::new();
        for (column, written) in &row.written {
            if columns[*column].key == key {
                words.push(written.clone());
            }
        }
        for (column, value) in &row.values {
            if columns[*column].key != key {
                continue;
            }
            match value {
                RawValue::Text(text) | RawValue::Code(text) => words.push(text.as_str().to_owned()),
                RawValue::Set(codes) => words.extend(codes.iter().map(|code| code.as_str().to_owned())),
                RawValue::Number(number) => words.push(number_text(*number)),
                RawValue::Date(date) => words.push(date.to_string()),
                RawValue::YesNo(answer) => words.push(if *answer { "yes" } else { "no" }.to_owned()),
            }
        }
        if words.is_empty() {
            words.extend(of_session(&row.session, key).map(|text| text.as_str().to_owned()));
            words.extend(self.sources[at.source].constants.get(key).cloned());
        }
        words.dedup();
        words
    }

    fn says_any(&self, at: At, row: &RawRow, key: &str, values: &[String]) -> bool {
        let words = self.forms_of_value(at, row, key);
        let words: Vec<String> = words.iter().map(|word| vocabulary::normalise(word)).collect();
        if values.is_empty() {
            return words.iter().any(|word| !self.vocabulary.is_missing(word));
        }
        values.iter().any(|value| words.contains(&vocabulary::normalise(value)))
    }

    /// Sets a row aside that the definition leaves out.
    pub(super) fn skipped(&mut self, at: At, row: &RawRow, id: RowId) -> bool {
        let skips: &[Skip] = &self.sources[at.source].skip;
        let Some(skip) = skips
            .iter()
            .find(|skip| self.says_any(at, row, &skip.field, &skip.values))
        else {
            return false;
        };
        self.set_aside(id, Reason::Skipped);
        self.find(
            Kind::Skipped,
            at.cell(row.number, None),
            &[("reason", skip.reason.clone())],
        );
        true
    }

    /// Whether a row says that the person received something.
    pub(super) fn is_contact(&self, at: At, row: &RawRow) -> bool {
        self.no_contact(at, row).is_none()
    }

    /// Why a row is no contact, if it is none: by the definition, else by what it says itself.
    pub(super) fn no_contact(&self, at: At, row: &RawRow) -> Option<Reason> {
        if let Some((field, values)) = &self.sources[at.source].contact_when {
            return (!self.says_any(at, row, field, values)).then_some(Reason::NoContact);
        }
        match row.came {
            Came::Yes => None,
            Came::No | Came::Contradicted => Some(Reason::Absent),
            Came::Unclear => Some(Reason::NotUnderstood),
            Came::Again => Some(Reason::SecondMark),
            Came::NotHeld => Some(Reason::NotHeld),
            Came::Staff => Some(Reason::Staff),
        }
    }

    /// Notes a stay or case that ends before it begins.
    pub(super) fn stay_reversed(&mut self, at: At, row: &RawRow) {
        let days = row
            .values
            .iter()
            .filter(|(_, value)| matches!(value, RawValue::Date(_)));
        if days.count() < 2 {
            return;
        }
        let day = |role: Role| {
            let column = at.block().columns.iter().position(|column| column.role == Some(role))?;
            let (_, value) = row.values.iter().find(|(index, _)| *index == column)?;
            if let RawValue::Date(date) = value {
                Some(*date)
            } else {
                None
            }
        };
        for (begins, ends) in [(Role::CheckIn, Role::CheckOut), (Role::CaseOpened, Role::CaseClosed)] {
            if let (Some(from), Some(to)) = (day(begins), day(ends))
                && to < from
            {
                let place = at.cell(row.number, at.block().column(ends));
                let args = [("from", from.to_string()), ("to", to.to_string())];
                self.find(Kind::StayReversed, place, &args);
            }
        }
    }
}

/// Digits from which a text is a telephone number.
const SHORTEST_PHONE: usize = 6;

/// The words of a session's field under its role's key or its short name.
fn of_session(session: &RawSession, key: &str) -> Option<Ustr> {
    match key {
        "title" | "topic" | "event" => session.title,
        "group" => session.group,
        "site" | "place" => session.site,
        "facilitator" => session.facilitator,
        "number" | "event_number" => session.number,
        _ => None,
    }
}

/// What the lines above a table say, where they name no title.
pub(super) fn heading_text(at: At) -> Option<Ustr> {
    let lines = &at.block().heading.lines;
    (!lines.is_empty()).then(|| Ustr::from(&lines.join(" ")))
}

/// The value whose words a text contains.
pub(super) fn derived<'d>(derive: &'d Derive, from: &str) -> Option<&'d str> {
    let text = vocabulary::normalise(from);
    derive
        .contains
        .iter()
        .find(|(words, _)| text.contains(&vocabulary::normalise(words)))
        .map(|(_, value)| value.as_str())
        .or(derive.otherwise.as_deref())
}

#[cfg(test)]
mod tests;
