//! Figures: every indicator × scope × period × disaggregation × category.

use std::borrow::Cow;

use rayon::prelude::*;

use super::cells::Cell;
use super::checks;
use super::derived::{Fraction, Known};
use super::engine::{Engine, Sides};
use super::figures::{Figure, Figures, Scope, Value};
use super::items::Item;
use super::measure::{Counts, Scratch, count};
use super::periods::Request;
use super::rounding::ratio;
use super::suppress::{suppress, without_numbers};
use super::targets::judge;
use crate::ingest::records::Records;
use crate::people::facts::Facts;
use crate::project::model::{Indicator, Measure, Project, Rule};

/// Scope and period.
pub(super) type Occasion = (Scope, usize);

/// A cell's name with its items of the numerator and, where there is one, of the denominator.
pub(super) type BothSides<'s> = (String, Cow<'s, [Item]>, Option<Cow<'s, [Item]>>);

/// The figures of an indicator on one occasion, the total first, and the total unrounded.
type Block = (Vec<Figure>, Option<Fraction>);

/// Computes every figure of a request.
pub fn compute(project: &Project, records: &Records, facts: &Facts, request: &Request) -> Figures {
    Engine::new(project, records, facts, request).figures()
}

pub(super) fn is_about_findings(indicator: &Indicator) -> bool {
    matches!(&indicator.rule, Rule::Single(counted) if matches!(counted.measure, Measure::Findings { .. }))
}

impl Engine<'_> {
    /// Every figure of the request, with the self-checks.
    pub fn figures(&self) -> Figures {
        let mut blocks = Vec::with_capacity(self.project.indicators.len());
        let mut adding = checks::Adding::default();
        let mut known = Known::default();
        for at in 0..self.project.indicators.len() {
            blocks.push(self.indicator_figures(at, &mut known, &mut adding));
        }
        self.derive(&mut blocks, &mut known);
        let figures = blocks.into_iter().flatten().collect();
        let periods = self.request.periods.clone();
        let span = periods
            .iter()
            .position(|period| *period == self.request.span)
            .unwrap_or_default();
        let mut figures = Figures {
            periods,
            span,
            figures,
            checks: Vec::new(),
        };
        figures.checks = checks::run(self, &figures, adding);
        if suppress(self, &mut figures.figures) {
            without_numbers(&mut figures.checks);
        }
        figures
    }

    /// The figures of an indicator that counts by itself.
    fn indicator_figures(&self, at: usize, known: &mut Known, adding: &mut checks::Adding) -> Vec<Figure> {
        let indicator = &self.project.indicators[at];
        let Some(sides) = self.sides(&indicator.rule, indicator.class) else {
            return Vec::new();
        };
        let own: Vec<_> = indicator
            .cells
            .iter()
            .map(|cell| self.sides(&cell.rule, indicator.class))
            .collect();
        let partition: Vec<bool> = (0..indicator.disaggregations.len())
            .map(|cut| self.is_partition(indicator, cut))
            .collect();
        let occasions = self.occasions(indicator);
        let blocks = self.blocks(at, &sides, &occasions);
        let mut figures = Vec::new();
        let mut scratch = Scratch::default();
        for (occasion, (mut block, total)) in occasions.into_iter().zip(blocks) {
            adding.check(
                &indicator.code,
                &self.request.periods[occasion.1].label,
                &block,
                &partition,
            );
            self.add_own_cells(indicator, &own, &mut block, &mut scratch);
            known.note((at, occasion.0, occasion.1), total);
            figures.append(&mut block);
        }
        figures
    }

    /// Adds the cells with a rule of their own, and the total once more where the indicator is a cell.
    fn add_own_cells(
        &self,
        indicator: &Indicator,
        own: &[Option<Sides>],
        block: &mut Vec<Figure>,
        scratch: &mut Scratch,
    ) {
        let total = block[0].clone();
        let mut cells = Vec::new();
        if let Some((name, category)) = &indicator.as_cell {
            cells.extend(cell_of(indicator, &total, name, category));
        }
        for (cell, sides) in indicator.cells.iter().zip(own) {
            let blank = Self::blank(total.indicator, (total.scope, total.period));
            let figure = cell_of(indicator, &blank, &cell.name, &cell.category);
            let (Some(mut figure), Some(sides)) = (figure, sides) else {
                continue;
            };
            let above = self.selection(&sides.numerator, figure.scope, figure.period);
            let below = sides.denominator.as_ref();
            let below = below.map(|(side, _)| self.selection(side, figure.scope, figure.period));
            self.fill(indicator, sides, (&above, below.as_deref()), &mut figure, scratch);
            cells.push(figure);
        }
        for cell in cells {
            let cell = self.judged(cell);
            let place =
                |known: &&mut Figure| (known.disaggregation, &known.category) == (cell.disaggregation, &cell.category);
            match block.iter_mut().find(place) {
                Some(known) => *known = cell,
                None => block.push(cell),
            }
        }
        block.sort_by_key(|figure| figure.disaggregation);
    }

    /// Scopes and periods in which an indicator is reported: its calendars' periods, its spans, and always the span
    /// of the report. Findings belong to no time: they are told for the report's span and spans named by hand.
    pub(super) fn occasions(&self, indicator: &Indicator) -> Vec<Occasion> {
        let findings = is_about_findings(indicator);
        let own = |period: &super::figures::Period| {
            let span = self.project.spans.iter().any(|span| span.label == period.label);
            let kinds = indicator.calendars.as_ref();
            let calendar = !findings && !is_only_span(self.project, period);
            let named = indicator.spans.as_ref();
            (calendar && kinds.is_none_or(|kinds| kinds.contains(&period.calendar)))
                || (span && named.map_or(!findings, |labels| labels.contains(&period.label)))
        };
        let periods: Vec<usize> = (0..self.request.periods.len())
            .filter(|at| self.request.periods[*at] == self.request.span || own(&self.request.periods[*at]))
            .collect();
        let scopes = [
            (Scope::Period, indicator.in_period || findings),
            (Scope::Cumulative, indicator.cumulative && !findings),
        ];
        let scopes = scopes.into_iter().filter(|(_, on)| *on);
        scopes
            .flat_map(|(scope, _)| periods.iter().map(move |period| (scope, *period)))
            .collect()
    }

    /// A figure of which nothing is known yet.
    pub(super) fn blank(at: usize, (scope, period): Occasion) -> Figure {
        Figure {
            indicator: at,
            scope,
            period,
            disaggregation: None,
            category: String::new(),
            value: Value::NoData,
            low: None,
            high: None,
            expected: None,
            numerator: None,
            denominator: None,
            target: None,
            achieved: None,
            status: None,
        }
    }

    /// Fills target and status of a figure.
    pub(super) fn judged(&self, mut figure: Figure) -> Figure {
        let period = &self.request.periods[figure.period];
        let indicator = &self.project.indicators[figure.indicator];
        judge(
            self.project,
            indicator,
            period,
            *period == self.request.span,
            &mut figure,
        );
        figure
    }

    /// The totals and all cells of an indicator on all occasions, and the totals unrounded.
    ///
    /// The breakdowns come one after the other: what one was cut into is let go before the next.
    fn blocks(&self, at: usize, sides: &Sides, occasions: &[Occasion]) -> Vec<Block> {
        let indicator = &self.project.indicators[at];
        let on_all = |count: &(dyn Fn(&mut Scratch, Occasion) -> Block + Sync)| {
            occasions
                .par_iter()
                .map_init(Scratch::default, |scratch, occasion| count(scratch, *occasion))
                .collect::<Vec<_>>()
        };
        let mut blocks = on_all(&|scratch, occasion| {
            let (total, exact) = self.total(at, sides, occasion, scratch);
            (vec![total], exact)
        });
        // A breakdown by nothing holds only cells of its own.
        let cuts = (0..indicator.disaggregations.len()).filter(|cut| !indicator.disaggregations[*cut].by.is_empty());
        for cut in cuts {
            let breakdown = self.breakdown(indicator, sides, cut);
            let cells = on_all(&|scratch, occasion| {
                let (above, below) = self.counted_cells(sides, &breakdown, occasion, scratch);
                let blank = Figure {
                    disaggregation: Some(cut),
                    ..Self::blank(at, occasion)
                };
                (self.of_cells(sides, both(above, below), &blank, scratch), None)
            });
            for ((block, _), (mut cells, _)) in blocks.iter_mut().zip(cells) {
                block.append(&mut cells);
            }
        }
        blocks
    }

    /// The total of an indicator in one scope and period, also unrounded.
    fn total(&self, at: usize, sides: &Sides, occasion: Occasion, scratch: &mut Scratch) -> (Figure, Option<Fraction>) {
        let mut total = Self::blank(at, occasion);
        let above = self.selection(&sides.numerator, occasion.0, occasion.1);
        let below = sides.denominator.as_ref();
        let below = below.map(|(side, _)| self.selection(side, occasion.0, occasion.1));
        let indicator = &self.project.indicators[at];
        let exact = self.fill(indicator, sides, (&above, below.as_deref()), &mut total, scratch);
        (self.judged(total), exact)
    }

    /// The figures of cells, each like a blank one but for its category.
    fn of_cells(&self, sides: &Sides, cells: Vec<BothSides>, blank: &Figure, scratch: &mut Scratch) -> Vec<Figure> {
        let indicator = &self.project.indicators[blank.indicator];
        let figure = |(category, above, below): BothSides| {
            let mut figure = Figure {
                category,
                ..blank.clone()
            };
            self.fill(indicator, sides, (&above, below.as_deref()), &mut figure, scratch);
            self.judged(figure)
        };
        cells.into_iter().map(figure).collect()
    }

    /// The cells of both sides, put together by name.
    pub(super) fn both_cells(
        &self,
        indicator: &Indicator,
        sides: &Sides,
        disaggregation: usize,
        (scope, period): Occasion,
    ) -> Vec<BothSides<'static>> {
        let cut = self.cut(indicator, disaggregation);
        let below = sides.denominator.as_ref();
        let below = below.map(|(side, _)| self.cells(side, &cut, scope, period));
        both(self.cells(&sides.numerator, &cut, scope, period), below)
    }

    /// Counts the items of a figure; hands out the value unrounded.
    fn fill(
        &self,
        indicator: &Indicator,
        sides: &Sides,
        (above, below): (&[Item], Option<&[Item]>),
        figure: &mut Figure,
        scratch: &mut Scratch,
    ) -> Option<Fraction> {
        let context = self.context(&sides.numerator, figure.scope, figure.period);
        let above = count(&context, above, scratch);
        let (Some((side, times)), Some(below)) = (&sides.denominator, below) else {
            return plain(indicator, &above, figure);
        };
        let below = count(&self.context(side, figure.scope, figure.period), below, scratch);
        figure.numerator = Some(above.by[0] / above.per);
        figure.denominator = Some(below.by[0] / below.per);
        let exact = |at: usize| Fraction(above.by[at], above.per).over(Fraction(below.by[at], below.per), 1.0);
        let value = |at: usize| ratio(exact(at).0, exact(at).1, *times, indicator.decimals);
        figure.value = value(0).map_or(Value::NoData, Value::Number);
        if above.distinct || below.distinct {
            range([value(0), value(1), value(2)], figure);
        }
        let Fraction(numerator, denominator) = exact(0);
        value(0).map(|_| Fraction(numerator * f64::from(*times), denominator))
    }
}

/// The cells of both sides, put together by name in the order of the denominator's, where there is one.
fn both<'s>(above: Vec<Cell<'s>>, below: Option<Vec<Cell<'s>>>) -> Vec<BothSides<'s>> {
    let Some(below) = below else {
        return above.into_iter().map(|cell| (cell.name, cell.items, None)).collect();
    };
    let mut both: Vec<_> = below
        .into_iter()
        .map(|cell| (cell.rank, (cell.name, Cow::default(), Some(cell.items))))
        .collect();
    for cell in above {
        match both.iter_mut().find(|(_, (name, _, _))| *name == cell.name) {
            Some((_, (_, items, _))) => *items = cell.items,
            None => both.push((cell.rank, (cell.name, cell.items, Some(Cow::default())))),
        }
    }
    both.sort_by_key(|(rank, _)| *rank);
    both.into_iter().map(|(_, cell)| cell).collect()
}

/// A figure as a cell of the breakdown with this name.
pub(super) fn cell_of(indicator: &Indicator, figure: &Figure, name: &str, category: &str) -> Option<Figure> {
    let cut = indicator.disaggregations.iter().position(|cut| cut.name == name)?;
    Some(Figure {
        disaggregation: Some(cut),
        category: category.to_owned(),
        ..figure.clone()
    })
}

/// Whether a period is reported only as one of the project's own spans.
fn is_only_span(project: &Project, period: &super::figures::Period) -> bool {
    project.spans.iter().any(|span| span == period)
}

fn plain(indicator: &Indicator, counts: &Counts, figure: &mut Figure) -> Option<Fraction> {
    if counts.blank {
        return None;
    }
    let value = |at: usize| ratio(counts.by[at], counts.per, 1, indicator.decimals);
    figure.value = value(0).map_or(Value::NoData, Value::Number);
    if counts.distinct {
        range([value(0), value(1), value(2)], figure);
        figure.expected = counts.expected.filter(|_| figure.low < figure.high);
    }
    Some(Fraction(counts.by[0], counts.per))
}

/// The least and the greatest of the three partitions. For persons counted plainly these are "all undecided
/// pairs are one" and "all are two"; joining can also make a returning person or a second service of two new
/// people, so that for others the extremes may stand the other way round.
fn range(values: [Option<f64>; 3], figure: &mut Figure) {
    let known = || values.into_iter().flatten();
    figure.low = known().min_by(f64::total_cmp).filter(|_| values[0].is_some());
    figure.high = known().max_by(f64::total_cmp).filter(|_| values[0].is_some());
}
