//! A table of something else under the people of a list: what was handed out, what it cost.
//!
//! Its headings stand under a blank row or a title, are words where figures or sexes stand above, and what stands below
//! them does not fit the columns of people.

use std::collections::BTreeMap;

use super::{RowClass, sections};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, is_blank, text_of};
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::persons::looks_like_name;
use crate::ingest::records::Reason;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{Role, Vocabulary, is_letter};
use crate::project::model::Layout;

/// Share of cells from which a column holds what they hold.
const MOSTLY: f64 = 0.8;
/// Fewest people above another table.
const FEWEST: usize = 2;
/// People looked at to tell what their columns hold.
const LOOKED_AT: usize = 60;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Made {
    Words,
    Figures,
    Sex,
}

/// What the columns of people hold.
struct People<'a> {
    grid: &'a Grid<'a>,
    names: &'a [u16],
    sex: Option<u16>,
    vocabulary: &'a Vocabulary,
    made: BTreeMap<u16, Made>,
}

/// Takes the rows of a table of something else for what they are; `names` are the columns that name a person.
pub(super) fn settle(
    grid: &Grid,
    block: &Block,
    names: &[u16],
    classes: &mut [(u32, RowClass)],
    vocabulary: &Vocabulary,
) -> Vec<Noted> {
    let mut noted = Vec::new();
    if block.layout == Layout::EventLog {
        return noted;
    }
    let mut at = 1;
    while at < classes.len() {
        let rows = parted(classes, at)
            .then(|| People::above(grid, block, names, &classes[..at], vocabulary))
            .flatten()
            .map_or(0, |people| people.other_table(&classes[at..]));
        if rows == 0 {
            at += 1;
            continue;
        }
        classes[at].1 = RowClass::Aside(Reason::Header);
        let below = &mut classes[at + 1..=at + rows];
        for (_, class) in below.iter_mut().filter(|(_, class)| may_be_somebody(*class)) {
            *class = RowClass::Aside(Reason::NoTable);
        }
        noted.push(Noted::at(Kind::OtherTable, classes[at].0, None).with("rows", rows));
        at += rows + 1;
    }
    noted
}

/// Whether a row stands under a blank one or under a line of words alone.
fn parted(classes: &[(u32, RowClass)], at: usize) -> bool {
    classes[at - 1].0 + 1 < classes[at].0 || classes[at - 1].1 == RowClass::Text
}

fn may_be_somebody(class: RowClass) -> bool {
    matches!(
        class,
        RowClass::Data | RowClass::Text | RowClass::Aside(Reason::NoPerson)
    )
}

impl<'a> People<'a> {
    /// What the columns above a row hold, where people stand there.
    fn above(
        grid: &'a Grid<'a>,
        block: &Block,
        names: &'a [u16],
        classes: &[(u32, RowClass)],
        vocabulary: &'a Vocabulary,
    ) -> Option<Self> {
        let rows = classes.iter().rev().filter(|(_, class)| *class == RowClass::Data);
        let rows: Vec<u32> = rows.map(|(row, _)| *row).take(LOOKED_AT).collect();
        let mut people = Self {
            grid,
            names,
            sex: block.column(Role::Sex),
            vocabulary,
            made: BTreeMap::new(),
        };
        for column in block.columns.iter().map(|column| column.index) {
            let made = people.made_mostly(column, &rows);
            people.made.extend(made.map(|made| (column, made)));
        }
        (rows.len() >= FEWEST).then_some(people)
    }

    fn made_mostly(&self, column: u16, rows: &[u32]) -> Option<Made> {
        let mut counts: BTreeMap<Made, usize> = BTreeMap::new();
        for made in rows.iter().filter_map(|row| self.made_of(*row, column)) {
            *counts.entry(made).or_default() += 1;
        }
        let filled: usize = counts.values().sum();
        let (made, most) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        let sure = filled >= FEWEST && filled * 2 >= rows.len() && most as f64 >= MOSTLY * filled as f64;
        sure.then_some(made)
    }

    /// What a cell is made of; `None` where it is blank or says that nothing is known.
    fn made_of(&self, row: u32, column: u16) -> Option<Made> {
        let cell = self.grid.own(row, column).filter(|cell| !is_blank(cell))?;
        let text = text_of(cell);
        if self.sex == Some(column) && self.vocabulary.sex(&text).is_some() {
            return Some(Made::Sex);
        }
        if self.vocabulary.is_missing(&text) {
            return None;
        }
        if text.chars().any(is_letter) {
            return Some(Made::Words);
        }
        text.chars().any(|c| c.is_ascii_digit()).then_some(Made::Figures)
    }

    /// Whether a cell of a row is something else than what stands above it.
    fn differs(&self, row: u32) -> bool {
        let mut known = self.made.iter();
        known.any(|(column, made)| self.made_of(row, *column).is_some_and(|own| own != *made))
    }

    /// How many rows of another table stand under the first row, which heads them; none where they are people.
    fn other_table(&self, rows: &[(u32, RowClass)]) -> usize {
        let Some(((heading, class), below)) = rows.split_first() else {
            return 0;
        };
        if !may_be_somebody(*class) || !self.is_heading(*heading) {
            return 0;
        }
        let (mut taken, mut from, mut differ) = (0, 0, true);
        while from < below.len() {
            let run = (from + 1..below.len()).find(|at| below[at - 1].0 + 1 < below[*at].0);
            let to = run.unwrap_or(below.len());
            let somebody = below[from..to].iter().filter(|(_, class)| may_be_somebody(*class));
            let rows: Vec<u32> = somebody.map(|(row, _)| *row).collect();
            let other = rows.iter().filter(|row| self.differs(**row)).count();
            if (other as f64) < MOSTLY * rows.len() as f64 || (taken == 0 && rows.is_empty()) {
                break;
            }
            differ &= other == rows.len() && other >= FEWEST;
            (taken, from) = (to, to);
        }
        if self.differs(*heading) || differ { taken } else { 0 }
    }

    /// Whether a row is words and nothing else, and names nobody.
    fn is_heading(&self, row: u32) -> bool {
        let is_words = |(_, cell): (u16, &Cell)| {
            let text = text_of(cell);
            text.chars().any(is_letter) && !text.chars().any(|c| c.is_ascii_digit())
        };
        // "Topic: | Stress" stands above the next list of the same kind.
        let several = self.grid.cells(row).nth(1).is_some() && !sections::is_labelled(self.grid, row, self.vocabulary);
        several && self.grid.cells(row).all(is_words) && !self.names_somebody(row)
    }

    /// Whether several words that could be a name stand in a column of names.
    fn names_somebody(&self, row: u32) -> bool {
        let mut named = self.names.iter().filter_map(|column| self.grid.own(row, *column));
        named.any(|cell| text_of(cell).split_whitespace().nth(1).is_some() && looks_like_name(cell, self.vocabulary))
    }
}
