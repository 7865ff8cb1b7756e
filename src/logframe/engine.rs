//! The engine: indicators made ready, windows, and the items behind every figure.

use std::borrow::Cow;
use std::cell::OnceCell;

use chrono::NaiveDate;

use super::cells::{Cell, Cut};
use super::columns::{Column, Moment};
use super::figures::Scope;
use super::filter::Check;
use super::items::{Item, items};
use super::measure::{Context, counts_persons};
use super::newcomers::Newcomers;
use super::periods::Request;
use crate::ingest::records::Records;
use crate::people::facts::{Facts, Who, fold};
use crate::project::model::{Class, Counted, Evidence, Filter, Indicator, Measure, NewSince, Project, Rule, Subject};

/// Everything ready to compute figures and to walk them back.
pub struct Engine<'a> {
    pub(super) project: &'a Project,
    pub(super) records: &'a Records,
    pub(super) facts: &'a Facts,
    pub(super) request: &'a Request,
    subjects: Vec<Subject>,
    columns: Vec<Column>,
    windows: Vec<Window>,
    /// Who is new when, by population, where the anchor is not the indicator's own.
    newcomers: Vec<OnceCell<Newcomers>>,
    nobody: Newcomers,
}

/// A period in one scope, with each person's first contact in it by population.
struct Window {
    start: NaiveDate,
    end: NaiveDate,
    first_within: Vec<OnceCell<Vec<Option<NaiveDate>>>>,
}

/// One side of an indicator, filtered as far as the window does not matter.
pub(super) struct Prepared<'a> {
    pub(super) counted: &'a Counted,
    pub(super) class: Class,
    items: Vec<Item>,
    late: Option<Check>,
    own_newcomers: Option<Newcomers>,
    population: Option<u16>,
}

/// An indicator, both sides made ready.
pub(super) struct Sides<'a> {
    pub(super) numerator: Prepared<'a>,
    pub(super) denominator: Option<(Prepared<'a>, u32)>,
}

impl<'a> Engine<'a> {
    /// Makes the columns of every subject that the project looks at.
    pub fn new(project: &'a Project, records: &'a Records, facts: &'a Facts, request: &'a Request) -> Self {
        let subjects = subjects(project);
        let columns = subjects
            .iter()
            .map(|subject| Column::of(project, records, facts, subject))
            .collect();
        let populations = || (0..records.populations.len()).map(|_| OnceCell::new()).collect();
        let newcomers = (0..records.populations.len()).map(|_| OnceCell::new()).collect();
        let window = |scope, period: usize| {
            let period = &request.periods[period];
            let start = if scope == Scope::Cumulative {
                project.start
            } else {
                period.start
            };
            Window {
                start,
                end: period.end,
                first_within: populations(),
            }
        };
        let periods = 0..request.periods.len();
        let windows = periods
            .flat_map(|at| [window(Scope::Period, at), window(Scope::Cumulative, at)])
            .collect();
        Self {
            project,
            records,
            facts,
            request,
            subjects,
            columns,
            windows,
            newcomers,
            nobody: Newcomers::default(),
        }
    }

    /// Both sides of an indicator.
    pub(super) fn sides(&self, indicator: &'a Indicator) -> Sides<'a> {
        match &indicator.rule {
            Rule::Single(counted) => Sides {
                numerator: self.prepare(counted, indicator.class),
                denominator: None,
            },
            Rule::Ratio {
                numerator,
                denominator,
                times,
            } => Sides {
                numerator: self.prepare(numerator, indicator.class),
                denominator: Some((self.prepare(denominator, indicator.class), *times)),
            },
            _ => todo!(),
        }
    }

    fn column_of(&self, subject: &Subject) -> usize {
        let at = self.subjects.iter().position(|known| known == subject);
        at.expect("every subject of the definitions has its column")
    }

    fn prepare(&self, counted: &'a Counted, class: Class) -> Prepared<'a> {
        let folded = fold(&counted.population);
        let known = self.records.populations.iter().position(|name| fold(name) == folded);
        let population = known.and_then(|at| u16::try_from(at).ok());
        let all = items(self.project, self.records, self.facts, &counted.measure, population);
        let check = Check::of(&counted.filter, &self.columns, &|subject| self.column_of(subject));
        let late = check.depends_on_window(&self.columns);
        let at = Moment {
            start: self.project.start,
            end: self.project.end,
            first_within: &[],
            newcomers: &self.nobody,
            persons: counts_persons(&counted.measure),
        };
        let items = if late { all } else { self.passing(&check, all, &at) };
        let own = self.project.settings.new_since == NewSince::Indicator;
        let own_newcomers = own.then(|| Newcomers::since_start(&items));
        Prepared {
            counted,
            class,
            items,
            late: late.then_some(check),
            own_newcomers,
            population,
        }
    }

    fn passing(&self, check: &Check, mut items: Vec<Item>, at: &Moment) -> Vec<Item> {
        let mut scratch = Vec::new();
        if !matches!(check, Check::All) {
            items.retain(|item| check.passes(&self.columns, self.facts, item, at, &mut scratch));
        }
        items
    }

    /// Who is new when, for one side of an indicator.
    fn newcomers<'s>(&'s self, side: &'s Prepared) -> &'s Newcomers {
        let cache = side.population.and_then(|at| self.newcomers.get(usize::from(at)));
        let (None, Some(cache)) = (&side.own_newcomers, cache) else {
            return side.own_newcomers.as_ref().unwrap_or(&self.nobody);
        };
        cache.get_or_init(|| {
            let named = Measure::Contacts(Evidence::Named);
            let all = items(self.project, self.records, self.facts, &named, side.population);
            match self.project.settings.new_since {
                NewSince::Project | NewSince::Indicator => Newcomers::since_start(&all),
                NewSince::Year => Newcomers::by_year(&all),
            }
        })
    }

    fn window(&self, scope: Scope, period: usize) -> &Window {
        &self.windows[period * 2 + usize::from(scope == Scope::Cumulative)]
    }

    fn first_within<'w>(&self, window: &'w Window, population: Option<u16>) -> &'w [Option<NaiveDate>] {
        let Some(cache) = population.and_then(|at| window.first_within.get(usize::from(at))) else {
            return &[];
        };
        cache.get_or_init(|| {
            let mut first = vec![None; self.facts.persons.len()];
            let from = self.facts.contacts.partition_point(|fact| fact.date < window.start);
            let to = self.facts.contacts.partition_point(|fact| fact.date <= window.end);
            for fact in &self.facts.contacts[from..to.max(from)] {
                if let (true, Who::Person { person, .. }) = (Some(fact.population) == population, &fact.who) {
                    first[person.index()].get_or_insert(fact.date);
                }
            }
            first
        })
    }

    fn moment<'w>(&'w self, side: &'w Prepared, window: &'w Window) -> Moment<'w> {
        Moment {
            start: window.start,
            end: window.end,
            first_within: self.first_within(window, side.population),
            newcomers: self.newcomers(side),
            persons: counts_persons(&side.counted.measure),
        }
    }

    /// The items of one side within a window.
    pub(super) fn selection<'s>(&'s self, side: &'s Prepared, scope: Scope, period: usize) -> Cow<'s, [Item]> {
        let window = self.window(scope, period);
        let slice = if matches!(side.counted.measure, Measure::Findings { .. }) {
            &side.items[..]
        } else {
            let from = side.items.partition_point(|item| item.date < window.start);
            let to = side.items.partition_point(|item| item.date <= window.end);
            &side.items[from..to.max(from)]
        };
        match &side.late {
            None => Cow::Borrowed(slice),
            Some(check) => Cow::Owned(self.passing(check, slice.to_vec(), &self.moment(side, window))),
        }
    }

    /// The cells of one side within a window.
    pub(super) fn cells(&self, side: &Prepared, cut: &Cut, scope: Scope, period: usize) -> Vec<Cell> {
        let selection = self.selection(side, scope, period);
        cut.cells(self.facts, &selection, &self.moment(side, self.window(scope, period)))
    }

    /// A disaggregation of an indicator with its columns.
    pub(super) fn cut<'c>(&'c self, indicator: &'c Indicator, disaggregation: usize) -> Cut<'c> {
        let definition = &indicator.disaggregations[disaggregation];
        let columns = definition
            .by
            .iter()
            .map(|subject| &self.columns[self.column_of(subject)])
            .collect();
        Cut { definition, columns }
    }

    /// Whether the cells of a disaggregation add up to the indicator's total (rule 10).
    ///
    /// Ratios never do.
    pub fn is_partition(&self, indicator: &Indicator, disaggregation: usize) -> bool {
        match &indicator.rule {
            Rule::Single(counted) => {
                let level = indicator.class == Class::Level;
                !level
                    && self
                        .cut(indicator, disaggregation)
                        .is_partition(counts_persons(&counted.measure))
            }
            Rule::Ratio { .. } => false,
            _ => todo!(),
        }
    }

    /// Whether an indicator's filter is decided anew in each window, so that a contact may drop out later.
    pub(super) fn is_late(&self, indicator: &Indicator) -> bool {
        match &indicator.rule {
            Rule::Single(counted) => {
                let check = Check::of(&counted.filter, &self.columns, &|subject| self.column_of(subject));
                check.depends_on_window(&self.columns)
            }
            Rule::Ratio { .. } => false,
            _ => todo!(),
        }
    }

    /// What counting the items of a side in a window takes.
    pub(super) fn context<'c>(&'c self, side: &'c Prepared, scope: Scope, period: usize) -> Context<'c> {
        let window = self.window(scope, period);
        Context {
            facts: self.facts,
            measure: &side.counted.measure,
            class: side.class,
            newcomers: self.newcomers(side),
            start: window.start,
            end: window.end,
        }
    }
}

/// Every subject that a definition looks at, once.
fn subjects(project: &Project) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for indicator in &project.indicators {
        match &indicator.rule {
            Rule::Single(counted) => filter_subjects(&counted.filter, &mut subjects),
            Rule::Ratio {
                numerator, denominator, ..
            } => {
                filter_subjects(&numerator.filter, &mut subjects);
                filter_subjects(&denominator.filter, &mut subjects);
            }
            _ => todo!(),
        }
        subjects.extend(indicator.disaggregations.iter().flat_map(|cut| cut.by.iter().cloned()));
    }
    let mut once: Vec<Subject> = Vec::new();
    for subject in subjects {
        if !once.contains(&subject) {
            once.push(subject);
        }
    }
    once
}

fn filter_subjects(filter: &Filter, into: &mut Vec<Subject>) {
    match filter {
        Filter::All => {}
        Filter::And(parts) | Filter::Or(parts) => parts.iter().for_each(|part| filter_subjects(part, into)),
        Filter::Not(part) => filter_subjects(part, into),
        Filter::OneOf { subject, .. } => into.push(subject.clone()),
        _ => todo!(),
    }
}
