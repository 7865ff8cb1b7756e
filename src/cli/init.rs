//! `init`: a new project, prefilled from the files given.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};

use super::inspect::looked::look;
use super::printer::Printer;
use super::{Failure, Status, quoted};
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
    let refused = |path: &Path, error: &std::io::Error| {
        Failure::File(anyhow::anyhow!("{} could not be written: {error}", path.display()))
    };
    fs::create_dir_all(&raw).map_err(|error| refused(&raw, &error))?;
    let mut sources = Vec::new();
    let mut days = Vec::new();
    let mut troubles = false;
    for path in &args.from {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let copy = raw.join(&name);
        if !copy.exists() {
            fs::copy(path, &copy).map_err(|error| refused(&copy, &error))?;
        }
        match look(path) {
            Ok(looked) => {
                days.extend(
                    looked
                        .tables()
                        .flat_map(|(_, table)| table.rows.iter())
                        .filter_map(|row| match row.session.date {
                            RowDate::Day(day) => Some(day),
                            RowDate::Impossible(_) | RowDate::Missing => None,
                        }),
                );
                days.extend(
                    looked
                        .tables()
                        .flat_map(|(_, table)| &table.block.sessions)
                        .filter_map(|s| s.date.as_ref().ok().copied()),
                );
                let registry =
                    !looked.layouts().is_empty() && looked.layouts().iter().all(|layout| *layout == Layout::Registry);
                sources.push(StarterSource {
                    files: format!("raw/{name}"),
                    layout: registry.then_some(Layout::Registry),
                    activity: (!registry).then(|| format!("activity-{}", sources.len() + 1)),
                });
            }
            Err(error) => {
                troubles = true;
                printer.trouble(&format!(
                    "{}: {error}. It was left out of the definitions.",
                    path.display()
                ));
            }
        }
    }
    let (start, end) = span(&mut days);
    let name = args
        .dir
        .file_name()
        .map_or("project".to_owned(), |name| name.to_string_lossy().into_owned());
    let text = starter(&Starter {
        code: code(&name),
        name,
        start,
        end,
        sources,
    });
    let written = if args.workbook {
        let bytes = workbook_of(&text).map_err(|error| Failure::File(error.into()))?;
        fs::write(&sheets, bytes).map_err(|error| refused(&sheets, &error))?;
        sheets
    } else {
        fs::write(&definition, text).map_err(|error| refused(&definition, &error))?;
        definition
    };
    printer.note(&format!("Wrote {}", written.display()));
    printer.note(&format!(
        "Next: read it, name the activities, then `tallyframe check {}`",
        quoted(&args.dir)
    ));
    Ok(if troubles { Status::Look } else { Status::Done })
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
