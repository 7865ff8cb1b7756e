//! Forms, their versions and their members become records.

use std::collections::BTreeSet;

use crate::ingest::findings::Kind;
use crate::ingest::fixture::{called, fates, kinds, of_files, records, sheet, source, value};
use crate::ingest::records::{Fate, Reason, Records};
use crate::ingest::table::Sheet;
use crate::project::model::Source;

const HEADER: &str = "start|deviceid|grp_visit/visit_date|grp_visit/hh_card|grp_client/full_name|grp_client/birth_date\
    |grp_client/categories|grp_client/services|grp_client/services/legal_advice|grp_client/services/day_care\
    |meta/rootUuid|_uuid|_submission_time|_validation_status|_index";

fn visits(rows: &[&str]) -> Sheet {
    called(sheet(&format!("{HEADER}\n{}", rows.join("\n"))), "visit")
}

fn members(rows: &[&str]) -> Sheet {
    let header = "members/m_name|members/m_birth_year|members/m_services|members/m_services/legal_advice\
        |members/m_services/day_care|_index|_parent_table_name|_parent_index";
    called(sheet(&format!("{header}\n{}", rows.join("\n"))), "members")
}

fn served() -> Source {
    let mut source = source();
    source.contact_when = Some(("service".to_owned(), Vec::new()));
    source
}

const FIRST: &str = "2026-03-02T10:00:00.000+02:00|tablet 1|2026-03-02|VLK-1|Коваль Ольга|1980-01-02|idp large_family\
    |legal_advice|1|0|uuid:a0|a1|2026-03-02 11:00:00|validation_status_approved|#1";

fn reasons(records: &Records) -> Vec<Option<Reason>> {
    let reason = |fate| match fate {
        Fate::Counted => None,
        Fate::SetAside(reason) => Some(reason),
    };
    fates(records).into_iter().map(reason).collect()
}

#[test]
fn members_join_the_session_of_their_form_and_take_what_they_lack() {
    let rows = [
        "Коваль Іван|#2010|day_care legal_advice|1|1|#1|visit|#1",
        "Коваль Марія|#2012||||#2|visit|#1",
    ];
    let records = records(vec![members(&rows), visits(&[FIRST])], &served());
    assert_eq!(kinds(&records), []);
    assert_eq!((records.sessions.len(), records.contacts.len()), (1, 2));
    assert_eq!(reasons(&records), [None, Some(Reason::NoContact), None]);
    assert_eq!(value(&records, 0, "category"), "idp large_family");
    assert_eq!(value(&records, 0, "service"), "day_care legal_advice");
    assert_eq!(value(&records, 0, "household"), "VLK-1");
    assert_eq!(value(&records, 1, "service"), "");
    assert_eq!(value(&records, 0, "birth_date"), "");
    let groups: Vec<u32> = records.mentions.iter().map(|mention| mention.group).collect();
    assert_eq!(groups, [groups[0]; 3], "one form, three people");
    let form = records.sessions[0].form.expect("a form");
    assert_eq!(records.rows[form.index()].place.sheet, 1);
}

#[test]
fn a_form_is_set_aside_for_the_first_reason_alone() {
    let rows = [
        FIRST,
        // The same form, edited later: this version holds.
        "2026-03-02T10:00:00.000+02:00|tablet 1|2026-03-02|VLK-1|Коваль Ольга|1980-01-02|idp|legal_advice|1|0|uuid:a0|a2|2026-03-04 09:00:00||#2",
        // Sent a second time under another root.
        "2026-03-02T10:00:00.000+02:00|tablet 1|2026-03-02|VLK-1|Коваль Ольга|1980-01-02|idp|legal_advice|1|0|uuid:b0|b1|2026-03-05 09:00:00||#3",
        // A test, and outside the project as well.
        "2025-03-02T10:00:00.000+02:00|tablet 2|2025-03-02|T|Тест Тест|1980-01-02|idp|legal_advice|1|0|uuid:c0|c1|2025-03-05 09:00:00|validation_status_not_approved|#4",
        "2025-04-02T10:00:00.000+02:00|tablet 2|2025-04-02|T|Іва Анна|1981-01-02|idp|legal_advice|1|0|uuid:d0|d1|2025-04-05 09:00:00||#5",
    ];
    let of_copies = [
        "Коваль Іван|#2010|day_care|0|1|#1|visit|#1",
        "Коваль Іван|#2010|day_care|0|1|#2|visit|#3",
    ];
    let records = records(vec![visits(&rows), members(&of_copies)], &served());
    assert_eq!(
        reasons(&records),
        [
            Some(Reason::EarlierVersion),
            None,
            Some(Reason::SentTwice),
            Some(Reason::Skipped),
            Some(Reason::OutsideProject),
            Some(Reason::EarlierVersion),
            Some(Reason::SentTwice),
        ]
    );
    assert_eq!(
        kinds(&records),
        [
            Kind::EarlierVersion,
            Kind::SentTwice,
            Kind::Skipped,
            Kind::OutsideProject
        ]
    );
    assert_eq!(records.sessions.len(), 1);
}

#[test]
fn a_form_that_says_all_the_same_within_the_hour_is_counted_once() {
    let form = |start: &str, name: &str, service: &str, number: usize| {
        format!(
            "2026-03-02T{start}:00.000+02:00|tablet 1|2026-03-02|VLK-1|{name}|1980-01-02|idp|{service}|1|0\
             |uuid:r{number}|i{number}|2026-03-02 11:00:00||#{number}"
        )
    };
    let rows = [
        form("10:00", "Коваль Ольга", "legal_advice", 1),
        form("10:07", "Коваль Ольга", "legal_advice", 2),
        // Another answer, another person, another hour.
        form("10:09", "Коваль Ольга", "day_care", 3),
        form("10:10", "Коваль Ганна", "legal_advice", 4),
        form("13:00", "Коваль Ольга", "legal_advice", 5),
    ];
    let records = records(vec![visits(&rows.each_ref().map(String::as_str))], &served());
    let sent_twice: Vec<bool> = reasons(&records)
        .iter()
        .map(|one| *one == Some(Reason::SentTwice))
        .collect();
    assert_eq!(sent_twice, [false, true, false, false, false]);
    assert!(kinds(&records).contains(&Kind::SentTwice));
}

#[test]
fn a_member_without_a_form_is_a_finding() {
    let records = records(
        vec![
            visits(&[FIRST]),
            members(&["Коваль Іван|#2010|day_care|0|1|#1|visit|#9"]),
        ],
        &served(),
    );
    assert_eq!(kinds(&records), [Kind::FormMissing]);
}

#[test]
fn answers_in_columns_of_their_own_are_one_question() {
    let header = "visit_date|full_name|services/legal_advice|services/day_care|_uuid|_index";
    let text = format!("{header}\n2026-03-02|Коваль Ольга|1|1|a|#1\n2026-03-02|Мельник Ганна|0|0|b|#2");
    let records = records(vec![sheet(&text)], &source());
    assert_eq!(value(&records, 0, "service"), "day_care legal_advice");
    assert_eq!(records.fields.iter().filter(|field| field.key.contains('/')).count(), 0);
}

#[test]
fn a_form_that_was_not_approved_is_set_aside_whatever_else_the_export_holds() {
    let text = "start|Дата заняття|ПІБ|_validation_status|_id\n2026-03-03|2026-03-02|Коваль Анна|Approved|1\n\
                2026-03-03|2026-03-02|Лис Петро|Not approved|2\n2026-03-03|2026-03-02|Сова Ія||3";
    let records = records(vec![sheet(text)], &source());
    assert_eq!((records.contacts.len(), records.sessions.len()), (2, 1));
}

#[test]
fn forms_about_meetings_are_the_sessions_of_those_in_their_repeat() {
    let form = |rows: &[&str]| {
        let header = "start|Date of session|Type of session|_id|_uuid|_submission_time|_index";
        called(sheet(&format!("{header}\n{}", rows.join("\n"))), "session form")
    };
    let there = |rows: &[&str]| {
        let header = "Name of participant|Sex|_index|_parent_table_name|_parent_index";
        called(sheet(&format!("{header}\n{}", rows.join("\n"))), "participants")
    };
    let sessions = [
        "2026-03-05T10:00:00|2026-03-05|Group Support|1|u1|2026-03-05T12:00:00|1",
        "2026-03-05T14:00:00|2026-03-05|Group Support|2|u2|2026-03-05T16:00:00|2",
        "2026-03-12T10:00:00|2026-03-12|Group Support|3|u3|2026-03-12T12:00:00|3",
    ];
    let people = [
        "Коваль Олена|Female|1|session form|1",
        "Бойко Ірина|Female|2|session form|1",
        "Коваль Олена|Female|3|session form|2",
    ];
    let known = records(vec![form(&sessions), there(&people)], &source());
    let met: BTreeSet<_> = known.contacts.iter().map(|contact| contact.session).collect();
    assert_eq!((met.len(), known.contacts.len()), (2, 3));
    assert_eq!(kinds(&known), [Kind::NoPerson], "the third form has nobody");
    assert_eq!(reasons(&known), [None, None, Some(Reason::NoPerson), None, None, None]);
    assert_eq!(known.mentions.len(), 3, "a form is no person");
    let alone = records(vec![form(&sessions)], &source());
    assert_eq!(alone.contacts.len(), 0);
    assert_eq!(
        kinds(&alone),
        [Kind::NoPerson, Kind::NoPerson, Kind::NoPerson, Kind::NobodyNamed]
    );
}

#[test]
fn the_same_child_in_the_forms_of_two_months_came_twice() {
    let form = |day: &str, key: &str| {
        called(
            sheet(&format!(
                "start|date_activity|_id|_uuid|_submission_time|_index\n{day}T10:00:00|{day}|{key}|{key}|{day}T12:00:00|1"
            )),
            "visits",
        )
    };
    let there = "name|sex|_index|_parent_table_name|_parent_index\nКоваль Олена|Female|1|visits|1";
    let there = || called(sheet(there), "participants");
    let january = vec![form("2026-01-05", "u1"), there()];
    let february = vec![form("2026-02-05", "u2"), there()];
    let known = of_files(vec![("raw/a.xlsx", january), ("raw/b.xlsx", february)], &source());
    assert_eq!(known.contacts.len(), 2);
    assert!(!kinds(&known).contains(&Kind::RowRepeated));
    // A later export holds the earlier forms as well: they and their children are counted once.
    let known = of_files(
        vec![
            ("raw/a.xlsx", vec![form("2026-01-05", "u1"), there()]),
            ("raw/b.xlsx", vec![form("2026-01-05", "u1"), there()]),
        ],
        &source(),
    );
    assert_eq!(known.contacts.len(), 1);
    let days: Vec<String> = known.sessions.iter().map(|session| session.date.to_string()).collect();
    assert!(
        days.contains(&"2026-01-05".to_owned()),
        "the day that the form asks for"
    );
}
