//! Every place of a good file that can be garbled, and the ways to garble each.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use tallyframe::ingest::dates::{self, DateReading};
use tallyframe::ingest::findings::Kind;
use tallyframe::ingest::records::{Fate, Reason};
use tallyframe::ingest::table::{Cell, Sheet};
use tallyframe::ingest::vocabulary;

use crate::cells::{self, Shift};
use crate::law::{Garble, Target, Touch};
use crate::reading::Door;
use crate::rows;

/// What stands where on a sheet, as the good file was read.
pub(crate) struct Anatomy<'a> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) number: u16,
    /// Rows of headings.
    pub(crate) headings: Vec<u32>,
    /// Rows that count.
    pub(crate) body: Vec<u32>,
    /// Columns that are sessions, with the row that heads them.
    pub(crate) sessions: Vec<(u32, u16)>,
    /// Whether some rows say that somebody was absent.
    pub(crate) has_absent: bool,
    /// Cells that name somebody.
    pub(crate) names: BTreeSet<(u32, u16)>,
}

impl<'a> Anatomy<'a> {
    pub(crate) fn of(door: &'a Door, number: u16) -> Self {
        let records = &door.records;
        let rows = || records.rows.iter().filter(|row| row.place.sheet == number);
        let kept = |wanted: fn(Fate) -> bool| -> Vec<u32> {
            let kept: BTreeSet<u32> = rows().filter(|row| wanted(row.fate)).map(|row| row.place.row).collect();
            kept.into_iter().collect()
        };
        let headings = kept(|fate| fate == Fate::SetAside(Reason::Header));
        let places = records.sessions.iter().flat_map(|session| &session.places);
        let sessions: BTreeSet<(u32, u16)> = places
            .filter(|place| place.sheet == number && headings.contains(&place.row))
            .filter_map(|place| Some((place.row, place.column?)))
            .collect();
        let names = records.mentions.iter().map(|mention| mention.place);
        Self {
            sheet: &door.good.workbook.sheets[usize::from(number)],
            number,
            headings,
            body: kept(|fate| matches!(fate, Fate::Counted | Fate::SetAside(Reason::Absent | Reason::NeverCame))),
            sessions: sessions.into_iter().collect(),
            has_absent: rows().any(|row| row.fate == Fate::SetAside(Reason::Absent)),
            names: names
                .filter(|place| place.sheet == number)
                .filter_map(|place| Some((place.row, place.column?)))
                .collect(),
        }
    }

    /// Filled cells of rows.
    fn filled(&self, rows: &[u32]) -> Vec<(u32, u16, &Cell)> {
        let lines = self.sheet.rows.iter().filter(|line| rows.contains(&line.number));
        lines
            .flat_map(|line| line.cells.iter().map(|(column, cell)| (line.number, *column, cell)))
            .collect()
    }
}

/// All ways to garble a file, at so many places of each kind.
pub(crate) fn garbles(door: &Door, places: usize, offset: usize) -> Vec<Garble> {
    let mut all = Vec::new();
    for number in (0..).take(door.good.workbook.sheets.len()) {
        let anatomy = Anatomy::of(door, number);
        headings(&anatomy, &mut all);
        marks(door, &anatomy, places, offset, &mut all);
        body(door, &anatomy, places, offset, &mut all);
        rows::garbles(door, &anatomy, places, offset, &mut all);
    }
    all
}

/// Some of many, evenly spread.
pub(crate) fn some<T>(all: Vec<T>, at_most: usize, offset: usize) -> Vec<T> {
    let step = all.len().div_ceil(at_most.max(1)).max(1);
    all.into_iter().skip(offset % step).step_by(step).collect()
}

/// A cell that gets another content.
fn cell(anatomy: &Anatomy, kind: &str, (row, column): (u32, u16), new: Option<Cell>, touch: Touch) -> Garble {
    let letters = tallyframe::ingest::records::column_letters(column);
    Garble {
        name: format!(
            "{kind}, sheet {} {letters}{row}: {}",
            anatomy.number + 1,
            shown(new.as_ref())
        ),
        sheet: anatomy.number,
        change: Box::new(move |sheet| cells::set(sheet, row, column, new.clone())),
        target: Target::Cell(row, column),
        shift: Shift::None,
        touch,
        must_be_said: false,
    }
}

fn shown(cell: Option<&Cell>) -> String {
    cell.map_or_else(|| "blank".to_owned(), crate::support::write::shown)
}

fn text(text: &str) -> Option<Cell> {
    (!text.trim().is_empty()).then(|| Cell::Text(text.to_owned()))
}

/// A word with two letters swapped, and one with a letter dropped.
fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    if letters.len() < 4 {
        return Vec::new();
    }
    let mut swapped = letters.clone();
    swapped.swap(middle - 1, middle);
    let mut dropped = letters.clone();
    dropped.remove(middle);
    [swapped, dropped]
        .into_iter()
        .filter(|new| *new != letters)
        .map(String::from_iter)
        .collect()
}

/// What any cell can be spoilt by.
const NOISE: [&str; 2] = ["###", "qzxv"];

fn headings(anatomy: &Anatomy, all: &mut Vec<Garble>) {
    for (row, column, old) in anatomy.filled(&anatomy.headings) {
        let at = (row, column);
        let holds_day = anatomy.sessions.contains(&at);
        let kind = |what: &str| format!("{} {what}", if holds_day { "session heading" } else { "heading" });
        all.push(cell(anatomy, &kind("blank"), at, None, Touch::Nothing));
        for noise in NOISE {
            all.push(cell(anatomy, &kind("noise"), at, text(noise), Touch::Nothing));
        }
        if let Cell::Text(word) = old {
            for slip in slips(word) {
                all.push(cell(anatomy, &kind("slip"), at, text(&slip), Touch::Nothing));
            }
        }
        if holds_day {
            days(anatomy, &kind("date"), at, old, true, all);
        }
    }
}

/// A date that is spoilt. Of a session heading the neighbours tell whether it can be believed.
fn days(anatomy: &Anatomy, kind: &str, at: (u32, u16), old: &Cell, in_order: bool, all: &mut Vec<Garble>) {
    for spoilt in ["31.02.2026", "tomorrow"] {
        all.push(cell(anatomy, kind, at, text(spoilt), Touch::Nothing));
    }
    let DateReading::Day(day) = dates::read(old, None) else {
        return;
    };
    for year in [1925, 2225] {
        all.extend(
            day.with_year(year)
                .map(|new| cell(anatomy, kind, at, rewritten(old, day, new), Touch::Nothing)),
        );
    }
    let turned = NaiveDate::from_ymd_opt(day.year(), day.day(), day.month()).filter(|new| *new != day);
    if let Some(new) = turned {
        let touch = if in_order && out_of_order(anatomy, at, new) {
            Touch::Nothing
        } else {
            Touch::Day(new)
        };
        all.push(cell(
            anatomy,
            &format!("{kind} turned"),
            at,
            rewritten(old, day, new),
            touch,
        ));
    }
}

/// The cell with another day, written as the old one is.
fn rewritten(old: &Cell, day: NaiveDate, new: NaiveDate) -> Option<Cell> {
    match old {
        Cell::DateTime { at, .. } => Some(Cell::DateTime {
            at: new.and_time(at.time()),
            serial: None,
        }),
        Cell::Text(written) => {
            let forms = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m"];
            let (from, to) = forms
                .iter()
                .map(|form| (day.format(form).to_string(), new.format(form).to_string()))
                .find(|(from, to)| written.contains(from) && from != to)?;
            text(&written.replacen(&from, &to, 1))
        }
        _ => None,
    }
}

/// Whether a day does not lie between those of the session columns beside it.
fn out_of_order(anatomy: &Anatomy, (row, column): (u32, u16), new: NaiveDate) -> bool {
    let of_row = || anatomy.sessions.iter().filter(|(of, _)| *of == row);
    let day = |column: u16| match dates::read(cells::at(anatomy.sheet, row, column)?, None) {
        DateReading::Day(day) => Some(day),
        _ => None,
    };
    let left = of_row()
        .filter(|(_, at)| *at < column)
        .filter_map(|(_, at)| day(*at))
        .max();
    let right = of_row()
        .filter(|(_, at)| *at > column)
        .filter_map(|(_, at)| day(*at))
        .min();
    left.is_some_and(|left| new < left) || right.is_some_and(|right| new > right)
}

/// Letters that look alike in two alphabets.
const LOOK_ALIKES: [(char, char); 14] = [
    ('x', 'х'),
    ('X', 'Х'),
    ('H', 'Н'),
    ('P', 'Р'),
    ('p', 'р'),
    ('A', 'А'),
    ('a', 'а'),
    ('o', 'о'),
    ('O', 'О'),
    ('c', 'с'),
    ('e', 'е'),
    ('B', 'В'),
    ('+', '＋'),
    ('-', '–'),
];

fn look_alike(mark: &str) -> Option<String> {
    let mut letters = mark.chars();
    let (letter, None) = (letters.next()?, letters.next()) else {
        return None;
    };
    let pair = LOOK_ALIKES.iter().find(|(a, b)| *a == letter || *b == letter)?;
    Some(if pair.0 == letter { pair.1 } else { pair.0 }.to_string())
}

fn marks(door: &Door, anatomy: &Anatomy, places: usize, offset: usize, all: &mut Vec<Garble>) {
    let columns: BTreeSet<u16> = anatomy.sessions.iter().map(|(_, column)| *column).collect();
    let cells: Vec<(u32, u16)> = anatomy
        .body
        .iter()
        .flat_map(|row| columns.iter().map(|column| (*row, *column)))
        .collect();
    for at in some(cells, places, offset) {
        let old = cells::at(anatomy.sheet, at.0, at.1);
        if old.is_some() {
            let touch = if door.good.summed { Touch::Nothing } else { Touch::Mark };
            all.push(cell(anatomy, "mark blank", at, None, touch));
        }
        for odd in NOISE.iter().chain(&["ж", "?", "tomorrow"]) {
            all.push(cell(anatomy, "mark odd", at, text(odd), Touch::Nothing));
        }
        all.push(cell(anatomy, "mark 7", at, Some(Cell::Number(7.0)), Touch::Nothing));
        if let Some(Cell::Text(mark)) = old {
            // Two letters can be a mark of their own: ПП is an absence with a reason.
            let doubled = format!("{mark}{mark}");
            let known = vocabulary::standard().mark(&doubled).is_some() && !door.good.summed;
            let touch = if known { Touch::Mark } else { Touch::Nothing };
            all.push(cell(anatomy, "mark doubled", at, text(&doubled), touch));
            all.extend(look_alike(mark).map(|like| cell(anatomy, "mark look-alike", at, text(&like), Touch::Nothing)));
        }
    }
}

/// Names, dates, numbers and other values of rows that count.
fn body(door: &Door, anatomy: &Anatomy, places: usize, offset: usize, all: &mut Vec<Garble>) {
    let columns: BTreeSet<u16> = anatomy.sessions.iter().map(|(_, column)| *column).collect();
    let filled = anatomy.filled(&anatomy.body);
    let plain = |(_, column, _): &(u32, u16, &Cell)| !columns.contains(column);
    let (names, others): (Vec<_>, Vec<_>) = filled
        .into_iter()
        .filter(plain)
        .partition(|(row, column, _)| anatomy.names.contains(&(*row, *column)));
    for (row, column, old) in some(names, places, offset) {
        let at = (row, column);
        all.push(cell(anatomy, "name blank", at, None, Touch::Nothing));
        all.push(cell(anatomy, "name noise", at, text("###"), Touch::Nothing));
        all.push(cell(anatomy, "name noise", at, text("qzxv"), Touch::Name));
        if let Cell::Text(name) = old {
            all.extend(
                slips(name)
                    .iter()
                    .map(|slip| cell(anatomy, "name slip", at, text(slip), Touch::Name)),
            );
        }
    }
    let holds_day =
        |cell: &Cell| !matches!(cell, Cell::Number(_)) && matches!(dates::read(cell, None), DateReading::Day(_));
    let (dates, values): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, _, cell)| holds_day(cell));
    for (row, column, old) in some(dates, places, offset) {
        all.push(cell(anatomy, "date blank", (row, column), None, Touch::Nothing));
        for noise in NOISE {
            all.push(cell(anatomy, "date noise", (row, column), text(noise), Touch::Nothing));
        }
        days(anatomy, "date", (row, column), old, false, all);
    }
    for (row, column, old) in some(values, 2 * places, offset) {
        let at = (row, column);
        let number = matches!(old, Cell::Number(_));
        // A flag that is blank says that nobody ticked it; a number that is blank says nothing.
        let flag = anatomy.has_absent || door.outcome.told.iter().any(|told| told.kind == Kind::BlankTaken);
        let blank = if flag && !number { Touch::Mark } else { Touch::Value };
        all.push(cell(anatomy, "value blank", at, None, blank));
        for odd in NOISE.iter().chain(&["?"]) {
            all.push(cell(anatomy, "value odd", at, text(odd), Touch::Value));
        }
        if number {
            all.push(cell(anatomy, "value 7", at, Some(Cell::Number(7.0)), Touch::Heads));
        }
    }
}
