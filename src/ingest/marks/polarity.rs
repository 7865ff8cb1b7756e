//! What a blank cell means in a register: nothing, or, where only absence is marked, presence.

use super::alphabet::{Letters, is_presence};
use super::cells::{Seen, Tally, seen};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::values;
use crate::ingest::vocabulary::MarkMeaning;
use crate::project::model::{BlankMark, Source};

/// Share of absences beyond which blanks are too few to be what a register does not care to mark.
const MOST_ABSENT: f64 = 0.5;

/// Fewest people of a register whose marks tell how it is kept.
const FEWEST_PEOPLE: usize = 3;

/// For each session whether a blank cell means that the person came.
pub(super) fn decide(
    grid: &Grid,
    block: &Block,
    source: &Source,
    letters: &Letters,
    tally: &Tally,
    noted: &mut Vec<Noted>,
) -> Vec<bool> {
    let none = vec![false; block.sessions.len()];
    let absent: usize = letters
        .letters()
        .filter(|letter| matches!(letter.meaning, Some(MarkMeaning::Absent | MarkMeaning::Excused)))
        .map(|letter| letter.count)
        .sum();
    let at = |kind| Noted::at(kind, block.header_top, None);
    match source.blank {
        Some(BlankMark::Present) => return held(grid, block),
        Some(_) => return none,
        None => {}
    }
    let came = letters.letters().any(|letter| letter.meaning.is_none_or(is_presence));
    let numbers = tally.ones + tally.numbers + tally.parts + tally.yes + tally.times;
    if absent + tally.zeros + tally.no == 0 || came || tally.remarks > 0 {
        return none;
    }
    if numbers > 0 {
        // Grades beside absences: most who came got none.
        if tally.numbers > 0 && absent > 0 && tally.blanks > 0 {
            let count = tally.blanks;
            noted.push(at(Kind::BlankTaken).with("meaning", "absent").with("count", count));
        }
        return none;
    }
    let sure = letters.letters().all(|letter| !letter.asked) && tally.zeros + tally.no == 0 && by_letters(letters);
    let held = held(grid, block);
    let cells = block.rows.len() * held.iter().filter(|held| **held).count();
    let few = absent as f64 <= MOST_ABSENT * cells as f64 && block.rows.len() >= FEWEST_PEOPLE;
    if sure && few {
        let count = cells.saturating_sub(absent);
        noted.extend(blank_days(block, &held));
        noted.push(at(Kind::BlankTaken).with("meaning", "present").with("count", count));
        return held;
    }
    let count = absent + tally.zeros + tally.no;
    noted.push(at(Kind::NoMarks).with("absent", count));
    none
}

/// Whether absence is written in letters: a dash or a nought can stand for no data.
fn by_letters(letters: &Letters) -> bool {
    let signs = |form: &&String| !form.chars().any(char::is_alphabetic);
    !letters.by_form.keys().any(|form| signs(&form))
}

/// Days without any mark after the last absence: everybody came, or nobody has met yet.
fn blank_days(block: &Block, held: &[bool]) -> Option<Noted> {
    let sessions = block.sessions.iter().zip(held);
    let mut days = sessions.filter(|(session, held)| !**held && session.date.is_ok());
    let (first, _) = days.next()?;
    let date = first.date.as_ref().ok()?;
    let noted = Noted::at(Kind::BlankDays, first.row, Some(first.column));
    Some(noted.with("date", date).with("count", days.count() + 1))
}

/// Whether somebody's sum under a session counts anybody.
fn is_summed(grid: &Grid, block: &Block, column: u16) -> bool {
    let cells = block.totals.iter().filter_map(|row| grid.own(*row, column));
    let mut sums = cells.filter_map(|cell| values::number(&text_of(cell)));
    sums.any(|sum| sum > 0.0)
}

/// Sessions that were held as far as marks and sums tell: all up to the last column with a mark of a person or a sum
/// under it, without those where marks say that there was none.
fn held(grid: &Grid, block: &Block) -> Vec<bool> {
    let marked: Vec<bool> = block
        .sessions
        .iter()
        .map(|session| {
            let mut cells = block.rows.iter().map(|row| seen(grid.own(*row, session.column)));
            cells.any(|seen| !matches!(seen, Seen::Blank | Seen::Nothing)) || is_summed(grid, block, session.column)
        })
        .collect();
    let last = marked.iter().rposition(|marked| *marked);
    (0..marked.len())
        .map(|at| last.is_some_and(|last| at <= last))
        .collect()
}
