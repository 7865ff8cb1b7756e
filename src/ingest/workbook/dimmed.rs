//! Hidden rows and columns of an `.xlsx` workbook, which calamine does not tell: read from the sheets' XML.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::guard::{Archive, archive};
use super::unreadable::Unreadable;

/// Last column of a sheet, 0-based.
const LAST_COLUMN: u32 = 16_383;

/// Hidden lines of one sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Dimmed {
    /// 1-based rows, sorted.
    pub(super) rows: Vec<u32>,
    /// 0-based columns, sorted.
    pub(super) columns: Vec<u16>,
}

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
    let mut dimmed = Dimmed::default();
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
