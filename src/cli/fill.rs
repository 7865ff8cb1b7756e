//! `fill`: figures into the donor's own workbook, and the map for it proposed from last period's file.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::pipeline::{self, Asked};
use super::printer::Printer;
use super::run::language;
use super::{Failure, ProjectArg, Status, counted, quoted};
use crate::cli::headings::{REPORTED, WRITTEN};
use crate::ingest::RawFiles;
use crate::report::fill::learn::{self, Learned};
use crate::report::fill::{self, FillError, Filled};
use crate::report::folder::file::{Former, Readers, write_file};

/// Most lines of a list that are printed.
const LINES: usize = 20;

/// Arguments of `fill`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe fill template.xlsx --map map.toml --out Q2.xlsx my-project --period 2026-Q2\n  \
                   tallyframe fill --learn Q1-sent.xlsx my-project --period 2026-Q1"
)]
pub(crate) struct Args {
    /// The donor's file (.xlsx or .xlsm), which is not touched, and the project folder; with --learn the folder alone.
    #[arg(value_name = "TEMPLATE [PROJECT]", num_args = 0..=2)]
    words: Vec<PathBuf>,
    /// Which figure goes into which cell; with --learn, where to write the proposal (map.toml in the project when absent).
    #[arg(long, value_name = "FILE", help_heading = WRITTEN)]
    map: Option<PathBuf>,
    /// Where to write the filled copy.
    #[arg(long, value_name = "FILE", conflicts_with = "learn", help_heading = WRITTEN)]
    out: Option<PathBuf>,
    /// Propose the map from last period's filled file.
    #[arg(long, value_name = "FILE", help_heading = WRITTEN)]
    learn: Option<PathBuf>,
    /// Period to report; of the filled file with --learn. Without it: everything up to the latest contact.
    #[arg(long, value_name = "PERIOD", help_heading = REPORTED)]
    period: Option<String>,
    /// Count nothing after this day (year-month-day).
    #[arg(long, value_name = "DATE", help_heading = REPORTED)]
    as_of: Option<NaiveDate>,
    /// Language of words written: en or uk; the project's own when absent.
    #[arg(long, value_name = "LANG", help_heading = REPORTED)]
    lang: Option<String>,
    /// Write over a file that is there already.
    #[arg(long, help_heading = WRITTEN)]
    force: bool,
}

/// Fills a template, or proposes a map.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    match (&args.learn, args.words.as_slice()) {
        (Some(last), [] | [_]) => propose(args, last, args.words.first(), printer),
        (Some(_), _) => Err(Failure::Call(
            "with --learn, name the project folder and nothing else".to_owned(),
        )),
        (None, [template, rest @ ..]) => write(args, template, rest.first(), printer),
        (None, []) => Err(Failure::Call(
            "name the donor's file: tallyframe fill TEMPLATE.xlsx --map map.toml --out FILE [PROJECT]".to_owned(),
        )),
    }
}

fn project(given: Option<&PathBuf>) -> ProjectArg {
    ProjectArg {
        project: given.cloned().unwrap_or_else(|| PathBuf::from(".")),
    }
}

fn asked(args: &Args) -> Asked<'_> {
    Asked {
        period: args.period.as_deref(),
        as_of: args.as_of,
        raw: RawFiles::default(),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            Failure::Call(format!("{} is not there: check its name and folder", path.display()))
        } else {
            Failure::File(anyhow::anyhow!("{} could not be read: {error}", path.display()))
        }
    })
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn write(args: &Args, template: &Path, root: Option<&PathBuf>, printer: &mut Printer) -> Result<Status, Failure> {
    let needed = |option: &Option<PathBuf>, what: &str| {
        let missing = || {
            Failure::Call(format!(
                "{what} is missing: tallyframe fill TEMPLATE.xlsx --map map.toml --out FILE [PROJECT]"
            ))
        };
        option.clone().ok_or_else(missing)
    };
    let (map, out) = (needed(&args.map, "--map")?, needed(&args.out, "--out")?);
    let bytes = read(template)?;
    check_out(template, &out, args.force)?;
    let text = String::from_utf8(read(&map)?).map_err(|_| {
        Failure::Definitions(format!(
            "{}: the map is not UTF-8 text: save it as UTF-8",
            map.display()
        ))
    })?;
    let computed = pipeline::compute(&project(root).project, asked(args))?;
    let lang = language(&computed, args.lang.as_deref())?;
    let filled = fill::fill(&computed.report(&lang), &bytes, &name(template), &text)
        .map_err(|error| failure(error, template, &map, &text))?;
    save(&out, &filled.bytes)?;
    tell(&filled, &out, printer);
    let look = filled.left.iter().any(|(_, why)| why.starts_with("no data"));
    printer.note(&format!(
        "Next: open {} and look through the cells above{}.",
        quoted(&out),
        if look {
            "; cells without data are yours to explain"
        } else {
            ""
        }
    ));
    Ok(Status::Done)
}

/// The template itself is never written, and macros must keep their kind of file.
fn check_out(template: &Path, out: &Path, force: bool) -> Result<(), Failure> {
    let same = |a: &Path, b: &Path| matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if same(template, out) {
        return Err(Failure::Call(
            "--out names the template itself: choose another file, so that the empty form stays".to_owned(),
        ));
    }
    if out.is_dir() {
        return Err(Failure::Call(format!(
            "{} is a folder: name a file in it",
            out.display()
        )));
    }
    let kind = |path: &Path| {
        path.extension()
            .map(|kind| kind.to_string_lossy().to_lowercase())
            .unwrap_or_default()
    };
    if kind(template) != kind(out) {
        return Err(Failure::Call(format!(
            "the template is .{} and --out is .{}: Excel opens a file only under its own ending",
            kind(template),
            kind(out)
        )));
    }
    if out.exists() && !force {
        return Err(Failure::Call(format!(
            "{} is there already: name another file, or add --force",
            out.display()
        )));
    }
    Ok(())
}

fn failure(error: FillError, template: &Path, map: &Path, text: &str) -> Failure {
    match error {
        FillError::Template(reason) => Failure::File(anyhow::anyhow!("{}: {reason}", template.display())),
        FillError::Map(mistakes) => Failure::Definitions(fill::render(&map.display().to_string(), text, &mistakes)),
    }
}

/// Writes a file whole or not at all; a donor's file is for everybody who may read the folder.
pub(super) fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_file(path, bytes, Readers::Everybody, Former::Replaced).map_err(|error| Failure::File(error.into()))
}

fn tell(filled: &Filled, out: &Path, printer: &mut Printer) {
    list(&filled.written, printer);
    printer.answer(&format!(
        "{} written, {} left",
        counted(filled.written.len(), "cell"),
        filled.left.len()
    ));
    list(&filled.left, printer);
    for note in &filled.notes {
        printer.note(note);
    }
    let parts = if filled.parts.is_empty() {
        "nothing".to_owned()
    } else {
        filled.parts.join(", ")
    };
    printer.note(&format!(
        "Wrote {}; changed inside: {parts}; all else is as in the template",
        out.display()
    ));
}

fn list(lines: &[(String, String)], printer: &mut Printer) {
    for (place, what) in lines.iter().take(LINES) {
        printer.answer(&format!("  {place}  {what}"));
    }
    if lines.len() > LINES {
        printer.answer(&format!("  … and {} more", lines.len() - LINES));
    }
}

fn propose(args: &Args, last: &Path, root: Option<&PathBuf>, printer: &mut Printer) -> Result<Status, Failure> {
    let bytes = read(last)?;
    let root = project(root);
    let map = args.map.clone().unwrap_or_else(|| root.project.join("map.toml"));
    if map.exists() && !args.force {
        return Err(Failure::Call(format!(
            "{} is there already: name another with --map, or add --force",
            map.display()
        )));
    }
    let computed = pipeline::compute(&root.project, asked(args))?;
    let lang = language(&computed, args.lang.as_deref())?;
    let learned =
        learn::learn(&computed.report(&lang), &bytes, &name(last)).map_err(|error| failure(error, last, &map, ""))?;
    save(&map, learned.map.as_bytes())?;
    told(&learned, &map, last, &root, printer);
    Ok(if learned.choose > 0 || learned.sure == 0 {
        Status::Look
    } else {
        Status::Done
    })
}

fn told(learned: &Learned, map: &Path, last: &Path, root: &ProjectArg, printer: &mut Printer) {
    printer.answer(&format!(
        "{} found, {} to choose; {} equal a figure by chance, {} beside an indicator are none of its figures",
        counted(learned.sure, "cell"),
        learned.choose,
        counted(learned.by_chance, "number"),
        learned.unlike
    ));
    printer.note(&format!("Wrote {}", map.display()));
    if learned.sure == 0 && learned.choose == 0 {
        printer.note("Is --period the period of that file? Its numbers must be figures of that period.");
    }
    printer.note(&format!(
        "Next: look through the map, then `tallyframe fill {} --map {} --out NEW.xlsx {} --period NEXT`",
        quoted(last),
        quoted(map),
        root.shown()
    ));
}
