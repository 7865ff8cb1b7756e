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
