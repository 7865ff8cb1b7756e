//! A look through the records of an `.xls` workbook before calamine reads it.
//!
//! calamine reserves memory for the rectangle round all cells of a sheet, and for the one that the sheet declares.
//! A damaged record can make either of them larger than any machine; running out of memory cannot be caught.
//! Record numbers and layouts: \[MS-XLS\], 2.3 and 2.4.
//!
//! What cells and lines look like stands in the [`looks`] of the same records.

mod looks;

pub(super) use looks::of_workbook;

use super::unreadable::Unreadable;

/// Cells of the largest sheet of the format: 65 536 rows of 256.
const MAX_AREA: u64 = 65_536 * 256;

const BOUND_SHEET: u16 = 0x0085;
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
const MUL_RK: u16 = 0x00BD;
/// Formula, Number, Label, `BoolErr`, `RString`, `LabelSst`, `Rk`: row and column come first.
const CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E];

/// Checks the sheets of a workbook stream.
pub(super) fn check(stream: &[u8]) -> Result<(), Unreadable> {
    for (kind, data) in records(stream) {
        if kind == BOUND_SHEET
            && let Some(start) = number32(data, 0).and_then(|start| usize::try_from(start).ok())
        {
            check_sheet(stream.get(start..).unwrap_or_default())?;
        }
        if kind == EOF {
            break;
        }
    }
    Ok(())
}

fn check_sheet(stream: &[u8]) -> Result<(), Unreadable> {
    let mut area = Area::default();
    let mut depth = 0_usize;
    let mut begun = false;
    for (kind, data) in records(stream) {
        match kind {
            // Embedded charts are substreams of their own, with records like cells.
            BOF if begun => depth += 1,
            BOF => begun = true,
            EOF if depth > 0 => depth -= 1,
            EOF => break,
            _ if depth > 0 => {}
            DIMENSIONS if declared(data) > MAX_AREA => {
                return Err(Unreadable::damaged("a sheet declares impossible bounds"));
            }
            MUL_RK => {
                area.add(number16(data, 0), number16(data, 2));
                area.add(number16(data, 0), number16(data, data.len().saturating_sub(2)));
            }
            cell if CELLS.contains(&cell) => area.add(number16(data, 0), number16(data, 2)),
            _ => {}
        }
    }
    if area.cells() > MAX_AREA {
        Err(Unreadable::damaged("a cell lies beyond the last column"))
    } else {
        Ok(())
    }
}

/// Rectangle that a DIMENSIONS record declares.
fn declared(data: &[u8]) -> u64 {
    let wide = data.len() >= 14;
    let bounds = if wide {
        (
            number32(data, 0),
            number32(data, 4),
            number16(data, 8),
            number16(data, 10),
        )
    } else {
        (
            number16(data, 0).map(u32::from),
            number16(data, 2).map(u32::from),
            number16(data, 4),
            number16(data, 6),
        )
    };
    let (Some(top), Some(bottom), Some(left), Some(right)) = bounds else {
        return 0;
    };
    // Wrong left bounds are common and taken for 0.
    let left = if left > 0xFF || right < left { 0 } else { left };
    let rows = u64::from(bottom.saturating_sub(top));
    rows.saturating_mul(u64::from(right.saturating_sub(left)))
}

/// Smallest rectangle round the cells met.
#[derive(Debug, Default)]
struct Area(Option<(u16, u16, u16, u16)>);

impl Area {
    fn add(&mut self, row: Option<u16>, column: Option<u16>) {
        let (Some(row), Some(column)) = (row, column) else {
            return;
        };
        let (top, bottom, left, right) = self.0.unwrap_or((row, row, column, column));
        self.0 = Some((top.min(row), bottom.max(row), left.min(column), right.max(column)));
    }

    fn cells(&self) -> u64 {
        self.0.map_or(0, |(top, bottom, left, right)| {
            (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
        })
    }
}

/// Records of a stream: number and data, up to the first that is cut off.
fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let kind = number16(stream, 0)?;
        let end = usize::from(number16(stream, 2)?) + 4;
        let data = stream.get(4..end)?;
        stream = &stream[end..];
        Some((kind, data))
    })
}

fn number16(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

fn number32(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(number16(data, at)?) | u32::from(number16(data, at + 2)?) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("a short record");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    /// A workbook stream of one sheet with one more cell beside A1.
    fn stream(row: u16, column: u16, rows_declared: u32) -> Vec<u8> {
        let globals = [record(BOUND_SHEET, &20_u32.to_le_bytes()), record(EOF, &[])].concat();
        let padding = vec![0; 20 - globals.len()];
        let bounds = [
            &0_u32.to_le_bytes()[..],
            &rows_declared.to_le_bytes(),
            &[0, 0, 2, 0, 0, 0],
        ]
        .concat();
        let cell = |row: u16, column: u16| record(0x0203, &[row.to_le_bytes(), column.to_le_bytes()].concat());
        let sheet = [
            record(BOF, &[]),
            record(DIMENSIONS, &bounds),
            cell(0, 0),
            cell(row, column),
            record(EOF, &[]),
        ];
        [globals, padding, sheet.concat()].concat()
    }

    #[test]
    fn impossible_rectangles_are_refused_before_memory_is_reserved() {
        assert_eq!(check(&stream(65_535, 255, 65_536)), Ok(()));
        assert!(check(&stream(65_535, 256, 2)).is_err());
        assert!(check(&stream(1, 1, u32::MAX)).is_err());
        assert_eq!(check(b"\x09\x08"), Ok(()));
    }
}
