//! One person in many spellings, households, lists, codes, decisions.

use chrono::NaiveDate;

use super::{People, PersonId, recognise};
use crate::ingest::findings::Kind;
use crate::ingest::records::{
    Birth, Context, Decision, FileId, Identity, Mention, MentionId, Place, Records, RowId, SourceFile,
};

/// Name, birth (`1990-05-04`, `1990` or nothing), phone, code, list.
pub(in crate::people) type Written<'a> = (&'a str, &'a str, &'a str, &'a str, u32);

pub(in crate::people) fn records(written: &[Written]) -> Records {
    let mut records = Records::default();
    records.files.push(SourceFile {
        path: "raw/a.xlsx".into(),
        sha256: String::new(),
        bytes: 0,
        format: "xlsx".into(),
        sheets: vec!["1".into()],
        source: None,
        readable: true,
        print: crate::ingest::records::Print::default(),
    });
    for (row, (name, birth, phone, code, group)) in (1u32..).zip(written) {
        let mut text = |text: &str| (!text.is_empty()).then(|| records.texts.intern(text));
        let identity = Identity {
            full_name: text(name),
            phone: text(phone),
            code: text(code),
            birth: match NaiveDate::parse_from_str(birth, "%Y-%m-%d") {
                Ok(day) => Birth::Date(day),
                Err(_) => birth.parse().map_or(Birth::Unknown, Birth::Year),
            },
            ..Identity::default()
        };
        records.mentions.push(Mention {
            row: RowId(row - 1),
            place: Place {
                file: FileId(0),
                sheet: 0,
                row,
                column: None,
            },
            identity,
            group: *group,
            context: Context::default(),
            date: None,
            population: 0,
            informs: true,
        });
    }
    records
}

fn decide(records: &mut Records, a: u32, b: u32, same: bool) {
    let place = Place {
        file: FileId(0),
        sheet: 0,
        row: 90,
        column: None,
    };
    let (by, date, reason) = ("x".into(), String::new(), String::new());
    records.decisions.push(Decision {
        a: MentionId(a),
        b: MentionId(b),
        same,
        by,
        date,
        reason,
        place,
    });
}

fn same(people: &People, a: usize, b: usize) -> bool {
    people.best[a] == people.best[b]
}

fn kinds(people: &People) -> Vec<Kind> {
    people.findings.iter().map(|finding| finding.kind).collect()
}

#[test]
fn one_woman_in_many_spellings_is_one_person() {
    let people = recognise(&records(&[
        ("Шевчук Христина Олегівна", "1990-05-04", "0950764565", "", 1),
        ("Shevchuk Khrystyna", "1990", "+38 (095) 076-45-65", "", 2),
        ("Христина Шевчук", "1990-04-05", "", "", 3),
        ("ШЕВЧУК Х. О.", "", "8 095 076 45 65", "", 4),
        ("Мороз (Шевчук) Христя", "1990-05-04", "950764565", "", 5),
        ("Мороз Христина Олегівна", "1990-05-04", "0671112233", "", 6),
    ]));
    assert_eq!(people.persons.len(), 1);
}

#[test]
fn mother_daughter_and_twins_share_a_phone_and_stay_apart() {
    let people = recognise(&records(&[
        ("Шевчук Христина Олегівна", "1990-05-04", "0950764565", "", 1),
        ("Шевчук Галина Петрівна", "", "0950764565", "", 1),
        ("Шевчук Дарина Іванівна", "2015-01-02", "0950764565", "", 2),
        ("Шевчук Карина Іванівна", "2015-01-02", "0950764565", "", 2),
        ("Шевчук Христина Іванівна", "2016-01-02", "0950764565", "", 2),
    ]));
    assert_eq!(people.persons.len(), 5);
}

#[test]
fn two_rows_of_one_list_are_two_unless_all_agrees() {
    let rows = |phone| {
        [
            ("Шевчук Олена", "1990", "0950764565", "", 1),
            ("Шевчук Олена Петрівна", "1990", phone, "", 1),
        ]
    };
    assert_eq!(recognise(&records(&rows("095 076 45 65"))).persons.len(), 1);
    assert_eq!(recognise(&records(&rows("0671112233"))).persons.len(), 2);
}

#[test]
fn a_code_belongs_to_its_bearer_and_never_joins_other_names() {
    let people = recognise(&records(&[
        ("Шевчук Олена Петрівна", "1990-05-04", "", "БК-0123", 1),
        ("", "", "", "bk 123", 2),
        ("Мороз Ганна Іванівна", "1985-01-07", "", "БК-0123", 3),
        ("Шевчук Олена Петрівна", "1990-05-04", "", "БК-0200", 1),
    ]));
    assert!(!same(&people, 0, 2) && same(&people, 0, 3));
    let kinds = kinds(&people);
    assert!(kinds.contains(&Kind::CodeShared) && kinds.contains(&Kind::TwoCodes));
}

#[test]
fn a_number_in_the_place_of_a_name_tells_people_apart() {
    let people = recognise(&records(&[
        ("учень_48", "", "", "", 1),
        ("учень_9", "", "", "", 1),
        ("Учень 48", "", "", "", 2),
        ("учень 7", "", "", "", 2),
        ("18211a04n2", "", "", "", 1),
        ("18211a04e7", "", "", "", 1),
        ("Гайдар Єлизавета 14:30", "", "", "", 1),
        ("Єлизавета2", "", "", "", 3),
    ]));
    assert_eq!(people.persons.len(), 7);
    assert!(same(&people, 0, 2));
}

#[test]
fn names_alone_are_undecided_and_an_officer_decides() {
    let rows = [
        ("Гайдар Єлизавета Юріївна", "1987-02-14", "0978773468", "", 1),
        ("Гайдар Єлизавета", "", "", "", 2),
    ];
    let undecided = recognise(&records(&rows));
    assert_eq!(undecided.undecided.len(), 1);
    assert!(undecided.low[0] == undecided.low[1] && undecided.high[0] != undecided.high[1]);
    for decision in [true, false] {
        let mut decided = records(&rows);
        decide(&mut decided, 0, 1, decision);
        let people = recognise(&decided);
        assert_eq!(same(&people, 0, 1), decision);
        assert_eq!(people.low[0] == people.low[1], decision);
        assert_eq!(people.high[0] == people.high[1], decision);
        assert!(people.undecided.is_empty());
    }
}

#[test]
fn contradicting_decisions_are_found() {
    let mut records = records(&[
        ("Шевчук Олена Петрівна", "1990-05-04", "", "", 1),
        ("Мороз Ганна Іванівна", "1985-01-07", "", "", 2),
    ]);
    decide(&mut records, 0, 1, true);
    decide(&mut records, 1, 0, false);
    let people = recognise(&records);
    assert_eq!(kinds(&people), [Kind::DecisionsContradict]);
    assert!(!same(&people, 0, 1));
}

#[test]
fn nobody_is_a_finding_and_nothing_panics() {
    let people = recognise(&records(&[
        ("анонім", "", "", "", 1),
        ("", "", "", "", 1),
        ("Х", "", "-", "?", 1),
        ("анонім", "", "", "", 1),
    ]));
    assert_eq!(kinds(&people), [Kind::NotAName; 4]);
    assert_eq!(people.persons.len(), 4);
    assert!(recognise(&Records::default()).persons.is_empty());
}

proptest::proptest! {
    #[test]
    fn no_text_panics(texts in proptest::collection::vec(("\\PC{0,12}", "\\PC{0,8}", "\\PC{0,8}"), 1..8)) {
        let rows: Vec<Written> = texts.iter().map(|(name, phone, code)| (name.as_str(), "1990", phone.as_str(), code.as_str(), 1)).collect();
        let people = recognise(&records(&rows));
        proptest::prop_assert_eq!(people.persons.iter().map(|person| person.mentions.len()).sum::<usize>(), rows.len());
    }
}

#[test]
fn two_people_in_one_cell_are_said() {
    let people = recognise(&records(&[
        ("Шевчук Олена та Марія", "", "", "", 1),
        ("Мороз Ганна Іванівна / Мороз Петро", "", "", "", 2),
        ("Коваль І О", "", "", "", 3),
        ("Бондар Сергій Олегович\nМельник Ганна Юріївна", "", "", "", 4),
        ("Ткаченко Павло\nІлліч", "", "", "", 5),
        ("Лис О. І.\nСова П.П.", "", "", "", 6),
        ("", "", "", "АБ-12\nАБ-13", 7),
        ("Qarwel Tomdrin\nVeshka Ulbrant", "", "", "", 8),
        ("Kim Maria Na Anna", "", "", "", 9),
    ]));
    let two: Vec<Kind> = kinds(&people);
    assert_eq!(two.iter().filter(|kind| **kind == Kind::TwoNames).count(), 6, "{two:?}");
}

#[test]
fn where_no_name_is_written_a_code_or_a_telephone_says_who_it_is() {
    let people = recognise(&records(&[
        ("", "", "", "АБ-12", 1),
        ("", "", "0671112233", "", 2),
        ("", "1990", "", "", 3),
        ("", "", "", "###", 4),
    ]));
    assert_eq!(kinds(&people), [Kind::NotAName, Kind::NotAName]);
}

#[test]
fn order_and_unrelated_rows_change_no_key() {
    let mut rows = vec![
        ("Шевчук Христина Олегівна", "1990-05-04", "0950764565", "", 1),
        ("Shevchuk Khrystyna", "1990", "", "", 2),
        ("Гайдар Єлизавета", "", "", "", 3),
        ("Гайдар Єлизавета Юріївна", "1987-02-14", "0978773468", "", 4),
        ("Мороз Т.", "", "0671112233", "", 5),
        ("Мороз Тетяна", "1980", "", "", 6),
        ("Мороз Тамара", "1970", "", "", 7),
    ];
    let keys = |people: &People| {
        people
            .best
            .iter()
            .map(|person| people.persons[person.index()].key.clone())
            .collect::<Vec<_>>()
    };
    let before = keys(&recognise(&records(&rows)));
    rows.reverse();
    let mut reversed = keys(&recognise(&records(&rows)));
    reversed.reverse();
    assert_eq!(reversed, before);
    rows.reverse();
    rows.push(("Коваленко Ірина Степанівна", "1966-03-03", "0501234567", "", 8));
    assert_eq!(keys(&recognise(&records(&rows)))[..before.len()], before);
}

#[test]
fn a_crowd_of_one_name_is_told_and_its_order_changes_nothing() {
    // More than are compared each with each; every other one has no phone of her own but a day of birth.
    let phones: Vec<String> = (0..600u32).map(|at| format!("067{:07}", at * 7919)).collect();
    let births: Vec<String> = (0..600)
        .map(|at| format!("{}-01-0{}", 1930 + at / 9, at % 9 + 1))
        .collect();
    let mut rows: Vec<Written> = Vec::new();
    for (at, group) in (0..600).zip(1u32..) {
        let (birth, phone) = if at % 2 == 0 {
            ("", phones[at].as_str())
        } else {
            (births[at].as_str(), "")
        };
        rows.push(("Шевчук Олена", birth, phone, "", group));
    }
    let told = |people: &People| -> Vec<String> {
        let passed_over = people.findings.iter().filter(|one| one.kind == Kind::PairsPassedOver);
        passed_over.map(|one| one.args["pairs"].clone()).collect()
    };
    let people = recognise(&records(&rows));
    assert!(told(&people)[0].parse::<u64>().is_ok_and(|pairs| pairs > 0));
    let keys = |people: &People| -> Vec<String> {
        let of = |person: &PersonId| people.persons[person.index()].key.clone();
        people.best.iter().map(of).collect()
    };
    rows.reverse();
    let other_way = recognise(&records(&rows));
    let mut reversed = keys(&other_way);
    reversed.reverse();
    assert_eq!(reversed, keys(&people));
    assert_eq!(told(&other_way), told(&people));
}

/// Rows of one name with an age, a sex and a settlement each, on a day each; the list is the first number.
fn of_one_name(name: &str, said: &[(u32, &str, u16, &str, &str)]) -> Records {
    let written: Vec<Written> = said.iter().map(|one| (name, "", "", "", one.0)).collect();
    let mut records = records(&written);
    for (at, (_, day, age, sex, settlement)) in said.iter().enumerate() {
        let mut text = |text: &str| (!text.is_empty()).then(|| records.texts.intern(text));
        let (sex, settlement) = (text(sex), text(settlement));
        let mention = &mut records.mentions[at];
        mention.date = day.parse().ok();
        mention.identity.age = (*age > 0).then_some(*age);
        mention.identity.sex = sex;
        mention.identity.settlement = settlement;
    }
    records
}

#[test]
fn rows_of_one_list_that_differ_in_age_sex_or_settlement_are_two() {
    for [one, other] in [
        [(38, "", ""), (9, "", "")],
        [(0, "female", ""), (0, "male", "")],
        [(0, "", "Балаклія"), (0, "", "Ізюм")],
    ] {
        let row = |one: (u16, &'static str, &'static str)| (1, "2025-03-01", one.0, one.1, one.2);
        let people = recognise(&of_one_name("Шевчук Олена", &[row(one), row(other)]));
        assert!(!same(&people, 0, 1), "{one:?} {other:?}");
        assert_ne!(people.low[0], people.low[1], "a list tells them apart beyond doubt");
        let again = recognise(&of_one_name("Шевчук Олена", &[row(one), row(one), row((0, "", ""))]));
        assert_eq!(again.persons.len(), 1, "{one:?}");
    }
}

#[test]
fn two_sexes_of_a_name_of_both_are_a_question_and_of_one_a_slip() {
    let rows = [
        (1, "2025-03-01", 0, "female", ""),
        (2, "2025-03-08", 0, "female", ""),
        (3, "2025-03-15", 0, "male", ""),
    ];
    let of_both = recognise(&of_one_name("Ковальчук Саша", &rows));
    assert_eq!(of_both.best[0], of_both.best[1]);
    assert_ne!(of_both.high[0], of_both.high[2], "may be two");
    assert_eq!(of_both.low[0], of_both.low[2], "may be one");
    assert!(kinds(&of_both).contains(&Kind::PairUndecided));
    let of_one = recognise(&of_one_name("Ковальчук Олена", &rows));
    assert_eq!(of_one.high[0], of_one.high[2], "a slip");
}

#[test]
fn father_and_son_of_one_name_keep_their_lists() {
    let rows = [
        (1, "2025-03-01", 38, "male", ""),
        (1, "2025-03-01", 9, "male", ""),
        (2, "2025-04-01", 38, "male", ""),
        (2, "2025-04-01", 10, "male", ""),
    ];
    let people = recognise(&of_one_name("Popa Ion", &rows));
    assert_eq!(people.persons.len(), 2);
    assert!(same(&people, 0, 2) && same(&people, 1, 3));
}

#[test]
fn ages_that_are_nobodys_together_are_two_people_or_a_question() {
    let near = [(1, "2025-03-01", 38, "", ""), (2, "2025-09-01", 39, "", "")];
    assert!(recognise(&of_one_name("Popa Ion", &near)).undecided.is_empty());
    let far = [(1, "2025-03-01", 38, "", ""), (2, "2025-03-08", 9, "", "")];
    let people = recognise(&of_one_name("Popa Ion", &far));
    assert!(!same(&people, 0, 1));
    assert_ne!(people.high[0], people.high[1]);
    assert_eq!(people.low[0], people.low[1]);
}

#[test]
fn names_in_another_order_are_two_rows_of_a_list_unless_the_given_name_is_told() {
    for (one, other, persons) in [
        ("Ahmad Hassan Ali", "Ali Hassan Ahmad", 2),
        ("احمد حسن علي", "علي حسن احمد", 2),
        ("Gómez Rojas Elena", "Rojas Gómez Elena", 2),
        ("Шевчук Олена", "Олена Шевчук", 1),
        ("Шевчук Олена Петрівна", "Олена Петрівна Шевчук", 1),
    ] {
        let people = recognise(&records(&[(one, "", "", "", 1), (other, "", "", "", 1)]));
        assert_eq!(people.persons.len(), persons, "{one}");
    }
}

#[test]
fn romanian_and_russian_spellings_of_one_name_are_one_person() {
    for (romanian, russian) in [
        ("Țurcan Nadejda", "Цуркан Надежда"),
        ("Turcan Nadejda", "Цуркан Надежда"),
        ("Cojocaru Ecaterina", "Кожокару Екатерина"),
        ("Țîbuleac Nicolae", "Цыбуляк Николай"),
        ("Covalenco Dumitru", "Коваленко Дмитрий"),
        ("Josan Vitalie", "Жосан Виталий"),
        ("Croitoru Alexandru", "Кройтору Александр"),
        ("Chiriac Gheorghe", "Кириак Георгий"),
    ] {
        let people = recognise(&records(&[
            (romanian, "1981", "069123456", "", 1),
            (russian, "1981", "069123456", "", 2),
        ]));
        assert!(same(&people, 0, 1), "{romanian} {russian}");
    }
    let two = recognise(&records(&[
        ("Țurcan Nadejda", "1981", "069123456", "", 1),
        ("Цуркан Наталья", "1981", "069123456", "", 2),
    ]));
    assert!(!same(&two, 0, 1));
}

#[test]
fn births_that_chain_by_one_digit_do_not_join_all() {
    let births: Vec<String> = (1981..1987).map(|year| format!("{year}-01-02")).collect();
    let written: Vec<Written> = (1..)
        .zip(&births)
        .map(|(list, birth)| ("Popa Ion", birth.as_str(), "", "", list))
        .collect();
    let mut records = records(&written);
    let activity = Some(records.texts.intern("a"));
    for mention in &mut records.mentions {
        mention.context.activity = activity;
    }
    let people = recognise(&records);
    assert!(people.persons.len() >= 3, "{}", people.persons.len());
    assert!(people.persons.iter().all(|person| person.mentions.len() <= 2));
    assert!(!people.undecided.is_empty());
    assert!(people.low.iter().all(|block| *block == people.low[0]));
}
