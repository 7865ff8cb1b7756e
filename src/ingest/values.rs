//! A cell under a column → the value of a field.

use chrono::{Datelike as _, NaiveDate};
use ustr::Ustr;

use super::grid::{Grid, shown, trim};
use super::layout::Column;
use super::table::Cell;
use super::vocabulary::{self, MarkMeaning, Role, Vocabulary};
use crate::project::model::Source;

/// A value of one cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RawValue {
    /// Text as written, trimmed.
    Text(Ustr),
    /// A code that a vocabulary or a definition gave.
    Code(Ustr),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    YesNo(bool),
    /// Several, sorted.
    Set(Box<[Ustr]>),
}

/// Roles that name a person: kept in the identity alone, so that no definition can print them.
pub(crate) const PERSONAL: &[Role] = &[
    Role::FullName,
    Role::Surname,
    Role::GivenName,
    Role::MiddleName,
    Role::Patronymic,
    Role::Phone,
    Role::Email,
    Role::IdDocument,
    Role::Street,
    Role::HouseNumber,
];

/// Roles that describe the session rather than the person.
pub(crate) const OF_SESSION: &[Role] = &[
    Role::SessionDate,
    Role::Event,
    Role::Topic,
    Role::Group,
    Role::Place,
    Role::Facilitator,
    Role::EventNumber,
];

/// Fields that belong to the person who fills in the form, and to no other member.
pub(crate) const OF_RESPONDENT: &[Role] = &[
    Role::BirthDate,
    Role::BirthYear,
    Role::Age,
    Role::AgeGroup,
    Role::Sex,
    Role::ClientCode,
    Role::Relation,
    Role::Position,
    Role::Organisation,
    Role::Experience,
    Role::Score,
    Role::ScoreBefore,
    Role::ScoreAfter,
    Role::Consent,
    Role::Disability,
    Role::NewOrRepeat,
    Role::Service,
    Role::Notes,
];

/// Roles whose values are days.
pub(crate) const DAYS: &[Role] = &[
    Role::RegistrationDate,
    Role::CheckIn,
    Role::CheckOut,
    Role::CaseOpened,
    Role::CaseClosed,
];

/// Roles that neither describe a person nor what was done.
const NO_FIELD: &[Role] = &[
    Role::RowNo,
    Role::Signature,
    Role::FormIndex,
    Role::FormParent,
    Role::FormParentTable,
    Role::FormRoot,
    Role::FormInstance,
    Role::FormSubmitted,
    Role::FormStatus,
    Role::FormStart,
    Role::FormDay,
    Role::FormDevice,
    Role::FormMeta,
];

/// Whether the values of a column with this role are fields of the row.
pub(crate) fn is_field(role: Role) -> bool {
    !PERSONAL.contains(&role) && !OF_SESSION.contains(&role) && !NO_FIELD.contains(&role)
}

/// Reads the value of one cell, `None` where nothing is said.
pub(crate) fn read(column: &Column, cell: &Cell, source: &Source, vocabulary: &Vocabulary) -> Option<RawValue> {
    let text = shown(cell);
    if text.is_empty() || matches!(cell, Cell::Error(_)) {
        return None;
    }
    if let Some(code) = renamed(source, &column.key, &text) {
        return Some(RawValue::Code(Ustr::from(code)));
    }
    match column.role {
        Some(Role::Category | Role::Service | Role::SessionsAttended) => set(source, &column.key, &text, vocabulary),
        Some(Role::Idp | Role::Disability | Role::Consent | Role::SignedList) => {
            yes_no(column, cell, &text, vocabulary)
        }
        Some(Role::AttendedFlag) => yes_no(column, cell, &text, vocabulary).or(Some(RawValue::Text(Ustr::from(&text)))),
        // A dash in any other column says nothing.
        _ if vocabulary.is_missing(&text) => None,
        // A word that nobody knows is no sex of its own.
        Some(Role::Sex) => match vocabulary.sex(&text) {
            Some(sex) => Some(RawValue::Code(Ustr::from(sex.key()))),
            None => vocabulary.is_sexless(&text).then(|| RawValue::Text(Ustr::from(&text))),
        },
        Some(Role::Settlement) => Some(RawValue::Text(Ustr::from(&vocabulary.strip_settlement(&text)))),
        Some(Role::ClientCode | Role::BirthDate | Role::BirthYear | Role::Postcode | Role::Organisation) => {
            Some(RawValue::Text(Ustr::from(&text)))
        }
        Some(Role::SessionTime) => Some(time(cell, &text)),
        _ => Some(plain(cell, &text)),
    }
}

/// When a session was held: a time of day as text, since a field holds days only.
fn time(cell: &Cell, text: &str) -> RawValue {
    match cell {
        Cell::DateTime { at, .. } if at.year() < 1900 => RawValue::Text(Ustr::from(&at.format("%H:%M").to_string())),
        Cell::Text(_) => RawValue::Text(Ustr::from(text)),
        _ => plain(cell, text),
    }
}

fn plain(cell: &Cell, text: &str) -> RawValue {
    match cell {
        Cell::Number(number) => RawValue::Number(*number),
        Cell::DateTime { at, .. } => RawValue::Date(at.date()),
        Cell::Bool(value) => RawValue::YesNo(*value),
        Cell::Text(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => {
            number(text).map_or_else(|| RawValue::Text(Ustr::from(text)), RawValue::Number)
        }
    }
}

/// A number written as text: blanks between thousands, decimal comma; not one that begins with a needless 0.
pub(crate) fn number(text: &str) -> Option<f64> {
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\''))
        .collect();
    let digits = digits.replace(',', ".");
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    if plain && !leading_zero {
        digits.parse().ok()
    } else {
        None
    }
}

/// What the definition says a written value means.
pub(crate) fn renamed<'s>(source: &'s Source, key: &str, text: &str) -> Option<&'s str> {
    let words = source.values.get(key)?;
    let text = vocabulary::normalise(text);
    words
        .iter()
        .find(|(written, _)| vocabulary::normalise(written) == text)
        .map(|(_, meant)| meant.as_str())
}

fn yes_no(column: &Column, cell: &Cell, text: &str, vocabulary: &Vocabulary) -> Option<RawValue> {
    if let Cell::Bool(value) = cell {
        return Some(RawValue::YesNo(*value));
    }
    if let Some(answer) = vocabulary.yes_no(text) {
        return Some(RawValue::YesNo(answer));
    }
    // A column that asks for one category may be answered with the name of this or of another one.
    vocabulary
        .category(text)
        .map(|category| RawValue::YesNo(column.role.is_some_and(|role| role.key() == category)))
}

/// Whether a text is made of codes as forms define them (`legal_advice day_care`).
pub(crate) fn is_codes(text: &str) -> bool {
    text.split_whitespace().all(|code| {
        code.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    })
}

/// The answers to a question that allows several: the codes in its own cell and the ticked columns of single answers.
pub(crate) fn answers(
    grid: &Grid,
    row: u32,
    column: &Column,
    source: &Source,
    vocabulary: &Vocabulary,
) -> Option<RawValue> {
    let own_column = !column.answers.iter().any(|(at, _)| *at == column.index);
    let joined = if own_column {
        grid.text(row, column.index)
    } else {
        String::new()
    };
    let ticked = column.answers.iter().filter(|(at, _)| {
        let text = grid.text(row, *at);
        vocabulary.yes_no(&text) == Some(true)
    });
    let mut codes: Vec<String> = joined
        .split_whitespace()
        .chain(ticked.map(|(_, code)| code.as_str()))
        .filter(|code| !vocabulary.is_missing(code))
        .map(|code| {
            let known = renamed(source, &column.key, code).or_else(|| vocabulary.whole_category(code));
            known.map_or_else(|| vocabulary::normalise(code), str::to_owned)
        })
        .collect();
    codes.sort();
    codes.dedup();
    (!codes.is_empty()).then(|| RawValue::Set(codes.iter().map(|code| Ustr::from(code)).collect()))
}

/// Whether a cell is ticked: it says something that is no "no".
pub(crate) fn is_tick(text: &str, vocabulary: &Vocabulary) -> bool {
    let no =
        || text == "0" || vocabulary.yes_no(text) == Some(false) || vocabulary.mark(text) == Some(MarkMeaning::Absent);
    !text.is_empty() && !vocabulary.is_missing(text) && !no()
}

/// Whether a column is told by one tick among several columns.
pub(crate) fn is_ticked(column: &Column) -> bool {
    matches!(column.role, Some(Role::Sex | Role::AgeGroup)) && column.answers.iter().any(|(at, _)| *at == column.index)
}

/// What the one ticked column of several says; nothing where none is ticked, or more than one.
pub(crate) fn ticked<'c>(grid: &Grid, row: u32, column: &'c Column, vocabulary: &Vocabulary) -> Option<&'c str> {
    let mut said = column
        .answers
        .iter()
        .filter(|(at, _)| is_tick(&grid.text(row, *at), vocabulary));
    let (_, code) = said.next()?;
    said.next().is_none().then_some(code)
}

fn set(source: &Source, key: &str, text: &str, vocabulary: &Vocabulary) -> Option<RawValue> {
    let mut codes: Vec<String> = text
        .split([',', ';', '\n', '|', '/'])
        .map(trim)
        .filter(|item| !item.is_empty() && !vocabulary.is_missing(item))
        .map(|item| {
            let known = renamed(source, key, item).or_else(|| vocabulary.category(item));
            known.map_or_else(|| vocabulary::normalise(item), str::to_owned)
        })
        .collect();
    codes.sort();
    codes.dedup();
    (!codes.is_empty()).then(|| RawValue::Set(codes.iter().map(|code| Ustr::from(code)).collect()))
}

#[cfg(test)]
mod tests;
