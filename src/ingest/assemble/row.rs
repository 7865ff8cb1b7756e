//! One row of a table: its values, its day, its activity, whether it repeats another.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::mention::Met;
use super::{Assembler, At, TableState};
use crate::ingest::findings::Kind;
use crate::ingest::forms::FormCells;
use crate::ingest::grid::ROWS_AT_ONCE;
use crate::ingest::layout::Purpose;
use crate::ingest::marks::Mark;
use crate::ingest::records::{Context, Fate, Field, FieldId, FieldValue, Finding, Place, Reason, Row, RowId, TextId};
use crate::ingest::repeats::{self, Content};
use crate::ingest::rows::{RawRow, RowDate};
use crate::ingest::values::RawValue;
use crate::ingest::vocabulary;
use crate::project::model::{ActivityRule, Layout};

/// Marks that tell a row with nothing but a name from its namesake's.
const TELLING_MARKS: usize = 3;

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
        self.row_values(at, id, row);
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
        if self.purpose == Purpose::Project && self.settled_otherwise(at, row, id, content) {
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
    fn settled_otherwise(&mut self, at: At, row: &RawRow, id: RowId, content: Option<Content>) -> bool {
        if let Some(original) = content.and_then(|content| self.repeats.note(at.file, id, content)) {
            self.set_aside(id, Reason::Repeat);
            let place = at.cell(row.number, None);
            self.records.findings.push(Finding {
                kind: Kind::RowRepeated,
                place: Some(place),
                others: vec![self.records.rows[original.index()].place],
                args: BTreeMap::new(),
            });
            return true;
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

    pub(super) fn set_aside(&mut self, row: RowId, reason: Reason) {
        self.records.rows[row.index()].fate = Fate::SetAside(reason);
    }

    pub(super) fn row_values(&mut self, at: At, id: RowId, row: &RawRow) {
        let start = u32::try_from(self.records.values.len()).expect("fewer than 2^32 values");
        for (column, value) in &row.values {
            let column = &at.block().columns[*column];
            let field = self.field(&column.key, &column.header);
            let texts = &mut self.records.texts;
            let value = match value {
                RawValue::Text(text) => FieldValue::Text(texts.intern_kept(*text)),
                RawValue::Code(code) => FieldValue::Code(texts.intern_kept(*code)),
                RawValue::Number(number) => FieldValue::Number(*number),
                RawValue::Date(date) => FieldValue::Date(*date),
                RawValue::YesNo(answer) => FieldValue::YesNo(*answer),
                RawValue::Set(codes) => FieldValue::Set(codes.iter().map(|code| texts.intern_kept(*code)).collect()),
            };
            self.records.values.push((field, value));
        }
        let end = u32::try_from(self.records.values.len()).expect("fewer than 2^32 values");
        self.records.rows[id.index()].values = start..end;
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

    /// Fingerprints of the rows of a table; none where nobody asks whether rows repeat.
    pub(super) fn contents(&self, at: At) -> Vec<Option<Content>> {
        let rows = &at.table.rows;
        if self.purpose != Purpose::Project {
            return vec![None; rows.len()];
        }
        let rule = format!("{:?} {:?}", at.block().layout, self.sources[at.source].activity);
        rows.par_iter()
            .with_min_len(ROWS_AT_ONCE)
            .map(|row| content(at, row, &rule))
            .collect()
    }

    pub(super) fn activity(&mut self, at: At, row: &RawRow) -> Option<TextId> {
        match &self.sources[at.source].activity {
            ActivityRule::None => Some(self.records.texts.intern("")),
            ActivityRule::Fixed(activity) => Some(self.records.texts.intern(activity)),
            ActivityRule::ByField { field, values } => {
                let column = at.block().columns.iter().position(|column| column.key == *field)?;
                let (_, value) = row.values.iter().find(|(index, _)| *index == column)?;
                let written = match value {
                    RawValue::Text(text) | RawValue::Code(text) => vocabulary::normalise(text),
                    RawValue::Number(number) => number.to_string(),
                    _ => return None,
                };
                let activity = values
                    .iter()
                    .find(|(word, _)| vocabulary::normalise(word) == written)?
                    .1;
                Some(self.records.texts.intern(activity))
            }
        }
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

/// Fingerprint of what a row says about person and session; `None` for rows that say too little to be told apart.
fn content(at: At, row: &RawRow, rule: &str) -> Option<Content> {
    let person = &row.person;
    let home = person.settlement.or(person.address);
    let mut parts = vec![rule.to_owned()];
    let written = [
        &person.full_name,
        &person.surname,
        &person.given_name,
        &person.patronymic,
        &person.code,
        &person.phone,
        &home,
        &row.session.title,
        &row.session.group,
        &row.session.site,
        &row.session.facilitator,
    ];
    let said = written.iter().filter(|text| text.is_some()).count();
    parts.extend(
        written
            .into_iter()
            .map(|text| text.as_deref().map(vocabulary::normalise).unwrap_or_default()),
    );
    parts.push(format!("{:?} {:?} {:?}", person.birth, person.age, row.session.date));
    parts.extend(
        row.values
            .iter()
            .map(|(column, value)| format!("{} {value:?}", at.block().columns[*column].key)),
    );
    let marks: Vec<&(usize, Mark)> = row.marks.iter().filter(|(_, mark)| *mark != Mark::Blank).collect();
    // Members of two forms may be written alike; their forms tell them apart.
    if let Some(form) = &row.form {
        parts.push(format!("{:?} {:?} {:?}", form.root, form.instance, form.parent));
    }
    let tells = said >= 2 || !row.values.is_empty() || (said == 1 && marks.len() >= TELLING_MARKS);
    for (session, mark) in marks {
        parts.push(format!("{:?} {mark:?}", at.block().sessions[*session].date));
    }
    tells.then(|| repeats::content(&parts))
}
