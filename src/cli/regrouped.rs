//! What `run` says of persons that were joined or parted since an earlier report: beside the answer, never in the report.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::pipeline::Computed;
use super::printer::Printer;
use crate::audit::manifest::Manifest;
use crate::audit::regroup::{self, Cause, Change, Regrouping, Turn};
use crate::ingest::records::Records;
use crate::report::labels::Labels;

/// Changes shown before the rest is only counted.
const SHOWN: usize = 5;

/// The manifest that a report of the project is compared with: that of the report about to be replaced, else that of the latest
/// other period.
pub(crate) fn former(root: &Path, target: &Path, now: &Manifest) -> Option<Manifest> {
    let replaced = read(&target.join("manifest.json"), &now.project);
    replaced.or_else(|| {
        let folders = fs::read_dir(root.join("reports")).ok()?.flatten();
        let manifests = folders.filter_map(|folder| read(&folder.path().join("manifest.json"), &now.project));
        manifests.max_by(|a, b| span(a).cmp(&span(b)))
    })
}

fn span(manifest: &Manifest) -> (chrono::NaiveDate, chrono::NaiveDate, &str) {
    (manifest.period_end, manifest.period_start, &manifest.period)
}

/// A manifest of the project; one that can't be understood says nothing, and the run replaces it.
fn read(path: &Path, project: &str) -> Option<Manifest> {
    let text = fs::read_to_string(path).ok()?;
    let manifest: Manifest = serde_json::from_str(&text).ok()?;
    (manifest.project == project).then_some(manifest)
}

/// Compares the persons of an earlier report with those of now.
pub(crate) fn regrouping(then: &Manifest, now: &Manifest, computed: &Computed) -> Option<Regrouping> {
    regroup::regrouping(then, now, &computed.records, &computed.people)
}

/// Tells the changes; all of them where `all` is wanted.
pub(crate) fn tell(regrouping: &Regrouping, records: &Records, lang: &str, all: bool, printer: &mut Printer) {
    if regrouping.changes.is_empty() {
        return;
    }
    let labels = Labels::load(lang);
    let [joined, parted] = [Turn::Joined, Turn::Parted].map(|turn| labels.whole(regrouping.count(turn)));
    let title = [
        ("period", regrouping.since.as_str()),
        ("joined", &joined),
        ("parted", &parted),
    ];
    printer.note(&labels.fill("regrouped.title", &title));
    let shown = if all { regrouping.changes.len() } else { SHOWN };
    for change in regrouping.changes.iter().take(shown) {
        printer.note(&line(change, records, &labels));
    }
    if let Some(more) = regrouping.changes.len().checked_sub(shown).filter(|more| *more > 0) {
        printer.note(&labels.fill("regrouped.more", &[("count", &labels.whole(more))]));
    }
}

fn line(change: &Change, records: &Records, labels: &Labels) -> String {
    let places: Vec<String> = change.places.iter().map(|place| records.show(*place)).collect();
    let (code, place) = cause(change.cause);
    let place = place.map(|place| records.show(place)).unwrap_or_default();
    let cause = labels.fill(&format!("regrouped.cause.{code}"), &[("place", &place)]);
    let key = format!("regrouped.{}", turn(change.turn));
    labels.fill(&key, &[("places", &places.join("; ")), ("cause", &cause)])
}

fn turn(turn: Turn) -> &'static str {
    match turn {
        Turn::Joined => "joined",
        Turn::Parted => "parted",
    }
}

fn cause(cause: Cause) -> (&'static str, Option<crate::ingest::records::Place>) {
    match cause {
        Cause::Decision(place) => ("decision", Some(place)),
        Cause::NewRow(place) => ("new_row", Some(place)),
        Cause::RowGone => ("row_gone", None),
        Cause::DecisionGone => ("decision_gone", None),
        Cause::Tool => ("tool", None),
        Cause::Definitions => ("definitions", None),
        Cause::Weights => ("weights", None),
    }
}

/// All changes for programs.
pub(crate) fn document(regrouping: &Regrouping, records: &Records) -> Json {
    let changes = regrouping.changes.iter().map(|change| {
        let (code, place) = cause(change.cause);
        json!({
            "turn": turn(change.turn),
            "places": change.places.iter().map(|place| records.show(*place)).collect::<Vec<_>>(),
            "cause": code.replace('_', "-"),
            "cause_place": place.map(|place| records.show(place)),
        })
    });
    json!({ "since": regrouping.since, "changes": changes.collect::<Vec<_>>() })
}
