//! Mentions that are written alike although decisions tell them apart.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::{Part, setting};
use crate::ingest::records::{Birth, Decision, MentionId, Records};

/// Mentions in a part, as groups that `same` decisions hold together, each told by its first mention.
type Groups = IndexMap<(u32, Part), BTreeSet<MentionId>>;

/// Splits mentions that are written alike where decisions about them could not all be followed otherwise: each group of those
/// that `same` decisions hold together becomes a part of its own. Mentions that no decision names stay with the first of the
/// groups by content, so that the order of rows decides nothing as long as anything else can.
pub(super) fn split_apart(records: &Records, part_of: &mut [(u32, Part)]) {
    let group_of = together(&records.decisions);
    let mut parts = Groups::new();
    for (mention, group) in &group_of {
        parts.entry(part_of[mention.index()]).or_default().insert(*group);
    }
    let united = united(&parts);
    let root = |mention: MentionId| united.get(&group_of[&mention]).copied();
    let torn: BTreeSet<MentionId> = records
        .decisions
        .iter()
        .filter(|decision| !decision.same && group_of[&decision.a] != group_of[&decision.b])
        .filter(|decision| root(decision.a) == root(decision.b))
        .filter_map(|decision| root(decision.a))
        .collect();
    let mut members: BTreeMap<MentionId, Vec<MentionId>> = BTreeMap::new();
    for (mention, group) in &group_of {
        members.entry(*group).or_default().push(*mention);
    }
    for (part, groups) in &parts {
        if groups.first().is_none_or(|group| !torn.contains(&united[group])) {
            continue;
        }
        let mut here: Vec<Vec<MentionId>> = groups.iter().map(|group| members[group].clone()).collect();
        for group in &mut here {
            group.retain(|mention| part_of[mention.index()] == *part);
        }
        here.sort_by_cached_key(|group| group.iter().map(|mention| content(records, *mention)).min());
        for (number, mention) in (0..)
            .zip(here)
            .flat_map(|(number, group)| group.into_iter().map(move |one| (number, one)))
        {
            part_of[mention.index()].1.number = number;
        }
    }
}

/// Groups that stand in common parts, directly or through others, each with the first of them.
fn united(parts: &Groups) -> BTreeMap<MentionId, MentionId> {
    let mut beside: BTreeMap<MentionId, BTreeSet<MentionId>> = BTreeMap::new();
    for groups in parts.values() {
        for group in groups {
            beside.entry(*group).or_default().extend(groups.first());
            beside
                .entry(groups.first().copied().unwrap_or(*group))
                .or_default()
                .insert(*group);
        }
    }
    reached(&beside)
}

/// Items that paths lead between, each with the first of those that it reaches.
fn reached(paths: &BTreeMap<MentionId, BTreeSet<MentionId>>) -> BTreeMap<MentionId, MentionId> {
    let mut first_of = BTreeMap::new();
    for first in paths.keys() {
        let mut waiting = vec![*first];
        while let Some(here) = waiting.pop() {
            if let Entry::Vacant(unreached) = first_of.entry(here) {
                unreached.insert(*first);
                waiting.extend(&paths[&here]);
            }
        }
    }
    first_of
}

/// Every mention that a decision names, with the first mention that `same` decisions hold to be the same person.
fn together(decisions: &[Decision]) -> BTreeMap<MentionId, MentionId> {
    let mut paths: BTreeMap<MentionId, BTreeSet<MentionId>> = BTreeMap::new();
    for decision in decisions {
        let (a, b) = (decision.a, decision.b);
        paths.entry(a).or_default().extend(decision.same.then_some(b));
        paths.entry(b).or_default().extend(decision.same.then_some(a));
    }
    reached(&paths)
}

/// All that a mention says, in words.
fn content(records: &Records, mention: MentionId) -> (String, Option<NaiveDate>, Birth, Vec<&str>) {
    let mention = &records.mentions[mention.index()];
    let written = &mention.identity;
    let texts = [
        written.full_name,
        written.surname,
        written.given_name,
        written.patronymic,
        written.phone,
        written.email,
        written.code,
        written.sex,
        written.settlement,
        written.address,
        written.household,
    ];
    let texts = texts.map(|text| text.map_or("", |id| records.text(id))).to_vec();
    (setting(records, mention.context), mention.date, written.birth, texts)
}
