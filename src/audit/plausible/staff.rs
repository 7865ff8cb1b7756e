//! Participants who appear among the staff as well: in a source about the staff, or as a facilitator.

use std::collections::{BTreeMap, BTreeSet};

use ustr::Ustr;

use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Identity, Place, RowId, SessionId, TextId};
use crate::people::facts::{Who, fold};
use crate::people::model::PersonId;
use crate::people::namesakes::Name;

/// Populations that are the office's own people, a word a line.
const STAFF: &str = include_str!("staff_words.txt");

fn is_staff(population: &str) -> bool {
    let mut words = STAFF.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    words.any(|word| fold(word) == fold(population))
}

/// A question for each such person, who stays unnamed.
pub(super) fn questions(seen: Seen) -> Vec<Finding> {
    // Most projects write of no staff at all: then nobody's rows have to be looked up.
    let listed_staff = seen.project.sources.iter().any(|source| is_staff(&source.population));
    let led = || {
        seen.records
            .sessions
            .iter()
            .any(|session| session.facilitator.is_some())
    };
    if !listed_staff && !led() {
        return Vec::new();
    }
    let of_staff: Vec<bool> = seen.records.populations.iter().map(|name| is_staff(name)).collect();
    let (mut took_part, mut of_row) = (BTreeMap::<PersonId, Vec<Place>>::new(), BTreeMap::new());
    for fact in &seen.facts.contacts {
        if let Who::Person { person, .. } = fact.who
            && !of_staff[usize::from(fact.population)]
        {
            took_part.entry(person).or_default().extend(fact.places.first());
            of_row.insert(fact.row, person);
        }
    }
    let mut found = listed(seen, &took_part);
    let told: BTreeSet<Option<Place>> = found.iter().map(|finding| finding.place).collect();
    let led = facilitators(seen, &took_part, &of_row).into_iter();
    found.extend(led.filter(|finding| !told.contains(&finding.place)));
    found
}

/// Those who stand in a source about the staff.
fn listed(seen: Seen, took_part: &BTreeMap<PersonId, Vec<Place>>) -> Vec<Finding> {
    let staff = |source: usize| {
        let source = seen.project.sources.get(source);
        source.is_some_and(|source| is_staff(&source.population))
    };
    let people = took_part.iter().filter_map(|(person, places)| {
        let listed = &seen.facts.persons.get(person.index())?.listed;
        let rows = listed
            .iter()
            .filter(|(source, _)| staff(*source))
            .flat_map(|(_, rows)| rows);
        let rows: Vec<Place> = rows.map(|row| seen.records.rows[row.index()].place).collect();
        (!rows.is_empty()).then(|| told(places, rows, "listed"))
    });
    people.collect()
}

/// Those whose whole name a facilitator bears, where nobody else among the participants does.
fn facilitators(
    seen: Seen,
    took_part: &BTreeMap<PersonId, Vec<Place>>,
    of_row: &BTreeMap<RowId, PersonId>,
) -> Vec<Finding> {
    let mut led: BTreeMap<TextId, Vec<SessionId>> = BTreeMap::new();
    for fact in &seen.facts.sessions {
        if let Some(who) = seen.records.sessions[fact.session.index()].facilitator {
            led.entry(who).or_default().push(fact.session);
        }
    }
    if led.is_empty() {
        return Vec::new();
    }
    let names = seen.names();
    let written = participants(seen, of_row);
    let mut sessions: BTreeMap<PersonId, BTreeSet<SessionId>> = BTreeMap::new();
    for (who, held) in led {
        let Some(name) = names.read_text(who).filter(Name::is_full) else {
            continue;
        };
        let (surnames, given) = name.short();
        let bearers = written.get(&(surnames.to_vec(), given.to_vec()));
        let mut bearers = bearers.into_iter().flatten();
        if let (Some((person, own)), None) = (bearers.next(), bearers.next())
            && own.same_father(&name)
        {
            sessions.entry(*person).or_default().extend(held);
        }
    }
    let told = sessions.into_iter().filter_map(|(person, held)| {
        let rows = held.iter().filter_map(|session| seen.place(*session)).collect();
        Some(told(took_part.get(&person)?, rows, "facilitator"))
    });
    told.collect()
}

/// Persons by the surname and given name that they bear in full.
type Bearers = BTreeMap<(Vec<Ustr>, Vec<Ustr>), BTreeMap<PersonId, Name>>;

/// The whole names of the participants.
fn participants(seen: Seen, of_row: &BTreeMap<RowId, PersonId>) -> Bearers {
    let names = seen.names();
    let mut written = Bearers::new();
    let mut known = BTreeSet::new();
    for mention in &seen.records.mentions {
        let Some(person) = of_row.get(&mention.row) else {
            continue;
        };
        let identity = &mention.identity;
        let texts = (
            identity.full_name,
            identity.surname,
            identity.given_name,
            identity.patronymic,
        );
        if !known.insert((*person, texts)) {
            continue;
        }
        let of_name = Identity {
            full_name: identity.full_name,
            surname: identity.surname,
            given_name: identity.given_name,
            patronymic: identity.patronymic,
            ..Identity::default()
        };
        if let Some(name) = names.read(&of_name).filter(Name::is_full) {
            let (surnames, given) = name.short();
            let of = written.entry((surnames.to_vec(), given.to_vec())).or_default();
            of.entry(*person).or_insert(name);
        }
    }
    written
}

fn told(took_part: &[Place], staff: Vec<Place>, what: &str) -> Finding {
    let mut places = took_part.to_vec();
    places.sort_unstable();
    let args = [
        ("contacts", took_part.len().to_string()),
        ("rows", staff.len().to_string()),
        ("what", what.to_owned()),
    ];
    question(
        Kind::StaffAmongParticipants,
        places.into_iter().chain(staff).collect(),
        args,
    )
}
