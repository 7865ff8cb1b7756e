//! The columns of a table of people, beyond what their headings say: what the caller named, births in parts,
//! names without a heading, and whether rows are bound to sessions.

use super::content::{Body, DatePart, looks_like_name};
use crate::ingest::dates::DateReading;
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::layout::{Block, COUNTS, Column, named};
use crate::ingest::noted::Noted;
use crate::ingest::records::column_letters;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{self, Role, Vocabulary};
use crate::project::model::{Layout, Source};

/// Parts of a name.
const NAMES: &[Role] = &[
    Role::FullName,
    Role::Surname,
    Role::GivenName,
    Role::MiddleName,
    Role::Patronymic,
];
/// Columns of a birth.
const BIRTHS: &[Role] = &[Role::BirthDate, Role::BirthYear, Role::BirthMonth, Role::BirthDay];
/// What short headings are also taken for; three columns that hold a date are rather that.
const WEAK: &[Role] = &[
    Role::BirthYear,
    Role::BirthMonth,
    Role::BirthDay,
    Role::Phone,
    Role::Period,
    Role::DerivedTotal,
    Role::CountTotal,
    Role::CountMale,
    Role::CountMen,
    Role::CountBoys,
    Role::CountFemale,
    Role::CountWomen,
    Role::CountGirls,
    Role::CountChildren,
    Role::CountOther,
    Role::DecisionBy,
    Role::DecisionDate,
    Role::AttendedFlag,
    Role::SessionTime,
];
/// Headings of tables of decisions that may stand over names.
const OF_DECISIONS: &[Role] = &[Role::DecisionName, Role::DecisionBy];

/// Takes the columns of a block for what they are in a table of people, and tells its layout.
pub(in crate::ingest) fn adapt(grid: &Grid, block: &mut Block, end: u32, source: &Source, vocabulary: &Vocabulary) {
    let body = Body::new(grid, block.header_bottom, end);
    only_named(block, source);
    births_named(block, &body, source);
    births_by_content(block, &body, source);
    half_a_name(block, &body, source);
    names_by_content(block, &body, source, vocabulary);
    place_of_registry(block, source, vocabulary);
    block.layout = layout(block, &body);
    if block.layout == Layout::Registry {
        block.sessions.clear();
    }
}

fn is_named(column: &Column, source: &Source) -> bool {
    named(source, column.index, &column.header).is_some()
}

fn take(column: &mut Column, role: Role) {
    column.role = Some(role);
    role.key().clone_into(&mut column.key);
}

fn leave(column: &mut Column) {
    column.role = None;
    column.key = vocabulary::normalise(&column.header);
}

/// What the caller names is alone what it is: other columns taken for the same are left.
fn only_named(block: &mut Block, source: &Source) {
    let named_role = |role: Role| {
        let mut columns = block.columns.iter();
        columns.any(|column| column.role == Some(role) && is_named(column, source))
    };
    let parts = NAMES[1..].iter().any(|role| named_role(*role));
    let mut alone: Vec<Role> = Role::ALL.iter().copied().filter(|role| named_role(*role)).collect();
    if alone.contains(&Role::FullName) && !parts {
        alone.extend(NAMES);
    } else if parts {
        alone.push(Role::FullName);
    }
    if BIRTHS.iter().any(|role| alone.contains(role)) {
        alone.extend(BIRTHS);
    }
    if alone.contains(&Role::Address) {
        alone.extend([Role::Street, Role::HouseNumber]);
    }
    for column in &mut block.columns {
        if column.role.is_some_and(|role| alone.contains(&role)) && !is_named(column, source) {
            leave(column);
        }
    }
}

/// Several columns that the caller names as the birth are its parts.
fn births_named(block: &mut Block, body: &Body, source: &Source) {
    let births = |column: &&mut Column| column.role == Some(Role::BirthDate) && is_named(column, source);
    let mut columns: Vec<&mut Column> = block.columns.iter_mut().filter(births).collect();
    if columns.len() < 2 {
        return;
    }
    let parts: Vec<Option<DatePart>> = columns.iter().map(|column| body.date_part(column.index)).collect();
    let year = parts.iter().position(|part| *part == Some(DatePart::Year)).unwrap_or(0);
    let others: Vec<usize> = (0..columns.len()).filter(|at| *at != year).collect();
    let day_shown = others.iter().position(|at| parts[*at] == Some(DatePart::Day));
    // Where no day is above 12 the parts stand in the order of a date: largest or smallest first.
    let day = day_shown.unwrap_or(if year == 0 { others.len() - 1 } else { 0 });
    take(columns[year], Role::BirthYear);
    for (at, other) in others.iter().enumerate() {
        let role = if at == day && others.len() > 1 {
            Role::BirthDay
        } else {
            Role::BirthMonth
        };
        take(columns[*other], role);
    }
}

/// Three neighbouring columns of whole numbers that can be years, months and days are a birth.
fn births_by_content(block: &mut Block, body: &Body, source: &Source) {
    let whole = |role| block.has(&[role]);
    if whole(Role::BirthDate) || (whole(Role::BirthMonth) && whole(Role::BirthDay)) {
        return;
    }
    let open = |column: &Column| !is_named(column, source) && column.role.is_none_or(|role| WEAK.contains(&role));
    for at in 0..block.columns.len().saturating_sub(2) {
        let three = &block.columns[at..at + 3];
        let next_to = three.windows(2).all(|two| two[1].index == two[0].index + 1);
        if !next_to || !three.iter().all(open) {
            continue;
        }
        let parts: Vec<Option<DatePart>> = three.iter().map(|column| body.date_part(column.index)).collect();
        let one_each = [DatePart::Year, DatePart::Month, DatePart::Day]
            .into_iter()
            .all(|part| parts.contains(&Some(part)));
        if !one_each || parts[1] == Some(DatePart::Year) {
            continue;
        }
        for (column, part) in block.columns[at..at + 3].iter_mut().zip(parts) {
            let role = match part {
                Some(DatePart::Year) => Role::BirthYear,
                Some(DatePart::Month) => Role::BirthMonth,
                Some(DatePart::Day) | None => Role::BirthDay,
            };
            column.by_content |= column.role != Some(role);
            take(column, role);
        }
        return;
    }
}

/// "Name" beside "Surname" is the given name, beside "First name" the surname, unless it holds whole names.
fn half_a_name(block: &mut Block, body: &Body, source: &Source) {
    let half = match (block.has(&[Role::Surname]), block.has(&[Role::GivenName])) {
        (true, false) => Role::GivenName,
        (false, true) => Role::Surname,
        (true, true) | (false, false) => return,
    };
    let whole = block
        .columns
        .iter_mut()
        .find(|column| column.role == Some(Role::FullName));
    if let Some(column) = whole.filter(|column| !is_named(column, source) && !body.several_words(column.index)) {
        take(column, half);
    }
}

/// Where no heading speaks of names, the one column (or two neighbours) that holds names is taken.
fn names_by_content(block: &mut Block, body: &Body, source: &Source, vocabulary: &Vocabulary) {
    if block.has(&[Role::FullName, Role::Surname, Role::GivenName]) {
        return;
    }
    let open =
        |column: &Column| !is_named(column, source) && column.role.is_none_or(|role| OF_DECISIONS.contains(&role));
    let could = |at: &usize| {
        let column = &block.columns[*at];
        let holds = body.could_be_names(column.index, vocabulary) || body.names_of_many(column.index, vocabulary);
        open(column) && holds
    };
    let candidates: Vec<usize> = (0..block.columns.len()).filter(could).collect();
    let whole: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|at| body.several_words(block.columns[*at].index))
        .collect();
    let taken = match (whole.as_slice(), candidates.as_slice()) {
        ([one], _) | ([], [one]) => vec![*one],
        ([], [one, next]) if *next == *one + 1 => vec![*one, *next],
        (_, _) => return,
    };
    for at in taken {
        block.columns[at].by_content = true;
        take(&mut block.columns[at], Role::FullName);
    }
}

/// Where no heading names people, takes the one column of whole names for them, and says so: beside sessions any that
/// holds names, else one that nobody described.
pub(in crate::ingest) fn names_without_heading(
    grid: &Grid,
    block: &mut Block,
    open: &mut Vec<Column>,
    end: u32,
    source: &Source,
    vocabulary: &Vocabulary,
) {
    if block.has(COUNTS)
        || source
            .columns
            .values()
            .any(|key| NAMES.iter().any(|role| role.key() == key))
    {
        return;
    }
    let body = Body::new(grid, block.header_bottom, end);
    let described = |column: u16| block.columns.iter().any(|known| known.index == column);
    let mut holding: Vec<u16> = body
        .columns()
        .into_iter()
        .filter(|column| !described(*column))
        .filter(|column| {
            let headed = open.iter().any(|open| open.index == *column);
            body.could_be_names(*column, vocabulary)
                || body.names_of_many(*column, vocabulary)
                || (!headed && body.names_again(*column, vocabulary))
        })
        .collect();
    if holding.len() > 1 {
        holding.retain(|column| body.several_words(*column));
    }
    let [index] = holding[..] else { return };
    let at = open.iter().position(|column| column.index == index);
    let header = at.map(|at| open.remove(at).header).unwrap_or_default();
    // What stands over names and is no known heading may be a name, unless small words of it are none's.
    let is_name = header.is_empty() || looks_like_name(&Cell::Text(header.clone()), vocabulary);
    let shown = if is_name { column_letters(index) } else { header.clone() };
    let noted = Noted::at(Kind::HeadingMisspelt, block.header_bottom, Some(index));
    block
        .noted
        .push(noted.with("heading", shown).with("field", Role::FullName.key()));
    block.columns.push(Column {
        index,
        header,
        key: Role::FullName.key().to_owned(),
        role: Some(Role::FullName),
        answers: Vec::new(),
        coded: false,
        by_content: true,
    });
    block.columns.sort_by_key(|column| column.index);
}

/// The place of somebody who is only registered is where she lives, where the heading can mean that.
fn place_of_registry(block: &mut Block, source: &Source, vocabulary: &Vocabulary) {
    if block.has(&[Role::Settlement, Role::SessionDate]) {
        return;
    }
    let place = block.columns.iter_mut().find(|column| column.role == Some(Role::Place));
    if let Some(column) = place.filter(|column| !is_named(column, source))
        && vocabulary.header(&column.header).contains(&Role::Settlement)
    {
        take(column, Role::Settlement);
    }
}

/// A register where columns are sessions, a list where rows or the lines above name a session's day; a registry
/// otherwise, whose rows bind nobody.
fn layout(block: &Block, body: &Body) -> Layout {
    if !block.sessions.is_empty() {
        return Layout::Register;
    }
    let heading = &block.heading;
    let signed = block.has(&[Role::Signature])
        && matches!(
            heading.dates.as_slice(),
            [DateReading::Day(_) | DateReading::DayMonth { .. }]
        );
    let dated = match block.column(Role::SessionDate) {
        Some(column) => !body.is_stamped(column),
        None => heading.date.is_some() || signed,
    };
    if dated { Layout::List } else { Layout::Registry }
}
