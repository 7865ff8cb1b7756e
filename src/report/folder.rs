//! Puts a finished report on disk: complete, or not at all.
//!
//! Files are written into a temporary folder beside the target, which then takes the target's place. Whatever
//! else lies in the target (a `private` folder, an officer's notes) is carried over. The `private` folder of a report is its
//! owner's alone from the moment it is made.

use crate::message::{Message, Tell, message};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How often a step is tried when another program holds a file for a moment.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(200);
/// What the names of files begin with that only their owner may read.
const PRIVATE: &str = "private/";

/// Why a report could not be written; the former one is whole.
#[derive(Debug)]
pub enum WriteError {
    /// Another program holds a file of the former report.
    Open {
        /// The file, or the folder where it is not known which.
        file: String,
    },
    /// The report's place is taken by something that is not a folder.
    NotAFolder {
        /// The place.
        path: PathBuf,
    },
    /// The disk refused.
    Io {
        /// File or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl Tell for WriteError {
    fn message(&self) -> Message {
        match self {
            Self::Open { file } => message!("{file} is open in another program: close it there and run again", file),
            Self::NotAFolder { path } => message!("{path} is not a folder: choose another place with --out", path),
            Self::Io { path, source } => message!("{path} could not be written: {error}", path, error = source),
        }
    }
}
crate::message::error!(WriteError);

/// Writes all files (name relative to `target`, bytes) so that `target` holds all of them or stays as it was.
pub fn write_folder(target: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    let refused = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::Io { path, source }
    };
    if target.exists() && !target.is_dir() {
        return Err(WriteError::NotAFolder {
            path: target.to_owned(),
        });
    }
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(refused(parent))?;
    let aside = aside_of(target);
    recover(target, &aside, files)?;
    let fresh = temporary(parent).map_err(refused(parent))?;
    for (name, bytes) in files {
        let path = fresh.path().join(name);
        write_file(&path, bytes, name.starts_with(PRIVATE)).map_err(refused(&path))?;
    }
    let existed = target.exists();
    if existed {
        patiently(|| fs::rename(target, &aside)).map_err(|source| held(target, source))?;
    }
    let fresh = fresh.keep();
    if let Err(source) = patiently(|| fs::rename(&fresh, target)) {
        if existed {
            // The former report goes back; should this fail too, the next run finds it aside.
            let _ = patiently(|| fs::rename(&aside, target));
        }
        let _ = fs::remove_dir_all(&fresh);
        return Err(held(target, source));
    }
    carry_over(&aside, target, files)
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
        patiently(|| fs::rename(aside, target)).map_err(|source| held(target, source))
    }
}

/// Moves everything but this report's own files from the former folder into the new one, and removes the former.
fn carry_over(aside: &Path, target: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    if !aside.exists() {
        return Ok(());
    }
    merge(aside, target, "", files).map_err(|source| held(aside, source))?;
    patiently(|| fs::remove_dir_all(aside)).map_err(|source| held(aside, source))
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
    builder.prefix(".tallyframe-");
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

fn patiently(step: impl Fn() -> io::Result<()>) -> io::Result<()> {
    let mut tried = 1;
    loop {
        match step() {
            Err(error) if tried < TRIES && is_held(&error) => thread::sleep(PAUSE),
            outcome => return outcome,
        }
        tried += 1;
    }
}

/// Whether another program holds the file: access denied, sharing violation, lock violation on Windows.
fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

fn held(path: &Path, source: io::Error) -> WriteError {
    if is_held(&source) {
        WriteError::Open {
            file: open_file(path).unwrap_or_else(|| path.display().to_string()),
        }
    } else {
        WriteError::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// The file of a folder that an office program has open, told by the lock file beside it.
fn open_file(folder: &Path) -> Option<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort();
    names.iter().find_map(|name| {
        let open = name
            .strip_prefix("~$")
            .or_else(|| name.strip_prefix(".~lock.")?.strip_suffix('#'))?;
        Some(open.to_owned())
    })
}

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
