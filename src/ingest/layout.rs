//! Where a sheet's tables are and what kind they are: header rows, columns, session columns, body rows.
//!
//! A sheet is cut into blocks at its header rows. A row is a header when most of its filled cells are
//! words that the vocabulary knows as column headings and at least one of them is an anchor: a heading
//! that no cell of a body can be mistaken for. What stands between two blocks belongs to the heading of
//! the lower one, unless it is a total or a trailer of the upper one.

mod abreast;
mod attributes;
mod banded;
mod beneath;
mod cased;
mod columns;
mod counted;
mod crossed;
mod dated;
mod grouped;
mod headers;
mod headings;
mod headless;
mod kind;
mod numbered;
mod placed;
mod sexed;
mod shape;
mod stacked;
mod tags;
mod ticked;
mod titles;
mod turned;

use super::anonymous;
use super::axis::{self, SessionColumn};
use super::body;
use super::findings::Kind;
use super::grid::Grid;
use super::heading::{self, Heading};
use super::noted::Noted;
use super::persons;
use super::records::Reason;
use super::vocabulary::{self, Role, Sex, Vocabulary};
use super::when::DateContext;
use crate::project::model::{Layout, Source};
pub(crate) use columns::{missing_columns, named};
use headers::{Header, header_rows};
pub(crate) use headless::{Told, told};
use kind::{layout_of, tells_a_day};
use titles::{line_texts, set_rest_aside, texts_over, titles_above};
pub(crate) use turned::{Turn, turn};

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
    /// Rows of a register that count people whom nobody named.
    pub(crate) guests: Vec<u32>,
    /// Lines between the rows of a list, each with what it says of the rows below it.
    pub(crate) sections: Vec<(u32, Heading)>,
    /// Lines between the rows that head women or men, and lines that end what they head.
    pub(crate) of_sex: Vec<(u32, Option<Sex>)>,
    /// Row of somebody's sums under a register, where there is one.
    pub(crate) totals: Vec<u32>,
    /// Whether it is a log of calls without any column of people, each row of which is somebody unnamed.
    pub(crate) unnamed: bool,
    /// First and last column of a table beside another one.
    pub(crate) window: Option<(u16, u16)>,
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

impl Block {
    /// What the nearest line above a row says, where lines between the rows tell sessions apart.
    pub(crate) fn section(&self, row: u32) -> Option<&Heading> {
        let mut above = self.sections.iter().rev();
        above.find(|(line, _)| *line < row).map(|(_, heading)| heading)
    }

    /// The sex of those whom the nearest line above a row heads.
    pub(crate) fn sex_above(&self, row: u32) -> Option<Sex> {
        let mut above = self.of_sex.iter().rev();
        above.find(|(line, _)| *line < row).and_then(|(_, sex)| *sex)
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

    /// The headings that name people: where none does, people are known by their telephones or e-mail addresses.
    pub(crate) fn person_roles(&self) -> &'static [Role] {
        if self.has(PERSON) {
            PERSON
        } else {
            &[Role::Phone, Role::Email]
        }
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
/// Headings of the parts of a name.
const NAME_PARTS: &[Role] = &[Role::Surname, Role::GivenName, Role::MiddleName, Role::Patronymic];
/// Headings that count heads.
pub(crate) const COUNTS: &[Role] = &[
    Role::CountTotal,
    Role::CountFemale,
    Role::CountMale,
    Role::CountWomen,
    Role::CountMen,
    Role::CountGirls,
    Role::CountBoys,
    Role::CountChildren,
    Role::CountOther,
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
    let shared = stacked::shared_date(grid, &headers);
    let mut previous_end = 0;
    for (index, header) in headers.iter().enumerate() {
        let end = headers.get(index + 1).map_or(u32::MAX, |next| next.top);
        let (above, tail) = titles_above(grid, previous_end, header.top, vocabulary);
        reading.aside.extend(tail);
        reading.aside.extend(above.iter().map(|row| (*row, Reason::Title)));
        reading.aside.extend(
            (header.top..=header.bottom)
                .filter(|row| grid.row(*row).is_some())
                .map(|row| (row, Reason::Header)),
        );
        let first = reading.blocks.first().filter(|_| shared);
        let first = first.map(|block| block.heading.clone());
        let below = Below {
            purpose,
            source,
            context,
            vocabulary,
            header: *header,
            end,
        };
        previous_end = below.blocks(grid, &above, first.as_ref(), &mut reading);
    }
    set_rest_aside(grid, previous_end, vocabulary, &mut reading);
    reading
}

/// What a block is built from.
struct Below<'a> {
    purpose: Purpose,
    source: &'a Source,
    context: &'a DateContext,
    vocabulary: &'a Vocabulary,
    header: Header,
    /// Row of the next header.
    end: u32,
}

impl Below<'_> {
    /// Adds the tables under the header: one, or several side by side; the last row that belongs to them. `first` is
    /// what is said above the first table of the sheet, where that holds for all.
    fn blocks(&self, grid: &Grid, above: &[u32], first: Option<&Heading>, reading: &mut SheetReading) -> u32 {
        let (header, vocabulary) = ((self.header.top, self.header.bottom), self.vocabulary);
        let heading = |lines: Vec<String>| {
            let own = heading::read(&lines, vocabulary);
            match first {
                Some(first) => own.under(first),
                None => own,
            }
        };
        let windows = match self.purpose {
            Purpose::Project => abreast::side_by_side(grid, header, vocabulary),
            Purpose::People => Vec::new(),
        };
        if windows.is_empty() {
            let lines = above.iter().flat_map(|row| line_texts(grid, *row, vocabulary));
            let mut block = self.block(grid, heading(lines.collect()));
            if self.purpose == Purpose::People {
                persons::adapt(grid, &mut block, self.end, self.source, vocabulary);
            }
            return body::sort_rows(grid, block, self.end, vocabulary, reading);
        }
        let mut last = self.header.bottom;
        for window in windows {
            let lines = above.iter().flat_map(|row| texts_over(grid, *row, window, vocabulary));
            let part = Grid::within(grid.sheet, window);
            let mut block = self.block(&part, heading(lines.collect()));
            block.window = Some(window);
            last = last.max(body::sort_rows(&part, block, self.end, vocabulary, reading));
        }
        last
    }

    /// The columns that the headings name, those that they do not, and what was noted of them.
    fn columns(&self, grid: &Grid) -> (Vec<Column>, Vec<Column>, Vec<Noted>) {
        let Self { source, vocabulary, .. } = *self;
        let header = (self.header.top, self.header.bottom);
        let (mut known, mut open, mut noted) = columns::under(grid, source, vocabulary, header);
        numbered::take(grid, header.1, &mut known, &mut open);
        let body = ticked::Body {
            grid,
            header,
            end: self.end,
            source,
            vocabulary,
        };
        body.release_answers(&mut known, &mut open);
        body.join_ticks(&mut known, &mut open, &mut noted);
        if self.purpose == Purpose::Project {
            sexed::numbers_name_nobody(grid, (header.1, self.end), (source, vocabulary), &mut known);
            attributes::tell(grid, (header.1, self.end), (source, vocabulary), &mut known, &mut open);
        }
        (known, open, noted)
    }

    /// Builds a block from its header rows; the body's rows come later.
    fn block(&self, grid: &Grid, heading: Heading) -> Block {
        let Self { source, vocabulary, .. } = *self;
        let header = (self.header.top, self.header.bottom);
        let (mut known, mut open, noted) = self.columns(grid);
        let days = beneath::days(grid, header, self.end, vocabulary);
        beneath::release(&days, &mut known, &mut open);
        let mut block = Block {
            layout: Layout::List,
            heading,
            header_top: header.0,
            header_bottom: header.1,
            columns: known,
            sessions: Vec::new(),
            rows: Vec::new(),
            guests: Vec::new(),
            sections: Vec::new(),
            of_sex: Vec::new(),
            totals: Vec::new(),
            unnamed: false,
            window: None,
            noted,
        };
        let nobody = |column: u16| {
            let mut below = grid.rows_between(header.1.saturating_add(1), self.end).iter();
            below.all(|row| grid.own(row.number, column).is_none())
        };
        if PERSON.iter().filter_map(|role| block.column(*role)).all(nobody) {
            persons::names_without_heading(grid, &mut block, &mut open, self.end, source, vocabulary);
        }
        if source.layout.is_none_or(|layout| layout == Layout::Register) && block.has(PERSON) {
            self.find_sessions(grid, &mut block, &mut open, &days);
        }
        let sessions = &block.sessions;
        let others = open
            .into_iter()
            .filter(|column| !sessions.iter().any(|session| session.column == column.index));
        block.columns.extend(others);
        block.columns.sort_by_key(|column| column.index);
        self.settle(grid, &mut block);
        block
    }

    /// Tells what the headings alone leave open: the column of days, heads, sections, the layout.
    fn settle(&self, grid: &Grid, block: &mut Block) {
        let Self {
            source,
            context,
            vocabulary,
            ..
        } = *self;
        dated::by_time(grid, block);
        if self.purpose == Purpose::Project {
            dated::not_by_instants(grid, block, (source, vocabulary));
            dated::of_forms(grid, block, (source, vocabulary));
            dated::of_events(grid, block, self.end, (source, vocabulary));
            dated::of_spans(grid, block, self.end, source);
        }
        self.tell_heads(grid, block);
        let outside = tells_a_day(&context.sheet) || tells_a_day(&context.file);
        if self.purpose == Purpose::Project && source.layout.is_none_or(|layout| layout == Layout::List) {
            dated::by_content(grid, block, self.end, (source, vocabulary), outside);
        }
        if block.sessions.is_empty() && block.day_role().is_none() && block.has(PERSON) {
            block.sections = body::sections::find(grid, self.header.bottom, self.end, vocabulary);
        }
        if self.purpose == Purpose::Project {
            dated::not_by_registration(block);
        }
        block.layout = source.layout.unwrap_or_else(|| layout_of(grid, block, source, context));
        if block.layout == Layout::Registry {
            columns::dated_by_registration(&mut block.columns, source);
        }
        if self.purpose == Purpose::Project {
            placed::by_days(grid, block, self.end, source, vocabulary);
            cased::by_number(grid, block, source, vocabulary);
            block.unnamed = anonymous::is_log(grid, block, self.end, vocabulary);
        }
    }

    /// Tells the columns that count heads, where their headings alone do not.
    fn tell_heads(&self, grid: &Grid, block: &mut Block) {
        let (end, known) = (self.end, (self.source, self.vocabulary));
        counted::by_sums(grid, block, end, self.vocabulary);
        sexed::counts(grid, block, end, known);
        counted::heads_beside(grid, block, end, self.vocabulary);
        banded::counts(grid, block, end, known);
        if self.purpose == Purpose::Project {
            grouped::counts(grid, block, end, known);
            sexed::left_out(grid, block, end, self.vocabulary);
        }
    }

    fn find_sessions(&self, grid: &Grid, block: &mut Block, open: &mut [Column], days: &[beneath::Day]) {
        let (context, vocabulary) = (self.context, self.vocabulary);
        let header = (self.header.top, self.header.bottom);
        let beneath = |column: u16| days.iter().find(|day| day.covers(column));
        let candidates = open.iter().map(|column| column.index);
        let candidates: Vec<u16> = candidates
            .filter(|column| beneath(*column).is_none_or(|day| day.first == *column))
            .filter(|column| !ticked::tells_sex_or_age(grid, header.1, *column, vocabulary))
            .filter(|column| !dated::under_ordinal(grid, header, *column))
            .collect();
        block.sessions = axis::session_columns(grid, header, &candidates, &block.heading, context, &mut block.noted);
        if block.sessions.is_empty() && !block.has(&[Role::SessionDate]) {
            block.sessions = axis::undated_columns(grid, header, &candidates, vocabulary);
            axis::days_by_number(&mut block.sessions, &block.heading, context);
            let by_plan = axis::days_by_plan(&mut block.sessions, context);
            block.noted.extend(by_plan);
        }
        if block.sessions.is_empty() {
            return;
        }
        for session in &mut block.sessions {
            session.column = beneath(session.column).map_or(session.column, |day| day.came);
        }
        beneath::add_others(days, &mut block.sessions);
        let body = axis::Marked::new(grid, header, self.end, &block.sessions);
        let known = |column: u16| beneath(column).is_some() || block.columns.iter().any(|known| known.index == column);
        let found = body.without_day(vocabulary, known);
        block.sessions.extend(found.iter().map(|(session, _)| session.clone()));
        block.sessions.sort_by_key(|session| session.column);
        for (session, count) in found {
            let noted = Noted::at(Kind::MarksWithoutDate, session.row, Some(session.column));
            block.noted.push(noted.with("count", count));
        }
        if !block.has(&[Role::DerivedTotal]) {
            let sum = open
                .iter_mut()
                .find(|column| body.is_sum(column.index, vocabulary) && column.role.is_none());
            if let Some(column) = sum {
                column.role = Some(Role::DerivedTotal);
                Role::DerivedTotal.key().clone_into(&mut column.key);
                column.by_content = true;
            }
        }
    }
}

#[cfg(test)]
mod tests;
