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
    count: usize,
    /// Rows that are not alone.
    together: usize,
}

impl Companies {
    fn of<'r>(rows: impl Iterator<Item = &'r RawRow>) -> Self {
        let mut sizes: HashMap<(NaiveDate, [Option<Ustr>; 6]), usize> = HashMap::new();
        for row in rows {
            if let RowDate::Day(day) = row.session.date {
                *sizes.entry((day, row.session.words())).or_default() += 1;
            }
        }
        Self {
            rows: sizes.values().sum(),
            count: sizes.len(),
            together: sizes.values().filter(|size| **size > 1).sum(),
        }
    }

    /// Rows of a company, on the whole.
    fn size(&self) -> f64 {
        self.rows as f64 / self.count.max(1) as f64
    }
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
        let worded = rows.iter().any(|row| row.session.words().iter().any(Option::is_some));
        if !worded && block.has(OF_SERVICES) {
            return Single::ByRow;
        }
        let surely = block.has(SURELY) || at.table.single_hours;
        let each = surely || companies.size() < MET;
        let many = companies.size() >= SURELY_MET;
        let unsure = each || !many || block.has(&[Role::Facilitator]);
        if (surely && many) || (!surely && unsure) {
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
            ("sessions", companies.count.to_string()),
        ];
        let place = at.cell(at.block().header_bottom, None);
        self.find(kind, place, &args);
    }
}

/// Whether a row of a list, of whose sessions no definition speaks, is one of its own.
pub(super) fn is_single(at: At, state: &TableState, row: &RawRow, words: &[String; 6]) -> bool {
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

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::counted;

    #[test]
    fn consultations_by_code_are_sessions_of_their_own_whatever_stands_beside() {
        for (text, told) in [
            (
                "Дата|Код клієнта|Тема\n12.01.2026|K-000|тривога\n12.01.2026|K-003|тривога\n10.02.2026|K-000|тривога",
                true,
            ),
            (
                "Date|Time|Client code|Duration (min)|Topic\n02.03.2026|10:00|A-01|#50|x\n02.03.2026|11:00|A-02|#50|x\n\
                 09.03.2026|10:00|A-01|#50|x",
                false,
            ),
            (
                "Date|Time|Client code\n02.03.2026|10:00|A-01\n02.03.2026|11:00|A-02\n09.03.2026|10:00|A-01",
                false,
            ),
            (
                "Date|Client code|Psychologist\n02.03.2026|A-01|Ivanova\n02.03.2026|A-02|Ivanova\n09.03.2026|A-01|Petrova",
                true,
            ),
        ] {
            let (contacts, sessions, kinds) = counted(text);
            assert_eq!((contacts, sessions), (3, 3), "{text}");
            assert_eq!(kinds.contains(&Kind::RowsApart), told, "{text}");
        }
    }

    #[test]
    fn many_codes_of_one_day_and_topic_met() {
        let rows = (0..24).map(|row| format!("\n0{}.03.2026|A-{}|Стрес", 2 + row / 8, row % 8));
        let text = rows.fold("Дата|Код|Тема".to_owned(), |text, row| text + &row);
        let (contacts, sessions, kinds) = counted(&text);
        assert_eq!((contacts, sessions), (24, 3));
        assert!(!kinds.contains(&Kind::RowsTogether));
    }

    #[test]
    fn people_of_forms_that_ask_for_the_day_of_a_session_share_it() {
        let rows = "2026-03-20T10:00:00.000+02:00|Mary Smith|2026-02-10|2026-03-20T10:15:00|#1\n\
                    2026-03-20T10:06:00.000+02:00|John Brown|2026-02-10|2026-03-20T10:15:00|#2\n\
                    2026-03-20T10:09:00.000+02:00|Mary Smith|2026-02-17|2026-03-20T10:15:00|#3";
        let (contacts, sessions, kinds) =
            counted(&format!("start|Full name|Date of session|_submission_time|_id\n{rows}"));
        assert_eq!((contacts, sessions), (3, 2));
        assert!(kinds.contains(&Kind::RowsTogether));
        let with_service = rows.replace("|#", "|legal|#");
        let (_, sessions, kinds) = counted(&format!(
            "start|Full name|Date of session|_submission_time|Service|_id\n{with_service}"
        ));
        assert_eq!(sessions, 3);
        assert!(kinds.contains(&Kind::FormsApart));
    }

    #[test]
    fn the_day_that_a_form_asks_for_beats_the_instant_at_which_it_was_sent() {
        let (contacts, sessions, _) = counted(
            "Позначка часу|ПІБ|Дата заняття\n20.03.2026 10:00:00|Коваль Ольга|05.02.2026\n\
             20.03.2026 10:03:00|Лис Ян|05.02.2026\n20.03.2026 10:04:00|Сова Ія|12.02.2026",
        );
        assert_eq!((contacts, sessions), (3, 2));
    }
}
