//! The columns under a header: what each is taken for, by the definition, by its words, or by its neighbours.

use indexmap::IndexMap;

use super::{Block, COUNTS, Column, NAME_PARTS, PERSON, crossed, tags};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::noted::Noted;
use crate::ingest::told;
use crate::ingest::values::PERSONAL;
use crate::ingest::vocabulary::{self, Role, Vocabulary};
use crate::project::model::Source;

/// Headings that only a form export has.
const OF_EXPORTS: &[Role] = &[
    Role::FormIndex,
    Role::FormParent,
    Role::FormRoot,
    Role::FormInstance,
    Role::FormSubmitted,
];

/// Headings of a form export that mean other things elsewhere ("start", "end").
const OF_FORMS: &[Role] = &[
    Role::FormParentTable,
    Role::FormStatus,
    Role::FormStart,
    Role::FormDay,
    Role::FormDevice,
    Role::FormMeta,
];

/// Headings of officers' decisions, which share words with those of other tables.
const OF_DECISIONS: &[Role] = &[
    Role::DecisionDate,
    Role::DecisionBy,
    Role::DecisionReason,
    Role::DecisionName,
];

/// The key that a definition gives to a column, by header text or by column letters.
pub(crate) fn named<'s>(source: &'s Source, column: u16, header: &str) -> Option<&'s str> {
    let header = vocabulary::normalise(header);
    let letters = crate::ingest::records::column_letters(column);
    source
        .columns
        .iter()
        .find(|(name, _)| **name == letters || vocabulary::normalise(name) == header)
        .map(|(_, key)| key.as_str())
}

/// Columns that a definition names and no table has.
pub(crate) fn missing_columns(source: &Source, blocks: &[Block]) -> Vec<String> {
    let has = |name: &str, key: &str| {
        let columns = blocks.iter().flat_map(|block| &block.columns);
        let mut columns = columns.filter(|column| column.key == key);
        columns.any(|column| named(source, column.index, &column.header).is_some() || column.header.contains(name))
    };
    source
        .columns
        .iter()
        .filter(|(name, key)| !has(name, key))
        .map(|(name, _)| name.clone())
        .collect()
}

/// The columns under a header: those that a definition or the vocabulary knows, and the others.
pub(super) fn under(
    grid: &Grid,
    source: &Source,
    vocabulary: &Vocabulary,
    (top, bottom): (u32, u32),
) -> (Vec<Column>, Vec<Column>, Vec<Noted>) {
    let mut filled: Vec<u16> = (top..=bottom)
        .flat_map(|row| grid.cells(row).map(|(column, _)| column))
        .collect();
    filled.sort_unstable();
    filled.dedup();
    let headers: Vec<(u16, String)> = filled.iter().map(|index| (*index, grid.text(bottom, *index))).collect();
    let questions = questions(&headers, vocabulary);
    let (mut known, mut open) = (Vec::new(), Vec::new());
    for index in filled {
        if questions.values().flatten().any(|(answer, _)| *answer == index) && !questions.contains_key(&index) {
            continue;
        }
        let mut parts: Vec<String> = (top..=bottom)
            .map(|row| grid.text(row, index))
            .filter(|text| !text.is_empty())
            .collect();
        parts.dedup();
        let spanning = (top < bottom).then(|| above(grid, top, index));
        let mut column = column(source, vocabulary, index, (&parts, spanning.as_deref()), &known);
        if named(source, index, &column.header).is_none() && ends_in_date(grid, (top, bottom), index) {
            // Words over a date name the group of columns, not this one.
            column.role = None;
        }
        if let Some(answers) = questions.get(&index) {
            column.answers.clone_from(answers);
            if answers.iter().any(|(at, _)| *at == index) {
                (column.header, column.key, column.role) = question(source, vocabulary, index, &column.header);
            }
        }
        if column.role.is_some() || named(source, index, &column.header).is_some() {
            known.push(column);
        } else {
            open.push(column);
        }
    }
    only_of_forms(source, vocabulary, &mut known, &mut open);
    birth_in_parts(source, vocabulary, &mut known);
    if top < bottom {
        repeated_counts(grid, bottom, source, &mut known, &mut open);
    }
    tags::tell(grid, bottom, &mut known, &mut open);
    banded_counts(source, vocabulary, &mut known, &mut open);
    crossed::counts(grid, (top, bottom), (source, vocabulary), &mut known, &mut open);
    let slips = known
        .iter()
        .filter(|column| is_slip(column, source, vocabulary))
        .filter_map(|column| {
            let noted = Noted::at(Kind::HeadingMisspelt, bottom, Some(column.index));
            let heading = told::before_rows(grid, column, bottom, vocabulary);
            Some(noted.with("heading", heading).with("field", column.role?.key()))
        })
        .collect();
    (known, open, slips)
}

/// Whether the words of a heading are nearly, but not quite, those of what it was taken for.
fn is_slip(column: &Column, source: &Source, vocabulary: &Vocabulary) -> bool {
    let by_words = named(source, column.index, &column.header).is_none();
    by_words && !vocabulary.is_spelt_header(&column.header) && !vocabulary.header(&column.header).is_empty()
}

/// Women of one age and women of another are headed by the same word under their ages: one of them is not the count.
fn repeated_counts(grid: &Grid, bottom: u32, source: &Source, known: &mut Vec<Column>, open: &mut Vec<Column>) {
    let lowest = |column: &Column| vocabulary::normalise(&grid.text(bottom, column.index));
    let texts: Vec<String> = known.iter().chain(open.iter()).map(lowest).collect();
    let again = |text: &str| !text.is_empty() && texts.iter().filter(|other| *other == text).count() > 1;
    let (repeated, kept): (Vec<Column>, Vec<Column>) = std::mem::take(known).into_iter().partition(|column| {
        let counts = column
            .role
            .is_some_and(|role| role == Role::Sex || COUNTS.contains(&role));
        counts && named(source, column.index, &column.header).is_none() && again(&lowest(column))
    });
    *known = kept;
    for mut column in repeated {
        column.role = None;
        column.key = vocabulary::normalise(&column.header);
        open.push(column);
    }
    open.sort_by_key(|column| column.index);
}

/// Head-counts whose headings end in an age ("Girls 0-17", "Men 18+"): each is told by its words where one column
/// alone has them.
fn banded_counts(source: &Source, vocabulary: &Vocabulary, known: &mut Vec<Column>, open: &mut Vec<Column>) {
    let meant = |column: &Column| {
        let words = column
            .header
            .trim_end_matches(|c: char| !c.is_alphabetic())
            .trim_end_matches(['(', ' ']);
        let by_words = named(source, column.index, &column.header).is_none() && words.len() < column.header.len();
        let roles = vocabulary.header(words);
        let role = roles.first().copied().filter(|role| COUNTS.contains(role));
        role.filter(|role| by_words && *role != Role::CountTotal)
    };
    let roles: Vec<Option<Role>> = open.iter().map(meant).collect();
    let taken: Vec<Role> = known.iter().filter_map(|column| column.role).collect();
    let mut others = Vec::new();
    for (mut column, role) in std::mem::take(open).into_iter().zip(&roles) {
        let alone =
            |role: &Role| !taken.contains(role) && roles.iter().filter(|other| **other == Some(*role)).count() == 1;
        match role.filter(alone) {
            Some(role) => {
                column.role = Some(role);
                role.key().clone_into(&mut column.key);
                known.push(column);
            }
            None => others.push(column),
        }
    }
    *open = others;
    known.sort_by_key(|column| column.index);
}

/// Beside a month of birth, "day of birth" is a part of the date and not the whole of it.
fn birth_in_parts(source: &Source, vocabulary: &Vocabulary, known: &mut [Column]) {
    if !known.iter().any(|column| column.role == Some(Role::BirthMonth)) {
        return;
    }
    for column in known.iter_mut().filter(|column| column.role == Some(Role::BirthDate)) {
        let by_words = named(source, column.index, &column.header).is_none();
        if by_words && vocabulary.header(&column.header).contains(&Role::BirthDay) {
            column.role = Some(Role::BirthDay);
            Role::BirthDay.key().clone_into(&mut column.key);
        }
    }
}

/// Whether the lowest header cell of a column is a date or a day's number.
fn ends_in_date(grid: &Grid, (top, bottom): (u32, u32), column: u16) -> bool {
    let lowest = (top..=bottom).rev().find_map(|row| grid.own(row, column));
    lowest.is_some_and(|cell| match dates::read(cell, None) {
        DateReading::Day(_)
        | DateReading::DayMonth { .. }
        | DateReading::DayOnly(_)
        | DateReading::Ambiguous { .. }
        | DateReading::Impossible(_) => true,
        DateReading::Month { .. } | DateReading::Year(_) | DateReading::None => false,
    })
}

/// The heading of a column in a row of headings, or that of the columns from the left up to it, where it has none.
pub(super) fn above(grid: &Grid, row: u32, column: u16) -> String {
    let mut heading = (0..=column).rev().map(|column| grid.text(row, column));
    heading.find(|text| !text.is_empty()).unwrap_or_default()
}

/// The parts of a name that a heading means when it is read from below: "First" under "Name" is the first name.
pub(super) fn from_below(own: &str, above: &str, vocabulary: &Vocabulary) -> Vec<Role> {
    let whole = format!("{own} {above}");
    if own == above || vocabulary.is_spelt_header(own) || !vocabulary.is_spelt_header(&whole) {
        return Vec::new();
    }
    let mut roles = vocabulary.header(&whole);
    roles.retain(|role| NAME_PARTS.contains(role));
    roles
}

/// What a heading means by the one above it.
fn beneath(own: &str, above: &str, vocabulary: &Vocabulary) -> Vec<Role> {
    let mut roles = from_below(own, above, vocabulary);
    roles.splice(0..0, planned_or_actual(own, above, vocabulary));
    roles
}

/// What a heading means beneath that of heads: those expected are nobody's heads, those who came are.
fn planned_or_actual(own: &str, above: &str, vocabulary: &Vocabulary) -> Option<Role> {
    if own == above || vocabulary.header(above).first() != Some(&Role::CountTotal) {
        return None;
    }
    if vocabulary.heads_actual(own) {
        return Some(Role::CountTotal);
    }
    vocabulary.heads_planned(own).then_some(Role::DerivedTotal)
}

/// What a column is: by the definition, by its words, else a field of its own name.
///
/// `parts` are what stands over it in one row of headings after another; `spanning` what the first says of it.
fn column(
    source: &Source,
    vocabulary: &Vocabulary,
    index: u16,
    (parts, spanning): (&[String], Option<&str>),
    before: &[Column],
) -> Column {
    let header = parts.join(" ");
    let named = parts
        .iter()
        .chain([&header])
        .find_map(|text| named(source, index, text));
    let taken = |role: &Role| *role != Role::FormMeta && before.iter().any(|column| column.role == Some(*role));
    let role = named.map_or_else(
        || by_words((parts, &header, spanning), taken, vocabulary),
        Role::from_key,
    );
    let key = match (named, role) {
        (Some(key), _) => key.to_owned(),
        // A further address is a field beside the first.
        (None, Some(Role::Address)) if taken(&Role::Address) => vocabulary::normalise(&header),
        (None, Some(role)) => role.key().to_owned(),
        (None, None) => vocabulary::normalise(&header),
    };
    Column {
        index,
        header,
        key,
        role,
        answers: Vec::new(),
        coded: false,
        by_content: false,
    }
}

/// What the words of a heading mean; `taken` tells the roles that columns before it have.
fn by_words(
    (parts, header, spanning): (&[String], &str, Option<&str>),
    taken: impl Fn(&Role) -> bool,
    vocabulary: &Vocabulary,
) -> Option<Role> {
    let texts = parts.iter().rev().map(String::as_str).chain([header]);
    // "Participants" over several columns names nobody in the last of them because the others count.
    let spans = |text: &str| parts.len() > 1 && parts.last().is_none_or(|last| last != text) && text != header;
    let roles = |text: &str| {
        let mut roles = vocabulary.header(text);
        let first = roles.first().copied();
        roles.retain(|role| !spans(text) || !PERSON.contains(role) || Some(*role) == first);
        roles
    };
    let mut meant: Vec<Role> = texts.flat_map(roles).collect();
    if let (Some(own), Some(spanning)) = (parts.last(), spanning) {
        meant.splice(0..0, beneath(own, spanning, vocabulary));
    }
    // "Name 1" and "Name 2" are two records in a table of decisions, and two people anywhere else.
    if meant.iter().all(|role| OF_DECISIONS.contains(role)) {
        let unnumbered = header.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '_');
        meant.extend(
            vocabulary
                .header(unnumbered)
                .into_iter()
                .filter(|role| PERSONAL.contains(role)),
        );
    }
    // A second name, phone or address is personal, too.
    let again = |role: &Role| PERSONAL.contains(role) || *role == Role::Address;
    let personal = meant.first().copied().filter(again);
    let mut free = meant.iter().copied().filter(|role| !taken(role));
    // A date in a table of people is no date of a decision.
    let of_table = free.clone().find(|role| !OF_DECISIONS.contains(role));
    of_table.or_else(|| free.next()).or(personal)
}

/// Questions with several answers: the column of the question, and its answers' columns with their codes.
///
/// `services/legal` belongs to `services` where that column is there; where it is not, several such columns are the
/// question together, in the place of the first.
fn questions(headers: &[(u16, String)], vocabulary: &Vocabulary) -> IndexMap<u16, Vec<(u16, String)>> {
    let mut by_path: IndexMap<&str, Vec<(u16, String)>> = IndexMap::new();
    for (column, header) in headers {
        if let Some((path, code)) = header.rsplit_once('/')
            && !code.trim().is_empty()
        {
            by_path.entry(path).or_default().push((*column, code.trim().to_owned()));
        }
    }
    let mut questions = IndexMap::new();
    for (path, answers) in by_path.into_iter().filter(|(_, answers)| answers.len() > 1) {
        let joined = headers
            .iter()
            .find(|(_, header)| header == path)
            .map(|(column, _)| *column);
        let meant = vocabulary.header(path);
        let several = || meant.iter().any(|role| matches!(role, Role::Category | Role::Service));
        if let Some(column) = joined.or_else(|| several().then(|| answers[0].0)) {
            questions.insert(column, answers);
        }
    }
    questions
}

/// Header, key and role of a question that has no column of its own, from the path of its first answer.
fn question(source: &Source, vocabulary: &Vocabulary, index: u16, header: &str) -> (String, String, Option<Role>) {
    let path = header.rsplit_once('/').map_or(header, |(path, _)| path);
    let column = column(source, vocabulary, index, (&[path.to_owned()], None), &[]);
    (column.header, column.key, column.role)
}

/// The date of a registry is that of registration.
pub(super) fn dated_by_registration(columns: &mut [Column], source: &Source) {
    if columns.iter().any(|column| column.role == Some(Role::RegistrationDate)) {
        return;
    }
    let dated = columns.iter_mut().find(|column| column.role == Some(Role::SessionDate));
    if let Some(column) = dated.filter(|column| named(source, column.index, &column.header).is_none()) {
        column.role = Some(Role::RegistrationDate);
        Role::RegistrationDate.key().clone_into(&mut column.key);
    }
}

/// Words such as "start" and "end" are those of a form export only beside headings that no other table has.
fn only_of_forms(source: &Source, vocabulary: &Vocabulary, known: &mut Vec<Column>, open: &mut Vec<Column>) {
    let of = |column: &Column, roles: &[Role]| column.role.is_some_and(|role| roles.contains(&role));
    // A server's own columns begin with an underscore.
    let validated = |column: &Column| of(column, &[Role::FormStatus]) && column.header.starts_with('_');
    if known.iter().any(|column| of(column, OF_EXPORTS) || validated(column)) {
        for column in known.iter_mut() {
            column.coded = of(column, &[Role::Category, Role::Service]);
            let meant = vocabulary.header(&column.header);
            let of_form = meant.into_iter().find(|role| OF_FORMS.contains(role));
            if let Some(role) = of_form.filter(|_| named(source, column.index, &column.header).is_none()) {
                column.role = Some(role);
                role.key().clone_into(&mut column.key);
            }
        }
        return;
    }
    let (others, kept) = std::mem::take(known)
        .into_iter()
        .partition(|column| of(column, OF_FORMS));
    *known = kept;
    for mut column in others {
        column.role = None;
        column.key = vocabulary::normalise(&column.header);
        open.push(column);
    }
    open.sort_by_key(|column| column.index);
}
