//! The EU logframe: figures, sexes, blanks, crowds.

use super::*;
use crate::project::model::Localized;
use crate::report::donor::trial::{at, crowded, hidden, made, row, silent};
use crate::report::fixture::world;

#[test]
fn values_have_their_years_and_sexes_share_the_unit() {
    let mut world = world();
    world.project.indicators[2].for_donors.result = Localized::same("Women know where to turn");
    let made = made(&world, "en", sheets);
    let share = row(&made[0], 1, "0.1");
    let shown = [0, 2, 3, 4, 5, 6, 7].map(|column| at(share, column));
    assert_eq!(
        shown,
        [
            "Women know where to turn",
            "20",
            "2026",
            "51.1",
            "2026-12-31",
            "50",
            "2026"
        ]
    );
    assert_eq!(at(row(&made[0], 1, "1.1"), 4), "6");
    let female = row(&made[0], 1, "sex: female");
    assert_eq!([2, 4, 6].map(|column| at(female, column)), ["—", "5", "—"]);
    assert_eq!(at(row(&made[0], 1, "sex: male"), 4), "•");
    for cell in female {
        assert!(!cell.number.percent);
    }
}

#[test]
fn every_value_has_a_source_and_a_comment() {
    let mut world = world();
    world.project.indicators[1].milestones.insert("2026-06".to_owned(), 4.0);
    let made = made(&world, "en", sheets);
    let of = |code: &str| -> Vec<Vec<String>> {
        let rows = made[1].rows.iter().filter(|row| at(&row.cells, 1) == code);
        rows.map(|row| [3, 4, 5, 6, 9].map(|column| at(&row.cells, column)).to_vec())
            .collect()
    };
    let people = of("1.1");
    assert_eq!(people[1], ["Total", "Intermediate target", "2026-06-30", "4", ""]);
    assert_eq!(people[2], ["Total", "Final target", "2026-12-31", "10", ""]);
    let comment = "Between 5 and 7, as some records may be one person or two.";
    assert_eq!(people[3], ["Total", "Current value", "2026-12-31", "6", comment]);
    assert_eq!(people[4][0], "sex: female");
    assert_eq!(of("0.1")[2][4], "521 of 1,019.");
}

#[test]
fn hidden_and_missing_values_say_so() {
    let hidden = made(&hidden(), "en", sheets);
    assert_eq!(at(row(&hidden[0], 1, "1.1"), 4), "•");
    for row in &hidden[1].rows {
        if at(&row.cells, 4) == "Current value" {
            assert_eq!(at(&row.cells, 6), "•");
            assert_eq!(at(&row.cells, 9), "Hidden because few people stand behind it.");
        }
    }
    let silent = made(&silent(), "uk", sheets);
    assert_eq!([4, 5].map(|column| at(row(&silent[0], 1, "1.1"), column)), ["—", "—"]);
}

#[test]
fn a_crowd_of_indicators_with_endless_words_is_written() {
    let made = made(&crowded(), "uk", sheets);
    let rows = made[0].rows.iter().filter(|row| made[0].height(row) > 300.0);
    assert_eq!(rows.count(), 300);
}
