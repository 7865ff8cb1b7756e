//! Names in any script, order and length become one form.

use super::{Form, NameOrder, Usage, split_name, words};

fn read(name: &str) -> Form {
    let mut form = Form::default();
    let usage = Usage {
        order: NameOrder::SurnameFirst,
        seen: ustr::UstrMap::default(),
        read: crate::people::alike::QuickMap::default(),
    };
    split_name(&mut form, words(name), &usage);
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
