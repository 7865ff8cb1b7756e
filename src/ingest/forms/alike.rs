//! One form sent twice under two numbers: all answers of a named person equal, within the hour.
//!
//! A device that lost its line sends again, and so does a person who sees no thanks. Of people without a name, and of
//! forms whose members stand in a table of their own, equal answers say nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fault, FormRow, Forms, Judgement};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::records::Place;
use crate::ingest::rows::{RawIdentity, RawRow};
use crate::ingest::table::Cell;

/// Minutes within which nobody is served twice with the same answers.
const AT_ONCE: i64 = 60;

/// A form with what it says.
struct Said {
    source: usize,
    answers: String,
    minute: i64,
}

impl Forms {
    /// Sets forms aside that repeat another of the same hour in every answer.
    pub(super) fn alike(&mut self, forms: &[FormRow]) {
        let with_members: BTreeSet<Place> = self.parents.values().copied().collect();
        let mut said: BTreeMap<Place, Said> = BTreeMap::new();
        for form in forms.iter().filter(|form| !self.judged.contains_key(&form.place)) {
            let at = form.cells.started.as_deref().or(form.cells.submitted.as_deref());
            let Some(minute) = at.and_then(minute) else { continue };
            if let Some(known) = said.get_mut(&form.place) {
                // A further person of the form.
                known.answers.push_str(&answers(form.row));
            } else if tells(&form.row.person) && !with_members.contains(&form.place) {
                let (source, answers) = (form.source, answers(form.row));
                said.insert(
                    form.place,
                    Said {
                        source,
                        answers,
                        minute,
                    },
                );
            }
        }
        let mut alike: BTreeMap<(usize, &str), Vec<(i64, Place)>> = BTreeMap::new();
        for (place, form) in &said {
            let same = alike.entry((form.source, &form.answers)).or_default();
            same.push((form.minute, *place));
        }
        for mut same in alike.into_values().filter(|same| same.len() > 1) {
            same.sort_unstable();
            let mut kept = same[0];
            for (minute, place) in same.drain(1..) {
                if minute - kept.0 > AT_ONCE {
                    kept = (minute, place);
                    continue;
                }
                let judgement = Judgement {
                    fault: Fault::SentTwice,
                    instead: Some(kept.1),
                };
                self.judged.insert(place, judgement);
            }
        }
    }
}

/// Whether somebody is told well enough that two are hardly alike: by a name of several words, or by more than a name.
fn tells(person: &RawIdentity) -> bool {
    let whole = person
        .full_name
        .is_some_and(|name| name.split_whitespace().nth(1).is_some());
    whole
        || (person.surname.is_some() && person.given_name.is_some())
        || person.code.is_some()
        || person.phone.is_some()
}

/// All that a row says but when it was filled in and sent, and under which number.
fn answers(row: &RawRow) -> String {
    let session = &row.session;
    let of_session = [
        session.title,
        session.group,
        session.site,
        session.facilitator,
        session.number,
    ];
    format!(
        "{:?}{:?}{of_session:?}{:?}{:?}",
        row.person, session.date, row.values, row.came
    )
}

/// The minute of an instant, however the export writes days.
fn minute(instant: &str) -> Option<i64> {
    let (day, time) = instant.split_once('T')?;
    let written = dates::read(&Cell::Text(day.to_owned()), None);
    let (DateReading::Day(day) | DateReading::Ambiguous { day_month: day, .. }) = written else {
        return None;
    };
    let mut parts = time.split(|sign: char| !sign.is_ascii_digit());
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next()?.parse().ok()?;
    let afternoon = hour < 12 && time.to_ascii_lowercase().contains("pm");
    let moment = day.and_hms_opt(if afternoon { hour + 12 } else { hour }, minute, 0)?;
    Some(moment.and_utc().timestamp() / 60)
}
