//! Head-counts under headings that do not say so: a total that is the sum of the columns before it.

use super::{Block, COUNTS, Column, PERSON};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::noted::Noted;
use crate::ingest::told;
use crate::ingest::values;
use crate::ingest::vocabulary::{Role, Vocabulary};

/// Rows looked at.
const LOOKED_AT: usize = 200;
/// Fewest columns of parts.
const FEWEST_PARTS: usize = 2;
/// Most columns of which some may be parts of a total.
const MOST_OPEN: usize = 10;

/// In a table of days that names nobody, a total that adds up the numbers of its row counts heads: ages and sexes in
/// two rows of headings are headed in many ways, and their sum tells that they are parts of it.
pub(super) fn by_sums(grid: &Grid, block: &mut Block, end: u32, vocabulary: &Vocabulary) {
    if block.has(PERSON) || block.has(COUNTS) || block.column(Role::SessionDate).is_none() || block.is_of_forms() {
        return;
    }
    let Some(total) = block.column(Role::DerivedTotal) else {
        return;
    };
    let parts: Vec<u16> = block
        .columns
        .iter()
        .filter(|column| {
            column.index < total && matches!(column.role, None | Some(Role::AgeGroup | Role::ChildrenCount))
        })
        .map(|column| column.index)
        .collect();
    if parts.len() < FEWEST_PARTS || !adds_up(grid, block, end, (&parts, &[total])) {
        return;
    }
    let bottom = block.header_bottom;
    let noted = Noted::at(Kind::HeadingMisspelt, bottom, Some(total));
    if let Some(column) = block.columns.iter_mut().find(|column| column.index == total) {
        let heading = told::before_rows(grid, column, bottom, vocabulary);
        block
            .noted
            .push(noted.with("heading", heading).with("field", Role::CountTotal.key()));
        column.role = Some(Role::CountTotal);
        Role::CountTotal.key().clone_into(&mut column.key);
        column.by_content = true;
    }
}

/// In a log, heads in columns that tell no sex: children beside women and men, the elderly, whoever is left.
///
/// Where a total stands beside, it tells which columns are parts of it, and which only say something of the same heads.
/// Without one, children beside women and men are further heads; beside "female" and "male" nobody knows.
pub(super) fn heads_beside(grid: &Grid, block: &mut Block, end: u32, vocabulary: &Vocabulary) {
    if block.has(PERSON) || !block.has(COUNTS) || block.is_of_forms() {
        return;
    }
    boys_or_children(block, vocabulary);
    let sexes: Vec<u16> = block
        .columns
        .iter()
        .filter(|column| is_part(column))
        .map(|column| column.index)
        .collect();
    let total = block
        .column(Role::CountTotal)
        .or_else(|| block.column(Role::DerivedTotal))
        .or_else(|| total_by_sums(grid, block, end, &sexes));
    let Some(total) = total else {
        if !sexes.is_empty() {
            children_without_total(block, vocabulary);
        }
        return;
    };
    if adds_up(grid, block, end, (&sexes, &[total])) {
        total_that_differs(grid, block, end, (&sexes, total), vocabulary);
        return;
    }
    let further = |column: &&Column| {
        let open = matches!(
            column.role,
            None | Some(Role::AgeGroup | Role::ChildrenCount | Role::Disability)
        );
        open && column.index != total && block.sessions.iter().all(|session| session.column != column.index)
    };
    let open: Vec<u16> = block
        .columns
        .iter()
        .filter(further)
        .map(|column| column.index)
        .collect();
    let Some(parts) = subsets(&open).find(|open| {
        let parts: Vec<u16> = sexes.iter().chain(open).copied().collect();
        parts.len() >= FEWEST_PARTS && adds_up(grid, block, end, (&parts, &[total]))
    }) else {
        total_that_differs(grid, block, end, (&sexes, total), vocabulary);
        return;
    };
    take_parts((grid, vocabulary), block, &parts);
    if block.column(Role::CountTotal).is_none() {
        take_by_sums((grid, vocabulary), block, total, Role::CountTotal);
    }
}

/// Takes columns for the parts of a head-count.
fn take_parts((grid, vocabulary): (&Grid, &Vocabulary), block: &mut Block, parts: &[u16]) {
    for part in parts {
        let column = block.columns.iter().find(|column| column.index == *part);
        let children = column.is_some_and(|column| column.role == Some(Role::ChildrenCount));
        let role = if children {
            Role::CountChildren
        } else {
            Role::CountOther
        };
        take_by_sums((grid, vocabulary), block, *part, role);
    }
}

/// The column of numbers that the parts of the heads add up to, whatever its heading.
fn total_by_sums(grid: &Grid, block: &Block, end: u32, parts: &[u16]) -> Option<u16> {
    let rows = (block.header_bottom, end);
    let open = block.columns.iter().filter(|column| column.role.is_none());
    let mut open = open.filter(|column| holds_heads(grid, rows, column.index));
    let total = open.find(|column| parts.len() >= FEWEST_PARTS && adds_up(grid, block, end, (parts, &[column.index])));
    total.map(|total| total.index)
}

/// A total by its word that differs from its parts in some rows is the total of those rows, too: that is told there.
/// One
/// that differs in most rows may be the sum of something else, which is a question.
fn total_that_differs(
    grid: &Grid,
    block: &mut Block,
    end: u32,
    (parts, total): (&[u16], u16),
    vocabulary: &Vocabulary,
) {
    let column = block.columns.iter().find(|column| column.index == total);
    let by_word = |column: &&Column| column.role == Some(Role::DerivedTotal) && vocabulary.is_totals(&column.header);
    let Some(column) = column.filter(by_word).filter(|_| !parts.is_empty()) else {
        return;
    };
    let (filled, right) = adding_up(grid, block, end, (parts, &[total]));
    if right == filled || !holds_heads(grid, (block.header_bottom, end), total) {
        return;
    }
    if right * 2 >= filled {
        take(block, total, Role::CountTotal);
        return;
    }
    let noted = Noted::at(Kind::HeadingUnclear, block.header_bottom, Some(total));
    let meanings = format!("{}, {}", Role::CountTotal.key(), Role::DerivedTotal.key());
    let noted = noted.with("heading", &column.header).with("meanings", meanings);
    block.noted.push(noted.with("taken", Role::DerivedTotal.key()));
}

/// Whether a column counts the heads of one sex.
pub(super) fn is_part(column: &Column) -> bool {
    column
        .role
        .is_some_and(|role| COUNTS.contains(&role) && role != Role::CountTotal)
}

/// The columns that may be parts, the fewest first.
fn subsets(open: &[u16]) -> impl Iterator<Item = Vec<u16>> {
    let open: Vec<u16> = open.iter().copied().take(MOST_OPEN).collect();
    let mut subsets: Vec<u32> = (1..1_u32 << open.len()).collect();
    subsets.sort_by_key(|subset| (subset.count_ones(), *subset));
    subsets.into_iter().map(move |subset| {
        let chosen = open.iter().enumerate().filter(|(at, _)| subset & (1 << at) != 0);
        chosen.map(|(_, column)| *column).collect()
    })
}

/// Languages that call boys and children by one word mean children where no girls stand beside.
fn boys_or_children(block: &mut Block, vocabulary: &Vocabulary) {
    if block.column(Role::CountGirls).is_some() {
        return;
    }
    let either = |column: &&mut Column| {
        column.role == Some(Role::CountBoys) && vocabulary.header(&column.header).contains(&Role::ChildrenCount)
    };
    for column in block.columns.iter_mut().filter(either) {
        column.role = Some(Role::ChildrenCount);
    }
}

/// Children beside women and men, and no total.
fn children_without_total(block: &mut Block, vocabulary: &Vocabulary) {
    let Some(children) = block.column(Role::ChildrenCount) else {
        return;
    };
    // Girls and boys are the children, counted already.
    if block.has(&[Role::CountGirls, Role::CountBoys]) {
        return;
    }
    let adults = |column: &Column| {
        let roles = vocabulary.header(&column.header);
        [Role::CountWomen, Role::CountMen]
            .iter()
            .any(|role| column.role == Some(*role) || roles.contains(role))
    };
    if block.columns.iter().filter(|column| is_part(column)).all(adults) {
        take(block, children, Role::CountChildren);
    } else if let Some(column) = block.columns.iter().find(|column| column.index == children) {
        let noted = Noted::at(Kind::HeadingUnclear, block.header_bottom, Some(children));
        let meanings = format!("{}, {}", Role::CountChildren.key(), Role::ChildrenCount.key());
        let noted = noted.with("heading", &column.header).with("meanings", meanings);
        block.noted.push(noted.with("taken", Role::ChildrenCount.key()));
    }
}

/// Takes a column under known words for heads, and says so. Its field keeps its key: several columns may count further
/// heads.
pub(super) fn take(block: &mut Block, index: u16, role: Role) {
    let heading = block.columns.iter().find(|column| column.index == index);
    if let Some(heading) = heading.map(|column| column.header.clone()) {
        take_as(block, index, role, &heading);
    }
}

/// Takes a column that its sums tell for heads: its heading may be anything, the name of somebody, too.
fn take_by_sums((grid, vocabulary): (&Grid, &Vocabulary), block: &mut Block, index: u16, role: Role) {
    let column = block.columns.iter().find(|column| column.index == index);
    let heading = column.map(|column| told::before_rows(grid, column, block.header_bottom, vocabulary));
    if let Some(heading) = heading {
        take_as(block, index, role, &heading);
    }
}

fn take_as(block: &mut Block, index: u16, role: Role, heading: &str) {
    let noted = Noted::at(Kind::HeadingMisspelt, block.header_bottom, Some(index));
    let noted = noted.with("heading", heading).with("field", role.key());
    block.noted.push(noted);
    for column in block.columns.iter_mut().filter(|column| column.index == index) {
        column.role = Some(role);
        if role == Role::CountTotal {
            role.key().clone_into(&mut column.key);
        }
        column.by_content = true;
    }
}

/// Whether a column holds numbers that may be those of heads, and nothing else.
pub(super) fn holds_heads(grid: &Grid, (bottom, end): (u32, u32), column: u16) -> bool {
    let rows = grid.rows_between(bottom.saturating_add(1), end).iter();
    let cells = rows.take(LOOKED_AT).filter_map(|row| grid.own(row.number, column));
    let (mut filled, mut heads, mut any) = (0_usize, 0_usize, false);
    for text in cells.map(text_of).filter(|text| !text.is_empty()) {
        let number = values::number(&text).filter(|number| *number >= 0.0 && number.fract() == 0.0);
        filled += 1;
        heads += usize::from(number.is_some());
        any |= number.is_some_and(|number| number > 0.0);
    }
    any && heads * 10 >= filled * 9
}

/// Whether the numbers of nearly every row add up to its total, which several columns may give.
pub(super) fn adds_up(grid: &Grid, block: &Block, end: u32, columns: (&[u16], &[u16])) -> bool {
    let (filled, right) = adding_up(grid, block, end, columns);
    filled > 1 && right * 10 >= filled * 9
}

/// In how many rows a total stands, and in how many of them its parts add up to it.
fn adding_up(grid: &Grid, block: &Block, end: u32, (parts, totals): (&[u16], &[u16])) -> (usize, usize) {
    let number = |row: u32, column: u16| values::number(&text_of(grid.own(row, column)?));
    let rows = grid.rows_between(block.header_bottom.saturating_add(1), end).iter();
    let (mut filled, mut right) = (0_usize, 0_usize);
    for row in rows.take(LOOKED_AT).map(|row| row.number) {
        let written = totals.iter().filter_map(|total| number(row, *total));
        let Some(written) = written.reduce(|sum, number| sum + number) else {
            continue;
        };
        let sum: f64 = parts.iter().filter_map(|part| number(row, *part)).sum();
        filled += 1;
        right += usize::from((written - sum).abs() < 0.5 && written > 0.0);
    }
    (filled, right)
}
