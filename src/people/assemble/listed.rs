//! Which sources write a person down, whether or not they make a contact; and who is only ever listed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::finding;
use crate::ingest::findings::Kind;
use crate::ingest::records::{Fate, Finding, MentionId, Place, Reason, Records, RowId};
use crate::people::model::{People, Person};
use crate::project::model::Project;

/// For each person the informing rows by source: those that count, and those of registries in any case.
pub(super) fn by_source(records: &Records, people: &People, fates: &[Fate]) -> Vec<Vec<(usize, Vec<RowId>)>> {
    let mut present = vec![false; records.mentions.len()];
    for contact in &records.contacts {
        present[contact.mention.index()] = true;
    }
    let names = |mention: &MentionId| {
        let at = mention.index();
        let (mention, row) = (&records.mentions[at], records.mentions[at].row.index());
        let registered = !present[at] && records.rows[row].fate == Fate::Counted;
        mention.informs && (registered || fates[row] == Fate::Counted)
    };
    let rows = |person: &Person| {
        let mut rows: BTreeMap<usize, Vec<RowId>> = BTreeMap::new();
        for mention in person.mentions.iter().filter(|mention| names(mention)) {
            let row = records.mentions[mention.index()].row;
            rows.entry(records.rows[row.index()].source).or_default().push(row);
        }
        for rows in rows.values_mut() {
            rows.sort_unstable();
            rows.dedup();
        }
        rows.into_iter().collect()
    };
    people.persons.iter().map(rows).collect()
}

/// A finding for each person who stands in forms and never received anything; its `reason` says whether as a
/// member of somebody's form or only as the one who answered.
pub(super) fn without_service(
    project: &Project,
    records: &Records,
    people: &People,
    first: &[Option<NaiveDate>],
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (person, served) in people.persons.iter().zip(first) {
        let rows = person.mentions.iter().map(|mention| &records.mentions[mention.index()]);
        let listed = rows.filter(|mention| records.rows[mention.row.index()].fate == Fate::SetAside(Reason::NoContact));
        let mut listed: Vec<(bool, Place)> = listed
            .map(|mention| {
                let source = project.sources.get(records.rows[mention.row.index()].source);
                (source.is_none_or(|source| source.parent.is_none()), mention.place)
            })
            .collect();
        listed.sort_unstable();
        if let (None, Some(((answered, place), others))) = (served, listed.split_first()) {
            let reason = if *answered { "respondent" } else { "member" };
            let others = others.iter().map(|(_, place)| *place).collect();
            let args = BTreeMap::from([("reason", reason.to_owned())]);
            found.push(finding(Kind::ListedWithoutService, *place, others, args));
        }
    }
    found
}
