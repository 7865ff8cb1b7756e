//! The sheets of `audit-pack.xlsx`, in the order of their tabs.

use std::collections::BTreeSet;

use super::{Pack, checklist, factor, lists};
use crate::report::donor::sheet_name;
use crate::report::sheet::{CellModel, Link, Look, SheetModel};
use crate::report::sheets::sheets as report_sheets;
use crate::report::view::clean;

/// Sheets of the report that the pack repeats.
const OF_THE_REPORT: [&str; 4] = ["bridge", "method", "quality", "sources"];

/// All sheets.
pub(super) fn sheets(pack: &Pack) -> Vec<SheetModel> {
    let mut taken = BTreeSet::new();
    let mut name = |key: &str| sheet_name(pack.label(&format!("sheet.{key}")), &mut taken);
    let contents = name("contents");
    let own = [
        ("checklist", checklist::sheet(pack, &name("checklist"))),
        ("factor", factor::sheet(pack, &name("factor"))),
        ("to_raw", lists::to_raw(pack, &name("to_raw"))),
        ("to_report", lists::to_report(pack, &name("to_report"))),
        ("duplicates", lists::duplicates(pack, &name("duplicates"))),
        ("excluded", lists::excluded_sheet(pack, &name("excluded"))),
        ("restated", lists::restated(pack, &name("restated"))),
    ];
    let mut named: Vec<(&str, SheetModel)> = own.into();
    let of_the_report = report_sheets(pack.input.report);
    for key in OF_THE_REPORT {
        let of_report = pack.labels().get(&format!("sheet.{key}"));
        let found = of_the_report.iter().find(|sheet| sheet.name == of_report);
        named.extend(found.map(|sheet| {
            let own = SheetModel {
                name: sheet_name(of_report, &mut taken),
                ..sheet.clone()
            };
            (key, own)
        }));
    }
    let mut sheets = vec![first(pack, &contents, &named)];
    sheets.extend(named.into_iter().map(|(_, sheet)| sheet));
    sheets
}

/// The sheet that says whose pack it is and what the others answer.
fn first(pack: &Pack, name: &str, others: &[(&str, SheetModel)]) -> SheetModel {
    let mut sheet = SheetModel::new(name, &[34.0, 96.0]);
    let project = clean(pack.input.walk.project.name.get(pack.input.report.lang));
    let period = pack
        .view
        .span()
        .map_or_else(String::new, |span| pack.labels().period(span));
    sheet.line(pack.label("title"), Look::Title);
    sheet.line(format!("{project} · {period}"), Look::Subtitle);
    sheet.gap();
    for (key, value) in facts(pack) {
        sheet.push(vec![
            CellModel::text(0, key, Look::Key),
            CellModel::text(1, value, Look::KeyValue),
        ]);
    }
    sheet.gap();
    let mut notes = vec!["unnamed", "blanks"];
    notes.extend(pack.input.report.hides().then_some("hides"));
    for note in notes {
        sheet.line(pack.label(note), Look::Note);
    }
    sheet.gap();
    let heads = [(0, "sheet"), (1, "answers")];
    let heads = heads.map(|(column, key)| CellModel::text(column, pack.label(&format!("head.{key}")), Look::Head));
    sheet.push(heads.into());
    for (key, other) in others {
        let link = Link {
            sheet: other.name.clone(),
            row: 0,
        };
        sheet.push(vec![
            CellModel::text(0, other.name.as_str(), Look::Text).linked(Some(link)),
            CellModel::text(1, pack.label(&format!("answers.{key}")), Look::Text),
        ]);
    }
    sheet
}

/// What the pack was made of: the same lines stand on the page.
pub(super) fn facts(pack: &Pack) -> Vec<(String, String)> {
    let labels = pack.labels();
    let span = &pack.input.walk.request.span;
    let days = format!("{} – {}", labels.date(span.start), labels.date(span.end));
    let fact = |key: &str, value: String| (pack.label(&format!("fact.{key}")).to_owned(), value);
    vec![
        fact("days", days),
        fact("as_of", labels.date(pack.input.report.as_of)),
        fact("tool", format!("tallyframe {}", env!("CARGO_PKG_VERSION"))),
        fact("seed", pack.input.seed.to_string()),
        fact("size", labels.whole(pack.input.size)),
        fact("manifest", pack.manifest_fingerprint()),
    ]
}
