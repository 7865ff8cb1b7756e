//! Lines between the rows of people that head women or men, where no column tells the sex.

use super::RowClass;
use crate::ingest::grid::{Grid, text_of, trim};
use crate::ingest::layout::Block;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{Role, Sex, Vocabulary};
use crate::project::model::Layout;

/// What a line of words alone says of the rows below it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// They are of one sex.
    Sex(Sex),
    /// They are others: "Children".
    Others,
}

/// Takes lines of a list or register that head women or men for nobody, and keeps what they say of the rows below. One
/// sex alone is headed above all rows, or it may be somebody's remark.
pub(super) fn settle(grid: &Grid, block: &mut Block, classes: &mut [(u32, RowClass)], vocabulary: &Vocabulary) {
    let of_people = matches!(block.layout, Layout::List | Layout::Register);
    if !of_people || block.column(Role::Sex).is_some() {
        return;
    }
    let line = |(row, class): &(u32, RowClass)| {
        let line = line(grid, *row, *class, vocabulary)?;
        Some((*row, line))
    };
    let lines: Vec<(u32, Line)> = classes.iter().filter_map(line).collect();
    let has = |sex| lines.iter().any(|(_, line)| *line == Line::Sex(sex));
    let is_line = |row: u32| lines.iter().any(|(line, _)| *line == row);
    let person = |(row, class): &&(u32, RowClass)| *class == RowClass::Data && !is_line(*row);
    let first = classes.iter().find(person).map(|(row, _)| *row);
    let of_a_sex = lines
        .iter()
        .find(|(_, line)| *line != Line::Others)
        .map(|(row, _)| *row);
    let above_all = of_a_sex.zip(first).is_some_and(|(line, first)| line < first);
    let both = has(Sex::Female) && has(Sex::Male);
    if !both && !above_all {
        return;
    }
    for (row, line) in lines {
        if let (Line::Sex(_), Some((_, class))) = (line, classes.iter_mut().find(|(other, _)| *other == row)) {
            *class = RowClass::Text;
        }
        let sex = match line {
            Line::Sex(sex) => Some(sex),
            Line::Others => None,
        };
        block.of_sex.push((row, sex));
    }
}

/// What a row says that holds words in one cell and nothing else.
fn line(grid: &Grid, row: u32, class: RowClass, vocabulary: &Vocabulary) -> Option<Line> {
    if !matches!(class, RowClass::Data | RowClass::Text) {
        return None;
    }
    let mut cells = grid.cells(row).map(|(_, cell)| cell);
    let (Some(cell @ Cell::Text(_)), None) = (cells.next(), cells.next()) else {
        return None;
    };
    let text = text_of(cell);
    let words = trim(text.trim_end_matches(':'));
    let counted = || match vocabulary.header(words).first()? {
        Role::CountFemale | Role::CountWomen | Role::CountGirls => Some(Line::Sex(Sex::Female)),
        Role::CountMale | Role::CountMen | Role::CountBoys => Some(Line::Sex(Sex::Male)),
        Role::CountChildren | Role::CountOther => Some(Line::Others),
        _ => None,
    };
    let several = words.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let told = vocabulary
        .sex(words)
        .map(Line::Sex)
        .or_else(counted)
        .filter(|_| several);
    // Any other words alone head others; in the column of names they may be a person.
    told.or((class == RowClass::Text).then_some(Line::Others))
}
