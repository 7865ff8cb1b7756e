//! Items: what an indicator counts, one by one, before filters, periods and cells.

use chrono::NaiveDate;

use crate::ingest::records::{FieldValue, Records, RowId};
use crate::people::facts::{ContactFact, Facts, Who};
use crate::project::model::{Evidence, Measure, Project};

/// Amounts are whole millionths, so that sums do not depend on the order of facts.
pub(super) const UNIT: i64 = 1_000_000;

/// The part of an item that stands for a whole fact, or for the rest of a head-count.
pub(super) const WHOLE: u16 = u16::MAX;

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
    /// Index into the findings.
    Finding(u32),
}

/// One thing that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// Day it belongs to; findings belong to the project's first day.
    pub(super) date: NaiveDate,
    /// The fact.
    pub(super) of: Of,
    /// Part of a head-count, or [`WHOLE`].
    pub(super) part: u16,
    /// The person behind it in the best, low and high partition, or [`NOBODY`]: kept here because persons are looked
    /// up for every item of every cell.
    pub(super) who: [u32; 3],
    /// How much it adds, in [`UNIT`]s.
    pub(super) amount: i64,
}

/// All items a measure can count in one population, by date.
pub(super) fn items(
    project: &Project,
    records: &Records,
    facts: &Facts,
    measure: &Measure,
    population: Option<u16>,
) -> Vec<Item> {
    match measure {
        Measure::Contacts(evidence) => contacts(facts, *evidence, population),
        Measure::People | Measure::NewPeople | Measure::ReturningPeople | Measure::PeopleWith { .. } => {
            contacts(facts, Evidence::Named, population)
        }
        Measure::Sessions => sessions(facts, population),
        Measure::Statistic { field, .. } => amounts(records, facts, field, population),
        Measure::Findings { kinds } => findings(project, facts, kinds),
        _ => todo!(),
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).expect("tables hold fewer than 2^32 items")
}

/// The person of a contact in the three partitions.
pub(super) fn who(fact: &ContactFact) -> [u32; 3] {
    match fact.who {
        Who::Person { person, low, high } => [person.0, low, high],
        Who::Anonymous { .. } => [NOBODY; 3],
    }
}

fn contacts(facts: &Facts, evidence: Evidence, population: Option<u16>) -> Vec<Item> {
    let mut items = Vec::new();
    for (at, fact) in facts.contacts.iter().enumerate() {
        if Some(fact.population) != population {
            continue;
        }
        let mut push = |part, count: u32| {
            items.push(Item {
                date: fact.date,
                of: Of::Contact(index(at)),
                part,
                who: who(fact),
                amount: i64::from(count) * UNIT,
            });
        };
        match (&fact.who, evidence) {
            (Who::Person { .. }, Evidence::All | Evidence::Named) => push(WHOLE, 1),
            (Who::Anonymous { count, parts }, Evidence::All | Evidence::Anonymous) => {
                let mut rest = *count;
                for (part, said) in (0..WHOLE).zip(parts) {
                    let known = said.count.min(rest);
                    rest -= known;
                    if known > 0 {
                        push(part, known);
                    }
                }
                if rest > 0 {
                    push(WHOLE, rest);
                }
            }
            (Who::Person { .. }, Evidence::Anonymous) | (Who::Anonymous { .. }, Evidence::Named) => {}
        }
    }
    items
}

fn sessions(facts: &Facts, population: Option<u16>) -> Vec<Item> {
    let held = facts
        .sessions
        .iter()
        .enumerate()
        .filter(|(_, fact)| Some(fact.population) == population);
    held.map(|(at, fact)| Item {
        date: fact.date,
        of: Of::Session(index(at)),
        part: WHOLE,
        who: [NOBODY; 3],
        amount: UNIT,
    })
    .collect()
}

/// Amounts of sessions' log rows, and of contacts' rows once a row.
fn amounts(records: &Records, facts: &Facts, field: &str, population: Option<u16>) -> Vec<Item> {
    let mut taken = vec![false; records.rows.len()];
    let mut take = |row: RowId| {
        let fresh = !std::mem::replace(&mut taken[row.index()], true);
        fresh.then(|| number(records, row, field)).flatten()
    };
    let mut items = Vec::new();
    for (at, fact) in facts.sessions.iter().enumerate() {
        let row = records.sessions[fact.session.index()].log_row;
        if let (true, Some(amount)) = (Some(fact.population) == population, row.and_then(&mut take)) {
            items.push(Item {
                date: fact.date,
                of: Of::Log(index(at)),
                part: WHOLE,
                who: [NOBODY; 3],
                amount,
            });
        }
    }
    for (at, fact) in facts.contacts.iter().enumerate() {
        if let (true, Some(amount)) = (Some(fact.population) == population, take(fact.row)) {
            items.push(Item {
                date: fact.date,
                of: Of::Contact(index(at)),
                part: WHOLE,
                who: who(fact),
                amount,
            });
        }
    }
    items.sort_by_key(|item| (item.date, item.of));
    items
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float cast saturates, and no honest amount comes near"
)]
fn number(records: &Records, row: RowId, key: &str) -> Option<i64> {
    let field = records.field(key)?;
    records.values_of(row).iter().find_map(|(at, value)| match value {
        FieldValue::Number(number) if *at == field && number.is_finite() => Some((number * UNIT as f64).round() as i64),
        _ => None,
    })
}

fn findings(project: &Project, facts: &Facts, kinds: &[String]) -> Vec<Item> {
    let wanted = facts.findings.iter().enumerate();
    wanted
        .filter(|(_, finding)| kinds.is_empty() || kinds.iter().any(|kind| kind == finding.kind.code()))
        .map(|(at, _)| Item {
            date: project.start,
            of: Of::Finding(index(at)),
            part: WHOLE,
            who: [NOBODY; 3],
            amount: UNIT,
        })
        .collect()
}

#[cfg(test)]
impl Item {
    /// A contact of which only the number matters.
    pub(super) fn numbered(number: u32) -> Self {
        Self {
            date: NaiveDate::MIN,
            of: Of::Contact(number),
            part: WHOLE,
            who: [NOBODY; 3],
            amount: UNIT,
        }
    }
}
