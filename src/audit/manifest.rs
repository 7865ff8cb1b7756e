//! `manifest.json`: what a report was made from, so that a stranger can make it again and say what differs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::partition::partition;
use crate::ingest::fingerprint_of;
use crate::ingest::records::{Decision, Fate, FileId, MentionId, Records};
use crate::logframe::figures::{Figures, Scope, Value};
use crate::project::calendar::Period;
use crate::project::model::Project;
use crate::report::Report;
use crate::report::history::Publication;

/// Version of the manifest's form.
pub const SCHEMA_VERSION: u32 = 1;

/// What a report was made from and what came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this form.
    pub schema_version: u32,
    /// Version of the tool.
    pub tool: String,
    /// Code of the project.
    pub project: String,
    /// Label of the span reported.
    pub period: String,
    /// First day of the span.
    pub period_start: NaiveDate,
    /// Last day of the span.
    pub period_end: NaiveDate,
    /// Contacts after this day were not counted.
    pub as_of: NaiveDate,
    /// Language of the report.
    pub language: String,
    /// Donors' formats that were written with it, by code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
    /// How things were counted.
    pub settings: BTreeMap<String, String>,
    /// Path → SHA-256 of every file of definitions.
    pub definitions: IndexMap<String, String>,
    /// Every raw file with its balance.
    pub files: Vec<FileEntry>,
    /// SHA-256 of every officer's decision that was used, over what it says (not over where it stands).
    pub decisions: Vec<String>,
    /// Periods that were published before, by which restatements are told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<PublishedEntry>,
    /// Every figure.
    pub figures: Vec<FigureEntry>,
    /// SHA-256 of the report's other files, by name; the page holds a fingerprint of this file instead.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outputs: BTreeMap<String, String>,
    /// SHA-256 of this file with nothing in this place: whether it is as it was written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seal: String,
}

impl Manifest {
    /// The manifest with its seal.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.seal = String::new();
        self.seal = fingerprint_of(self.text().as_bytes());
        self
    }

    /// Whether it is as it was written; `None` where it was written without a seal.
    pub fn is_intact(&self) -> Option<bool> {
        (!self.seal.is_empty()).then(|| self.clone().sealed().seal == self.seal)
    }

    /// Its text as it is written.
    pub fn text(&self) -> String {
        // Texts, numbers and lists of them can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// A published period that a report looks back at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedEntry {
    /// Name of its folder within `published/`.
    pub folder: String,
    /// SHA-256 of its `frozen.json`.
    pub sha256: String,
}

impl PublishedEntry {
    fn of(publication: &Publication) -> Self {
        Self {
            folder: publication.folder.clone(),
            sha256: publication.sha256.clone(),
        }
    }
}

/// A raw file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Path relative to the project folder.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// SHA-256 of what it says: the same after it was only saved again.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// What its content is.
    pub format: String,
    /// Rows read; not told where figures are hidden, as are the other counts of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_read: Option<usize>,
    /// Rows counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<usize>,
    /// Rows set aside, by reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_aside: Option<BTreeMap<String, usize>>,
    /// Which mentions are one person, a text for each sheet (see [`super::partition`]); nothing personal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<String>,
    /// For each sheet the fingerprints of stretches of rows (see [`crate::ingest::records::Print`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<String>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureEntry {
    /// Code of the indicator.
    pub code: String,
    /// `period` or `cumulative`.
    pub scope: String,
    /// Label of the period.
    pub period: String,
    /// Name of the breakdown; empty for the total.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub disaggregation: String,
    /// Category; empty for the total.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// The value; absent where there is no data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Whether the value is hidden because few people stand behind it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suppressed: bool,
    /// If every undecided pair is one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// If every undecided pair is two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// To be expected from the probabilities of the undecided pairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<f64>,
    /// Above the line of a ratio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<f64>,
    /// Below the line of a ratio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<f64>,
}

/// The manifest of a run.
pub fn manifest(report: &Report, span: &Period) -> Manifest {
    let Report {
        project,
        records,
        figures,
        ..
    } = report;
    Manifest {
        schema_version: SCHEMA_VERSION,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        project: project.code.clone(),
        period: span.label.clone(),
        period_start: span.start,
        period_end: span.end,
        as_of: report.as_of,
        language: report.lang.to_owned(),
        formats: Vec::new(),
        settings: settings(project),
        definitions: project
            .definitions
            .iter()
            .map(|file| (file.path.clone(), file.sha256.clone()))
            .collect(),
        files: files(report),
        decisions: decision_fingerprints(records),
        published: report.history.publications.iter().map(PublishedEntry::of).collect(),
        figures: figure_entries(project, figures),
        outputs: BTreeMap::new(),
        seal: String::new(),
    }
}

/// Every figure as a manifest keeps it.
pub fn figure_entries(project: &Project, figures: &Figures) -> Vec<FigureEntry> {
    let all = figures.figures.iter();
    all.map(|figure| entry(project, figures, figure)).collect()
}

fn settings(project: &Project) -> BTreeMap<String, String> {
    let settings = &project.settings;
    BTreeMap::from([
        ("head-count".to_owned(), format!("{:?}", settings.head_count)),
        ("age".to_owned(), format!("{:?}", settings.age)),
        ("new-since".to_owned(), format!("{:?}", settings.new_since)),
        ("tolerance".to_owned(), settings.tolerance.to_string()),
        ("small-numbers".to_owned(), settings.small_numbers.to_string()),
        ("resolve".to_owned(), format!("{:?}", settings.resolve)),
    ])
}

fn files(report: &Report) -> Vec<FileEntry> {
    let Report { records, facts, .. } = report;
    // Who is who by row gives every count of people back, and rows those of contacts.
    let told = !report.hides();
    let mut entries: Vec<FileEntry> = records
        .files
        .iter()
        .zip(partition(records, report.people))
        .map(|(file, persons)| FileEntry {
            path: file.path.clone(),
            sha256: file.sha256.clone(),
            content: file.print.sha256.clone(),
            format: file.format.clone(),
            rows_read: told.then_some(0),
            counted: told.then_some(0),
            set_aside: told.then(BTreeMap::new),
            persons: if told { persons } else { Vec::new() },
            rows: if told { file.print.stretches.clone() } else { Vec::new() },
        })
        .collect();
    for (FileId(file), fate) in records.read_rows(&facts.fates).filter(|_| told) {
        let entry = &mut entries[file as usize];
        entry.rows_read = entry.rows_read.map(|rows| rows + 1);
        match fate {
            Fate::Counted => entry.counted = entry.counted.map(|rows| rows + 1),
            Fate::SetAside(reason) => {
                let reasons = entry.set_aside.get_or_insert_default();
                *reasons.entry(reason.code().to_owned()).or_default() += 1;
            }
        }
    }
    entries
}

/// SHA-256 of what each decision says, wherever it stands.
///
/// A mention is told by its row; the second and further people of a row (tables side by side, people repeated in a
/// row) also by how many stand before them in it.
pub(crate) fn decision_fingerprints(records: &Records) -> Vec<String> {
    decisions_by(records, |file| &records.files[file.index()].sha256)
}

/// The same as they were while the files had the bytes of then: a changed file alone changes no decision.
pub(crate) fn decisions_as_of(records: &Records, then: &Manifest) -> Vec<String> {
    decisions_by(records, |file| {
        let now = &records.files[file.index()];
        let known = then.files.iter().find(|file| file.path == now.path);
        known.map_or(&now.sha256, |file| &file.sha256)
    })
}

fn decisions_by<'a>(records: &Records, sha256: impl Fn(FileId) -> &'a String) -> Vec<String> {
    let place = |mention: MentionId| {
        let place = records.mentions[mention.index()].place;
        (place.file, place.sheet, place.row)
    };
    let ends = records.decisions.iter().flat_map(|decision| [decision.a, decision.b]);
    let mut rows: BTreeMap<_, Vec<MentionId>> = ends.map(|mention| (place(mention), Vec::new())).collect();
    if !rows.is_empty() {
        for mention in (0..records.mentions.len()).map(MentionId::from) {
            if let Some(people) = rows.get_mut(&place(mention)) {
                people.push(mention);
            }
        }
    }
    let row = |mention: MentionId| {
        let (file, sheet, row) = place(mention);
        let sha256 = sha256(file);
        let before = rows[&(file, sheet, row)]
            .iter()
            .take_while(|other| **other != mention)
            .count();
        match before {
            0 => format!("{sha256} {sheet} {row}"),
            _ => format!("{sha256} {sheet} {row} {before}"),
        }
    };
    let said = |decision: &Decision| {
        let (a, b) = (row(decision.a), row(decision.b));
        format!("{a}|{b}|{}|{}", decision.same, decision.date)
    };
    let fingerprint = |decision| fingerprint_of(said(decision).as_bytes());
    records.decisions.iter().map(fingerprint).collect()
}

fn entry(project: &Project, figures: &Figures, figure: &crate::logframe::figures::Figure) -> FigureEntry {
    let indicator = &project.indicators[figure.indicator];
    FigureEntry {
        code: indicator.code.clone(),
        scope: match figure.scope {
            Scope::Period => "period",
            Scope::Cumulative => "cumulative",
        }
        .to_owned(),
        period: figures.periods[figure.period].label.clone(),
        disaggregation: figure
            .disaggregation
            .map(|index| indicator.disaggregations[index].name.clone())
            .unwrap_or_default(),
        category: figure.category.clone(),
        value: figure.value.number(),
        suppressed: figure.value == Value::Suppressed,
        low: figure.low,
        high: figure.high,
        expected: figure.expected,
        numerator: figure.numerator,
        denominator: figure.denominator,
    }
}

#[cfg(test)]
mod tests {
    use super::decision_fingerprints;
    use crate::ingest::fingerprint_of;
    use crate::ingest::records::{
        Context, Decision, FileId, Identity, Mention, MentionId, Place, Records, RowId, SourceFile,
    };

    fn place(row: u32) -> Place {
        Place {
            file: FileId(0),
            sheet: 0,
            row,
            column: None,
        }
    }

    fn records(rows: &[u32]) -> Records {
        let mut records = Records::default();
        records.files.push(SourceFile {
            path: "raw/a.xlsx".into(),
            sha256: "5a".into(),
            bytes: 0,
            format: "xlsx".into(),
            sheets: vec!["1".into()],
            source: None,
            readable: true,
            print: crate::ingest::records::Print::default(),
        });
        let mention = |row: &u32| Mention {
            row: RowId(0),
            place: place(*row),
            identity: Identity::default(),
            group: 0,
            context: Context::default(),
            date: None,
            population: 0,
            informs: true,
        };
        records.mentions = rows.iter().map(mention).collect();
        records
    }

    fn told(records: &mut Records, a: u32, b: u32) -> String {
        records.decisions = vec![Decision {
            a: MentionId(a),
            b: MentionId(b),
            same: true,
            by: String::new(),
            date: "2026-03-01".into(),
            reason: String::new(),
            place: place(9),
        }];
        decision_fingerprints(records).remove(0)
    }

    #[test]
    fn the_second_person_of_a_row_is_not_the_first() {
        let mut records = records(&[2, 3, 2, 2]);
        let first = told(&mut records, 0, 1);
        // As in every manifest that was written before rows could name several people.
        assert_eq!(first, fingerprint_of(b"5a 0 2|5a 0 3|true|2026-03-01"));
        let others = [told(&mut records, 2, 1), told(&mut records, 3, 1)];
        assert!(!others.contains(&first) && others[0] != others[1]);
    }
}
