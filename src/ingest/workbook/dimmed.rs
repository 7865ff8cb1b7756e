//! Hidden rows and columns of an `.xlsx` workbook, which calamine does not tell: read from the sheets' XML.
//!
//! Most sheets hide nothing and merge nothing. A look for the words spares those the parsing.

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

/// Hidden lines of one sheet, and whether it has merged areas.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dimmed {
    /// 1-based rows, sorted.
    pub(super) rows: Vec<u32>,
    /// 0-based columns, sorted.
    pub(super) columns: Vec<u16>,
    /// Merged areas.
    pub(super) merges: Merges,
}

/// Bytes looked through at once.
const PIECE: usize = 1 << 16;

/// Hidden lines by sheet name; sheets whose XML cannot be followed are left out.
pub(super) fn of_workbook(bytes: &[u8]) -> BTreeMap<String, Dimmed> {
    paths(bytes)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(name, path)| {
            let mut archive = archive(bytes).ok()?;
            Some((name, of_sheet(&mut archive, &path).ok()?))
        })
        .collect()
}

/// Sheet names and the paths of their parts.
fn paths(bytes: &[u8]) -> Result<Vec<(String, String)>, Unreadable> {
    let mut archive = archive(bytes)?;
    let mut targets = BTreeMap::new();
    each_element(&mut archive, "xl/_rels/workbook.xml.rels", |element| {
        if element.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
        {
            targets.insert(id, target);
        }
        true
    })?;
    let mut sheets = Vec::new();
    each_element(&mut archive, "xl/workbook.xml", |element| {
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

fn of_sheet(archive: &mut Archive<'_>, path: &str) -> Result<Dimmed, Unreadable> {
    let [hides, merges] = speaks_of(archive, path, [b"hidden", b"mergeCell"])?;
    let mut dimmed = Dimmed {
        merges: if merges { Merges::Perhaps } else { Merges::None },
        ..Dimmed::default()
    };
    if !hides {
        return Ok(dimmed);
    }
    let mut row = 0_u32;
    each_element(archive, path, |element| {
        match element.local_name().as_ref() {
            "row" => {
                row = attribute(element, "r")
                    .and_then(|r| r.parse().ok())
                    .unwrap_or(row.saturating_add(1));
                if is_hidden(element) {
                    dimmed.rows.push(row);
                }
            }
            "col" if is_hidden(element) => {
                let bound = |name: &str| attribute(element, name)?.parse::<u32>().ok()?.checked_sub(1);
                if let (Some(first), Some(last)) = (bound("min"), bound("max")) {
                    let columns = first..=last.min(LAST_COLUMN);
                    dimmed
                        .columns
                        .extend(columns.filter_map(|column| u16::try_from(column).ok()));
                }
            }
            // Nothing that hides a line follows the cells.
            "mergeCells" | "conditionalFormatting" | "pageMargins" => return false,
            _ => {}
        }
        true
    })?;
    dimmed.rows.sort_unstable();
    dimmed.rows.dedup();
    dimmed.columns.sort_unstable();
    dimmed.columns.dedup();
    Ok(dimmed)
}

/// Which of some words stand anywhere in a part.
fn speaks_of<const N: usize>(
    archive: &mut Archive<'_>,
    path: &str,
    words: [&[u8]; N],
) -> Result<[bool; N], Unreadable> {
    let part = archive.by_name(path).map_err(Unreadable::damaged)?;
    let mut part = part.take(super::guard::MAX_FILE);
    let overlap = words.iter().map(|word| word.len()).max().unwrap_or_default();
    let mut found = [false; N];
    let mut buffer = vec![0; PIECE];
    // The end of a piece is kept before the next one: a word may lie across both.
    let mut kept = 0;
    while found.contains(&false) {
        let read = part.read(&mut buffer[kept..]).map_err(Unreadable::damaged)?;
        if read == 0 {
            break;
        }
        let filled = kept + read;
        for (found, word) in found.iter_mut().zip(words) {
            *found = *found || buffer[..filled].windows(word.len()).any(|bytes| bytes == word);
        }
        let from = filled.saturating_sub(overlap);
        buffer.copy_within(from..filled, 0);
        kept = filled - from;
    }
    Ok(found)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    attribute(element, "hidden").is_some_and(|value| value == "1" || value == "true")
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
