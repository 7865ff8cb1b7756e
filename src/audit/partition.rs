//! Which mentions are one person, as a manifest keeps it: cells and running numbers, no name and no key.
//!
//! A sheet is one text of words `ROW:PERSON`. `2-9:1` are eight rows of eight persons, numbered on from 1. Where several
//! people stand in one row, the cell is named as a spreadsheet shows it: `C17:5 F17:6`.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::ingest::records::{Records, column_letters};
use crate::people::model::{People, PersonId};

/// A mention within its sheet: row, and column letters where several mentions share the row.
pub(crate) type MentionCell = (u32, Option<String>);

/// The texts of each file's sheets, in workbook order up to the last one with a mention.
pub(crate) fn partition(records: &Records, people: &People) -> Vec<Vec<String>> {
    let mut numbers: HashMap<PersonId, u32> = HashMap::new();
    let mut written: Vec<Vec<Sheet>> = vec![Vec::new(); records.files.len()];
    for (at, cell) in cells(records).into_iter().enumerate() {
        let next = u32::try_from(numbers.len() + 1).expect("fewer than 2^32 persons");
        let number = *numbers.entry(people.best[at]).or_insert(next);
        let (Some(cell), place) = (cell, records.mentions[at].place) else {
            continue;
        };
        let sheets = &mut written[place.file.index()];
        let sheet = usize::from(place.sheet);
        if sheets.len() <= sheet {
            sheets.resize_with(sheet + 1, Sheet::default);
        }
        sheets[sheet].add(cell, number);
    }
    let texts = |sheets: Vec<Sheet>| sheets.into_iter().map(Sheet::finished).collect();
    written.into_iter().map(texts).collect()
}

/// The cell of each mention; none for a mention written where another one stands.
pub(crate) fn cells(records: &Records) -> Vec<Option<MentionCell>> {
    let place = |at: &usize| records.mentions[*at].place;
    let row = |at: &usize| (place(at).file, place(at).sheet, place(at).row);
    let mut order: Vec<usize> = (0..records.mentions.len()).collect();
    order.sort_by_key(place);
    let mut cells = vec![None; order.len()];
    for of_row in order.chunk_by(|a, b| row(a) == row(b)) {
        for of_place in of_row.chunk_by(|a, b| place(a) == place(b)) {
            let first = place(&of_place[0]);
            let column = first.column.filter(|_| of_row.len() > 1).map(column_letters);
            cells[of_place[0]] = Some((first.row, column));
        }
    }
    cells
}

/// One sheet of a manifest: which cell was whose.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers {
    /// First and last row of each run and the number of its first person, by row.
    runs: Vec<(u32, u32, u32)>,
    /// By cell.
    cells: Vec<(MentionCell, u32)>,
}

impl Numbers {
    /// Reads a sheet's text; words that can't be understood are passed over.
    pub(crate) fn read(text: &str) -> Self {
        let mut numbers = Self::default();
        for word in text.split_whitespace() {
            let _ = numbers.word(word);
        }
        // They are written by row, but a manifest may have been through other hands.
        numbers.runs.sort_unstable();
        numbers.cells.sort_unstable();
        numbers
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let (cell, number) = word.split_once(':')?;
        let number: u32 = number.parse().ok()?;
        let digits = cell.find(|sign: char| sign.is_ascii_digit())?;
        let (column, row) = cell.split_at(digits);
        if column.is_empty() {
            let (first, last) = row.split_once('-').unwrap_or((row, row));
            let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
            number.checked_add(last.checked_sub(first)?)?;
            self.runs.push((first, last, number));
        } else {
            self.cells.push(((row.parse().ok()?, Some(column.to_owned())), number));
        }
        Some(())
    }

    /// The number of the person in a cell.
    pub(crate) fn get(&self, cell: &MentionCell) -> Option<u32> {
        if cell.1.is_some() {
            let at = self.cells.binary_search_by(|(known, _)| known.cmp(cell)).ok()?;
            return Some(self.cells[at].1);
        }
        let after = self.runs.partition_point(|(first, ..)| *first <= cell.0);
        let (first, last, number) = self.runs.get(after.checked_sub(1)?)?;
        (cell.0 <= *last).then(|| number + (cell.0 - first))
    }

    /// Whether a person stands in the sheet.
    pub(crate) fn holds(&self, person: u32) -> bool {
        let mut runs = self.runs.iter();
        runs.any(|(first, last, number)| (*number..=number + (last - first)).contains(&person))
            || self.cells.iter().any(|(_, number)| *number == person)
    }
}

/// The text of one sheet while it is written.
#[derive(Debug, Clone, Default)]
struct Sheet {
    text: String,
    /// First row, last row and first person of the run that is open.
    run: Option<(u32, u32, u32)>,
}

impl Sheet {
    fn add(&mut self, (row, column): MentionCell, number: u32) {
        match (&mut self.run, column) {
            (Some((first, last, person)), None) if *last + 1 == row && *person + (row - *first) == number => {
                *last = row;
            }
            (_, None) => {
                self.close();
                self.run = Some((row, row, number));
            }
            (_, Some(column)) => {
                self.close();
                self.push(&format!("{column}{row}:{number}"));
            }
        }
    }

    fn close(&mut self) {
        match self.run.take() {
            Some((first, last, person)) if first == last => self.push(&format!("{first}:{person}")),
            Some((first, last, person)) => self.push(&format!("{first}-{last}:{person}")),
            None => {}
        }
    }

    fn push(&mut self, word: &str) {
        let space = if self.text.is_empty() { "" } else { " " };
        let _ = write!(self.text, "{space}{word}");
    }

    fn finished(mut self) -> String {
        self.close();
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::{Numbers, Sheet};

    #[test]
    fn a_sheet_is_short_and_reads_back() {
        let cell = |row: u32, column: &str| (row, (!column.is_empty()).then(|| column.to_owned()));
        let written = [
            (cell(2, ""), 1),
            (cell(3, ""), 2),
            (cell(4, ""), 3),
            (cell(5, ""), 1),
            (cell(9, ""), 2),
            (cell(12, "C"), 3),
            (cell(12, "F"), 4),
        ];
        let mut sheet = Sheet::default();
        for (cell, number) in written.clone() {
            sheet.add(cell, number);
        }
        let text = sheet.finished();
        assert_eq!(text, "2-4:1 5:1 9:2 C12:3 F12:4");
        let read = Numbers::read(&text);
        for (cell, number) in &written {
            assert_eq!(read.get(cell), Some(*number));
        }
        assert_eq!((read.get(&cell(6, "")), read.get(&cell(12, ""))), (None, None));
        assert!(read.holds(3) && read.holds(4) && !read.holds(5));
    }

    #[test]
    fn words_that_make_no_sense_are_passed_over() {
        let read = Numbers::read("x 3 4: :5 9-2:1 1-2:4294967295 C:1 7:2");
        assert_eq!(read.get(&(7, None)), Some(2));
        assert_eq!([1, 2, 3, 4, 9].map(|row| read.get(&(row, None))), [None; 5]);
    }
}
