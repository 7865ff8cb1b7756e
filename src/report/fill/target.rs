//! Where in the template an entry of the map points.

use std::collections::BTreeMap;
use std::ops::Range;

use super::address::{self, Area, Spot};
use super::map::{At, Entry, Target};
use super::mistake::{Mistake, choices, mistake};
use super::package::{Book, DefinedName};
use super::sheet::{FormulaKind, SheetPart};
use crate::message::{Message, message};

/// A cell of the template.
#[derive(Debug)]
pub(super) struct Placed {
    /// Index of the sheet.
    pub(super) sheet: usize,
    pub(super) spot: Spot,
    /// What to say where it is part of a merged area.
    pub(super) merged: Option<Message>,
    /// Whether it holds a formula that is to go.
    pub(super) formula: bool,
}

type Sheets<'a> = BTreeMap<usize, SheetPart<'a>>;

/// The cell that an entry means, or why it can't be written.
pub(super) fn place(book: &Book, sheets: &Sheets<'_>, entry: &Entry) -> Result<Placed, Mistake> {
    let (sheet, area, span) = match &entry.target {
        Target::Cell { sheet, cell } => {
            let index = sheet_of(book, sheet)?;
            let area = address::area(&cell.value).filter(|area| area.to.0 - area.from.0 < 100_000);
            let area = area.ok_or_else(|| {
                let message = message!("\"{value}\" is no cell", value = cell.value);
                mistake(
                    &cell.span,
                    message,
                    message!("write it as in \"F12\"; the last one is XFD1048576"),
                )
            })?;
            (index, area, &cell.span)
        }
        Target::Name { sheet, name } => {
            let (index, area) = named(book, sheet.as_ref(), name)?;
            (index, area, &name.span)
        }
    };
    let part = sheets.get(&sheet).filter(|part| part.data.is_some()).ok_or_else(|| {
        let message = message!(
            "«{name}» holds no cells: it is a chart or a macro sheet",
            name = book.sheets[sheet].name
        );
        mistake(span, message, None)
    })?;
    let (spot, merged) = one_cell(part, area, span)?;
    let formula = formula(part, spot, entry, span)?;
    Ok(Placed {
        sheet,
        spot,
        merged,
        formula,
    })
}

fn sheet_of(book: &Book, wanted: &At<String>) -> Result<usize, Mistake> {
    let names = || book.sheets.iter().map(|sheet| sheet.name.as_str());
    // Excel takes two names that differ in case alone for one.
    let same = |name: &str| name.to_lowercase() == wanted.value.to_lowercase();
    let found = names()
        .position(|name| name == wanted.value)
        .or_else(|| names().position(same));
    found.ok_or_else(|| {
        let message = message!("the template has no sheet \"{value}\"", value = wanted.value);
        mistake(&wanted.span, message, choices(&wanted.value, names()))
    })
}

fn named(book: &Book, sheet: Option<&At<String>>, name: &At<String>) -> Result<(usize, Area), Mistake> {
    let own = sheet.map(|sheet| sheet_of(book, sheet)).transpose()?;
    let same = |there: &&DefinedName| there.name.to_lowercase() == name.value.to_lowercase();
    let all: Vec<&DefinedName> = book.names.iter().filter(same).collect();
    let found = match own {
        Some(sheet) => all
            .iter()
            .find(|there| there.sheet == Some(sheet))
            .or(all.iter().find(|there| there.sheet.is_none())),
        None => all.iter().find(|there| there.sheet.is_none()).or(all.first()),
    };
    let found = found.ok_or_else(|| {
        let there = book
            .names
            .iter()
            .map(|there| there.name.as_str())
            .filter(|there| !there.starts_with("_xlnm."));
        let message = message!("the template has no defined name \"{value}\"", value = name.value);
        mistake(&name.span, message, choices(&name.value, there))
    })?;
    reference(book, &found.refers_to).ok_or_else(|| {
        let message = message!(
            "the name \"{value}\" stands for {refers_to}, which is no cell",
            value = name.value,
            refers_to = found.refers_to
        );
        mistake(
            &name.span,
            message,
            message!("name the cell itself with sheet and cell"),
        )
    })
}

/// The sheet and area of a reference such as `'My sheet'!$F$12`.
fn reference(book: &Book, text: &str) -> Option<(usize, Area)> {
    let (sheet, area) = text.trim().trim_start_matches('=').rsplit_once('!')?;
    let quoted = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
    let sheet = quoted.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'"));
    let index = book
        .sheets
        .iter()
        .position(|there| there.name.to_lowercase() == sheet.to_lowercase())?;
    Some((index, address::area(area)?))
}

/// The one cell that an area stands for.
fn one_cell(part: &SheetPart<'_>, area: Area, span: &Range<usize>) -> Result<(Spot, Option<Message>), Mistake> {
    let merged = part.merged(area.from);
    match merged {
        Some(whole) if whole.holds(area.to) => {
            let moved = area.from != whole.from;
            let note = moved.then(|| {
                message!(
                    "{shown} is part of the merged area {area}; its first cell was written",
                    shown = area.shown(),
                    area = whole.shown()
                )
            });
            Ok((whole.from, note))
        }
        _ if area.from == area.to => Ok((area.from, None)),
        _ => {
            let message = message!("{shown} are several cells", shown = area.shown());
            Err(mistake(
                span,
                message,
                message!("a figure goes into one cell, or into one merged area"),
            ))
        }
    }
}

/// Whether the cell holds a formula that may go; one that may not is a mistake.
fn formula(part: &SheetPart<'_>, spot: Spot, entry: &Entry, span: &Range<usize>) -> Result<bool, Mistake> {
    let shown = address::shown(spot);
    let formula = part.cell(spot).and_then(|cell| cell.formula.as_ref());
    let array = part.arrays.iter().find(|area| area.holds(spot));
    if let Some(area) = array {
        let message = message!(
            "{shown} is filled by one formula for the whole of {area}",
            shown,
            area = area.shown()
        );
        return Err(mistake(
            span,
            message,
            message!("choose another cell, or clear the formula in the template"),
        ));
    }
    let Some(formula) = formula else { return Ok(false) };
    let text: String = formula.text.chars().take(80).collect();
    match formula.kind {
        FormulaKind::Shared => {
            let message = message!(
                "{shown} shares one formula with other cells, which would lose it",
                shown
            );
            let help = message!("choose another cell, or write a formula or number of its own there in the template");
            Err(mistake(span, message, help))
        }
        FormulaKind::Array | FormulaKind::Table => {
            let message = message!("{shown} is computed together with other cells", shown);
            Err(mistake(span, message, message!("choose another cell")))
        }
        FormulaKind::Own if entry.replace_formula => Ok(true),
        FormulaKind::Own => {
            let message = message!("{shown} holds the formula ={text}", shown, text);
            let help =
                message!("leave the cell to its formula and fill what it adds up, or write `replace-formula = true`");
            Err(mistake(span, message, help))
        }
    }
}
