//! Sheets, sources and readings for tests, built in code.

use chrono::NaiveDate;

use super::assemble::Assembler;
use super::findings::Kind;
use super::forms::Forms;
use super::grid::Grid;
use super::layout::Purpose;
use super::named::Named;
use super::reading::{FileReading, SheetContent, SheetPart, Wanted, read_sheets};
use super::records::{Fate, FieldValue, FileId, Records, SourceFile};
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
        purpose: Purpose::Project,
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

/// The records of one workbook with these sheets, in a project of 2026.
pub(crate) fn records(sheets: Vec<Sheet>, source: &Source) -> Records {
    of_files(vec![("raw/a.xlsx", sheets)], source)
}

/// Contacts, sessions and findings of a sheet with this text, in a project of 2026.
pub(crate) fn counted(text: &str) -> (usize, usize, Vec<Kind>) {
    let records = records(vec![sheet(text)], &source());
    (records.contacts.len(), records.sessions.len(), kinds(&records))
}

/// The records of workbooks with these sheets, in a project of 2026.
pub(crate) fn of_files(files: Vec<(&str, Vec<Sheet>)>, source: &Source) -> Records {
    let project = Some((day("2026-01-01"), day("2026-12-31")));
    let sources = [source.clone()];
    let mut assembler = Assembler::new(&sources, project, Purpose::Project, vocabulary::standard());
    let mut readings = Vec::new();
    for (path, sheets) in files {
        let reading = whole(sheets, path, source, project);
        assembler.records.files.push(SourceFile {
            path: path.to_owned(),
            sha256: String::new(),
            bytes: 0,
            format: reading.format.clone(),
            sheets: reading.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
            source: Some(0),
            readable: true,
            print: crate::ingest::records::Print::default(),
        });
        readings.push(reading);
    }
    let read: Vec<(FileId, &FileReading)> = (0..).map(FileId).zip(&readings).collect();
    let forms = Forms::of(&read, &sources, &assembler.records.files);
    assembler.know_forms(forms);
    let names = Named::of(&read, &sources, &assembler.records.files, vocabulary::standard());
    assembler.know_names(names);
    for (file, reading) in read {
        assembler.file(file, reading);
    }
    assembler.finish().0
}

/// A value of the n-th row that holds data, in words.
pub(crate) fn value(records: &Records, row: usize, key: &str) -> String {
    let data = records
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.values.is_empty());
    let row = data.map(|(index, _)| index).nth(row).expect("so many rows");
    let field = records.field(key).expect("a field of this key");
    let mut values = records.values_of(row.into()).iter();
    values
        .find(|(at, _)| *at == field)
        .map_or_else(String::new, |(_, value)| match value {
            FieldValue::Text(text) | FieldValue::Code(text) => records.text(*text).to_owned(),
            FieldValue::Number(number) => number.to_string(),
            FieldValue::Date(day) => day.to_string(),
            FieldValue::YesNo(answer) => answer.to_string(),
            FieldValue::Set(several) => several
                .iter()
                .map(|text| records.text(*text))
                .collect::<Vec<_>>()
                .join(" "),
        })
}

/// Kinds of findings, in order.
pub(crate) fn kinds(records: &Records) -> Vec<Kind> {
    records.findings.iter().map(|finding| finding.kind).collect()
}

/// Fates of the rows that hold data.
pub(crate) fn fates(records: &Records) -> Vec<Fate> {
    let data = records.rows.iter().filter(|row| !row.values.is_empty());
    data.map(|row| row.fate).collect()
}
