//! How each table was read, in the words that a project remembers, and what differs from what it remembers.

use std::collections::{BTreeMap, BTreeSet};

use super::alone::tables_of;
use super::dates::{self, DateReading};
use super::findings::Kind;
use super::grid::Grid;
use super::layout::Block;
use super::marks::Mark;
use super::noted::Noted;
use super::reading::{FileReading, Table};
use super::records::{FileId, Finding, Place};
use super::rows::RawRow;
use super::table::Cell;
use super::told::Headings;
use super::vocabulary::Vocabulary;
use crate::project::model::{BlankMark, DateOrder, Layout, Seen, SeenSource, SeenTable, Source};

/// Rows that are looked at for the order of day and month.
const ROWS_FOR_ORDER: usize = 200;
/// Marks that a table can have before they are no alphabet any more.
const LONGEST_ALPHABET: usize = 24;
/// Letters from which a mark could be a name.
const SHORTEST_NAME: usize = 4;

/// How a table is laid out, with the place of each mark.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Shape {
    /// As a project remembers it; the row of headings apart.
    pub(crate) table: SeenTable,
    /// Columns of its headings.
    pub(crate) columns: Vec<u16>,
    /// Where each mark stands first.
    pub(crate) places: BTreeMap<String, (u32, u16)>,
}

/// The shape of a table as it is read.
pub(crate) fn shape(grid: &Grid, block: &Block, rows: &[RawRow], source: &Source, vocabulary: &Vocabulary) -> Shape {
    let headings = Headings::of(grid, block, source, vocabulary);
    let mut places = BTreeMap::new();
    let marks = marks(grid, block, rows, &mut places);
    let columns = || block.columns.iter().filter(|column| !column.header.trim().is_empty());
    let table = SeenTable {
        layout: layout_word(block.layout).to_owned(),
        header_rows: Vec::new(),
        columns: columns()
            .map(|column| format!("{} = {}", one_line(&headings.told(column)), column.key_shown()))
            .collect(),
        days: days(grid, block),
        date_order: order(grid, block, rows, source).map(|order| order_word(order).to_owned()),
        blank: None,
        marks,
    };
    Shape {
        columns: columns().map(|column| column.index).collect(),
        table,
        places,
    }
}

impl super::layout::Column {
    /// What the column is remembered as: its role, or that it is a field of its own.
    fn key_shown(&self) -> &str {
        self.role.map_or("a field of its own", super::vocabulary::Role::key)
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn layout_word(layout: Layout) -> &'static str {
    match layout {
        Layout::List => "list",
        Layout::Register => "register",
        Layout::EventLog => "event-log",
        Layout::Registry => "registry",
    }
}

fn order_word(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayMonth => "day-month",
        DateOrder::MonthDay => "month-day",
    }
}

/// The alphabet of a register: each mark with what it was read as.
fn marks(
    grid: &Grid,
    block: &Block,
    rows: &[RawRow],
    places: &mut BTreeMap<String, (u32, u16)>,
) -> BTreeMap<String, String> {
    let mut known: Vec<(String, &'static str)> = Vec::new();
    for row in rows {
        for (session, mark) in &row.marks {
            let Some(column) = block.sessions.get(*session).map(|session| session.column) else {
                continue;
            };
            let Some(written) = grid.own(row.number, column).and_then(written) else {
                continue;
            };
            let meaning = meaning(mark);
            if known.iter().any(|(text, _)| text == written) || known.len() >= LONGEST_ALPHABET {
                continue;
            }
            places.insert(written.to_owned(), (row.number, column));
            known.push((written.to_owned(), meaning));
        }
    }
    known
        .into_iter()
        .map(|(text, meaning)| (text, meaning.to_owned()))
        .collect()
}

/// A mark as it is remembered: figures as what they are good for, longer words not at all, for they could be names.
fn written(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => {
            let text = text.trim();
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            let number = || text.len() > 1 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
            match text {
                "" => None,
                _ if letters >= SHORTEST_NAME => Some("a word"),
                _ if number() => Some("a number"),
                _ => Some(text),
            }
        }
        Cell::Number(number) if *number == 0.0 => Some("0"),
        Cell::Number(number) if (*number - 1.0).abs() < f64::EPSILON => Some("1"),
        Cell::Number(_) => Some("a number"),
        Cell::Bool(true) => Some("TRUE"),
        Cell::Bool(false) => Some("FALSE"),
        Cell::DateTime { .. } => Some("a time"),
        Cell::Error(_) | Cell::FormulaWithoutResult(_) => None,
    }
}

fn meaning(mark: &Mark) -> &'static str {
    match mark {
        Mark::Present => "present",
        Mark::Absent => "absent",
        Mark::Excused => "excused",
        Mark::NoSession => "no-session",
        Mark::Unknown(_) => "unknown",
        Mark::Blank => "blank",
    }
}

/// How the days of sessions are written over a register.
fn days(grid: &Grid, block: &Block) -> Vec<String> {
    let styles: BTreeSet<&str> = block
        .sessions
        .iter()
        .filter_map(|session| Some(style(grid.cell(session.row, session.column)?)))
        .collect();
    styles.into_iter().map(str::to_owned).collect()
}

fn style(cell: &Cell) -> &'static str {
    match cell {
        Cell::Number(number) if *number < 32.0 => "numbers of days or sessions",
        Cell::DateTime { .. } | Cell::Number(_) => "dates",
        Cell::Text(text) => match dates::read_text(text, None) {
            DateReading::Day(_) | DateReading::Ambiguous { .. } => "dates as text",
            DateReading::DayMonth { .. } => "days and months without a year",
            DateReading::DayOnly(_) => "numbers of days or sessions",
            DateReading::Month { .. } => "months",
            DateReading::Year(_) | DateReading::Impossible(_) | DateReading::None => "words",
        },
        Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => "words",
    }
}

fn order(grid: &Grid, block: &Block, rows: &[RawRow], source: &Source) -> Option<DateOrder> {
    if source.date_order.is_some() {
        return source.date_order;
    }
    if block.layout == Layout::Register {
        let cells = block.sessions.iter();
        return dates::order_of_run(cells.filter_map(|session| grid.own(session.row, session.column)));
    }
    let column = block.column(block.day_role()?)?;
    let rows = rows.iter().take(ROWS_FOR_ORDER);
    dates::order_of_run(rows.filter_map(|row| grid.own(row.number, column)))
}

/// A table where it is, as a project remembers it.
struct Here<'r> {
    source: usize,
    place: Place,
    shape: &'r Shape,
    table: SeenTable,
}

/// Every table of all files.
fn tables<'r>(readings: &[(FileId, &'r FileReading)]) -> Vec<Here<'r>> {
    let mut found = Vec::new();
    for (file, reading) in readings {
        for (sheet, part) in (0..).zip(&reading.sheets) {
            for (at, table) in tables_of(part).iter().enumerate() {
                let mut seen = table.shape.table.clone();
                if at == 0 {
                    seen.header_rows.push(table.block.header_top);
                }
                seen.blank = blank(table, &part.noted);
                found.push(Here {
                    source: part.source.unwrap_or_default(),
                    place: Place {
                        row: table.block.header_top,
                        ..Place::whole_sheet(*file, sheet)
                    },
                    shape: &table.shape,
                    table: seen,
                });
            }
        }
    }
    found
}

/// What blank cells of a register were taken for, where reading says so.
fn blank(table: &Table, of_sheet: &[Noted]) -> Option<String> {
    let noted = table.noted.iter().chain(&table.block.noted).chain(of_sheet);
    let mut meanings = noted.filter(|noted| noted.kind == Kind::BlankTaken);
    let args = &meanings.next()?.args;
    args.iter()
        .find(|(name, _)| *name == "meaning")
        .map(|(_, meaning)| meaning.clone())
}

/// How all sources were read, to be remembered.
pub(crate) fn seen(readings: &[(FileId, &FileReading)], sources: &[Source]) -> Seen {
    let mut seen: Vec<SeenSource> = sources
        .iter()
        .map(|source| SeenSource {
            name: source.name.clone(),
            tables: Vec::new(),
        })
        .collect();
    for here in tables(readings) {
        let Some(source) = seen.get_mut(here.source) else {
            continue;
        };
        let mut table = here.table;
        if let Some(blank) = sources[here.source].blank {
            table.blank = Some(match blank {
                BlankMark::Absent => "absent".to_owned(),
                BlankMark::Present => "present".to_owned(),
            });
        }
        match source.tables.iter_mut().find(|known| known.is_like(&table)) {
            Some(known) => known.add(&table),
            None => source.tables.push(table),
        }
    }
    Seen {
        sources: seen.into_iter().filter(|source| !source.tables.is_empty()).collect(),
    }
}

/// What differs from what a project remembers.
pub(crate) fn changes(readings: &[(FileId, &FileReading)], sources: &[Source], remembered: &Seen) -> Vec<Finding> {
    let mut found = Vec::new();
    for here in tables(readings) {
        let Some(name) = sources.get(here.source).map(|source| &source.name) else {
            continue;
        };
        // A source that is new is not a changed one.
        let Some(source) = remembered.sources.iter().find(|source| source.name == *name) else {
            continue;
        };
        compare(&here, &source.tables, &mut found);
    }
    found
}

fn compare(here: &Here, known: &[SeenTable], found: &mut Vec<Finding>) {
    let table = &here.table;
    let distance = |other: &&SeenTable| {
        let shared = other
            .columns
            .iter()
            .filter(|column| table.columns.contains(column))
            .count();
        let columns = other.columns.len() + table.columns.len() - 2 * shared;
        (other.layout != table.layout, columns)
    };
    let Some(near) = known.iter().min_by_key(distance) else {
        return;
    };
    let mut tell = |what: &str, name: &str, before: String, now: String, place: Place| {
        let mut args = BTreeMap::from([("what", what.to_owned()), ("before", before), ("now", now)]);
        if !name.is_empty() {
            args.insert("name", name.to_owned());
        }
        found.push(Finding {
            kind: Kind::SourceChanged,
            place: Some(place),
            others: Vec::new(),
            args,
        });
    };
    if near.layout != table.layout {
        return tell("layout", "", near.layout.clone(), table.layout.clone(), here.place);
    }
    for (column, letters) in table.columns.iter().zip(here.letters()) {
        if !near.columns.contains(column) {
            let (heading, now) = parted(column);
            let before = near
                .columns
                .iter()
                .map(|other| parted(other))
                .find(|(other, _)| *other == heading);
            let before = before.map_or("not-there", |(_, meaning)| meaning);
            let place = Place {
                column: letters,
                ..here.place
            };
            tell("column", heading, before.to_owned(), now.to_owned(), place);
        }
    }
    for column in &near.columns {
        let (heading, before) = parted(column);
        let there = |other: &String| parted(other).0 == heading;
        if !table.columns.iter().any(there) {
            tell("column", heading, before.to_owned(), "not-there".to_owned(), here.place);
        }
    }
    compare_writing(here, near, &mut tell);
}

fn compare_writing(here: &Here, near: &SeenTable, tell: &mut dyn FnMut(&str, &str, String, String, Place)) {
    let table = &here.table;
    let rows = |rows: &[u32]| rows.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    if let [row] = table.header_rows[..]
        && !near.header_rows.is_empty()
        && !near.header_rows.contains(&row)
    {
        tell("header-row", "", rows(&near.header_rows), row.to_string(), here.place);
    }
    let new: Vec<&str> = table
        .days
        .iter()
        .filter(|style| !near.days.contains(style))
        .map(String::as_str)
        .collect();
    if !near.days.is_empty() && !new.is_empty() {
        tell("days", "", near.days.join(", "), new.join(", "), here.place);
    }
    let both = [
        ("date-order", &near.date_order, &table.date_order),
        ("blank", &near.blank, &table.blank),
    ];
    for (what, before, now) in both {
        if let (Some(before), Some(now)) = (before, now)
            && before != now
        {
            tell(what, "", before.clone(), now.clone(), here.place);
        }
    }
    for (mark, now) in &table.marks {
        let before = near.marks.get(mark);
        if !near.marks.is_empty() && before != Some(now) {
            let before = before.map_or("not-there", String::as_str);
            let at = here.shape.places.get(mark);
            let place = at.map_or(here.place, |(row, column)| Place {
                row: *row,
                column: Some(*column),
                ..here.place
            });
            tell("mark", mark, before.to_owned(), now.clone(), place);
        }
    }
}

impl Here<'_> {
    /// Columns of the headings remembered, in their order.
    fn letters(&self) -> impl Iterator<Item = Option<u16>> + '_ {
        let known = self.shape.columns.iter().copied().map(Some);
        known.chain(std::iter::repeat(None))
    }
}

/// A remembered column: its heading and what it was taken for.
fn parted(column: &str) -> (&str, &str) {
    column.rsplit_once(" = ").unwrap_or((column, ""))
}
