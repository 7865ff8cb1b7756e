//! Sessions and marks on days when the site was closed, as the definitions say.

use std::collections::BTreeMap;

use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Place, Session, SessionId};
use crate::people::facts::fold;
use crate::project::model::Closed;

/// A question for each session on such a day.
pub(super) fn questions(seen: Seen) -> Vec<Finding> {
    let mut met: BTreeMap<SessionId, Vec<Place>> = BTreeMap::new();
    for fact in &seen.facts.sessions {
        let session = &seen.records.sessions[fact.session.index()];
        let mut closed = seen.project.closed.iter();
        if closed.any(|closed| was_closed(seen, closed, session)) {
            met.insert(fact.session, Vec::new());
        }
    }
    if met.is_empty() {
        return Vec::new();
    }
    for fact in &seen.facts.contacts {
        if let Some(rows) = met.get_mut(&fact.session) {
            rows.extend(&fact.places);
        }
    }
    let met = met.into_iter().map(|(session, rows)| {
        let session = &seen.records.sessions[session.index()];
        let args = [("date", session.date.to_string()), ("marks", rows.len().to_string())];
        let places = session.places.iter().copied().chain(rows);
        question(Kind::ClosedDay, places.collect(), args)
    });
    met.collect()
}

/// Whether a session's day is one of them; a session whose site nobody wrote is only met by what closes every site.
fn was_closed(seen: Seen, closed: &Closed, session: &Session) -> bool {
    let here = |site: &str| closed.sites.iter().any(|named| fold(named) == fold(site));
    let site = session.site.map(|site| seen.records.text(site));
    closed.covers(session.date) && (closed.sites.is_empty() || site.is_some_and(here))
}
