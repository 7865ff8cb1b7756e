//! One row of a table: its values, its day, its activity, whether it repeats another.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use ustr::Ustr;

use super::mention::Met;
use super::{Assembler, At, TableState};
use crate::ingest::findings::Kind;
use crate::ingest::forms::FormCells;
use crate::ingest::layout::Purpose;
use crate::ingest::records::{Context, Fate, Field, FieldId, FieldValue, Finding, Place, Reason, Row, RowId, TextId};
use crate::ingest::repeats::{Before, Content};
use crate::ingest::rows::{RawRow, RowDate};
use crate::ingest::values::RawValue;
use crate::ingest::vocabulary;
use crate::project::model::{ActivityRule, Layout};

/// Field of the minutes that somebody was there.
const MINUTES: &str = "minutes";

impl Assembler<'_> {
    /// A row outside the data.
    pub(super) fn aside(&mut self, place: Place, source: usize, reason: Reason) {
        self.push_row(place, source, Fate::SetAside(reason));
        if reason == Reason::NoPerson {
            self.find(Kind::NoPerson, place, &[]);
        }
    }

    pub(super) fn push_row(&mut self, place: Place, source: usize, fate: Fate) -> RowId {
        let end = u32::try_from(self.records.values.len()).expect("fewer than 2^32 values");
        let id = self.records.rows.len().into();
        self.records.rows.push(Row {
            place,
            source,
            fate,
            values: end..end,
        });
        id
    }

    pub(super) fn row(&mut self, at: At, state: &mut TableState, row: &RawRow, content: Option<Content>) {
        let id = self.push_row(at.cell(row.number, row.apart), at.source, Fate::Counted);
        if row.apart.is_none() {
            state.of_row = Some(id);
        }
        self.row_values(at, state, id, row);
        for (field, value) in &state.fields {
            self.push_value(id, *field, value.clone());
        }
        self.given_values(at, id, row);
        if let Some(minutes) = row.minutes {
            let field = self.field(MINUTES, MINUTES);
            self.push_value(id, field, FieldValue::Number(minutes));
        }
        self.cell_issues(at, row);
        // Recognition alone asks about every row that is written, repeated and refused ones among them.
        if self.purpose == Purpose::Project && self.settled_otherwise(at, state, row, (id, content)) {
            return;
        }
        match at.block().layout {
            Layout::List => self.list_row(at, state, row, id),
            Layout::Register => self.register_row(at, state, row, id),
            Layout::EventLog => self.log_row(at, row, id),
            Layout::Registry => {
                let group = self.new_group();
                let met = Met {
                    group,
                    context: Context::default(),
                    date: None,
                    informs: true,
                };
                self.mention(at, row, id, met);
            }
        }
    }

    /// Whether a row is set aside whatever its layout, or waits for the form that it belongs to.
    fn settled_otherwise(
        &mut self,
        at: At,
        state: &TableState,
        row: &RawRow,
        (id, content): (RowId, Option<Content>),
    ) -> bool {
        // The same child in the forms of two months says the same in both; whether it is a copy its form tells.
        let content = content.filter(|_| !row.form.as_deref().is_some_and(FormCells::is_part));
        match content.and_then(|content| self.repeats.note(at.file, id, content)) {
            Some(Before::Elsewhere(original)) => {
                self.set_aside(id, Reason::Repeat);
                self.repeats_row(at, row, original, Kind::RowRepeated);
                if row.form.is_some() {
                    self.note_company(at, row, id, (None, None));
                }
                return true;
            }
            // Where each row is a session of its own, nothing else tells that one was copied.
            Some(Before::Here(original)) if row.person.is_named() && self.is_own_session(at, state, row) => {
                self.repeats_row(at, row, original, Kind::RowAgain);
            }
            Some(Before::Here(_)) | None => {}
        }
        if row.apart.is_some() && row.form.is_some() {
            self.part_row(at, row, id);
            return true;
        }
        if let Some(judgement) = self.forms.judgement(at.cell(row.number, None)) {
            self.form_aside(at, row, id, judgement);
            return true;
        }
        if self.skipped(at, row, id) {
            let mention = self.silent_mention(at, row, id);
            self.note_form(at, row, id, (None, Some(mention)));
            return true;
        }
        self.stay_reversed(at, row);
        if row.form.as_deref().is_some_and(FormCells::is_part) {
            self.part_row(at, row, id);
            return true;
        }
        false
    }

    fn repeats_row(&mut self, at: At, row: &RawRow, original: RowId, kind: Kind) {
        self.records.findings.push(Finding {
            kind,
            place: Some(at.cell(row.number, None)),
            others: vec![self.records.rows[original.index()].place],
            args: BTreeMap::new(),
        });
    }

    pub(super) fn set_aside(&mut self, row: RowId, reason: Reason) {
        self.records.rows[row.index()].fate = Fate::SetAside(reason);
    }

    fn row_values(&mut self, at: At, state: &mut TableState, id: RowId, row: &RawRow) {
        let start = u32::try_from(self.records.values.len()).expect("fewer than 2^32 values");
        for (column, value) in &row.values {
            let field = match state.column_fields.get(*column) {
                Some(Some(field)) => *field,
                _ => self.field_of_column(at, state, *column),
            };
            let value = match value {
                RawValue::Text(text) => FieldValue::Text(self.kept(*text)),
                RawValue::Code(code) => FieldValue::Code(self.kept(*code)),
                RawValue::Number(number) => FieldValue::Number(*number),
                RawValue::Date(date) => FieldValue::Date(*date),
                RawValue::YesNo(answer) => FieldValue::YesNo(*answer),
                RawValue::Set(codes) => FieldValue::Set(codes.iter().map(|code| self.kept(*code)).collect()),
            };
            self.records.values.push((field, value));
        }
        let end = u32::try_from(self.records.values.len()).expect("fewer than 2^32 values");
        self.records.rows[id.index()].values = start..end;
    }

    fn field_of_column(&mut self, at: At, state: &mut TableState, column: usize) -> FieldId {
        let heading = &at.block().columns[column];
        let field = self.field(&heading.key, &heading.header);
        state.column_fields.resize(at.block().columns.len(), None);
        state.column_fields[column] = Some(field);
        field
    }

    pub(super) fn field(&mut self, key: &str, header: &str) -> FieldId {
        if let Some(id) = self.field_ids.get(key) {
            return *id;
        }
        let id = self.records.fields.len().into();
        self.records.fields.push(Field {
            key: key.to_owned(),
            header: header.to_owned(),
        });
        self.field_ids.insert(key.to_owned(), id);
        id
    }

    pub(super) fn activity(&mut self, at: At, row: &RawRow) -> Option<TextId> {
        let ActivityRule::ByField { field, values } = &self.sources[at.source].activity else {
            return Some(self.one_activity(at.source));
        };
        let column = at.block().columns.iter().position(|column| column.key == *field)?;
        let (_, value) = row.values.iter().find(|(index, _)| *index == column)?;
        let of = |written: &str| {
            let mut known = values.iter();
            let found = known.find(|(word, _)| vocabulary::normalise(word) == written);
            found.map(|(_, activity)| Ustr::from(activity))
        };
        let activity = match value {
            RawValue::Text(text) | RawValue::Code(text) => *self
                .activities
                .entry((at.source, *text))
                .or_insert_with(|| of(&vocabulary::normalise(text))),
            RawValue::Number(number) => of(&number.to_string()),
            RawValue::Date(_) | RawValue::YesNo(_) | RawValue::Set(_) => None,
        };
        activity.map(|activity| self.kept(activity))
    }

    /// The one activity of all rows of a source; none at all is a blank one.
    fn one_activity(&mut self, source: usize) -> TextId {
        if let Some(known) = self.one_activities[source] {
            return known;
        }
        let activity = self.records.texts.intern(self.sources[source].activity.fixed());
        self.one_activities[source] = Some(activity);
        activity
    }

    /// The day of a row's session, or the row set aside with a finding.
    pub(super) fn day(&mut self, at: At, row: &RawRow, id: RowId) -> Option<NaiveDate> {
        let place = at.cell(row.number, row.session.date_column);
        let (reason, written) = match &row.session.date {
            RowDate::Day(day) => match self.date_problem(*day) {
                None => return Some(*day),
                Some(reason) => (reason, day.to_string()),
            },
            // A day of the calendar that was refused lies too far from the others.
            RowDate::Impossible(written) if written.parse::<NaiveDate>().is_ok() => {
                (Reason::ImplausibleDate, written.clone())
            }
            RowDate::Impossible(written) => (Reason::ImpossibleDate, written.clone()),
            RowDate::Missing => (Reason::NoDate, String::new()),
        };
        self.set_aside(id, reason);
        self.date_finding(reason, place, &written);
        None
    }
}
