//! Behaviour of the name files together: that they are well-formed, and which names meet.

use std::collections::{BTreeMap, BTreeSet};

use super::{Known, LANGUAGES, NAMES, clean, entries, skeleton};

fn known(word: &str) -> Known {
    let found = NAMES.given(&skeleton(&clean(word)));
    found.unwrap_or_else(|| panic!("{word} is in the files")).clone()
}

#[test]
fn every_line_is_a_name_of_one_sex_with_forms() {
    let mut sexes: BTreeMap<&str, &str> = BTreeMap::new();
    for (language, file) in LANGUAGES {
        assert!(file.starts_with("name,sex,forms\n"), "{language}");
        assert_eq!(entries(file).count(), file.lines().count() - 1, "{language}");
        let mut seen = BTreeSet::new();
        for entry in entries(file) {
            assert!(seen.insert(entry.name), "{language}: {} stands twice", entry.name);
            assert!(["f", "m"].contains(&entry.sex), "{language}: {}", entry.name);
            let sex = sexes.entry(entry.name).or_insert(entry.sex);
            assert_eq!(*sex, entry.sex, "{language}: {} is of both sexes", entry.name);
            assert!(!entry.forms.trim().is_empty(), "{language}: {}", entry.name);
            for form in entry.forms.split_whitespace() {
                assert!(!skeleton(&clean(form)).is_empty(), "{language}: {form}");
            }
            let forms: Vec<&str> = entry.forms.split_whitespace().collect();
            assert_eq!(
                forms.iter().collect::<BTreeSet<_>>().len(),
                forms.len(),
                "{language}: {}",
                entry.forms
            );
        }
    }
}

#[test]
fn no_full_form_of_a_language_is_two_names_of_one_sex_but_these() {
    let mut alike = Vec::new();
    for (language, file) in LANGUAGES {
        let mut of: BTreeMap<(String, &str), &str> = BTreeMap::new();
        for entry in entries(file) {
            let full = entry.forms.split_whitespace().next().unwrap_or_default();
            if let Some(other) = of.insert((skeleton(&clean(full)), entry.sex), entry.name) {
                alike.push(format!("{language} {other} {}", entry.name));
            }
        }
    }
    assert_eq!(alike, ALIKE, "names that fold alike are listed");
}

/// Names of one file whose full forms fold alike.
const ALIKE: &[&str] = &[
    "uk maiia miia",
    "uk diana dana",
    "ru khrystyna kristina",
    "ru diana dana",
    "ru maiia miia",
    "sr tanja tijana",
    "sr ana anja",
    "sr dijana dajana",
    "sr gorana gorjana",
    "sr jana janja",
    "sr ela jela",
    "sr marija mara",
    "sr maja mia",
    "sr nada nadija",
    "sr aleksija aleksa",
    "sr milan miljan",
    "sq imer ymer",
    "rom liulia lala",
    "ro diana dana",
    "ro maria mara",
    "ro maia mia",
    "ro stefania stefana",
    "ro gheorghe george",
    "ka lana liana",
    "ka nona nonna",
    "und nada nadia",
    "und rana rania",
    "und safa safia",
    "und saadia shadia",
    "und ghassan hasan",
    "en gary harry",
    "de anja anna",
];

#[test]
fn forms_of_one_name_meet() {
    let apart: Vec<_> = ONE_NAME
        .iter()
        .filter(|(one, other)| !known(one).meets(&known(other)))
        .collect();
    assert!(apart.is_empty(), "{apart:?}");
}

#[test]
fn different_names_do_not_meet() {
    let met: Vec<_> = TWO_NAMES
        .iter()
        .filter(|(one, other)| known(one).meets(&known(other)))
        .collect();
    assert!(met.is_empty(), "{met:?}");
}

#[test]
fn short_forms_are_the_same_as_their_names() {
    for (one, other) in [
        ("Лєра", "Валерія"),
        ("Екатерина", "Катерина"),
        ("Женя", "Євген"),
        ("Женя", "Євгенія"),
        ("Даша", "Дарина"),
        ("Даша", "Дарія"),
        ("Наталя", "Наталія"),
        ("Анна", "Ганна"),
        ("Лена", "Олена"),
        ("Никита", "Микита"),
    ] {
        assert!(known(one).same(&known(other)), "{one} {other}");
    }
}

#[test]
fn a_pet_name_that_is_also_a_name_is_not_beyond_doubt() {
    for (one, other) in [("Олеся", "Олександра"), ("Альона", "Олена"), ("Vita", "Вікторія")]
    {
        assert!(
            known(one).meets(&known(other)) && !known(one).same(&known(other)),
            "{one} {other}"
        );
    }
}

const ONE_NAME: &[(&str, &str)] = &[
    ("Олександр", "Александр"),
    ("Олександр", "Alexander"),
    ("Олександр", "Сашко"),
    ("Олександра", "Саша"),
    ("Олексій", "Алексей"),
    ("Олексій", "Льоша"),
    ("Олексій", "Alexey"),
    ("Олена", "Елена"),
    ("Олена", "Helen"),
    ("Олена", "Лєна"),
    ("Альона", "Алёна"),
    ("Олена", "Альона"),
    ("Ольга", "Olga"),
    ("Анастасія", "Настасья"),
    ("Анастасія", "Настя"),
    ("Андрій", "Andrey"),
    ("Андрій", "Andrew"),
    ("Ганна", "Аня"),
    ("Ганна", "Anna"),
    ("Артем", "Артём"),
    ("Артем", "Artyom"),
    ("Вікторія", "Victoria"),
    ("Вікторія", "Віка"),
    ("В'ячеслав", "Slava"),
    ("Володимир", "Вова"),
    ("Володимир", "Vladimir"),
    ("Галина", "Galyna"),
    ("Георгій", "Жора"),
    ("Григорій", "Gregory"),
    ("Дарина", "Darina"),
    ("Дмитро", "Dima"),
    ("Дмитро", "Дмитрий"),
    ("Євген", "Eugene"),
    ("Євгенія", "Evgeniya"),
    ("Єлизавета", "Лиза"),
    ("Єлизавета", "Elizabeth"),
    ("Зінаїда", "Зина"),
    ("Ірина", "Irene"),
    ("Катерина", "Catherine"),
    ("Катерина", "Катруся"),
    ("Костянтин", "Constantine"),
    ("Ксенія", "Xenia"),
    ("Любов", "Lyubov"),
    ("Людмила", "Люся"),
    ("Марія", "Марічка"),
    ("Марія", "Mary"),
    ("Микола", "Николай"),
    ("Микола", "Коля"),
    ("Микита", "Нікіта"),
    ("Михайло", "Michael"),
    ("Надія", "Надежда"),
    ("Наталія", "Наташа"),
    ("Параска", "Прасковья"),
    ("Семен", "Semyon"),
    ("Сергій", "Серёжа"),
    ("Світлана", "Svetlana"),
    ("Софія", "Sophia"),
    ("Тетяна", "Таня"),
    ("Федір", "Fyodor"),
    ("Христина", "Кристина"),
    ("Юлія", "Julia"),
    ("Юрій", "Yury"),
    ("Яків", "Яша"),
    ("Snežana", "Snježana"),
    ("Đorđe", "Đole"),
    ("Hatidža", "Hata"),
    ("Katarzyna", "Kasia"),
    ("Gheorghe", "Ghiță"),
    ("William", "Bill"),
    ("Margaret", "Peggy"),
    ("Katharina", "Käthe"),
    ("Mohammad", "Mohamed"),
    ("Giorgi", "Goga"),
    ("Hovhannes", "Ovanes"),
    ("Erzsébet", "Erzsi"),
    ("Димитър", "Митко"),
    ("Уладзімір", "Володимир"),
];

const TWO_NAMES: &[(&str, &str)] = &[
    ("Дарина", "Карина"),
    ("Алла", "Анна"),
    ("Марина", "Марія"),
    ("Інна", "Іванна"),
    ("Інна", "Анна"),
    ("Юлія", "Уляна"),
    ("Олеся", "Оксана"),
    ("Яна", "Іванна"),
    ("Катерина", "Карина"),
    ("Катерина", "Христина"),
    ("Валентина", "Валерія"),
    ("Валентин", "Валерій"),
    ("Вікторія", "Віра"),
    ("Василина", "Василиса"),
    ("Олена", "Ольга"),
    ("Олена", "Олеся"),
    ("Олег", "Олексій"),
    ("Олександр", "Олексій"),
    ("Оксана", "Олександра"),
    ("Антоніна", "Анна"),
    ("Ангеліна", "Аліна"),
    ("Анжела", "Ангеліна"),
    ("Богдан", "Борис"),
    ("Віталій", "Віктор"),
    ("Володимир", "Всеволод"),
    ("Дмитро", "Данило"),
    ("Денис", "Данило"),
    ("Діана", "Дарина"),
    ("Євген", "Єгор"),
    ("Євгенія", "Єва"),
    ("Єлизавета", "Еліна"),
    ("Жанна", "Яна"),
    ("Зінаїда", "Зоя"),
    ("Зоряна", "Зоя"),
    ("Іван", "Ігор"),
    ("Ілля", "Іван"),
    ("Каріна", "Кароліна"),
    ("Лариса", "Лідія"),
    ("Лідія", "Лілія"),
    ("Любов", "Людмила"),
    ("Максим", "Марко"),
    ("Маргарита", "Марія"),
    ("Мар'яна", "Марина"),
    ("Марта", "Марія"),
    ("Марфа", "Марта"),
    ("Матвій", "Михайло"),
    ("Мілана", "Мілена"),
    ("Микола", "Микита"),
    ("Мирослав", "Мирон"),
    ("Надія", "Наталія"),
    ("Назар", "Захар"),
    ("Ніна", "Інна"),
    ("Павло", "Петро"),
    ("Раїса", "Роза"),
    ("Роксолана", "Руслана"),
    ("Роман", "Руслан"),
    ("Світлана", "Сніжана"),
    ("Сергій", "Степан"),
    ("Софія", "Соломія"),
    ("Станіслав", "Святослав"),
    ("Таїсія", "Тамара"),
    ("Тамара", "Тетяна"),
    ("Тимофій", "Тарас"),
    ("Юрій", "Юліан"),
    ("Ярослав", "Ростислав"),
    ("Milica", "Milena"),
    ("Jelena", "Jovana"),
    ("Dragan", "Dragica"),
    ("Jan", "Janusz"),
    ("Ion", "Iulian"),
    ("Emily", "Emma"),
];
