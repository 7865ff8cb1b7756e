//! The tables that are written: who stands in each row, and which pairs are undecided.

use std::fs;
use std::path::Path;

use crate::ingest::persons::PeopleReading;
use crate::ingest::records::{Fate, Identity, MentionId, Place, Reason, Records};
use crate::people::model::People;
use crate::report::folder::WriteError;
use crate::report::folder::file::{Former, Readers, write_file};
use crate::report::labels::Labels;

/// Columns of the clusters.
const CLUSTERS: [&str; 5] = ["file", "sheet", "row", "person", "probability"];
/// Columns of the undecided pairs.
const PAIRS: [&str; 8] = [
    "file",
    "sheet",
    "row",
    "file_2",
    "sheet_2",
    "row_2",
    "probability",
    "joined",
];
/// What Excel needs before text that is not plain ASCII.
const BOM: &str = "\u{feff}";

/// A row of the output.
pub(super) struct Line {
    /// Where it stands.
    pub(super) place: Place,
    /// Who is written in it, where anybody is.
    pub(super) mention: Option<MentionId>,
}

/// What was read and who was recognised.
pub(super) struct Outcome<'a> {
    pub(super) reading: &'a PeopleReading,
    pub(super) people: &'a People,
    /// Every row of every table, in order of place.
    pub(super) lines: Vec<Line>,
}

impl<'a> Outcome<'a> {
    pub(super) fn of(reading: &'a PeopleReading, people: &'a People) -> Self {
        let records = &reading.records;
        let mut mentions: Vec<Option<MentionId>> = vec![None; records.rows.len()];
        for (index, mention) in (0u32..).zip(&records.mentions) {
            if names_anybody(&mention.identity) {
                mentions[mention.row.index()] = Some(MentionId(index));
            }
        }
        let mut is_mentioned = vec![false; records.rows.len()];
        for mention in &records.mentions {
            is_mentioned[mention.row.index()] = true;
        }
        let lines = records
            .rows
            .iter()
            .enumerate()
            .filter(|(row, read)| is_mentioned[*row] || read.fate == Fate::SetAside(Reason::NoPerson))
            .map(|(row, read)| Line {
                place: read.place,
                mention: mentions[row],
            })
            .collect();
        Self { reading, people, lines }
    }

    pub(super) fn records(&self) -> &'a Records {
        &self.reading.records
    }

    /// Person and probability of a mention.
    pub(super) fn person(&self, mention: MentionId) -> (&'a str, f64) {
        let person = self.people.best[mention.index()];
        (
            &self.people.persons[person.index()].key,
            self.people.certainty[mention.index()],
        )
    }

    /// A row per row read.
    pub(super) fn clusters(&self) -> Vec<u8> {
        let rows = self.lines.iter().map(|line| {
            let [file, sheet, row] = self.place(line.place);
            let (person, probability) = line.mention.map_or_else(Default::default, |mention| {
                let (person, probability) = self.person(mention);
                (person.to_owned(), shown_probability(probability))
            });
            vec![file, sheet, row, person, probability]
        });
        table(&CLUSTERS, rows)
    }

    /// A row per undecided pair, the most doubtful first.
    pub(super) fn pairs(&self) -> Vec<u8> {
        let place = |mention: MentionId| self.place(self.records().mentions[mention.index()].place);
        let rows = self.people.undecided.iter().map(|pair| {
            let [file, sheet, row] = place(pair.link.a);
            let [file_2, sheet_2, row_2] = place(pair.link.b);
            let joined = if pair.joined { "yes" } else { "no" };
            let probability = shown_probability(pair.link.probability);
            vec![file, sheet, row, file_2, sheet_2, row_2, probability, joined.to_owned()]
        });
        table(&PAIRS, rows)
    }

    /// File, sheet and row.
    pub(super) fn place(&self, place: Place) -> [String; 3] {
        let file = &self.records().files[place.file.index()];
        let sheet = file.sheets.get(usize::from(place.sheet)).cloned().unwrap_or_default();
        [file.path.clone(), sheet, place.row.to_string()]
    }

    /// The outcome in one line.
    pub(super) fn told(&self, labels: &Labels) -> String {
        let count = self.people.count(&self.lines.iter().filter_map(|line| line.mention));
        let rows = labels.count(self.lines.len(), "row");
        let persons = labels.count(count.best, "person");
        let [low, high] = [count.low, count.high].map(|bound| labels.whole(bound));
        let expected = labels.number(count.expected, 1);
        let mut counted = vec![("rows", rows.as_str()), ("persons", &persons)];
        if count.low != count.high {
            counted.extend([("low", low.as_str()), ("high", &high), ("expected", &expected)]);
        }
        let mut said = vec![labels.fill("dedupe.count", &counted)];
        let nobody = self.lines.iter().filter(|line| line.mention.is_none()).count();
        if nobody > 0 {
            let rows = labels.count(nobody, "row");
            said.push(labels.fill("dedupe.nobody", &[("rows", &rows)]));
        }
        let undecided = self.people.undecided.len();
        if undecided > 0 {
            let pairs = labels.count(undecided, "pair");
            said.push(labels.fill("dedupe.undecided", &[("pairs", &pairs)]));
        }
        said.join("; ")
    }
}

/// Whether anything is written by which a person can be known.
fn names_anybody(identity: &Identity) -> bool {
    [
        identity.full_name,
        identity.surname,
        identity.given_name,
        identity.code,
        identity.phone,
        identity.email,
    ]
    .iter()
    .any(Option::is_some)
}

pub(super) fn shown_probability(probability: f64) -> String {
    format!("{probability:.4}")
}

/// RFC 4180, with a mark for Excel where the text needs it; no cell can become a formula.
fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut text = header.join(",");
    text.push_str("\r\n");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    if !text.is_ascii() {
        text.insert_str(0, BOM);
    }
    text.into_bytes()
}

fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let plain = if formula { format!("'{cell}") } else { cell.to_owned() };
    if plain.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", plain.replace('"', "\"\""))
    } else {
        plain
    }
}

/// Whether a file is one of those that this command writes.
pub(super) fn is_ours(path: &Path) -> bool {
    let Ok(bytes) = fs::read(path) else { return false };
    let text = bytes.strip_prefix(BOM.as_bytes()).unwrap_or(&bytes);
    [CLUSTERS.join(","), PAIRS.join(",")].iter().any(|header| {
        let rest = text.strip_prefix(header.as_bytes());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"\r\n") || rest.starts_with(b"\n"))
    })
}

/// Writes beside the target and moves in place, so that a full disk leaves the former file whole.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_file(path, bytes, Readers::Owner, Former::Replaced)
}
