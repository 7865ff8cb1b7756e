//! Puts a finished report on disk: complete, or not at all.
//!
//! Files are written into a temporary folder beside the target, which then takes the target's place. Whatever
//! else lies in the target (a `private` folder, an officer's notes) is carried over. The `private` folder of a report is its
//! owner's alone from the moment it is made. Single files go the same way ([`file`]).

pub(crate) mod file;
mod held;
pub(crate) mod underway;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::progress::{METER, Stage};
pub use held::Holder;
use held::{patiently, refused};

/// What the names of temporary files and folders begin with.
const TEMPORARY: &str = ".tallyframe-";
/// What the names of files begin with that only their owner may read.
const PRIVATE: &str = "private/";

/// Why a report could not be written; the former one is whole.
#[derive(Debug, Error)]
pub enum WriteError {
    /// Another program holds a file of the former report.
    #[error("{file} is open in {holder}: close it and run again")]
    Open {
        /// The file, or the folder where it is not known which.
        file: String,
        /// The program.
        holder: Holder,
    },
    /// The report's place is taken by something that is not a folder.
    #[error("{} is not a folder: choose another place with --out", path.display())]
    NotAFolder {
        /// The place.
        path: PathBuf,
    },
    /// The disk refused.
    #[error("{} could not be written: {source}", path.display())]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Writes all files (name relative to `target`, bytes) so that `target` holds all of them or stays as it was.
pub fn write_folder(target: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    if target.exists() && !target.is_dir() {
        return Err(WriteError::NotAFolder {
            path: target.to_owned(),
        });
    }
    METER.begin(Stage::Saving, files.len());
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let aside = aside_of(target);
    let (fresh, _noted) = {
        let mut step = underway::step();
        fs::create_dir_all(parent).map_err(|source| refused(parent, source))?;
        recover(target, &aside, files)?;
        let fresh = temporary(parent).map_err(|source| refused(parent, source))?;
        let noted = step.note(fresh.path());
        (fresh, noted)
    };
    for (name, bytes) in files {
        let path = fresh.path().join(name);
        let _step = underway::step();
        write_file(&path, bytes, name.starts_with(PRIVATE)).map_err(|source| refused(&path, source))?;
        METER.add(1);
    }
    // Between the two renames there is no report in its place, so this is one step.
    let mut step = underway::step();
    exchange(fresh, target, &aside)?;
    step.placed();
    carry_over(&aside, target, files)
}

/// Puts the new folder in the place of the former one, which stands aside afterwards.
fn exchange(fresh: tempfile::TempDir, target: &Path, aside: &Path) -> Result<(), WriteError> {
    let existed = target.exists();
    if existed {
        patiently(|| fs::rename(target, aside)).map_err(|source| refused(target, source))?;
    }
    let fresh = fresh.keep();
    if let Err(source) = patiently(|| fs::rename(&fresh, target)) {
        if existed {
            // The former report goes back; should this fail too, the next run finds it aside.
            let _ = patiently(|| fs::rename(aside, target));
        }
        let _ = fs::remove_dir_all(&fresh);
        return Err(refused(target, source));
    }
    Ok(())
}

/// Where the former report stands while the new one takes its place.
fn aside_of(target: &Path) -> PathBuf {
    let name = target
        .file_name()
        .map_or_else(|| "report".to_owned(), |name| name.to_string_lossy().into_owned());
    target.with_file_name(format!(".{name}.former"))
}

/// Puts right what a run that was cut off between its two renames left behind.
fn recover(target: &Path, aside: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    if !aside.exists() {
        Ok(())
    } else if target.exists() {
        carry_over(aside, target, files)
    } else {
        patiently(|| fs::rename(aside, target)).map_err(|source| refused(target, source))
    }
}

/// Moves everything but this report's own files from the former folder into the new one, and removes the former.
fn carry_over(aside: &Path, target: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    if !aside.exists() {
        return Ok(());
    }
    merge(aside, target, "", files).map_err(|source| refused(aside, source))?;
    patiently(|| fs::remove_dir_all(aside)).map_err(|source| refused(aside, source))
}

fn merge(from: &Path, to: &Path, prefix: &str, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let (source, place) = (entry.path(), to.join(entry.file_name()));
        if files.iter().any(|(ours, _)| *ours == name) {
            continue;
        }
        if !place.exists() {
            patiently(|| fs::rename(&source, &place))?;
        } else if source.is_dir() && place.is_dir() {
            merge(&source, &place, &format!("{name}/"), files)?;
        }
    }
    Ok(())
}

fn temporary(parent: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary folder is its owner's alone; a report is shared as the user's mask says.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent)
}

fn write_file(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
        if private {
            own(folder);
        }
    }
    let mut file = if private {
        private_file(path)?
    } else {
        fs::File::create(path)?
    };
    file.write_all(bytes)?;
    file.sync_all()
}

/// Opens a file to write that only its owner may read.
pub(crate) fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Makes a folder its owner's alone.
#[cfg(unix)]
pub(crate) fn own(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    // A file system without permissions is no reason to lose what is written.
    let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
}

/// Windows folders inherit the owner's access; there is nothing to narrow without changing its rules.
#[cfg(not(unix))]
pub(crate) fn own(_folder: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(text: &str) -> Vec<(String, Vec<u8>)> {
        vec![
            ("a.csv".to_owned(), text.into()),
            ("private/p.csv".to_owned(), text.into()),
        ]
    }

    #[test]
    fn a_new_report_replaces_its_files_and_keeps_what_is_not_ours() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let target = place.path().join("reports/2026");
        write_folder(&target, &files("one")).expect("written");
        fs::write(target.join("private/key"), "k").expect("written");
        fs::write(target.join("notes.txt"), "n").expect("written");
        write_folder(&target, &files("two")).expect("written");
        let read = |name: &str| fs::read_to_string(target.join(name)).expect("a file");
        assert_eq!([read("a.csv"), read("private/p.csv")], ["two", "two"]);
        assert_eq!([read("private/key"), read("notes.txt")], ["k", "n"]);
        let beside = fs::read_dir(place.path().join("reports")).expect("a folder").count();
        assert_eq!(beside, 1);
    }

    #[test]
    fn a_run_cut_off_between_the_renames_loses_nothing() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let target = place.path().join("2026");
        write_folder(&target, &files("one")).expect("written");
        fs::write(target.join("notes.txt"), "n").expect("written");
        fs::rename(&target, aside_of(&target)).expect("moved");
        write_folder(&target, &files("two")).expect("written");
        assert_eq!(fs::read_to_string(target.join("notes.txt")).expect("a file"), "n");
        assert!(!aside_of(&target).exists());
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let target = place.path().join("2026");
        fs::write(&target, "x").expect("written");
        assert!(matches!(
            write_folder(&target, &files("one")),
            Err(WriteError::NotAFolder { .. })
        ));
    }
}
