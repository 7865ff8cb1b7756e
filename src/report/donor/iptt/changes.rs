//! The change log: what was published before and is different now.

use crate::report::donor::common::{heads, text, titles};
use crate::report::sheet::{CellModel, Look, SheetModel};
use crate::report::view::{View, clean};

/// Name and columns of the sheet, as the format writes them.
const SHEET: &str = "Change log";
const HEADS: [&str; 9] = [
    "Date and time",
    "Result level",
    "Indicator",
    "User",
    "Organization",
    "Change type",
    "Previous entry",
    "New entry",
    "Rationale",
];
const WIDTHS: [f64; 9] = [18.0, 14.0, 40.0, 18.0, 24.0, 20.0, 18.0, 18.0, 44.0];

/// One change of what was published, in words.
#[derive(Debug, Clone, Default)]
pub(super) struct Change {
    /// When it was made, as the record of publishing writes it.
    pub(super) when: String,
    /// Level of the result.
    pub(super) level: String,
    /// Code and wording of the indicator.
    pub(super) indicator: String,
    /// Who made it: a role or initials.
    pub(super) user: String,
    /// On whose behalf.
    pub(super) organisation: String,
    /// What kind of change it is.
    pub(super) kind: String,
    /// What was published.
    pub(super) previous: String,
    /// What stands there now.
    pub(super) new: String,
    /// Why.
    pub(super) rationale: String,
}

/// The sheet of these changes; one row that says so where nothing was published before.
pub(super) fn sheet(view: &View, changes: &[Change]) -> SheetModel {
    let mut sheet = SheetModel::new(SHEET, &WIDTHS);
    titles(view, &mut sheet, SHEET);
    let head = sheet.push(heads(&HEADS.map(|head| (head, Look::Head))));
    sheet.freeze_below(head, 0);
    for change in changes {
        let cells = [
            &change.when,
            &change.level,
            &change.indicator,
            &change.user,
            &change.organisation,
            &change.kind,
            &change.previous,
            &change.new,
            &change.rationale,
        ];
        sheet.push(
            (0..)
                .zip(cells)
                .map(|(column, cell)| text(column, clean(cell)))
                .collect(),
        );
    }
    if changes.is_empty() {
        let columns = sheet.columns();
        let words = view.labels.get("tables.iptt.no_changes");
        sheet.push(vec![CellModel::text(0, words, Look::Text).over(columns)]);
    }
    sheet
}
