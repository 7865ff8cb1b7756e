//! Stays of one person that share a night (rule 13): counted as one night, and a finding.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{day_of, finding};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Place, Records};
use crate::people::facts::{ContactFact, Who};

/// Field of a stay's first day.
const CHECK_IN: &str = "check_in";

/// Field of the day a stay ended.
const CHECK_OUT: &str = "check_out";

/// A finding for each stay that begins before an earlier stay of the same person has ended.
pub(super) fn overlaps(records: &Records, contacts: &[ContactFact]) -> Vec<Finding> {
    let (Some(begins), ends) = (records.field(CHECK_IN), records.field(CHECK_OUT)) else {
        return Vec::new();
    };
    let mut stays: Vec<(u32, NaiveDate, NaiveDate, Place)> = Vec::new();
    for fact in contacts {
        let (Who::Person { person, .. }, Some(from)) = (&fact.who, day_of(records, fact.row, begins)) else {
            continue;
        };
        let to = ends
            .and_then(|field| day_of(records, fact.row, field))
            .unwrap_or(NaiveDate::MAX);
        if from < to {
            stays.push((person.0, from, to, fact.places[0]));
        }
    }
    stays.sort_unstable();
    let mut found = Vec::new();
    for own in stays.chunk_by(|a, b| a.0 == b.0) {
        let mut longest = own[0];
        for stay in &own[1..] {
            if stay.1 < longest.2 {
                found.push(finding(Kind::StayOverlaps, stay.3, vec![longest.3], BTreeMap::new()));
            }
            if stay.2 > longest.2 {
                longest = *stay;
            }
        }
    }
    found.sort_by_key(|finding| finding.place);
    found
}
