//! Dates that can't be taken at their word: two ways to read them, no year, far from the others, twice, out of order.

use super::base::{
    ATTENDANCES, EN, FR, LANGUAGES, Language, PEOPLE, RO, RU, UK, day, days, made_of, register, sheet, text, xlsx,
};

/// What the program makes of a register with these headings over its sessions.
fn headed(language: &Language, headings: [&str; 4]) -> super::base::Made {
    let rows = register(language, headings.map(text), "+", "");
    made_of("register.xlsx", &xlsx(vec![sheet("Sheet1", rows)]))
}

#[test]
fn day_and_month_are_asked_about_once_where_nothing_tells_them_apart() {
    for language in [&UK, &RU, &EN, &FR] {
        let made = headed(language, ["03/03/2026", "03/04/2026", "03/05/2026", "03/06/2026"]);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("ambiguous-date"), "{}: {made:?}", language.name);
    }
}

#[test]
fn the_run_as_a_whole_tells_day_from_month() {
    for headings in [
        ["03/03/2026", "03/10/2026", "03/17/2026", "03/24/2026"],
        ["03/03/2026", "10/03/2026", "17/03/2026", "24/03/2026"],
        // Whole weeks apart month first only.
        ["04/07/2026", "05/05/2026", "06/02/2026", "07/07/2026"],
    ] {
        let made = headed(&EN, headings);
        assert!(made.is(ATTENDANCES, PEOPLE), "{headings:?}: {made:?}");
        assert!(!made.says("ambiguous-date"), "{headings:?}: {made:?}");
    }
}

#[test]
fn a_day_of_another_calendar_or_far_away_is_never_counted_in_silence() {
    for language in [&UK, &RU, &EN, &RO] {
        for wrong in ["24.03.2036", "24.03.2569", "24.03.1405", "31.11.2026", "29.02.2026"] {
            let made = headed(language, ["03.03.2026", "10.03.2026", "17.03.2026", wrong]);
            let asked = ["future-date", "impossible-date"].iter().any(|kind| made.says(kind));
            assert!(asked, "{}, {wrong}: {made:?}", language.name);
            assert_eq!(made.contacts, Some(ATTENDANCES - 3.0), "{}, {wrong}", language.name);
        }
    }
}

#[test]
fn a_day_twice_and_a_step_back_are_said() {
    let [first, second, third, last] = days();
    let back = third - chrono::Days::new(365);
    for language in LANGUAGES {
        for (headings, kind) in [
            ([first, second, second, last], "date-twice"),
            ([first, second, back, last], "date-out-of-order"),
        ] {
            let rows = register(language, headings.map(day), "+", "");
            let made = made_of("register.xlsx", &xlsx(vec![sheet("Sheet1", rows)]));
            assert!(made.says(kind), "{}: {kind}: {made:?}", language.name);
        }
    }
}
