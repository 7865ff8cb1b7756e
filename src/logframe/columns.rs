//! Columns: for each subject of a filter or a disaggregation, the category of every fact.
//!
//! Categories are numbered in their natural order: age bands ascending, months by time, activities as the
//! project lists them, anything else by its text.

mod build;

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::items::{Item, Of, WHOLE};
use super::newcomers::{Newcomers, Partition};
use crate::ingest::findings::Kind;
use crate::ingest::records::{HeadCountPart, Records, Session, TextId};
use crate::people::facts::{Facts, Who, fold};
use crate::project::model::{AgeRule, AgeScheme, Project, Subject};

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
    Source {
        categories: Vec<u32>,
        of_log: Vec<usize>,
    },
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
        let by_session = |pick: fn(&Session) -> Option<TextId>| build::session_column(records, pick);
        match subject {
            Subject::Activity => build::activity_column(project, records),
            Subject::Site => by_session(|session| session.site),
            Subject::Title => by_session(|session| session.title),
            Subject::Group => by_session(|session| session.group),
            Subject::Facilitator => by_session(|session| session.facilitator),
            Subject::Source => build::source_column(project, records, facts),
            Subject::Evidence => Self::new(vec!["named".into(), "anonymous".into()], Kinds::Evidence),
            Subject::Field(key) => build::row_column(records, facts, key),
            Subject::Attribute(key) => build::person_column(records, facts, key),
            Subject::Age(name) => build::age_column(project, name),
            Subject::NewReturning => Self::new(vec!["new".into(), "returning".into()], Kinds::NewReturning),
            Subject::Month => build::month_column(project),
            Subject::FindingKind => Self::new(
                Kind::ALL.iter().map(|kind| kind.code().to_owned()).collect(),
                Kinds::Finding,
            ),
            _ => todo!(),
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

    /// Categories without facts.
    #[cfg(test)]
    pub(super) fn plain(names: &[&str]) -> Self {
        Self::new(names.iter().map(|name| (*name).to_owned()).collect(), Kinds::Evidence)
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
            | Kinds::Source { .. }
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
            Kinds::Session(_) | Kinds::Source { .. } | Kinds::Row { .. } | Kinds::Month { .. } | Kinds::Finding => {
                false
            }
        }
    }

    /// Adds an item's categories; none where nothing is known.
    pub(super) fn categories(&self, facts: &Facts, item: &Item, at: &Moment, into: &mut Vec<u32>) {
        match &self.kind {
            Kinds::Session(of) => into.extend(session_of(facts, item).map(|at| of[at]).filter(|cat| *cat != NONE)),
            Kinds::Source { categories, of_log } => {
                into.extend(source_of(of_log, facts, item).map(|at| categories[at]));
            }
            Kinds::Evidence => into.extend(evidence_of(facts, item)),
            Kinds::Row { contacts, sessions } => match item.of {
                Of::Contact(contact) => into.extend_from_slice(contacts.get(contact as usize)),
                Of::Session(session) | Of::Log(session) => into.extend_from_slice(sessions.get(session as usize)),
                Of::Finding(_) => {}
            },
            Kinds::Person { persons, sexes } => match (Partition::Best.block(item), part_of(facts, item)) {
                (Some(person), _) => into.extend_from_slice(persons.get(person as usize)),
                (None, Some(part)) => into.extend(part.sex.and_then(|sex| sexes.get(&sex))),
                (None, None) => {}
            },
            Kinds::Age { scheme, rule } => into.extend(age_band(facts, item, scheme, *rule, at)),
            Kinds::NewReturning => {
                let person = Partition::Best.block(item);
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
        Of::Session(session) | Of::Log(session) => Some(facts.sessions[session as usize].session.index()),
        Of::Finding(_) => None,
    }
}

/// A log row belongs to the log's source, whichever source the session was met in first.
fn source_of(of_log: &[usize], facts: &Facts, item: &Item) -> Option<usize> {
    match item.of {
        Of::Log(session) => Some(of_log[session as usize]),
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
    let Some(person) = Partition::Best.block(item) else {
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
