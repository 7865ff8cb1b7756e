//! The end: sessions settled, lists without events and files delivered twice told.

use std::collections::BTreeMap;

use super::Assembler;
use crate::ingest::findings::Kind;
use crate::ingest::records::{
    Contact, Fate, FieldValue, FileId, Finding, HeadCount, Place, Reason, Records, SessionId,
};
use crate::ingest::repeats::{self, Repeats};
use crate::ingest::vocabulary::Role;

impl Assembler<'_> {
    /// Settles sessions and what hangs on them.
    pub(crate) fn finish(mut self) -> (Records, Repeats) {
        self.settle_parts();
        let finished = std::mem::take(&mut self.sessions).finish();
        self.records.sessions = finished.sessions;
        self.records.contacts = self
            .contacts
            .iter()
            .map(|(mention, session, place)| Contact {
                mention: *mention,
                session: finished.ids[*session],
                place: *place,
            })
            .collect();
        let counts = std::mem::take(&mut self.head_counts);
        self.records.head_counts = counts
            .into_iter()
            .map(|(session, count)| HeadCount {
                session: finished.ids[session],
                ..count
            })
            .collect();
        for session in finished.without_event {
            let session = &self.records.sessions[session.index()];
            let (place, date) = (session.places[0], session.date.to_string());
            self.find(Kind::ListWithoutEvent, place, &[("date", date)]);
        }
        self.lists_missing();
        self.counts_missing(&finished.ids);
        self.files_repeated();
        self.records.later = std::mem::take(&mut self.versions).into_later();
        (self.records, self.repeats)
    }

    /// Log lines that speak of a signed list which is not among the files.
    fn lists_missing(&mut self) {
        let Some(field) = self.field_ids.get(Role::SignedList.key()).copied() else {
            return;
        };
        let missing: Vec<Place> = self
            .records
            .sessions
            .iter()
            .filter(|session| !session.listed)
            .filter_map(|session| session.log_row)
            .filter(|row| self.records.values_of(*row).contains(&(field, FieldValue::YesNo(true))))
            .map(|row| self.records.rows[row.index()].place)
            .collect();
        for place in missing {
            self.find(Kind::ListMissing, place, &[]);
        }
    }

    /// Log lines that count nobody, and that no list counts either.
    fn counts_missing(&mut self, ids: &[SessionId]) {
        for (session, place, kind) in std::mem::take(&mut self.uncounted) {
            if !self.records.sessions[ids[session].index()].listed {
                self.find(kind, place, &[("counted", "0".to_owned())]);
            }
        }
    }

    fn files_repeated(&mut self) {
        let rows = &self.records.rows;
        let mut data_rows: BTreeMap<FileId, usize> = BTreeMap::new();
        for row in rows {
            let repeated = row.fate == Fate::SetAside(Reason::Repeat);
            if repeated || row.fate == Fate::Counted || !row.values.is_empty() {
                *data_rows.entry(row.place.file).or_default() += 1;
            }
        }
        let found = repeats::repeated_files(
            &self.repeats.pairs,
            |row| rows[row.index()].place.file,
            |file| data_rows.get(&file).copied().unwrap_or(0),
        );
        let paths: Vec<String> = self.records.files.iter().map(|file| file.path.clone()).collect();
        for (copy, original, count) in found {
            self.records.findings.push(Finding {
                kind: Kind::FileRepeated,
                place: Some(Place::whole_sheet(copy, 0)),
                others: vec![Place::whole_sheet(original, 0)],
                args: BTreeMap::from([
                    ("rows", count.to_string()),
                    ("original", paths[original.index()].clone()),
                ]),
            });
        }
    }
}
