//! What was published before: read, checked, and compared with what comes out now.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::pipeline::{self, Computed};
use super::printer::Printer;
use super::quoted;
use crate::audit::evidence::key::Key;
use crate::audit::manifest::PublishedEntry;
use crate::audit::publish::restate::{self, Now, State, Then};
use crate::audit::publish::{Damage, Frozen, changes, matching, rows};
use crate::ingest::listed::raw_files;
use crate::message::{Message, message};
use crate::project::model::Project;
use crate::report::history::{DefinitionChange, History, Publication, Restatement};
use crate::report::labels::Labels;
use crate::report::restated::{between, causes, named, said, shown, what};

/// Folder of the published periods.
pub(crate) const FOLDER: &str = "published";
/// Folder of the definitions within a publication.
pub(crate) const DEFINITIONS: &str = "definitions";
/// Restatements shown before the rest is only counted.
const SHOWN: usize = 5;

/// A folder among the published ones.
pub(crate) struct Found {
    /// Its name.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What was frozen, with the fingerprint of the text; or what is wrong.
    pub(crate) frozen: Result<(Frozen, String), Damage>,
}

/// Every published folder, in the order of publishing; damaged ones last.
pub(crate) fn found(root: &Path) -> Vec<Found> {
    let Ok(entries) = fs::read_dir(root.join(FOLDER)) else {
        return Vec::new();
    };
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let mut found: Vec<Found> = folders
        .map(|entry| Found {
            name: entry.file_name().to_string_lossy().into_owned(),
            frozen: Frozen::read(&entry.path()),
            path: entry.path(),
        })
        .filter(|found| !found.name.starts_with('.'))
        .collect();
    found.sort_by_key(|found| {
        let number = found.frozen.as_ref().map_or(u32::MAX, |(frozen, _)| frozen.number);
        (number, found.name.clone())
    });
    found
}

/// Compares what was published with what comes out now; `only` those publications, where given. With what is wrong with
/// what was published, in sentences.
pub(crate) fn look_back(
    root: &Path,
    computed: &Computed,
    raw: Option<&Path>,
    lang: &str,
    only: Option<&[PublishedEntry]>,
) -> (History, Vec<Message>) {
    let (mut history, mut troubles) = (History::default(), Vec::new());
    let mut published: Vec<(Frozen, Publication, Found)> = Vec::new();
    for mut found in found(root) {
        let listed = |entry: &PublishedEntry| entry.folder == found.name;
        if only.is_some_and(|only| !only.iter().any(listed)) {
            continue;
        }
        match std::mem::replace(&mut found.frozen, Err(Damage::Missing(PathBuf::new()))) {
            Ok((frozen, sha256)) => {
                let publication = frozen.publication(&found.name, &sha256);
                published.push((frozen, publication, found));
            }
            Err(damage) => troubles.push(trouble(&damage)),
        }
    }
    history.publications = published
        .iter()
        .map(|(_, publication, _)| publication.clone())
        .collect();
    history.changes = definition_changes(&published, &computed.project, lang);
    let mut latest: BTreeMap<&str, u32> = BTreeMap::new();
    for (frozen, ..) in &published {
        let revision = latest.entry(&frozen.period).or_default();
        *revision = frozen.revision.max(*revision);
    }
    let now = Now {
        project: &computed.project,
        records: &computed.records,
        people: &computed.people,
        raw,
    };
    let latest: Vec<bool> = published
        .iter()
        .map(|(frozen, ..)| latest.get(frozen.period.as_str()) == Some(&frozen.revision))
        .collect();
    for ((frozen, _, found), latest) in published.into_iter().zip(latest) {
        let damage = frozen.damage(&found.path);
        troubles.extend(damage.iter().map(trouble));
        if latest {
            let restated = restatements((frozen, &found, &damage), root, now, &mut troubles);
            history.restated.extend(restated);
        }
    }
    (history, troubles)
}

fn trouble(damage: &Damage) -> Message {
    message!("What was published is not whole: {damage}.", damage)
}

/// The figures of a publication that come out different, with causes.
fn restatements(
    (frozen, found, damage): (Frozen, &Found, &[Damage]),
    root: &Path,
    now: Now,
    troubles: &mut Vec<Message>,
) -> Vec<Restatement> {
    let mut restated = restate::differing(&frozen, now);
    if restated.is_empty() {
        return restated;
    }
    let kept = |damage: &Damage| match damage {
        Damage::Missing(path) | Damage::Edited(path) => frozen.kept.keys().any(|name| *path == found.path.join(name)),
        Damage::Unclear { .. } | Damage::Newer { .. } | Damage::Io { .. } => true,
    };
    let state = if damage.iter().any(kept) {
        None
    } else {
        match state(&frozen, found, root, now.raw) {
            Ok(state) => Some(state),
            Err(reason) => {
                troubles.push(reason);
                None
            }
        }
    };
    if state.is_none() {
        let folder = quoted(&found.path);
        troubles.push(message!(
            "Why figures of {folder} come out different can't be told.",
            folder
        ));
    }
    let then = Then {
        folder: found.name.clone(),
        frozen,
        state,
    };
    restate::explain(&mut restated, &then, now);
    for one in &mut restated {
        one.publication.clone_from(&found.name);
    }
    restated
}

/// The state in which a period was published, against the raw files of now.
fn state(frozen: &Frozen, found: &Found, root: &Path, raw: Option<&Path>) -> Result<State, Message> {
    let project = definitions(&found.path, root)?;
    let key = match Key::known(root) {
        Ok(Some(key)) if rows::check(&key) == frozen.key => key,
        Ok(_) => {
            return Err(message!(
                "The secret that the rows of {path} were hashed with is not in private/: put it back from a copy.",
                path = quoted(&found.path)
            ));
        }
        Err(error) => return Err(message!("{error}.", error)),
    };
    let read = |name: &str| fs::read(found.path.join(name)).unwrap_or_default();
    let unclear = || {
        message!(
            "{path} can't be understood.",
            path = quoted(&found.path.join(rows::ROWS))
        )
    };
    let known = rows::read_rows(&read(rows::ROWS)).ok_or_else(unclear)?;
    let decided = rows::read_decided(&read(rows::DECIDED), known.len()).ok_or_else(unclear)?;
    let files = frozen.manifest.files.iter();
    let files: Vec<(String, String)> = files.map(|file| (file.path.clone(), file.sha256.clone())).collect();
    let matching = matching::matching(&known, &files, raw_files(&project, raw), &key);
    Ok(State {
        project,
        rows: known,
        decided,
        matching,
    })
}

/// The definitions of a publication, over the project's own raw files.
pub(crate) fn definitions(folder: &Path, root: &Path) -> Result<Project, Message> {
    let place = folder.join(DEFINITIONS);
    let mut project = pipeline::load(&place).map_err(|failure| {
        message!(
            "The definitions in {place} can't be used: {failure}",
            place = quoted(&place),
            failure = failure.brief()
        )
    })?;
    root.clone_into(&mut project.root);
    Ok(project)
}

/// What the definitions said otherwise from publication to publication, and since the last one.
fn definition_changes(
    published: &[(Frozen, Publication, Found)],
    project: &Project,
    lang: &str,
) -> Vec<DefinitionChange> {
    let mut changes = Vec::new();
    for (at, (frozen, publication, found)) in published.iter().enumerate() {
        let next = published.get(at + 1);
        let same = if let Some((next, ..)) = next {
            next.manifest.definitions == frozen.manifest.definitions
        } else {
            let now = project.definitions.iter().map(|file| (&file.path, &file.sha256));
            now.eq(frozen.manifest.definitions.iter())
        };
        let loaded = |found: &Found| definitions(&found.path, &project.root).ok();
        let Some(then) = (!same).then(|| loaded(found)).flatten() else {
            continue;
        };
        let (now, until) = match next {
            Some((_, publication, found)) => (loaded(found), publication.folder.clone()),
            None => (Some(project.clone()), String::new()),
        };
        let found = now.map(|now| changes::changes(&then, &now, lang)).unwrap_or_default();
        changes.extend(found.into_iter().map(|change| DefinitionChange {
            since: publication.folder.clone(),
            until: until.clone(),
            ..change
        }));
    }
    changes
}

/// Tells in short what comes out different.
pub(crate) fn tell(history: &History, project: &Project, lang: &str, all: bool, printer: &mut Printer) {
    let labels = Labels::load(lang);
    let restated = &history.restated;
    if !restated.is_empty() {
        printer.answer("");
        let count = labels.count(restated.len(), "restated");
        printer.answer(&labels.fill("restated.told.title", &[("count", &count)]));
    }
    // Indicators as a whole say most.
    let (totals, cells): (Vec<_>, Vec<_>) = restated.iter().partition(|one| one.is_total());
    let limit = if all { restated.len() } else { SHOWN };
    for one in totals.iter().chain(&cells).take(limit) {
        printer.answer(&line(one, project, lang, &labels));
    }
    if let Some(more) = restated.len().checked_sub(limit).filter(|more| *more > 0) {
        printer.answer(&labels.fill("restated.told.more", &[("count", &labels.whole(more))]));
    }
}

/// Tells what the definitions said otherwise when a period was last published.
pub(crate) fn tell_changes(history: &History, lang: &str, printer: &mut Printer) {
    let labels = Labels::load(lang);
    let mut changes = history
        .changes
        .iter()
        .filter(|change| change.until.is_empty())
        .peekable();
    if changes.peek().is_some() {
        printer.answer(labels.get("restated.told.changes"));
    }
    for change in changes {
        let code = if change.code.is_empty() {
            labels.get("restated.told.project")
        } else {
            &change.code
        };
        let (what, between) = (what(change, &labels), between(change, &labels));
        let args = [
            ("code", code),
            ("what", &what),
            ("between", &between),
            ("from", said(&change.from, &labels)),
            ("to", said(&change.to, &labels)),
        ];
        printer.answer(&labels.fill("restated.told.change", &args));
    }
}

fn line(one: &Restatement, project: &Project, lang: &str, labels: &Labels) -> String {
    let args = [
        ("figure", named(one, project, lang, labels)),
        ("publication", one.publication.clone()),
        ("published", shown(one.published, one.decimals, labels)),
        ("now", shown(one.now, one.decimals, labels)),
        ("causes", causes(one, labels)),
    ];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    labels.fill("restated.told.line", &args)
}

/// Everything that comes out different, for programs.
pub(crate) fn document(history: &History) -> serde_json::Value {
    serde_json::to_value(history).unwrap_or_default()
}
