//! What an inspector would ask first: marks, lists and counts that are possible and unlikely.
//!
//! Each is a question, never a mistake: it says where, how many, and what to look at. Each has a threshold with a
//! reason. Where chance is the other explanation, a question is asked only if hardly a programme of this size would
//! show one by chance (one in twenty, `chance::RARE`; one in five for columns), counted over all that was looked at.

mod always;
mod chance;
mod closed;
mod copied;
pub mod events;
mod jumps;
mod lists;
mod register;
mod round;
mod sites;
mod staff;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::findings::Kind;
use crate::ingest::records::{Fate, Finding, Place, Records, SessionId};
use crate::people::facts::{Facts, Who};
use crate::people::model::PersonId;
use crate::people::namesakes::Names;
use crate::project::model::Project;

/// What the questions are asked about.
#[derive(Clone, Copy)]
struct Seen<'a> {
    project: &'a Project,
    records: &'a Records,
    facts: &'a Facts,
    /// Names as recognition reads them, learned when the first one is asked for.
    names: &'a OnceCell<Names<'a>>,
}

/// All questions, by kind and place; the same whatever the order of files and rows.
pub fn questions(project: &Project, records: &Records, facts: &Facts) -> Vec<Finding> {
    let seen = Seen {
        project,
        records,
        facts,
        names: &OnceCell::new(),
    };
    let registers = register::all(seen);
    let mut found = copied::questions(seen, &registers);
    found.extend(lists::questions(seen));
    found.extend(always::questions(seen, &registers));
    found.extend(sites::questions(seen));
    found.extend(closed::questions(seen));
    found.extend(round::questions(seen));
    found.extend(staff::questions(seen));
    found.extend(jumps::questions(seen));
    found.extend(events::questions(seen));
    found.sort_by(|a, b| (a.kind, a.place, &a.args).cmp(&(b.kind, b.place, &b.args)));
    found
}

impl<'a> Seen<'a> {
    /// How names are read.
    fn names(self) -> &'a Names<'a> {
        self.names.get_or_init(|| Names::of(self.records))
    }

    /// Whether a row was counted in the end.
    fn counts(self, row: usize) -> bool {
        self.facts.fates.get(row) == Some(&Fate::Counted)
    }

    /// Persons of each session with the place that counts, in order of place.
    fn attendance(self) -> BTreeMap<SessionId, Vec<(Place, PersonId)>> {
        let mut attendance: BTreeMap<SessionId, Vec<(Place, PersonId)>> = BTreeMap::new();
        for fact in &self.facts.contacts {
            if let (Who::Person { person, .. }, Some(place)) = (&fact.who, fact.places.first()) {
                attendance.entry(fact.session).or_default().push((*place, *person));
            }
        }
        for people in attendance.values_mut() {
            people.sort_unstable();
        }
        attendance
    }

    /// The first place of a session.
    fn place(self, session: SessionId) -> Option<Place> {
        self.records.sessions[session.index()].places.first().copied()
    }
}

/// A question about places; the first of them stands for all.
fn question(kind: Kind, places: Vec<Place>, args: impl IntoIterator<Item = (&'static str, String)>) -> Finding {
    let mut places = places.into_iter();
    let place = places.next();
    let mut told: BTreeSet<Place> = place.into_iter().collect();
    Finding {
        kind,
        place,
        others: places.filter(|other| told.insert(*other)).collect(),
        args: args.into_iter().collect(),
    }
}
