//! What `rows` promises, on small made-up cases.

use super::*;
use crate::ingest::findings::Kind;
use crate::ingest::fixture::{called, day, merged, part, records, sheet, source, tables, value};
use crate::ingest::table::Sheet;

fn read_as(sheet: Sheet, file: &str) -> Vec<RawRow> {
    let part = part(sheet, file, &source());
    tables(&part).iter().flat_map(|table| table.rows.clone()).collect()
}

fn of(text: &str) -> Vec<RawRow> {
    read_as(sheet(text), "raw/list.csv")
}

fn dates(rows: &[RawRow]) -> Vec<Option<String>> {
    let day = |row: &RawRow| match &row.session.date {
        RowDate::Day(day) => Some(day.to_string()),
        RowDate::Impossible(_) | RowDate::Missing => None,
    };
    rows.iter().map(day).collect()
}

#[test]
fn a_date_written_once_per_session_holds_for_the_rows_below() {
    let rows = of("Дата|ПІБ\n05.02.2026|Коваль Ольга\n|Мельник Іван\n|Сова Ія\n12.02.2026|Коваль Ольга\n|Сова Ія");
    let (first, second) = (Some("2026-02-05".to_owned()), Some("2026-02-12".to_owned()));
    assert_eq!(
        dates(&rows),
        [first.clone(), first.clone(), first, second.clone(), second]
    );
}

#[test]
fn one_missing_date_among_written_ones_stays_missing() {
    let rows = of("Дата|ПІБ\n05.02.2026|Коваль Ольга\n05.02.2026|Мельник Іван\n|Сова Ія\n12.02.2026|Коваль Ольга");
    assert_eq!(dates(&rows)[2], None);
}

#[test]
fn merged_dates_and_ditto_marks_repeat_what_stands_above() {
    let list = sheet("Дата|ПІБ\n05.02.2026|Коваль Ольга\n|Мельник Іван\n12.02.2026|Сова Ія\n\"|Коваль Ольга");
    let rows = read_as(merged(list, (2, 3), (0, 0)), "raw/a.xlsx");
    let (first, second) = (Some("2026-02-05".to_owned()), Some("2026-02-12".to_owned()));
    assert_eq!(dates(&rows), [first.clone(), first, second.clone(), second]);
}

#[test]
fn a_list_without_a_date_column_has_the_day_of_title_sheet_or_file() {
    let list = "№|ПІБ|Підпис\n1|Коваль Ольга|підпис";
    let expected = [Some("2026-02-05".to_owned())];
    assert_eq!(dates(&of(&format!("Зустріч 05.02.2026\n{list}"))), expected);
    assert_eq!(dates(&read_as(called(sheet(list), "05.02"), "raw/a.xlsx")), expected);
    assert_eq!(dates(&read_as(sheet(list), "raw/захід_12_05.02.2026.ods")), expected);
    assert_eq!(dates(&of(list)), [None]);
}

#[test]
fn a_span_in_the_title_is_no_day_of_a_session() {
    assert_eq!(
        dates(&of(
            "Звіт за 01.02.2026 – 28.02.2026\n№|ПІБ|Підпис\n1|Коваль Ольга|підпис"
        )),
        [None]
    );
}

#[test]
fn the_order_of_day_and_month_is_that_of_the_column() {
    let rows = of("Date|Name\n2/5/2026|Ann Lee\n2/12/2026|Eve Fox\n2/26/2026|Ann Lee");
    assert_eq!(
        dates(&rows),
        [
            Some("2026-02-05".to_owned()),
            Some("2026-02-12".to_owned()),
            Some("2026-02-26".to_owned())
        ]
    );
}

#[test]
fn names_in_three_columns_and_a_second_phone() {
    let rows = of("Дата|Прізвище|Ім'я|По батькові|Телефон|Телефон 2\n05.02.2026|Коваль|Ольга|Іванівна||0671112233");
    let person = &rows[0].person;
    let name = [&person.surname, &person.given_name, &person.patronymic];
    assert_eq!(
        name.map(Option::as_deref),
        [Some("Коваль"), Some("Ольга"), Some("Іванівна")]
    );
    assert_eq!(person.phone.as_deref(), Some("0671112233"));
    assert!(rows[0].values.is_empty(), "no phone is a field");
}

#[test]
fn births_that_cannot_be_are_unknown_and_told() {
    let rows = of("Дата|ПІБ|Дата народження\n05.02.2026|Коваль Ольга|05.03.2026\n05.02.2026|Сова Ія|01.01.1890");
    assert!(rows.iter().all(|row| row.person.birth == Birth::Unknown));
    assert!(rows.iter().all(|row| row.issues == [(2, CellIssue::Birth)]));
}

#[test]
fn births_are_dates_years_and_day_numbers() {
    let rows = of(
        "Дата|ПІБ|Дата народження\n05.02.2026|Коваль Ольга|12.04.80\n05.02.2026|Сова Ія|#1948\n05.02.2026|Лис Яна|#10959",
    );
    let births: Vec<Birth> = rows.iter().map(|row| row.person.birth).collect();
    assert_eq!(
        births,
        [
            Birth::Date(day("1980-04-12")),
            Birth::Year(1948),
            Birth::Date(day("1930-01-01"))
        ]
    );
}

#[test]
fn a_coded_sex_is_unknown() {
    let rows = of("Дата|ПІБ|Стать\n05.02.2026|Коваль Ольга|#2\n05.02.2026|Мельник Іван|1\n05.02.2026|Сова Ія|ж");
    let sexes: Vec<_> = rows.iter().map(|row| row.person.sex).collect();
    assert_eq!(sexes, [None, None, Some("female")]);
}

#[test]
fn a_birth_stands_in_one_column_or_in_three() {
    for table in [
        "Ім'я|Прізвище|Рік народження|Місяць народження|День народження\nОльга|Коваль|#1980|#4|#12\nІя|Сова|1948||",
        "Vorname|Nachname|Geburtsjahr|Geburtsmonat|Geburtstag\nOlga|Koval|1980|April|12\nIa|Sova|1948||",
        "First name|Surname|dob_day|dob_month|dob_year\nOlga|Koval|12|4|1980\nIa|Sova|||1948",
        "Ime|Prezime|Datum rođenja\nOlga|Koval|12041980\nIa|Sova|1948",
        "Given name|Surname|Date of birth\nOlga|Koval|19800412\nIa|Sova|#1948",
    ] {
        let births: Vec<Birth> = of(table).iter().map(|row| row.person.birth).collect();
        assert_eq!(births, [Birth::Date(day("1980-04-12")), Birth::Year(1948)], "{table}");
    }
}

#[test]
fn eight_digits_that_are_no_day_are_told() {
    let rows = of("Name|Date of birth\nAnn Lee|19081332\nEve Fox|#4091956\nIda Roe|12311980\nUna Ray|12301980");
    assert_eq!(rows[0].person.birth, Birth::Unknown);
    assert_eq!(rows[0].issues, [(1, CellIssue::Birth)]);
    assert_eq!(
        rows[1].person.birth,
        Birth::Date(day("1956-04-09")),
        "the column is month first"
    );
    assert_eq!(rows[2].person.birth, Birth::Date(day("1980-12-31")));
}

#[test]
fn parts_of_a_name_are_joined_in_the_order_of_their_columns() {
    let rows = of("fname_c1|fname_c2|lname_c1|lname_c2|Phone\nHANS|PETER|MEIER||1\nANNA||VON|STEIN|2");
    let names: Vec<_> = rows
        .iter()
        .map(|row| (row.person.given_name.as_deref(), row.person.surname.as_deref()))
        .collect();
    assert_eq!(
        names,
        [(Some("HANS PETER"), Some("MEIER")), (Some("ANNA"), Some("VON STEIN"))]
    );
}

#[test]
fn a_middle_name_is_a_patronymic_where_it_ends_like_one() {
    let rows = of("First name|Middle name|Last name\nAnna|Maria|Lee\nOlha|Ivanivna|Koval\nOlha|I.|Koval");
    let names: Vec<_> = rows
        .iter()
        .map(|row| (row.person.given_name.as_deref(), row.person.patronymic.as_deref()))
        .collect();
    assert_eq!(
        names,
        [
            (Some("Anna Maria"), None),
            (Some("Olha"), Some("Ivanivna")),
            (Some("Olha"), Some("I."))
        ]
    );
}

#[test]
fn an_address_is_joined_and_never_a_settlement_as_well() {
    let rows = of(
        "Given name|Surname|street_number|address_1|address_2|suburb|postcode|state\nAnn|Lee|7|wallaby place|delmar|cleveland|2119|sa",
    );
    let person = &rows[0].person;
    assert_eq!(person.address.as_deref(), Some("7 wallaby place delmar"));
    assert_eq!(person.settlement.as_deref(), Some("cleveland"));
    assert_eq!(person.postcode.as_deref(), Some("2119"));
    let rows = of("ПІБ|Телефон|Адреса\nКоваль Ольга|1|вул. Миру, 5\nСова Ія|2|с. Мілова");
    let homes: Vec<_> = rows
        .iter()
        .map(|row| (row.person.settlement.as_deref(), row.person.address.as_deref()))
        .collect();
    assert_eq!(homes, [(None, Some("вул. Миру, 5")), (Some("с. Мілова"), None)]);
}

#[test]
fn ages_groups_and_years_of_birth_are_read_in_any_usual_form() {
    let rows = of(
        "Дата|ПІБ|Вік\n05.02.2026|Коваль Анна|#35\n05.02.2026|Лис Олег|#1985\n05.02.2026|Гай Петро|до 18\n05.02.2026|Жук Іван|~40",
    );
    let said = |row: &RawRow| (row.person.age, row.person.age_span, row.person.birth);
    assert_eq!(
        rows.iter().map(said).collect::<Vec<_>>(),
        [
            (Some(35), None, Birth::Unknown),
            (None, None, Birth::Year(1985)),
            (None, Some((0, 17)), Birth::Unknown),
            (Some(40), None, Birth::Unknown),
        ]
    );
    let rows = of("Date|Name|Age group\n05.02.2026|Ann Lee|18-35\n05.02.2026|Tom Gray|60+\n05.02.2026|Kim Fox|minor");
    let spans: Vec<_> = rows.iter().map(|row| row.person.age_span).collect();
    assert_eq!(spans, [Some((18, 35)), Some((60, 110)), Some((0, 17))]);
    let rows = of(
        "Дата|ПІБ|Рік народження\n05.02.2026|Коваль Анна|#85\n05.02.2026|Лис Олег|2015?\n05.02.2026|Гай Петро|06.1985\n05.02.2026|Жук Іван|#12",
    );
    let births: Vec<_> = rows.iter().map(|row| row.person.birth).collect();
    assert_eq!(births, [1985, 2015, 1985, 2012].map(Birth::Year));
}

#[test]
fn cells_about_people_that_give_no_value_are_told_once_for_a_column() {
    let list = "Date|Name|Age|Sex|Year of birth\n05.02.2026|Ann Lee|many|Price|?x\n05.02.2026|Tom Gray|some|M|1990\n05.02.2026|Kim Fox|#7|-|";
    let part = part(sheet(list), "raw/list.csv", &source());
    let noted = tables(&part).iter().flat_map(|table| &table.noted);
    let unread: Vec<_> = noted.filter(|noted| noted.kind == Kind::ValueUnread).collect();
    let told: Vec<_> = unread
        .iter()
        .map(|noted| (noted.row, noted.column, &noted.args[1].1))
        .collect();
    assert_eq!(
        told,
        [
            (Some(2), Some(2), &"C2, C3".to_owned()),
            (Some(2), Some(3), &"D2".to_owned()),
            (Some(2), Some(4), &"E2".to_owned()),
        ]
    );
    let records = records(vec![sheet(list)], &source());
    assert_eq!([0, 1].map(|row| value(&records, row, "sex")), ["", "male"]);
}
