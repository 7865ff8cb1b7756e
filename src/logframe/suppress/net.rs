//! Numbers and the figures that show them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::logframe::engine::Engine;
use crate::logframe::figures::{Figure, Scope};
use crate::people::facts::fold;
use crate::project::model::{
    ChangeOf, Counted, Derivation, Disaggregation, Evidence, Filter, Indicator, Measure, Project, Rule, Unit,
};

/// Between the categories of crossed subjects.
const CROSS: &str = " & ";

/// First and last day.
pub(super) type Window = (NaiveDate, NaiveDate);

/// A cell: subject and category, in order of subject; none for a total.
pub(super) type Cell = Vec<(String, String)>;

/// What a number counts, in which days and of whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Population, and what of the filter is no cell.
    pub(super) base: usize,
    /// Index into [`Net::measures`].
    pub(super) measure: usize,
    pub(super) window: Window,
    pub(super) cell: Cell,
}

/// One number.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub(super) value: f64,
    /// Whether it counts people, so that a small one must be hidden.
    pub(super) of_people: bool,
    /// Figures that show it.
    pub(super) shown: Vec<usize>,
    /// How many of them are not hidden.
    pub(super) visible: usize,
}

/// A filter on several values of one subject: the sum of their cells, where cells there are.
pub(super) struct Union {
    pub(super) node: usize,
    pub(super) without: Place,
    pub(super) subject: String,
    pub(super) values: Vec<String>,
}

/// All numbers, their laws, and the figures.
#[derive(Default)]
pub(super) struct Net {
    pub(super) nodes: Vec<Node>,
    /// Numbers by what they count; several only where the same words count differently.
    pub(super) places: BTreeMap<Place, Vec<usize>>,
    pub(super) measures: Vec<Measure>,
    pub(super) unions: Vec<Union>,
    /// Laws: Σ factor × number = 0.
    pub(super) rows: Vec<Vec<(usize, f64)>>,
    /// Laws that a number stands in.
    pub(super) rows_of: Vec<Vec<usize>>,
    bases: BTreeMap<String, usize>,
    /// Of each figure: whether it is hidden, its numbers, the figures of its block where it is the total, and its total.
    hidden: Vec<bool>,
    numbers: Vec<Vec<usize>>,
    blocks: Vec<std::ops::Range<usize>>,
    total: Vec<usize>,
}

impl Net {
    /// The numbers that figures show.
    pub(super) fn of(engine: &Engine, figures: &[Figure]) -> Self {
        let mut net = Self {
            hidden: vec![false; figures.len()],
            numbers: vec![Vec::new(); figures.len()],
            blocks: vec![0..0; figures.len()],
            total: (0..figures.len()).collect(),
            ..Self::default()
        };
        let mut start = 0;
        for block in figures.chunk_by(|a, b| (a.indicator, a.scope, a.period) == (b.indicator, b.scope, b.period)) {
            net.blocks[start] = start + 1..start + block.len();
            net.total[start..start + block.len()].fill(start);
            start += block.len();
        }
        for (at, figure) in figures.iter().enumerate() {
            net.add_figure(engine, at, figure);
        }
        net.add_derived(engine.project, figures);
        for at in 0..figures.len() {
            let mut numbers = std::mem::take(&mut net.numbers[at]);
            numbers.sort_unstable();
            numbers.dedup();
            for node in &numbers {
                net.nodes[*node].shown.push(at);
                net.nodes[*node].visible += 1;
            }
            net.numbers[at] = numbers;
        }
        net
    }

    fn add_figure(&mut self, engine: &Engine, at: usize, figure: &Figure) {
        let indicator = &engine.project.indicators[figure.indicator];
        let cut = figure.disaggregation.map(|cut| &indicator.disaggregations[cut]);
        let named = |cut: &Disaggregation| (cut.name.clone(), figure.category.clone());
        let own = cut.and_then(|cut| {
            let own = indicator.cells.iter();
            own.into_iter()
                .find(|own| (own.name.clone(), own.category.clone()) == named(cut))
        });
        let again = cut.is_some_and(|cut| indicator.as_cell == Some(named(cut)));
        let cell = match cut {
            Some(cut) if own.is_none() && !again => cell_of(cut, &figure.category),
            Some(_) | None => Vec::new(),
        };
        match own.map_or(&indicator.rule, |own| &own.rule) {
            Rule::Single(counted) => {
                self.add_side(engine, at, figure, indicator, (counted, &cell, figure.value.number()));
            }
            Rule::Ratio {
                numerator, denominator, ..
            } => {
                self.add_side(engine, at, figure, indicator, (numerator, &cell, figure.numerator));
                self.add_side(engine, at, figure, indicator, (denominator, &cell, figure.denominator));
            }
            Rule::Derived { .. } => {}
        }
    }

    fn add_side(
        &mut self,
        engine: &Engine,
        at: usize,
        figure: &Figure,
        indicator: &Indicator,
        (counted, cell, value): (&Counted, &Cell, Option<f64>),
    ) {
        let Some(value) = value.filter(|_| !matches!(counted.measure, Measure::Constant(_) | Measure::Findings { .. }))
        else {
            return;
        };
        let period = &engine.request.periods[figure.period];
        let start = match figure.scope {
            Scope::Cumulative => engine.project.start,
            Scope::Period => period.start.max(engine.project.start),
        };
        let window = (start, period.end.min(engine.request.as_of));
        let (base, filtered, several) = taken_apart(&counted.filter);
        let starts = start == engine.project.start;
        let measure = match &counted.measure {
            // Everybody is new when the project starts.
            Measure::NewPeople if starts => &Measure::People,
            measure => measure,
        };
        let of_people = is_about_people(&counted.measure) || matches!(indicator.unit, Unit::Persons | Unit::Contacts);
        let mut cell: Cell = cell.iter().cloned().chain(filtered).collect();
        cell.sort();
        let place = Place {
            base: self.base(&counted.population, &base, &several),
            measure: self.measure(measure),
            window,
            cell,
        };
        let node = self.node(&place, value, of_people);
        self.numbers[at].push(node);
        if let [(subject, values)] = several.as_slice() {
            let without = Place {
                base: self.base(&counted.population, &base, &[]),
                ..place
            };
            self.unions.push(Union {
                node,
                without,
                subject: subject.clone(),
                values: values.clone(),
            });
        }
    }

    /// Figures made of other indicators: a sum is a number of its own, a quotient shows both its numbers.
    fn add_derived(&mut self, project: &Project, figures: &[Figure]) {
        let total = |indicator: usize, figure: &Figure| {
            let same =
                |other: &&usize| (figures[**other].scope, figures[**other].period) == (figure.scope, figure.period);
            self.totals_of(figures, indicator).iter().find(same).copied()
        };
        let mut made: Vec<(usize, Derivation, Vec<usize>)> = Vec::new();
        for (at, figure) in figures.iter().enumerate() {
            if let Rule::Derived { how, of, .. } = &project.indicators[figure.indicator].rule {
                let inputs: Vec<usize> = of.iter().filter_map(|input| total(*input, figure)).collect();
                if inputs.len() == of.len() {
                    made.push((at, *how, inputs));
                }
            }
        }
        // Those first that others are made of.
        let mut rounds = project.indicators.len();
        while !made.is_empty() && rounds > 0 {
            rounds -= 1;
            let waiting: Vec<usize> = made.iter().map(|(at, ..)| *at).collect();
            let (now, later): (Vec<_>, Vec<_>) = made
                .into_iter()
                .partition(|(_, _, inputs)| !inputs.iter().any(|input| waiting.contains(input)));
            for (at, how, inputs) in now {
                self.add_made(project, figures, at, how, &inputs);
            }
            made = later;
        }
    }

    fn totals_of(&self, figures: &[Figure], indicator: usize) -> Vec<usize> {
        let from = figures.partition_point(|figure| figure.indicator < indicator);
        let own = (from..figures.len()).take_while(|at| figures[*at].indicator == indicator);
        own.filter(|at| self.total[*at] == *at).collect()
    }

    fn add_made(&mut self, project: &Project, figures: &[Figure], at: usize, how: Derivation, inputs: &[usize]) {
        let of: Vec<usize> = inputs.iter().flat_map(|input| self.numbers[*input].clone()).collect();
        let single = |input: &usize| {
            let rule = &project.indicators[figures[*input].indicator].rule;
            !matches!(
                rule,
                Rule::Ratio { .. }
                    | Rule::Derived {
                        how: Derivation::Quotient,
                        ..
                    }
            )
        };
        let plain = inputs
            .iter()
            .all(|input| single(input) && self.numbers[*input].len() == 1);
        let value = figures[at].value.number();
        match (how, value) {
            (Derivation::Sum | Derivation::Difference, Some(value)) if plain => {
                let people = of.iter().all(|node| self.nodes[*node].of_people);
                let node = self.push(value, people);
                let sign = if how == Derivation::Sum { 1.0 } else { -1.0 };
                let rest = of[1..].iter().map(|node| (*node, sign));
                let row: Vec<(usize, f64)> = [(node, -1.0), (of[0], 1.0)].into_iter().chain(rest).collect();
                self.law(row);
                self.numbers[at].push(node);
            }
            _ => self.numbers[at].extend(of),
        }
    }

    fn base(&mut self, population: &str, rest: &[String], several: &[(String, Vec<String>)]) -> usize {
        let next = self.bases.len();
        let text = format!("{}|{rest:?}|{several:?}", fold(population));
        *self.bases.entry(text).or_insert(next)
    }

    fn measure(&mut self, measure: &Measure) -> usize {
        let known = self.measures.iter().position(|known| known == measure);
        known.unwrap_or_else(|| {
            self.measures.push(measure.clone());
            self.measures.len() - 1
        })
    }

    fn node(&mut self, place: &Place, value: f64, of_people: bool) -> usize {
        let known = self.places.get(place).into_iter().flatten();
        let same = |node: &&usize| (self.nodes[**node].value - value).abs() < NEAR;
        if let Some(node) = known.copied().find(|node| same(&node)) {
            self.nodes[node].of_people |= of_people;
            return node;
        }
        let node = self.push(value, of_people);
        self.places.entry(place.clone()).or_default().push(node);
        node
    }

    /// A number that no place has: of a derived indicator, or of a margin that nobody publishes.
    pub(super) fn push(&mut self, value: f64, of_people: bool) -> usize {
        self.nodes.push(Node {
            value,
            of_people,
            ..Node::default()
        });
        self.rows_of.push(Vec::new());
        self.nodes.len() - 1
    }

    /// Adds a law where the true numbers keep it.
    pub(super) fn law(&mut self, mut row: Vec<(usize, f64)>) -> bool {
        row.sort_by_key(|term| term.0);
        row.dedup_by(|b, a| {
            let same = a.0 == b.0;
            if same {
                a.1 += b.1;
            }
            same
        });
        row.retain(|(_, factor)| factor.abs() > NEAR);
        let sum: f64 = row.iter().map(|(node, factor)| self.nodes[*node].value * factor).sum();
        if row.len() < 2 || sum.abs() > NEAR {
            return row.is_empty();
        }
        if self.rows_of[row[0].0].iter().any(|known| self.rows[*known] == row) {
            return true;
        }
        for (node, _) in &row {
            self.rows_of[*node].push(self.rows.len());
        }
        self.rows.push(row);
        true
    }

    /// Numbers of people that are too small.
    pub(super) fn small(&self, threshold: f64) -> Vec<usize> {
        let is_small = |node: &Node| node.of_people && node.value > NEAR && node.value < threshold - NEAR;
        (0..self.nodes.len())
            .filter(|at| is_small(&self.nodes[*at]) && !self.nodes[*at].shown.is_empty())
            .collect()
    }

    /// Whether nobody can read a number.
    pub(super) fn is_hidden(&self, node: usize) -> bool {
        self.nodes[node].visible == 0
    }

    /// The least that a reader knows a hidden number to be: a zero is hidden only below a hidden total.
    pub(super) fn floor(&self, node: usize) -> f64 {
        let shown = self.nodes[node].shown.iter();
        let below_hidden = |figure: &usize| {
            let total = self.total[*figure];
            total != *figure && self.hidden[total]
        };
        if self.nodes[node].shown.is_empty() || shown.clone().all(below_hidden) || self.nodes[node].value < 1.0 - NEAR {
            0.0
        } else {
            1.0
        }
    }

    /// Hides a number in every figure that shows it.
    pub(super) fn hide(&mut self, node: usize) {
        for figure in self.nodes[node].shown.clone() {
            self.hide_figure(figure);
        }
    }

    fn hide_figure(&mut self, figure: usize) {
        if std::mem::replace(&mut self.hidden[figure], true) {
            return;
        }
        for node in &self.numbers[figure] {
            self.nodes[*node].visible -= 1;
        }
        for cell in self.blocks[figure].clone() {
            self.hide_figure(cell);
        }
    }

    /// Of each figure, whether it is hidden.
    pub(super) fn hidden_figures(self) -> Vec<bool> {
        self.hidden
    }
}

/// Numbers nearer than this are the same.
pub(super) const NEAR: f64 = 1e-6;

/// Whether a measure counts people, or what each person is counted once for.
fn is_about_people(measure: &Measure) -> bool {
    match measure {
        Measure::Contacts(_)
        | Measure::People
        | Measure::NewPeople
        | Measure::ReturningPeople
        | Measure::PeopleWith { .. }
        | Measure::PeopleWithContacts { .. }
        | Measure::PeopleListed { .. }
        | Measure::Households
        | Measure::Enrolments
        | Measure::CompletedEnrolments { .. }
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. }
        | Measure::PeakNight
        | Measure::OpenAtEnd { .. }
        | Measure::Ended { .. } => true,
        Measure::Change(change) => !matches!(change.what, ChangeOf::Before | ChangeOf::After | ChangeOf::Difference),
        Measure::Statistic { .. }
        | Measure::Sessions
        | Measure::Different { .. }
        | Measure::Cycles
        | Measure::Items { .. }
        | Measure::BedNights
        | Measure::CapacityNights
        | Measure::Days { .. }
        | Measure::Constant(_)
        | Measure::Findings { .. } => false,
    }
}

/// The cell of a category, renamed ones by their code.
fn cell_of(cut: &Disaggregation, category: &str) -> Cell {
    let code = |name: &str| {
        let renamed = cut.rename.iter().find(|(_, renamed)| *renamed == name);
        fold(renamed.map_or(name, |(code, _)| code))
    };
    let whole = code(category);
    let parts: Vec<&str> = whole.split(CROSS).collect();
    let subjects = cut.by.iter().map(|subject| format!("{subject:?}"));
    let mut cell: Cell = if parts.len() == cut.by.len() {
        subjects.zip(parts.iter().map(|part| code(part))).collect()
    } else {
        vec![(format!("{:?}", cut.by), whole)]
    };
    if cut.by.is_empty() {
        cell = vec![(cut.name.clone(), category.to_owned())];
    }
    cell.sort();
    cell
}

/// A filter taken apart: what is neither, conditions that are a cell (one value), and those of several values.
#[expect(clippy::type_complexity, reason = "three lists of one pass")]
fn taken_apart(filter: &Filter) -> (Vec<String>, Cell, Vec<(String, Vec<String>)>) {
    let (mut rest, mut cell, mut several) = (Vec::new(), Vec::new(), Vec::new());
    let mut parts = vec![filter];
    while let Some(part) = parts.pop() {
        match part {
            Filter::All => {}
            Filter::And(all) => parts.extend(all),
            Filter::OneOf { subject, values } => match values.as_slice() {
                [one] => cell.push((format!("{subject:?}"), fold(one))),
                values => several.push((format!("{subject:?}"), values.iter().map(|value| fold(value)).collect())),
            },
            other => rest.push(format!("{other:?}")),
        }
    }
    rest.sort();
    several.sort();
    (rest, cell, several)
}

/// Whether a measure counts contacts of everybody, or of some.
pub(super) fn evidence(measure: &Measure) -> Option<Evidence> {
    match measure {
        Measure::Contacts(evidence) => Some(*evidence),
        _ => None,
    }
}
