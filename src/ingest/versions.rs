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
use rapidfuzz::distance::osa;

use super::findings::Kind;
use super::marks::Mark;
use super::reading::{FileReading, SheetContent, Table};
use super::records::{FileId, Finding, Place, SourceFile};
use super::rows::{self, RawRow};
use super::sessions::Plain;
use super::vocabulary::{self, Vocabulary};
use crate::project::model::{Layout, Source};
use later::Age;
pub(crate) use later::is_newer;

/// Share of the people, of the days and of the marks in which two versions agree.
const MOST: f64 = 2.0 / 3.0;

/// Letters in which a name may differ that was corrected.
const SLIPS: usize = 2;
/// Letters of a name that is long enough to differ in some.
const SHORTEST_CORRECTED: usize = 8;
/// New names that are looked at for corrected ones.
const MOST_CORRECTED: usize = 50;

/// A table: file, sheet, first row of its header, first column of its part of the sheet.
pub(crate) type TableAt = (FileId, u16, u32, u16);

/// Where a table is.
pub(crate) fn table_at(file: FileId, sheet: u16, table: &Table) -> TableAt {
    let left = table.block.window.map_or(0, |(left, _)| left);
    (file, sheet, table.block.header_top, left)
}

/// What is known about versions before rows are put together.
#[derive(Debug, Default)]
pub(crate) struct Versions {
    replaced: BTreeMap<TableAt, TableAt>,
    findings: BTreeMap<TableAt, Vec<Finding>>,
    /// Rows of earlier versions, each with the row of the same person in the version that holds.
    later: Vec<(Place, Place)>,
}

/// A register as versions of it are compared.
struct Version<'r> {
    at: TableAt,
    table: &'r Table,
    /// People by what is written of them, with the index of their row.
    people: BTreeMap<String, usize>,
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
                    let version = Version::of(table_at(*file, sheet, table), table, &named[file.index()]);
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

    /// Rows of earlier versions, each with the row of the same person in the version that holds.
    pub(crate) fn into_later(self) -> Vec<(Place, Place)> {
        self.later
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
                let people = earlier.people_in(later).into_iter();
                self.later.extend(
                    people.filter_map(|(row, other)| Some((earlier.place(row, None), later.place(other?, None)))),
                );
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
    let activity = source.activity.fixed();
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
    let has_name = names.iter().any(|name| name.is_some());
    let parts = if has_name { names.to_vec() } else { vec![&person.code] };
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(|text| vocabulary::normalise(text))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

impl<'r> Version<'r> {
    fn of(at: TableAt, table: &'r Table, file: &SourceFile) -> Self {
        let mut people = BTreeMap::new();
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

    /// The mark of a row on a day, where the version has both.
    fn mark(&self, row: Option<usize>, day: NaiveDate) -> Option<&Mark> {
        let column = self.days.get(&day)?;
        let (_, mark) = self.table.rows[row?].marks.get(*column)?;
        Some(mark)
    }

    fn came(&self, row: Option<usize>, day: NaiveDate) -> bool {
        self.mark(row, day) == Some(&Mark::Present)
    }

    /// The rows of this version in order, each with the row of the same person in another: under the same name, or
    /// under one that is nearly the same and stands nowhere else.
    fn people_in(&self, other: &Version) -> Vec<(usize, Option<usize>)> {
        let mut people: Vec<(usize, &String)> = self.people.iter().map(|(person, row)| (*row, person)).collect();
        people.sort_unstable();
        let new = other
            .people
            .iter()
            .filter(|(person, _)| !self.people.contains_key(*person));
        let mut new: Vec<(usize, &String)> = new.map(|(person, row)| (*row, person)).collect();
        new.sort_unstable();
        new.truncate(MOST_CORRECTED);
        let mut found = Vec::with_capacity(people.len());
        for (row, person) in people {
            let same = other.people.get(person).copied();
            let corrected = || {
                let long = person.chars().count() >= SHORTEST_CORRECTED;
                let near = |(_, name): &(usize, &String)| long && osa::distance(name.chars(), person.chars()) <= SLIPS;
                let at = new.iter().position(near)?;
                Some(new.remove(at).0)
            };
            found.push((row, same.or_else(corrected)));
        }
        found
    }

    /// Whether this is an earlier version of a register that shares so many people with it.
    fn is_before(&self, later: &Version, shared: usize) -> bool {
        let most = |part: usize, whole: usize| whole > 0 && part as f64 >= MOST * whole as f64;
        let days = self.days.keys().copied();
        let days: Vec<NaiveDate> = days.filter(|day| later.days.contains_key(day)).collect();
        if !most(shared, self.people.len().min(later.people.len())) || !most(days.len(), self.days.len()) {
            return false;
        }
        let (mut cells, mut same) = (0_usize, 0_usize);
        for (row, other) in self.people_in(later).into_iter().filter(|(_, other)| other.is_some()) {
            for day in days.iter().filter(|day| self.held(**day)) {
                cells += 1;
                same += usize::from(self.came(Some(row), *day) == later.came(other, *day));
            }
        }
        // A copy without a difference repeats the file, and is told as that.
        let as_many = self.people.len() == later.people.len() && self.days.len() == later.days.len();
        let copy = same == cells && as_many && shared == self.people.len();
        most(same, cells) && !copy
    }

    fn place(&self, row: usize, column: Option<u16>) -> Place {
        let (file, sheet, ..) = self.at;
        Place {
            file,
            sheet,
            row: self.table.rows[row].number,
            column,
        }
    }

    fn cell(&self, row: Option<usize>, day: NaiveDate) -> Option<Place> {
        let column = self.table.block.sessions[*self.days.get(&day)?].column;
        Some(self.place(row?, Some(column)))
    }

    /// What the version says of a person and day, as a sign: whole marks may be names.
    fn sign(&self, row: Option<usize>, day: NaiveDate) -> &'static str {
        match self.mark(row, day) {
            Some(Mark::Present) => "+",
            Some(Mark::Blank) | None => "",
            Some(_) => "-",
        }
    }
}

/// What is told of an earlier version: that it was replaced, and every cell that counted otherwise.
fn told(earlier: &Version, later: &Version, named: &[SourceFile]) -> Vec<Finding> {
    let mut changed = Vec::new();
    let mut kept = 0_usize;
    for (row, other) in earlier.people_in(later) {
        if let Some(other) = other {
            changed.extend(renamed(earlier, row, later, other));
        }
        for day in earlier.days.keys() {
            let (before, after) = (earlier.came(Some(row), *day), later.came(other, *day));
            kept += usize::from(before && after);
            if before != after && earlier.held(*day) {
                let places = [later.cell(other, *day), earlier.cell(Some(row), *day)];
                let signs = [earlier.sign(Some(row), *day), later.sign(other, *day)];
                changed.push(cell_changed(&places, signs));
            }
        }
    }
    let marks = |version: &Version| -> usize {
        let rows = version.people.values();
        let of_row = |row: &usize| {
            version
                .days
                .keys()
                .filter(|day| version.came(Some(*row), **day))
                .count()
        };
        rows.map(of_row).sum()
    };
    let header = |(file, sheet, row, _): TableAt| Place {
        file,
        sheet,
        row,
        column: None,
    };
    let mut findings = vec![Finding {
        kind: Kind::RegisterReplaced,
        place: Some(header(earlier.at)),
        others: vec![header(later.at)],
        args: BTreeMap::from([
            ("later", named[later.at.0.index()].path.clone()),
            ("added", marks(later).saturating_sub(kept).to_string()),
            ("removed", marks(earlier).saturating_sub(kept).to_string()),
        ]),
    }];
    findings.extend(changed);
    findings
}

/// A name that was corrected; what it was and is stays untold.
fn renamed(earlier: &Version, row: usize, later: &Version, other: usize) -> Option<Finding> {
    let (before, after) = (&earlier.table.rows[row], &later.table.rows[other]);
    (person(before) != person(after)).then(|| {
        let places = [later.place(other, after.column), earlier.place(row, before.column)];
        cell_changed(&places.map(Some), ["…", "…"])
    })
}

fn cell_changed(places: &[Option<Place>; 2], [before, after]: [&str; 2]) -> Finding {
    let mut places = places.iter().flatten().copied();
    Finding {
        kind: Kind::CellChanged,
        place: places.next(),
        others: places.collect(),
        args: BTreeMap::from([("before", before.to_owned()), ("after", after.to_owned())]),
    }
}
