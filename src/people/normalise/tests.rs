//! Names in any script, order and length become one form.

use super::{Form, NameOrder, Usage, beside_whole, read_columns, split_name, words};

fn usage() -> Usage {
    Usage {
        order: NameOrder::SurnameFirst,
        seen: ustr::UstrMap::default(),
        read: crate::people::alike::QuickMap::default(),
    }
}

fn read(name: &str) -> Form {
    let mut form = Form::default();
    split_name(&mut form, words(name), &usage());
    form.surnames.sort();
    form
}

fn read_apart(surname: &str, given: &str) -> Form {
    let mut form = Form::default();
    read_columns(&mut form, words(surname), words(given), &usage());
    form.surnames.sort();
    form
}

#[test]
fn order_and_script_do_not_matter() {
    let first = read("Шевчук Христина Олегівна");
    assert_eq!(read("Христина Олегівна Шевчук"), first);
    assert_eq!(read("Shevchuk Khrystyna Olehivna"), first);
    assert_eq!(read("ШЕВЧУК  христина\u{a0}Олегівна"), first);
}

#[test]
fn initials_and_second_surnames_are_read() {
    let initials = read("Панченко С.В.");
    assert_eq!(
        (initials.given_initial, initials.father_initial),
        (Some('s'), Some('v'))
    );
    assert_eq!(initials.surnames, ["pancenko"]);
    assert_eq!(read("Степова (Карпенко) Емілія").surnames, ["karpenko", "stepova"]);
}

#[test]
fn the_column_of_surnames_may_hold_more() {
    assert_eq!(read_apart("Шевченко", "Олена"), read("Шевченко Олена"));
    assert_eq!(read_apart("Шевченко О.", ""), read("Шевченко О."));
    assert_eq!(read_apart("Шевченко О. П.", ""), read("Шевченко О. П."));
    assert_eq!(read_apart("Шевченко Олена", ""), read("Шевченко Олена"));
    assert_eq!(read_apart("Олена", ""), read("Олена"));
    let double = read_apart("Нечуй-Левицька", "");
    assert_eq!(double.surnames, ["levicka", "necui"]);
    assert_eq!((double.given.len(), double.given_initial), (0, None));
}

#[test]
fn a_column_of_names_beside_half_a_name_is_the_other_half_or_says_all() {
    let shown = |(surname, given): (Vec<super::Word>, Vec<super::Word>)| {
        let text = |words: Vec<super::Word>| {
            words
                .iter()
                .map(|word| word.skeleton.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        (text(surname), text(given))
    };
    let read =
        |whole: &str, surname: &str, given: &str| shown(beside_whole(words(whole), words(surname), words(given)));
    let pair = |surname: &str, given: &str| shown((words(surname), words(given)));
    assert_eq!(read("Rotari", "", "Ana"), pair("Rotari", "Ana"));
    assert_eq!(read("García López", "", "Ana"), pair("García López", "Ana"));
    assert_eq!(read("Ana", "Rotari", ""), pair("Rotari", "Ana"));
    // Whole names are read as such.
    assert_eq!(read("Rotari Ana", "", "Ana"), pair("", ""));
    assert_eq!(read("Rotari Ana", "Rotari", ""), pair("", ""));
    assert_eq!(read("", "Rotari", ""), pair("Rotari", ""));
}

#[test]
fn a_letter_alone_is_nobodys_surname() {
    for form in [
        read_apart("Шевченко О.", ""),
        read_apart("Шевченко О.", "Олена"),
        read_apart("О.", "Шевченко"),
        read("Шевченко (О.)"),
        read("О. Шевченко"),
    ] {
        assert_eq!(form.surnames, ["sevcenko"], "{form:?}");
        assert_eq!(form.given_initial, Some('o'), "{form:?}");
    }
    assert!(read_apart("О.", "").surnames.is_empty());
}

#[test]
fn a_name_of_one_syllable_is_no_initial() {
    for (surname, given) in [("李", "娜"), ("王", "娜"), ("김", "민지")] {
        let form = read_apart(surname, given);
        assert_eq!((form.surnames, form.given), (vec![surname.into()], vec![given.into()]));
    }
}
