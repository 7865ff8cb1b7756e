//! The two samples: from the figures to raw cells, and from raw rows to the figures.

use std::collections::{BTreeMap, BTreeSet};

use super::counted::{Counted, RowKey, row_of};
use super::draw::{Direction, Frame, ticket};
use super::{Input, file_and_sheet};
use crate::audit::trace::{self, Walk};
use crate::ingest::records::{Fate, Place, Reason};
use crate::people::facts::{ContactFact, Who};

/// Where the session of each contact stands, by the contact's place: the heading of a register's column, the first row of a
/// list. Nothing for a row that says all by itself.
pub(super) fn sessions(walk: Walk) -> BTreeMap<Place, Place> {
    let mut stands = BTreeMap::new();
    for contact in &walk.facts.contacts {
        let session = &walk.records.sessions[contact.session.index()];
        for place in &contact.places {
            let near = session.places.iter().filter(|at| {
                (at.file, at.sheet) == (place.file, place.sheet)
                    && at.row < place.row
                    && (at.column.is_none() || place.column.is_none() || at.column == place.column)
            });
            if let Some(at) = near.max_by_key(|at| at.row) {
                stands.insert(*place, *at);
            }
        }
    }
    stands
}

/// Both directions, with all that could have been drawn.
pub(super) struct Samples {
    /// Cells that count in a figure.
    pub(super) to_raw: Frame<Place>,
    /// Raw rows.
    pub(super) to_report: Frame<RawRow>,
}

/// A raw row and what became of it.
pub(super) struct RawRow {
    /// The row.
    pub(super) place: Place,
    /// Counted, or set aside and why.
    pub(super) fate: Fate,
    /// Contacts of the report's period that stand in it and are counted there.
    pub(super) contacts: usize,
    /// Keys of the persons whose contacts stand in it.
    pub(super) persons: BTreeSet<String>,
    /// The indicators that count it in the report's period.
    pub(super) indicators: BTreeSet<usize>,
}

impl Samples {
    pub(super) fn of(input: &Input, counted: &Counted) -> Self {
        let named = |direction: Direction, place: Place, cell: &str| {
            let [file, sheet] = file_and_sheet(input.walk, place);
            ticket(input.seed, direction, [&file, &sheet, cell])
        };
        let cells = counted.cells.keys();
        let cells = cells.map(|place| (named(Direction::ToRaw, *place, &trace::address(*place)), *place));
        let rows = raw_rows(input, counted).into_iter();
        let rows = rows.map(|row| (named(Direction::ToReport, row.place, &row.place.row.to_string()), row));
        let indicators = |place: &Place| counted.cells[place].indicators.iter().copied().collect();
        Self {
            to_raw: Frame::drawn(cells.collect(), input.size, indicators),
            to_report: Frame::drawn(rows.collect(), input.size, |_| Vec::new()),
        }
    }
}

/// Every row that was read, but for those whose contacts all lie outside the report's period or after its last day.
fn raw_rows(input: &Input, counted: &Counted) -> Vec<RawRow> {
    let walk = input.walk;
    let span = &walk.request.span;
    let mut persons: BTreeMap<RowKey, BTreeSet<String>> = BTreeMap::new();
    let (mut inside, mut outside) = (BTreeSet::new(), BTreeSet::new());
    let mut contacts: BTreeMap<RowKey, usize> = BTreeMap::new();
    for contact in &walk.facts.contacts {
        if let (true, Some(place)) = ((span.start..=span.end).contains(&contact.date), contact.places.first()) {
            *contacts.entry(row_of(*place)).or_default() += heads(contact);
        }
        let dated = if (span.start..=span.end).contains(&contact.date) {
            &mut inside
        } else {
            &mut outside
        };
        dated.extend(contact.places.iter().map(|place| row_of(*place)));
        if let Who::Person { person, .. } = &contact.who {
            for place in &contact.places {
                let key = walk.facts.persons[person.index()].key.clone();
                persons.entry(row_of(*place)).or_default().insert(key);
            }
        }
    }
    // A project that hides small numbers shows no rows of the figures that it hides, so none are drawn where all are hidden.
    let hidden = input.report.hides() && counted.cells.is_empty();
    let mut rows: BTreeMap<RowKey, RawRow> = BTreeMap::new();
    for (row, fate) in walk.records.rows.iter().zip(&walk.facts.fates) {
        let key = row_of(row.place);
        let later = *fate == Fate::SetAside(Reason::AfterAsOf);
        if hidden || later || (outside.contains(&key) && !inside.contains(&key)) {
            continue;
        }
        let known = rows.entry(key).or_insert_with(|| RawRow {
            place: Place {
                column: None,
                ..row.place
            },
            fate: *fate,
            contacts: contacts.get(&key).copied().unwrap_or_default(),
            persons: persons.remove(&key).unwrap_or_default(),
            indicators: counted.rows.get(&key).cloned().unwrap_or_default(),
        });
        // Of tables beside each other the one that counts speaks for the row.
        known.fate = known.fate.min(*fate);
    }
    rows.into_values().collect()
}

/// How many contacts a fact stands for.
fn heads(contact: &ContactFact) -> usize {
    match &contact.who {
        Who::Person { .. } => 1,
        Who::Anonymous { count, .. } => *count as usize,
    }
}
