//! How each file was read, and what is doubtful, on the error stream.

use super::BESIDE_THE_POINT;
use crate::cli::counted;
use crate::cli::printer::Printer;
use crate::ingest::findings::Kind;
use crate::ingest::persons::{PeopleColumn, PeopleReading, PeopleTable};
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
pub(super) fn readings(reading: &PeopleReading, printer: &mut Printer) {
    for table in &reading.tables {
        let place = shown(&reading.records, table.file, table.sheet);
        printer.note(&format!("{place}: {}", summary(table)));
        if table.headless {
            printer.note(&format!(
                "{place}: no row of headings was recognised, so columns go by their letters; --name A names one."
            ));
        }
        if let Some(guess) = guess(table) {
            printer.note(&format!("{place}: {guess}"));
        }
        if let Some(code) = &table.idle_code {
            printer.note(&format!(
                "{place}: «{code}» is another in every row, so it tells nobody apart and joins nobody: not used."
            ));
        }
    }
}

/// `500 rows; name = fname + lname, birth = by + bm + bd; not used: id`.
fn summary(table: &PeopleTable) -> String {
    let idle = |role: Role| {
        // Where rows are bound to no session, what describes one is not looked at.
        let of_session = FIELDS
            .iter()
            .any(|(field, roles)| *field == SESSION && roles.contains(&role));
        (role == Role::ClientCode && table.idle_code.is_some()) || (of_session && table.layout != Layout::List)
    };
    let used = |column: &&PeopleColumn| {
        let role = column.role.filter(|role| !idle(*role));
        role.is_some_and(|role| FIELDS.iter().any(|(_, roles)| roles.contains(&role)))
    };
    let fields = FIELDS.iter().filter_map(|(field, roles)| {
        let columns = table.columns.iter().filter(used);
        let columns = columns.filter(|column| column.role.is_some_and(|role| roles.contains(&role)));
        let headers: Vec<String> = columns.map(header).collect();
        (!headers.is_empty()).then(|| format!("{field} = {}", headers.join(" + ")))
    });
    let mut parts = vec![counted(table.rows, "row"), fields.collect::<Vec<_>>().join(", ")];
    let unused: Vec<String> = table
        .columns
        .iter()
        .filter(|column| !used(column))
        .map(header)
        .collect();
    if !unused.is_empty() {
        parts.push(format!("not used: {}", unused.join(", ")));
    }
    match table.layout {
        Layout::List => parts.push("a list: two rows of one session are two people unless all agrees".to_owned()),
        Layout::Register => parts.push("a register: two of its rows are two people unless all agrees".to_owned()),
        Layout::Registry | Layout::EventLog => {}
    }
    parts.join("; ")
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
fn guess(table: &PeopleTable) -> Option<String> {
    let guessed = |roles: &[Role]| -> Vec<String> {
        let columns = table.columns.iter();
        columns
            .filter(|column| column.by_content && column.role.is_some_and(|role| roles.contains(&role)))
            .map(header)
            .collect()
    };
    let births = guessed(&[Role::BirthYear, Role::BirthMonth, Role::BirthDay]);
    let names = guessed(&[Role::FullName]);
    let mut said = Vec::new();
    if !births.is_empty() {
        let columns = births.join(" + ");
        said.push(format!(
            "{columns} hold years, months and days and were taken for the birth (--birth names another column)"
        ));
    }
    if !names.is_empty() {
        let columns = names.join(" + ");
        said.push(format!(
            "{columns} looks like names and was taken for them (--name names another column)"
        ));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// File and sheet as a person reads them.
pub(super) fn shown(records: &Records, file: FileId, sheet: u16) -> String {
    records.show(Place::whole_sheet(file, sheet))
}

/// Why nothing could be done, with what was seen and the flags that help.
pub(super) fn nobody_named(reading: &PeopleReading) -> String {
    let mut lines: Vec<String> = reading
        .nameless
        .iter()
        .map(|sheet| {
            let place = shown(&reading.records, sheet.file, sheet.sheet);
            format!(
                "{place}: no column names people. Headings seen: {}",
                sheet.headers.join(", ")
            )
        })
        .collect();
    if lines.is_empty() {
        let files: Vec<&str> = reading.records.files.iter().map(|file| file.path.as_str()).collect();
        lines.push(format!("{}: no sheet with a table that may be read", files.join(", ")));
    }
    lines.push(
        "Say which columns hold names: --name HEADER, or --surname HEADER --given HEADER; more in --help.".to_owned(),
    );
    lines.join("\n")
}

/// Sheets that were left out because nobody is named there; whether there are any.
pub(super) fn nameless(reading: &PeopleReading, printer: &mut Printer) -> bool {
    for sheet in &reading.nameless {
        let place = shown(&reading.records, sheet.file, sheet.sheet);
        let headers = sheet.headers.join(", ");
        printer.trouble(&format!(
            "{place}: left out, no column names people (--name HEADER names one). Headings seen: {headers}"
        ));
    }
    !reading.nameless.is_empty()
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
            printer.note(&format!("… and {more} more: {}", labels.kind(*kind)));
        }
        any |= !found.is_empty() && kind.severity() == Severity::Error;
    }
    any
}
