//! How the reports of a project stand to its files: by the fingerprints in their manifests, never by the clock.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use indexmap::IndexMap;
use rayon::prelude::*;
use serde::Deserialize;

use super::folder::Found;
use crate::ingest::findings::Kind;
use crate::ingest::listed::sha256;
use crate::ingest::{DECISIONS, is_lock_name};

/// Most bytes that are fingerprinted: more would be waited for.
const LOOKED_INTO: u64 = 64 << 20;
/// What `run --as-published` puts behind the names of its folders.
const OF_THE_PAST: &str = "-as-published";

/// What is read of a manifest.
#[derive(Deserialize)]
struct Manifest {
    period: String,
    period_start: NaiveDate,
    period_end: NaiveDate,
    definitions: IndexMap<String, String>,
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    path: String,
    sha256: String,
}

/// A report of the project beside what lies in its folder now.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Its folder.
    pub(super) folder: PathBuf,
    /// Label of its period.
    pub(super) period: String,
    /// First and last day of its period.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    /// Files that it does not know.
    pub(super) new: Vec<String>,
    /// Files that are otherwise than it knows them.
    pub(super) changed: Vec<String>,
    /// Files that are gone.
    pub(super) gone: Vec<String>,
    /// Files too large to be looked into quickly.
    pub(super) unlooked: usize,
    /// Pairs that it leaves open.
    pub(super) undecided: usize,
}

impl Standing {
    /// Whether the report is what the files give, as far as was looked.
    pub(super) fn is_current(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}

/// The report that stands closest to the files: one that is current, else any; of several the one that reaches furthest.
pub(super) fn standing(found: &Found) -> Option<Standing> {
    let manifests = manifests(&found.root.join("reports"));
    if manifests.is_empty() {
        return None;
    }
    let now = Now::of(found);
    let best = manifests
        .into_iter()
        .map(|(folder, manifest)| (now.beside(&manifest), folder, manifest))
        .max_by_key(|(standing, folder, manifest)| {
            let reach = (manifest.period_end, std::cmp::Reverse(manifest.period_start));
            (standing.is_current(), reach, folder.clone())
        });
    best.map(|(standing, folder, manifest)| Standing {
        undecided: undecided(&folder.join("findings.csv")),
        folder,
        days: Some((manifest.period_start, manifest.period_end)),
        period: manifest.period,
        ..standing
    })
}

/// The manifests of all reports that can be read.
fn manifests(reports: &Path) -> Vec<(PathBuf, Manifest)> {
    let entries = fs::read_dir(reports).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        !name.starts_with('.') && !name.ends_with(OF_THE_PAST)
    });
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.path()).collect();
    folders.sort();
    let read = |folder: PathBuf| {
        let bytes = fs::read(folder.join("manifest.json")).ok()?;
        Some((folder, serde_json::from_slice(&bytes).ok()?))
    };
    folders.into_iter().filter_map(read).collect()
}

/// Pairs that the findings of a report name as undecided.
fn undecided(findings: &Path) -> usize {
    let Ok(mut table) = csv::Reader::from_path(findings) else {
        return 0;
    };
    let code = Kind::PairUndecided.code();
    let rows = table.byte_records().flatten();
    rows.filter(|row| row.get(0) == Some(code.as_bytes())).count()
}

/// The files of now with their fingerprints, where these were taken.
struct Now {
    files: BTreeMap<String, Option<String>>,
}

impl Now {
    fn of(found: &Found) -> Self {
        let mut files: Vec<(String, PathBuf)> = found
            .raw
            .iter()
            .map(|file| (file.shown.clone(), file.path.clone()))
            .collect();
        let decisions = found.root.join(DECISIONS);
        if decisions.exists() {
            files.push((DECISIONS.to_owned(), decisions));
        }
        let mut sized: Vec<(u64, String, PathBuf)> = files
            .into_iter()
            .map(|(shown, path)| (fs::metadata(&path).map_or(0, |facts| facts.len()), shown, path))
            .collect();
        // The small ones first: so most files are looked into.
        sized.sort();
        let mut room = LOOKED_INTO;
        let looked_into: Vec<(String, PathBuf, bool)> = sized
            .into_iter()
            .map(|(size, shown, path)| {
                let fits = size <= room;
                room = room.saturating_sub(size);
                (shown, path, fits)
            })
            .collect();
        let mut files: BTreeMap<String, Option<String>> = looked_into
            .into_par_iter()
            .map(|(shown, path, fits)| (shown, fits.then(|| sha256(&path))))
            .collect();
        let definitions = found.project.definitions.iter();
        files.extend(definitions.map(|file| (file.path.clone(), Some(file.sha256.clone()))));
        Self { files }
    }

    /// What lies there otherwise than a report knows it.
    fn beside(&self, manifest: &Manifest) -> Standing {
        let is_lock = |path: &str| is_lock_name(path.rsplit('/').next().unwrap_or(path));
        let files = manifest.files.iter().map(|file| (&file.path, &file.sha256));
        let then: BTreeMap<&String, &String> = files
            .chain(&manifest.definitions)
            .filter(|(path, _)| !is_lock(path))
            .collect();
        let mut standing = Standing::default();
        for (path, now) in &self.files {
            match (then.get(path), now) {
                (None, _) => standing.new.push(path.clone()),
                (Some(_), None) => standing.unlooked += 1,
                (Some(then), Some(now)) if *then != now => standing.changed.push(path.clone()),
                (Some(_), Some(_)) => {}
            }
        }
        let here: BTreeSet<&String> = self.files.keys().collect();
        let gone = then.keys().filter(|path| !here.contains(*path));
        standing.gone = gone.map(|path| (*path).clone()).collect();
        standing
    }
}
