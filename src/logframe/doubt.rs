//! Which figures change when an undecided pair of persons is decided the other way.
//!
//! Only the two persons' own items are counted, once as they stand and once as they would stand: a distinct count
//! is a sum over persons, so nobody else matters. Flows and sums do not depend on who is who and never move.

use std::collections::{BTreeMap, BTreeSet};

use super::compute::{Occasion, cell_of};
use super::engine::{Engine, Prepared, Sides};
use super::figures::{Figure, Figures, Scope, Value};
use super::items::{Item, NOBODY};
use super::measure::{Context, Scratch, nights_by_stay, persons};
use super::newcomers::{Newcomers, Partition};
use super::periods::Request;
use crate::ingest::records::Records;
use crate::people::facts::Facts;
use crate::project::model::{Indicator, Measure, Project, Rule};

/// Two persons that may be one, or one that may be two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Whether they count as one person now.
    pub joined: bool,
    /// The blocks of each side: of the finest partition where they are joined, else of the best one.
    pub sides: [Vec<u32>; 2],
}

impl Question {
    fn partition(&self) -> Partition {
        if self.joined { Partition::High } else { Partition::Best }
    }
}

/// By how much a cell changes, by question.
type Deltas = BTreeMap<usize, f64>;

/// For each question, the published figures that change when it is decided the other way (indices into the figures).
pub fn moved(
    project: &Project,
    records: &Records,
    facts: &Facts,
    request: &Request,
    figures: &Figures,
    questions: &[Question],
) -> Vec<Vec<usize>> {
    let engine = Engine::new(project, records, facts, request);
    let mut survey = Survey::new(&engine, figures, questions);
    for at in 0..project.indicators.len() {
        survey.indicator(at);
    }
    survey.derived();
    let published = |index: &usize| figures.figures[*index].value != Value::Suppressed;
    let moved = survey.moved.into_iter();
    moved.map(|set| set.into_iter().filter(published).collect()).collect()
}

/// What identifies a figure.
type Key<'k> = (usize, Scope, usize, Option<usize>, &'k str);

struct Survey<'a> {
    engine: &'a Engine<'a>,
    questions: &'a [Question],
    /// Question and side of each block, by partition.
    asked: [Vec<Vec<(usize, u32)>>; 3],
    places: BTreeMap<Key<'a>, usize>,
    figures: &'a Figures,
    moved: Vec<BTreeSet<usize>>,
    scratch: Scratch,
}

impl<'a> Survey<'a> {
    fn new(engine: &'a Engine<'a>, figures: &'a Figures, questions: &'a [Question]) -> Self {
        let mut asked: [Vec<Vec<(usize, u32)>>; 3] = Default::default();
        for (at, question) in questions.iter().enumerate() {
            let blocks = &mut asked[question.partition() as usize];
            for (side, own) in (0..).zip(&question.sides) {
                for &block in own {
                    if blocks.len() <= block as usize {
                        blocks.resize(block as usize + 1, Vec::new());
                    }
                    blocks[block as usize].push((at, side));
                }
            }
        }
        let places = figures.figures.iter().enumerate();
        Self {
            engine,
            questions,
            asked,
            places: places.map(|(at, figure)| (key(figure), at)).collect(),
            figures,
            moved: vec![BTreeSet::new(); questions.len()],
            scratch: Scratch::default(),
        }
    }

    /// The figures of an indicator that counts by itself.
    fn indicator(&mut self, at: usize) {
        let engine = self.engine;
        let indicator = &engine.project.indicators[at];
        let Some(sides) = engine.sides(&indicator.rule, indicator.class) else {
            return;
        };
        let own: Vec<Option<Sides>> = indicator
            .cells
            .iter()
            .map(|cell| engine.sides(&cell.rule, indicator.class))
            .collect();
        for occasion in engine.occasions(indicator) {
            let blank = Engine::blank(at, occasion);
            let total = self.whole(&sides, occasion);
            self.note(&blank, &total);
            if let Some((name, category)) = &indicator.as_cell
                && let Some(cell) = cell_of(indicator, &blank, name, category)
            {
                self.note(&cell, &total);
            }
            for (cell, sides) in indicator.cells.iter().zip(&own) {
                let figure = cell_of(indicator, &blank, &cell.name, &cell.category);
                if let (Some(figure), Some(sides)) = (figure, sides) {
                    let deltas = self.whole(sides, occasion);
                    self.note(&figure, &deltas);
                }
            }
            for cut in (0..indicator.disaggregations.len()).filter(|cut| !indicator.disaggregations[*cut].by.is_empty())
            {
                self.cells(indicator, &sides, (cut, &blank), &total);
            }
        }
    }

    fn whole(&mut self, sides: &Sides, occasion: Occasion) -> Deltas {
        let above = self.engine.selection(&sides.numerator, occasion.0, occasion.1);
        let mut deltas = self.deltas(&sides.numerator, occasion, &above);
        if let Some((side, _)) = &sides.denominator {
            let below = self.engine.selection(side, occasion.0, occasion.1);
            merge(&mut deltas, self.deltas(side, occasion, &below));
        }
        deltas
    }

    /// The cells of one breakdown.
    fn cells(&mut self, indicator: &Indicator, sides: &Sides, (cut, blank): (usize, &Figure), total: &Deltas) {
        let occasion = (blank.scope, blank.period);
        let partition = self.engine.is_partition(indicator, cut);
        let mut sums: BTreeMap<usize, (f64, Option<usize>)> = BTreeMap::new();
        for (category, above, below) in self.engine.both_cells(indicator, sides, cut, occasion) {
            let figure = Figure {
                disaggregation: Some(cut),
                category,
                ..blank.clone()
            };
            let mut deltas = self.deltas(&sides.numerator, occasion, &above);
            let place = self.places.get(&key(&figure)).copied();
            if partition {
                for (question, delta) in &deltas {
                    let sum = sums.entry(*question).or_default();
                    *sum = (sum.0 + delta, place);
                }
            }
            if let (Some((side, _)), Some(below)) = (&sides.denominator, below) {
                merge(&mut deltas, self.deltas(side, occasion, &below));
            }
            self.note(&figure, &deltas);
        }
        // One person has one place in a partition: joined out of two cells, a person leaves one of them.
        for (question, (sum, last)) in sums {
            let due = total.get(&question).copied().unwrap_or_default();
            if (due - sum).abs() > f64::EPSILON {
                self.moved[question].extend(last);
            }
        }
    }

    fn note(&mut self, figure: &Figure, deltas: &Deltas) {
        let Some(place) = self.places.get(&key(figure)) else {
            return;
        };
        for (question, _) in deltas.iter().filter(|(_, delta)| delta.abs() > f64::EPSILON) {
            self.moved[*question].insert(*place);
        }
    }

    /// How the items of one side of a cell change, for every question whose persons stand among them.
    fn deltas(&mut self, side: &Prepared, (scope, period): Occasion, items: &[Item]) -> Deltas {
        if !depends_on_persons(&side.counted.measure) {
            return Deltas::new();
        }
        let mut own: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
        for item in items {
            for partition in [Partition::Best, Partition::High] {
                let block = item.who[partition as usize];
                let asked = self.asked[partition as usize].get(block as usize);
                for &(question, number) in asked.into_iter().flatten().filter(|_| block != NOBODY) {
                    let (now, then) = if self.questions[question].joined {
                        (0, number)
                    } else {
                        (number, 0)
                    };
                    own.entry(question).or_default().push(Item {
                        who: [item.who[Partition::Best as usize], then, now],
                        ..*item
                    });
                }
            }
        }
        let context = self.engine.context(side, scope, period);
        let mut deltas = Deltas::new();
        for (question, items) in own {
            let delta = change(&context, &self.questions[question], &items, &mut self.scratch);
            deltas.insert(question, delta);
        }
        deltas
    }

    /// Indicators made of others move with them.
    fn derived(&mut self) {
        let indicators = &self.engine.project.indicators;
        // A chain of derived indicators is no longer than there are indicators.
        for _ in indicators {
            let mut more = Vec::new();
            for (at, figure) in self.figures.figures.iter().enumerate() {
                let Rule::Derived { of, .. } = &indicators[figure.indicator].rule else {
                    continue;
                };
                let inputs: Vec<usize> = of
                    .iter()
                    .filter_map(|input| {
                        let blank = Engine::blank(*input, (figure.scope, figure.period));
                        self.places.get(&key(&blank)).copied()
                    })
                    .collect();
                for (question, moved) in self.moved.iter().enumerate() {
                    if !moved.contains(&at) && inputs.iter().any(|input| moved.contains(input)) {
                        more.push((question, at));
                    }
                }
            }
            if more.is_empty() {
                return;
            }
            for (question, at) in more {
                self.moved[question].insert(at);
            }
        }
    }
}

fn key(figure: &Figure) -> Key<'_> {
    let Figure {
        indicator,
        scope,
        period,
        disaggregation,
        ref category,
        ..
    } = *figure;
    (indicator, scope, period, disaggregation, category)
}

/// What moves below the line moves a ratio as well.
fn merge(deltas: &mut Deltas, more: Deltas) {
    for (question, delta) in more {
        let known = deltas.entry(question).or_default();
        *known = known.abs() + delta.abs();
    }
}

/// Whether a measure gives another number when two persons become one.
fn depends_on_persons(measure: &Measure) -> bool {
    matches!(
        measure,
        Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::PeopleWith { .. }
            | Measure::PeopleWithContacts { .. }
            | Measure::CompletedPeople { .. }
            | Measure::DroppedOut { .. }
            | Measure::BedNights
    )
}

/// What the items of two persons would come to, less what they come to now; the first stands in the place of the
/// coarsest partition, the second in that of the finest.
fn change(context: &Context, question: &Question, items: &[Item], scratch: &mut Scratch) -> f64 {
    let own;
    let mut moment = context.moment;
    if matches!(context.measure, Measure::NewPeople | Measure::ReturningPeople) {
        own = Newcomers::of_two(moment.newcomers, question.partition(), &question.sides, question.joined);
        moment.newcomers = &own;
    }
    let context = Context { moment, ..*context };
    let mut count = |partition| match context.measure {
        Measure::BedNights => {
            let nights = nights_by_stay(&context, partition, items);
            nights.iter().map(|(_, nights)| nights).sum::<i64>() as f64
        }
        _ => persons(&context, partition, items, scratch).len() as f64,
    };
    count(Partition::Low) - count(Partition::High)
}
