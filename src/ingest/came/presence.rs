//! Hours of those who came, under headings that say so in more words than one: "Hours attended".

use super::Came;
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, shown};
use crate::ingest::layout::Column;
use crate::ingest::noted::Noted;
use crate::ingest::reading::Table;
use crate::ingest::values::number;
use crate::ingest::vocabulary::{Role, Vocabulary};

/// Most hours of a day.
const MOST_HOURS: f64 = 24.0;
/// Fewest rows that have some.
const FEWEST: usize = 2;

/// The column of hours at which people were there: one word of its heading means a length of time, another speaks of
/// attendance; whoever has none was not there. Numbers with a 0 among them under any other heading are asked about.
pub(super) fn hours(grid: &Grid, vocabulary: &Vocabulary, table: &mut Table) -> Option<u16> {
    let open = |column: &&Column| column.role.is_none() && column.answers.is_empty() && column.index > 0;
    let says = |column: &Column, role: Role| {
        let mut words = column.header.split(|c: char| !c.is_alphabetic());
        words.any(|word| !word.is_empty() && vocabulary.header(word).first() == Some(&role))
    };
    let attended = |column: &Column| says(column, Role::Duration) && says(column, Role::AttendedFlag);
    let columns: Vec<&Column> = table.block.columns.iter().filter(open).collect();
    let tally = |column: &&Column| Some((column.index, Tally::of(grid, table, column.index)?));
    let header = table.block.header_bottom;
    let sure = columns.iter().filter(|column| attended(column)).find_map(tally);
    let Some((index, told)) = sure else {
        let (index, asked) = columns.iter().filter_map(tally).find(|(_, tally)| tally.none > 0)?;
        let noted = Noted::at(Kind::HoursUnread, header, Some(index));
        table
            .noted
            .push(noted.with("none", asked.none).with("rows", table.rows.len()));
        return None;
    };
    if told.blank > 0 {
        let noted = Noted::at(Kind::BlankTaken, header, Some(index));
        table
            .noted
            .push(noted.with("meaning", "absent").with("count", told.blank));
        let blank = |row: u32| grid.shown(row, index).is_empty();
        let absent = table.rows.iter_mut().filter(|row| blank(row.number));
        absent.for_each(|row| row.came = Came::No);
    }
    Some(index)
}

/// What a column of numbers holds.
struct Tally {
    none: usize,
    blank: usize,
}

impl Tally {
    /// Counts the cells of a column; `None` where something else than hours stands in one, or hardly any hours do.
    fn of(grid: &Grid, table: &Table, column: u16) -> Option<Self> {
        let (mut none, mut blank, mut some) = (0, 0, 0);
        for row in &table.rows {
            let Some(cell) = grid.cell(row.number, column) else {
                blank += 1;
                continue;
            };
            let text = shown(cell);
            if text.is_empty() {
                blank += 1;
                continue;
            }
            let hours = number(&text).filter(|hours| (0.0..=MOST_HOURS).contains(hours))?;
            none += usize::from(hours == 0.0);
            some += usize::from(hours > 0.0);
        }
        (some >= FEWEST).then_some(Self { none, blank })
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source};

    fn of(heading: &str) -> (usize, Vec<Kind>) {
        let text = format!(
            "Дата|ПІБ|{heading}\n02.03.2026|Коваль Ольга|#2\n02.03.2026|Мельник Іван|#0\n02.03.2026|Сова Ія|#1\n\
             02.03.2026|Лис Ян|\n02.03.2026|Мороз Ада|#2"
        );
        let records = records(vec![sheet(&text)], &source());
        (records.contacts.len(), kinds(&records))
    }

    #[test]
    fn whoever_has_no_hours_attended_was_not_there() {
        let (contacts, kinds) = of("Hours attended");
        assert_eq!(contacts, 3);
        assert!(kinds.contains(&Kind::BlankTaken));
    }

    #[test]
    fn numbers_with_a_zero_under_words_that_nobody_knows_are_asked_about() {
        let (contacts, kinds) = of("Ыыы");
        assert_eq!(contacts, 5);
        assert!(kinds.contains(&Kind::HoursUnread));
    }
}
