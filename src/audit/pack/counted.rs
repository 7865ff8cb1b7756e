//! What counts where: every raw cell behind a figure that is shown, with the indicators that it counts in.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::trace::{self, TraceRow, Tracer, Walk, Why};
use crate::ingest::records::{FileId, Place};
use crate::logframe::figures::{Figure, Scope, Value};

/// A row of a sheet of a file.
pub(super) type RowKey = (FileId, u16, u32);

/// The row that a place lies in.
pub(super) fn row_of(place: Place) -> RowKey {
    (place.file, place.sheet, place.row)
}

/// A raw cell that counts.
pub(super) struct Cell {
    /// How it counts; where indicators count it in several ways, the plainest.
    pub(super) row: TraceRow,
    /// What it adds where that is not one: heads counted, an amount.
    pub(super) amount: Option<f64>,
    /// Indexes of the indicators, ascending.
    pub(super) indicators: BTreeSet<usize>,
}

/// The total of an indicator and what a reader finds behind it.
pub(super) struct Total {
    /// Index into the figures; none where the indicator has no figure for the report's period.
    pub(super) figure: Option<usize>,
    /// Rows above the line.
    pub(super) rows: usize,
    /// Different persons among them.
    pub(super) persons: usize,
    /// Sum of the amounts, where rows add amounts.
    pub(super) amount: Option<f64>,
}

/// Everything that counts in the report's period.
pub(super) struct Counted {
    /// By place.
    pub(super) cells: BTreeMap<Place, Cell>,
    /// Index: indicator.
    pub(super) totals: Vec<Total>,
    /// The indicators that count something in a row, also as a repeat of another place.
    pub(super) rows: BTreeMap<RowKey, BTreeSet<usize>>,
}

impl Counted {
    /// Walks back from the total of every indicator.
    pub(super) fn of(walk: Walk) -> Self {
        let tracer = Tracer::new(walk);
        let mut counted = Self {
            cells: BTreeMap::new(),
            totals: Vec::new(),
            rows: BTreeMap::new(),
        };
        for indicator in 0..walk.project.indicators.len() {
            let figure = main_figure(walk, indicator);
            let shown = figure.filter(|at| walk.figures.figures[*at].value != Value::Suppressed);
            let sides = shown.map(|at| tracer.both_sides(&walk.figures.figures[at]));
            let sides = sides.unwrap_or_default();
            counted.totals.push(total(figure, &sides[0]));
            for row in sides.into_iter().flatten() {
                counted.add(indicator, row);
            }
        }
        counted
    }

    fn add(&mut self, indicator: usize, row: TraceRow) {
        for place in std::iter::once(&row.place).chain(&row.also) {
            self.rows.entry(row_of(*place)).or_default().insert(indicator);
        }
        let amount = amount(&row);
        let cell = self.cells.entry(row.place).or_insert_with(|| Cell {
            row: row.clone(),
            amount,
            indicators: BTreeSet::new(),
        });
        cell.indicators.insert(indicator);
        if row.why < cell.row.why {
            (cell.row, cell.amount) = (row, amount);
        }
    }
}

/// The figure that a report shows first for an indicator: in its period, else to date.
fn main_figure(walk: Walk, indicator: usize) -> Option<usize> {
    let of = |scope: Scope| {
        let wanted = |figure: &Figure| {
            figure.indicator == indicator
                && figure.scope == scope
                && figure.period == walk.figures.span
                && figure.disaggregation.is_none()
        };
        walk.figures.figures.iter().position(wanted)
    };
    of(Scope::Period).or_else(|| of(Scope::Cumulative))
}

/// What a row adds where that is not one.
fn amount(row: &TraceRow) -> Option<f64> {
    match row.why {
        Why::HeadCount => trace::head_of(&row.person).and_then(|(_, count)| count.parse().ok()),
        _ => row.amount,
    }
}

fn total(figure: Option<usize>, above: &[TraceRow]) -> Total {
    let persons: BTreeSet<&str> = above
        .iter()
        .map(|row| row.person.as_str())
        .filter(|person| !person.is_empty() && trace::head_of(person).is_none())
        .collect();
    let amounts = above.iter().filter_map(|row| row.amount);
    Total {
        figure,
        rows: above.len(),
        persons: persons.len(),
        amount: amounts.fold(None, |sum, amount| Some(sum.unwrap_or(0.0) + amount)),
    }
}
