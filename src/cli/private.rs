//! Files that hold names: written whole or not at all, and readable by their owner alone.

use std::fs;
use std::path::Path;

use super::Failure;
use crate::report::folder::file::{Former, Readers, write_file};

/// Writes a file that only its owner may read; a folder made for it is its owner's as well.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_file(path, bytes, Readers::Owner, Former::Replaced).map_err(|error| Failure::File(error.into()))
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
