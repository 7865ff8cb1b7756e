//! What `axis` promises, on small made-up cases.

use super::*;
use crate::ingest::findings::Kind;
use crate::ingest::fixture::{called, day, part, sheet, source, tables};
use crate::ingest::layout::Block;
use crate::ingest::table::Sheet;
use crate::project::model::Layout;

fn block(sheet: Sheet, file: &str) -> Block {
    tables(&part(sheet, file, &source()))[0].block.clone()
}

fn days(text: &str) -> Vec<String> {
    written(&block(sheet(text), "raw/register.csv"))
}

fn written(block: &Block) -> Vec<String> {
    let dates = block.sessions.iter().map(|session| &session.date);
    dates
        .map(|date| date.as_ref().map_or_else(Clone::clone, ToString::to_string))
        .collect()
}

#[test]
fn a_month_in_the_first_cell_of_its_run_reaches_to_the_next() {
    let expected = ["2026-02-05", "2026-02-12", "2026-03-05"];
    assert_eq!(
        days("№|ПІБ|Лютий 2026||Березень 2026\n||#5|#12|#5\n1|Коваль Ольга|+|+|+"),
        expected
    );
    assert_eq!(
        days("||Лютий 2026||Березень 2026\n№|ПІБ|#5|#12|#5\n1|Коваль Ольга|+|+|+"),
        expected
    );
    assert_eq!(
        days("||February 2026||March 2026\nNo|Full name|5|12|5\n1|Olha Koval|x|x|x"),
        expected
    );
}

#[test]
fn the_month_stands_in_title_sheet_or_file() {
    let register = "№|ПІБ|#5|#12\n1|Коваль Ольга|+|+";
    let expected = ["2026-02-05", "2026-02-12"];
    assert_eq!(days(&format!("Журнал відвідування, лютий 2026\n{register}")), expected);
    assert_eq!(
        written(&block(called(sheet(register), "Лютий 2026"), "raw/a.xlsx")),
        expected
    );
    assert_eq!(written(&block(sheet(register), "raw/Дозвілля_02_2026.xlsx")), expected);
}

#[test]
fn a_run_of_days_crosses_new_year_once() {
    let around = (day("2025-09-01"), day("2026-06-30"));
    let read = |text: &str| {
        let file = crate::ingest::fixture::whole(vec![sheet(text)], "raw/a.csv", &source(), Some(around));
        written(&tables(&file.sheets[0])[0].block)
    };
    let expected = ["2025-12-22", "2026-01-05"];
    assert_eq!(
        read("Навчальний рік 2025\n№|ПІБ|22.12|05.01\n1|Коваль Ольга|+|+"),
        expected
    );
    assert_eq!(read("№|ПІБ|22.12|05.01\n1|Коваль Ольга|+|+"), expected);
    assert_eq!(read("№|ПІБ|22.12.2025|05.01\n1|Коваль Ольга|+|+"), expected);
    assert_eq!(
        read("2025\n№|ПІБ|Грудень|Січень\n||#22|#5\n1|Коваль Ольга|+|+"),
        expected
    );
}

#[test]
fn dates_inside_longer_headers_and_serial_numbers() {
    let expected = ["2026-02-05", "2026-02-12"];
    assert_eq!(
        days("№|ПІБ|Заняття 1 (05.02)|Заняття 2 (12.02)\n1|Коваль Ольга|+|+"),
        expected
    );
    assert_eq!(days("№|ПІБ|#46058|#46065\n1|Коваль Ольга|+|+"), expected);
}

#[test]
fn american_dates_are_recognised_by_the_run() {
    let header = "No|Name|1/29/2026|2/5/2026|2/12/2026";
    assert_eq!(
        days(&format!("{header}\n1|Ann Lee|x|x|x")),
        ["2026-01-29", "2026-02-05", "2026-02-12"]
    );
}

#[test]
fn totals_between_the_days_are_no_sessions() {
    let header = "№|ПІБ|05.02.2026|Разом за лютий|05.03.2026|Разом за березень|Всього";
    assert_eq!(
        days(&format!("{header}\n1|Коваль Ольга|+|#1|+|#1|#2")),
        ["2026-02-05", "2026-03-05"]
    );
}

#[test]
fn numbered_sessions_without_dates_are_a_question() {
    for (a, b) in [
        ("Заняття 1", "Заняття 2"),
        ("#1", "#2"),
        ("Січень", "Лютий"),
        ("Day 1", "Day 2"),
    ] {
        let text = format!("Звіт станом на 01.07.2026\n№|ПІБ|{a}|{b}\n1|Коваль Ольга|+|н\n2|Мельник Іван|+|+");
        let block = block(sheet(&text), "raw/a.csv");
        assert_eq!(block.layout, Layout::Register, "{a}");
        assert_eq!(block.sessions.len(), 2, "{a}");
        assert!(
            block.sessions.iter().all(|session| session.reason() == Reason::NoDate),
            "{a}"
        );
    }
}

#[test]
fn numbered_questions_of_a_dated_list_are_fields() {
    let text = "Дата|ПІБ|Питання 1|Питання 2\n05.02.2026|Коваль Ольга|+|-";
    assert_eq!(block(sheet(text), "raw/a.csv").layout, Layout::List);
    let grades = "Дата: 05.02.2026\n№|ПІБ|Питання 1|Питання 2\n1|Коваль Ольга|#4|#5";
    assert_eq!(block(sheet(grades), "raw/a.csv").layout, Layout::List);
}

#[test]
fn a_day_that_no_month_has_is_impossible_and_no_question() {
    let block = block(sheet("№|ПІБ|29.02.2026|05.03.2026\n1|Коваль Ольга|+|+"), "raw/a.csv");
    assert_eq!(block.sessions[0].reason(), Reason::ImpossibleDate);
    assert!(block.sessions[0].date.is_err() && block.sessions[1].date.is_ok());
}

#[test]
fn months_and_years_are_found_in_names_and_titles() {
    let of = |name: &str, path: &str, title: &str, days: &str| {
        let text = format!("{title}\n№|ПІБ|{days}\n1|Коваль Ольга|+|+|+\n2|Сова Ія|+|+|");
        written(&block(called(sheet(&text), name), path))
    };
    let january = ["2026-01-05", "2026-01-12", "2026-01-19"];
    let days = "#5|#12|#19";
    for (name, path, title) in [
        ("Jan", "raw/r.xlsx", "Attendance 2026"),
        ("Jan", "raw/Register 2026.xlsx", ""),
        ("Січ", "raw/2026/r.xlsx", ""),
        ("01-26", "raw/r.xlsx", ""),
        ("Jan26", "raw/r.xlsx", ""),
        ("січ 26", "raw/r.xlsx", ""),
        ("Sheet1", "raw/Register 202601.xlsx", ""),
        ("Sheet1", "raw/Register_0126/Jan 26.xlsx", ""),
        ("Sheet1", "raw/r.xlsx", "Month: 1|Year: 2026"),
        ("Sheet1", "raw/r.xlsx", "Місяць|1|Рік|2026"),
        ("Sheet1", "raw/r.xlsx", "за 01 міс. 2026 р."),
    ] {
        assert_eq!(of(name, path, title, days), january, "{name} {path} {title}");
    }
    assert_eq!(of("Sheet1", "raw/January 2026.xlsx", "", "5th|12th|19th"), january);
    assert_eq!(of("Sheet1", "raw/r.xlsx", "За 3 місяці 2026", days), ["5", "12", "19"]);
}

#[test]
fn a_sheet_called_by_a_number_is_a_month_where_days_stand_under_it() {
    let on = |days: &str| {
        let text = format!("Журнал 2026\n№|ПІБ|{days}\n1|Коваль Ольга|+|+|+\n2|Сова Ія|+|+|");
        let sheets = vec![called(sheet(&text), "1"), called(sheet(&text), "2")];
        let records = crate::ingest::fixture::records(sheets, &source());
        let told = crate::ingest::fixture::kinds(&records);
        (records.sessions.len(), told.contains(&Kind::MonthOfName))
    };
    assert_eq!(on("#5|#12|#19"), (6, true));
    assert_eq!(on("#1|#2|#3"), (0, false));
}

#[test]
fn short_months_that_are_weekdays_elsewhere_and_slips_are_read() {
    let march = ["2026-03-05", "2026-03-12", "2026-03-19"];
    let of = |heads: &str| days(&format!("№|ПІБ|{heads}\n1|Коваль Ольга|+|+|+\n2|Сова Ія|+|+|"));
    for heads in [
        "5 Mar|12 Mar|19 Mar",
        "Mar 5|Mar 12|Mar 19",
        "Mar-05|Mar-12|Mar-19",
        "5th March|12th March|19th March",
        "05,03|12,03|19,03",
        "05.03.2026|12.O3.2026|19.032026",
        "#5.03|#12.03|#19.03",
    ] {
        assert_eq!(of(heads), march, "{heads}");
    }
    let weekdays = "Marzo 2026\n№|Nombre|lun 2|mar 3|mié 4\n1|Ana Ruiz|x|x|x\n2|Luz Paz|x|x|";
    assert_eq!(days(weekdays), ["2026-03-02", "2026-03-03", "2026-03-04"]);
    let numbered = "||05.03|12.03|19.03\n№|ПІБ|1|2|3\n1|Коваль Ольга|+|+|+\n2|Сова Ія|+|+|";
    assert_eq!(days(numbered), march);
    let october = "№|ПІБ|#9.09|#2.1|#10.1|#20.1\n1|Коваль Ольга|+|+|+|+\n2|Сова Ія|+|+||+";
    assert_eq!(days(october), ["2026-09-09", "2026-10-02", "2026-10-10", "2026-10-20"]);
}

#[test]
fn days_run_over_the_end_of_their_month() {
    let of = |title: &str, heads: &str| {
        let marks = "|+".repeat(heads.split('|').count());
        let block = block(
            sheet(&format!(
                "{title}\n№|ПІБ|{heads}\n1|Коваль Ольга{marks}\n2|Сова Ія{marks}"
            )),
            "raw/r.xlsx",
        );
        let told = block.noted.iter().any(|noted| noted.kind == Kind::DaysRunOver);
        (written(&block), told)
    };
    let expected = ["2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02"];
    let expected = expected.map(str::to_owned).to_vec();
    assert_eq!(of("Журнал, березень 2026", "#30|#31|#1|#2"), (expected.clone(), true));
    assert_eq!(of("Березень-квітень 2026", "#30|#31|#1|#2"), (expected, false));
    let (before, told) = of("Грудень 2026", "#30|#7|#14|#21|#28");
    assert_eq!(
        (before[0].as_str(), before[4].as_str(), told),
        ("2026-11-30", "2026-12-28", true)
    );
}

#[test]
fn signatures_under_days_are_marks() {
    let register = "№|ПІБ|Організація|Підпис день 1 (12.03.2026)|Підпис день 2 (13.03.2026)\n\
                    1|Коваль Ольга|ГО|підписано|\n2|Сова Ія|ГО|підписано|підписано";
    assert_eq!(days(register), ["2026-03-12", "2026-03-13"]);
    let records = crate::ingest::fixture::records(vec![sheet(register)], &source());
    assert_eq!(records.contacts.len(), 3);
}
