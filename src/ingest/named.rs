//! Lists of one day that nothing but the names of their sheets, files and folders tells apart.
//!
//! "List Kyiv" and "List Lviv", the sheets "Київ" and "Львів", "Group A" and "Group B": where the names of all lists of
//! a day differ in words of their own, each is a session. Pages, parts and copies of one list, lists of women and of
//! men, of adults and of children are one. Both is told, unless the lists themselves show that they are one.

mod name;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use ustr::Ustr;

use super::findings::Kind;
use super::reading::{FileReading, SheetContent, Table};
use super::records::{FileId, Finding, Place, SourceFile};
use super::rows::{RawIdentity, RowDate};
use super::sessions::Plain;
use super::values::RawValue;
use super::versions::{TableAt, table_at};
use super::vocabulary::{self, Vocabulary};
use crate::project::model::{ActivityRule, Layout, Source};
use name::Name;

/// Share of the people of a list that stand in another of the same day, from which both are of one session.
const SHARED: f64 = 0.5;

/// What the rows of lists share that are of one session, but for the names of sheets and files: activity, day, words.
type Key = (String, NaiveDate, [String; 6]);

/// Place of the site among the words of a session.
const SITE: usize = 2;
/// Place of the number of an event among them.
const NUMBER: usize = 4;

/// The words of a session, and what the names tell beside them.
type Told = ([String; 6], String);

/// What names say of lists, before their rows are put together.
#[derive(Debug, Default)]
pub(crate) struct Named {
    /// Words of the names that tell a list from others, by list and day.
    words: HashMap<(TableAt, NaiveDate), Vec<Told>>,
    findings: BTreeMap<TableAt, Vec<Finding>>,
}

/// A list as lists of one day are compared.
struct List<'r> {
    at: TableAt,
    table: &'r Table,
    source: &'r Source,
    name: Name,
}

/// Days of an activity on which lists share a session, and these lists.
#[derive(Default)]
struct Days {
    lists: BTreeSet<usize>,
    first: Option<NaiveDate>,
    count: usize,
}

impl Named {
    /// Compares the lists of all sources.
    pub(crate) fn of(
        files: &[(FileId, &FileReading)],
        sources: &[Source],
        named: &[SourceFile],
        vocabulary: &Vocabulary,
    ) -> Self {
        let mut lists: Vec<List> = Vec::new();
        for (file, reading) in files {
            for (sheet, part) in (0_u16..).zip(&reading.sheets) {
                let (SheetContent::Tables(tables), Some(source)) = (&part.content, part.source) else {
                    continue;
                };
                if sources[source].session.is_some() || sources[source].layout.is_some_and(|it| it != Layout::List) {
                    continue;
                }
                let of_people = tables.iter().filter(|table| table.block.layout == Layout::List);
                for table in of_people.filter(|table| !table.block.is_of_forms()) {
                    let name = Name::of(&named[file.index()].path, &part.name, vocabulary);
                    let at = table_at(*file, sheet, table);
                    let source = &sources[source];
                    lists.push(List {
                        at,
                        table,
                        source,
                        name,
                    });
                }
            }
        }
        let mut found = Self::default();
        if lists.len() > 1 {
            found.compare(&lists, vocabulary);
        }
        found
    }

    /// What the names tell of the session of a list's rows.
    pub(crate) fn word(&self, table: TableAt, day: NaiveDate, words: &[String; 6]) -> String {
        let of_day = self.words.get(&(table, day)).into_iter().flatten();
        let mut same = of_day.filter(|(of_session, _)| of_session == words);
        same.next().map_or_else(String::new, |(_, word)| word.clone())
    }

    /// What is told of a list.
    pub(crate) fn findings(&self, table: TableAt) -> &[Finding] {
        self.findings.get(&table).map_or(&[], Vec::as_slice)
    }

    fn compare(&mut self, lists: &[List], vocabulary: &Vocabulary) {
        let mut apart: BTreeMap<String, Days> = BTreeMap::new();
        let mut as_one: BTreeMap<String, Days> = BTreeMap::new();
        for (key, on) in shared(lists, vocabulary) {
            let met: Vec<&List> = on.iter().map(|index| &lists[*index]).collect();
            let told = if let Some(names) = names_apart(&met, &key, vocabulary) {
                for (list, name) in met.iter().zip(names) {
                    let (_, day, words) = &key;
                    let of_day = self.words.entry((list.at, *day)).or_default();
                    of_day.push((words.clone(), name));
                }
                &mut apart
            } else if are_surely_one(&met, &key) {
                continue;
            } else {
                &mut as_one
            };
            let days = told.entry(key.0.clone()).or_default();
            days.lists.extend(on);
            days.first = days.first.min(Some(key.1)).or(Some(key.1));
            days.count += 1;
        }
        for (kind, told) in [(Kind::ListsByName, apart), (Kind::ListsAsOne, as_one)] {
            for days in told.into_values() {
                let lists: Vec<&List> = days.lists.iter().map(|index| &lists[*index]).collect();
                let finding = finding(kind, &lists, &days);
                self.findings.entry(lists[0].at).or_default().push(finding);
            }
        }
    }
}

/// The sessions that lists of several sheets or files share, with the indices of the lists.
fn shared(lists: &[List], vocabulary: &Vocabulary) -> BTreeMap<Key, Vec<usize>> {
    let mut plain = Plain::default();
    let mut found: BTreeMap<Key, BTreeSet<usize>> = BTreeMap::new();
    for (index, list) in lists.iter().enumerate() {
        let field = match &list.source.activity {
            ActivityRule::ByField { field, .. } => {
                let columns = &list.table.block.columns;
                columns.iter().position(|column| column.key == *field)
            }
            ActivityRule::None | ActivityRule::Fixed(_) => None,
        };
        let of_source = format!("{}\n{}", list.source.population, list.source.activity.fixed());
        let mut met: BTreeSet<(Option<String>, NaiveDate, [Option<Ustr>; 6])> = BTreeSet::new();
        for row in &list.table.rows {
            let RowDate::Day(day) = row.session.date else { continue };
            // Services to codes are sessions one by one.
            if !row.person.is_called() && row.session.date_column.is_some() {
                continue;
            }
            let activity = field.and_then(|field| row.values.iter().find(|(at, _)| *at == field));
            let activity = activity.map(|(_, value)| written(value));
            let said = &row.session;
            let words = said.words();
            if met.insert((activity.clone(), day, words)) {
                let words = plain.words(said, None, vocabulary);
                let activity = format!("{of_source}\n{}", activity.unwrap_or_default());
                found.entry((activity, day, words)).or_default().insert(index);
            }
        }
    }
    let sheet = |index: &usize| (lists[*index].at.0, lists[*index].at.1);
    let several = found.into_iter().filter(|(_, on)| {
        let first = on.first().map(sheet);
        on.iter().any(|index| Some(sheet(index)) != first)
    });
    several.map(|(key, on)| (key, on.into_iter().collect())).collect()
}

fn written(value: &RawValue) -> String {
    match value {
        RawValue::Text(text) | RawValue::Code(text) => vocabulary::normalise(text),
        other => format!("{other:?}"),
    }
}

/// The words by which the names of lists tell their sessions apart, list by list; `None` where they do not.
fn names_apart(lists: &[&List], (_, day, words): &Key, vocabulary: &Vocabulary) -> Option<Vec<String>> {
    if !words[SITE].is_empty() || !words[NUMBER].is_empty() {
        return None;
    }
    let names: Vec<&Name> = lists.iter().map(|list| &list.name).collect();
    let apart = name::apart(&names, vocabulary)?;
    let people: Vec<BTreeSet<String>> = lists.iter().map(|list| people(list.table, *day)).collect();
    for (at, (own, name)) in people.iter().zip(&apart).enumerate() {
        let others = people.iter().zip(&apart).take(at).filter(|(_, other)| *other != name);
        for (other, _) in others {
            let least = own.len().min(other.len());
            let both = own.intersection(other).count();
            if least == 0 || both as f64 >= SHARED * least as f64 {
                return None;
            }
        }
    }
    Some(apart)
}

/// Who is written in a list under a day.
fn people(table: &Table, day: NaiveDate) -> BTreeSet<String> {
    let rows = table.rows.iter().filter(|row| row.session.date == RowDate::Day(day));
    rows.map(|row| who(&row.person)).filter(|who| !who.is_empty()).collect()
}

fn who(person: &RawIdentity) -> String {
    let names = [person.full_name, person.surname, person.given_name, person.patronymic];
    let has_name = names.iter().any(Option::is_some);
    let parts = if has_name {
        names.to_vec()
    } else {
        vec![person.code, person.phone]
    };
    let parts: Vec<String> = parts.iter().flatten().map(|text| vocabulary::normalise(text)).collect();
    parts.join(" ")
}

/// Whether lists of one day are parts of one: they say the same of their session, number their people on from one to the
/// next, name the same people, or are called pages.
fn are_surely_one(lists: &[&List], (_, day, words): &Key) -> bool {
    let pages = lists.windows(2).all(|two| two[0].name.is_page_of(&two[1].name));
    if words.iter().any(|word| !word.is_empty()) || pages {
        return true;
    }
    let begin_anew = lists
        .iter()
        .filter(|list| list.table.numbers.is_some_and(|(first, _)| first == 1));
    let numbered = lists.iter().all(|list| list.table.numbers.is_some());
    if numbered && begin_anew.count() == 1 {
        return true;
    }
    let people: Vec<BTreeSet<String>> = lists.iter().map(|list| people(list.table, *day)).collect();
    let alike = |(at, own): (usize, &BTreeSet<String>)| {
        people[..at].iter().all(|other| {
            let least = own.len().min(other.len());
            own.intersection(other).count() as f64 >= SHARED * least as f64
        })
    };
    people.iter().enumerate().all(alike)
}

fn finding(kind: Kind, lists: &[&List], days: &Days) -> Finding {
    let place = |list: &&List| Place {
        row: list.table.block.header_top,
        ..Place::whole_sheet(list.at.0, list.at.1)
    };
    let mut args = BTreeMap::from([("lists", lists.len().to_string())]);
    args.extend(days.first.map(|day| ("date", day.to_string())));
    if days.count > 1 {
        args.insert("days", days.count.to_string());
    }
    Finding {
        kind,
        place: lists.first().map(place),
        others: lists.iter().skip(1).map(place).collect(),
        args,
    }
}
