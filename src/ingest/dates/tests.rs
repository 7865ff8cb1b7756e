//! Dates as offices write them.

use chrono::NaiveDate;

use super::*;

fn day(year: i32, month: u32, day: u32) -> DateReading {
    DateReading::Day(NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar"))
}

fn text(text: &str) -> DateReading {
    read_text(text, None)
}

#[test]
fn whole_dates_in_every_notation() {
    for written in [
        "01.04.2022",
        "1.4.22",
        "01.04.22р.",
        "01.04.2022.",
        "'01.04.2022 р.'",
        "2022-04-01",
        "2022.04.01",
        "20220401",
        "2022-04-01T10:00:00.000+02:00",
        "01.04.2022 05:23",
        "1 квітня 2022 р.",
        "1 апреля 2022 года",
        "1-Apr-22",
        "Fri, 1 Apr 22",
        "April 1, 2022",
        "01. 04. 2022.",
        "1. april 2022.",
        "1 de abril de 2022",
        "44652",
        "пт 01.04.2022",
        " 01.04.2022\u{A0}р. ",
        "1 квіт. 2022",
    ] {
        assert_eq!(text(written), day(2022, 4, 1), "{written}");
    }
    assert_eq!(text("28.05.1984 р."), day(1984, 5, 28));
    assert_eq!(text("23.01.62"), day(1962, 1, 23));
}

#[test]
fn dates_that_lack_a_part() {
    for written in ["05.02", "5.2", "Пн 05.02", "05.02\nпн", "5 лютого", "05 фев", "5/2"] {
        assert_eq!(text(written), DateReading::DayMonth { day: 5, month: 2 }, "{written}");
    }
    assert_eq!(text("12 бер"), DateReading::DayMonth { day: 12, month: 3 });
    assert_eq!(
        text("січень 2026"),
        DateReading::Month {
            month: 1,
            year: Some(2026)
        }
    );
    assert_eq!(
        text("Apr-22"),
        DateReading::Month {
            month: 4,
            year: Some(2022)
        }
    );
    assert_eq!(text("Березень"), DateReading::Month { month: 3, year: None });
    assert_eq!(
        text("05.2026"),
        DateReading::Month {
            month: 5,
            year: Some(2026)
        }
    );
    assert_eq!(text("12"), DateReading::DayOnly(12));
    assert_eq!(text("12 пн"), DateReading::DayOnly(12));
    assert_eq!(text("1984 р.н."), DateReading::Year(1984));
}

#[test]
fn what_is_no_date() {
    for written in [
        "",
        "+",
        "н",
        "32",
        "0952105467",
        "097 993 59 12",
        "Йога",
        "14 / 20",
        "Заняття 1",
        "6-17",
        "8 067 052 05 65",
        "4.75",
    ] {
        assert_eq!(text(written), DateReading::None, "{written}");
    }
}

#[test]
fn days_that_do_not_exist() {
    assert_eq!(text("31.02.2026"), DateReading::Impossible("31.02.2026".to_owned()));
    assert_eq!(text("31.11"), DateReading::Impossible("31.11".to_owned()));
    assert_eq!(text("01.13.2026"), DateReading::Impossible("01.13.2026".to_owned()));
    assert_eq!(text("31/06/2026"), DateReading::Impossible("31/06/2026".to_owned()));
}

#[test]
fn slashes_need_an_order() {
    let both = NaiveDate::from_ymd_opt(2022, 4, 1).zip(NaiveDate::from_ymd_opt(2022, 1, 4));
    let (day_month, month_day) = both.expect("days of the calendar");
    assert_eq!(text("01/04/2022"), DateReading::Ambiguous { day_month, month_day });
    assert_eq!(text("13/04/2022"), day(2022, 4, 13));
    assert_eq!(text("04/13/2022"), day(2022, 4, 13));
    assert_eq!(read_text("01/04/2022", Some(DateOrder::MonthDay)), day(2022, 1, 4));
    assert_eq!(read_text("01.04.2022", Some(DateOrder::MonthDay)), day(2022, 4, 1));
}

#[test]
fn a_column_shows_its_order() {
    let order = |texts: &[&str]| {
        let cells: Vec<Cell> = texts.iter().map(|text| Cell::Text((*text).to_owned())).collect();
        order_of_run(cells.iter())
    };
    assert_eq!(order(&["01/04/2022", "13/04/2022"]), Some(DateOrder::DayMonth));
    assert_eq!(order(&["04/01/2022", "04/13/2022"]), Some(DateOrder::MonthDay));
    assert_eq!(order(&["13/04/2022", "04/13/2022"]), None);
    assert_eq!(
        order(&["10/01/2022", "02/02/2022", "09/02/2022"]),
        Some(DateOrder::DayMonth)
    );
    assert_eq!(order(&["01/02/2022"]), None);
    assert_eq!(order(&["01.02.2022", "13.02.2022"]), None);
}

#[test]
fn dates_in_titles_and_names() {
    let month = |month, year| DateReading::Month { month, year };
    for (title, found) in [
        ("Дата: 06.01.2026 Місце: Балаклія, ліцей №2", vec![day(2026, 1, 6)]),
        ("січень 2026 р., Простір «Коло довіри»", vec![month(1, Some(2026))]),
        ("захід_122_05.12.2026", vec![day(2026, 12, 5)]),
        ("захід_12_05.12.2026.ods", vec![day(2026, 12, 5)]),
        ("Дозвілля_05_2026.xlsx", vec![month(5, Some(2026))]),
        (
            "м. Харків, 22-23 жовтня 2025 р.",
            vec![day(2025, 10, 22), day(2025, 10, 23)],
        ),
        (
            "Лист присутності 22-23.10.2025",
            vec![day(2025, 10, 22), day(2025, 10, 23)],
        ),
        (
            "Datum: 19.05.2022. - 20.05.2022.",
            vec![day(2022, 5, 19), day(2022, 5, 20)],
        ),
        ("День 1 (22.10)", vec![DateReading::DayMonth { day: 22, month: 10 }]),
        ("Заняття 1\n05.02", vec![DateReading::DayMonth { day: 5, month: 2 }]),
        ("Лютий", vec![month(2, None)]),
        ("липень-вересень", vec![month(7, None), month(9, None)]),
        ("Журнал заходів, 2026", vec![DateReading::Year(2026)]),
        ("Лист1", vec![]),
        ("Аркуш14", vec![]),
        ("Група №2, тел. 095-210-54-67", vec![]),
        ("Копія дозвілля травень остаточна", vec![month(5, None)]),
    ] {
        assert_eq!(find_in_text(title), found, "{title}");
    }
}

#[test]
fn cells_with_dates_and_numbers() {
    let at = NaiveDate::from_ymd_opt(2026, 1, 5).and_then(|date| date.and_hms_opt(9, 0, 0));
    let at = at.expect("a moment of the calendar");
    assert_eq!(
        read(
            &Cell::DateTime {
                at,
                serial: Some(46027.375)
            },
            None
        ),
        day(2026, 1, 5)
    );
    assert_eq!(
        read(
            &Cell::DateTime {
                at,
                serial: Some(2026.0)
            },
            None
        ),
        DateReading::Year(2026)
    );
    assert_eq!(read(&Cell::Number(41708.0), None), day(2014, 3, 10));
    assert_eq!(read(&Cell::Number(13.0), None), DateReading::DayOnly(13));
    assert_eq!(read(&Cell::Number(1987.0), None), DateReading::Year(1987));
    assert_eq!(read(&Cell::Number(20_220_401.0), None), day(2022, 4, 1));
    assert_eq!(read(&Cell::Number(1.5), None), DateReading::None);
    assert_eq!(read(&Cell::Number(-3.0), None), DateReading::None);
}

#[test]
fn ordinals_roman_months_and_zones_of_time() {
    for written in [
        "1er mars 2026",
        "1º de março de 2026",
        "1.III.2026",
        "1 III 2026",
        "01/III/26",
        "1.ІІІ.2026",
    ] {
        assert_eq!(text(written), day(2026, 3, 1), "{written}");
    }
    assert_eq!(text("5.III"), DateReading::DayMonth { day: 5, month: 3 });
    assert_eq!(text("2026/03/05 9:12:33 PM GMT+2"), day(2026, 3, 5));
    assert_eq!(text("٥.٣.٢٠٢٦"), day(2026, 3, 5));
    assert!(find_in_text("5 і 12 осіб").is_empty());
}

#[test]
fn the_first_day_of_a_span() {
    let first = |text: &str| first_of_span(text, None);
    for written in [
        "05-07.03.2026",
        "05.03-07.03.2026",
        "05.03.2026 – 07.03.2026",
        "5-7 березня 2026",
    ] {
        assert_eq!(first(written), Some(day(2026, 3, 5)), "{written}");
    }
    for written in [
        "5, 6 та 7 березня 2026",
        "05.03.2026",
        "07.03.2026 - 05.03.2026",
        "05.03.2025-07.03.2026",
    ] {
        assert_eq!(first(written), None, "{written}");
    }
}

#[test]
fn days_in_quotation_marks_and_numbers_of_sessions() {
    for written in [
        "Дата: «12» березня 2026 р.",
        "« 12 » марта 2026 г.",
        "\"12\" березня 2026",
        "„12” marca 2026 r.",
        "Session 1 – 12.03.2026",
        "Заняття 2 - 12.03.2026",
    ] {
        assert_eq!(find_in_text(written), [day(2026, 3, 12)], "{written}");
    }
    // 10 March 2026 is a Tuesday, 3 October a Saturday.
    assert_eq!(text("Tuesday 3/10/2026"), day(2026, 3, 10));
    assert_eq!(text("Mar 12, 2026"), day(2026, 3, 12));
    assert_eq!(text("Mar 12, 2026 6:01:22 PM"), day(2026, 3, 12));
    assert_eq!(text("mar 10.03.2026"), day(2026, 3, 10));
    assert_eq!(find_in_text("захід 1 – 02.03.2026").len(), 2);
}
