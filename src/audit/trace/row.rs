//! All that is known of one raw row.

use chrono::NaiveDate;

use super::bond::{Kin, kin};
use super::index::{Index, Lines, Part, index_of, rows_of_contacts};
use super::{Walk, session_words};
use crate::ingest::records::{Fate, MentionId, Place, RowId, SessionId};
use crate::people::facts::Who;

/// What became of a row, and in which figures it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct RowTrace {
    /// The row.
    pub row: RowId,
    /// Where it stands.
    pub place: Place,
    /// Counted, or set aside and why.
    pub fate: Fate,
    /// What it gives: contacts, sessions, head-counts, entries of a registry.
    pub standings: Vec<Standing>,
    /// Pseudonyms of the persons it names.
    pub persons: Vec<String>,
    /// Where else the persons are written down, and by what evidence they are the same; a list for each mention.
    pub kin: Vec<(MentionId, Vec<Kin>)>,
    /// The figures that list it, by index, and as what.
    pub figures: Vec<(usize, Part)>,
    /// The place that it repeats, where the same row stands in another file.
    pub same_as: Option<Place>,
    /// Findings about it, by index into the facts' findings.
    pub findings: Vec<usize>,
}

/// What a row gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Somebody at a session.
    Contact {
        /// Day.
        date: NaiveDate,
        /// The session.
        session: SessionId,
        /// Activity, title and site; a title may name somebody.
        words: String,
        /// The mark, or the row.
        place: Place,
        /// Pseudonym.
        person: String,
        /// What becomes of it.
        as_what: Taken,
    },
    /// People counted by head.
    HeadCount {
        /// Day.
        date: NaiveDate,
        /// Activity, title and site.
        words: String,
        /// As written.
        total: u32,
        /// How many of them count: none where a signed list counts instead.
        counted: u32,
    },
    /// A session, as a log reports it.
    Session {
        /// Day.
        date: NaiveDate,
        /// Activity, title and site.
        words: String,
    },
    /// An entry that says who somebody is, and no contact.
    Registered {
        /// Pseudonym.
        person: String,
    },
}

/// What becomes of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It counts.
    Counted,
    /// It says again what this place says.
    Again(Place),
    /// It does not count.
    Aside,
}

/// Walks from a row up to the figures.
pub fn trace_row(walk: Walk, row: RowId) -> RowTrace {
    trace_with(walk, row, &index_of(walk, row))
}

/// The same with the figures of every row known already.
pub fn trace_with(walk: Walk, row: RowId, index: &Index) -> RowTrace {
    let records = walk.records;
    let place = records.rows[row.index()].place;
    let mentions = mentions_of(walk, row);
    let key = |mention: &MentionId| {
        walk.facts.persons[walk.people.best[mention.index()].index()]
            .key
            .clone()
    };
    let mut persons: Vec<String> = mentions.iter().map(key).collect();
    persons.dedup();
    let repeats = records.repeats.iter().find(|(repeat, _)| *repeat == row);
    RowTrace {
        row,
        place,
        fate: walk.facts.fates[row.index()],
        standings: standings(walk, row, &mentions),
        persons,
        kin: mentions.iter().map(|mention| (*mention, kin(walk, *mention))).collect(),
        figures: index.figures(row).to_vec(),
        same_as: repeats.map(|(_, first)| records.rows[first.index()].place),
        findings: findings_about(walk, row),
    }
}

/// The mentions of a row, in order of place.
fn mentions_of(walk: Walk, row: RowId) -> Vec<MentionId> {
    let mentions = walk.records.mentions.iter().enumerate();
    mentions
        .filter(|(_, mention)| mention.row == row)
        .map(|(at, _)| at.into())
        .collect()
}

fn standings(walk: Walk, row: RowId, mentions: &[MentionId]) -> Vec<Standing> {
    let records = walk.records;
    let words = |session: SessionId| session_words(records, session);
    let date = |session: SessionId| records.sessions[session.index()].date;
    let mut standings = Vec::new();
    let mut present = false;
    for contact in records
        .contacts
        .iter()
        .filter(|contact| mentions.contains(&contact.mention))
    {
        present = true;
        let person = walk.people.best[contact.mention.index()];
        standings.push(Standing::Contact {
            date: date(contact.session),
            session: contact.session,
            words: words(contact.session),
            place: contact.place,
            person: walk.facts.persons[person.index()].key.clone(),
            as_what: taken(walk, contact.session, person, contact.place),
        });
    }
    for (session, of_log) in (0..).map(SessionId).zip(&records.sessions) {
        if of_log.log_row == Some(row) {
            standings.push(Standing::Session {
                date: of_log.date,
                words: words(session),
            });
        }
    }
    for head_count in records.head_counts.iter().filter(|head_count| head_count.row == row) {
        let mut facts = walk.facts.contacts.iter();
        let counted = facts.find_map(|fact| match fact.who {
            Who::Anonymous { count, .. } if fact.row == row && fact.session == head_count.session => Some(count),
            Who::Anonymous { .. } | Who::Person { .. } => None,
        });
        standings.push(Standing::HeadCount {
            date: date(head_count.session),
            words: words(head_count.session),
            total: head_count.total,
            counted: counted.unwrap_or_default(),
        });
    }
    if !present {
        standings.extend(mentions.iter().map(|mention| {
            Standing::Registered {
                person: walk.facts.persons[walk.people.best[mention.index()].index()]
                    .key
                    .clone(),
            }
        }));
    }
    standings
}

fn taken(walk: Walk, session: SessionId, who: crate::people::model::PersonId, place: Place) -> Taken {
    let mut facts = walk.facts.contacts.iter();
    let fact =
        facts.find(|fact| fact.session == session && matches!(fact.who, Who::Person { person, .. } if person == who));
    match fact {
        None => Taken::Aside,
        Some(fact) if fact.places.first() == Some(&place) => Taken::Counted,
        Some(fact) => Taken::Again(fact.places[0]),
    }
}

/// Findings that name a row, as their place or beside it.
fn findings_about(walk: Walk, row: RowId) -> Vec<usize> {
    let lines = Lines::of(walk.records);
    let of_row = |place: &Place| {
        place.row > 0
            && (lines.rows_at(walk.records, *place).contains(&row)
                || rows_of_contacts(walk.records, *place).contains(&row))
    };
    let findings = walk.facts.findings.iter().enumerate();
    findings
        .filter(|(_, finding)| finding.place.iter().chain(&finding.others).any(of_row))
        .map(|(at, _)| at)
        .collect()
}
