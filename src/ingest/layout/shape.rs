//! Signs of a header that no vocabulary knows: a run of days or of numbered sessions with marks under it, and a
//! column of names beside it.
//!
//! Whatever a register's headings say and in whatever language, its shape says that it is one.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveTime};

use super::crossed;
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{Grid, is_blank, text_of, trim};
use crate::ingest::lately::Lately;
use crate::ingest::persons::looks_like_name;
use crate::ingest::table::{Cell, SheetRow};
use crate::ingest::vocabulary::{self, Vocabulary, is_letter};

/// Rows looked at under a row that may be a header.
const LOOKED_AT: usize = 40;
/// Longest heading that is read for a day or a number.
const LONGEST_HEADING: usize = 60;
/// Longest ending of an ordinal: "1st", "2-га", "3ème", "2-ième".
const LONGEST_ENDING: usize = 5;
/// Longest mark that no vocabulary has to know.
const LONGEST_MARK: usize = 3;
/// Largest number that can be a mark: hours, points or a grade.
const LARGEST_MARK: f64 = 100.0;
/// Share of cells from which a column holds what they hold.
const MOSTLY: f64 = 0.8;
/// Fewest session columns that make a header where no heading names people.
const FEWEST_ALONE: usize = 2;
/// The same for numbers, which stand in rows of data, too.
const FEWEST_NUMBERS: usize = 3;
/// Fewest columns of a table told by its types.
const FEWEST_TYPED: usize = 2;

/// What a cell of a header says of a session.
#[derive(Debug, Clone, PartialEq)]
enum Sign {
    Day,
    /// A number that can be a day of a month, or a session's.
    Bare(u32),
    /// A number with words: "Session 3", "S3".
    Numbered(String, u32),
}

/// The session columns of a row that may be a header.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Axis {
    /// Columns, in order.
    pub(super) columns: Vec<u16>,
    /// Whether days or words stand over them, rather than bare numbers.
    pub(super) certain: bool,
}

/// Signs of sessions met along a row or down a column, by where they stand.
#[derive(Debug, Default)]
pub(super) struct Run {
    signs: Vec<(u32, Sign)>,
}

impl Run {
    /// Takes a cell in, where it tells a session.
    pub(super) fn add(&mut self, at: u32, cell: &Cell) {
        self.signs.extend(sign(cell).map(|sign| (at, sign)));
    }

    /// Where the sessions stand: days, else numbered headings of one series, else rising numbers.
    pub(super) fn longest(self) -> Vec<u32> {
        self.into_axis().0
    }

    /// Where the sessions stand, and whether days or words say so rather than bare numbers.
    fn into_axis(self) -> (Vec<u32>, bool) {
        let days = self.signs.iter().filter(|(_, sign)| *sign == Sign::Day).count();
        if days > 0 {
            let wanted = |sign: &Sign| match sign {
                Sign::Day => true,
                Sign::Bare(_) => days > 1,
                Sign::Numbered(..) => false,
            };
            let places = self.signs.iter().filter(|(_, sign)| wanted(sign));
            return (places.map(|(at, _)| *at).collect(), true);
        }
        if let Some(series) = self.series() {
            return (series, true);
        }
        (self.numbers().unwrap_or_default(), false)
    }

    /// The longest series of numbered headings with the same words.
    fn series(&self) -> Option<Vec<u32>> {
        let mut series: BTreeMap<&str, Vec<(u32, u32)>> = BTreeMap::new();
        for (at, sign) in &self.signs {
            if let Sign::Numbered(words, number) = sign {
                series.entry(words).or_default().push((*at, *number));
            }
        }
        let rising = |run: &[(u32, u32)]| run.windows(2).all(|two| two[0].1 < two[1].1);
        let runs = series.into_values().filter(|run| run.len() > 1 && rising(run));
        let longest = runs.max_by_key(Vec::len)?;
        Some(longest.into_iter().map(|(at, _)| at).collect())
    }

    /// Bare numbers that rise as days of a month do, falling back only where a month begins.
    fn numbers(&self) -> Option<Vec<u32>> {
        let bare: Vec<(u32, u32)> = self
            .signs
            .iter()
            .filter_map(|(at, sign)| match sign {
                Sign::Bare(number) => Some((*at, *number)),
                Sign::Day | Sign::Numbered(..) => None,
            })
            .collect();
        let falls = bare.windows(2).filter(|two| two[0].1 > two[1].1).count();
        let repeats = bare.windows(2).any(|two| two[0].1 == two[1].1);
        let run = bare.len() >= FEWEST_NUMBERS && !repeats && falls * 4 <= bare.len();
        run.then(|| bare.into_iter().map(|(at, _)| at).collect())
    }
}

/// Texts whose signs are remembered.
const REMEMBERED: usize = 1024;

/// What texts met lately say of a session.
pub(super) struct Signs<'t>(Lately<'t, Option<Sign>>);

impl Default for Signs<'_> {
    fn default() -> Self {
        Self(Lately::new(REMEMBERED))
    }
}

/// The session columns of a row.
pub(super) fn axis(grid: &Grid, row: u32) -> Axis {
    axis_of(grid, row, sign)
}

fn axis_of<'g>(grid: &Grid<'g>, row: u32, mut sign: impl FnMut(&'g Cell) -> Option<Sign>) -> Axis {
    let mut run = Run::default();
    for (column, cell) in grid.cells(row) {
        run.signs.extend(sign(cell).map(|sign| (u32::from(column), sign)));
    }
    let (columns, certain) = run.into_axis();
    Axis {
        columns: columns
            .into_iter()
            .filter_map(|column| u16::try_from(column).ok())
            .collect(),
        certain,
    }
}

/// Whether a cell tells a day, or a number that can be one.
pub(super) fn tells_day(cell: &Cell) -> bool {
    matches!(sign(cell), Some(Sign::Day | Sign::Bare(_)))
        || matches!(dates::read(cell, None), DateReading::Month { .. })
}

fn sign(cell: &Cell) -> Option<Sign> {
    match cell {
        Cell::DateTime { at, .. } if at.time() != NaiveTime::MIN => None,
        Cell::Text(text) => sign_of_text(trim(text)),
        Cell::Number(number) if number.fract().abs() > f64::EPSILON => None,
        Cell::DateTime { .. } | Cell::Number(_) => sign_of_date(&dates::read(cell, None)),
        Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => None,
    }
}

fn sign_of_date(reading: &DateReading) -> Option<Sign> {
    match reading {
        DateReading::Day(_)
        | DateReading::DayMonth { .. }
        | DateReading::Ambiguous { .. }
        | DateReading::Impossible(_) => Some(Sign::Day),
        DateReading::DayOnly(number) => Some(Sign::Bare(*number)),
        DateReading::Month { .. } | DateReading::Year(_) | DateReading::None => None,
    }
}

/// Whether a text has a digit; a colon tells a time of the day, and so a moment rather than a session.
fn could_be_sign(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(':')
}

fn sign_of_text(text: &str) -> Option<Sign> {
    if text.len() > LONGEST_HEADING || !could_be_sign(text) {
        return None;
    }
    if let Ok(number) = text.parse::<u32>() {
        return (1..=31).contains(&number).then_some(Sign::Bare(number));
    }
    let read = sign_of_date(&dates::read_text(text, None));
    read.or_else(|| {
        let inside = dates::find_in_text(text);
        inside.iter().find_map(sign_of_date)
    })
    .or_else(|| numbered(text))
}

/// Words with one short number before or behind them.
fn numbered(text: &str) -> Option<Sign> {
    let digits = |c: char| c.is_ascii_digit();
    let (words, number) = match text.trim_end_matches(digits) {
        words if words.len() < text.len() => (words, &text[words.len()..]),
        _ => {
            let words = text.trim_start_matches(digits);
            (without_ending(words), &text[..text.len() - words.len()])
        }
    };
    let number = number.parse().ok().filter(|number| *number < 100)?;
    let said = |c: char| is_letter(c) || matches!(c, '№' | '#');
    let plain = words.contains(said) && !words.contains(digits);
    plain.then(|| Sign::Numbered(vocabulary::normalise(words), number))
}

/// What follows an ordinal whose ending is written at its number: " visit" of "st visit".
fn without_ending(words: &str) -> &str {
    let at = words.find(char::is_whitespace).unwrap_or(0);
    if words[..at].chars().count() <= LONGEST_ENDING {
        &words[at..]
    } else {
        words
    }
}

/// The rows looked at under a row.
fn below<'g>(grid: &'g Grid, row: u32) -> impl Iterator<Item = u32> + Clone + 'g {
    let rows = grid.rows_between(row.saturating_add(1), u32::MAX).iter();
    rows.map(|row| row.number).take(LOOKED_AT)
}

/// Whether marks stand under the columns of a row; `None` where nothing does.
pub(super) fn marks_under(grid: &Grid, row: u32, columns: &[u16], vocabulary: &Vocabulary) -> Option<bool> {
    let (mut filled, mut marks) = (0_usize, 0_usize);
    let most = LOOKED_AT * columns.len();
    for row in below(grid, row) {
        for cell in columns.iter().filter_map(|column| grid.own(row, *column)) {
            if !is_blank(cell) {
                filled += 1;
                marks += usize::from(is_mark_like(cell, vocabulary));
            }
        }
        // If everything else were marks, they would still be too few.
        if (filled - marks) as f64 > (1.0 - MOSTLY) * most as f64 + 1.0 {
            return Some(false);
        }
    }
    (filled > 0).then_some(marks as f64 >= MOSTLY * filled as f64)
}

/// Whether a cell is short as a mark is.
pub(super) fn is_mark_like(cell: &Cell, vocabulary: &Vocabulary) -> bool {
    match cell {
        Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => true,
        Cell::Number(number) => (0.0..=LARGEST_MARK).contains(number),
        // A time without a day is when somebody came.
        Cell::DateTime { at, .. } => at.year() < 1900,
        Cell::Text(text) => {
            let text = trim(text);
            text.chars().nth(LONGEST_MARK).is_none()
                || vocabulary.mark(text).is_some()
                || vocabulary.yes_no(text).is_some()
        }
    }
}

/// The one column under a row that holds names: the last before the first session, else the first behind the last.
pub(super) fn names_under(grid: &Grid, row: u32, axis: &[u16], vocabulary: &Vocabulary) -> Option<u16> {
    let mut columns: BTreeMap<u16, Vec<&Cell>> = BTreeMap::new();
    for row in below(grid, row) {
        for (column, cell) in grid.cells(row) {
            columns.entry(column).or_default().push(cell);
        }
    }
    let mut holding: Vec<u16> = columns
        .iter()
        .filter(|(column, cells)| axis.binary_search(column).is_err() && are_names(cells, vocabulary))
        .map(|(column, _)| *column)
        .collect();
    let first = axis.first().copied().unwrap_or(u16::MAX);
    let behind = holding.iter().copied().find(|column| *column > first);
    holding.retain(|column| *column < first);
    holding.first().copied().or(behind)
}

fn are_names(cells: &[&Cell], vocabulary: &Vocabulary) -> bool {
    let names = cells.iter().filter(|cell| looks_like_name(cell, vocabulary)).count();
    let mut texts: Vec<&str> = cells
        .iter()
        .filter_map(|cell| match cell {
            Cell::Text(text) => Some(trim(text)),
            _ => None,
        })
        .collect();
    texts.sort_unstable();
    texts.dedup();
    let long = texts
        .iter()
        .filter(|text| text.chars().nth(LONGEST_MARK).is_some())
        .count();
    names >= 2 && names as f64 >= MOSTLY * cells.len() as f64 && texts.len() * 2 > cells.len() && long * 2 > texts.len()
}

/// The column of names of a row that heads sessions, though no heading of it names people.
pub(super) fn heads_names<'g>(
    grid: &Grid<'g>,
    row: u32,
    vocabulary: &Vocabulary,
    signs: &mut Signs<'g>,
) -> Option<u16> {
    let axis = axis_of(grid, row, |cell| match cell {
        // Most texts without a figure are told quicker than they are found.
        Cell::Text(text) if could_be_sign(text) => signs.0.of(text, |_| sign(cell)).clone(),
        Cell::Text(_) => None,
        _ => sign(cell),
    });
    let fewest = if axis.certain { FEWEST_ALONE } else { FEWEST_NUMBERS };
    if axis.columns.len() < fewest {
        return None;
    }
    let marked = marks_under(grid, row, &axis.columns, vocabulary);
    if !marked.unwrap_or(axis.certain) {
        return None;
    }
    // Under a header stands no further row of days or numbers like it.
    let again = below(grid, row)
        .take(4)
        .filter(|row| self::axis(grid, *row).columns.len() * 2 > axis.columns.len())
        .count();
    if again > 1 {
        return None;
    }
    names_under(grid, row, &axis.columns, vocabulary).filter(|names| {
        // The name of somebody would stand where the heading of names does.
        let heading = grid.own(row, *names);
        if is_numbered(grid, row, *names) {
            return false;
        }
        axis.certain || !heading.is_some_and(|cell| is_whole_name(cell, vocabulary))
    })
}

/// Whether a row holds a number, and the two below it the next, before some column: it is a row of people.
fn is_numbered(grid: &Grid, row: u32, before: u16) -> bool {
    let number = |row: u32, column: u16| {
        text_of(grid.own(row, column)?)
            .trim_end_matches(['.', ')'])
            .parse::<u32>()
            .ok()
    };
    let follows = |column: u16, by: u32| {
        let below = number(row.checked_add(by)?, column)?;
        Some(number(row, column)?.checked_add(by)? == below)
    };
    (0..before).any(|column| (1..=2).all(|by| follows(column, by) == Some(true)))
}

/// Several words that could be a name.
fn is_whole_name(cell: &Cell, vocabulary: &Vocabulary) -> bool {
    matches!(cell, Cell::Text(text) if text.split_whitespace().nth(1).is_some()) && looks_like_name(cell, vocabulary)
}

/// Whether a row has the types of the row before it, and so continues a table rather than heading one.
pub(super) fn continues(before: &SheetRow, row: &SheetRow) -> bool {
    let alike = row.cells.iter().filter(|(column, cell)| {
        let above = before.get(*column);
        above.is_some_and(|above| Kind::of(above) == Kind::of(cell))
    });
    row.cells.len() <= 2 || alike.count() * 5 >= row.cells.len() * 4
}

/// What a cell is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Words,
    Figures,
    Date,
    Other,
}

impl Kind {
    fn of(cell: &Cell) -> Self {
        match cell {
            Cell::Text(text) if text.chars().any(is_letter) => Kind::Words,
            Cell::Text(_) | Cell::Number(_) => Kind::Figures,
            Cell::DateTime { .. } => Kind::Date,
            Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => Kind::Other,
        }
    }
}

/// Words, or an age without one: "60+", "0-17".
pub(super) fn is_heading_like(cell: &Cell) -> bool {
    Kind::of(cell) == Kind::Words || matches!(cell, Cell::Text(text) if is_band(trim(text)))
}

/// Whether a text is one or two ages with a sign of a band: "0-17", "60+", "<18".
fn is_band(text: &str) -> bool {
    let of_band = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '—' | '+' | '<' | '>' | '≥' | '≤' | ' ');
    let mut ages = text.split(|c: char| !c.is_ascii_digit()).filter(|age| !age.is_empty());
    let (first, second, more) = (ages.next(), ages.next(), ages.next());
    let short = [first, second].into_iter().flatten().all(|age| age.len() <= 2);
    let signed = text.contains(|c: char| !c.is_ascii_digit() && c != ' ');
    text.chars().all(of_band) && first.is_some() && more.is_none() && short && signed && !text.starts_with('-')
}

/// Whether a row of words stands over columns that hold one kind of thing each, figures or dates in several.
pub(super) fn heads_typed_columns(grid: &Grid, row: u32) -> bool {
    let headings: Vec<u16> = grid.cells(row).map(|(column, _)| column).collect();
    // Ages stand over columns of heads as words do: "60+".
    let band = |cell: &Cell| matches!(cell, Cell::Text(text) if crossed::ages(trim(text)).is_some());
    if !grid
        .cells(row)
        .all(|(_, cell)| Kind::of(cell) == Kind::Words || is_heading_like(cell) || band(cell))
    {
        return false;
    }
    let (mut filled, mut same, mut typed) = (0_usize, 0_usize, 0_usize);
    for column in headings {
        let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
        for cell in below(grid, row).filter_map(|row| grid.own(row, column)) {
            if !is_blank(cell) {
                *kinds.entry(Kind::of(cell)).or_default() += 1;
            }
        }
        let cells: usize = kinds.values().sum();
        let Some((kind, most)) = kinds.into_iter().max_by_key(|(_, count)| *count) else {
            continue;
        };
        filled += 1;
        if most as f64 >= MOSTLY * cells as f64 {
            same += 1;
            typed += usize::from(matches!(kind, Kind::Figures | Kind::Date));
        }
    }
    typed >= FEWEST_TYPED && same as f64 >= MOSTLY * filled as f64
}
