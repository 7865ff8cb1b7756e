//! Lines between the rows of a list that say of which session the rows below are: "Session 2 – 09.03.2026".

use super::RowClass;
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{Grid, text_of, trim};
use crate::ingest::heading::{self, Heading};
use crate::ingest::layout::Block;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::Vocabulary;
use crate::project::model::Layout;

/// Lines under a header that tell a day, with fuller rows below them, and what they say.
pub(crate) fn find(grid: &Grid, bottom: u32, end: u32, vocabulary: &Vocabulary) -> Vec<(u32, Heading)> {
    let mut sections = Vec::new();
    let mut rows_below = false;
    for row in grid.rows_between(bottom.saturating_add(1), end).iter().rev() {
        match line(grid, row.number, vocabulary).filter(|_| rows_below) {
            Some(heading) => {
                sections.push((row.number, heading));
                rows_below = false;
            }
            None => rows_below |= grid.cells(row.number).nth(1).is_some(),
        }
    }
    sections.reverse();
    sections
}

/// Takes such lines of a list for nobody, where people stand below them; a list that tells the day of each row has
/// none.
pub(super) fn settle(block: &mut Block, classes: &mut [(u32, RowClass)]) {
    let lines = std::mem::take(&mut block.sections);
    if block.layout != Layout::List || block.day_role().is_some() {
        return;
    }
    let ends = lines.iter().skip(1).map(|(row, _)| *row).chain([u32::MAX]);
    let ends: Vec<u32> = ends.collect();
    for ((row, heading), end) in lines.into_iter().zip(ends) {
        let people = |(other, class): &(u32, RowClass)| (row + 1..end).contains(other) && *class == RowClass::Data;
        if !classes.iter().any(people) {
            continue;
        }
        if let Some((_, class)) = classes.iter_mut().find(|(other, _)| *other == row) {
            *class = RowClass::Text;
            block.sections.push((row, heading));
        }
    }
}

/// What a line that tells a day says.
fn line(grid: &Grid, row: u32, vocabulary: &Vocabulary) -> Option<Heading> {
    let cells: Vec<&Cell> = grid.cells(row).take(2).map(|(_, cell)| cell).collect();
    let alone = matches!(cells[..], [Cell::Text(_) | Cell::DateTime { .. }]);
    if !alone && !is_labelled(grid, row, vocabulary) {
        return None;
    }
    let texts: Vec<String> = cells.into_iter().map(text_of).collect();
    let heading = heading::read(&[texts.join(" ")], vocabulary);
    let is_day = |reading: &DateReading| {
        matches!(
            reading,
            DateReading::Day(_) | DateReading::DayMonth { .. } | DateReading::Ambiguous { .. }
        )
    };
    let mut days = heading.dates.iter().filter(|reading| is_day(reading));
    days.next().filter(|_| days.next().is_none())?;
    Some(heading)
}

/// Whether a row is a label with a day: "Date: | 09.03.2026", which is nobody.
pub(super) fn is_labelled(grid: &Grid, row: u32, vocabulary: &Vocabulary) -> bool {
    let mut cells = grid.cells(row).map(|(_, cell)| cell);
    let (Some(Cell::Text(first)), Some(value), None) = (cells.next(), cells.next(), cells.next()) else {
        return false;
    };
    let label = || vocabulary.label(trim(first).trim_end_matches(':').trim()).is_some();
    let day = || matches!(value, Cell::DateTime { .. }) || is_day(&text_of(value));
    (trim(first).ends_with(':') || day()) && label()
}

/// Whether a text is a whole day and nothing else.
pub(super) fn is_day(text: &str) -> bool {
    // Hardly any name begins with a number, and all are asked.
    text.starts_with(|c: char| c.is_ascii_digit())
        && matches!(
            dates::read_text(text, None),
            DateReading::Day(_) | DateReading::Ambiguous { .. }
        )
}
