//! What `marks` promises, on small made-up cases.

use std::fmt::Write as _;

use crate::ingest::findings::Kind;
use crate::ingest::fixture::{part, sheet, source};
use crate::ingest::reading::Table;
use crate::project::model::{BlankMark, Source};

fn read(text: &str, source: &Source) -> Table {
    let part = part(sheet(text), "raw/a.xlsx", source);
    let crate::ingest::reading::SheetContent::Tables(mut read) = part.content else {
        panic!("no table: {text}")
    };
    read.remove(0)
}

/// A register of four people and two sessions with these marks, a line per person.
fn register(heads: &str, marks: [&str; 4]) -> String {
    let names = ["Коваль Ольга", "Мельник Іван", "Бондар Ганна", "Ткач Павло"];
    let mut text = format!("{heads}|05.02.2026|12.02.2026");
    for (at, marks) in marks.iter().enumerate() {
        write!(text, "\n{}|{}|{marks}", at + 1, names[at]).expect("memory");
    }
    text
}

fn present(heads: &str, marks: [&str; 4]) -> (usize, Vec<Kind>) {
    let table = read(&register(heads, marks), &source());
    (
        table.present.iter().sum(),
        table.noted.iter().map(|noted| noted.kind).collect(),
    )
}

const UK: &str = "№ з/п|ПІБ";
const RU: &str = "№ п/п|ФИО";
const EN: &str = "No|Full name";
const ES: &str = "Nº|Nombre y apellidos";
const FR: &str = "N°|Nom et prénom";
const RO: &str = "Nr. crt.|Nume și prenume";

#[test]
fn presence_and_absence_in_the_words_of_registers() {
    for (yes, no) in [
        ("+", "-"),
        ("так", "ні"),
        ("#1", "#0"),
        ("v", "н"),
        ("✓", ""),
        ("TRUE", "FALSE"),
        ("14:05", ""),
    ] {
        let (yes2, no2) = (format!("{yes}|{no}"), format!("{no}|{yes}"));
        let marks = [yes2.as_str(), no2.as_str(), yes2.as_str(), yes2.as_str()];
        assert_eq!(present(UK, marks), (4, vec![]), "{yes}/{no}");
    }
}

#[test]
fn pairs_of_letters_are_decided_by_language_and_contrast() {
    for (heads, yes, no) in [
        (UK, "П", "Н"),
        (RU, "П", "Н"),
        (UK, "П", "А"),
        (EN, "P", "A"),
        (UK, "P", "A"),
        (FR, "P", "A"),
        (RO, "p", "a"),
        (ES, "P", "F"),
        (ES, "A", "F"),
        (ES, "P", "A"),
        (EN, "P", "O"),
        (UK, "х", "H"),
        (EN, "Y", "N"),
        (UK, "в", "-"),
    ] {
        let line = format!("{yes}|{no}");
        let marks = [line.as_str(); 4];
        assert_eq!(present(heads, marks), (4, vec![]), "{heads}: {yes}/{no}");
    }
}

#[test]
fn a_letter_alone_is_asked_once() {
    assert_eq!(present(UK, ["П|", "П|П", "|П", "|"]), (4, vec![Kind::AmbiguousMark]));
    assert_eq!(
        present(EN, ["x|o", "x|x", "o|x", "o|o"]),
        (4, vec![Kind::AmbiguousMark])
    );
}

#[test]
fn a_legend_stands_above_all() {
    let text = format!(
        "{}\n\n|в - був\n|п - відсутній з поважної причини",
        register(UK, ["в|п", "в|в", "п|в", "в|п"])
    );
    let table = read(&text, &source());
    assert_eq!(table.present.iter().sum::<usize>(), 5);
    assert!(table.noted.iter().any(|noted| noted.kind == Kind::LegendRead));
}

#[test]
fn where_only_absence_is_marked_blank_means_presence() {
    assert_eq!(present(UK, ["н|", "|", "|н/б", "|"]), (6, vec![Kind::BlankTaken]));
    assert_eq!(present(UK, ["-|", "|", "|-", "|"]), (0, vec![Kind::NoMarks]));
    assert_eq!(present(UK, ["н|н", "н|н", "|н", "|н"]), (0, vec![Kind::NoMarks]));
}

#[test]
fn blank_as_defined_reaches_to_the_last_session_that_was_marked() {
    let mut source = source();
    source.blank = Some(BlankMark::Present);
    let text = register(UK, ["н|", "|", "|", "|"]);
    assert_eq!(read(&text, &source).present, [3, 0]);
}

#[test]
fn parts_numbers_and_late_arrivals_are_told() {
    assert_eq!(
        present(UK, ["#0.5|#1", "#1|#0", "#0|#1", "#1|#1"]),
        (6, vec![Kind::PartialMarks])
    );
    assert_eq!(
        present(UK, ["#10|н", "#9|#11", "н|#7", "#8|#8"]),
        (6, vec![Kind::NumbersAsMarks])
    );
    assert_eq!(present(FR, ["R|-", "+|+", "-|+", "E|R"]), (5, vec![Kind::PartialMarks]));
}

#[test]
fn the_definition_adds_marks_and_the_rest_is_a_question() {
    let mut source = source();
    source.marks.present.push("ю".to_owned());
    let text = register(UK, ["Ю|-", "Ю|-", "щ|-", "-|Ю"]);
    let table = read(&text, &source);
    assert_eq!(table.present, [2, 1]);
    let unknown = table.rows.iter().flat_map(|row| &row.issues).count();
    assert_eq!(unknown, 1);
}

#[test]
fn a_stroke_is_presence_beside_absence_and_asked_about_beside_anything_else() {
    assert_eq!(present(EN, ["/|/", "/|A", "A|/", "/|/"]), (6, vec![]));
    assert_eq!(present(EN, ["/|\\", "/|A", "A|/", "\\|/"]), (6, vec![]));
    assert_eq!(present(UK, ["/|/", "/|н", "н|/", "/|/"]), (6, vec![]));
    assert_eq!(present(UK, ["+|+", "/|+", "+|/", "+|+"]), (6, vec![]));
    let asked = vec![Kind::AmbiguousMark, Kind::AmbiguousMark];
    assert_eq!(present(EN, ["/|/", "/|O", "O|/", "/|/"]), (6, asked));
}

#[test]
fn a_mark_with_a_remark_says_what_the_mark_says() {
    let partial = vec![Kind::PartialMarks];
    assert_eq!(
        present(EN, ["Yes|Yes - late", "No|Yes", "No|No", "Yes|Yes"]),
        (5, partial)
    );
    let asked = vec![Kind::AmbiguousMark];
    assert_eq!(present(UK, ["+|+ онлайн", "-|+", "-|-", "+|+"]), (5, asked.clone()));
    assert_eq!(present(EN, ["x|x*", "|x", "|", "x|x"]), (5, asked));
    assert_eq!(present(EN, ["2 h|1.5h", "0 h|2h", "|", "1 h|2 h"]), (5, vec![]));
    assert_eq!(present(EN, ["✔️|✔️", "✔|", "|ok", "OK|✔️"]), (6, vec![]));
    // What speaks against its mark is nobody's presence.
    assert_eq!(present(UK, ["+|+ не була", "-|+", "-|-", "+|+"]).0, 4);
}
