//! Events that a log and lists of another activity may both tell of, so that everybody counts twice.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::chance::{RARE, at_least};
use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Place, Records, SessionId, TextId};
use crate::people::facts::{Facts, Who};

/// Events that must agree at least.
const EVENTS: usize = 5;
/// A chance that is no certainty.
const ALMOST: f64 = 0.999;

/// A session: its day, and how many came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// Day.
    pub date: NaiveDate,
    /// Contacts.
    pub people: u32,
}

/// Sessions of one activity and population of which only a log, or only lists tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// By a log alone.
    pub log: Vec<(Event, SessionId)>,
    /// By lists or registers alone.
    pub lists: Vec<(Event, SessionId)>,
}

/// The sessions of each activity and population, by who tells of them.
pub fn told(records: &Records, facts: &Facts) -> BTreeMap<(u16, TextId), Told> {
    let mut people: BTreeMap<SessionId, u32> = BTreeMap::new();
    for fact in &facts.contacts {
        let came = match &fact.who {
            Who::Person { .. } => 1,
            Who::Anonymous { count, .. } => *count,
        };
        *people.entry(fact.session).or_default() += came;
    }
    let mut told: BTreeMap<(u16, TextId), Told> = BTreeMap::new();
    for fact in &facts.sessions {
        let session = &records.sessions[fact.session.index()];
        let Some(&people) = people.get(&fact.session) else {
            continue;
        };
        let event = (
            Event {
                date: fact.date,
                people,
            },
            fact.session,
        );
        let of = told.entry((fact.population, fact.activity)).or_default();
        match (session.log_row, session.listed) {
            (Some(_), false) => of.log.push(event),
            (None, true) => of.lists.push(event),
            (Some(_), true) | (None, false) => {}
        }
    }
    told
}

/// Places, among the lists' sessions and the log's, of those that agree in day and number of people; none where they
/// are few, not half of either, or chance explains them: that of equal numbers on a day that both have is taken from
/// how often the log writes each number.
pub fn same(log: &[Event], lists: &[Event]) -> Vec<(usize, usize)> {
    let mut on_day: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for (at, event) in log.iter().enumerate() {
        on_day.entry(event.date).or_default().push(at);
    }
    let mut written: BTreeMap<u32, usize> = BTreeMap::new();
    for event in log {
        *written.entry(event.people).or_default() += 1;
    }
    let (mut agree, mut both, mut by_chance) = (Vec::new(), 0_usize, 0.0);
    for (at, event) in lists.iter().enumerate() {
        let Some(left) = on_day.get_mut(&event.date).filter(|left| !left.is_empty()) else {
            continue;
        };
        let share = written.get(&event.people).copied().unwrap_or_default() as f64 / log.len() as f64;
        by_chance += (share * left.len() as f64).min(ALMOST);
        both += 1;
        if let Some(found) = left.iter().position(|other| log[*other].people == event.people) {
            agree.push((at, left.remove(found)));
        }
    }
    let half = agree.len() * 2 >= log.len().min(lists.len());
    let each = (by_chance / both.max(1) as f64).max(1.0 - ALMOST);
    let meant = agree.len() >= EVENTS && half && at_least(agree.len(), both, each) < RARE;
    if meant { agree } else { Vec::new() }
}

/// A question for each log and each activity whose lists tell of the same events.
pub(super) fn questions(seen: Seen) -> Vec<Finding> {
    let told = told(seen.records, seen.facts);
    let mut found = Vec::new();
    for ((population, logged), log) in told.iter().filter(|(_, told)| !told.log.is_empty()) {
        let others = told
            .iter()
            .filter(|((of, activity), _)| of == population && activity != logged);
        for ((_, listed), lists) in others {
            let agree = same(&events(&log.log), &events(&lists.lists));
            if !agree.is_empty() {
                let sessions = agree
                    .iter()
                    .map(|(list, log_at)| (lists.lists[*list].1, log.log[*log_at].1));
                found.push(asked(seen, (*logged, *listed), sessions.collect()));
            }
        }
    }
    found
}

fn events(of: &[(Event, SessionId)]) -> Vec<Event> {
    of.iter().map(|(event, _)| *event).collect()
}

fn asked(seen: Seen, (logged, listed): (TextId, TextId), agree: Vec<(SessionId, SessionId)>) -> Finding {
    let count = agree.len().to_string();
    let both: BTreeSet<SessionId> = agree.into_iter().flat_map(|(list, log)| [log, list]).collect();
    let places: BTreeSet<Place> = both.into_iter().filter_map(|session| seen.place(session)).collect();
    let name = |activity: TextId| seen.records.text(activity).to_owned();
    question(
        Kind::EventsInTwo,
        places.into_iter().collect(),
        [("count", count), ("log", name(logged)), ("lists", name(listed))],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(people: &[u32]) -> Vec<Event> {
        let start = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day");
        let event = |(week, people): (u64, &u32)| Event {
            date: start + chrono::Days::new(7 * week),
            people: *people,
        };
        (0..).zip(people).map(event).collect()
    }

    #[test]
    fn the_same_days_and_numbers_are_the_same_events() {
        let log = weeks(&[12, 9, 17, 21, 8, 14, 11, 25, 10]);
        let lists = [&log[1..4], &log[5..9]].concat();
        let found = same(&log, &lists);
        assert_eq!(found.len(), 7);
        assert!(found.iter().all(|(list, at)| lists[*list] == log[*at]));
    }

    #[test]
    fn other_numbers_few_events_or_one_number_for_all_say_nothing() {
        let log = weeks(&[12, 9, 17, 21, 8, 14, 11, 25, 10]);
        assert!(same(&log, &weeks(&[11, 10, 17, 20, 9, 13, 12, 24, 11])).is_empty());
        assert!(same(&log, &log[..4]).is_empty());
        assert!(same(&weeks(&[10; 9]), &weeks(&[10; 9])).is_empty());
    }
}
