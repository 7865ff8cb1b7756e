//! What `values` promises, on small made-up cases.

use super::*;
use crate::ingest::fixture::source;

fn of(role: Role, text: &str) -> Option<RawValue> {
    let column = Column {
        index: 0,
        header: String::new(),
        key: role.key().to_owned(),
        role: Some(role),
        answers: Vec::new(),
        coded: false,
        by_content: false,
    };
    read(&column, &Cell::Text(text.to_owned()), &source(), vocabulary::standard())
}

#[test]
fn displacement_is_answered_in_many_ways() {
    for yes in ["+", "так", "ВПО", "да", "yes", "IDP", "1"] {
        assert_eq!(of(Role::Idp, yes), Some(RawValue::YesNo(true)), "{yes}");
    }
    for no in ["-", "ні", "нет", "no", "0"] {
        assert_eq!(of(Role::Idp, no), Some(RawValue::YesNo(false)), "{no}");
    }
}

#[test]
fn categories_are_a_sorted_set_of_codes() {
    let set = |codes: &[&str]| Some(RawValue::Set(codes.iter().map(|code| Ustr::from(code)).collect()));
    assert_eq!(
        of(Role::Category, "ВПО; інвалідність, ВПО"),
        set(&["disability", "idp"])
    );
    assert_eq!(of(Role::Category, "-"), None);
}

#[test]
fn a_meaning_that_the_definition_gives_comes_first() {
    let mut source = source();
    let words = [("п".to_owned(), "idp".to_owned())].into_iter().collect();
    source.values.insert("category".to_owned(), words);
    let column = Column {
        index: 0,
        header: "Категорія".to_owned(),
        key: "category".to_owned(),
        role: Some(Role::Category),
        answers: Vec::new(),
        coded: false,
        by_content: false,
    };
    let value = read(&column, &Cell::Text("П".to_owned()), &source, vocabulary::standard());
    assert_eq!(value, Some(RawValue::Code(Ustr::from("idp"))));
}

#[test]
fn numbers_have_blanks_and_commas_but_codes_begin_with_a_nought() {
    assert_eq!(number("1 250,5"), Some(1250.5));
    assert_eq!(number("12\u{a0}000"), Some(12_000.0));
    assert_eq!(number("0,5"), Some(0.5));
    assert_eq!(number("007"), None);
    assert_eq!(number("12 шт"), None);
}
