//! People in the columns of a row.

use crate::ingest::findings::Kind;
use crate::ingest::fixture::{part, records, sheet, source, tables};

#[test]
fn numbered_columns_of_names_are_people_of_their_own() {
    let text = "Дата|ПІБ 1|Стать 1|ПІБ 2|Стать 2\n05.02.2026|Сова Ія|ж|Лис Ян|ч\n05.02.2026|Коваль Ольга|ж||";
    let records = records(vec![sheet(text)], &source());
    assert_eq!((records.mentions.len(), records.contacts.len()), (3, 3));
    let sexes: Vec<Option<&str>> = records
        .mentions
        .iter()
        .map(|mention| mention.identity.sex.map(|sex| records.text(sex)))
        .collect();
    assert_eq!(sexes, [Some("female"), Some("male"), Some("female")]);
    assert_eq!(records.mentions[1].place.column, Some(3));
}

#[test]
fn children_in_the_columns_of_a_form_join_its_session() {
    let text = "today|name|children[1]/childs_name|children[1]/childs_age|children[2]/childs_name|_uuid|_index\n\
                2026-02-05|Коваль Ольга|Коваль Іван|5|Коваль Яна|a1|1\n2026-02-06|Лис Яна||||b1|2";
    let records = records(vec![sheet(text)], &source());
    assert_eq!(records.sessions.len(), 2);
    assert_eq!(records.contacts.len(), 4);
    assert!(
        records
            .findings
            .iter()
            .any(|finding| finding.kind == Kind::RepeatColumns)
    );
}

#[test]
fn people_numbered_behind_an_underscore_join_the_session_of_their_form() {
    let text = "session_date|site|name_1|sex_1|age_1|name_2|sex_2|age_2|_id|_uuid\n\
                2026-02-05|Kyiv|Mary Smith|female|20|John Brown|male|21|1|a1\n2026-02-12|Kyiv|Mary Smith|female|20||||2|b1";
    let records = records(vec![sheet(text)], &source());
    assert_eq!((records.mentions.len(), records.contacts.len()), (3, 3));
    assert_eq!(records.sessions.len(), 2);
}

#[test]
fn two_surnames_are_one_person() {
    let text = "Fecha|Nombre|Apellido 1|Apellido 2\n05.02.2026|Lucía|García|Gil\n05.02.2026|Juan|Pérez|Ruiz";
    let part = part(sheet(text), "raw/a.xlsx", &source());
    assert_eq!(tables(&part)[0].rows.len(), 2);
}
