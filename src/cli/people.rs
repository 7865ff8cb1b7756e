//! `people`: the private report of everybody, with all spellings and places. For the office alone.

use std::path::PathBuf;

use super::pipeline::{self, Asked};
use super::printer::Printer;
use super::review::pairs;
use super::{Failure, ProjectArg, Status, counted, private};
use crate::ingest::fingerprint_of;
use crate::report::private::people_workbook;

/// Arguments of `people`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe people samples/balakliya\n  tallyframe people --out private/people.xlsx --lang uk"
)]
pub(crate) struct Args {
    #[command(flatten)]
    project: ProjectArg,
    /// Workbook to write; private/people.xlsx in the project when absent. It holds names.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Language of the workbook: en or uk; the project's own when absent.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

/// Writes the people report.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let root = &args.project.project;
    let computed = pipeline::compute(root, Asked::default())?;
    let lang = super::run::language(&computed, args.lang.as_deref())?;
    let file = args
        .out
        .clone()
        .unwrap_or_else(|| root.join("private").join("people.xlsx"));
    if file.is_dir() {
        return Err(Failure::Call(format!(
            "{} is a folder: name the workbook to write",
            file.display()
        )));
    }
    let pairs = pairs::pairs(&computed);
    let bytes = people_workbook(&computed.report(&lang), &pairs)
        .map_err(|error| Failure::File(anyhow::anyhow!("{}: {error}", file.display())))?;
    private::write(&file, &bytes)?;
    printer.note(&format!(
        "Wrote {}: {}, {}; {} bytes, SHA-256 {}. It holds names: keep it in the office.",
        file.display(),
        counted(computed.people.persons.len(), "person"),
        counted(pairs.len(), "undecided pair"),
        bytes.len(),
        fingerprint_of(&bytes),
    ));
    printer.note(&format!(
        "Next: `tallyframe review {} --export` puts the undecided pairs into a workbook to fill in.",
        args.project.shown()
    ));
    Ok(Status::Done)
}
