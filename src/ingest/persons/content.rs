//! What a column holds, by what stands in it; and where a table begins that no heading announces.

use std::collections::BTreeSet;

use super::LAST_BIRTH_YEAR;
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::records::column_letters;
use crate::ingest::table::{Cell, Sheet, SheetRow};
use crate::ingest::vocabulary::{Vocabulary, is_letter, is_of_word};
use crate::project::model::Source;

/// Rows looked at to tell what a column holds.
const LOOKED_AT: usize = 2_000;
/// Share of cells from which a column holds what they hold.
const MOSTLY: f64 = 0.95;
/// The same for names, which are written in more ways.
const MOSTLY_NAMES: f64 = 0.8;
/// Fewest people of a log.
const FEWEST_PEOPLE: usize = 3;
/// Fewest people who come again and again to a list whose heading of names is not known.
const MANY_PEOPLE: usize = 12;
/// Most rows for each of them, on average: few who stand in very many rows are the staff.
const MOST_ROWS_EACH: usize = 40;
/// Share of rows up to which a person may stand right under herself.
const HARDLY: f64 = 0.05;
/// Letters of a small word inside a name.
const LONGEST_PARTICLE: usize = 3;
/// Most words of a name.
const LONGEST_NAME: usize = 5;
/// Years of birth.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=LAST_BIRTH_YEAR;
/// Number of the row of headings that a table without one is given.
pub(super) const NO_ROW: u32 = 0;

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DatePart {
    Year,
    Month,
    Day,
}

/// The rows of a table before they are sorted.
pub(super) struct Body<'g> {
    pub(super) grid: &'g Grid<'g>,
    rows: Vec<u32>,
}

impl<'g> Body<'g> {
    /// The rows after the headings and before `end`.
    pub(super) fn new(grid: &'g Grid<'g>, header_bottom: u32, end: u32) -> Self {
        let rows = grid.rows().iter().map(|row| row.number);
        Self {
            grid,
            rows: rows
                .filter(|row| *row > header_bottom && *row < end)
                .take(LOOKED_AT)
                .collect(),
        }
    }

    /// The filled cells of a column.
    pub(super) fn cells(&self, column: u16) -> impl Iterator<Item = &'g Cell> + '_ {
        let cells = self.rows.iter().filter_map(move |row| self.grid.own(*row, column));
        cells.filter(|cell| !text_of(cell).is_empty())
    }

    /// The columns that hold anything.
    pub(super) fn columns(&self) -> BTreeSet<u16> {
        let cells = self.rows.iter().flat_map(|row| self.grid.cells(*row));
        cells.map(|(column, _)| column).collect()
    }

    fn share(&self, column: u16, holds: impl Fn(&Cell) -> bool) -> f64 {
        let (mut filled, mut held) = (0_usize, 0_usize);
        for cell in self.cells(column) {
            filled += 1;
            held += usize::from(holds(cell));
        }
        held as f64 / filled.max(1) as f64
    }

    /// The part of a date that a column of whole numbers holds; a day shows by being above 12.
    pub(super) fn date_part(&self, column: u16) -> Option<DatePart> {
        let within = |range: std::ops::RangeInclusive<i32>| {
            self.share(column, |cell| whole(cell).is_some_and(|number| range.contains(&number))) >= MOSTLY
        };
        match () {
            () if within(YEARS) => Some(DatePart::Year),
            () if within(1..=12) => Some(DatePart::Month),
            () if within(1..=31) => Some(DatePart::Day),
            () => None,
        }
    }

    /// Whether a column could hold names: words of letters, mostly different from row to row.
    pub(super) fn could_be_names(&self, column: u16, vocabulary: &Vocabulary) -> bool {
        let mut texts: Vec<String> = self.cells(column).map(text_of).collect();
        let filled = texts.len();
        texts.sort_unstable();
        texts.dedup();
        filled * 2 > self.rows.len()
            && texts.len() * 2 > filled
            && self.share(column, |cell| looks_like_name(cell, vocabulary)) >= MOSTLY_NAMES
    }

    /// Whether a column holds the whole names of many people, however often each comes again: hardly anybody stands
    /// right under herself, as the names of those do who hold the sessions.
    pub(super) fn names_of_many(&self, column: u16, vocabulary: &Vocabulary) -> bool {
        let texts: Vec<String> = self.cells(column).map(text_of).collect();
        let again = texts.windows(2).filter(|two| two[0] == two[1]).count();
        let people = texts.iter().collect::<BTreeSet<_>>().len();
        texts.len() * 2 > self.rows.len()
            && people >= MANY_PEOPLE
            && people * MOST_ROWS_EACH >= texts.len()
            && again as f64 <= HARDLY * texts.len() as f64
            && self.several_words(column)
            && self.share(column, |cell| looks_like_name(cell, vocabulary)) >= MOSTLY_NAMES
    }

    /// Whether a column holds the whole names of a few people again and again, as a log does.
    pub(super) fn names_again(&self, column: u16, vocabulary: &Vocabulary) -> bool {
        let texts: BTreeSet<String> = self.cells(column).map(text_of).collect();
        texts.len() >= FEWEST_PEOPLE
            && self.several_words(column)
            && self.share(column, |cell| looks_like_name(cell, vocabulary)) >= MOSTLY
    }

    /// Whether most cells of a column hold several words.
    pub(super) fn several_words(&self, column: u16) -> bool {
        self.share(column, |cell| text_of(cell).split_whitespace().count() > 1) * 2.0 > 1.0
    }

    /// Whether a column of dates tells the minute of each row, as forms do: no session is meant.
    pub(super) fn is_stamped(&self, column: u16) -> bool {
        let mut times: Vec<String> = self.cells(column).filter_map(time_of).collect();
        let filled = times.len();
        times.sort_unstable();
        times.dedup();
        filled > 0 && self.share(column, |cell| time_of(cell).is_some()) >= MOSTLY_NAMES && times.len() * 2 > filled
    }
}

fn whole(cell: &Cell) -> Option<i32> {
    text_of(cell).parse().ok()
}

/// Day and time of a cell that holds more than a day.
fn time_of(cell: &Cell) -> Option<String> {
    match cell {
        Cell::DateTime { at, .. } if at.time() != chrono::NaiveTime::MIN => Some(at.to_string()),
        Cell::Text(text) if text.contains(':') && text.chars().any(|c| c.is_ascii_digit()) => Some(text.clone()),
        Cell::DateTime { .. }
        | Cell::Text(_)
        | Cell::Number(_)
        | Cell::Bool(_)
        | Cell::Error(_)
        | Cell::FormulaWithoutResult(_) => None,
    }
}

/// Words of letters that begin with a capital where their script has any, and no word that tables hold beside names.
pub(in crate::ingest) fn looks_like_name(cell: &Cell, vocabulary: &Vocabulary) -> bool {
    let Cell::Text(text) = cell else { return false };
    let letters = |c: char| is_of_word(c) || c.is_whitespace() || matches!(c, '\'' | '’' | 'ʼ' | '-' | '.' | ',');
    let mut words = text.split_whitespace();
    let capital = words
        .clone()
        .any(|word| word.chars().next().is_some_and(|c| is_letter(c) && !c.is_lowercase()));
    words.clone().count() <= LONGEST_NAME
        && capital
        && text.chars().all(letters)
        && words.all(begins_a_name)
        && vocabulary.sex(text).is_none()
        && vocabulary.category(text).is_none()
        && vocabulary.yes_no(text).is_none()
}

/// A word with a capital, or a short one such as "de" and "al" inside a name.
fn begins_a_name(word: &str) -> bool {
    let small = word.chars().next().is_none_or(char::is_lowercase);
    !small || word.chars().count() <= LONGEST_PARTICLE
}

/// A sheet whose first row is to be taken for headings, with a row of column letters where it has none.
pub(in crate::ingest) struct Plan {
    pub(in crate::ingest) sheet: Sheet,
    pub(in crate::ingest) source: Source,
}

/// How to read a sheet on which no table was recognised; `None` where nothing stands on it.
pub(in crate::ingest) fn plan(sheet: &Sheet, source: &Source, vocabulary: &Vocabulary) -> Option<Plan> {
    let grid = Grid::new(sheet);
    let first = grid
        .rows()
        .iter()
        .map(|row| row.number)
        .find(|row| grid.cells(*row).count() > 1)
        .or_else(|| grid.rows().first().map(|row| row.number))?;
    let mut plan = Plan {
        sheet: sheet.clone(),
        source: source.clone(),
    };
    plan.source.header_row = Some(first);
    if is_data(&grid, first, vocabulary) {
        plan.source.header_row = Some(NO_ROW);
        let columns = sheet
            .rows
            .iter()
            .filter_map(|row| row.cells.last())
            .map(|(column, _)| *column);
        let cells = (0..=columns.max()?).map(|column| (column, Cell::Text(column_letters(column))));
        plan.sheet.rows.insert(
            0,
            SheetRow {
                number: NO_ROW,
                cells: cells.collect(),
            },
        );
    }
    Some(plan)
}

/// What the first filled row of a sheet says.
pub(in crate::ingest) fn first_row(sheet: &Sheet) -> Vec<String> {
    let grid = Grid::new(sheet);
    let rows = grid.rows().iter().map(|row| row.number);
    let row = rows
        .clone()
        .find(|row| grid.cells(*row).count() > 1)
        .or_else(|| rows.clone().next());
    row.map(|row| grid.cells(row).map(|(_, cell)| text_of(cell)).collect())
        .unwrap_or_default()
}

/// Whether a row is data rather than headings: it holds numbers or dates, and none of its words is a heading.
fn is_data(grid: &Grid, row: u32, vocabulary: &Vocabulary) -> bool {
    let mut typed = false;
    for (_, cell) in grid.cells(row) {
        let text = text_of(cell);
        if !vocabulary.header(&text).is_empty() && !text.chars().any(|c| c.is_ascii_digit()) {
            return false;
        }
        typed |= !matches!(cell, Cell::Text(_))
            || text.chars().all(|c| !c.is_alphabetic())
            || !matches!(dates::read_text(&text, None), DateReading::None);
    }
    typed
}
