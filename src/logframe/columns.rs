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
use crate::ingest::records::{FieldId, HeadCountPart, Records, Session, TextId};
use crate::people::facts::{Facts, Who, fold};
use crate::project::model::{AgeRule, AgeScheme, Project, Subject};

/// A person is a child below this age.
const ADULT: u32 = 18;

/// No category.
const NONE: u32 = u32::MAX;

/// What a category may depend on beside the fact.
#[derive(Clone, Copy)]
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
    /// Each person's first contact that passes the indicator's filter (index into the contacts).
    pub(super) firsts: &'a [u32],
    /// The field whose values are items of their own.
    pub(super) items_of: Option<FieldId>,
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
    Session {
        sessions: Vec<u32>,
        cycles: Vec<u32>,
    },
    Source {
        categories: Vec<u32>,
        of_log: Vec<usize>,
        /// Source of each finding, where it has a place.
        of_finding: Vec<Option<usize>>,
    },
    Evidence,
    Row(RowLists),
    Person {
        persons: Lists,
        sexes: HashMap<TextId, u32>,
    },
    Age {
        scheme: AgeScheme,
        rule: AgeRule,
    },
    Band {
        scheme: AgeScheme,
        numbers: build::Numbers,
    },
    Order,
    NewReturning,
    Month {
        first: i32,
    },
    Finding,
}

/// The categories of a field for every kind of fact that has one.
struct RowLists {
    field: Option<FieldId>,
    contacts: Lists,
    sessions: Lists,
    cycles: Lists,
    enrolments: Lists,
}

impl RowLists {
    /// The categories of an item; only its own value where the values of this field are items of their own.
    fn of(&self, item: &Item, items_of: Option<FieldId>) -> &[u32] {
        match item.of {
            Of::Contact(contact) => {
                let all = self.contacts.get(contact as usize);
                let own = self.field.is_some() && self.field == items_of;
                let one = all.get(usize::from(item.part)).filter(|_| own);
                one.map_or(all, std::slice::from_ref)
            }
            Of::Session(session) | Of::Log(session) => self.sessions.get(session as usize),
            Of::Cycle(cycle) => self.cycles.get(cycle as usize),
            Of::Enrolment(enrolment) => self.enrolments.get(enrolment as usize),
            Of::Person(_) | Of::Finding(_) => &[],
        }
    }
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
        let by_session = |pick: fn(&Session) -> Option<TextId>| build::session_column(records, facts, pick);
        match subject {
            Subject::Activity => build::activity_column(project, records, facts),
            Subject::Site => by_session(|session| session.site),
            Subject::Title => by_session(|session| session.title),
            Subject::Group => by_session(|session| session.group),
            Subject::Facilitator => by_session(|session| session.facilitator),
            Subject::Source => build::source_column(project, records, facts),
            Subject::Evidence => Self::new(vec!["named".into(), "anonymous".into()], Kinds::Evidence),
            Subject::Field(key) => build::row_column(records, facts, key),
            Subject::Attribute(key) => build::person_column(records, facts, key),
            Subject::Age(name) => build::age_column(project, name),
            Subject::Band { of, scheme } => build::band_column(project, records, facts, of, scheme),
            Subject::PersonActivities => build::person_activities(project, records, facts),
            Subject::PersonSources => build::person_sources(project, facts),
            Subject::Order => Self::new(vec!["first".into(), "further".into()], Kinds::Order),
            Subject::NewReturning => Self::new(vec!["new".into(), "returning".into()], Kinds::NewReturning),
            Subject::Month => build::month_column(project),
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
            Kinds::Session { .. }
            | Kinds::Source { .. }
            | Kinds::Evidence
            | Kinds::Row(_)
            | Kinds::Person { .. }
            | Kinds::Band { .. }
            | Kinds::Order
            | Kinds::Month { .. }
            | Kinds::Finding => false,
        }
    }

    /// Whether each person falls into one category however many contacts there are.
    pub(super) fn one_per_person(&self) -> bool {
        match &self.kind {
            Kinds::Person { .. } => !self.several,
            Kinds::Age { .. } | Kinds::Band { .. } | Kinds::NewReturning | Kinds::Evidence => true,
            Kinds::Session { .. }
            | Kinds::Source { .. }
            | Kinds::Row(_)
            | Kinds::Order
            | Kinds::Month { .. }
            | Kinds::Finding => false,
        }
    }

    /// Whether one item may fall into several categories, where the values of a field may be items of their own.
    pub(super) fn overlaps(&self, items_of: Option<FieldId>) -> bool {
        match &self.kind {
            Kinds::Row(lists) => self.several && (items_of.is_none() || lists.field != items_of),
            Kinds::Session { .. }
            | Kinds::Source { .. }
            | Kinds::Evidence
            | Kinds::Person { .. }
            | Kinds::Age { .. }
            | Kinds::Band { .. }
            | Kinds::Order
            | Kinds::NewReturning
            | Kinds::Month { .. }
            | Kinds::Finding => self.several,
        }
    }

    /// Adds an item's categories; none where nothing is known.
    pub(super) fn categories(&self, facts: &Facts, item: &Item, at: &Moment, into: &mut Vec<u32>) {
        match &self.kind {
            Kinds::Session { sessions, cycles } => {
                let category = match cycle_of(facts, item) {
                    Some(cycle) => cycles.get(cycle).copied(),
                    None => session_of(facts, item).map(|at| sessions[at]),
                };
                into.extend(category.filter(|category| *category != NONE));
            }
            Kinds::Source {
                categories,
                of_log,
                of_finding,
            } => {
                let source = match item.of {
                    Of::Finding(finding) => of_finding[finding as usize],
                    _ => source_of(of_log, facts, item),
                };
                into.extend(source.map(|at| categories[at]));
            }
            Kinds::Evidence => into.extend(evidence_of(facts, item)),
            Kinds::Row(lists) => into.extend_from_slice(lists.of(item, at.items_of)),
            Kinds::Person { persons, sexes } => match (Partition::Best.block(item), part_of(facts, item)) {
                (Some(person), _) => into.extend_from_slice(persons.get(person as usize)),
                (None, Some(part)) => into.extend(part.sex.and_then(|sex| sexes.get(&sex))),
                (None, None) => {}
            },
            Kinds::Age { scheme, rule } => into.extend(age_band(facts, item, scheme, *rule, at)),
            Kinds::Band { scheme, numbers } => {
                let number = numbers.of(item, Partition::Best.block(item), at.persons);
                into.extend(number.and_then(|number| band(scheme, number)));
            }
            Kinds::Order => into.extend(order_of(item, at)),
            Kinds::NewReturning => {
                let person = Partition::Best.block(item);
                into.extend(person.map(|who| u32::from(!at.newcomers.is_new(Partition::Best, who, at.start, at.end))));
            }
            Kinds::Month { first } => {
                // A row may end after the project does.
                let month = u32::try_from(month_number(item.date) - first).ok();
                into.extend(month.filter(|month| (*month as usize) < self.names.len()));
            }
            Kinds::Finding => into.extend(kind_of(facts, item)),
        }
    }
}

/// Whether a contact is its person's first, or a further one.
fn order_of(item: &Item, at: &Moment) -> Option<u32> {
    let Of::Contact(contact) = item.of else { return None };
    let person = Partition::Best.block(item)?;
    Some(u32::from(at.firsts.get(person as usize) != Some(&contact)))
}

/// The kind of a finding, by its place among all kinds.
fn kind_of(facts: &Facts, item: &Item) -> Option<u32> {
    let Of::Finding(finding) = item.of else { return None };
    let kind = facts.findings[finding as usize].kind;
    let mut kinds = (0..).zip(Kind::ALL);
    kinds.find(|(_, known)| **known == kind).map(|(at, _)| at)
}

fn session_of(facts: &Facts, item: &Item) -> Option<usize> {
    match item.of {
        Of::Contact(contact) => Some(facts.contacts[contact as usize].session.index()),
        Of::Session(session) | Of::Log(session) => Some(facts.sessions[session as usize].session.index()),
        Of::Cycle(_) | Of::Enrolment(_) | Of::Person(_) | Of::Finding(_) => None,
    }
}

/// The cycle that an item stands for or belongs to as a whole.
fn cycle_of(facts: &Facts, item: &Item) -> Option<usize> {
    match item.of {
        Of::Cycle(cycle) => Some(cycle as usize),
        Of::Enrolment(enrolment) => Some(facts.enrolments[enrolment as usize].cycle as usize),
        Of::Contact(_) | Of::Session(_) | Of::Log(_) | Of::Person(_) | Of::Finding(_) => None,
    }
}

/// A log row belongs to the log's source, whichever source the session was met in first.
fn source_of(of_log: &[usize], facts: &Facts, item: &Item) -> Option<usize> {
    match item.of {
        Of::Log(session) => Some(of_log[session as usize]),
        Of::Contact(contact) => Some(facts.contacts[contact as usize].source),
        Of::Session(session) => Some(facts.sessions[session as usize].source),
        Of::Cycle(_) | Of::Enrolment(_) => cycle_of(facts, item).map(|cycle| facts.cycles[cycle].source),
        Of::Person(_) | Of::Finding(_) => None,
    }
}

fn evidence_of(facts: &Facts, item: &Item) -> Option<u32> {
    match item.of {
        Of::Contact(contact) => Some(match facts.contacts[contact as usize].who {
            Who::Person { .. } => 0,
            Who::Anonymous { .. } => 1,
        }),
        Of::Enrolment(_) => Some(0),
        Of::Session(_) | Of::Log(_) | Of::Cycle(_) | Of::Person(_) | Of::Finding(_) => None,
    }
}

fn part_of<'a>(facts: &'a Facts, item: &Item) -> Option<&'a HeadCountPart> {
    let Of::Contact(contact) = item.of else { return None };
    match &facts.contacts[contact as usize].who {
        Who::Anonymous { parts, .. } if item.part != WHOLE => parts.get(usize::from(item.part)),
        Who::Anonymous { .. } | Who::Person { .. } => None,
    }
}

fn age_band(facts: &Facts, item: &Item, scheme: &AgeScheme, rule: AgeRule, at: &Moment) -> Option<u32> {
    if Partition::Best.block(item).is_none() {
        return child_band(scheme, part_of(facts, item)?.child?);
    }
    if let Some(age) = age_of(facts, item, rule, at) {
        return band(scheme, f64::from(age));
    }
    // An age group that lies within one band.
    let (from, to) =
        facts.persons[Partition::Best.block(item)? as usize].ages_at(day_of_age(facts, item, rule, at)?)?;
    band(scheme, f64::from(from)).filter(|lowest| band(scheme, f64::from(to)) == Some(*lowest))
}

/// The band that a number falls into.
fn band(scheme: &AgeScheme, number: f64) -> Option<u32> {
    let bands = scheme.from.partition_point(|from| f64::from(*from) <= number);
    u32::try_from(bands).ok()?.checked_sub(1)
}

/// The age of the person behind an item, in full years.
pub(super) fn age_of(facts: &Facts, item: &Item, rule: AgeRule, at: &Moment) -> Option<u16> {
    let person = &facts.persons[Partition::Best.block(item)? as usize];
    let day = day_of_age(facts, item, rule, at)?;
    match rule {
        AgeRule::YearDifference => person.age_by_year(day),
        _ => person.age_at(day),
    }
}

/// The day on which the age of the person behind an item is asked.
fn day_of_age(facts: &Facts, item: &Item, rule: AgeRule, at: &Moment) -> Option<NaiveDate> {
    let person = Partition::Best.block(item)?;
    let first = at.first_within.get(person as usize).copied().flatten();
    // Who is still there from before the window has no contact in it.
    let within = first.unwrap_or_else(|| item.date.max(at.start));
    Some(match rule {
        AgeRule::EachContact if !at.persons => item.date,
        AgeRule::FirstContactInPeriod | AgeRule::EachContact | AgeRule::YearDifference => within,
        AgeRule::PeriodEnd => at.end,
        AgeRule::FirstContactOfProject => facts.persons[person as usize].first_contact.unwrap_or(within),
    })
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
