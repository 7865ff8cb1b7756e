//! `inspect`: what the tool sees in a file it has never met, in words, and a `[[source]]` to paste.

mod document;

use std::path::{Path, PathBuf};

use super::printer::Printer;
use super::{Failure, Status, counted};
use crate::ingest::layout::{Block, Purpose};
use crate::ingest::marks::Mark;
use crate::ingest::reading::{self, FileReading, SheetContent, SheetPart, Table, Wanted};
use crate::ingest::records::{Reason, column_letters};
use crate::ingest::rows::RowDate;
use crate::ingest::vocabulary;
use crate::ingest::workbook::Unreadable;
use crate::project::model::{Layout, Source};

/// Dates listed before the rest is only counted.
const DATES_SHOWN: usize = 6;

/// Arguments of `inspect`.
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe inspect \"raw/register March.xlsx\"\n  tallyframe inspect raw/*.xlsx")]
pub(crate) struct Args {
    /// Files to look at.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print one JSON document instead of pages.
    #[arg(long)]
    json: bool,
}

/// Prints a page per file, or one document of all.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let read: Vec<(&Path, Result<FileReading, Unreadable>)> =
        args.files.iter().map(|path| (path.as_path(), look(path))).collect();
    let unreadable = read.iter().filter(|(_, reading)| reading.is_err()).count();
    if args.json {
        printer.json(&document::document(&read));
    }
    for (path, reading) in &read {
        match reading {
            Ok(reading) if !args.json => page(path, reading, printer),
            Ok(_) => {}
            Err(error) => printer.trouble(&format!("{}: {error}", path.display())),
        }
    }
    if unreadable == args.files.len() {
        return Err(Failure::File(anyhow::anyhow!("no file could be read")));
    }
    printer
        .note("Next: paste the [[source]] lines into project.toml, or let `tallyframe init DIR --from FILE…` do it.");
    Ok(if unreadable > 0 { Status::Look } else { Status::Done })
}

/// Reads a file as a project would that says nothing about it.
pub(crate) fn look(path: &Path) -> Result<FileReading, Unreadable> {
    let source = Source::unspecified("*");
    let wanted = Wanted {
        sources: &[(0, &source)],
        project: None,
        purpose: Purpose::Project,
    };
    reading::read(
        path,
        &path.to_string_lossy().replace('\\', "/"),
        wanted,
        vocabulary::standard(),
    )
}

fn page(path: &Path, reading: &FileReading, printer: &mut Printer) {
    let mut kind = vec![reading.format.clone()];
    kind.extend(reading.encoding.clone());
    kind.extend(reading.separator.map(|separator| format!("separated by {separator:?}")));
    printer.answer(&format!("{} ({})", path.display(), kind.join(", ")));
    if reading.misnamed {
        printer.answer("  the name says another format: it was read by its content");
    }
    for part in &reading.sheets {
        sheet(part, printer);
    }
    printer.answer("\n[[source]]");
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    printer.answer(&format!(
        "files = \"raw/{}\"",
        name.replace('\\', "\\\\").replace('"', "\\\"")
    ));
    if layouts(reading).iter().all(|layout| *layout == Layout::Registry) {
        printer.answer("layout = \"registry\"");
    } else {
        printer.answer("activity = \"…\"                # which of the project's activities these are");
    }
    printer.answer("");
}

/// Layouts of all tables of a file.
pub(crate) fn layouts(reading: &FileReading) -> Vec<Layout> {
    tables(reading).map(|table| table.block.layout).collect()
}

/// All tables of a file.
pub(crate) fn tables(reading: &FileReading) -> impl Iterator<Item = &Table> {
    reading.sheets.iter().flat_map(|part| match &part.content {
        SheetContent::Tables(tables) => tables.as_slice(),
        SheetContent::Empty
        | SheetContent::Hidden
        | SheetContent::NotNamed
        | SheetContent::Summary
        | SheetContent::NoTable => &[],
    })
}

fn sheet(part: &SheetPart, printer: &mut Printer) {
    let name = if part.name.is_empty() {
        "the table".to_owned()
    } else {
        format!("sheet «{}»", part.name)
    };
    let rows = part.aside.len();
    let tables = match &part.content {
        SheetContent::Empty => return printer.answer(&format!("  {name}: empty")),
        SheetContent::Hidden => return printer.answer(&format!("  {name}: hidden, {rows} rows would be set aside")),
        SheetContent::NotNamed => return,
        SheetContent::Summary => {
            return printer.answer(&format!("  {name}: somebody's sums, {rows} rows would be set aside"));
        }
        SheetContent::NoTable => {
            return printer.answer(&format!(
                "  {name}: no table recognised in {rows} rows. Does a row of headings name a person, a date or a count?"
            ));
        }
        SheetContent::Tables(tables) => tables,
    };
    for table in tables {
        printer.answer(&format!("  {name}: {}", what(table)));
        describe(&table.block, printer);
        sessions(table, printer);
        for question in questions(table) {
            printer.answer(&format!("    {question}"));
        }
    }
    let mut reasons: Vec<Reason> = part.aside.iter().map(|(_, reason)| *reason).collect();
    reasons.sort_unstable();
    let counted: Vec<String> = reasons
        .chunk_by(|a, b| a == b)
        .map(|chunk| format!("{} {}", chunk.len(), chunk[0].code()))
        .collect();
    if !counted.is_empty() {
        printer.answer(&format!("    set aside: {}", counted.join(", ")));
    }
}

fn what(table: &Table) -> String {
    let rows = table.rows.len();
    match table.block.layout {
        Layout::List => format!("a list, a row per person and session; {rows} rows"),
        Layout::Register => {
            format!(
                "a register, a row per person and a column per session; {rows} people, {} sessions",
                table.block.sessions.len()
            )
        }
        Layout::EventLog => format!("an event log, a row per session with head-counts; {rows} events"),
        Layout::Registry => format!("a registry, a row per person without sessions; {rows} people"),
    }
}

fn describe(block: &Block, printer: &mut Printer) {
    let header = if block.header_top == block.header_bottom {
        format!("row {}", block.header_top)
    } else {
        format!("rows {}-{}", block.header_top, block.header_bottom)
    };
    printer.answer(&format!("    headings in {header}:"));
    for column in &block.columns {
        let taken = match column.role {
            Some(role) => role.key().replace('_', " "),
            None => format!("a field of its own, «{}»", column.key),
        };
        printer.answer(&format!(
            "      {}  {} → {taken}",
            column_letters(column.index),
            column.header.replace('\n', " ")
        ));
    }
    let heading = &block.heading;
    let said = [
        ("group", &heading.group),
        ("site", &heading.site),
        ("title", &heading.title),
        ("facilitator", &heading.facilitator),
    ];
    for (what, text) in said {
        if let Some(text) = text {
            printer.answer(&format!("    above the table: {what} «{text}»"));
        }
    }
}

fn sessions(table: &Table, printer: &mut Printer) {
    let mut days: Vec<String> = match table.block.layout {
        Layout::Register => table
            .block
            .sessions
            .iter()
            .map(|session| session.date.as_ref().map_or_else(Clone::clone, ToString::to_string))
            .collect(),
        _ => table
            .rows
            .iter()
            .filter_map(|row| match &row.session.date {
                RowDate::Day(day) => Some(day.to_string()),
                RowDate::Impossible(_) | RowDate::Missing => None,
            })
            .collect(),
    };
    days.sort();
    days.dedup();
    if days.is_empty() {
        return;
    }
    let more = days.len().saturating_sub(DATES_SHOWN);
    let mut shown = days[..days.len().min(DATES_SHOWN)].join(", ");
    if more > 0 {
        let last = &days[days.len() - 1];
        shown = format!("{shown} … {last} ({} days in all)", days.len());
    }
    printer.answer(&format!("    days: {shown}"));
    if table.block.layout == Layout::Register {
        let count = |wanted: &Mark| {
            table
                .rows
                .iter()
                .flat_map(|row| &row.marks)
                .filter(|(_, mark)| mark == wanted)
                .count()
        };
        printer.answer(&format!(
            "    marks: {} present, {} absent, {} excused, {} blank (taken as absent)",
            count(&Mark::Present),
            count(&Mark::Absent),
            count(&Mark::Excused),
            count(&Mark::Blank)
        ));
    }
}

/// What a person should say or look at before the table is counted.
fn questions(table: &Table) -> Vec<String> {
    let mut marks: Vec<&str> = table
        .rows
        .iter()
        .flat_map(|row| &row.marks)
        .filter_map(|(_, mark)| {
            if let Mark::Unknown(written) = mark {
                Some(written.as_str())
            } else {
                None
            }
        })
        .collect();
    marks.sort_unstable();
    let unknown = marks.chunk_by(|a, b| a == b).map(|chunk| {
        format!(
            "question: what does «{}» mean ({})? Say so with marks.present or marks.absent",
            chunk[0],
            counted(chunk.len(), "time")
        )
    });
    let mut questions: Vec<String> = unknown.collect();
    let no_day = |row: &&crate::ingest::rows::RawRow| !matches!(row.session.date, RowDate::Day(_));
    let undated = table.rows.iter().filter(no_day).count();
    if table.block.layout != Layout::Register && table.block.layout != Layout::Registry && undated > 0 {
        let rows = counted(undated, "row");
        questions.push(format!("question: which day? {rows} without a date that could be read"));
    }
    questions.extend(table.differing.iter().map(|total| {
        format!(
            "doubt: {}{} says {}, counted {}",
            column_letters(total.column),
            total.row,
            total.written,
            total.counted
        )
    }));
    questions
}
