//! A page about one file for somebody who does not program: what is where, what to look at, how it is read.
//!
//! No name of a person is printed; what stands in headings is.

mod reading;

pub(super) use reading::TELLING;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;

use super::count::{Count, count};
use super::document::kind;
use super::drawing::draw;
use super::lines::{Needs, needs, quoted};
use super::looked::{Looked, is_doubt, on_sheet, tables_of};
use crate::ingest::findings::Kind;
use crate::ingest::reading::{SheetContent, SheetPart, Table};
use crate::ingest::records::{Finding, Place, column_letters};
use crate::ingest::table::Workbook;
use crate::ingest::vocabulary::{self, Role};
use crate::project::model::Layout;
use crate::report::labels::Labels;

/// Places shown of one kind of finding before the rest is only counted.
const PLACES_SHOWN: usize = 5;
/// Letters of a heading that are shown.
const HEADING_LETTERS: usize = 40;
/// Letters in a line.
const WIDTH: usize = 88;

/// The words of a page.
pub(super) struct Page<'a> {
    pub(super) looked: &'a Looked,
    pub(super) labels: &'a Labels,
    /// The cells, for drawings; none where the file can't be opened again.
    pub(super) workbook: Option<&'a Workbook>,
}

impl Page<'_> {
    /// The lines of the page.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = self.head();
        let mut seen: Vec<(Vec<String>, String)> = Vec::new();
        for (index, part) in self.looked.sheets() {
            lines.push(String::new());
            let shape = shape(part);
            let like = seen.iter().find(|(known, _)| !shape.is_empty() && *known == shape);
            if let Some((_, first)) = like {
                lines.extend(self.alike(index, part, first));
            } else {
                seen.push((shape, self.labels.quoted(&part.name)));
                lines.extend(self.sheet(index, part));
            }
        }
        let whole = self.findings(None);
        lines.extend(self.told(&whole, true));
        lines.extend(self.told(&whole, false));
        lines.push(String::new());
        lines.extend(self.paste());
        lines
    }

    fn word(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.labels.fill(&format!("inspect.{key}"), args)
    }

    fn head(&self) -> Vec<String> {
        let reading = &self.looked.alone.reading;
        let mut format = vec![reading.format.clone()];
        let encoding = reading.encoding.as_deref();
        format.extend(encoding.map(|encoding| self.word("encoding", &[("encoding", encoding)])));
        format.extend(reading.separator.map(|separator| {
            let shown = match separator {
                '\t' => self.word("tab", &[]),
                other => other.to_string(),
            };
            self.word("separator", &[("separator", &shown)])
        }));
        let file = self.looked.path.display().to_string();
        let mut lines = vec![self.word("file", &[("file", &file), ("format", &format.join(", "))])];
        if reading.misnamed {
            lines.push(self.word("misnamed", &[]));
        }
        lines.push(self.in_short());
        lines
    }

    fn in_short(&self) -> String {
        let labels = self.labels;
        let mut sessions = 0;
        let mut days = Vec::new();
        for (sheet, table) in self.looked.tables() {
            let count = count(self.looked, sheet, table);
            sessions += count.sessions;
            days.extend(count.held.into_iter().flat_map(|(first, last)| [first, last]));
        }
        let people = labels.count(self.looked.people.persons.len(), "people");
        let sessions = labels.count(sessions, "session");
        let span = days.iter().min().zip(days.iter().max());
        let span = span.map(|(first, last)| span_words(labels, *first, *last));
        let doubts = self.doubts(self.looked.doubts());
        let mut args = vec![("people", people.as_str()), ("doubts", doubts.as_str())];
        if let Some(span) = &span {
            args.extend([("sessions", sessions.as_str()), ("span", span.trim_end_matches('.'))]);
        }
        self.word("in_short", &args)
    }

    fn doubts(&self, count: usize) -> String {
        if count == 0 {
            return self.word("no_doubts", &[]);
        }
        self.word("doubts", &[("count", &self.labels.whole(count))])
    }

    fn sheet_name(&self, part: &SheetPart) -> String {
        if part.name.is_empty() {
            self.word("the_table", &[])
        } else {
            self.word("sheet", &[("sheet", &self.labels.quoted(&part.name))])
        }
    }

    /// A sheet that is not read: why, where something is to be said about it.
    fn unread(&self, name: &str, index: u16) -> Vec<String> {
        let findings = self.findings(Some(index));
        if findings.is_empty() {
            return Vec::new();
        }
        let mut lines = vec![format!("{name}: {}", self.labels.get("inspect.what_not-named"))];
        lines.extend(self.told(&findings, true));
        lines.extend(self.told(&findings, false));
        lines
    }

    /// A sheet that is laid out like one shown above.
    fn alike(&self, index: u16, part: &SheetPart, first: &str) -> Vec<String> {
        let what: Vec<String> = tables_of(part)
            .iter()
            .map(|table| self.what(table.block.layout, &count(self.looked, index, table)))
            .collect();
        let same = self.word("same", &[("sheet", first), ("what", &what.join("; "))]);
        let mut lines = vec![format!("{}: {same}", self.sheet_name(part))];
        let findings = self.findings(Some(index));
        lines.extend(self.told(&findings, true));
        lines.extend(self.told(&findings, false));
        lines
    }

    /// A table in few words.
    pub(super) fn what(&self, layout: Layout, count: &Count) -> String {
        what(self.labels, layout, count)
    }

    fn sheet(&self, index: u16, part: &SheetPart) -> Vec<String> {
        let name = self.sheet_name(part);
        let rows = self.labels.count(part.aside.len(), "row");
        let said = |key: &str| vec![format!("{name}: {}", self.word(key, &[("rows", &rows)]))];
        let tables = match &part.content {
            SheetContent::Empty => return said("empty"),
            SheetContent::NotNamed => return self.unread(&name, index),
            SheetContent::Hidden => return said("hidden"),
            SheetContent::Summary | SheetContent::NoTable => {
                let key = if matches!(part.content, SheetContent::Summary) {
                    "summary"
                } else {
                    "no-table"
                };
                let mut lines = said(key);
                lines.extend(self.drawing(index, part, &[]));
                return lines;
            }
            SheetContent::Tables(tables) => tables,
        };
        let mut lines = Vec::new();
        for table in tables {
            let what = self.word(told_as(table), &[]);
            let line = format!("{name}: {what}");
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines.extend(self.drawing(index, part, tables));
        let findings = self.findings(Some(index));
        lines.extend(self.told(&findings, true));
        lines.push(format!("  {}", self.word("how", &[])));
        let mut said = BTreeSet::new();
        for table in tables {
            for sentence in self.how(index, table) {
                // Of tables that lie one under another, each says what only it has.
                if said.insert(sentence.clone()) {
                    lines.extend(wrapped(&sentence, "    "));
                }
            }
        }
        lines.extend(
            self.left_out(index)
                .iter()
                .flat_map(|sentence| wrapped(sentence, "    ")),
        );
        lines.extend(self.told(&findings, false));
        lines
    }

    fn drawing(&self, index: u16, part: &SheetPart, tables: &[Table]) -> Vec<String> {
        let sheets = self
            .workbook
            .map(|workbook| workbook.sheets.as_slice())
            .unwrap_or_default();
        let Some(sheet) = sheets.get(usize::from(index)) else {
            return Vec::new();
        };
        let drawing = draw(sheet, part, tables);
        let mut lines = vec![format!("  {}", self.word("drawing", &[]))];
        lines.extend(drawing.lines.iter().map(|line| format!("    {line}")));
        let keys = drawing.signs.iter().filter_map(|sign| {
            let label = sign.label()?;
            Some(format!("{} {}", sign.drawn(), self.labels.get(label)))
        });
        lines.extend(wrapped(&keys.collect::<Vec<_>>().join(" | "), "    "));
        lines
    }

    /// The findings of one sheet, or those of no sheet.
    fn findings(&self, sheet: Option<u16>) -> Vec<&Finding> {
        let sheets = self.looked.alone.reading.sheets.len();
        let on = |finding: &&Finding| match sheet {
            Some(sheet) => on_sheet(finding.place, sheet, sheets),
            None => (0..sheets).all(|sheet| !on_sheet(finding.place, u16::try_from(sheet).unwrap_or(u16::MAX), sheets)),
        };
        let nothing_yet = self.looked.facts.contacts.is_empty();
        // Of a registry alone nobody has a service: that is no news.
        let news = |finding: &&Finding| finding.kind != Kind::NoService || !nothing_yet;
        self.looked.findings().into_iter().filter(on).filter(news).collect()
    }

    /// Doubts, or what is good to know: each kind with its first places and what to do.
    fn told(&self, findings: &[&Finding], doubts: bool) -> Vec<String> {
        let wanted: Vec<&Finding> = findings.iter().copied().filter(|one| is_doubt(one) == doubts).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let heading = if doubts { "look_first" } else { "good_to_know" };
        let mut lines = vec![format!("  {}", self.word(heading, &[]))];
        for same in wanted.chunk_by(|a, b| a.kind == b.kind) {
            lines.extend(self.told_of_kind(same[0].kind, same, doubts));
        }
        lines
    }

    fn told_of_kind(&self, kind: Kind, findings: &[&Finding], doubt: bool) -> Vec<String> {
        let severity = self.labels.severity(kind.severity());
        let title = if doubt {
            format!("{} ({severity})", self.labels.kind(kind))
        } else {
            self.labels.kind(kind).to_owned()
        };
        let mut lines = vec![format!("    {title}")];
        let shown = if doubt { PLACES_SHOWN } else { 1 };
        for finding in findings.iter().take(shown) {
            let message = self.labels.message(finding);
            let said = match self.places(finding) {
                Some(place) => self.word("at", &[("place", &place), ("message", &message)]),
                None => message,
            };
            lines.extend(wrapped(&said, "      "));
        }
        if findings.len() > shown {
            let count = self.labels.whole(findings.len() - shown);
            lines.push(format!("      {}", self.word("more_places", &[("count", &count)])));
        }
        if doubt {
            let action = self.labels.action(kind);
            lines.extend(wrapped(&self.word("do", &[("action", action)]), "      "));
        }
        lines
    }

    /// Where a finding is: its place, and the other one where it is about two.
    fn places(&self, finding: &Finding) -> Option<String> {
        let place = finding.place?;
        let named = self.place(place)?;
        let [other] = finding.others[..] else {
            return Some(named);
        };
        let (Some(other_named), true) = (self.place(other), other.file == place.file) else {
            return Some(named);
        };
        if other.sheet == place.sheet {
            return Some(self.word("both", &[("one", &named), ("other", &other_named)]));
        }
        let sheet = self.looked.alone.reading.sheets.get(usize::from(other.sheet))?;
        let sheet = self.labels.quoted(&sheet.name);
        let args = [("one", named.as_str()), ("other", &other_named), ("sheet", &sheet)];
        Some(self.word("both_sheets", &args))
    }

    fn place(&self, place: Place) -> Option<String> {
        let letters = place.column.map(column_letters);
        match (place.row, letters) {
            (0, None) => None,
            (0, Some(column)) => Some(self.word("column", &[("column", &column)])),
            (row, None) => Some(self.word("row", &[("row", &row.to_string())])),
            (row, Some(column)) => Some(self.word("cell", &[("cell", &format!("{column}{row}"))])),
        }
    }

    fn paste(&self) -> Vec<String> {
        let name = below_raw(&self.looked.path);
        let line = match needs(self.looked) {
            Needs::Nothing => return vec![self.word("nothing_to_count", &[])],
            Needs::Registry => "layout = \"registry\"".to_owned(),
            Needs::Activity => format!("activity = \"…\"    # {}", self.word("which_activity", &[])),
        };
        vec![
            self.word("paste", &[]),
            String::new(),
            "[[source]]".to_owned(),
            format!("files = {}", quoted(&format!("raw/{name}"))),
            line,
            String::new(),
        ]
    }
}

/// The path of a file below the folder of raw files, or its name where it is in none.
fn below_raw(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let raw = parts.iter().rposition(|part| part == "raw").unwrap_or(parts.len());
    match parts.get(raw + 1..) {
        Some(below) if !below.is_empty() => below.join("/"),
        Some(_) | None => parts.last().cloned().unwrap_or_default(),
    }
}

/// Key of the sentence that says what a table is: a list of stays or of cases is no list of sessions.
fn told_as(table: &Table) -> &'static str {
    let block = &table.block;
    match block.layout {
        Layout::List if block.has(&[Role::CheckIn, Role::CheckOut]) => "list_of_stays",
        Layout::List if block.has(&[Role::CaseOpened, Role::CaseClosed]) => "list_of_cases",
        Layout::List | Layout::Register | Layout::EventLog | Layout::Registry => kind(table),
    }
}

/// A table in few words.
pub(crate) fn what(labels: &Labels, layout: Layout, count: &Count) -> String {
    let persons = labels.count(count.persons, "people");
    let sessions = labels.count(count.sessions, "session");
    let heads = labels.count(count.heads, "head");
    let key = match layout {
        Layout::List => "list",
        Layout::Register => "register",
        Layout::EventLog => "event-log",
        Layout::Registry => "registry",
    };
    let args = [
        ("persons", persons.as_str()),
        ("sessions", &sessions),
        ("heads", &heads),
    ];
    labels.fill(&format!("inspect.what_{key}"), &args)
}

/// First and last day in words.
pub(super) fn span_words(labels: &Labels, first: NaiveDate, last: NaiveDate) -> String {
    let (from, to) = (labels.date(first), labels.date(last));
    let key = if first == last {
        "inspect.one_day"
    } else {
        "inspect.span"
    };
    labels.fill(key, &[("first", &from), ("last", &to)])
}

/// What two sheets of one shape share: layouts and headings; empty for a sheet without a table.
pub(super) fn shape(part: &SheetPart) -> Vec<String> {
    let tables = tables_of(part).iter();
    tables
        .flat_map(|table| {
            let headings = table
                .block
                .columns
                .iter()
                .map(|column| vocabulary::normalise(&column.header));
            std::iter::once(kind(table).to_owned()).chain(headings)
        })
        .collect()
}

/// A heading on one line and not too long.
pub(super) fn short(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= HEADING_LETTERS {
        return one_line;
    }
    let cut: String = one_line.chars().take(HEADING_LETTERS - 1).collect();
    format!("{}…", cut.trim_end())
}

/// A text in lines that fit, each after the same blanks.
fn wrapped(text: &str, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let length = indent.len() + line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && length > WIDTH {
            lines.push(format!("{indent}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(format!("{indent}{line}"));
    lines
}
