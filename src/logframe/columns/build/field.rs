//! Columns of fields: what a contact's row says, or else the log, the form or the cycle of its session.

use std::collections::{BTreeMap, HashMap};

use super::super::{Column, Kinds, Lists, RowLists};
use super::{natural, scheme, yes_no, yes_no_names};
use crate::ingest::records::{CycleId, FieldId, FieldValue, Records, RowId, SessionId};
use crate::logframe::items::{Item, Of};
use crate::people::facts::{Attribute, Facts, fold};
use crate::people::model::PersonId;
use crate::project::model::Project;

/// The cell of a field for every fact.
struct Cells<'a> {
    contacts: Vec<Option<&'a FieldValue>>,
    sessions: Vec<Option<&'a FieldValue>>,
    cycles: Vec<Option<&'a FieldValue>>,
    enrolments: Vec<Option<&'a FieldValue>>,
}

impl<'a> Cells<'a> {
    fn of(records: &'a Records, facts: &Facts, field: Option<FieldId>) -> Self {
        let row = |row: RowId| cell(records.values_of(row), field);
        let cycle = |cycle: CycleId| cell(&records.cycles[cycle.index()].fields, field);
        let session = |session: SessionId| {
            let session = &records.sessions[session.index()];
            let written = [session.log_row, session.form].into_iter().flatten().find_map(row);
            written.or_else(|| session.cycle.and_then(cycle))
        };
        let contacts = facts.contacts.iter();
        let sessions = facts.sessions.iter();
        let cycles = facts.cycles.iter();
        let enrolments = facts.enrolments.iter();
        let of_enrolment = |row_id, at: u32| row(row_id).or_else(|| cycle(facts.cycles[at as usize].cycle));
        Self {
            contacts: contacts
                .map(|fact| row(fact.row).or_else(|| session(fact.session)))
                .collect(),
            sessions: sessions.map(|fact| session(fact.session)).collect(),
            cycles: cycles.map(|fact| cycle(fact.cycle)).collect(),
            enrolments: enrolments.map(|fact| of_enrolment(fact.row, fact.cycle)).collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &'a FieldValue> {
        let own = self.contacts.iter().chain(&self.sessions);
        own.chain(&self.cycles).chain(&self.enrolments).filter_map(|cell| *cell)
    }
}

fn cell(values: &[(FieldId, FieldValue)], field: Option<FieldId>) -> Option<&FieldValue> {
    let found = values.iter().find(|(at, _)| Some(*at) == field);
    found.map(|(_, value)| value)
}

/// The field of each contact's row, or else of its session.
pub(in crate::logframe::columns) fn row_column(records: &Records, facts: &Facts, key: &str) -> Column {
    let field = records.field(key);
    let cells = Cells::of(records, facts, field);
    let questions = cells.all().next().is_some() && cells.all().all(|cell| matches!(cell, FieldValue::YesNo(_)));
    let names = if questions {
        yes_no_names()
    } else {
        names(records, &cells)
    };
    let places: HashMap<String, u32> = names.iter().map(|name| fold(name)).zip(0..).collect();
    let lists = |cells: &[Option<&FieldValue>]| {
        let mut lists = Lists::default();
        for cell in cells {
            let shown = cell.map(|cell| shown(records, cell)).unwrap_or_default();
            lists.push(shown.iter().filter_map(|name| places.get(&fold(name)).copied()));
        }
        lists
    };
    let kind = Kinds::Row(RowLists {
        field,
        contacts: lists(&cells.contacts),
        sessions: lists(&cells.sessions),
        cycles: lists(&cells.cycles),
        enrolments: lists(&cells.enrolments),
    });
    let column = Column {
        several: cells.all().any(|cell| matches!(cell, FieldValue::Set(_))),
        ..Column::new(names, kind)
    };
    if questions { column.closed(3) } else { column }
}

/// What the cells say, each once whatever its case and spaces, in natural order.
fn names(records: &Records, cells: &Cells) -> Vec<String> {
    let mut written: Vec<String> = cells.all().flat_map(|cell| shown(records, cell)).collect();
    written.sort_unstable_by_key(|name| natural(name));
    let mut folded: BTreeMap<String, String> = BTreeMap::new();
    for name in written {
        folded.entry(fold(&name)).or_insert(name);
    }
    let mut names: Vec<String> = folded.into_values().collect();
    names.sort_unstable_by_key(|name| natural(name));
    names
}

fn shown(records: &Records, value: &FieldValue) -> Vec<String> {
    match value {
        FieldValue::Text(text) | FieldValue::Code(text) => vec![records.text(*text).trim().to_owned()],
        FieldValue::Number(number) => vec![number.to_string()],
        FieldValue::Date(date) => vec![date.to_string()],
        FieldValue::YesNo(yes) => vec![yes_no_names().swap_remove(yes_no(*yes) as usize)],
        FieldValue::Set(texts) => texts.iter().map(|text| records.text(*text).trim().to_owned()).collect(),
    }
}

/// A number of every fact and of every person.
pub(in crate::logframe::columns) struct Numbers {
    contacts: Vec<Option<f64>>,
    sessions: Vec<Option<f64>>,
    cycles: Vec<Option<f64>>,
    enrolments: Vec<Option<f64>>,
    persons: Vec<Option<f64>>,
}

impl Numbers {
    /// The number of an item: the person's own where persons are counted, else that of the row before it.
    pub(in crate::logframe::columns) fn of(&self, item: &Item, person: Option<u32>, persons: bool) -> Option<f64> {
        let own = person.and_then(|person| self.persons[person as usize]);
        let written = match item.of {
            Of::Contact(at) => self.contacts[at as usize],
            Of::Session(at) | Of::Log(at) => self.sessions[at as usize],
            Of::Cycle(at) => self.cycles[at as usize],
            Of::Enrolment(at) => self.enrolments[at as usize],
            Of::Person(_) | Of::Finding(_) => None,
        };
        if persons && person.is_some() {
            own
        } else {
            written.or(own)
        }
    }
}

pub(in crate::logframe::columns) fn band_column(
    project: &Project,
    records: &Records,
    facts: &Facts,
    key: &str,
    name: &str,
) -> Column {
    let cells = Cells::of(records, facts, records.field(key));
    let numbers = |cells: &[Option<&FieldValue>]| {
        let number = |cell: Option<&FieldValue>| match cell {
            Some(FieldValue::Number(number)) => Some(*number),
            _ => None,
        };
        cells.iter().copied().map(number).collect()
    };
    let person = |person| match facts.attribute(PersonId(person), key) {
        Some(Attribute::Number(number)) => Some(*number),
        _ => None,
    };
    let scheme = scheme(project, name);
    let (names, count) = (scheme.bands(), scheme.from.len());
    let numbers = Numbers {
        contacts: numbers(&cells.contacts),
        sessions: numbers(&cells.sessions),
        cycles: numbers(&cells.cycles),
        enrolments: numbers(&cells.enrolments),
        persons: (0..).take(facts.persons.len()).map(person).collect(),
    };
    Column::new(names, Kinds::Band { scheme, numbers }).closed(count)
}
