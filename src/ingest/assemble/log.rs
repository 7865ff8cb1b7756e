//! Rows of event logs: a session each, with its head-count.

use std::collections::HashMap;

use super::{Assembler, At};
use crate::ingest::findings::Kind;
use crate::ingest::records::{HeadCount, HeadCountPart, Reason, RowId, SessionId};
use crate::ingest::repeats::Content;
use crate::ingest::rows::RawRow;
use crate::ingest::sessions::SessionKey;
use crate::ingest::values::RawValue;
use crate::ingest::vocabulary::Role;
use crate::project::model::Layout;

/// Columns that count a part of the heads: the sex, and whether they are children, where the column says so.
const PARTS: [(Role, Option<&'static str>, Option<bool>); 8] = [
    (Role::CountWomen, Some("female"), Some(false)),
    (Role::CountMen, Some("male"), Some(false)),
    (Role::CountGirls, Some("female"), Some(true)),
    (Role::CountBoys, Some("male"), Some(true)),
    (Role::CountFemale, Some("female"), None),
    (Role::CountMale, Some("male"), None),
    (Role::CountChildren, None, Some(true)),
    (Role::CountOther, None, None),
];

impl Assembler<'_> {
    pub(super) fn log_row(&mut self, at: At, row: &RawRow, id: RowId) {
        let Some(date) = self.day(at, row, id) else { return };
        let Some(activity) = self.activity(at, row) else {
            self.set_aside(id, Reason::NotUnderstood);
            self.find(Kind::ActivityNotNamed, at.cell(row.number, None), &[]);
            return;
        };
        let source = &self.sources[at.source];
        let words = self
            .plain
            .words(&row.session, source.session.as_deref(), self.vocabulary);
        // Every line of a log is an event of its own, whatever it shares with another.
        let key = SessionKey {
            activity,
            population: self.population(at.source),
            date,
            words,
            nth: id.0 + 1,
        };
        let session = self.session(key, at.cell(row.number, None), at.source, &row.session, Some(id));
        self.sessions.get_mut(session).listed = false;
        match self.head_count(at, row, id) {
            Some(count) => self.head_counts.push((session, count)),
            None => self.uncounted.push((session, at.cell(row.number, None))),
        }
    }

    fn head_count(&mut self, at: At, row: &RawRow, id: RowId) -> Option<HeadCount> {
        let parts: Vec<(Option<&str>, Option<bool>, u32)> = PARTS
            .into_iter()
            .filter_map(|(role, sex, child)| Some((sex, child, heads(at, row, role)?)))
            .collect();
        let sum: u32 = parts.iter().fold(0, |sum, (_, _, count)| sum.saturating_add(*count));
        let written = heads(at, row, Role::CountTotal);
        if let Some(total) = written.filter(|total| !parts.is_empty() && *total != sum) {
            let args = [("total", total.to_string()), ("parts", sum.to_string())];
            let place = at.cell(row.number, at.block().column(Role::CountTotal));
            self.find(Kind::PartsDiffer, place, &args);
        }
        let total = written.or_else(|| (!parts.is_empty()).then_some(sum))?;
        let column = at.block().column(Role::CountTotal);
        if column.is_some() && written.is_none() {
            let args = [("counted", sum.to_string()), ("parts", parts.len().to_string())];
            self.find(Kind::CountMissing, at.cell(row.number, column), &args);
        }
        if column.is_none() {
            self.missing_parts(at, row, sum, parts.len());
        }
        let texts = &mut self.records.texts;
        let parts = parts
            .into_iter()
            .filter(|(_, _, count)| *count > 0 && sum <= total)
            .map(|(sex, child, count)| HeadCountPart {
                sex: sex.map(|sex| texts.intern(sex)),
                child,
                count,
            })
            .collect();
        Some(HeadCount {
            // Known once the sessions are settled.
            session: SessionId(0),
            row: id,
            total,
            parts,
        })
    }
}

impl Assembler<'_> {
    /// Tells of lines of a log that say in every cell what a line above says.
    pub(super) fn events_written_twice(&mut self, at: At, contents: &[Option<Content>]) {
        if at.block().layout != Layout::EventLog {
            return;
        }
        let mut first: HashMap<Content, u32> = HashMap::new();
        for (row, content) in at.table.rows.iter().zip(contents) {
            let Some(content) = content else { continue };
            if let Some(above) = first.get(content) {
                let args = [("row", above.to_string())];
                self.find(Kind::EventTwice, at.cell(row.number, None), &args);
            } else {
                first.insert(*content, row.number);
            }
        }
    }

    /// Tells of parts that a row does not count, where other rows do and no total holds the row together.
    fn missing_parts(&mut self, at: At, row: &RawRow, sum: u32, counted: usize) {
        for (role, _, _) in PARTS {
            let Some(column) = at.block().column(role) else {
                continue;
            };
            if heads(at, row, role).is_none() && is_counted(at, role) {
                let args = [("counted", sum.to_string()), ("parts", counted.to_string())];
                self.find(Kind::CountMissing, at.cell(row.number, Some(column)), &args);
            }
        }
    }
}

/// Whether most rows of a log write a number in the column with this role, so that a blank there is no zero.
fn is_counted(at: At, role: Role) -> bool {
    let rows = &at.table.rows;
    let filled = rows.iter().filter(|row| heads(at, row, role).is_some()).count();
    filled * 3 >= rows.len() * 2
}

/// The number that a row writes in the column with this role; the sum, where several columns count others.
fn heads(at: At, row: &RawRow, role: Role) -> Option<u32> {
    let columns = at.block().columns.iter().enumerate();
    let mut columns = columns.filter(|(_, column)| column.role == Some(role));
    if role != Role::CountOther {
        return columns.next().and_then(|(column, _)| heads_in(row, column));
    }
    columns
        .filter_map(|(column, _)| heads_in(row, column))
        .reduce(u32::saturating_add)
}

/// The number that a row writes in a column of its block.
fn heads_in(row: &RawRow, column: usize) -> Option<u32> {
    let (_, value) = row.values.iter().find(|(index, _)| *index == column)?;
    match value {
        RawValue::Number(number) if (0.0..1e9).contains(number) =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked to be in range"
            )]
            Some(number.round() as u32)
        }
        _ => None,
    }
}
