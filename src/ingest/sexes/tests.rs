//! What `sexes` promises, on small made-up cases.

use crate::ingest::findings::Kind;
use crate::ingest::fixture::{part, sheet, source, tables};

/// What was read of the sexes of a list with this heading and these cells, and the kinds of findings.
fn read(headings: &str, cells: &[&str]) -> Vec<Option<&'static str>> {
    let rows = cells
        .iter()
        .zip(["Коваль Ольга", "Мельник Іван", "Сова Ія", "Лис Лев", "Кіт Ян", "Рак Ян"]);
    let rows: Vec<String> = rows.map(|(cell, name)| format!("{name}|{cell}|05.02.2026")).collect();
    let part = part(
        sheet(&format!("{headings}\n{}", rows.join("\n"))),
        "raw/list.csv",
        &source(),
    );
    let rows = tables(&part)
        .iter()
        .flat_map(|table| table.rows.clone())
        .collect::<Vec<_>>();
    rows.iter().map(|row| row.person.sex).collect()
}

const FEMALE: Option<&str> = Some("female");
const MALE: Option<&str> = Some("male");

#[test]
fn two_letters_of_a_column_are_two_sexes_by_the_language_of_the_headings() {
    for (headings, female, male) in [
        ("Nombre y apellidos|Sexo (H/M)|Fecha", "M", "H"),
        ("Nombre y apellidos|Sexo|Fecha", "M", "H"),
        ("Nombre y apellidos|Sexo|Fecha", "F", "M"),
        ("Nome|Sexo|Data", "M", "H"),
        ("Nom et prénom|Sexe|Date", "F", "H"),
        ("Name|Sex|Date", "M", "H"),
        ("Name|Sex|Date", "W", "M"),
        ("Adı Soyadı|Cinsiyet|Tarih", "K", "E"),
        ("Imię i nazwisko|Płeć|Data", "K", "M"),
        ("Nume|Sex (B/F)|Data", "F", "B"),
        ("Cognome e nome|Sesso|Data", "D", "U"),
        ("ПІБ|Стать|Дата", "ж", "ч"),
        ("ФИО|Пол|Дата", "ж", "м"),
        ("Name|m/w|Datum", "w", "m"),
        ("الاسم|الجنس|التاريخ", "ث", "ذ"),
        ("სახელი და გვარი|სქესი|თარიღი", "მდედრ.", "მამრ."),
        ("Name|Sex (1-F, 2-M)|Date", "#1", "#2"),
        ("ПІБ|Стать (1 - жін., 2 - чол.)|Дата", "#1", "#2"),
        ("Name|Sex (0=male, 1=female)|Date", "#1", "#0"),
        ("Name|Female|Date", "Yes", "No"),
        ("ПІБ|Стать, вік|Дата", "ж, 20", "ч, 21"),
        ("Name|Sex/Age|Date", "F/20", "M/21"),
        ("Name|Title|Date", "Ms", "Mr"),
        ("Nom et prénom|Civilité|Date", "Mme", "M."),
    ] {
        let found = read(headings, &[female, male, female, male]);
        assert_eq!(found, [FEMALE, MALE, FEMALE, MALE], "{headings}: {female}, {male}");
    }
}

#[test]
fn a_letter_that_may_be_either_is_unknown_and_told() {
    assert_eq!(read("Nombre y apellidos|Sexo|Fecha", &["M", "M", "M"]), [None; 3]);
    assert_eq!(read("Name|Sex|Date", &["M", "M", "M"]), [MALE; 3]);
    let list = "Nombre y apellidos|Sexo|Fecha\nLópez, María|M|05.02.2026\nGil, Ana|M|05.02.2026";
    let part = part(sheet(list), "raw/list.csv", &source());
    let noted = &tables(&part)[0].noted;
    let unread: Vec<_> = noted.iter().filter(|noted| noted.kind == Kind::ValueUnread).collect();
    assert_eq!(unread.len(), 1);
    assert_eq!((unread[0].row, unread[0].column), (Some(2), Some(1)));
    assert_eq!(
        unread[0].args,
        [("count", "2".to_owned()), ("cells", "B2, B3".to_owned())]
    );
}

#[test]
fn the_age_beside_a_sex_is_read() {
    let list = "Name|Sex/Age|Date\nAnn Lee|F/20|05.02.2026\nTom Gray|M35|05.02.2026";
    let part = part(sheet(list), "raw/list.csv", &source());
    let ages = tables(&part)[0].rows.iter().map(|row| row.person.age);
    assert_eq!(ages.collect::<Vec<_>>(), [Some(20), Some(35)]);
}

#[test]
fn lines_head_women_and_men() {
    let register = "No|Name|05.02.2026|12.02.2026\nWomen\n#1|Mary Smith|x|x\n#2|Ann Lee|x|x\nMen\n#1|Tom Gray|x|x\nOthers\n#1|Kim Fox|x|x";
    for text in [
        register.to_owned(),
        register.replace("Women", "|Women").replace("\nMen", "\n|Men"),
    ] {
        let part = part(sheet(&text), "raw/list.csv", &source());
        let rows = &tables(&part)[0].rows;
        let sexes: Vec<_> = rows.iter().map(|row| row.person.sex).collect();
        assert_eq!(sexes, [FEMALE, FEMALE, MALE, None], "{text}");
    }
}
