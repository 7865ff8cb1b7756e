//! Self-checks: laws that hold in every run, or the tool is defective (rule 22).

use super::engine::Engine;
use super::figures::{Figure, Figures, Scope, SelfCheck, Value};
use super::items::{Item, Of, UNIT, WHOLE, who};
use super::newcomers::{Newcomers, Partition};
use crate::ingest::records::Fate;
use crate::people::facts::{ContactFact, Who};
use crate::project::model::{Class, Measure, Rule};

/// Partitions met so far: how many, and the first that does not add up.
#[derive(Default)]
pub(super) struct Adding {
    checked: usize,
    failed: Option<String>,
}

impl Adding {
    /// Adds up the cells of one indicator, scope and period, before anything is suppressed.
    pub(super) fn check(&mut self, code: &str, period: &str, block: &[Figure], partition: &[bool]) {
        let number = |figure: &Figure| figure.value.number().unwrap_or_default();
        let total = block.first().map(number).unwrap_or_default();
        for at in (0..partition.len()).filter(|at| partition[*at]) {
            let sum: f64 = block
                .iter()
                .filter(|figure| figure.disaggregation == Some(at))
                .map(number)
                .sum();
            self.checked += 1;
            if (sum - total).abs() > 0.5 && self.failed.is_none() {
                self.failed = Some(format!("{code}, {period}, disaggregation {}: {sum} ≠ {total}", at + 1));
            }
        }
    }
}

/// All checks of a run.
pub(super) fn run(engine: &Engine, figures: &Figures, adding: Adding) -> Vec<SelfCheck> {
    let mut checks = unique_at_most_named(engine);
    checks.push(SelfCheck {
        law: "partition-adds-up",
        held: adding.failed.is_none(),
        detail: adding
            .failed
            .unwrap_or_else(|| format!("{} partitions", adding.checked)),
    });
    checks.push(cumulative_never_falls(engine, figures));
    checks.extend(new_sums_to_cumulative(engine));
    checks.push(rows_balance(engine));
    checks
}

/// unique ≤ named contacts ≤ contacts, for each population, over the whole project.
fn unique_at_most_named(engine: &Engine) -> Vec<SelfCheck> {
    let populations = engine.records.populations.iter().enumerate();
    populations
        .map(|(at, population)| {
            let (mut named, mut contacts) = (0_u64, 0_u64);
            let mut seen = vec![false; engine.facts.persons.len()];
            for fact in engine
                .facts
                .contacts
                .iter()
                .filter(|fact| usize::from(fact.population) == at)
            {
                match &fact.who {
                    Who::Person { person, .. } => {
                        seen[person.index()] = true;
                        named += 1;
                        contacts += 1;
                    }
                    Who::Anonymous { count, .. } => contacts += u64::from(*count),
                }
            }
            let unique = seen.iter().filter(|seen| **seen).count() as u64;
            SelfCheck {
                law: "unique-at-most-named",
                detail: format!("{population}: {unique} ≤ {named} ≤ {contacts}"),
                held: unique <= named && named <= contacts,
            }
        })
        .collect()
}

/// Whether what a measure counts from the project's start can only become more.
fn grows(measure: &Measure) -> bool {
    match measure {
        Measure::Sessions
        | Measure::Contacts(_)
        | Measure::People
        | Measure::PeopleWith { .. }
        | Measure::PeopleWithContacts { .. }
        | Measure::Households
        | Measure::Different { .. }
        | Measure::Cycles
        | Measure::Enrolments
        | Measure::CompletedEnrolments { .. }
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. }
        | Measure::Items { .. }
        | Measure::BedNights
        | Measure::PeakNight
        | Measure::Days { .. }
        | Measure::Ended { .. } => true,
        Measure::NewPeople
        | Measure::ReturningPeople
        | Measure::PeopleListed { .. }
        | Measure::Statistic { .. }
        | Measure::CapacityNights
        | Measure::OpenAtEnd { .. }
        | Measure::Change(_)
        | Measure::Constant(_)
        | Measure::Findings { .. } => false,
    }
}

/// Cumulative flows and distinct counts of one calendar never fall from a period to the next.
fn cumulative_never_falls(engine: &Engine, figures: &Figures) -> SelfCheck {
    let rises = |figure: &&Figure| {
        let indicator = &engine.project.indicators[figure.indicator];
        let grows = match (&indicator.rule, indicator.class) {
            (Rule::Single(counted), Class::Flow | Class::Distinct) => grows(&counted.measure),
            (Rule::Single(_) | Rule::Ratio { .. } | Rule::Derived { .. }, _) => false,
        };
        grows && !engine.is_late(indicator) && figure.scope == Scope::Cumulative && figure.disaggregation.is_none()
    };
    let totals: Vec<&Figure> = figures.figures.iter().filter(rises).collect();
    let calendar = |figure: &Figure| figures.periods[figure.period].calendar;
    let falls = totals.windows(2).find(|pair| {
        let later = figures.periods[pair[0].period].end <= figures.periods[pair[1].period].end;
        let alike = later && pair[0].indicator == pair[1].indicator && calendar(pair[0]) == calendar(pair[1]);
        matches!((alike, pair[0].value, pair[1].value), (true, Value::Number(a), Value::Number(b)) if b < a)
    });
    SelfCheck {
        law: "cumulative-never-falls",
        held: falls.is_none(),
        detail: falls.map_or_else(
            || format!("{} cumulative figures", totals.len()),
            |pair| {
                let code = &engine.project.indicators[pair[1].indicator].code;
                format!("{code}, {}", figures.periods[pair[1].period].label)
            },
        ),
    }
}

/// For each calendar that covers the project from its start: Σ new over its periods = cumulative unique.
fn new_sums_to_cumulative(engine: &Engine) -> Vec<SelfCheck> {
    let request = engine.request;
    let item = |(fact, at): (&ContactFact, u32)| Item {
        date: fact.date,
        of: Of::Contact(at),
        part: WHOLE,
        who: who(&fact.who),
        amount: UNIT,
    };
    let newcomers = Newcomers::since_start(engine.facts.contacts.iter().zip(0..).map(item));
    let persons = u32::try_from(engine.facts.persons.len()).unwrap_or(u32::MAX);
    let count = |start, end| {
        (0..persons)
            .filter(|person| newcomers.is_new(Partition::Best, *person, start, end))
            .count()
    };
    let calendars = request.periods.chunk_by(|a, b| a.calendar == b.calendar);
    calendars
        .filter(|periods| periods.len() > 1 && periods[0].start == engine.project.start)
        .filter(|periods| periods.windows(2).all(|pair| pair[0].end < pair[1].start))
        .map(|periods| {
            let sum: usize = periods.iter().map(|period| count(period.start, period.end)).sum();
            let end = periods[periods.len() - 1].end;
            let mut seen = vec![false; engine.facts.persons.len()];
            for fact in engine.facts.contacts.iter().filter(|fact| fact.date <= end) {
                if let Who::Person { person, .. } = &fact.who {
                    seen[person.index()] = true;
                }
            }
            let unique = seen.iter().filter(|seen| **seen).count();
            SelfCheck {
                law: "new-sums-to-cumulative",
                detail: format!("{:?}: {sum} = {unique}", periods[0].calendar),
                held: sum == unique,
            }
        })
        .collect()
}

/// Every row read has one fate, and every contact rests on a row that counts.
fn rows_balance(engine: &Engine) -> SelfCheck {
    let fates = &engine.facts.fates;
    let rows = || engine.records.read_rows(fates).map(|(_, fate)| fate);
    let counted = rows().filter(|fate| *fate == Fate::Counted).count();
    let stray = engine
        .facts
        .contacts
        .iter()
        .filter(|fact| fates.get(fact.row.index()) != Some(&Fate::Counted))
        .count();
    let (read, aside) = (rows().count(), rows().filter(|fate| *fate != Fate::Counted).count());
    SelfCheck {
        law: "rows-balance",
        detail: format!("{read} = {counted} + {aside}; {stray} contacts on rows set aside"),
        held: read == counted + aside && stray == 0,
    }
}
