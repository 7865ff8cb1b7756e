//! Registers: sessions of the columns, contacts of the marks.

use chrono::NaiveDate;

use super::mention::Met;
use super::{Assembler, At, TableState};
use crate::ingest::findings::Kind;
use crate::ingest::marks::Mark;
use crate::ingest::records::{CycleId, Fate, FieldId, FieldValue, FileId, HeadCount, Reason, RowId, TextId};
use crate::ingest::rows::{self, RawRow};
use crate::ingest::sessions::SessionKey;
use crate::project::model::Layout;

/// A part of a register, which goes on where its headings are written again right under its last row, as on each page
/// of a printed one.
pub(super) struct Page {
    file: FileId,
    sheet: u16,
    /// Row under the last one.
    next: u32,
    /// Columns of the sessions, with their days.
    days: Vec<(u16, Result<NaiveDate, String>)>,
    group: u32,
    fields: Vec<(FieldId, FieldValue)>,
    cycle: Option<CycleId>,
    /// What the lines above its first part say of its sessions.
    words: [String; 6],
    /// For each session that was held, how many of its day and words came before it.
    met: Vec<Option<u32>>,
}

impl Page {
    fn of(
        at: At,
        state: &TableState,
        cycle: Option<CycleId>,
        words: [String; 6],
        met: Vec<Option<u32>>,
    ) -> Option<Self> {
        let last = at.block().rows.last()?;
        (at.block().layout == Layout::Register && at.table.turned.is_none()).then(|| Self {
            file: at.file,
            sheet: at.sheet,
            next: last + 1,
            days: days(at),
            group: state.group,
            fields: state.fields.clone(),
            cycle,
            words,
            met,
        })
    }

    /// Whether a table is the next part.
    fn goes_on(&self, at: At) -> bool {
        (self.file, self.sheet, self.next) == (at.file, at.sheet, at.block().header_top)
            && at.block().heading.lines.is_empty()
            && self.days == days(at)
    }
}

fn days(at: At) -> Vec<(u16, Result<NaiveDate, String>)> {
    let sessions = at.block().sessions.iter();
    sessions.map(|session| (session.column, session.date.clone())).collect()
}

/// Whether most rows name somebody.
fn is_of_names(rows: &[RawRow]) -> bool {
    let named = |row: &&RawRow| row.person.full_name.is_some() || row.person.surname.is_some();
    rows.iter().filter(named).count() * 2 > rows.len()
}

/// The session of the columns before one, where it is of the same.
fn joined(at: At, index: usize, columns: &[Option<usize>]) -> Option<usize> {
    let sessions = &at.block().sessions;
    let same = |before: &usize| sessions[*before].date == sessions[index].date;
    let mut before = (0..index).rev().filter(|_| sessions[index].joined).take_while(same);
    before.find_map(|before| columns[before])
}

impl Assembler<'_> {
    /// What tells the session of a column from others; `known` is its number on the page before.
    fn column_key(
        &mut self,
        at: At,
        (activity, date): (TextId, NaiveDate),
        words: &[String; 6],
        known: Option<u32>,
    ) -> SessionKey {
        let population = self.population(at.source);
        // Columns of one file that share day and words are sessions of their own.
        let next = self
            .register_columns
            .entry((at.file, activity, date, words.clone()))
            .or_insert(0);
        let nth = known.unwrap_or(*next);
        *next += u32::from(known.is_none());
        SessionKey {
            activity,
            population,
            date,
            words: words.clone(),
            named: String::new(),
            nth,
        }
    }

    /// Ids that the rows of a table share: its group, and the sessions of its columns.
    pub(super) fn begin(&mut self, at: At) -> TableState {
        let is_of_names = is_of_names(&at.table.rows);
        let mut state = TableState {
            group: self.groups,
            is_of_names,
            single: self.single(at, is_of_names),
            ..TableState::default()
        };
        let before = self.page.take().filter(|page| page.goes_on(at));
        let cycle = if let Some(page) = &before {
            state.group = page.group;
            state.fields.clone_from(&page.fields);
            page.cycle
        } else {
            self.groups += 1;
            self.cycle(at, &mut state)
        };
        let source = &self.sources[at.source];
        let activity = self.records.texts.intern(source.activity.fixed());
        let heading = rows::of_heading(at.block(), source);
        let words = match &before {
            Some(page) => page.words.clone(),
            None => self.plain.words(&heading, source.session.as_deref(), self.vocabulary),
        };
        let mut met = Vec::new();
        for (index, (session, present)) in at.block().sessions.iter().zip(&at.table.present).enumerate() {
            let date = session.date.as_ref().ok().copied();
            let date = date.filter(|date| *present > 0 && self.date_problem(*date).is_none());
            if let Some(held) = joined(at, index, &state.columns).filter(|_| date.is_some()) {
                state.columns.push(Some(held));
                met.push(None);
                continue;
            }
            let known = before.as_ref().and_then(|page| page.met.get(index).copied().flatten());
            let Some(date) = date else {
                state.columns.push(None);
                met.push(known);
                continue;
            };
            let key = self.column_key(at, (activity, date), &words, known);
            met.push(Some(key.nth));
            let place = at.cell(session.row, Some(session.column));
            let held = self.session(key, place, at.source, &heading, None);
            self.sessions.get_mut(held).cycle = cycle;
            state.columns.push(Some(held));
        }
        self.page = Page::of(at, &state, cycle, words, met);
        state
    }

    /// A row that counts people whom nobody named.
    fn guests_row(&mut self, at: At, state: &TableState, row: &RawRow, id: RowId) {
        let mut counted = false;
        for (index, total) in &row.heads {
            if let Some(session) = state.columns[*index] {
                counted = true;
                self.head_counts.push((session, HeadCount::beside(id, *total)));
            }
        }
        let met: Vec<usize> = row.heads.iter().map(|(index, _)| *index).collect();
        let fate = self.register_fate(at, &met, counted);
        self.records.rows[id.index()].fate = fate;
    }

    pub(super) fn register_row(&mut self, at: At, state: &TableState, row: &RawRow, id: RowId) {
        if !row.heads.is_empty() {
            return self.guests_row(at, state, row, id);
        }
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
        let fate = match self.no_contact(at, row) {
            None => self.register_fate(at, &present, !counted.is_empty()),
            Some(Reason::Staff) => Fate::SetAside(Reason::Staff),
            Some(_) => Fate::SetAside(Reason::NoContact),
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
