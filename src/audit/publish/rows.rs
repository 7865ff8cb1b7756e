//! Raw rows without their words: a keyed hash of what stands in a row, and a number for each person in it.
//!
//! With them a later run can tell a row that is the same from one that is written otherwise and from one that is new,
//! and persons that were joined or parted since; nothing in them can be read, and without the project's secret nothing
//! can be guessed.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use rayon::prelude::*;

use super::matching::Place;
use crate::audit::evidence::key::Key;
use crate::ingest::hexadecimal;
use crate::ingest::listed::RawFile;
use crate::ingest::records::{MentionId, Records};
use crate::ingest::table::{Cell, SheetRow};
use crate::ingest::workbook;
use crate::people::model::{People, PersonId};

/// Name of the rows within a publication.
pub const ROWS: &str = "private/rows.csv";
/// Name of the decisions that were followed.
pub const DECIDED: &str = "private/decided.csv";
/// Bytes of a hash that are kept.
const KEPT: usize = 8;

/// A raw row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPrint {
    /// Where it stands.
    pub place: Place,
    /// Columns up to the last filled one.
    pub width: u16,
    /// Hash of all cells with their columns.
    pub content: String,
    /// Hash of the texts alone; empty where there are none.
    pub texts: String,
    /// Numbers of the persons in it, in order.
    pub persons: Vec<u32>,
}

/// An officer's decision about two persons by their rows: which rows (indexes), the how-manieth persons in them, same or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decided {
    /// One.
    pub a: (usize, usize),
    /// The other.
    pub b: (usize, usize),
    /// One person, or two.
    pub same: bool,
}

/// Short keyed hash.
fn short(key: &Key, text: &str) -> String {
    hexadecimal(&key.hash(text.as_bytes())[..KEPT])
}

/// Tells a secret from another one.
pub fn check(key: &Key) -> String {
    short(key, "tallyframe rows")
}

/// The hash of a row's cells before a column.
pub(super) fn content(key: &Key, row: &SheetRow, before: u16) -> String {
    let mut text = String::new();
    for (column, cell) in row.cells.iter().filter(|(column, _)| *column < before) {
        let _ = writeln!(text, "{column}={}", shown(cell));
    }
    short(key, &text)
}

/// The hash of a row's texts, without numbers and days.
pub(super) fn texts(key: &Key, row: &SheetRow) -> String {
    let words = row.cells.iter().filter_map(|(_, cell)| match cell {
        Cell::Text(text) => Some(text.trim().to_lowercase()),
        _ => None,
    });
    let words: Vec<String> = words.filter(|text| text.chars().any(char::is_alphabetic)).collect();
    if words.is_empty() {
        String::new()
    } else {
        short(key, &words.join("\n"))
    }
}

pub(super) fn width(row: &SheetRow) -> u16 {
    row.cells.last().map_or(0, |(column, _)| column.saturating_add(1))
}

/// A cell as it stays when a file is saved again.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => format!("t{text}"),
        Cell::Number(number) => format!("n{number}"),
        Cell::DateTime { at, .. } => format!("d{at}"),
        Cell::Bool(value) => format!("b{value}"),
        Cell::Error(text) => format!("e{text}"),
        Cell::FormulaWithoutResult(text) => format!("f{text}"),
    }
}

/// Every raw row of the files that are read.
pub fn prints(files: &[RawFile], records: &Records, people: &People, key: &Key) -> Vec<RowPrint> {
    let persons = persons(records, people);
    let read = |file: &RawFile| -> Vec<RowPrint> {
        let Ok(workbook) = workbook::open(&file.path) else {
            return Vec::new();
        };
        let mut prints = Vec::new();
        for sheet in &workbook.sheets {
            for row in &sheet.rows {
                let place: Place = (file.shown.clone(), sheet.name.clone(), row.number);
                let persons = persons.get(&place).cloned().unwrap_or_default();
                prints.push(RowPrint {
                    place,
                    width: width(row),
                    content: content(key, row, u16::MAX),
                    texts: texts(key, row),
                    persons,
                });
            }
        }
        prints
    };
    let named: Vec<&RawFile> = files.iter().filter(|file| file.named).collect();
    named.into_par_iter().flat_map_iter(read).collect()
}

/// Where a mention stands, by names.
pub(super) fn place_of(records: &Records, mention: MentionId) -> Place {
    let place = records.mentions[mention.index()].place;
    let file = &records.files[place.file.index()];
    let sheet = file.sheets.get(usize::from(place.sheet)).cloned().unwrap_or_default();
    (file.path.clone(), sheet, place.row)
}

/// The mentions of each row, in order.
pub(super) fn mentions(records: &Records) -> BTreeMap<Place, Vec<MentionId>> {
    let mut rows: BTreeMap<Place, Vec<MentionId>> = BTreeMap::new();
    for mention in (0..records.mentions.len()).map(MentionId::from) {
        rows.entry(place_of(records, mention)).or_default().push(mention);
    }
    rows
}

fn persons(records: &Records, people: &People) -> HashMap<Place, Vec<u32>> {
    let mut numbers: HashMap<PersonId, u32> = HashMap::new();
    let mut rows: HashMap<Place, Vec<u32>> = HashMap::new();
    for mention in (0..records.mentions.len()).map(MentionId::from) {
        let next = u32::try_from(numbers.len() + 1).expect("fewer than 2^32 persons");
        let number = *numbers.entry(people.best[mention.index()]).or_insert(next);
        rows.entry(place_of(records, mention)).or_default().push(number);
    }
    rows
}

/// The decisions that were followed, by rows.
pub fn decided(rows: &[RowPrint], records: &Records) -> Vec<Decided> {
    if records.decisions.is_empty() {
        return Vec::new();
    }
    let at: HashMap<&Place, usize> = rows.iter().enumerate().map(|(at, row)| (&row.place, at)).collect();
    let mentions = mentions(records);
    let end = |mention: MentionId| {
        let place = place_of(records, mention);
        let nth = mentions.get(&place)?.iter().position(|other| *other == mention)?;
        Some((*at.get(&place)?, nth))
    };
    let decisions = records.decisions.iter().filter_map(|decision| {
        Some(Decided {
            a: end(decision.a)?,
            b: end(decision.b)?,
            same: decision.same,
        })
    });
    decisions.collect()
}

/// The rows as a table.
pub fn rows_csv(rows: &[RowPrint]) -> Vec<u8> {
    let head = ["file", "sheet", "row", "width", "content", "texts", "persons"];
    let lines = rows.iter().map(|row| {
        let (file, sheet, number) = &row.place;
        let persons: Vec<String> = row.persons.iter().map(u32::to_string).collect();
        vec![
            file.clone(),
            sheet.clone(),
            number.to_string(),
            row.width.to_string(),
            row.content.clone(),
            row.texts.clone(),
            persons.join(" "),
        ]
    });
    written(&head, lines)
}

/// The decisions as a table.
pub fn decided_csv(decided: &[Decided]) -> Vec<u8> {
    let head = ["row_a", "person_a", "row_b", "person_b", "same"];
    let lines = decided.iter().map(|one| {
        let numbers = [one.a.0, one.a.1, one.b.0, one.b.1];
        let mut line: Vec<String> = numbers.iter().map(usize::to_string).collect();
        line.push(one.same.to_string());
        line
    });
    written(&head, lines)
}

fn written(head: &[&str], lines: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // A vector takes whatever is written to it.
    let _ = writer.write_record(head);
    for line in lines {
        let _ = writer.write_record(line);
    }
    writer.into_inner().unwrap_or_default()
}

/// Reads the table of rows; nothing where it is not one.
pub fn read_rows(bytes: &[u8]) -> Option<Vec<RowPrint>> {
    let row = |line: &csv::StringRecord| {
        let text = |at: usize| line.get(at).map(str::to_owned);
        let persons = line.get(6)?.split_whitespace();
        Some(RowPrint {
            place: (text(0)?, text(1)?, line.get(2)?.parse().ok()?),
            width: line.get(3)?.parse().ok()?,
            content: text(4)?,
            texts: text(5)?,
            persons: persons.map(|number| number.parse().ok()).collect::<Option<_>>()?,
        })
    };
    read(bytes, row)
}

/// Reads the table of decisions about so many rows; nothing where it is not one.
pub fn read_decided(bytes: &[u8], rows: usize) -> Option<Vec<Decided>> {
    let decided = |line: &csv::StringRecord| {
        let number = |at: usize| line.get(at)?.parse::<usize>().ok();
        let one = Decided {
            a: (number(0)?, number(1)?),
            b: (number(2)?, number(3)?),
            same: line.get(4)?.parse().ok()?,
        };
        (one.a.0 < rows && one.b.0 < rows).then_some(one)
    };
    read(bytes, decided)
}

fn read<T>(bytes: &[u8], line: impl Fn(&csv::StringRecord) -> Option<T>) -> Option<Vec<T>> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.records().map(|record| line(&record.ok()?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_read_back() {
        let row = RowPrint {
            place: ("raw/a \"b\".xlsx".into(), "Січень, 1".into(), 7),
            width: 4,
            content: "0011".into(),
            texts: String::new(),
            persons: vec![3, 9],
        };
        let rows = [row];
        assert_eq!(read_rows(&rows_csv(&rows)).as_deref(), Some(&rows[..]));
        let one = Decided {
            a: (0, 1),
            b: (0, 0),
            same: true,
        };
        assert_eq!(read_decided(&decided_csv(&[one]), 1), Some(vec![one]));
        assert_eq!(read_decided(&decided_csv(&[one]), 0), None);
        assert_eq!(read_rows(b"a,b\n1,2\n"), None);
    }
}
