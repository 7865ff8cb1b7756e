//! Who is written in a row: names, addresses and births from one column or from several.

use std::borrow::Cow;

use chrono::NaiveDate;
use ustr::Ustr;

use super::{CellIssue, RawIdentity, RawSession, Reader, RowDate, birth};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::layout::{Block, Column};
use crate::ingest::records::Birth;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{self, Role, Sex};
use crate::project::model::Source;

/// Day numbers of births between 1909 and 1954.
const EARLY_SERIALS: std::ops::Range<f64> = 3_500.0..20_000.0;

/// Roles that are parts of an address.
const ADDRESS: &[Role] = &[Role::Address, Role::Street, Role::HouseNumber];

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

impl Reader<'_> {
    /// The texts of the columns with one of some roles, in column order.
    fn texts<'s>(&'s self, row: u32, roles: &'s [Role]) -> impl Iterator<Item = (&'s Column, Ustr)> {
        let columns = self.block.columns.iter();
        columns
            .filter(|column| column.role.is_some_and(|role| roles.contains(&role)))
            .map(move |column| (column, self.grid.shown(row, column.index)))
            .filter(|(_, text)| !text.is_empty() && !self.vocabulary.is_missing(text))
            .map(|(column, text)| (column, Ustr::from(&text)))
    }

    /// The first text in the columns with a role: of two phone columns either may be blank.
    fn any_text(&self, row: u32, role: Role) -> Option<Ustr> {
        self.texts(row, &[role]).next().map(|(_, text)| text)
    }

    pub(super) fn person(&self, row: u32, session: &RawSession, issues: &mut Vec<(u16, CellIssue)>) -> RawIdentity {
        let day = match session.date {
            RowDate::Day(day) => Some(day),
            RowDate::Impossible(_) | RowDate::Missing => None,
        };
        let sex = self.text(row, Role::Sex).and_then(|text| self.vocabulary.sex(&text));
        let (given_name, patronymic) = self.given_and_patronymic(row);
        let (settlement, address) = self.home(row);
        RawIdentity {
            full_name: self.name(row, Role::FullName),
            surname: self.name(row, Role::Surname),
            given_name,
            patronymic,
            birth: self.birth(row, day, issues),
            age: self.text(row, Role::Age).and_then(|text| age(&text)),
            sex: sex.map(Sex::key),
            phone: self.any_text(row, Role::Phone),
            email: self.any_text(row, Role::Email),
            code: self.text(row, Role::ClientCode),
            settlement,
            address,
            postcode: self.text(row, Role::Postcode),
            household: self.text(row, Role::Household),
        }
    }

    /// A part of a name, from one column or several.
    fn name(&self, row: u32, role: Role) -> Option<Ustr> {
        let (_, columns) = self.names.iter().find(|(known, _)| *known == role)?;
        let texts = columns.iter().map(|column| self.grid.shown(row, *column));
        let parts: Vec<Cow<str>> = texts
            .filter(|text| !text.is_empty() && !self.vocabulary.is_missing(text))
            .collect();
        joined(&parts)
    }

    /// A middle name is a patronymic where it ends like one, and else a further given name.
    fn given_and_patronymic(&self, row: u32) -> (Option<Ustr>, Option<Ustr>) {
        let (given, patronymic) = (self.name(row, Role::GivenName), self.name(row, Role::Patronymic));
        let Some(middle) = self.name(row, Role::MiddleName) else {
            return (given, patronymic);
        };
        match (given, patronymic) {
            (given, None) if given.is_none() || self.vocabulary.is_patronymic(&middle) => (given, Some(middle)),
            (Some(given), patronymic) => (Some(Ustr::from(&format!("{given} {middle}"))), patronymic),
            (None, patronymic) => (None, patronymic),
        }
    }

    /// Settlement and address; a column of addresses that holds a name alone names the settlement.
    fn home(&self, row: u32) -> (Option<Ustr>, Option<Ustr>) {
        let settlement = self.text(row, Role::Settlement);
        let parts: Vec<(&Column, Ustr)> = self.texts(row, ADDRESS).collect();
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
    fn birth(&self, row: u32, day: Option<NaiveDate>, issues: &mut Vec<(u16, CellIssue)>) -> Birth {
        for role in [Role::BirthDate, Role::BirthYear] {
            let Some(column) = self.block.column(role) else {
                continue;
            };
            let written = match self.birth_at(row, column) {
                DateReading::Day(day) | DateReading::Ambiguous { day_month: day, .. } => Birth::Date(day),
                DateReading::Year(year) => self.of_parts(row, year),
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
    fn of_parts(&self, row: u32, year: i32) -> Birth {
        let number = |role| self.text(row, role)?.parse::<u32>().ok();
        let month = || number(Role::BirthMonth).or_else(|| self.vocabulary.month(&self.text(row, Role::BirthMonth)?));
        month()
            .zip(number(Role::BirthDay))
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
