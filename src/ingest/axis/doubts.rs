//! Session days that can't be right, or hardly: far from all others, twice, before the one to the left.

use chrono::NaiveDate;

use super::SessionColumn;
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::noted::Noted;
use crate::ingest::vocabulary;

/// Days between two dates of one run; beyond that, one of them is a slip.
const WIDEST_GAP: i64 = 366;

/// Most days far from the others, side by side, that are slips and no other stage.
const MOST_SLIPS: usize = 2;

/// Most days out of order that are told one by one; more than that is no slip but a habit.
const MOST_TOLD: usize = 3;

/// Notes what is doubtful about the days of a header; those far from the others are taken from it.
pub(super) fn of_run(grid: &Grid, columns: &mut [SessionColumn]) -> Vec<Noted> {
    set_aside_far_ones(columns);
    let mut noted = twice(grid, columns);
    noted.extend(out_of_order(columns));
    noted
}

/// Takes the days away that lie more than a year from most others.
fn set_aside_far_ones(columns: &mut [SessionColumn]) {
    let days: Vec<NaiveDate> = columns.iter().filter_map(|column| column.date.clone().ok()).collect();
    let Some((first, last)) = run_of_most(days) else { return };
    for column in columns {
        // Written as a day and no day of this run: kept as what is written, for the question.
        if let Ok(day) = column.date
            && !(first..=last).contains(&day)
        {
            column.date = Err(day.to_string());
        }
    }
}

/// First and last of the days that most of them lie among, without a gap of more than a year; `None` where there is no
/// such gap, or where the others are too many for a slip.
pub(crate) fn run_of_most(mut days: Vec<NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
    days.sort_unstable();
    let mut runs: Vec<&[NaiveDate]> = days
        .chunk_by(|before, after| (*after - *before).num_days() <= WIDEST_GAP)
        .collect();
    if runs.len() < 2 {
        return None;
    }
    runs.sort_by_key(|run| run.len());
    let (most, others) = runs.split_last()?;
    let slips = others.iter().all(|run| run.len() <= MOST_SLIPS) && most.len() * 3 >= days.len() * 2;
    let most = slips.then_some(most)?;
    Some((*most.first()?, *most.last()?))
}

/// Columns of one day whose headers tell no difference.
fn twice(grid: &Grid, columns: &[SessionColumn]) -> Vec<Noted> {
    let mut noted = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        // A day that is merged over several columns is meant for all of them.
        let (Ok(day), Some(cell)) = (&column.date, grid.own(column.row, column.column)) else {
            continue;
        };
        let words = words_over(grid, column, &text_of(cell));
        let same = |other: &&SessionColumn| {
            let own = grid.own(other.row, other.column);
            other.date.as_ref() == Ok(day) && own.is_some_and(|own| words_over(grid, other, &text_of(own)) == words)
        };
        if columns[..index].iter().any(|other| same(&other)) {
            let found = Noted::at(Kind::DateTwice, column.row, Some(column.column));
            noted.push(found.with("date", day));
        }
    }
    noted
}

/// What the header says about a session beside its day: "morning", "Session 2 (05.02)".
fn words_over(grid: &Grid, column: &SessionColumn, written: &str) -> (String, [String; 2]) {
    let words = |text: &str| {
        let plain = text.chars().any(char::is_alphabetic);
        if plain {
            vocabulary::normalise(text)
        } else {
            String::new()
        }
    };
    let beside = [column.row.saturating_sub(1), column.row + 1];
    let beside = beside.map(|row| grid.own(row, column.column).map(text_of).unwrap_or_default());
    let marks = |text: String| {
        if text.chars().count() > 1 {
            words(&text)
        } else {
            String::new()
        }
    };
    (words(written), beside.map(marks))
}

/// Days that break the order of the others, forward or backward.
fn out_of_order(columns: &[SessionColumn]) -> Vec<Noted> {
    let dated: Vec<(&SessionColumn, NaiveDate)> = columns
        .iter()
        .filter_map(|column| Some((column, *column.date.as_ref().ok()?)))
        .collect();
    let days: Vec<NaiveDate> = dated.iter().map(|(_, day)| *day).collect();
    let mut backward: Vec<NaiveDate> = days.clone();
    backward.reverse();
    let kept = longest_forward(&days);
    let far = |two: &&[usize]| (days[two[1]] - days[two[0]]).num_days() > WIDEST_GAP;
    let leaps: Vec<usize> = kept.windows(2).filter(far).map(|two| two[1]).collect();
    if leaps.is_empty() && (days.is_sorted() || backward.is_sorted()) {
        return Vec::new();
    }
    let broken: Vec<usize> = (0..days.len())
        .filter(|at| kept.binary_search(at).is_err() || leaps.contains(at))
        .collect();
    let told = if broken.len() > MOST_TOLD { 1 } else { broken.len() };
    let noted = broken.iter().take(told).map(|at| {
        let before = at.checked_sub(1).or_else(|| kept.first().copied()).unwrap_or_default();
        Noted::at(Kind::DateOutOfOrder, dated[*at].0.row, Some(dated[*at].0.column))
            .with("date", days[*at])
            .with("before", days[before])
    });
    noted.collect()
}

/// Positions of a longest sequence that does not go back.
fn longest_forward(days: &[NaiveDate]) -> Vec<usize> {
    // The last position of the best sequence of each length, and where each position's sequence came from.
    let mut ends: Vec<usize> = Vec::new();
    let mut came_from: Vec<Option<usize>> = Vec::with_capacity(days.len());
    for (at, day) in days.iter().enumerate() {
        let length = ends.partition_point(|end| days[*end] <= *day);
        came_from.push(length.checked_sub(1).map(|before| ends[before]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut kept = Vec::new();
    let mut at = ends.last().copied();
    while let Some(position) = at {
        kept.push(position);
        at = came_from[position];
    }
    kept.reverse();
    kept
}
