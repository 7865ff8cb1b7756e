//! What lies in a folder, looked at quickly: nothing is read that takes long, and nothing is written.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::language::is_project;
use crate::cli::pipeline;
use crate::ingest::listed::{RawFile, raw_files};
use crate::ingest::{DECISIONS, is_lock_name};
use crate::project::model::Project;

/// Endings of files that may be spreadsheets.
const SPREADSHEETS: [&str; 7] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv"];
/// How deep spreadsheets are looked for.
const DEPTH: usize = 4;
/// Most entries that are looked at: somebody may stand at the top of a disk.
const ENTRIES: usize = 5000;
/// The folder where raw files lie unless definitions say otherwise.
pub(super) const RAW: &str = "raw";

/// What a folder is.
pub(super) enum Folder {
    /// Neither a project nor spreadsheets.
    Nothing,
    /// Spreadsheets: how many, and whether all of them lie in its folder `raw`.
    Spreadsheets {
        /// How many.
        count: usize,
        /// Whether none lies elsewhere than in `raw`.
        in_raw: bool,
    },
    /// No project itself, but folders in it are.
    Projects(Vec<String>),
    /// A project whose definitions hold mistakes.
    Wrong {
        /// Where it is.
        root: PathBuf,
        /// The mistakes, in words.
        mistakes: String,
    },
    /// A project.
    Project(Box<Found>),
}

/// A project with its raw files.
pub(super) struct Found {
    /// The folder, as it is written in a command.
    pub(super) root: PathBuf,
    /// What its definitions say.
    pub(super) project: Project,
    /// Its raw files without decisions and traces of open programs.
    pub(super) raw: Vec<RawFile>,
}

/// Looks at a folder; where it lies in a project, at that.
pub(super) fn look(here: &Path) -> Folder {
    if let Some(root) = project_at_or_above(here) {
        return project(root);
    }
    let mut met = Met::default();
    met.walk(here, 0);
    met.projects.sort();
    match (met.projects.is_empty(), met.count) {
        (false, _) => Folder::Projects(met.projects),
        (true, 0) => Folder::Nothing,
        (true, count) => Folder::Spreadsheets {
            count,
            in_raw: met.in_raw == count,
        },
    }
}

/// The project folder as it is written from here: `.`, `..`, `../..`.
fn project_at_or_above(here: &Path) -> Option<PathBuf> {
    let whole = dunce::canonicalize(here).ok()?;
    let levels = whole.ancestors().position(is_project)?;
    let up = (0..levels).map(|_| "..").collect::<PathBuf>();
    Some(match (levels, here == Path::new(".")) {
        (0, _) => here.to_owned(),
        (_, true) => up,
        (_, false) => here.join(up),
    })
}

fn project(root: PathBuf) -> Folder {
    match pipeline::load(&root) {
        Err(failure) => Folder::Wrong {
            root,
            mistakes: failure.to_string(),
        },
        Ok(project) => {
            let raw = raw_files(&project, None);
            let name = |file: &RawFile| file.shown.rsplit('/').next().unwrap_or_default().to_owned();
            let is_data = |file: &RawFile| file.shown != DECISIONS && !is_lock_name(&name(file));
            let raw = raw.into_iter().filter(is_data).collect();
            Folder::Project(Box::new(Found { root, project, raw }))
        }
    }
}

/// What was met on the way through a folder that is no project.
#[derive(Default)]
struct Met {
    looked_at: usize,
    count: usize,
    in_raw: usize,
    projects: Vec<String>,
    /// Folders from the top down to where the walk is.
    path: Vec<String>,
}

impl Met {
    fn walk(&mut self, folder: &Path, depth: usize) {
        let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            self.looked_at += 1;
            let name = entry.file_name().to_string_lossy().into_owned();
            if self.looked_at > ENTRIES || name.starts_with('.') || is_lock_name(&name) {
                continue;
            }
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && is_project(&entry.path()) {
                let mut path = self.path.clone();
                path.push(name);
                self.projects.push(path.join("/"));
            } else if is_folder && depth < DEPTH {
                self.path.push(name);
                self.walk(&entry.path(), depth + 1);
                self.path.pop();
            } else if !is_folder && is_spreadsheet(&name) {
                self.count += 1;
                self.in_raw += usize::from(self.path.first().is_some_and(|first| first == RAW));
            }
        }
    }
}

fn is_spreadsheet(name: &str) -> bool {
    let Some((_, ending)) = name.rsplit_once('.') else {
        return false;
    };
    SPREADSHEETS.contains(&ending.to_lowercase().as_str())
}
