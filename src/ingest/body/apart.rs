//! Rows that are set apart by what stands around them: staff and absent people under a line of their own, rows that
//! name nobody, sums under any words.

use super::RowClass;
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, is_blank, text_of};
use crate::ingest::guests;
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::records::Reason;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{Role, Vocabulary};
use crate::project::model::Layout;

/// What a row of a list tells about a person whom nobody named.
const ANSWERS: &[Role] = &[
    Role::Sex,
    Role::Age,
    Role::AgeGroup,
    Role::BirthDate,
    Role::BirthYear,
    Role::Phone,
    Role::Email,
    Role::Settlement,
    Role::Address,
    Role::Signature,
];

/// Takes the rows under a line that heads staff ("Facilitators") for staff, but not those under a profession, which may
/// be that of participants, and those of a list under "Absent:" for absent, up to the next line of words alone. Where
/// nobody stands above, such a line must follow: those below may be the people of the table.
pub(super) fn set_apart(
    grid: &Grid,
    layout: Layout,
    classes: &mut [(u32, RowClass)],
    vocabulary: &Vocabulary,
) -> Vec<Noted> {
    let alone = |row: u32| {
        let mut cells = grid.cells(row);
        let text = cells.next().map(|(_, cell)| text_of(cell)).unwrap_or_default();
        (cells.next().is_none() && text.chars().any(char::is_alphabetic)).then_some(text)
    };
    let heads = |(row, class): &(u32, RowClass)| {
        let line = matches!(class, RowClass::Data | RowClass::Text);
        let text = line.then(|| alone(*row)).flatten()?;
        if vocabulary.heads_staff(&text) {
            Some(Reason::Staff)
        } else {
            (layout == Layout::List && vocabulary.heads_absent(&text)).then_some(Reason::Absent)
        }
    };
    let lines: Vec<(usize, Reason)> = (0..classes.len())
        .filter_map(|at| Some((at, heads(&classes[at])?)))
        .collect();
    let mut noted = Vec::new();
    for (line, reason) in lines {
        let below = &classes[line + 1..];
        let next = below.iter().position(|(row, _)| alone(*row).is_some());
        let above = classes[..line].iter().any(|(_, class)| *class == RowClass::Data);
        if next.is_none() && !above {
            continue;
        }
        let end = next.map_or(classes.len(), |next| line + 1 + next);
        classes[line].1 = RowClass::Text;
        let below = classes[line + 1..end].iter_mut().map(|(_, class)| class);
        let mut apart = 0_usize;
        for class in below.filter(|class| **class == RowClass::Data) {
            *class = RowClass::Aside(reason);
            apart += 1;
        }
        if apart > 0 && reason == Reason::Staff {
            noted.push(Noted::at(Kind::StaffAside, classes[line].0, None).with("count", apart));
        }
    }
    noted
}

/// Takes rows that count people whom nobody named for what they are; under sums, such words count a part of them.
pub(super) fn guests(grid: &Grid, block: &Block, classes: &mut [(u32, RowClass)], vocabulary: &Vocabulary) {
    let above_sums = classes
        .iter_mut()
        .take_while(|(_, class)| *class != RowClass::Aside(Reason::Totals));
    for (row, class) in
        above_sums.filter(|(_, class)| matches!(class, RowClass::Data | RowClass::Aside(Reason::NoPerson)))
    {
        if guests::is_row(grid, block, *row, vocabulary) {
            *class = RowClass::Guests;
        }
    }
}

/// Notes rows that name nobody and yet are no blank lines of a form: they hold marks, or answers about a person.
pub(super) fn nameless(grid: &Grid, block: &Block, classes: &[(u32, RowClass)]) -> Option<Noted> {
    let of_people = |column: u16| {
        let known = block.columns.iter().find(|known| known.index == column);
        let role = known.and_then(|known| known.role);
        role.is_some_and(|role| ANSWERS.contains(&role))
    };
    let marked = |column: u16| block.sessions.iter().any(|session| session.column == column);
    let told = |column: u16| match block.layout {
        Layout::Register => marked(column),
        Layout::List => of_people(column),
        Layout::EventLog | Layout::Registry => false,
    };
    let speaks = |row: u32| {
        let mut cells = grid.cells(row);
        cells.any(|(column, cell)| told(column) && !is_blank(cell))
    };
    let mut rows = classes
        .iter()
        .filter(|(row, class)| *class == RowClass::Aside(Reason::NoPerson) && speaks(*row))
        .map(|(row, _)| *row);
    let first = rows.next()?;
    Some(Noted::at(Kind::MarksWithoutName, first, None).with("count", rows.count() + 1))
}

/// Notes rows that were taken for sums by their numbers alone and are called by a word that may be a name.
pub(super) fn doubtful_sums(grid: &Grid, sums: &[u32], vocabulary: &Vocabulary) -> Vec<Noted> {
    let called = |row: &&u32| {
        let text = grid.cells(**row).find(|(_, cell)| matches!(cell, Cell::Text(_)));
        let text = text.map(|(_, cell)| text_of(cell));
        text.is_some_and(|text| text.chars().any(char::is_alphabetic) && !vocabulary.names_sums(&text))
    };
    let called = sums.iter().filter(called);
    called.map(|row| Noted::at(Kind::SumsTaken, *row, None)).collect()
}
