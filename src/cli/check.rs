//! `check`: definitions and raw data only. All mistakes and findings, nothing written.

use super::pipeline::{self, Asked};
use super::printer::Printer;
use super::{Failure, ProjectArg, Status};
use crate::report::csv::findings_csv;
use crate::report::terminal;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe check samples/balakliya\n  tallyframe check --csv > findings.csv")]
pub(crate) struct Args {
    #[command(flatten)]
    project: ProjectArg,
    /// Language of the messages: en or uk.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Print every finding as CSV instead of a summary by kind.
    #[arg(long)]
    csv: bool,
}

/// Runs the check.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let asked = Asked {
        progress: printer.progress,
        ..Asked::default()
    };
    let computed = pipeline::compute(&args.project.project, asked)?;
    let lang = super::run::language(&computed, args.lang.as_deref())?;
    let report = computed.report(&lang);
    if args.csv {
        let bytes = findings_csv(&report);
        printer.answer(
            String::from_utf8_lossy(&bytes)
                .trim_start_matches('\u{feff}')
                .trim_end(),
        );
    } else {
        printer.answer(&terminal::findings(&report, printer.width, printer.colour));
    }
    let kinds = &computed.project.indicators;
    printer.note(&format!(
        "The definitions hold no mistake: {} sources, {} indicators. Nothing was written. Next: tallyframe run {}",
        computed.project.sources.len(),
        kinds.len(),
        args.project.project.display()
    ));
    let errors = computed
        .facts
        .findings
        .iter()
        .any(|f| f.kind.severity() == crate::ingest::records::Severity::Error);
    Ok(if errors { Status::Look } else { Status::Done })
}
