//! What `marks` promises, on small made-up cases.

use super::*;
use crate::ingest::fixture::source;
use crate::ingest::vocabulary;

fn of(text: &str) -> Mark {
    read(Some(&Cell::Text(text.to_owned())), &source(), vocabulary::standard())
}

#[test]
fn presence_and_absence_in_the_words_of_registers() {
    for mark in ["+", "так", "1", "v", "✓"] {
        assert_eq!(of(mark), Mark::Present, "{mark}");
    }
    for mark in ["н", "-", "0"] {
        assert_eq!(of(mark), Mark::Absent, "{mark}");
    }
    assert_eq!(
        read(Some(&Cell::Bool(true)), &source(), vocabulary::standard()),
        Mark::Present
    );
    assert_eq!(
        read(Some(&Cell::Number(2.0)), &source(), vocabulary::standard()),
        Mark::Present
    );
}

#[test]
fn blank_means_absent_unless_the_definition_says_present() {
    let mut source = source();
    assert_eq!(read(None, &source, vocabulary::standard()), Mark::Blank);
    source.blank = Some(BlankMark::Present);
    assert_eq!(read(None, &source, vocabulary::standard()), Mark::Present);
}

#[test]
fn the_definition_adds_marks_and_the_rest_is_a_question() {
    let mut source = source();
    source.marks.present.push("ю".to_owned());
    let cell = Cell::Text("Ю".to_owned());
    assert_eq!(read(Some(&cell), &source, vocabulary::standard()), Mark::Present);
    assert_eq!(of("ю"), Mark::Unknown("ю".to_owned()));
}
