//! Files → sheets of cells. The only place that knows formats, and the only one that knows the reader crates.
//!
//! What a file is, is told by its content. A file that cannot be read yields a reason for people
//! ([`Unreadable`]); no file makes the program stop.

mod biff;
mod delimited;
mod dimmed;
mod encoding;
mod excel;
mod guard;
mod html;
mod looks;
mod moment;
mod open_document;
mod rows;
mod sniff;
mod spreadsheet_xml;
mod unreadable;
mod xml;

use std::path::Path;

use super::table::{Cell, Sheet, Workbook};
use super::vocabulary;
pub(crate) use rows::{CUT, MAX_TEXT};
use sniff::Content;
pub use unreadable::Unreadable;

/// Reads a file.
pub fn open(path: &Path) -> Result<Workbook, Unreadable> {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    if is_lock_file(&name) {
        return Err(Unreadable::LockFile);
    }
    let facts = std::fs::metadata(path).map_err(|error| Unreadable::from_io(&error))?;
    if facts.is_dir() {
        return Err(Unreadable::Folder);
    }
    if facts.len() > guard::MAX_FILE {
        return Err(Unreadable::TooLarge {
            reason: format!("{} MB", facts.len() >> 20),
        });
    }
    let bytes = std::fs::read(path).map_err(|error| Unreadable::from_io(&error))?;
    from_bytes(&bytes, &name)
}

/// Reads a file's bytes; the name only tells whether it is misnamed, or a lock file.
pub fn from_bytes(bytes: &[u8], name: &str) -> Result<Workbook, Unreadable> {
    if is_lock_file(name) {
        return Err(Unreadable::LockFile);
    }
    guard::catching(|| {
        let content = sniff::content(bytes)?;
        let mut workbook = read(bytes, content)?;
        workbook.sheets.iter_mut().for_each(fold_digits);
        workbook.misnamed = is_misnamed(name, content);
        Ok(workbook)
    })
}

fn read(bytes: &[u8], content: Content) -> Result<Workbook, Unreadable> {
    let (format, sheets) = match content {
        Content::Xlsx => ("xlsx", excel::xlsx(bytes)?),
        Content::Xlsb => ("xlsb", excel::xlsb(bytes)?),
        Content::Xls => ("xls", excel::xls(bytes)?),
        Content::Ods => ("ods", open_document::packed(bytes)?),
        Content::FlatOds => ("ods", open_document::flat(bytes)?),
        Content::SpreadsheetXml => ("xml", spreadsheet_xml::read(bytes)?),
        Content::Html => return html::read(bytes),
        Content::Text => return delimited::read(bytes),
    };
    Ok(Workbook {
        format: format.to_owned(),
        sheets,
        ..Workbook::default()
    })
}

/// Writes the digits of other scripts as those that numbers and dates are read in.
fn fold_digits(sheet: &mut Sheet) {
    let cells = sheet.rows.iter_mut().flat_map(|row| &mut row.cells);
    for (_, cell) in cells {
        let Cell::Text(text) = cell else { continue };
        if text.is_ascii() || !text.chars().any(|c| vocabulary::fold_digit(c) != c) {
            continue;
        }
        let fold = |c: char| if c == '\u{66B}' { '.' } else { vocabulary::fold_digit(c) };
        *text = text.chars().map(fold).collect();
    }
}

/// Owner files of Excel (`~$name.xlsx`) and `LibreOffice` (`.~lock.name.ods#`).
fn is_lock_file(name: &str) -> bool {
    name.starts_with("~$") || name.starts_with(".~lock.")
}

fn is_misnamed(name: &str, content: Content) -> bool {
    let Some((_, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let extension = extension.to_lowercase();
    let expected: &[&str] = match content {
        Content::Xlsx => &["xlsx", "xlsm", "xltx", "xltm"],
        Content::Xlsb => &["xlsb"],
        Content::Xls => &["xls", "xlt"],
        Content::Ods => &["ods", "ots"],
        Content::FlatOds => &["fods", "xml"],
        Content::SpreadsheetXml => &["xml"],
        Content::Html => &["html", "htm"],
        Content::Text => &["csv", "tsv", "txt", "tab", "prn"],
    };
    !expected.contains(&extension.as_str())
}

#[cfg(test)]
mod tests;
