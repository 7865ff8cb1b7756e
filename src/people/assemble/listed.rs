//! Which sources write a person down, whether or not they make a contact; and who is only ever listed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

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
        let informing = person.mentions.iter().filter(|mention| names(mention));
        let rows = informing.map(|mention| records.mentions[mention.index()].row);
        let mut rows: Vec<(usize, RowId)> = rows.map(|row| (records.rows[row.index()].source, row)).collect();
        rows.sort_unstable();
        rows.dedup();
        let sources = rows.chunk_by(|a, b| a.0 == b.0);
        sources
            .map(|rows| (rows[0].0, rows.iter().map(|(_, row)| *row).collect()))
            .collect()
    };
    people.persons.par_iter().map(rows).collect()
}

/// A finding for each person who stands in forms and never received anything; its `reason` says whether as a
/// member of somebody's form or only as the one who answered.
pub(super) fn without_service(
    project: &Project,
    records: &Records,
    people: &People,
    first: &[Option<NaiveDate>],
) -> Vec<Finding> {
    let found = |(person, served): (&Person, &Option<NaiveDate>)| {
        let rows = person.mentions.iter().map(|mention| &records.mentions[mention.index()]);
        let listed = rows.filter(|mention| records.rows[mention.row.index()].fate == Fate::SetAside(Reason::NoContact));
        let mut listed: Vec<(bool, Place)> = listed
            .map(|mention| {
                let source = project.sources.get(records.rows[mention.row.index()].source);
                (source.is_none_or(|source| source.parent.is_none()), mention.place)
            })
            .collect();
        listed.sort_unstable();
        let (None, Some(((answered, place), others))) = (served, listed.split_first()) else {
            return None;
        };
        let reason = if *answered { "respondent" } else { "member" };
        let others = others.iter().map(|(_, place)| *place).collect();
        let args = BTreeMap::from([("reason", reason.to_owned())]);
        Some(finding(Kind::ListedWithoutService, *place, others, args))
    };
    people.persons.par_iter().zip(first).filter_map(found).collect()
}
