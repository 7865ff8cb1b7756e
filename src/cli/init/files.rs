//! The files that a new project begins with: found, looked at, copied as they lie.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::inspect::below;
use crate::cli::inspect::folder::meet;
use crate::cli::inspect::overview::{Kind, Met};
use crate::message::message;
use crate::report::folder::underway;

/// Folder of raw files in a project.
const RAW: &str = "raw";

/// The raw folder, where anything lies in it already.
pub(super) fn lying(raw: &Path) -> Vec<PathBuf> {
    let holds = fs::read_dir(raw).is_ok_and(|mut files| files.next().is_some());
    if holds { vec![raw.to_owned()] } else { Vec::new() }
}

/// Looks at all files given and at all below the folders given; `shown` is the path below `raw`.
pub(super) fn given(from: &[PathBuf]) -> Result<Vec<Met>, Failure> {
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    let folders = from.iter().filter(|path| path.is_dir()).count();
    for path in from {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        if path.is_dir() {
            let within = |shown: String| {
                // One folder is the raw folder itself; of several each keeps its name.
                if folders == 1 || name.is_empty() {
                    shown
                } else {
                    format!("{name}/{shown}")
                }
            };
            files.extend(below(path)?.into_iter().map(|(path, shown)| (path, within(shown))));
        } else {
            files.push((path.clone(), name));
        }
    }
    for at in 0..files.len() {
        let taken = files[..at].iter().any(|(_, shown)| *shown == files[at].1);
        if taken {
            let parent = files[at].0.parent().and_then(Path::file_name);
            let parent = parent.map_or_else(|| at.to_string(), |name| name.to_string_lossy().into_owned());
            files[at].1 = format!("{parent}/{}", files[at].1);
        }
    }
    Ok(meet(files))
}

/// Whether a file belongs into the project: data, and decisions about it.
pub(super) fn belongs(met: &Met) -> bool {
    met.data().is_some() || matches!(met.what, Kind::Decisions)
}

/// Copies a file into the project's raw folder, unless it lies there; its path below the project folder.
pub(super) fn copy(met: &Met, dir: &Path) -> Result<String, Failure> {
    let path = format!("{RAW}/{}", met.shown);
    let copy = dir.join(&path);
    if !copy.exists() {
        let refused =
            |error: std::io::Error| Failure::File(message!("{path} could not be written: {error}", path = copy, error));
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder).map_err(refused)?;
        }
        // A copy that is cut off would be taken for a raw file.
        let mut step = underway::step();
        fs::copy(&met.path, &copy).map_err(refused)?;
        step.placed();
    }
    Ok(path)
}
