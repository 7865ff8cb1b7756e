//! Rows of lists, registers, logs and registries become records.

use super::*;
use crate::ingest::decisions::{End, Lookup};
use crate::ingest::findings::Kind;
use crate::ingest::fixture::{called, day, sheet, source, whole};
use crate::ingest::records::{Fate, FileId, SourceFile};
use crate::ingest::table::{Cell, Sheet};
use crate::ingest::vocabulary;

/// The records of files with one sheet each.
fn of(files: &[(&str, Sheet)], source: &Source) -> Records {
    let project = Some((day("2026-01-01"), day("2026-12-31")));
    let sources = [source.clone()];
    let mut assembler = Assembler::new(&sources, project, Purpose::Project, vocabulary::standard());
    let readings: Vec<FileReading> = files
        .iter()
        .map(|(path, sheet)| whole(vec![sheet.clone()], path, source, project))
        .collect();
    for ((path, _), reading) in files.iter().zip(&readings) {
        assembler.records.files.push(SourceFile {
            path: (*path).to_owned(),
            sha256: String::new(),
            bytes: 0,
            format: reading.format.clone(),
            sheets: reading.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
            source: Some(0),
            readable: true,
            print: crate::ingest::records::Print::default(),
        });
    }
    let read: Vec<(FileId, &FileReading)> = (0..).map(FileId).zip(&readings).collect();
    let versions = Versions::of(&read, &sources, &assembler.records.files, vocabulary::standard());
    assembler.know_versions(versions);
    for (index, reading) in readings.iter().enumerate() {
        assembler.file(index.into(), reading);
    }
    assembler.finish().0
}

fn kinds(records: &Records) -> Vec<Kind> {
    records.findings.iter().map(|finding| finding.kind).collect()
}

const LOG: &str =
    "№|Дата|Назва заходу|Місце|Усього учасників\n1|05.02.2026|Права жінок|Балаклія|#12\n2|05.02.2026|Йога|Ізюм|#5";

fn list(title: &str) -> Sheet {
    sheet(&format!(
        "{title}\nДата: 05.02.2026\n№|ПІБ|Підпис\n1|Коваль Ольга|підпис\n2|Мельник Іван|підпис"
    ))
}

/// The log's numbers of the sessions that have a list.
fn listed(records: &Records) -> Vec<String> {
    let listed = records.sessions.iter().filter(|session| session.listed);
    listed
        .filter_map(|session| Some(records.text(session.number?).to_owned()))
        .collect()
}

#[test]
fn names_under_an_unknown_heading_stay_names_however_often_each_comes() {
    const GIVEN: [&str; 5] = ["Ольга", "Іван", "Марія", "Петро", "Ірина"];
    const SURNAMES: [&str; 5] = ["Коваль", "Мельник", "Бондар", "Мороз", "Кравець"];
    for rows in [30, 60, 240] {
        let mut text = "День|Хто звернувся до нас|Фахівчиня".to_owned();
        for row in 0..rows {
            let person = row % 20;
            let (given, surname) = (GIVEN[person % 5], SURNAMES[person / 5]);
            let day = row / 10;
            let (day, month) = (day % 28 + 1, day / 28 + 1);
            text = format!("{text}\n{day:02}.{month:02}.2026|{surname} {given}|Зоря Ніна");
        }
        let records = of(&[("a.csv", sheet(&text))], &source());
        assert_eq!(records.contacts.len(), rows, "{:?}", kinds(&records));
        let named = records
            .mentions
            .iter()
            .filter(|mention| mention.identity.full_name.is_some());
        assert_eq!(named.count(), rows);
    }
}

#[test]
fn a_site_that_a_day_shares_is_where_people_met() {
    let at = |site: &str, row: usize| {
        format!(
            "\n05.02.2026|{site}|Коваль Ольга{}",
            "абвгдежз".chars().nth(row).unwrap_or('я')
        )
    };
    let lists: [(usize, &dyn Fn(usize) -> String); 2] = [
        (2, &|row| at(["North", "South"][row % 2], row)),
        // Everybody is from somewhere else.
        (1, &|row| {
            at(&format!("Village {}", "ABCDEFGH".chars().nth(row).unwrap_or('Z')), row)
        }),
    ];
    for (sessions, line) in lists {
        let text = (0..8).fold("Date|Site|Name".to_owned(), |text, row| text + &line(row));
        let records = of(&[("a.csv", sheet(&text))], &source());
        assert_eq!((records.sessions.len(), records.contacts.len()), (sessions, 8));
        assert_eq!(kinds(&records).contains(&Kind::HeadingUnclear), sessions == 2);
    }
}

#[test]
fn a_list_meets_its_log_line_by_number_or_by_title_and_site() {
    for title in ["Захід № 02", "Захід: Йога, Місце: Ізюм"] {
        let records = of(&[("raw/a.xlsx", sheet(LOG)), ("raw/b.xlsx", list(title))], &source());
        assert_eq!(records.sessions.len(), 2, "{title}");
        assert_eq!(listed(&records), ["2"], "{title}");
        assert_eq!(records.contacts.len(), 2, "{title}");
    }
}

#[test]
fn a_list_that_contradicts_every_log_line_is_a_session_of_its_own() {
    let records = of(
        &[("raw/a.xlsx", sheet(LOG)), ("raw/b.xlsx", list("Захід № 77"))],
        &source(),
    );
    assert_eq!(records.sessions.len(), 3);
    assert!(kinds(&records).contains(&Kind::ListWithoutEvent));
}

#[test]
fn two_lists_of_one_day_find_a_line_each() {
    let lists = [("raw/b.xlsx", list("Захід № 2")), ("raw/c.xlsx", list("Захід № 1"))];
    let files = [vec![("raw/a.xlsx", sheet(LOG))], lists.to_vec()].concat();
    let records = of(&files, &source());
    assert_eq!(records.sessions.len(), 2);
    assert_eq!(listed(&records).len(), 2);
}

#[test]
fn a_register_without_dates_is_a_finding_and_no_contact() {
    let register = "Звіт станом на 01.07.2026\n№|ПІБ|Заняття 1|Заняття 2\n1|Коваль Ольга|+|+";
    let records = of(&[("raw/a.xlsx", sheet(register))], &source());
    assert!(records.contacts.is_empty());
    assert_eq!(kinds(&records), [Kind::NoDate, Kind::NoDate]);
    let row = records
        .rows
        .iter()
        .find(|row| row.place.row == 3)
        .expect("the person's row");
    assert_eq!(row.fate, Fate::SetAside(crate::ingest::records::Reason::NoDate));
}

#[test]
fn the_same_columns_twice_in_one_file_are_two_sessions_and_a_copy_adds_none() {
    let register = "№|ПІБ|05.02.2026|05.02.2026|12.02.2026\n1|Коваль Ольга|+|+|+\n2|Мельник Іван|+|н|+";
    let one = of(&[("raw/a.xlsx", sheet(register))], &source());
    assert_eq!((one.sessions.len(), one.contacts.len()), (3, 5));
    let copied = of(
        &[("raw/a.xlsx", sheet(register)), ("raw/b.xlsx", sheet(register))],
        &source(),
    );
    assert_eq!((copied.sessions.len(), copied.contacts.len()), (3, 5));
    assert!(kinds(&copied).contains(&Kind::FileRepeated));
}

#[test]
fn only_the_named_sheet_is_read_and_hidden_rows_are_told() {
    let mut source = source();
    source.sheets = vec!["Лютий".to_owned()];
    let other = called(sheet("Дата|ПІБ\n05.02.2026|Сова Ія"), "Березень");
    assert!(of(&[("raw/a.xlsx", other)], &source).contacts.is_empty());
    let mut named = called(sheet("Дата|ПІБ\n05.02.2026|Сова Ія\n05.02.2026|Лис Яна"), "Лютий");
    named.hidden_rows = vec![3];
    named.hidden = true;
    let records = of(&[("raw/a.xlsx", named)], &source);
    assert_eq!(records.contacts.len(), 1);
    assert_eq!(kinds(&records), [Kind::HiddenRows]);
}

#[test]
fn every_row_of_a_file_has_a_fate() {
    let text = "Список\nДата|ПІБ|Телефон\n05.02.2026|Коваль Ольга|\n||\n|Сова Ія|\nВсього: 2||\nПідпис ____||";
    let records = of(&[("raw/a.xlsx", sheet(text))], &source());
    let rows: Vec<u32> = records.rows.iter().map(|row| row.place.row).collect();
    assert_eq!(rows, [1, 2, 3, 5, 6, 7]);
}

/// Contacts and sessions of one sheet.
fn tally(sheet: Sheet) -> (usize, usize) {
    let records = of(&[("raw/a.xlsx", sheet)], &source());
    (records.contacts.len(), records.sessions.len())
}

/// Heads that a log counts, all and by part.
fn heads(text: &str) -> (u32, Vec<(String, Option<bool>, u32)>) {
    let records = of(&[("raw/a.xlsx", sheet(text))], &source());
    let mut parts: Vec<(String, Option<bool>, u32)> = Vec::new();
    for part in records.head_counts.iter().flat_map(|count| &count.parts) {
        let sex = part.sex.map_or_else(String::new, |sex| records.text(sex).to_owned());
        parts.push((sex, part.child, part.count));
    }
    (records.head_counts.iter().map(|count| count.total).sum(), parts)
}

#[test]
fn ages_and_sexes_in_headings_of_several_rows_count_heads() {
    let rows = "1|05.02.2026|Katoyi|#3|#4|#5|#6";
    let parts = [
        ("female".to_owned(), Some(true), 3),
        ("male".to_owned(), Some(true), 4),
        ("female".to_owned(), Some(false), 5),
        ("male".to_owned(), Some(false), 6),
    ];
    for top in ["N°|Date|Lieu|Participants", "N°|Date|Lieu|Bénéficiaires touchés"] {
        for ages in ["0-17 ans||18 ans et +", "moins de 18 ans||18 ans et plus"] {
            let (total, mut found) = heads(&format!("{top}\n|||{ages}\n|||F|H|F|H\n{rows}"));
            found.sort_by_key(|(_, _, count)| *count);
            assert_eq!(total, 18, "{top} {ages}");
            if ages.starts_with('0') {
                assert_eq!(found, parts, "{top}");
            }
        }
    }
    let one_row = "Date|Event|F 0-17|M 0-17|F 18-59|M 18-59|F 60+|M 60+\n05.02.2026|Art|#1|#2|#3|#4|#5|#6";
    assert_eq!(heads(one_row).0, 21);
    let spanish = "Fecha|Actividad|H 0-17|M 0-17|H 18+|M 18+\n05.02.2026|Taller|#1|#2|#3|#4";
    assert_eq!(heads(spanish).0, 10);
    assert_eq!(heads(spanish).1[0].0, "female");
}

#[test]
fn ages_that_overlap_are_not_added_up() {
    let twice = "Date|Event|F 0-17|M 0-17|F 10-17|M 10-17\n05.02.2026|Art|#1|#2|#1|#1\n06.02.2026|Art|#3|#2|#1|#1";
    assert_eq!(heads(twice).0, 0);
}

#[test]
fn an_event_of_several_days_is_one_and_that_of_its_first_day() {
    let records = of(
        &[(
            "raw/a.xlsx",
            sheet("Дата|Захід|Кількість учасників\n05-07.03.2026|Тренінг|#10\n28.02-02.03.2026|Лекція|#8"),
        )],
        &source(),
    );
    let days: Vec<String> = records
        .sessions
        .iter()
        .map(|session| session.date.to_string())
        .collect();
    assert_eq!(days, ["2026-02-28", "2026-03-05"]);
    let spans =
        "Start date|End date|Event|Participants\n05.03.2026|07.03.2026|Training|#10\n13.03.2026|13.03.2026|Talk|#8";
    assert_eq!(heads(spans).0, 18);
}

#[test]
fn hours_that_rows_share_tell_sessions_apart() {
    let rows = |first: &str, second: &str| {
        let people = ["Коваль Ольга", "Мельник Іван", "Сова Ія"];
        let group = |hour: &str| people.map(|name| format!("05.02.2026|{hour}|{name}")).join("\n");
        format!("{}\n{}", group(first), group(second))
    };
    for heading in ["Час", "Час початку", "Heure", "Зміна"] {
        for (first, second) in [("10:00-11:30", "14:00-15:30"), ("10.00", "14.00"), ("9h30", "14h")] {
            let text = format!("Дата|{heading}|ПІБ\n{}", rows(first, second));
            assert_eq!(tally(sheet(&text)).1, 2, "{heading} {first}");
            assert_eq!(tally(sheet(&text)).0, 6, "{heading} {first}");
        }
    }
}

#[test]
fn a_column_of_hours_tells_sessions_apart_under_any_heading() {
    let list = "Date|Start time|Name\n05.02.2026|10:00|Ann Lee\n05.02.2026|10:00|Eve Roy\n05.02.2026|14:00|Ann Lee\n\
                05.02.2026|14:00|Eve Roy";
    assert_eq!(tally(sheet(list)), (4, 2));
}

#[test]
fn a_plan_on_another_sheet_or_below_dates_numbered_sessions() {
    let register = "ПІБ|Заняття 1|Заняття 2\nКоваль Ольга|+|+\nСова Ія||+";
    let plan = called(
        sheet("№ заняття|Дата|Тема\n#1|05.02.2026|Сон\n#2|12.02.2026|Спорт"),
        "План",
    );
    let records = crate::ingest::fixture::records(vec![sheet(register), plan], &source());
    assert_eq!((records.contacts.len(), records.sessions.len()), (3, 2));
    let told = |kind: Kind| records.findings.iter().find(|finding| finding.kind == kind);
    let told = told(Kind::DaysFromPlan).expect("days of another sheet are told");
    assert_eq!((told.args["sheet"].as_str(), told.args["row"].as_str()), ("План", "2"));
    for below in [
        "Заняття 1 = 05.02.2026; Заняття 2 = 12.02.2026",
        "Заняття 1|05.02.2026\nЗаняття 2|12.02.2026",
    ] {
        let records = crate::ingest::fixture::records(vec![sheet(&format!("{register}\n\n{below}"))], &source());
        assert_eq!((records.contacts.len(), records.sessions.len()), (3, 2), "{below}");
        assert!(!kinds(&records).contains(&Kind::DaysFromPlan), "{below}");
    }
    let people = called(
        sheet("№|Дата|ПІБ\n#1|05.02.2026|Лис Яна\n#2|12.02.2026|Лис Яна"),
        "Список",
    );
    let records = crate::ingest::fixture::records(vec![sheet(register), people], &source());
    assert_eq!(records.contacts.len(), 2);
}

#[test]
fn lines_between_people_tell_their_sessions() {
    let rows = "1|Коваль Ольга|ж\n2|Сова Ія|ж";
    for [first, second] in [
        ["Заняття 1 – 05.02.2026||", "Заняття 2 – 12.02.2026||"],
        ["|05.02.2026 – тема: «Сон»|", "|12.02.2026 – тема: «Спорт»|"],
        ["05.02.2026||", "12.02.2026||"],
        ["Дата:|05.02.2026|", "Дата:|12.02.2026|"],
    ] {
        let list = format!("№|ПІБ|Стать\n{first}\n{rows}\n{second}\n1|Коваль Ольга|ж");
        assert_eq!(tally(sheet(&list)), (3, 2), "{first}");
    }
}

#[test]
fn tables_below_each_other_share_the_day_above_the_first() {
    let lists = "Дорослі\n№|ПІБ|Стать\n1|Коваль Ольга|ж\n2|Сова Ія|ж\n\nДіти\n№|ПІБ дитини|Вік\n1|Лис Яна|9";
    let records = of(
        &[("raw/a.xlsx", sheet(&format!("Список 05.02.2026\n{lists}")))],
        &source(),
    );
    assert_eq!(records.contacts.len(), 3);
    // Where another table has a day of its own, none is lent.
    let other = "\n\n12.02.2026\n№|ПІБ|Стать\n1|Коваль Ольга|ж";
    let records = of(
        &[("raw/a.xlsx", sheet(&format!("Список 05.02.2026\n{lists}{other}")))],
        &source(),
    );
    assert_eq!(records.contacts.len(), 3);
    let register = "Журнал за лютий 2026\nГрупа А\nПІБ|2|9\nКоваль Ольга|+|+\n\nГрупа Б\nПІБ|3|10\nСова Ія|+|+";
    assert_eq!(tally(sheet(register)), (4, 4));
    let stacked = "Дата:||05.02.2026\n№|ПІБ|Стать\n1|Коваль Ольга|ж\nВсього: 1\n\n\
                   Дата:||12.02.2026\n№|ПІБ|Стать\n1|Коваль Ольга|ж\n2|Сова Ія|ж\nВсього: 2";
    assert_eq!(tally(sheet(stacked)), (3, 2));
    let titled = "Список\nТема:|Сон\nДата:|05.02.2026\n№|ПІБ|Стать\n1|Коваль Ольга|ж\n2|Сова Ія|ж\n|Разом|2\n\n\n\
                  Список\nТема:|Сон\nДата:|12.02.2026\nМісце: Лозова\n№|ПІБ|Стать\n1|Коваль Ольга|ж\n|Разом|1";
    assert_eq!(tally(sheet(titled)), (3, 2));
}

#[test]
fn a_numbered_log_of_other_events_dates_no_sessions() {
    let register = "ПІБ|Заняття 1|Заняття 2\nКоваль Ольга|+|+\nСова Ія||+";
    let log = "Дата|Захід\n#1|05.02.2026|Ярмарок\n#2|12.02.2026|Концерт\n#3|19.02.2026|Збори";
    let days = |heading: &str| {
        let log = called(sheet(&format!("{heading}|{log}")), "Заходи");
        let records = crate::ingest::fixture::records(vec![sheet(register), log], &source());
        let sessions = records.sessions.iter().map(|session| session.date);
        let of_register = sessions.filter(|_| kinds(&records).contains(&Kind::DaysFromPlan));
        of_register.count()
    };
    assert_eq!(days("№"), 0);
    assert_eq!(days("№ захід"), 0);
    assert!(days("№ заняття") > 0);
}

#[test]
fn hours_at_which_people_came_are_no_sessions() {
    let came = "Дата|Час|ПІБ\n05.02.2026|10:01|Коваль Ольга\n05.02.2026|10:01|Сова Ія\n05.02.2026|10:04|Мельник Іван\n\
                05.02.2026|10:04|Лис Яна\n05.02.2026|10:09|Бондар Ганна\n05.02.2026|10:09|Ткач Павло";
    assert_eq!(tally(sheet(came)), (6, 1));
}

#[test]
fn a_name_merged_over_rows_with_days_holds_for_all_of_them() {
    let log = "ПІБ|Дата|Тема\nКоваль Ольга|05.02.2026|Йога\n|12.02.2026|Йога\n|19.02.2026|Сон\nСова Ія|06.02.2026|Йога";
    let log = crate::ingest::fixture::merged(sheet(log), (2, 4), (0, 0));
    assert_eq!(tally(log), (4, 4));
    let phones = "Дата|ПІБ|Телефон\n05.02.2026|Коваль Ольга|0671112233\n||0501112233\n05.02.2026|Сова Ія|0671112244";
    let phones = crate::ingest::fixture::merged(sheet(phones), (2, 3), (1, 1));
    assert_eq!(tally(phones), (2, 1));
}

#[test]
fn rows_of_codes_of_one_day_are_those_who_met() {
    let list = "Дата|Код\n05.02.2026|A1\n05.02.2026|A2\n05.02.2026|A3\n12.02.2026|A1\n12.02.2026|A2";
    assert_eq!(tally(sheet(list)), (5, 2));
    let services = "Дата|Код|Послуга\n05.02.2026|A1|консультація\n05.02.2026|A2|консультація";
    assert_eq!(tally(sheet(services)), (2, 2));
}

#[test]
fn whoever_has_no_name_among_people_with_one_met_with_them() {
    let list = "Дата|ПІБ|Телефон\n05.02.2026|Коваль Ольга|0671112233\n05.02.2026|-|0671112244\n05.02.2026|Сова Ія|\n\
                12.02.2026|Коваль Ольга|\n12.02.2026|невідомо|0671112244";
    assert_eq!(tally(sheet(list)), (5, 2));
}

#[test]
fn lists_side_by_side_have_their_own_days() {
    let lists = "Дата: 04.02.2026|||Дата: 13.02.2026||\n№|ПІБ|Підпис|№|ПІБ|Підпис\n1|Коваль Ольга||1|Сова Ія|\n\
                 2|Сова Ія||2|Коваль Ольга|";
    assert_eq!(tally(sheet(lists)), (4, 2));
    let one = lists.replace("Дата: 13.02.2026", "");
    assert_eq!(tally(sheet(&one)).1, 1);
}

#[test]
fn of_columns_under_a_day_the_one_of_marks_says_who_came() {
    let rows = "Коваль Ольга|x|#2|x|#2\nМельник Іван|x|#2||\nСова Ія|||x|#1.5";
    for days in ["05.02.2026||13.02.2026|", "#46058||#46066|"] {
        for beneath in ["Present|Hours|Present|Hours", "Був|Годин|Був|Годин"] {
            let text = format!("ПІБ|{days}\n|{beneath}\n{rows}");
            assert_eq!(tally(sheet(&text)), (4, 2), "{days} {beneath}");
        }
    }
    let absent = "ПІБ|05.02.2026||13.02.2026|\n|Present|Absent|Present|Absent\nКоваль Ольга|x|||x\nСова Ія||x|x|";
    assert_eq!(tally(sheet(absent)), (2, 2));
}

#[test]
fn a_month_beside_day_numbers_is_theirs() {
    let register = "ПІБ|#1|#8|#15||Лютий 2026\nКоваль Ольга|x|x|x\nСова Ія|x|x|x";
    assert_eq!(tally(sheet(register)), (6, 3));
}

#[test]
fn days_with_hours_head_a_register() {
    let register = "ПІБ|05/02/26 10:00|05/02/26 14:00|13/02/26 10:00\nКоваль Ольга|x|x|\nСова Ія|x||x";
    assert_eq!(tally(sheet(register)), (4, 3));
}

/// Heads and their parts of each line of a log: sex, whether children, count.
fn by_line(log: &str) -> Vec<(u32, usize)> {
    let records = of(&[("raw/a.xlsx", sheet(log))], &source());
    records
        .head_counts
        .iter()
        .map(|count| (count.total, count.parts.len()))
        .collect()
}

#[test]
fn children_beside_women_and_men_are_heads() {
    for heading in [
        "Date|Event|Women|Men|Children|Total",
        "Дата|Захід|Жінки|Чоловіки|Діти|Всього",
        "Date|Activité|Femmes|Hommes|Enfants|Total",
        "Fecha|Actividad|Mujeres|Hombres|Niños|Total",
        "Data|Wydarzenie|Kobiety|Mężczyźni|Dzieci|Razem",
        "Datum|Veranstaltung|Frauen|Männer|Kinder|Gesamt",
    ] {
        let log = format!("{heading}\n05.03.2026|Art day|#6|#4|#2|#12\n13.03.2026|Talk|#8|#0|#1|#9");
        assert_eq!(by_line(&log), [(12, 3), (9, 2)], "{heading}");
        let (untotalled, _) = heading.rsplit_once('|').expect("a total");
        let log = format!("{untotalled}\n05.03.2026|Art day|#6|#4|#2\n13.03.2026|Talk|#8|#0|#1");
        assert_eq!(by_line(&log), [(12, 3), (9, 2)], "{untotalled}");
    }
}

#[test]
fn a_total_tells_which_columns_are_parts_of_it() {
    let of_whom = "Date|Event|Women|Men|Children|Total\n05.03.2026|Art|#6|#4|#2|#10\n13.03.2026|Talk|#8|#0|#1|#8";
    assert_eq!(by_line(of_whom), [(10, 2), (8, 1)]);
    let elderly = "Date|Event|Women|Men|Elderly|With disability|Total\n05.03.2026|Art|#6|#4|#2|#1|#12\n\
                   13.03.2026|Talk|#8|#0|#1|#3|#9";
    assert_eq!(by_line(elderly), [(12, 3), (9, 2)]);
    let adults = "Date|Event|Adults|Children|Total\n05.03.2026|Art|#6|#4|#10\n13.03.2026|Talk|#8|#1|#9";
    assert_eq!(
        by_line(adults).iter().map(|(total, _)| *total).collect::<Vec<_>>(),
        [10, 9]
    );
    let girls =
        "Date|Event|Women|Men|Girls|Boys|Children\n05.03.2026|Art|#6|#4|#1|#1|#2\n13.03.2026|Talk|#8|#0|#1|#0|#1";
    assert_eq!(
        by_line(girls).iter().map(|(total, _)| *total).collect::<Vec<_>>(),
        [12, 9]
    );
}

#[test]
fn children_beside_female_and_male_are_a_question() {
    let log = "Date|Event|Female|Male|Children\n05.03.2026|Art|#6|#4|#2\n13.03.2026|Talk|#8|#0|#1";
    let records = of(&[("raw/a.xlsx", sheet(log))], &source());
    assert!(kinds(&records).contains(&Kind::HeadingUnclear));
    assert_eq!(by_line(log), [(10, 2), (8, 1)]);
}

mod told;
