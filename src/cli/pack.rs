//! `audit-pack`: the folder that answers an inspector.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::published;
use super::review::pairs;
use super::{Failure, ProjectArg, Status, counted, quoted};
use crate::audit::evidence::key::Key;
use crate::audit::pack::draw::SIZE;
use crate::audit::pack::{self, Input, README, Restated};
use crate::cli::headings::{REPORTED, WRITTEN};
use crate::ingest::fingerprint_of;
use crate::message::{Tell, message};
use crate::report::history::Restatement;
use crate::report::labels::Labels;
use crate::report::{folder, restated as words};

/// Where a pack goes where small numbers are hidden.
const PRIVATE: &str = "private/";

/// Arguments of `audit-pack`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe audit-pack samples/balakliya --period 2026-03\n  \
                         tallyframe audit-pack --period 2026 --seed 4711 --lang uk"
)]
pub(crate) struct Args {
    #[command(flatten)]
    project: ProjectArg,
    /// Period to answer for: 2026-03, 2026-Q1, 2026, or all. Without it: everything up to the latest contact.
    #[arg(long, value_name = "PERIOD", help_heading = REPORTED)]
    period: Option<String>,
    /// Count nothing after this day (year-month-day); the end of the period when absent.
    #[arg(long, value_name = "DATE", help_heading = REPORTED)]
    as_of: Option<NaiveDate>,
    /// Seed of the samples; the inspector names one.
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = REPORTED)]
    seed: u64,
    /// Rows to draw in each direction.
    #[arg(long, value_name = "ROWS", default_value_t = SIZE, help_heading = REPORTED)]
    sample: usize,
    /// Folder to write to; audit/<period> in the project when absent.
    #[arg(long, value_name = "DIR", help_heading = WRITTEN)]
    out: Option<PathBuf>,
    /// Language of the pack: en or uk; the project's own when absent.
    #[arg(long, value_name = "LANG", help_heading = REPORTED)]
    lang: Option<String>,
}

/// Writes the pack.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    if args.sample == 0 {
        return Err(Failure::Call(message!(
            "--sample 0 draws nothing: give the number of rows to draw, such as 59"
        )));
    }
    let asked = Asked {
        period: args.period.as_deref(),
        as_of: args.as_of,
        raw: crate::ingest::RawFiles::default(),
    };
    let root = &args.project.project;
    let mut computed = pipeline::compute(root, asked)?;
    let lang = super::run::language(&computed, args.lang.as_deref())?;
    let (history, troubles) = published::look_back(root, &computed, None, &lang, None);
    computed.history = history;
    let files = files(args, root, &computed, &lang)?;
    let out = args.out.clone();
    let target = out.unwrap_or_else(|| root.join("audit").join(&computed.request.span.label));
    let private = computed.report(&lang).hides();
    let files = placed(files, private);
    folder::write_folder(&target, &files).map_err(|error| Failure::File(error.message()))?;
    if private {
        forget_open_ones(&target, &files);
    }
    // The pack answers with today's figures, whatever was sent.
    published::tell(&computed.history, &computed.project, &lang, false, printer);
    tell(&target, &files, private, printer);
    for trouble in &troubles {
        printer.trouble(trouble);
    }
    Ok(if troubles.is_empty() {
        Status::Done
    } else {
        Status::Look
    })
}

fn files(args: &Args, root: &Path, computed: &Computed, lang: &str) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let key = Key::of_project(root).map_err(|error| Failure::File(error.message()))?;
    let mut manifest = computed.manifest(lang);
    manifest.formats = super::run::formats(&computed.project, &[])?;
    let manifest = manifest.sealed().text().into_bytes();
    let report = computed.report(lang);
    let pairs = pairs::pairs(computed);
    let restated = restated(computed, lang);
    let publications = computed.history.publications.iter();
    let published: Vec<String> = publications.map(|publication| publication.folder.clone()).collect();
    let input = Input {
        report: &report,
        walk: computed.walk(),
        key: &key,
        manifest: &manifest,
        pairs: &pairs,
        seed: args.seed,
        size: args.sample,
        published: &published,
        restated: Some(&restated),
    };
    pack::files(&input).map_err(|error| {
        Failure::File(message!(
            "the audit pack could not be made: {error}",
            error = error.to_string()
        ))
    })
}

/// Published figures that come out different now, in words.
fn restated(computed: &Computed, lang: &str) -> Vec<Restated> {
    let labels = Labels::load(lang);
    let of = |one: &Restatement| Restated {
        period: one.publication.clone(),
        figure: words::named(one, &computed.project, lang, &labels),
        published: words::shown(one.published, one.decimals, &labels),
        now: words::shown(one.now, one.decimals, &labels),
        cause: words::causes(one, &labels),
    };
    computed.history.restated.iter().map(of).collect()
}

/// Rows of few people tell who they are: a project that hides small numbers keeps the pack to itself.
fn placed(files: Vec<(String, Vec<u8>)>, private: bool) -> Vec<(String, Vec<u8>)> {
    if !private {
        return files;
    }
    let below = files.into_iter();
    below.map(|(name, bytes)| (format!("{PRIVATE}{name}"), bytes)).collect()
}

/// Removes what an earlier pack left in the open, when nothing was hidden yet.
fn forget_open_ones(target: &Path, files: &[(String, Vec<u8>)]) {
    for name in files.iter().filter_map(|(name, _)| name.strip_prefix(PRIVATE)) {
        let _ = fs::remove_file(target.join(name));
    }
}

fn tell(target: &Path, files: &[(String, Vec<u8>)], private: bool, printer: &mut Printer) {
    for (name, bytes) in files {
        let fingerprint = fingerprint_of(bytes);
        printer.note(&message!(
            "  {name}: {bytes}, SHA-256 {fingerprint}",
            name,
            bytes = counted(bytes.len(), "byte"),
            fingerprint
        ));
    }
    printer.note(&message!(
        "Wrote {files} of the audit pack to {target}",
        files = counted(files.len(), "file"),
        target
    ));
    let folder = if private {
        target.join("private")
    } else {
        target.to_owned()
    };
    printer.note(&if private {
        message!("It names nobody. Small numbers are hidden in this project and rows of few people tell who they are, so the pack is \
         private: show it to an inspector in the office, and send it to nobody.")
    } else {
        message!("It names nobody: persons are pseudonyms whose secret stays in the project's private folder.")
    });
    printer.note(&message!(
        "Next: open {page} in a browser; `tallyframe verify {folder}` recomputes every figure from the raw files.",
        page = quoted(&folder.join(README)),
        folder = quoted(&folder)
    ));
}
