//! Several columns under each day of a register: who came, and what else was noted, such as hours or a sum of money.
//!
//! The day is written over the first of them or merged over all, and the same headings stand again under each day. The
//! column that says who came is told by its heading or by its marks; where both leave a choice, nothing is decided.

use super::{Column, crossed, shape};
use crate::ingest::axis::SessionColumn;
use crate::ingest::grid::{Grid, is_blank, text_of};
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{self, MarkMeaning, Role, Vocabulary};

/// Rows looked at.
const LOOKED_AT: usize = 200;
/// Share of the filled cells of a column that are marks.
const MOSTLY: f64 = 0.8;

/// The columns under one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Day {
    /// The first of them, which holds the day.
    pub(super) first: u16,
    /// The last of them.
    last: u16,
    /// The one that says who came.
    pub(super) came: u16,
    /// What the others are.
    pub(super) others: Others,
}

/// What stands under a day beside the column that says who came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// What else was noted.
    Notes,
    /// Further sessions of the day: with the group, and with one alone.
    Sessions,
    /// More of those who came: women, and men.
    Parts,
}

impl Day {
    /// Whether a column is one of them.
    pub(super) fn covers(self, column: u16) -> bool {
        (self.first..=self.last).contains(&column)
    }
}

/// The days of a header under each of which several columns stand; none where each day has one.
pub(super) fn days(grid: &Grid, (top, bottom): (u32, u32), end: u32, vocabulary: &Vocabulary) -> Vec<Day> {
    let dated = (top..bottom).map(|row| (row, shape::axis(grid, row).columns));
    let Some((row, firsts)) = dated.into_iter().find(|(_, columns)| columns.len() > 1) else {
        return Vec::new();
    };
    let Some(headings) = headings(grid, (row, bottom), &firsts) else {
        return Vec::new();
    };
    let rows: Vec<u32> = grid
        .rows_between(bottom.saturating_add(1), end)
        .iter()
        .map(|row| row.number)
        .take(LOOKED_AT)
        .collect();
    let marked = |at: usize| {
        let columns = firsts.iter().filter_map(|first| Some(first + u16::try_from(at).ok()?));
        let cells = columns.flat_map(|column| rows.iter().filter_map(move |row| grid.own(*row, column)));
        are_marks(cells, vocabulary)
    };
    let says = |heading: &String, meaning: MarkMeaning| vocabulary.mark(heading) == Some(meaning);
    let present = |heading: &String| {
        says(heading, MarkMeaning::Present) || vocabulary.header(heading).contains(&Role::AttendedFlag)
    };
    let all = || (0..headings.len()).filter(|at| marked(*at));
    let headed: Vec<usize> = all().filter(|at| present(&headings[*at])).collect();
    let others: Vec<usize> = all().filter(|at| !says(&headings[*at], MarkMeaning::Absent)).collect();
    let (at, others) = match (headed.as_slice(), others.as_slice()) {
        ([at], _) | (_, [at]) => (*at, Others::Notes),
        (_, marked) if marked.len() == headings.len() => match all_alike(&headings, vocabulary) {
            Some(others) => (0, others),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let (Ok(at), Ok(width)) = (u16::try_from(at), u16::try_from(headings.len())) else {
        return Vec::new();
    };
    let day = |first: &u16| Day {
        first: *first,
        last: first + width - 1,
        came: first + at,
        others,
    };
    firsts.iter().map(day).collect()
}

/// What marks under a day are, where all columns hold some: kinds of sessions, or people by sex and age.
fn all_alike(headings: &[String], vocabulary: &Vocabulary) -> Option<Others> {
    let of_people = |heading: &String| {
        let (words, ages) = crossed::words_and_ages(heading);
        ages.is_some() || crossed::sex(&words, vocabulary).is_some()
    };
    if headings.iter().all(of_people) {
        return Some(Others::Parts);
    }
    let kind = |heading: &String| {
        let mut words = heading.split_whitespace();
        vocabulary.is_session_kind(heading) || words.any(|word| vocabulary.is_session_kind(word))
    };
    headings.iter().all(kind).then_some(Others::Sessions)
}

/// The headings under the first day, where the same ones stand under every other and each is another.
fn headings(grid: &Grid, (row, bottom): (u32, u32), firsts: &[u16]) -> Option<Vec<String>> {
    let heading = |column: u16| vocabulary::normalise(&grid.own(bottom, column).map(text_of).unwrap_or_default());
    let width = firsts.get(1)?.checked_sub(*firsts.first()?)?;
    let under = |first: u16| -> Vec<String> { (first..first.saturating_add(width)).map(heading).collect() };
    let mut headings = under(firsts[0]);
    while headings.last().is_some_and(String::is_empty) {
        headings.pop();
    }
    let whole = headings.len() > 1 && headings.iter().all(|heading| !heading.is_empty());
    let different = (1..headings.len()).all(|at| !headings[..at].contains(&headings[at]));
    let again = |first: &u16| under(*first).starts_with(&headings);
    let alone = |first: &u16| (first + 1..first.saturating_add(width)).all(|column| grid.own(row, column).is_none());
    let apart = firsts.windows(2).all(|two| two[1] - two[0] >= width);
    (whole && different && apart && firsts.iter().all(|first| again(first) && alone(first))).then_some(headings)
}

/// Whether nearly all cells are marks of attendance.
fn are_marks<'g>(cells: impl Iterator<Item = &'g Cell>, vocabulary: &Vocabulary) -> bool {
    let (mut filled, mut marks) = (0_usize, 0_usize);
    for cell in cells.filter(|cell| !is_blank(cell)) {
        let text = text_of(cell);
        let mark = vocabulary.mark(&text).is_some() || matches!(text.as_str(), "0" | "1" | "TRUE" | "FALSE");
        filled += 1;
        marks += usize::from(mark);
    }
    filled > 0 && marks as f64 >= MOSTLY * filled as f64
}

/// Adds the columns that are sessions, or parts of them, beside the first one under each day.
pub(super) fn add_others(days: &[Day], sessions: &mut Vec<SessionColumn>) {
    let mut further = Vec::new();
    for day in days.iter().filter(|day| day.others != Others::Notes) {
        let Some(first) = sessions.iter().find(|session| session.column == day.first) else {
            continue;
        };
        further.extend((day.first + 1..=day.last).map(|column| SessionColumn {
            column,
            joined: day.others == Others::Parts,
            ..first.clone()
        }));
    }
    sessions.extend(further);
    sessions.sort_by_key(|session| session.column);
}

/// Takes the columns under days out of those whose headings alone say what they are.
pub(super) fn release(days: &[Day], known: &mut Vec<Column>, open: &mut Vec<Column>) {
    let (under, others) = std::mem::take(known)
        .into_iter()
        .partition(|column| days.iter().any(|day| day.covers(column.index)));
    *known = others;
    for mut column in under {
        column.role = None;
        column.key = vocabulary::normalise(&column.header);
        open.push(column);
    }
    open.sort_by_key(|column| column.index);
}

#[cfg(test)]
mod tests {
    use crate::ingest::fixture::{records, sheet, source};

    fn of(kinds: &str) -> (usize, usize) {
        let text = format!(
            "№|ПІБ|12.03.2026||19.03.2026|\n||{kinds}|{kinds}\n1|Коваль Ольга|+|+|+|\n2|Мельник Іван|+||+|\n3|Сова Ія|+||+|+"
        );
        let records = records(vec![sheet(&text)], &source());
        (records.contacts.len(), records.sessions.len())
    }

    #[test]
    fn the_group_and_one_alone_under_a_day_are_two_sessions_of_it() {
        assert_eq!(of("Група|Індив."), (8, 4));
        assert_eq!(of("Group|Indiv. consultation"), (8, 4));
    }

    #[test]
    fn women_and_men_under_a_day_are_of_one_session() {
        assert_eq!(of("Ж|Ч").1, 2);
    }
}
