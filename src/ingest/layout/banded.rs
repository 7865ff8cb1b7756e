//! Head-counts under headings that name ages and no sex: further heads beside columns by age and sex, or all of them.
//!
//! Where no other column counts those ages, the heads belong to the count. Where one may, that is a question.

use super::columns::named;
use super::counted::{adds_up, holds_heads, is_part, take};
use super::crossed::{ADULT, Ages, ages, apart, between};
use super::{Block, Column, PERSON};
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::noted::Noted;
use crate::ingest::vocabulary::{self, Role, Vocabulary};
use crate::project::model::Source;

/// From which age to which a column counts; `None` where its heading does not tell.
type Span = Option<(u32, u32)>;

/// Takes the columns of ages alone for heads, in a log without a total of its own.
pub(super) fn counts(grid: &Grid, block: &mut Block, end: u32, (source, vocabulary): (&Source, &Vocabulary)) {
    let totalled = block.has(&[Role::CountTotal]);
    if block.has(PERSON) || totalled || block.day_role().is_none() || block.is_of_forms() {
        return;
    }
    let rows = (block.header_bottom, end);
    let bands: Vec<(u16, Ages)> = block
        .columns
        .iter()
        .filter(|column| is_band(column, source) && holds_heads(grid, rows, column.index))
        .filter_map(|column| Some((column.index, ages(&column.header)?)))
        .collect();
    let parts: Vec<&Column> = block.columns.iter().filter(|column| is_part(column)).collect();
    let alone = parts.is_empty();
    if bands.is_empty() || (alone && (bands.len() < 2 || block.has(&[Role::DerivedTotal]))) {
        return;
    }
    let of_parts: Vec<Option<Ages>> = parts.iter().map(|column| ages(&column.header)).collect();
    let parts: Vec<u16> = parts.iter().map(|column| column.index).collect();
    let (spans, of_parts) = spans(&bands, &of_parts);
    if each_once(&spans, &of_parts) {
        for ((index, _), span) in bands.iter().zip(spans) {
            let children = span.is_some_and(|(_, to)| to < ADULT);
            own_field(block, *index);
            take(
                block,
                *index,
                if children {
                    Role::CountChildren
                } else {
                    Role::CountOther
                },
            );
        }
        return;
    }
    let bands: Vec<u16> = bands.into_iter().map(|(index, _)| index).collect();
    // The ages count once more whom the sexes count.
    if !alone && !adds_up(grid, block, end, (&bands, &parts)) && !whole_by_sex(block, vocabulary) {
        ask(block, &bands);
    }
}

/// Whether a heading is nothing but ages.
fn is_band(column: &Column, source: &Source) -> bool {
    let bare = || !column.header.contains(char::is_alphabetic);
    let by_words = named(source, column.index, &column.header).is_none();
    by_words && (column.role == Some(Role::AgeGroup) || (column.role.is_none() && bare()))
}

/// The ages of the columns of ages, and of the others.
fn spans(bands: &[(u16, Ages)], parts: &[Option<Ages>]) -> (Vec<Span>, Vec<Span>) {
    let mut all: Vec<Ages> = Vec::new();
    for one in bands.iter().map(|(_, ages)| ages).chain(parts.iter().flatten()) {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
    let of_bands = bands.iter().map(|(_, one)| between(one, &all)).collect();
    let span = |one: &Option<Ages>| between(one.as_ref()?, &all);
    (of_bands, parts.iter().map(span).collect())
}

/// Whether no age of a column of ages is counted by another column.
fn each_once(bands: &[Span], parts: &[Span]) -> bool {
    (0..bands.len()).all(|at| {
        let others = bands[at + 1..].iter().chain(parts);
        let mut others = others.map(|other| bands[at].zip(*other).is_some_and(|(one, other)| apart(one, other)));
        bands[at].is_some() && others.all(|free| free)
    })
}

/// Whether women, men and the children of both sexes are counted: that is everybody.
fn whole_by_sex(block: &Block, vocabulary: &Vocabulary) -> bool {
    let children = block.has(&[Role::CountGirls]) && block.has(&[Role::CountBoys]);
    let adult = |role: Role| {
        let mut columns = block.columns.iter();
        columns.any(|column| column.role.is_some() && vocabulary.header(&column.header).contains(&role))
    };
    children && adult(Role::CountWomen) && adult(Role::CountMen)
}

/// Of several columns each keeps a field of its own: a number of heads is no age.
fn own_field(block: &mut Block, index: u16) {
    if let Some(column) = block.columns.iter_mut().find(|column| column.index == index) {
        column.key = vocabulary::normalise(&column.header);
    }
}

/// Asks whether the columns count further heads, or say something of those counted.
fn ask(block: &mut Block, bands: &[u16]) {
    let bottom = block.header_bottom;
    let meanings = format!("{}, {}", Role::CountOther.key(), Role::AgeGroup.key());
    for column in block.columns.iter().filter(|column| bands.contains(&column.index)) {
        let noted = Noted::at(Kind::HeadingUnclear, bottom, Some(column.index));
        let noted = noted.with("heading", &column.header).with("meanings", &meanings);
        block.noted.push(noted.with("taken", Role::AgeGroup.key()));
    }
}
