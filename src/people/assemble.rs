//! Records and people → facts: contacts put together per person and session, head-counts against lists,
//! attributes resolved once per person, and the last word on every row.
//!
//! Numbers in comments are those of the counting rules in the design.

mod astride;
mod attributes;
mod births;
mod cycles;
mod head_counts;
mod households;
mod ledger;
mod listed;
mod stays;
pub(crate) mod subjects;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use self::ledger::Ledger;
use super::facts::{ContactFact, Facts, PersonFact, SessionFact, Who};
use super::model::{People, PersonId};
use crate::ingest::findings::Kind;
use crate::ingest::records::{
    Contact, Fate, FieldId, FieldValue, Finding, MentionId, Place, Reason, Records, RowId, SessionId,
};
use crate::project::model::Project;

/// Field of the day on which a registry row was written.
const REGISTERED: &str = "registration_date";

/// Everything that can be counted on `as_of`; contacts after that day are set aside (rule 14).
///
/// Persons keep the order of `people`. Findings are those of reading, then of recognition, then of assembling.
pub fn assemble(project: &Project, records: &Records, people: &People, as_of: NaiveDate) -> Facts {
    let mut ledger = Ledger::new(records);
    let mut findings = Vec::new();
    let open = open_sessions(project, records, as_of);
    let mut contacts = person_contacts(records, people, &open, &mut ledger, &mut findings);
    head_counts::apply(project, records, &open, &mut contacts, &mut ledger, &mut findings);
    contacts.par_sort_by_key(|fact| (fact.date, fact.session, fact.places[0]));
    let sessions = session_facts(records, &open, &contacts, &mut ledger);
    let cycles = cycles::held(records, &sessions);
    let enrolments = cycles::enrol(records, &cycles, &mut contacts);
    households::settle(records, people, &mut contacts);
    findings.extend(stays::overlaps(records, &contacts));
    let first = first_contacts(people, &contacts);
    registry_rows(records, people, &first, &mut ledger, &mut findings);
    findings.extend(listed::without_service(project, records, people, &first));
    let fates = ledger.close();
    let listed = listed::by_source(records, people, &fates);
    let informing = informing_mentions(records, people, &first, &fates);
    let births = births::resolve(project, records, &informing, &first, &mut findings);
    findings.extend(astride::told(project, records, &informing, &births));
    let resolved = attributes::resolve(project, records, &informing, &mut findings);
    let known = births
        .into_iter()
        .zip(resolved.persons)
        .zip(first.into_iter().zip(listed));
    let persons = people.persons.iter().zip(known);
    Facts {
        contacts,
        sessions,
        cycles,
        enrolments,
        persons: persons
            .map(|(person, ((birth, attributes), (first_contact, listed)))| PersonFact {
                key: person.key.clone(),
                birth: birth.birth,
                ages: birth.ages,
                spans: birth.spans,
                attributes,
                first_contact,
                listed,
            })
            .collect(),
        attributes: resolved.keys,
        texts: resolved.texts,
        chances: people.chances.clone(),
        fates,
        findings: [&records.findings, &people.findings, &findings]
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
    }
}

/// For each session, why its contacts are set aside, or nothing if they count.
fn open_sessions(project: &Project, records: &Records, as_of: NaiveDate) -> Vec<Option<Reason>> {
    let closed = |date: NaiveDate| {
        if date < project.start || date > project.end {
            Some(Reason::OutsideProject)
        } else if date > as_of {
            Some(Reason::AfterAsOf)
        } else {
            None
        }
    };
    records.sessions.iter().map(|session| closed(session.date)).collect()
}

/// One fact for each person and session (rule 1).
fn person_contacts(
    records: &Records,
    people: &People,
    closed: &[Option<Reason>],
    ledger: &mut Ledger,
    findings: &mut Vec<Finding>,
) -> Vec<ContactFact> {
    let mut marks: Vec<(SessionId, PersonId, Place, &Contact)> = Vec::with_capacity(records.contacts.len());
    for contact in &records.contacts {
        let row = records.mentions[contact.mention.index()].row;
        match closed[contact.session.index()] {
            Some(reason) => ledger.set_aside(row, reason),
            None => marks.push((
                contact.session,
                people.best[contact.mention.index()],
                contact.place,
                contact,
            )),
        }
    }
    marks.par_sort_by_key(|&(session, person, place, contact)| (session, person, place, contact.mention));
    marks
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .map(|same| {
            for &(_, _, place, contact) in &same[1..] {
                ledger.set_aside(records.mentions[contact.mention.index()].row, Reason::SecondMark);
                findings.push(finding(Kind::TwiceInSession, place, vec![same[0].2], BTreeMap::new()));
            }
            let places = same.iter().map(|mark| mark.2).collect();
            contact_fact(records, people, same[0].3, places, ledger)
        })
        .collect()
}

fn contact_fact(
    records: &Records,
    people: &People,
    contact: &Contact,
    places: Vec<Place>,
    ledger: &mut Ledger,
) -> ContactFact {
    let mention = contact.mention.index();
    let row = records.mentions[mention].row;
    let session = &records.sessions[contact.session.index()];
    ledger.counted(row);
    ContactFact {
        session: contact.session,
        date: session.date,
        activity: session.activity,
        who: Who::Person {
            person: people.best[mention],
            low: people.low[mention],
            high: people.high[mention],
        },
        row,
        places,
        source: records.rows[row.index()].source,
        population: session.population,
        household: None,
        cycle: None,
    }
}

/// Sessions that somebody attended or that a log reports (rule 4).
fn session_facts(
    records: &Records,
    closed: &[Option<Reason>],
    contacts: &[ContactFact],
    ledger: &mut Ledger,
) -> Vec<SessionFact> {
    let mut attended = vec![false; records.sessions.len()];
    for fact in contacts {
        attended[fact.session.index()] = true;
    }
    let mut facts = Vec::new();
    for (index, session) in records.sessions.iter().enumerate() {
        if let (Some(row), Some(reason)) = (session.log_row, closed[index]) {
            ledger.set_aside(row, reason);
        }
        if closed[index].is_some() || !(attended[index] || session.log_row.is_some()) {
            continue;
        }
        if let Some(row) = session.log_row {
            ledger.counted(row);
        }
        facts.push(SessionFact {
            session: index.into(),
            date: session.date,
            activity: session.activity,
            source: session.source,
            population: session.population,
        });
    }
    facts.sort_by_key(|fact| fact.date);
    facts
}

fn first_contacts(people: &People, contacts: &[ContactFact]) -> Vec<Option<NaiveDate>> {
    let mut first = vec![None; people.persons.len()];
    for fact in contacts {
        if let Who::Person { person, .. } = fact.who {
            first[person.index()].get_or_insert(fact.date);
        }
    }
    first
}

/// Rows that only say who somebody is count where that person has a contact; the others are a finding each person.
fn registry_rows(
    records: &Records,
    people: &People,
    first: &[Option<NaiveDate>],
    ledger: &mut Ledger,
    findings: &mut Vec<Finding>,
) {
    let mut present = vec![false; records.mentions.len()];
    for contact in &records.contacts {
        present[contact.mention.index()] = true;
    }
    let only_registered = |mention: &&MentionId| {
        let at = mention.index();
        let mention = &records.mentions[at];
        !present[at] && mention.informs && records.rows[mention.row.index()].fate == Fate::Counted
    };
    for (person, served) in people.persons.iter().zip(first) {
        let registered: Vec<_> = person.mentions.iter().filter(only_registered).collect();
        let places: Vec<Place> = registered
            .iter()
            .map(|mention| records.mentions[mention.index()].place)
            .collect();
        for mention in registered {
            let row = records.mentions[mention.index()].row;
            if served.is_some() {
                ledger.counted(row);
            } else {
                ledger.set_aside(row, Reason::NoService);
            }
        }
        if let (None, Some((place, others))) = (served, places.split_first()) {
            findings.push(finding(Kind::NoService, *place, others.to_vec(), BTreeMap::new()));
        }
    }
}

/// For each person the mentions whose rows inform, the earliest first (rule 8): rows that count, and for whoever never
/// had a contact what the registries say, since only counts of the registered ever look at it.
fn informing_mentions(
    records: &Records,
    people: &People,
    first: &[Option<NaiveDate>],
    fates: &[Fate],
) -> Vec<Vec<MentionId>> {
    let informs = |mention: &MentionId| {
        let mention = &records.mentions[mention.index()];
        mention.informs && fates[mention.row.index()] == Fate::Counted
    };
    let idle = |mention: &MentionId| {
        let mention = &records.mentions[mention.index()];
        mention.informs && fates[mention.row.index()] == Fate::SetAside(Reason::NoService)
    };
    let registered = records.field(REGISTERED);
    let persons = people.persons.par_iter().zip(first);
    persons
        .map(|(person, served)| {
            let mut known: Vec<MentionId> = match served {
                Some(_) => person.mentions.iter().copied().filter(informs).collect(),
                None => person.mentions.iter().copied().filter(idle).collect(),
            };
            known.sort_by_key(|mention| {
                let at = &records.mentions[mention.index()];
                let day = at.date.or_else(|| day_of(records, at.row, registered?));
                (day.unwrap_or(NaiveDate::MAX), at.place)
            });
            known
        })
        .collect()
}

/// The day that a field of a row holds.
fn day_of(records: &Records, row: RowId, field: FieldId) -> Option<NaiveDate> {
    records.values_of(row).iter().find_map(|(at, value)| match value {
        FieldValue::Date(date) if *at == field => Some(*date),
        _ => None,
    })
}

fn finding(kind: Kind, place: Place, others: Vec<Place>, args: BTreeMap<&'static str, String>) -> Finding {
    Finding {
        kind,
        place: Some(place),
        others,
        args,
    }
}

#[cfg(test)]
mod tests;
