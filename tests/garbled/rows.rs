//! Rows and columns that are deleted, doubled, moved or joined, and lines that somebody put in.

use tallyframe::ingest::records::column_letters;
use tallyframe::ingest::table::{Cell, Sheet};

use crate::cells::{self, Shift};
use crate::law::{Change, Garble, Target, Touch};
use crate::places::{Anatomy, some};
use crate::reading::Door;
use crate::support::write::shown;

pub(crate) fn garbles(door: &Door, anatomy: &Anatomy, places: usize, offset: usize, all: &mut Vec<Garble>) {
    for row in some(anatomy.body.clone(), places, offset) {
        people(door, anatomy, row, all);
    }
    columns(anatomy, 2 * places, offset, all);
    for row in &anatomy.headings {
        let row = *row;
        let gone: Change = Box::new(move |sheet| cells::take_row(sheet, row));
        all.push(of(
            anatomy,
            "heading row deleted",
            gone,
            Target::Row(row),
            Shift::RowGone(row),
        ));
    }
    lines(door, anatomy, all);
}

fn of(anatomy: &Anatomy, kind: &str, change: Change, target: Target, shift: Shift) -> Garble {
    let place = match target {
        Target::Cell(row, column) => format!("{}{row}", column_letters(column)),
        Target::Row(row) => format!("row {row}"),
        Target::Columns(first, last) => format!("{}:{}", column_letters(first), column_letters(last)),
    };
    Garble {
        name: format!("{kind}, sheet {} {place}", anatomy.number + 1),
        sheet: anatomy.number,
        change,
        target,
        shift,
        touch: Touch::Nothing,
        must_be_said: false,
    }
}

/// Changes to the row of a person or an event.
fn people(door: &Door, anatomy: &Anatomy, row: u32, all: &mut Vec<Garble>) {
    let end = anatomy.sheet.rows.last().map_or(row, |line| line.number) + 2;
    let gone: Change = Box::new(move |sheet| cells::take_row(sheet, row));
    // A row that is not there can't be known, unless a sum in the file counted it.
    let touch = if door.good.summed { Touch::Nothing } else { Touch::Row };
    all.push(Garble {
        touch,
        ..of(anatomy, "row deleted", gone, Target::Row(row), Shift::RowGone(row))
    });
    let again = cells::row(anatomy.sheet, row);
    let doubled: Change = Box::new(move |sheet| cells::put_row(sheet, row + 1, again.clone()));
    all.push(of(
        anatomy,
        "row doubled",
        doubled,
        Target::Row(row + 1),
        Shift::RowIn(row + 1),
    ));
    let moved: Change = Box::new(move |sheet| {
        let line = cells::row(sheet, row);
        sheet.rows.retain(|line| line.number != row);
        cells::put_row(sheet, end, line);
    });
    all.push(Garble {
        touch: Touch::Above,
        ..of(
            anatomy,
            "row moved to the end",
            moved,
            Target::Row(end),
            Shift::RowMoved(row, end),
        )
    });
    if anatomy.body.contains(&(row + 1)) {
        let joined: Change = Box::new(move |sheet| join(sheet, row));
        all.push(of(
            anatomy,
            "row merged into the next",
            joined,
            Target::Row(row),
            Shift::RowGone(row),
        ));
    }
}

/// Writes a row and the next into one, line below line.
fn join(sheet: &mut Sheet, row: u32) {
    let first = cells::row(sheet, row);
    cells::take_row(sheet, row);
    for (column, cell) in first {
        let both = match cells::at(sheet, row, column) {
            None => cell,
            Some(other) if *other == cell => continue,
            Some(other) => Cell::Text(format!("{}\n{}", shown(&cell), shown(other))),
        };
        cells::set(sheet, row, column, Some(both));
    }
}

fn columns(anatomy: &Anatomy, places: usize, offset: usize, all: &mut Vec<Garble>) {
    let Some(from) = anatomy.headings.first().copied() else {
        return;
    };
    let width = anatomy
        .sheet
        .rows
        .iter()
        .filter_map(|line| line.cells.last())
        .map(|(column, _)| *column)
        .max();
    for column in some((0..=width.unwrap_or(0)).collect(), places, offset) {
        let doubled: Change = Box::new(move |sheet| cells::double_column(sheet, from, column));
        let target = Target::Columns(column, column + 1);
        all.push(of(
            anatomy,
            "column doubled",
            doubled,
            target,
            Shift::ColumnIn(column + 1),
        ));
        let swapped: Change = Box::new(move |sheet| cells::swap_columns(sheet, from, column, column + 1));
        all.push(of(
            anatomy,
            "columns swapped",
            swapped,
            target,
            Shift::ColumnsSwapped(column, column + 1),
        ));
    }
}

/// Lines that somebody put in: the headings again, a note, a sum that does not agree.
fn lines(door: &Door, anatomy: &Anatomy, all: &mut Vec<Garble>) {
    let (Some(heading), Some(last)) = (anatomy.headings.last(), anatomy.body.last()) else {
        return;
    };
    let middle = anatomy.body[anatomy.body.len() / 2];
    let again = cells::row(anatomy.sheet, *heading);
    let put = |row: u32, cells: Vec<(u16, Cell)>| -> Change {
        Box::new(move |sheet| cells::put_row(sheet, row, cells.clone()))
    };
    let (at, shift) = (Target::Row(middle), Shift::RowIn(middle));
    all.push(of(anatomy, "heading row again", put(middle, again), at, shift));
    let name = anatomy.names.first().map_or(0, |(_, column)| *column);
    for column in [0, name] {
        let note = vec![(column, Cell::Text(door.good.note.to_owned()))];
        all.push(of(anatomy, "note in the middle", put(middle, note), at, shift));
    }
    let sums = wrong_sums(anatomy);
    if !sums.is_empty() && !door.good.summed {
        let mut row = vec![(name, Cell::Text(door.good.total.to_owned()))];
        row.extend(sums.into_iter().filter(|(column, _)| *column > name));
        let below = last + 1;
        all.push(Garble {
            must_be_said: true,
            ..of(
                anatomy,
                "wrong sum",
                put(below, row),
                Target::Row(below),
                Shift::RowIn(below),
            )
        });
    }
}

/// What a row of sums would say, and two more.
fn wrong_sums(anatomy: &Anatomy) -> Vec<(u16, Cell)> {
    let columns = anatomy.sessions.iter().map(|(_, column)| *column);
    let filled = |column: u16| {
        anatomy
            .body
            .iter()
            .filter(|row| cells::at(anatomy.sheet, **row, column).is_some())
            .count()
    };
    columns
        .map(|column| (column, Cell::Number(filled(column) as f64 + 40.0)))
        .collect()
}
