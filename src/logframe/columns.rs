//! Columns: for each subject of a filter or a disaggregation, the category of every fact.
//!
//! Categories are numbered in their natural order: age bands ascending, months by time, activities as the
//! project lists them, anything else by its text.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};

use super::items::{Item, Of, WHOLE};
use super::newcomers::{Newcomers, Partition};
use crate::ingest::findings::Kind;
use crate::ingest::records::{FieldId, FieldValue, HeadCountPart, Records, RowId, Session, TextId};
use crate::people::facts::{Attribute, AttributeId, Facts, Who, fold};
use crate::project::model::{AgeRule, AgeScheme, Project, Subject};

/// Key of the attribute that head-counts can be broken down by.
const SEX: &str = "sex";

/// A person is a child below this age.
const ADULT: u32 = 18;

/// No category.
const NONE: u32 = u32::MAX;

/// What a category may depend on beside the fact.
pub(super) struct Moment<'a> {
    /// First day of the window.
    pub(super) start: NaiveDate,
    /// Last day of the window.
    pub(super) end: NaiveDate,
    /// Each person's first contact within the window.
    pub(super) first_within: &'a [Option<NaiveDate>],
    /// Who is new when.
    pub(super) newcomers: &'a Newcomers,
    /// Whether persons are counted, who must then have one age each.
    pub(super) persons: bool,
}

/// The categories of one subject.
pub(super) struct Column {
    /// Category codes, in natural order.
    pub(super) names: Vec<String>,
    /// The same, folded.
    pub(super) folded: Vec<String>,
    /// Categories listed even where nobody falls into them; `names.len()` stands for unknown.
    pub(super) closed: Vec<u32>,
    /// Whether one fact may fall into several categories.
    pub(super) several: bool,
    kind: Kinds,
}

enum Kinds {
    Session(Vec<u32>),
    Source(Vec<u32>),
    Evidence,
    Row {
        contacts: Lists,
        sessions: Lists,
    },
    Person {
        persons: Lists,
        sexes: HashMap<TextId, u32>,
    },
    Age {
        scheme: AgeScheme,
        rule: AgeRule,
    },
    NewReturning,
    Month {
        first: i32,
    },
    Finding,
}

/// Several categories for each of many, flat.
#[derive(Default)]
struct Lists {
    ends: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    fn push(&mut self, values: impl IntoIterator<Item = u32>) {
        self.values.extend(values);
        self.ends
            .push(u32::try_from(self.values.len()).expect("tables hold fewer than 2^32 items"));
    }

    fn get(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.values[start..self.ends[at] as usize]
    }
}

impl Column {
    /// The column of a subject.
    pub(super) fn of(project: &Project, records: &Records, facts: &Facts, subject: &Subject) -> Self {
        let by_session = |pick: fn(&Session) -> Option<TextId>| session_column(records, pick);
        match subject {
            Subject::Activity => activity_column(project, records),
            Subject::Site => by_session(|session| session.site),
            Subject::Title => by_session(|session| session.title),
            Subject::Group => by_session(|session| session.group),
            Subject::Facilitator => by_session(|session| session.facilitator),
            Subject::Source => source_column(project),
            Subject::Evidence => Self::new(vec!["named".into(), "anonymous".into()], Kinds::Evidence),
            Subject::Field(key) => row_column(records, facts, key),
            Subject::Attribute(key) => person_column(records, facts, key),
            Subject::Age(name) => age_column(project, name),
            Subject::NewReturning => Self::new(vec!["new".into(), "returning".into()], Kinds::NewReturning),
            Subject::Month => month_column(project),
            Subject::FindingKind => Self::new(
                Kind::ALL.iter().map(|kind| kind.code().to_owned()).collect(),
                Kinds::Finding,
            ),
        }
    }

    fn new(names: Vec<String>, kind: Kinds) -> Self {
        let folded = names.iter().map(|name| fold(name)).collect();
        Self {
            names,
            folded,
            closed: Vec::new(),
            several: false,
            kind,
        }
    }

    fn closed(mut self, count: usize) -> Self {
        self.closed = (0..).take(count).collect();
        self
    }

    /// Whether an item's category depends on the window.
    pub(super) fn depends_on_window(&self) -> bool {
        match &self.kind {
            Kinds::NewReturning => true,
            Kinds::Age { rule, .. } => !matches!(rule, AgeRule::FirstContactOfProject),
            Kinds::Session(_)
            | Kinds::Source(_)
            | Kinds::Evidence
            | Kinds::Row { .. }
            | Kinds::Person { .. }
            | Kinds::Month { .. }
            | Kinds::Finding => false,
        }
    }

    /// Whether each person falls into one category however many contacts there are.
    pub(super) fn one_per_person(&self) -> bool {
        match &self.kind {
            Kinds::Person { .. } => !self.several,
            Kinds::Age { .. } | Kinds::NewReturning | Kinds::Evidence => true,
            Kinds::Session(_) | Kinds::Source(_) | Kinds::Row { .. } | Kinds::Month { .. } | Kinds::Finding => false,
        }
    }

    /// Adds an item's categories; none where nothing is known.
    pub(super) fn categories(&self, facts: &Facts, item: &Item, at: &Moment, into: &mut Vec<u32>) {
        match &self.kind {
            Kinds::Session(of) => into.extend(session_of(facts, item).map(|at| of[at]).filter(|cat| *cat != NONE)),
            Kinds::Source(of) => into.extend(source_of(facts, item).map(|at| of[at])),
            Kinds::Evidence => into.extend(evidence_of(facts, item)),
            Kinds::Row { contacts, sessions } => match item.of {
                Of::Contact(contact) => into.extend_from_slice(contacts.get(contact as usize)),
                Of::Session(session) => into.extend_from_slice(sessions.get(session as usize)),
                Of::Finding(_) => {}
            },
            Kinds::Person { persons, sexes } => match (Partition::Best.block(facts, item), part_of(facts, item)) {
                (Some(person), _) => into.extend_from_slice(persons.get(person as usize)),
                (None, Some(part)) => into.extend(part.sex.and_then(|sex| sexes.get(&sex))),
                (None, None) => {}
            },
            Kinds::Age { scheme, rule } => into.extend(age_band(facts, item, scheme, *rule, at)),
            Kinds::NewReturning => {
                let person = Partition::Best.block(facts, item);
                into.extend(person.map(|who| u32::from(!at.newcomers.is_new(Partition::Best, who, at.start, at.end))));
            }
            Kinds::Month { first } => into.extend(u32::try_from(month_number(item.date) - first)),
            Kinds::Finding => {
                if let Of::Finding(finding) = item.of {
                    let kind = facts.findings[finding as usize].kind;
                    into.extend(
                        (0..)
                            .zip(Kind::ALL)
                            .find(|(_, known)| **known == kind)
                            .map(|(at, _)| at),
                    );
                }
            }
        }
    }
}

fn session_of(facts: &Facts, item: &Item) -> Option<usize> {
    match item.of {
        Of::Contact(contact) => Some(facts.contacts[contact as usize].session.index()),
        Of::Session(session) => Some(facts.sessions[session as usize].session.index()),
        Of::Finding(_) => None,
    }
}

fn source_of(facts: &Facts, item: &Item) -> Option<usize> {
    match item.of {
        Of::Contact(contact) => Some(facts.contacts[contact as usize].source),
        Of::Session(session) => Some(facts.sessions[session as usize].source),
        Of::Finding(_) => None,
    }
}

fn evidence_of(facts: &Facts, item: &Item) -> Option<u32> {
    let Of::Contact(contact) = item.of else { return None };
    Some(match facts.contacts[contact as usize].who {
        Who::Person { .. } => 0,
        Who::Anonymous { .. } => 1,
    })
}

fn part_of<'a>(facts: &'a Facts, item: &Item) -> Option<&'a HeadCountPart> {
    let Of::Contact(contact) = item.of else { return None };
    match &facts.contacts[contact as usize].who {
        Who::Anonymous { parts, .. } if item.part != WHOLE => parts.get(usize::from(item.part)),
        Who::Anonymous { .. } | Who::Person { .. } => None,
    }
}

fn age_band(facts: &Facts, item: &Item, scheme: &AgeScheme, rule: AgeRule, at: &Moment) -> Option<u32> {
    let Some(person) = Partition::Best.block(facts, item) else {
        return child_band(scheme, part_of(facts, item)?.child?);
    };
    let within = at
        .first_within
        .get(person as usize)
        .copied()
        .flatten()
        .unwrap_or(item.date);
    let person = &facts.persons[person as usize];
    let age = match rule {
        AgeRule::EachContact if !at.persons => person.age_at(item.date),
        AgeRule::FirstContactInPeriod | AgeRule::EachContact => person.age_at(within),
        AgeRule::PeriodEnd => person.age_at(at.end),
        AgeRule::FirstContactOfProject => person.age_at(person.first_contact.unwrap_or(within)),
        AgeRule::YearDifference => person.age_by_year(within),
    };
    let age = u32::from(age?);
    let bands = scheme.from.partition_point(|from| *from <= age);
    u32::try_from(bands).ok()?.checked_sub(1)
}

/// The one band that holds all children, or all adults, where the scheme has such a band.
fn child_band(scheme: &AgeScheme, child: bool) -> Option<u32> {
    let below = u32::try_from(scheme.from.partition_point(|from| *from < ADULT)).ok()?;
    let bands = u32::try_from(scheme.from.len()).ok()?;
    let clean = below == bands || scheme.from[below as usize] == ADULT;
    match child {
        true if below == 1 && clean && below < bands => Some(0),
        false if bands == below + 1 && clean => Some(below),
        true | false => None,
    }
}

fn month_number(date: NaiveDate) -> i32 {
    date.year() * 12 + date.month0().cast_signed()
}

fn age_column(project: &Project, name: &str) -> Column {
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

fn month_column(project: &Project) -> Column {
    let (first, last) = (month_number(project.start), month_number(project.end));
    let name = |month: i32| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
    Column::new((first..=last).map(name).collect(), Kinds::Month { first })
}

fn source_column(project: &Project) -> Column {
    let mut names: Vec<String> = Vec::new();
    let mut of = Vec::new();
    for source in &project.sources {
        let known = names.iter().position(|name| *name == source.name).unwrap_or_else(|| {
            names.push(source.name.clone());
            names.len() - 1
        });
        of.push(u32::try_from(known).expect("a project has fewer than 2^32 sources"));
    }
    Column::new(names, Kinds::Source(of))
}

fn activity_column(project: &Project, records: &Records) -> Column {
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

fn session_column(records: &Records, pick: fn(&Session) -> Option<TextId>) -> Column {
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

fn person_column(records: &Records, facts: &Facts, key: &str) -> Column {
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
fn row_column(records: &Records, facts: &Facts, key: &str) -> Column {
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
    names
        .iter()
        .for_each(|name| _ = folded.entry(fold(name)).or_insert_with(|| name.clone()));
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
