//! What stays in the office: workbooks that hold names. No donor output is made from anything here.

mod paper;
mod people;
mod review;
mod written;

pub use people::people_workbook;
pub use review::{figures_in_words, review_workbook};
pub use written::{Evidence, Field, Reader, Written, differs};

use sha2::{Digest, Sha256};

use crate::ingest::records::{MentionId, Place, Records, column_letters};
use crate::people::model::Link;

/// A pair that a human must decide, with what hangs on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Short name of the pair, made from its two places.
    pub id: String,
    /// One mention: the one that speaks for its side.
    pub a: MentionId,
    /// The other.
    pub b: MentionId,
    /// The evidence.
    pub link: Link,
    /// Whether the best decision holds them to be one person.
    pub joined: bool,
    /// Published figures that change when it is decided the other way, indices into the figures.
    pub moves: Vec<usize>,
}

/// Letters and digits that nobody mistakes for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The short name of a pair of places, whichever comes first: the same for the same files, sheets and rows.
pub fn pair_id(one: (&str, &str, u32), other: (&str, &str, u32)) -> String {
    let shown = |(file, sheet, row): (&str, &str, u32)| format!("{file}\u{1f}{sheet}\u{1f}{row}");
    let mut ends = [shown(one), shown(other)];
    ends.sort();
    let digest = Sha256::digest(ends.join("\u{1e}").as_bytes());
    let letter = |byte: &u8| char::from(ALPHABET[usize::from(byte & 31)]);
    digest.iter().take(10).map(letter).collect()
}

/// File, sheet and row of a place.
pub fn address(records: &Records, place: Place) -> (&str, &str, u32) {
    let file = &records.files[place.file.index()];
    let sheet = file.sheets.get(usize::from(place.sheet)).map_or("", String::as_str);
    (&file.path, sheet, place.row)
}

/// The cell of a place as a spreadsheet shows it; the row alone where no column is known.
pub(crate) fn cell_of(place: Place) -> String {
    let column = place.column.map(column_letters).unwrap_or_default();
    format!("{column}{}", place.row)
}

#[cfg(test)]
mod tests {
    use super::pair_id;

    #[test]
    fn a_pair_has_one_name_whichever_side_comes_first() {
        let (one, other) = (("raw/a.csv", "", 2), ("raw/b.csv", "", 3));
        assert_eq!(pair_id(one, other), pair_id(other, one));
        assert_ne!(pair_id(one, other), pair_id(one, ("raw/b.csv", "", 4)));
    }
}
