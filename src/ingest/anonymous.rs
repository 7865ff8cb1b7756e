//! Rows of a log of calls or visits in which somebody came and gave no name: "anonymous | legal advice".
//!
//! Such a row is a contact of nobody known: a head-count of one, in a session of its own.

use super::grid::{Grid, is_blank, shown};
use super::layout::{Block, PERSON};
use super::table::Cell;
use super::vocabulary::{Role, Vocabulary};
use crate::project::model::Layout;

/// Whether a row of a list that names people by telephone alone has a day and a word for somebody without a name.
pub(super) fn is_row(grid: &Grid, block: &Block, row: u32, vocabulary: &Vocabulary) -> bool {
    if block.layout != Layout::List || block.has(PERSON) {
        return false;
    }
    let Some(day) = block.column(Role::SessionDate) else {
        return false;
    };
    let dated = grid.own(row, day).is_some_and(|cell| !is_blank(cell));
    let known = block.person_roles().iter().filter_map(|role| block.column(*role));
    let named = known.into_iter().any(|column| !grid.shown(row, column).is_empty());
    let says = |cell: &Cell| matches!(cell, Cell::Text(_)) && vocabulary.is_anonymous(&shown(cell));
    dated && !named && grid.cells(row).any(|(_, cell)| says(cell))
}

#[cfg(test)]
mod tests {
    use crate::ingest::fixture::{records, sheet, source};

    #[test]
    fn callers_who_gave_no_name_are_contacts_of_nobody_known() {
        for (header, nobody) in [
            ("Date|Caller|Phone|Request", "anonymous"),
            ("Дата|Хто звернувся|Телефон|Запит", "анонімно"),
        ] {
            let text = format!(
                "{header}\n02.03.2026|{nobody}||info\n02.03.2026|Mary|0671112233|legal\n03.03.2026|{nobody}||info\n04.03.2026|||"
            );
            let records = records(vec![sheet(&text)], &source());
            assert_eq!((records.contacts.len(), records.head_counts.len()), (1, 2), "{header}");
            assert_eq!(records.sessions.len(), 3, "{header}");
        }
    }
}
