//! Tests: places and categories of the partner report.

use super::*;
use crate::report::donor::machine::tests::{World, area, world};

fn text(sheet: &SheetModel, row: usize, column: usize) -> String {
    match sheet.rows[row]
        .cells
        .iter()
        .find(|cell| usize::from(cell.column) == column)
        .map(|cell| &cell.content)
    {
        Some(Content::Text(text)) => text.clone(),
        Some(Content::Number(number)) => number.to_string(),
        Some(Content::Date(day)) => day.to_string(),
        _ => String::new(),
    }
}

fn sheet(world: &World) -> SheetModel {
    let report = world.report("en");
    sheets(&View::new(&report)).remove(0)
}

#[test]
fn heads_stand_over_tags_and_every_row_has_every_column() {
    let sheet = sheet(&world());
    let columns = sheet.widths.len();
    assert!(sheet.rows.iter().all(|row| row.cells.len() == columns));
    assert_eq!(
        (text(&sheet, 0, 0), text(&sheet, 1, 0)),
        ("Country".into(), "#country+name".into())
    );
    let last = columns - 1;
    assert_eq!(
        (text(&sheet, 0, last), text(&sheet, 1, last)),
        ("Total".into(), "#indicator+value+total".into())
    );
    let tags: Vec<String> = (0..columns).map(|column| text(&sheet, 1, column)).collect();
    assert!(tags.iter().all(|tag| tag.starts_with('#')), "{tags:?}");
    assert!(
        tags.contains(&"#indicator+value+f+children+age_0_17".to_owned()),
        "{tags:?}"
    );
}

#[test]
fn places_are_rows_with_their_codes_beside_the_whole() {
    let mut world = world();
    world.project.reporting.places = vec![area("Region", "X1", 1, ""), area("North", "X11", 3, "X1")];
    let sheet = sheet(&world);
    let rows: Vec<[String; 4]> = (2..sheet.rows.len())
        .filter(|row| text(&sheet, *row, 7) == "People in group consultations")
        .map(|row| [18, 21, 25, sheet.widths.len() - 1].map(|column| text(&sheet, row, column)))
        .collect();
    assert_eq!(
        rows,
        [
            ["North", "X1", "X11", "6"],
            ["North", "X1", "X11", "4"],
            ["South", "", "", "•"],
        ]
        .map(|row| row.map(str::to_owned))
    );
}

#[test]
fn nothing_known_of_the_report_stays_empty() {
    let world = crate::report::fixture::world();
    let report = world.report("uk");
    let sheet = sheets(&View::new(&report)).remove(0);
    for column in [0, 1, 2, 3, 5, 12, 18, 20, 32, 33, 34, 35, 41] {
        assert!(
            (2..sheet.rows.len()).all(|row| text(&sheet, row, column).is_empty()),
            "{column}"
        );
    }
    // The share's statement begins like a formula and stays a text.
    assert!((2..sheet.rows.len()).any(|row| text(&sheet, row, 7).starts_with('=')));
}
