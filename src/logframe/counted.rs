//! What the definitions ask for and the data do not have.

use std::collections::BTreeSet;

use super::compute::is_about_findings;
use super::figures::{Figures, Value};
use super::items::{CHECK_IN, CHECK_OUT};
use crate::ingest::findings::Kind;
use crate::ingest::records::{FieldValue, Finding, Records};
use crate::people::assemble::subjects;
use crate::people::facts::{Facts, fold};
use crate::project::model::{Filter, Indicator, Measure, Per, Project, Rule, Subject};

/// A finding for each indicator that counts nothing in the whole project; those about findings may rightly be 0,
/// and those made of others are told of with the others.
pub fn nothing_counted(project: &Project, figures: &Figures) -> Vec<Finding> {
    let mut counts = vec![false; project.indicators.len()];
    for figure in figures.figures.iter().filter(|figure| figure.disaggregation.is_none()) {
        counts[figure.indicator] |= figure.value != Value::NoData && figure.value != Value::Number(0.0);
    }
    let silent = project.indicators.iter().zip(counts).filter(|(_, counts)| !counts);
    silent
        .map(|(indicator, _)| indicator)
        .filter(|indicator| !is_about_findings(indicator) && !matches!(indicator.rule, Rule::Derived { .. }))
        .map(|indicator| Finding {
            kind: Kind::NothingCounted,
            place: None,
            others: Vec::new(),
            args: [("indicator", indicator.code.clone())].into(),
        })
        .collect()
}

/// A finding for each field that an indicator names and that neither a row, nor a person, nor a code in any row knows.
pub fn missing_fields(project: &Project, records: &Records, facts: &Facts) -> Vec<Finding> {
    let mut codes = None;
    let mut found = Vec::new();
    for indicator in &project.indicators {
        let mut told: BTreeSet<String> = BTreeSet::new();
        for (key, of_person) in keys(indicator) {
            let known = records.field(&key).is_some() || (of_person && is_resolved(facts, &key));
            let mut is_code = || codes.get_or_insert_with(|| all_codes(records)).contains(&fold(&key));
            let known = known || (of_person && is_code());
            if !known && told.insert(key.clone()) {
                found.push(Finding {
                    kind: Kind::FieldMissing,
                    place: None,
                    others: Vec::new(),
                    args: [("field", key), ("definition", indicator.code.clone())].into(),
                });
            }
        }
    }
    found
}

/// A finding for each cycle that nobody can complete, because fewer sessions were held than an indicator asks for.
///
/// Only cycles of the activities that the indicator names are meant; of all, where it names none.
pub fn short_cycles(project: &Project, records: &Records, facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for indicator in &project.indicators {
        let asked = subjects::sides(indicator)
            .into_iter()
            .find_map(|counted| match counted.measure {
                Measure::CompletedPeople { sessions } | Measure::CompletedEnrolments { sessions } => {
                    Some((sessions?, activities(&counted.filter)))
                }
                _ => None,
            });
        let Some((needed, named)) = asked else { continue };
        let meant = |activity: &str| named.is_empty() || named.iter().any(|name| fold(name) == fold(activity));
        for cycle in facts.cycles.iter().filter(|cycle| cycle.sessions < needed) {
            if meant(records.text(cycle.activity)) {
                found.push(Finding {
                    kind: Kind::CycleTooShort,
                    place: Some(records.cycles[cycle.cycle.index()].place),
                    others: Vec::new(),
                    args: [
                        ("held", cycle.sessions.to_string()),
                        ("needed", needed.to_string()),
                        ("indicator", indicator.code.clone()),
                    ]
                    .into(),
                });
            }
        }
    }
    found
}

/// The activities that a condition names outright.
fn activities(filter: &Filter) -> Vec<String> {
    match filter {
        Filter::OneOf {
            subject: Subject::Activity,
            values,
        } => values.clone(),
        Filter::And(parts) => parts.iter().flat_map(activities).collect(),
        Filter::All
        | Filter::Or(_)
        | Filter::Not(_)
        | Filter::OneOf { .. }
        | Filter::Known(_)
        | Filter::Between { .. }
        | Filter::Days { .. } => Vec::new(),
    }
}

/// Whether any person has an answer under a key.
fn is_resolved(facts: &Facts, key: &str) -> bool {
    let Some(id) = facts.attribute_id(key) else {
        return false;
    };
    let known = facts.persons.iter().flat_map(|person| &person.attributes);
    known.into_iter().any(|(attribute, _)| *attribute == id)
}

/// The field keys that an indicator names, and whether what persons say may answer to them.
#[expect(clippy::match_same_arms, reason = "the order of the cases is what tells them apart")]
fn keys(indicator: &Indicator) -> Vec<(String, bool)> {
    let mut keys = Vec::new();
    subjects::of_indicator(indicator, &mut |subject| match subject {
        Subject::Field(key) => keys.push((key, false)),
        Subject::Attribute(key) | Subject::Band { of: key, .. } => keys.push((key, true)),
        Subject::Activity
        | Subject::Site
        | Subject::Title
        | Subject::Group
        | Subject::Facilitator
        | Subject::Source
        | Subject::Evidence
        | Subject::Age(_)
        | Subject::PersonActivities
        | Subject::PersonSources
        | Subject::Order
        | Subject::NewReturning
        | Subject::Month
        | Subject::FindingKind => {}
    });
    for counted in subjects::sides(indicator) {
        let fields: Vec<&str> = match &counted.measure {
            Measure::Statistic {
                per: Per::Person | Per::Household,
                ..
            } => Vec::new(),
            Measure::Statistic { field, .. } => vec![field],
            Measure::Days { from, to } => vec![from, to],
            Measure::OpenAtEnd { until } | Measure::Ended { until } => vec![until],
            Measure::Change(change) => vec![&change.before.field, &change.after.field],
            Measure::BedNights | Measure::PeakNight => vec![CHECK_IN, CHECK_OUT],
            Measure::Sessions
            | Measure::Contacts(_)
            | Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::PeopleWith { .. }
            | Measure::PeopleWithContacts { .. }
            | Measure::PeopleListed { .. }
            | Measure::Households
            | Measure::Different { .. }
            | Measure::Cycles
            | Measure::Enrolments
            | Measure::CompletedEnrolments { .. }
            | Measure::CompletedPeople { .. }
            | Measure::DroppedOut { .. }
            | Measure::Items { .. }
            | Measure::CapacityNights
            | Measure::Constant(_)
            | Measure::Findings { .. } => Vec::new(),
        };
        keys.extend(fields.into_iter().map(|key| (key.to_owned(), false)));
    }
    keys
}

/// Every code that stands in a row, folded.
fn all_codes(records: &Records) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (_, value) in &records.values {
        match value {
            FieldValue::Code(text) => _ = ids.insert(*text),
            FieldValue::Set(texts) => ids.extend(texts),
            FieldValue::Text(_) | FieldValue::Number(_) | FieldValue::Date(_) | FieldValue::YesNo(_) => {}
        }
    }
    ids.into_iter().map(|id| fold(records.text(id))).collect()
}
