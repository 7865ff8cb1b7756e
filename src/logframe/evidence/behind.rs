//! What each measure counts, one by one.

use std::collections::BTreeMap;

use super::{Behind, Tally};
use crate::ingest::records::{Place, RowId};
use crate::logframe::engine::{Engine, Prepared};
use crate::logframe::figures::Figure;
use crate::logframe::items::{Item, Of, UNIT};
use crate::logframe::measure::{
    Context, Scratch, capacity, contributions, groups, nights_by_stay, peak, person_numbers, persons, standing, there,
};
use crate::logframe::newcomers::Partition;
use crate::people::facts::{Who, fold};
use crate::people::model::PersonId;
use crate::project::model::{Measure, Per, Statistic};

/// An amount as a number.
fn plain(amount: i64) -> f64 {
    amount as f64 / UNIT as f64
}

impl Engine<'_> {
    /// How what one side of a figure counts is counted again by hand.
    pub(super) fn tally(&self, side: &Prepared, figure: &Figure) -> Tally {
        match &side.counted.measure {
            Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::PeopleWith { .. }
            | Measure::PeopleWithContacts { .. }
            | Measure::PeopleListed { .. }
            | Measure::CompletedPeople { .. }
            | Measure::DroppedOut { .. }
            | Measure::PeakNight => Tally::Persons,
            Measure::Statistic { of, .. } => match of {
                Statistic::Sum => Tally::Sum,
                Statistic::Mean => Tally::Mean,
                Statistic::Median => Tally::Median,
                Statistic::Minimum => Tally::Least,
                Statistic::Maximum => Tally::Greatest,
            },
            Measure::Constant(number) => Tally::Given(f64::from(*number)),
            Measure::CapacityNights => {
                let nights = capacity(&self.context(side, figure.scope, figure.period));
                Tally::Given(nights as f64)
            }
            Measure::Sessions
            | Measure::Contacts(_)
            | Measure::Households
            | Measure::Different { .. }
            | Measure::Cycles
            | Measure::Enrolments
            | Measure::CompletedEnrolments { .. }
            | Measure::Items { .. }
            | Measure::BedNights
            | Measure::Days { .. }
            | Measure::OpenAtEnd { .. }
            | Measure::Ended { .. }
            | Measure::Change(_)
            | Measure::Findings { .. } => Tally::Sum,
        }
    }

    /// What the items of one side of a figure count.
    pub(super) fn behind(&self, side: &Prepared, items: &[Item], figure: &Figure) -> Vec<Behind> {
        let context = self.context(side, figure.scope, figure.period);
        match &side.counted.measure {
            Measure::PeakNight => Self::peak_behind(&context, items),
            Measure::PeopleListed { source, .. } => items.iter().filter_map(|item| self.listed(source, item)).collect(),
            Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::PeopleWith { .. }
            | Measure::PeopleWithContacts { .. }
            | Measure::CompletedPeople { .. }
            | Measure::DroppedOut { .. } => {
                let counted = persons(&context, Partition::Best, items, &mut Scratch::default());
                self.persons_behind(&counted, items)
            }
            Measure::Households | Measure::Different { .. } => {
                let groups = groups(&context, items).into_values();
                groups.map(|items| self.together(&items, UNIT)).collect()
            }
            Measure::Statistic {
                per: Per::Person | Per::Household,
                ..
            } => {
                let numbers = person_numbers(&context, items).into_iter();
                numbers.map(|(number, items)| self.together(&items, number)).collect()
            }
            Measure::Statistic { .. } => standing(&context, items).iter().map(|item| self.amount(item)).collect(),
            Measure::Days { .. } => items.iter().map(|item| self.amount(item)).collect(),
            Measure::BedNights => {
                let nights = nights_by_stay(&context, Partition::Best, items).into_iter();
                nights.map(|(of, nights)| self.amount_of(of, nights as f64)).collect()
            }
            Measure::Change(change) => {
                let added = contributions(&context, change, items).into_iter();
                added
                    .map(|(amount, items)| self.change_behind(amount, &items))
                    .collect()
            }
            Measure::CapacityNights | Measure::Constant(_) => Vec::new(),
            Measure::Sessions
            | Measure::Contacts(_)
            | Measure::Cycles
            | Measure::Enrolments
            | Measure::CompletedEnrolments { .. }
            | Measure::Items { .. }
            | Measure::OpenAtEnd { .. }
            | Measure::Ended { .. }
            | Measure::Findings { .. } => self.facts_behind(items),
        }
    }

    /// The facts of items, parts of one head-count as one line.
    fn facts_behind(&self, items: &[Item]) -> Vec<Behind> {
        let mut behind: Vec<Behind> = Vec::new();
        for item in items {
            match (behind.last_mut(), self.fact_behind(item)) {
                (
                    Some(Behind::Contact { fact, count }),
                    Behind::Contact {
                        fact: same,
                        count: more,
                    },
                ) if *fact == same => {
                    *count += more;
                }
                (_, one) => behind.push(one),
            }
        }
        behind
    }

    fn fact_behind(&self, item: &Item) -> Behind {
        match item.of {
            Of::Contact(contact) => Behind::Contact {
                fact: contact as usize,
                count: u32::try_from(item.amount / UNIT).unwrap_or_default(),
            },
            Of::Session(session) | Of::Log(session) => Behind::Session { fact: session as usize },
            Of::Cycle(_) | Of::Enrolment(_) | Of::Person(_) => self.amount(item),
            Of::Finding(finding) => Behind::Finding {
                index: finding as usize,
            },
        }
    }

    /// The persons counted, with their contacts among the items, or in the cycles enrolled in.
    fn persons_behind(&self, counted: &[u32], items: &[Item]) -> Vec<Behind> {
        let enrolled = self.contacts_of_enrolments(items);
        let mut contacts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for item in items {
            let Some(person) = Partition::Best.block(item) else {
                continue;
            };
            let own = contacts.entry(person).or_default();
            match item.of {
                Of::Contact(contact) => own.push(contact as usize),
                Of::Enrolment(at) => {
                    let cycle = self.facts.enrolments[at as usize].cycle;
                    own.extend(enrolled.get(&(cycle, person)).into_iter().flatten());
                }
                Of::Session(_) | Of::Log(_) | Of::Cycle(_) | Of::Person(_) | Of::Finding(_) => {}
            }
        }
        let person = |person: &u32| Behind::Person {
            person: PersonId(*person),
            contacts: contacts.remove(person).unwrap_or_default(),
        };
        counted.iter().map(person).collect()
    }

    /// The contacts of each person in each cycle, where items are enrolments.
    fn contacts_of_enrolments(&self, items: &[Item]) -> BTreeMap<(u32, u32), Vec<usize>> {
        let mut contacts: BTreeMap<(u32, u32), Vec<usize>> = BTreeMap::new();
        if items.iter().any(|item| matches!(item.of, Of::Enrolment(_))) {
            for (at, fact) in self.facts.contacts.iter().enumerate() {
                if let (Some(cycle), Who::Person { person, .. }) = (fact.cycle, &fact.who) {
                    contacts.entry((cycle, person.0)).or_default().push(at);
                }
            }
        }
        contacts
    }

    fn peak_behind(context: &Context, items: &[Item]) -> Vec<Behind> {
        let Some(night) = peak(context, Partition::Best, items).0 else {
            return Vec::new();
        };
        let persons = there(context, night, items).into_iter();
        persons
            .map(|(person, stays)| Behind::Person {
                person: PersonId(person),
                contacts: stays.into_iter().filter_map(contact_of).collect(),
            })
            .collect()
    }

    /// The rows of a source that list a person.
    fn listed(&self, source: &str, item: &Item) -> Option<Behind> {
        let Of::Person(person) = item.of else { return None };
        let name = fold(source);
        let sources = &self.project.sources;
        let of_source = |at: usize| sources.get(at).is_some_and(|source| fold(&source.name) == name);
        let listed = self.facts.persons[person as usize].listed.iter();
        let rows = listed
            .filter(|(source, _)| of_source(*source))
            .flat_map(|(_, rows)| rows);
        Some(Behind::Places {
            person: Some(PersonId(person)),
            places: rows.map(|row| self.records.rows[row.index()].place).collect(),
            amount: 1.0,
        })
    }

    /// The contacts of items that count together; without one, where the first of them stands.
    fn together(&self, items: &[Item], amount: i64) -> Behind {
        let contacts: Vec<usize> = items.iter().filter_map(|item| contact_of(item.of)).collect();
        match items.first() {
            Some(item) if contacts.is_empty() => self.amount_of(item.of, plain(amount)),
            Some(_) | None => Behind::Together {
                contacts,
                amount: plain(amount),
            },
        }
    }

    /// What an item adds, on its row or its places.
    fn amount(&self, item: &Item) -> Behind {
        self.amount_of(item.of, plain(item.amount))
    }

    fn amount_of(&self, of: Of, amount: f64) -> Behind {
        let on_row = |row: RowId| Behind::Amount { row, amount };
        let on_places = |person: Option<PersonId>, places: Vec<Place>| Behind::Places { person, places, amount };
        match of {
            Of::Contact(contact) => on_row(self.facts.contacts[contact as usize].row),
            Of::Session(session) | Of::Log(session) => {
                let session = &self.records.sessions[self.facts.sessions[session as usize].session.index()];
                let row = session.log_row.or(session.form);
                row.map_or_else(|| on_places(None, session.places.clone()), on_row)
            }
            Of::Cycle(cycle) => {
                let cycle = self.facts.cycles[cycle as usize].cycle;
                on_places(None, vec![self.records.cycles[cycle.index()].place])
            }
            Of::Enrolment(enrolment) => {
                let fact = &self.facts.enrolments[enrolment as usize];
                on_places(person_of(&fact.who), fact.places.clone())
            }
            Of::Person(person) => on_places(Some(PersonId(person)), Vec::new()),
            Of::Finding(finding) => on_places(None, self.facts.findings[finding as usize].place.into_iter().collect()),
        }
    }

    /// The row, or the two rows, that a change rests on.
    fn change_behind(&self, amount: i64, items: &[Item]) -> Behind {
        let facts = items.iter().filter_map(|item| contact_of(item.of));
        let rows: Vec<RowId> = facts.map(|fact| self.facts.contacts[fact].row).collect();
        let person = items.first().and_then(|item| Partition::Best.block(item)).map(PersonId);
        match rows.as_slice() {
            [row] => Behind::Amount {
                row: *row,
                amount: plain(amount),
            },
            rows => Behind::Places {
                person,
                places: rows.iter().map(|row| self.records.rows[row.index()].place).collect(),
                amount: plain(amount),
            },
        }
    }
}

fn contact_of(of: Of) -> Option<usize> {
    match of {
        Of::Contact(contact) => Some(contact as usize),
        Of::Session(_) | Of::Log(_) | Of::Cycle(_) | Of::Enrolment(_) | Of::Person(_) | Of::Finding(_) => None,
    }
}

fn person_of(who: &Who) -> Option<PersonId> {
    match who {
        Who::Person { person, .. } => Some(*person),
        Who::Anonymous { .. } => None,
    }
}
