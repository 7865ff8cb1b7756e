//! Raw files → records: what is written, where it is written, and what became of every row.
//!
//! Files are read side by side, one by one and each for itself (`reading`); only then are they put
//! together, in path order (`assemble`), so that neither threads nor the order of files reach a result.

pub(crate) mod ages;
mod alone;
mod anonymous;
mod assemble;
mod attended;
mod axis;
mod body;
pub(crate) mod came;
mod chosen;
pub mod dates;
pub mod decisions;
mod fields;
mod files;
pub mod findings;
#[cfg(test)]
mod fixture;
mod forms;
mod grid;
mod guests;
mod heading;
mod joint;
mod lately;
pub(crate) mod layout;
mod legend;
pub mod listed;
mod lookups;
pub(crate) mod marks;
mod named;
mod noted;
pub mod persons;
mod plan;
pub(crate) mod print;
pub(crate) mod reading;
pub mod records;
mod repeated;
mod repeats;
pub(crate) mod rows;
mod seen;
mod sessions;
pub(crate) mod sexes;
mod sites;
pub mod table;
mod told;
pub mod trial;
mod unread;
pub(crate) mod values;
mod versions;
pub mod vocabulary;
mod when;
pub mod workbook;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::progress::{METER, Stage};
use crate::project::model::{Project, Source};
pub(crate) use alone::{Alone, read_alone, span_of, tables_of};
use assemble::Assembler;
use files::Found;
pub(crate) use files::{DECISIONS, fingerprint_of, hexadecimal, is_lock_name, is_system_file};
pub use files::{RawFiles, renamed};
use findings::Kind;
use forms::Forms;
use layout::Purpose;
use lookups::LookupTable;
use named::Named;
use persons::PeopleReading;
use print::Print;
pub(crate) use print::differing;
use reading::{FileReading, SheetContent, Wanted};
use records::{FileId, Finding, Place, Records, SourceFile};
use repeats::Repeats;
use versions::Versions;
use workbook::Unreadable;

/// Reads all raw files of a project.
///
/// Nothing here fails: a file that can't be read is a finding, and the others are still read.
/// `progress` is told each file as its reading ends, with the number of files.
/// `raw` says where raw files lie and under which names they are known, where that is not as the project has them.
pub fn read(project: &Project, raw: RawFiles, progress: &(dyn Fn(&str, usize) + Sync)) -> Records {
    read_all(project, files::discover(project, raw), progress)
}

/// Reads the files given and no others, each as if it stood where it is said to stand.
pub fn read_listed(project: &Project, listed: &[listed::Listed], progress: &(dyn Fn(&str, usize) + Sync)) -> Records {
    read_all(project, files::given(project, listed), progress)
}

fn read_all(
    project: &Project,
    (found, unmatched): (Vec<Found>, Vec<files::Unmatched>),
    progress: &(dyn Fn(&str, usize) + Sync),
) -> Records {
    let (mut records, _) = read_found(&found, project, progress, Opened::let_rows_go);
    let of_sources = unmatched
        .into_iter()
        .map(|files::Unmatched { source, pattern }| (pattern, &project.sources[source].at));
    let named = |at: usize| found.iter().any(|file| file.lookups.contains(&at));
    let lookups = project.lookups.iter().enumerate();
    let of_lookups = lookups
        .filter(|(at, _)| !named(*at))
        .map(|(_, lookup)| (lookup.files.join(", "), &lookup.at));
    for (pattern, at) in of_sources.chain(of_lookups) {
        let defined = format!("{}:{}", at.file, at.line);
        let args = BTreeMap::from([("pattern", pattern), ("source", defined)]);
        records.findings.push(Finding {
            kind: Kind::MissingFile,
            place: None,
            others: Vec::new(),
            args,
        });
    }
    records
}

/// Reads loose files, each row a person, for recognition alone: no project, no dates, no activities.
///
/// `source` says what the definitions of a project would say: columns by header, above all. Nobody in the files was
/// born after `last_birth`.
pub fn read_people(paths: &[PathBuf], source: &Source, last_birth: NaiveDate) -> PeopleReading {
    let found: Vec<Found> = paths.iter().map(|path| Found::loose(path)).collect();
    let vocabulary = vocabulary::standard();
    let wanted = Wanting {
        sources: std::slice::from_ref(source),
        span: None,
        purpose: Purpose::People,
    };
    let mut opened = open_all(&found, wanted, vocabulary, &|_, _| {});
    let (records, _) = put_together(&found, &mut opened, wanted, vocabulary, |_| {});
    persons::settle(&readings(&opened), records, last_birth, vocabulary)
}

/// What all files are read for.
#[derive(Clone, Copy)]
struct Wanting<'a> {
    sources: &'a [Source],
    /// First and last day of the project.
    span: Option<(NaiveDate, NaiveDate)>,
    purpose: Purpose,
}

/// A file opened and hashed, before it is put together with the others.
struct Opened {
    sha256: String,
    bytes: u64,
    content: Content,
    /// The workbook for each look-up that names the file.
    lookups: Vec<Result<table::Workbook, Unreadable>>,
}

enum Content {
    Lock,
    NotNamed,
    /// Nothing but a table that says more about values.
    Lookup,
    Decisions(Result<table::Workbook, Unreadable>),
    Read(Result<FileReading, Unreadable>),
}

impl Opened {
    /// Gives the memory of rows back that stand in the records by now.
    fn let_rows_go(&mut self) {
        let Content::Read(Ok(reading)) = &mut self.content else {
            return;
        };
        for sheet in &mut reading.sheets {
            if let SheetContent::Tables(tables) = &mut sheet.content {
                for table in tables {
                    (table.rows, table.contents) = (Vec::new(), Vec::new());
                }
            }
        }
    }
}

/// The records of some files, and the files as they were opened; `added` is told each file once it stands in the
/// records.
fn read_found(
    found: &[Found],
    project: &Project,
    progress: &(dyn Fn(&str, usize) + Sync),
    added: fn(&mut Opened),
) -> (Records, Vec<Opened>) {
    let words = vocabulary::with(&project.words);
    let vocabulary = words.as_ref();
    let wanted = Wanting {
        sources: &project.sources,
        span: Some((project.start, project.end)),
        purpose: Purpose::Project,
    };
    let mut opened = open_all(found, wanted, vocabulary, progress);
    let (mut records, repeats) = put_together(found, &mut opened, wanted, vocabulary, added);
    records.repeats = repeats.pairs;
    decisions::read(&decision_tables(found, &opened), &mut records, vocabulary);
    one_form(project, found, &opened, &mut records, vocabulary);
    sites::one_spelling(project, &mut records, vocabulary);
    let readings = readings(&opened);
    if let Some(remembered) = &project.seen {
        let changes = seen::changes(&readings, &project.sources, remembered);
        records.findings.extend(changes);
    }
    records.seen = seen::seen(&readings, &project.sources);
    (records, opened)
}

fn open_all(
    found: &[Found],
    wanted: Wanting,
    vocabulary: &vocabulary::Vocabulary,
    progress: &(dyn Fn(&str, usize) + Sync),
) -> Vec<Opened> {
    METER.begin(Stage::Reading, found.len());
    found
        .par_iter()
        .map(|file| {
            let opened = open(file, wanted, vocabulary);
            METER.add(1);
            progress(&file.shown, found.len());
            opened
        })
        .collect()
}

fn put_together(
    found: &[Found],
    opened: &mut [Opened],
    wanted: Wanting,
    vocabulary: &vocabulary::Vocabulary,
    added: fn(&mut Opened),
) -> (Records, Repeats) {
    let mut assembler = Assembler::new(wanted.sources, wanted.span, wanted.purpose, vocabulary);
    for (file, opened) in found.iter().zip(opened.iter()) {
        assembler.records.files.push(source_file(file, opened));
    }
    let forms = Forms::of(&readings(opened), wanted.sources, &assembler.records.files);
    assembler.know_forms(forms);
    if wanted.purpose == Purpose::Project {
        let named = &assembler.records.files;
        let versions = Versions::of(&readings(opened), wanted.sources, named, vocabulary);
        assembler.know_versions(versions);
        let told = Named::of(&readings(opened), wanted.sources, &assembler.records.files, vocabulary);
        assembler.know_names(told);
    }
    assembler.reserve(&readings(opened));
    for (index, opened) in opened.iter_mut().enumerate() {
        add(&mut assembler, index.into(), opened);
        added(opened);
    }
    assembler.finish()
}

/// The tables of decisions, the project's own last: what is decided in it stands above what raw files say.
fn decision_tables<'o>(found: &[Found], opened: &'o [Opened]) -> Vec<(FileId, &'o table::Workbook)> {
    let mut tables = Vec::new();
    for own in [false, true] {
        for (index, (file, opened)) in found.iter().zip(opened).enumerate() {
            if let (Content::Decisions(Ok(workbook)), true) = (&opened.content, own == (file.shown == files::DECISIONS))
            {
                tables.push((index.into(), workbook));
            }
        }
    }
    tables
}

fn readings(opened: &[Opened]) -> Vec<(FileId, &FileReading)> {
    let files = opened.iter().enumerate();
    files
        .filter_map(|(index, opened)| match &opened.content {
            Content::Read(Ok(reading)) => Some((index.into(), reading)),
            Content::Read(Err(_)) | Content::Lock | Content::NotNamed | Content::Lookup | Content::Decisions(_) => None,
        })
        .collect()
}

/// Brings the values of fields to one form, and gives rows what the project's tables say about them.
fn one_form(
    project: &Project,
    found: &[Found],
    opened: &[Opened],
    records: &mut Records,
    vocabulary: &vocabulary::Vocabulary,
) {
    let mut tables: Vec<LookupTable> = project.lookups.iter().map(|_| LookupTable::default()).collect();
    for (index, (file, opened)) in found.iter().zip(opened).enumerate() {
        for (at, workbook) in file.lookups.iter().zip(&opened.lookups) {
            let lookup = &project.lookups[*at];
            match workbook {
                Ok(workbook) if tables[*at].add(lookup, workbook, vocabulary) => {}
                Ok(_) => lookups::not_found(lookup, index.into(), records),
                Err(error) => records.findings.push(Finding {
                    kind: Kind::UnreadableFile,
                    place: Some(Place::whole_sheet(index.into(), 0)),
                    others: Vec::new(),
                    args: BTreeMap::from(error.args()),
                }),
            }
        }
    }
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (lookup, table) in project.lookups.iter().zip(&tables) {
        keys.entry(lookup.field.clone())
            .or_default()
            .extend(table.keys().cloned());
    }
    let spellings = fields::apply(&project.fields, &keys, records, vocabulary);
    for (lookup, table) in project.lookups.iter().zip(&tables) {
        lookups::apply(lookup, table, spellings.get(&lookup.field), records);
    }
}

fn open(file: &Found, wanted: Wanting, vocabulary: &vocabulary::Vocabulary) -> Opened {
    let (fingerprint, content) = rayon::join(|| files::fingerprint(&file.path), || content(file, wanted, vocabulary));
    let (sha256, bytes) = fingerprint.unwrap_or_default();
    let lookups = file
        .lookups
        .iter()
        .map(|_| listed::open(&file.path, &file.cuts))
        .collect();
    Opened {
        sha256,
        bytes,
        content,
        lookups,
    }
}

fn content(file: &Found, wanted: Wanting, vocabulary: &vocabulary::Vocabulary) -> Content {
    if file.lock {
        Content::Lock
    } else if file.decisions {
        Content::Decisions(listed::open(&file.path, &file.cuts))
    } else if file.sources.is_empty() && !file.lookups.is_empty() {
        Content::Lookup
    } else if file.sources.is_empty() {
        Content::NotNamed
    } else {
        let named: Vec<(usize, &Source)> = file
            .sources
            .iter()
            .map(|index| (*index, &wanted.sources[*index]))
            .collect();
        let wanted = Wanted {
            sources: &named,
            project: wanted.span,
            purpose: wanted.purpose,
        };
        let workbook = listed::open(&file.path, &file.cuts);
        if let Ok(workbook) = &workbook {
            METER.add_rows(workbook.sheets.iter().map(|sheet| sheet.rows.len()).sum());
        }
        Content::Read(workbook.map(|workbook| reading::read_sheets(workbook, &file.shown, wanted, vocabulary)))
    }
}

fn source_file(file: &Found, opened: &Opened) -> SourceFile {
    let (format, sheets, readable) = match &opened.content {
        Content::Lock => ("lock file".to_owned(), Vec::new(), false),
        Content::Decisions(Ok(workbook)) => (
            workbook.format.clone(),
            workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
            true,
        ),
        Content::Read(Ok(reading)) => (
            reading.format.clone(),
            reading.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
            true,
        ),
        Content::Lookup => match opened.lookups.first() {
            Some(Ok(workbook)) => (
                workbook.format.clone(),
                workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
                true,
            ),
            Some(Err(_)) | None => (String::new(), Vec::new(), false),
        },
        Content::NotNamed | Content::Decisions(Err(_)) | Content::Read(Err(_)) => (String::new(), Vec::new(), false),
    };
    let print = match &opened.content {
        Content::Decisions(Ok(workbook)) => print::print(workbook),
        Content::Read(Ok(reading)) => reading.print.clone(),
        Content::Lookup => match opened.lookups.first() {
            Some(Ok(workbook)) => print::print(workbook),
            Some(Err(_)) | None => Print::default(),
        },
        Content::Lock | Content::NotNamed | Content::Decisions(Err(_)) | Content::Read(Err(_)) => Print::default(),
    };
    SourceFile {
        path: file.shown.clone(),
        print,
        sha256: opened.sha256.clone(),
        bytes: opened.bytes,
        format,
        sheets,
        source: file.sources.first().copied(),
        readable,
    }
}

fn add(assembler: &mut Assembler, file: FileId, opened: &Opened) {
    let whole = Place::whole_sheet(file, 0);
    match &opened.content {
        Content::Lock => assembler.find(Kind::LockFile, whole, &[]),
        Content::NotNamed => assembler.find(Kind::FileNotNamed, whole, &[]),
        Content::Decisions(Ok(_)) | Content::Lookup => {}
        Content::Decisions(Err(error)) | Content::Read(Err(error)) => {
            assembler.find(Kind::UnreadableFile, whole, &error.args());
        }
        Content::Read(Ok(reading)) => {
            if reading.misnamed {
                let path = &assembler.records.files[file.index()].path;
                let expected = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_owned();
                assembler.find(
                    Kind::WrongExtension,
                    whole,
                    &[("expected", expected), ("found", reading.format.clone())],
                );
            }
            assembler.file(file, reading);
        }
    }
}
