//! What reading the rows of a block knows before it begins, and what it remembers from row to row.

use ustr::Ustr;

use super::person::{ADDRESS, SexRead};
use crate::ingest::lately::Lately;
use crate::ingest::layout::{Block, Column};
use crate::ingest::values::{self, RawValue};
use crate::ingest::vocabulary::Role;

/// Texts of a column that are remembered.
const TEXTS: usize = 1024;
/// Values of a column that are remembered.
const VALUES: usize = 256;

/// What the texts met lately were read as, by column.
#[derive(Default)]
pub(super) struct Met<'t> {
    texts: Vec<Lately<'t, Option<Ustr>>>,
    values: Vec<Lately<'t, Option<RawValue>>>,
    /// Room for the values of a row while they are read.
    pub(super) found: Vec<(usize, RawValue)>,
    /// Codes of sexes.
    pub(super) sexes: Option<Lately<'t, SexRead>>,
}

impl<'t> Met<'t> {
    /// What the texts of a column say.
    pub(super) fn texts(&mut self, column: u16) -> &mut Lately<'t, Option<Ustr>> {
        of_column(&mut self.texts, column, TEXTS)
    }

    /// The values of a column's texts.
    pub(super) fn values(&mut self, column: u16) -> &mut Lately<'t, Option<RawValue>> {
        of_column(&mut self.values, column, VALUES)
    }
}

fn of_column<'l, 't, V>(columns: &'l mut Vec<Lately<'t, V>>, column: u16, size: usize) -> &'l mut Lately<'t, V> {
    let at = usize::from(column);
    if columns.len() <= at {
        columns.resize_with(at + 1, || Lately::new(size));
    }
    &mut columns[at]
}

/// Where what stands in the rows of a block.
pub(super) struct Places<'a> {
    /// The first column of each role.
    columns: Vec<Option<u16>>,
    /// Columns that name the person of a row, the better first.
    pub(super) people: Vec<u16>,
    /// Columns of the day of a row.
    pub(super) day: Option<u16>,
    /// Columns of telephones: of two either may be blank.
    pub(super) phones: Vec<u16>,
    pub(super) emails: Vec<u16>,
    /// Columns of parts of an address.
    pub(super) address: Vec<&'a Column>,
    /// The sex, where it is ticked in columns of its own.
    pub(super) ticked_sex: Option<&'a Column>,
    /// The age, where it is ticked so.
    pub(super) ticked_age: Option<&'a Column>,
    /// Columns whose values are fields, with their indices.
    pub(super) fields: Vec<(usize, &'a Column)>,
    /// Whether rows are forms.
    pub(super) of_forms: bool,
}

impl<'a> Places<'a> {
    pub(super) fn of(block: &'a Block) -> Self {
        let all = |role: Role| {
            let columns = block.columns.iter().filter(|column| column.role == Some(role));
            columns.map(|column| column.index).collect()
        };
        let is_address = |column: &&Column| column.role.is_some_and(|role| ADDRESS.contains(&role));
        let ticked = |role: Role| {
            let mut columns = block.columns.iter();
            columns.find(|column| column.role == Some(role) && values::is_ticked(column))
        };
        let fields = block.columns.iter().enumerate();
        let people = block.person_roles().iter();
        Self {
            columns: Role::ALL.iter().map(|role| block.column(*role)).collect(),
            people: people.filter_map(|role| block.column(*role)).collect(),
            day: block.day_role().and_then(|role| block.column(role)),
            phones: all(Role::Phone),
            emails: all(Role::Email),
            address: block.columns.iter().filter(is_address).collect(),
            ticked_sex: ticked(Role::Sex),
            ticked_age: ticked(Role::AgeGroup),
            fields: fields
                .filter(|(_, column)| column.role.is_none_or(values::is_field))
                .collect(),
            of_forms: block.is_of_forms(),
        }
    }

    /// The first column with a role.
    pub(super) fn column(&self, role: Role) -> Option<u16> {
        self.columns.get(role as usize).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_stand_in_the_order_of_their_list() {
        for (at, role) in Role::ALL.iter().enumerate() {
            assert_eq!(*role as usize, at);
        }
    }
}
