//! Age groups as written that lie in two bands of the project: of whoever is 36-65, nobody knows whether she is 60.

use std::collections::BTreeMap;

use super::births::Resolved;
use super::finding;
use crate::ingest::findings::Kind;
use crate::ingest::records::{FileId, Finding, MentionId, Place, Records};
use crate::project::model::{AgeScheme, Project, Subject};

/// The bands by which some indicator tells ages.
fn schemes(project: &Project) -> Vec<&AgeScheme> {
    let breakdowns = project
        .indicators
        .iter()
        .flat_map(|indicator| &indicator.disaggregations);
    let named = breakdowns
        .flat_map(|breakdown| &breakdown.by)
        .filter_map(|by| match by {
            Subject::Age(name) => Some(name),
            _ => None,
        });
    let mut found: Vec<&AgeScheme> = Vec::new();
    for name in named {
        let own = || project.age_schemes.first().map(|(_, scheme)| scheme);
        let scheme = project.age_schemes.get(name).or_else(own);
        found.extend(scheme.filter(|scheme| !found.contains(scheme)));
    }
    found
}

/// One finding for each sheet in which people of whom nothing better is known have such an age group.
pub(super) fn told(
    project: &Project,
    records: &Records,
    informing: &[Vec<MentionId>],
    births: &[Resolved],
) -> Vec<Finding> {
    let schemes = schemes(project);
    let band = |scheme: &AgeScheme, age: u16| scheme.from.partition_point(|from| *from <= u32::from(age));
    let astride = |(from, to): (u16, u16)| schemes.iter().any(|scheme| band(scheme, from) != band(scheme, to));
    let mut sheets: BTreeMap<(FileId, u16), (Place, usize)> = BTreeMap::new();
    for (mentions, known) in informing.iter().zip(births) {
        if !known.spans.iter().any(|(_, span)| astride(*span)) {
            continue;
        }
        let written = mentions.iter().map(|mention| &records.mentions[mention.index()]);
        for mention in written.filter(|mention| mention.identity.age_span.is_some_and(astride)) {
            let place = Place {
                column: None,
                ..mention.place
            };
            let (first, count) = sheets.entry((place.file, place.sheet)).or_insert((place, 0));
            *first = (*first).min(place);
            *count += 1;
        }
    }
    sheets
        .into_values()
        .map(|(place, count)| {
            let args = BTreeMap::from([("count", count.to_string())]);
            finding(Kind::AgesAstride, place, Vec::new(), args)
        })
        .collect()
}
