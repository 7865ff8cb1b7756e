//! Sessions and marks on days when the site was closed, as the definitions say.

use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Place, Session};
use crate::people::facts::fold;
use crate::project::model::Closed;

/// A question for each session on such a day.
pub(super) fn questions(seen: Seen) -> Vec<Finding> {
    if seen.project.closed.is_empty() {
        return Vec::new();
    }
    let sessions = seen.facts.sessions.iter();
    let met = sessions.filter(|fact| {
        let session = &seen.records.sessions[fact.session.index()];
        seen.project
            .closed
            .iter()
            .any(|closed| was_closed(seen, closed, session))
    });
    met.map(|fact| {
        let contacts = seen
            .facts
            .contacts
            .iter()
            .filter(|contact| contact.session == fact.session);
        let rows: Vec<Place> = contacts.flat_map(|contact| contact.places.iter().copied()).collect();
        let count = rows.len().to_string();
        let heads = seen.records.sessions[fact.session.index()].places.iter().copied();
        question(
            Kind::ClosedDay,
            heads.chain(rows).collect(),
            [("date", fact.date.to_string()), ("marks", count)],
        )
    })
    .collect()
}

/// Whether a session's day is one of them; a session whose site nobody wrote is only met by what closes every site.
fn was_closed(seen: Seen, closed: &Closed, session: &Session) -> bool {
    let here = |site: &str| closed.sites.iter().any(|named| fold(named) == fold(site));
    let site = session.site.map(|site| seen.records.text(site));
    closed.covers(session.date) && (closed.sites.is_empty() || site.is_some_and(here))
}
