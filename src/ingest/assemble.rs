//! Files read one by one → records: rows with their fates, mentions, sessions, contacts, head-counts.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike as _, Days, NaiveDate};

use super::findings::Kind;
use super::layout::Block;
use super::marks::Mark;
use super::reading::{FileReading, SheetContent, Table};
use super::records::{
    Contact, Context, Fate, Field, FieldId, FieldValue, FileId, Finding, HeadCount, HeadCountPart, Identity, Mention,
    MentionId, Place, Reason, Records, Row, RowId, Session, TextId,
};
use super::repeats::{self, Content, Repeats};
use super::rows::{self, CellIssue, RawIdentity, RawRow, RowDate};
use super::sessions::{self, SessionKey, Sessions};
use super::values::RawValue;
use super::vocabulary::{self, Role, Vocabulary};
use crate::project::model::{ActivityRule, Layout, Source};

/// A date this far beyond the project's end is a slip of the pen, not the next stage.
const FAR_FUTURE: Days = Days::new(366);
/// Years before this one are slips of the pen.
const FIRST_YEAR: i32 = 2000;

/// Puts files together, in the order they are given.
pub(crate) struct Assembler<'a> {
    sources: &'a [Source],
    project: Option<(NaiveDate, NaiveDate)>,
    vocabulary: &'static Vocabulary,
    pub(crate) records: Records,
    field_ids: HashMap<String, FieldId>,
    sessions: Sessions,
    /// Contacts with the index of the session while reading.
    contacts: Vec<(MentionId, usize, Place)>,
    head_counts: Vec<(usize, HeadCount)>,
    groups: u32,
    /// Columns of registers met in a file, by activity, day and words.
    register_columns: HashMap<(FileId, TextId, NaiveDate, [String; 5]), u32>,
    pub(crate) repeats: Repeats,
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
    fn cell(self, row: u32, column: Option<u16>) -> Place {
        Place {
            file: self.file,
            sheet: self.sheet,
            row,
            column,
        }
    }

    fn block(&self) -> &Block {
        &self.table.block
    }
}

impl<'a> Assembler<'a> {
    pub(crate) fn new(
        sources: &'a [Source],
        project: Option<(NaiveDate, NaiveDate)>,
        vocabulary: &'static Vocabulary,
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
            vocabulary,
            records,
            field_ids: HashMap::new(),
            sessions: Sessions::default(),
            contacts: Vec::new(),
            head_counts: Vec::new(),
            groups: 0,
            register_columns: HashMap::new(),
            repeats: Repeats::default(),
        }
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

    /// Adds a file whose entry is in the records already.
    pub(crate) fn file(&mut self, file: FileId, reading: &FileReading) {
        for (source, sheet) in &reading.missing_sheets {
            let place = Place {
                file,
                sheet: 0,
                row: 0,
                column: None,
            };
            let definition = self.defined_at(*source);
            self.find(
                Kind::MissingSheet,
                place,
                &[("sheet", sheet.clone()), ("source", definition)],
            );
        }
        for (index, part) in reading.sheets.iter().enumerate() {
            let sheet = u16::try_from(index).unwrap_or(u16::MAX);
            let whole = Place {
                file,
                sheet,
                row: 0,
                column: None,
            };
            let source = part.source.unwrap_or_default();
            self.sheet_findings(whole, part.hidden_rows, &part.content);
            for column in &part.missing_columns {
                let definition = self.defined_at(source);
                self.find(
                    Kind::MissingColumn,
                    whole,
                    &[("column", column.clone()), ("source", definition)],
                );
            }
            let mut next_aside = part.aside.iter().peekable();
            if let SheetContent::Tables(tables) = &part.content {
                for table in tables {
                    let at = At {
                        file,
                        sheet,
                        source,
                        table,
                    };
                    self.table_findings(at);
                    let mut state = self.begin(at);
                    for row in &table.rows {
                        while let Some((number, reason)) = next_aside.next_if(|(number, _)| *number < row.number) {
                            self.aside(at.cell(*number, None), source, *reason);
                        }
                        self.row(at, &mut state, row);
                    }
                }
            }
            for (number, reason) in next_aside {
                let place = Place {
                    file,
                    sheet,
                    row: *number,
                    column: None,
                };
                self.push_row(place, source, Fate::SetAside(*reason));
                if *reason == Reason::NoPerson {
                    self.find(Kind::NoPerson, place, &[]);
                }
            }
        }
    }

    /// A row outside the data.
    fn aside(&mut self, place: Place, source: usize, reason: Reason) {
        self.push_row(place, source, Fate::SetAside(reason));
        if reason == Reason::NoPerson {
            self.find(Kind::NoPerson, place, &[]);
        }
    }

    fn defined_at(&self, source: usize) -> String {
        let at = &self.sources[source].at;
        format!("{}:{}", at.file, at.line)
    }

    fn sheet_findings(&mut self, whole: Place, hidden_rows: usize, content: &SheetContent) {
        match content {
            SheetContent::Empty => self.find(Kind::EmptySheet, whole, &[]),
            SheetContent::Hidden => self.find(Kind::HiddenSheet, whole, &[]),
            SheetContent::Summary => self.find(Kind::SummarySheet, whole, &[]),
            SheetContent::NoTable => self.find(Kind::NoTable, whole, &[]),
            SheetContent::NotNamed | SheetContent::Tables(_) => {}
        }
        if hidden_rows > 0 {
            self.find(Kind::HiddenRows, whole, &[("count", hidden_rows.to_string())]);
        }
    }

    fn table_findings(&mut self, at: At) {
        for total in &at.table.differing {
            let args = [
                ("written", total.written.to_string()),
                ("counted", total.counted.to_string()),
            ];
            self.find(Kind::TotalDiffers, at.cell(total.row, Some(total.column)), &args);
        }
        if at.block().layout != Layout::Register {
            return;
        }
        let mut any = false;
        for (index, session) in at.block().sessions.iter().enumerate() {
            let marked = at
                .table
                .rows
                .iter()
                .any(|row| row.marks.contains(&(index, Mark::Present)));
            any |= marked;
            let place = at.cell(session.row, Some(session.column));
            match &session.date {
                Ok(date) => {
                    if let Some(reason) = self.date_problem(*date) {
                        self.date_finding(reason, place, &date.to_string());
                    } else if !marked {
                        self.find(Kind::EmptySession, place, &[("date", date.to_string())]);
                    }
                }
                Err(written) => self.date_finding(Reason::ImpossibleDate, place, written),
            }
        }
        if !any && !at.table.rows.is_empty() {
            self.find(Kind::NoMarks, at.cell(at.block().header_top, None), &[]);
        }
    }

    /// Why a date can't be counted, if so (rule 14).
    fn date_problem(&self, date: NaiveDate) -> Option<Reason> {
        if date.year() < FIRST_YEAR {
            return Some(Reason::ImplausibleDate);
        }
        let (start, end) = self.project?;
        if date > end.checked_add_days(FAR_FUTURE).unwrap_or(NaiveDate::MAX) {
            Some(Reason::ImplausibleDate)
        } else if date < start || date > end {
            Some(Reason::OutsideProject)
        } else {
            None
        }
    }

    fn date_finding(&mut self, reason: Reason, place: Place, written: &str) {
        let kind = match reason {
            Reason::ImplausibleDate => Kind::FutureDate,
            Reason::OutsideProject => Kind::OutsideProject,
            Reason::NoDate => Kind::NoDate,
            _ => Kind::ImpossibleDate,
        };
        self.find(kind, place, &[("value", written.to_owned())]);
    }

    fn push_row(&mut self, place: Place, source: usize, fate: Fate) -> RowId {
        let end = u32::try_from(self.records.values.len()).expect("fewer than 2^32 values");
        let id = self.records.rows.len().into();
        self.records.rows.push(Row {
            place,
            source,
            fate,
            values: end..end,
        });
        id
    }

    /// Ids that the rows of a table share: its group, and the sessions of its columns.
    fn begin(&mut self, at: At) -> TableState {
        let mut state = TableState {
            group: self.groups,
            columns: Vec::new(),
            session_groups: HashMap::new(),
        };
        self.groups += 1;
        let source = &self.sources[at.source];
        let activity = match &source.activity {
            ActivityRule::Fixed(activity) => activity.as_str(),
            ActivityRule::None | ActivityRule::ByField { .. } => "",
        };
        let activity = self.records.texts.intern(activity);
        let heading = rows::of_heading(at.block(), source);
        let words = sessions::words(&heading, source.session.as_deref(), self.vocabulary);
        for (index, session) in at.block().sessions.iter().enumerate() {
            let marked = at
                .table
                .rows
                .iter()
                .any(|row| row.marks.contains(&(index, Mark::Present)));
            let date = session
                .date
                .as_ref()
                .ok()
                .copied()
                .filter(|date| marked && self.date_problem(*date).is_none());
            let Some(date) = date else {
                state.columns.push(None);
                continue;
            };
            // Columns of one file that share day and words are sessions of their own.
            let population = self.population(at.source);
            let nth = self
                .register_columns
                .entry((at.file, activity, date, words.clone()))
                .or_insert(0);
            let key = SessionKey {
                activity,
                population,
                date,
                words: words.clone(),
                nth: *nth,
            };
            *nth += 1;
            let place = at.cell(session.row, Some(session.column));
            state
                .columns
                .push(Some(self.session(key, place, at.source, &heading, None)));
        }
        state
    }

    fn population(&self, source: usize) -> u16 {
        let population = &self.sources[source].population;
        let found = self
            .records
            .populations
            .iter()
            .position(|known| known == population)
            .unwrap_or_default();
        u16::try_from(found).unwrap_or_default()
    }

    fn session(
        &mut self,
        key: SessionKey,
        place: Place,
        source: usize,
        raw: &super::rows::RawSession,
        log_row: Option<RowId>,
    ) -> usize {
        if let Some(known) = self.sessions.find(&key) {
            self.sessions.note_place(known, place);
            return known;
        }
        let texts = &mut self.records.texts;
        let mut intern = |text: &Option<String>| text.as_ref().map(|text| texts.intern(text));
        let described = Session {
            site: intern(&raw.site),
            title: intern(&raw.title),
            group: intern(&raw.group),
            facilitator: intern(&raw.facilitator),
            number: intern(&raw.number),
            ..sessions::blank(&key, source, log_row)
        };
        self.sessions.add(key, place, described)
    }

    fn row(&mut self, at: At, state: &mut TableState, row: &RawRow) {
        let id = self.push_row(at.cell(row.number, None), at.source, Fate::Counted);
        self.row_values(at, id, row);
        self.cell_issues(at, row);
        let content = self.content(at, row);
        if let Some(original) = content.and_then(|content| self.repeats.note(at.file, id, content)) {
            self.set_aside(id, Reason::Repeat);
            let place = at.cell(row.number, None);
            self.find(Kind::RowRepeated, place, &[]);
            let other = self.records.rows[original.index()].place;
            self.records
                .findings
                .last_mut()
                .expect("just pushed")
                .others
                .push(other);
            return;
        }
        match at.block().layout {
            Layout::List => self.list_row(at, state, row, id),
            Layout::Register => self.register_row(at, state, row, id),
            Layout::EventLog => self.log_row(at, row, id),
            Layout::Registry => {
                let group = self.new_group();
                self.mention(at, row, id, group, Context::default(), None, true);
            }
        }
    }

    fn set_aside(&mut self, row: RowId, reason: Reason) {
        self.records.rows[row.index()].fate = Fate::SetAside(reason);
    }

    fn row_values(&mut self, at: At, id: RowId, row: &RawRow) {
        let start = u32::try_from(self.records.values.len()).expect("fewer than 2^32 values");
        for (column, value) in &row.values {
            let column = &at.block().columns[*column];
            let field = self.field(&column.key, &column.header);
            let texts = &mut self.records.texts;
            let value = match value {
                RawValue::Text(text) => FieldValue::Text(texts.intern(text)),
                RawValue::Code(code) => FieldValue::Code(texts.intern(code)),
                RawValue::Number(number) => FieldValue::Number(*number),
                RawValue::Date(date) => FieldValue::Date(*date),
                RawValue::YesNo(answer) => FieldValue::YesNo(*answer),
                RawValue::Set(codes) => FieldValue::Set(codes.iter().map(|code| texts.intern(code)).collect()),
            };
            self.records.values.push((field, value));
        }
        let end = u32::try_from(self.records.values.len()).expect("fewer than 2^32 values");
        self.records.rows[id.index()].values = start..end;
    }

    fn field(&mut self, key: &str, header: &str) -> FieldId {
        if let Some(id) = self.field_ids.get(key) {
            return *id;
        }
        let id = self.records.fields.len().into();
        self.records.fields.push(Field {
            key: key.to_owned(),
            header: header.to_owned(),
        });
        self.field_ids.insert(key.to_owned(), id);
        id
    }

    fn cell_issues(&mut self, at: At, row: &RawRow) {
        for (column, issue) in &row.issues {
            let place = at.cell(row.number, Some(*column));
            match issue {
                CellIssue::Birth => self.find(Kind::ImpossibleBirth, place, &[]),
                CellIssue::Mark(mark) => self.find(Kind::UnknownMark, place, &[("value", mark.clone())]),
                CellIssue::Error(error) => self.find(Kind::ErrorCell, place, &[("value", error.clone())]),
                CellIssue::Formula => self.find(Kind::FormulaWithoutResult, place, &[]),
            }
        }
        let consent = at
            .block()
            .columns
            .iter()
            .position(|column| column.role == Some(Role::Consent));
        if consent.is_some_and(|consent| row.values.contains(&(consent, RawValue::YesNo(false)))) {
            self.find(Kind::NoConsent, at.cell(row.number, None), &[]);
        }
    }

    /// Fingerprint of what a row says about person and session; `None` for rows that say too little to be told apart.
    fn content(&self, at: At, row: &RawRow) -> Option<Content> {
        let person = &row.person;
        let mut parts = vec![
            format!("{:?}", at.block().layout),
            format!("{:?}", self.sources[at.source].activity),
        ];
        let written = [
            &person.full_name,
            &person.surname,
            &person.given_name,
            &person.patronymic,
            &person.code,
            &person.phone,
            &person.settlement,
            &row.session.title,
            &row.session.group,
            &row.session.site,
            &row.session.facilitator,
        ];
        let said = written.iter().filter(|text| text.is_some()).count();
        parts.extend(
            written
                .into_iter()
                .map(|text| text.as_deref().map(vocabulary::normalise).unwrap_or_default()),
        );
        parts.push(format!("{:?} {:?} {:?}", person.birth, person.age, row.session.date));
        parts.extend(
            row.values
                .iter()
                .map(|(column, value)| format!("{} {value:?}", at.block().columns[*column].key)),
        );
        for (session, mark) in row.marks.iter().filter(|(_, mark)| *mark != Mark::Blank) {
            parts.push(format!("{:?} {mark:?}", at.block().sessions[*session].date));
        }
        (said >= 2 || !row.values.is_empty()).then(|| repeats::content(&parts))
    }

    fn activity(&mut self, at: At, row: &RawRow) -> Option<TextId> {
        match &self.sources[at.source].activity {
            ActivityRule::None => Some(self.records.texts.intern("")),
            ActivityRule::Fixed(activity) => Some(self.records.texts.intern(activity)),
            ActivityRule::ByField { field, values } => {
                let column = at.block().columns.iter().position(|column| column.key == *field)?;
                let (_, value) = row.values.iter().find(|(index, _)| *index == column)?;
                let written = match value {
                    RawValue::Text(text) | RawValue::Code(text) => vocabulary::normalise(text),
                    RawValue::Number(number) => number.to_string(),
                    _ => return None,
                };
                let activity = values
                    .iter()
                    .find(|(word, _)| vocabulary::normalise(word) == written)?
                    .1;
                Some(self.records.texts.intern(activity))
            }
        }
    }

    /// The day of a row's session, or the row set aside with a finding.
    fn day(&mut self, at: At, row: &RawRow, id: RowId) -> Option<NaiveDate> {
        let place = at.cell(row.number, row.session.date_column);
        let (reason, written) = match &row.session.date {
            RowDate::Day(day) => match self.date_problem(*day) {
                None => return Some(*day),
                Some(reason) => (reason, day.to_string()),
            },
            RowDate::Impossible(written) => (Reason::ImpossibleDate, written.clone()),
            RowDate::Missing => (Reason::NoDate, String::new()),
        };
        self.set_aside(id, reason);
        self.date_finding(reason, place, &written);
        None
    }

    fn list_row(&mut self, at: At, state: &mut TableState, row: &RawRow, id: RowId) {
        let day = self.day(at, row, id);
        let activity = self.activity(at, row);
        if day.is_some() && activity.is_none() {
            self.set_aside(id, Reason::NotUnderstood);
            self.find(Kind::ActivityNotNamed, at.cell(row.number, None), &[]);
        }
        let source = &self.sources[at.source];
        let mut words = sessions::words(&row.session, source.session.as_deref(), self.vocabulary);
        let own = match &source.session {
            Some(fields) => fields.iter().any(|field| field == "row"),
            // A list of codes that names no meeting logs services one by one.
            None => {
                row.person.full_name.is_none() && row.person.surname.is_none() && words.iter().all(String::is_empty)
            }
        };
        if source.session.is_none() && !own {
            // The number of a list is the number of its event, not of its line.
            words[4] = row
                .session
                .number
                .as_deref()
                .map(vocabulary::normalise)
                .unwrap_or_default();
        }
        let nth = if own { id.0 + 1 } else { 0 };
        let key = day.zip(activity).map(|(date, activity)| SessionKey {
            activity,
            population: self.population(at.source),
            date,
            words,
            nth,
        });
        let place = at.cell(row.number, None);
        let session = key.map(|key| self.session(key, place, at.source, &row.session, None));
        let context = self.context(activity, row);
        let group = self.list_group(state, session);
        let mention = self.mention(
            at,
            row,
            id,
            group,
            context,
            day.filter(|_| session.is_some()),
            session.is_some(),
        );
        if let Some(session) = session {
            self.contacts.push((mention, session, place));
        }
    }

    fn new_group(&mut self) -> u32 {
        self.groups += 1;
        self.groups - 1
    }

    /// Rows of one list and one session share a group; a row without a session is in one of its own.
    fn list_group(&mut self, state: &mut TableState, session: Option<usize>) -> u32 {
        let Some(session) = session else {
            return self.new_group();
        };
        if let Some(group) = state.session_groups.get(&session) {
            return *group;
        }
        let group = self.new_group();
        state.session_groups.insert(session, group);
        group
    }

    fn context(&mut self, activity: Option<TextId>, row: &RawRow) -> Context {
        let vocabulary = self.vocabulary;
        let texts = &mut self.records.texts;
        let mut intern = |text: &Option<String>| {
            text.as_ref()
                .map(|text| texts.intern(&vocabulary::normalise(&vocabulary.strip_settlement(text))))
        };
        Context {
            activity,
            site: intern(&row.session.site),
            group: intern(&row.session.group),
        }
    }

    fn mention(
        &mut self,
        at: At,
        row: &RawRow,
        id: RowId,
        group: u32,
        context: Context,
        date: Option<NaiveDate>,
        informs: bool,
    ) -> MentionId {
        let identity = self.identity(&row.person);
        let mention = Mention {
            row: id,
            place: at.cell(row.number, row.column),
            identity,
            group,
            context,
            date,
            population: self.population(at.source),
            informs,
        };
        self.records.mentions.push(mention);
        (self.records.mentions.len() - 1).into()
    }

    fn identity(&mut self, person: &RawIdentity) -> Identity {
        let texts = &mut self.records.texts;
        let mut intern = |text: &Option<String>| text.as_ref().map(|text| texts.intern(text));
        Identity {
            full_name: intern(&person.full_name),
            surname: intern(&person.surname),
            given_name: intern(&person.given_name),
            patronymic: intern(&person.patronymic),
            phone: intern(&person.phone),
            email: intern(&person.email),
            code: intern(&person.code),
            settlement: intern(&person.settlement),
            household: intern(&person.household),
            birth: person.birth,
            age: person.age,
            sex: person.sex.map(|sex| texts.intern(sex)),
        }
    }

    fn register_row(&mut self, at: At, state: &TableState, row: &RawRow, id: RowId) {
        let present: Vec<usize> = row
            .marks
            .iter()
            .filter(|(_, mark)| *mark == Mark::Present)
            .map(|(index, _)| *index)
            .collect();
        let counted: Vec<(usize, usize)> = present
            .iter()
            .filter_map(|index| Some((*index, state.columns[*index]?)))
            .collect();
        let fate = if !counted.is_empty() {
            Fate::Counted
        } else if present.is_empty() {
            Fate::SetAside(Reason::NeverCame)
        } else {
            let dates = present.iter().map(|index| &at.block().sessions[*index].date);
            let reason = dates
                .filter_map(|date| date.as_ref().ok())
                .find_map(|date| self.date_problem(*date));
            Fate::SetAside(reason.unwrap_or(Reason::ImpossibleDate))
        };
        if fate == Fate::SetAside(Reason::NeverCame) {
            self.find(Kind::NeverCame, at.cell(row.number, row.column), &[]);
        }
        self.records.rows[id.index()].fate = fate;
        let first = counted
            .iter()
            .filter_map(|(index, _)| at.block().sessions[*index].date.as_ref().ok())
            .min()
            .copied();
        let activity = self.activity(at, row);
        let context = self.context(activity, row);
        let mention = self.mention(at, row, id, state.group, context, first, fate == Fate::Counted);
        for (index, session) in counted {
            let column = at.block().sessions[index].column;
            self.contacts
                .push((mention, session, at.cell(row.number, Some(column))));
        }
    }

    fn log_row(&mut self, at: At, row: &RawRow, id: RowId) {
        let Some(date) = self.day(at, row, id) else { return };
        let Some(activity) = self.activity(at, row) else {
            self.set_aside(id, Reason::NotUnderstood);
            self.find(Kind::ActivityNotNamed, at.cell(row.number, None), &[]);
            return;
        };
        let source = &self.sources[at.source];
        let words = sessions::words(&row.session, source.session.as_deref(), self.vocabulary);
        // Every line of a log is an event of its own, whatever it shares with another.
        let key = SessionKey {
            activity,
            population: self.population(at.source),
            date,
            words,
            nth: id.0 + 1,
        };
        let session = self.session(key, at.cell(row.number, None), at.source, &row.session, Some(id));
        self.sessions.get_mut(session).listed = false;
        if let Some(count) = self.head_count(at, row, id) {
            self.head_counts.push((session, count));
        }
    }

    fn head_count(&mut self, at: At, row: &RawRow, id: RowId) -> Option<HeadCount> {
        let number = |role: Role| {
            let column = at.block().columns.iter().position(|column| column.role == Some(role))?;
            let value = row.values.iter().find(|(index, _)| *index == column);
            match value.map(|(_, value)| value) {
                Some(RawValue::Number(number)) if *number >= 0.0 && *number < 1e9 =>
                {
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
                    Some(number.round() as u32)
                }
                _ => None,
            }
        };
        let parts: Vec<(Option<&str>, Option<bool>, u32)> = [
            (Role::CountWomen, Some("female"), Some(false)),
            (Role::CountMen, Some("male"), Some(false)),
            (Role::CountGirls, Some("female"), Some(true)),
            (Role::CountBoys, Some("male"), Some(true)),
            (Role::CountFemale, Some("female"), None),
            (Role::CountMale, Some("male"), None),
        ]
        .into_iter()
        .filter_map(|(role, sex, child)| Some((sex, child, number(role)?)))
        .collect();
        let sum: u32 = parts.iter().map(|(_, _, count)| count).sum();
        let written = number(Role::CountTotal);
        if let Some(total) = written.filter(|total| !parts.is_empty() && *total != sum) {
            let args = [("total", total.to_string()), ("parts", sum.to_string())];
            self.find(
                Kind::PartsDiffer,
                at.cell(row.number, at.block().column(Role::CountTotal)),
                &args,
            );
        }
        let total = written.or_else(|| (!parts.is_empty()).then_some(sum))?;
        let texts = &mut self.records.texts;
        let parts = if sum > total { Vec::new() } else { parts };
        let parts = parts
            .into_iter()
            .filter(|(_, _, count)| *count > 0)
            .map(|(sex, child, count)| HeadCountPart {
                sex: sex.map(|sex| texts.intern(sex)),
                child,
                count,
            })
            .collect();
        Some(HeadCount {
            session: super::records::SessionId(0),
            row: id,
            total,
            parts,
        })
    }

    /// Settles sessions and what hangs on them.
    pub(crate) fn finish(mut self) -> (Records, Repeats) {
        let finished = std::mem::take(&mut self.sessions).finish();
        self.records.sessions = finished.sessions;
        self.records.contacts = self
            .contacts
            .iter()
            .map(|(mention, session, place)| Contact {
                mention: *mention,
                session: finished.ids[*session],
                place: *place,
            })
            .collect();
        let counts = std::mem::take(&mut self.head_counts);
        self.records.head_counts = counts
            .into_iter()
            .map(|(session, count)| HeadCount {
                session: finished.ids[session],
                ..count
            })
            .collect();
        for session in finished.without_event {
            let session = &self.records.sessions[session.index()];
            let (place, date) = (session.places[0], session.date.to_string());
            self.find(Kind::ListWithoutEvent, place, &[("date", date)]);
        }
        self.lists_missing();
        self.files_repeated();
        (self.records, self.repeats)
    }

    /// Log lines that speak of a signed list which is not among the files.
    fn lists_missing(&mut self) {
        let Some(field) = self.field_ids.get(Role::SignedList.key()).copied() else {
            return;
        };
        let missing: Vec<Place> = self
            .records
            .sessions
            .iter()
            .filter(|session| !session.listed)
            .filter_map(|session| session.log_row)
            .filter(|row| self.records.values_of(*row).contains(&(field, FieldValue::YesNo(true))))
            .map(|row| self.records.rows[row.index()].place)
            .collect();
        for place in missing {
            self.find(Kind::ListMissing, place, &[]);
        }
    }

    fn files_repeated(&mut self) {
        let rows = &self.records.rows;
        let mut data_rows: BTreeMap<FileId, usize> = BTreeMap::new();
        for row in rows {
            let repeated = row.fate == Fate::SetAside(Reason::Repeat);
            if repeated || row.fate == Fate::Counted || !row.values.is_empty() {
                *data_rows.entry(row.place.file).or_default() += 1;
            }
        }
        let found = repeats::repeated_files(
            &self.repeats.pairs,
            |row| rows[row.index()].place.file,
            |file| data_rows.get(&file).copied().unwrap_or(0),
        );
        let paths: Vec<String> = self.records.files.iter().map(|file| file.path.clone()).collect();
        for (copy, original, count) in found {
            let whole = |file| Place {
                file,
                sheet: 0,
                row: 0,
                column: None,
            };
            self.records.findings.push(Finding {
                kind: Kind::FileRepeated,
                place: Some(whole(copy)),
                others: vec![whole(original)],
                args: BTreeMap::from([
                    ("rows", count.to_string()),
                    ("original", paths[original.index()].clone()),
                ]),
            });
        }
    }
}

/// Ids that the rows of one table share.
struct TableState {
    /// Group of the whole table.
    group: u32,
    /// Session of each session column of a register, where it counts.
    columns: Vec<Option<usize>>,
    /// Session → group, for lists.
    session_groups: HashMap<usize, u32>,
}
