//! Files read one by one → records: rows with their fates, mentions, sessions, contacts, head-counts.

mod cycle;
mod findings;
mod form;
mod given;
mod heads;
mod kept;
mod list;
mod log;
mod mention;
mod register;
mod row;
mod settle;
mod single;
mod turned;

use std::collections::HashMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use self::form::FormRows;
use self::kept::Kept;
use self::single::Single;
use ustr::{Ustr, UstrMap};

use super::findings::Kind;
use super::forms::Forms;
use super::layout::{Block, Purpose};
use super::named::Named;
use super::noted::Noted;
use super::reading::{FileReading, SheetContent, SheetPart, Table};
use super::records::{
    FieldId, FieldValue, FileId, Finding, HeadCount, MentionId, Place, Reason, Records, RowId, Session, TextId,
};
use super::repeats::Repeats;
use super::rows::RawSession;
use super::sessions::{self, SessionKey, Sessions};
use super::versions::{self, Versions};
use super::vocabulary::Vocabulary;
use crate::project::model::Source;

/// Puts files together, in the order they are given.
pub(crate) struct Assembler<'a> {
    sources: &'a [Source],
    project: Option<(NaiveDate, NaiveDate)>,
    purpose: Purpose,
    vocabulary: &'a Vocabulary,
    pub(crate) records: Records,
    field_ids: HashMap<String, FieldId>,
    /// Ids of the texts met lately.
    kept: Kept,
    /// Codes of sexes as texts.
    sexes: Vec<(&'static str, Ustr)>,
    /// Populations of the sources.
    populations: Vec<u16>,
    /// Activities of the sources that have one for all rows.
    one_activities: Vec<Option<TextId>>,
    /// Activities by what was written, for sources in whose rows they stand.
    activities: HashMap<(usize, Ustr), Option<Ustr>>,
    sessions: Sessions,
    plain: sessions::Plain,
    /// Sites and groups as contexts name them, by what was written.
    places: UstrMap<TextId>,
    /// Contacts with the index of the session while reading.
    contacts: Vec<(MentionId, usize, Place)>,
    head_counts: Vec<(usize, HeadCount)>,
    /// Lines of logs without a head-count, with the index of the session while reading.
    uncounted: Vec<(usize, Place, Kind)>,
    groups: u32,
    /// The part of a register that was read last, which may go on under its headings written again.
    page: Option<register::Page>,
    /// Columns of registers met in a file, by activity, day and words.
    register_columns: HashMap<(FileId, TextId, NaiveDate, [String; 6]), u32>,
    pub(crate) repeats: Repeats,
    /// What is known about the forms of all files.
    forms: Forms,
    forms_met: FormRows,
    /// Which registers are earlier versions of others.
    versions: Versions,
    /// What names of sheets and files tell of lists.
    named: Named,
}

/// Where a table is.
#[derive(Clone, Copy)]
struct At<'t> {
    file: FileId,
    sheet: u16,
    source: usize,
    table: &'t Table,
}

impl At<'_> {
    /// A place in the sheet, rows and columns swapped back where the table was turned.
    fn cell(self, row: u32, column: Option<u16>) -> Place {
        let (row, column) = match &self.table.turned {
            None => (row, column),
            Some(turned) => (
                column.map_or(turned.names, |column| u32::from(column) + 1),
                u16::try_from(row.saturating_sub(1)).ok(),
            ),
        };
        Place {
            file: self.file,
            sheet: self.sheet,
            row,
            column,
        }
    }

    /// A row of the sheet, however the table was read.
    fn in_sheet(self, row: u32) -> Place {
        Place {
            file: self.file,
            sheet: self.sheet,
            row,
            column: None,
        }
    }

    fn block(&self) -> &Block {
        &self.table.block
    }
}

/// A table whose rows come next: where it is, and its ids.
type Started<'t> = (At<'t>, Option<TableState>);

/// Ids that the rows of one table share.
#[derive(Default)]
struct TableState {
    /// Group of the whole table.
    group: u32,
    /// Whether most of its rows name somebody.
    is_of_names: bool,
    /// Whether each of its rows is a session of its own.
    single: Single,
    /// Session of each session column of a register, where it counts.
    columns: Vec<Option<usize>>,
    /// Fields of its columns, as far as they were met.
    column_fields: Vec<Option<FieldId>>,
    /// The row of the sheet in which a further person stands, by its first one.
    of_row: Option<RowId>,
    /// The session of the row before, for lists.
    last: Option<LastSession>,
    /// Session → group, for lists.
    session_groups: HashMap<usize, u32>,
    /// What the lines above a register say about all its rows.
    fields: Vec<(FieldId, FieldValue)>,
}

/// A session that several rows of a list share.
struct LastSession {
    activity: TextId,
    date: NaiveDate,
    words: [Option<Ustr>; 6],
    session: usize,
}

impl<'a> Assembler<'a> {
    pub(crate) fn new(
        sources: &'a [Source],
        project: Option<(NaiveDate, NaiveDate)>,
        purpose: Purpose,
        vocabulary: &'a Vocabulary,
    ) -> Self {
        let mut records = Records::default();
        for source in sources {
            if !records.populations.contains(&source.population) {
                records.populations.push(source.population.clone());
            }
        }
        Self {
            sources,
            project,
            purpose,
            vocabulary,
            populations: populations(sources, &records),
            records,
            field_ids: HashMap::new(),
            kept: Kept::default(),
            sexes: Vec::new(),
            one_activities: vec![None; sources.len()],
            activities: HashMap::new(),
            sessions: Sessions::default(),
            plain: sessions::Plain::default(),
            places: UstrMap::default(),
            contacts: Vec::new(),
            head_counts: Vec::new(),
            uncounted: Vec::new(),
            groups: 0,
            page: None,
            register_columns: HashMap::new(),
            repeats: Repeats::default(),
            forms: Forms::default(),
            forms_met: FormRows::default(),
            versions: Versions::default(),
            named: Named::default(),
        }
    }

    /// Takes what is known about the forms of all files, before any of them is added.
    pub(crate) fn know_forms(&mut self, forms: Forms) {
        self.forms = forms;
    }

    /// Takes what is known about versions of registers, before any file is added.
    pub(crate) fn know_versions(&mut self, versions: Versions) {
        self.versions = versions;
    }

    /// Takes what the names of sheets and files tell of lists, before any file is added.
    pub(crate) fn know_names(&mut self, named: Named) {
        self.named = named;
    }

    /// Notes a finding.
    pub(crate) fn find(&mut self, kind: Kind, place: Place, args: &[(&'static str, String)]) {
        self.records.findings.push(Finding {
            kind,
            place: Some(place),
            others: Vec::new(),
            args: args.iter().cloned().collect(),
        });
    }

    /// Notes what reading a sheet found.
    fn note(&mut self, sheet: Place, noted: &Noted) {
        let place = Place {
            row: noted.row.unwrap_or(sheet.row),
            column: noted.column,
            ..sheet
        };
        self.find(noted.kind, place, &noted.args);
    }

    /// Adds a file whose entry is in the records already.
    pub(crate) fn file(&mut self, file: FileId, reading: &FileReading) {
        for (source, sheet) in &reading.missing_sheets {
            let args = [("sheet", sheet.clone()), ("source", self.defined_at(*source))];
            self.find(Kind::MissingSheet, Place::whole_sheet(file, 0), &args);
        }
        for (index, part) in reading.sheets.iter().enumerate() {
            self.sheet(file, u16::try_from(index).unwrap_or(u16::MAX), part);
        }
    }

    fn sheet(&mut self, file: FileId, sheet: u16, part: &SheetPart) {
        let whole = Place::whole_sheet(file, sheet);
        let source = part.source.unwrap_or_default();
        self.sheet_findings(whole, part.hidden_rows, &part.content);
        for noted in &part.noted {
            self.note(whole, noted);
        }
        for column in &part.missing_columns {
            let args = [("column", column.clone()), ("source", self.defined_at(source))];
            self.find(Kind::MissingColumn, whole, &args);
        }
        let tables = match &part.content {
            SheetContent::Tables(tables) => tables.as_slice(),
            SheetContent::Empty
            | SheetContent::Hidden
            | SheetContent::NotNamed
            | SheetContent::Summary
            | SheetContent::NoTable => &[],
        };
        if let [table] = tables
            && let Some(turned) = &table.turned
        {
            let at = At {
                file,
                sheet,
                source,
                table,
            };
            return self.turned_table(at, turned, &part.aside);
        }
        // Rows are kept in order of place, whether they are data or not.
        let mut next_aside = part.aside.iter().peekable();
        for band in tables.chunk_by(Table::stands_beside) {
            let mut parts = Vec::new();
            for table in band {
                let at = At {
                    file,
                    sheet,
                    source,
                    table,
                };
                parts.push(self.start(at));
            }
            for (part, row) in in_order(band) {
                let (at, state) = &mut parts[part];
                let (raw, content) = (&band[part].rows[row], band[part].contents.get(row).copied().flatten());
                while let Some((number, reason)) = next_aside.next_if(|(number, _)| *number < raw.number) {
                    self.aside(at.cell(*number, None), source, *reason);
                }
                match state {
                    Some(state) => self.row(*at, state, raw, content),
                    None => self.aside(at.cell(raw.number, raw.apart), source, Reason::Replaced),
                }
            }
        }
        for (number, reason) in next_aside {
            self.aside(Place { row: *number, ..whole }, source, *reason);
        }
    }

    /// Findings and ids of a table before its rows; no ids where a later version of the table holds.
    fn start<'t>(&mut self, at: At<'t>) -> Started<'t> {
        let here = versions::table_at(at.file, at.sheet, at.table);
        if self.versions.is_replaced(here) {
            let findings = self.versions.findings(here).to_vec();
            self.records.findings.extend(findings);
            return (at, None);
        }
        let of_names = self.named.findings(here).to_vec();
        self.records.findings.extend(of_names);
        self.table_findings(at);
        self.events_written_twice(at, &at.table.contents);
        (at, Some(self.begin(at)))
    }

    fn defined_at(&self, source: usize) -> String {
        let at = &self.sources[source].at;
        format!("{}:{}", at.file, at.line)
    }

    fn population(&self, source: usize) -> u16 {
        self.populations[source]
    }

    /// The id of a text.
    fn kept(&mut self, text: Ustr) -> TextId {
        self.kept.id(text, &mut self.records.texts)
    }

    /// Makes room for what files hold.
    pub(crate) fn reserve(&mut self, files: &[(FileId, &FileReading)]) {
        let sheets = files.iter().flat_map(|(_, reading)| &reading.sheets);
        let (mut rows, mut aside, mut values) = (0, 0, 0);
        for part in sheets {
            aside += part.aside.len();
            if let SheetContent::Tables(tables) = &part.content {
                for table in tables {
                    rows += table.rows.len();
                    values += table.rows.par_iter().map(|row| row.values.len()).sum::<usize>();
                }
            }
        }
        self.records.rows.reserve(rows + aside);
        self.records.values.reserve(values);
        self.records.mentions.reserve(rows);
        self.contacts.reserve(rows);
        self.repeats.reserve(rows);
    }

    fn session(
        &mut self,
        key: SessionKey,
        place: Place,
        source: usize,
        raw: &RawSession,
        log_row: Option<RowId>,
    ) -> usize {
        if let Some(known) = self.sessions.find(&key) {
            self.sessions.note_place(known, place);
            return known;
        }
        let texts = &mut self.records.texts;
        let mut intern = |text: Option<Ustr>| text.map(|text| texts.intern_kept(text));
        let described = Session {
            site: intern(raw.site),
            title: intern(raw.title),
            group: intern(raw.group),
            facilitator: intern(raw.facilitator),
            number: intern(raw.number),
            ..sessions::blank(&key, source, log_row)
        };
        self.sessions.add(key, place, described)
    }
}

/// The population of each source, as an index into the populations of the records.
fn populations(sources: &[Source], records: &Records) -> Vec<u16> {
    let position = |source: &Source| {
        let mut known = records.populations.iter();
        known.position(|known| *known == source.population).unwrap_or_default()
    };
    let found = sources.iter().map(position);
    found.map(|found| u16::try_from(found).unwrap_or_default()).collect()
}

/// The rows of tables that stand beside each other, in order of place: index of the table, index of its row.
fn in_order(band: &[Table]) -> Vec<(usize, usize)> {
    let mut rows: Vec<(usize, usize)> = band
        .iter()
        .enumerate()
        .flat_map(|(part, table)| (0..table.rows.len()).map(move |row| (part, row)))
        .collect();
    if band.len() > 1 {
        rows.sort_by_key(|(part, row)| (band[*part].rows[*row].number, *part));
    }
    rows
}

#[cfg(test)]
mod tests;
