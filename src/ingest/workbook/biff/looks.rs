//! What sheets of an `.xls` workbook show otherwise than by values: hidden lines, rows struck through, coloured blanks,
//! comments.

use std::io::{Cursor, Read as _};

use super::super::dimmed::{Dimmed, Merges};
use super::super::looks::{Content, Look, Looks};
use super::{BOF, BOUND_SHEET, CELLS, EOF, MUL_RK, number16, number32, records};

const FONT: u16 = 0x0031;
const XF: u16 = 0x00E0;
const ROW: u16 = 0x0208;
const COL_INFO: u16 = 0x007D;
const BLANK: u16 = 0x0201;
const MUL_BLANK: u16 = 0x00BE;
const NOTE: u16 = 0x001C;
/// Records of cells that hold a plain number.
const NUMBERS: [u16; 2] = [0x0203, 0x027E];

const STRUCK: u16 = 1 << 3;
const HIDDEN_ROW: u16 = 1 << 5;
const HIDDEN_COLUMN: u16 = 1;
/// Columns of the format.
const COLUMNS: u16 = 256;
/// White, in the palette's two places and as the window's colour.
const WHITE: [u16; 4] = [1, 9, 64, 65];
/// Most comments kept of a sheet.
const MOST_COMMENTS: usize = 100_000;

/// What each sheet shows, in the order in which the workbook names its sheets.
pub(in super::super) fn of_workbook(bytes: &[u8]) -> Vec<Dimmed> {
    let mut stream = Vec::new();
    let opened = cfb::CompoundFile::open(Cursor::new(bytes)).and_then(|mut file| {
        let name = if file.is_stream("/Workbook") {
            "/Workbook"
        } else {
            "/Book"
        };
        file.open_stream(name)?.read_to_end(&mut stream)
    });
    if opened.is_err() {
        return Vec::new();
    }
    let (mut fonts, mut formats, mut starts) = (Vec::new(), Vec::new(), Vec::new());
    for (kind, data) in records(&stream) {
        match kind {
            FONT => fonts.push(number16(data, 2).unwrap_or_default() & STRUCK != 0),
            XF => formats.push(format(data)),
            BOUND_SHEET => starts.push(number32(data, 0)),
            EOF => break,
            _ => {}
        }
    }
    // There is no font number 4: the one after number 3 is 5.
    let struck = |font: u16| {
        let at = usize::from(if font > 4 { font - 1 } else { font });
        fonts.get(at).copied().unwrap_or_default()
    };
    let looks = formats.iter().map(|(font, fill)| Look {
        struck: struck(*font),
        fill: *fill,
    });
    let looks: Vec<Look> = looks.collect();
    let start = |at: Option<u32>| usize::try_from(at?).ok();
    let sheets = starts.into_iter().map(|at| {
        let sheet = start(at).and_then(|start| stream.get(start..));
        of_sheet(sheet.unwrap_or_default(), &looks)
    });
    sheets.collect()
}

/// Font and colour of a cell format; formats of Excel 5 keep their colours elsewhere.
fn format(data: &[u8]) -> (u16, u32) {
    let font = number16(data, 0).unwrap_or_default();
    let pattern = number32(data, 14)
        .filter(|_| data.len() >= 20)
        .map_or(0, |bits| bits >> 26);
    let colour = number16(data, 18).unwrap_or_default() & 0x7F;
    let filled = pattern != 0 && !WHITE.contains(&colour);
    (font, if filled { u32::from(colour) + 1 } else { 0 })
}

fn of_sheet(stream: &[u8], known: &[Look]) -> Dimmed {
    let mut dimmed = Dimmed {
        merges: Merges::None,
        ..Dimmed::default()
    };
    let mut looks = Looks::default();
    let (mut depth, mut begun) = (0_usize, false);
    for (kind, data) in records(stream) {
        match kind {
            BOF if begun => depth += 1,
            BOF => begun = true,
            EOF if depth > 0 => depth -= 1,
            EOF => break,
            _ if depth > 0 => {}
            ROW => {
                let hidden = number16(data, 12).unwrap_or_default() & HIDDEN_ROW != 0;
                dimmed
                    .rows
                    .extend(number16(data, 0).filter(|_| hidden).map(|row| u32::from(row) + 1));
            }
            COL_INFO => hidden_columns(data, &mut dimmed.columns),
            NOTE if dimmed.comments.len() < MOST_COMMENTS => {
                let place = number16(data, 0).zip(number16(data, 2));
                let place = place.filter(|(row, column)| *row != u16::MAX && *column < COLUMNS);
                dimmed
                    .comments
                    .extend(place.map(|(row, column)| (u32::from(row) + 1, column)));
            }
            _ => cells(kind, data, known, &mut looks),
        }
    }
    dimmed.rows.sort_unstable();
    dimmed.rows.dedup();
    dimmed.columns.sort_unstable();
    dimmed.columns.dedup();
    dimmed.comments.sort_unstable();
    dimmed.comments.dedup();
    (dimmed.struck_rows, dimmed.coloured_blanks) = looks.finish();
    dimmed
}

fn hidden_columns(data: &[u8], columns: &mut Vec<u16>) {
    let hidden = number16(data, 8).unwrap_or_default() & HIDDEN_COLUMN != 0;
    if let (true, Some(first), Some(last)) = (hidden, number16(data, 0), number16(data, 2)) {
        columns.extend(first..=last.min(COLUMNS - 1));
    }
}

/// Tells the looks of the cells of one record.
fn cells(kind: u16, data: &[u8], known: &[Look], looks: &mut Looks) {
    let (Some(row), Some(first)) = (number16(data, 0), number16(data, 2)) else {
        return;
    };
    let row = u32::from(row) + 1;
    let (content, size) = match kind {
        MUL_RK => (Content::Number, 6),
        MUL_BLANK | BLANK => (Content::Nothing, 2),
        kind if NUMBERS.contains(&kind) => (Content::Number, usize::MAX),
        kind if CELLS.contains(&kind) => (Content::Other, usize::MAX),
        _ => return,
    };
    // Records of several cells end with their last column.
    let end = if matches!(kind, MUL_RK | MUL_BLANK) {
        data.len().saturating_sub(2)
    } else {
        6
    };
    let formats = (4..end).step_by(size).map_while(|at| number16(data, at));
    for (column, format) in (first..COLUMNS).zip(formats) {
        let look = known.get(usize::from(format)).copied().unwrap_or_default();
        looks.cell(row, column, content, look);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, numbers: &[u16]) -> Vec<u8> {
        let data: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let length = u16::try_from(data.len()).expect("a short record");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), &data].concat()
    }

    #[test]
    fn hidden_lines_struck_rows_colours_and_comments_are_found() {
        let stream = [
            record(BOF, &[]),
            record(COL_INFO, &[2, 3, 0, 0, HIDDEN_COLUMN, 0]),
            record(ROW, &[6, 0, 4, 0, 0, 0, HIDDEN_ROW, 0]),
            record(0x00FD, &[1, 0, 1, 0, 0]),
            record(MUL_RK, &[1, 1, 1, 0, 0, 1, 0, 0, 2]),
            record(0x00FD, &[2, 0, 0, 0, 0]),
            record(MUL_BLANK, &[2, 1, 2, 0, 2]),
            record(NOTE, &[2, 1, 0, 1]),
            record(EOF, &[]),
        ];
        let struck = Look { struck: true, fill: 0 };
        let coloured = Look { struck: false, fill: 6 };
        let dimmed = of_sheet(&stream.concat(), &[Look::default(), struck, coloured]);
        assert_eq!(dimmed.columns, [2, 3]);
        assert_eq!(dimmed.rows, [7]);
        assert_eq!(dimmed.struck_rows, [2]);
        assert_eq!(dimmed.coloured_blanks, [(3, 1)]);
        assert_eq!(dimmed.comments, [(3, 1)]);
    }
}
