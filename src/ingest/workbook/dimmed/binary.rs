//! Hidden lines and comments of an `.xlsb` workbook, from its records: \[MS-XLSB\], 2.3 and 2.4.

use std::collections::BTreeMap;
use std::io::Read as _;

use super::super::guard::{Archive, MAX_FILE, archive};
use super::{Dimmed, LAST_COLUMN, attribute, comments, each_element};

const ROW: u32 = 0;
const COL_INFO: u32 = 60;
const BUNDLE_SHEET: u32 = 156;
const BEGIN_COMMENT: u32 = 635;

const HIDDEN_ROW: u8 = 1 << 4;
const HIDDEN_COLUMN: u8 = 1;

/// What sheets show, by name; looks of cells are not read.
pub(in super::super) fn of_workbook(bytes: &[u8]) -> BTreeMap<String, Dimmed> {
    let Ok(mut archive) = archive(bytes) else {
        return BTreeMap::new();
    };
    let mut sheets = BTreeMap::new();
    for (name, path) in paths(&mut archive) {
        let mut dimmed = Dimmed::default();
        each_record(&part(&mut archive, &path), |kind, data| match kind {
            ROW if data.get(11).is_some_and(|flags| flags & HIDDEN_ROW != 0) => {
                dimmed.rows.extend(number(data, 0).and_then(|row| row.checked_add(1)));
            }
            COL_INFO if data.get(16).is_some_and(|flags| flags & HIDDEN_COLUMN != 0) => {
                if let (Some(first), Some(last)) = (number(data, 0), number(data, 4)) {
                    let columns = first..=last.min(LAST_COLUMN);
                    dimmed
                        .columns
                        .extend(columns.filter_map(|column| u16::try_from(column).ok()));
                }
            }
            _ => {}
        });
        for path in comments::parts(&mut archive, &path, &["/comments"]) {
            each_record(&part(&mut archive, &path), |kind, data| {
                let place = number(data, 4).zip(number(data, 12)).filter(|_| kind == BEGIN_COMMENT);
                let place = place.and_then(|(row, column)| Some((row.checked_add(1)?, u16::try_from(column).ok()?)));
                dimmed.comments.extend(place);
            });
        }
        dimmed.rows.sort_unstable();
        dimmed.rows.dedup();
        dimmed.columns.sort_unstable();
        dimmed.columns.dedup();
        dimmed.comments.sort_unstable();
        dimmed.comments.dedup();
        sheets.insert(name, dimmed);
    }
    sheets
}

/// Sheet names and the paths of their parts.
fn paths(archive: &mut Archive<'_>) -> Vec<(String, String)> {
    let mut targets = BTreeMap::new();
    let _ = each_element(archive, "xl/_rels/workbook.bin.rels", |element| {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            let path = target
                .strip_prefix('/')
                .map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(id, path);
        }
        true
    });
    let mut sheets = Vec::new();
    each_record(&part(archive, "xl/workbook.bin"), |kind, data| {
        if kind == BUNDLE_SHEET
            && let Some((id, after)) = text(data, 8)
            && let Some((name, _)) = text(data, after)
            && let Some(path) = targets.get(&id)
        {
            sheets.push((name, path.clone()));
        }
    });
    sheets
}

fn part(archive: &mut Archive<'_>, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Ok(part) = archive.by_name(path) {
        // A part that breaks off tells what it told before.
        let _ = part.take(MAX_FILE).read_to_end(&mut bytes);
    }
    bytes
}

/// Calls back with each record, up to the first that is cut off.
fn each_record(mut rest: &[u8], mut visit: impl FnMut(u32, &[u8])) {
    while let Some((kind, after)) = variable(rest, 2) {
        let Some((size, after)) = variable(after, 4) else {
            return;
        };
        let Some(data) = usize::try_from(size).ok().and_then(|size| after.get(..size)) else {
            return;
        };
        visit(kind, data);
        rest = &after[data.len()..];
    }
}

/// A number in seven bits of each byte; a byte with its top bit set has another after it.
fn variable(bytes: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(most).enumerate() {
        value |= u32::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 || at + 1 == most {
            return Some((value, &bytes[at + 1..]));
        }
    }
    None
}

fn number(data: &[u8], at: usize) -> Option<u32> {
    let four = data.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// A text with its length before it, and where it ends.
fn text(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = usize::try_from(number(data, at)?).ok()?;
    let start = at.checked_add(4)?;
    let end = start.checked_add(length.checked_mul(2)?)?;
    let units = data.get(start..end)?.chunks_exact(2);
    let units: Vec<u16> = units.map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    Some((String::from_utf16_lossy(&units), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_followed_and_cut_ones_end_the_reading() {
        let mut met = Vec::new();
        each_record(&[0x00, 0x01, 0xAA, 0x9C, 0x01, 0x00, 0x3C, 0x05, 0x00], |kind, data| {
            met.push((kind, data.len()));
        });
        assert_eq!(met, [(ROW, 1), (BUNDLE_SHEET, 0)]);
    }
}
