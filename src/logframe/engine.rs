//! The engine: indicators made ready, windows, and the items behind every figure.

use std::borrow::Cow;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::cells::{Cell, Cut};
use super::columns::{Column, Moment};
use super::figures::Scope;
use super::filter::{Check, Ready, without_order};
use super::items::{Beside, Item, Making, NOBODY, Of, number};
use super::measure::{AddsUp, Context, adds_up, is_about_persons};
use super::newcomers::{Newcomers, Partition};
use super::periods::Request;
use super::stretch::{Stretch, goes_on, goes_on_at};
use crate::ingest::records::{FieldId, FieldValue, Records};
use crate::people::assemble::subjects;
use crate::people::facts::{Facts, Who, fold};
use crate::project::model::{
    Change, Class, Counted, Evidence, Filter, Indicator, Measure, NewSince, Project, Rule, Score, Subject,
};

/// Field of the time at which a contact took place.
const TIME: &str = "session_time";

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
    newcomers: Vec<OnceLock<Newcomers>>,
    nobody: Newcomers,
    /// Minutes of the day of each contact, where its row says so.
    times: OnceLock<Vec<Option<u32>>>,
}

/// A period in one scope, with each person's first contact in it by population.
struct Window {
    start: NaiveDate,
    end: NaiveDate,
    first_within: Vec<OnceLock<Vec<Option<NaiveDate>>>>,
}

/// One side of an indicator, filtered as far as the window does not matter.
pub(super) struct Prepared<'a> {
    pub(super) counted: &'a Counted,
    pub(super) class: Class,
    items: Vec<Item>,
    beside: Beside,
    late: Option<Check>,
    own_newcomers: Option<Newcomers>,
    population: Option<u16>,
    firsts: Vec<u32>,
    items_of: Option<FieldId>,
    of: Option<usize>,
}

/// The sides of an indicator that counts by itself, made ready.
pub(super) struct Sides<'a> {
    pub(super) numerator: Prepared<'a>,
    pub(super) denominator: Option<(Prepared<'a>, u32)>,
}

impl<'a> Engine<'a> {
    /// Makes the columns of every subject that the project looks at.
    pub fn new(project: &'a Project, records: &'a Records, facts: &'a Facts, request: &'a Request) -> Self {
        let subjects = subjects_of(project);
        let columns = subjects
            .iter()
            .map(|subject| Column::of(project, records, facts, subject))
            .collect();
        let populations = || (0..records.populations.len()).map(|_| OnceLock::new()).collect();
        let newcomers = (0..records.populations.len()).map(|_| OnceLock::new()).collect();
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
            times: OnceLock::new(),
        }
    }

    /// Both sides of a rule; none where it is made of other indicators.
    pub(super) fn sides(&self, rule: &'a Rule, class: Class) -> Option<Sides<'a>> {
        match rule {
            Rule::Single(counted) => Some(Sides {
                numerator: self.prepare(counted, class),
                denominator: None,
            }),
            Rule::Ratio {
                numerator,
                denominator,
                times,
            } => Some(Sides {
                numerator: self.prepare(numerator, class),
                denominator: Some((self.prepare(denominator, class), *times)),
            }),
            Rule::Derived { .. } => None,
        }
    }

    fn ready(&self) -> Ready<'_> {
        Ready {
            columns: &self.columns,
            subjects: &self.subjects,
            age: self.project.settings.age,
        }
    }

    fn making(&self, population: Option<u16>) -> Making<'a> {
        Making {
            project: self.project,
            records: self.records,
            facts: self.facts,
            population,
        }
    }

    /// The whole project, before any window is known.
    fn whole<'w>(&'w self, measure: &Measure, firsts: &'w [u32]) -> Moment<'w> {
        Moment {
            start: self.project.start,
            end: self.project.end,
            first_within: &[],
            newcomers: &self.nobody,
            persons: is_about_persons(measure),
            firsts,
            items_of: self.items_of(measure),
        }
    }

    fn items_of(&self, measure: &Measure) -> Option<FieldId> {
        if let Measure::Items { field } = measure {
            self.records.field(field)
        } else {
            None
        }
    }

    fn prepare(&self, counted: &'a Counted, class: Class) -> Prepared<'a> {
        let folded = fold(&counted.population);
        let known = self.records.populations.iter().position(|name| fold(name) == folded);
        let population = known.and_then(|at| u16::try_from(at).ok());
        let (all, mut beside) = self.making(population).items(counted);
        let firsts = self.firsts(&counted.filter, population);
        let check = self.ready().check(&counted.filter);
        let late = check.depends_on_window(&self.columns);
        let at = self.whole(&counted.measure, &firsts);
        let items = if late { all } else { self.passing(&check, all, &at) };
        if let Measure::Change(change) = &counted.measure {
            beside = Beside::Scores(self.scores(change, &items, &at));
        }
        let own = self.project.settings.new_since == NewSince::Indicator;
        let own_newcomers = own.then(|| {
            let named = self.making(population).contacts(Evidence::Named);
            let own = if late {
                named
            } else {
                self.passing(&check, named, &self.whole(&Measure::People, &firsts))
            };
            Newcomers::since_start(&own)
        });
        let of = if let Measure::PeopleWith { of, .. } = &counted.measure {
            Some(self.ready().column(of))
        } else if let Measure::Different { field } = &counted.measure {
            Some(self.ready().column(&Subject::Field(field.clone())))
        } else {
            None
        };
        Prepared {
            items_of: at.items_of,
            counted,
            class,
            items,
            beside,
            late: late.then_some(check),
            own_newcomers,
            population,
            firsts,
            of,
        }
    }

    /// Each person's first contact that passes a filter, its conditions on the order of contacts apart.
    fn firsts(&self, filter: &Filter, population: Option<u16>) -> Vec<u32> {
        if !self.subjects.contains(&Subject::Order) {
            return Vec::new();
        }
        let filter = without_order(filter).unwrap_or(Filter::All);
        let check = self.ready().check(&filter);
        let all = self.making(population).contacts(Evidence::Named);
        let mut first_within = vec![None; self.facts.persons.len()];
        for item in &all {
            if let Some(person) = Partition::Best.block(item) {
                first_within[person as usize].get_or_insert(item.date);
            }
        }
        let newcomers = self.newcomers_among(&all);
        let at = Moment {
            first_within: &first_within,
            newcomers: &newcomers,
            ..self.whole(&Measure::People, &[])
        };
        let mut firsts = vec![NOBODY; self.facts.persons.len()];
        for item in self.passing(&check, all, &at) {
            if let (Of::Contact(contact), Some(person)) = (item.of, Partition::Best.block(&item)) {
                let first = &mut firsts[person as usize];
                *first = (*first).min(contact);
            }
        }
        firsts
    }

    fn newcomers_among(&self, named: &[Item]) -> Newcomers {
        match self.project.settings.new_since {
            NewSince::Project | NewSince::Indicator => Newcomers::since_start(named),
            NewSince::Year => Newcomers::by_year(named),
        }
    }

    /// The values before and after of each contact's row.
    fn scores(&self, change: &Change, items: &[Item], at: &Moment) -> Vec<[Option<i64>; 2]> {
        let mut scores = vec![[None; 2]; self.facts.contacts.len()];
        let mut scratch = Vec::new();
        for (side, Score { field, filter }) in [&change.before, &change.after].into_iter().enumerate() {
            let Some(field) = self.records.field(field) else {
                continue;
            };
            let check = self.ready().check(filter);
            for item in items {
                let Of::Contact(contact) = item.of else { continue };
                if check.passes(&self.columns, self.facts, item, at, &mut scratch) {
                    let row = self.facts.contacts[contact as usize].row;
                    scores[contact as usize][side] = number(self.records, row, field);
                }
            }
        }
        scores
    }

    /// Minutes of the day of each contact, where its row says so.
    fn times(&self) -> &[Option<u32>] {
        let read = |text: &str| {
            let (hours, rest) = text.trim().split_once([':', '.'])?;
            let minutes = rest.split([':', '.']).next()?;
            Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
        };
        self.times.get_or_init(|| {
            let field = self.records.field(TIME);
            let time = |row| {
                let mut values = self.records.values_of(row).iter();
                values.find_map(|(at, value)| match value {
                    FieldValue::Text(text) if Some(*at) == field => read(self.records.text(*text)),
                    _ => None,
                })
            };
            self.facts.contacts.iter().map(|fact| time(fact.row)).collect()
        })
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
            let all = self.making(side.population).contacts(Evidence::Named);
            self.newcomers_among(&all)
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
            persons: is_about_persons(&side.counted.measure),
            firsts: &side.firsts,
            items_of: side.items_of,
        }
    }

    /// The last day of a window that is known of.
    fn last(&self, window: &Window) -> NaiveDate {
        window.end.min(self.request.as_of)
    }

    /// What of a side's items a window takes, by their days; none where what goes on from before is taken, too, or
    /// the window decides what passes the filter.
    pub(super) fn stretch(&self, side: &Prepared, scope: Scope, period: usize) -> Option<Stretch> {
        let window = self.window(scope, period);
        side.is_cut_by_days().then(|| self.days(side, window))
    }

    /// The days of a window from which items are taken.
    fn days(&self, side: &Prepared, window: &Window) -> Stretch {
        match &side.counted.measure {
            Measure::Findings { .. } | Measure::PeopleListed { .. } => Stretch::All,
            Measure::Ended { .. } | Measure::Days { .. } => Stretch::Days(window.start, self.last(window)),
            Measure::BedNights | Measure::PeakNight | Measure::OpenAtEnd { .. } => {
                Stretch::Days(NaiveDate::MIN, self.last(window))
            }
            Measure::Sessions
            | Measure::Contacts(_)
            | Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::PeopleWith { .. }
            | Measure::PeopleWithContacts { .. }
            | Measure::Households
            | Measure::Different { .. }
            | Measure::Cycles
            | Measure::Enrolments
            | Measure::CompletedEnrolments { .. }
            | Measure::CompletedPeople { .. }
            | Measure::DroppedOut { .. }
            | Measure::Statistic { .. }
            | Measure::Items { .. }
            | Measure::CapacityNights
            | Measure::Change(_)
            | Measure::Constant(_) => Stretch::Days(window.start, window.end),
        }
    }

    /// The items of one side within a window.
    pub(super) fn selection<'s>(&'s self, side: &'s Prepared, scope: Scope, period: usize) -> Cow<'s, [Item]> {
        let window = self.window(scope, period);
        let taken = self.days(side, window).of(&side.items);
        if side.is_cut_by_days() {
            return Cow::Borrowed(taken);
        }
        let (start, last) = (window.start, self.last(window));
        let mut taken = taken.to_vec();
        // What has begun by the window's end may still go on in it.
        if goes_on_at(&side.counted.measure) {
            taken.retain(|item| goes_on(&side.beside, item, start, last));
        }
        Cow::Owned(match &side.late {
            None => taken,
            Some(check) => self.passing(check, taken, &self.moment(side, window)),
        })
    }

    /// The cells of one side within a window.
    pub(super) fn cells(&self, side: &Prepared, cut: &Cut, scope: Scope, period: usize) -> Vec<Cell<'static>> {
        let selection = self.selection(side, scope, period);
        cut.cells(self.facts, &selection, &self.moment_of(side, scope, period))
    }

    /// What categories of a side's items may depend on in a window.
    pub(super) fn moment_of<'w>(&'w self, side: &'w Prepared, scope: Scope, period: usize) -> Moment<'w> {
        self.moment(side, self.window(scope, period))
    }

    /// The same where no window matters.
    pub(super) fn whole_of<'w>(&'w self, side: &'w Prepared) -> Moment<'w> {
        self.whole(&side.counted.measure, &side.firsts)
    }

    /// A disaggregation of an indicator with its columns.
    pub(super) fn cut<'c>(&'c self, indicator: &'c Indicator, disaggregation: usize) -> Cut<'c> {
        let definition = &indicator.disaggregations[disaggregation];
        let columns = definition
            .by
            .iter()
            .map(|subject| &self.columns[self.ready().column(subject)])
            .collect();
        Cut { definition, columns }
    }

    /// Whether the cells of a disaggregation add up to the indicator's total (rule 10).
    ///
    /// Ratios never do.
    pub fn is_partition(&self, indicator: &Indicator, disaggregation: usize) -> bool {
        match &indicator.rule {
            Rule::Single(_) if indicator.disaggregations[disaggregation].by.is_empty() => false,
            Rule::Single(counted) => {
                let cut = self.cut(indicator, disaggregation);
                let adds_up = adds_up(&counted.measure, indicator.class);
                adds_up != AddsUp::Never && cut.is_partition(adds_up, self.items_of(&counted.measure))
            }
            Rule::Ratio { .. } | Rule::Derived { .. } => false,
        }
    }

    /// Whether what an indicator counts is decided anew in each window, so that a contact may drop out later.
    pub(super) fn is_late(&self, indicator: &Indicator) -> bool {
        match &indicator.rule {
            Rule::Single(counted) => {
                let differs = matches!(&counted.measure, Measure::PeopleWith { of, .. }
                    if self.columns[self.ready().column(of)].depends_on_window());
                differs || self.ready().check(&counted.filter).depends_on_window(&self.columns)
            }
            Rule::Ratio { .. } | Rule::Derived { .. } => false,
        }
    }

    /// What counting the items of a side in a window takes.
    pub(super) fn context<'c>(&'c self, side: &'c Prepared, scope: Scope, period: usize) -> Context<'c> {
        let window = self.window(scope, period);
        let timed = matches!(side.counted.measure, Measure::Change(_));
        Context {
            project: self.project,
            facts: self.facts,
            measure: &side.counted.measure,
            class: side.class,
            beside: &side.beside,
            moment: self.moment(side, window),
            of: side.of.map(|at| &self.columns[at]),
            last: self.last(window),
            times: if timed { self.times() } else { &[] },
        }
    }
}

impl Prepared<'_> {
    /// All items that the window does not matter for, by date.
    pub(super) fn all_items(&self) -> &[Item] {
        &self.items
    }

    /// Whether a window takes of the items all of some days.
    pub(super) fn is_cut_by_days(&self) -> bool {
        self.late.is_none() && !goes_on_at(&self.counted.measure)
    }
}

/// Every subject that a definition looks at, once.
fn subjects_of(project: &Project) -> Vec<Subject> {
    let mut once: Vec<Subject> = Vec::new();
    for indicator in &project.indicators {
        subjects::of_indicator(indicator, &mut |subject| {
            if !once.contains(&subject) {
                once.push(subject);
            }
        });
    }
    once
}
