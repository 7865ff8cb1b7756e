//! The five standards of data quality, prefilled with what the tool knows, with blanks for the inspector's judgement.

use std::collections::BTreeMap;

use super::Pack;
use super::lists::{OPEN, titled};
use super::standards::Standard;
use crate::ingest::findings::Kind;
use crate::people::facts::Who;
use crate::project::model::Level;
use crate::report::balance;
use crate::report::sheet::{CellModel, Look, SheetModel};

const WIDTHS: [f64; 4] = [70.0, 16.0, 26.0, 50.0];

/// The sheet of all five.
pub(super) fn sheet(pack: &Pack, name: &str) -> SheetModel {
    let notes = ["checklist.what", "checklist.filled"].map(|key| pack.label(key).to_owned());
    let mut sheet = titled(pack, (name, "checklist"), &WIDTHS, &notes);
    super::lists::heads(pack, &mut sheet, &["known", "number", "meets", "note"], 0);
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for finding in &pack.input.walk.facts.findings {
        *kinds.entry(finding.kind).or_default() += 1;
    }
    for standard in Standard::ALL {
        let first = sheet.next_row();
        one(pack, &mut sheet, standard, &kinds);
        sheet.keep_together(first);
    }
    signed(pack, &mut sheet);
    sheet
}

fn one(pack: &Pack, sheet: &mut SheetModel, standard: Standard, kinds: &BTreeMap<Kind, usize>) {
    let words = |part: &str| pack.label(&format!("checklist.{}.{part}", standard.key()));
    sheet.line(words("name"), Look::Level(Level::Output));
    sheet.push(vec![
        CellModel::text(0, words("question"), Look::Text).over(2),
        CellModel::text(2, "", OPEN),
        CellModel::text(3, "", OPEN),
    ]);
    for (text, number) in known(pack, standard) {
        line(sheet, &text, &number);
    }
    let findings = kinds.iter().filter(|(kind, _)| Standard::of(**kind) == standard);
    for (kind, count) in findings {
        let text = pack.fill("checklist.finding", &[("kind", pack.labels().kind(*kind))]);
        line(sheet, &text, &pack.labels().whole(*count));
    }
    sheet.gap();
}

fn line(sheet: &mut SheetModel, text: &str, number: &str) {
    sheet.push(vec![
        CellModel::text(0, text, Look::SubText),
        CellModel::text(1, number, Look::Number),
        CellModel::text(2, "", OPEN),
        CellModel::text(3, "", OPEN),
    ]);
}

/// What the tool knows of a standard beside the findings: words and a number.
fn known(pack: &Pack, standard: Standard) -> Vec<(String, String)> {
    match standard {
        Standard::Validity => validity(pack),
        Standard::Integrity => integrity(pack),
        Standard::Precision => precision(pack),
        Standard::Reliability => reliability(pack),
        Standard::Timeliness => timeliness(pack),
    }
}

fn fact(pack: &Pack, key: &str, number: impl Into<String>) -> (String, String) {
    (pack.label(&format!("known.{key}")).to_owned(), number.into())
}

fn share(pack: &Pack, part: usize, whole: usize) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let percent = pack.labels().number(part as f64 * 100.0 / whole as f64, 1);
    format!("{percent} %")
}

fn validity(pack: &Pack) -> Vec<(String, String)> {
    let project = pack.input.walk.project;
    let silent = pack.counted.totals.iter().filter(|total| total.rows == 0).count();
    vec![
        fact(pack, "indicators", pack.labels().whole(project.indicators.len())),
        fact(pack, "silent", pack.labels().whole(silent)),
    ]
}

fn integrity(pack: &Pack) -> Vec<(String, String)> {
    let walk = pack.input.walk;
    let checks = &walk.figures.checks;
    let held = checks.iter().filter(|check| check.held).count();
    let labels = pack.labels();
    vec![
        fact(pack, "files", labels.whole(walk.records.files.len())),
        fact(pack, "decisions", labels.whole(walk.records.decisions.len())),
        fact(
            pack,
            "checks",
            format!("{} / {}", labels.whole(held), labels.whole(checks.len())),
        ),
    ]
}

fn precision(pack: &Pack) -> Vec<(String, String)> {
    let labels = pack.labels();
    let figures = &pack.input.walk.figures.figures;
    let totals = pack
        .counted
        .totals
        .iter()
        .filter_map(|total| Some(&figures[total.figure?]));
    let ranges = totals.filter_map(|figure| {
        let (low, high) = figure.low.zip(figure.high).filter(|(low, high)| low < high)?;
        Some((figure, low, high))
    });
    let ranges: Vec<_> = ranges.collect();
    let widest = ranges.iter().filter_map(|(figure, low, high)| {
        let value = figure.value.number().filter(|value| *value != 0.0)?;
        Some((high - low) / value.abs())
    });
    let widest = widest.fold(0.0_f64, f64::max);
    let mut facts = vec![
        fact(
            pack,
            "undecided",
            labels.whole(pack.input.report.people.undecided.len()),
        ),
        fact(pack, "ranges", labels.whole(ranges.len())),
        fact(pack, "widest", format!("{} %", labels.number(widest * 100.0, 1))),
    ];
    facts.extend(unknown(pack));
    facts
}

/// Of the people reached, how many have no sex and no age.
fn unknown(pack: &Pack) -> Vec<(String, String)> {
    let walk = pack.input.walk;
    let span = &walk.request.span;
    let mut reached: Vec<_> = Vec::new();
    for contact in &walk.facts.contacts {
        if let Who::Person { person, .. } = &contact.who
            && (span.start..=span.end).contains(&contact.date)
        {
            reached.push((*person, contact.date));
        }
    }
    reached.sort();
    reached.dedup_by_key(|(person, _)| *person);
    let no_sex = reached
        .iter()
        .filter(|(person, _)| walk.facts.attribute(*person, "sex").is_none());
    let no_age = reached.iter().filter(|(person, date)| {
        let person = &walk.facts.persons[person.index()];
        person.age_at(*date).is_none() && person.ages_at(*date).is_none()
    });
    let shares = [no_sex.count(), no_age.count()].map(|part| share(pack, part, reached.len()));
    let [sex, age] = shares;
    vec![fact(pack, "no_sex", sex), fact(pack, "no_age", age)]
}

fn reliability(pack: &Pack) -> Vec<(String, String)> {
    let balance = balance::balance(pack.input.report);
    let labels = pack.labels();
    let mut facts = vec![
        fact(pack, "rows", labels.whole(balance.read)),
        fact(pack, "aside", share(pack, balance.aside(), balance.read)),
    ];
    let heads = pack
        .input
        .walk
        .facts
        .contacts
        .iter()
        .filter_map(|contact| match &contact.who {
            Who::Anonymous { count, .. } => Some(*count as usize),
            Who::Person { .. } => None,
        });
    facts.push(fact(pack, "anonymous", labels.whole(heads.sum())));
    facts
}

fn timeliness(pack: &Pack) -> Vec<(String, String)> {
    let walk = pack.input.walk;
    let labels = pack.labels();
    let latest = walk.facts.contacts.iter().map(|contact| contact.date).max();
    vec![
        fact(pack, "latest", latest.map_or("—".to_owned(), |date| date.to_string())),
        fact(pack, "as_of", pack.input.report.as_of.to_string()),
        fact(pack, "late", labels.get("pack.known.unknown")),
    ]
}

/// Who assessed, and when.
fn signed(pack: &Pack, sheet: &mut SheetModel) {
    for key in ["checklist.overall", "checklist.assessor", "checklist.day"] {
        sheet.push(vec![
            CellModel::text(0, pack.label(key), Look::TotalText).over(2),
            CellModel::text(2, "", OPEN).over(2),
        ]);
    }
}
