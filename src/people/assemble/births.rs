//! The birth date of each person, from all that was written of it (rules 8 and 9).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::finding;
use crate::ingest::findings::Kind;
use crate::ingest::records::{Birth, Finding, Identity, MentionId, Place, Records};
use crate::project::model::{Project, ResolveRule};

/// Nobody in these papers is older.
const OLDEST: i32 = 110;

/// What is known of a person's birth.
#[derive(Default)]
pub(super) struct Resolved {
    /// Birth date or year.
    pub(super) birth: Birth,
    /// Ages as written, by date, where no birth is known.
    pub(super) ages: Vec<(NaiveDate, u16)>,
    /// Age groups as written, by date, where neither a birth nor an age is known.
    pub(super) spans: Vec<(NaiveDate, (u16, u16))>,
}

/// Resolves every person's birth: a full date goes before a year, then the most frequent, then the earliest written.
pub(super) fn resolve(
    project: &Project,
    records: &Records,
    informing: &[Vec<MentionId>],
    first: &[Option<NaiveDate>],
    findings: &mut Vec<Finding>,
) -> Vec<Resolved> {
    let rule = project
        .settings
        .resolve
        .get("birth_date")
        .copied()
        .unwrap_or(ResolveRule::MostFrequent);
    let mut found: Vec<Place> = records
        .findings
        .iter()
        .filter(|finding| finding.kind == Kind::ImpossibleBirth)
        .filter_map(|finding| finding.place.map(whole_row))
        .collect();
    found.sort_unstable();
    let persons = informing.par_iter().zip(first);
    let resolved = persons.map(|(mentions, first)| {
        let mut doubts = Vec::new();
        let written = possible(records, mentions, *first, &found, &mut doubts);
        let birth = choose(&written, rule);
        doubts.extend(contradiction(&written, birth));
        let ages = if birth == Birth::Unknown {
            written_as(records, mentions, |identity| identity.age)
        } else {
            Vec::new()
        };
        let spans = if birth == Birth::Unknown && ages.is_empty() {
            written_as(records, mentions, |identity| identity.age_span)
        } else {
            Vec::new()
        };
        (Resolved { birth, ages, spans }, doubts)
    });
    let (resolved, doubts): (Vec<Resolved>, Vec<Vec<Finding>>) = resolved.unzip();
    findings.extend(doubts.into_iter().flatten());
    resolved
}

/// What is written of a birth and can be; what can't is a finding, unless reading found it already.
fn possible(
    records: &Records,
    mentions: &[MentionId],
    first: Option<NaiveDate>,
    found: &[Place],
    findings: &mut Vec<Finding>,
) -> Vec<(Birth, Place)> {
    let mut written = Vec::new();
    for mention in mentions.iter().map(|mention| &records.mentions[mention.index()]) {
        let birth = mention.identity.birth;
        if impossible(birth, mention.date.or(first)) {
            if found.binary_search(&whole_row(mention.place)).is_err() {
                findings.push(finding(
                    Kind::ImpossibleBirth,
                    mention.place,
                    Vec::new(),
                    BTreeMap::new(),
                ));
            }
        } else if birth != Birth::Unknown {
            written.push((birth, mention.place));
        }
    }
    written
}

fn whole_row(place: Place) -> Place {
    Place { column: None, ..place }
}

/// After the contact, on its very day (the day of registration written as the birth date), or too long ago.
fn impossible(birth: Birth, contact: Option<NaiveDate>) -> bool {
    let Some(contact) = contact else { return false };
    match birth {
        Birth::Unknown => false,
        Birth::Year(year) => year > contact.year() || contact.year() - year > OLDEST,
        Birth::Date(date) => date >= contact || contact.year() - date.year() > OLDEST,
    }
}

fn choose(written: &[(Birth, Place)], rule: ResolveRule) -> Birth {
    let full = |birth: &Birth| matches!(birth, Birth::Date(_));
    let any_full = written.iter().any(|(birth, _)| full(birth));
    let kept: Vec<Birth> = written
        .iter()
        .map(|(birth, _)| *birth)
        .filter(|birth| full(birth) == any_full)
        .collect();
    let chosen = match rule {
        ResolveRule::Latest => kept.last().copied(),
        ResolveRule::First => kept.first().copied(),
        ResolveRule::Maximum => kept.iter().max().copied(),
        ResolveRule::MostFrequent | ResolveRule::Union => most_frequent(&kept),
    };
    chosen.unwrap_or_default()
}

/// The most frequent; of equally frequent ones that which comes first.
fn most_frequent(values: &[Birth]) -> Option<Birth> {
    let mut counts: BTreeMap<Birth, (usize, usize)> = BTreeMap::new();
    for (order, value) in values.iter().enumerate() {
        counts.entry(*value).or_insert((0, order)).0 += 1;
    }
    let best = counts
        .into_iter()
        .min_by_key(|&(_, (count, order))| (usize::MAX - count, order));
    best.map(|(value, _)| value)
}

fn contradiction(written: &[(Birth, Place)], chosen: Birth) -> Option<Finding> {
    let agrees = |birth: Birth| match (birth, chosen) {
        (Birth::Date(a), Birth::Date(b)) => a == b,
        (Birth::Year(a), Birth::Year(b)) => a == b,
        (Birth::Year(year), Birth::Date(date)) | (Birth::Date(date), Birth::Year(year)) => date.year() == year,
        (Birth::Unknown, _) | (_, Birth::Unknown) => true,
    };
    let others: Vec<Place> = written
        .iter()
        .filter(|(birth, _)| !agrees(*birth))
        .map(|(_, place)| *place)
        .collect();
    let (_, place) = written.iter().find(|(birth, _)| *birth == chosen)?;
    let args = BTreeMap::from([("field", "birth_date".to_owned())]);
    (!others.is_empty()).then(|| finding(Kind::Contradiction, *place, others, args))
}

/// What dated mentions say of an age, by date.
fn written_as<T: PartialEq>(
    records: &Records,
    mentions: &[MentionId],
    of: impl Fn(&Identity) -> Option<T>,
) -> Vec<(NaiveDate, T)> {
    let mentions = mentions.iter().map(|mention| &records.mentions[mention.index()]);
    let mut found: Vec<_> = mentions
        .filter_map(|mention| mention.date.zip(of(&mention.identity)))
        .collect();
    found.dedup();
    found
}
