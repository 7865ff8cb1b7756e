//! What an `.xlsx` workbook shows otherwise than by values, which calamine does not tell: hidden rows and columns, rows
//! struck through, coloured blanks, comments. Read from the workbook's XML.

mod comments;
mod sheet;
mod styles;

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::guard::{Archive, archive};
use super::unreadable::Unreadable;

/// Last column of a sheet, 0-based.
const LAST_COLUMN: u32 = 16_383;

/// Whether a sheet has merged areas.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merges {
    /// Its XML does not speak of any.
    None,
    /// It may have some.
    #[default]
    Perhaps,
}

/// What one sheet shows otherwise than by values.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dimmed {
    /// Hidden rows, 1-based, sorted.
    pub(super) rows: Vec<u32>,
    /// Hidden columns, 0-based, sorted.
    pub(super) columns: Vec<u16>,
    /// Merged areas.
    pub(super) merges: Merges,
    /// Rows struck through, 1-based, sorted.
    pub(super) struck_rows: Vec<u32>,
    /// Blank cells with a colour of their own, sorted.
    pub(super) coloured_blanks: Vec<(u32, u16)>,
    /// Cells with a comment, sorted.
    pub(super) comments: Vec<(u32, u16)>,
}

/// Bytes looked through at once.
const PIECE: usize = 1 << 16;

/// What sheets show otherwise than by values, by sheet name; sheets whose XML cannot be followed are left out.
pub(super) fn of_workbook(bytes: &[u8]) -> BTreeMap<String, Dimmed> {
    let Ok(mut archive) = archive(bytes) else {
        return BTreeMap::new();
    };
    let paths = paths(&mut archive).unwrap_or_default();
    let looks = styles::looks(&mut archive);
    let struck_strings = styles::struck_strings(&mut archive);
    let known = sheet::Known {
        looks: &looks,
        struck_strings: &struck_strings,
    };
    let mut sheets = BTreeMap::new();
    for (name, path) in paths {
        let Ok(part) = archive.by_name(&path) else { continue };
        let Ok(mut dimmed) = sheet::read(part.take(super::guard::MAX_FILE), known) else {
            continue;
        };
        dimmed.comments = comments::of_sheet(&mut archive, &path);
        sheets.insert(name, dimmed);
    }
    sheets
}

/// Sheet names and the paths of their parts.
fn paths(archive: &mut Archive<'_>) -> Result<Vec<(String, String)>, Unreadable> {
    let mut targets = BTreeMap::new();
    each_element(archive, "xl/_rels/workbook.xml.rels", |element| {
        if element.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
        {
            targets.insert(id, target);
        }
        true
    })?;
    let mut sheets = Vec::new();
    each_element(archive, "xl/workbook.xml", |element| {
        if element.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(element, "name"), attribute(element, "id"))
            && let Some(target) = targets.get(&id)
        {
            let path = target
                .strip_prefix('/')
                .map_or_else(|| format!("xl/{target}"), str::to_owned);
            sheets.push((name, path));
        }
        true
    })?;
    Ok(sheets)
}

/// Whether a word stands anywhere in a part.
fn speaks_of(archive: &mut Archive<'_>, path: &str, word: &[u8]) -> Result<bool, Unreadable> {
    let part = archive.by_name(path).map_err(Unreadable::damaged)?;
    let mut part = part.take(super::guard::MAX_FILE);
    let mut buffer = vec![0; PIECE];
    // The end of a piece is kept before the next one: the word may lie across both.
    let mut kept = 0;
    loop {
        let read = part.read(&mut buffer[kept..]).map_err(Unreadable::damaged)?;
        if read == 0 {
            return Ok(false);
        }
        let filled = kept + read;
        if buffer[..filled].windows(word.len()).any(|bytes| bytes == word) {
            return Ok(true);
        }
        let from = filled.saturating_sub(word.len());
        buffer.copy_within(from..filled, 0);
        kept = filled - from;
    }
}

/// Whether an element that stands for "on" is not switched off.
fn is_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|value| value != "0" && value != "false")
}

/// 1-based row and 0-based column of a cell's name, such as `B2`.
fn place(name: &[u8]) -> Option<(u32, u32)> {
    let digits = name.iter().position(u8::is_ascii_digit)?;
    let mut column = 0_u32;
    for letter in &name[..digits] {
        let letter = letter.to_ascii_uppercase();
        let value = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    let mut row = 0_u32;
    for digit in &name[digits..] {
        let value = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        row = row.checked_mul(10)?.checked_add(value)?;
    }
    Some((row, column.checked_sub(1)?))
}

/// Value of the attribute with a local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| value_of(&attribute))
}

/// Value of an attribute; as written where its references cannot be resolved.
pub(super) fn value_of(attribute: &Attribute<'_>) -> String {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.unwrap_or_else(|_| attribute.value.clone()).into_owned()
}

/// Calls back with every element of a part until told to stop.
fn each_element(
    archive: &mut Archive<'_>,
    path: &str,
    mut visit: impl FnMut(&BytesStart<'_>) -> bool,
) -> Result<(), Unreadable> {
    let part = archive.by_name(path).map_err(Unreadable::damaged)?;
    let mut reader = Reader::from_reader(BufReader::new(part.take(super::guard::MAX_FILE)));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(Unreadable::damaged)? {
            Event::Start(element) | Event::Empty(element) if !visit(&element) => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
