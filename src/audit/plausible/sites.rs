//! One facilitator at two sites at one time.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{FieldValue, Finding, RowId, SessionId};
use crate::ingest::vocabulary::Role;
use crate::people::facts::fold;
use crate::people::namesakes::Name;

/// Minutes that a session takes at least, where its end is not written.
const LEAST: u32 = 30;
/// A length below is in hours.
const HOURS_UP_TO: f64 = 12.0;

/// A session of somebody, with its time.
struct Held {
    session: SessionId,
    site: String,
    from: u32,
    to: u32,
}

/// A question for each two sessions that one person can't have held both. Sessions without a time say nothing.
pub(super) fn questions(seen: Seen) -> Vec<Finding> {
    let mut rows: BTreeMap<SessionId, RowId> = BTreeMap::new();
    for fact in &seen.facts.contacts {
        rows.entry(fact.session).or_insert(fact.row);
    }
    let mut days: BTreeMap<(Name, NaiveDate), Vec<Held>> = BTreeMap::new();
    for fact in &seen.facts.sessions {
        let session = &seen.records.sessions[fact.session.index()];
        let (Some(who), Some(site)) = (session.facilitator, session.site) else {
            continue;
        };
        let row = session.log_row.or_else(|| rows.get(&fact.session).copied());
        let clock = time(seen, fact.session, row);
        // A facilitator by the position alone ("psychologist") may be several people.
        if let (Some(name), Some((from, to))) = (clock.and_then(|_| seen.names().read_text(who)), clock) {
            days.entry((name, fact.date)).or_default().push(Held {
                session: fact.session,
                site: fold(seen.records.text(site)),
                from,
                to,
            });
        }
    }
    let days = days.into_iter();
    days.flat_map(|((_, date), mut held)| {
        held.sort_by_key(|one| (one.from, one.to, seen.place(one.session)));
        clashes(seen, date, &held)
    })
    .collect()
}

fn clashes(seen: Seen, date: NaiveDate, held: &[Held]) -> Vec<Finding> {
    let pairs = (0..held.len()).flat_map(|a| (a + 1..held.len()).map(move |b| (a, b)));
    let clash = pairs
        .map(|(a, b)| (&held[a], &held[b]))
        .filter(|(a, b)| a.site != b.site && b.from < a.to);
    clash
        .map(|(a, b)| {
            let places = [b, a].map(|one| seen.records.sessions[one.session.index()].places.iter().copied());
            question(
                Kind::TwoSitesAtOnce,
                places.into_iter().flatten().collect(),
                [("date", date.to_string()), ("time", shown(b)), ("other", shown(a))],
            )
        })
        .collect()
}

fn shown(held: &Held) -> String {
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    format!("{}–{}", clock(held.from), clock(held.to))
}

/// First and last minute of a session: of its row, else of the lines above its register, else of its title.
fn time(seen: Seen, session: SessionId, row: Option<RowId>) -> Option<(u32, u32)> {
    let session = &seen.records.sessions[session.index()];
    let of_row = row.map_or(&[][..], |row| seen.records.values_of(row));
    let of_cycle = session
        .cycle
        .map_or(&[][..], |cycle| &seen.records.cycles[cycle.index()].fields);
    let value = |role: Role| {
        let field = seen.records.field(role.key())?;
        let mut all = of_row.iter().chain(of_cycle);
        all.find(|(known, _)| *known == field).map(|(_, value)| value)
    };
    let texts = [value(Role::SessionTime), value(Role::Duration)].map(|value| match value {
        Some(FieldValue::Text(text) | FieldValue::Code(text)) => Some(seen.records.text(*text)),
        _ => None,
    });
    let title = session.title.map(|title| seen.records.text(title));
    let clock = texts[0].map(times).filter(|times| !times.is_empty());
    let clock = clock.or_else(|| title.map(times)).unwrap_or_default();
    let from = *clock.first()?;
    if let Some(to) = clock.get(1).filter(|to| **to > from) {
        return Some((from, *to));
    }
    let length = match value(Role::Duration) {
        Some(FieldValue::Number(number)) if *number <= HOURS_UP_TO => number * 60.0,
        Some(FieldValue::Number(number)) => *number,
        _ => f64::from(LEAST),
    };
    // At most a day, so nothing is cut.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 30 and 1440"
    )]
    let length = length.clamp(f64::from(LEAST), 1440.0) as u32;
    Some((from, from + length))
}

/// Every time of day in a text, in minutes: `10:00`, `14.30–16.00`; never a part of a date.
fn times(text: &str) -> Vec<u32> {
    let clocks = text.split(|letter: char| !(letter.is_ascii_digit() || letter == ':' || letter == '.'));
    clocks
        .filter_map(|clock| minutes(clock.trim_matches(['.', ':'])))
        .collect()
}

fn minutes(clock: &str) -> Option<u32> {
    let parts: Vec<&str> = clock.split([':', '.']).collect();
    let (hours, minutes) = match parts[..] {
        [hours, minutes] => (hours, minutes),
        [hours, minutes, _] if clock.contains(':') => (hours, minutes),
        _ => return None,
    };
    let short = hours.len() <= 2 && minutes.len() == 2;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (short && hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_dates_are_not() {
        assert_eq!(times("10:00-12.30"), [600, 750]);
        assert_eq!(times("о 9:05"), [545]);
        assert_eq!(times("09:00:00"), [540]);
        assert!(times("12.03.2026, група 5").is_empty());
    }
}
