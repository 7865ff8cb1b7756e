//! `publish`: freezes a period. The report is written once more, with everything that later runs need to say why a figure
//! comes out different.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDate};
use indexmap::IndexMap;

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::published::{self, DEFINITIONS, FOLDER, Found};
use super::{Failure, ProjectArg, Status, quoted};
use crate::audit::evidence::key::Key;
use crate::audit::publish::frozen::{FILE, Frozen, SCHEMA_VERSION};
use crate::audit::publish::rows;
use crate::cli::headings::{REPORTED, SIGNED};
use crate::ingest::fingerprint_of;
use crate::ingest::listed::raw_files;
use crate::report::folder;
use crate::report::history::History;

/// Officers' decisions, in the project and within a publication.
pub(crate) const DECISIONS: &str = "decisions.csv";
pub(crate) const KEPT_DECISIONS: &str = "private/decisions.csv";

/// Arguments of `publish`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe publish samples/balakliya --period 2026-03 --by \"O. K.\"\n  \
                   tallyframe publish --period 2026-Q1 --again"
)]
pub(crate) struct Args {
    #[command(flatten)]
    project: ProjectArg,
    /// Period to publish: 2026-03, 2026-Q1, 2026.
    #[arg(long, value_name = "PERIOD", help_heading = REPORTED)]
    period: String,
    /// Who publishes: a role or initials, as reports may show it.
    #[arg(long, value_name = "NAME", default_value = "", help_heading = SIGNED)]
    by: String,
    /// Day of publishing (year-month-day); today when absent.
    #[arg(long, value_name = "DATE", help_heading = SIGNED)]
    date: Option<NaiveDate>,
    /// Count nothing after this day (year-month-day); the end of the period when absent.
    #[arg(long, value_name = "DATE", help_heading = REPORTED)]
    as_of: Option<NaiveDate>,
    /// Language of the report: en or uk; the project's own when absent.
    #[arg(long, value_name = "LANG", help_heading = REPORTED)]
    lang: Option<String>,
    /// Donors' formats to write as well, with commas between them. Those of the definitions when absent.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', help_heading = REPORTED)]
    format: Vec<String>,
    /// Publish a period once more: what was published stays, and the new one stands beside it as the next revision.
    #[arg(long, help_heading = REPORTED)]
    again: bool,
}

/// Freezes a period.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let root = &args.project.project;
    if args.period.contains("..") || args.period.eq_ignore_ascii_case("all") {
        return Err(Failure::Call(
            "a period that is published has a name of the calendar: 2026-03, 2026-Q1, 2026".to_owned(),
        ));
    }
    let before = published::found(root);
    refuse(&before, &args.period, args.again)?;
    let asked = Asked {
        period: Some(&args.period),
        as_of: args.as_of,
        raw: crate::ingest::RawFiles::default(),
    };
    let mut computed = pipeline::compute(root, asked)?;
    let lang = super::run::language(&computed, args.lang.as_deref())?;
    let (history, troubles) = published::look_back(root, &computed, None, &lang, None);
    computed.history = history;
    let (frozen, name, files) = frozen(args, &computed, &lang, &before)?;
    let target = root.join(FOLDER).join(&name);
    folder::write_folder(&target, &files).map_err(|error| Failure::File(error.into()))?;
    tell(&frozen, &target, &computed, &lang, printer);
    printer.note(&super::run::told(&target, &files));
    for trouble in &troubles {
        printer.trouble(trouble);
    }
    let project = args.project.shown();
    printer.note(&format!(
        "Next: `tallyframe run {project}` shows from now on what comes out different; `tallyframe run {project} --as-published \
         {name}` rebuilds this report. Keep a copy of {} and of private/.",
        quoted(&target)
    ));
    Ok(if troubles.is_empty() {
        Status::Done
    } else {
        Status::Look
    })
}

/// Names relative to a folder, with bytes.
type Files = Vec<(String, Vec<u8>)>;

/// What is frozen, the name of its folder, and every file of it.
fn frozen(args: &Args, computed: &Computed, lang: &str, before: &[Found]) -> Result<(Frozen, String, Files), Failure> {
    let root = &args.project.project;
    let label = computed.request.span.label.clone();
    let revision = refuse(before, &label, args.again)? + 1;
    let mut manifest = computed.manifest(lang);
    manifest.formats = super::run::formats(&computed.project, &args.format)?;
    let report = super::run::files(computed, &manifest, lang)?;
    let key = Key::of_project(root).map_err(|error| Failure::File(error.into()))?;
    let kept = kept(root, computed, &key)?;
    let name = free_name(root, &label, revision);
    let mut frozen = Frozen {
        schema_version: SCHEMA_VERSION,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        period: label,
        revision,
        number: number(before) + 1,
        date: args.date.unwrap_or_else(today),
        by: args.by.clone(),
        report: fingerprints(&report),
        kept: fingerprints(&kept),
        key: rows::check(&key),
        history: computed.history.clone(),
        manifest,
        fingerprint: String::new(),
    };
    let sealed = (FILE.to_owned(), frozen.sealed().0.into_bytes());
    let files = report.into_iter().chain(kept).chain([sealed]).collect();
    Ok((frozen, name, files))
}

/// Whether a folder is a publication of the period, damaged or not.
fn is_of(found: &Found, label: &str) -> bool {
    if let Ok((frozen, _)) = &found.frozen {
        return frozen.period.eq_ignore_ascii_case(label);
    }
    let name = found.name.to_lowercase();
    let rest = name.strip_prefix(&label.to_lowercase());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("-r"))
}

/// The latest revision of a period, 0 where it was never published; refused where it must not be published now.
fn refuse(before: &[Found], label: &str, again: bool) -> Result<u32, Failure> {
    let mut latest: Option<&Frozen> = None;
    for found in before.iter().filter(|found| is_of(found, label)) {
        match &found.frozen {
            Ok((frozen, _)) => latest = latest.filter(|other| other.revision > frozen.revision).or(Some(frozen)),
            Err(damage) => return Err(Failure::File(anyhow::anyhow!("{damage}"))),
        }
    }
    match latest {
        Some(frozen) if !again => Err(Failure::Call(format!(
            "{} was published on {}: what is published is not replaced. To publish its figures anew, add --again: they become \
             revision {}, and what was published stays beside them",
            frozen.period,
            frozen.date,
            frozen.revision + 1
        ))),
        latest => Ok(latest.map_or(0, |frozen| frozen.revision)),
    }
}

fn number(before: &[Found]) -> u32 {
    let numbers = before.iter().filter_map(|found| found.frozen.as_ref().ok());
    numbers.map(|(frozen, _)| frozen.number).max().unwrap_or(0)
}

/// The folder of a publication: the period's label, with the revision from the second on.
fn free_name(root: &Path, label: &str, revision: u32) -> String {
    let first = (revision == 1).then(|| label.to_owned());
    let names = first
        .into_iter()
        .chain((revision.max(2)..).map(|number| format!("{label}-r{number}")));
    let mut free = names.filter(|name| !root.join(FOLDER).join(name).exists());
    free.next().unwrap_or_default()
}

/// The definitions, the decisions, and the raw rows without their words.
fn kept(root: &Path, computed: &Computed, key: &Key) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let Computed {
        project,
        records,
        people,
        ..
    } = computed;
    let mut kept = Vec::new();
    for file in &project.definitions {
        let bytes = unchanged(&root.join(&file.path), &file.sha256)?;
        kept.push((format!("{DEFINITIONS}/{}", file.path), bytes));
    }
    if let Some(decisions) = records.files.iter().find(|file| file.path == DECISIONS) {
        let bytes = unchanged(&root.join(DECISIONS), &decisions.sha256)?;
        kept.push((KEPT_DECISIONS.to_owned(), bytes));
    }
    let prints = rows::prints(&raw_files(project, None), records, people, key);
    let decided = rows::decided(&prints, records);
    kept.push((rows::ROWS.to_owned(), rows::rows_csv(&prints)));
    kept.push((rows::DECIDED.to_owned(), rows::decided_csv(&decided)));
    Ok(kept)
}

/// The bytes of a file, if they are those that were read before.
fn unchanged(path: &Path, sha256: &str) -> Result<Vec<u8>, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::File(anyhow::anyhow!("{}: {error}", path.display())))?;
    if fingerprint_of(&bytes) == sha256 {
        Ok(bytes)
    } else {
        Err(Failure::File(anyhow::anyhow!(
            "{} was changed while the period was published: publish it again",
            path.display()
        )))
    }
}

fn fingerprints(files: &[(String, Vec<u8>)]) -> IndexMap<String, String> {
    let prints = files.iter().map(|(name, bytes)| (name.clone(), fingerprint_of(bytes)));
    prints.collect()
}

/// The only place where the clock is looked at: a record of publishing has a day.
fn today() -> NaiveDate {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    NaiveDate::default()
        .checked_add_days(Days::new(seconds / 86_400))
        .unwrap_or_default()
}

fn tell(frozen: &Frozen, target: &Path, computed: &Computed, lang: &str, printer: &mut Printer) {
    let revision = if frozen.revision > 1 {
        format!(" (revision {})", frozen.revision)
    } else {
        String::new()
    };
    printer.answer(&format!(
        "Published {}{revision} on {}: {} as they stand, in {}.",
        frozen.period,
        frozen.date,
        super::counted(frozen.manifest.figures.len(), "figure"),
        target.display()
    ));
    let history: &History = &frozen.history;
    published::tell(history, &computed.project, lang, false, printer);
    published::tell_changes(history, lang, printer);
}
