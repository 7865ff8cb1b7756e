//! Whether each row of a list is a session of its own: a service given to one person, or somebody among those who met.
//!
//! Rows that name people share a session with all who are named beside the same words. Rows of codes log services one
//! by one where they say what was done; where they say less, the number of those that share a day decides, and that is
//! told. Forms that ask for the day of a session and name people are a list of those who met on it, unless they say
//! what was done for each.

use std::collections::HashMap;

use chrono::NaiveDate;
use ustr::Ustr;

use super::{Assembler, At, TableState};
use crate::ingest::came::Came;
use crate::ingest::findings::Kind;
use crate::ingest::layout::Block;
use crate::ingest::rows::{RawRow, RowDate};
use crate::ingest::vocabulary::Role;
use crate::project::model::Layout;

/// Headings of a table that says of each row what was done for somebody.
pub(super) const OF_SERVICES: &[Role] = &[
    Role::Service,
    Role::Duration,
    Role::Mode,
    Role::Amount,
    Role::Status,
    Role::CaseNumber,
    Role::SessionTime,
    Role::Notes,
    Role::Activity,
    Role::Relation,
];
/// Those of them that hardly any list of people who met has.
const SURELY: &[Role] = &[
    Role::Service,
    Role::Duration,
    Role::Mode,
    Role::Amount,
    Role::CaseNumber,
];
/// Headings that name a meeting.
const OF_MEETINGS: &[Role] = &[Role::Event, Role::Group, Role::EventNumber];
/// Rows of codes that share a day and its words, on the whole, from which they are those of people who met.
const MET: f64 = 2.0;
/// The same from which nobody has to be asked.
const SURELY_MET: f64 = 4.0;

/// What is known of a table before its rows are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Single {
    /// Each row decides for itself.
    #[default]
    ByRow,
    /// Rows of codes, and forms, are sessions of their own.
    Each,
    /// Rows that share a day and its words are one session.
    Shared,
}

/// Rows that share a day and all words of their session.
struct Companies {
    rows: usize,
    companies: usize,
    /// Rows that are not alone.
    together: usize,
}

impl Companies {
    fn of<'r>(rows: impl Iterator<Item = &'r RawRow>) -> Self {
        let mut sizes: HashMap<(NaiveDate, [Option<Ustr>; 6]), usize> = HashMap::new();
        for row in rows {
            if let RowDate::Day(day) = row.session.date {
                *sizes.entry((day, words(row))).or_default() += 1;
            }
        }
        Self {
            rows: sizes.values().sum(),
            companies: sizes.len(),
            together: sizes.values().filter(|size| **size > 1).sum(),
        }
    }

    /// Rows of a company, on the whole.
    fn size(&self) -> f64 {
        self.rows as f64 / self.companies.max(1) as f64
    }
}

fn words(row: &RawRow) -> [Option<Ustr>; 6] {
    let said = &row.session;
    [
        said.title,
        said.group,
        said.site,
        said.facilitator,
        said.number,
        said.time,
    ]
}

fn is_named(row: &RawRow) -> bool {
    row.person.full_name.is_some() || row.person.surname.is_some()
}

/// Whether the lines above a table, or a column of it, name a meeting.
fn names_meetings(block: &Block) -> bool {
    let heading = &block.heading;
    let above = [&heading.title, &heading.group, &heading.number];
    block.has(OF_MEETINGS) || above.iter().any(|said| said.is_some())
}

impl Assembler<'_> {
    /// Decides for a list whose rows do not say it one by one, and tells what was decided.
    pub(super) fn single(&mut self, at: At, is_of_names: bool) -> Single {
        let (block, rows) = (at.block(), &at.table.rows);
        let defined = self.sources[at.source].session.is_some();
        if defined || block.layout != Layout::List || block.column(Role::SessionDate).is_none() {
            return Single::ByRow;
        }
        if block.tells_forms_apart() {
            return if is_of_names { self.forms(at) } else { Single::ByRow };
        }
        let codes = |row: &&RawRow| row.person.code.is_some() && row.came == Came::Yes;
        let logged = rows.iter().any(|row| row.visit.is_some() || row.session.time.is_some());
        if is_of_names || logged || names_meetings(block) {
            return Single::ByRow;
        }
        let companies = Companies::of(rows.iter().filter(codes));
        if companies.together == 0 {
            return Single::ByRow;
        }
        let worded = rows.iter().any(|row| words(row).iter().any(Option::is_some));
        if !worded && block.has(OF_SERVICES) {
            return Single::ByRow;
        }
        let surely = block.has(SURELY) || at.table.single_hours;
        let each = surely || companies.size() < MET;
        if !surely && (each || companies.size() < SURELY_MET || block.has(&[Role::Facilitator])) {
            let kind = if each { Kind::RowsApart } else { Kind::RowsTogether };
            self.tell_single(at, kind, &companies);
        }
        if each { Single::Each } else { Single::Shared }
    }

    /// Forms that ask for the day of a session.
    fn forms(&mut self, at: At) -> Single {
        let (block, rows) = (at.block(), &at.table.rows);
        let asked = |by_content: bool| {
            let mut columns = block.columns.iter();
            columns.any(|column| column.role == Some(Role::SessionDate) && column.by_content == by_content)
        };
        let holds = |row: &&RawRow| {
            let place = at.cell(row.number, None);
            is_named(row) && row.came == Came::Yes && self.forms.judgement(place).is_none()
        };
        let companies = Companies::of(rows.iter().filter(holds));
        if companies.together == 0 || !asked(false) {
            return Single::ByRow;
        }
        let each = block.has(SURELY);
        let kind = if each { Kind::FormsApart } else { Kind::RowsTogether };
        self.tell_single(at, kind, &companies);
        if each { Single::Each } else { Single::Shared }
    }

    fn tell_single(&mut self, at: At, kind: Kind, companies: &Companies) {
        let args = [
            ("rows", companies.together.to_string()),
            ("sessions", companies.companies.to_string()),
        ];
        let place = at.cell(at.block().header_bottom, None);
        self.find(kind, place, &args);
    }

    /// Whether a row of a list, of whose sessions no definition speaks, is one of its own.
    pub(super) fn is_single(&self, at: At, state: &TableState, row: &RawRow, words: &[String; 6]) -> bool {
        if row.form.is_some() && at.block().tells_forms_apart() {
            return state.single != Single::Shared || !is_named(row);
        }
        if state.is_of_names || row.visit.is_some() || is_named(row) {
            return false;
        }
        if row.person.code.is_some() && state.single != Single::ByRow {
            return state.single == Single::Each;
        }
        // A list of codes that names no meeting logs services one by one, where it says what was done; where it
        // says nothing but who came on a day, it is one of those who met; so is somebody without a name among
        // people with one.
        (row.person.code.is_none() || at.block().has(OF_SERVICES))
            && words.iter().all(String::is_empty)
            // A day above the list is that of one meeting.
            && (row.session.date_column.is_some() || at.block().has(OF_SERVICES))
    }
}
