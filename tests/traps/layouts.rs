//! Where tables are: headings in no vocabulary, columns without a day, tables side by side, days down the side, and
//! what stands under the last person.

use tallyframe::ingest::table::Cell;

use crate::base::{
    ATTENDANCES, CAME, EN, ES, LANGUAGES, Language, Made, PEOPLE, RU, UK, day, days, made_of, number, plain, register,
    sheet, text, xlsx,
};

type Rows = Vec<Vec<Option<Cell>>>;

fn made(rows: Rows) -> Made {
    made_of("register.xlsx", &xlsx(vec![sheet("Sheet1", rows)]))
}

/// Whether all is counted, or what was made instead.
fn assert_whole(made: &Made, language: &Language) {
    assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
}

fn numbered(words: &str) -> [Option<Cell>; 4] {
    [1, 2, 3, 4].map(|number| text(&format!("{words} {number}")))
}

#[test]
fn a_name_and_days_are_a_header_without_any_other_column() {
    for language in LANGUAGES {
        let rows = plain(language).into_iter().map(|row| row[1..].to_vec()).collect();
        assert_whole(&made(rows), language);
    }
}

#[test]
fn headings_in_unknown_words_stand_over_names_that_are_found_by_what_they_are() {
    for (language, heading) in [
        (&UK, "Хто був"),
        (&RU, "Кто был"),
        (&EN, "Kids"),
        (&ES, "Quiénes"),
        (&ES, ""),
    ] {
        for headings in [
            days().map(day),
            [3, 10, 17, 24].map(|day| text(&format!("{day:02}.03.2026"))),
        ] {
            let mut rows = register(language, headings, "+", "-");
            rows[0][1] = text(heading);
            let made = made(rows);
            assert_whole(&made, language);
            assert!(made.says("heading-misspelt"), "{heading}: {made:?}");
        }
    }
}

#[test]
fn sessions_without_days_are_a_register_that_asks_for_them() {
    for language in LANGUAGES {
        for words in [language.session, "S", "№"] {
            let made = made(register(language, numbered(words), "+", "-"));
            assert!(made.is(0.0, 0.0), "{}: {made:?}", language.name);
            assert!(
                made.says("no-date") || made.says("marks-without-date"),
                "{words}: {made:?}"
            );
        }
    }
}

#[test]
fn marks_under_a_blank_or_garbled_heading_are_set_aside_with_their_number() {
    for language in LANGUAGES {
        for (column, heading) in [(3, ""), (3, "абв"), (2, ""), (5, "xyz")] {
            let mut rows = register(language, days().map(day), "+", "-");
            rows[0][column] = text(heading);
            let came = CAME.iter().filter(|came| came[column - 2]).count();
            let made = made(rows);
            assert_eq!(made.contacts, Some(ATTENDANCES - came as f64), "{heading}: {made:?}");
            assert!(made.says("marks-without-date"), "{heading}: {made:?}");
        }
    }
}

#[test]
fn sums_beside_the_marks_are_no_session() {
    for language in LANGUAGES {
        for at in [2, 6] {
            let mut rows = register(language, days().map(day), "1", "0");
            rows[0].insert(at, None);
            for (row, came) in rows[1..].iter_mut().zip(CAME) {
                row.insert(at, number(came.iter().filter(|came| **came).count() as f64));
            }
            let made = made(rows);
            assert_whole(&made, language);
            assert!(!made.says("marks-without-date"), "{made:?}");
        }
    }
}

#[test]
fn tables_side_by_side_are_both_read() {
    for language in LANGUAGES {
        let rows = plain(language);
        let mut beside: Rows = Vec::new();
        for at in 0..5 {
            // Four people on the left, two on the right.
            let mut row = rows[at].clone();
            row.resize(7, None);
            row.extend(match at {
                0 => rows[0].clone(),
                1 | 2 => rows[at + 4].clone(),
                _ => Vec::new(),
            });
            beside.push(row);
        }
        assert_whole(&made(beside), language);
    }
}

#[test]
fn days_down_the_side_and_people_across_are_a_register() {
    for language in LANGUAGES {
        for (yes, no) in [("+", "-"), ("1", "0"), ("так", "ні")] {
            let mut rows: Rows = vec![vec![text(language.date)]];
            rows[0].extend(language.people.iter().map(|name| text(&name.replace(' ', " \n"))));
            for (at, session) in days().into_iter().enumerate() {
                let mut row = vec![day(session)];
                row.extend(CAME.iter().map(|came| text(if came[at] { yes } else { no })));
                rows.push(row);
            }
            let mut sums = vec![text(language.total)];
            sums.extend(
                CAME.iter()
                    .map(|came| number(came.iter().filter(|came| **came).count() as f64)),
            );
            rows.push(sums);
            let made = made(rows);
            assert_whole(&made, language);
            assert!(!made.says("self-check-failed"), "{made:?}");
        }
    }
}

#[test]
fn sums_of_a_part_legends_and_prose_under_the_people_are_nobody() {
    for (language, part, prose) in [
        (&UK, "жінок", "Відвідуваність знизилась через свята"),
        (&RU, "женщин", "Посещаемость снизилась из-за праздников"),
        (&EN, "of them women", "Attendance fell because of the holidays"),
        (&ES, "mujeres", "La asistencia bajó por las fiestas"),
    ] {
        let mut rows = plain(language);
        let sums = |label: &str, less: f64| {
            let columns = (0..4).map(|at| CAME.iter().filter(|came| came[at]).count() as f64 - less);
            let mut row = vec![None, text(label)];
            row.extend(columns.map(number));
            row
        };
        rows.push(sums(language.total, 0.0));
        rows.push(sums(part, 1.0));
        rows.push(Vec::new());
        rows.push(vec![None, text(prose)]);
        rows.push(vec![None, text("+ = ok")]);
        assert_whole(&made(rows), language);
    }
}

#[test]
fn people_without_any_day_are_a_registry_and_not_a_list_of_an_unknown_one() {
    for language in LANGUAGES {
        let mut rows: Rows = vec![vec![text(language.number), text(language.name), text("Email")]];
        for (at, name) in language.people.iter().enumerate() {
            rows.push(vec![
                number(at as f64 + 1.0),
                text(name),
                text(&format!("p{at}@example.org")),
            ]);
        }
        let made = made(rows);
        assert!(!made.says("no-date"), "{}: {made:?}", language.name);
    }
}

#[test]
fn days_above_the_row_of_headings_belong_to_it() {
    for language in LANGUAGES {
        let mut rows = plain(language);
        let mut above: Vec<Option<Cell>> = vec![None, None];
        above.extend(rows[0].drain(2..));
        rows[0].extend(["Пн", "Пн", "Пн", "Пн"].map(text));
        rows.insert(0, above);
        assert_whole(&made(rows), language);
    }
}
