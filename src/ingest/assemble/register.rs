//! Registers: sessions of the columns, contacts of the marks.

use std::collections::HashMap;

use super::mention::Met;
use super::{Assembler, At, TableState};
use crate::ingest::findings::Kind;
use crate::ingest::marks::Mark;
use crate::ingest::records::{Fate, Reason, RowId};
use crate::ingest::rows::{self, RawRow};
use crate::ingest::sessions::SessionKey;
use crate::project::model::ActivityRule;

impl Assembler<'_> {
    /// Ids that the rows of a table share: its group, and the sessions of its columns.
    pub(super) fn begin(&mut self, at: At) -> TableState {
        let mut state = TableState {
            group: self.groups,
            columns: Vec::new(),
            session_groups: HashMap::new(),
            fields: Vec::new(),
        };
        let cycle = self.cycle(at, &mut state);
        self.groups += 1;
        let source = &self.sources[at.source];
        let activity = match &source.activity {
            ActivityRule::Fixed(activity) => activity.as_str(),
            ActivityRule::None | ActivityRule::ByField { .. } => "",
        };
        let activity = self.records.texts.intern(activity);
        let heading = rows::of_heading(at.block(), source);
        let words = self.plain.words(&heading, source.session.as_deref(), self.vocabulary);
        for (session, present) in at.block().sessions.iter().zip(&at.table.present) {
            let marked = *present > 0;
            let date = session
                .date
                .as_ref()
                .ok()
                .copied()
                .filter(|date| marked && self.date_problem(*date).is_none());
            let Some(date) = date else {
                state.columns.push(None);
                continue;
            };
            // Columns of one file that share day and words are sessions of their own.
            let population = self.population(at.source);
            let nth = self
                .register_columns
                .entry((at.file, activity, date, words.clone()))
                .or_insert(0);
            let key = SessionKey {
                activity,
                population,
                date,
                words: words.clone(),
                nth: *nth,
            };
            *nth += 1;
            let place = at.cell(session.row, Some(session.column));
            state
                .columns
                .push(Some(self.session(key, place, at.source, &heading, None)));
            if let Some(Some(session)) = state.columns.last() {
                self.sessions.get_mut(*session).cycle = cycle;
            }
        }
        state
    }

    pub(super) fn register_row(&mut self, at: At, state: &TableState, row: &RawRow, id: RowId) {
        let present: Vec<usize> = row
            .marks
            .iter()
            .filter(|(_, mark)| *mark == Mark::Present)
            .map(|(index, _)| *index)
            .collect();
        let counted: Vec<(usize, usize)> = present
            .iter()
            .filter_map(|index| Some((*index, state.columns[*index]?)))
            .filter(|_| self.is_contact(at, row))
            .collect();
        let fate = if self.is_contact(at, row) {
            self.register_fate(at, &present, !counted.is_empty())
        } else {
            Fate::SetAside(Reason::NoContact)
        };
        if fate == Fate::SetAside(Reason::NeverCame) {
            self.find(Kind::NeverCame, at.cell(row.number, row.column), &[]);
        }
        self.records.rows[id.index()].fate = fate;
        let first = counted
            .iter()
            .filter_map(|(index, _)| at.block().sessions[*index].date.as_ref().ok())
            .min()
            .copied();
        let activity = self.activity(at, row);
        let context = self.context(activity, row);
        let met = Met {
            group: state.group,
            context,
            date: first,
            informs: fate == Fate::Counted,
        };
        let mention = self.mention(at, row, id, met);
        for (index, session) in counted {
            let column = at.block().sessions[index].column;
            self.contacts
                .push((mention, session, at.cell(row.number, Some(column))));
        }
    }

    fn register_fate(&self, at: At, present: &[usize], counted: bool) -> Fate {
        if counted {
            Fate::Counted
        } else if present.is_empty() {
            Fate::SetAside(Reason::NeverCame)
        } else {
            let reasons = present
                .iter()
                .filter_map(|index| match &at.block().sessions[*index].date {
                    Ok(date) => self.date_problem(*date),
                    Err(_) => Some(at.block().sessions[*index].reason()),
                });
            Fate::SetAside(reasons.min().unwrap_or(Reason::ImpossibleDate))
        }
    }
}
