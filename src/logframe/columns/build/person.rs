//! Columns of persons: what was resolved of them, and where they were met.

use std::collections::{BTreeMap, HashMap};

use super::super::{Column, Kinds, Lists};
use super::{SEX, natural, yes_no, yes_no_names};
use crate::ingest::records::{Records, TextId};
use crate::people::facts::{Attribute, AttributeId, Facts, Who};
use crate::project::model::Project;

pub(in crate::logframe::columns) fn person_column(records: &Records, facts: &Facts, key: &str) -> Column {
    let id = facts.attribute_id(key);
    let known = |person: usize| known_of(facts, person, id);
    let answers = || (0..facts.persons.len()).filter_map(known);
    if answers().any(|attribute| matches!(attribute, Attribute::YesNo(_))) {
        let mut persons = Lists::default();
        for person in 0..facts.persons.len() {
            persons.push(known(person).and_then(|answer| match answer {
                Attribute::YesNo(yes) => Some(yes_no(*yes)),
                Attribute::Text(_) | Attribute::Number(_) | Attribute::Set(_) => None,
            }));
        }
        return Column::new(
            yes_no_names(),
            Kinds::Person {
                persons,
                sexes: HashMap::new(),
            },
        )
        .closed(3);
    }
    let mut names: Vec<String> = answers().flat_map(|attribute| written(facts, attribute)).collect();
    let sexes_of_parts = if key == SEX {
        parts_sexes(records, facts)
    } else {
        BTreeMap::new()
    };
    let closed: &[&str] = if key == SEX { &["female", "male"] } else { &[] };
    names.extend(
        sexes_of_parts
            .values()
            .cloned()
            .chain(closed.iter().map(|name| (*name).to_owned())),
    );
    names.sort_unstable_by_key(|name| natural(name));
    names.dedup();
    let places: BTreeMap<&str, u32> = names.iter().map(String::as_str).zip(0..).collect();
    let mut persons = Lists::default();
    for person in 0..facts.persons.len() {
        persons.push(
            known(person)
                .map(|answer| written(facts, answer))
                .unwrap_or_default()
                .iter()
                .map(|name| places[name.as_str()]),
        );
    }
    let several = answers().any(|attribute| matches!(attribute, Attribute::Set(_)));
    let sexes = sexes_of_parts
        .iter()
        .map(|(id, name)| (*id, places[name.as_str()]))
        .collect();
    let closed = closed.iter().map(|name| places[name]).collect();
    Column {
        closed,
        several,
        ..Column::new(names.clone(), Kinds::Person { persons, sexes })
    }
}

fn known_of(facts: &Facts, person: usize, id: Option<AttributeId>) -> Option<&Attribute> {
    let known = &facts.persons[person].attributes;
    let at = known.binary_search_by_key(&id?, |(attribute, _)| *attribute).ok()?;
    Some(&known[at].1)
}

fn written(facts: &Facts, attribute: &Attribute) -> Vec<String> {
    match attribute {
        Attribute::Text(text) => vec![facts.texts.get(*text).to_owned()],
        Attribute::Number(number) => vec![number.to_string()],
        Attribute::YesNo(yes) => vec![yes_no_names().swap_remove(yes_no(*yes) as usize)],
        Attribute::Set(texts) => texts.iter().map(|text| facts.texts.get(*text).to_owned()).collect(),
    }
}

fn parts_sexes(records: &Records, facts: &Facts) -> BTreeMap<TextId, String> {
    let mut sexes = BTreeMap::new();
    for fact in &facts.contacts {
        if let Who::Anonymous { parts, .. } = &fact.who {
            sexes.extend(
                parts
                    .iter()
                    .filter_map(|part| part.sex)
                    .map(|sex| (sex, records.text(sex).to_owned())),
            );
        }
    }
    sexes
}

/// The activities of each person anywhere in the project, as the project lists them.
pub(in crate::logframe::columns) fn person_activities(project: &Project, records: &Records, facts: &Facts) -> Column {
    let mut names: Vec<String> = project.activities.keys().cloned().collect();
    let mut of_text: BTreeMap<TextId, u32> = BTreeMap::new();
    for fact in &facts.contacts {
        of_text.entry(fact.activity).or_insert_with(|| {
            let code = records.text(fact.activity);
            let known = names.iter().position(|name| name == code);
            let at = known.unwrap_or_else(|| {
                names.push(code.to_owned());
                names.len() - 1
            });
            u32::try_from(at).expect("a project has fewer than 2^32 activities")
        });
    }
    let met = facts.contacts.iter().filter_map(|fact| match fact.who {
        Who::Person { person, .. } => Some((person.0, of_text[&fact.activity])),
        Who::Anonymous { .. } => None,
    });
    several(names, facts.persons.len(), met.collect())
}

/// The sources that name each person, registries too.
pub(in crate::logframe::columns) fn person_sources(project: &Project, facts: &Facts) -> Column {
    let (names, of) = super::source_names(project);
    let in_lists = (0..).zip(&facts.persons).flat_map(|(person, fact)| {
        let sources = fact.listed.iter().map(|(source, _)| *source);
        sources.map(move |source| (person, source))
    });
    let at_sessions = facts.contacts.iter().filter_map(|fact| match fact.who {
        Who::Person { person, .. } => Some((person.0, fact.source)),
        Who::Anonymous { .. } => None,
    });
    let pairs = in_lists
        .chain(at_sessions)
        .filter_map(|(person, source)| Some((person, *of.get(source)?)))
        .collect();
    several(names, facts.persons.len(), pairs)
}

/// A column of several categories for each person.
fn several(names: Vec<String>, persons: usize, mut pairs: Vec<(u32, u32)>) -> Column {
    pairs.sort_unstable();
    pairs.dedup();
    let mut lists = Lists::default();
    let mut rest = pairs.as_slice();
    for person in (0..).take(persons) {
        let own = rest.partition_point(|(known, _)| *known <= person);
        lists.push(rest[..own].iter().map(|(_, category)| *category));
        rest = &rest[own..];
    }
    let kind = Kinds::Person {
        persons: lists,
        sexes: HashMap::new(),
    };
    Column {
        several: true,
        ..Column::new(names, kind)
    }
}
