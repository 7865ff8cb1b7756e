//! Fields of rows, and what rules make of them.

use indexmap::IndexMap;

use super::{Meant, Written, spellings};
use crate::ingest::vocabulary;
use crate::project::model::{FieldKind, FieldRule};

fn rule(kind: FieldKind, aliases: &[(&str, &[&str])]) -> FieldRule {
    let aliases: IndexMap<String, Vec<String>> = aliases
        .iter()
        .map(|(value, others)| {
            (
                (*value).to_owned(),
                others.iter().map(|text| (*text).to_owned()).collect(),
            )
        })
        .collect();
    FieldRule { kind, aliases }
}

fn meant(rule: &FieldRule, written: &[&str]) -> Vec<String> {
    let counts: Written = written.iter().map(|text| ((*text).to_owned(), 1)).collect();
    let spellings = spellings(rule, &counts, vocabulary::standard());
    written
        .iter()
        .map(|text| match spellings.meant(text) {
            Some(Meant::Number(number)) => number.to_string(),
            Some(Meant::Value(value)) => value.clone(),
            None => "?".to_owned(),
        })
        .collect()
}

#[test]
fn the_first_number_counts_and_words_have_aliases() {
    let rule = rule(FieldKind::Number, &[("0", &["менше року"])]);
    let written = [
        "14 / 20",
        "21 р.",
        "понад 30 років",
        "Менше року",
        "30+",
        "54 000,00",
        "2,5 года",
        "немає",
        "-3",
    ];
    assert_eq!(
        meant(&rule, &written),
        ["14", "21", "30", "0", "30", "54000", "2.5", "?", "-3"]
    );
}

#[test]
fn kinds_of_places_do_not_matter() {
    let rule = rule(FieldKind::Place, &[("Південноміська", &["Південне"])]);
    let written = [
        "Ізюмська ТГ",
        "ізюмська",
        "Ізюмська територіальна громада",
        "м. Південне",
        "Південноміська",
        "Куп'янська",
        "куп’янська громада",
        "Opština Bar",
        "Bar",
        "Сахновщина",
        "сахновщинська",
        "Сахновщинська ТГ",
        "Зачепилівка",
        "Зачепилівська громада",
    ];
    assert_eq!(
        meant(&rule, &written),
        [
            "Ізюмська",
            "Ізюмська",
            "Ізюмська",
            "Південноміська",
            "Південноміська",
            "Куп'янська",
            "Куп'янська",
            "Bar",
            "Bar",
            "Сахновщинська",
            "Сахновщинська",
            "Сахновщинська",
            "Зачепилівська",
            "Зачепилівська"
        ]
    );
}

#[test]
fn organisations_meet_across_alphabets_legal_forms_and_towns() {
    let rule = rule(
        FieldKind::Organisation,
        &[
            ("SOS telefon Podgorica", &["SOS Podgorica"]),
            ("Centar za prava djeteta", &["CPD"]),
            ("Nada Herceg Novi", &["Nada HN"]),
        ],
    );
    let written = [
        "SOS telefon Podgorica",
        "СОС телефон Подгорица",
        "SOS Podgorica",
        "SOS telefon Nikšić",
        "NVU „Roditelji“",
        "Roditelji",
        "Bona fide - Pljevlja",
        "NVO Bona Fide",
        "Centar za prava djeteta CG",
        "CPD",
        "NVO Nada HN",
        "Nada - Herceg Novi",
        "NVO Talas",
        "Talas Bar",
        "Crveni krst Bar",
        "Crveni krst Kotor",
        "Crveni krst",
    ];
    let meant = meant(&rule, &written);
    let same = |a: usize, b: usize| meant[a] == meant[b];
    assert!(same(0, 1) && same(0, 2) && !same(0, 3), "{meant:?}");
    assert!(
        same(4, 5) && same(6, 7) && same(8, 9) && same(10, 11) && same(12, 13),
        "{meant:?}"
    );
    assert!(!same(14, 15) && !same(14, 16) && !same(15, 16), "{meant:?}");
    assert_eq!(meant[1], "SOS telefon Podgorica");
}
