//! Cycles of sessions, and what the lines above them say.

use crate::ingest::findings::Kind;
use crate::ingest::fixture::{called, kinds, records, sheet, source, value};
use crate::ingest::records::{CycleId, Records};
use crate::project::model::{Derive, Source};

fn training(dates: &str, days: &str, marks: &str) -> Records {
    let text = format!(
        "Obuka: Vještine rada (akreditovan program)\n{dates}\nTrajanje: 16 sati\nR.br.|Ime i prezime|Telefon|{days}\n\
         1|Ljubica Nikolić|067992718|{marks}\n2|Sanja Perović|069303305|{marks}"
    );
    records(vec![sheet(&text)], &typed())
}

fn typed() -> Source {
    let mut source = source();
    let derive = Derive {
        from: "title".to_owned(),
        contains: [("akreditovan".to_owned(), "accredited".to_owned())]
            .into_iter()
            .collect(),
        otherwise: None,
    };
    source.derive.insert("type".to_owned(), derive);
    source
}

fn days(records: &Records) -> Vec<String> {
    records
        .sessions
        .iter()
        .map(|session| session.date.to_string())
        .collect()
}

#[test]
fn numbered_days_are_the_days_of_the_heading() {
    let two = training("Datum: 19.05.2026. - 20.05.2026.", "1. dan|2. dan", "+|+");
    assert_eq!(days(&two), ["2026-05-19", "2026-05-20"]);
    let three = training("Datum: 19.05.2026. - 21.05.2026.", "1. dan|2. dan|3. dan", "+|+|da");
    assert_eq!(days(&three), ["2026-05-19", "2026-05-20", "2026-05-21"]);
    let one = training("Datum: 16.02.2026.", "1. dan", "+");
    assert_eq!(days(&one), ["2026-02-16"]);
}

#[test]
fn days_that_the_heading_does_not_tell_are_a_finding() {
    let records = training("Datum: 19.05.2026.", "1. dan|2. dan", "+|+");
    assert!(records.sessions.is_empty());
    assert!(kinds(&records).contains(&Kind::NoDate), "{:?}", kinds(&records));
}

#[test]
fn a_block_is_a_cycle_with_the_fields_of_its_heading() {
    let records = training("Datum: 19.05.2026. - 20.05.2026.", "1. dan|2. dan", "+|+");
    assert_eq!(records.cycles.len(), 1);
    assert!(records.sessions.iter().all(|session| session.cycle == Some(CycleId(0))));
    assert_eq!(value(&records, 1, "hours"), "16");
    assert_eq!(value(&records, 1, "type"), "accredited");
    assert_eq!(records.cycles[0].fields.len(), 4);
}

#[test]
fn each_sheet_of_groups_is_a_cycle_of_its_own() {
    let group = "№|ПІБ|05.02.2026|12.02.2026\n1|Коваль Ольга|+|+\n2|Мороз Іван|+|";
    let sheets = vec![called(sheet(group), "1"), called(sheet(group), "2")];
    let records = records(sheets, &source());
    assert_eq!(
        (records.cycles.len(), records.sessions.len(), records.contacts.len()),
        (2, 4, 6)
    );
}
