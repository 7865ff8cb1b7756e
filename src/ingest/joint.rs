//! Several people in one name cell ("Anna and Peter Novak", "Коваль О. + Коваль І."): each is a row of her own.
//!
//! Which words name people is known where people are recognised; here a row is copied for each further one. What the row
//! says of one person (age, sex, telephone, code) is the first one's; home and household are everybody's.

use ustr::Ustr;

use super::findings::Kind;
use super::layout::Block;
use super::noted::Noted;
use super::reading::Table;
use super::rows::{RawIdentity, RawRow};
use super::values::OF_RESPONDENT;
use crate::names::several::several;
use crate::project::model::Layout;

/// Gives each further person of a name cell a row, and notes how many there are.
pub(crate) fn part(table: &mut Table) {
    let of_people = [Layout::List, Layout::Register].contains(&table.block.layout);
    let may_hold = |row: &RawRow| row.person.full_name.is_some_and(|name| joins(&name));
    if !of_people || !table.rows.iter().any(may_hold) {
        return;
    }
    let mut first = None;
    let (mut cells, mut people) = (0_usize, 0_usize);
    let mut rows = Vec::with_capacity(table.rows.len() + 1);
    for mut row in std::mem::take(&mut table.rows) {
        let names = names(&row);
        let Some((own, others)) = names.split_first() else {
            rows.push(row);
            continue;
        };
        first = first.or(Some((row.number, row.column)));
        cells += 1;
        people += names.len();
        row.person.full_name = Some(Ustr::from(own));
        let further: Vec<RawRow> = others.iter().map(|name| beside(&table.block, &row, name)).collect();
        rows.push(row);
        rows.extend(further);
    }
    table.rows = rows;
    if let Some((row, column)) = first {
        let noted = Noted::at(Kind::SeveralNames, row, column);
        table.noted.push(noted.with("count", cells).with("people", people));
    }
}

/// Whether a cell could hold several people: several words with something between them.
fn joins(name: &str) -> bool {
    name.split_whitespace().nth(2).is_some() || name.contains(['\n', '\r', '+', '&', ';', ','])
}

/// The names of a row's people; none where there is one, or where columns of their own hold the parts of a name.
fn names(row: &RawRow) -> Vec<String> {
    let person = &row.person;
    let whole = person
        .full_name
        .filter(|_| person.surname.is_none() && person.given_name.is_none());
    whole
        .filter(|name| joins(name))
        .map(|name| several(&name))
        .unwrap_or_default()
}

/// The row of a further person.
fn beside(block: &Block, row: &RawRow, name: &str) -> RawRow {
    let of_one = |at: usize| {
        let role = block.columns[at].role;
        role.is_some_and(|role| OF_RESPONDENT.contains(&role))
    };
    RawRow {
        apart: row.column,
        person: RawIdentity {
            full_name: Some(Ustr::from(name)),
            settlement: row.person.settlement,
            address: row.person.address,
            postcode: row.person.postcode,
            household: row.person.household,
            ..RawIdentity::default()
        },
        values: row.values.iter().filter(|(at, _)| !of_one(*at)).cloned().collect(),
        issues: Vec::new(),
        ..row.clone()
    }
}
