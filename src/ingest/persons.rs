//! Tables of people read for recognition alone: what each column was taken for, and what may speak of a person.
//!
//! Nobody has described such a table. Where its headings say too little its content decides (`adapt`, `content`),
//! and whatever was decided is told, so that the reader can see it and say otherwise.

mod adapt;
mod content;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

pub(super) use adapt::adapt;
pub(super) use adapt::names_without_heading;
pub(super) use content::{first_row, looks_like_name, plan};

use super::findings::Kind;
use super::layout::Block;
use super::reading::{FileReading, SheetContent, Table};
use super::records::{Birth, FileId, Finding, Mention, Place, Records, TextId, column_letters};
use super::vocabulary::{self, Role, Vocabulary};
use crate::project::model::Layout;

/// The last year in which somebody can have been born, unless the caller knows better: the clock is never read.
pub const LAST_BIRTH_YEAR: i32 = 2026;

/// What was read of loose files.
#[derive(Debug)]
pub struct PeopleReading {
    /// Rows, mentions, findings.
    pub records: Records,
    /// The tables of people, in order of place.
    pub tables: Vec<PeopleTable>,
    /// Sheets where nobody seems to be named.
    pub nameless: Vec<NamelessSheet>,
}

/// A table of people with what its columns were taken for.
#[derive(Debug)]
pub struct PeopleTable {
    /// The file.
    pub file: FileId,
    /// Index of the sheet.
    pub sheet: u16,
    /// Rows that name a person or should.
    pub rows: usize,
    /// List and register bind: two of their rows are two people (rule 18). A registry does not.
    pub layout: Layout,
    /// Whether the table has no headings, so that its columns go by their letters.
    pub headless: bool,
    /// Its columns, session columns apart.
    pub columns: Vec<PeopleColumn>,
    /// Heading of codes that are different in every row, and so say nothing about who is who.
    pub idle_code: Option<String>,
}

/// A column of a table of people.
#[derive(Debug)]
pub struct PeopleColumn {
    /// Heading as written.
    pub header: String,
    /// Column letters.
    pub letters: String,
    /// What it was taken for.
    pub role: Option<Role>,
    /// Whether its content spoke rather than its heading.
    pub by_content: bool,
}

/// A sheet that was read and in which no column names anybody.
#[derive(Debug)]
pub struct NamelessSheet {
    /// The file.
    pub file: FileId,
    /// Index of the sheet.
    pub sheet: u16,
    /// What its first row says.
    pub headers: Vec<String>,
}

/// Roles by which a person is known.
const KNOWN_BY: &[Role] = &[
    Role::FullName,
    Role::Surname,
    Role::GivenName,
    Role::ClientCode,
    Role::Phone,
    Role::Email,
];

/// Whether the rows of a block can name anybody.
pub(super) fn names_somebody(block: &Block) -> bool {
    block.has(KNOWN_BY)
}

/// Puts together what is known of the tables, and takes back evidence that can be none.
///
/// `last_birth` is the last day on which a person of these tables can have been born.
pub(super) fn settle(
    readings: &[(FileId, &FileReading)],
    mut records: Records,
    last_birth: NaiveDate,
    vocabulary: &Vocabulary,
) -> PeopleReading {
    let mut tables = Vec::new();
    let mut nameless = Vec::new();
    let mut spans = Vec::new();
    for (file, reading) in readings {
        for (sheet, part) in (0..).zip(&reading.sheets) {
            match &part.content {
                SheetContent::Tables(read) => {
                    for table in read {
                        spans.push(Span::of(*file, sheet, table, &records));
                        tables.push(people_table(*file, sheet, table));
                    }
                }
                SheetContent::NoTable => nameless.push(NamelessSheet {
                    file: *file,
                    sheet,
                    headers: part.seen.clone(),
                }),
                SheetContent::Empty | SheetContent::Hidden | SheetContent::NotNamed | SheetContent::Summary => {}
            }
        }
    }
    idle_codes(&mut tables, &spans, &mut records, vocabulary);
    unborn(&mut records, &spans, last_birth);
    PeopleReading {
        records,
        tables,
        nameless,
    }
}

fn people_table(file: FileId, sheet: u16, table: &Table) -> PeopleTable {
    let columns = table.block.columns.iter().map(|column| PeopleColumn {
        header: column.header.clone(),
        letters: column_letters(column.index),
        role: column.role,
        by_content: column.by_content,
    });
    PeopleTable {
        file,
        sheet,
        rows: table.rows.len(),
        layout: table.block.layout,
        headless: table.block.header_top == content::NO_ROW,
        columns: columns.collect(),
        idle_code: None,
    }
}

/// The mentions of one table.
struct Span {
    mentions: std::ops::Range<usize>,
    birth: Option<u16>,
}

impl Span {
    fn of(file: FileId, sheet: u16, table: &Table, records: &Records) -> Self {
        let row = |number: Option<u32>| (file, sheet, number.unwrap_or_default());
        let (first, last) = (
            row(table.rows.first().map(|row| row.number)),
            row(table.rows.last().map(|row| row.number)),
        );
        let place = |mention: &Mention| (mention.place.file, mention.place.sheet, mention.place.row);
        let from = records.mentions.partition_point(|mention| place(mention) < first);
        let to = records.mentions.partition_point(|mention| place(mention) <= last);
        let birth = [Role::BirthDate, Role::BirthYear];
        Self {
            mentions: from..to.max(from),
            birth: birth.into_iter().find_map(|role| table.block.column(role)),
        }
    }
}

/// Takes codes back that number the rows: each different in its table, and met in no other one.
fn idle_codes(tables: &mut [PeopleTable], spans: &[Span], records: &mut Records, vocabulary: &Vocabulary) {
    let mut bearers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, span) in spans.iter().enumerate() {
        for mention in &records.mentions[span.mentions.clone()] {
            if let Some(code) = mention.identity.code {
                bearers
                    .entry(vocabulary::normalise(records.text(code)))
                    .or_default()
                    .push(at);
            }
        }
    }
    let mut repeating = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for tables in bearers.values() {
        let mut distinct = tables.clone();
        distinct.dedup();
        repeating.extend(tables.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]));
        if distinct.len() > 1 {
            shared.extend(distinct);
        }
    }
    for (at, (table, span)) in tables.iter_mut().zip(spans).enumerate() {
        let coded = |mention: &&Mention| mention.identity.code.is_some();
        let count = records.mentions[span.mentions.clone()].iter().filter(coded).count();
        let column = table
            .columns
            .iter()
            .find(|column| column.role == Some(Role::ClientCode));
        let Some(column) = column.filter(|_| count > 1 && !repeating.contains(&at)) else {
            continue;
        };
        let texts = records.mentions[span.mentions.clone()]
            .iter()
            .filter_map(|mention| mention.identity.code);
        let counts_rows = vocabulary.is_record_id(&column.header) && are_running(texts, records);
        if counts_rows || !shared.contains(&at) {
            table.idle_code = Some(column.header.clone());
            for mention in &mut records.mentions[span.mentions.clone()] {
                mention.identity.code = None;
            }
        }
    }
}

/// Whether codes are whole numbers that rise by one.
fn are_running(codes: impl Iterator<Item = TextId>, records: &Records) -> bool {
    let numbers: Option<Vec<u64>> = codes.map(|code| records.text(code).parse().ok()).collect();
    numbers.is_some_and(|numbers| numbers.windows(2).all(|two| two[1] == two[0] + 1))
}

/// Takes births back that lie in the future.
fn unborn(records: &mut Records, spans: &[Span], last: NaiveDate) {
    for span in spans {
        for mention in &mut records.mentions[span.mentions.clone()] {
            let later = match mention.identity.birth {
                Birth::Unknown => false,
                Birth::Year(year) => year > last.year(),
                Birth::Date(day) => day > last,
            };
            if later {
                mention.identity.birth = Birth::Unknown;
                records.findings.push(Finding {
                    kind: Kind::ImpossibleBirth,
                    place: Some(Place {
                        column: span.birth,
                        ..mention.place
                    }),
                    others: Vec::new(),
                    args: BTreeMap::new(),
                });
            }
        }
    }
}
