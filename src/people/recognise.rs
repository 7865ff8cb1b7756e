//! The whole of recognition: collapse, block, cluster, and what is said about the outcome.

use std::collections::BTreeMap;

use super::block::candidates;
use super::cluster::{Clusters, Merge, cluster, verdict};
use super::decide::{Contradiction, bonds};
use super::distinct::{Identities, collapse, profiles};
use super::key::keys;
use super::model::{Cause, FieldWeight, Link, People, Person, PersonId, Undecided};
use super::weigh::{Verdict, probability};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, MentionId, Place, Records};

/// Tells who is who.
///
/// Deterministic: the order of mentions, rows and files changes neither the partition nor the keys.
pub fn recognise(records: &Records) -> People {
    let identities = collapse(records);
    let (seen, spellings, frequencies) = profiles(records, &identities);
    let pairs = candidates(&identities.all);
    let (bonds, contradictions) = bonds(&records.decisions, &identities.of_mention);
    let clusters = cluster(&seen, &pairs, &bonds, &spellings, &frequencies);
    let mut people = persons(records, &identities, &clusters);
    let link = |merge: &Merge| link(merge, &identities);
    people.links = clusters.certain.iter().map(link).collect();
    people.undecided = clusters
        .likely
        .iter()
        .map(|merge| Undecided {
            link: link(merge),
            joined: true,
        })
        .chain(clusters.possible.iter().map(|merge| Undecided {
            link: link(merge),
            joined: false,
        }))
        .collect();
    let doubt = |pair: &Undecided| (pair.link.probability - 0.5).abs();
    people.undecided.sort_by(|a, b| doubt(a).total_cmp(&doubt(b)));
    people.certainty = certainty(&clusters, &identities);
    people.findings = findings(records, &identities, &people, &contradictions);
    people
}

/// Compares two mentions alone, for explanations: the level and weight of each field.
pub fn compare_pair(records: &Records, a: MentionId, b: MentionId) -> Link {
    let identities = collapse(records);
    let (seen, spellings, frequencies) = profiles(records, &identities);
    let of = |mention: MentionId| &seen[identities.of_mention[mention.index()] as usize];
    let verdict = verdict(of(a), of(b), &spellings, &frequencies);
    weighed(a, b, &verdict, Cause::Weight)
}

/// The three partitions, with the persons of the best one in order of key.
fn persons(records: &Records, identities: &Identities, clusters: &Clusters) -> People {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, home) in (0u32..).zip(&clusters.best) {
        members.entry(*home).or_default().push(at);
    }
    let mut homes: Vec<Vec<u32>> = members.into_values().collect();
    homes.sort();
    let mut keyed: Vec<(String, Vec<u32>)> = keys(&homes, &identities.all).into_iter().zip(homes).collect();
    keyed.sort();
    let mut people = People {
        best: vec![PersonId(0); records.mentions.len()],
        ..People::default()
    };
    for (at, (key, members)) in (0u32..).zip(keyed) {
        let mut mentions: Vec<MentionId> = members
            .iter()
            .flat_map(|member| &identities.all[*member as usize].mentions)
            .copied()
            .collect();
        mentions.sort_unstable();
        for mention in &mentions {
            people.best[mention.index()] = PersonId(at);
        }
        people.persons.push(Person { key, mentions });
    }
    let blocks = |homes: &[u32]| {
        identities
            .of_mention
            .iter()
            .map(|identity| homes[*identity as usize])
            .collect()
    };
    people.low = blocks(&clusters.low);
    people.high = blocks(&clusters.high);
    people
}

fn link(merge: &Merge, identities: &Identities) -> Link {
    let cause = match () {
        () if merge.decided => Cause::Decision,
        () if merge.verdict.pointed() => Cause::Code,
        () => Cause::Weight,
    };
    let speaker = |members: &[u32]| identities.speaker(members);
    weighed(speaker(&merge.joined), speaker(&merge.to), &merge.verdict, cause)
}

fn weighed(a: MentionId, b: MentionId, verdict: &Verdict, cause: Cause) -> Link {
    let field = |(comparison, level, weight): &(super::compare::Comparison, super::compare::Level, f64)| FieldWeight {
        comparison: comparison.word(),
        level: level.word(),
        weight: *weight,
    };
    let probability = match cause {
        Cause::Decision => 1.0,
        Cause::Code | Cause::Weight if verdict.refused => 0.0,
        Cause::Code | Cause::Weight => probability(verdict.weight),
    };
    Link {
        a,
        b,
        cause,
        weight: verdict.weight,
        probability,
        fields: verdict.parts.iter().map(field).collect(),
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
        for member in &merge.joined {
            let known = &mut of_identity[*member as usize];
            *known = known.min(probability(merge.verdict.weight));
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
    found.extend(code_findings(records, identities, people));
    for chain in contradictions {
        found.push(finding(
            Kind::DecisionsContradict,
            chain.iter().map(|at| records.decisions[*at].place),
        ));
    }
    for (at, decision) in records.decisions.iter().enumerate() {
        if !contradictions.iter().any(|chain| chain.contains(&at)) {
            let mut one = finding(
                Kind::PairDecided,
                [decision.place, place(decision.a), place(decision.b)],
            );
            one.args
                .insert("decision", if decision.same { "same" } else { "different" }.to_owned());
            found.push(one);
        }
    }
    for pair in &people.undecided {
        let mut one = finding(Kind::PairUndecided, [place(pair.link.a), place(pair.link.b)]);
        one.args.insert("probability", format!("{:.2}", pair.link.probability));
        one.args
            .insert("joined", if pair.joined { "yes" } else { "no" }.to_owned());
        found.push(one);
    }
    found
}

/// Persons under several codes, and codes borne by several persons.
fn code_findings(records: &Records, identities: &Identities, people: &People) -> Vec<Finding> {
    let code = |mention: MentionId| {
        let identity = &identities.all[identities.of_mention[mention.index()] as usize];
        identity.form.code.as_ref()
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
