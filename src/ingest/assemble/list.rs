//! Rows of lists: each is a contact of its own.

use chrono::NaiveDate;

use super::form::Company;
use super::mention::Met;
use super::single::{Single, is_single};
use super::{Assembler, At, LastSession, TableState};
use crate::ingest::came::Came;
use crate::ingest::findings::Kind;
use crate::ingest::records::{HeadCount, Reason, RowId, TextId};
use crate::ingest::rows::RawRow;
use crate::ingest::sessions::SessionKey;
use crate::ingest::versions;
use crate::ingest::vocabulary;
use crate::project::model::Layout;

impl Assembler<'_> {
    pub(super) fn list_row(&mut self, at: At, state: &mut TableState, row: &RawRow, id: RowId) {
        let day = self.day(at, row, id);
        let activity = self.activity(at, row);
        if day.is_some() && activity.is_none() {
            self.set_aside(id, Reason::NotUnderstood);
            self.find(Kind::ActivityNotNamed, at.cell(row.number, None), &[]);
        }
        let held = day.zip(activity);
        let place = at.cell(row.number, row.apart);
        // A form about a meeting is there for the rows of its participants, which are joined to it later.
        let nobody = at.block().names_nobody_in_forms().then_some(Reason::NoPerson);
        let missed = self.no_contact(at, row).or(nobody);
        let contact = missed.is_none();
        if let Some(reason) = missed.filter(|_| held.is_some()) {
            self.set_aside(id, reason);
        }
        if missed == Some(Reason::NotHeld) {
            self.find(Kind::NotHeld, place, &[]);
        }
        if row.came == Came::Contradicted {
            self.find(Kind::FlagContradicts, place, &[]);
        }
        let held = held.filter(|_| contact || row.form.is_some());
        let session = held.map(|(date, activity)| self.list_session(at, state, row, id, (date, activity)));
        if let Some((session, (_, total))) = session.filter(|_| contact).zip(row.heads.first()) {
            self.head_counts.push((session, HeadCount::beside(id, *total)));
            return;
        }
        let context = self.context(activity, row);
        let group = self.list_group(state, session);
        if nobody.is_some() {
            let company = Company {
                group,
                context,
                household: None,
                settlement: None,
            };
            self.note_company(at, row, id, (session, Some(company)));
            return;
        }
        let met = Met {
            group,
            context,
            date: day.filter(|_| session.is_some() && contact),
            informs: session.is_some() && contact,
        };
        let mention = self.mention(at, row, id, met);
        self.note_form(at, row, id, (session, Some(mention)));
        if let Some(session) = session.filter(|_| contact) {
            self.contacts.push((mention, session, place));
        }
    }

    /// The session of a row on a day.
    fn list_session(
        &mut self,
        at: At,
        state: &mut TableState,
        row: &RawRow,
        id: RowId,
        (date, activity): (NaiveDate, TextId),
    ) -> usize {
        let said = &row.session;
        let words = said.words();
        // Whoever is named shares a session with all who are named beside the same words.
        let person = &row.person;
        let form = row.form.is_some() && at.block().tells_forms_apart() && state.single != Single::Shared;
        let named = !form && (person.full_name.is_some() || person.surname.is_some());
        let same = |last: &&LastSession| last.activity == activity && last.date == date && last.words == words;
        if let Some(last) = state.last.as_ref().filter(same).filter(|_| named) {
            return last.session;
        }
        let key = self.list_key(at, state, row, id, (date, activity));
        let shared = key.nth == 0;
        let session = self.session(key, at.cell(row.number, row.apart), at.source, said, None);
        state.last = shared.then_some(LastSession {
            activity,
            date,
            words,
            session,
        });
        session
    }

    /// Whether a row of a list is a session that nobody else can be in.
    pub(super) fn is_own_session(&mut self, at: At, state: &TableState, row: &RawRow) -> bool {
        let source = &self.sources[at.source];
        if source.session.is_some() {
            return source.rows_are_sessions();
        }
        let words = self.plain.words(&row.session, None, self.vocabulary);
        // Whoever gave no name was alone.
        let alone = || !row.heads.is_empty() || is_single(at, state, row, &words);
        at.block().layout == Layout::List && alone()
    }

    /// What tells the session of a row from others.
    fn list_key(
        &mut self,
        at: At,
        state: &TableState,
        row: &RawRow,
        id: RowId,
        (date, activity): (NaiveDate, TextId),
    ) -> SessionKey {
        let own = self.is_own_session(at, state, row);
        let source = &self.sources[at.source];
        let mut words = self
            .plain
            .words(&row.session, source.session.as_deref(), self.vocabulary);
        if source.session.is_none() && !own {
            // The number of a list is the number of its event, not of its line.
            words[4] = row
                .session
                .number
                .as_deref()
                .map(vocabulary::normalise)
                .unwrap_or_default();
        }
        SessionKey {
            activity,
            population: self.population(at.source),
            date,
            named: self
                .named
                .word(versions::table_at(at.file, at.sheet, at.table), date, &words),
            words,
            // Several people of one row were at one session.
            nth: if own { state.of_row.unwrap_or(id).0 + 1 } else { 0 },
        }
    }

    pub(super) fn new_group(&mut self) -> u32 {
        self.groups += 1;
        self.groups - 1
    }

    /// Rows of one list and one session share a group; a row without a session is in one of its own.
    pub(super) fn list_group(&mut self, state: &mut TableState, session: Option<usize>) -> u32 {
        let Some(session) = session else {
            return self.new_group();
        };
        if let Some(group) = state.session_groups.get(&session) {
            return *group;
        }
        let group = self.new_group();
        state.session_groups.insert(session, group);
        group
    }
}
