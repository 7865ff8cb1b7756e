//! What a definition gives where the file is silent.

use indexmap::IndexMap;

use crate::ingest::findings::Kind;
use crate::ingest::fixture::{fates, kinds, records, sheet, source, value};
use crate::ingest::records::{Fate, Reason};
use crate::project::model::{ActivityRule, Derive, Skip, Source};

fn row_by_row() -> Source {
    let mut source = source();
    source.session = Some(vec!["row".to_owned()]);
    source.activity = ActivityRule::Fixed("calls".to_owned());
    source
}

const CALLS: &str = "№|Дата і час|Номер|Стать|Тема\n1|01.02.2026 05:23|анонім 1008|ж|конфлікт\n\
    2|01.02.2026 05:23|0988379846|ж|юрист\n3|02.02.2026 09:01|Анонім №1008||тест лінії\n4|02.02.2027 09:01|0988379846|ж|юрист";

#[test]
fn calls_are_rows_of_callers_known_by_number_or_alias() {
    let mut source = row_by_row();
    source.skip.push(Skip {
        field: "topic".to_owned(),
        values: vec!["Тест лінії".to_owned()],
        reason: "a test".to_owned(),
    });
    source.constants.insert("line".to_owned(), "night".to_owned());
    let records = records(vec![sheet(CALLS)], &source);
    assert_eq!((records.sessions.len(), records.contacts.len()), (2, 2));
    assert_eq!(kinds(&records), [Kind::Skipped, Kind::OutsideProject]);
    assert_eq!(records.findings[0].args["reason"], "a test");
    assert_eq!(value(&records, 0, "caller"), "anonymous");
    assert_eq!(value(&records, 1, "caller"), "number");
    assert_eq!(value(&records, 1, "line"), "night");
    assert_eq!(fates(&records)[2], Fate::SetAside(Reason::Skipped));
}

#[test]
fn a_row_copied_among_rows_that_are_sessions_is_told_and_counts() {
    let rows = "№|Дата|ПІБ|Послуга\n1|01.02.2026|Коваль Ольга|юрист\n2|01.02.2026|Мороз Іван|юрист\n\
        3|01.02.2026|Коваль Ольга|юрист\n4|01.02.2026|Коваль Ольга|психолог";
    let records = records(vec![sheet(rows)], &row_by_row());
    assert_eq!((records.sessions.len(), kinds(&records)), (4, vec![Kind::RowAgain]));
    let found = &records.findings[0];
    assert_eq!((found.place.map(|place| place.row), found.others[0].row), (Some(4), 2));
}

#[test]
fn a_field_is_made_from_the_words_of_another() {
    let mut source = row_by_row();
    let contains: IndexMap<String, String> = [("юр", "legal"), ("псих", "psychologist")]
        .into_iter()
        .map(|(words, value)| (words.to_owned(), value.to_owned()))
        .collect();
    let derive = Derive {
        from: "service".to_owned(),
        contains,
        otherwise: Some("other".to_owned()),
    };
    source.derive.insert("expert".to_owned(), derive);
    let rows =
        "Дата|ПІБ|Послуга\n01.02.2026|Коваль Ольга|Юрист\n01.02.2026|Коваль Ольга|психолог\n01.02.2026|Мороз Іван|";
    let records = records(vec![sheet(rows)], &source);
    let experts: Vec<String> = (0..3).map(|row| value(&records, row, "expert")).collect();
    assert_eq!(experts, ["legal", "psychologist", "other"]);
    assert_eq!(records.sessions.len(), 3, "one person twice on a day is two rows");
}

#[test]
fn rows_that_received_nothing_are_no_contacts() {
    let mut source = row_by_row();
    source.contact_when = Some(("status".to_owned(), vec!["схвалено".to_owned()]));
    let rows = "Дата|ПІБ|Стан\n01.02.2026|Коваль Ольга|Схвалено\n01.02.2026|Мороз Іван|відмова";
    let records = records(vec![sheet(rows)], &source);
    assert_eq!(fates(&records), [Fate::Counted, Fate::SetAside(Reason::NoContact)]);
    assert_eq!((records.mentions.len(), records.contacts.len()), (2, 1));
    assert!(!records.mentions[1].informs);
}

#[test]
fn the_day_of_a_stay_or_a_case_is_its_beginning() {
    let stays = "№|ПІБ|Дата поселення|Дата вибуття\n1|Коваль Ольга|16.01.2026|13.02.2026\n2|Мороз Іван|20.01.2026|19.01.2026\n3|Лис Яна|21.01.2026|";
    let of_stays = records(vec![sheet(stays)], &row_by_row());
    assert_eq!(kinds(&of_stays), [Kind::StayReversed]);
    assert_eq!(of_stays.sessions[0].date.to_string(), "2026-01-16");
    assert_eq!(value(&of_stays, 0, "check_out"), "2026-02-13");
    let cases =
        "№ випадку|Клієнт (ПІБ)|Відкрито|Закрито\nВВ-1|Коваль Ольга|01.02.2026|13.03.2026\nВВ-2|Мороз Іван|02.02.2026|";
    let of_cases = records(vec![sheet(cases)], &row_by_row());
    assert_eq!(of_cases.contacts.len(), 2);
    assert_eq!(value(&of_cases, 0, "case_closed"), "2026-03-13");
}
