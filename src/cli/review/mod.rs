//! `review`: the pairs that the papers leave open, put before a human; and what the human says, taken in.

pub(crate) mod filled;
mod import;
mod ledger;
pub(crate) mod pairs;
mod terminal;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::{Failure, ProjectArg, Status, private, quoted};
use crate::cli::headings::{SIGNED, WAYS, WRITTEN};
use crate::ingest::vocabulary::{Verdict, standard};
use crate::ingest::{decisions, fingerprint_of};
use crate::message::{Tell, message};
use crate::report::labels::Labels;
use crate::report::private::{Pair, review_workbook};
use import::say;
use pairs::{Choice, ToAsk};

/// Arguments of `review`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe review samples/balakliya --export pairs.xlsx\n  \
                   tallyframe review samples/balakliya --import pairs.xlsx"
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Args {
    #[command(flatten)]
    project: ProjectArg,
    /// Write the pairs into a workbook to fill in; private/review.xlsx in the project when no file is named. It holds names.
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["import", "terminal"], help_heading = WAYS)]
    #[expect(clippy::option_option, reason = "the flag may stand without a file")]
    export: Option<Option<PathBuf>>,
    /// Take in a filled-in workbook or CSV: every line is checked, then all go into decisions.csv.
    #[arg(long, value_name = "FILE", conflicts_with = "terminal", help_heading = WAYS)]
    import: Option<PathBuf>,
    /// Ask one by one; this is what happens in a terminal without --export and --import.
    #[arg(long, help_heading = WAYS)]
    terminal: bool,
    /// Who decides, for lines that do not say it.
    #[arg(long, value_name = "NAME", help_heading = SIGNED)]
    by: Option<String>,
    /// Day of the decisions (year-month-day), for lines that do not say it. The clock is never read.
    #[arg(long, value_name = "DATE", help_heading = SIGNED)]
    date: Option<NaiveDate>,
    /// Take in the lines that are right although others are not.
    #[arg(long, requires = "import", help_heading = WRITTEN)]
    skip_bad: bool,
    /// Also the pairs that somebody looked at and could not decide.
    #[arg(long, help_heading = WRITTEN)]
    again: bool,
    /// Replace a workbook whose answers were not taken in yet.
    #[arg(long, requires = "export", help_heading = WRITTEN)]
    force: bool,
    /// Only the pairs that move a figure of this period: 2026-03, 2026-Q1, 2026.
    #[arg(long, value_name = "PERIOD", conflicts_with = "import", help_heading = WRITTEN)]
    period: Option<String>,
    /// Check and count, but write nothing.
    #[arg(long, help_heading = WRITTEN)]
    dry_run: bool,
    /// Language of workbook and messages: en or uk; the project's own when absent.
    #[arg(long, value_name = "LANG", help_heading = WRITTEN)]
    lang: Option<String>,
}

impl Args {
    fn choice(&self) -> Choice {
        Choice {
            again: self.again,
            moving: self.period.is_some(),
        }
    }
}

/// Runs the review.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let root = &args.project.project;
    let asked = Asked {
        period: args.period.as_deref(),
        ..Asked::default()
    };
    let computed = pipeline::compute(root, asked)?;
    let lang = super::run::language(&computed, args.lang.as_deref())?;
    let labels = Labels::load(&lang);
    if let Some(file) = &args.import {
        return import::import(args, file, &computed, &labels, printer);
    }
    if let Some(file) = &args.export {
        let file = file.clone().unwrap_or_else(|| root.join("private").join("review.xlsx"));
        return export(args, &file, &computed, (&labels, &lang), printer);
    }
    if args.terminal || std::io::stdin().is_terminal() {
        let mut lines = std::io::stdin().lock();
        return terminal::ask(args, &computed, &labels, &lang, &mut lines, printer);
    }
    list(args, &computed, &labels, printer);
    Ok(Status::Done)
}

fn export(
    args: &Args,
    file: &Path,
    computed: &Computed,
    (labels, lang): (&Labels, &str),
    printer: &mut Printer,
) -> Result<Status, Failure> {
    if file.is_dir() {
        return Err(Failure::Call(message!(
            "{file} is a folder: name the workbook to write, or put the project before --export",
            file
        )));
    }
    if !args.force {
        keep_answers(file, computed, labels)?;
    }
    let to_ask = pairs::to_ask(computed, args.choice());
    left_out(&to_ask, labels, printer);
    let bytes = workbook(computed, lang, &to_ask.asked)?;
    let told = [
        ("file", file.display().to_string()),
        ("pairs", labels.count(to_ask.asked.len(), "pair")),
        ("bytes", labels.whole(bytes.len())),
        ("sha256", fingerprint_of(&bytes)),
    ];
    if args.dry_run {
        printer.note(&say(labels, "review_say.would_export", &told));
        let export = format!("tallyframe review {} --export", args.project.shown());
        printer.note(&say(labels, "guide.next_export", &[("call", export)]));
        return Ok(Status::Done);
    }
    private::write(file, &bytes)?;
    printer.note(&say(labels, "review_say.exported", &told));
    let next = [("project", args.project.shown()), ("file", quoted(file))];
    printer.note(&say(labels, "review_say.next_import", &next));
    Ok(Status::Done)
}

/// Says how many pairs are not asked about, and why.
fn left_out(to_ask: &ToAsk, labels: &Labels, printer: &mut Printer) {
    for (count, key) in [
        (to_ask.unsure, "review_say.left_out"),
        (to_ask.still, "review_say.other_periods"),
    ] {
        if count > 0 {
            printer.note(&say(labels, key, &[("pairs", labels.count(count, "pair"))]));
        }
    }
}

/// A workbook of pairs to fill in.
pub(crate) fn workbook(computed: &Computed, lang: &str, pairs: &[Pair]) -> Result<Vec<u8>, Failure> {
    review_workbook(&computed.report(lang), pairs).map_err(|error| {
        Failure::File(message!(
            "the review workbook could not be made: {error}",
            error = error.to_string()
        ))
    })
}

/// What stands in the place of a workbook that is about to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Former {
    /// Nothing that would be lost.
    Nothing,
    /// So many answers that were not taken in yet.
    Answers(usize),
    /// A file that is no table.
    NoTable,
}

/// Looks for answers that a new workbook would write over.
pub(crate) fn former(file: &Path, computed: &Computed) -> Former {
    if !file.exists() {
        return Former::Nothing;
    }
    let Ok(table) = import::open(file) else {
        return Former::NoTable;
    };
    let stands = import::standing(&computed.records);
    let lookup = decisions::Lookup::new(&computed.records);
    let judge = decisions::Judge {
        records: &computed.records,
        lookup: &lookup,
        vocabulary: standard(),
    };
    let answers = filled::answers(&table, standard(), &import::known_pairs(computed));
    let open = answers.iter().filter(|answer| match judge.judge(&answer.line) {
        Ok(Some(said)) => stands.get(&said.pair()).copied().unwrap_or(Verdict::Open) != said.verdict,
        Ok(None) => false,
        Err(_) => true,
    });
    match open.count() {
        0 => Former::Nothing,
        open => Former::Answers(open),
    }
}

/// Refuses to write over a workbook in which somebody has answered and whose answers were not taken in.
fn keep_answers(file: &Path, computed: &Computed, labels: &Labels) -> Result<(), Failure> {
    let shown = ("file", file.display().to_string());
    let refused = match former(file, computed) {
        Former::Nothing => return Ok(()),
        Former::Answers(open) => {
            let told = [shown, ("count", labels.count(open, "answer"))];
            say(labels, "review_say.answers_kept", &told)
        }
        Former::NoTable => say(labels, "review_say.not_ours", &[shown]),
    };
    Err(Failure::Call(refused.message()))
}

/// Words for a workbook that stays as it is beside a new report; `None` where nothing would be lost by a new one.
pub(crate) fn stays(file: &Path, root: &Path, computed: &Computed, labels: &Labels) -> Option<String> {
    let shown = ("file", quoted(file));
    match former(file, computed) {
        Former::Nothing => None,
        Former::Answers(open) => {
            let told = [
                shown,
                ("count", labels.count(open, "answer")),
                ("project", quoted(root)),
            ];
            Some(say(labels, "review_say.answers_stay", &told))
        }
        Former::NoTable => Some(say(labels, "review_say.not_ours_stays", &[shown])),
    }
}

/// The pairs in short, without names: for pipes and other programs.
fn list(args: &Args, computed: &Computed, labels: &Labels, printer: &mut Printer) {
    let to_ask = pairs::to_ask(computed, args.choice());
    let pairs = &to_ask.asked;
    let records = &computed.records;
    for pair in pairs {
        let [a, b] = [pair.a, pair.b].map(|mention| records.show(records.mentions[mention.index()].place));
        let probability = format!("{:.3}", pair.link.probability);
        printer.answer(
            &[&pair.id, &probability, &pair.moves.len().to_string(), &a, &b]
                .map(String::as_str)
                .join("  "),
        );
    }
    left_out(&to_ask, labels, printer);
    let told = [
        ("pairs", labels.count(pairs.len(), "pair")),
        ("project", args.project.shown()),
    ];
    printer.note(&say(labels, "review_say.listed", &told));
}
