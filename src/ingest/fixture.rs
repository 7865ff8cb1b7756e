//! Sheets, sources and readings for tests, built in code.

use chrono::NaiveDate;

use super::grid::Grid;
use super::reading::{FileReading, SheetContent, SheetPart, Wanted, read_sheets};
use super::table::{Cell, Merge, Sheet, SheetRow, Workbook};
use super::vocabulary;
use crate::project::model::Source;

/// A sheet of texts: a line per row, cells parted by `|`; `#5` is a number, a blank cell is left out.
pub(crate) fn sheet(text: &str) -> Sheet {
    let rows = text.lines().zip(1..).map(|(line, number)| SheetRow {
        number,
        cells: (0..)
            .zip(line.split('|'))
            .filter_map(|(column, text)| Some((column, cell(text.trim())?)))
            .collect(),
    });
    Sheet {
        rows: rows.filter(|row| !row.cells.is_empty()).collect(),
        ..Sheet::default()
    }
}

fn cell(text: &str) -> Option<Cell> {
    let number = text.strip_prefix('#').and_then(|digits| digits.parse().ok());
    match number {
        Some(number) => Some(Cell::Number(number)),
        None => (!text.is_empty()).then(|| Cell::Text(text.to_owned())),
    }
}

/// The sheet with an area merged: rows from 1, columns from 0.
pub(crate) fn merged(mut sheet: Sheet, rows: (u32, u32), columns: (u16, u16)) -> Sheet {
    sheet.merges.push(Merge {
        top: rows.0,
        bottom: rows.1,
        left: columns.0,
        right: columns.1,
    });
    sheet
}

/// The sheet under a name.
pub(crate) fn called(mut sheet: Sheet, name: &str) -> Sheet {
    name.clone_into(&mut sheet.name);
    sheet
}

/// A day of the calendar.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("an ISO date")
}

/// A source about which nothing is said.
pub(crate) fn source() -> Source {
    Source::unspecified("raw/*")
}

/// The view of a sheet.
pub(crate) fn grid(sheet: &Sheet) -> Grid<'_> {
    Grid::new(sheet)
}

/// What one sheet of a file with this name was taken for, in a project of 2026.
pub(crate) fn part(sheet: Sheet, file: &str, source: &Source) -> SheetPart {
    let FileReading { mut sheets, .. } = whole(vec![sheet], file, source, Some((day("2026-01-01"), day("2026-12-31"))));
    sheets.pop().expect("one sheet")
}

/// What a workbook with these sheets was taken for.
pub(crate) fn whole(
    sheets: Vec<Sheet>,
    file: &str,
    source: &Source,
    project: Option<(NaiveDate, NaiveDate)>,
) -> FileReading {
    let workbook = Workbook {
        format: "xlsx".to_owned(),
        sheets,
        ..Workbook::default()
    };
    let sources = [(0, source)];
    let wanted = Wanted {
        sources: &sources,
        project,
    };
    read_sheets(workbook, file, wanted, vocabulary::standard())
}

/// The tables of a sheet that was recognised.
pub(crate) fn tables(part: &SheetPart) -> &[super::reading::Table] {
    match &part.content {
        SheetContent::Tables(tables) => tables,
        _ => &[],
    }
}
