//! What one table of a file adds up to: rows, people, sessions, marks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::looked::Looked;
use crate::ingest::marks::Mark;
use crate::ingest::reading::Table;
use crate::ingest::records::Place;
use crate::people::facts::{ContactFact, Who};
use crate::people::model::PersonId;
use crate::project::model::Layout;

/// What one table adds up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Rows that hold data.
    pub(crate) rows: usize,
    /// Distinct people.
    pub(crate) persons: usize,
    /// Distinct people with at least one attendance.
    pub(crate) ever_attended: usize,
    /// Sessions held: columns with any mark, or distinct sessions of the rows.
    pub(crate) sessions: usize,
    /// Columns of sessions, held or not; none where sessions are no columns.
    pub(crate) session_columns: Option<usize>,
    /// First and last day of any session.
    pub(crate) planned: Option<(NaiveDate, NaiveDate)>,
    /// First and last day of a session that somebody attended.
    pub(crate) held: Option<(NaiveDate, NaiveDate)>,
    /// Attendances that count.
    pub(crate) attendances: usize,
    /// Cells or rows of presence.
    pub(crate) present: usize,
    /// Cells of absence.
    pub(crate) absent: usize,
    /// Cells of excused absence.
    pub(crate) excused: usize,
    /// Other marks: no session, not enrolled, not understood.
    pub(crate) other: usize,
    /// Blank cells under sessions.
    pub(crate) blank: usize,
    /// People counted by head.
    pub(crate) heads: usize,
}

/// Where the records of a table are.
struct Where<'t> {
    table: &'t Table,
    sheet: u16,
    rows: BTreeSet<u32>,
    columns: (u16, u16),
}

impl<'t> Where<'t> {
    fn of(sheet: u16, table: &'t Table) -> Self {
        let block = &table.block;
        let named = block.columns.iter().map(|column| column.index);
        let columns = || named.clone().chain(block.sessions.iter().map(|session| session.column));
        Self {
            table,
            sheet,
            rows: table.rows.iter().map(|row| row.number).collect(),
            columns: (columns().min().unwrap_or(0), columns().max().unwrap_or(u16::MAX)),
        }
    }

    fn holds(&self, place: Place) -> bool {
        let within = |column: u16| (self.columns.0..=self.columns.1).contains(&column);
        let (row, column) = self.table.as_read(place.row, place.column);
        place.sheet == self.sheet && self.rows.contains(&row) && column.is_none_or(within)
    }
}

/// Counts one table.
pub(crate) fn count(looked: &Looked, sheet: u16, table: &Table) -> Count {
    let here = Where::of(sheet, table);
    let mut count = Count {
        rows: table.rows.len(),
        ..Count::default()
    };
    of_people(looked, &here, &mut count);
    if table.block.layout == Layout::Register {
        of_marks(table, &mut count);
        count.ever_attended = ever_present(looked, &here, table);
    } else {
        of_contacts(looked, &here, &mut count);
    }
    count
}

fn of_people(looked: &Looked, here: &Where, count: &mut Count) {
    let records = &looked.alone.records;
    let mentions = records.mentions.iter().zip(&looked.people.best);
    let persons: BTreeSet<PersonId> = mentions
        .filter(|(mention, _)| here.holds(mention.place))
        .map(|(_, person)| *person)
        .collect();
    count.persons = persons.len();
    let mut came = BTreeSet::new();
    for contact in &looked.facts.contacts {
        if !contact.places.iter().any(|place| here.holds(*place)) {
            continue;
        }
        match &contact.who {
            Who::Person { person, .. } => {
                count.attendances += usize::from(is_counted_in(here, contact));
                came.insert(*person);
            }
            Who::Anonymous { .. } => {}
        }
    }
    count.ever_attended = came.len();
    let heads = records.head_counts.iter();
    let written = heads.filter(|heads| here.holds(records.rows[heads.row.index()].place));
    count.heads = written.map(|heads| heads.total as usize).sum();
}

/// Whether a contact is one of this table: where several tables tell of it, as the sections of a report do, it is the
/// first one's.
fn is_counted_in(here: &Where, contact: &ContactFact) -> bool {
    contact.places.first().is_some_and(|place| here.holds(*place))
}

/// Distinct people with a mark of presence, whether or not its session has a day.
fn ever_present(looked: &Looked, here: &Where, table: &Table) -> usize {
    let came = |marks: &[(usize, Mark)]| marks.iter().any(|(_, mark)| *mark == Mark::Present);
    let rows: BTreeSet<u32> = table
        .rows
        .iter()
        .filter(|row| came(&row.marks))
        .map(|row| row.number)
        .collect();
    let mentions = looked.alone.records.mentions.iter().zip(&looked.people.best);
    let persons: BTreeSet<PersonId> = mentions
        .filter(|(mention, _)| here.holds(mention.place))
        .filter(|(mention, _)| rows.contains(&table.as_read(mention.place.row, mention.place.column).0))
        .map(|(_, person)| *person)
        .collect();
    persons.len()
}

fn of_marks(table: &Table, count: &mut Count) {
    let sessions = &table.block.sessions;
    let (mut held, mut attended) = (vec![false; sessions.len()], vec![false; sessions.len()]);
    for (session, mark) in table.rows.iter().flat_map(|row| &row.marks) {
        let counted = match mark {
            Mark::Present => &mut count.present,
            Mark::Absent => &mut count.absent,
            Mark::Excused => &mut count.excused,
            Mark::NoSession | Mark::Unknown(_) => &mut count.other,
            Mark::Blank => &mut count.blank,
        };
        *counted += 1;
        held[*session] |= *mark != Mark::Blank;
        attended[*session] |= *mark == Mark::Present;
    }
    count.sessions = held.iter().filter(|held| **held).count();
    count.session_columns = Some(sessions.len());
    let days = |wanted: &dyn Fn(usize) -> bool| {
        let days = sessions.iter().enumerate().filter(|(at, _)| wanted(*at));
        ends(days.filter_map(|(_, session)| session.date.as_ref().ok().copied()))
    };
    count.planned = days(&|_| true);
    count.held = days(&|at| attended[at]);
}

fn of_contacts(looked: &Looked, here: &Where, count: &mut Count) {
    let records = &looked.alone.records;
    let mut sessions = BTreeMap::new();
    for contact in looked
        .facts
        .contacts
        .iter()
        .filter(|contact| is_counted_in(here, contact))
    {
        sessions.insert(contact.session, contact.date);
    }
    for (index, session) in records.sessions.iter().enumerate() {
        let row = session.log_row.map(|row| records.rows[row.index()].place);
        if row.is_some_and(|place| here.holds(place)) {
            sessions.insert(index.into(), session.date);
        }
    }
    count.sessions = sessions.len();
    count.planned = ends(sessions.values().copied());
    count.held = count.planned;
    count.present = count.attendances;
}

fn ends(days: impl Iterator<Item = NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
    days.fold(None, |ends, day| {
        let (first, last) = ends.unwrap_or((day, day));
        Some((first.min(day), last.max(day)))
    })
}

impl Count {
    /// The keys of the JSON document.
    pub(super) fn json(&self, layout: Layout) -> Json {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let heads = layout == Layout::EventLog;
        json!({
            "rows": self.rows,
            "persons": if heads { Json::Null } else { self.persons.into() },
            "ever_attended": if heads { Json::Null } else { self.ever_attended.into() },
            "sessions": self.sessions,
            "session_columns": self.session_columns,
            "first_session": day(self.planned.map(|(first, _)| first)),
            "last_session": day(self.planned.map(|(_, last)| last)),
            "first_held": day(self.held.map(|(first, _)| first)),
            "last_held": day(self.held.map(|(_, last)| last)),
            "attendances": if heads { self.heads } else { self.attendances },
            "present": self.present,
            "absent": self.absent,
            "excused": self.excused,
            "other": self.other,
            "blank": self.blank,
            "head_count": self.heads,
        })
    }
}
