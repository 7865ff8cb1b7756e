//! Girls, boys, women, men and the older of a row, read off the breakdowns that were computed.
//!
//! A cell is filled only where the computed categories give it exactly: bands that lie within its years are added up,
//! a hidden one hides the cell, and a band that lies across its years leaves it empty. Nothing is taken from a
//! breakdown that is about other rows.

use crate::logframe::figures::{Figure, Value};
use crate::project::model::{Class, Disaggregation, Indicator};
use crate::report::donor::machine::{self, Axis, Part, Slot};
use crate::report::view::View;

/// What rows of one indicator are told apart by.
const SLICES: [Axis; 3] = [Axis::Site, Axis::Displaced, Axis::Newness];

/// Columns of people by sex and age, in the order of the format.
pub(super) const GROUPS: [(Part, u32, Option<u32>); 6] = [
    (Part::Female, 0, Some(17)),
    (Part::Male, 0, Some(17)),
    (Part::Female, 18, Some(59)),
    (Part::Male, 18, Some(59)),
    (Part::Female, 60, None),
    (Part::Male, 60, None),
];

/// What a row is about beside its indicator and period: a category of each of its sides.
pub(super) type Slice = Vec<(Axis, Part)>;

/// A computed cell taken apart, for its indicator's rows.
struct Cell<'a> {
    axes: Vec<Axis>,
    parts: Vec<Part>,
    figure: &'a Figure,
}

/// The figures of an indicator in a period, by what they are about.
pub(super) struct Cells<'a> {
    indicator: &'a Indicator,
    total: Option<&'a Figure>,
    of_parts: Vec<Cell<'a>>,
}

/// What stands in a cell of the table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shown {
    /// A number, or the word for why there is none.
    Value(Value),
    /// It was not computed.
    NotComputed,
    /// The bands that do not fit.
    Across(String),
}

/// The sides by which rows of an indicator are told apart: those of the breakdown that says most of its places.
pub(super) fn slicing(indicator: &Indicator) -> Vec<Axis> {
    let cuts = indicator.disaggregations.iter().map(machine::axes);
    let usable = cuts.filter(|axes| {
        let known = |axis: &Axis| SLICES.contains(axis) || matches!(axis, Axis::Sex | Axis::Age | Axis::Disability);
        axes.iter().all(known) && !axes.is_empty()
    });
    let candidates = usable.map(|axes| {
        let crossed = axes.contains(&Axis::Sex) && axes.contains(&Axis::Age);
        let slice = sliced(&axes);
        // Who else is displaced or new is worth a row only where nothing is lost of sex and age by it.
        ((slice.contains(&Axis::Site), crossed, slice.len()), slice)
    });
    let best = candidates.max_by_key(|(rank, _)| *rank);
    best.map(|(_, slice)| slice).unwrap_or_default()
}

fn sliced(axes: &[Axis]) -> Vec<Axis> {
    SLICES.into_iter().filter(|axis| axes.contains(axis)).collect()
}

impl<'a> Cells<'a> {
    pub(super) fn of(view: &View<'a>, (index, indicator): (usize, &'a Indicator), slot: Slot) -> Self {
        let apart = |(cut, figure): (&'a Disaggregation, &'a Figure)| {
            let (axes, parts) = (machine::axes(cut), machine::parts(cut, &figure.category)?);
            Some(Cell { axes, parts, figure })
        };
        Self {
            indicator,
            total: view.total(index, slot.scope, slot.index),
            of_parts: machine::cells(view, index, slot).filter_map(apart).collect(),
        }
    }

    /// The rows: every combination of the sides that has a figure.
    pub(super) fn slices(&self, by: &[Axis]) -> Vec<Slice> {
        let mut slices: Vec<Slice> = Vec::new();
        for cell in self.of_parts.iter().filter(|cell| sliced(&cell.axes) == by) {
            let slice = cell.slice(by);
            if !slices.contains(&slice) {
                slices.push(slice);
            }
        }
        if slices.is_empty() { vec![Vec::new()] } else { slices }
    }

    /// Everybody of a row.
    pub(super) fn total(&self, slice: &Slice) -> Shown {
        let whole = if slice.is_empty() {
            self.total
        } else {
            self.about(slice, &[]).first().map(|cell| cell.figure)
        };
        match whole {
            Some(figure) => Shown::Value(machine::value(figure, self.indicator)),
            // People by sex and age of one place add up to its people; shares and last values do not.
            None if matches!(self.indicator.class, Class::Flow | Class::Distinct) => {
                let cells = self.about(slice, &[Axis::Sex, Axis::Age]);
                if cells.is_empty() {
                    Shown::NotComputed
                } else {
                    self.added(&cells)
                }
            }
            None => Shown::NotComputed,
        }
    }

    /// Those of a row of one sex and between two ages.
    pub(super) fn group(&self, slice: &Slice, (sex, from, to): &(Part, u32, Option<u32>)) -> Shown {
        let cells = self.about(slice, &[Axis::Sex, Axis::Age]);
        if cells.is_empty() {
            return self.without_cells(slice);
        }
        let of_sex = cells.into_iter().filter(|cell| cell.part(Axis::Sex) == Some(sex));
        let (mut within, mut across) = (Vec::new(), Vec::new());
        for cell in of_sex {
            let Some(Part::Years(first, last)) = cell.part(Axis::Age) else {
                continue;
            };
            let below = to.is_none_or(|to| last.is_some_and(|last| last <= to));
            let apart = last.is_some_and(|last| last < *from) || to.is_some_and(|to| *first > to);
            if *first >= *from && below {
                within.push(cell);
            } else if !apart && cell.figure.value != Value::Number(0.0) {
                across.push(band(*first, *last));
            }
        }
        if across.is_empty() {
            self.added(&within)
        } else {
            Shown::Across(across.join(", "))
        }
    }

    /// Those of a row with a disability.
    pub(super) fn disabled(&self, slice: &Slice) -> Shown {
        let cells = self.about(slice, &[Axis::Disability]);
        if cells.is_empty() {
            return self.without_cells(slice);
        }
        let yes: Vec<&Cell> = cells
            .into_iter()
            .filter(|cell| cell.part(Axis::Disability) == Some(&Part::Holds(true)))
            .collect();
        self.added(&yes)
    }

    /// Those of a row whose sex or age is not known, and those of another sex: they stand in no group.
    pub(super) fn left_over(&self, slice: &Slice) -> [Value; 2] {
        let cells = self.about(slice, &[Axis::Sex, Axis::Age]);
        let unknown = |cell: &&Cell| cell.parts.contains(&Part::Unknown);
        let (unknown, known): (Vec<&Cell>, Vec<&Cell>) = cells.into_iter().partition(unknown);
        let other: Vec<&Cell> = known
            .into_iter()
            .filter(|cell| !matches!(cell.part(Axis::Sex), Some(Part::Female | Part::Male)))
            .collect();
        [unknown, other].map(|cells| match self.added(&cells) {
            Shown::Value(value) => value,
            Shown::NotComputed | Shown::Across(_) => Value::NoData,
        })
    }

    /// Nobody is nobody of every kind too; else the kind was not computed.
    fn without_cells(&self, slice: &Slice) -> Shown {
        match self.total(slice) {
            Shown::Value(Value::Number(all)) if all.abs() < f64::EPSILON => Shown::Value(Value::Number(0.0)),
            Shown::Value(value @ (Value::NoData | Value::NotApplicable)) => Shown::Value(value),
            Shown::Value(Value::Number(_) | Value::Suppressed) | Shown::NotComputed | Shown::Across(_) => {
                Shown::NotComputed
            }
        }
    }

    /// The cells of the breakdown by the row's sides and these, that are about the row.
    fn about(&self, slice: &Slice, further: &[Axis]) -> Vec<&Cell<'a>> {
        let sides = slice.len() + further.len();
        let held = |cell: &&Cell| {
            cell.axes.len() == sides
                && further.iter().all(|axis| cell.axes.contains(axis))
                && slice.iter().all(|(axis, part)| cell.part(*axis) == Some(part))
        };
        self.of_parts.iter().filter(held).collect()
    }

    /// Cells that lie apart, together; hidden where one of them is.
    fn added(&self, cells: &[&Cell]) -> Shown {
        let mut sum = 0.0;
        for cell in cells {
            match machine::value(cell.figure, self.indicator) {
                Value::Number(number) => sum += number,
                blank @ (Value::NoData | Value::Suppressed | Value::NotApplicable) => return Shown::Value(blank),
            }
        }
        Shown::Value(Value::Number(sum))
    }
}

impl Cell<'_> {
    fn part(&self, axis: Axis) -> Option<&Part> {
        let at = self.axes.iter().position(|known| *known == axis)?;
        self.parts.get(at)
    }

    fn slice(&self, by: &[Axis]) -> Slice {
        by.iter()
            .filter_map(|axis| Some((*axis, self.part(*axis)?.clone())))
            .collect()
    }
}

fn band(from: u32, to: Option<u32>) -> String {
    to.map_or_else(|| format!("{from}+"), |to| format!("{from}-{to}"))
}
