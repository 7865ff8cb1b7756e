//! Tables whose headings say nothing, days of absences that say nothing, and headings that tags or ages explain.

use tallyframe::ingest::table::Cell;

use crate::base::{
    ATTENDANCES, CAME, EN, LANGUAGES, Language, Made, PEOPLE, day, days, made_of, number, register, sheet, text, xlsx,
};

type Row = Vec<Option<Cell>>;

fn made(rows: Vec<Row>) -> Made {
    made_of("list.xlsx", &xlsx(vec![sheet("Sheet1", rows)]))
}

/// A row for everybody who came on a day: the day and the name.
fn log(language: &Language) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, date) in days().into_iter().enumerate() {
        let came = CAME.iter().zip(language.people).filter(|(came, _)| came[at]);
        rows.extend(came.map(|(_, name)| vec![day(date), text(name)]));
    }
    rows
}

fn names_nobody(made: &Made, language: &Language) {
    let name = language.people.into_iter().find(|name| made.said.contains(name));
    assert_eq!(name, None, "{made:?}");
}

#[test]
fn a_list_without_headings_is_told_by_its_days_and_names() {
    for language in LANGUAGES {
        let made = made(log(language));
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("headings-missing"), "{}: {made:?}", language.name);
        names_nobody(&made, language);
    }
}

#[test]
fn headings_in_unknown_words_stand_over_days_and_names() {
    for language in LANGUAGES {
        let mut rows = log(language);
        rows.insert(0, vec![text("Vxqua"), text("Tlorbi")]);
        let made = made(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("headings-missing"), "{}: {made:?}", language.name);
    }
}

#[test]
fn a_day_above_names_without_headings_is_theirs() {
    for language in LANGUAGES {
        let mut rows = vec![vec![text("03.03.2026")]];
        for (at, name) in language.people.into_iter().enumerate() {
            rows.push(vec![
                number(at as f64 + 1.0),
                text(name),
                text(&format!("+38067123450{at}")),
            ]);
        }
        let made = made(rows);
        assert!(made.is(PEOPLE, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("headings-missing"), "{}: {made:?}", language.name);
        names_nobody(&made, language);
    }
}

#[test]
fn people_with_telephones_and_no_headings_are_a_list() {
    for language in LANGUAGES {
        let rows = language.people.into_iter().enumerate().map(|(at, name)| {
            let phone = format!("+38067123450{at}");
            vec![number(at as f64 + 1.0), text(name), number(1970.0), text(&phone)]
        });
        let made = made(rows.collect());
        assert!(
            made.is(0.0, PEOPLE) || made.says("headings-missing"),
            "{}: {made:?}",
            language.name
        );
        names_nobody(&made, language);
    }
}

#[test]
fn words_without_headings_say_who_came() {
    for (present, absent) in [("Present", "Absent"), ("присутній", "відсутній"), ("Present", "absent")]
    {
        let mut rows = Vec::new();
        for (at, date) in days().into_iter().enumerate() {
            for (came, name) in CAME.iter().zip(EN.people) {
                rows.push(vec![
                    text(name),
                    day(date),
                    text(if came[at] { present } else { absent }),
                ]);
            }
        }
        let made = made(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{present}: {made:?}");
        assert!(made.says("headings-missing"), "{present}: {made:?}");
    }
}

#[test]
fn letters_of_a_list_say_who_came() {
    for heading in ["Status", "Attendance", "Attended", "P/A"] {
        for (present, absent) in [("P", "A"), ("p", "a"), ("P", "N")] {
            let mut rows = vec![vec![text(EN.name), text(EN.date), text(heading)]];
            for (at, date) in days().into_iter().enumerate() {
                for (came, name) in CAME.iter().zip(EN.people) {
                    rows.push(vec![
                        text(name),
                        day(date),
                        text(if came[at] { present } else { absent }),
                    ]);
                }
            }
            let made = made(rows);
            assert!(made.is(ATTENDANCES, PEOPLE), "{heading} {present}/{absent}: {made:?}");
        }
    }
}

#[test]
fn marks_under_no_day_and_head_counts_without_headings_are_asked_about() {
    for language in LANGUAGES {
        let mut marks = register(language, days().map(day), "+", "-");
        marks.remove(0);
        let events = days().map(|date| vec![day(date), text("Group Session"), number(25.0)]);
        for rows in [marks, events.to_vec()] {
            let made = made(rows);
            assert!(made.is(0.0, 0.0), "{}: {made:?}", language.name);
            names_nobody(&made, language);
        }
    }
}

#[test]
fn a_day_without_an_absence_is_asked_about_unless_it_is_summed() {
    for language in LANGUAGES {
        let mut rows = register(language, days().map(day), "", "н");
        for row in &mut rows[1..] {
            row[5] = None;
        }
        let asked = made(rows.clone());
        assert!(asked.says("blank-days"), "{}: {asked:?}", language.name);
        let sum = |at: usize| {
            let came = CAME.iter().filter(|came| at == 3 || came[at]).count();
            number(came as f64)
        };
        rows.push(vec![None, text(language.total), sum(0), sum(1), sum(2), sum(3)]);
        let summed = made(rows);
        assert!(!summed.says("blank-days"), "{}: {summed:?}", language.name);
        let came = CAME.iter().flat_map(|came| &came[..3]).filter(|came| **came).count();
        assert!(summed.is(came as f64 + PEOPLE, PEOPLE), "{}: {summed:?}", language.name);
    }
}

#[test]
fn a_day_of_people_under_an_unknown_heading_is_taken_and_told() {
    for language in LANGUAGES {
        let mut rows = log(language);
        rows.insert(0, vec![text("Vxqua"), text(language.name)]);
        let made = made(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(
            made.says("heading-unclear") || made.says("headings-missing"),
            "{}: {made:?}",
            language.name
        );
    }
}

#[test]
fn sums_above_the_people_are_nobody() {
    for language in LANGUAGES {
        let mut rows = register(language, days().map(day), "+", "");
        let sum = |at: usize| number(CAME.iter().filter(|came| came[at]).count() as f64);
        rows.insert(1, vec![None, text("Σ"), sum(0), sum(1), sum(2), sum(3)]);
        let made = made(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
    }
}

#[test]
fn a_total_of_ages_and_sexes_counts_heads() {
    let parts = ["F", "M", "F", "M"].map(text);
    let heads = |numbers: [f64; 5]| numbers.map(number);
    let mut rows = vec![
        vec![
            text("Date"),
            text("Activity"),
            text("0-17"),
            None,
            text("18+"),
            None,
            text("Total"),
        ],
        [vec![None, None], parts.to_vec(), vec![None]].concat(),
    ];
    for (at, numbers) in [[1.0, 2.0, 3.0, 4.0, 10.0], [2.0, 2.0, 2.0, 1.0, 7.0]]
        .into_iter()
        .enumerate()
    {
        let event = vec![day(days()[at]), text("Sewing")];
        rows.push([event, heads(numbers).to_vec()].concat());
    }
    let made = made(rows);
    assert!(!made.says("nobody-named") && made.contacts == Some(17.0), "{made:?}");
}

#[test]
fn tags_and_ages_tell_head_counts() {
    let tagged = vec![
        vec![
            text("Kick-off"),
            text("Place"),
            text("Women"),
            text("Men"),
            text("Everybody"),
        ],
        vec![
            text("#date+start"),
            text("#adm1"),
            text("#reached+f"),
            text("#reached+m"),
            text("#reached"),
        ],
        vec![day(days()[0]), text("Coast"), number(10.0), number(6.0), number(16.0)],
        vec![day(days()[1]), text("Hills"), number(4.0), number(5.0), number(9.0)],
    ];
    let made_tagged = made(tagged);
    assert!(!made_tagged.says("no-date"), "{made_tagged:?}");
    let banded = vec![
        vec![
            text("Date"),
            text("Activity"),
            text("Girls 0-17"),
            text("Men 18-59"),
            text("Total"),
        ],
        vec![day(days()[0]), text("Sewing"), number(10.0), number(6.0), number(16.0)],
        vec![day(days()[1]), text("Chess"), number(4.0), number(5.0), number(9.0)],
    ];
    let made_banded = made(banded);
    assert!(!made_banded.says("nobody-named"), "{made_banded:?}");
}
