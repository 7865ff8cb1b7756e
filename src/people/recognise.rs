//! The whole of recognition: collapse, block, cluster, and what is said about the outcome.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::alike::Grouped;
use super::block::{Candidates, candidates};
use super::cluster::{Clusters, Merge, Side, cluster, verdict};
use super::decide::{Contradiction, bonds};
use super::distinct::{Identities, collapse};
use super::gather::{Gathered, gather};
use super::key::keys;
use super::learn::Population;
use super::model::{Cause, Chances, FieldWeight, Link, People, Person, PersonId, Undecided};
use super::weigh::{Verdict, parts, probability};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, MentionId, Place, Records};
use crate::progress::{METER, Stage};

/// Tells who is who.
///
/// Deterministic: the order of mentions, rows and files changes neither the partition nor the keys.
pub fn recognise(records: &Records) -> People {
    METER.begin(Stage::Recognising, 0);
    let identities = collapse(records);
    let seen = gather(records, &identities);
    let Candidates { pairs, skipped } = candidates(&seen.profiles, &seen.words);
    let (bonds, contradictions) = bonds(&records.decisions, &identities.of_mention);
    let clusters = cluster(&seen, pairs, &bonds);
    let Gathered {
        profiles,
        words,
        population,
    } = seen;
    drop((profiles, words));
    let mut people = persons(records, &identities, &clusters);
    people.certainty = certainty(&clusters, &identities);
    let link = |merge: Merge| link(&merge, &identities, &population);
    let undecided = |merges: Vec<Merge>, joined: bool| {
        let links = merges.into_par_iter().map(link);
        links.map(move |link| Undecided { link, joined }).collect::<Vec<_>>()
    };
    people.links = clusters.certain.into_par_iter().map(link).collect();
    people.undecided = undecided(clusters.likely, true);
    people.undecided.extend(undecided(clusters.possible, false));
    let doubt = |pair: &Undecided| (pair.link.probability - 0.5).abs();
    people.undecided.sort_by(|a, b| doubt(a).total_cmp(&doubt(b)));
    people.findings = findings(records, &identities, &people, &contradictions);
    people.findings.extend(passed_over(skipped));
    people
}

/// Compares two mentions alone, for explanations: the level and weight of each field.
pub fn compare_pair(records: &Records, a: MentionId, b: MentionId) -> Link {
    Comparer::new(records).pair(a, b)
}

/// Compares many pairs of mentions of the same records.
#[derive(Debug)]
pub struct Comparer {
    identities: Identities,
    seen: Gathered,
}

impl Comparer {
    /// Looks once at everything that the records say of their people.
    pub fn new(records: &Records) -> Self {
        let identities = collapse(records);
        let seen = gather(records, &identities);
        Self { identities, seen }
    }

    /// Number of the way a mention is written: the same for mentions that are alike after normalising.
    pub fn writing(&self, mention: MentionId) -> u32 {
        self.identities.of_mention[mention.index()]
    }

    /// The level and weight of each field of two mentions.
    pub fn pair(&self, a: MentionId, b: MentionId) -> Link {
        let of = |mention: MentionId| &self.seen.profiles[self.writing(mention) as usize];
        let verdict = verdict(of(a), of(b), &self.seen);
        let weight = verdict.weight.min(verdict.most);
        weighed(a, b, &verdict, weight, Cause::Weight, &self.seen.population)
    }
}

/// The three partitions, with the persons of the best one in order of key.
fn persons(records: &Records, identities: &Identities, clusters: &Clusters) -> People {
    let (homes, count) = numbered(&clusters.best);
    let homes = Grouped::by(&homes, count);
    let homes: Vec<&[u32]> = (0..count).map(|home| homes.of(home)).collect();
    let mut keyed: Vec<(String, &[u32])> = keys(records, &homes, identities).into_iter().zip(homes).collect();
    keyed.par_sort_unstable();
    let persons: Vec<Person> = keyed
        .into_par_iter()
        .map(|(key, members)| {
            let mentions = members.iter().flat_map(|member| identities.mentions(*member));
            let mut mentions: Vec<MentionId> = mentions.collect();
            mentions.sort_unstable();
            Person { key, mentions }
        })
        .collect();
    let mut best = vec![PersonId(0); records.mentions.len()];
    for (at, person) in (0u32..).zip(&persons) {
        for mention in &person.mentions {
            best[mention.index()] = PersonId(at);
        }
    }
    let blocks = |homes: &[u32]| -> Vec<u32> {
        let of_mention = identities.of_mention.iter();
        of_mention.map(|identity| homes[*identity as usize]).collect()
    };
    let (low, high) = (blocks(&clusters.low), blocks(&clusters.high));
    let of = identities
        .of_mention
        .iter()
        .map(|identity| clusters.chance[*identity as usize]);
    let within = low.iter().zip(&high).zip(of);
    People {
        chances: Chances::new(within.map(|((low, high), chance)| (*low, *high, chance))),
        persons,
        best,
        low,
        high,
        ..People::default()
    }
}

/// Clusters numbered in the order of their first identities, and how many there are.
fn numbered(homes: &[u32]) -> (Vec<u32>, usize) {
    let clusters = homes.iter().max().map_or(0, |last| *last as usize + 1);
    let mut number: Vec<Option<u32>> = vec![None; clusters];
    let mut count = 0;
    let of_each = homes.iter().map(|home| {
        *number[*home as usize].get_or_insert_with(|| {
            count += 1;
            count - 1
        })
    });
    let of_each = of_each.collect();
    (of_each, count as usize)
}

fn link(merge: &Merge, identities: &Identities, population: &Population) -> Link {
    let cause = match () {
        () if merge.decided => Cause::Decision,
        () if merge.verdict.pointed => Cause::Code,
        () => Cause::Weight,
    };
    let mention = |side: Side| identities.mention(side.speaker);
    weighed(
        mention(merge.joined),
        mention(merge.to),
        &merge.verdict,
        merge.weight,
        cause,
        population,
    )
}

fn weighed(a: MentionId, b: MentionId, verdict: &Verdict, weight: f64, cause: Cause, population: &Population) -> Link {
    let probability = match cause {
        Cause::Decision => 1.0,
        Cause::Code | Cause::Weight if verdict.refused => 0.0,
        Cause::Code | Cause::Weight => probability(weight),
    };
    let fields = parts(&verdict.compared, population).map(|(comparison, weight)| FieldWeight {
        comparison: comparison.word(),
        level: verdict.compared.level(comparison).word(),
        weight,
    });
    let mut fields: Vec<FieldWeight> = fields.collect();
    // There are as many links as mentions, nearly.
    fields.shrink_to_fit();
    Link {
        a,
        b,
        cause,
        weight,
        probability,
        fields,
    }
}

/// Probability of each mention belonging to its person: that of the weakest merge that brought it there.
fn certainty(clusters: &Clusters, identities: &Identities) -> Vec<f64> {
    let mut of_identity = vec![1.0_f64; identities.all.len()];
    for merge in clusters
        .certain
        .iter()
        .chain(&clusters.likely)
        .filter(|merge| !merge.decided)
    {
        for member in &merge.moved {
            let known = &mut of_identity[*member as usize];
            *known = known.min(probability(merge.weight));
        }
    }
    identities
        .of_mention
        .iter()
        .map(|identity| of_identity[*identity as usize])
        .collect()
}

fn finding(kind: Kind, places: impl IntoIterator<Item = Place>) -> Finding {
    let mut places = places.into_iter();
    Finding {
        kind,
        place: places.next(),
        others: places.collect(),
        args: BTreeMap::new(),
    }
}

fn findings(
    records: &Records,
    identities: &Identities,
    people: &People,
    contradictions: &[Contradiction],
) -> Vec<Finding> {
    let place = |mention: MentionId| records.mentions[mention.index()].place;
    let mut found: Vec<Finding> = identities
        .nobody
        .iter()
        .map(|mention| finding(Kind::NotAName, [place(*mention)]))
        .collect();
    found.extend(
        identities
            .two
            .iter()
            .map(|mention| finding(Kind::TwoNames, [place(*mention)])),
    );
    found.extend(code_findings(records, identities, people));
    found.extend(super::decide::findings(records, &identities.of_mention, contradictions));
    for pair in &people.undecided {
        let mut one = finding(Kind::PairUndecided, [place(pair.link.a), place(pair.link.b)]);
        one.args.insert("probability", format!("{:.2}", pair.link.probability));
        one.args
            .insert("joined", if pair.joined { "yes" } else { "no" }.to_owned());
        found.push(one);
    }
    found
}

/// What oversized blocks left without a comparison.
fn passed_over(skipped: u64) -> Option<Finding> {
    (skipped > 0).then(|| {
        let mut one = finding(Kind::PairsPassedOver, []);
        one.args.insert("pairs", skipped.to_string());
        one
    })
}

/// Persons under several codes, and codes borne by several persons.
fn code_findings(records: &Records, identities: &Identities, people: &People) -> Vec<Finding> {
    let code = |mention: MentionId| {
        let form = &identities.all[identities.of_mention[mention.index()] as usize];
        form.code.as_ref()
    };
    let place = |mention: MentionId| records.mentions[mention.index()].place;
    let mut found = Vec::new();
    let mut bearers: BTreeMap<_, BTreeMap<PersonId, MentionId>> = BTreeMap::new();
    for (at, person) in (0u32..).zip(&people.persons) {
        let mut codes = BTreeMap::new();
        for &mention in &person.mentions {
            if let Some(code) = code(mention) {
                codes.entry(code).or_insert(mention);
                bearers.entry(code).or_default().entry(PersonId(at)).or_insert(mention);
            }
        }
        if codes.len() > 1 {
            let mut mentions: Vec<MentionId> = codes.into_values().collect();
            mentions.sort_unstable();
            let mut one = finding(Kind::TwoCodes, mentions.into_iter().map(place));
            one.args.insert("person", person.key.clone());
            found.push(one);
        }
    }
    for persons in bearers.into_values().filter(|persons| persons.len() > 1) {
        let mut mentions: Vec<MentionId> = persons.into_values().collect();
        mentions.sort_unstable();
        found.push(finding(Kind::CodeShared, mentions.into_iter().map(place)));
    }
    found
}

#[cfg(test)]
pub(super) mod tests;
