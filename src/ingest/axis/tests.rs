//! What `axis` promises, on small made-up cases.

use super::*;
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
