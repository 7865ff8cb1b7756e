//! Files that hold names: written whole or not at all, and readable by their owner alone.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::Failure;
use crate::message::{Message, Tell, message};
use crate::report::folder::own;

/// Writes a file that only its owner may read; a folder made for it is its owner's as well.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let refused = |error: io::Error| Failure::File(message!("{path}: {error}", path, error = reason(&error)));
    let folder = folder_of(path);
    if !folder.exists() {
        fs::create_dir_all(folder).map_err(refused)?;
        own(folder);
    }
    // A temporary file is its owner's alone, and stays so when it takes its place.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(refused)?;
    file.write_all(bytes).map_err(refused)?;
    file.as_file().sync_all().map_err(refused)?;
    file.persist(path).map_err(|error| refused(error.error))?;
    Ok(())
}

/// Writes a file of the project in the place of another, with the rights that one had; a new one is its owner's.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let rights = fs::metadata(path).map(|facts| facts.permissions()).ok();
    write(path, bytes)?;
    if let Some(rights) = rights {
        // A file system without permissions is no reason to lose a decision.
        let _ = fs::set_permissions(path, rights);
    }
    Ok(())
}

/// The folder that a file stands in.
fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Says what to do where another program holds the file (access denied, sharing and lock violations on Windows).
fn reason(error: &io::Error) -> Message {
    if cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33)) {
        message!("it is open in another program: close it there and try again")
    } else {
        error.message()
    }
}
