//! All traces turned round: each raw row with the figures that list it.

use std::collections::BTreeMap;

use super::{Tracer, Walk};
use crate::ingest::records::{FileId, Place, Records, RowId};
use crate::logframe::Behind;

/// What a row is to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// It counts.
    Counts,
    /// It says again what another row says, which counts.
    Again,
    /// A session stands in it or under it.
    Session,
    /// The figure counts findings, and one is about it.
    Finding,
}

/// The figures of each row, by index into the walk's figures, ascending.
#[derive(Debug, Clone, Default)]
pub struct Index(BTreeMap<RowId, Vec<(usize, Part)>>);

impl Index {
    /// The figures that list a row.
    pub fn figures(&self, row: RowId) -> &[(usize, Part)] {
        self.0.get(&row).map_or(&[], Vec::as_slice)
    }
}

/// The figures of every row.
pub fn index(walk: Walk) -> Index {
    build(walk, None)
}

/// The figures of one row.
pub fn index_of(walk: Walk, row: RowId) -> Index {
    build(walk, Some(row))
}

fn build(walk: Walk, only: Option<RowId>) -> Index {
    let tracer = Tracer::new(walk);
    let mut grounding = tracer.grounding();
    let lines = Lines::of(walk.records);
    let mut rows: BTreeMap<RowId, Vec<(usize, Part)>> = BTreeMap::new();
    for (at, figure) in walk.figures.figures.iter().enumerate() {
        let Some(grounds) = grounding.of(figure) else { continue };
        let all = grounds.shares().into_iter().flat_map(|share| &share.behind);
        for behind in all {
            each_place(walk, behind, &mut |place, part| {
                for row in lines.rows_at(walk.records, place) {
                    if only.is_none_or(|only| only == row) {
                        rows.entry(row).or_default().push((at, part));
                    }
                }
            });
        }
    }
    for figures in rows.values_mut() {
        figures.sort_unstable();
        // A row that counts may say the same again elsewhere: that it counts is what matters.
        figures.dedup_by_key(|(figure, _)| *figure);
    }
    Index(rows)
}

/// Every place that a thing counted stands on, and what it is to the figure.
fn each_place(walk: Walk, behind: &Behind, tell: &mut dyn FnMut(Place, Part)) {
    let mut several = |places: &[Place], part: Part| {
        for (nth, place) in places.iter().enumerate() {
            tell(*place, if nth == 0 { part } else { part.max(Part::Again) });
        }
    };
    match behind {
        Behind::Contact { fact, .. } => several(&walk.facts.contacts[*fact].places, Part::Counts),
        Behind::Person { contacts, .. } | Behind::Together { contacts, .. } => {
            for fact in contacts {
                several(&walk.facts.contacts[*fact].places, Part::Counts);
            }
        }
        Behind::Session { fact } => {
            let session = walk.facts.sessions[*fact].session;
            several(&walk.records.sessions[session.index()].places, Part::Session);
        }
        Behind::Amount { row, .. } => tell(walk.records.rows[row.index()].place, Part::Counts),
        // A cycle, or a session that no log reports: the heading over it is its place.
        Behind::Places {
            person: None, places, ..
        } => places.iter().for_each(|place| tell(*place, Part::Session)),
        Behind::Places { places, .. } => places.iter().for_each(|place| tell(*place, Part::Counts)),
        Behind::Finding { index } => {
            let finding = &walk.facts.findings[*index];
            finding
                .place
                .iter()
                .chain(&finding.others)
                .for_each(|place| tell(*place, Part::Finding));
        }
    }
}

/// File, sheet and number of a row.
type Line = (FileId, u16, u32);

fn line(place: Place) -> Line {
    (place.file, place.sheet, place.row)
}

/// The rows on each line: tables beside each other share theirs.
pub(super) struct Lines(BTreeMap<Line, (usize, usize)>);

impl Lines {
    pub(super) fn of(records: &Records) -> Self {
        let mut lines = BTreeMap::new();
        for (at, row) in records.rows.iter().enumerate() {
            lines.entry(line(row.place)).or_insert((at, at)).1 = at;
        }
        Self(lines)
    }

    /// The rows that a place belongs to: those of the contacts that stand in it; else the row of its line, of tables
    /// beside each other that of the one that begins last before it.
    pub(super) fn rows_at(&self, records: &Records, place: Place) -> Vec<RowId> {
        let mut rows = rows_of_contacts(records, place);
        if rows.is_empty() {
            let known = self.0.get(&line(place)).copied();
            rows.extend(known.map(|(first, last)| {
                let begins = |row: &usize| records.rows[*row].place.column <= place.column;
                RowId::from((first..=last).rev().find(begins).unwrap_or(first))
            }));
        }
        rows
    }
}

/// The rows of the contacts that stand in a place.
pub(super) fn rows_of_contacts(records: &Records, place: Place) -> Vec<RowId> {
    let from = records.contacts.partition_point(|contact| contact.place < place);
    let here = records.contacts[from..]
        .iter()
        .take_while(|contact| contact.place == place);
    let mut rows: Vec<RowId> = here
        .map(|contact| records.mentions[contact.mention.index()].row)
        .collect();
    rows.dedup();
    rows
}
