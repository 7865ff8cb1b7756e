//! Cycles: the sessions of one register block, with what the lines above it say.

use ustr::Ustr;

use super::given::{derived, heading_text};
use super::{Assembler, At, TableState};
use crate::ingest::fields::first_number;
use crate::ingest::records::{Cycle, CycleId, FieldId, FieldValue};
use crate::ingest::rows;
use crate::ingest::vocabulary::Role;
use crate::project::model::Layout;

/// Field of a cycle's length in hours, where its unit is written.
const HOURS: &str = "hours";

impl Assembler<'_> {
    /// The cycle of a register block; its fields are those of the rows, too.
    pub(super) fn cycle(&mut self, at: At, state: &mut TableState) -> Option<CycleId> {
        if at.block().layout != Layout::Register {
            return None;
        }
        let source = &self.sources[at.source];
        let activity = self.records.texts.intern(source.activity.fixed());
        state.fields = self.fields_of_heading(at);
        let mut fields = state.fields.clone();
        for (key, value) in &source.constants {
            let field = self.field(key, key);
            fields.push((field, FieldValue::Code(self.records.texts.intern(value))));
        }
        let cycle = Cycle {
            activity,
            population: self.population(at.source),
            source: at.source,
            place: at.cell(at.block().header_top, None),
            fields,
        };
        self.records.cycles.push(cycle);
        Some((self.records.cycles.len() - 1).into())
    }

    fn fields_of_heading(&mut self, at: At) -> Vec<(FieldId, FieldValue)> {
        let source = &self.sources[at.source];
        let heading = rows::of_heading(at.block(), source);
        let mut fields = Vec::new();
        for (key, text) in [
            ("title", &heading.title),
            ("group", &heading.group),
            ("site", &heading.site),
        ] {
            if let Some(text) = text {
                let field = self.field(key, key);
                fields.push((field, FieldValue::Text(self.records.texts.intern(text))));
            }
        }
        for (role, text) in &at.block().heading.fields {
            let field = self.field(role.key(), role.key());
            let number = first_number(text).filter(|_| *role == Role::Duration);
            fields.push(match number {
                Some(number) => (field, FieldValue::Number(number)),
                None => (field, FieldValue::Text(self.records.texts.intern(text))),
            });
            if let (Some(number), Some(minutes)) = (number, self.vocabulary.minutes_of_unit(text)) {
                let hours = self.field(HOURS, HOURS);
                fields.push((hours, FieldValue::Number(number * minutes / 60.0)));
            }
        }
        for (key, derive) in &source.derive {
            let from = match derive.from.as_str() {
                "title" => heading.title.or_else(|| heading_text(at)),
                "group" => heading.group,
                "site" => heading.site,
                other => source.constants.get(other).map(|text| Ustr::from(text)),
            };
            if let Some(value) = from.and_then(|from| derived(derive, &from).map(str::to_owned)) {
                let field = self.field(key, key);
                fields.push((field, FieldValue::Code(self.records.texts.intern(&value))));
            }
        }
        fields
    }
}

#[cfg(test)]
mod tests;
