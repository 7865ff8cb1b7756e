//! People in columns: a question asked again for each person of a row, as exports spread the repeats of a form
//! (`children[1]/name`, `children[2]/name`) and officers number their columns ("Name 1", "Sex 1", "Name 2", "Sex 2").
//!
//! Where such columns name people, each of them is a person of her own at the place of her name; where they do not, or
//! where rows are no contacts, it is said that they were not counted.

mod numbered;

use std::collections::{BTreeMap, BTreeSet};

use ustr::Ustr;

use super::dates::{self, DateReading};
use super::findings::Kind;
use super::grid::Grid;
use super::layout::{Block, PERSON};
use super::noted::Noted;
use super::reading::Table;
use super::records::Birth;
use super::rows::{RawIdentity, RawRow};
use super::values::{self, OF_RESPONDENT};
use super::vocabulary::{Role, Sex, Vocabulary};
use crate::project::model::{Layout, Source};
use numbered::{Numbered, numbered};

/// What is asked about each person of a row.
const ASKED: &[Role] = &[
    Role::FullName,
    Role::Surname,
    Role::GivenName,
    Role::Patronymic,
    Role::BirthDate,
    Role::BirthYear,
    Role::Age,
    Role::Sex,
    Role::Phone,
    Role::ClientCode,
    Role::Disability,
    Role::Idp,
    Role::Category,
    Role::Relation,
    Role::Service,
];

/// The questions about one person of a row: indices into the block's columns, with what each asks.
type Questions = Vec<(usize, Option<Role>)>;

/// Reads the people in the columns of a list, and notes that there are some.
pub(crate) fn people(grid: &Grid, source: &Source, vocabulary: &Vocabulary, table: &mut Table) {
    for (prefix, persons) in groups(&table.block, vocabulary) {
        let bracketed = persons.values().flatten().any(|(_, bracketed, _)| *bracketed);
        let persons: BTreeMap<u32, Questions> = persons
            .into_iter()
            .map(|(number, columns)| (number, columns.into_iter().map(|(at, _, role)| (at, role)).collect()))
            .collect();
        let named = name_people(&table.block, &persons, bracketed);
        if !named && !bracketed {
            continue;
        }
        let columns: Vec<String> = persons
            .values()
            .flatten()
            .map(|(at, _)| table.block.columns[*at].header.clone())
            .collect();
        let first = persons
            .values()
            .flatten()
            .next()
            .map(|(at, _)| table.block.columns[*at].index);
        let counted = if named && table.block.layout == Layout::List {
            read(grid, source, vocabulary, table, &persons)
        } else {
            0
        };
        let shown = if prefix.is_empty() {
            columns[0].clone()
        } else {
            format!("{prefix}…")
        };
        let noted = Noted::at(Kind::RepeatColumns, table.block.header_bottom, first);
        table.noted.push(noted.with("columns", shown).with("people", counted));
    }
}

/// Columns by what stands before their number, and by the number.
type Groups = BTreeMap<String, BTreeMap<u32, Vec<(usize, bool, Option<Role>)>>>;

fn groups(block: &Block, vocabulary: &Vocabulary) -> Groups {
    let mut groups = Groups::new();
    if block.layout == Layout::Register || block.layout == Layout::EventLog {
        return groups;
    }
    for (at, column) in block.columns.iter().enumerate() {
        let Some(Numbered {
            prefix,
            number,
            question,
            bracketed,
        }) = numbered(&column.header)
        else {
            continue;
        };
        let role = asked(&question, vocabulary);
        groups
            .entry(prefix)
            .or_default()
            .entry(number)
            .or_default()
            .push((at, bracketed, role));
    }
    groups
}

/// What a question asks: by all its words, else by the last one (`childs_name`).
fn asked(question: &str, vocabulary: &Vocabulary) -> Option<Role> {
    let role = |text: &str| vocabulary.header(text).into_iter().find(|role| ASKED.contains(role));
    role(question).or_else(|| role(question.rsplit(['_', ' ', '/', '.', '-']).next()?))
}

/// Whether questions of a group name people: two numbered parts of one person's name do not.
fn name_people(block: &Block, persons: &BTreeMap<u32, Questions>, bracketed: bool) -> bool {
    let names = |questions: &Questions, roles: &[Role]| {
        questions
            .iter()
            .any(|(_, role)| role.is_some_and(|role| roles.contains(&role)))
    };
    if bracketed {
        return persons.values().any(|questions| names(questions, PERSON));
    }
    let in_group: BTreeSet<usize> = persons.values().flatten().map(|(at, _)| *at).collect();
    let parted = block.columns.iter().enumerate().any(|(at, column)| {
        !in_group.contains(&at) && matches!(column.role, Some(Role::Surname | Role::GivenName | Role::Patronymic))
    });
    let of_whole_names = persons.values().filter(|questions| names(questions, &[Role::FullName]));
    !parted && of_whole_names.count() > 1
}

/// Puts a row for each further person under the row that she stands in; how many there are.
fn read(
    grid: &Grid,
    source: &Source,
    vocabulary: &Vocabulary,
    table: &mut Table,
    persons: &BTreeMap<u32, Questions>,
) -> usize {
    let own_name = PERSON.iter().find_map(|role| table.block.column(*role));
    let in_group: BTreeSet<usize> = persons.values().flatten().map(|(at, _)| *at).collect();
    for (at, role) in persons.values().flatten() {
        if let Some(role) = role {
            let column = &mut table.block.columns[*at];
            column.role = Some(*role);
            role.key().clone_into(&mut column.key);
        }
    }
    let block = &table.block;
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut counted = 0;
    for mut row in std::mem::take(&mut table.rows) {
        let shared = shared(block, &row, &in_group);
        row.values.retain(|(at, _)| !in_group.contains(at));
        let mut further = Vec::new();
        for questions in persons.values() {
            let asked = Asked {
                grid,
                block,
                vocabulary,
                row: row.number,
                questions,
            };
            let Some((column, person)) = asked.person() else {
                continue;
            };
            let values = asked.values(source);
            if Some(column) == own_name {
                row.values.extend(values);
                complete(&mut row.person, &person);
                continue;
            }
            let mut values: Vec<_> = values.into_iter().chain(shared.iter().cloned()).collect();
            values.sort_by_key(|(at, _)| *at);
            further.push(RawRow {
                column: Some(column),
                apart: Some(column),
                person,
                values,
                issues: Vec::new(),
                ..row.clone()
            });
        }
        counted += further.len();
        rows.push(row);
        rows.extend(further);
    }
    table.rows = rows;
    counted
}

/// What a row says of each of its people: neither asked of one of them, nor of who answered.
fn shared(block: &Block, row: &RawRow, in_group: &BTreeSet<usize>) -> Vec<(usize, values::RawValue)> {
    let of_respondent = |at: usize| {
        let role = block.columns[at].role;
        role.is_some_and(|role| OF_RESPONDENT.contains(&role))
    };
    let shared = row.values.iter();
    let shared = shared.filter(|(at, _)| !of_respondent(*at) && !in_group.contains(at));
    shared.cloned().collect()
}

/// What a person's own columns say is known where the row said nothing.
fn complete(person: &mut RawIdentity, asked: &RawIdentity) {
    person.age = person.age.or(asked.age);
    person.sex = person.sex.or(asked.sex);
    person.phone = person.phone.or(asked.phone);
    person.code = person.code.or(asked.code);
    if person.birth == Birth::Unknown {
        person.birth = asked.birth;
    }
}

/// The questions about one person in one row.
struct Asked<'a> {
    grid: &'a Grid<'a>,
    block: &'a Block,
    vocabulary: &'a Vocabulary,
    row: u32,
    questions: &'a Questions,
}

impl Asked<'_> {
    fn text(&self, wanted: Role) -> Option<(u16, Ustr)> {
        let (at, _) = self.questions.iter().find(|(_, role)| *role == Some(wanted))?;
        let column = self.block.columns[*at].index;
        let text = self.grid.shown(self.row, column);
        (!text.is_empty() && !self.vocabulary.is_missing(&text)).then(|| (column, Ustr::from(&text)))
    }

    /// Who is written, and where; nobody without a name or a code.
    fn person(&self) -> Option<(u16, RawIdentity)> {
        let (column, _) = PERSON.iter().find_map(|role| self.text(*role))?;
        let said = |role: Role| self.text(role).map(|(_, text)| text);
        let digits = |text: Ustr| -> String { text.chars().take_while(char::is_ascii_digit).collect() };
        let age = said(Role::Age).and_then(|text| digits(text).parse().ok());
        let person = RawIdentity {
            full_name: said(Role::FullName),
            surname: said(Role::Surname),
            given_name: said(Role::GivenName),
            patronymic: said(Role::Patronymic),
            birth: self.birth(),
            age: age.filter(|age| *age <= 110),
            sex: said(Role::Sex)
                .and_then(|text| self.vocabulary.sex(&text))
                .map(Sex::key),
            phone: said(Role::Phone),
            code: said(Role::ClientCode),
            ..RawIdentity::default()
        };
        Some((column, person))
    }

    fn birth(&self) -> Birth {
        for role in [Role::BirthDate, Role::BirthYear] {
            let column = self.text(role).map(|(column, _)| column);
            let cell = column.and_then(|column| self.grid.cell(self.row, column));
            match cell.map(|cell| dates::read(cell, None)) {
                Some(DateReading::Day(day) | DateReading::Ambiguous { day_month: day, .. }) => return Birth::Date(day),
                Some(DateReading::Year(year)) => return Birth::Year(year),
                _ => {}
            }
        }
        Birth::Unknown
    }

    fn values(&self, source: &Source) -> Vec<(usize, values::RawValue)> {
        let questions = self.questions.iter();
        questions
            .filter(|(_, role)| role.is_none_or(values::is_field))
            .filter_map(|(at, _)| {
                let column = &self.block.columns[*at];
                let cell = self.grid.cell(self.row, column.index)?;
                Some((*at, values::read(column, cell, source, self.vocabulary)?))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
