//! Items: what an indicator counts, one by one, before filters, periods and cells.

mod amounts;
mod cycles;
mod rows;

use chrono::NaiveDate;

pub(super) use rows::{CHECK_IN, CHECK_OUT};

use crate::ingest::findings::Kind;
use crate::ingest::records::{FieldId, FieldValue, Records, RowId};
use crate::people::facts::{ContactFact, Facts, Who, fold};
use crate::project::model::{Counted, Evidence, Measure, Per, Project};

/// Amounts are whole parts of this size, so that sums do not depend on the order of facts: five decimals and the
/// shares of cycles of up to ten sessions are exact.
pub(super) const UNIT: i64 = 25_200_000;

/// The part of an item that stands for a whole fact, or for the rest of a head-count.
pub(super) const WHOLE: u16 = u16::MAX;

/// Findings about the figures themselves: made of them, so that none of them can count these.
const TOLD_LATER: [Kind; 3] = [Kind::NothingCounted, Kind::FieldMissing, Kind::CycleTooShort];

/// No person.
pub(super) const NOBODY: u32 = u32::MAX;

/// The fact behind an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Of {
    /// Index into the contacts.
    Contact(u32),
    /// Index into the sessions.
    Session(u32),
    /// The log row of a session, index into the sessions.
    Log(u32),
    /// Index into the cycles.
    Cycle(u32),
    /// Index into the enrolments.
    Enrolment(u32),
    /// A person whom a source lists.
    Person(u32),
    /// Index into the findings.
    Finding(u32),
}

/// One thing that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// Day it belongs to; findings and listed persons belong to the project's first day.
    pub(super) date: NaiveDate,
    /// The fact.
    pub(super) of: Of,
    /// Part of a head-count, place of a value among several, or [`WHOLE`].
    pub(super) part: u16,
    /// The person behind it in the best, low and high partition, or [`NOBODY`]: kept here because persons are looked
    /// up for every item of every cell.
    pub(super) who: [u32; 3],
    /// How much it adds, in [`UNIT`]s.
    pub(super) amount: i64,
}

/// What a measure knows of its items beside them.
#[derive(Debug, Default)]
pub(super) enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// For each contact, the first night of its stay and the day of leaving.
    Stays(Vec<(NaiveDate, Option<NaiveDate>)>),
    /// For each contact, the day its row ends.
    Ends(Vec<Option<NaiveDate>>),
    /// For each contact, the values before and after, in [`UNIT`]s.
    Scores(Vec<[Option<i64>; 2]>),
    /// For each person, the number, in [`UNIT`]s.
    Numbers(Vec<Option<i64>>),
}

/// Where items are made from.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub(super) project: &'a Project,
    pub(super) records: &'a Records,
    pub(super) facts: &'a Facts,
    pub(super) population: Option<u16>,
}

impl<'a> Making<'a> {
    /// All items a side can count, by date, with what is known beside them.
    ///
    /// The values of a change are told later, when its filters are ready.
    pub(super) fn items(self, counted: &Counted) -> (Vec<Item>, Beside) {
        let plain = |items: Vec<Item>| (items, Beside::Nothing);
        match &counted.measure {
            Measure::Contacts(evidence) => plain(self.contacts(*evidence)),
            Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::PeopleWith { .. }
            | Measure::PeopleWithContacts { .. }
            | Measure::Households => plain(self.contacts(Evidence::Named)),
            Measure::PeopleListed { source, min } => plain(self.listed(source, *min, &counted.population)),
            Measure::Different { .. } => plain(self.valued()),
            Measure::Items { field } => plain(self.values(field)),
            Measure::Sessions => plain(self.sessions()),
            Measure::Cycles => plain(self.cycles()),
            Measure::Enrolments => plain(self.enrolments()),
            Measure::CompletedEnrolments { sessions } | Measure::CompletedPeople { sessions } => {
                plain(self.completed(*sessions))
            }
            Measure::DroppedOut { sessions } => plain(self.dropped_out(*sessions)),
            Measure::Statistic { field, per, .. } => match per {
                Per::Row => plain(self.row_amounts(field)),
                Per::Session => plain(self.session_amounts(field)),
                Per::Cycle => plain(self.cycle_amounts(field)),
                Per::Attendance => plain(self.attendance_amounts(field)),
                Per::Person | Per::Household => (
                    self.contacts(Evidence::Named),
                    Beside::Numbers(self.person_numbers(field)),
                ),
            },
            Measure::BedNights | Measure::PeakNight => self.stays(),
            Measure::Days { from, to } => plain(self.days(from, to)),
            Measure::OpenAtEnd { until } => self.begun(until),
            Measure::Ended { until } => plain(self.ended(until)),
            Measure::Change(_) => plain(self.once_a_row()),
            Measure::Findings { kinds } => plain(self.findings(kinds)),
            Measure::CapacityNights | Measure::Constant(_) => plain(Vec::new()),
        }
    }

    /// The contacts of the population, with their indexes.
    fn own_contacts(self) -> impl Iterator<Item = (u32, &'a ContactFact)> {
        let all = (0..).zip(&self.facts.contacts);
        all.filter(move |(_, fact)| Some(fact.population) == self.population)
    }

    pub(super) fn contacts(self, evidence: Evidence) -> Vec<Item> {
        let mut items = Vec::new();
        for (at, fact) in self.own_contacts() {
            match (&fact.who, evidence) {
                (Who::Person { .. }, Evidence::All | Evidence::Named) => items.push(contact(at, fact, WHOLE, UNIT)),
                (Who::Anonymous { count, parts }, Evidence::All | Evidence::Anonymous) => {
                    let mut rest = *count;
                    for (part, said) in (0..WHOLE).zip(parts) {
                        let known = said.count.min(rest);
                        rest -= known;
                        if known > 0 {
                            items.push(contact(at, fact, part, i64::from(known) * UNIT));
                        }
                    }
                    if rest > 0 {
                        items.push(contact(at, fact, WHOLE, i64::from(rest) * UNIT));
                    }
                }
                (Who::Person { .. }, Evidence::Anonymous) | (Who::Anonymous { .. }, Evidence::Named) => {}
            }
        }
        items
    }

    fn sessions(self) -> Vec<Item> {
        let held = (0..).zip(&self.facts.sessions);
        held.filter(|(_, fact)| Some(fact.population) == self.population)
            .map(|(at, fact)| nobody(fact.date, Of::Session(at), UNIT))
            .collect()
    }

    /// Persons whom a source writes down so often, whether or not they have a contact.
    fn listed(self, source: &str, min: u32, population: &str) -> Vec<Item> {
        let (name, population) = (fold(source), fold(population));
        let meant = |at: usize| {
            let source = self.project.sources.get(at);
            source.is_some_and(|source| fold(&source.name) == name && fold(&source.population) == population)
        };
        let persons = (0..).zip(&self.facts.persons);
        persons
            .filter(|(_, person)| {
                let of_source = person.listed.iter().filter(|(source, _)| meant(*source));
                let rows: usize = of_source.map(|(_, rows)| rows.len()).sum();
                rows >= min.max(1) as usize
            })
            .map(|(at, _)| Item {
                who: [at, NOBODY, NOBODY],
                ..nobody(self.project.start, Of::Person(at), UNIT)
            })
            .collect()
    }

    fn findings(self, kinds: &[String]) -> Vec<Item> {
        let told = |text: &str| fold(text).replace(['_', ' '], "-");
        let kinds: Vec<(&str, Option<String>)> = kinds
            .iter()
            .map(|kind| match kind.split_once('/') {
                Some((kind, reason)) => (kind.trim(), Some(told(reason))),
                None => (kind.as_str(), None),
            })
            .collect();
        let all = (0..).zip(&self.facts.findings);
        all.filter(|(_, finding)| {
            !TOLD_LATER.contains(&finding.kind) && {
                let reason = || finding.args.get("reason").map(|reason| told(reason));
                let wanted = |(kind, wanted): &(&str, Option<String>)| {
                    *kind == finding.kind.code() && (wanted.is_none() || *wanted == reason())
                };
                kinds.is_empty() || kinds.iter().any(wanted)
            }
        })
        .map(|(at, _)| nobody(self.project.start, Of::Finding(at), UNIT))
        .collect()
    }
}

/// An item that nobody in particular is behind.
fn nobody(date: NaiveDate, of: Of, amount: i64) -> Item {
    Item {
        date,
        of,
        part: WHOLE,
        who: [NOBODY; 3],
        amount,
    }
}

fn contact(at: u32, fact: &ContactFact, part: u16, amount: i64) -> Item {
    Item {
        date: fact.date,
        of: Of::Contact(at),
        part,
        who: who(&fact.who),
        amount,
    }
}

/// The person of a fact in the three partitions.
pub(super) fn who(who: &Who) -> [u32; 3] {
    match who {
        Who::Person { person, low, high } => [person.0, *low, *high],
        Who::Anonymous { .. } => [NOBODY; 3],
    }
}

/// The number in a field of a row, in [`UNIT`]s.
pub(super) fn number(records: &Records, row: RowId, field: FieldId) -> Option<i64> {
    records.values_of(row).iter().find_map(|(at, value)| match value {
        FieldValue::Number(number) if *at == field => units(*number),
        _ => None,
    })
}

/// A number in [`UNIT`]s.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast saturates, and no honest amount comes near"
)]
pub(super) fn units(number: f64) -> Option<i64> {
    number.is_finite().then(|| (number * UNIT as f64).round() as i64)
}

/// The day in a field of a row.
fn day(records: &Records, row: RowId, field: FieldId) -> Option<NaiveDate> {
    records.values_of(row).iter().find_map(|(at, value)| match value {
        FieldValue::Date(date) if *at == field => Some(*date),
        _ => None,
    })
}

#[cfg(test)]
impl Item {
    /// A contact of which only the number matters.
    pub(super) fn numbered(number: u32) -> Self {
        nobody(NaiveDate::MIN, Of::Contact(number), UNIT)
    }
}
