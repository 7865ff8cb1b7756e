//! Rows of lists are contacts, absences, or further rows of a visit.

use super::Came;
use crate::ingest::findings::Kind;
use crate::ingest::fixture::{part, sheet, source, tables};
use crate::ingest::reading::Table;

fn read(text: &str) -> Table {
    let part = part(sheet(text), "raw/a.xlsx", &source());
    let mut tables: Vec<Table> = match part.content {
        crate::ingest::reading::SheetContent::Tables(tables) => tables,
        _ => Vec::new(),
    };
    tables.pop().expect("a table")
}

fn came(table: &Table) -> Vec<Came> {
    table.rows.iter().map(|row| row.came).collect()
}

fn noted(table: &Table) -> Vec<Kind> {
    table.noted.iter().map(|noted| noted.kind).collect()
}

#[test]
fn a_flag_counts_who_came_and_asks_about_what_it_does_not_know() {
    let table = read(
        "Дата|ПІБ|Присутність\n05.02.2026|Сова Ія|так\n05.02.2026|Лис Яна|ні\n05.02.2026|Коваль Ольга|н\n05.02.2026|Рак Ян|щось",
    );
    assert_eq!(came(&table), [Came::Yes, Came::No, Came::No, Came::Unclear]);
}

#[test]
fn a_column_whose_words_say_nothing_of_attendance_is_asked_about_and_decides_nothing() {
    let table = read("Дата|ПІБ|Присутність\n05.02.2026|Сова Ія|в залі\n05.02.2026|Лис Яна|на подвір'ї");
    assert_eq!(came(&table), [Came::Yes, Came::Yes]);
    assert_eq!(noted(&table), [Kind::HeadingUnclear]);
}

#[test]
fn where_only_absence_is_marked_blank_is_presence() {
    let table = read("Дата|ПІБ|Присутність\n05.02.2026|Сова Ія|\n05.02.2026|Лис Яна|н\n05.02.2026|Рак Ян|");
    assert_eq!(came(&table), [Came::Yes, Came::No, Came::Yes]);
    assert_eq!(noted(&table), [Kind::BlankTaken]);
}

#[test]
fn times_that_stand_once_a_session_are_the_sessions_own() {
    let table = read(
        "Дата|ПІБ|Початок занять|Кінець занять\n05.02.2026|Сова Ія|10:00|12:00\n05.02.2026|Лис Яна||\n\
         06.02.2026|Рак Ян|10:00|12:00\n06.02.2026|Сова Ія||",
    );
    assert_eq!(came(&table), [Came::Yes; 4]);
    assert_eq!(noted(&table), [Kind::BlankTaken]);
}

#[test]
fn minutes_of_one_visit_add_up() {
    let table = read(
        "Дата|ПІБ|Прихід|Вихід\n05.02.2026|Сова Ія|10:00|10:20\n05.02.2026|Сова Ія|10:30|11:00\n05.02.2026|Лис Яна|10:00|11:00",
    );
    assert_eq!(came(&table), [Came::Yes, Came::Again, Came::Yes]);
    assert_eq!(table.rows[0].minutes, Some(50.0));
    assert_eq!(table.rows[2].minutes, Some(60.0));
    assert_eq!(noted(&table), [Kind::SwipesJoined]);
}

#[test]
fn a_definition_of_contacts_wins_over_a_flag() {
    let mut source = source();
    source.contact_when = Some(("full_name".to_owned(), Vec::new()));
    let text = "Дата|ПІБ|Присутність\n05.02.2026|Сова Ія|ні\n05.02.2026|Лис Яна|так";
    let part = part(sheet(text), "raw/a.xlsx", &source);
    assert_eq!(came(&tables(&part)[0]), [Came::Yes, Came::Yes]);
}

#[test]
fn a_column_that_speaks_of_attendance_among_other_things_is_asked_about() {
    let table =
        read("Date|Name|Status\n05.02.2026|Ann Lee|Present\n05.02.2026|Bob Ray|Absent\n05.02.2026|Cy Hill|Enlisted");
    assert_eq!(came(&table), [Came::Yes; 3]);
    assert_eq!(noted(&table), [Kind::HeadingUnclear]);
}

#[test]
fn who_has_no_hours_where_others_have_some_was_not_there_and_it_is_said() {
    let table = read("Дата|ПІБ|Тривалість, год\n05.02.2026|Сова Ія|2\n05.02.2026|Лис Яна|0\n05.02.2026|Рак Ян|");
    assert_eq!(came(&table), [Came::Yes, Came::No, Came::Yes]);
    assert!(noted(&table).contains(&Kind::NumbersAsMarks));
    let table = read("Дата|ПІБ|Тривалість, год\n05.02.2026|Сова Ія|0\n05.02.2026|Лис Яна|0");
    assert_eq!(came(&table), [Came::Yes, Came::Yes]);
}

#[test]
fn a_heading_or_a_signature_that_means_absence_is_no_presence() {
    for heading in ["Відсутній", "Absent"] {
        let table = read(&format!(
            "Дата|ПІБ|{heading}\n05.02.2026|Сова Ія|х\n05.02.2026|Лис Яна|\n05.02.2026|Рак Ян|"
        ));
        assert_eq!(came(&table), [Came::No, Came::Yes, Came::Yes], "{heading}");
    }
    for absent in ["-", "відсутня", "absent"] {
        let table = read(&format!(
            "Дата|ПІБ|Підпис\n05.02.2026|Сова Ія|{absent}\n05.02.2026|Лис Яна|Лис\n05.02.2026|Рак Ян|Рак"
        ));
        assert_eq!(came(&table), [Came::No, Came::Yes, Came::Yes], "{absent}");
        assert_eq!(noted(&table), [Kind::SignatureAbsent], "{absent}");
    }
    let table = read("Дата|ПІБ|Підпис\n05.02.2026|Сова Ія|-\n05.02.2026|Лис Яна|-");
    assert_eq!(came(&table), [Came::Yes, Came::Yes]);
}

#[test]
fn a_state_that_nobody_knows_beside_known_ones_is_asked_about() {
    let list = "Date|Name|Status\n05.02.2026|Ann Lee|attended\n05.02.2026|Eve Roy|cancelled\n05.02.2026|Bea Ray|waiting list\n\
                05.02.2026|Sam Wood|in the corridor";
    assert_eq!(
        came(&read(list)),
        [Came::Yes, Came::NotHeld, Came::NotHeld, Came::Unclear]
    );
}
