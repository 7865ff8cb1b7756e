//! `dedupe`: recognition alone, for any table of people. One output row per input row.

mod document;
mod explain;
mod flags;
mod output;
mod told;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::printer::Printer;
use super::{Failure, Status, labels_of, quoted};
use crate::cli::headings::{PRINTED, REPORTED, WRITTEN};
use crate::ingest::persons::{LAST_BIRTH_YEAR, PeopleReading};
use crate::ingest::{self, findings::Kind};
use crate::people;
use crate::people::model::People;
use crate::report::labels::Labels;
use flags::Columns;
use output::Outcome;

/// Arguments of `dedupe`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe dedupe participants.xlsx --out clusters.csv\n  \
                   tallyframe dedupe list1.csv list2.ods --name \"Beneficiary\" --birth \"DoB\"\n  \
                   tallyframe dedupe participants.xlsx --explain 12 340"
)]
pub(crate) struct Args {
    /// Tables of people: xlsx, xls, xlsb, ods, csv.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Where the clusters go (file,sheet,row,person,probability); standard output when absent.
    #[arg(short, long, value_name = "FILE", help_heading = WRITTEN)]
    out: Option<PathBuf>,
    /// Where the undecided pairs go, for somebody to decide.
    #[arg(long, value_name = "FILE", help_heading = WRITTEN)]
    pairs: Option<PathBuf>,
    /// Overwrite a file that this command did not write.
    #[arg(long, help_heading = WRITTEN)]
    force: bool,
    /// Show what speaks for and against two rows being one person: 12 340, list.csv:12 or book.xlsx:Sheet:12.
    #[arg(long, num_args = 2, value_names = ["ROW", "ROW"], help_heading = PRINTED)]
    explain: Vec<String>,
    /// Print one JSON document: clusters with their rows and the links that made them.
    #[arg(long, help_heading = PRINTED)]
    json: bool,
    /// Sheet to read (repeatable); every visible sheet when absent.
    #[arg(long, value_name = "NAME", help_heading = REPORTED)]
    sheet: Vec<String>,
    #[command(flatten)]
    columns: Columns,
    /// Nobody was born after this day (year-month-day).
    #[arg(long, value_name = "DATE", help_heading = REPORTED)]
    as_of: Option<NaiveDate>,
    /// Language of messages: en or uk. The columns of what is written stay English.
    #[arg(long, value_name = "LANG", default_value = "en", help_heading = PRINTED)]
    lang: String,
}

/// Runs recognition over loose files.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let labels = &labels_of(&args.lang)?;
    check_files(args, labels)?;
    let last_birth = args
        .as_of
        .or_else(|| NaiveDate::from_ymd_opt(LAST_BIRTH_YEAR, 12, 31))
        .unwrap_or(NaiveDate::MAX);
    let reading = ingest::read_people(&args.files, &args.columns.source(&args.sheet), last_birth);
    let unreadable = reading.records.files.iter().filter(|file| !file.readable).count();
    if unreadable == reading.records.files.len() {
        told::findings(&reading.records, &[], labels, printer);
        return Err(Failure::File(anyhow::anyhow!("{}", labels.get("dedupe.no_file"))));
    }
    args.columns.check(&reading, &args.sheet, labels)?;
    if reading.tables.is_empty() {
        return Err(Failure::Call(told::nobody_named(&reading, labels)));
    }
    told::readings(&reading, labels, printer);
    let people = people::recognise(&reading.records);
    let troubles = told::findings(&reading.records, &people.findings, labels, printer);
    let nameless = told::nameless(&reading, labels, printer);
    answer(args, &reading, &people, labels, printer)?;
    Ok(if troubles || nameless {
        Status::Look
    } else {
        Status::Done
    })
}

/// Writes and prints what was asked for.
fn answer(
    args: &Args,
    reading: &PeopleReading,
    people: &People,
    labels: &Labels,
    printer: &mut Printer,
) -> Result<(), Failure> {
    let outcome = Outcome::of(reading, people);
    let clusters = outcome.clusters();
    if let Some(path) = &args.out {
        write(path, &clusters, labels, printer)?;
    }
    if let Some(path) = &args.pairs {
        write(path, &outcome.pairs(), labels, printer)?;
    }
    if let [a, b] = args.explain.as_slice() {
        printer.answer(&explain::explain(&outcome, labels, a, b)?);
    } else if args.json {
        printer.json(&document::document(&outcome));
    } else if args.out.is_none() {
        printer.answer(String::from_utf8_lossy(&clusters).trim_end());
    }
    printer.note(&outcome.told(labels));
    printer.note(&next(args, people, labels));
    Ok(())
}

/// Files to read must be there; files to write must be new or of this command's making, and no input.
fn check_files(args: &Args, labels: &Labels) -> Result<(), Failure> {
    let about = |key: &str, path: &Path| labels.fill(key, &[("file", &path.display().to_string())]);
    let missing = args.files.iter().filter(|path| !path.exists());
    let missing: Vec<String> = missing.map(|path| about("dedupe.missing", path)).collect();
    if !missing.is_empty() {
        return Err(Failure::File(anyhow::anyhow!("{}", missing.join("\n"))));
    }
    for path in args.out.iter().chain(&args.pairs).filter(|path| path.exists()) {
        if args.files.iter().any(|file| same_file(file, path)) {
            return Err(Failure::Call(about("dedupe.is_input", path)));
        }
        if !args.force && !output::is_ours(path) {
            return Err(Failure::Call(about("dedupe.not_ours", path)));
        }
    }
    if args.out.is_some() && args.out == args.pairs {
        return Err(Failure::Call(labels.get("dedupe.same_file").to_owned()));
    }
    Ok(())
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn write(path: &Path, bytes: &[u8], labels: &Labels, printer: &mut Printer) -> Result<(), Failure> {
    let file = path.display().to_string();
    output::write(path, bytes).map_err(|error| Failure::File(error.into()))?;
    let told = [
        ("file", file.as_str()),
        ("bytes", &labels.count(bytes.len(), "byte")),
        ("sha256", &ingest::fingerprint_of(bytes)),
    ];
    printer.note(&labels.fill("dedupe.wrote", &told));
    Ok(())
}

fn next(args: &Args, people: &People, labels: &Labels) -> String {
    let files = match args.files.as_slice() {
        [file] => quoted(file),
        _ => labels.get("dedupe.any_file").to_owned(),
    };
    let step = if args.out.is_none() {
        "dedupe.next_out"
    } else if args.pairs.is_none() && !people.undecided.is_empty() {
        "dedupe.next_pairs"
    } else {
        "dedupe.next_explain"
    };
    labels.fill(step, &[("call", &format!("tallyframe dedupe {files}"))])
}

/// Findings that say nothing about recognition: sessions, sums and rows that are written again.
const BESIDE_THE_POINT: &[Kind] = &[
    Kind::RowRepeated,
    Kind::FileRepeated,
    Kind::NoDate,
    Kind::FutureDate,
    Kind::OutsideProject,
    Kind::ImpossibleDate,
    Kind::AmbiguousDate,
    Kind::NoMarks,
    Kind::UnknownMark,
    Kind::EmptySession,
    Kind::NeverCame,
    Kind::TotalDiffers,
    Kind::TwiceInSession,
    Kind::ListWithoutEvent,
    Kind::ListMissing,
    Kind::MissingColumn,
    Kind::MissingSheet,
    Kind::NoTable,
    Kind::NoPerson,
    Kind::NoConsent,
    Kind::PairUndecided,
    Kind::StayReversed,
    Kind::ActivityNotNamed,
];
