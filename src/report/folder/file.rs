//! Puts one file on disk: whole, or not at all.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use tempfile::NamedTempFile;

use super::held::{patiently, refused};
use super::{TEMPORARY, WriteError, own, underway};

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Its owner alone, as the folder that is made for it.
    Owner,
    /// Everybody who may read what its owner makes.
    Everybody,
}

/// What becomes of a file that has the name already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Former {
    /// It is replaced.
    Replaced,
    /// It stays, and nothing is written.
    Kept,
}

/// Writes a file beside its place and moves it there when it is complete.
pub(crate) fn write_file(path: &Path, bytes: &[u8], readers: Readers, former: Former) -> Result<(), WriteError> {
    let io = |source| refused(path, source);
    let mut step = underway::step();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if !folder.exists() {
        fs::create_dir_all(folder).map_err(io)?;
        if readers == Readers::Owner {
            own(folder);
        }
    }
    let mut file = beside(folder, readers).map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    file.as_file().sync_all().map_err(io)?;
    let mut waiting = Some(file);
    patiently(|| {
        let Some(file) = waiting.take() else { return Ok(()) };
        let moved = match former {
            Former::Replaced => file.persist(path),
            Former::Kept => file.persist_noclobber(path),
        };
        moved.map(drop).map_err(|refusal| {
            waiting = Some(refusal.file);
            refusal.error
        })
    })
    .map_err(io)?;
    step.placed();
    Ok(())
}

/// A temporary file in the folder where it is to stand.
fn beside(folder: &Path, readers: Readers) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = match readers {
            Readers::Owner => 0o600,
            Readers::Everybody => 0o666,
        };
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_kept() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("new/a.csv");
        let write = |text: &str, former| write_file(&path, text.as_bytes(), Readers::Everybody, former);
        write("one", Former::Kept).expect("new");
        assert!(write("two", Former::Kept).is_err());
        assert_eq!(fs::read_to_string(&path).expect("read"), "one");
        write("three", Former::Replaced).expect("replaced");
        assert_eq!(fs::read_to_string(&path).expect("read"), "three");
        let beside = fs::read_dir(place.path().join("new")).expect("listed").count();
        assert_eq!(beside, 1, "nothing temporary stays");
    }
}
