//! Files and folders given on a command line → the files in them, looked at side by side.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::looked::look;
use super::overview::{Kind, Met};
use crate::ingest::workbook;
use crate::ingest::{decisions, is_lock_name, is_system_file, vocabulary};
use crate::progress::{METER, Stage};

/// Every file below a folder in order of path, with its path below the folder; what stands there for programs is left out.
pub(crate) fn files_below(folder: &Path) -> std::io::Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    walk(folder, "", &mut found)?;
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}

fn walk(folder: &Path, below: &str, found: &mut Vec<(PathBuf, String)>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown = if below.is_empty() {
            name.clone()
        } else {
            format!("{below}/{name}")
        };
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') {
                walk(&entry.path(), &shown, found)?;
            }
        } else if !is_system_file(&name) {
            found.push((entry.path(), shown));
        }
    }
    Ok(())
}

/// Looks at files, each for itself.
pub(crate) fn meet(files: Vec<(PathBuf, String)>) -> Vec<Met> {
    METER.begin(Stage::Reading, files.len());
    files
        .into_par_iter()
        .map(|(path, shown)| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let what = if name.is_some_and(|name| is_lock_name(&name)) {
                Kind::Lock
            } else {
                of_content(&path)
            };
            METER.add(1);
            Met { path, shown, what }
        })
        .collect()
}

fn of_content(path: &Path) -> Kind {
    match workbook::open(path) {
        Err(error) => Kind::Unreadable(error),
        Ok(workbook) if decisions::are_in(&workbook, vocabulary::standard()) => Kind::Decisions,
        Ok(_) => match look(path) {
            Err(error) => Kind::Unreadable(error),
            Ok(looked) => Kind::Read(Box::new(looked)),
        },
    }
}
