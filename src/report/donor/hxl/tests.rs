//! Tests: tags, attributes, blanks.

use super::*;
use crate::report::donor::machine::tests::{area, world};

fn table(world: &crate::report::fixture::World) -> Vec<csv::StringRecord> {
    let report = world.report("en");
    let text = super::text(&View::new(&report));
    let text = text.strip_prefix('\u{feff}').expect("a byte-order mark").to_owned();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.expect("rows of one length"))
        .collect()
}

#[test]
fn a_category_is_a_column_and_a_hidden_value_is_told_but_not_shown() {
    let mut world = world();
    world.project.reporting.places = vec![area("North", "X11", 3, "")];
    let table = table(&world);
    let column = |tag: &str| {
        table[1]
            .iter()
            .position(|cell| cell == tag)
            .unwrap_or_else(|| panic!("{tag}"))
    };
    let row = |place: &str| {
        let held = |row: &&csv::StringRecord| &row[0] == "1.1" && &row[6] == place;
        table.iter().skip(2).rfind(held).expect("a row")
    };
    let girls = column("#reached+ind+f+children+age_0_17");
    assert_eq!(
        (&row("North")[girls], &row("North")[column("#adm3+code")]),
        ("1", "X11")
    );
    let south = row("South");
    assert_eq!(&south[girls], "");
    assert_eq!(&south[column("#reached+ind")], "");
    assert!(south[south.len() - 1].contains("#reached+ind=suppressed"), "{south:?}");
    let whole = table.iter().find(|row| &row[0] == "1.1").expect("the total");
    assert_eq!(
        (&whole[column("#reached+ind")], &whole[column("#targeted+ind")]),
        ("6", "10")
    );
}

#[test]
fn shares_have_a_tag_of_their_own_and_a_wrong_tag_is_not_taken() {
    let mut world = world();
    world.project.indicators[1].for_donors.hxl = "#affected+ind".to_owned();
    world.project.indicators[2].for_donors.hxl = "=evil".to_owned();
    let table = table(&world);
    let tags: Vec<&str> = table[1].iter().collect();
    assert!(
        tags.contains(&"#affected+ind") && tags.contains(&"#indicator+value+pct"),
        "{tags:?}"
    );
    assert!(table.iter().any(|row| &row[1] == "'=Share of people with two services"));
}
