//! What a window takes of the items of a side.

use chrono::NaiveDate;

use super::items::{Beside, Item, Of};
use crate::project::model::Measure;

/// What a window takes of items that are in order of date.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stretch {
    /// All of them.
    All,
    /// Those between two days, ends included.
    Days(NaiveDate, NaiveDate),
}

impl Stretch {
    /// The items of the stretch.
    pub(super) fn of(self, items: &[Item]) -> &[Item] {
        let Self::Days(start, end) = self else { return items };
        let from = items.partition_point(|item| item.date < start);
        let to = items.partition_point(|item| item.date <= end);
        &items[from..to.max(from)]
    }
}

/// Whether a measure looks at what began before a window and goes on in it.
pub(super) fn goes_on_at(measure: &Measure) -> bool {
    matches!(
        measure,
        Measure::BedNights | Measure::PeakNight | Measure::OpenAtEnd { .. }
    )
}

/// Whether a stay has a night in a window, or a row is open on its last day.
pub(super) fn goes_on(beside: &Beside, item: &Item, start: NaiveDate, last: NaiveDate) -> bool {
    match (beside, item.of) {
        (Beside::Stays(stays), Of::Contact(contact)) => {
            let (from, to) = stays[contact as usize];
            to.is_none_or(|to| to > start && to > from)
        }
        (Beside::Ends(ends), Of::Contact(contact)) => ends[contact as usize].is_none_or(|end| end > last),
        _ => true,
    }
}
