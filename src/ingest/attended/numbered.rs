//! Days in cells under numbered headings: "Consultation 1", "2ème visite", or bare numbers; each row has the days on
//! which somebody came.

use std::collections::BTreeMap;

use super::{Answer, Listed, MOSTLY, answer, may_list};
use crate::ingest::axis::name_of_series;
use crate::ingest::grid::Grid;
use crate::ingest::layout::{self, Column};
use crate::ingest::reading::Table;
use crate::ingest::vocabulary::{self, Role, Vocabulary};
use crate::project::model::{Layout, Source};

/// Letters of the longest ending of an ordinal, with what joins it: "-ième".
const LONGEST_ENDING: usize = 5;

/// The days of the only series of columns that are numbered and hold days, or of the columns that a definition says
/// hold them; nothing where the rows have a day of their own. Headings that number visits beat a day of registration.
pub(super) fn of(grid: &Grid, table: &Table, source: &Source, vocabulary: &Vocabulary) -> Option<Listed> {
    let block = &table.block;
    if block.is_of_forms() {
        return None;
    }
    let mut series: BTreeMap<String, Vec<&Column>> = BTreeMap::new();
    let open = block.columns.iter().filter(|column| may_list(column, source));
    for column in open {
        if let Some(name) = series_of(column, source, vocabulary) {
            series.entry(name).or_default().push(column);
        }
    }
    let registered = block.layout == Layout::Registry || block.day_role().is_some();
    let beaten = matches!(block.day_role(), None | Some(Role::RegistrationDate | Role::CaseOpened));
    let mut found = series.into_iter().filter_map(|(name, columns)| {
        let told = name == TOLD;
        let asked = told || name.is_empty() || asks(&name, vocabulary);
        let usable = beaten && (!registered || asked && !name.is_empty());
        let listed = usable.then(|| listed(grid, table, &columns, vocabulary)).flatten()?;
        (told || columns.len() > 1).then_some(Listed { asked, ..listed })
    });
    found.next().filter(|_| found.next().is_none())
}

/// The name of the series of columns of which a definition says that they hold the days on which people came.
const TOLD: &str = "sessions_attended";

/// Whether a definition says of a column that it holds days on which people came.
pub(super) fn is_told(column: &Column, source: &Source) -> bool {
    let named = layout::named(source, column.index, &column.header).is_some();
    named && column.role == Some(Role::SessionsAttended)
}

/// What the headings of a series share: "Visit 1" and "Visit 2", "1ère visite" and "2ème visite".
fn series_of(column: &Column, source: &Source, vocabulary: &Vocabulary) -> Option<String> {
    if is_told(column, source) {
        return Some(TOLD.to_owned());
    }
    let name = name_of_series(&column.header);
    without_ordinal(&column.header, vocabulary).or(name)
}

/// A heading without its ordinal, where what is left asks for sessions; in whatever language its ending is.
fn without_ordinal(header: &str, vocabulary: &Vocabulary) -> Option<String> {
    let words = header.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ':' | ',' | '_'));
    let words: Vec<&str> = words.filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let numbers = words.iter().filter(|word| is_ordinal(word)).count();
    if numbers != 1 {
        return None;
    }
    let says_number = |word: &str| vocabulary.header(word).contains(&Role::RowNo);
    let left = words.into_iter().filter(|word| !is_ordinal(word) && !says_number(word));
    let name = vocabulary::normalise(&left.collect::<Vec<&str>>().join(" "));
    asks(&name, vocabulary).then_some(name)
}

/// Whether a word is a number, by itself or with an ending: "1", "1st", "2-й", "3ème", "IV".
fn is_ordinal(word: &str) -> bool {
    let ending = word
        .trim_start_matches(['#', '№'])
        .trim_start_matches(|c: char| c.is_ascii_digit());
    if ending.len() < word.len() {
        return !ending.contains(|c: char| c.is_ascii_digit()) && ending.chars().count() <= LONGEST_ENDING;
    }
    !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'І' | 'Х'))
}

/// Whether the words of a heading ask for a session or for its day: "Visit", "Date of visit", "Visit date".
fn asks(name: &str, vocabulary: &Vocabulary) -> bool {
    let day = |text: &str| vocabulary.header(text).contains(&Role::SessionDate);
    let others = || name.split(' ').filter(|word| !day(word));
    vocabulary.numbers_sessions(name)
        || name.contains(' ') && day(name)
        || vocabulary.numbers_sessions(&others().collect::<Vec<&str>>().join(" "))
}

/// What columns say of each row, where nearly all that stands in them is days.
fn listed(grid: &Grid, table: &Table, columns: &[&Column], vocabulary: &Vocabulary) -> Option<Listed> {
    let answers = |column: &&Column| -> Vec<Answer> {
        let cells = table.rows.iter().map(|row| grid.cell(row.number, column.index));
        cells.map(|cell| answer(cell, vocabulary)).collect()
    };
    let of_columns: Vec<Vec<Answer>> = columns.iter().map(answers).collect();
    let filled = of_columns.iter().flatten().filter(|answer| **answer != Answer::Nothing);
    let (all, days) = filled.fold((0_usize, 0_usize), |(all, days), answer| {
        (all + 1, days + usize::from(matches!(answer, Answer::Days(_))))
    });
    let hold_days = days > 0 && days as f64 >= MOSTLY * all as f64;
    hold_days.then(|| Listed {
        column: columns[0].index,
        asked: false,
        beside_registration: table.block.day_role().is_some(),
        answers: joined(of_columns, table.rows.len()),
    })
}

/// What the columns say of each row together.
fn joined(columns: Vec<Vec<Answer>>, rows: usize) -> Vec<Answer> {
    let mut of_rows = vec![Answer::Nothing; rows];
    for column in columns {
        for (whole, answer) in of_rows.iter_mut().zip(column) {
            match (&mut *whole, answer) {
                (_, Answer::Nothing) => {}
                (Answer::Days(days), Answer::Days(more)) => days.extend(more),
                (_, answer @ Answer::Days(_)) | (Answer::Nothing, answer) => *whole = answer,
                (_, Answer::Other(_)) => {}
            }
        }
    }
    of_rows
}
