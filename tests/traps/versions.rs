//! A register that is sent again: longer every month, or corrected.

use tallyframe::ingest::table::Cell;

use crate::base::{
    ATTENDANCES, CAME, LANGUAGES, Language, Made, PEOPLE, days, made_of_one_activity, plain, sheet, text, xlsx,
};

/// A row of a sheet.
type Row = Vec<Option<Cell>>;

/// The register with so many of its sessions.
fn until(language: &Language, sessions: usize) -> Vec<Row> {
    let mut rows = plain(language);
    for row in &mut rows {
        row.truncate(2 + sessions);
    }
    rows
}

fn sent(versions: &[(&str, Vec<Row>)]) -> Made {
    let files: Vec<(&str, Vec<u8>)> = versions
        .iter()
        .map(|(name, rows)| (*name, xlsx(vec![sheet("Sheet1", rows.clone())])))
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    made_of_one_activity(&files)
}

#[test]
fn a_register_that_grows_counts_once() {
    for language in LANGUAGES {
        let made = sent(&[
            ("a.xlsx", until(language, 2)),
            ("b.xlsx", until(language, 4)),
            ("c.xlsx", until(language, 3)),
        ]);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("register-replaced"), "{}: {made:?}", language.name);
        assert!(
            !made.says("twice-in-session") && !made.says("cell-changed"),
            "{}: {made:?}",
            language.name
        );
    }
}

#[test]
fn a_corrected_register_holds_and_says_what_changed() {
    let names = [
        ["журнал.xlsx", "журнал виправлений.xlsx"],
        ["журнал 01.03.2026.xlsx", "журнал 01.04.2026.xlsx"],
        ["register v1.xlsx", "register v2.xlsx"],
        ["registru.xlsx", "registru corectat.xlsx"],
        ["lista.xlsx", "lista (2).xlsx"],
        ["liste.xlsx", "liste corrigée.xlsx"],
    ];
    for (language, [first, second]) in LANGUAGES.into_iter().zip(names) {
        let mut corrected = plain(language);
        for mark in corrected[6].iter_mut().skip(2) {
            *mark = text("-");
        }
        let made = sent(&[(second, corrected), (first, plain(language))]);
        let of_one = CAME[5].iter().filter(|came| **came).count() as f64;
        assert!(
            made.is(ATTENDANCES - of_one, PEOPLE - 1.0),
            "{}: {made:?}",
            language.name
        );
        assert!(
            made.says("cell-changed") && made.says("register-replaced"),
            "{}: {made:?}",
            language.name
        );
    }
}

#[test]
fn registers_of_other_people_or_days_replace_nothing() {
    for (language, other) in LANGUAGES.into_iter().zip(LANGUAGES.into_iter().cycle().skip(1)) {
        let made = sent(&[("a.xlsx", plain(language)), ("b.xlsx", until(other, 3))]);
        assert!(!made.says("register-replaced"), "{}: {made:?}", language.name);
        let mut later = plain(language);
        for (heading, day) in later[0].iter_mut().skip(2).zip(days()) {
            *heading = text(&(day + chrono::Days::new(28)).format("%d.%m.%Y").to_string());
        }
        let made = sent(&[("a.xlsx", plain(language)), ("b.xlsx", later)]);
        assert!(made.is(ATTENDANCES * 2.0, PEOPLE), "{}: {made:?}", language.name);
        assert!(!made.says("register-replaced"), "{}: {made:?}", language.name);
    }
}

#[test]
fn another_group_of_the_same_people_and_days_is_another_register() {
    let group = ["Група", "Группа", "Group", "Grupa", "Grupo", "Groupe"];
    for (language, group) in LANGUAGES.into_iter().zip(group) {
        let of = |name: &str| {
            let mut rows = vec![vec![text(&format!("{group}: {name}"))]];
            rows.extend(plain(language));
            rows
        };
        let made = sent(&[("a.xlsx", of("A")), ("b.xlsx", of("B"))]);
        assert!(!made.says("register-replaced"), "{}: {made:?}", language.name);
        assert!(made.is(ATTENDANCES * 2.0, PEOPLE), "{}: {made:?}", language.name);
    }
}
