//! `run --as-published`: the report of a published period made again from its frozen state and the raw files of then.

use std::path::{Path, PathBuf};

use super::pipeline::{self, Computed};
use super::printer::Printer;
use super::publish::{DECISIONS, KEPT_DECISIONS};
use super::published::{self, DEFINITIONS, FOLDER, Found};
use super::{Failure, Status, quoted};
use crate::audit::publish::{Damage, Frozen};
use crate::ingest;
use crate::ingest::fingerprint_of;
use crate::ingest::listed::{Cuts, Listed, raw_files, sha256};
use crate::message::{Message, Tell, message};
use crate::project::calendar;
use crate::project::model::Project;
use crate::report::folder;

/// Rebuilds a published report.
pub(crate) fn run(root: &Path, label: &str, out: Option<&Path>, printer: &mut Printer) -> Result<Status, Failure> {
    let (name, folder, frozen) = wanted(root, label)?;
    let files = again(&frozen, &folder, root, None)?;
    let target = out.map_or_else(
        || root.join("reports").join(format!("{name}-as-published")),
        Path::to_path_buf,
    );
    folder::write_folder(&target, &files).map_err(|error| Failure::File(error.message()))?;
    let status = tell(&name, &frozen, &files, printer);
    printer.note(&super::run::told(&target, &files));
    printer.note(&message!(
        "Next: open {target}.",
        target = quoted(&target.join("report.xlsx"))
    ));
    Ok(status)
}

/// What the raw files of then make of a publication today.
pub(super) enum Stands {
    /// Every file of it, byte for byte; how many.
    Whole(usize),
    /// Not these of its files.
    Not(Vec<String>),
    /// It can't be made anew.
    Unknown(Message),
}

/// Whether a published folder is what its own definitions, decisions and raw files still give, whatever has come since;
/// nothing where the folder is no publication.
pub(super) fn stands(folder: &Path, root: &Path, raw: Option<&Path>) -> Option<Stands> {
    let (frozen, _) = Frozen::read(folder).ok()?;
    Some(match again(&frozen, folder, root, raw) {
        Err(failure) => Stands::Unknown(failure.brief()),
        Ok(files) => {
            let differing = differing(&frozen, &files);
            if differing.is_empty() {
                Stands::Whole(frozen.report.len())
            } else {
                Stands::Not(differing.into_iter().map(str::to_owned).collect())
            }
        }
    })
}

/// The files of a publication, made from what it keeps and the raw files of then.
fn again(frozen: &Frozen, folder: &Path, root: &Path, raw: Option<&Path>) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    whole(frozen, folder)?;
    let project = published::definitions(folder, root).map_err(Failure::File)?;
    let listed = raw_of_then(frozen, folder, (&project, raw))?;
    rebuilt(frozen, project, &listed)
}

/// The publication of that name, or the latest one of that period.
fn wanted(root: &Path, label: &str) -> Result<(String, PathBuf, Frozen), Failure> {
    let mut known = Vec::new();
    let mut best: Option<(String, PathBuf, Frozen)> = None;
    for Found { name, path, frozen } in published::found(root) {
        let is_named = name.eq_ignore_ascii_case(label);
        known.push(name.clone());
        match frozen {
            Ok((frozen, _)) if is_named => return Ok((name, path, frozen)),
            Ok((frozen, _)) if frozen.period.eq_ignore_ascii_case(label) => {
                let older = best.as_ref().is_none_or(|(.., other)| other.revision < frozen.revision);
                if older {
                    best = Some((name, path, frozen));
                }
            }
            Err(damage) if is_named => return Err(Failure::File(damage.message())),
            Ok(_) | Err(_) => {}
        }
    }
    best.ok_or_else(|| {
        let there = if known.is_empty() {
            message!("nothing was published; `tallyframe publish --period PERIOD` does it")
        } else {
            message!("there are: {known}", known = known.join(", "))
        };
        Failure::Call(message!(
            "{label} was not published in {root}: {there}",
            label,
            root = quoted(&root.join(FOLDER)),
            there
        ))
    })
}

/// Refuses where the definitions or the decisions of then are not there as they were.
fn whole(frozen: &Frozen, folder: &Path) -> Result<(), Failure> {
    let needed = |path: &Path| path.starts_with(folder.join(DEFINITIONS)) || path == folder.join(KEPT_DECISIONS);
    let damage = frozen.damage(folder).into_iter().find(|damage| match damage {
        Damage::Missing(path) | Damage::Edited(path) => needed(path),
        Damage::Unclear { .. } | Damage::Newer { .. } | Damage::Io { .. } => true,
    });
    damage.map_or(Ok(()), |damage| Err(Failure::File(damage.message())))
}

/// The raw files of then, by what is in them: under their own names or others.
fn raw_of_then(
    frozen: &Frozen,
    folder: &Path,
    (project, raw): (&Project, Option<&Path>),
) -> Result<Vec<Listed>, Failure> {
    let now: Vec<(String, PathBuf, String)> = raw_files(project, raw)
        .into_iter()
        .map(|file| (file.shown, sha256(&file.path), file.path))
        .map(|(shown, sha256, path)| (shown, path, sha256))
        .collect();
    let (mut listed, mut lost) = (Vec::new(), Vec::new());
    for file in &frozen.manifest.files {
        let own = || now.iter().find(|(shown, ..)| *shown == file.path);
        let same = |other: &&(String, PathBuf, String)| other.2 == file.sha256;
        let found = own().filter(same).or_else(|| now.iter().find(same));
        let path = if file.path == DECISIONS {
            Some(folder.join(KEPT_DECISIONS))
        } else {
            found.map(|(_, path, _)| path.clone())
        };
        match path {
            Some(path) => listed.push(Listed {
                shown: file.path.clone(),
                path,
                cuts: Cuts::new(),
            }),
            None if own().is_some() => lost.push(message!("{path} was changed", path = file.path)),
            None => lost.push(message!("{path} is missing", path = file.path)),
        }
    }
    if lost.is_empty() {
        return Ok(listed);
    }
    Err(Failure::File(message!(
        "the report of {period} can't be rebuilt, because not all raw files of then are there: {lost}. Put them back from a copy, under \
         any name",
        period = frozen.period,
        lost = Message::joined(lost, "; ")
    )))
}

/// The files of the report, made from the state of then.
fn rebuilt(frozen: &Frozen, project: Project, listed: &[Listed]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let period = calendar::parse_label(&frozen.period, project.start, project.end)
        .map_err(|error| Failure::File(error.message()))?;
    let records = ingest::read_listed(&project, listed, &|_, _| {});
    let mut computed: Computed = pipeline::count(project, records, Some(&period), Some(frozen.manifest.as_of));
    computed.history = frozen.history.clone();
    let lang = super::run::language(&computed, Some(&frozen.manifest.language))?;
    let mut manifest = computed.manifest(&lang);
    manifest.formats.clone_from(&frozen.manifest.formats);
    super::run::files(&computed, &manifest, &lang)
}

/// The files of the report that come out with other bytes than were published.
fn differing<'f>(frozen: &'f Frozen, files: &[(String, Vec<u8>)]) -> Vec<&'f str> {
    let other = |(published, sha256): &(&String, &String)| {
        let again = files.iter().find(|(file, _)| file == *published);
        again.is_none_or(|(_, bytes)| fingerprint_of(bytes) != **sha256)
    };
    let files = frozen.report.iter().filter(other);
    files.map(|(file, _)| file.as_str()).collect()
}

fn tell(name: &str, frozen: &Frozen, files: &[(String, Vec<u8>)], printer: &mut Printer) -> Status {
    let differing = differing(frozen, files);
    if differing.is_empty() {
        let count = super::counted(frozen.report.len(), "file");
        printer.answer(&message!(
            "{name}: rebuilt byte for byte as it was published on {date} ({count}).",
            name,
            date = frozen.date,
            count
        ));
        return Status::Done;
    }
    let why = if frozen.tool == env!("CARGO_PKG_VERSION") {
        Message::nothing()
    } else {
        message!(
            " It was published by version {tool} of the tool, and this is version {own}: use that version to have the same bytes.",
            tool = frozen.tool,
            own = env!("CARGO_PKG_VERSION")
        )
    };
    printer.answer(&message!(
        "{name}: rebuilt, but not byte for byte: {differing} came out different.{why}",
        name,
        differing = differing.join(", "),
        why
    ));
    Status::Look
}
