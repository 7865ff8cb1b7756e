//! What `inspect` sees, as one JSON document for programs.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::{questions, tables};
use crate::ingest::marks::Mark;
use crate::ingest::reading::{FileReading, SheetContent, SheetPart, Table};
use crate::ingest::records::column_letters;
use crate::ingest::rows::RowDate;
use crate::ingest::values::RawValue;
use crate::ingest::vocabulary::Role;
use crate::ingest::workbook::Unreadable;
use crate::project::model::Layout;

/// Version of the document's shape; raised when a reader of the former one would break.
const SCHEMA_VERSION: u32 = 1;

/// One document for all files.
pub(super) fn document(files: &[(&Path, Result<FileReading, Unreadable>)]) -> Json {
    let files: Vec<Json> = files.iter().map(|(path, reading)| file(path, reading)).collect();
    json!({ "schema_version": SCHEMA_VERSION, "files": files })
}

fn file(path: &Path, reading: &Result<FileReading, Unreadable>) -> Json {
    let path = path.to_string_lossy();
    match reading {
        Err(error) => json!({ "file": path, "error": error.to_string() }),
        Ok(reading) => json!({
            "file": path,
            "format": reading.format,
            "misnamed": reading.misnamed,
            "encoding": reading.encoding,
            "separator": reading.separator,
            "sheets": reading.sheets.iter().map(sheet).collect::<Vec<_>>(),
            "questions": tables(reading).flat_map(questions).collect::<Vec<_>>(),
        }),
    }
}

fn sheet(part: &SheetPart) -> Json {
    let (kind, found): (&str, &[Table]) = match &part.content {
        SheetContent::Empty => ("empty", &[]),
        SheetContent::Hidden => ("hidden", &[]),
        SheetContent::NotNamed => ("not-named", &[]),
        SheetContent::Summary => ("summary", &[]),
        SheetContent::NoTable => ("no-table", &[]),
        SheetContent::Tables(tables) => (tables.first().map_or("no-table", kind), tables),
    };
    let mut aside: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reason) in &part.aside {
        *aside.entry(reason.code()).or_default() += 1;
    }
    json!({
        "name": part.name,
        "kind": kind,
        "hidden_rows": part.hidden_rows,
        "set_aside": aside,
        "tables": found.iter().map(table).collect::<Vec<_>>(),
    })
}

fn kind(table: &Table) -> &'static str {
    match table.block.layout {
        Layout::List => "list",
        Layout::Register => "register",
        Layout::EventLog => "event-log",
        Layout::Registry => "registry",
    }
}

fn table(table: &Table) -> Json {
    let block = &table.block;
    let columns: Vec<Json> = block
        .columns
        .iter()
        .map(|column| {
            json!({
                "column": column_letters(column.index),
                "header": column.header,
                "field": column.key,
                "role": column.role.map(Role::key),
            })
        })
        .collect();
    let heading = &block.heading;
    json!({
        "kind": kind(table),
        "header_rows": [block.header_top, block.header_bottom],
        "heading": {
            "group": heading.group,
            "site": heading.site,
            "title": heading.title,
            "facilitator": heading.facilitator,
        },
        "columns": columns,
        "sessions": sessions(table),
        "counts": counts(table),
        "questions": questions(table),
    })
}

/// The columns of a register's sessions, or the days of the rows; a day that can't be read shows as written.
fn sessions(table: &Table) -> Vec<Json> {
    let marked = |session: usize| {
        let marks = table.rows.iter().flat_map(|row| &row.marks);
        marks
            .filter(|(at, mark)| *at == session && *mark == Mark::Present)
            .count()
    };
    if table.block.layout == Layout::Register {
        let columns = table.block.sessions.iter().enumerate();
        return columns
            .map(|(index, session)| {
                json!({
                    "column": column_letters(session.column),
                    "date": session.date.as_ref().ok().map(ToString::to_string),
                    "written": session.date.as_ref().err(),
                    "present": marked(index),
                })
            })
            .collect();
    }
    let mut days: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        if let RowDate::Day(day) = row.session.date {
            *days.entry(day.to_string()).or_default() += 1;
        }
    }
    days.into_iter()
        .map(|(date, rows)| json!({ "date": date, "rows": rows }))
        .collect()
}

fn counts(table: &Table) -> Json {
    let rows = table.rows.len();
    let present = || {
        let marks = table.rows.iter().flat_map(|row| &row.marks);
        marks.filter(|(_, mark)| *mark == Mark::Present).count()
    };
    let total = table
        .block
        .columns
        .iter()
        .position(|column| column.role == Some(Role::CountTotal));
    let heads = || -> f64 {
        let values = table.rows.iter().flat_map(|row| &row.values);
        values
            .filter_map(|(column, value)| match value {
                RawValue::Number(number) if Some(*column) == total => Some(*number),
                _other => None,
            })
            .sum()
    };
    match table.block.layout {
        Layout::List => json!({ "rows": rows, "persons": Json::Null, "sessions": Json::Null, "attendances": rows }),
        Layout::Register => {
            json!({ "rows": rows, "persons": rows, "sessions": table.block.sessions.len(), "attendances": present() })
        }
        Layout::EventLog => json!({ "rows": rows, "persons": Json::Null, "sessions": rows, "attendances": heads() }),
        Layout::Registry => json!({ "rows": rows, "persons": rows, "sessions": 0, "attendances": 0 }),
    }
}
