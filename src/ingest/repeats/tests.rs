//! What `repeats` promises, on small made-up cases.

use super::*;

fn note(repeats: &mut Repeats, file: usize, row: usize, words: &str) -> Option<RowId> {
    match repeats.note(file.into(), row.into(), content(&[words.to_owned()])) {
        Some(Before::Elsewhere(original)) => Some(original),
        Some(Before::Here(_)) | None => None,
    }
}

#[test]
fn a_row_of_another_file_repeats_and_one_of_the_same_file_does_not() {
    let mut repeats = Repeats::default();
    assert_eq!(note(&mut repeats, 0, 0, "Коваль"), None);
    assert_eq!(note(&mut repeats, 0, 1, "Коваль"), None);
    assert_eq!(note(&mut repeats, 1, 2, "Коваль"), Some(RowId(0)));
    assert_eq!(note(&mut repeats, 1, 3, "Коваль"), Some(RowId(1)));
    assert_eq!(
        note(&mut repeats, 1, 4, "Коваль"),
        None,
        "a third one has no original left"
    );
    assert_eq!(note(&mut repeats, 2, 5, "Коваль"), Some(RowId(0)));
}

#[test]
fn a_file_that_repeats_another_almost_whole_is_a_copy() {
    let pairs: Vec<(RowId, RowId)> = (0..9).map(|row| (RowId(100 + row), RowId(row))).collect();
    let file_of = |row: RowId| FileId(row.0 / 100);
    assert_eq!(repeated_files(&pairs, file_of, |_| 10), [(FileId(1), FileId(0), 9)]);
    assert_eq!(repeated_files(&pairs, file_of, |_| 11), []);
}
