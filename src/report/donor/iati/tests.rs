//! Tests: what stands in the file, and what does not.

use super::*;
use crate::report::donor::machine::tests::{World, area, world};

fn file(world: &World) -> String {
    let report = world.report("en");
    super::text(&View::new(&report))
}

#[test]
fn a_hidden_actual_has_a_comment_and_no_value() {
    let mut world = world();
    world.project.reporting.places = vec![area("South", "S-1", 3, "")];
    let file = file(&world);
    let at = file.find("<location ref=\"S-1\"/>").expect("the south");
    let start = file[..at].rfind("<actual").expect("its actual");
    let end = at + file[at..].find("</actual>").expect("its end");
    let actual = &file[start..end];
    assert!(actual.starts_with("<actual>"), "{actual}");
    assert!(actual.contains("few people"), "{actual}");
    assert!(file.contains("<actual value=\"6\""), "{file}");
    assert!(file.contains("<target value=\"10\"/>"), "{file}");
}

#[test]
fn what_is_missing_is_said_and_never_made_up() {
    let mut world = world();
    assert!(!file(&world).contains("<iati-identifier"));
    assert!(file(&world).contains("<!-- Missing in the definitions: iati-activity."));
    world.project.reporting.iati_activity = "XX--1".to_owned();
    assert!(file(&world).contains("<iati-identifier>XX--1</iati-identifier>"));
}

#[test]
fn odd_letters_leave_the_file_well_formed() {
    let mut world = world();
    world.project.name = Localized::same("A<b> & \"c\" \u{0}\u{b}\u{ffff} مرحبا 🙂");
    world.project.indicators[1].code = "1\"<--".to_owned();
    world.project.indicators[2].baseline = Some(Baseline { value: 1.0, date: None });
    let file = file(&world);
    let mut reader = quick_xml::Reader::from_str(&file);
    while reader.read_event().expect("well-formed") != Event::Eof {}
    assert!(file.contains("A&lt;b&gt; &amp; &quot;c&quot;    مرحبا 🙂"), "{file}");
    assert!(file.contains("code=\"1&quot;&lt;--\""), "{file}");
}

#[test]
fn shares_say_what_they_are_made_of() {
    let file = file(&world());
    assert!(
        file.contains("<indicator measure=\"2\" ascending=\"1\" aggregation-status=\"0\">"),
        "{file}"
    );
    assert!(file.contains("521 of 1019"), "{file}");
    assert!(file.contains("year=\"2026\" value=\"20\""), "{file}");
}
