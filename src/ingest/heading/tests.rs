//! What `heading` promises, on small made-up cases.

use super::*;
use crate::ingest::fixture::day;
use crate::ingest::vocabulary;

fn of(lines: &[&str]) -> Heading {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    read(&lines, vocabulary::standard())
}

#[test]
fn labels_of_one_line_end_where_the_next_begins() {
    let heading = of(&[
        "Група: Сильні разом; Місце: Балаклія, клуб",
        "Фасилітатор: Коваль О. І.",
    ]);
    assert_eq!(heading.group.as_deref(), Some("Сильні разом"));
    assert_eq!(heading.site.as_deref(), Some("Балаклія, клуб"));
    assert_eq!(heading.facilitator.as_deref(), Some("Коваль О. І."));
}

#[test]
fn the_number_of_an_event_and_its_title_in_quotes() {
    let heading = of(&["Підписний лист", "Захід № 012 «Права жінок»", "Дата: 26.01.2026"]);
    assert_eq!(heading.number.as_deref(), Some("012"));
    assert_eq!(heading.title.as_deref(), Some("Права жінок"));
    assert_eq!(heading.date, Some(DateReading::Day(day("2026-01-26"))));
}

#[test]
fn labels_in_other_languages() {
    assert_eq!(of(&["Место: Изюм"]).site.as_deref(), Some("Изюм"));
    assert_eq!(
        of(&["Facilitator: Olena Koval"]).facilitator.as_deref(),
        Some("Olena Koval")
    );
    assert_eq!(of(&["Mjesto: Podgorica"]).site.as_deref(), Some("Podgorica"));
}

#[test]
fn a_blank_line_to_fill_in_says_nothing() {
    let mut heading = of(&["Місце: ________", "Група: "]);
    heading.lines.clear();
    assert_eq!(heading, Heading::default());
}

#[test]
fn every_date_of_the_lines_is_kept() {
    assert_eq!(of(&["з 01.02.2026 по 28.02.2026"]).dates.len(), 2);
}

#[test]
fn a_label_and_its_value_in_the_next_cell_are_one_line() {
    let cells = |texts: &[&str]| {
        lines(
            texts.iter().map(|text| (*text).to_owned()).collect(),
            vocabulary::standard(),
        )
    };
    assert_eq!(cells(&["Захід:", "Кераміка"]), ["Захід: Кераміка"]);
    assert_eq!(
        cells(&["Miejsce:", "Lublin", "Data", "2026-01-08"]),
        ["Miejsce: Lublin", "Data: 2026-01-08"]
    );
    assert_eq!(
        cells(&["Місце:", "Дата:", "08.01.2026"]),
        ["Місце:", "Дата: 08.01.2026"]
    );
    assert_eq!(cells(&["Лист реєстрації", "Березень"]), ["Лист реєстрації", "Березень"]);
}

#[test]
fn days_of_papers_and_of_meetings_to_come_are_not_the_day() {
    for lines in [
        ["Наказ № 5 від 10.02.2026", "Список учасників 12.03.2026"],
        ["Agreement of 15 January 2026", "Held on 12 March 2026"],
        ["Zarządzenie z dnia 10.02.2026", "Lista obecności 12.03.2026"],
        ["Договор № 7 от 10.02.2026 г.", "12.03.2026"],
        ["Contrat du 10.02.2026", "Liste du 12.03.2026"],
        ["12.03.2026", "Nächster Termin: 19.03.2026"],
        ["Sign-in 12.03.2026", "Next meeting: 19.03.2026"],
        ["Project 01.01.2026 – 31.12.2026", "12.03.2026"],
        ["Reporting period: 01.03.2026 - 31.03.2026", "12.03.2026"],
        ["10.02.2026 № 45-к", "12.03.2026"],
        ["قرار رقم 5 بتاريخ 10.02.2026", "12.03.2026"],
    ] {
        let heading = of(&lines);
        assert_eq!(heading.dates, [DateReading::Day(day("2026-03-12"))], "{lines:?}");
        assert!(!heading.of_papers, "{lines:?}");
    }
    let order = of(&["Наказ № 5 від 10.02.2026"]);
    assert!(order.of_papers && order.dates.len() == 1);
    let list = of(&["Відомість № 5 від 10.02.2026"]);
    assert!(!list.of_papers && list.dates.len() == 1);
    let next = of(&["Наступне заняття 10.02.2026"]);
    assert!(next.dates.is_empty());
    let cells = ["від", "10.02.2026", "№ 45"].map(str::to_owned).to_vec();
    assert_eq!(super::lines(cells, vocabulary::standard()), ["від", "10.02.2026 № 45"]);
}
