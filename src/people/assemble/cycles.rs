//! Cycles held and who was enrolled in them (rule 12).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ingest::records::{Place, Records, SessionId};
use crate::people::facts::{ContactFact, CycleFact, EnrolmentFact, SessionFact, Who};
use crate::people::model::PersonId;

/// Cycles with a session held, by first day, then place.
pub(super) fn held(records: &Records, sessions: &[SessionFact]) -> Vec<CycleFact> {
    let mut days: BTreeMap<usize, Vec<NaiveDate>> = BTreeMap::new();
    for fact in sessions {
        if let Some(cycle) = records.sessions[fact.session.index()].cycle {
            days.entry(cycle.index()).or_default().push(fact.date);
        }
    }
    let mut cycles: Vec<CycleFact> = days
        .into_iter()
        .filter_map(|(at, days)| {
            let cycle = &records.cycles[at];
            Some(CycleFact {
                cycle: at.into(),
                activity: cycle.activity,
                start: *days.iter().min()?,
                end: *days.iter().max()?,
                sessions: u32::try_from(days.len()).ok()?,
                source: cycle.source,
                population: cycle.population,
            })
        })
        .collect();
    cycles.sort_by_key(|fact| (fact.start, records.cycles[fact.cycle.index()].place, fact.cycle));
    cycles
}

/// Tells each contact its cycle and puts a person's contacts in one cycle together, whatever rows they stand on.
pub(super) fn enrol(records: &Records, cycles: &[CycleFact], contacts: &mut [ContactFact]) -> Vec<EnrolmentFact> {
    let mut place_of = vec![None; records.cycles.len()];
    for (at, fact) in (0_u32..).zip(cycles) {
        place_of[fact.cycle.index()] = Some(at);
    }
    let cycle_of = |session: SessionId| place_of[records.sessions[session.index()].cycle?.index()];
    let mut enrolled: BTreeMap<(u32, PersonId), (EnrolmentFact, SessionId)> = BTreeMap::new();
    for fact in contacts.iter_mut() {
        fact.cycle = cycle_of(fact.session);
        let (Some(cycle), Who::Person { person, .. }) = (fact.cycle, &fact.who) else {
            continue;
        };
        let (known, last) = enrolled.entry((cycle, *person)).or_insert_with(|| {
            let fact = EnrolmentFact {
                cycle,
                who: fact.who.clone(),
                row: fact.row,
                days: Vec::new(),
                places: Vec::new(),
            };
            (fact, SessionId(u32::MAX))
        });
        // Contacts come by date, then session: one session's stand together.
        if *last != fact.session {
            known.days.push(fact.date);
            *last = fact.session;
        }
        known.places.extend_from_slice(&fact.places);
    }
    let mut enrolments: Vec<EnrolmentFact> = enrolled.into_values().map(|(fact, _)| fact).collect();
    for fact in &mut enrolments {
        fact.places.sort_unstable();
    }
    enrolments.sort_by_key(|fact| (fact.cycle, first_place(&fact.places)));
    enrolments
}

fn first_place(places: &[Place]) -> Option<Place> {
    places.first().copied()
}
