//! Who is written in a row: names, addresses and births from one column or from several.

use chrono::NaiveDate;
use ustr::Ustr;

use super::{CellIssue, Met, RawIdentity, RawSession, Reader, RowDate, birth};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{text_of, trim};
use crate::ingest::lately::Lately;
use crate::ingest::layout::{Block, Column};
use crate::ingest::records::Birth;
use crate::ingest::table::Cell;
use crate::ingest::values;
use crate::ingest::vocabulary::{self, Role, Sex};
use crate::project::model::Source;

/// Day numbers of births between 1909 and 1954.
const EARLY_SERIALS: std::ops::Range<f64> = 3_500.0..20_000.0;

/// Words for sexes that are remembered.
const SEXES: usize = 64;

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
        RawIdentity {
            full_name: self.name(row, Role::FullName, met),
            surname: self.name(row, Role::Surname, met),
            given_name,
            patronymic,
            birth: self.birth(row, day, issues, met),
            age: self.text(row, Role::Age, met).and_then(|text| age(&text)),
            sex: self.sex(row, met),
            phone: self.any_text(row, &self.places.phones),
            email: self.any_text(row, &self.places.emails),
            code: code.and_then(|column| self.any_text(row, &[column])),
            settlement,
            address,
            postcode: self.text(row, Role::Postcode, met),
            household: self.text(row, Role::Household, met),
        }
    }

    fn sex(&self, row: u32, met: &mut Met<'a>) -> Option<&'static str> {
        let ticked = |column| values::ticked(self.grid, row, column, self.vocabulary);
        if let Some(column) = self.places.ticked_sex {
            return ticked(column).and_then(|said| self.vocabulary.sex(said)).map(Sex::key);
        }
        let column = self.places.column(Role::Sex)?;
        let heads = self.block.columns.iter().find(|known| known.index == column);
        let heading = heads.map_or("", |known| known.header.as_str());
        let known = |text: &str| {
            let said = (!text.is_empty() && !self.vocabulary.is_missing(text)).then_some(text)?;
            self.vocabulary.sex_under(heading, said).map(Sex::key)
        };
        match self.grid.cell(row, column)? {
            Cell::Text(text) => {
                let sexes = met.sexes.get_or_insert_with(|| Lately::new(SEXES));
                *sexes.of(text, |text| known(trim(text)))
            }
            other => known(&text_of(other)),
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
                _ => continue,
            };
            let written = birth::century(written, day);
            if birth::plausible(written, day) {
                return written;
            }
            issues.push((column, CellIssue::Birth));
        }
        Birth::Unknown
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

fn age(text: &str) -> Option<u16> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|age| *age <= 110)
}
