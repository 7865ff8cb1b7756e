//! Registers with days down the side: their people share the row of the names, and each day has a row of its own.

use std::collections::BTreeMap;

use super::{Assembler, At};
use crate::ingest::reading::Turned;
use crate::ingest::records::{Fate, Reason, RowId};

impl Assembler<'_> {
    /// Adds a register that was turned to be read, and accounts for the rows that the sheet has.
    pub(super) fn turned_table(&mut self, at: At, turned: &Turned, aside: &[(u32, Reason)]) {
        self.table_findings(at);
        let state = self.begin(at);
        let unmarked = |row: &u32| (*row, self.unmarked(at, *row));
        let mut days: BTreeMap<u32, Reason> = turned.days.iter().map(unmarked).collect();
        days.insert(turned.names, Reason::NeverCame);
        let mut read: Vec<(u32, Reason)> = aside.iter().copied().chain(days.clone()).collect();
        read.sort_by_key(|(row, _)| *row);
        let mut ids: BTreeMap<u32, RowId> = BTreeMap::new();
        for (row, reason) in read {
            let place = at.in_sheet(row);
            if days.contains_key(&row) {
                ids.insert(row, self.push_row(place, at.source, Fate::SetAside(reason)));
            } else {
                self.aside(place, at.source, reason);
            }
            if row == turned.names {
                for (field, value) in &state.fields {
                    self.push_value(ids[&row], *field, value.clone());
                }
            }
        }
        let names = ids[&turned.names];
        let first = self.contacts.len();
        for row in &at.table.rows {
            self.cell_issues(at, row);
            self.register_row(at, &state, row, names);
        }
        self.contacts[first..].sort_by_key(|(_, _, place)| *place);
        let mut fates = BTreeMap::new();
        for (_, _, place) in &self.contacts[first..] {
            fates.extend(ids.get(&place.row).map(|id| (*id, Fate::Counted)));
            fates.insert(names, Fate::Counted);
        }
        fates.entry(names).or_insert(Fate::SetAside(Reason::NeverCame));
        for (id, fate) in fates {
            self.records.rows[id.index()].fate = fate;
        }
    }

    /// Why the row of a day on which nobody is counted is set aside.
    fn unmarked(&self, at: At, row: u32) -> Reason {
        let mut sessions = at.block().sessions.iter();
        let session = sessions.find(|session| u32::from(session.column) + 1 == row);
        match session.map(|session| (&session.date, session)) {
            Some((Ok(date), _)) => self.date_problem(*date).unwrap_or(Reason::NeverCame),
            Some((Err(_), session)) => session.reason(),
            None => Reason::NeverCame,
        }
    }
}
