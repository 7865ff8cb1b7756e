//! How a table is read, sentence by sentence.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::count::{Count, count};
use super::{Page, short};
use crate::ingest::layout::{Block, COUNTS, Column, PERSON};
use crate::ingest::reading::Table;
use crate::ingest::records::{Fate, Reason, column_letters};
use crate::ingest::rows::RowDate;
use crate::ingest::vocabulary::{self, Role};
use crate::project::model::Layout;

/// Days shown before the rest is only counted.
const DAYS_SHOWN: usize = 3;
/// Columns named in a sentence before the rest is only counted.
const COLUMNS_SHOWN: usize = 12;

/// Whether columns of a role belong to a group.
type Belongs<'a> = &'a dyn Fn(Option<Role>) -> bool;

/// Headings that say which session a row is about.
const SESSION: &[Role] = &[
    Role::SessionDate,
    Role::SessionTime,
    Role::Event,
    Role::Topic,
    Role::Group,
    Role::Place,
    Role::Facilitator,
    Role::EventNumber,
    Role::Service,
];

/// Columns that tell who somebody is where no name is written.
pub(crate) const TELLING: &[Role] = &[Role::Phone, Role::Email, Role::IdDocument, Role::CaseNumber];

/// Headings that tell nothing that is counted.
const IDLE: &[Role] = &[
    Role::RowNo,
    Role::Signature,
    Role::Notes,
    Role::FormMeta,
    Role::FormDevice,
];

impl Page<'_> {
    /// How a table is read, sentence by sentence.
    pub(super) fn how(&self, sheet: u16, table: &Table) -> Vec<String> {
        let block = &table.block;
        let mut said = self.above(block);
        said.push(self.headings(table));
        said.extend(self.columns(table));
        let count = count(self.looked, sheet, table);
        if block.layout == Layout::Register {
            said.extend(self.sessions(table, &count));
        } else {
            said.extend(self.days(table));
        }
        said.extend(self.counted(block.layout, &count));
        said
    }

    fn headings(&self, table: &Table) -> String {
        let (top, bottom) = (table.block.header_top, table.block.header_bottom);
        if table.turned.is_some() {
            let column = |row: u32| u16::try_from(row.saturating_sub(1)).map_or(String::new(), column_letters);
            return self.word("heading_turned", &[("first", &column(top)), ("last", &column(bottom))]);
        }
        let (first, last) = (top.to_string(), bottom.to_string());
        if first == last {
            self.word("heading_row", &[("row", &first)])
        } else {
            self.word("heading_rows", &[("first", &first), ("last", &last)])
        }
    }

    /// What the officer calls a column of a table: its letters, or the row of a sheet that was turned to be read.
    fn line_name(&self, table: &Table, column: u16) -> String {
        if table.turned.is_some() {
            self.word("row", &[("row", &(u32::from(column) + 1).to_string())])
        } else {
            column_letters(column)
        }
    }

    fn above(&self, block: &Block) -> Vec<String> {
        let heading = &block.heading;
        let said = [
            (Role::Event, &heading.title),
            (Role::Group, &heading.group),
            (Role::Place, &heading.site),
        ];
        let said: Vec<String> = said
            .into_iter()
            .filter_map(|(role, text)| {
                let text = self.labels.quoted(&short(text.as_ref()?));
                Some(self.word("above_one", &[("what", self.role(role)), ("text", &text)]))
            })
            .collect();
        let mut lines = Vec::new();
        if !said.is_empty() {
            lines.push(self.word("above", &[("texts", &said.join("; "))]));
        }
        if heading.facilitator.is_some() {
            lines.push(self.word("above_named", &[]));
        }
        lines
    }

    pub(super) fn role(&self, role: Role) -> &str {
        self.labels.get(&format!("role.{}", role.key()))
    }

    /// What the columns are taken for, by what they are good for.
    fn columns(&self, table: &Table) -> Vec<String> {
        let block = &table.block;
        let counts = |role: Role| COUNTS.contains(&role);
        let nameless = !block.has(PERSON);
        let who = |role: Role| PERSON.contains(&role) || (nameless && TELLING.contains(&role));
        let groups: [(&str, Belongs); 6] = [
            ("who", &|role| role.is_some_and(who)),
            ("session_of_row", &|role| {
                role.is_some_and(|role| SESSION.contains(&role))
            }),
            ("heads", &|role| role.is_some_and(counts)),
            ("about", &|role| {
                let other =
                    |role: Role| !who(role) && !SESSION.contains(&role) && !IDLE.contains(&role) && !counts(role);
                role.is_some_and(|role| other(role) && role != Role::DerivedTotal)
            }),
            ("kept", &|role| role.is_none()),
            ("ignored", &|role| {
                role.is_some_and(|role| IDLE.contains(&role) || role == Role::DerivedTotal)
            }),
        ];
        let sentences = groups.iter().filter_map(|(key, belongs)| {
            let columns: Vec<&Column> = block.columns.iter().filter(|column| belongs(column.role)).collect();
            (!columns.is_empty()).then(|| self.word(key, &[("columns", &self.named(table, &columns))]))
        });
        sentences.collect()
    }

    /// Columns with their headings and meanings; those of one meaning that stand together share it.
    fn named(&self, table: &Table, columns: &[&Column]) -> String {
        let shown = &columns[..columns.len().min(COLUMNS_SHOWN)];
        let mut named: Vec<String> = shown
            .chunk_by(|a, b| a.role.is_some() && a.role == b.role)
            .map(|same| self.alike_columns(table, same))
            .collect();
        if columns.len() > COLUMNS_SHOWN {
            let count = self.labels.whole(columns.len() - COLUMNS_SHOWN);
            named.push(self.word("more_columns", &[("count", &count)]));
        }
        named.join(", ")
    }

    fn alike_columns(&self, table: &Table, same: &[&Column]) -> String {
        let plain = |column: &&Column| {
            let letters = self.line_name(table, column.index);
            let heading = self.labels.quoted(&short(&column.header));
            self.word("column_plain", &[("column", &letters), ("heading", &heading)])
        };
        let written = same.iter().map(plain).collect::<Vec<_>>().join(", ");
        let says_itself = |meaning: &str| {
            let meaning = vocabulary::normalise(meaning);
            same.iter()
                .all(|column| vocabulary::normalise(&column.header) == meaning)
        };
        match same[0].role.map(|role| self.role(role)) {
            Some(meaning) if !says_itself(meaning) => {
                self.word("columns_as", &[("columns", &written), ("meaning", meaning)])
            }
            Some(_) | None => written,
        }
    }

    fn sessions(&self, table: &Table, count: &Count) -> Vec<String> {
        let labels = self.labels;
        let block = &table.block;
        let columns: Vec<u16> = block.sessions.iter().map(|session| session.column).collect();
        let (Some(first), Some(last)) = (columns.iter().min(), columns.iter().max()) else {
            return Vec::new();
        };
        let (first, last) = (self.line_name(table, *first), self.line_name(table, *last));
        let planned = labels.count(columns.len(), "session");
        let held = labels.whole(count.sessions);
        let places = [("first", first.as_str()), ("last", &last)];
        let numbers = [("planned", planned.as_str()), ("held", &held)];
        let key = match columns.len() {
            1 => "days_one",
            all if all == count.sessions => "days_all_held",
            _ => "days_columns",
        };
        let mut said = vec![self.word(key, &[places, numbers].concat())];
        let days = block.sessions.iter();
        let days: Vec<String> = days
            .map(|session| {
                session
                    .date
                    .as_ref()
                    .map_or_else(|written| labels.quoted(&short(written)), |day| labels.date(*day))
            })
            .collect();
        said.push(self.some_days(&days));
        let number = |count: usize| labels.whole(count);
        let (present, absent, blank) = (number(count.present), number(count.absent), number(count.blank));
        let (excused, other) = (number(count.excused), number(count.other));
        let mut args = vec![("present", present.as_str()), ("absent", &absent), ("blank", &blank)];
        if count.excused > 0 {
            args.push(("excused", &excused));
        }
        if count.other > 0 {
            args.push(("other", &other));
        }
        said.push(self.word("marks", &args));
        said
    }

    fn days(&self, table: &Table) -> Option<String> {
        let days: BTreeSet<NaiveDate> = table
            .rows
            .iter()
            .filter_map(|row| match &row.session.date {
                RowDate::Day(day) => Some(*day),
                RowDate::Impossible(_) | RowDate::Missing => None,
            })
            .collect();
        let days: Vec<String> = days.into_iter().map(|day| self.labels.date(day)).collect();
        (!days.is_empty()).then(|| self.some_days(&days))
    }

    fn some_days(&self, days: &[String]) -> String {
        let shown = days[..days.len().min(DAYS_SHOWN)].join(", ");
        let shown = match days.last() {
            Some(last) if days.len() > DAYS_SHOWN => self.word("days_more", &[("days", &shown), ("last", last)]),
            Some(_) | None => shown,
        };
        let count = self.labels.count(days.len(), "day");
        self.word("days", &[("days", shown.trim_end_matches('.')), ("count", &count)])
    }

    fn counted(&self, layout: Layout, count: &Count) -> Vec<String> {
        let labels = self.labels;
        let persons = labels.count(count.persons, "people");
        let (rows, sessions) = (labels.count(count.rows, "row"), labels.count(count.sessions, "session"));
        if layout == Layout::EventLog {
            let heads = labels.count(count.heads, "head");
            return vec![self.word("would_count_heads", &[("heads", &heads), ("sessions", &sessions)])];
        }
        if layout == Layout::Registry {
            return vec![self.word("people_registry", &[("persons", &persons), ("rows", &rows)])];
        }
        let (came, attendances) = (
            labels.whole(count.ever_attended),
            labels.count(count.attendances, "attendance"),
        );
        vec![
            self.word("people", &[("persons", &persons), ("rows", &rows), ("came", &came)]),
            self.word("would_count", &[("attendances", &attendances), ("sessions", &sessions)]),
        ]
    }

    /// Rows of a sheet that are not counted, with the reasons.
    pub(super) fn left_out(&self, sheet: u16) -> Option<String> {
        let records = &self.looked.alone.records;
        let fates = records.rows.iter().zip(&self.looked.facts.fates);
        let mut reasons: Vec<Reason> = fates
            .filter(|(row, _)| row.place.sheet == sheet)
            .filter_map(|(_, fate)| match fate {
                Fate::SetAside(reason) => Some(*reason),
                Fate::Counted => None,
            })
            // Of a registry alone nothing is counted yet: its people are not left out.
            .filter(|reason| *reason != Reason::NoService || !self.looked.facts.contacts.is_empty())
            .collect();
        reasons.sort_unstable();
        let parts: Vec<String> = reasons
            .chunk_by(|a, b| a == b)
            .map(|same| {
                let rows = self.labels.count(same.len(), "row");
                self.word(
                    "left_out_part",
                    &[("rows", &rows), ("reason", self.labels.reason(same[0]))],
                )
            })
            .collect();
        (!parts.is_empty()).then(|| self.word("left_out", &[("rows", &parts.join(", "))]))
    }
}
