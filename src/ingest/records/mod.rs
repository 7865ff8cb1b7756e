//! What reading yields: rows with their places, mentions, sessions, contacts, head-counts, findings.
//!
//! This is the door between `ingest` and everything after it. Nothing here knows a file format, and
//! nothing after it opens a file. Every item keeps the place it was read from (promise 1), and every row
//! read has a fate (promise 2).

mod fate;
mod finding;
mod id;
mod more;
mod place;

use std::ops::Range;

use chrono::NaiveDate;

pub use super::print::Print;
use crate::project::model::Seen;

pub use fate::{Fate, Reason};
pub use finding::{Finding, Severity};
pub use id::{CycleId, FieldId, FileId, MentionId, RowId, SessionId, TextId, Texts};
pub use place::{Place, column_letters};

/// A file with what became of it.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path relative to the project folder, with `/`, NFC.
    pub path: String,
    /// Lower-case hexadecimal SHA-256 of the bytes; empty where the file could not be read.
    pub sha256: String,
    /// Fingerprint of what it says, whatever its bytes are.
    pub print: Print,
    /// Size in bytes.
    pub bytes: u64,
    /// What the content is: `xlsx`, `xls`, `xlsb`, `ods`, `csv`, `lock file` …
    pub format: String,
    /// Sheet names in workbook order; one empty name for a text file.
    pub sheets: Vec<String>,
    /// Index into the project's sources; `None` for files no source names.
    pub source: Option<usize>,
    /// Whether its rows could be read.
    pub readable: bool,
}

/// A field: a role the vocabulary knows (`sex`, `birth_date`) or a column's own header, normalised.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// Key used in definitions.
    pub key: String,
    /// Header as first seen, for reports.
    pub header: String,
}

/// A value of a field in one row.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldValue {
    /// Text, trimmed, as written.
    Text(TextId),
    /// A code that a vocabulary or a definition gave to what was written (`female`, `idp`).
    Code(TextId),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// A question answered with yes or no.
    YesNo(bool),
    /// Several codes or texts from one cell, sorted, without repeats; empty is never stored.
    Set(Box<[TextId]>),
}

/// A row that was read.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where.
    pub place: Place,
    /// Index into the project's sources.
    pub source: usize,
    /// What became of it.
    pub fate: Fate,
    /// Its values, a range of [`Records::values`].
    pub values: Range<u32>,
}

/// A birth date as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Birth {
    /// Not written, or impossible.
    #[default]
    Unknown,
    /// The year alone.
    Year(i32),
    /// The day.
    Date(NaiveDate),
}

/// One place where a person is written down.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The row.
    pub row: RowId,
    /// Where the name (or, without one, the code) stands.
    pub place: Place,
    /// What is written about the person.
    pub identity: Identity,
    /// Rows of the same group are two different people unless all that both fill in agrees (rule 18):
    /// one list of one session, one register block. Rows of a registry are each in a group of their own. 0-based,
    /// unique over all files.
    pub group: u32,
    /// Context that thin mentions are judged by: activity and site, where known.
    pub context: Context,
    /// First contact of this mention, where it has one.
    pub date: Option<NaiveDate>,
    /// Population of the source, index into [`Records::populations`].
    pub population: u16,
    /// Whether the row gives information (counted rows and registries); set-aside rows are recognised but silent.
    pub informs: bool,
}

/// What is written about a person, unparsed but for dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Identity {
    /// Name in one cell.
    pub full_name: Option<TextId>,
    /// Surname, where it has a column of its own.
    pub surname: Option<TextId>,
    /// Given name, where it has a column of its own.
    pub given_name: Option<TextId>,
    /// Patronymic, where it has a column of its own.
    pub patronymic: Option<TextId>,
    /// Birth date or year.
    pub birth: Birth,
    /// Age as written, in full years.
    pub age: Option<u16>,
    /// Years from and to, where an age group stands in place of an age.
    pub age_span: Option<(u16, u16)>,
    /// `female`, `male` or `other`, after the vocabulary.
    pub sex: Option<TextId>,
    /// Phone as written.
    pub phone: Option<TextId>,
    /// E-mail as written.
    pub email: Option<TextId>,
    /// Client code as written.
    pub code: Option<TextId>,
    /// Settlement as written.
    pub settlement: Option<TextId>,
    /// Street and house as written, all parts of the address in the order of their columns.
    pub address: Option<TextId>,
    /// Postcode as written.
    pub postcode: Option<TextId>,
    /// Household key as written.
    pub household: Option<TextId>,
}

/// Where a mention was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Context {
    /// Activity code.
    pub activity: Option<TextId>,
    /// Site, normalised.
    pub site: Option<TextId>,
    /// Group or title, normalised.
    pub group: Option<TextId>,
}

/// One held meeting of one activity.
#[derive(Debug, Clone)]
pub struct Session {
    /// Activity code.
    pub activity: TextId,
    /// Day.
    pub date: NaiveDate,
    /// Site, as written.
    pub site: Option<TextId>,
    /// Title or topic, as written.
    pub title: Option<TextId>,
    /// Group, as written.
    pub group: Option<TextId>,
    /// Facilitator, as written.
    pub facilitator: Option<TextId>,
    /// Number in the office's own log.
    pub number: Option<TextId>,
    /// Population of the source, index into [`Records::populations`].
    pub population: u16,
    /// Index into the project's sources of the first place.
    pub source: usize,
    /// Every place that shows the session: log row, header cell of a register column, first row of a list.
    pub places: Vec<Place>,
    /// The log row, where a log reports it.
    pub log_row: Option<RowId>,
    /// Whether a list or register of names exists for it.
    pub listed: bool,
    /// Cycle that it belongs to, for registers.
    pub cycle: Option<CycleId>,
    /// Row of the form that it is, for form exports: members of the form belong to the household of its respondent.
    pub form: Option<RowId>,
}

/// Sessions that belong together: the columns of one register block (a training of two days, a group of ten sessions).
#[derive(Debug, Clone)]
pub struct Cycle {
    /// Activity code.
    pub activity: TextId,
    /// Population of the source, index into [`Records::populations`].
    pub population: u16,
    /// Index into the project's sources.
    pub source: usize,
    /// Header of the register block.
    pub place: Place,
    /// What the lines above the block say, by field (hours, title, type …).
    pub fields: Vec<(FieldId, FieldValue)>,
}

/// A person at a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub mention: MentionId,
    /// Where and when.
    pub session: SessionId,
    /// The row of a list, or the cell of a register's mark.
    pub place: Place,
}

/// An anonymous count of people at a session, as a log writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadCount {
    /// Where and when.
    pub session: SessionId,
    /// The log row.
    pub row: RowId,
    /// All.
    pub total: u32,
    /// Whether they are people beside those who are named, rather than all who came.
    pub beside: bool,
    /// Parts by sex and age group, as far as the log has them; may add up to less than the total.
    pub parts: Vec<HeadCountPart>,
}

impl HeadCount {
    /// People beside those who are named, of whom nothing else is known; their session is told later.
    pub(crate) fn beside(row: RowId, total: u32) -> Self {
        Self {
            session: SessionId(0),
            row,
            total,
            beside: true,
            parts: Vec::new(),
        }
    }
}

/// A part of a head-count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadCountPart {
    /// `female`, `male`, or unknown.
    pub sex: Option<TextId>,
    /// Under 18 (`Some(true)`), adult (`Some(false)`), or not said.
    pub child: Option<bool>,
    /// How many.
    pub count: u32,
}

/// An officer's decision about two mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// One mention.
    pub a: MentionId,
    /// The other.
    pub b: MentionId,
    /// One person, or two.
    pub same: bool,
    /// Who decided.
    pub by: String,
    /// When, as written.
    pub date: String,
    /// Why.
    pub reason: String,
    /// Where the decision stands.
    pub place: Place,
}

/// All that was read.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// Texts of all values.
    pub texts: Texts,
    /// Files in path order.
    pub files: Vec<SourceFile>,
    /// Fields in order of first sight.
    pub fields: Vec<Field>,
    /// Populations named by the sources.
    pub populations: Vec<String>,
    /// Every row read, in order of place.
    pub rows: Vec<Row>,
    /// Values of the rows.
    pub values: Vec<(FieldId, FieldValue)>,
    /// Mentions in order of place.
    pub mentions: Vec<Mention>,
    /// Sessions in order of date, activity, place.
    pub sessions: Vec<Session>,
    /// Cycles in order of place.
    pub cycles: Vec<Cycle>,
    /// Contacts in order of place.
    pub contacts: Vec<Contact>,
    /// Head-counts in order of place.
    pub head_counts: Vec<HeadCount>,
    /// Officers' decisions that stand.
    pub decisions: Vec<Decision>,
    /// Pairs that an officer looked at and could not decide, the smaller id first.
    pub unsure: Vec<(MentionId, MentionId)>,
    /// Rows that repeat a row of another file, with that row.
    pub repeats: Vec<(RowId, RowId)>,
    /// Rows of earlier versions of registers, each with the row of the same person in the version that holds.
    pub later: Vec<(Place, Place)>,
    /// How the sources were read, to be remembered.
    pub seen: Seen,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
}

impl Records {
    /// The values of a row.
    pub fn values_of(&self, row: RowId) -> &[(FieldId, FieldValue)] {
        let range = &self.rows[row.index()].values;
        &self.values[range.start as usize..range.end as usize]
    }

    /// The file of each row that was read and what became of it, `fates` being those of [`Records::rows`]: tables
    /// beside each other share their rows, and such a row is counted where either side is.
    pub fn read_rows<'a>(&'a self, fates: &'a [Fate]) -> impl Iterator<Item = (FileId, Fate)> + 'a {
        let key = |row: &Row| (row.place.file, row.place.sheet, row.place.row);
        let mut from = 0;
        self.rows.chunk_by(move |a, b| key(a) == key(b)).map(move |halves| {
            let at = from;
            from += halves.len();
            let fate = |index: usize, row: &Row| fates.get(at + index).copied().unwrap_or(row.fate);
            // Of the two the one that is counted speaks for the row: it is the least of all fates.
            let fate = halves.iter().enumerate().map(|(index, row)| fate(index, row)).min();
            let file = halves.first().map_or(FileId(0), |row| row.place.file);
            (file, fate.unwrap_or(Fate::Counted))
        })
    }

    /// The field with this key, where any source has it.
    pub fn field(&self, key: &str) -> Option<FieldId> {
        self.fields.iter().position(|field| field.key == key).map(Into::into)
    }

    /// A text of this table.
    pub fn text(&self, id: TextId) -> &str {
        self.texts.get(id)
    }

    /// File, sheet and cell as a person reads them: `raw/a.xlsx › «Січень» › C17`.
    pub fn show(&self, place: Place) -> String {
        let file = &self.files[place.file.index()];
        let mut shown = file.path.clone();
        if let Some(sheet) = file
            .sheets
            .get(usize::from(place.sheet))
            .filter(|name| !name.is_empty())
        {
            shown.push_str(" › «");
            shown.push_str(sheet);
            shown.push('»');
        }
        match (place.row, place.column) {
            (0, _) => {}
            (row, Some(column)) => {
                shown.push_str(" › ");
                shown.push_str(&column_letters(column));
                shown.push_str(&row.to_string());
            }
            (row, None) => {
                shown.push_str(" › ");
                shown.push_str(&row.to_string());
            }
        }
        shown
    }
}
