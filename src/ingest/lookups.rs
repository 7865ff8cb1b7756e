//! Tables that say more about the values of a field: read once, joined by the value's one form.

use std::collections::{BTreeMap, HashMap};

use super::fields::{Meant, Spellings};
use super::files::sheet_named;
use super::findings::Kind;
use super::grid::{Grid, text_of};
use super::records::{Fate, FieldId, FieldValue, FileId, Finding, Place, Records};
use super::table::{Cell, Sheet, Workbook};
use super::vocabulary::{self, Vocabulary};
use crate::project::model::Lookup;

/// What a table says about one value: field it gives → value.
type Said = BTreeMap<String, Given>;

/// A value of a look-up table before its texts are interned.
#[derive(Debug, Clone, PartialEq)]
enum Given {
    Text(String),
    Number(f64),
    YesNo(bool),
}

/// The rows of a look-up's tables, by key as written.
#[derive(Debug, Default)]
pub(crate) struct LookupTable {
    rows: Vec<(String, Said)>,
}

impl LookupTable {
    /// Keys as written.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &String> {
        self.rows.iter().map(|(key, _)| key)
    }

    /// Adds the tables of a workbook; `false` where no sheet has the look-up's columns.
    pub(crate) fn add(&mut self, lookup: &Lookup, workbook: &Workbook, vocabulary: &Vocabulary) -> bool {
        let mut any = false;
        for sheet in &workbook.sheets {
            let wanted = if lookup.sheets.is_empty() {
                !sheet.hidden
            } else {
                sheet_named(&lookup.sheets, &sheet.name)
            };
            any |= wanted && self.add_sheet(lookup, sheet, vocabulary);
        }
        any
    }

    fn add_sheet(&mut self, lookup: &Lookup, sheet: &Sheet, vocabulary: &Vocabulary) -> bool {
        let grid = Grid::new(sheet);
        let mut columns: Option<(u16, Vec<(&String, u16)>)> = None;
        for row in grid.rows().iter().map(|row| row.number) {
            let Some((key, gives)) = &columns else {
                columns = header(&grid, row, lookup);
                continue;
            };
            let written = grid.text(row, *key);
            if written.is_empty() || vocabulary.is_totals(&written) {
                continue;
            }
            let said = gives
                .iter()
                .filter_map(|(field, column)| Some(((*field).clone(), given(grid.cell(row, *column)?, vocabulary)?)));
            self.rows.push((written, said.collect()));
        }
        columns.is_some()
    }
}

/// The columns of a header row that has all the headers of a look-up.
fn header<'l>(grid: &Grid, row: u32, lookup: &'l Lookup) -> Option<(u16, Vec<(&'l String, u16)>)> {
    let column = |header: &str| {
        let wanted = vocabulary::normalise(header);
        let mut cells = grid.cells(row);
        cells
            .find(|(_, cell)| vocabulary::normalise(&text_of(cell)) == wanted)
            .map(|(column, _)| column)
    };
    let gives: Option<Vec<_>> = lookup
        .gives
        .iter()
        .map(|(field, header)| Some((field, column(header)?)))
        .collect();
    Some((column(&lookup.key)?, gives?))
}

fn given(cell: &Cell, vocabulary: &Vocabulary) -> Option<Given> {
    let text = text_of(cell);
    match cell {
        Cell::Number(number) => Some(Given::Number(*number)),
        Cell::Bool(answer) => Some(Given::YesNo(*answer)),
        Cell::Error(_) | Cell::FormulaWithoutResult(_) => None,
        Cell::Text(_) | Cell::DateTime { .. } if text.is_empty() => None,
        Cell::Text(_) | Cell::DateTime { .. } => {
            let answer = vocabulary.yes_no(&text).map(Given::YesNo);
            Some(answer.unwrap_or(Given::Text(text)))
        }
    }
}

/// Gives every row that has a value of the look-up's field what the table says about it.
///
/// A value that the table does not have is a finding, once.
pub(crate) fn apply(lookup: &Lookup, table: &LookupTable, spellings: Option<&Spellings>, records: &mut Records) {
    let Some(field) = records.field(&lookup.field) else {
        return;
    };
    let key = |written: &str| match spellings.and_then(|spellings| spellings.meant(written)) {
        Some(Meant::Value(value)) => vocabulary::normalise(value),
        Some(Meant::Number(number)) => number.to_string(),
        None => vocabulary::normalise(written),
    };
    let said: HashMap<String, &Said> = table
        .rows
        .iter()
        .rev()
        .map(|(written, said)| (key(written), said))
        .collect();
    let fields: BTreeMap<&String, FieldId> = lookup
        .gives
        .iter()
        .map(|(field, header)| (field, records.add_field(field, header)))
        .collect();
    let mut more = BTreeMap::new();
    let mut missing: BTreeMap<String, Place> = BTreeMap::new();
    for (index, row) in records.rows.iter().enumerate() {
        for value in values(records, index.into(), field) {
            match said.get(&vocabulary::normalise(&value)) {
                Some(said) => {
                    let given: &mut Vec<(FieldId, Given)> = more.entry(index).or_default();
                    given.extend(said.iter().map(|(field, value)| (fields[field], value.clone())));
                }
                None if row.fate == Fate::Counted => {
                    missing.entry(value).or_insert(row.place);
                }
                None => {}
            }
        }
    }
    give(more, records);
    let findings = missing.into_iter().map(|(value, place)| Finding {
        kind: Kind::LookupMissing,
        place: Some(place),
        others: Vec::new(),
        args: BTreeMap::from([("value", value), ("field", lookup.field.clone())]),
    });
    records.findings.extend(findings);
}

/// Gives rows the values that the table has for them.
fn give(more: BTreeMap<usize, Vec<(FieldId, Given)>>, records: &mut Records) {
    let mut values = BTreeMap::new();
    for (row, given) in more {
        let interned = given.into_iter().map(|(field, value)| {
            let value = match value {
                Given::Text(text) => FieldValue::Code(records.texts.intern(&text)),
                Given::Number(number) => FieldValue::Number(number),
                Given::YesNo(answer) => FieldValue::YesNo(answer),
            };
            (field, value)
        });
        values.insert(row.into(), interned.collect());
    }
    records.add_values(&values);
}

/// The values of a row's field as words.
fn values(records: &Records, row: super::records::RowId, field: FieldId) -> Vec<String> {
    let mut words = Vec::new();
    for (_, value) in records.values_of(row).iter().filter(|(at, _)| *at == field) {
        match value {
            FieldValue::Text(text) | FieldValue::Code(text) => words.push(records.text(*text).to_owned()),
            FieldValue::Set(texts) => words.extend(texts.iter().map(|text| records.text(*text).to_owned())),
            FieldValue::Number(number) => words.push(number.to_string()),
            FieldValue::Date(_) | FieldValue::YesNo(_) => {}
        }
    }
    words
}

/// Notes that a look-up's files have no table with its columns.
pub(crate) fn not_found(lookup: &Lookup, file: FileId, records: &mut Records) {
    let defined = format!("{}:{}", lookup.at.file, lookup.at.line);
    records.findings.push(Finding {
        kind: Kind::MissingColumn,
        place: Some(Place::whole_sheet(file, 0)),
        others: Vec::new(),
        args: BTreeMap::from([("column", lookup.key.clone()), ("source", defined)]),
    });
}

#[cfg(test)]
mod tests;
