//! A project folder → the checked model, or every mistake in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::DeTable;

use super::catalogue::{Catalogue, Texts};
use super::diagnostic::{DefinitionText, Diagnostic, Diagnostics, LoadError};
use super::keys::{INDICATOR_FILE, PROJECT_FILE};
use super::model::{DefinitionFile, Indicator, Project};
use super::node::View;
use super::read::{Draft, check_columns, draft, indicators, resolve};
use super::syntax;
use super::workbook::{self, LOGFRAME_XLSX, Places, Sheets};
use crate::message::{Message, message};

/// File that makes a folder a project.
pub const PROJECT_TOML: &str = "project.toml";

/// What the rooms below know and definitions may name; an empty list checks nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Codes of the kinds of findings.
    pub finding_kinds: &'a [&'a str],
    /// Keys of the fields that vocabularies know.
    pub fields: &'a [&'a str],
    /// Keys of what a heading can mean.
    pub roles: &'a [&'a str],
}

/// Reads and checks the definitions of a project folder: `project.toml` with every `indicators/*.toml`, or
/// `logframe.xlsx`.
pub fn load(root: &Path, known: &Known<'_>) -> Result<Project, LoadError> {
    let files = definitions(root)?;
    let mut project = check(root, &files, known).map_err(LoadError::Definitions)?;
    if let Some((seen, file)) = super::seen::read(root)? {
        project.seen = Some(seen);
        project.definitions.push(file);
    }
    Ok(project)
}

fn definitions(root: &Path) -> Result<Vec<Definition>, LoadError> {
    let indicators = indicator_files(root)?;
    let sheets = root.join(LOGFRAME_XLSX);
    if sheets.exists() {
        let texts = root.join(PROJECT_TOML).exists();
        if texts || !indicators.is_empty() {
            return Err(LoadError::TwoForms { root: root.to_owned() });
        }
        let bytes = fs::read(&sheets).map_err(|source| LoadError::Io {
            path: sheets.clone(),
            source,
        })?;
        let definition = of_workbook(&bytes).map_err(|reason| LoadError::Workbook { path: sheets, reason })?;
        return Ok(vec![definition]);
    }
    let mut files = vec![read(root, PROJECT_TOML)?];
    for name in indicators {
        files.push(read(root, &format!("indicators/{name}"))?);
    }
    Ok(files)
}

/// A definition file as read.
struct Definition {
    file: Arc<DefinitionText>,
    sha256: String,
    /// Offset of the first byte that is not UTF-8; the text ends there.
    broken_at: Option<usize>,
    /// The sheets that the text was made of; none for a text of its own.
    sheets: Option<Sheets>,
}

fn read(root: &Path, path: &str) -> Result<Definition, LoadError> {
    let full = root.join(path);
    let bytes = fs::read(&full).map_err(|source| LoadError::Io { path: full, source })?;
    Ok(definition(path, bytes))
}

/// Lower-case hexadecimal SHA-256 of bytes.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn of_workbook(bytes: &[u8]) -> Result<Definition, Message> {
    Ok(of_sheets(workbook::sheets(bytes)?, sha256(bytes)))
}

fn of_sheets(sheets: Sheets, sha256: String) -> Definition {
    Definition {
        file: Arc::clone(&sheets.file),
        sha256,
        broken_at: None,
        sheets: Some(sheets),
    }
}

/// Checks definitions that were read from sheets.
#[cfg(test)]
pub(super) fn check_sheets(sheets: Sheets) -> Result<Project, Vec<Diagnostic>> {
    check(Path::new("."), &[of_sheets(sheets, String::new())], &Known::default())
}

fn definition(path: &str, bytes: Vec<u8>) -> Definition {
    let sha256 = sha256(&bytes);
    let (text, broken_at) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned(), Some(at))
        }
    };
    let path = path.to_owned();
    Definition {
        file: Arc::new(DefinitionText {
            path,
            text,
            places: Places::default(),
        }),
        sha256,
        broken_at,
        sheets: None,
    }
}

/// Names of the files in `indicators/`, sorted; none where there is no such folder.
fn indicator_files(root: &Path) -> Result<Vec<String>, LoadError> {
    let folder = root.join("indicators");
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let failed = |path: &PathBuf, source| LoadError::Io {
        path: path.clone(),
        source,
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|source| failed(&folder, source))? {
        let name = entry.map_err(|source| failed(&folder, source))?.file_name();
        let name = name.to_string_lossy().into_owned();
        let toml = Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "toml");
        if toml && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn check(root: &Path, files: &[Definition], known: &Known<'_>) -> Result<Project, Vec<Diagnostic>> {
    let texts = Texts::embedded();
    let (catalogue, _) = texts.parse();
    let mut out = Diagnostics::default();
    let documents: Vec<Document<'_>> = files.iter().map(|definition| parse(definition, &mut out)).collect();
    for (index, document) in documents.iter().enumerate() {
        if files[index].sheets.is_some() {
            workbook::check_shapes(&document.view(), &mut out);
        } else if document.whole {
            let section = if index == 0 { &PROJECT_FILE } else { &INDICATOR_FILE };
            section.check(&document.view(), &mut out);
        }
    }
    let mut found = Diagnostics::default();
    let (draft, indicators) = read_all(&documents, &catalogue, known, &mut found);
    let sheets = files.first().and_then(|file| file.sheets.as_ref());
    out.take(found, |mistake| {
        !sheets.is_some_and(|sheets| sheets.is_incomplete(&mistake.span))
    });
    let rank = |path: &str| {
        files
            .iter()
            .position(|other| other.file.path == path)
            .unwrap_or(files.len())
    };
    let mistakes = out.sorted(rank);
    match draft {
        Some(draft) if mistakes.is_empty() => project(root, files, draft, indicators).ok_or(mistakes),
        _ => Err(mistakes),
    }
}

/// A file as a tree; `whole` unless its syntax is wrong.
struct Document<'a> {
    file: &'a Arc<DefinitionText>,
    table: Spanned<DeTable<'a>>,
    whole: bool,
}

impl<'a> Document<'a> {
    fn view(&'a self) -> View<'a> {
        View::document(self.table.get_ref(), self.file)
    }
}

fn parse<'a>(definition: &'a Definition, out: &mut Diagnostics) -> Document<'a> {
    let file = &definition.file;
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let hold = definition.sheets.as_ref().is_none_or(Sheets::references_hold);
    let whole = errors.is_empty() && definition.broken_at.is_none() && hold;
    if let Some(sheets) = &definition.sheets {
        sheets.note_all(out);
    }
    if let Some(at) = definition.broken_at {
        let help = message!("save the file as UTF-8");
        out.note(file, at..at, message!("from here on the file is not UTF-8 text"), help);
    } else {
        syntax::note_all(file, &errors, out);
    }
    Document { file, table, whole }
}

/// Calls with the tree of a project's definitions, as far as they can be read.
pub(super) fn with_tree<T>(root: &Path, call: impl FnOnce(&workbook::Tree<'_>) -> T) -> Result<T, LoadError> {
    Ok(over(&definitions(root)?, call))
}

/// The language of a project's reports, as far as its definitions can be read; `None` where they name none.
pub fn language_of(root: &Path) -> Option<String> {
    let named = |tree: &workbook::Tree<'_>| tree.0.first()?.table("project")?.text("language");
    let language = match with_tree(root, named) {
        Ok(language) => language,
        // A folder with definitions in both forms is a mistake that is told in a language, too.
        Err(_) => over(&[read(root, PROJECT_TOML).ok()?], named),
    };
    let code = super::keys::language(&language?)?;
    Some(code.to_owned())
}

/// Calls with the tree of definitions given as paths and bytes.
pub(super) fn with_files<T>(files: &[(String, Vec<u8>)], call: impl FnOnce(&workbook::Tree<'_>) -> T) -> T {
    let files = files.iter().map(|(path, bytes)| {
        let sheets = if path == LOGFRAME_XLSX {
            of_workbook(bytes).ok()
        } else {
            None
        };
        sheets.unwrap_or_else(|| definition(path, bytes.clone()))
    });
    over(&files.collect::<Vec<_>>(), call)
}

fn over<T>(files: &[Definition], call: impl FnOnce(&workbook::Tree<'_>) -> T) -> T {
    let mut out = Diagnostics::default();
    let documents: Vec<Document<'_>> = files.iter().map(|file| parse(file, &mut out)).collect();
    call(&workbook::Tree(documents.iter().map(Document::view).collect()))
}

/// Reads whatever can be read. References are checked only where `project.toml` is whole: in a broken
/// one, half of what indicators name might be missing.
fn read_all<'a>(
    documents: &'a [Document<'a>],
    catalogue: &'a Catalogue<'a>,
    known: &'a Known<'a>,
    out: &mut Diagnostics,
) -> (Option<Draft<'a>>, Vec<Indicator>) {
    let Some(first) = documents.first().filter(|first| first.whole) else {
        return (None, Vec::new());
    };
    let draft = draft(&first.view(), known, out);
    let (mut read, mut codes) = (Vec::new(), BTreeMap::new());
    let views: Vec<View<'_>> = documents.iter().map(Document::view).collect();
    check_columns(&first.view(), &views, known.roles, out);
    for document in documents.iter().filter(|document| document.whole) {
        read.extend(indicators(&document.view(), &draft.world, catalogue, &mut codes, out));
    }
    (Some(draft), resolve(read, out))
}

fn project(root: &Path, files: &[Definition], draft: Draft<'_>, indicators: Vec<Indicator>) -> Option<Project> {
    let (start, end) = draft.world.span?;
    let mut schemes = draft.world.ages;
    schemes.extend(draft.world.bands);
    let definitions = files.iter().map(|definition| DefinitionFile {
        path: definition.file.path.clone(),
        sha256: definition.sha256.clone(),
    });
    Some(Project {
        root: root.to_owned(),
        code: draft.code,
        name: draft.name,
        donor: draft.donor,
        organisation: draft.organisation,
        start,
        end,
        language: draft.language,
        calendars: draft.world.calendars,
        activities: draft.world.activities,
        sources: draft.sources,
        words: draft.words,
        spans: draft.world.spans,
        fields: draft.fields,
        lookups: draft.lookups,
        capacity: draft.capacity,
        closed: draft.closed,
        decision_files: draft.decision_files,
        settings: draft.settings,
        reporting: draft.reporting,
        age_schemes: schemes,
        indicators,
        seen: None,
        definitions: definitions.collect(),
    })
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
