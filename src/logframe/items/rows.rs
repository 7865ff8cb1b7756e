//! Contact rows with more than a day: stays, cases, tests, fields of several values.

use chrono::NaiveDate;

use super::{Beside, Item, Making, Of, UNIT, WHOLE, contact, day, nobody};
use crate::ingest::records::FieldValue;
use crate::people::facts::{ContactFact, Who};
use crate::project::model::Evidence;

/// Field of a stay's first night.
pub(in crate::logframe) const CHECK_IN: &str = "check_in";

/// Field of the day a stay ended.
pub(in crate::logframe) const CHECK_OUT: &str = "check_out";

impl Making<'_> {
    /// Contacts, and log rows of sessions.
    pub(super) fn valued(self) -> Vec<Item> {
        let mut items = self.contacts(Evidence::All);
        let held = (0..).zip(&self.facts.sessions);
        let held = held.filter(|(_, fact)| Some(fact.population) == self.population);
        let logged = held.filter(|(_, fact)| self.records.sessions[fact.session.index()].log_row.is_some());
        items.extend(logged.map(|(at, fact)| nobody(fact.date, Of::Log(at), UNIT)));
        items.sort_by_key(|item| (item.date, item.of, item.part));
        items
    }

    /// An item for each value of a field on each named contact's row.
    pub(super) fn values(self, key: &str) -> Vec<Item> {
        let Some(field) = self.records.field(key) else {
            return Vec::new();
        };
        let mut items = Vec::new();
        for (at, fact) in self.own_contacts().filter(|(_, fact)| is_named(fact)) {
            let own = self.records.values_of(fact.row).iter().find(|(at, _)| *at == field);
            let count = match own.map(|(_, value)| value) {
                Some(FieldValue::Set(texts)) => texts.len(),
                Some(_) => 1,
                None => 0,
            };
            items.extend((0..WHOLE).take(count).map(|part| contact(at, fact, part, UNIT)));
        }
        items
    }

    /// Named contacts with their nights; a stay without a first day begins on the contact's day.
    pub(super) fn stays(self) -> (Vec<Item>, Beside) {
        let (begins, ends) = (self.records.field(CHECK_IN), self.records.field(CHECK_OUT));
        let mut items = Vec::new();
        let mut stays: Vec<_> = self.facts.contacts.iter().map(|fact| (fact.date, None)).collect();
        for (at, fact) in self.own_contacts().filter(|(_, fact)| is_named(fact)) {
            let from = begins.and_then(|field| day(self.records, fact.row, field));
            let to = ends.and_then(|field| day(self.records, fact.row, field));
            let from = from.unwrap_or(fact.date);
            stays[at as usize] = (from, to);
            items.push(Item {
                date: from,
                ..contact(at, fact, WHOLE, UNIT)
            });
        }
        items.sort_by_key(|item| (item.date, item.of));
        (items, Beside::Stays(stays))
    }

    /// Contact rows with the day they end.
    pub(super) fn begun(self, until: &str) -> (Vec<Item>, Beside) {
        let field = self.records.field(until);
        let end = |fact: &ContactFact| field.and_then(|field| day(self.records, fact.row, field));
        let ends = self.facts.contacts.iter().map(end).collect();
        (self.once_a_row(), Beside::Ends(ends))
    }

    /// Contact rows by the day they end; those that end before they begin are an error of the papers.
    pub(super) fn ended(self, until: &str) -> Vec<Item> {
        let Some(field) = self.records.field(until) else {
            return Vec::new();
        };
        let mut items = self.once_a_row();
        items.retain_mut(|item| {
            let end = self.row_day(item, field).filter(|end| *end >= item.date);
            item.date = end.unwrap_or(item.date);
            end.is_some()
        });
        items.sort_by_key(|item| (item.date, item.of));
        items
    }

    /// Days from one field to another of contact rows that have both, by the later day.
    pub(super) fn days(self, from: &str, to: &str) -> Vec<Item> {
        let (Some(from), Some(to)) = (self.records.field(from), self.records.field(to)) else {
            return Vec::new();
        };
        let mut items = self.once_a_row();
        items.retain_mut(|item| {
            let both = self.row_day(item, from).zip(self.row_day(item, to));
            let Some((from, to)) = both.filter(|(from, to)| from <= to) else {
                return false;
            };
            item.date = to;
            item.amount = (to - from).num_days() * UNIT;
            true
        });
        items.sort_by_key(|item| (item.date, item.of));
        items
    }

    /// Named contacts, once for each row.
    pub(super) fn once_a_row(self) -> Vec<Item> {
        let mut taken = vec![false; self.records.rows.len()];
        let named = self.own_contacts().filter(|(_, fact)| is_named(fact));
        named
            .filter(|(_, fact)| !std::mem::replace(&mut taken[fact.row.index()], true))
            .map(|(at, fact)| contact(at, fact, WHOLE, UNIT))
            .collect()
    }

    fn row_day(self, item: &Item, field: crate::ingest::records::FieldId) -> Option<NaiveDate> {
        let Of::Contact(at) = item.of else { return None };
        day(self.records, self.facts.contacts[at as usize].row, field)
    }
}

fn is_named(fact: &ContactFact) -> bool {
    matches!(fact.who, Who::Person { .. })
}
