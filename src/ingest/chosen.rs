//! Sessions attended, by their names or numbers: a form asks at which sessions somebody was, and each answer chooses
//! several of them.
//!
//! Such a table is a register. The day on which somebody filled in the form is that of none of its sessions; where
//! nothing tells their days, that is asked for, and nobody is counted.

use std::collections::BTreeMap;

use super::axis::{self, SessionColumn};
use super::fields;
use super::findings::Kind;
use super::layout::PERSON;
use super::marks::Mark;
use super::noted::Noted;
use super::reading::Table;
use super::rows::RawRow;
use super::values::RawValue;
use super::vocabulary::Role;
use super::when::DateContext;
use crate::project::model::{Layout, Source};

/// Most sessions of a cycle.
const MOST: usize = 100;

/// Makes sessions of those that the cells of a column choose, and notes it.
pub(crate) fn sessions(source: &Source, context: &DateContext, table: &mut Table) {
    let told_otherwise = source.layout.is_some() || source.session.is_some() || source.contact_when.is_some();
    let block = &table.block;
    let listed = block.layout == Layout::List && block.has(PERSON);
    if told_otherwise || !listed || block.has(&[Role::AttendedFlag]) {
        return;
    }
    let mut columns = block.columns.iter();
    let Some(at) = columns.position(|column| column.role == Some(Role::SessionsAttended)) else {
        return;
    };
    let column = &block.columns[at];
    let (index, ticked) = (column.index, !column.answers.is_empty());
    let chosen: Vec<Vec<String>> = table.rows.iter().map(|row| chosen(row, at)).collect();
    let several = chosen.iter().any(|codes| codes.len() > 1);
    let names = in_order(&chosen);
    // One day is that of one session, and none of several.
    let asked = several || ticked && !block.has(&[Role::SessionDate]);
    if !asked || names.is_empty() || names.len() > MOST {
        return;
    }
    let row = block.header_bottom;
    let mut columns: Vec<SessionColumn> = names
        .iter()
        .map(|name| SessionColumn {
            column: index,
            row,
            date: Err(name.clone()),
            incomplete: true,
            joined: false,
        })
        .collect();
    axis::days_by_number(&mut columns, &table.block.heading, context);
    table.noted.extend(axis::days_by_plan(&mut columns, context));
    let undated = columns.iter().filter(|column| column.date.is_err()).count();
    if undated > 0 {
        let noted = Noted::at(Kind::SessionsUndated, row, Some(index));
        table
            .noted
            .push(noted.with("sessions", undated).with("rows", table.rows.len()));
    }
    mark(table, &chosen, &names);
    table.block.layout = Layout::Register;
    table.block.sessions = columns;
}

/// The sessions that a row chooses.
fn chosen(row: &RawRow, at: usize) -> Vec<String> {
    let value = row.values.iter().find(|(index, _)| *index == at);
    match value.map(|(_, value)| value) {
        Some(RawValue::Set(codes)) => codes.iter().map(|code| code.as_str().to_owned()).collect(),
        Some(RawValue::Code(text) | RawValue::Text(text)) => vec![text.as_str().to_owned()],
        Some(RawValue::Number(_) | RawValue::Date(_) | RawValue::YesNo(_)) | None => Vec::new(),
    }
}

/// All that are chosen, by their numbers.
fn in_order(chosen: &[Vec<String>]) -> Vec<String> {
    let mut names: Vec<&String> = chosen.iter().flatten().collect();
    names.sort_by(|a, b| {
        let number = |text: &str| fields::first_number(text).unwrap_or(f64::MAX);
        number(a).total_cmp(&number(b)).then_with(|| a.cmp(b))
    });
    names.dedup();
    names.into_iter().cloned().collect()
}

fn mark(table: &mut Table, chosen: &[Vec<String>], names: &[String]) {
    let places: BTreeMap<&String, usize> = names.iter().zip(0..).collect();
    let mut present = vec![0; names.len()];
    for (row, codes) in table.rows.iter_mut().zip(chosen) {
        let indices = codes.iter().filter_map(|code| places.get(code));
        row.marks = indices.map(|index| (*index, Mark::Present)).collect();
        for (index, _) in &row.marks {
            present[*index] += 1;
        }
    }
    table.present = present;
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source};

    #[test]
    fn sessions_chosen_in_a_form_are_not_of_the_day_it_was_filled_in() {
        for text in [
            "start|Full name|Sessions attended|Sessions attended/s1|Sessions attended/s2|_id\n\
             2026-03-20T10:00:00.000+02:00|Mary Smith|s1 s2|1|1|1\n2026-03-20T10:10:00.000+02:00|John Brown|s2|0|1|2",
            "Timestamp|Full name|Sessions attended\n2026-03-20 10:00:00|Mary Smith|Session 1, Session 3\n\
             2026-03-20 10:20:00|John Brown|Session 2",
        ] {
            let records = records(vec![sheet(text)], &source());
            assert_eq!(records.contacts.len(), 0, "{text}");
            assert!(kinds(&records).contains(&Kind::SessionsUndated), "{text}");
        }
    }

    #[test]
    fn days_above_the_answers_are_those_of_the_sessions() {
        let text = "Course: 05.02.2026, 12.02.2026\nNo|Full name|Sessions attended\n1|Mary Smith|1, 2\n2|John Brown|2";
        let records = records(vec![sheet(text)], &source());
        assert_eq!((records.contacts.len(), records.sessions.len()), (3, 2));
    }
}
