//! The change log: what was published before and is different now.

use crate::report::donor::common::{heads, text, titles};
use crate::report::history::{DefinitionChange, Restatement};
use crate::report::restated::{between, causes, named, said, shown, what};
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

/// What the report's history tells: restated figures, then changed definitions.
pub(super) fn of_history(view: &View) -> Vec<Change> {
    let history = view.report.history;
    let restated = history.restated.iter().map(|one| restated(view, one));
    let changed = history.changes.iter().map(|change| changed(view, change));
    restated.chain(changed).collect()
}

fn restated(view: &View, one: &Restatement) -> Change {
    let (labels, project) = (&view.labels, view.report.project);
    let rationale = [
        ("publication", one.publication.as_str()),
        ("causes", &causes(one, labels)),
    ];
    Change {
        kind: labels.get("restated.iptt.restated").to_owned(),
        previous: shown(one.published, one.decimals, labels),
        new: shown(one.now, one.decimals, labels),
        rationale: labels.fill("restated.iptt.published", &rationale),
        ..about(
            view,
            &one.code,
            &named(one, project, view.report.lang, labels),
            &one.publication,
        )
    }
}

fn changed(view: &View, change: &DefinitionChange) -> Change {
    let labels = &view.labels;
    let what = what(change, labels);
    Change {
        kind: labels.fill("restated.iptt.changed", &[("what", &what)]),
        previous: said(&change.from, labels).to_owned(),
        new: said(&change.to, labels).to_owned(),
        rationale: between(change, labels),
        ..about(view, &change.code, &change.code, &change.since)
    }
}

/// Which indicator changed, and by whom and when the figures were published that it is compared with.
fn about(view: &View, code: &str, named: &str, folder: &str) -> Change {
    let report = &view.report;
    let indicator = report
        .project
        .indicators
        .iter()
        .find(|indicator| indicator.code == code);
    let statement = indicator.map(|known| view.statement(known)).unwrap_or_default();
    let publication = report.history.publications.iter().find(|one| one.folder == folder);
    Change {
        when: publication.map(|one| one.date.to_string()).unwrap_or_default(),
        level: indicator
            .map(|known| view.labels.level(known.level).to_owned())
            .unwrap_or_default(),
        indicator: if code.is_empty() {
            view.labels.get("restated.iptt.project").to_owned()
        } else {
            format!("{named} {statement}").trim().to_owned()
        },
        user: publication.map(|one| one.by.clone()).unwrap_or_default(),
        organisation: report.project.organisation.get(report.lang).to_owned(),
        ..Change::default()
    }
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
        let before = !view.report.history.publications.is_empty();
        let key = if before {
            "restated.none"
        } else {
            "tables.iptt.no_changes"
        };
        let words = view.labels.get(key);
        sheet.push(vec![CellModel::text(0, words, Look::Text).over(columns)]);
    }
    sheet
}
