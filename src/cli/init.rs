//! `init`: a new project, prefilled from the files given.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};

use super::inspect::{layouts, look, tables};
use super::printer::Printer;
use super::{Failure, Status, quoted};
use crate::ingest::reading::FileReading;
use crate::ingest::rows::RowDate;
use crate::project::model::Layout;
use crate::project::workbook::{LOGFRAME_XLSX, workbook_of};
use crate::project::{PROJECT_TOML, Starter, StarterSource, starter};

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe init \"Support space\" --from registers/*.xlsx\n  tallyframe init new-project"
)]
pub(crate) struct Args {
    /// Folder of the new project; made if it is not there.
    dir: PathBuf,
    /// Raw files to begin with; copied into its folder raw.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    from: Vec<PathBuf>,
    /// Write the definitions as a workbook to fill in, logframe.xlsx, instead of TOML files.
    #[arg(long)]
    workbook: bool,
}

/// What the files given say of a project.
#[derive(Default)]
struct Seen {
    sources: Vec<StarterSource>,
    days: Vec<NaiveDate>,
    /// Whether any file could not be read.
    troubles: bool,
}

/// Writes a starter project.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let definition = args.dir.join(PROJECT_TOML);
    let sheets = args.dir.join(LOGFRAME_XLSX);
    if let Some(there) = [&definition, &sheets].into_iter().find(|path| path.exists()) {
        return Err(Failure::Call(format!(
            "{} is there already; it was not touched",
            there.display()
        )));
    }
    let raw = args.dir.join("raw");
    fs::create_dir_all(&raw).map_err(|error| refused(&raw, &error))?;
    let mut seen = Seen::default();
    for path in &args.from {
        seen.take_in(path, &raw, printer)?;
    }
    let troubles = seen.troubles;
    let text = starter(&seen.starter(&args.dir));
    let (written, bytes) = if args.workbook {
        let bytes = workbook_of(&text).map_err(|error| Failure::File(error.into()))?;
        (sheets, bytes)
    } else {
        (definition, text.into_bytes())
    };
    fs::write(&written, bytes).map_err(|error| refused(&written, &error))?;
    printer.note(&format!("Wrote {}", written.display()));
    printer.note(&format!(
        "Next: read it, name the activities, then `tallyframe check {}`",
        quoted(&args.dir)
    ));
    Ok(if troubles { Status::Look } else { Status::Done })
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::File(anyhow::anyhow!("{} could not be written: {error}", path.display()))
}

impl Seen {
    /// Copies a file into the folder of raw files and looks into it.
    fn take_in(&mut self, path: &Path, raw: &Path, printer: &mut Printer) -> Result<(), Failure> {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let copy = raw.join(&name);
        if !copy.exists() {
            fs::copy(path, &copy).map_err(|error| refused(&copy, &error))?;
        }
        match look(path) {
            Ok(reading) => self.add(&name, &reading),
            Err(error) => {
                self.troubles = true;
                printer.trouble(&format!(
                    "{}: {error}. It was left out of the definitions.",
                    path.display()
                ));
            }
        }
        Ok(())
    }

    fn add(&mut self, name: &str, reading: &FileReading) {
        let of_rows = tables(reading).flat_map(|table| &table.rows);
        self.days.extend(of_rows.filter_map(|row| match row.session.date {
            RowDate::Day(day) => Some(day),
            RowDate::Impossible(_) | RowDate::Missing => None,
        }));
        let of_columns = tables(reading).flat_map(|table| &table.block.sessions);
        self.days
            .extend(of_columns.filter_map(|session| session.date.as_ref().ok().copied()));
        let layouts = layouts(reading);
        let registry = !layouts.is_empty() && layouts.iter().all(|layout| *layout == Layout::Registry);
        self.sources.push(StarterSource {
            files: format!("raw/{name}"),
            layout: registry.then_some(Layout::Registry),
            activity: (!registry).then(|| format!("activity-{}", self.sources.len() + 1)),
        });
    }

    /// The definitions to begin with, named after the folder.
    fn starter(mut self, dir: &Path) -> Starter {
        let (start, end) = span(&mut self.days);
        let name = dir
            .file_name()
            .map_or("project".to_owned(), |name| name.to_string_lossy().into_owned());
        Starter {
            code: code(&name),
            name,
            start,
            end,
            sources: self.sources,
        }
    }
}

/// The calendar years that hold most of the days; a few far ones are slips of the pen.
fn span(days: &mut [NaiveDate]) -> (NaiveDate, NaiveDate) {
    days.sort_unstable();
    let trimmed = days.len() / 50;
    let first = days.get(trimmed).map_or(2000, NaiveDate::year);
    let last = days
        .get((days.len()).saturating_sub(trimmed + 1))
        .map_or(first, NaiveDate::year);
    let day = |year: i32, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (day(first, 1, 1), day(last, 12, 31))
}

/// A code in Latin letters and digits made of a name.
fn code(name: &str) -> String {
    let code: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let code = code
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    if code.is_empty() { "project".to_owned() } else { code }
}
