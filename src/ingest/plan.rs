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

/// The day of each session.
pub(crate) type Plan = BTreeMap<Label, NaiveDate>;

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
    let mut held = own.iter().filter(|plan| !plan.is_empty());
    let only = held.next().filter(|_| held.next().is_none());
    let of_workbook = only.cloned().unwrap_or_default();
    let held = |plan: &Plan| {
        if plan.is_empty() {
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
        return Plan::new();
    }
    let grid = Grid::new(sheet);
    let mut lines: Vec<(Label, NaiveDate)> = Vec::new();
    let mut columns: BTreeMap<(u16, bool), Vec<(Label, NaiveDate)>> = BTreeMap::new();
    for row in grid.rows() {
        let cells: Vec<(u16, &Cell)> = grid.cells(row.number).collect();
        for (_, cell) in &cells {
            if let Cell::Text(text) = cell {
                lines.extend(parts(text).iter().filter_map(|part| entry(part)));
            }
        }
        for two in cells.windows(2) {
            if let Some(found) = number(two[0].1).zip(whole_day(two[1].1)) {
                let bare = text_of(two[0].1).parse::<u32>().is_ok();
                columns.entry((two[0].0, bare)).or_default().push(found);
            }
        }
    }
    if let Some(plan) = in_order(&lines) {
        return plan;
    }
    // Numbers beside days number the lines of a list as well.
    let people = names_people(&grid, vocabulary);
    let plans = columns.iter().filter(|((_, bare), _)| !(*bare && people));
    let mut plans = plans.filter_map(|(_, entries)| in_order(entries));
    plans.next().filter(|_| plans.next().is_none()).unwrap_or_default()
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
fn in_order(entries: &[(Label, NaiveDate)]) -> Option<Plan> {
    let plan: Plan = entries.iter().cloned().collect();
    let days: Vec<&NaiveDate> = plan.values().collect();
    let rises = days.windows(2).all(|two| two[0] <= two[1]);
    (plan.len() > 1 && plan.len() == entries.len() && rises).then_some(plan)
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
pub(crate) fn labelled(text: &str) -> Option<Label> {
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
