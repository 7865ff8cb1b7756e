//! How each file was read, and what is doubtful, on the error stream.

use super::BESIDE_THE_POINT;
use crate::cli::printer::Printer;
use crate::ingest::findings::Kind;
use crate::ingest::persons::{NamelessSheet, PeopleColumn, PeopleReading, PeopleTable};
use crate::ingest::records::{FileId, Finding, Place, Records, Severity};
use crate::ingest::vocabulary::Role;
use crate::project::model::Layout;
use crate::report::labels::Labels;

/// Findings of one kind that are shown before the rest is counted.
const SHOWN: usize = 5;

/// What binds the rows of a list.
const SESSION: &str = "session";

/// What is told of a person, with the roles that make it.
const FIELDS: &[(&str, &[Role])] = &[
    (
        "name",
        &[
            Role::FullName,
            Role::Surname,
            Role::GivenName,
            Role::MiddleName,
            Role::Patronymic,
        ],
    ),
    (
        "birth",
        &[Role::BirthDate, Role::BirthYear, Role::BirthMonth, Role::BirthDay],
    ),
    ("age", &[Role::Age]),
    ("sex", &[Role::Sex]),
    ("phone", &[Role::Phone]),
    ("email", &[Role::Email]),
    ("code", &[Role::ClientCode]),
    ("place", &[Role::Settlement]),
    ("address", &[Role::Address, Role::Street, Role::HouseNumber]),
    ("postcode", &[Role::Postcode]),
    ("household", &[Role::Household]),
    (
        SESSION,
        &[
            Role::SessionDate,
            Role::SessionTime,
            Role::Event,
            Role::Topic,
            Role::Group,
            Role::Place,
        ],
    ),
];

/// One line for each table, and one for each guess.
pub(super) fn readings(reading: &PeopleReading, labels: &Labels, printer: &mut Printer) {
    for table in &reading.tables {
        let place = shown(&reading.records, table.file, table.sheet);
        let place = ("place", place.as_str());
        let mut lines = vec![labels.fill("dedupe.reading", &[place, ("summary", &summary(table, labels))])];
        if table.headless {
            lines.push(labels.fill("dedupe.no_headings", &[place]));
        }
        if let Some(guess) = guess(table, labels) {
            lines.push(labels.fill("dedupe.reading", &[place, ("summary", &guess)]));
        }
        if let Some(code) = &table.idle_code {
            lines.push(labels.fill("dedupe.idle_code", &[place, ("code", code)]));
        }
        for line in &lines {
            printer.note(line);
        }
    }
}

/// `500 rows; name = fname + lname, birth = by + bm + bd; not used: id`.
fn summary(table: &PeopleTable, labels: &Labels) -> String {
    let used = |column: &&PeopleColumn| is_used(table, column);
    let fields = FIELDS.iter().filter_map(|(field, roles)| {
        let columns = table.columns.iter().filter(used);
        let columns = columns.filter(|column| column.role.is_some_and(|role| roles.contains(&role)));
        let headers: Vec<String> = columns.map(header).collect();
        let field = labels.get(&format!("dedupe_field.{field}"));
        (!headers.is_empty()).then(|| format!("{field} = {}", headers.join(" + ")))
    });
    let mut parts = vec![labels.count(table.rows, "row"), fields.collect::<Vec<_>>().join(", ")];
    let unused = table.columns.iter().filter(|column| !used(column));
    let unused: Vec<String> = unused.map(header).collect();
    if !unused.is_empty() {
        parts.push(labels.fill("dedupe.not_used", &[("columns", &unused.join(", "))]));
    }
    match table.layout {
        Layout::List => parts.push(labels.get("dedupe.list").to_owned()),
        Layout::Register => parts.push(labels.get("dedupe.register").to_owned()),
        Layout::Registry | Layout::EventLog => {}
    }
    parts.join("; ")
}

/// Whether recognition looks at a column.
fn is_used(table: &PeopleTable, column: &PeopleColumn) -> bool {
    let Some(role) = column.role else { return false };
    // Where rows are bound to no session, what describes one is not looked at.
    let of_session = FIELDS
        .iter()
        .any(|(field, roles)| *field == SESSION && roles.contains(&role));
    let idle = (role == Role::ClientCode && table.idle_code.is_some()) || (of_session && table.layout != Layout::List);
    !idle && FIELDS.iter().any(|(_, roles)| roles.contains(&role))
}

fn header(column: &PeopleColumn) -> String {
    let header = column.header.split_whitespace().collect::<Vec<_>>().join(" ");
    if header.is_empty() {
        column.letters.clone()
    } else {
        header
    }
}

/// What was taken for something by its content.
fn guess(table: &PeopleTable, labels: &Labels) -> Option<String> {
    let guessed = |key: &str, roles: &[Role]| {
        let columns = table.columns.iter();
        let headers: Vec<String> = columns
            .filter(|column| column.by_content && column.role.is_some_and(|role| roles.contains(&role)))
            .map(header)
            .collect();
        (!headers.is_empty()).then(|| labels.fill(key, &[("columns", &headers.join(" + "))]))
    };
    let births = guessed(
        "dedupe.birth_guess",
        &[Role::BirthYear, Role::BirthMonth, Role::BirthDay],
    );
    let names = guessed("dedupe.name_guess", &[Role::FullName]);
    let said: Vec<String> = births.into_iter().chain(names).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// File and sheet as a person reads them.
pub(super) fn shown(records: &Records, file: FileId, sheet: u16) -> String {
    records.show(Place::whole_sheet(file, sheet))
}

/// Why nothing could be done, with what was seen and the flags that help.
pub(super) fn nobody_named(reading: &PeopleReading, labels: &Labels) -> String {
    let sheets = reading.nameless.iter();
    let mut lines: Vec<String> = sheets
        .map(|sheet| about_nameless("dedupe.nameless", reading, sheet, labels))
        .collect();
    if lines.is_empty() {
        let files: Vec<&str> = reading.records.files.iter().map(|file| file.path.as_str()).collect();
        lines.push(labels.fill("dedupe.no_table", &[("files", &files.join(", "))]));
    }
    lines.push(labels.get("dedupe.say_which").to_owned());
    lines.join("\n")
}

/// Sheets that were left out because nobody is named there; whether there are any.
pub(super) fn nameless(reading: &PeopleReading, labels: &Labels, printer: &mut Printer) -> bool {
    for sheet in &reading.nameless {
        printer.trouble(&about_nameless("dedupe.left_out", reading, sheet, labels));
    }
    !reading.nameless.is_empty()
}

fn about_nameless(key: &str, reading: &PeopleReading, sheet: &NamelessSheet, labels: &Labels) -> String {
    let place = shown(&reading.records, sheet.file, sheet.sheet);
    labels.fill(key, &[("place", &place), ("headings", &sheet.headers.join(", "))])
}

/// Tells findings by kind, the first few of each; whether a person must look at any.
pub(super) fn findings(records: &Records, of_people: &[Finding], labels: &Labels, printer: &mut Printer) -> bool {
    let mut any = false;
    let all = || records.findings.iter().chain(of_people);
    for kind in Kind::ALL.iter().filter(|kind| !BESIDE_THE_POINT.contains(kind)) {
        let found: Vec<&Finding> = all().filter(|finding| finding.kind == *kind).collect();
        for finding in found.iter().take(SHOWN) {
            let place = finding.place.map(|place| records.show(place)).unwrap_or_default();
            let line = format!("{place}: {}", labels.message(finding));
            if kind.severity() == Severity::Error {
                printer.trouble(&line);
            } else {
                printer.note(&line);
            }
        }
        if let Some(more) = found.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let more = labels.whole(more);
            let told = [("count", more.as_str()), ("kind", labels.kind(*kind))];
            printer.note(&labels.fill("dedupe.more", &told));
        }
        any |= !found.is_empty() && kind.severity() == Severity::Error;
    }
    any
}
