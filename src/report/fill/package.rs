//! The donor's file as a package of parts: what its workbook names, and a copy in which a few parts are replaced and
//! all others are carried over as packed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::xml::{Kind, plain, tags};
use crate::ingest::workbook;
use crate::message::{Message, Tell, message};

/// A template opened.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

/// What the workbook part and its relations say.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Sheets in the workbook's order.
    pub(super) sheets: Vec<SheetEntry>,
    /// Defined names.
    pub(super) names: Vec<DefinedName>,
    /// Whether its structure is protected.
    pub(super) protected: bool,
    /// Whether it calculates only when told to.
    pub(super) manual: bool,
    /// Part that lists formula cells in order of calculation.
    pub(super) calc_chain: Option<String>,
    /// Part that holds the looks.
    pub(super) styles: Option<String>,
    /// Part that holds the relations of the workbook.
    pub(super) relations: String,
}

/// A sheet as the workbook names it.
#[derive(Debug)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    /// Its part; `None` where it is no worksheet (a chart, a macro sheet).
    pub(super) part: Option<String>,
    /// Its number in other parts.
    pub(super) id: String,
    pub(super) hidden: bool,
}

/// A name for a place.
#[derive(Debug)]
pub(super) struct DefinedName {
    pub(super) name: String,
    /// Index of the sheet that it belongs to; `None` for the workbook's own.
    pub(super) sheet: Option<usize>,
    pub(super) refers_to: String,
}

/// Opens a template, or says in one sentence why it can't be filled.
pub(super) fn open<'a>(bytes: &'a [u8], name: &str) -> Result<Package<'a>, Message> {
    let read = workbook::from_bytes(bytes, name).map_err(|reason| reason.message())?;
    if read.format != "xlsx" {
        let what = match read.format.as_str() {
            "xls" | "xlsb" => message!("an old or binary .{format}", format = read.format),
            "ods" => message!("an .ods"),
            other => message!("a {other}", other),
        };
        return Err(message!(
            "this is {what} file, and only .xlsx and .xlsm can be filled: open it in Excel or LibreOffice, save it as .xlsx, \
             and use that",
            what
        ));
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
    let names = archive
        .file_names()
        .map(|name| name.map(|name| name.to_string()))
        .collect::<Result<Vec<String>, _>>()
        .map_err(|error| damaged(&error.to_string()))?;
    Ok(Package { archive, names })
}

fn damaged(reason: &impl Tell) -> Message {
    message!(
        "the file is damaged ({reason}): open it in Excel or LibreOffice and save a copy",
        reason
    )
}

impl Package<'_> {
    /// Name of a part as the package writes it; the case of letters does not matter there.
    fn found(&self, part: &str) -> Option<String> {
        let names = self.names.iter();
        let mut same = names.filter(|name| name.replace('\\', "/").eq_ignore_ascii_case(part));
        same.next().cloned()
    }

    /// A part as text.
    pub(super) fn text(&mut self, part: &str) -> Result<String, Message> {
        let name = self
            .found(part)
            .ok_or_else(|| damaged(&message!("{part} is missing", part)))?;
        let wrong = |reason: &dyn std::fmt::Display| damaged(&format!("{part}: {reason}"));
        let mut file = self.archive.by_name(&name).map_err(|error| wrong(&error))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| wrong(&error))?;
        String::from_utf8(bytes).map_err(|_| damaged(&message!("{part}: it is not UTF-8", part)))
    }

    /// Whether there is a part whose name begins so.
    pub(super) fn has_under(&self, folder: &str) -> bool {
        self.names.iter().any(|name| name.to_lowercase().starts_with(folder))
    }

    /// Reads the workbook part and its relations.
    pub(super) fn book(&mut self) -> Result<Book, Message> {
        let root = self
            .text("_rels/.rels")
            .map(|text| relations(&text, ""))
            .unwrap_or_default();
        let main = root.iter().find(|relation| relation.kind == "officeDocument");
        let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target.clone());
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let slash = if folder.is_empty() { "" } else { "/" };
        let relations_part = format!("{folder}{slash}_rels/{file}.rels");
        let linked = relations(&self.text(&relations_part)?, folder);
        let of_kind = |kind: &str| {
            let mut linked = linked.iter().filter(|relation| relation.kind == kind);
            linked.next().map(|relation| relation.target.clone())
        };
        let worksheets: BTreeMap<String, String> = linked
            .iter()
            .filter(|relation| relation.kind == "worksheet")
            .map(|relation| (relation.id.clone(), relation.target.clone()))
            .collect();
        let mut book = workbook_part(&self.text(&main)?, &worksheets);
        book.calc_chain = of_kind("calcChain");
        book.styles = of_kind("styles");
        book.relations = relations_part;
        Ok(book)
    }

    /// The package with some parts replaced, and those without a text left out; all others as they were packed, in
    /// the same order.
    pub(super) fn with_parts(&mut self, parts: &BTreeMap<String, Option<String>>) -> Result<Vec<u8>, Message> {
        let refused = |error: zip::result::ZipError| {
            message!(
                "the filled file could not be packed: {error}",
                error = error.to_string()
            )
        };
        let mut changed: BTreeMap<String, &Option<String>> = BTreeMap::new();
        for (part, text) in parts {
            changed.insert(self.found(part).unwrap_or_else(|| part.clone()), text);
        }
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let mut met = BTreeSet::new();
        for at in 0..self.archive.len() {
            let file = self.archive.by_index_raw(at).map_err(refused)?;
            let name = file.name().map_err(refused)?.into_owned();
            match changed.get(&name) {
                None => writer.raw_copy_file(file).map_err(refused)?,
                Some(Some(text)) if met.insert(name.clone()) => {
                    let mut options = SimpleFileOptions::default().compression_method(file.compression());
                    if let Some(time) = file.last_modified() {
                        options = options.last_modified_time(time);
                    }
                    drop(file);
                    writer.start_file(name, options).map_err(refused)?;
                    writer
                        .write_all(text.as_bytes())
                        .map_err(|error| refused(error.into()))?;
                }
                // Left out, or a second part of the same name.
                Some(None | Some(_)) => {}
            }
        }
        writer.finish().map(Cursor::into_inner).map_err(refused)
    }
}

/// A relation of a part to another.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// Relations with targets as names of parts.
fn relations(text: &str, folder: &str) -> Vec<Relation> {
    let found = tags(text).filter(|tag| tag.local() == "Relationship" && tag.kind != Kind::Close);
    let found = found.filter_map(|tag| {
        let target = tag.attribute("Target")?.replace('\\', "/");
        let kind = tag.attribute("Type")?;
        Some(Relation {
            id: tag.attribute("Id")?,
            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
            target: resolved(folder, &target),
        })
    });
    found.collect()
}

/// The part that a target names, seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in target.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

fn workbook_part(text: &str, worksheets: &BTreeMap<String, String>) -> Book {
    let mut book = Book::default();
    let mut name: Option<(String, Option<usize>, usize)> = None;
    for tag in tags(text) {
        match (tag.local(), tag.kind) {
            ("sheet", Kind::Open | Kind::Empty) => book.sheets.push(SheetEntry {
                name: tag.attribute("name").unwrap_or_default(),
                part: relation_id(&tag).and_then(|id| worksheets.get(&id).cloned()),
                id: tag.attribute("sheetId").unwrap_or_default(),
                hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
            }),
            ("definedName", Kind::Open) => {
                let sheet = tag.attribute("localSheetId").and_then(|id| id.parse().ok());
                name = tag.attribute("name").map(|named| (named, sheet, tag.range.end));
            }
            ("definedName", Kind::Close) => {
                if let Some((name, sheet, start)) = name.take() {
                    book.names.push(DefinedName {
                        name,
                        sheet,
                        refers_to: plain(&text[start..tag.range.start]),
                    });
                }
            }
            ("workbookProtection", Kind::Open | Kind::Empty) => {
                book.protected = ["lockStructure", "lockWindows"].iter().any(|what| tag.says(what));
            }
            ("calcPr", Kind::Open | Kind::Empty) => {
                book.manual = tag.attribute("calcMode").as_deref() == Some("manual");
            }
            _ => {}
        }
    }
    book
}

/// The attribute `r:id`, whatever its prefix.
fn relation_id(tag: &super::xml::Tag<'_>) -> Option<String> {
    tag.attribute("id")
}
