//! Rows of a log of calls or visits in which somebody came and gave no name: "anonymous | legal advice".
//!
//! Such a row is a contact of nobody known: a head-count of one, in a session of its own. A log of a hotline often has
//! no column of names at all; that its rows are of one person each is told by what stands in them.

use super::ages;
use super::findings::Kind;
use super::grid::{Grid, is_blank, shown};
use super::layout::{Block, COUNTS, Column, PERSON};
use super::noted::Noted;
use super::sexes::Sexes;
use super::table::Cell;
use super::vocabulary::{Role, Vocabulary};
use crate::project::model::Layout;

/// What is said of a call or a consultation.
const OF_CALLS: &[Role] = &[
    Role::SessionTime,
    Role::Duration,
    Role::Topic,
    Role::Service,
    Role::Mode,
];
/// How many of them a log of calls has at least.
const FEWEST_OF_CALLS: usize = 2;
/// What a log of calls has not: lists of meetings, people, cases, money and goods do.
const OF_OTHERS: &[Role] = &[
    Role::Phone,
    Role::Email,
    Role::Event,
    Role::EventNumber,
    Role::Group,
    Role::Household,
    Role::HouseholdSize,
    Role::Amount,
    Role::SignedList,
];
/// Share of filled cells from which a column tells the sex or the age of one person in each row.
const MOSTLY: f64 = 0.8;

/// Whether the rows of a list without any column of people are calls or consultations: each has a day, what was asked
/// or how long it took, and the sex or the age of one person.
pub(super) fn is_log(grid: &Grid, block: &Block, end: u32, vocabulary: &Vocabulary) -> bool {
    let others = [PERSON, COUNTS, OF_OTHERS].into_iter().any(|roles| block.has(roles));
    if block.layout != Layout::List || others || block.is_of_forms() || !block.has(&[Role::SessionDate]) {
        return false;
    }
    let said = OF_CALLS.iter().filter(|role| block.has(&[**role])).count();
    let of_people = |column: &&Column| matches!(column.role, Some(Role::Sex | Role::Age | Role::AgeGroup));
    let mut columns = block.columns.iter().filter(of_people).peekable();
    let tells = columns.peek().is_some() && columns.all(|column| tells_of_one(grid, block, column, end, vocabulary));
    said >= FEWEST_OF_CALLS && tells
}

/// Whether the cells of a column are the sex or the age of one person each.
fn tells_of_one(grid: &Grid, block: &Block, column: &Column, end: u32, vocabulary: &Vocabulary) -> bool {
    let sexes = match column.role {
        Some(Role::Sex) => Some(Sexes::of(grid, block, column, vocabulary)),
        _ => None,
    };
    let one = |cell: &Cell| match &sexes {
        Some(sexes) => sexes.said(&shown(cell), vocabulary).is_some(),
        None => ages::span(cell, vocabulary).is_some(),
    };
    let rows = grid.rows_between(block.header_bottom.saturating_add(1), end).iter();
    let cells = rows.filter_map(|row| grid.own(row.number, column.index));
    let (mut filled, mut told) = (0_usize, 0_usize);
    for cell in cells.filter(|cell| !is_blank(cell)) {
        filled += 1;
        told += usize::from(one(cell));
    }
    filled > 0 && told as f64 >= MOSTLY * filled as f64
}

/// What is said of a log whose rows were counted as people who gave no name.
pub(super) fn noted(block: &Block) -> Option<Noted> {
    let counted = block.unnamed && !block.rows.is_empty();
    counted.then(|| Noted::at(Kind::NamelessCounted, block.header_top, None).with("rows", block.rows.len()))
}

/// Whether somebody came in a row and gave no name: the row of a log without names, or of a list that names people by
/// telephone alone, where it has a day and a word for somebody without a name.
pub(super) fn is_row(grid: &Grid, block: &Block, row: u32, vocabulary: &Vocabulary) -> bool {
    if block.layout != Layout::List || block.has(PERSON) {
        return false;
    }
    let Some(day) = block.column(Role::SessionDate) else {
        return false;
    };
    let dated = grid.own(row, day).is_some_and(|cell| !is_blank(cell));
    if block.unnamed {
        return dated
            && grid
                .cells(row)
                .any(|(column, cell)| of_call(block, column) && !is_blank(cell));
    }
    let known = block.person_roles().iter().filter_map(|role| block.column(*role));
    let named = known.into_iter().any(|column| !grid.shown(row, column).is_empty());
    let says = |cell: &Cell| matches!(cell, Cell::Text(_)) && vocabulary.is_anonymous(&shown(cell));
    dated && !named && grid.cells(row).any(|(_, cell)| says(cell))
}

/// Whether a column says something of a call or of who called.
fn of_call(block: &Block, column: u16) -> bool {
    let says = |role: Role| OF_CALLS.contains(&role) || matches!(role, Role::Sex | Role::Age | Role::AgeGroup);
    let mut columns = block.columns.iter().filter(|known| known.index == column);
    columns.any(|known| known.role.is_some_and(says))
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source};

    #[test]
    fn callers_who_gave_no_name_are_contacts_of_nobody_known() {
        for (header, nobody) in [
            ("Date|Caller|Phone|Request", "anonymous"),
            ("Дата|Хто звернувся|Телефон|Запит", "анонімно"),
        ] {
            let text = format!(
                "{header}\n02.03.2026|{nobody}||info\n02.03.2026|Mary|0671112233|legal\n03.03.2026|{nobody}||info\n04.03.2026|||"
            );
            let records = records(vec![sheet(&text)], &source());
            assert_eq!((records.contacts.len(), records.head_counts.len()), (1, 2), "{header}");
            assert_eq!(records.sessions.len(), 3, "{header}");
        }
    }

    #[test]
    fn rows_of_a_log_of_calls_without_names_are_contacts_of_nobody_known() {
        for text in [
            "№|Дата|Час|Стать|Вік|Тема звернення|Тривалість\n1|02.03.2026|10:15|ж|30-40|домашнє насильство|15\n\
             2|02.03.2026|11:00|ч||домашнє насильство|5\n3|03.03.2026|09:30|ж|18-25|домашнє насильство|25\n\
             Разом|||||3|",
            "Date|Sex|Age group|Topic|Duration\n02.03.2026|F|30-40|violence|15\n02.03.2026|M|60+|violence|5\n\
             03.03.2026|F|18-25|legal|25\nTotal||||45",
        ] {
            let records = records(vec![sheet(text)], &source());
            assert_eq!((records.contacts.len(), records.head_counts.len()), (0, 3), "{text}");
            assert_eq!(records.sessions.len(), 3, "{text}");
            assert!(kinds(&records).contains(&Kind::NamelessCounted), "{text}");
        }
    }

    #[test]
    fn plans_of_meetings_and_lists_of_goods_are_no_logs_of_calls() {
        for text in [
            "Date|Time|Topic|Duration|Trainer\n02.03.2026|10:00|Stress|60|Smith\n03.03.2026|10:00|Law|60|Brown",
            "Date|Event|Time|Topic|Sex|Age\n02.03.2026|Talk|10:00|Stress|F|18-35\n03.03.2026|Talk|10:00|Law|M|18-35",
            "Дата заходу|Час|Тема|Стать|Вік\n02.03.2026|10:00|Стрес|жінки|18-35\n03.03.2026|10:00|Право|жінки та чоловіки|18-35",
            "Date|Item|Quantity|Price\n02.03.2026|Paper|5|100\n03.03.2026|Pens|10|50",
        ] {
            let records = records(vec![sheet(text)], &source());
            assert!(records.head_counts.is_empty(), "{text}");
            assert!(!kinds(&records).contains(&Kind::NamelessCounted), "{text}");
        }
    }
}
