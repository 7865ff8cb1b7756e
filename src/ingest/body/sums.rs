//! Rows of sums under any words: they have nothing of a person but numbers, and the numbers count the marks above.

use std::collections::{BTreeMap, BTreeSet};

use super::RowClass;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::layout::Block;
use crate::ingest::persons::looks_like_name;
use crate::ingest::records::Reason;
use crate::ingest::table::Cell;
use crate::ingest::values;
use crate::ingest::vocabulary::{self, Role, Vocabulary};

/// Share of the columns of a row of sums that count what stands above them; the others hold somebody's slip.
const MOSTLY: f64 = 0.75;
/// Columns in which the hours of a whole name may equal the hours of all others by chance.
const BY_CHANCE: usize = 2;
/// Bytes of the longest text that may be a mark, and different marks that sums are sought of.
const LONGEST: usize = 24;
const MOST_MARKS: usize = 24;
/// How far a rate, and a rate in percent, may be rounded.
const ROUNDED: f64 = 0.006;

/// Takes rows of sums among the people of a register for what they are; their numbers.
pub(super) fn settle(grid: &Grid, block: &Block, classes: &mut [(u32, RowClass)], vocabulary: &Vocabulary) -> Vec<u32> {
    let mut columns: Vec<u16> = block.sessions.iter().map(|session| session.column).collect();
    columns.sort_unstable();
    let sums = Sums {
        grid,
        block,
        vocabulary,
        columns,
    };
    let mut found = Vec::new();
    let candidates = sums.candidates(classes);
    let Some(last) = candidates.last().copied() else {
        return found;
    };
    let mut all = Part::new(sums.columns.len());
    let mut part = Part::new(sums.columns.len());
    let mut after_sums = false;
    let mut called: BTreeSet<String> = BTreeSet::new();
    for (row, class) in classes.iter_mut().take_while(|(row, _)| *row <= last) {
        let is_sum = match class {
            // "Total men" is called like "Total women", whose numbers told what they are.
            RowClass::Data => {
                candidates.contains(row)
                    && (called.contains(&sums.first_word(*row)) || sums.is_sum(*row, &part, &all, after_sums))
            }
            RowClass::Aside(Reason::Totals) => true,
            RowClass::Aside(_) | RowClass::Guests | RowClass::Text => continue,
        };
        if is_sum {
            if *class == RowClass::Data {
                *class = RowClass::Aside(Reason::Totals);
                found.push(*row);
                called.insert(sums.first_word(*row));
            }
        } else {
            // The sums of a part end it; several of them stand under the same people.
            if after_sums {
                part = Part::new(sums.columns.len());
            }
            for people in [&mut part, &mut all] {
                people.add(grid, &sums.columns, *row);
            }
        }
        after_sums = is_sum;
    }
    found
}

struct Sums<'a> {
    grid: &'a Grid<'a>,
    block: &'a Block,
    vocabulary: &'a Vocabulary,
    /// Columns of the sessions, sorted.
    columns: Vec<u16>,
}

impl Sums<'_> {
    /// Rows that may be sums. Most registers have none, and their marks need not be counted here; where people are marked
    /// with numbers, only rows with larger ones, or with words for sums, are looked at.
    fn candidates(&self, classes: &[(u32, RowClass)]) -> BTreeSet<u32> {
        let data = classes
            .iter()
            .filter(|(_, class)| *class == RowClass::Data)
            .map(|(row, _)| *row);
        let people = data.clone().count();
        let beyond = |numbers: &[Option<f64>]| {
            numbers
                .iter()
                .flatten()
                .any(|number| *number > 1.0 || number.fract() > 0.0)
        };
        let bare: Vec<(u32, bool)> = data
            .filter_map(|row| Some((row, beyond(&self.numbers(row)?))))
            .collect();
        let numbered = bare.len() * 2 > people;
        let large = bare.iter().filter(|(_, beyond)| *beyond).count() * 2 > people;
        let may_be = |(row, beyond): &&(u32, bool)| {
            !numbered
                || if large {
                    !self.is_whole_name(*row)
                } else {
                    *beyond || self.is_named_so(*row)
                }
        };
        bare.iter().filter(may_be).map(|(row, _)| *row).collect()
    }

    fn is_session(&self, column: u16) -> bool {
        self.columns.binary_search(&column).is_ok()
    }

    /// Whether the label says that the row sums.
    fn is_named_so(&self, row: u32) -> bool {
        !self.is_whole_name(row) && self.vocabulary.names_sums(&self.label(row))
    }

    /// The numbers under the sessions of a row that has nothing else of a person: a label at most.
    fn numbers(&self, row: u32) -> Option<Vec<Option<f64>>> {
        let mut numbers = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            numbers.push(match self.grid.own(row, *column) {
                None => None,
                Some(Cell::Number(number)) => Some(*number),
                Some(Cell::Text(text)) if text.trim().is_empty() => None,
                Some(Cell::Text(text)) => Some(written(text)?),
                Some(_) => return None,
            });
        }
        numbers.iter().any(Option::is_some).then_some(())?;
        let first = *self.columns.first()?;
        let mut labels = 0;
        for (column, cell) in self.grid.cells(row).filter(|(column, _)| !self.is_session(*column)) {
            let known = self.block.columns.iter().find(|known| known.index == column);
            let role = known.and_then(|known| known.role);
            let text = text_of(cell);
            if role == Some(Role::DerivedTotal) || (role.is_none() && column > first && written(&text).is_some()) {
                continue;
            }
            labels += 1;
            if labels > 1 || text.chars().any(|c| c.is_ascii_digit()) {
                return None;
            }
        }
        Some(numbers)
    }

    /// Whether a row of numbers sums what stands above it.
    fn is_sum(&self, row: u32, part: &Part, all: &Part, after_sums: bool) -> bool {
        let Some(numbers) = self.numbers(row) else { return false };
        let whole_name = self.is_whole_name(row);
        let Some(marks) = all.marks() else { return false };
        let beyond = numbers.iter().flatten().any(|number| *number > 1.0);
        // A second row of numbers under sums, where people have marks: the absent, a rate, the staff.
        if after_sums && marks == Marks::Signs && !whole_name {
            return true;
        }
        let counts = |people: &Part| people.best(&numbers);
        let (matched, of) = counts(part).max(counts(all));
        // A person may be called by such a word, too; among ones and noughts the numbers must bear it out.
        let fits = marks == Marks::Signs || beyond || matched == of;
        if fits && self.is_named_so(row) {
            return true;
        }
        let least = match marks {
            Marks::Signs if of == 1 => return matched == 1 && beyond && !whole_name,
            Marks::Signs if !beyond && (whole_name || all.people < 2) => return false,
            Marks::Signs => (0..of).find(|some| *some as f64 >= of as f64 * MOSTLY).unwrap_or(of),
            // Among ones and noughts a row of ones may be a person's.
            Marks::Ones if !beyond && !numbers.iter().flatten().any(|number| number.fract() > 0.0) => return false,
            Marks::Ones if whole_name => of.max(BY_CHANCE + 1),
            Marks::Ones => of,
            // Hours and sums of hours look alike: only agreement in more columns than chance gives tells them apart.
            Marks::Numbers if whole_name || part.people.max(all.people) < 2 => return false,
            Marks::Numbers => of.max(BY_CHANCE + 1),
        };
        matched >= least.max(2)
    }

    fn label(&self, row: u32) -> String {
        let text = self.grid.cells(row).find_map(|(column, cell)| {
            let label = !self.is_session(column) && matches!(cell, Cell::Text(_));
            label.then(|| text_of(cell))
        });
        text.unwrap_or_default()
    }

    /// The first word of the label.
    fn first_word(&self, row: u32) -> String {
        self.label(row)
            .split_whitespace()
            .next()
            .map(vocabulary::normalise)
            .unwrap_or_default()
    }

    fn is_whole_name(&self, row: u32) -> bool {
        let mut cells = self.grid.cells(row).filter(|(column, _)| !self.is_session(*column));
        cells.any(|(_, cell)| text_of(cell).split_whitespace().count() > 1 && looks_like_name(cell, self.vocabulary))
    }
}

/// A number as written under a session, a rate too.
fn written(text: &str) -> Option<f64> {
    let text = text.trim();
    match text.strip_suffix('%') {
        Some(percent) => values::number(percent.trim()).map(|number| number / 100.0),
        None => values::number(text),
    }
}

/// What people of a register are marked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// Letters and signs alone.
    Signs,
    /// Ones and noughts.
    Ones,
    /// Hours, grades, counts.
    Numbers,
}

/// People that one row may sum.
struct Part {
    people: usize,
    columns: Vec<Column>,
}

/// What stands under one session.
#[derive(Default)]
struct Column {
    marks: BTreeMap<String, usize>,
    filled: usize,
    numbers: usize,
    beyond: usize,
    sum: f64,
}

impl Part {
    fn new(columns: usize) -> Self {
        Self {
            people: 0,
            columns: (0..columns).map(|_| Column::default()).collect(),
        }
    }

    fn add(&mut self, grid: &Grid, columns: &[u16], row: u32) {
        // A line of words alone heads a part and is nobody.
        self.people += usize::from(grid.cells(row).nth(1).is_some());
        for (tally, column) in self.columns.iter_mut().zip(columns) {
            let Some(text) = grid.own(row, *column).map(text_of).filter(|text| !text.is_empty()) else {
                continue;
            };
            tally.filled += 1;
            if let Some(number) = values::number(&text) {
                tally.numbers += 1;
                tally.beyond += usize::from(number > 1.0);
                tally.sum += number;
            }
            if text.len() <= LONGEST && (tally.marks.len() < MOST_MARKS || tally.marks.contains_key(&text)) {
                *tally.marks.entry(text).or_default() += 1;
            }
        }
    }

    /// `None` where nobody is marked yet.
    fn marks(&self) -> Option<Marks> {
        self.columns.iter().any(|column| column.filled > 0).then_some(())?;
        Some(if self.columns.iter().any(|column| column.beyond > 0) {
            Marks::Numbers
        } else if self.columns.iter().any(|column| column.numbers > 0) {
            Marks::Ones
        } else {
            Marks::Signs
        })
    }

    /// In how many columns the numbers count one and the same thing, and in how many they stand.
    fn best(&self, numbers: &[Option<f64>]) -> (usize, usize) {
        let of = numbers.iter().flatten().count();
        if self.people == 0 {
            return (0, of);
        }
        let mut marks: BTreeSet<&String> = self.columns.iter().flat_map(|column| column.marks.keys()).collect();
        while marks.len() > MOST_MARKS {
            marks.pop_last();
        }
        let count = |column: &Column, mark: &str| column.marks.get(mark).copied().unwrap_or_default() as f64;
        let mut best = self.agreeing(numbers, &|column| column.sum);
        best = best.max(self.agreeing(numbers, &|column| column.filled as f64));
        best = best.max(self.agreeing(numbers, &|column| (self.people - column.filled.min(self.people)) as f64));
        for mark in marks {
            best = best.max(self.agreeing(numbers, &|column| count(column, mark)));
            best = best.max(self.agreeing(numbers, &|column| column.filled as f64 - count(column, mark)));
        }
        (best, of)
    }

    /// In how many columns the numbers are these counts, or these counts as a rate of the people, or in percent.
    fn agreeing(&self, numbers: &[Option<f64>], counted: &dyn Fn(&Column) -> f64) -> usize {
        let people = self.people as f64;
        let scales = [(1.0, 0.01), (1.0 / people, ROUNDED), (100.0 / people, 100.0 * ROUNDED)];
        let agrees = |scale: f64, rounded: f64| {
            let pairs = self.columns.iter().zip(numbers);
            let pairs = pairs.filter_map(|(column, number)| Some((counted(column), (*number)?)));
            let same: Vec<f64> = pairs
                .filter(|(count, number)| (count * scale - number).abs() < rounded)
                .map(|(count, _)| count)
                .collect();
            // Noughts over nothing agree with everything.
            if same.iter().any(|count| *count > 0.0) {
                same.len()
            } else {
                0
            }
        };
        scales
            .into_iter()
            .map(|(scale, rounded)| agrees(scale, rounded))
            .max()
            .unwrap_or_default()
    }
}
