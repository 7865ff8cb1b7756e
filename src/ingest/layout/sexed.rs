//! Head-counts by sex under headings that no column of people would have: single letters, "of whom women", the words of
//! those who are neither women nor men; and numbers beside head-counts that nobody could tell, which is said.

use super::columns::named;
use super::counted::{holds_heads, is_part, take};
use super::{Block, COUNTS, Column, PERSON};
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::noted::Noted;
use crate::ingest::told;
use crate::ingest::vocabulary::{self, Role, Sex, Vocabulary};
use crate::project::model::Source;

/// Women, girls and boys by their first letters, which mean so together.
const LETTERS: [(&str, Role); 3] = [("w", Role::CountWomen), ("g", Role::CountGirls), ("b", Role::CountBoys)];

/// In a table of days a heading of people over nothing but numbers names nobody: it counts them.
pub(super) fn numbers_name_nobody(
    grid: &Grid,
    rows: (u32, u32),
    (source, vocabulary): (&Source, &Vocabulary),
    known: &mut [Column],
) {
    let dated = known.iter().any(|column| column.role == Some(Role::SessionDate));
    let mut naming = known
        .iter_mut()
        .filter(|column| column.role.is_some_and(|role| PERSON.contains(&role)));
    let (Some(column), None) = (naming.next(), naming.next()) else {
        return;
    };
    let by_words = named(source, column.index, &column.header).is_none();
    let people = column.role == Some(Role::FullName) && vocabulary.counts_people(&column.header);
    if dated && by_words && people && holds_heads(grid, rows, column.index) {
        column.role = Some(Role::CountTotal);
        Role::CountTotal.key().clone_into(&mut column.key);
        column.by_content = true;
    }
}

/// Takes the columns whose words tell a sex, or none, for heads beside those that are known.
pub(super) fn counts(grid: &Grid, block: &mut Block, end: u32, (source, vocabulary): (&Source, &Vocabulary)) {
    if !is_log(block) {
        return;
    }
    let rows = (block.header_bottom, end);
    let open: Vec<(u16, String)> = block
        .columns
        .iter()
        .filter(|column| column.role.is_none() && named(source, column.index, &column.header).is_none())
        .filter(|column| holds_heads(grid, rows, column.index))
        .map(|column| (column.index, vocabulary::normalise(&column.header)))
        .collect();
    let mut people = open.iter().filter(|(_, heading)| vocabulary.heads_people(heading));
    if let (Some((total, _)), None) = (people.next(), people.next())
        && !block.has(&[Role::CountTotal, Role::DerivedTotal])
    {
        take(block, *total, Role::CountTotal);
    }
    let has = |letter: &str| open.iter().any(|(_, heading)| heading == letter);
    let of_children = has("g") && has("b");
    for (index, heading) in &open {
        let letter = LETTERS.iter().find(|(letter, _)| of_children && heading == letter);
        let role = letter
            .map(|(_, role)| *role)
            .or_else(|| vocabulary.sex(vocabulary.without_of_whom(heading)).map(of_sex));
        let free = role.filter(|role| !(block.has(&[*role]) || letter.is_none() && counts_sex(block, *role)));
        if let Some(role) = free {
            take(block, *index, role);
            own_key(block, *index, role);
        }
    }
    let both = counts_sex(block, Role::CountFemale) && counts_sex(block, Role::CountMale);
    let neither = open
        .iter()
        .filter(|(_, heading)| both && vocabulary.is_other_sex(heading));
    for (index, _) in neither {
        take(block, *index, Role::CountOther);
    }
}

/// Tells of numbers right beside the parts of head-counts that no total holds together: they may be heads, too.
pub(super) fn left_out(grid: &Grid, block: &mut Block, end: u32, vocabulary: &Vocabulary) {
    if !is_log(block) || block.has(&[Role::CountTotal, Role::DerivedTotal]) {
        return;
    }
    let rows = (block.header_bottom, end);
    let heads: Vec<u16> = block
        .columns
        .iter()
        .filter(|column| is_part(column))
        .map(|column| column.index)
        .collect();
    let beside = |column: &&Column| heads.iter().any(|head| head.abs_diff(column.index) == 1);
    let left = block.columns.iter().filter(|column| column.role.is_none());
    let left: Vec<Noted> = left
        .filter(beside)
        .filter(|column| holds_heads(grid, rows, column.index))
        .map(|column| {
            let noted = Noted::at(Kind::HeadsLeftOut, block.header_bottom, Some(column.index));
            noted.with(
                "heading",
                told::before_rows(grid, column, block.header_bottom, vocabulary),
            )
        })
        .collect();
    block.noted.extend(left);
}

/// Whether a table counts heads and names nobody.
fn is_log(block: &Block) -> bool {
    !block.has(PERSON) && block.has(COUNTS) && !block.is_of_forms()
}

fn of_sex(sex: Sex) -> Role {
    match sex {
        Sex::Female => Role::CountFemale,
        Sex::Male => Role::CountMale,
    }
}

/// Whether columns count the sex that a role counts.
fn counts_sex(block: &Block, role: Role) -> bool {
    block.has(match role {
        Role::CountFemale => &[Role::CountFemale, Role::CountWomen, Role::CountGirls],
        _ => &[Role::CountMale, Role::CountMen, Role::CountBoys],
    })
}

/// A column that alone counts what its role says has the field of the role.
fn own_key(block: &mut Block, index: u16, role: Role) {
    if let Some(column) = block.columns.iter_mut().find(|column| column.index == index) {
        role.key().clone_into(&mut column.key);
    }
}
