//! Measures: from the items of a cell to its value.

mod change;
mod groups;
mod nights;
mod persons;
mod statistic;

use chrono::NaiveDate;

use super::columns::{Column, Moment};
use super::items::{Beside, Item, UNIT};
use super::newcomers::Partition;
use crate::people::facts::Facts;
use crate::project::model::{Class, Measure, Per, Project, Statistic};

pub(super) use change::contributions;
pub(super) use groups::{groups, person_numbers};
pub(super) use nights::{capacity, nights_by_stay, peak, there};
pub(super) use persons::persons;
pub(super) use statistic::standing;

/// What a measure needs to know beside its items.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) project: &'a Project,
    pub(super) facts: &'a Facts,
    pub(super) measure: &'a Measure,
    pub(super) class: Class,
    pub(super) beside: &'a Beside,
    pub(super) moment: Moment<'a>,
    /// Column of what must differ, or of the values counted.
    pub(super) of: Option<&'a Column>,
    /// Last day of the window that is known of.
    pub(super) last: NaiveDate,
    /// Minutes of the day at which a contact's row was written, where it says so.
    pub(super) times: &'a [Option<u32>],
}

/// The value of a cell over the three partitions: the best decision, low, high.
///
/// Distinct counts differ between them; everything else is counted once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counts {
    /// Best, all undecided pairs joined, all undecided pairs apart.
    pub(super) by: [f64; 3],
    /// The number to be expected from the probabilities of the undecided pairs; only for persons.
    pub(super) expected: Option<f64>,
    /// What these are to be divided by: how many were averaged, 1 for counts and sums.
    pub(super) per: f64,
    /// Whether the partitions can differ.
    pub(super) distinct: bool,
    /// Whether nothing at all was recorded.
    pub(super) blank: bool,
}

impl Counts {
    /// A number that no doubt about identity changes.
    fn plain(number: f64) -> Self {
        Self {
            by: [number; 3],
            expected: None,
            per: 1.0,
            distinct: false,
            blank: false,
        }
    }

    /// Amounts in whole [`UNIT`]s, divided only where the figure is rounded, so that thirds of an hour stay exact.
    fn amounts(amounts: impl Iterator<Item = i64>) -> Self {
        let total: i128 = amounts.map(i128::from).sum();
        Self {
            per: UNIT as f64,
            ..Self::plain(total as f64)
        }
    }

    /// Nothing was recorded.
    fn blank() -> Self {
        Self {
            blank: true,
            ..Self::plain(0.0)
        }
    }

    /// Persons, counted anew in each partition.
    fn persons(facts: &Facts, of: impl FnMut(Partition) -> Vec<u32>) -> Self {
        let by = Partition::ALL.map(of);
        let [_, low, high] = &by;
        let expected = facts.chances.expected(low, high);
        Self {
            by: by.map(|persons| persons.len() as f64),
            expected: Some(expected),
            distinct: true,
            ..Self::plain(0.0)
        }
    }

    /// A number counted anew in each partition.
    fn distinct(of: impl FnMut(Partition) -> f64) -> Self {
        Self {
            by: Partition::ALL.map(of),
            distinct: true,
            ..Self::plain(0.0)
        }
    }
}

/// Marks of what was met already, a bit each so that those of a country stay near the processor; kept between cells so
/// that a cell costs no more than its items.
#[derive(Default)]
pub(super) struct Scratch {
    marks: Vec<u64>,
    /// What is marked.
    met: Vec<u32>,
}

impl Scratch {
    fn start(&mut self) {
        if self.met.len() > self.marks.len() / 8 {
            self.marks.fill(0);
        } else {
            for block in &self.met {
                self.marks[*block as usize / 64] = 0;
            }
        }
        self.met.clear();
    }

    fn first_time(&mut self, block: u32) -> bool {
        let (word, bit) = (block as usize / 64, 1 << (block % 64));
        if self.marks.len() <= word {
            self.marks.resize(word + 1, 0);
        }
        let first = self.marks[word] & bit == 0;
        if first {
            self.marks[word] |= bit;
            self.met.push(block);
        }
        first
    }

    /// The first item of each person of the finest partition, which tells the person of the others too.
    pub(super) fn once_a_person(&mut self, items: &[Item]) -> Vec<Item> {
        self.start();
        let is_first = |item: &&Item| {
            let block = Partition::High.block(item);
            block.is_some_and(|block| self.first_time(block))
        };
        items.iter().filter(is_first).copied().collect()
    }
}

/// How the cells of a breakdown relate to the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AddsUp {
    /// Where every item is in one cell.
    ByItem,
    /// Where every person is in one cell.
    ByPerson,
    /// Never.
    Never,
}

/// How the cells of a measure add up (rule 10).
#[expect(clippy::match_same_arms, reason = "the order of the cases is what tells them apart")]
pub(super) fn adds_up(measure: &Measure, class: Class) -> AddsUp {
    match measure {
        Measure::People
        | Measure::NewPeople
        | Measure::ReturningPeople
        | Measure::PeopleWith { .. }
        | Measure::PeopleWithContacts { .. }
        | Measure::PeopleListed { .. }
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. }
        | Measure::BedNights => AddsUp::ByPerson,
        Measure::Statistic { of, per, .. } => match (of, per, class) {
            (_, _, Class::Level) => AddsUp::Never,
            (Statistic::Sum, Per::Row | Per::Session | Per::Cycle | Per::Attendance, _) => AddsUp::ByItem,
            (Statistic::Sum, Per::Person, _) => AddsUp::ByPerson,
            (Statistic::Sum, Per::Household, _)
            | (Statistic::Mean | Statistic::Median | Statistic::Minimum | Statistic::Maximum, _, _) => AddsUp::Never,
        },
        Measure::Change(change) if change.per == Per::Person => AddsUp::ByPerson,
        Measure::Sessions
        | Measure::Contacts(_)
        | Measure::Cycles
        | Measure::Enrolments
        | Measure::CompletedEnrolments { .. }
        | Measure::Items { .. }
        | Measure::Days { .. }
        | Measure::OpenAtEnd { .. }
        | Measure::Ended { .. }
        | Measure::Change(_)
        | Measure::Findings { .. } => AddsUp::ByItem,
        Measure::Households
        | Measure::Different { .. }
        | Measure::PeakNight
        | Measure::CapacityNights
        | Measure::Constant(_) => AddsUp::Never,
    }
}

/// Whether a measure looks at persons, who must then have one age each in a window.
pub(super) fn is_about_persons(measure: &Measure) -> bool {
    let once_a_person = matches!(
        measure,
        Measure::PeakNight | Measure::Statistic { per: Per::Person, .. }
    );
    once_a_person || adds_up(measure, Class::Flow) == AddsUp::ByPerson
}

/// Whether a measure counts persons whatever and how often they did, so that one item of each says all.
pub(super) fn is_by_block(measure: &Measure) -> bool {
    matches!(
        measure,
        Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::CompletedPeople { .. }
            | Measure::DroppedOut { .. }
    )
}

/// Counts the items of a cell.
pub(super) fn count(context: &Context, items: &[Item], scratch: &mut Scratch) -> Counts {
    match context.measure {
        Measure::People
        | Measure::NewPeople
        | Measure::ReturningPeople
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. } => {
            let items = scratch.once_a_person(items);
            Counts::persons(context.facts, |partition| persons(context, partition, &items, scratch))
        }
        Measure::PeopleWith { .. } | Measure::PeopleWithContacts { .. } => {
            Counts::persons(context.facts, |partition| persons(context, partition, items, scratch))
        }
        // A listed person is known in the best partition only.
        Measure::PeopleListed { .. } => Counts::plain(items.len() as f64),
        Measure::Households | Measure::Different { .. } => Counts::plain(groups(context, items).len() as f64),
        Measure::BedNights => Counts::distinct(|partition| {
            let nights = nights_by_stay(context, partition, items);
            nights.iter().map(|(_, nights)| nights).sum::<i64>() as f64
        }),
        Measure::PeakNight => Counts::distinct(|partition| peak(context, partition, items).1 as f64),
        Measure::CapacityNights => Counts::plain(nights::capacity(context) as f64),
        Measure::Constant(number) => Counts::plain(f64::from(*number)),
        Measure::Statistic { of, per, .. } => statistic::count(context, *of, *per, items),
        Measure::Change(change) => change::count(context, change, items),
        Measure::Sessions
        | Measure::Contacts(_)
        | Measure::Cycles
        | Measure::Enrolments
        | Measure::CompletedEnrolments { .. }
        | Measure::Items { .. }
        | Measure::Days { .. }
        | Measure::OpenAtEnd { .. }
        | Measure::Ended { .. }
        | Measure::Findings { .. } => Counts::amounts(items.iter().map(|item| item.amount)),
    }
}

/// The sum of amounts, as a number.
fn total(amounts: impl Iterator<Item = i64>) -> f64 {
    let total: i128 = amounts.map(i128::from).sum();
    total as f64 / UNIT as f64
}
