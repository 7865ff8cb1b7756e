//! Raw files → records: what is written, where it is written, and what became of every row.
//!
//! Files are read side by side, one by one and each for itself (`reading`); only then are they put
//! together, in path order (`assemble`), so that neither threads nor the order of files reach a result.

mod assemble;
mod axis;
mod body;
pub mod dates;
mod decisions;
mod fields;
mod files;
pub mod findings;
#[cfg(test)]
mod fixture;
mod grid;
mod heading;
pub(crate) mod layout;
pub(crate) mod marks;
pub(crate) mod reading;
pub mod records;
mod repeats;
pub(crate) mod rows;
mod sessions;
pub mod table;
mod values;
pub mod vocabulary;
mod when;
pub mod workbook;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::project::model::{Project, Source};
use assemble::Assembler;
use decisions::Lookup;
use files::Found;
pub(crate) use files::fingerprint_of;
use findings::Kind;
use reading::{FileReading, Wanted};
use records::{FileId, Finding, Place, Records, SourceFile};
use workbook::Unreadable;

/// Reads all raw files of a project.
///
/// Nothing here fails: a file that can't be read is a finding, and the others are still read.
/// `progress` is told each file as its reading ends, with the number of files.
/// `raw`, where given, is read instead of the project's folder of that name.
pub fn read(project: &Project, raw: Option<&Path>, progress: &(dyn Fn(&str, usize) + Sync)) -> Records {
    let (found, unmatched) = files::discover(project, raw);
    let span = Some((project.start, project.end));
    let mut records = read_found(&found, &project.sources, span, progress);
    for files::Unmatched { source, pattern } in unmatched {
        let at = &project.sources[source].at;
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
/// `source` says what the definitions of a project would say: columns by header, above all.
pub fn read_people(paths: &[PathBuf], source: &Source) -> Records {
    let found: Vec<Found> = paths
        .iter()
        .map(|path| Found {
            path: path.clone(),
            shown: path.to_string_lossy().replace('\\', "/"),
            sources: vec![0],
            decisions: false,
            lock: path
                .file_name()
                .is_some_and(|name| files::is_lock_name(&name.to_string_lossy())),
        })
        .collect();
    read_found(&found, std::slice::from_ref(source), None, &|_, _| {})
}

/// A file opened and hashed, before it is put together with the others.
struct Opened {
    sha256: String,
    bytes: u64,
    content: Content,
}

enum Content {
    Lock,
    NotNamed,
    Decisions(Result<table::Workbook, Unreadable>),
    Read(Result<FileReading, Unreadable>),
}

fn read_found(
    found: &[Found],
    sources: &[Source],
    project: Option<(NaiveDate, NaiveDate)>,
    progress: &(dyn Fn(&str, usize) + Sync),
) -> Records {
    let vocabulary = vocabulary::standard();
    let opened: Vec<Opened> = found
        .par_iter()
        .map(|file| {
            let opened = open(file, sources, project, vocabulary);
            progress(&file.shown, found.len());
            opened
        })
        .collect();
    let mut assembler = Assembler::new(sources, project, vocabulary);
    for (file, opened) in found.iter().zip(&opened) {
        assembler.records.files.push(source_file(file, opened));
    }
    for (index, (_, opened)) in found.iter().zip(&opened).enumerate() {
        add(&mut assembler, index.into(), opened);
    }
    let (mut records, repeats) = assembler.finish();
    let lookup = Lookup::new(&records, &repeats.pairs);
    for (index, opened) in opened.iter().enumerate() {
        if let Content::Decisions(Ok(workbook)) = &opened.content {
            decisions::read(index.into(), workbook, &lookup, &mut records, vocabulary);
        }
    }
    records
}

fn open(
    file: &Found,
    sources: &[Source],
    project: Option<(NaiveDate, NaiveDate)>,
    vocabulary: &vocabulary::Vocabulary,
) -> Opened {
    let (sha256, bytes) = files::fingerprint(&file.path).unwrap_or_default();
    let content = if file.lock {
        Content::Lock
    } else if file.decisions {
        Content::Decisions(workbook::open(&file.path))
    } else if file.sources.is_empty() {
        Content::NotNamed
    } else {
        let named: Vec<(usize, &Source)> = file.sources.iter().map(|index| (*index, &sources[*index])).collect();
        Content::Read(reading::read(
            &file.path,
            &file.shown,
            Wanted {
                sources: &named,
                project,
            },
            vocabulary,
        ))
    };
    Opened { sha256, bytes, content }
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
        Content::NotNamed | Content::Decisions(Err(_)) | Content::Read(Err(_)) => (String::new(), Vec::new(), false),
    };
    SourceFile {
        path: file.shown.clone(),
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
        Content::Decisions(Ok(_)) => {}
        Content::Decisions(Err(error)) | Content::Read(Err(error)) => {
            assembler.find(Kind::UnreadableFile, whole, &[("reason", error.to_string())]);
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
