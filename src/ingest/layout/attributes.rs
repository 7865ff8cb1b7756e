//! Columns that tell the sex of people under a heading that does not say so, or not that alone: "Female" over "yes" and
//! "no", "Sex/Age", "m/w", a title of "Mr" and "Ms".

use super::{Column, PERSON, named};
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::sexes;
use crate::ingest::vocabulary::{self, Role, Vocabulary};
use crate::project::model::Source;

/// Filled cells looked at, and rows.
const LOOKED_AT: usize = 50;
const ROWS: usize = 200;

/// What words before a name may have been taken for by their heading.
const TITLES: &[Role] = &[Role::Event, Role::Topic, Role::Position, Role::Group, Role::Status];

/// Roles of a heading that names one sex or the age.
const OF_ONE_SEX: &[Role] = &[
    Role::CountFemale,
    Role::CountMale,
    Role::CountWomen,
    Role::CountMen,
    Role::CountGirls,
    Role::CountBoys,
];

/// What a column tells of the sex.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// The sex, or nothing where another column tells it.
    Sex,
    /// Nothing of the kind.
    Nothing,
}

/// Takes columns for those of the sex by heading and cells together; where one tells it already, such columns are no
/// head-counts and no titles of sessions.
pub(super) fn tell(
    grid: &Grid,
    (bottom, end): (u32, u32),
    (source, vocabulary): (&Source, &Vocabulary),
    known: &mut Vec<Column>,
    open: &mut Vec<Column>,
) {
    let people = |column: &Column| column.role.is_some_and(|role| PERSON.contains(&role));
    if !known.iter().any(people) {
        return;
    }
    let cells = |column: &Column| -> Vec<String> {
        let rows = grid.rows_between(bottom.saturating_add(1), end).iter().take(ROWS);
        let texts = rows.filter_map(|row| grid.own(row.number, column.index).map(text_of));
        let texts = texts.filter(|text| !text.is_empty() && !vocabulary.is_missing(text));
        texts.take(LOOKED_AT).collect()
    };
    let mut told = known.iter().any(|column| column.role == Some(Role::Sex));
    let all = std::mem::take(known).into_iter().chain(std::mem::take(open));
    let mut all: Vec<Column> = all.collect();
    all.sort_by_key(|column| column.index);
    for mut column in all {
        let by_words = named(source, column.index, &column.header).is_none();
        if by_words && tells(&column, || cells(&column), vocabulary) == Tells::Sex {
            column.role = (!told).then_some(Role::Sex);
            column.key = column
                .role
                .map_or_else(|| vocabulary::normalise(&column.header), |role| role.key().to_owned());
            told = true;
        }
        let defined = named(source, column.index, &column.header).is_some();
        if column.role.is_some() || defined {
            known.push(column);
        } else {
            open.push(column);
        }
    }
}

fn tells(column: &Column, cells: impl Fn() -> Vec<String>, vocabulary: &Vocabulary) -> Tells {
    let heading = column.header.as_str();
    let role = column.role;
    let all = |is: &dyn Fn(&str) -> bool| {
        let cells = cells();
        !cells.is_empty() && cells.iter().all(|text| is(text))
    };
    let most = |is: &dyn Fn(&str) -> bool| {
        let cells = cells();
        !cells.is_empty() && cells.iter().filter(|text| is(text)).count() * 2 > cells.len()
    };
    let both = matches!(role, None | Some(Role::Age)) && names_both(heading, vocabulary);
    if both && most(&|text| sexes::is_with_age(text, vocabulary)) {
        return Tells::Sex;
    }
    if role.is_none() && sexes::is_pair(heading, vocabulary) && most(&|text| sexes::may_be_one(text, vocabulary)) {
        return Tells::Sex;
    }
    let asks = role.is_none_or(|role| OF_ONE_SEX.contains(&role)) && sexes::asked(heading, vocabulary).is_some();
    // A tick or a number under "Female" may be a count.
    let answer = |text: &str| text.chars().all(char::is_alphabetic) && vocabulary.yes_no(text).is_some();
    if asks && all(&answer) && all(&|text| text.chars().count() > 1) {
        return Tells::Sex;
    }
    let titled = role.is_none_or(|role| TITLES.contains(&role));
    if titled && all(&|text| vocabulary.salutation(text).is_some()) {
        return Tells::Sex;
    }
    Tells::Nothing
}

/// Whether a heading names the sex and the age.
fn names_both(heading: &str, vocabulary: &Vocabulary) -> bool {
    let parts = heading
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    let roles: Vec<Option<Role>> = parts.map(|part| vocabulary.header(part).first().copied()).collect();
    roles.contains(&Some(Role::Sex)) && roles.contains(&Some(Role::Age))
}
