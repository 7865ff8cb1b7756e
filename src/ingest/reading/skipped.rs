//! Sheets that are not read, and why.

use super::{SheetContent, Wanted};
use crate::ingest::findings::Kind;
use crate::ingest::layout::Purpose;
use crate::ingest::noted::Noted;
use crate::ingest::records::Reason;
use crate::ingest::table::Sheet;
use crate::ingest::vocabulary::Vocabulary;

/// Why a sheet is not read.
pub(super) struct Skipped {
    pub(super) content: SheetContent,
    pub(super) noted: Option<Noted>,
    /// Why its rows are set aside; none where no row could be read at all.
    pub(super) reason: Option<Reason>,
}

/// Why a sheet is not read, if so, given whether it is blank, and whether a source names it or takes any.
pub(super) fn of_sheet(
    sheet: &Sheet,
    blank: bool,
    (named, wanted_at_all): (bool, bool),
    wanted: Wanted,
    vocabulary: &Vocabulary,
) -> Option<Skipped> {
    let aside = |content, reason| Skipped {
        content,
        noted: None,
        reason: Some(reason),
    };
    if let Some(reason) = &sheet.damaged {
        return Some(Skipped {
            content: SheetContent::NotNamed,
            noted: Some(Noted::of_sheet(Kind::DamagedSheet).with("reason", reason)),
            reason: None,
        });
    }
    let waits = || !named && wanted.purpose == Purpose::Project && vocabulary.is_not_held(&sheet.name);
    match () {
        () if blank => Some(aside(SheetContent::Empty, Reason::NoTable)),
        () if sheet.hidden && !named => Some(aside(SheetContent::Hidden, Reason::HiddenSheet)),
        () if !wanted_at_all => Some(aside(SheetContent::NotNamed, Reason::SheetNotNamed)),
        () if waits() => Some(Skipped {
            noted: Some(Noted::of_sheet(Kind::SheetNotHeld)),
            ..aside(SheetContent::NotNamed, Reason::NotHeld)
        }),
        () => None,
    }
}
