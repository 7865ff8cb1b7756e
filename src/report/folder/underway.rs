//! What this run has begun to write and not put in its place yet, so that a run which is stopped leaves nothing behind.
//!
//! Whoever writes holds the lock for one step (a file, an exchange of folders); whoever stops the run takes it and never
//! gives it back. So no step is cut in the middle, and none begins after the stop.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

static UNDERWAY: Mutex<Underway> = Mutex::new(Underway {
    temporary: Vec::new(),
    placed: false,
});

/// Temporary files and folders, and whether anything was put in its place already.
#[derive(Debug)]
pub(crate) struct Underway {
    temporary: Vec<PathBuf>,
    placed: bool,
}

/// A temporary file or folder, forgotten when this is dropped; its maker removes it.
#[derive(Debug)]
pub(crate) struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        step().temporary.retain(|path| *path != self.0);
    }
}

impl Underway {
    /// Takes note of a temporary file or folder that was made in this step.
    pub(crate) fn note(&mut self, path: &Path) -> Temporary {
        self.temporary.push(path.to_owned());
        Temporary(path.to_owned())
    }

    /// Takes note that something was put in its place.
    pub(crate) fn placed(&mut self) {
        self.placed = true;
    }
}

/// A step that nobody may cut off; it ends when the guard is dropped.
pub(crate) fn step() -> MutexGuard<'static, Underway> {
    // What a panic left in the list is still to be removed.
    UNDERWAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for the step that is being done, removes what is temporary, and tells whether anything was put in its place.
/// As long as the guard lives nothing more is written.
pub(crate) fn stop() -> (MutexGuard<'static, Underway>, bool) {
    let underway = step();
    for path in &underway.temporary {
        // Nobody is left to be told of a failure; the next run removes nothing that is not its own either.
        let _ = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
    }
    let placed = underway.placed;
    (underway, placed)
}
