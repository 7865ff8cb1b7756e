//! Amounts: numbers of rows, sessions, cycles, attendances and persons.

use super::{Item, Making, Of, UNIT, contact, nobody, number, units, who};
use crate::ingest::records::{CycleId, FieldId, FieldValue, RowId};
use crate::people::facts::Attribute;
use crate::people::model::PersonId;

impl Making<'_> {
    /// Amounts of sessions' log rows, and of contacts' rows once a row.
    pub(super) fn row_amounts(self, key: &str) -> Vec<Item> {
        let Some(field) = self.records.field(key) else {
            return Vec::new();
        };
        let mut taken = vec![false; self.records.rows.len()];
        let mut take = |row: RowId| {
            let fresh = !std::mem::replace(&mut taken[row.index()], true);
            fresh.then(|| number(self.records, row, field)).flatten()
        };
        let mut items = Vec::new();
        let held = (0..).zip(&self.facts.sessions);
        for (at, fact) in held.filter(|(_, fact)| Some(fact.population) == self.population) {
            let row = self.records.sessions[fact.session.index()].log_row;
            items.extend(
                row.and_then(&mut take)
                    .map(|amount| nobody(fact.date, Of::Log(at), amount)),
            );
        }
        for (at, fact) in self.own_contacts() {
            items.extend(take(fact.row).map(|amount| contact(at, fact, super::WHOLE, amount)));
        }
        items.sort_by_key(|item| (item.date, item.of));
        items
    }

    /// The amount of each session: of its log row, its form, or else the first of its contacts that has one.
    pub(super) fn session_amounts(self, key: &str) -> Vec<Item> {
        let Some(field) = self.records.field(key) else {
            return Vec::new();
        };
        let mut of_contacts = vec![None; self.records.sessions.len()];
        for (_, fact) in self.own_contacts() {
            let known = &mut of_contacts[fact.session.index()];
            *known = known.or_else(|| number(self.records, fact.row, field));
        }
        let held = (0..).zip(&self.facts.sessions);
        held.filter(|(_, fact)| Some(fact.population) == self.population)
            .filter_map(|(at, fact)| {
                let session = &self.records.sessions[fact.session.index()];
                let written = [session.log_row, session.form]
                    .into_iter()
                    .flatten()
                    .find_map(|row| number(self.records, row, field));
                let amount = written.or(of_contacts[fact.session.index()])?;
                Some(nobody(fact.date, Of::Session(at), amount))
            })
            .collect()
    }

    /// The amount of each cycle, on its first day.
    pub(super) fn cycle_amounts(self, key: &str) -> Vec<Item> {
        let Some(field) = self.records.field(key) else {
            return Vec::new();
        };
        let mut items = self.cycles();
        items.retain_mut(|item| {
            let Of::Cycle(at) = item.of else { return false };
            let amount = self.cycle_number(self.facts.cycles[at as usize].cycle, field);
            item.amount = amount.unwrap_or_default();
            amount.is_some()
        });
        items
    }

    /// For each enrolment, the amount of its cycle in the share of the sessions attended, on the first day attended.
    pub(super) fn attendance_amounts(self, key: &str) -> Vec<Item> {
        let Some(field) = self.records.field(key) else {
            return Vec::new();
        };
        let mut items = self.enrolments();
        items.retain_mut(|item| {
            let Of::Enrolment(at) = item.of else { return false };
            let enrolment = &self.facts.enrolments[at as usize];
            let cycle = &self.facts.cycles[enrolment.cycle as usize];
            let (attended, held) = (enrolment.days.len() as i128, i128::from(cycle.sessions.max(1)));
            let Some(amount) = self.cycle_number(cycle.cycle, field) else {
                return false;
            };
            // Half a unit is far below what any figure shows.
            item.amount = i64::try_from(i128::from(amount) * attended / held).unwrap_or(i64::MAX);
            true
        });
        items
    }

    fn cycle_number(self, cycle: CycleId, field: FieldId) -> Option<i64> {
        let fields = self.records.cycles[cycle.index()].fields.iter();
        fields.into_iter().find_map(|(at, value)| match value {
            FieldValue::Number(number) if *at == field => units(*number),
            _ => None,
        })
    }

    /// For each person, the number that was resolved.
    pub(super) fn person_numbers(self, key: &str) -> Vec<Option<i64>> {
        let persons = (0..).take(self.facts.persons.len()).map(PersonId);
        persons
            .map(|person| match self.facts.attribute(person, key)? {
                Attribute::Number(number) => units(*number),
                Attribute::YesNo(yes) => Some(i64::from(*yes) * UNIT),
                Attribute::Text(_) | Attribute::Set(_) => None,
            })
            .collect()
    }

    pub(super) fn cycles(self) -> Vec<Item> {
        let held = (0..).zip(&self.facts.cycles);
        held.filter(|(_, fact)| Some(fact.population) == self.population)
            .map(|(at, fact)| nobody(fact.start, Of::Cycle(at), UNIT))
            .collect()
    }

    pub(super) fn enrolment(self, at: u32, date: chrono::NaiveDate) -> Item {
        Item {
            who: who(&self.facts.enrolments[at as usize].who),
            ..nobody(date, Of::Enrolment(at), UNIT)
        }
    }
}
