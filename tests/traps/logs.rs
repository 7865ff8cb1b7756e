//! Lists that say who came: flags, words, times of coming and going, several rows of one visit, signatures, head-counts.

use chrono::NaiveTime;
use tallyframe::ingest::table::Cell;

use crate::base::{ATTENDANCES, CAME, LANGUAGES, Language, PEOPLE, UK, day, days, made_of, number, sheet, text, xlsx};

/// A row of a sheet.
type Row = Vec<Option<Cell>>;

/// Words that a language has for a list of everybody who was expected.
struct Words {
    flag: &'static str,
    present: &'static str,
    absent: &'static str,
    signature: &'static str,
    event: &'static str,
    coming: [&'static str; 2],
    passing: [&'static str; 2],
    women: &'static str,
    men: &'static str,
}

fn words(language: &Language) -> Words {
    let [
        flag,
        present,
        absent,
        signature,
        event,
        came,
        left,
        into,
        out,
        women,
        men,
    ] = written(language.name);
    Words {
        flag,
        present,
        absent,
        signature,
        event,
        coming: [came, left],
        passing: [into, out],
        women,
        men,
    }
}

/// Those words, as they stand in the files of a language that writes a name under `name`.
fn written(name: &str) -> [&'static str; 11] {
    match name {
        "ФИО" => [
            "Присутствие",
            "присутствовал",
            "отсутствовал",
            "Подпись",
            "Мероприятие",
            "Время прихода",
            "Время ухода",
            "вход",
            "выход",
            "женщин",
            "мужчин",
        ],
        "Name" => [
            "Attended",
            "Present",
            "Absent",
            "Signature",
            "Event",
            "Time in",
            "Time out",
            "IN",
            "OUT",
            "Women",
            "Men",
        ],
        "Nume și prenume" => [
            "Prezență",
            "prezent",
            "absent",
            "Semnătura",
            "Activitate",
            "Ora sosirii",
            "Ora plecării",
            "intrare",
            "ieșire",
            "Femei",
            "Bărbați",
        ],
        "Nombre y apellidos" => [
            "Asistencia",
            "presente",
            "ausente",
            "Firma",
            "Actividad",
            "Hora de entrada",
            "Hora de salida",
            "entrada",
            "salida",
            "Mujeres",
            "Hombres",
        ],
        "Nom et prénom" => [
            "Présence",
            "présent",
            "absent",
            "Signature",
            "Activité",
            "Heure d'arrivée",
            "Heure de départ",
            "entrée",
            "sortie",
            "Femmes",
            "Hommes",
        ],
        _ => [
            "Присутність",
            "присутній",
            "відсутній",
            "Підпис",
            "Подія",
            "Час приходу",
            "Час виходу",
            "вхід",
            "вихід",
            "жінок",
            "чоловіків",
        ],
    }
}

/// A list with a row for every person and day, and what `say` says of each.
fn expected(language: &Language, headings: &[&str], say: impl Fn(bool) -> Vec<Option<Cell>>) -> Vec<Row> {
    let mut rows = vec![vec![text(language.date), text(language.name)]];
    rows[0].extend(headings.iter().map(|heading| text(heading)));
    for (at, date) in days().into_iter().enumerate() {
        for (person, came) in language.people.iter().zip(CAME) {
            let mut row = vec![day(date), text(person)];
            row.extend(say(came[at]));
            rows.push(row);
        }
    }
    rows
}

fn made(rows: Vec<Row>) -> crate::base::Made {
    made_of("list.xlsx", &xlsx(vec![sheet("Sheet1", rows)]))
}

#[expect(clippy::unnecessary_wraps, reason = "a cell of a row, where others are empty")]
fn clock(hour: u32) -> Option<Cell> {
    let midnight = chrono::NaiveDate::from_ymd_opt(1899, 12, 31).expect("the day before the first");
    Some(Cell::DateTime {
        at: midnight.and_time(NaiveTime::from_hms_opt(hour, 5, 0).expect("a time of day")),
        serial: None,
    })
}

#[test]
fn a_flag_tells_who_of_a_list_came() {
    for language in LANGUAGES {
        let words = words(language);
        let said: [(&str, &str); 3] = [("1", "0"), (words.present, words.absent), ("+", "-")];
        for (yes, no) in said {
            let say = |came: bool| {
                let word = if came { yes } else { no };
                vec![word.parse().ok().map_or_else(|| text(word), number)]
            };
            let made = made(expected(language, &[words.flag], say));
            assert!(made.is(ATTENDANCES, PEOPLE), "{} {yes}: {made:?}", language.name);
            assert!(!made.says("unknown-mark"), "{} {yes}: {made:?}", language.name);
        }
    }
}

#[test]
fn words_of_presence_under_another_heading_tell_it_too() {
    let say = |came: bool| vec![text(if came { "Present" } else { "Absent" })];
    let made = made(expected(&crate::base::EN, &["Status"], say));
    assert!(made.is(ATTENDANCES, PEOPLE), "{made:?}");
}

#[test]
fn a_blank_flag_is_absence_where_others_are_filled_and_that_is_said() {
    for language in LANGUAGES {
        let say = |came: bool| vec![text(if came { "+" } else { "" })];
        let made = made(expected(language, &[words(language).flag], say));
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("blank-taken"), "{}: {made:?}", language.name);
    }
}

#[test]
fn a_flag_that_nobody_filled_in_is_no_silent_zero() {
    for language in LANGUAGES {
        let made = made(expected(language, &[words(language).flag], |_| vec![None]));
        assert!(made.says("no-marks"), "{}: {made:?}", language.name);
    }
}

#[test]
fn a_word_that_nobody_knows_is_a_finding_and_no_contact() {
    for language in LANGUAGES {
        let words = words(language);
        let say = |came: bool| vec![text(if came { words.present } else { words.absent })];
        let mut rows = expected(language, &[words.flag], say);
        rows[1][2] = text("жщц");
        let made = made(rows);
        assert!(made.is(ATTENDANCES - 1.0, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("unknown-mark"), "{}: {made:?}", language.name);
    }
}

#[test]
fn present_and_absent_on_one_day_is_present_with_a_finding() {
    for language in LANGUAGES {
        let words = words(language);
        let say = |came: bool| vec![text(if came { words.present } else { words.absent })];
        let mut rows = expected(language, &[words.flag], say);
        rows.push(vec![day(days()[0]), text(language.people[0]), text(words.absent)]);
        let made = made(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("flag-contradicts"), "{}: {made:?}", language.name);
    }
}

#[test]
fn whoever_has_no_time_where_others_have_one_was_not_there() {
    for language in LANGUAGES {
        let say = |came: bool| {
            if came {
                vec![clock(9), clock(16)]
            } else {
                vec![None, None]
            }
        };
        let made = made(expected(language, &words(language).coming, say));
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("blank-taken"), "{}: {made:?}", language.name);
    }
}

#[test]
fn coming_and_going_is_one_visit() {
    for language in LANGUAGES {
        let words = words(language);
        let mut rows = vec![vec![text(language.date), text(language.name), text(words.event)]];
        for (at, date) in days().into_iter().enumerate() {
            for (person, came) in language.people.iter().zip(CAME) {
                for passing in words.passing.iter().filter(|_| came[at]) {
                    rows.push(vec![day(date), text(person), text(passing)]);
                }
            }
        }
        let made = made(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("swipes-joined"), "{}: {made:?}", language.name);
        assert!(!made.says("twice-in-session"), "{}: {made:?}", language.name);
    }
}

#[test]
fn a_column_of_day_and_hour_gives_the_day() {
    let headings = [
        "Дата/час",
        "Дата/время",
        "Date/Time",
        "Data/ora",
        "Fecha/hora",
        "Date/heure",
    ];
    for (language, heading) in LANGUAGES.into_iter().zip(headings) {
        let words = words(language);
        let mut rows = vec![vec![text(heading), text(language.name), text(words.event)]];
        for (at, date) in days().into_iter().enumerate() {
            for (person, came) in language.people.iter().zip(CAME) {
                for (passing, hour) in words.passing.iter().zip([8, 17]).filter(|_| came[at]) {
                    let at = date.and_hms_opt(hour, 10, 0).expect("a time of day");
                    let at = Some(Cell::DateTime { at, serial: None });
                    rows.push(vec![at, text(person), text(passing)]);
                }
            }
        }
        let made = made(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
    }
}

#[test]
fn blank_signatures_are_said_and_count() {
    for language in LANGUAGES {
        for signed in [0, 4] {
            let mut rows = vec![vec![text(&format!("{}: 03.03.2026", language.date))]];
            rows.push(vec![
                text(language.number),
                text(language.name),
                text(words(language).signature),
            ]);
            for (at, person) in language.people.iter().enumerate() {
                let signature = if at < signed { "+" } else { "" };
                rows.push(vec![number(at as f64 + 1.0), text(person), text(signature)]);
            }
            let made = made(rows);
            assert!(made.is(PEOPLE, PEOPLE), "{}: {made:?}", language.name);
            assert!(made.says("signatures-blank"), "{}: {made:?}", language.name);
        }
    }
}

/// Four events with head-counts of women, men and all.
fn events(language: &Language) -> Vec<Row> {
    let words = words(language);
    let mut rows = vec![vec![
        text(language.date),
        text(words.event),
        text(words.women),
        text(words.men),
        text(language.total),
    ]];
    for (at, date) in days().into_iter().enumerate() {
        let women = at as f64 + 4.0;
        let title = format!("{} {at}", words.event);
        rows.push(vec![
            day(date),
            text(&title),
            number(women),
            number(2.0),
            number(women + 2.0),
        ]);
    }
    rows
}

#[test]
fn an_event_without_a_head_count_is_a_finding() {
    let mut rows = events(&UK);
    rows[0][4] = text("Всього учасників");
    assert!(!made(rows.clone()).says("count-missing"));
    rows[2][4] = None;
    let parts = made(rows.clone());
    assert_eq!(parts.contacts, Some(30.0), "{parts:?}");
    assert!(parts.says("count-missing"), "{parts:?}");
    rows[2][2] = None;
    rows[2][3] = None;
    let none = made(rows);
    assert_eq!(none.contacts, Some(23.0), "{none:?}");
    assert!(none.says("count-missing"), "{none:?}");
}

#[test]
fn a_list_of_a_meeting_has_everybody_once_with_her_minutes_together() {
    let headings = [
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)",
        "Ім'я (справжнє ім'я),Електронна пошта користувача,Час приєднання,Час виходу,Тривалість (хв)",
        "Имя (настоящее имя),Электронная почта пользователя,Время присоединения,Время выхода,Длительность (мин)",
        "Nombre,Correo electrónico,Hora de unión,Hora de salida,Duración (minutos)",
    ];
    for headings in headings {
        let [first, second, third] = [UK.people[0], UK.people[1], UK.people[2]];
        let text = format!(
            "{headings}\n{first},a@x.ua,03/13/2026 10:00:00 AM,03/13/2026 10:20:00 AM,20\n\
             {first},a@x.ua,03/13/2026 10:25:00 AM,03/13/2026 11:00:00 AM,35\n\
             {second},b@x.ua,03/13/2026 10:01:00 AM,03/13/2026 11:00:00 AM,59\n\
             {third},c@x.ua,03/13/2026 10:02:00 AM,03/13/2026 11:00:00 AM,58\n"
        );
        let made = made_of("meeting.csv", text.as_bytes());
        assert!(made.is(3.0, 3.0), "{headings}: {made:?}");
        assert!(made.says("swipes-joined"), "{headings}: {made:?}");
    }
}
