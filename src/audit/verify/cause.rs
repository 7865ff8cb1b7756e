//! Why a report is not what the raw files give today.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::manifest::{FileEntry, Manifest};
use crate::ingest::{DECISIONS, differing};
use crate::message::{Message, Tell, message};

/// What changed since a report was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A raw file says something else.
    FileChanged {
        /// The file.
        path: String,
        /// Index of the sheet, first and last row of the stretches that differ; empty where that is not known.
        rows: Vec<(usize, u32, Option<u32>)>,
    },
    /// A raw file has other bytes and says the same.
    FileSavedAgain(String),
    /// A raw file is gone.
    FileMissing(String),
    /// A raw file is new.
    FileNew(String),
    /// A raw file has another name.
    FileRenamed {
        /// Name then.
        from: String,
        /// Name now.
        to: String,
    },
    /// A file of definitions has other bytes, is gone or new.
    DefinitionChanged(String),
    /// Officers' decisions are others.
    DecisionsChanged {
        /// How many there were not.
        added: usize,
        /// How many are there no more.
        taken: usize,
    },
    /// A published period that the report looks back at was changed, or is gone.
    PublishedChanged(String),
    /// Another version of the tool made it.
    ToolVersion {
        /// Version then.
        from: String,
        /// Version now.
        to: String,
    },
    /// A file of the report shows something else than when it was written.
    ReportEdited(String),
    /// A file of the report has other bytes and shows the same.
    ReportSavedAgain(String),
    /// A file of the report is gone.
    ReportMissing(String),
    /// The manifest is not as it was written, so what it says of then can't be relied on.
    ManifestEdited,
}

impl Cause {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Cause::FileChanged { .. } => "raw-file-changed",
            Cause::FileSavedAgain(_) => "raw-file-saved-again",
            Cause::FileMissing(_) => "raw-file-missing",
            Cause::FileNew(_) => "raw-file-new",
            Cause::FileRenamed { .. } => "raw-file-renamed",
            Cause::DefinitionChanged(_) => "definition-changed",
            Cause::DecisionsChanged { .. } => "decisions-changed",
            Cause::PublishedChanged(_) => "published-changed",
            Cause::ToolVersion { .. } => "tool-version",
            Cause::ReportEdited(_) => "report-edited",
            Cause::ReportSavedAgain(_) => "report-saved-again",
            Cause::ReportMissing(_) => "report-file-missing",
            Cause::ManifestEdited => "manifest-edited",
        }
    }

    /// Whether a figure can come out different because of it.
    pub fn matters(&self) -> bool {
        !matches!(
            self,
            Cause::FileSavedAgain(_) | Cause::FileRenamed { .. } | Cause::ReportSavedAgain(_)
        )
    }

    /// Whether it lies in the report and not in what it is made from.
    pub fn is_of_report(&self) -> bool {
        matches!(
            self,
            Cause::ReportEdited(_) | Cause::ReportSavedAgain(_) | Cause::ReportMissing(_) | Cause::ManifestEdited
        )
    }
}

impl Tell for Cause {
    fn message(&self) -> Message {
        match self {
            Cause::FileChanged { path, .. } => message!("raw file changed: {path}", path),
            Cause::FileSavedAgain(path) => message!("raw file saved again, every cell as it was: {path}", path),
            Cause::FileMissing(path) => message!("raw file missing: {path}", path),
            Cause::FileNew(path) => message!("raw file new: {path}", path),
            Cause::FileRenamed { from, to } => message!("raw file renamed: {from} → {to}", from, to),
            Cause::DefinitionChanged(path) => message!("definition changed: {path}", path),
            Cause::DecisionsChanged { added, taken } => {
                message!(
                    "officers' decisions changed: {added} added, {taken} taken back",
                    added,
                    taken
                )
            }
            Cause::PublishedChanged(folder) => {
                message!("published period changed or missing: published/{folder}", folder)
            }
            Cause::ToolVersion { from, to } => {
                message!("made by version {from} of the tool, checked by {to}", from, to)
            }
            Cause::ReportEdited(name) => message!("report edited after it was written: {name}", name),
            Cause::ReportSavedAgain(name) => message!("report saved again, every cell as it was: {name}", name),
            Cause::ReportMissing(name) => message!("a file of the report is missing: {name}", name),
            Cause::ManifestEdited => {
                message!("manifest.json was edited after it was written: what it says of then can't be relied on")
            }
        }
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.message().fmt(out)
    }
}

/// What changed in raw files, definitions, decisions and the tool between the manifest of a report and that of now.
///
/// `renamed` tells files that bear another name now than the one in both manifests: name now → name then.
pub fn causes(then: &Manifest, now: &Manifest, renamed: &BTreeMap<String, String>) -> Vec<Cause> {
    let mut causes: Vec<Cause> = renamed
        .iter()
        .map(|(to, from)| Cause::FileRenamed {
            from: from.clone(),
            to: to.clone(),
        })
        .collect();
    causes.extend(of_files(then, now));
    let paths: BTreeSet<&String> = then.definitions.keys().chain(now.definitions.keys()).collect();
    let other = paths
        .into_iter()
        .filter(|path| then.definitions.get(*path) != now.definitions.get(*path));
    causes.extend(other.map(|path| Cause::DefinitionChanged(path.clone())));
    let added = beyond(&now.decisions, &then.decisions);
    let taken = beyond(&then.decisions, &now.decisions);
    // Decisions about the rows of a file that is gone are gone with it, and nobody took them back.
    let is_gone = causes.iter().any(|cause| matches!(cause, Cause::FileMissing(_)));
    if added + taken > 0 && !(is_gone && added == 0 && own_decisions(then) == own_decisions(now)) {
        causes.push(Cause::DecisionsChanged { added, taken });
    }
    let changed = then.published.iter().filter(|entry| !now.published.contains(entry));
    causes.extend(changed.map(|entry| Cause::PublishedChanged(entry.folder.clone())));
    if then.tool != now.tool {
        causes.push(Cause::ToolVersion {
            from: then.tool.clone(),
            to: now.tool.clone(),
        });
    }
    causes
}

/// Fingerprint of the decisions that stand beside the definitions.
fn own_decisions(manifest: &Manifest) -> Option<&str> {
    let mut files = manifest.files.iter();
    files
        .find(|file| file.path == DECISIONS)
        .map(|file| file.sha256.as_str())
}

/// How many of the first are not among the second, each counted as often as it stands there.
fn beyond(first: &[String], second: &[String]) -> usize {
    let mut left: BTreeMap<&String, usize> = BTreeMap::new();
    for one in second {
        *left.entry(one).or_default() += 1;
    }
    let is_beyond = |one: &&String| match left.get_mut(*one) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        Some(_) | None => true,
    };
    first.iter().filter(is_beyond).count()
}

fn of_files(then: &Manifest, now: &Manifest) -> Vec<Cause> {
    let here: BTreeMap<&String, &FileEntry> = now.files.iter().map(|file| (&file.path, file)).collect();
    let was: BTreeSet<&String> = then.files.iter().map(|file| &file.path).collect();
    let mut causes = Vec::new();
    for file in &then.files {
        match here.get(&file.path) {
            None => causes.push(Cause::FileMissing(file.path.clone())),
            Some(now) if now.sha256 == file.sha256 => {}
            Some(now) if says_the_same(file, now) => causes.push(Cause::FileSavedAgain(file.path.clone())),
            Some(now) => causes.push(Cause::FileChanged {
                path: file.path.clone(),
                rows: changed_rows(file, now),
            }),
        }
    }
    let new = now.files.iter().filter(|file| !was.contains(&file.path));
    causes.extend(new.map(|file| Cause::FileNew(file.path.clone())));
    causes
}

/// Whether a file with other bytes holds the same cells.
pub(crate) fn says_the_same(then: &FileEntry, now: &FileEntry) -> bool {
    !then.content.is_empty() && then.content == now.content
}

fn changed_rows(then: &FileEntry, now: &FileEntry) -> Vec<(usize, u32, Option<u32>)> {
    let sheets = then.rows.iter().zip(&now.rows).enumerate();
    sheets
        .flat_map(|(sheet, (then, now))| {
            let stretches = differing(then, now).into_iter();
            stretches.map(move |(first, last)| (sheet, first, last))
        })
        .collect()
}
