//! The same definitions in one workbook, `logframe.xlsx`, for officers who live in Excel.
//!
//! The grammar's tables decide which sheets and columns there are, so both forms hold the same. A workbook is
//! turned into the text of the same definitions in TOML; each part of that text remembers its cell, so checking,
//! reading and messages are shared, and a mistake is shown by sheet and cell.

mod breakdown;
mod form;
mod grid;
mod open;
mod place;
mod plan;
mod read;
mod table;
mod targets;
mod text;
mod toml_text;
mod tree;
mod value;
mod write;

use std::path::Path;

pub(super) use place::Places;
pub(super) use text::Sheets;

use super::diagnostic::{Diagnostics, LoadError};
use super::keys::PROJECT_FILE;
use super::load::{self, Known, PROJECT_TOML};
use super::node::View;
use crate::message::{Message, Tongue, message};
use tree::Files;
pub(super) use tree::Tree;

/// File that makes a folder a project, in place of `project.toml`.
pub const LOGFRAME_XLSX: &str = "logframe.xlsx";

/// A form of definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefinitionForm {
    /// `project.toml` and `indicators/*.toml`.
    Toml,
    /// `logframe.xlsx`.
    Workbook,
}

/// The form that a project's definitions have.
pub fn form_of(root: &Path) -> DefinitionForm {
    if root.join(LOGFRAME_XLSX).exists() && !root.join(PROJECT_TOML).exists() {
        DefinitionForm::Workbook
    } else {
        DefinitionForm::Toml
    }
}

/// The definitions of a project in a form: path relative to the project folder and bytes of each file.
///
/// Both forms are compared before anything is handed out, so nothing but comments is lost. A workbook explains its columns
/// in a language.
pub fn convert(
    root: &Path,
    known: &Known<'_>,
    to: DefinitionForm,
    tongue: &dyn Tongue,
) -> Result<Vec<(String, Vec<u8>)>, LoadError> {
    load::load(root, known)?;
    let converted: Result<_, Message> = load::with_tree(root, |tree| {
        let wanted = tree.files();
        match to {
            DefinitionForm::Toml => Ok((in_bytes(&wanted), wanted)),
            DefinitionForm::Workbook => Ok((vec![(LOGFRAME_XLSX.to_owned(), bytes(tree, tongue)?)], wanted)),
        }
    })?;
    let (files, wanted) = converted.map_err(|reason| failed(root, reason))?;
    let same = load::with_files(&files, |tree| tree.files() == wanted);
    if same {
        Ok(files)
    } else {
        let reason = message!(
            "the converted definitions would not mean the same, so nothing was written. This is a defect of \
                      tallyframe, not of your definitions"
        );
        Err(failed(root, reason))
    }
}

/// A workbook for definitions given as the text of a `project.toml`, to be filled in by its officer; explained in a language.
///
/// `remarks` has a text for each source, in the order of the definitions: a workbook keeps no comments otherwise.
pub fn workbook_of(project_toml: &str, remarks: &[String], tongue: &dyn Tongue) -> Result<Vec<u8>, LoadError> {
    let files = vec![(PROJECT_TOML.to_owned(), project_toml.as_bytes().to_vec())];
    let written = load::with_files(&files, |tree| {
        let mut grids = grid::grids(tree, tongue);
        grid::remark(&mut grids, remarks, tongue);
        drawn(&grids, tongue)
    });
    written.map_err(|reason| failed(Path::new(LOGFRAME_XLSX), reason))
}

fn bytes(tree: &Tree<'_>, tongue: &dyn Tongue) -> Result<Vec<u8>, Message> {
    drawn(&grid::grids(tree, tongue), tongue)
}

fn drawn(grids: &[grid::Grid], tongue: &dyn Tongue) -> Result<Vec<u8>, Message> {
    write::workbook(grids, tongue)
        .map_err(|error| message!("the workbook can't be written: {error}", error = error.to_string()))
}

fn in_bytes(files: &Files) -> Vec<(String, Vec<u8>)> {
    let files = files.iter();
    files
        .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
        .collect()
}

fn failed(path: &Path, reason: Message) -> LoadError {
    LoadError::Workbook {
        path: path.to_owned(),
        reason,
    }
}

/// The definitions in the bytes of a workbook, or why it can't be read.
pub(super) fn sheets(bytes: &[u8]) -> Result<Sheets, Message> {
    Ok(read::read(&open::open(bytes)?, LOGFRAME_XLSX))
}

/// Notes every misshapen value; which sheets a workbook lacks has been said when it was read.
pub(super) fn check_shapes(view: &View<'_>, out: &mut Diagnostics) {
    for (name, _, node) in view.own_entries() {
        if let Some(key) = PROJECT_FILE.keys.iter().find(|key| key.name == name) {
            key.shape.check(name, node, out);
        }
    }
}

#[cfg(test)]
mod tests;
