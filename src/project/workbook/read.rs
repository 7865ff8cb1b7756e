//! Sheets → the text of the same definitions in TOML, every part of it with its cell.

use super::open::Sheet;
use super::place::CellId;
use super::plan::{self, LISTS, PROJECT, Rows, SheetPlan, TARGETS, loose_keys, name_column};
use super::table::{Accepted, Heading, Table, plain, table};
use super::targets::Targets;
use super::text::{Sheets, Text};
use super::toml_text::key_text;
use super::value::{Written, value};
use crate::message::message;
use crate::project::shape::{Need, Section, Shape};
use crate::project::suggest::nearest;

use super::form::{Form, form};

/// Heading of the keys and of the values on a sheet of keys.
pub(super) const KEY_COLUMNS: [&str; 2] = ["key", "value"];
/// Column of values on a sheet of names and values.
pub(super) const VALUE: &str = "value";

/// The definitions that sheets hold; `path` is what messages call the workbook.
pub(super) fn read(sheets: &[Sheet], path: &str) -> Sheets {
    let mut text = Text::default();
    check_names(sheets, &mut text);
    let plans = plan::sheets();
    if let Some(sheet) = find(sheets, PROJECT) {
        loose(sheet, &mut text);
    }
    let targets = find(sheets, TARGETS).map(|sheet| Targets::read(sheet, &mut text));
    let mut targets = targets.unwrap_or_default();
    for plan in &plans {
        match find(sheets, &plan.name) {
            Some(sheet) => one_sheet(sheet, plan, &mut targets, &mut text),
            None if plan.key.need == Need::Required => {
                let cell = text.missing_sheet(&plan.name);
                let help = message!("take it from a new workbook: tallyframe init DIR --workbook");
                text.wrong(
                    cell,
                    message!("the workbook has no sheet `{name}`", name = plan.name),
                    Some(help),
                );
            }
            None => {}
        }
    }
    targets.note_unknown(&mut text);
    text.finish(path)
}

fn find<'s>(sheets: &'s [Sheet], name: &str) -> Option<&'s Sheet> {
    sheets.iter().find(|sheet| plain(&sheet.name) == plain(name))
}

/// A sheet whose name is nearly one of ours would be passed over in silence; others are the author's own.
fn check_names(sheets: &[Sheet], text: &mut Text) {
    let plans = plan::sheets();
    let names: Vec<&str> = plans
        .iter()
        .map(|plan| plan.name.as_str())
        .chain([TARGETS, LISTS])
        .collect();
    for sheet in sheets {
        let known = names.iter().any(|name| plain(name) == plain(&sheet.name));
        let near = nearest(&sheet.name, names.iter().copied());
        if let Some(near) = near.filter(|near| !known && find(sheets, near).is_none()) {
            let cell = text.cell(sheet, 0, 0);
            let help = message!(
                "name it `{near}`; sheets of your own are not read, under any other name",
                near
            );
            text.wrong(cell, message!("a sheet named `{name}`", name = sheet.name), Some(help));
        }
    }
}

fn one_sheet(sheet: &Sheet, plan: &SheetPlan, targets: &mut Targets, text: &mut Text) {
    let found = match plan.rows {
        Rows::Keys(section) => keys(sheet, plan, section, text),
        Rows::Items(section) => items(sheet, plan, section, targets, text),
        Rows::Named(section) => named(sheet, plan, section, text),
        Rows::Values(shape) => values(sheet, plan, shape, text),
    };
    if !found && plan.key.need == Need::Required {
        let cell = text.cell(sheet, 0, 0);
        let what = match plan.rows {
            Rows::Keys(_) => "value",
            Rows::Items(_) | Rows::Named(_) | Rows::Values(_) => "row",
        };
        let help = message!("a heading row stands above; rows whose first cell begins with # are not read");
        text.wrong(
            cell,
            message!("the sheet `{name}` holds no {what}", name = plan.name, what),
            Some(help),
        );
    }
}

/// A sheet of keys, its headings read: the columns `key`, `value` and `value (en)`.
fn key_table<'s>(sheet: &'s Sheet, text: &mut Text) -> Table<'s, 'static> {
    let accepted = KEY_COLUMNS.map(|name| Accepted {
        name,
        localized: name == VALUE,
    });
    table(sheet, &accepted, text)
}

/// Keys of `project.toml` itself that stand on the sheet `project`; in TOML they come before every table.
fn loose(sheet: &Sheet, text: &mut Text) {
    let table = key_table(sheet, &mut Text::default());
    for row in table.rows() {
        let key = table.text(row, KEY_COLUMNS[0]).unwrap_or_default();
        if let Some(known) = loose_keys().find(|known| plain(known.name) == plain(&key)) {
            let cell = table.place(row, KEY_COLUMNS[0], text);
            row_values(&table, row, (known.name, cell), &known.shape, text);
        }
    }
}

fn keys(sheet: &Sheet, plan: &SheetPlan, section: &Section, text: &mut Text) -> bool {
    let table = key_table(sheet, text);
    let heading = text.cell(sheet, 0, 0);
    let mut seen: Vec<String> = Vec::new();
    for row in table.rows() {
        let Some(key) = table.text(row, KEY_COLUMNS[0]) else {
            continue;
        };
        let filled = table
            .headings
            .iter()
            .any(|heading| heading.name == VALUE && table.under(row, heading).is_some());
        let is_loose = plan.name == PROJECT && loose_keys().any(|known| plain(known.name) == plain(&key));
        if !filled || is_loose {
            continue;
        }
        if seen.is_empty() {
            text.push(&format!("[{}]\n", plan.key.name), heading);
        }
        let cell = table.place(row, KEY_COLUMNS[0], text);
        let known = section.keys.iter().find(|known| plain(known.name) == plain(&key));
        let name = known.map_or(key.as_str(), |known| known.name).to_owned();
        if seen.contains(&name) {
            text.wrong(
                cell,
                message!("`{word}` is written twice", word = name),
                Some(message!("keep one of the two")),
            );
            continue;
        }
        row_values(
            &table,
            row,
            (&name, cell),
            known.map_or(&Shape::Text, |known| &known.shape),
            text,
        );
        seen.push(name);
    }
    !seen.is_empty()
}

/// The value of a key: the cell under `value`, or one text for each language.
fn row_values(table: &Table<'_, '_>, row: u32, (key, key_cell): (&str, CellId), shape: &Shape, text: &mut Text) {
    let headings: Vec<&Heading<'_>> = table.headings.iter().filter(|heading| heading.name == VALUE).collect();
    put(
        table,
        row,
        &headings,
        (key, Some(key_cell)),
        (shape, &mut unchanged),
        text,
    );
}

/// What another sheet has to add to the value of a key.
type Change<'c> = &'c mut dyn FnMut(&str, Written, &mut Text) -> Written;

fn unchanged(_: &str, written: Written, _: &mut Text) -> Written {
    written
}

/// Writes what stands under the headings of one key.
fn put(
    table: &Table<'_, '_>,
    row: u32,
    headings: &[&Heading<'_>],
    (key, key_cell): (&str, Option<CellId>),
    (shape, more): (&Shape, Change<'_>),
    text: &mut Text,
) {
    let mut plain_one = false;
    for heading in headings {
        let Some(found) = table.under(row, heading) else {
            continue;
        };
        let cell = text.cell(table.sheet, row, heading.column);
        let name = match heading.language {
            None => key_text(key),
            Some(_) if plain_one => {
                let help = message!("leave the column without a language blank");
                text.wrong(
                    cell,
                    message!("`{key}` stands both with a language and without", key),
                    Some(help),
                );
                continue;
            }
            Some(_) if !matches!(form(shape), Form::Words) => {
                let help = message!("write it under `{name}`", name = heading.name);
                text.wrong(
                    cell,
                    message!("`{key}` is not written in several languages", key),
                    Some(help),
                );
                continue;
            }
            Some(language) => format!("{}.{language}", key_text(key)),
        };
        plain_one |= heading.language.is_none();
        match value(found, shape) {
            Ok(written) => {
                let written = more(key, written, text);
                text.line(&name, key_cell.unwrap_or(heading.cell), &written, cell);
            }
            Err(wrong) => text.broken(cell, wrong),
        }
    }
}

fn accepted(section: &Section) -> Vec<Accepted<'static>> {
    let keys = section.keys.iter().map(|key| Accepted {
        name: key.name,
        localized: matches!(form(&key.shape), Form::Words),
    });
    keys.collect()
}

/// The keys of one row.
fn row_keys(table: &Table<'_, '_>, row: u32, section: &Section, more: Change<'_>, text: &mut Text) {
    for key in section.keys {
        // The column without a language is looked at first, so that it is the other one that is refused.
        let mut headings: Vec<&Heading<'_>> = table
            .headings
            .iter()
            .filter(|heading| heading.name == key.name)
            .collect();
        headings.sort_by_key(|heading| heading.language.is_some());
        put(table, row, &headings, (key.name, None), (&key.shape, more), text);
    }
}

/// The first cell of a row under any heading; none for a row that holds nothing of ours.
fn first_cell(table: &Table<'_, '_>, row: u32, text: &mut Text) -> Option<CellId> {
    let filled = table
        .headings
        .iter()
        .find(|heading| table.under(row, heading).is_some())?;
    Some(text.cell(table.sheet, row, filled.column))
}

fn items(sheet: &Sheet, plan: &SheetPlan, section: &Section, targets: &mut Targets, text: &mut Text) -> bool {
    let table = table(sheet, &accepted(section), text);
    let mut found = false;
    for row in table.rows() {
        let Some(cell) = first_cell(&table, row, text) else {
            continue;
        };
        text.push(&format!("[[{}]]\n", plan.key.name), cell);
        if plan.key.name == plan::INDICATOR {
            let code = table.text(row, "code").unwrap_or_default();
            let filled = |key: &str| table.text(row, key).is_some();
            let mut more = |key: &str, written, text: &mut Text| targets.add(&code, key, written, text);
            row_keys(&table, row, section, &mut more, text);
            targets.write(&code, filled, text);
        } else {
            row_keys(&table, row, section, &mut unchanged, text);
        }
        found = true;
    }
    found
}

/// The name of a row on a sheet of named items, each name once.
fn name(
    table: &Table<'_, '_>,
    row: u32,
    column: &str,
    seen: &mut Vec<String>,
    text: &mut Text,
) -> Option<(String, CellId)> {
    let cell = table.place(row, column, text);
    let Some(name) = table.text(row, column) else {
        first_cell(table, row, text)?;
        let help = message!("fill in the column `{column}`", column);
        text.wrong(cell, message!("a row without a name"), Some(help));
        return None;
    };
    if seen.contains(&name) {
        let help = message!("give it another name, or put the two together");
        text.wrong(cell, message!("a second row `{name}`", name), Some(help));
        return None;
    }
    seen.push(name.clone());
    Some((name, cell))
}

fn named(sheet: &Sheet, plan: &SheetPlan, section: &Section, text: &mut Text) -> bool {
    let column = name_column(section);
    let mut all = accepted(section);
    all.push(Accepted {
        name: column,
        localized: false,
    });
    let table = table(sheet, &all, text);
    let mut seen = Vec::new();
    for row in table.rows() {
        if let Some((name, cell)) = name(&table, row, column, &mut seen, text) {
            text.push(&format!("[{}.{}]\n", plan.key.name, key_text(&name)), cell);
            row_keys(&table, row, section, &mut unchanged, text);
        }
    }
    !seen.is_empty()
}

fn values(sheet: &Sheet, plan: &SheetPlan, shape: &Shape, text: &mut Text) -> bool {
    let accepted = ["name", VALUE].map(|name| Accepted {
        name,
        localized: name == VALUE && matches!(form(shape), Form::Words),
    });
    let table = table(sheet, &accepted, text);
    let heading = text.cell(sheet, 0, 0);
    let mut seen = Vec::new();
    for row in table.rows() {
        if let Some((name, cell)) = name(&table, row, "name", &mut seen, text) {
            if seen.len() == 1 {
                text.push(&format!("[{}]\n", plan.key.name), heading);
            }
            row_values(&table, row, (&name, cell), shape, text);
        }
    }
    !seen.is_empty()
}
