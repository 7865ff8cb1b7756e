//! Columns as the caller names them.

use unicode_normalization::UnicodeNormalization as _;

use crate::cli::Failure;
use crate::ingest::persons::PeopleReading;
use crate::ingest::vocabulary::{self, Role};
use crate::project::model::Source;
use crate::project::nearest;
use crate::report::labels::Labels;

/// The columns that the caller names, by their headings or letters.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Columns, by heading as written or by letters")]
pub(crate) struct Columns {
    /// Names in full; repeated where several columns make a name.
    #[arg(long, value_name = "HEADER")]
    name: Vec<String>,
    /// Surnames.
    #[arg(long, value_name = "HEADER")]
    surname: Vec<String>,
    /// Given names.
    #[arg(long, value_name = "HEADER")]
    given: Vec<String>,
    /// Patronymics.
    #[arg(long, value_name = "HEADER")]
    patronymic: Vec<String>,
    /// Birth dates or years; repeated where year, month and day have columns of their own.
    #[arg(long, value_name = "HEADER")]
    birth: Vec<String>,
    /// Phones.
    #[arg(long, value_name = "HEADER")]
    phone: Vec<String>,
    /// E-mails.
    #[arg(long, value_name = "HEADER")]
    email: Vec<String>,
    /// Codes that stand for a person.
    #[arg(long, value_name = "HEADER")]
    code: Vec<String>,
    /// Sex.
    #[arg(long, value_name = "HEADER")]
    sex: Vec<String>,
    /// Settlements.
    #[arg(long, value_name = "HEADER")]
    place: Vec<String>,
    /// Addresses; repeated where an address has several columns.
    #[arg(long, value_name = "HEADER")]
    address: Vec<String>,
    /// Postcodes.
    #[arg(long, value_name = "HEADER")]
    postcode: Vec<String>,
}

impl Columns {
    /// Flags, roles and headings.
    fn named(&self) -> impl Iterator<Item = (&'static str, Role, &str)> {
        let flags: [(&'static str, Role, &[String]); 12] = [
            ("--name", Role::FullName, &self.name),
            ("--surname", Role::Surname, &self.surname),
            ("--given", Role::GivenName, &self.given),
            ("--patronymic", Role::Patronymic, &self.patronymic),
            ("--birth", Role::BirthDate, &self.birth),
            ("--phone", Role::Phone, &self.phone),
            ("--email", Role::Email, &self.email),
            ("--code", Role::ClientCode, &self.code),
            ("--sex", Role::Sex, &self.sex),
            ("--place", Role::Settlement, &self.place),
            ("--address", Role::Address, &self.address),
            ("--postcode", Role::Postcode, &self.postcode),
        ];
        flags
            .into_iter()
            .flat_map(|(flag, role, headers)| headers.iter().map(move |header| (flag, role, header.as_str())))
    }

    /// What a definition of a project would say.
    pub(super) fn source(&self, sheets: &[String]) -> Source {
        let mut source = Source::unspecified("*");
        sheets.clone_into(&mut source.sheets);
        for (_, role, header) in self.named() {
            source.columns.insert(header.trim().to_owned(), role.key().to_owned());
        }
        source
    }

    /// Every column and sheet that is named must be somewhere.
    pub(super) fn check(&self, reading: &PeopleReading, sheets: &[String], labels: &Labels) -> Result<(), Failure> {
        let mut wrong: Vec<String> = sheets
            .iter()
            .filter_map(|sheet| unknown_sheet(sheet, reading, labels))
            .collect();
        let seen = headers(reading);
        for (flag, _, header) in self.named() {
            if !is_seen(header, reading) {
                let mut told = vec![("flag", flag), ("header", header)];
                told.extend(nearest(header, seen.iter().map(String::as_str)).map(|near| ("near", near)));
                wrong.push(labels.fill("dedupe.unknown_column", &told));
            }
        }
        if wrong.is_empty() {
            return Ok(());
        }
        if !seen.is_empty() {
            wrong.push(labels.fill("dedupe.columns_seen", &[("columns", &seen.join(", "))]));
        }
        Err(Failure::Call(wrong.join("\n")))
    }
}

/// Every heading, once, in order of place.
fn headers(reading: &PeopleReading) -> Vec<String> {
    let of_tables = reading.tables.iter().flat_map(|table| &table.columns);
    let nameless = reading.nameless.iter().flat_map(|sheet| sheet.headers.clone());
    let mut seen: Vec<String> = Vec::new();
    for header in of_tables.map(|column| column.header.clone()).chain(nameless) {
        let header = header.replace('\n', " ");
        if !header.is_empty() && !seen.contains(&header) {
            seen.push(header);
        }
    }
    seen
}

fn is_seen(header: &str, reading: &PeopleReading) -> bool {
    let wanted = vocabulary::normalise(header);
    let in_tables = reading.tables.iter().flat_map(|table| &table.columns).any(|column| {
        column.letters == header.trim() || vocabulary::normalise(&column.header) == wanted || {
            // Of a heading over two rows either part may be named.
            let named = column.role.is_some_and(|_| column.header.contains(header.trim()));
            named && column.header.split_whitespace().count() > header.split_whitespace().count()
        }
    });
    let nameless = reading.nameless.iter().flat_map(|sheet| &sheet.headers);
    in_tables || nameless.into_iter().any(|seen| vocabulary::normalise(seen) == wanted)
}

fn unknown_sheet(sheet: &str, reading: &PeopleReading, labels: &Labels) -> Option<String> {
    let sheets: Vec<&str> = reading
        .records
        .files
        .iter()
        .flat_map(|file| &file.sheets)
        .filter(|name| !name.is_empty())
        .map(String::as_str)
        .collect();
    let plain = |name: &str| name.trim().nfc().collect::<String>().to_lowercase();
    let wanted = plain(sheet);
    // A text file has one sheet without a name, and is read whatever sheet is named.
    if sheets.is_empty() || sheets.iter().any(|name| plain(name) == wanted) || sheet.contains(['*', '?']) {
        return None;
    }
    let all = sheets.join(", ");
    let hint = nearest(sheet, sheets.iter().copied()).map_or(("sheets", all.as_str()), |near| ("near", near));
    Some(labels.fill("dedupe.unknown_sheet", &[("sheet", sheet), hint]))
}
