//! Rows of lists, registers, logs and registries become records.

use super::*;
use crate::ingest::findings::Kind;
use crate::ingest::fixture::{called, day, sheet, source, whole};
use crate::ingest::records::{Fate, SourceFile};
use crate::ingest::table::Sheet;
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

/// Heads and their parts of each line of a log: sex, whether children, count.
fn heads(log: &str) -> Vec<(u32, usize)> {
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
        assert_eq!(heads(&log), [(12, 3), (9, 2)], "{heading}");
        let (untotalled, _) = heading.rsplit_once('|').expect("a total");
        let log = format!("{untotalled}\n05.03.2026|Art day|#6|#4|#2\n13.03.2026|Talk|#8|#0|#1");
        assert_eq!(heads(&log), [(12, 3), (9, 2)], "{untotalled}");
    }
}

#[test]
fn a_total_tells_which_columns_are_parts_of_it() {
    let of_whom = "Date|Event|Women|Men|Children|Total\n05.03.2026|Art|#6|#4|#2|#10\n13.03.2026|Talk|#8|#0|#1|#8";
    assert_eq!(heads(of_whom), [(10, 2), (8, 1)]);
    let elderly = "Date|Event|Women|Men|Elderly|With disability|Total\n05.03.2026|Art|#6|#4|#2|#1|#12\n\
                   13.03.2026|Talk|#8|#0|#1|#3|#9";
    assert_eq!(heads(elderly), [(12, 3), (9, 2)]);
    let adults = "Date|Event|Adults|Children|Total\n05.03.2026|Art|#6|#4|#10\n13.03.2026|Talk|#8|#1|#9";
    assert_eq!(
        heads(adults).iter().map(|(total, _)| *total).collect::<Vec<_>>(),
        [10, 9]
    );
    let girls =
        "Date|Event|Women|Men|Girls|Boys|Children\n05.03.2026|Art|#6|#4|#1|#1|#2\n13.03.2026|Talk|#8|#0|#1|#0|#1";
    assert_eq!(
        heads(girls).iter().map(|(total, _)| *total).collect::<Vec<_>>(),
        [12, 9]
    );
}

#[test]
fn children_beside_female_and_male_are_a_question() {
    let log = "Date|Event|Female|Male|Children\n05.03.2026|Art|#6|#4|#2\n13.03.2026|Talk|#8|#0|#1";
    let records = of(&[("raw/a.xlsx", sheet(log))], &source());
    assert!(kinds(&records).contains(&Kind::HeadingUnclear));
    assert_eq!(heads(log), [(10, 2), (8, 1)]);
}

#[test]
fn what_was_cancelled_is_set_aside() {
    for list in [
        "Дата|ПІБ|Статус\n05.03.2026|Коваль Ганна|проведено\n13.03.2026|Коваль Ганна|не з'явилась\n\
         20.03.2026|Мороз Ольга|скасовано\n27.03.2026|Мороз Ольга|проведено",
        "Date|Name|Consultation status\n05.03.2026|Ann Lee|completed\n13.03.2026|Ann Lee|no-show\n\
         20.03.2026|Bea Ray|cancelled by client\n27.03.2026|Bea Ray|completed",
    ] {
        let records = of(&[("raw/a.xlsx", sheet(list))], &source());
        assert_eq!(records.contacts.len(), 2, "{list}");
    }
    let log = "Дата|Захід|Кількість учасників\n05.03.2026|Лекція|#10\n13.03.2026|Лекція|скасовано\n\
               19.03.2026|Тренінг|#7\n26.03.2026|Тренінг|не відбулось";
    let records = of(&[("raw/a.xlsx", sheet(log))], &source());
    assert_eq!(records.sessions.len(), 2);
    assert_eq!(heads(log), [(10, 0), (7, 0)]);
}

#[test]
fn heads_in_numbers_and_words_are_heads() {
    let log = "Дата|Захід|Кількість учасників\n05.03.2026|Лекція|25 осіб\n13.03.2026|Лекція|12 (8 жінок, 4 чоловіки)\n\
               19.03.2026|Тренінг|#30\n20.03.2026|Тренінг|12 чол.\n21.03.2026|Тренінг|9 (8 жінок, 4 чоловіки)\n\
               22.03.2026|Тренінг|25 наборів";
    let totals: Vec<(u32, usize)> = heads(log);
    assert_eq!(totals, [(25, 0), (12, 2), (30, 0), (12, 0)]);
}
