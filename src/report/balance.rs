//! Numbers that a report adds to the figures: the row balance and the bridge from contacts to people.
//!
//! Both are plain counts over the records and facts, so that a reader can follow them line by line.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};

use super::Report;
use crate::ingest::records::{Fate, FileId, Reason};
use crate::people::facts::{ContactFact, Facts, Who};
use crate::people::model::PersonId;
use crate::project::model::{Class, Counted, Direction, Indicator, Level, Measure, Rule};

/// What became of the rows of one file, or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowBalance {
    /// Rows read.
    pub read: usize,
    /// Rows that count.
    pub counted: usize,
    /// Rows set aside, by reason.
    pub set_aside: BTreeMap<Reason, usize>,
}

impl RowBalance {
    /// Rows set aside for any reason.
    pub fn aside(&self) -> usize {
        self.set_aside.values().sum()
    }

    fn add(&mut self, fate: Fate) {
        self.read += 1;
        match fate {
            Fate::Counted => self.counted += 1,
            Fate::SetAside(reason) => *self.set_aside.entry(reason).or_default() += 1,
        }
    }
}

/// The row balance of each file (index: file), after recognition.
pub fn balance_by_file(report: &Report) -> Vec<RowBalance> {
    let mut balances = vec![RowBalance::default(); report.records.files.len()];
    for (FileId(file), fate) in report.records.read_rows(&report.facts.fates) {
        if let Some(balance) = balances.get_mut(file as usize) {
            balance.add(fate);
        }
    }
    balances
}

/// The row balance of all files together.
pub fn balance(report: &Report) -> RowBalance {
    let mut all = RowBalance::default();
    for file in balance_by_file(report) {
        all.read += file.read;
        all.counted += file.counted;
        for (reason, count) in file.set_aside {
            *all.set_aside.entry(reason).or_default() += count;
        }
    }
    all
}

/// Contacts and people of one stretch of time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reach {
    /// All contacts.
    pub contacts: usize,
    /// Contacts counted by head.
    pub anonymous: usize,
    /// Different people.
    pub unique: usize,
    /// Different people, every undecided pair taken as one.
    pub low: usize,
    /// Different people, every undecided pair taken as two.
    pub high: usize,
    /// Different people to be expected from the probabilities of the undecided pairs.
    pub expected: f64,
    /// People whose first contact of the project lies in it.
    pub new: usize,
}

impl Reach {
    /// [`Self::expected`] as it is shown: whole people.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between low and high"
    )]
    pub fn about(&self) -> usize {
        self.expected.round() as usize
    }

    /// Contacts of people known by name or code.
    pub fn named(&self) -> usize {
        self.contacts - self.anonymous
    }
}

/// A month with its reach, and with the people reached since the project's start.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthReach {
    /// First day of the month.
    pub month: NaiveDate,
    /// Reach within the month.
    pub reach: Reach,
    /// Different people from the project's start to the month's end.
    pub cumulative: usize,
}

/// Names of the populations that the report is about: those that indicators of the results chain count people or
/// contacts of, in the order of the indicators.
pub fn populations<'a>(report: &Report<'a>) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for indicator in report
        .project
        .indicators
        .iter()
        .filter(|one| one.level != Level::Quality)
    {
        let parts: &[&Counted] = match &indicator.rule {
            Rule::Single(counted) => &[counted],
            Rule::Ratio {
                numerator, denominator, ..
            } => &[denominator, numerator],
            Rule::Derived { .. } => &[],
        };
        for counted in parts {
            if !matches!(counted.measure, Measure::Constant(_) | Measure::CapacityNights) {
                names.push(&counted.population);
            }
        }
    }
    let has_contacts = |name: &str| {
        contacts_between(report, name, NaiveDate::MIN, NaiveDate::MAX)
            .next()
            .is_some()
    };
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name) && has_contacts(name));
    if names.is_empty() { vec!["beneficiaries"] } else { names }
}

/// Contacts of a population between two days, ends included.
pub fn contacts_between<'a>(
    report: &Report<'a>,
    population: &str,
    start: NaiveDate,
    end: NaiveDate,
) -> impl Iterator<Item = &'a ContactFact> + use<'a> {
    let population = report.records.populations.iter().position(|known| known == population);
    let contacts = report.facts.contacts.as_slice();
    let first = contacts.partition_point(|contact| contact.date < start);
    let last = contacts.partition_point(|contact| contact.date <= end).max(first);
    contacts[first..last]
        .iter()
        .filter(move |contact| Some(usize::from(contact.population)) == population)
}

/// First contact of each person (index: person) in a population.
fn first_contacts(report: &Report, population: &str) -> Vec<Option<NaiveDate>> {
    let mut first: Vec<Option<NaiveDate>> = Vec::new();
    for contact in contacts_between(report, population, NaiveDate::MIN, NaiveDate::MAX) {
        if let Who::Person { person, .. } = &contact.who {
            if first.len() <= person.index() {
                first.resize(person.index() + 1, None);
            }
            let day = first[person.index()].get_or_insert(contact.date);
            *day = contact.date.min(*day);
        }
    }
    first
}

/// Numbers met before.
#[derive(Default)]
struct Met(Vec<bool>);

impl Met {
    fn is_first(&mut self, number: u32) -> bool {
        let at = number as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, false);
        }
        !std::mem::replace(&mut self.0[at], true)
    }
}

/// Reach of some contacts, with the people reached, each once.
fn reach_of<'a>(facts: &Facts, contacts: impl Iterator<Item = &'a ContactFact>) -> (Reach, Vec<PersonId>) {
    let mut reach = Reach::default();
    let (mut best, mut lows, mut highs) = (Vec::new(), Vec::new(), Vec::new());
    let mut met: [Met; 3] = Default::default();
    for contact in contacts {
        match &contact.who {
            Who::Person { person, low, high } => {
                reach.contacts += 1;
                // The finest partition's block tells the blocks of the others.
                if met[2].is_first(*high) {
                    highs.push(*high);
                    lows.extend(met[1].is_first(*low).then_some(*low));
                    best.extend(met[0].is_first(person.0).then_some(*person));
                }
            }
            Who::Anonymous { count, .. } => {
                reach.contacts += *count as usize;
                reach.anonymous += *count as usize;
            }
        }
    }
    (reach.unique, reach.low, reach.high) = (best.len(), lows.len(), highs.len());
    reach.expected = facts.chances.expected(&lows, &highs);
    (reach, best)
}

/// Reach of a population between two days, ends included.
pub fn reach(report: &Report, population: &str, start: NaiveDate, end: NaiveDate) -> Reach {
    let (mut reach, people) = reach_of(report.facts, contacts_between(report, population, start, end));
    let first = first_contacts(report, population);
    let is_new = |person: &&PersonId| first[person.index()].is_some_and(|day| (start..=end).contains(&day));
    reach.new = people.iter().filter(is_new).count();
    reach
}

/// Reach by calendar month between two days, with the people since the project's start.
pub fn reach_by_month(report: &Report, population: &str, start: NaiveDate, end: NaiveDate) -> Vec<MonthReach> {
    let first = first_contacts(report, population);
    let mut months = Vec::new();
    let mut from = start;
    while from <= end {
        let month = from.with_day(1).unwrap_or(from);
        let Some(next) = month.checked_add_months(Months::new(1)) else {
            break;
        };
        let to = next.pred_opt().map_or(end, |day| day.min(end));
        let (mut reach, people) = reach_of(report.facts, contacts_between(report, population, from, to));
        let is_new = |person: &&PersonId| first[person.index()].is_some_and(|day| (from..=to).contains(&day));
        reach.new = people.iter().filter(is_new).count();
        let cumulative = first.iter().flatten().filter(|day| **day <= to).count();
        months.push(MonthReach {
            month,
            reach,
            cumulative,
        });
        from = next;
    }
    months
}

/// Reach by activity between two days, in the order of the project's activities.
pub fn reach_by_activity<'a>(
    report: &Report<'a>,
    population: &str,
    start: NaiveDate,
    end: NaiveDate,
) -> Vec<(&'a str, Reach)> {
    let records = report.records;
    report
        .project
        .activities
        .keys()
        .map(|code| {
            let of_activity = contacts_between(report, population, start, end)
                .filter(|contact| records.text(contact.activity) == code);
            (code.as_str(), reach_of(report.facts, of_activity).0)
        })
        .filter(|(_, reach)| reach.contacts > 0)
        .collect()
}

/// Days of a month, on average over four years.
const DAYS_OF_MONTH: f64 = 1461.0 / 48.0;

/// What is still needed in each month from the data's last day to the project's end, to reach the life-of-project
/// target of an indicator that grows; nothing where the target is reached or nothing can be added any more.
pub fn pace(report: &Report, indicator: &Indicator, actual: f64) -> Option<f64> {
    let grows = indicator.direction == Direction::Increase && matches!(indicator.class, Class::Flow | Class::Distinct);
    let missing = indicator.target.filter(|_| grows)? - actual;
    let days = (report.project.end - report.as_of).num_days();
    (missing > 0.0 && days > 0).then(|| missing / (days as f64 / DAYS_OF_MONTH).max(1.0))
}
