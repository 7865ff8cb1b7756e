//! Days in cells under numbered headings: "Consultation 1", "Consultation 2", or bare numbers; each row has the days on
//! which somebody came.

use std::collections::BTreeMap;

use super::{Answer, Listed, MOSTLY, answer, may_list};
use crate::ingest::axis::name_of_series;
use crate::ingest::grid::Grid;
use crate::ingest::layout::Column;
use crate::ingest::reading::Table;
use crate::ingest::vocabulary::Vocabulary;
use crate::project::model::Source;

/// The days of the only series of columns that are numbered and hold days; nothing where the rows have a day of their
/// own.
pub(super) fn of(grid: &Grid, table: &Table, source: &Source, vocabulary: &Vocabulary) -> Option<Listed> {
    let block = &table.block;
    if block.day_role().is_some() || block.is_of_forms() {
        return None;
    }
    let mut series: BTreeMap<String, Vec<&Column>> = BTreeMap::new();
    let open = block.columns.iter().filter(|column| may_list(column, source));
    for column in open {
        if let Some(name) = name_of_series(&column.header) {
            series.entry(name).or_default().push(column);
        }
    }
    let answers = |column: &Column| -> Vec<Answer> {
        let cells = table.rows.iter().map(|row| grid.cell(row.number, column.index));
        cells.map(|cell| answer(cell, vocabulary)).collect()
    };
    let mut found = series.into_iter().filter_map(|(name, columns)| {
        let of_columns: Vec<Vec<Answer>> = columns.iter().map(|column| answers(column)).collect();
        let filled = of_columns.iter().flatten().filter(|answer| **answer != Answer::Nothing);
        let (all, days) = filled.fold((0_usize, 0_usize), |(all, days), answer| {
            (all + 1, days + usize::from(matches!(answer, Answer::Days(_))))
        });
        let hold_days = columns.len() > 1 && days > 0 && days as f64 >= MOSTLY * all as f64;
        hold_days.then(|| Listed {
            column: columns[0].index,
            asked: name.is_empty() || vocabulary.numbers_sessions(&name),
            answers: joined(of_columns, table.rows.len()),
        })
    });
    found.next().filter(|_| found.next().is_none())
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
