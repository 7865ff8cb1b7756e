//! `inspect`: what the tool sees in files it has never met, in words, and a `[[source]]` to paste.
//!
//! A file is assembled as a project of that file alone would be, so that its questions are those that `check` asks.

pub(crate) mod count;
mod document;
mod drawing;
pub(crate) mod folder;
pub(crate) mod lines;
pub(crate) mod looked;
pub(crate) mod overview;
mod page;

pub(crate) use document::kind;
pub(crate) use page::what;

use std::path::{Path, PathBuf};

use super::printer::Printer;
use super::{Failure, Status, labels_of, quoted};
use crate::ingest::workbook::{self, Unreadable};
use crate::report::labels::Labels;
use looked::{Looked, look};
use page::Page;

/// Arguments of `inspect`.
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe inspect \"raw/register March.xlsx\"\n  tallyframe inspect raw")]
pub(crate) struct Args {
    /// Files to look at, or folders to look over.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Language of the pages: en or uk.
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: String,
    /// Print one JSON document instead of pages.
    #[arg(long)]
    json: bool,
}

/// Prints a page per file and an overview per folder, or one document of all.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let labels = labels_of(&args.lang)?;
    if args.json {
        return json(args, &labels, printer);
    }
    let mut outcome = Outcome::default();
    for path in &args.files {
        if path.is_dir() {
            folder_page(path, &labels, printer, &mut outcome)?;
        } else {
            file_page(path, &labels, printer, &mut outcome);
        }
    }
    let shown = |path: Option<&PathBuf>| path.map(|path| quoted(path)).unwrap_or_default();
    if outcome.read == 0 && outcome.unreadable > 0 {
        return Err(Failure::File(anyhow::anyhow!("no file could be read")));
    }
    let only_files = args.files.iter().all(|path| !path.is_dir());
    if only_files {
        let key = if outcome.to_paste == 0 {
            "next.inspect_done"
        } else {
            "inspect.next_paste"
        };
        printer.note(&labels.fill(key, &[("file", &shown(args.files.first()))]));
    } else {
        printer.note(labels.get("inspect.next_one"));
        let folder = args.files.iter().find(|path| path.is_dir());
        printer.note(&labels.fill("inspect.next_init", &[("folder", &shown(folder))]));
    }
    Ok(outcome.status())
}

/// How many files could be read.
#[derive(Debug, Default)]
struct Outcome {
    read: usize,
    unreadable: usize,
    /// Files with lines to paste.
    to_paste: usize,
}

impl Outcome {
    fn status(&self) -> Status {
        if self.unreadable > 0 {
            Status::Look
        } else {
            Status::Done
        }
    }
}

fn file_page(path: &Path, labels: &Labels, printer: &mut Printer, outcome: &mut Outcome) {
    match look(path) {
        Ok(looked) => {
            outcome.read += 1;
            outcome.to_paste += usize::from(lines::needs(&looked) != lines::Needs::Nothing);
            let workbook = workbook::open(path).ok();
            let page = Page {
                looked: &looked,
                labels,
                workbook: workbook.as_ref(),
            };
            printer.answer(&page.lines().join("\n"));
        }
        Err(error) => {
            outcome.unreadable += 1;
            printer.trouble(&format!("{}: {error}", path.display()));
        }
    }
}

fn folder_page(path: &Path, labels: &Labels, printer: &mut Printer, outcome: &mut Outcome) -> Result<(), Failure> {
    let met = folder::meet(below(path)?);
    let unreadable = |file: &&overview::Met| matches!(file.what, overview::Kind::Unreadable(_));
    let failed = met.iter().filter(unreadable).count();
    outcome.unreadable += failed;
    outcome.read += met.len() - failed;
    printer.answer(&overview::lines(path, &met, labels).join("\n"));
    Ok(())
}

/// The files below a folder.
pub(crate) fn below(folder: &Path) -> Result<Vec<(PathBuf, String)>, Failure> {
    folder::files_below(folder)
        .map_err(|error| Failure::File(anyhow::anyhow!("{} could not be listed: {error}", folder.display())))
}

fn json(args: &Args, labels: &Labels, printer: &mut Printer) -> Result<Status, Failure> {
    let mut paths = Vec::new();
    for path in &args.files {
        if path.is_dir() {
            paths.extend(below(path)?.into_iter().map(|(path, _)| path));
        } else {
            paths.push(path.clone());
        }
    }
    let read: Vec<(&Path, Result<Looked, Unreadable>)> =
        paths.iter().map(|path| (path.as_path(), look(path))).collect();
    let unreadable = read.iter().filter(|(_, looked)| looked.is_err()).count();
    printer.json(&document::document(&read, labels));
    for (path, looked) in &read {
        if let Err(error) = looked {
            printer.trouble(&format!("{}: {error}", path.display()));
        }
    }
    if unreadable == paths.len() && unreadable > 0 {
        return Err(Failure::File(anyhow::anyhow!("no file could be read")));
    }
    let first = paths.first().map(|path| quoted(path)).unwrap_or_default();
    printer.note(&labels.fill("next.inspect_done", &[("file", &first)]));
    Ok(if unreadable > 0 { Status::Look } else { Status::Done })
}
