//! Who is written in a row: names, addresses and births from one column or from several.

use chrono::NaiveDate;
use ustr::Ustr;

use super::{CellIssue, Met, RawIdentity, RawSession, Reader, RowDate, birth};
use crate::ingest::ages::{self, Age};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{shown, text_of, trim};
use crate::ingest::lately::Lately;
use crate::ingest::layout::{Block, Column};
use crate::ingest::records::Birth;
use crate::ingest::sexes::{Said, Sexes};
use crate::ingest::table::Cell;
use crate::ingest::values::{self, RawValue};
use crate::ingest::vocabulary::{self, Role, Sex};
use crate::project::model::Source;

/// Day numbers of births between 1909 and 1954.
const EARLY_SERIALS: std::ops::Range<f64> = 3_500.0..20_000.0;

/// Words for sexes that are remembered.
const SEXES: usize = 64;

/// What a cell of a column of sexes says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SexRead {
    sex: Option<&'static str>,
    age: Option<u16>,
    /// Whether something stands there that nobody can read.
    unread: bool,
}

/// What the cells about an age say.
#[derive(Debug, Clone, Copy, Default)]
struct AgeRead {
    years: Option<u16>,
    span: Option<(u16, u16)>,
    birth: Birth,
}

/// Roles that are parts of an address.
pub(super) const ADDRESS: &[Role] = &[Role::Address, Role::Street, Role::HouseNumber];

/// Roles that are parts of a name.
const NAMES: &[Role] = &[
    Role::FullName,
    Role::Surname,
    Role::GivenName,
    Role::MiddleName,
    Role::Patronymic,
];

/// Columns of each part of a name: the same heading again begins another table, and a second whole name is another
/// person unless a definition says that both are one.
pub(super) fn name_columns(block: &Block, source: &Source) -> Vec<(Role, Vec<u16>)> {
    let mut names: Vec<(Role, Vec<u16>)> = Vec::new();
    for role in NAMES {
        let mut headings: Vec<String> = Vec::new();
        let mut columns = Vec::new();
        for column in block.columns.iter().filter(|column| column.role == Some(*role)) {
            let heading = vocabulary::normalise(&column.header);
            let said = || source.columns.keys().any(|name| vocabulary::normalise(name) == heading);
            let further = !headings.contains(&heading) && (*role != Role::FullName || said());
            if headings.is_empty() || further {
                columns.push(column.index);
                headings.push(heading);
            }
        }
        if !columns.is_empty() {
            names.push((*role, columns));
        }
    }
    names
}

impl<'a> Reader<'a> {
    /// The first text in some columns. Hardly any is met twice.
    fn any_text(&self, row: u32, columns: &[u16]) -> Option<Ustr> {
        let texts = columns.iter().map(|column| self.grid.shown(row, *column));
        let mut said = texts.filter(|text| !text.is_empty() && !self.vocabulary.is_missing(text));
        said.next().map(|text| Ustr::from(&text))
    }

    pub(super) fn person(
        &self,
        row: u32,
        session: &RawSession,
        issues: &mut Vec<(u16, CellIssue)>,
        met: &mut Met<'a>,
    ) -> RawIdentity {
        let day = match session.date {
            RowDate::Day(day) => Some(day),
            RowDate::Impossible(_) | RowDate::Missing => None,
        };
        let (given_name, patronymic) = self.given_and_patronymic(row, met);
        let (settlement, address) = self.home(row, met);
        let code = self.places.column(Role::ClientCode);
        let sex = self.sex(row, issues, met);
        let age = self.age(row, day, issues);
        RawIdentity {
            full_name: self.name(row, Role::FullName, met),
            surname: self.name(row, Role::Surname, met),
            given_name,
            patronymic,
            birth: match self.birth(row, day, issues, met) {
                Birth::Unknown => age.birth,
                known => known,
            },
            age: age.years.or(sex.age),
            age_span: age.span,
            sex: sex.sex,
            phone: self.any_text(row, &self.places.phones),
            email: self.any_text(row, &self.places.emails),
            code: code.and_then(|column| self.any_text(row, &[column])),
            settlement,
            address,
            postcode: self.text(row, Role::Postcode, met),
            household: self.text(row, Role::Household, met),
        }
    }

    /// The sex of a row's person, and the age that stands beside it in the cell.
    fn sex(&self, row: u32, issues: &mut Vec<(u16, CellIssue)>, met: &mut Met<'a>) -> SexRead {
        if let Some(column) = self.places.ticked_sex {
            let ticked = values::ticked(self.grid, row, column, self.vocabulary);
            return SexRead {
                sex: ticked.and_then(|said| self.vocabulary.sex(said)).map(Sex::key),
                ..SexRead::default()
            };
        }
        let cell = self
            .places
            .column(Role::Sex)
            .and_then(|column| Some((column, self.grid.cell(row, column)?)));
        let Some((column, cell)) = cell else {
            return SexRead {
                sex: self.block.sex_above(row).map(Sex::key),
                ..SexRead::default()
            };
        };
        let read = match cell {
            // Told on its own.
            Cell::Error(_) | Cell::FormulaWithoutResult(_) => SexRead::default(),
            Cell::Text(text) => {
                let sexes = met.sexes.get_or_insert_with(|| Lately::new(SEXES));
                *sexes.of(text, |text| self.sex_of(trim(text)))
            }
            other => self.sex_of(&text_of(other)),
        };
        if read.unread {
            issues.push((column, CellIssue::Unread));
        }
        read
    }

    fn sex_of(&self, text: &str) -> SexRead {
        let mut read = SexRead::default();
        if text.is_empty() || self.vocabulary.is_missing(text) {
            return read;
        }
        if let Some(meant) = values::renamed(self.source, Role::Sex.key(), text) {
            read.sex = self.vocabulary.sex(meant).map(Sex::key);
            return read;
        }
        let said = self.sexes.as_ref().and_then(|sexes| sexes.said(text, self.vocabulary));
        match said {
            Some((Said::Sex(sex), age)) => (read.sex, read.age) = (Some(sex.key()), age),
            Some((Said::Other, _)) => {}
            None => read.unread = true,
        }
        read
    }

    /// The value of a cell of a column of sexes: a word that nobody knows is no sex of its own.
    pub(super) fn sex_value(&self, sexes: &Sexes, column: &Column, cell: &Cell) -> Option<RawValue> {
        let text = shown(cell);
        if text.is_empty() || matches!(cell, Cell::Error(_)) {
            return None;
        }
        if let Some(code) = values::renamed(self.source, &column.key, &text) {
            return Some(RawValue::Code(Ustr::from(code)));
        }
        if self.vocabulary.is_missing(&text) {
            return None;
        }
        match sexes.said(&text, self.vocabulary)? {
            (Said::Sex(sex), _) => Some(RawValue::Code(Ustr::from(sex.key()))),
            (Said::Other, _) => {
                let tells = self.vocabulary.is_sexless(&text);
                tells.then(|| RawValue::Text(Ustr::from(&text)))
            }
        }
    }

    /// A part of a name, from one column or several.
    fn name(&self, row: u32, role: Role, met: &mut Met<'a>) -> Option<Ustr> {
        let (_, columns) = self.names.iter().find(|(known, _)| *known == role)?;
        if let [column] = columns.as_slice() {
            return self.said(row, *column, met);
        }
        let parts: Vec<Ustr> = columns
            .iter()
            .filter_map(|column| self.said(row, *column, met))
            .collect();
        joined(&parts)
    }

    /// A middle name is a patronymic where it ends like one, and else a further given name.
    fn given_and_patronymic(&self, row: u32, met: &mut Met<'a>) -> (Option<Ustr>, Option<Ustr>) {
        let given = self.name(row, Role::GivenName, met);
        let patronymic = self.name(row, Role::Patronymic, met);
        let Some(middle) = self.name(row, Role::MiddleName, met) else {
            return (given, patronymic);
        };
        match (given, patronymic) {
            (given, None) if given.is_none() || self.vocabulary.is_patronymic(&middle) => (given, Some(middle)),
            (Some(given), patronymic) => (Some(Ustr::from(&format!("{given} {middle}"))), patronymic),
            (None, patronymic) => (None, patronymic),
        }
    }

    /// Settlement and address; a column of addresses that holds a name alone names the settlement.
    fn home(&self, row: u32, met: &mut Met<'a>) -> (Option<Ustr>, Option<Ustr>) {
        let settlement = self.text(row, Role::Settlement, met);
        let columns = self.places.address.iter();
        let parts: Vec<(&Column, Ustr)> = columns
            .filter_map(|column| Some((*column, self.any_text(row, &[column.index])?)))
            .collect();
        let lone = match parts.as_slice() {
            [(column, text)] => column.role == Some(Role::Address) && !text.chars().any(|c| c.is_numeric() || c == ','),
            _ => false,
        };
        let mut texts: Vec<Ustr> = parts.into_iter().map(|(_, text)| text).collect();
        if lone && !self.block.has(&[Role::Settlement, Role::Street, Role::HouseNumber]) {
            return (texts.pop(), None);
        }
        (settlement, joined(&texts))
    }

    /// A birth as written; day numbers of a spreadsheet reach further back here than session dates do, and eight
    /// digits are a date in any order.
    fn birth_at(&self, row: u32, column: u16) -> DateReading {
        let cell = self.grid.cell(row, column);
        match (self.date_at(row, column), cell) {
            (DateReading::None, Some(Cell::Number(number))) if EARLY_SERIALS.contains(number) => {
                dates::from_serial(*number)
            }
            (DateReading::None, Some(cell)) => birth::eight_digits(cell, self.birth_digits),
            (reading, _) => reading,
        }
    }

    /// The birth date as far as it can be true on the day of the contact.
    fn birth(&self, row: u32, day: Option<NaiveDate>, issues: &mut Vec<(u16, CellIssue)>, met: &mut Met<'a>) -> Birth {
        for role in [Role::BirthDate, Role::BirthYear] {
            let Some(column) = self.places.column(role) else {
                continue;
            };
            let written = match self.birth_at(row, column) {
                DateReading::Day(day) | DateReading::Ambiguous { day_month: day, .. } => Birth::Date(day),
                DateReading::Year(year) => self.of_parts(row, year, met),
                DateReading::Impossible(_) => {
                    issues.push((column, CellIssue::Birth));
                    continue;
                }
                _ => {
                    let filled = self.filled(row, column);
                    let Some(cell) = filled else { continue };
                    if let Some(birth) = birth::of_year(cell, role == Role::BirthYear, day) {
                        birth
                    } else {
                        issues.push((column, CellIssue::Unread));
                        continue;
                    }
                }
            };
            let written = birth::century(written, day);
            if birth::plausible(written, day) {
                return written;
            }
            issues.push((column, CellIssue::Birth));
        }
        Birth::Unknown
    }

    /// What stands in a cell that is neither blank nor says that there is nothing; an error is told on its own.
    fn filled(&self, row: u32, column: u16) -> Option<&'a Cell> {
        let cell = self.grid.cell(row, column)?;
        if matches!(cell, Cell::Error(_) | Cell::FormulaWithoutResult(_)) {
            return None;
        }
        let text = shown(cell);
        (!text.is_empty() && !self.vocabulary.is_missing(&text)).then_some(cell)
    }

    /// The age of a row's person, or the age group.
    fn age(&self, row: u32, day: Option<NaiveDate>, issues: &mut Vec<(u16, CellIssue)>) -> AgeRead {
        let mut read = AgeRead::default();
        let column_of = |role| {
            let column = self.places.column(role)?;
            Some((column, self.filled(row, column)?))
        };
        if let Some((column, cell)) = column_of(Role::Age) {
            match self.age_of(Role::Age, cell) {
                Some(Age::Years(years)) => read.years = Some(years),
                Some(Age::Span(from, to)) => read.span = Some((from, to)),
                Some(Age::Born(year)) if birth::plausible(Birth::Year(year), day) => read.birth = Birth::Year(year),
                Some(Age::Born(_)) | None => issues.push((column, CellIssue::Unread)),
            }
        }
        if let Some(column) = self.places.ticked_age {
            let ticked = values::ticked(self.grid, row, column, self.vocabulary);
            let span = ticked.map(|ages| ages::span(&Cell::Text(ages.to_owned()), self.vocabulary));
            match span {
                Some(Some(span)) => read.span = read.span.or(Some(span)),
                Some(None) => issues.push((column.index, CellIssue::Unread)),
                None => {}
            }
        } else if let Some((column, cell)) = column_of(Role::AgeGroup) {
            let meant = || match self.age_of(Role::AgeGroup, cell)? {
                Age::Span(from, to) => Some((from, to)),
                Age::Years(years) => Some((years, years)),
                Age::Born(_) => None,
            };
            match ages::span(cell, self.vocabulary).or_else(meant) {
                Some(span) => read.span = read.span.or(Some(span)),
                None => issues.push((column, CellIssue::Unread)),
            }
        }
        read
    }

    /// What a cell says of an age, with the words that the definition explains.
    fn age_of(&self, role: Role, cell: &Cell) -> Option<Age> {
        let text = text_of(cell);
        let meant = values::renamed(self.source, role.key(), &text);
        ages::read(meant.unwrap_or(&text), self.vocabulary)
    }

    /// The day of a birth whose month and day stand in columns of their own; the year alone where they name no day.
    fn of_parts(&self, row: u32, year: i32, met: &mut Met<'a>) -> Birth {
        let month = self.text(row, Role::BirthMonth, met);
        let month = month.and_then(|text| text.parse().ok().or_else(|| self.vocabulary.month(&text)));
        let day = self.text(row, Role::BirthDay, met).and_then(|text| text.parse().ok());
        month
            .zip(day)
            .and_then(|(month, day)| NaiveDate::from_ymd_opt(year, month, day))
            .map_or(Birth::Year(year), Birth::Date)
    }
}

/// Parts of one thing with a blank between them; nothing of none.
fn joined<T: AsRef<str>>(parts: &[T]) -> Option<Ustr> {
    match parts {
        [] => None,
        [one] => Some(Ustr::from(one.as_ref())),
        several => {
            let several: Vec<&str> = several.iter().map(AsRef::as_ref).collect();
            Some(Ustr::from(&several.join(" ")))
        }
    }
}
