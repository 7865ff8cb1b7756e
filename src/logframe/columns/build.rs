//! How the columns are made: the categories of each subject, and who falls into which.

use std::collections::{BTreeMap, HashMap};

use super::{Column, Kinds, Lists, NONE, month_number};
use crate::ingest::records::{FieldId, FieldValue, Records, RowId, Session, TextId};
use crate::people::facts::{Attribute, AttributeId, Facts, Who, fold};
use crate::project::model::{AgeScheme, Project};

/// Key of the attribute that head-counts can be broken down by.
const SEX: &str = "sex";

pub(super) fn age_column(project: &Project, name: &str) -> Column {
    let scheme = project
        .age_schemes
        .get(name)
        .or_else(|| project.age_schemes.first().map(|(_, scheme)| scheme));
    let scheme = scheme.cloned().unwrap_or_else(|| AgeScheme {
        name: name.to_owned(),
        from: Vec::new(),
    });
    let band = |(at, from): (usize, &u32)| match scheme.from.get(at + 1) {
        Some(next) => format!("{from}-{}", next.saturating_sub(1)),
        None => format!("{from}+"),
    };
    let names: Vec<String> = scheme.from.iter().enumerate().map(band).collect();
    let count = names.len();
    Column::new(
        names,
        Kinds::Age {
            scheme,
            rule: project.settings.age,
        },
    )
    .closed(count)
}

pub(super) fn month_column(project: &Project) -> Column {
    let (first, last) = (month_number(project.start), month_number(project.end));
    let name = |month: i32| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
    Column::new((first..=last).map(name).collect(), Kinds::Month { first })
}

pub(super) fn source_column(project: &Project, records: &Records, facts: &Facts) -> Column {
    let mut names: Vec<String> = Vec::new();
    let mut of = Vec::new();
    for source in &project.sources {
        let known = names.iter().position(|name| *name == source.name).unwrap_or_else(|| {
            names.push(source.name.clone());
            names.len() - 1
        });
        of.push(u32::try_from(known).expect("a project has fewer than 2^32 sources"));
    }
    let of_log = facts.sessions.iter().map(|fact| {
        let row = records.sessions[fact.session.index()].log_row;
        row.map_or(fact.source, |row| records.rows[row.index()].source)
    });
    let of_log = of_log.collect();
    Column::new(names, Kinds::Source { categories: of, of_log })
}

pub(super) fn activity_column(project: &Project, records: &Records) -> Column {
    let mut column = session_column(records, |session| Some(session.activity));
    let rank = |name: &String| project.activities.get_index_of(name).unwrap_or(usize::MAX);
    let mut order: Vec<usize> = (0..column.names.len()).collect();
    order.sort_by_key(|at| rank(&column.names[*at]));
    let mut place = vec![0; order.len()];
    for (new, old) in (0..).zip(&order) {
        place[*old] = new;
    }
    if let Kinds::Session(of) = &mut column.kind {
        of.iter_mut()
            .filter(|cat| **cat != NONE)
            .for_each(|cat| *cat = place[*cat as usize]);
    }
    column.names = order.iter().map(|at| column.names[*at].clone()).collect();
    column.folded = column.names.iter().map(|name| fold(name)).collect();
    column
}

pub(super) fn session_column(records: &Records, pick: fn(&Session) -> Option<TextId>) -> Column {
    let texts = records.sessions.iter().filter_map(pick);
    let categories = Categories::of(texts.map(|id| (id, records.text(id))));
    let of = |session| pick(session).map_or(NONE, |text| categories.of_text[&text]);
    let by_session = records.sessions.iter().map(of).collect();
    Column::new(categories.names, Kinds::Session(by_session))
}

/// Texts put together by what they fold to, each under its most frequent spelling.
struct Categories {
    names: Vec<String>,
    of_text: HashMap<TextId, u32>,
}

impl Categories {
    fn of<'a>(texts: impl Iterator<Item = (TextId, &'a str)>) -> Self {
        let mut times: BTreeMap<TextId, (usize, &str)> = BTreeMap::new();
        for (id, text) in texts {
            times.entry(id).or_insert((0, text)).0 += 1;
        }
        let mut by_fold: BTreeMap<String, Vec<(TextId, usize, &str)>> = BTreeMap::new();
        for (id, (times, text)) in times {
            by_fold.entry(fold(text)).or_default().push((id, times, text));
        }
        let mut categories = Self {
            names: Vec::new(),
            of_text: HashMap::new(),
        };
        for (category, spellings) in (0..).zip(by_fold.values()) {
            let best = spellings
                .iter()
                .max_by_key(|(_, times, text)| (*times, std::cmp::Reverse(*text)));
            categories.names.extend(best.map(|(_, _, text)| text.trim().to_owned()));
            categories
                .of_text
                .extend(spellings.iter().map(|(id, _, _)| (*id, category)));
        }
        categories
    }
}

/// Yes and no come first, so that their numbers are those of a closed list.
const YES: u32 = 0;
const NO: u32 = 1;

fn yes_no(yes: bool) -> u32 {
    if yes { YES } else { NO }
}

fn yes_no_names() -> Vec<String> {
    vec!["yes".into(), "no".into()]
}

pub(super) fn person_column(records: &Records, facts: &Facts, key: &str) -> Column {
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

/// Numbers by size, then texts by alphabet.
fn natural(name: &str) -> (bool, i64, String) {
    match name.parse::<i64>() {
        Ok(number) => (false, number, String::new()),
        Err(_) => (true, 0, fold(name) + name),
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

/// The field of each contact's row, or else of its session's log row.
pub(super) fn row_column(records: &Records, facts: &Facts, key: &str) -> Column {
    let field = records.field(key);
    let log_row = |session: usize| records.sessions[session].log_row;
    let contact_cells = facts.contacts.iter().map(|fact| {
        cells(records, Some(fact.row), field).or_else(|| cells(records, log_row(fact.session.index()), field))
    });
    let contact_cells: Vec<Option<&FieldValue>> = contact_cells.collect();
    let session_cells = facts
        .sessions
        .iter()
        .map(|fact| cells(records, log_row(fact.session.index()), field));
    let session_cells: Vec<Option<&FieldValue>> = session_cells.collect();
    let all = || contact_cells.iter().chain(&session_cells).filter_map(|cell| *cell);
    let mut names: Vec<String> = all().flat_map(|cell| shown(records, cell)).collect();
    let questions = all().all(|cell| matches!(cell, FieldValue::YesNo(_))) && !names.is_empty();
    let mut folded: BTreeMap<String, String> = BTreeMap::new();
    names.sort_unstable_by_key(|name| natural(name));
    for name in names {
        folded.entry(fold(&name)).or_insert(name);
    }
    let mut names: Vec<String> = if questions {
        yes_no_names()
    } else {
        folded.into_values().collect()
    };
    if !questions {
        names.sort_unstable_by_key(|name| natural(name));
    }
    let places: HashMap<String, u32> = names.iter().map(|name| fold(name)).zip(0..).collect();
    let lists = |cells: &[Option<&FieldValue>]| {
        let mut lists = Lists::default();
        for cell in cells {
            let shown = cell.map(|cell| shown(records, cell)).unwrap_or_default();
            lists.push(shown.iter().filter_map(|name| places.get(&fold(name)).copied()));
        }
        lists
    };
    let several = all().any(|cell| matches!(cell, FieldValue::Set(_)));
    let kind = Kinds::Row {
        contacts: lists(&contact_cells),
        sessions: lists(&session_cells),
    };
    let column = Column {
        several,
        ..Column::new(names, kind)
    };
    if questions { column.closed(3) } else { column }
}

fn cells(records: &Records, row: Option<RowId>, field: Option<FieldId>) -> Option<&FieldValue> {
    let (row, field) = (row?, field?);
    records
        .values_of(row)
        .iter()
        .find(|(at, _)| *at == field)
        .map(|(_, value)| value)
}

fn shown(records: &Records, value: &FieldValue) -> Vec<String> {
    match value {
        FieldValue::Text(text) | FieldValue::Code(text) => vec![records.text(*text).trim().to_owned()],
        FieldValue::Number(number) => vec![number.to_string()],
        FieldValue::Date(date) => vec![date.to_string()],
        FieldValue::YesNo(yes) => vec![yes_no_names().swap_remove(yes_no(*yes) as usize)],
        FieldValue::Set(texts) => texts.iter().map(|text| records.text(*text).trim().to_owned()).collect(),
    }
}
