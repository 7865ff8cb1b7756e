//! Marks that nobody knows, of which each day has one: whoever held the session signed for all who came.
//!
//! "О.К." all the way down under one day and "ЛМ" under the next are initials of facilitators. One mark alone under all
//! days may be that of absence, and is left to a person.

use std::collections::BTreeSet;

use super::alphabet::Letters;
use super::cells::{Seen, Tally, seen};
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::vocabulary::MarkMeaning;

/// Letters of the longest of such marks.
const LONGEST: usize = 8;
/// Different marks: as many people hold the sessions of one register at most.
const MOST: usize = 6;
/// Fewest marks under a day that tell.
const FEWEST: usize = 2;

/// Takes such marks for presence, and says so.
pub(super) fn settle(grid: &Grid, block: &Block, tally: &Tally, letters: &mut Letters) -> Option<Noted> {
    let numbers = tally.ones + tally.numbers + tally.parts + tally.yes + tally.times + tally.zeros + tally.no;
    let unknown = letters.letters().all(|letter| letter.meaning.is_none());
    let different = letters.letters().count();
    if numbers > 0 || !unknown || !(2..=MOST).contains(&different) {
        return None;
    }
    let mut days = 0;
    for session in &block.sessions {
        let words = block
            .rows
            .iter()
            .filter_map(|row| match seen(grid.own(*row, session.column)) {
                Seen::Word(word) => Some(word),
                _ => None,
            });
        let words: Vec<&str> = words.collect();
        let of_day: BTreeSet<&str> = words.iter().copied().collect();
        let short = of_day.iter().all(|word| word.chars().count() <= LONGEST);
        if of_day.len() > 1 || !short {
            return None;
        }
        days += usize::from(words.len() >= FEWEST);
    }
    if days < 2 || days < different {
        return None;
    }
    let count = letters.letters().map(|letter| letter.count).sum::<usize>();
    for letter in letters.by_form.values_mut() {
        letter.meaning = Some(MarkMeaning::Present);
    }
    let noted = Noted::at(Kind::MarksTaken, block.header_top, None);
    Some(noted.with("marks", different).with("count", count))
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source};

    #[test]
    fn initials_of_those_who_held_the_sessions_are_presence() {
        let of = |rows: &str| {
            let text = format!("№|ПІБ|02.03.2026|09.03.2026\n{rows}");
            let records = records(vec![sheet(&text)], &source());
            (records.contacts.len(), kinds(&records).contains(&Kind::MarksTaken))
        };
        assert_eq!(
            of("1|Коваль Ольга|О.К.|ЛМ\n2|Мельник Іван|О.К.|ЛМ\n3|Сова Ія||ЛМ"),
            (5, true)
        );
        assert_eq!(
            of("1|Коваль Ольга|zz|zz\n2|Мельник Іван|zz|zz\n3|Сова Ія||zz"),
            (0, false)
        );
    }
}
