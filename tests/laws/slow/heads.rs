//! Everything that a measure could count, one head at a time.

use chrono::NaiveDate;
use tallyframe::ingest::records::{FieldId, FieldValue, RowId};
use tallyframe::people::facts::Who;
use tallyframe::project::model::{Counted, Evidence, Measure, Per};

use crate::world::World;

/// One head, session, cycle, enrolment, listed person or amount.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) date: NaiveDate,
    pub(super) kind: Kind,
    /// Its session; the first held of a cycle.
    pub(super) session: Option<usize>,
    pub(super) row: Option<RowId>,
    /// Person in the best, low and high partition.
    pub(super) person: Option<[u32; 3]>,
    pub(super) sex: Option<String>,
    pub(super) child: Option<bool>,
    /// Index of the contact.
    pub(super) contact: Option<usize>,
    /// The one of several services that it stands for.
    pub(super) service: Option<String>,
    /// The day it ends.
    pub(super) until: Option<NaiveDate>,
    pub(super) amount: f64,
}

/// What a head stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Contact,
    Session,
    Cycle,
    Enrolment,
    Listed,
}

/// The number in a field of a row.
pub(super) fn number(world: &World, row: RowId, field: u32) -> Option<f64> {
    let values = world.records.values_of(row).iter();
    values
        .filter(|(at, _)| *at == FieldId(field))
        .find_map(|(_, value)| match value {
            FieldValue::Number(number) => Some(*number),
            _ => None,
        })
}

fn check_out(world: &World, row: RowId) -> Option<NaiveDate> {
    let values = world.records.values_of(row).iter();
    values
        .filter(|(at, _)| *at == FieldId(3))
        .find_map(|(_, value)| match value {
            FieldValue::Date(date) => Some(*date),
            _ => None,
        })
}

/// The services that a row names.
pub(super) fn services(world: &World, row: RowId) -> Vec<String> {
    let values = world.records.values_of(row).iter();
    let texts = values.filter_map(|(_, value)| match value {
        FieldValue::Set(texts) => Some(texts),
        _ => None,
    });
    texts
        .flatten()
        .map(|text| world.records.text(*text).to_owned())
        .collect()
}

/// All heads of a measure in its population.
pub(super) fn universe(world: &World, counted: &Counted) -> Vec<Head> {
    let named = || people(world).into_iter().filter(|head| head.person.is_some());
    let mut heads: Vec<Head> = match &counted.measure {
        Measure::Sessions => sessions(world),
        Measure::Cycles => cycles(world),
        Measure::Enrolments => enrolments(world, |days, _| days.first().copied()),
        Measure::CompletedEnrolments { sessions } | Measure::CompletedPeople { sessions } => {
            enrolments(world, |days, held| {
                days.get(sessions.unwrap_or(held) as usize - 1).copied()
            })
        }
        Measure::DroppedOut { sessions } => dropped_out(world, *sessions),
        Measure::Contacts(evidence) => people(world)
            .into_iter()
            .filter(|head| match evidence {
                Evidence::All => true,
                Evidence::Named => head.person.is_some(),
                Evidence::Anonymous => head.person.is_none(),
            })
            .collect(),
        Measure::Different { .. } => people(world).into_iter().chain(logged(world)).collect(),
        Measure::PeopleListed { min, .. } => listed(world, *min),
        Measure::Items { .. } => named().flat_map(|head| of_services(world, &head)).collect(),
        Measure::Statistic { field, per, .. } => amounts(world, field, *per),
        Measure::Days { .. } | Measure::Ended { .. } => named().filter_map(|head| ended(counted, head)).collect(),
        Measure::CapacityNights | Measure::Constant(_) => Vec::new(),
        _ => named().collect(),
    };
    heads.retain(|head| {
        let Some(session) = head.session else {
            return head.kind != Kind::Listed || counted.population == "beneficiaries";
        };
        let population = world.records.sessions[session].population;
        world.records.populations[usize::from(population)] == counted.population
    });
    heads
}

/// A row with an end not before its beginning, on the day of the end.
fn ended(counted: &Counted, head: Head) -> Option<Head> {
    let until = head.until.filter(|until| *until >= head.date)?;
    let days = (until - head.date).num_days() as f64;
    let amount = if matches!(counted.measure, Measure::Days { .. }) {
        days
    } else {
        1.0
    };
    Some(Head {
        date: until,
        amount,
        ..head
    })
}

fn of_services(world: &World, head: &Head) -> Vec<Head> {
    let named = services(world, head.row.expect("a contact has a row"));
    let one = |service| Head {
        service: Some(service),
        ..head.clone()
    };
    named.into_iter().map(one).collect()
}

fn people(world: &World) -> Vec<Head> {
    let mut heads = Vec::new();
    for (at, fact) in world.facts.contacts.iter().enumerate() {
        let head = |person, sex, child| Head {
            date: fact.date,
            kind: Kind::Contact,
            session: Some(fact.session.index()),
            row: Some(fact.row),
            person,
            sex,
            child,
            contact: Some(at),
            service: None,
            until: check_out(world, fact.row),
            amount: 1.0,
        };
        match &fact.who {
            Who::Person { person, low, high } => heads.push(head(Some([person.0, *low, *high]), None, None)),
            Who::Anonymous { count, parts } => {
                let mut each = Vec::new();
                for part in parts {
                    for _ in 0..part.count {
                        let sex = part.sex.map(|sex| world.records.text(sex).to_owned());
                        each.push(head(None, sex, part.child));
                    }
                }
                while each.len() < *count as usize {
                    each.push(head(None, None, None));
                }
                each.truncate(*count as usize);
                heads.append(&mut each);
            }
        }
    }
    heads
}

fn nobody(date: NaiveDate, kind: Kind, session: Option<usize>, row: Option<RowId>) -> Head {
    Head {
        date,
        kind,
        session,
        row,
        person: None,
        sex: None,
        child: None,
        contact: None,
        service: None,
        until: None,
        amount: 1.0,
    }
}

fn sessions(world: &World) -> Vec<Head> {
    let held = world.facts.sessions.iter().map(|fact| fact.session.index());
    held.map(|at| {
        let session = &world.records.sessions[at];
        nobody(session.date, Kind::Session, Some(at), session.log_row)
    })
    .collect()
}

fn logged(world: &World) -> Vec<Head> {
    let mut heads = sessions(world);
    heads.retain(|head| head.row.is_some());
    heads
}

fn first_session(world: &World, cycle: usize) -> Option<usize> {
    let of_cycle = |at: &usize| world.records.sessions[*at].cycle == Some(world.facts.cycles[cycle].cycle);
    let mut held = world.facts.sessions.iter().map(|fact| fact.session.index());
    held.find(of_cycle)
}

fn cycles(world: &World) -> Vec<Head> {
    let all = world.facts.cycles.iter().enumerate();
    all.map(|(at, fact)| nobody(fact.start, Kind::Cycle, first_session(world, at), None))
        .collect()
}

/// Enrolments on the day that `on` says of the days attended and the number of sessions held.
fn enrolments(world: &World, on: impl Fn(&[NaiveDate], u32) -> Option<NaiveDate>) -> Vec<Head> {
    let mut heads = Vec::new();
    for fact in &world.facts.enrolments {
        let cycle = &world.facts.cycles[fact.cycle as usize];
        if let (Some(date), Who::Person { person, low, high }) = (on(&fact.days, cycle.sessions), &fact.who) {
            heads.push(Head {
                person: Some([person.0, *low, *high]),
                ..nobody(
                    date,
                    Kind::Enrolment,
                    first_session(world, fact.cycle as usize),
                    Some(fact.row),
                )
            });
        }
    }
    heads
}

fn dropped_out(world: &World, sessions: Option<u32>) -> Vec<Head> {
    let mut heads = Vec::new();
    for cycle in &world.facts.cycles {
        let own = |other: &&tallyframe::ingest::records::Session| other.cycle == Some(cycle.cycle);
        let over = !world
            .records
            .sessions
            .iter()
            .filter(own)
            .any(|other| other.date > cycle.end);
        let index = world.facts.cycles.iter().position(|other| other.cycle == cycle.cycle);
        for head in enrolments(world, |days, held| {
            let complete = days.len() >= sessions.unwrap_or(held) as usize;
            (over && !complete).then_some(cycle.end)
        }) {
            let of_cycle = first_session(world, index.expect("a cycle of the world"));
            if head.session == of_cycle {
                heads.push(head);
            }
        }
    }
    heads
}

fn listed(world: &World, min: u32) -> Vec<Head> {
    let mut heads = Vec::new();
    for (at, person) in (0..).zip(&world.facts.persons) {
        let rows: usize = person.listed.iter().map(|(_, rows)| rows.len()).sum();
        if rows >= min as usize {
            heads.push(Head {
                person: Some([at; 3]),
                ..nobody(world.project.start, Kind::Listed, None, None)
            });
        }
    }
    heads
}

fn amounts(world: &World, field: &str, per: Per) -> Vec<Head> {
    let with = |head: Head, amount: Option<f64>| {
        Some(Head {
            amount: amount?,
            ..head
        })
    };
    let field = u32::from(field != "count_total");
    let own = |head: &Head| head.row.and_then(|row| number(world, row, field));
    let named = || people(world).into_iter().filter(|head| head.person.is_some());
    let hours = |cycle: usize| {
        let fields = &world.records.cycles[world.facts.cycles[cycle].cycle.index()].fields;
        fields.iter().find_map(|(_, value)| match value {
            FieldValue::Number(number) => Some(*number),
            _ => None,
        })
    };
    match per {
        Per::Person | Per::Household => named().collect(),
        Per::Row => {
            let all = sessions(world).into_iter().chain(named());
            all.filter_map(|head| with(head.clone(), own(&head))).collect()
        }
        Per::Session => {
            let first = |head: &Head| {
                named()
                    .filter(|other| other.session == head.session)
                    .find_map(|other| own(&other))
            };
            let all = sessions(world).into_iter();
            all.filter_map(|head| with(head.clone(), own(&head).or_else(|| first(&head))))
                .collect()
        }
        Per::Cycle => {
            let all = cycles(world).into_iter().enumerate();
            all.filter_map(|(at, head)| with(head, hours(at))).collect()
        }
        Per::Attendance => {
            let all = enrolments(world, |days, _| days.first().copied()).into_iter();
            let facts = world.facts.enrolments.iter();
            all.zip(facts)
                .filter_map(|(head, fact)| {
                    let held = f64::from(world.facts.cycles[fact.cycle as usize].sessions);
                    with(
                        head,
                        hours(fact.cycle as usize).map(|hours| hours * fact.days.len() as f64 / held),
                    )
                })
                .collect()
        }
    }
}
