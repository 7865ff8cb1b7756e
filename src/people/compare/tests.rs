//! Levels of single comparisons.

use chrono::NaiveDate;

use super::births::birth_level;
use super::{Level, surname_level};
use crate::ingest::records::Birth;

fn day(year: i32, month: u32, day: u32) -> Birth {
    Birth::Date(NaiveDate::from_ymd_opt(year, month, day).expect("a real day"))
}

#[test]
fn births_agree_by_degrees() {
    let born = day(1957, 3, 9);
    assert_eq!(birth_level(born, born), Level::Exact);
    assert_eq!(birth_level(born, day(1957, 9, 3)), Level::Variant);
    assert_eq!(birth_level(born, Birth::Year(1957)), Level::Year);
    assert_eq!(birth_level(born, day(1957, 3, 8)), Level::Typo);
    assert_eq!(birth_level(born, day(1958, 3, 9)), Level::Typo);
    assert_eq!(birth_level(born, Birth::Year(1975)), Level::Doubtful);
    assert_eq!(birth_level(born, Birth::Year(1958)), Level::Conflict);
    assert_eq!(birth_level(born, day(1957, 3, 24)), Level::Near);
    assert_eq!(birth_level(born, day(1957, 11, 24)), Level::Conflict);
    assert_eq!(birth_level(born, Birth::Unknown), Level::Missing);
}

#[test]
fn surnames_agree_by_degrees() {
    assert_eq!(surname_level("kovalski", "kovalska"), Level::Variant);
    assert_eq!(surname_level("pilipenko", "pilpenko"), Level::Typo);
    assert_eq!(surname_level("pilipenko", "kovalska"), Level::Conflict);
}
