//! A donor's workbook that was filled, against the figures of today: filling it again must change nothing.

use std::path::Path;

use super::published::{self, cells_of_bytes};
use super::told::Outcome;
use super::{Args, root};
use crate::audit::verify::compare;
use crate::cli::pipeline::{self, Asked};
use crate::cli::printer::Printer;
use crate::cli::{Failure, Status};
use crate::ingest::RawFiles;
use crate::report::fill::{self, FillError};

/// Verifies a filled workbook by the map that filled it.
pub(super) fn run(args: &Args, map: &Path, printer: &mut Printer) -> Result<Status, Failure> {
    let folder = args.report.parent().unwrap_or(Path::new("."));
    let root = root(args, folder)?;
    let bytes = published::read(&args.report)?;
    let text = String::from_utf8(published::read(map)?).map_err(|_| {
        Failure::Definitions(format!(
            "{}: the map is not UTF-8 text: save it as UTF-8",
            map.display()
        ))
    })?;
    let asked = Asked {
        period: args.period.as_deref(),
        as_of: None,
        raw: RawFiles {
            folder: args.raw.as_deref(),
            names: None,
        },
    };
    let computed = pipeline::compute(&root, asked)?;
    let lang = crate::cli::run::language(&computed, None)?;
    let name = args
        .report
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let filled = fill::fill(&computed.report(&lang), &bytes, &name, &text).map_err(|error| match error {
        FillError::Template(reason) => Failure::File(anyhow::anyhow!("{}: {reason}", args.report.display())),
        FillError::Map(mistakes) => Failure::Definitions(fill::render(&map.display().to_string(), &text, &mistakes)),
    })?;
    let (then, now) = (
        cells_of_bytes("filled.xlsx", &bytes)?,
        cells_of_bytes("filled.xlsx", &filled.bytes)?,
    );
    let outcome = Outcome {
        cells: filled.written.len(),
        differences: compare(&then, &now),
        ..Outcome::default()
    };
    if args.json {
        printer.json(&outcome.document());
    } else {
        outcome.tell(&computed.records, printer);
    }
    printer.note(&outcome.next(&root));
    Ok(if outcome.passes() { Status::Done } else { Status::Look })
}
