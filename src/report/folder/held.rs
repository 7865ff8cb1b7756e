//! Files that another program holds: waited for a moment, then named with the program that has them open.
//!
//! Only Windows refuses to write over a file that somebody has open. What is told apart by number there is tested here.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::WriteError;

/// How often a step is tried when another program holds a file for a moment.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(200);

/// A program that leaves a trace beside the file it has open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Excel, by its `~$` file.
    Excel,
    /// `LibreOffice`, by its `.~lock.` file.
    LibreOffice,
    /// It left no trace.
    Unknown,
}

impl std::fmt::Display for Holder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Holder::Excel => "Excel",
            Holder::LibreOffice => "LibreOffice",
            Holder::Unknown => "another program",
        })
    }
}

/// Does a step again where another program holds a file for a moment.
pub(super) fn patiently<T>(step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    repeated(step, is_held, PAUSE)
}

fn repeated<T>(
    mut step: impl FnMut() -> io::Result<T>,
    is_held: impl Fn(&io::Error) -> bool,
    pause: Duration,
) -> io::Result<T> {
    let mut tried = 1;
    loop {
        match step() {
            Err(error) if tried < TRIES && is_held(&error) => thread::sleep(pause),
            outcome => return outcome,
        }
        tried += 1;
    }
}

/// Whether another program holds the file.
fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && error.raw_os_error().is_some_and(is_lock)
}

/// Access denied, sharing violation, lock violation: the numbers of Windows.
fn is_lock(number: i32) -> bool {
    matches!(number, 5 | 32 | 33)
}

/// Why a file or a folder could not be written.
pub(super) fn refused(path: &Path, source: io::Error) -> WriteError {
    if is_held(&source) {
        open(path)
    } else {
        WriteError::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// The file that is open, by the trace beside it or, of a folder, in it.
fn open(path: &Path) -> WriteError {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let found = if path.is_dir() {
        traces(path).into_iter().next()
    } else {
        let beside = path.parent().map(traces).unwrap_or_default();
        beside.into_iter().find(|(file, _)| Some(file) == name(path).as_ref())
    };
    let (file, holder) = found.unwrap_or_else(|| {
        let file = name(path).filter(|_| path.is_file());
        (file.unwrap_or_else(|| path.display().to_string()), Holder::Unknown)
    });
    WriteError::Open { file, holder }
}

/// Files of a folder, and of those in it, that an office program has open, in order of name.
fn traces(folder: &Path) -> Vec<(String, Holder)> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            found.extend(traces(&entry.path()));
        } else if let Some(file) = name.strip_prefix("~$") {
            found.push((file.to_owned(), Holder::Excel));
        } else if let Some(file) = name.strip_prefix(".~lock.").and_then(|name| name.strip_suffix('#')) {
            found.push((file.to_owned(), Holder::LibreOffice));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_file_is_tried_four_times_and_any_other_error_once() {
        let count = |held: bool| {
            let mut tried = 0;
            let outcome: io::Result<()> = repeated(
                || {
                    tried += 1;
                    Err(io::Error::from_raw_os_error(32))
                },
                |error| held && error.raw_os_error().is_some_and(is_lock),
                Duration::ZERO,
            );
            assert!(outcome.is_err());
            tried
        };
        assert_eq!((count(true), count(false)), (4, 1));
        assert!([5, 32, 33].into_iter().all(is_lock) && !is_lock(2));
    }

    #[test]
    fn a_file_that_is_let_go_in_time_is_written() {
        let mut tried = 0;
        let step = || {
            tried += 1;
            if tried < 3 {
                Err(io::Error::from_raw_os_error(5))
            } else {
                Ok(tried)
            }
        };
        assert_eq!(repeated(step, |_| true, Duration::ZERO).expect("written"), 3);
    }

    #[test]
    fn the_file_and_the_program_that_has_it_open_are_named() {
        let place = tempfile::tempdir().expect("a folder");
        let report = place.path().join("report.xlsx");
        fs::write(&report, "r").expect("written");
        assert_eq!(
            open(&report).to_string(),
            "report.xlsx is open in another program: close it and run again"
        );
        fs::write(place.path().join(".~lock.other.ods#"), "").expect("written");
        fs::write(place.path().join("~$report.xlsx"), "").expect("written");
        let said = "report.xlsx is open in Excel: close it and run again";
        assert_eq!(open(&report).to_string(), said);
        let other = open(&place.path().join("other.ods")).to_string();
        assert_eq!(other, "other.ods is open in LibreOffice: close it and run again");
        fs::remove_file(place.path().join(".~lock.other.ods#")).expect("removed");
        assert_eq!(
            open(place.path()).to_string(),
            said,
            "the folder itself was to be moved"
        );
    }
}
