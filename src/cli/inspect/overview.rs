//! A folder looked at: a line for each file and sheet, files of one shape together.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::count::count;
use super::document::kind;
use super::looked::{Looked, is_doubt, on_sheet, tables_of};
use super::page::{shape, span_words, what};
use crate::ingest::reading::{SheetContent, SheetPart};
use crate::ingest::workbook::Unreadable;
use crate::message::Tell;
use crate::report::labels::Labels;

/// A file of a folder.
pub(crate) struct Met {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Path below the folder, with `/`.
    pub(crate) shown: String,
    /// What it is.
    pub(crate) what: Kind,
}

/// What a file of a folder is.
pub(crate) enum Kind {
    /// The trace of an open program.
    Lock,
    /// Decisions about pairs of people.
    Decisions,
    /// A file that can't be read.
    Unreadable(Unreadable),
    /// A file that was read.
    Read(Box<Looked>),
}

impl Met {
    /// The file as read, where it holds any table.
    pub(crate) fn data(&self) -> Option<&Looked> {
        match &self.what {
            Kind::Read(looked) if looked.tables().next().is_some() => Some(looked),
            Kind::Read(_) | Kind::Lock | Kind::Decisions | Kind::Unreadable(_) => None,
        }
    }

    /// Layouts and headings of all its tables, each once.
    pub(crate) fn shape(&self) -> BTreeSet<Vec<String>> {
        let sheets = self.data().into_iter().flat_map(Looked::sheets);
        sheets
            .map(|(_, part)| shape(part))
            .filter(|shape| !shape.is_empty())
            .collect()
    }
}

/// Files of one shape, in order of their first.
pub(crate) fn by_shape(files: &[Met]) -> Vec<Vec<&Met>> {
    let mut groups: Vec<(BTreeSet<Vec<String>>, Vec<&Met>)> = Vec::new();
    for file in files.iter().filter(|file| file.data().is_some()) {
        let shape = file.shape();
        match groups.iter_mut().find(|(known, _)| alike(known, &shape)) {
            Some((_, members)) => members.push(file),
            None => groups.push((shape, vec![file])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// Whether two files have tables of one shape: a file with more sheets of other shapes is another kind of file.
fn alike(a: &BTreeSet<Vec<String>>, b: &BTreeSet<Vec<String>>) -> bool {
    a == b
}

/// The lines of an overview.
pub(super) fn lines(folder: &Path, files: &[Met], labels: &Labels) -> Vec<String> {
    let word = |key: &str, args: &[(&str, &str)]| labels.fill(&format!("inspect.{key}"), args);
    let count = labels.count(files.len(), "file");
    let mut lines = vec![word(
        "overview",
        &[("folder", &folder.display().to_string()), ("files", &count)],
    )];
    for group in by_shape(files) {
        lines.push(String::new());
        if let Some(first) = group[0].data() {
            let names: BTreeSet<&str> = first.tables().map(|(_, table)| kind(table)).collect();
            let names: Vec<&str> = names.into_iter().map(|name| labels.get(role_of(name))).collect();
            let key = if group.len() == 1 { "group_of_one" } else { "group" };
            lines.push(word(key, &[("what", &names.join(", "))]));
        }
        for file in group {
            lines.extend(of_file(file, labels));
        }
    }
    let unread: Vec<String> = files.iter().filter_map(|file| unreadable(file, labels)).collect();
    let aside: Vec<String> = files.iter().filter_map(|file| aside(file, labels)).collect();
    for (key, list) in [("left_out_files", aside), ("unreadable_files", unread)] {
        if !list.is_empty() {
            lines.push(String::new());
            lines.push(word(key, &[]));
            lines.extend(list);
        }
    }
    lines.push(String::new());
    lines
}

fn role_of(kind: &str) -> &'static str {
    match kind {
        "register" => "inspect.name_register",
        "event-log" => "inspect.name_event-log",
        "registry" => "inspect.name_registry",
        _ => "inspect.name_list",
    }
}

fn unreadable(file: &Met, labels: &Labels) -> Option<String> {
    match &file.what {
        Kind::Unreadable(error) => Some(format!("  {}: {}", file.shown, error.message().told(labels))),
        Kind::Lock | Kind::Decisions | Kind::Read(_) => None,
    }
}

/// Why a file that was read is no data.
pub(crate) fn aside(file: &Met, labels: &Labels) -> Option<String> {
    let why = match &file.what {
        Kind::Lock => labels.get("inspect.lock").to_owned(),
        Kind::Decisions => labels.get("inspect.decisions").to_owned(),
        Kind::Read(looked) if file.data().is_none() => {
            let kinds = looked.sheets().map(|(_, part)| labels.get(no_data(part)));
            kinds
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
                .join(", ")
        }
        Kind::Unreadable(_) | Kind::Read(_) => return None,
    };
    Some(format!("  {}: {why}", file.shown))
}

fn no_data(part: &SheetPart) -> &'static str {
    match &part.content {
        SheetContent::Empty => "inspect.what_empty",
        SheetContent::Hidden => "inspect.what_hidden",
        SheetContent::NotNamed => "inspect.what_not-named",
        SheetContent::Summary => "inspect.what_summary",
        SheetContent::NoTable | SheetContent::Tables(_) => "inspect.what_no-table",
    }
}

/// A line for a file of one sheet; for others one for the file and one for each sheet.
fn of_file(file: &Met, labels: &Labels) -> Vec<String> {
    let Some(looked) = file.data() else { return Vec::new() };
    let sheets: Vec<(u16, &SheetPart)> = looked.sheets().collect();
    if let [(index, part)] = sheets[..] {
        return vec![format!(
            "  {}",
            sheet_line(looked, index, part, &file.shown, looked.doubts(), labels)
        )];
    }
    let mut lines = vec![format!("  {}", file.shown)];
    for (index, part) in sheets {
        let findings = looked.findings();
        let here = |finding: &&&crate::ingest::records::Finding| {
            is_doubt(finding) && on_sheet(finding.place, index, looked.alone.reading.sheets.len())
        };
        let doubts = findings.iter().filter(here).count();
        let name = labels.quoted(&part.name);
        lines.push(format!(
            "    {}",
            sheet_line(looked, index, part, &name, doubts, labels)
        ));
    }
    lines
}

fn sheet_line(looked: &Looked, index: u16, part: &SheetPart, name: &str, doubts: usize, labels: &Labels) -> String {
    let tables = tables_of(part);
    let counts: Vec<_> = tables
        .iter()
        .map(|table| (table, count(looked, index, table)))
        .collect();
    let mut whats: Vec<String> = counts
        .iter()
        .map(|(table, count)| what(labels, table.block.layout, count))
        .collect();
    if whats.is_empty() {
        whats.push(labels.get(no_data(part)).to_owned());
    }
    let days: Vec<_> = counts.iter().filter_map(|(_, count)| count.held).collect();
    let first = days.iter().map(|(first, _)| *first).min();
    let span = first
        .zip(days.iter().map(|(_, last)| *last).max())
        .map(|(first, last)| span_words(labels, first, last));
    let doubts = match doubts {
        0 if tables.is_empty() => String::new(),
        0 => labels.get("inspect.no_doubts").to_owned(),
        some => labels.fill("inspect.line_doubts", &[("count", &labels.whole(some))]),
    };
    let what = whats.join("; ");
    let mut args = vec![("name", name), ("what", what.as_str()), ("doubts", doubts.as_str())];
    if let Some(span) = &span {
        args.push(("span", span));
    }
    labels.fill("inspect.line", &args).trim_end().to_owned()
}
