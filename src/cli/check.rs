//! `check`: definitions and raw data only. All mistakes and findings, nothing written.

use std::path::Path;

use super::pipeline::{self, Asked};
use super::printer::Printer;
use super::{Failure, ProjectArg, Status, counted};
use crate::cli::headings::{PRINTED, WRITTEN};
use crate::message::{Tell as _, message};
use crate::project::model::Seen;
use crate::project::{SEEN_TOML, seen_toml};
use crate::report::csv::findings_csv;
use crate::report::folder::file::{Former, Readers, write_file};
use crate::report::{json, terminal};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe check samples/balakliya\n  tallyframe check --csv > findings.csv")]
pub(crate) struct Args {
    #[command(flatten)]
    project: ProjectArg,
    /// Language of the messages: en or uk.
    #[arg(long, value_name = "LANG", help_heading = PRINTED)]
    lang: Option<String>,
    /// Write down how the sources are laid out now, in seen.toml, to notice when they change.
    #[arg(long, help_heading = WRITTEN)]
    remember: bool,
    /// Print every finding as CSV instead of a summary by kind.
    #[arg(long, help_heading = PRINTED)]
    csv: bool,
    /// Print one JSON document instead of a summary by kind.
    #[arg(long, conflicts_with = "csv", help_heading = PRINTED)]
    json: bool,
}

/// Writes down how the sources of a project are laid out.
pub(crate) fn remember(root: &Path, seen: &Seen, printer: &mut Printer) -> Result<(), Failure> {
    let path = root.join(SEEN_TOML);
    let bytes = seen_toml(seen, printer.tongue()).into_bytes();
    write_file(&path, &bytes, Readers::Everybody, Former::Replaced).map_err(|error| Failure::File(error.message()))?;
    let sources = counted(seen.sources.len(), "source");
    printer.note(&message!(
        "Wrote {path}: the layout of {sources}. Read it like any definition.",
        path,
        sources
    ));
    Ok(())
}

/// Runs the check.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let computed = pipeline::compute(&args.project.project, Asked::default())?;
    let lang = super::run::language(&computed, args.lang.as_deref())?;
    let report = computed.report(&lang);
    if args.json {
        printer.json(&json::check(&report));
    } else if args.csv {
        let bytes = findings_csv(&report);
        printer.answer(
            String::from_utf8_lossy(&bytes)
                .trim_start_matches('\u{feff}')
                .trim_end(),
        );
    } else {
        printer.painted(&terminal::findings(&report, printer.width, printer.colour));
        if !computed.facts.findings.is_empty() {
            printer.note(&message!(
                "Each with its place: `tallyframe check {project} --csv`",
                project = args.project.shown()
            ));
        }
    }
    if args.remember {
        remember(&args.project.project, &computed.records.seen, printer)?;
    }
    let written = if args.remember {
        message!("Nothing else was written")
    } else {
        message!("Nothing was written")
    };
    printer.note(&message!(
        "The definitions hold no mistake: {sources}, {indicators}. {written}.",
        sources = counted(computed.project.sources.len(), "source"),
        indicators = counted(computed.project.indicators.len(), "indicator"),
        written
    ));
    printer.note(&message!(
        "Next: `tallyframe run {project}`",
        project = args.project.shown()
    ));
    let errors = computed
        .facts
        .findings
        .iter()
        .any(|f| f.kind.severity() == crate::ingest::records::Severity::Error);
    Ok(if errors { Status::Look } else { Status::Done })
}
