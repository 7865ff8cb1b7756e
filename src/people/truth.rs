//! Recognition measured against a file of mentions with known persons; skipped where there is none.
//!
//! `TALLYFRAME_TRUTH` names tab-separated files (separated by `:`): file, sheet, row, full name, birth, phone, code, sex, settlement,
//! household, list, activity, date, person, and where they stand apart surname and given name. `TALLYFRAME_DECISIONS` names a file of decisions:
//! file, sheet, row, file, sheet, row, 1 or 0.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::model::People;
use super::recognise;
use crate::ingest::records::{
    Birth, Context, Decision, FileId, Identity, Mention, MentionId, Place, Records, RowId, SourceFile,
};

type Where = (String, String, String);

/// Records with the person of each mention, and where each mention stands.
fn load(path: &str) -> (Records, Vec<String>, BTreeMap<Where, MentionId>) {
    let text = std::fs::read_to_string(path).expect("the truth file can be read");
    let mut records = Records::default();
    let mut truth = Vec::new();
    let mut places = BTreeMap::new();
    let mut files: BTreeMap<String, FileId> = BTreeMap::new();
    for line in text.lines() {
        let cell: Vec<&str> = line.split('\t').collect();
        let next = FileId::from(files.len());
        let file = *files.entry(cell[0].to_owned()).or_insert(next);
        if file.index() == records.files.len() {
            let sheets = vec![String::new()];
            let (path, format) = (cell[0].to_owned(), String::new());
            records.files.push(SourceFile {
                path,
                sha256: String::new(),
                bytes: 0,
                format,
                sheets,
                source: None,
                readable: true,
            });
        }
        let mut of = |at: usize| {
            Some(cell[at])
                .filter(|text| !text.trim().is_empty())
                .map(|text| records.texts.intern(text))
        };
        let identity = Identity {
            full_name: of(3),
            surname: cell.get(14).and_then(|_| of(14)),
            given_name: cell.get(15).and_then(|_| of(15)),
            birth: birth(cell[4]),
            phone: of(5),
            code: of(6),
            sex: of(7),
            settlement: of(8),
            household: of(9),
            ..Identity::default()
        };
        let row: u32 = cell[2].parse().expect("row numbers are numbers");
        let id = MentionId::from(records.mentions.len());
        records.mentions.push(Mention {
            row: RowId::from(records.mentions.len()),
            place: Place {
                file,
                sheet: 0,
                row,
                column: None,
            },
            identity,
            group: cell[10].parse().expect("lists are numbered"),
            context: Context::default(),
            date: None,
            population: 0,
            informs: true,
        });
        places.insert((cell[0].to_owned(), cell[1].to_owned(), cell[2].to_owned()), id);
        truth.push(cell[13].to_owned());
    }
    (records, truth, places)
}

fn birth(text: &str) -> Birth {
    match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        Ok(day) => Birth::Date(day),
        Err(_) => text.parse().map_or(Birth::Unknown, Birth::Year),
    }
}

fn pairs(sizes: impl Iterator<Item = usize>) -> usize {
    sizes.map(|size| size * size.saturating_sub(1) / 2).sum()
}

#[expect(clippy::print_stderr, reason = "a measurement is read by a person")]
fn measure(path: &str, records: &Records, truth: &[String], people: &People) {
    let mut cells: BTreeMap<(u32, &str), usize> = BTreeMap::new();
    let (mut ours, mut theirs): (BTreeMap<u32, usize>, BTreeMap<&str, usize>) = Default::default();
    for (person, real) in people.best.iter().zip(truth) {
        *cells.entry((person.0, real)).or_default() += 1;
        *ours.entry(person.0).or_default() += 1;
        *theirs.entry(real).or_default() += 1;
    }
    let both = pairs(cells.into_values()) as f64;
    let precision = both / pairs(ours.into_values()) as f64;
    let recall = both / pairs(theirs.values().copied()) as f64;
    let count = |blocks: &[u32]| blocks.iter().collect::<BTreeSet<_>>().len();
    eprintln!(
        "{path}: precision {precision:.5} recall {recall:.5} F1 {:.5}; true {} found {} low {} high {}; undecided {}",
        2.0 * precision * recall / (precision + recall),
        theirs.len(),
        people.persons.len(),
        count(&people.low),
        count(&people.high),
        people.undecided.len(),
    );
    if std::env::var_os("TALLYFRAME_SHOW").is_some() {
        show(records, truth, people);
    }
}

#[expect(clippy::print_stderr, reason = "a measurement is read by a person")]
fn show(records: &Records, truth: &[String], people: &People) {
    let told = |id: MentionId| {
        let identity = &records.mentions[id.index()].identity;
        let text = |id: Option<_>| id.map_or("", |id| records.text(id));
        format!(
            "{}{} {} | {:?} | {} | {} [{}]",
            text(identity.full_name),
            text(identity.surname),
            text(identity.given_name),
            identity.birth,
            text(identity.phone),
            text(identity.code),
            truth[id.index()]
        )
    };
    for person in &people.persons {
        let real: BTreeSet<&str> = person.mentions.iter().map(|id| truth[id.index()].as_str()).collect();
        if real.len() > 1 {
            eprintln!("MERGED {}", person.key);
            for line in person.mentions.iter().map(|id| told(*id)).collect::<BTreeSet<_>>() {
                eprintln!("    {line}");
            }
        }
    }
    let mut split: BTreeMap<&str, BTreeMap<u32, BTreeSet<String>>> = BTreeMap::new();
    for (at, real) in truth.iter().enumerate() {
        split
            .entry(real)
            .or_default()
            .entry(people.best[at].0)
            .or_default()
            .insert(told(MentionId::from(at)));
    }
    for (real, parts) in split.iter().filter(|(_, parts)| parts.len() > 1) {
        eprintln!("SPLIT {real}");
        for (person, lines) in parts {
            for line in lines {
                eprintln!("    {person}: {line}");
            }
        }
    }
    for pair in &people.undecided {
        let same = truth[pair.link.a.index()] == truth[pair.link.b.index()];
        eprintln!(
            "UNDECIDED {:.2} joined {} truly {same}",
            pair.link.probability, pair.joined
        );
        eprintln!("    {}\n    {}", told(pair.link.a), told(pair.link.b));
        let fields: Vec<String> = pair
            .link
            .fields
            .iter()
            .map(|one| format!("{} {} {:.1}", one.comparison, one.level, one.weight))
            .collect();
        eprintln!("    {}", fields.join(", "));
    }
}

fn decisions(records: &mut Records, places: &BTreeMap<Where, MentionId>) {
    let Ok(path) = std::env::var("TALLYFRAME_DECISIONS") else {
        return;
    };
    for line in std::fs::read_to_string(path)
        .expect("the decisions can be read")
        .lines()
    {
        let cell: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let at = |from: usize| places[&(cell[from].clone(), cell[from + 1].clone(), cell[from + 2].clone())];
        let (a, b) = (at(0), at(3));
        let place = Place {
            file: FileId(0),
            sheet: 0,
            row: 1,
            column: None,
        };
        let (by, date, reason) = (String::new(), String::new(), String::new());
        records.decisions.push(Decision {
            a,
            b,
            same: cell[6] == "1",
            by,
            date,
            reason,
            place,
        });
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a measurement is read by a person")]
fn against_truth() {
    let Ok(paths) = std::env::var("TALLYFRAME_TRUTH") else {
        eprintln!("skipped: TALLYFRAME_TRUTH names no file");
        return;
    };
    for path in paths.split(':') {
        let (mut records, truth, places) = load(path);
        decisions(&mut records, &places);
        let before = std::time::Instant::now();
        let people = recognise(&records);
        eprintln!("{} mentions in {:?}", records.mentions.len(), before.elapsed());
        measure(path, &records, &truth, &people);
        let keys = |people: &People| -> Vec<String> {
            people
                .best
                .iter()
                .map(|person| people.persons[person.index()].key.clone())
                .collect()
        };
        let last = records.mentions.len() - 1;
        let turn = |id: MentionId| MentionId::from(last - id.index());
        records.mentions.reverse();
        for decision in &mut records.decisions {
            (decision.a, decision.b) = (turn(decision.b), turn(decision.a));
        }
        let mut turned = keys(&recognise(&records));
        turned.reverse();
        assert!(turned == keys(&people), "the order of mentions changes persons");
    }
}
