//! Tells what a file is by its content; its name is not asked.

use std::io::{Cursor, Read};

use super::biff;
use super::guard::{Archive, archive};
use super::unreadable::Unreadable;

/// What a file's content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Office Open XML workbook.
    Xlsx,
    /// Binary Office Open XML workbook.
    Xlsb,
    /// Excel 5 to 2003 workbook.
    Xls,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// `OpenDocument` spreadsheet in one XML file.
    FlatOds,
    /// XML spreadsheet of Excel 2003, mostly named `.xls`.
    SpreadsheetXml,
    /// Web page, often named `.xls`.
    Html,
    /// Delimited text.
    Text,
}

/// Beginnings of formats that are named and not read.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xBC\xAF", "a 7-Zip archive"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"SQLite format 3", "a database"),
    (b"ID;", "a SYLK file"),
    (b"TABLE\r\n0,1", "a DIF file"),
    (b"TABLE\n0,1", "a DIF file"),
    (b"\x09\x00\x04\x00", "a workbook of Excel 2"),
    (b"\x09\x02\x06\x00", "a workbook of Excel 3"),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4"),
    (b"\x00\x00\x02\x00", "a Lotus 1-2-3 sheet"),
    (b"\x00\x00\x1A\x00", "a Lotus 1-2-3 sheet"),
    (b"\xFF\x00\x02\x00", "a Works sheet"),
];

/// What the bytes are, or why they are no table.
pub(super) fn content(bytes: &[u8]) -> Result<Content, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.starts_with(b"PK") && bytes.get(2).is_some_and(|third| *third < 9) {
        return in_archive(archive(bytes)?);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return in_compound_file(bytes);
    }
    if let Some((_, what)) = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Unreadable::foreign(what));
    }
    if is_dbf(bytes) {
        return Err(Unreadable::foreign("a dBase table"));
    }
    markup_or_text(bytes)
}

fn in_archive(mut archive: Archive<'_>) -> Result<Content, Unreadable> {
    let names: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(|name| name.to_lowercase().replace('\\', "/"))
        .collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let has_under = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    if has("xl/workbook.xml") {
        return Ok(Content::Xlsx);
    }
    if has("xl/workbook.bin") {
        return Ok(Content::Xlsb);
    }
    if has("content.xml") {
        return open_document(&mut archive);
    }
    if has_under("word/") {
        return Err(Unreadable::foreign("a Word document"));
    }
    if has_under("ppt/") {
        return Err(Unreadable::foreign("a presentation"));
    }
    if has_under("index/") || has("index.zip") {
        return Err(Unreadable::foreign("an Apple Numbers document"));
    }
    if has("[content_types].xml") {
        // Strange producers place the workbook elsewhere; the reader follows the relations.
        return Ok(Content::Xlsx);
    }
    Err(Unreadable::foreign("a ZIP archive"))
}

fn open_document(archive: &mut Archive<'_>) -> Result<Content, Unreadable> {
    let mut kind = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        // A missing or odd type is judged by the content itself.
        let _ = part.take(200).read_to_string(&mut kind);
    }
    if kind.contains("opendocument.text") {
        return Err(Unreadable::foreign("a Writer document"));
    }
    if kind.contains("opendocument.presentation") {
        return Err(Unreadable::foreign("a presentation"));
    }
    Ok(Content::Ods)
}

fn in_compound_file(bytes: &[u8]) -> Result<Content, Unreadable> {
    // The cfb crate follows every chain with a check for cycles; calamine does not, and dies on damaged files.
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| {
        if error.kind() == std::io::ErrorKind::UnexpectedEof {
            Unreadable::Truncated
        } else {
            Unreadable::damaged(error)
        }
    })?;
    let names: Vec<String> = file
        .walk()
        .take(10_000)
        .map(|entry| entry.path().to_string_lossy().to_lowercase().replace('\\', "/"))
        .collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if has("/encryptedpackage") {
        return Err(Unreadable::Encrypted);
    }
    if has("/worddocument") {
        return Err(Unreadable::foreign("a Word document"));
    }
    if has("/powerpoint document") {
        return Err(Unreadable::foreign("a presentation"));
    }
    let Some(name) = ["/workbook", "/book"].into_iter().find(|name| has(name)) else {
        return Err(Unreadable::foreign("an old Office document"));
    };
    let mut stream = file.open_stream(name).map_err(Unreadable::damaged)?;
    let mut records = Vec::new();
    stream.read_to_end(&mut records).map_err(Unreadable::damaged)?;
    biff::check(&records)?;
    Ok(Content::Xls)
}

/// dBase III and later: version byte, then a plausible date and header length.
fn is_dbf(bytes: &[u8]) -> bool {
    bytes.len() > 32
        && matches!(bytes[0], 0x03 | 0x30 | 0x43 | 0x83 | 0x8B | 0xF5)
        && (1..=12).contains(&bytes[2])
        && (1..=31).contains(&bytes[3])
}

fn markup_or_text(bytes: &[u8]) -> Result<Content, Unreadable> {
    let head: String = bytes
        .iter()
        .take(4096)
        .filter(|byte| **byte != 0)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || !c.is_ascii());
    if start.starts_with("<?xml") || start.starts_with("<office:") || start.starts_with("<workbook") {
        if head.contains("urn:oasis:names:tc:opendocument") {
            return Ok(Content::FlatOds);
        }
        if head.contains("schemas-microsoft-com:office:spreadsheet") {
            return Ok(Content::SpreadsheetXml);
        }
        if !head.contains("<html") && !head.contains("<table") {
            return Err(Unreadable::foreign("an XML file"));
        }
    }
    if start.starts_with('<')
        && ["<html", "<table", "<!doctype", "<meta", "<head"]
            .iter()
            .any(|tag| head.contains(tag))
    {
        return Ok(Content::Html);
    }
    if start.starts_with("mime-version:") {
        return Err(Unreadable::foreign("a web archive (.mht)"));
    }
    Ok(Content::Text)
}
