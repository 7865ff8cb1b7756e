//! Where in the template an entry of the map points.

use std::collections::BTreeMap;
use std::ops::Range;

use super::address::{self, Area, Spot};
use super::map::{At, Entry, Target};
use super::mistake::{Mistake, choices, mistake};
use super::package::{Book, DefinedName};
use super::sheet::{FormulaKind, SheetPart};

/// A cell of the template.
#[derive(Debug)]
pub(super) struct Placed {
    /// Index of the sheet.
    pub(super) sheet: usize,
    pub(super) spot: Spot,
    /// What to say where it is part of a merged area.
    pub(super) merged: Option<String>,
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
                let message = format!("\"{}\" is no cell", cell.value);
                mistake(
                    &cell.span,
                    message,
                    "write it as in \"F12\"; the last one is XFD1048576".to_owned(),
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
        let message = format!(
            "«{}» holds no cells: it is a chart or a macro sheet",
            book.sheets[sheet].name
        );
        mistake(span, message, None::<String>)
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
        let message = format!("the template has no sheet \"{}\"", wanted.value);
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
        let message = format!("the template has no defined name \"{}\"", name.value);
        mistake(&name.span, message, choices(&name.value, there))
    })?;
    reference(book, &found.refers_to).ok_or_else(|| {
        let message = format!(
            "the name \"{}\" stands for {}, which is no cell",
            name.value, found.refers_to
        );
        mistake(
            &name.span,
            message,
            "name the cell itself with sheet and cell".to_owned(),
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
fn one_cell(part: &SheetPart<'_>, area: Area, span: &Range<usize>) -> Result<(Spot, Option<String>), Mistake> {
    let merged = part.merged(area.from);
    match merged {
        Some(whole) if whole.holds(area.to) => {
            let moved = area.from != whole.from;
            let note = moved.then(|| {
                format!(
                    "{} is part of the merged area {}; its first cell was written",
                    area.shown(),
                    whole.shown()
                )
            });
            Ok((whole.from, note))
        }
        _ if area.from == area.to => Ok((area.from, None)),
        _ => {
            let message = format!("{} are several cells", area.shown());
            Err(mistake(
                span,
                message,
                "a figure goes into one cell, or into one merged area".to_owned(),
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
        let message = format!("{shown} is filled by one formula for the whole of {}", area.shown());
        return Err(mistake(
            span,
            message,
            "choose another cell, or clear the formula in the template".to_owned(),
        ));
    }
    let Some(formula) = formula else { return Ok(false) };
    let text: String = formula.text.chars().take(80).collect();
    match formula.kind {
        FormulaKind::Shared => {
            let message = format!("{shown} shares one formula with other cells, which would lose it");
            let help = "choose another cell, or write a formula or number of its own there in the template".to_owned();
            Err(mistake(span, message, help))
        }
        FormulaKind::Array | FormulaKind::Table => {
            let message = format!("{shown} is computed together with other cells");
            Err(mistake(span, message, "choose another cell".to_owned()))
        }
        FormulaKind::Own if entry.replace_formula => Ok(true),
        FormulaKind::Own => {
            let message = format!("{shown} holds the formula ={text}");
            let help =
                "leave the cell to its formula and fill what it adds up, or write `replace-formula = true`".to_owned();
            Err(mistake(span, message, help))
        }
    }
}
