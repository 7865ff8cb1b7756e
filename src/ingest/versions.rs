//! Registers that were sent again: a later version of the same register replaces the earlier one whole.
//!
//! Two registers in different files are versions of one if they would share their sessions anyway (activity, group,
//! site, title), most people and most days of the smaller one stand in the other, and most marks under those days
//! agree. The later version is the one with more sessions or people; else the one that its file's name dates later, or
//! numbers or words as newer. What they differ in is told cell by cell, so that nothing is corrected in silence.

mod later;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::findings::Kind;
use super::marks::Mark;
use super::reading::{FileReading, SheetContent, Table};
use super::records::{FileId, Finding, Place, SourceFile};
use super::rows::{self, RawRow};
use super::sessions::Plain;
use super::vocabulary::{self, Vocabulary};
use crate::project::model::{ActivityRule, Layout, Source};
use later::Age;

/// Share of the people, of the days and of the marks in which two versions agree.
const MOST: f64 = 2.0 / 3.0;

/// A table: file, sheet, first row of its header.
pub(crate) type TableAt = (FileId, u16, u32);

/// What is known about versions before rows are put together.
#[derive(Debug, Default)]
pub(crate) struct Versions {
    replaced: BTreeMap<TableAt, TableAt>,
    findings: BTreeMap<TableAt, Vec<Finding>>,
}

/// A register as versions of it are compared.
struct Version<'r> {
    at: TableAt,
    table: &'r Table,
    /// People by what is written of them, with the index of their row.
    people: HashMap<String, usize>,
    /// Days with the index of their column; a day that stands twice is left out.
    days: BTreeMap<NaiveDate, usize>,
    age: Age,
}

impl Versions {
    /// Looks for earlier versions among the registers of all files.
    pub(crate) fn of(
        files: &[(FileId, &FileReading)],
        sources: &[Source],
        named: &[SourceFile],
        vocabulary: &Vocabulary,
    ) -> Self {
        let mut alike: BTreeMap<String, Vec<Version>> = BTreeMap::new();
        let mut plain = Plain::default();
        for (file, reading) in files {
            for (sheet, part) in (0_u16..).zip(&reading.sheets) {
                let (SheetContent::Tables(tables), Some(source)) = (&part.content, part.source) else {
                    continue;
                };
                let registers = tables.iter().filter(|table| table.block.layout == Layout::Register);
                for table in registers {
                    let source = &sources[source];
                    let key = key(table, source, &mut plain, vocabulary);
                    let version = Version::of((*file, sheet, table.block.header_top), table, &named[file.index()]);
                    alike.entry(key).or_default().push(version);
                }
            }
        }
        let mut versions = Self::default();
        for registers in alike.values().filter(|registers| registers.len() > 1) {
            versions.compare(registers, named);
        }
        versions
    }

    /// Whether a table is an earlier version of another.
    pub(crate) fn is_replaced(&self, table: TableAt) -> bool {
        self.replaced.contains_key(&table)
    }

    /// What is told of a table that is an earlier version.
    pub(crate) fn findings(&self, table: TableAt) -> &[Finding] {
        self.findings.get(&table).map_or(&[], Vec::as_slice)
    }

    fn compare(&mut self, registers: &[Version], named: &[SourceFile]) {
        let mut order: Vec<usize> = (0..registers.len()).collect();
        order.sort_by(|a, b| registers[*b].age.cmp(&registers[*a].age));
        let mut by_person: HashMap<&str, Vec<usize>> = HashMap::new();
        // The latest first, so that every earlier version meets the last one before any between them.
        for (rank, index) in order.iter().enumerate() {
            let earlier = &registers[*index];
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for person in earlier.people.keys() {
                for later in by_person.get(person.as_str()).into_iter().flatten() {
                    *shared.entry(*later).or_default() += 1;
                }
            }
            let found = shared.into_iter().find(|(rank, people)| {
                let later = &registers[order[*rank]];
                later.at.0 != earlier.at.0 && earlier.is_before(later, *people)
            });
            if let Some((later, _)) = found {
                let later = &registers[order[later]];
                self.replaced.insert(earlier.at, later.at);
                self.findings.insert(earlier.at, told(earlier, later, named));
            } else {
                for person in earlier.people.keys() {
                    by_person.entry(person).or_default().push(rank);
                }
            }
        }
    }
}

/// What registers share whose sessions are the same.
fn key(table: &Table, source: &Source, plain: &mut Plain, vocabulary: &Vocabulary) -> String {
    let activity = match &source.activity {
        ActivityRule::Fixed(activity) => activity.as_str(),
        ActivityRule::None | ActivityRule::ByField { .. } => "",
    };
    let heading = rows::of_heading(&table.block, source);
    let words = plain.words(&heading, None, vocabulary);
    format!("{activity}\n{}\n{:?}\n{:?}", source.population, source.constants, words)
}

/// What is written of a person, as versions of a register repeat it.
fn person(row: &RawRow) -> Option<String> {
    let person = &row.person;
    let names = [
        &person.full_name,
        &person.surname,
        &person.given_name,
        &person.patronymic,
    ];
    let named = names.iter().any(|name| name.is_some());
    let parts = if named { names.to_vec() } else { vec![&person.code] };
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(|text| vocabulary::normalise(text))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

impl<'r> Version<'r> {
    fn of(at: TableAt, table: &'r Table, file: &SourceFile) -> Self {
        let mut people = HashMap::new();
        for (index, row) in table.rows.iter().enumerate() {
            if let Some(person) = person(row) {
                people.entry(person).or_insert(index);
            }
        }
        let mut days = BTreeMap::new();
        let mut twice = BTreeSet::new();
        for (index, session) in table.block.sessions.iter().enumerate() {
            if let Ok(day) = session.date
                && days.insert(day, index).is_some()
            {
                twice.insert(day);
            }
        }
        days.retain(|day, _| !twice.contains(day));
        let age = Age::of(table, file);
        Self {
            at,
            table,
            people,
            days,
            age,
        }
    }

    fn held(&self, day: NaiveDate) -> bool {
        self.days.get(&day).is_some_and(|index| self.table.present[*index] > 0)
    }

    fn came(&self, person: &str, day: NaiveDate) -> bool {
        let (Some(row), Some(column)) = (self.people.get(person), self.days.get(&day)) else {
            return false;
        };
        let mark = self.table.rows[*row].marks.get(*column);
        mark.is_some_and(|(_, mark)| *mark == Mark::Present)
    }

    /// Whether this is an earlier version of a register that shares so many people with it.
    fn is_before(&self, later: &Version, shared: usize) -> bool {
        let most = |part: usize, whole: usize| whole > 0 && part as f64 >= MOST * whole as f64;
        let days: Vec<NaiveDate> = self.days.keys().copied().filter(|day| later.days.contains_key(day)).collect();
        if !most(shared, self.people.len().min(later.people.len())) || !most(days.len(), self.days.len()) {
            return false;
        }
        let (mut cells, mut same) = (0_usize, 0_usize);
        for person in self.people.keys().filter(|person| later.people.contains_key(*person)) {
            for day in days.iter().filter(|day| self.held(**day)) {
                cells += 1;
                same += usize::from(self.came(person, *day) == later.came(person, *day));
            }
        }
        // A copy without a difference repeats the file, and is told as that.
        let copy = same == cells && self.people.len() == later.people.len() && self.days.len() == later.days.len()
            && shared == self.people.len();
        most(same, cells) && !copy
    }

    fn cell(&self, person: &str, day: NaiveDate) -> Option<Place> {
        let row = &self.table.rows[*self.people.get(person)?];
        let column = self.table.block.sessions[*self.days.get(&day)?].column;
        let (file, sheet, _) = self.at;
        Some(Place {
            file,
            sheet,
            row: row.number,
            column: Some(column),
        })
    }

    /// What the version says of a person and day, as a sign: whole marks may be names.
    fn sign(&self, person: &str, day: NaiveDate) -> &'static str {
        let index = self.people.get(person).zip(self.days.get(&day));
        let mark = index.and_then(|(row, column)| self.table.rows[*row].marks.get(*column));
        match mark {
            Some((_, Mark::Present)) => "+",
            Some((_, Mark::Blank)) | None => "",
            Some(_) => "-",
        }
    }
}

/// What is told of an earlier version: that it was replaced, and every cell that counted otherwise.
fn told(earlier: &Version, later: &Version, named: &[SourceFile]) -> Vec<Finding> {
    let mut changed = Vec::new();
    let (mut added, mut removed) = (0_usize, 0_usize);
    let mut people: Vec<&String> = earlier.people.keys().collect();
    people.sort_by_key(|person| earlier.people[*person]);
    for person in people {
        for day in earlier.days.keys().filter(|day| earlier.held(**day)) {
            let (before, after) = (earlier.came(person, *day), later.came(person, *day));
            if before == after {
                continue;
            }
            let places = [later.cell(person, *day), earlier.cell(person, *day)];
            let mut places = places.into_iter().flatten();
            changed.push(Finding {
                kind: Kind::CellChanged,
                place: places.next(),
                others: places.collect(),
                args: BTreeMap::from([
                    ("before", earlier.sign(person, *day).to_owned()),
                    ("after", later.sign(person, *day).to_owned()),
                ]),
            });
        }
    }
    let came_only = |one: &Version, other: &Version| {
        let people = one.people.keys();
        let marks = people.flat_map(|person| one.days.keys().map(move |day| (person, *day)));
        marks
            .filter(|(person, day)| one.came(person, *day) && !other.came(person, *day))
            .count()
    };
    added += came_only(later, earlier);
    removed += came_only(earlier, later);
    let (file, sheet, row) = earlier.at;
    let place = |(file, sheet, row): TableAt| Place {
        file,
        sheet,
        row,
        column: None,
    };
    let mut findings = vec![Finding {
        kind: Kind::RegisterReplaced,
        place: Some(place((file, sheet, row))),
        others: vec![place(later.at)],
        args: BTreeMap::from([
            ("later", named[later.at.0.index()].path.clone()),
            ("added", added.to_string()),
            ("removed", removed.to_string()),
        ]),
    }];
    findings.extend(changed);
    findings
}
