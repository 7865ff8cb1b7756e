//! How a table is read, sentence by sentence.

use std::collections::BTreeSet;

use super::super::count::{Count, count};
use super::{Page, short};
use crate::ingest::layout::{Block, COUNTS, Column, PERSON};
use crate::ingest::reading::{SheetPart, Table};
use crate::ingest::records::{Reason, column_letters};
use crate::ingest::rows::RowDate;
use crate::ingest::vocabulary::{self, Role};
use crate::project::model::Layout;

/// Days shown before the rest is only counted.
const DAYS_SHOWN: usize = 6;
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
        let (first, last) = (block.header_top.to_string(), block.header_bottom.to_string());
        said.push(if first == last {
            self.word("heading_row", &[("row", &first)])
        } else {
            self.word("heading_rows", &[("first", &first), ("last", &last)])
        });
        said.extend(self.columns(block));
        let count = count(self.looked, sheet, table);
        if block.layout == Layout::Register {
            said.extend(self.sessions(block, &count));
        } else {
            said.extend(self.days(table));
        }
        said.extend(self.counted(block.layout, &count));
        said
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
    fn columns(&self, block: &Block) -> Vec<String> {
        let counts = |role: Role| COUNTS.contains(&role);
        let groups: [(&str, Belongs); 6] = [
            ("who", &|role| role.is_some_and(|role| PERSON.contains(&role))),
            ("session_of_row", &|role| {
                role.is_some_and(|role| SESSION.contains(&role))
            }),
            ("heads", &|role| role.is_some_and(counts)),
            ("about", &|role| {
                let other = |role: Role| {
                    !PERSON.contains(&role) && !SESSION.contains(&role) && !IDLE.contains(&role) && !counts(role)
                };
                role.is_some_and(|role| other(role) && role != Role::DerivedTotal)
            }),
            ("kept", &|role| role.is_none()),
            ("ignored", &|role| {
                role.is_some_and(|role| IDLE.contains(&role) || role == Role::DerivedTotal)
            }),
        ];
        let sentences = groups.iter().filter_map(|(key, belongs)| {
            let columns: Vec<&Column> = block.columns.iter().filter(|column| belongs(column.role)).collect();
            (!columns.is_empty()).then(|| self.word(key, &[("columns", &self.named(&columns))]))
        });
        sentences.collect()
    }

    fn named(&self, columns: &[&Column]) -> String {
        let mut named: Vec<String> = columns
            .iter()
            .take(COLUMNS_SHOWN)
            .map(|column| {
                let letters = column_letters(column.index);
                let heading = self.labels.quoted(&short(&column.header));
                match column.role.map(|role| self.role(role)) {
                    Some(meaning) if vocabulary::normalise(meaning) != vocabulary::normalise(&column.header) => self
                        .word(
                            "column_as",
                            &[("column", &letters), ("heading", &heading), ("meaning", meaning)],
                        ),
                    Some(_) | None => self.word("column_plain", &[("column", &letters), ("heading", &heading)]),
                }
            })
            .collect();
        if columns.len() > COLUMNS_SHOWN {
            let count = self.labels.whole(columns.len() - COLUMNS_SHOWN);
            named.push(self.word("more_columns", &[("count", &count)]));
        }
        named.join(", ")
    }

    fn sessions(&self, block: &Block, count: &Count) -> Vec<String> {
        let labels = self.labels;
        let columns: Vec<u16> = block.sessions.iter().map(|session| session.column).collect();
        let (Some(first), Some(last)) = (columns.iter().min(), columns.iter().max()) else {
            return Vec::new();
        };
        let (first, last) = (column_letters(*first), column_letters(*last));
        let mut said = vec![if columns.len() == 1 {
            self.word("days_one", &[("first", &first)])
        } else {
            let planned = labels.count(columns.len(), "column");
            let held = labels.whole(count.sessions);
            self.word(
                "days_columns",
                &[
                    ("first", &first),
                    ("last", &last),
                    ("planned", &planned),
                    ("held", &held),
                ],
            )
        }];
        let days = block.sessions.iter();
        let days: Vec<String> = days
            .map(|session| {
                session
                    .date
                    .as_ref()
                    .map_or_else(|written| labels.quoted(&short(written)), ToString::to_string)
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
        let days: BTreeSet<String> = table
            .rows
            .iter()
            .filter_map(|row| match &row.session.date {
                RowDate::Day(day) => Some(day.to_string()),
                RowDate::Impossible(_) | RowDate::Missing => None,
            })
            .collect();
        let days: Vec<String> = days.into_iter().collect();
        (!days.is_empty()).then(|| self.some_days(&days))
    }

    fn some_days(&self, days: &[String]) -> String {
        let shown = days[..days.len().min(DAYS_SHOWN)].join(", ");
        let shown = match days.last() {
            Some(last) if days.len() > DAYS_SHOWN => self.word("days_more", &[("days", &shown), ("last", last)]),
            Some(_) | None => shown,
        };
        self.word("days", &[("days", &shown)])
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

    /// Rows that are not data, with the reasons.
    pub(super) fn left_out(&self, part: &SheetPart) -> Option<String> {
        let mut reasons: Vec<Reason> = part.aside.iter().map(|(_, reason)| *reason).collect();
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
