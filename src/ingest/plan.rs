//! Plans: the days of numbered sessions where they stand apart from their register, on another sheet ("Session no. |
//! Date | Topic") or in lines below it ("S1 = 06.04.2026").

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::dates::{self, DateReading};
use super::grid::{Grid, text_of, trim};
use super::layout::PERSON;
use super::table::{Cell, Sheet};
use super::vocabulary::{self, Vocabulary};

/// How a session is numbered: the word beside its number, normalised, which may be none.
pub(crate) type Label = (String, u32);

/// A session's day with its 1-based row.
type Entry = (u32, (Label, NaiveDate));

/// The days of numbered sessions, and where they stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Plan {
    /// The day of each session.
    pub(crate) days: BTreeMap<Label, NaiveDate>,
    /// 1-based row of the first of them.
    pub(crate) row: u32,
    /// The sheet on which they stand, where it is not that of the register.
    pub(crate) sheet: Option<String>,
    /// What heads numbers that stand without a word, normalised; none where the words stand beside them.
    heading: Option<String>,
    /// Whether the heading is a word for sessions.
    of_sessions: bool,
}

impl Plan {
    /// The day of a session's column; a number without a word is taken for that of any session.
    pub(crate) fn day(&self, written: &str) -> Option<NaiveDate> {
        let bare = |number: u32| (String::new(), number);
        let label = written.parse().ok().map(bare).or_else(|| labelled(written))?;
        let of_number = || self.days.get(&bare(label.1));
        self.days.get(&label).or_else(of_number).copied()
    }

    /// Whether the plan is that of columns headed so: numbers that nothing calls sessions may number anything, such as
    /// the events of a log, unless there are as many of them.
    pub(crate) fn fits<'a>(&self, mut headers: impl ExactSizeIterator<Item = &'a str>) -> bool {
        let Some(heading) = &self.heading else { return true };
        let called = |header: &str| {
            labelled(header).is_some_and(|(word, _)| heading.split(' ').any(|other| other == word) || *heading == word)
        };
        self.of_sessions || headers.len() == self.days.len() || headers.all(called)
    }

    /// Whether the days stand at the register itself, under the very words of its columns.
    pub(crate) fn is_certain(&self) -> bool {
        self.sheet.is_none() && self.heading.is_none()
    }
}

/// Rows in which the headings of a plan are looked for.
const LOOKED_AT: usize = 20;
/// Rows of the longest sheet that is searched for a plan.
const LONGEST: usize = 500;
/// Letters of the longest word before a session's number.
const LONGEST_LABEL: usize = 24;
/// The highest number of a session.
const MOST_SESSIONS: u32 = 200;

/// The plan that holds on each sheet: its own, else that of the only other sheet that has one.
pub(crate) fn of_sheets(sheets: &[Sheet], vocabulary: &Vocabulary) -> Vec<Plan> {
    let own: Vec<Plan> = sheets.iter().map(|sheet| of_sheet(sheet, vocabulary)).collect();
    let mut held = own.iter().zip(sheets).filter(|(plan, _)| !plan.days.is_empty());
    let only = held.next().filter(|_| held.next().is_none());
    let of_workbook = only.map_or_else(Plan::default, |(plan, sheet)| Plan {
        sheet: Some(sheet.name.clone()),
        ..plan.clone()
    });
    let held = |plan: &Plan| {
        if plan.days.is_empty() {
            of_workbook.clone()
        } else {
            plan.clone()
        }
    };
    own.iter().map(held).collect()
}

/// Whether a text is a line of a plan and nothing else.
pub(crate) fn is_line(text: &str) -> bool {
    let parts = parts(text);
    !parts.is_empty() && parts.iter().all(|part| entry(part).is_some())
}

/// Whether a row is a label of a session and its day, and nothing else.
pub(crate) fn is_row(grid: &Grid, row: u32) -> bool {
    let cells: Vec<&Cell> = grid.cells(row).map(|(_, cell)| cell).collect();
    let [Cell::Text(label), day] = cells[..] else {
        return false;
    };
    labelled(trim(label)).is_some() && whole_day(day).is_some()
}

fn of_sheet(sheet: &Sheet, vocabulary: &Vocabulary) -> Plan {
    if sheet.rows.len() > LONGEST {
        return Plan::default();
    }
    let grid = Grid::new(sheet);
    let mut lines: Vec<Entry> = Vec::new();
    let mut columns: BTreeMap<(u16, bool), Vec<Entry>> = BTreeMap::new();
    for row in grid.rows() {
        let cells: Vec<(u16, &Cell)> = grid.cells(row.number).collect();
        for (_, cell) in &cells {
            if let Cell::Text(text) = cell {
                let entries = parts(text).into_iter().filter_map(entry);
                lines.extend(entries.map(|entry| (row.number, entry)));
            }
        }
        for two in cells.windows(2) {
            if let Some(found) = number(two[0].1).zip(whole_day(two[1].1)) {
                let bare = text_of(two[0].1).parse::<u32>().is_ok();
                columns.entry((two[0].0, bare)).or_default().push((row.number, found));
            }
        }
    }
    if let Some(plan) = in_order(&lines) {
        return plan;
    }
    // Numbers beside days number the lines of a list as well.
    let people = names_people(&grid, vocabulary);
    let plans = columns.iter().filter(|((_, bare), _)| !(*bare && people));
    let mut plans = plans.filter_map(|((column, bare), entries)| {
        let plan = in_order(entries)?;
        Some(if *bare {
            plan.headed(&grid, *column, vocabulary)
        } else {
            plan
        })
    });
    plans.next().filter(|_| plans.next().is_none()).unwrap_or_default()
}

impl Plan {
    /// With what stands above its first number.
    fn headed(self, grid: &Grid, column: u16, vocabulary: &Vocabulary) -> Self {
        let heading = grid.text(self.row.saturating_sub(1), column);
        Self {
            of_sessions: heading
                .split(|c: char| !c.is_alphabetic())
                .any(|word| vocabulary.numbers_sessions(word)),
            heading: Some(vocabulary::normalise(&heading)),
            ..self
        }
    }
}

fn names_people(grid: &Grid, vocabulary: &Vocabulary) -> bool {
    let mut cells = grid
        .rows()
        .iter()
        .take(LOOKED_AT)
        .flat_map(|row| grid.cells(row.number));
    cells.any(|(_, cell)| {
        let roles = vocabulary.header(&text_of(cell));
        roles.iter().any(|role| PERSON.contains(role))
    })
}

/// Entries as a plan, where there are several, each of a number of its own, and later ones come later.
fn in_order(entries: &[Entry]) -> Option<Plan> {
    let days: BTreeMap<Label, NaiveDate> = entries.iter().map(|(_, entry)| entry.clone()).collect();
    let in_order: Vec<&NaiveDate> = days.values().collect();
    let rises = in_order.windows(2).all(|two| two[0] <= two[1]);
    let (row, _) = entries.first()?;
    (days.len() > 1 && days.len() == entries.len() && rises).then_some(Plan {
        days,
        row: *row,
        ..Plan::default()
    })
}

fn parts(text: &str) -> Vec<&str> {
    let parts = text.split([';', '\n', ',']).map(trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// "S1 = 06.04.2026", "Session 2: 12 March 2026", "Заняття 3 – 19.02.2026".
fn entry(text: &str) -> Option<(Label, NaiveDate)> {
    let (label, day) = text
        .split_once(['=', ':', '–', '—'])
        .or_else(|| text.split_once(" - "))?;
    let DateReading::Day(day) = dates::read_text(trim(day), None) else {
        return None;
    };
    Some((labelled(trim(label))?, day))
}

/// The label of a session in a cell of its own: a bare number, or one beside a word.
fn number(cell: &Cell) -> Option<Label> {
    let text = text_of(cell);
    let bare = text.parse().ok().filter(|number| (1..=MOST_SESSIONS).contains(number));
    let bare = bare.map(|number| (String::new(), number));
    match cell {
        Cell::Number(_) => bare,
        Cell::Text(_) => bare.or_else(|| labelled(&text)),
        Cell::DateTime { .. } | Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => None,
    }
}

/// A number with a word: "S1", "Session 2", "3 заняття".
fn labelled(text: &str) -> Option<Label> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let word = text.trim_matches(|c: char| c.is_ascii_digit());
    let whole = word.len() + digits.len() == text.len();
    let short = word.chars().count() <= LONGEST_LABEL && word.chars().any(char::is_alphabetic);
    let number = digits
        .parse()
        .ok()
        .filter(|number| (1..=MOST_SESSIONS).contains(number));
    let label = number.map(|number| (vocabulary::normalise(word), number));
    label.filter(|_| whole && short)
}

fn whole_day(cell: &Cell) -> Option<NaiveDate> {
    match dates::read(cell, None) {
        DateReading::Day(day) if !matches!(cell, Cell::Number(_)) => Some(day),
        _ => None,
    }
}
