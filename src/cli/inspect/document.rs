//! What `inspect` sees, as one JSON document for programs.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::count::count;
use super::looked::{Looked, is_doubt, on_sheet};
use crate::ingest::marks::Mark;
use crate::ingest::reading::{SheetContent, SheetPart, Table};
use crate::ingest::records::{Finding, column_letters};
use crate::ingest::rows::RowDate;
use crate::ingest::vocabulary::Role;
use crate::ingest::workbook::Unreadable;
use crate::project::model::Layout;
use crate::report::codes::severity_code;
use crate::report::labels::Labels;

/// Version of the document's shape; raised when a reader of the former one would break.
const SCHEMA_VERSION: u32 = 2;

/// One document for all files.
pub(super) fn document(files: &[(&Path, Result<Looked, Unreadable>)], labels: &Labels) -> Json {
    let files: Vec<Json> = files
        .iter()
        .map(|(path, looked)| match looked {
            Err(error) => json!({ "file": shown(path), "error": error.to_string() }),
            Ok(looked) => file(looked, labels),
        })
        .collect();
    json!({ "schema_version": SCHEMA_VERSION, "files": files })
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn file(looked: &Looked, labels: &Labels) -> Json {
    let reading = &looked.alone.reading;
    let findings = looked.findings();
    let sheets = looked.sheets().map(|(index, part)| sheet(looked, index, part, labels));
    let span = looked.alone.span;
    json!({
        "file": shown(&looked.path),
        "format": reading.format,
        "misnamed": reading.misnamed,
        "encoding": reading.encoding,
        "separator": reading.separator,
        "first_day": span.map(|(first, _)| first.to_string()),
        "last_day": span.map(|(_, last)| last.to_string()),
        "persons": looked.people.persons.len(),
        "sheets": sheets.collect::<Vec<_>>(),
        "questions": questions(findings.iter().copied(), labels),
        "findings": findings.iter().map(|one| finding(looked, one, labels)).collect::<Vec<_>>(),
    })
}

/// What somebody should answer or look at, in words.
fn questions<'f>(findings: impl Iterator<Item = &'f Finding>, labels: &Labels) -> Vec<String> {
    findings
        .filter(|finding| is_doubt(finding))
        .map(|finding| labels.message(finding))
        .collect()
}

fn finding(looked: &Looked, finding: &Finding, labels: &Labels) -> Json {
    let sheets = &looked.alone.reading.sheets;
    let place = finding.place;
    let sheet = place.and_then(|place| sheets.get(usize::from(place.sheet)));
    let row = place.map(|place| place.row).filter(|row| *row > 0);
    let column = place.and_then(|place| place.column).map(column_letters);
    json!({
        "kind": finding.kind.code(),
        "severity": severity_code(finding.kind.severity()),
        "sheet": sheet.map(|part| part.name.as_str()),
        "row": row,
        "column": column,
        "title": labels.kind(finding.kind),
        "message": labels.message(finding),
        "action": labels.action(finding.kind),
    })
}

fn sheet(looked: &Looked, index: u16, part: &SheetPart, labels: &Labels) -> Json {
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
    let sheets = looked.alone.reading.sheets.len();
    let findings: Vec<&Finding> = looked
        .findings()
        .into_iter()
        .filter(|finding| on_sheet(finding.place, index, sheets))
        .collect();
    let tables = found.iter().enumerate().map(|(at, one)| {
        let below = found.get(at + 1).map_or(u32::MAX, |next| next.block.header_top);
        let of_table = findings.iter().copied().filter(|finding| {
            let row = finding.place.map_or(0, |place| place.row);
            (row >= one.block.header_top || at == 0) && row < below.max(one.block.header_top + 1)
        });
        table(looked, index, one, &questions(of_table, labels))
    });
    json!({
        "name": part.name,
        "kind": kind,
        "hidden_rows": part.hidden_rows,
        "set_aside": aside,
        "tables": tables.collect::<Vec<_>>(),
        "findings": findings.iter().map(|one| finding(looked, one, labels)).collect::<Vec<_>>(),
    })
}

/// The word for a table's layout, as definitions write it.
pub(crate) fn kind(table: &Table) -> &'static str {
    match table.block.layout {
        Layout::List => "list",
        Layout::Register => "register",
        Layout::EventLog => "event-log",
        Layout::Registry => "registry",
    }
}

fn table(looked: &Looked, sheet: u16, table: &Table, questions: &[String]) -> Json {
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
        "counts": count(looked, sheet, table).json(block.layout),
        "questions": questions,
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
