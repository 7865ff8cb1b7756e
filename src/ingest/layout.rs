//! Where a sheet's tables are and what kind they are: header rows, columns, session columns, body rows.
//!
//! A sheet is cut into blocks at its header rows. A row is a header when most of its filled cells are
//! words that the vocabulary knows as column headings and at least one of them is an anchor: a heading
//! that no cell of a body can be mistaken for. What stands between two blocks belongs to the heading of
//! the lower one, unless it is a total or a trailer of the upper one.

mod columns;
mod headings;

use rayon::prelude::*;

use super::axis::{self, SessionColumn};
use super::body;
use super::dates::{self, DateReading};
use super::grid::{Grid, ROWS_AT_ONCE, text_of};
use super::heading::{self, Heading};
use super::noted::Noted;
use super::persons;
use super::records::Reason;
use super::table::Cell;
use super::vocabulary::{self, Role, Vocabulary};
use super::when::DateContext;
use crate::project::model::{ActivityRule, Layout, Source};
pub(crate) use columns::{missing_columns, named};
use headings::{Headings, Looks};

/// Rows below a header row that may still belong to the header.
const DEEPEST_HEADER: u32 = 2;

/// A column of a block.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    /// 0-based column.
    pub(crate) index: u16,
    /// Header as written.
    pub(crate) header: String,
    /// Field key: a role's, one that the definition gives, or the header itself.
    pub(crate) key: String,
    /// The role, where there is one.
    pub(crate) role: Option<Role>,
    /// Columns of a question with several answers, one for each answer: column and code.
    pub(crate) answers: Vec<(u16, String)>,
    /// Whether its texts may be codes of several answers, parted by blanks, as form exports write them.
    pub(crate) coded: bool,
    /// Whether its content told what it holds, and not its heading.
    pub(crate) by_content: bool,
}

/// A table on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// Kind of table.
    pub(crate) layout: Layout,
    /// What the lines above say.
    pub(crate) heading: Heading,
    /// First header row, 1-based.
    pub(crate) header_top: u32,
    /// Last header row, 1-based.
    pub(crate) header_bottom: u32,
    /// Columns, session columns apart.
    pub(crate) columns: Vec<Column>,
    /// Session columns of a register.
    pub(crate) sessions: Vec<SessionColumn>,
    /// Rows that hold data, 1-based.
    pub(crate) rows: Vec<u32>,
    /// Row of somebody's sums under a register, where there is one.
    pub(crate) totals: Vec<u32>,
    /// What finding the table and its columns noted.
    pub(crate) noted: Vec<Noted>,
}

/// Headings that begin a person's name or number in a table.
const BEGINNING: &[Role] = &[Role::FullName, Role::Surname];

impl Block {
    /// The first column with a role.
    pub(crate) fn column(&self, role: Role) -> Option<u16> {
        self.columns
            .iter()
            .find(|column| column.role == Some(role))
            .map(|column| column.index)
    }

    /// A column that begins a second table beside this one: the same heading of a name again.
    pub(crate) fn beside(&self) -> Option<u16> {
        let mut begins = self
            .columns
            .iter()
            .filter(|column| column.role.is_some_and(|role| BEGINNING.contains(&role)));
        let first = begins.next()?;
        let header = vocabulary::normalise(&first.header);
        begins
            .find(|column| vocabulary::normalise(&column.header) == header)
            .map(|column| column.index)
    }

    /// Whether a column has one of the roles.
    pub(crate) fn has(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.column(*role).is_some())
    }
}

/// Headings of the day of a row, best first; where no session is dated, a stay, a case or a registration is.
const DAYS: &[Role] = &[
    Role::SessionDate,
    Role::CheckIn,
    Role::CaseOpened,
    Role::RegistrationDate,
    Role::FormDay,
    Role::FormStart,
    Role::FormSubmitted,
];

impl Block {
    /// What the day of a row is.
    pub(crate) fn day_role(&self) -> Option<Role> {
        DAYS.iter().copied().find(|role| self.column(*role).is_some())
    }

    /// The headings that name people: where none does, callers are known by their telephones.
    pub(crate) fn person_roles(&self) -> &'static [Role] {
        if self.has(PERSON) { PERSON } else { &[Role::Phone] }
    }
}

/// What a sheet was taken for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SheetReading {
    /// Its tables.
    pub(crate) blocks: Vec<Block>,
    /// Rows outside the tables' data, with what they were taken for.
    pub(crate) aside: Vec<(u32, Reason)>,
}

/// Headings that name people.
pub(crate) const PERSON: &[Role] = &[Role::FullName, Role::Surname, Role::GivenName, Role::ClientCode];
/// Headings that count heads.
pub(crate) const COUNTS: &[Role] = &[
    Role::CountTotal,
    Role::CountFemale,
    Role::CountMale,
    Role::CountWomen,
    Role::CountMen,
    Role::CountGirls,
    Role::CountBoys,
];

/// What tables are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A project, whose definitions say what headings do not.
    Project,
    /// Recognition alone, where content says it.
    People,
}

/// Finds the tables of a sheet.
pub(crate) fn read(
    purpose: Purpose,
    grid: &Grid,
    source: &Source,
    context: &DateContext,
    vocabulary: &Vocabulary,
) -> SheetReading {
    let headers = header_rows(purpose, grid, source, vocabulary);
    let mut reading = SheetReading {
        blocks: Vec::new(),
        aside: Vec::new(),
    };
    let mut previous_end = 0;
    for (index, (top, bottom)) in headers.iter().enumerate() {
        let end = headers.get(index + 1).map_or(u32::MAX, |(next, _)| *next);
        let (above, tail) = titles_above(grid, previous_end, *top, vocabulary);
        reading.aside.extend(tail);
        reading.aside.extend(above.iter().map(|row| (*row, Reason::Title)));
        reading.aside.extend(
            (*top..=*bottom)
                .filter(|row| grid.row(*row).is_some())
                .map(|row| (row, Reason::Header)),
        );
        let lines: Vec<String> = above.iter().flat_map(|row| line_texts(grid, *row)).collect();
        let heading = heading::read(&lines, vocabulary);
        let mut block = block(grid, source, context, vocabulary, (*top, *bottom), heading);
        if purpose == Purpose::People {
            persons::adapt(grid, &mut block, end, source, vocabulary);
        }
        previous_end = body::sort_rows(grid, block, end, vocabulary, &mut reading);
    }
    let (above, tail) = titles_above(grid, previous_end, u32::MAX, vocabulary);
    let rest = if reading.blocks.is_empty() {
        Reason::NoTable
    } else {
        Reason::Trailer
    };
    reading.aside.extend(tail);
    reading.aside.extend(above.into_iter().map(|row| (row, rest)));
    reading.aside.sort_unstable();
    reading
}

/// The texts of a title row, one per filled cell.
fn line_texts(grid: &Grid, row: u32) -> Vec<String> {
    grid.cells(row).map(|(_, cell)| text_of(cell)).collect()
}

/// Rows between a block's end and the next header: titles, and what still belongs to the upper block.
fn titles_above(grid: &Grid, after: u32, before: u32, vocabulary: &Vocabulary) -> (Vec<u32>, Vec<(u32, Reason)>) {
    let mut titles = Vec::new();
    let mut tail = Vec::new();
    for row in grid
        .rows_between(after.saturating_add(1), before)
        .iter()
        .map(|row| row.number)
    {
        let Some(first) = grid.cells(row).next().map(|(_, cell)| text_of(cell)) else {
            continue;
        };
        if vocabulary.is_totals(&first) {
            tail.push((row, Reason::Totals));
        } else if vocabulary.is_trailer(&first) && after > 0 {
            tail.push((row, Reason::Trailer));
        } else {
            titles.push(row);
        }
    }
    (titles, tail)
}

/// Header rows as (first, last), in order.
fn header_rows(purpose: Purpose, grid: &Grid, source: &Source, vocabulary: &Vocabulary) -> Vec<(u32, u32)> {
    let headings = Headings::new(source, vocabulary);
    let looks: Vec<Looks> = grid
        .rows()
        .par_iter()
        .with_min_len(ROWS_AT_ONCE)
        .map_init(Vec::new, |before, row| {
            let allowed = source.header_row.is_none_or(|wanted| row.number >= wanted);
            if allowed {
                headings.are_in(grid, row.number, before)
            } else {
                Looks::default()
            }
        })
        .collect();
    let mut found: Vec<(u32, u32)> = Vec::new();
    for (row, looks) in grid.rows().iter().zip(looks) {
        let inside = found.last().is_some_and(|(_, bottom)| row.number <= *bottom);
        // Under one row of headings a name that is a letter away from a heading is a name.
        let spelt = !found.is_empty() || purpose == Purpose::People;
        let looks = if spelt { looks.spelt } else { looks.loosely };
        if !inside && (looks || source.header_row == Some(row.number)) {
            found.push((row.number, header_end(purpose, grid, row.number, vocabulary)));
        }
    }
    found
}

/// The last header row: rows below the first that hold dates or words where people would stand blank.
fn header_end(purpose: Purpose, grid: &Grid, top: u32, vocabulary: &Vocabulary) -> u32 {
    let person: Vec<u16> = grid
        .cells(top)
        .filter(|(_, cell)| {
            vocabulary
                .header(&text_of(cell))
                .iter()
                .any(|role| PERSON.contains(role) || *role == Role::RowNo)
        })
        .map(|(column, _)| column)
        .collect();
    let mut bottom = top;
    for row in top + 1..=top + DEEPEST_HEADER {
        let under_person = person.iter().any(|column| grid.own(row, *column).is_some());
        let filled = grid.cells(row).count();
        let nameless = purpose == Purpose::People && !goes_on(grid, top, row, vocabulary);
        if person.is_empty() || under_person || filled == 0 || nameless {
            break;
        }
        bottom = row;
    }
    bottom
}

/// Whether a row under the first header row adds to it, rather than being data of somebody without a name: half of it
/// stands where that one is blank, or is headings.
fn goes_on(grid: &Grid, top: u32, row: u32, vocabulary: &Vocabulary) -> bool {
    let adds =
        |(column, cell): &(u16, &Cell)| grid.own(top, *column).is_none() || vocabulary.is_spelt_header(&text_of(cell));
    grid.cells(row).filter(adds).count() * 2 >= grid.cells(row).count()
}

/// Builds a block from its header rows; the body's rows come later.
fn block(
    grid: &Grid,
    source: &Source,
    context: &DateContext,
    vocabulary: &Vocabulary,
    header: (u32, u32),
    heading: Heading,
) -> Block {
    let (known, open) = columns::under(grid, source, vocabulary, header);
    let mut block = Block {
        layout: Layout::List,
        heading,
        header_top: header.0,
        header_bottom: header.1,
        columns: known,
        sessions: Vec::new(),
        rows: Vec::new(),
        totals: Vec::new(),
        noted: Vec::new(),
    };
    let candidates: Vec<u16> = open.iter().map(|column| column.index).collect();
    if source.layout.is_none_or(|layout| layout == Layout::Register) && block.has(PERSON) {
        block.sessions = axis::session_columns(grid, header, &candidates, &block.heading, context, &mut block.noted);
        if block.sessions.is_empty() && !block.has(&[Role::SessionDate]) {
            block.sessions = axis::undated_columns(grid, header, &candidates, vocabulary);
            axis::days_by_number(&mut block.sessions, &block.heading, context);
        }
    }
    let sessions = &block.sessions;
    let others = open
        .into_iter()
        .filter(|column| !sessions.iter().any(|session| session.column == column.index));
    block.columns.extend(others);
    block.columns.sort_by_key(|column| column.index);
    dated_by_time(grid, &mut block);
    block.layout = source.layout.unwrap_or_else(|| layout_of(&block, source));
    if block.layout == Layout::Registry {
        columns::dated_by_registration(&mut block.columns, source);
    }
    block
}

/// Rows looked at to tell whether a column of times holds days, too.
const LOOKED_AT: usize = 50;

/// Where no column is one of days, times that hold a day with the hour ("Date/Time", the instant of joining) give it.
fn dated_by_time(grid: &Grid, block: &mut Block) {
    if block.day_role().is_some() || !block.sessions.is_empty() {
        return;
    }
    let bottom = block.header_bottom.saturating_add(1);
    let holds_days = |column: u16| {
        let rows = grid.rows_between(bottom, u32::MAX).iter().take(LOOKED_AT);
        let cells = rows.filter_map(|row| grid.own(row.number, column));
        let (mut filled, mut days) = (0_usize, 0_usize);
        for cell in cells.filter(|cell| !text_of(cell).is_empty()) {
            filled += 1;
            let reading = dates::read(cell, None);
            days += usize::from(matches!(reading, DateReading::Day(_) | DateReading::Ambiguous { .. }));
        }
        days > 0 && days * 2 > filled
    };
    let mut columns = block.columns.iter_mut();
    let timed = columns.find(|column| column.role == Some(Role::SessionTime) && holds_days(column.index));
    if let Some(column) = timed {
        column.role = Some(Role::SessionDate);
        Role::SessionDate.key().clone_into(&mut column.key);
    }
}

fn layout_of(block: &Block, source: &Source) -> Layout {
    let people = block.has(PERSON);
    if people && !block.sessions.is_empty() {
        return Layout::Register;
    }
    if !people && block.has(COUNTS) {
        return Layout::EventLog;
    }
    let day = block.day_role();
    let dated = day.is_some() || block.heading.date.is_some();
    let (none, named) = match &source.activity {
        ActivityRule::None => (true, false),
        ActivityRule::Fixed(activity) => (false, !activity.is_empty()),
        ActivityRule::ByField { .. } => (false, true),
    };
    // Without an activity, the day of registration is no day of a service.
    let only_registered = block.has(&[Role::RegistrationDate]) && !(named && day.is_some());
    let registered = none || (only_registered && (!dated || day == Some(Role::RegistrationDate)));
    if people && registered && !block.has(&[Role::SessionDate]) && !block.is_of_forms() {
        return Layout::Registry;
    }
    Layout::List
}

#[cfg(test)]
mod tests;
