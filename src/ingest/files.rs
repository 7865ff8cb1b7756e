//! Which files a project has: those its sources name, those nobody names, and what is no data at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use super::listed::{Cuts, Listed};
use crate::project::model::Project;

/// Folders of a project that hold no raw files.
const NOT_RAW: &[&str] = &["reports", "published", "private", "indicators", "target"];

/// The folder where raw files lie unless definitions say otherwise.
const RAW: &str = "raw";

/// Officers' decisions kept beside the definitions.
pub(crate) const DECISIONS: &str = "decisions.csv";

/// Patterns match whole path components, as a shell's do.
const MATCHING: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// A file found in the project folder.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Path relative to the project folder, with `/`, NFC.
    pub(crate) shown: String,
    /// Sources whose patterns name it, in order.
    pub(crate) sources: Vec<usize>,
    /// Look-ups whose patterns name it, in order.
    pub(crate) lookups: Vec<usize>,
    /// Whether it holds officers' decisions.
    pub(crate) decisions: bool,
    /// Whether it is a trace of an open program.
    pub(crate) lock: bool,
    /// What of it is passed over.
    pub(crate) cuts: Cuts,
}

impl Found {
    /// A file that no project names, to be read by the one source there is.
    pub(crate) fn loose(path: &Path) -> Self {
        let name = path.file_name();
        Self {
            path: path.to_owned(),
            shown: dunce::simplified(path).to_string_lossy().replace('\\', "/"),
            sources: vec![0],
            lookups: Vec::new(),
            decisions: false,
            lock: name.is_some_and(|name| is_lock_name(&name.to_string_lossy())),
            cuts: Cuts::default(),
        }
    }
}

/// A pattern that names no file: the source's index and the pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unmatched {
    /// Index into the project's sources.
    pub(crate) source: usize,
    /// The pattern.
    pub(crate) pattern: String,
}

/// Where raw files are looked for, and under which names they are known.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawFiles<'a> {
    /// A folder that stands in for the project's `raw`.
    pub folder: Option<&'a Path>,
    /// Names now → names under which the files are to be read.
    pub names: Option<&'a BTreeMap<String, String>>,
}

/// Files that bear another name than the one by which they were known: name now → name then.
///
/// `known` holds the names of then by SHA-256. Only files whose names are not known are opened.
pub fn renamed(
    project: &Project,
    folder: Option<&Path>,
    known: &BTreeMap<String, Vec<String>>,
) -> BTreeMap<String, String> {
    let paths = listed(project, folder);
    let mut here: BTreeSet<String> = paths.iter().map(|(shown, _)| shown.clone()).collect();
    let names: BTreeSet<&String> = known.values().flatten().collect();
    let mut renamed = BTreeMap::new();
    for (shown, path) in paths.iter().filter(|(shown, _)| !names.contains(shown)) {
        let Ok((sha256, _)) = fingerprint(path) else { continue };
        let former = known
            .get(&sha256)
            .into_iter()
            .flatten()
            .find(|name| !here.contains(*name));
        if let Some(former) = former {
            here.insert(former.clone());
            renamed.insert(shown.clone(), former.clone());
        }
    }
    renamed
}

/// All raw files of a project in path order, and the patterns that name none.
pub(crate) fn discover(project: &Project, raw: RawFiles) -> (Vec<Found>, Vec<Unmatched>) {
    let mut paths = listed(project, raw.folder);
    if let Some(names) = raw.names {
        for (shown, _) in &mut paths {
            if let Some(name) = names.get(shown) {
                shown.clone_from(name);
            }
        }
        paths.sort();
    }
    let mut used = vec![Vec::new(); project.sources.len()];
    let files = paths
        .into_iter()
        .map(|(shown, path)| name_sources(project, shown, path, &mut used))
        .collect();
    (files, unmatched(project, &used))
}

/// Every file that may be raw data, with its name as shown, in order.
fn listed(project: &Project, raw: Option<&Path>) -> Vec<(String, PathBuf)> {
    let mut paths = Vec::new();
    for folder in raw_folders(project) {
        let place = raw
            .filter(|_| folder == RAW)
            .map_or_else(|| project.root.join(&folder), Path::to_path_buf);
        walk(&place, &folder, &mut paths);
    }
    let decisions = project.root.join(DECISIONS);
    if decisions.exists() {
        paths.push((DECISIONS.to_owned(), decisions));
    }
    paths.sort();
    paths.dedup();
    paths
}

/// The same for files that are given, each under the path it is to be known by.
pub(crate) fn given(project: &Project, listed: &[Listed]) -> (Vec<Found>, Vec<Unmatched>) {
    let mut listed: Vec<&Listed> = listed.iter().collect();
    listed.sort_by(|a, b| a.shown.cmp(&b.shown));
    let mut used = vec![Vec::new(); project.sources.len()];
    let named = listed.into_iter().map(|file| Found {
        cuts: file.cuts.clone(),
        ..name_sources(project, file.shown.clone(), file.path.clone(), &mut used)
    });
    let files = named.collect();
    (files, unmatched(project, &used))
}

/// First folders of all patterns, and `raw`.
fn raw_folders(project: &Project) -> Vec<String> {
    let patterns = project
        .sources
        .iter()
        .flat_map(|source| &source.files)
        .chain(project.lookups.iter().flat_map(|lookup| &lookup.files))
        .chain(&project.decision_files);
    let mut folders: Vec<String> = patterns
        .filter_map(|pattern| pattern.split_once('/').map(|(first, _)| first.to_owned()))
        .filter(|first| !first.contains(['*', '?', '[']) && !NOT_RAW.contains(&first.as_str()))
        .chain(std::iter::once(RAW.to_owned()))
        .collect();
    folders.sort();
    folders.dedup();
    folders
}

/// Files below a folder, with their paths as shown; what can't be listed is met again when it is opened.
fn walk(folder: &Path, shown: &str, found: &mut Vec<(String, PathBuf)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name: String = entry.file_name().to_string_lossy().nfc().collect();
        let shown = format!("{shown}/{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), &shown, found),
            Ok(_) if !is_system_file(&name) => found.push((shown, entry.path())),
            _ => {}
        }
    }
}

/// Whether a file name is one that systems and tools leave in folders.
pub(crate) fn is_system_file(name: &str) -> bool {
    matches!(
        name,
        "Thumbs.db" | "desktop.ini" | ".DS_Store" | ".gitkeep" | ".gitignore"
    )
}

/// Whether a file name is the trace that an office program leaves beside an open document.
pub(crate) fn is_lock_name(name: &str) -> bool {
    name.starts_with("~$") || name.starts_with(".~lock.")
}

fn name_sources(project: &Project, shown: String, path: PathBuf, used: &mut [Vec<String>]) -> Found {
    let lock = is_lock_name(shown.rsplit('/').next().unwrap_or(&shown));
    let mut sources = Vec::new();
    for (index, source) in project.sources.iter().enumerate() {
        let hits: Vec<&String> = source.files.iter().filter(|pattern| matches(pattern, &shown)).collect();
        if hits.is_empty() || lock || source.exclude.iter().any(|pattern| matches(pattern, &shown)) {
            continue;
        }
        used[index].extend(hits.into_iter().cloned());
        sources.push(index);
    }
    let named = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, &shown));
    let lookups = project.lookups.iter().enumerate();
    let lookups = lookups
        .filter(|(_, lookup)| !lock && named(&lookup.files))
        .map(|(index, _)| index)
        .collect();
    let decisions =
        !lock && (shown == DECISIONS || project.decision_files.iter().any(|pattern| matches(pattern, &shown)));
    Found {
        path,
        shown,
        sources,
        lookups,
        decisions,
        lock,
        cuts: Cuts::default(),
    }
}

/// Whether a pattern names a path; a pattern that is no valid glob names itself.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern: String = pattern.nfc().collect();
    pattern == path || Pattern::new(&pattern).is_ok_and(|glob| glob.matches_with(path, MATCHING))
}

/// Whether a sheet name is one of the names or globs, ignoring case and outer blanks.
pub(crate) fn sheet_named(patterns: &[String], sheet: &str) -> bool {
    let sheet = sheet.trim().nfc().collect::<String>().to_lowercase();
    patterns.iter().any(|pattern| {
        let pattern = pattern.trim().nfc().collect::<String>().to_lowercase();
        pattern == sheet || Pattern::new(&pattern).is_ok_and(|glob| glob.matches(&sheet))
    })
}

fn unmatched(project: &Project, used: &[Vec<String>]) -> Vec<Unmatched> {
    project
        .sources
        .iter()
        .enumerate()
        .flat_map(|(index, source)| source.files.iter().map(move |pattern| (index, pattern)))
        .filter(|(index, pattern)| !used[*index].contains(pattern))
        .map(|(source, pattern)| Unmatched {
            source,
            pattern: pattern.clone(),
        })
        .collect()
}

/// Lower-case hexadecimal SHA-256 and size of a file.
pub(crate) fn fingerprint(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = fs::File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        size += read as u64;
    }
    Ok((hexadecimal(&hasher.finalize()), size))
}

/// Lower-case hexadecimal SHA-256 of bytes.
pub(crate) fn fingerprint_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal of bytes.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).expect("half a byte is a hexadecimal digit");
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
