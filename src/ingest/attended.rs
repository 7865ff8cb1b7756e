//! Days attended in one cell: a form asks on which days somebody came, and each answer lists them.
//!
//! Such a table is a register: every day that is listed is a session, and whoever lists it was there. Days are taken
//! where the heading asks for them, or where people share them; else it is only said that cells list days.

mod numbered;
mod unused;

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::axis::SessionColumn;
use super::dates::{self, DateReading};
use super::findings::Kind;
use super::grid::{Grid, is_blank, text_of};
use super::layout::{self, Block, Column, PERSON};
use super::marks::Mark;
use super::noted::Noted;
use super::reading::Table;
use super::rows::{CellIssue, RawRow, RowDate};
use super::table::Cell;
use super::vocabulary::{Role, Vocabulary};
use super::when::DateContext;
use crate::project::model::{ActivityRule, DateOrder, Layout, Source};

/// Share of filled cells from which a column lists days.
const MOSTLY: f64 = 0.8;
/// Letters up to which a word beside days says nothing: "о", "at".
const SMALL_WORD: usize = 2;

/// What a cell of a column of days says.
#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Nothing,
    /// Days and nothing else, parted.
    Days(Vec<String>),
    Other(String),
}

/// A column whose cells list days.
struct Listed {
    column: u16,
    /// Whether the heading asks for days of sessions.
    asked: bool,
    /// Whether the day of the row is that on which the person was registered, and so before the others.
    beside_registration: bool,
    answers: Vec<Answer>,
}

/// Makes sessions of the days that cells list, and notes it; else notes the days of a registry that nothing counts.
pub(crate) fn days(grid: &Grid, source: &Source, context: &DateContext, vocabulary: &Vocabulary, table: &mut Table) {
    listed_days(grid, source, context, vocabulary, table);
    let unused = unused::noted(grid, source, context, table);
    table.noted.extend(unused);
}

/// Makes sessions of the days that the cells of a column list, and notes it.
fn listed_days(grid: &Grid, source: &Source, context: &DateContext, vocabulary: &Vocabulary, table: &mut Table) {
    let told_otherwise = source.layout.is_some() || source.session.is_some() || source.contact_when.is_some();
    let block = &table.block;
    let list = block.layout == Layout::List || block.layout == Layout::Registry && has_activity(source);
    if told_otherwise || !list || !block.has(PERSON) || block.has(&[Role::AttendedFlag]) {
        return;
    }
    let mut columns = block.columns.iter().filter(|column| may_list(column, source));
    let in_cells = columns.find_map(|column| Listed::of(grid, column, &table.rows, vocabulary));
    let in_cells = in_cells.filter(|_| block.layout == Layout::List);
    let Some(listed) = in_cells.or_else(|| numbered::of(grid, table, source, vocabulary)) else {
        return;
    };
    let at = |kind: Kind| Noted::at(kind, table.block.header_bottom, Some(listed.column));
    match listed.days(&table.block, context, &table.rows) {
        Some(days) if listed.is_sure(&days) => {
            let noted = at(Kind::DaysListed);
            let sessions = listed.make_register(table, &days);
            table.noted.push(noted.with("days", sessions));
        }
        _ => {
            let noted = at(Kind::DaysUnread);
            table.noted.push(noted);
        }
    }
}

/// Whether a definition does not say that its files hold no contacts.
fn has_activity(source: &Source) -> bool {
    source.activity != ActivityRule::None
}

/// Whether nothing says that a column holds something else than the days of sessions.
fn may_list(column: &Column, source: &Source) -> bool {
    let by_words = layout::named(source, column.index, &column.header).is_none();
    match column.role {
        None => by_words && column.answers.is_empty(),
        Some(Role::SessionsAttended | Role::SessionDate) => true,
        Some(_) => false,
    }
}

impl Listed {
    /// A column whose filled cells are mostly days, several in at least one.
    fn of(grid: &Grid, column: &Column, rows: &[RawRow], vocabulary: &Vocabulary) -> Option<Self> {
        let cells = rows.iter().map(|row| grid.cell(row.number, column.index));
        let answers: Vec<Answer> = cells.map(|cell| answer(cell, vocabulary)).collect();
        let (mut filled, mut days, mut several) = (0_usize, 0_usize, false);
        for answer in answers.iter().filter(|answer| **answer != Answer::Nothing) {
            filled += 1;
            if let Answer::Days(parts) = answer {
                days += 1;
                several |= readings(parts, None).is_some_and(|readings| readings.len() > 1);
            }
        }
        let lists = several && days as f64 >= MOSTLY * filled as f64;
        lists.then_some(Self {
            column: column.index,
            asked: column.role.is_some(),
            beside_registration: false,
            answers,
        })
    }

    /// The order of day and month, where the cells show one.
    fn order(&self, context: &DateContext) -> Option<DateOrder> {
        let listed = self.answers.iter().filter_map(|answer| match answer {
            Answer::Days(parts) => Some(parts.iter().map(|part| Cell::Text(part.clone())).collect()),
            Answer::Nothing | Answer::Other(_) => None,
        });
        let listed: Vec<Vec<Cell>> = listed.collect();
        let longest = || listed.iter().max_by_key(|cells| cells.len());
        let all = dates::order_of_run(listed.iter().flatten());
        let of_one = || longest().and_then(|cells| dates::order_of_run(cells.iter()));
        context.order.or(all).or_else(of_one)
    }

    /// The days of each row; `None` where one can't be told, or lies behind the day on which the row was written.
    fn days(&self, block: &Block, context: &DateContext, rows: &[RawRow]) -> Option<Vec<Vec<NaiveDate>>> {
        let apart = block.day_role().and_then(|role| block.column(role)) != Some(self.column);
        let order = self.order(context);
        let mut of_rows = Vec::with_capacity(rows.len());
        for (answer, row) in self.answers.iter().zip(rows) {
            let Answer::Days(parts) = answer else {
                of_rows.push(Vec::new());
                continue;
            };
            let either_way = |part: &String| order.is_none() && dates::part_either_way(part);
            let listed = readings(parts, order).filter(|_| !parts.iter().any(either_way))?;
            let written = match row.session.date {
                RowDate::Day(day) if apart && !self.beside_registration => Some(day),
                _ => None,
            };
            let days = listed.iter().map(|reading| whole(reading, (block, context), written));
            let mut days: Vec<NaiveDate> = days.collect::<Option<_>>()?;
            if written.is_some_and(|written| days.iter().any(|day| *day > written)) {
                return None;
            }
            days.sort_unstable();
            days.dedup();
            of_rows.push(days);
        }
        Some(of_rows)
    }

    /// Whether the days are those of sessions: the heading says so, or most of them are shared.
    fn is_sure(&self, days: &[Vec<NaiveDate>]) -> bool {
        let mut people: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for day in days.iter().flatten() {
            *people.entry(*day).or_default() += 1;
        }
        let shared = people.values().filter(|people| **people > 1).count();
        self.asked || (shared > 1 && shared * 2 > people.len())
    }

    /// Makes a session of each day; how many there are.
    fn make_register(&self, table: &mut Table, days: &[Vec<NaiveDate>]) -> usize {
        let mut sessions: Vec<NaiveDate> = days.iter().flatten().copied().collect();
        sessions.sort_unstable();
        sessions.dedup();
        let mut present = vec![0; sessions.len()];
        for ((row, days), answer) in table.rows.iter_mut().zip(days).zip(&self.answers) {
            let indices = days.iter().filter_map(|day| sessions.binary_search(day).ok());
            row.marks = indices.map(|index| (index, Mark::Present)).collect();
            for (index, _) in &row.marks {
                present[*index] += 1;
            }
            if let Answer::Other(written) = answer {
                row.issues.push((self.column, CellIssue::Mark(written.clone())));
            }
        }
        let block = &mut table.block;
        block.layout = Layout::Register;
        block.sessions = sessions
            .iter()
            .map(|day| SessionColumn {
                column: self.column,
                row: block.header_bottom,
                date: Ok(*day),
                incomplete: false,
                joined: false,
            })
            .collect();
        table.present = present;
        sessions.len()
    }
}

/// What a cell says: days and nothing else, or something else.
fn answer(cell: Option<&Cell>, vocabulary: &Vocabulary) -> Answer {
    let Some(cell) = cell.filter(|cell| !is_blank(cell)) else {
        return Answer::Nothing;
    };
    let text = text_of(cell);
    let Cell::Text(_) = cell else {
        return match dates::read(cell, None) {
            DateReading::Day(day) => Answer::Days(vec![day.to_string()]),
            _ => Answer::Other(text),
        };
    };
    if vocabulary.is_missing(&text) {
        return Answer::Nothing;
    }
    let mut words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > SMALL_WORD);
    let of_days = |word: &str| vocabulary.month(word).is_some() || vocabulary.weekday(word).is_some();
    let parts = text.split([',', ';', '\n', '|']).map(str::trim);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let span = |part: &String| dates::first_of_span(part, None).is_some();
    if words.all(of_days) && !parts.iter().any(span) && readings(&parts, None).is_some() {
        Answer::Days(parts)
    } else {
        Answer::Other(text)
    }
}

/// The days that parts of a text name; `None` where one names something else.
fn readings(parts: &[String], order: Option<DateOrder>) -> Option<Vec<DateReading>> {
    let mut readings = Vec::with_capacity(parts.len());
    for part in parts.iter().filter(|part| part.contains(|c: char| c.is_ascii_digit())) {
        let whole = dates::read_text(part, order);
        let inside = if is_day(&whole) {
            vec![whole]
        } else {
            dates::find_in_text(part)
        };
        if inside.is_empty() || !inside.iter().all(is_day) {
            return None;
        }
        readings.extend(inside);
    }
    (!readings.is_empty()).then_some(readings)
}

fn is_day(reading: &DateReading) -> bool {
    matches!(
        reading,
        DateReading::Day(_) | DateReading::DayMonth { .. } | DateReading::Ambiguous { .. }
    )
}

/// The day that a reading means, where what stands around it tells; the year is the last one before the day on which
/// the row was written.
fn whole(
    reading: &DateReading,
    (block, context): (&Block, &DateContext),
    written: Option<NaiveDate>,
) -> Option<NaiveDate> {
    match context.with_year(reading.clone(), &block.heading) {
        DateReading::Day(day) => Some(day),
        DateReading::Ambiguous { day_month, month_day } if day_month == month_day => Some(day_month),
        DateReading::DayMonth { day, month } => {
            let year = written?.year();
            let days = [year, year - 1]
                .into_iter()
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
            days.into_iter().find(|day| Some(*day) <= written)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{counted, kinds, records, sheet, source};
    use crate::project::model::ActivityRule;

    #[test]
    fn days_that_people_share_in_the_cells_of_a_form_are_sessions() {
        let (contacts, sessions, kinds) = counted(
            "Позначка часу|ПІБ|Коли ви були з нами?\n\
             20.03.2026|Сова Ія|05.02, 12.02, 19.02\n21.03.2026|Лис Ян|05.02\n22.03.2026|Коваль Ольга|12.02, 19.02",
        );
        assert_eq!((contacts, sessions), (6, 3));
        assert!(kinds.contains(&Kind::DaysListed), "{kinds:?}");
    }

    #[test]
    fn a_heading_that_asks_for_the_days_attended_needs_no_shared_ones() {
        let (contacts, sessions, _) = counted(
            "Timestamp|Full name|Dates attended\n2026-03-20|Mary Smith|2026-02-05, 2026-02-12\n\
                2026-03-21|John Brown|2026-02-19",
        );
        assert_eq!((contacts, sessions), (3, 3));
    }

    #[test]
    fn days_to_come_are_no_sessions_and_are_told() {
        let (contacts, _, kinds) = counted(
            "Позначка часу|ПІБ|Коли вам зручно?\n\
             20.01.2026|Сова Ія|05.02, 12.02, 19.02\n21.01.2026|Лис Ян|05.02, 12.02",
        );
        assert_eq!(contacts, 2);
        assert!(kinds.contains(&Kind::DaysUnread), "{kinds:?}");
    }

    #[test]
    fn days_under_numbered_headings_are_those_on_which_people_came() {
        for heads in [
            "Консультація 1|Консультація 2|Консультація 3",
            "#1|#2|#3",
            "Visit 1|Visit 2|Visit 3",
        ] {
            let list = format!(
                "№|ПІБ|{heads}\n1|Коваль Ольга|05.02.2026|12.02.2026|19.02.2026\n2|Сова Ія|06.02.2026|12.02.2026|\n\
                 3|Лис Яна|05.02.2026||"
            );
            let records = crate::ingest::fixture::records(vec![sheet(&list)], &source());
            assert_eq!((records.contacts.len(), records.sessions.len()), (6, 4), "{heads}");
        }
    }

    #[test]
    fn visits_with_ordinals_are_days_on_which_people_came_in_whatever_language() {
        for heads in [
            "1ère visite|2ème visite|3ème visite",
            "1st visit|2nd visit|3rd visit",
            "Visit No. 1|Visit No. 2|Visit No. 3",
            "Date of visit 1|Date of visit 2|Date of visit 3",
            "Візит 1|Візит 2|Візит 3",
            "1-ша зустріч|2-га зустріч|3-тя зустріч",
            "1. Besuch|2. Besuch|3. Besuch",
            "Стать|Wizyta I|Wizyta II|Wizyta III",
            "1ª consulta|2ª consulta|3ª consulta",
            "الزيارة 1|الزيارة 2|الزيارة 3",
        ] {
            for registered in ["", "|01.02.2026"] {
                let date = if registered.is_empty() {
                    ""
                } else {
                    "|Date of registration"
                };
                let sex = if heads.starts_with("Стать") { "|ж" } else { "" };
                let list = format!(
                    "№|ПІБ{date}|{heads}\n1|Коваль Ольга{registered}{sex}|05.02.2026|12.02.2026|19.02.2026\n\
                     2|Сова Ія{registered}{sex}|06.02.2026|13.02.2026|\n3|Лис Яна{registered}{sex}|07.02.2026||"
                );
                let (contacts, _, kinds) = counted(&list);
                assert_eq!(contacts, 6, "{heads}{date}");
                assert!(kinds.contains(&Kind::DaysListed), "{heads}{date}");
            }
        }
    }

    #[test]
    fn other_numbered_days_beside_a_registration_are_no_visits() {
        for heads in ["Child 1|Child 2", "Dose 1|Dose 2"] {
            let (contacts, _, kinds) = counted(&format!(
                "№|ПІБ|Date of registration|{heads}\n1|Коваль Ольга|01.02.2026|05.02.2020|12.02.2021\n\
                 2|Сова Ія|01.02.2026|06.02.2018|"
            ));
            assert_eq!(contacts, 0, "{heads}");
            assert!(!kinds.contains(&Kind::DaysListed), "{heads}");
        }
    }

    #[test]
    fn days_of_a_registry_that_nothing_counts_are_told_and_counted_where_a_definition_says_so() {
        let text = "ID|Full name|Gender|DOB|Date of registration|PSS (date)|Legal aid (date)|Passport (date)\n\
                    B1|Anna Smith|Female|01.01.1990|01.03.2026|02.03.2026|20.03.2026|05.05.2020\n\
                    B2|Bob Jones|Male|01.01.1980|03.03.2026||09.03.2026|\nB3|Cat Brown|Female|01.05.2012|03.03.2026|||";
        let whole = records(vec![sheet(text)], &source());
        let told: Vec<&String> = whole
            .findings
            .iter()
            .filter(|finding| finding.kind == Kind::DaysUnused)
            .flat_map(|finding| finding.args.values())
            .collect();
        assert_eq!(
            (whole.contacts.len(), told),
            (0, vec![&"“PSS (date)”, “Legal aid (date)”".to_owned()])
        );
        let mut source = source();
        for column in ["PSS (date)", "Legal aid (date)"] {
            source.columns.insert(column.to_owned(), "sessions_attended".to_owned());
        }
        let whole = records(vec![sheet(text)], &source);
        assert_eq!(whole.contacts.len(), 3);
        assert!(!kinds(&whole).contains(&Kind::DaysUnused));
        source.activity = ActivityRule::None;
        assert!(kinds(&records(vec![sheet(text)], &source)).contains(&Kind::DaysUnused));
    }
}
