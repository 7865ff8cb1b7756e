//! What `vocabulary` promises, on small made-up cases.

use super::*;

#[test]
fn every_line_of_the_data_is_understood() {
    for (language, text) in FILES {
        let lines = text.lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(
            records(text).count(),
            lines,
            "{language}: a line is not kind,meaning,term,note"
        );
        for [kind, meaning, term, note] in records(text) {
            let mut vocabulary = Vocabulary::default();
            let understood = vocabulary.add(language, &kind, &meaning, &term, &note);
            assert!(understood.is_some(), "{language}: {kind},{meaning},{term}");
        }
    }
}

#[test]
fn headers_of_field_files() {
    let first = |text: &str| standard().header(text).first().copied();
    for (text, role) in [
        ("№ з/п", Role::RowNo),
        ("Прізвище, ім’я, по батькові", Role::FullName),
        ("рік народження", Role::BirthYear),
        ("Дата нар.", Role::BirthDate),
        ("Категорія (можна кілька)", Role::Category),
        ("Код клієнта", Role::ClientCode),
        ("Дівчата (до 18)", Role::CountGirls),
        ("Хлопці\n(до 18)", Role::CountBoys),
        ("Всього осіб", Role::CountTotal),
        ("Тривалість, хв", Role::Duration),
        ("Хто проводив", Role::Facilitator),
        ("Підписний лист", Role::SignedList),
        ("Ime i prezime majke", Role::FullName),
        ("Broj djece do 18 g.", Role::ChildrenCount),
        ("grp_client/full_name", Role::FullName),
        ("grp_client/birth_year", Role::BirthYear),
        ("Файл 1", Role::DecisionFile),
        ("row_b", Role::DecisionRow),
        ("Рішення", Role::DecisionVerdict),
        ("Разом", Role::DerivedTotal),
        ("Дата поселення", Role::CheckIn),
    ] {
        assert_eq!(first(text), Some(role), "{text}");
    }
}

#[test]
fn headers_say_of_whom_in_many_languages() {
    let first = |text: &str| standard().header(text).first().copied();
    for (text, role) in [
        ("Numele și prenumele beneficiarului", Role::FullName),
        ("Participant's date of birth", Role::BirthDate),
        ("client_phone", Role::Phone),
        ("Вік учасниці", Role::Age),
        ("ПІБ клієнта/клієнтки (повністю)", Role::FullName),
        ("Дата рождения участницы", Role::BirthDate),
        ("Imię i nazwisko uczestniczki", Role::FullName),
        ("Nombre de la beneficiaria", Role::FullName),
        ("Katılımcının yaşı", Role::Age),
    ] {
        assert_eq!(first(text), Some(role), "{text}");
    }
    for text in ["Number of participants who left", "Feedback of participants"] {
        let told = standard().header(text);
        assert!(
            !told.contains(&Role::FullName) && !told.contains(&Role::Age),
            "{text}: {told:?}"
        );
    }
}

#[test]
fn unknown_headers_stay_unknown() {
    for text in [
        "День 1 (22.10)",
        "Заняття 1 (05.02)",
        "12",
        "Чорноус Антоніна Дмитрівна",
        "",
    ] {
        assert_eq!(standard().header(text), [], "{text}");
    }
}

#[test]
fn one_wrong_letter_is_forgiven_in_long_words() {
    assert_eq!(standard().header("Телефн"), [Role::Phone]);
    assert_eq!(standard().header("Дата нородження"), [Role::BirthDate]);
    assert_eq!(standard().header("Віх"), []);
    for (slip, role) in [
        ("Прізвище, ім'я та побатькові", Role::FullName),
        ("Прізвище, ім'я та побаткові", Role::FullName),
        ("Фамилия имя отчетсво", Role::FullName),
        ("Full Nmae", Role::FullName),
        ("Nmae", Role::FullName),
        ("Nume si prenme", Role::FullName),
        ("Nombre y apelidos", Role::FullName),
        ("Nom et prenom", Role::FullName),
    ] {
        assert_eq!(standard().header(slip).first(), Some(&role), "{slip}");
    }
    assert_eq!(standard().header("Петренко Іван"), []);
}

#[test]
fn labels_of_title_lines() {
    let label = |text: &str| standard().label(text);
    assert_eq!(label("Група"), Some(Role::Group));
    assert_eq!(label("Захід №"), Some(Role::EventNumber));
    assert_eq!(label("Захід №122"), Some(Role::EventNumber));
    assert_eq!(label("Фасилітаторка"), Some(Role::Facilitator));
    assert_eq!(label("Obuka"), Some(Role::Event));
    assert_eq!(label("Datum"), Some(Role::SessionDate));
}

#[test]
fn marks() {
    let mark = |text: &str| standard().mark(text);
    for text in ["+", "+ ", "х", "x", "✓", "так", "підпис", "1", "V", "da"] {
        assert_eq!(mark(text), Some(MarkMeaning::Present), "{text}");
    }
    for text in ["н", "Н/б", "-", "0", "нет", "ні"] {
        assert_eq!(mark(text), Some(MarkMeaning::Absent), "{text}");
    }
    assert_eq!(mark("хв."), Some(MarkMeaning::Excused));
    assert_eq!(mark("свято"), Some(MarkMeaning::NoSession));
    assert_eq!(mark("П"), Some(MarkMeaning::Ambiguous));
    assert_eq!(mark("A"), Some(MarkMeaning::Ambiguous));
    assert_eq!(mark("Балаклія"), None);
    assert_eq!(standard().mark_in("H", &["uk"]), Some(MarkMeaning::Absent));
}

#[test]
fn ditto_signs_are_not_dashes() {
    for text in ["—//—", "-//-", "- \" -", "\"", "''", "те саме"] {
        assert!(standard().is_ditto(text), "{text}");
    }
    for text in ["-", "—", "", "/", "н/б"] {
        assert!(!standard().is_ditto(text), "{text}");
    }
}

#[test]
fn months_and_weekdays() {
    assert_eq!(standard().month("Січень"), Some(1));
    assert_eq!(standard().month("жовтня"), Some(10));
    assert_eq!(standard().month("бер."), Some(3));
    assert_eq!(standard().month("Септембар"), Some(9));
    assert_eq!(standard().month("Apr"), Some(4));
    assert_eq!(standard().weekday("Пн."), Some(1));
    assert_eq!(standard().weekday("п’ятниця"), Some(5));
}

#[test]
fn lines_that_are_no_people() {
    let words = standard();
    for text in [
        "Всього",
        "ВСЬОГО:",
        "Разом",
        "Σ",
        "Total",
        "Усього підписів: 6",
        "Ukupno prisutnih",
    ] {
        assert!(words.is_totals(text), "{text}");
    }
    assert!(!words.is_totals("Разом сильніші"));
    for text in [
        "Підпис фасилітаторки ______ /Сидоренко О. П./",
        "Відповідальна особа: ____________",
        "М.П.",
    ] {
        assert!(words.is_trailer(text), "{text}");
    }
    assert!(!words.is_trailer("Підпис"));
    assert!(!words.is_trailer("Голова домогосподарства"));
    assert!(words.is_summary("Зведена за 2026"));
    assert!(!words.is_summary("Заходи"));
}

#[test]
fn values() {
    let words = standard();
    assert_eq!(words.sex("чол."), Some(Sex::Male));
    assert_eq!(words.sex("Ж"), Some(Sex::Female));
    assert_eq!(words.yes_no("Так"), Some(true));
    assert_eq!(words.yes_no("немає"), Some(false));
    assert!(words.is_missing("—"));
    assert!(words.is_anonymous("Анонім №123"));
    assert!(words.is_anonymous("анон. 123"));
    assert!(!words.is_anonymous("Анонова Ірина"));
    assert_eq!(words.category("ВПО"), Some("idp"));
    assert_eq!(words.category("ВПО з Ізюма"), Some("idp"));
    assert_eq!(words.category("родина військового"), Some("military_family"));
    assert_eq!(words.category("не ВПО"), None);
    assert_eq!(words.verdict("та сама особа"), Some(Verdict::Same));
    assert_eq!(words.verdict("Різні особи"), Some(Verdict::Different));
}

#[test]
fn settlements_lose_their_kind() {
    for text in [
        "м. Балаклія",
        "м.Балаклія",
        "Балаклія",
        " Балаклія м.",
        "місто Балаклія",
        "М. Балаклія",
    ] {
        assert_eq!(standard().strip_settlement(text), "Балаклія", "{text}");
    }
    assert_eq!(standard().strip_settlement("с. П’ятигірське"), "П'ятигірське");
    assert_eq!(
        standard().settlement_key("с. П’ятигірське"),
        standard().settlement_key("Пятигірське")
    );
    assert_eq!(standard().strip_settlement("Мерефа"), "Мерефа");
    assert_eq!(standard().strip_settlement("Село"), "Село");
}

#[test]
fn headings_and_answers_in_two_languages_are_one() {
    let vocabulary = standard();
    for (heading, role) in [
        ("Стать / Sex", Role::Sex),
        ("Sex Стать", Role::Sex),
        ("Дата / Data", Role::SessionDate),
        ("Телефон/Phone", Role::Phone),
    ] {
        assert_eq!(vocabulary.header(heading).first(), Some(&role), "{heading}");
    }
    assert_ne!(vocabulary.header("Phone / Age").first(), Some(&Role::Age));
    assert_eq!(vocabulary.sex("ж/F"), Some(Sex::Female));
    assert_eq!(vocabulary.sex("ж/ч"), None, "a choice that nobody made");
}
