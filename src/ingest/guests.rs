//! Rows of a register that count people whom nobody named: "Guests (without names) | 3 | 2".
//!
//! Such a row is no person. Each of its numbers is a head-count of the session above it, beside those who are named.

use super::axis::SessionColumn;
use super::came::Came;
use super::findings::Kind;
use super::grid::{Grid, text_of};
use super::layout::Block;
use super::noted::Noted;
use super::rows::{self, RawIdentity, RawRow};
use super::table::Cell;
use super::values;
use super::vocabulary::Vocabulary;
use crate::project::model::{Layout, Source};

/// Most people that a cell counts; a larger number is something else.
const MOST: f64 = 10_000.0;

/// Whether a row counts unnamed people: a word for them stands in it, numbers under the sessions, and nothing else.
pub(super) fn is_row(grid: &Grid, block: &Block, row: u32, vocabulary: &Vocabulary) -> bool {
    if block.layout != Layout::Register || heads(grid, &block.sessions, row).is_none_or(|heads| heads.is_empty()) {
        return false;
    }
    let of_session = |column: u16| block.sessions.iter().any(|session| session.column == column);
    let mut texts = grid
        .cells(row)
        .filter(|(column, cell)| !of_session(*column) && matches!(cell, Cell::Text(_)))
        .map(|(_, cell)| text_of(cell))
        .filter(|text| text.chars().any(char::is_alphabetic));
    let first = texts.next();
    first.is_some_and(|text| vocabulary.counts_unnamed(&text)) && texts.next().is_none()
}

/// The numbers under the sessions of a row, by session; `None` where something else stands there.
fn heads(grid: &Grid, sessions: &[SessionColumn], row: u32) -> Option<Vec<(usize, u32)>> {
    let mut heads = Vec::new();
    for (index, session) in sessions.iter().enumerate() {
        let text = grid.own(row, session.column).map(text_of).unwrap_or_default();
        if text.is_empty() || matches!(text.as_str(), "-" | "–" | "—") {
            continue;
        }
        let number = values::number(&text).filter(|number| (0.0..=MOST).contains(number) && number.fract() == 0.0)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number from 0 to the most people of a cell"
        )]
        let count = number as u32;
        if count > 0 {
            heads.push((index, count));
        }
    }
    Some(heads)
}

/// Adds the rows that count unnamed people to those of a register, and says so.
pub(super) fn add(grid: &Grid, block: &Block, source: &Source, rows: &mut Vec<RawRow>) -> Vec<Noted> {
    let mut noted = Vec::new();
    for row in &block.guests {
        let heads = heads(grid, &block.sessions, *row).unwrap_or_default();
        let count: u32 = heads.iter().map(|(_, count)| count).sum();
        noted.push(Noted::at(Kind::GuestsCounted, *row, None).with("count", count));
        let at = rows.partition_point(|known| known.number < *row);
        rows.insert(at, of_heads(*row, heads, block, source));
    }
    noted
}

fn of_heads(number: u32, heads: Vec<(usize, u32)>, block: &Block, source: &Source) -> RawRow {
    RawRow {
        number,
        column: None,
        person: RawIdentity::default(),
        session: rows::of_heading(block, source),
        values: Vec::new(),
        marks: Vec::new(),
        heads,
        issues: Vec::new(),
        written: Vec::new(),
        form: None,
        apart: None,
        came: Came::default(),
        visit: None,
        minutes: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source};
    use crate::ingest::records::Fate;

    #[test]
    fn guests_without_names_are_counted_beside_the_people_of_a_register() {
        for (label, total) in [
            ("7|Guests (without names)", ""),
            ("|Інші учасники, кількість", "\n|Разом|5|4"),
            ("|Goście|", ""),
            ("Гості|", ""),
        ] {
            let label = label.trim_end_matches('|').to_owned() + if label.starts_with("Гості") { "|" } else { "" };
            let text =
                format!("№|ПІБ|02.03.2026|09.03.2026\n1|Коваль Ольга|+|+\n2|Мельник Іван|+|+\n{label}|#3|#2{total}");
            let records = records(vec![sheet(&text)], &source());
            assert_eq!((records.contacts.len(), records.mentions.len()), (4, 2), "{label}");
            let heads: Vec<(u32, bool)> = records
                .head_counts
                .iter()
                .map(|count| (count.total, count.beside))
                .collect();
            assert_eq!(heads, [(3, true), (2, true)], "{label}");
            assert!(kinds(&records).contains(&Kind::GuestsCounted), "{label}");
            assert!(!kinds(&records).contains(&Kind::TotalDiffers), "{label}");
            let row = records.head_counts[0].row;
            assert_eq!(records.rows[row.index()].fate, Fate::Counted);
        }
    }

    #[test]
    fn numbers_under_sums_and_marks_of_a_guest_are_none() {
        let text = "№|ПІБ|02.03.2026|09.03.2026\n1|Коваль Ольга|+|+\n2|Мельник Іван|+|+\n3|Гість|+|\n|Разом|#3|#2\n|Інші|#1|#1";
        let records = records(vec![sheet(text)], &source());
        assert_eq!((records.contacts.len(), records.head_counts.len()), (5, 0));
    }
}
