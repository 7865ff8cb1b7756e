//! Marks as registers write them: letters with several meanings, legends, blanks that mean presence, look-alikes.

use super::base::{
    ATTENDANCES, CAME, EN, ES, FR, LANGUAGES, Language, Made, PEOPLE, RO, RU, UK, day, days, made_of, number, register,
    sheet, text, xlsx,
};
use tallyframe::ingest::table::Cell;

fn marked(language: &Language, yes: &str, no: &str) -> Made {
    of_rows(register(language, days().map(day), yes, no))
}

fn of_rows(rows: Vec<Vec<Option<Cell>>>) -> Made {
    made_of("register.xlsx", &xlsx(vec![sheet("Sheet1", rows)]))
}

#[test]
fn pairs_of_letters_are_read_in_their_language() {
    for (language, yes, no) in [
        (&UK, "П", "Н"),
        (&RU, "П", "Н"),
        (&UK, "П", "А"),
        (&EN, "P", "A"),
        (&RO, "p", "a"),
        (&ES, "P", "F"),
        (&ES, "A", "F"),
        (&FR, "P", "A"),
        (&RO, "da", "nu"),
        (&UK, "х", "H"),
        (&EN, "ü", "û"),
        (&EN, "P", "O"),
    ] {
        let made = marked(language, yes, no);
        assert!(made.is(ATTENDANCES, PEOPLE), "{yes}/{no}: {made:?}");
        let asked = ["unknown-mark", "ambiguous-mark"].iter().any(|kind| made.says(kind));
        assert!(!asked, "{yes}/{no}: {made:?}");
    }
}

#[test]
fn a_letter_alone_is_asked_about_once() {
    for (language, letter) in [(&UK, "П"), (&RU, "П"), (&EN, "P"), (&FR, "P")] {
        let made = marked(language, letter, "");
        assert!(made.says("ambiguous-mark"), "{letter}: {made:?}");
    }
}

#[test]
fn a_legend_in_the_workbook_decides() {
    for (language, yes, no, legend) in [
        (&UK, "в", "п", ["в - був", "п - відсутній з поважної причини"]),
        (&RU, "я", "о", ["я – явился", "о – отсутствовал"]),
        (&EN, "O", "P", ["O - present", "P - absent with permission"]),
        (&ES, "A", "P", ["A = asistió", "P = permiso"]),
    ] {
        let mut rows = register(language, days().map(day), yes, no);
        rows.push(Vec::new());
        rows.extend(legend.map(|line| vec![None, text(line)]));
        let made = of_rows(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{legend:?}: {made:?}");
        assert!(made.says("legend-read"), "{legend:?}: {made:?}");
    }
}

#[test]
fn where_only_absence_is_marked_blanks_are_presence_and_that_is_said() {
    for (language, absent) in [(&UK, "н"), (&RU, "н/б"), (&EN, "absent"), (&RO, "abs"), (&FR, "absent")] {
        let made = marked(language, "", absent);
        assert!(made.is(ATTENDANCES, PEOPLE), "{absent}: {made:?}");
        assert!(made.says("blank-taken"), "{absent}: {made:?}");
    }
    for language in LANGUAGES {
        // A dash among blanks can stand for no data: nothing is counted, and the question is put.
        let made = marked(language, "", "-");
        assert!(made.says("no-marks"), "{}: {made:?}", language.name);
        assert!(made.contacts.unwrap_or_default() <= 0.0, "{}: {made:?}", language.name);
    }
}

#[test]
fn parts_and_numbers_count_as_presence_and_are_said() {
    for language in LANGUAGES {
        for (mark, kind) in [(0.5, "partial-marks"), (2.0, "numbers-as-marks")] {
            let mut rows = register(language, days().map(day), "", "");
            for (row, came) in rows.iter_mut().skip(1).zip(CAME) {
                for (cell, came) in row.iter_mut().skip(2).zip(came) {
                    *cell = number(if came { mark } else { 0.0 });
                }
            }
            let made = of_rows(rows);
            assert!(made.is(ATTENDANCES, PEOPLE), "{}, {mark}: {made:?}", language.name);
            assert!(made.says(kind), "{}, {mark}: {made:?}", language.name);
        }
    }
    for (language, late) in [
        (&UK, "зап"),
        (&RU, "опоздал"),
        (&EN, "late"),
        (&FR, "R"),
        (&ES, "retardo"),
    ] {
        let mut rows = register(language, days().map(day), "+", "-");
        rows[1][2] = text(late);
        let made = of_rows(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{late}: {made:?}");
        assert!(made.says("partial-marks"), "{late}: {made:?}");
    }
}

#[test]
fn times_of_arrival_are_presence() {
    for language in LANGUAGES {
        let made = marked(language, "14:05", "");
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
    }
}
