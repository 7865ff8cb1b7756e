//! A sheet as a table: its heading row, what each heading stands for, and the rows below it.

use super::open::{Cell, Sheet};
use super::place::CellId;
use super::plan::COMMENT;
use super::text::Text;
use crate::message::{Message, message};
use crate::project::keys::LANGUAGES;
use crate::project::suggest::suggestion;

/// A heading that the sheet may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Accepted<'n> {
    /// Its word.
    pub(super) name: &'n str,
    /// Whether there may be a column for each language.
    pub(super) localized: bool,
}

/// A heading met.
#[derive(Debug)]
pub(super) struct Heading<'n> {
    /// Its column.
    pub(super) column: u32,
    /// The word accepted.
    pub(super) name: &'n str,
    /// Its language, where it names one.
    pub(super) language: Option<&'static str>,
    /// The cell it stands in.
    pub(super) cell: CellId,
}

/// A sheet with its headings read.
#[derive(Debug)]
pub(super) struct Table<'s, 'n> {
    /// The sheet.
    pub(super) sheet: &'s Sheet,
    /// Its headings, from left to right.
    pub(super) headings: Vec<Heading<'n>>,
    head: u32,
}

/// Reads the heading row; headings that are unknown or stand twice are mistakes.
pub(super) fn table<'s, 'n>(sheet: &'s Sheet, accepted: &[Accepted<'n>], text: &mut Text) -> Table<'s, 'n> {
    let first = sheet.rows.iter().find(|(row, _)| !is_comment(sheet, **row));
    let mut headings: Vec<Heading<'n>> = Vec::new();
    for (&column, cell) in first.into_iter().flat_map(|(_, cells)| cells) {
        let written = cell.shown();
        if written.trim_start().starts_with(COMMENT) {
            continue;
        }
        let id = text.cell(sheet, first.map_or(0, |(row, _)| *row), column);
        match known(&written, accepted) {
            Ok((name, language)) if headings.iter().any(|one| one.name == name && one.language == language) => {
                let message = message!(
                    "a second column `{written}` in the sheet `{name}`",
                    written = written.trim(),
                    name = sheet.name
                );
                text.wrong(id, message, Some(message!("keep one of the two")));
            }
            Ok((name, language)) => headings.push(Heading {
                column,
                name,
                language,
                cell: id,
            }),
            Err((message, help)) => {
                let message = message!("{message} in the sheet `{name}`", message, name = sheet.name);
                text.wrong(id, message, help);
            }
        }
    }
    Table {
        sheet,
        headings,
        head: first.map_or(0, |(row, _)| *row),
    }
}

type Unknown = (Message, Option<Message>);

fn known<'n>(written: &str, accepted: &[Accepted<'n>]) -> Result<(&'n str, Option<&'static str>), Unknown> {
    let written = written.trim();
    let (word, language) = match written.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some((word, language)) => (word.trim(), Some(language.trim())),
        None => (written, None),
    };
    let names = || accepted.iter().map(|one| one.name);
    let Some(found) = accepted.iter().find(|one| plain(one.name) == plain(word)) else {
        return Err((
            message!("unknown column `{written}`", written),
            suggestion(word, names()),
        ));
    };
    let Some(code) = language else {
        return Ok((found.name, None));
    };
    let codes = || LANGUAGES.iter().map(|language| language.code);
    match codes().find(|known| plain(known) == plain(code)) {
        Some(code) if found.localized => Ok((found.name, Some(code))),
        Some(_) => Err((
            message!(
                "`{name}` is not written in several languages: unknown column `{written}`",
                name = found.name,
                written
            ),
            Some(message!("name the column `{name}`", name = found.name)),
        )),
        None => Err((
            message!(
                "`{code}` is not a language of reports: unknown column `{written}`",
                code,
                written
            ),
            suggestion(code, codes()),
        )),
    }
}

/// Case and the choice between `-`, `_` and a space make no other word.
pub(super) fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace(['_', ' '], "-")
}

fn is_comment(sheet: &Sheet, row: u32) -> bool {
    let first = sheet.rows.get(&row).and_then(|cells| cells.get(&0));
    matches!(first, Some(Cell::Text(text)) if text.trim_start().starts_with(COMMENT))
}

impl<'s> Table<'s, '_> {
    /// Rows below the headings that are no comments.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> + use<'s> {
        let (sheet, head) = (self.sheet, self.head);
        let below = sheet.rows.keys().copied().filter(move |row| *row > head);
        below.filter(move |row| !is_comment(sheet, *row))
    }

    /// The cell of a row under a heading.
    pub(super) fn under(&self, row: u32, heading: &Heading<'_>) -> Option<&'s Cell> {
        self.sheet.rows.get(&row)?.get(&heading.column)
    }

    /// The heading without a language.
    pub(super) fn heading(&self, name: &str) -> Option<&Heading<'_>> {
        self.headings
            .iter()
            .find(|heading| heading.name == name && heading.language.is_none())
    }

    /// The text of a row under a heading.
    pub(super) fn text(&self, row: u32, name: &str) -> Option<String> {
        let cell = self.under(row, self.heading(name)?)?;
        Some(cell.shown().trim().to_owned())
    }

    /// The cell of a row under a heading, for messages; the row's first cell where there is no such heading.
    pub(super) fn place(&self, row: u32, name: &str, text: &mut Text) -> CellId {
        let column = self.heading(name).map(|heading| heading.column);
        text.cell(self.sheet, row, column.unwrap_or(0))
    }
}
