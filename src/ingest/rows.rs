//! The rows of one block, read one by one: who is written, which session is meant, what is marked or counted.

mod birth;
mod differs;
mod doubts;
mod down;
mod met;
mod person;
mod session;

use chrono::NaiveDate;
use rayon::prelude::*;
use ustr::Ustr;

use super::anonymous;
use super::came::Came;
use super::dates::{self, DateReading, Evidence, Run};
use super::forms::{self, FormCells};
use super::grid::{Grid, ROWS_AT_ONCE, text_of, trim};
use super::layout::Block;
use super::marks::{Alphabet, Mark};
use super::noted::Noted;
use super::records::Birth;
use super::sexes::Sexes;
use super::table::Cell;
use super::values::{self, RawValue};
use super::vocabulary::{Role, Vocabulary};
use super::when::DateContext;
use crate::project::model::{DateOrder, Layout, Source};
use down::FillDown;
use met::{Met, Places};
pub(crate) use session::of_heading;

/// Who is written in a row. Texts are kept once for all files: rows outnumber what is written in them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RawIdentity {
    pub(crate) full_name: Option<Ustr>,
    pub(crate) surname: Option<Ustr>,
    pub(crate) given_name: Option<Ustr>,
    pub(crate) patronymic: Option<Ustr>,
    pub(crate) birth: Birth,
    pub(crate) age: Option<u16>,
    pub(crate) age_span: Option<(u16, u16)>,
    pub(crate) sex: Option<&'static str>,
    pub(crate) phone: Option<Ustr>,
    pub(crate) email: Option<Ustr>,
    pub(crate) code: Option<Ustr>,
    pub(crate) settlement: Option<Ustr>,
    pub(crate) address: Option<Ustr>,
    pub(crate) postcode: Option<Ustr>,
    pub(crate) household: Option<Ustr>,
}

impl RawIdentity {
    /// Whether a name says who the person is.
    pub(crate) fn is_called(&self) -> bool {
        self.full_name.is_some() || self.surname.is_some()
    }

    /// Whether a name, a code or a number says who the person is.
    pub(crate) fn is_named(&self) -> bool {
        let known = [self.full_name, self.surname, self.given_name, self.code, self.phone];
        known.iter().any(Option::is_some)
    }
}

/// The day of a row's session.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RowDate {
    /// A day.
    Day(NaiveDate),
    /// Something that is no day, as written.
    Impossible(String),
    /// Nothing.
    Missing,
}

/// What a row says about its session.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RawSession {
    pub(crate) date: RowDate,
    /// Where the date stands.
    pub(crate) date_column: Option<u16>,
    pub(crate) title: Option<Ustr>,
    pub(crate) group: Option<Ustr>,
    pub(crate) site: Option<Ustr>,
    pub(crate) facilitator: Option<Ustr>,
    pub(crate) number: Option<Ustr>,
    /// The hour, where hours tell the sessions of a day apart.
    pub(crate) time: Option<Ustr>,
}

impl RawSession {
    /// What tells the sessions of a day apart, as written.
    pub(crate) fn words(&self) -> [Option<Ustr>; 6] {
        [
            self.title,
            self.group,
            self.site,
            self.facilitator,
            self.number,
            self.time,
        ]
    }
}

/// Something wrong in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CellIssue {
    /// A birth date that can't be.
    Birth,
    /// Something in a column about the person that gave no value.
    Unread,
    /// A mark that nobody knows, as written.
    Mark(String),
    /// An error value.
    Error(String),
    /// A formula that was never calculated.
    Formula,
}

/// A row of a block.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RawRow {
    /// 1-based.
    pub(crate) number: u32,
    /// Column where the person is named.
    pub(crate) column: Option<u16>,
    pub(crate) person: RawIdentity,
    pub(crate) session: RawSession,
    /// Index into the block's columns, and the value.
    pub(crate) values: Vec<(usize, RawValue)>,
    /// Index into the block's sessions, and the mark.
    pub(crate) marks: Vec<(usize, Mark)>,
    /// Index into the block's sessions, and how many unnamed people the row counts there.
    pub(crate) heads: Vec<(usize, u32)>,
    pub(crate) issues: Vec<(u16, CellIssue)>,
    /// Index into the block's columns, and the text as written, for columns that the definition looks at.
    pub(crate) written: Vec<(usize, String)>,
    /// What a row of a form export says about its form.
    pub(crate) form: Option<Box<FormCells>>,
    /// Column of the name, for a further person of a row.
    pub(crate) apart: Option<u16>,
    /// Whether the row of a list is a contact.
    pub(crate) came: Came,
    /// Index of the row that stands for the visit, for rows of comings and goings.
    pub(crate) visit: Option<usize>,
    /// How many minutes the visit lasted, where rows are comings and goings.
    pub(crate) minutes: Option<f64>,
}

/// The rows of a block, what was taken for what, and what its columns of days tell.
pub(crate) type RowsRead = (Vec<RawRow>, Vec<Noted>, Vec<Run>);

/// Reads the rows of a block, and notes what was taken for what.
pub(crate) fn read(
    grid: &Grid,
    block: &Block,
    source: &Source,
    context: &DateContext,
    alphabet: &Alphabet,
    vocabulary: &Vocabulary,
) -> RowsRead {
    let mut reader = Reader {
        grid,
        block,
        source,
        alphabet,
        vocabulary,
        runs: Vec::new(),
        places: Places::of(block),
        names: person::name_columns(block, source),
        birth_digits: DateOrder::DayMonth,
        looked_at: looked_at(block, source),
        sexes: sexes(grid, block, vocabulary),
        context,
    };
    reader.read_orders();
    // What is meant from above is known only in the order of rows; all else of a row stands in it.
    let mut down = FillDown::new(grid, block, vocabulary);
    let sessions: Vec<RawSession> = block.rows.iter().map(|row| reader.session(&mut down, *row)).collect();
    let rows: Vec<RawRow> = block
        .rows
        .par_iter()
        .zip(sessions)
        .with_min_len(ROWS_AT_ONCE)
        .map_init(Met::default, |met, (row, session)| reader.row(*row, session, met))
        .collect();
    let mut noted = down.noted();
    noted.extend(doubts::years_of_project(grid, block, context, &rows));
    noted.extend(doubts::unnamed(&rows));
    noted.extend(differs::of_days(grid, block, context, &rows));
    noted.extend(doubts::unread(&rows));
    (rows, noted, reader.runs)
}

/// A text that rows share.
pub(crate) fn kept(text: Option<&String>) -> Option<Ustr> {
    text.map(|text| Ustr::from(text))
}

struct Reader<'a> {
    grid: &'a Grid<'a>,
    block: &'a Block,
    source: &'a Source,
    /// What the marks under sessions say.
    alphabet: &'a Alphabet,
    vocabulary: &'a Vocabulary,
    context: &'a DateContext,
    /// Order of day and month by column.
    runs: Vec<Run>,
    /// Where what stands in a row.
    places: Places<'a>,
    /// Columns of each part of a name, in order.
    names: Vec<(Role, Vec<u16>)>,
    /// Order of day and month of births written in eight digits.
    birth_digits: DateOrder,
    /// Columns by which the definition tells rows apart, as indices into the block's.
    looked_at: Vec<usize>,
    /// What the column of sexes writes.
    sexes: Option<Sexes>,
}

/// What the words and letters of a block's column of sexes mean.
fn sexes(grid: &Grid, block: &Block, vocabulary: &Vocabulary) -> Option<Sexes> {
    let mut columns = block.columns.iter();
    let column = columns.find(|column| column.role == Some(Role::Sex))?;
    Some(Sexes::of(grid, block, column, vocabulary))
}

/// Columns by which the definition tells rows apart.
fn looked_at(block: &Block, source: &Source) -> Vec<usize> {
    let looked_at = |key: &str| {
        source.skip.iter().any(|skip| skip.field == key)
            || source.derive.values().any(|derive| derive.from == key)
            || source.contact_when.as_ref().is_some_and(|(field, _)| field == key)
    };
    let columns = block.columns.iter().enumerate();
    columns
        .filter(|(_, column)| looked_at(&column.key))
        .map(|(index, _)| index)
        .collect()
}

impl<'a> Reader<'a> {
    /// Finds the order of day and month of each column of days, and of births in eight digits.
    fn read_orders(&mut self) {
        let dated = [Role::SessionDate, Role::BirthDate];
        let dated = dated.iter().chain(values::DAYS);
        let columns: Vec<u16> = dated.filter_map(|role| self.block.column(*role)).collect();
        let birth = self.block.column(Role::BirthDate);
        let found: Vec<(Run, birth::Digits)> = columns
            .into_par_iter()
            .map(|column| {
                let (mut evidence, mut digits) = (Evidence::default(), birth::Digits::default());
                let cells = self.block.rows.iter().filter_map(|row| self.grid.cell(*row, column));
                for cell in cells {
                    if self.context.order.is_none() {
                        evidence.add(cell, None);
                    }
                    if birth == Some(column) {
                        digits.add(cell);
                    }
                }
                let order = self.context.order.or_else(|| evidence.order(&[]));
                (Run::new(column, order, &evidence), digits)
            })
            .collect();
        let of_births = found.iter().find(|(run, _)| Some(run.column) == birth);
        self.birth_digits = of_births.map_or(DateOrder::DayMonth, |(_, digits)| digits.order());
        self.runs = found.into_iter().map(|(run, _)| run).collect();
    }

    /// Order of day and month in a column of days.
    fn order(&self, column: u16) -> Option<DateOrder> {
        let run = self.runs.iter().find(|run| run.column == column);
        run.and_then(|run| run.order)
    }

    fn date_at(&self, row: u32, column: u16) -> DateReading {
        let order = self.order(column);
        self.grid
            .cell(row, column)
            .map_or(DateReading::None, |cell| dates::read(cell, order))
    }

    /// The date of a session, with the year that stands around the table where its cell has none.
    fn whole_date_at(&self, row: u32, column: u16) -> DateReading {
        let reading = match (self.date_at(row, column), self.grid.cell(row, column)) {
            // An event of several days is one, and is that of its first day.
            (DateReading::None, Some(Cell::Text(text))) => {
                dates::first_of_span(text, self.order(column)).unwrap_or(DateReading::None)
            }
            (reading, _) => reading,
        };
        self.context.with_year(reading, &self.block.heading)
    }

    /// The day of a line of a log that sums up a month.
    fn first_of_month(&self, reading: &DateReading) -> Option<NaiveDate> {
        let DateReading::Month { month, year } = reading else {
            return None;
        };
        let of_log = self.block.layout == Layout::EventLog;
        let around: Vec<&DateReading> = self.context.around(&self.block.heading).collect();
        let year = year.or_else(|| self.context.year(&around)).filter(|_| of_log)?;
        NaiveDate::from_ymd_opt(year, *month, 1)
    }

    fn row(&self, number: u32, session: RawSession, met: &mut Met<'a>) -> RawRow {
        let mut issues = self.cell_issues(number);
        let person = self.person(number, &session, &mut issues, met);
        let marks = self.marks(number, &mut issues);
        let unnamed = anonymous::is_row(self.grid, self.block, number, self.vocabulary);
        let mut naming = self.places.people.iter().copied();
        let of_forms = self.places.of_forms;
        let form = || forms::cells(self.grid, self.block, number, self.vocabulary).map(Box::new);
        RawRow {
            number,
            column: naming.find(|column| !self.grid.shown(number, *column).is_empty()),
            person,
            values: self.values(number, met),
            session,
            marks,
            heads: if unnamed { vec![(0, 1)] } else { Vec::new() },
            issues,
            written: self.written(number),
            form: of_forms.then(form).flatten(),
            apart: None,
            came: Came::default(),
            visit: None,
            minutes: None,
        }
    }

    /// What a cell says, unless it says that there is nothing.
    fn said(&self, row: u32, column: u16, met: &mut Met<'a>) -> Option<Ustr> {
        let said = |text: &str| (!text.is_empty() && !self.vocabulary.is_missing(text)).then(|| Ustr::from(text));
        match self.grid.cell(row, column)? {
            Cell::Text(text) => *met.texts(column).of(text, |text| said(trim(text))),
            other => said(&text_of(other)),
        }
    }

    fn text(&self, row: u32, role: Role, met: &mut Met<'a>) -> Option<Ustr> {
        self.said(row, self.places.column(role)?, met)
    }

    fn values(&self, row: u32, met: &mut Met<'a>) -> Vec<(usize, RawValue)> {
        let mut found = std::mem::take(&mut met.found);
        let columns = self.places.fields.iter();
        found.extend(columns.filter_map(|(index, column)| {
            if values::is_ticked(column) {
                let code = values::ticked(self.grid, row, column, self.vocabulary)?;
                return Some((*index, RawValue::Code(Ustr::from(code))));
            }
            let coded = || column.coded && values::is_codes(&self.grid.shown(row, column.index));
            if !column.answers.is_empty() || coded() {
                let value = values::answers(self.grid, row, column, self.source, self.vocabulary)?;
                return Some((*index, value));
            }
            let cell = self.grid.cell(row, column.index)?;
            let day = || match row_date(&self.date_at(row, column.index), &text_of(cell)) {
                RowDate::Day(day) => Some(RawValue::Date(day)),
                RowDate::Impossible(_) | RowDate::Missing => None,
            };
            let read = || match (column.role, &self.sexes) {
                (Some(Role::Sex), Some(sexes)) => self.sex_value(sexes, column, cell),
                _ => values::read(column, cell, self.source, self.vocabulary),
            };
            let value = match (column.role, cell) {
                (Some(role), _) if values::DAYS.contains(&role) => day(),
                (Some(Role::BirthDate | Role::ClientCode), _) => read(),
                (_, Cell::Text(text)) => met.values(column.index).of(text, |_| read()).clone(),
                _ => read(),
            };
            Some((*index, value?))
        }));
        // Rows are kept until all files are read: their values take no more room than they need.
        #[expect(clippy::drain_collect, reason = "the room stays for the next row")]
        let values = found.drain(..).collect();
        met.found = found;
        values
    }

    /// What stands in the columns by which the definition tells rows apart.
    fn written(&self, row: u32) -> Vec<(usize, String)> {
        let columns = self.looked_at.iter();
        columns
            .map(|index| (*index, self.grid.text(row, self.block.columns[*index].index)))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    fn marks(&self, row: u32, issues: &mut Vec<(u16, CellIssue)>) -> Vec<(usize, Mark)> {
        let mut found = Vec::new();
        for (index, session) in self.block.sessions.iter().enumerate() {
            let mark = self.alphabet.read(index, self.grid.own(row, session.column));
            if let Mark::Unknown(written) = &mark {
                issues.push((session.column, CellIssue::Mark(written.clone())));
            }
            found.push((index, mark));
        }
        found
    }

    fn cell_issues(&self, row: u32) -> Vec<(u16, CellIssue)> {
        let Some(cells) = self.grid.row(row) else {
            return Vec::new();
        };
        cells
            .cells
            .iter()
            .filter(|(column, _)| self.grid.shows(*column))
            .filter_map(|(column, cell)| match cell {
                Cell::Error(error) => Some((*column, CellIssue::Error(error.clone()))),
                Cell::FormulaWithoutResult(_) => Some((*column, CellIssue::Formula)),
                Cell::Text(_) | Cell::Number(_) | Cell::DateTime { .. } | Cell::Bool(_) => None,
            })
            .collect()
    }
}

fn row_date(reading: &DateReading, written: &str) -> RowDate {
    match reading {
        DateReading::Day(day) | DateReading::Ambiguous { day_month: day, .. } => RowDate::Day(*day),
        DateReading::None if written.is_empty() => RowDate::Missing,
        _ => RowDate::Impossible(written.to_owned()),
    }
}

#[cfg(test)]
mod tests;
