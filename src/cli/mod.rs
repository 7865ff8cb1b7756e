//! The commands: arguments, progress, exit codes. The only place that prints.
//!
//! `stdout` carries the answer alone; progress, warnings and "wrote X" go to `stderr`.

mod as_published;
mod check;
mod compare;
mod convert;
mod dedupe;
mod failure;
mod fill;
mod guide;
mod headings;
mod init;
mod inspect;
mod interrupt;
mod language;
mod pack;
mod people;
mod pipeline;
mod printer;
mod private;
mod progress_line;
mod publish;
mod published;
mod regrouped;
mod review;
mod run;
mod shell;
mod trace;
mod verify;
mod wrong_call;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub use failure::{Failure, Mistakes};
use headings::EVERY;
use printer::Printer;
use progress_line::ProgressLine;

use crate::message::{Message, message};
use crate::report::labels::Labels;

/// How a command ended; the numbers are the contract with scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done (0).
    Done,
    /// Done, and a person must look (1).
    Look,
}

/// Exit code: done, and a person must look.
const LOOK: u8 = 1;
/// Exit code: the call or a definition is wrong.
const WRONG: u8 = 2;
/// Exit code: a file can't be read or written.
const FILE: u8 = 3;
/// Exit code: a defect of the tool.
const DEFECT: u8 = 70;

/// Columns of a help page on a wide terminal.
const WIDEST_HELP: usize = 100;

/// The end of every help page.
const EXIT_CODES: &str = "Exit codes:
  0   done
  1   done, and a person must look: a difference, findings above the project's threshold, or --strict
  2   the call or a definition is wrong
  3   a file can't be read or written
  70  a defect of the tool
  130 stopped by Ctrl-C; what was there before is whole";

/// Count people once, from the spreadsheets you already keep.
#[derive(Debug, Parser)]
#[command(
    name = "tallyframe",
    version,
    about,
    max_term_width = WIDEST_HELP,
    after_help = EXIT_CODES,
    before_help = "Examples:\n  tallyframe\n  tallyframe run samples/balakliya\n  tallyframe inspect \"raw/register March.xlsx\""
)]
struct Cli {
    /// Print no progress and no advice; only the answer, and what went wrong.
    #[arg(long, global = true, help_heading = EVERY)]
    quiet: bool,
    /// Language of what is said: en or uk; the project's own when absent.
    #[arg(long, global = true, value_name = "LANG", help_heading = EVERY)]
    lang: Option<String>,
    /// Without a command: what is to be done next in this folder.
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read the raw files, recognise people, count, and write the report.
    #[command(after_help = EXIT_CODES)]
    Run(run::Args),
    /// Show all mistakes in definitions and all findings in raw data; write nothing.
    #[command(after_help = EXIT_CODES)]
    Check(check::Args),
    /// Show what the tool sees in files it has never met.
    #[command(after_help = EXIT_CODES)]
    Inspect(inspect::Args),
    /// Start a new project, prefilled from the files given.
    #[command(after_help = EXIT_CODES)]
    Init(init::Args),
    /// Recognise people in any table: one output row per input row.
    #[command(after_help = EXIT_CODES)]
    Dedupe(Box<dedupe::Args>),
    /// Put the pairs that may be one person or two before a human, and take in what the human says.
    #[command(after_help = EXIT_CODES)]
    Review(review::Args),
    /// Write the private report of everybody: spellings, places, possible duplicates.
    #[command(after_help = EXIT_CODES)]
    People(people::Args),
    /// List the raw rows behind one figure, or where one raw row counted.
    #[command(after_help = EXIT_CODES)]
    Trace(trace::Args),
    /// Recompute a published report from the raw files and compare it cell by cell.
    #[command(after_help = EXIT_CODES)]
    Verify(verify::Args),
    /// Show what changed between two reports, two periods or two raw folders, and which rows and people did it.
    #[command(after_help = EXIT_CODES)]
    Compare(compare::Args),
    /// Freeze a period's figures; later runs show what comes out different, by cause.
    #[command(after_help = EXIT_CODES)]
    Publish(publish::Args),
    /// Write the folder that answers an inspector: evidence without names, registers, samples, and how to redo everything.
    #[command(after_help = EXIT_CODES)]
    AuditPack(pack::Args),
    /// Write figures into the donor's own workbook, or propose the map for it from last period's file.
    #[command(after_help = EXIT_CODES)]
    Fill(fill::Args),
    /// Turn definitions in TOML into one workbook, or a workbook into TOML.
    #[command(after_help = EXIT_CODES)]
    Convert(convert::Args),
    /// Print a JSON Schema: of the definitions, for editors, or of what `run --json` prints.
    #[command(after_help = EXIT_CODES)]
    Schema(SchemaArgs),
    /// Print what a shell needs to complete commands and flags.
    #[command(after_help = EXIT_CODES)]
    Completions(shell::CompletionsArgs),
    /// Print the manual page, or write a page for each command.
    #[command(after_help = EXIT_CODES)]
    Man(shell::ManArgs),
}

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe schema > tallyframe.schema.json\n  tallyframe schema --of run")]
struct SchemaArgs {
    /// What the schema is of.
    #[arg(long, value_enum, default_value_t = SchemaOf::Definitions)]
    of: SchemaOf,
    /// Language of messages: en or uk.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

/// What there is a schema of.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum SchemaOf {
    /// project.toml and indicators/*.toml.
    Definitions,
    /// The document of `run --json`.
    Run,
}

/// The project folder that a command works on.
#[derive(Debug, clap::Args)]
struct ProjectArg {
    /// Folder that holds project.toml or logframe.xlsx.
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
}

impl ProjectArg {
    /// The folder as it is written in a command to copy.
    fn shown(&self) -> String {
        quoted(&self.project)
    }
}

/// A path as it is written in a command to copy.
fn quoted(path: &Path) -> String {
    let shown = dunce::simplified(path).display().to_string();
    if shown.contains([' ', '\'', '(', ')', '&', ';', '*']) {
        format!("\"{shown}\"")
    } else {
        shown
    }
}

/// The words of a language; one without labels is a wrong call.
fn labels_of(lang: &str) -> Result<Labels, Failure> {
    let known: Vec<&str> = Labels::languages().collect();
    if known.contains(&lang) {
        return Ok(Labels::load(lang));
    }
    let known = known.join(", ");
    Err(Failure::Call(message!(
        "there are no labels for the language «{lang}»; there are: {known}",
        lang,
        known
    )))
}

/// `1 row`, `2 rows`, in the language of the messages.
fn counted(count: usize, noun: &'static str) -> Message {
    Message::Count { count, noun }
}

/// Runs the command given on the command line.
pub fn main() -> ExitCode {
    let args: Vec<OsString> = wild::args_os().collect();
    let matches = Cli::command().try_get_matches_from(&args);
    let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, language::root_of(&matches))));
    let (cli, root) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            // Help and version are answers, everything else is a wrong call; clap prints either where it belongs.
            let wrong = error.use_stderr();
            if let Some(told) = wrong_call::told(&error, &args) {
                Printer::standard(false).trouble(&told);
                return ExitCode::from(WRONG);
            }
            return if error.print().is_err() || wrong {
                ExitCode::from(WRONG)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    // A file that makes a reader panic is caught where it is read; only what is caught below is a defect of ours.
    std::panic::set_hook(Box::new(|_| {}));
    match std::panic::catch_unwind(|| dispatch(&cli, &root)) {
        Ok(code) => code,
        Err(panic) => defect(panic.as_ref()),
    }
}

fn dispatch(cli: &Cli, root: &Path) -> ExitCode {
    let lang = language::spoken(cli.lang.as_deref(), root);
    let labels = Labels::load(&lang);
    interrupt::watch(labels.clone());
    let _line = printer::may_rewrite(cli.quiet).then(|| ProgressLine::start(labels.clone()));
    let mut printer = Printer::standard(cli.quiet);
    let known = cli.lang.as_deref().map_or(Ok(()), |lang| labels_of(lang).map(drop));
    printer.speak(labels.clone());
    let outcome = known.and_then(|()| match &cli.command {
        None => Ok(guide::run(&labels, &lang, &mut printer)),
        Some(command) => call(command, &labels, &mut printer),
    });
    match outcome {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Look) => ExitCode::from(LOOK),
        Err(failure) => {
            printer.trouble(&failure.told(printer.tongue()));
            ExitCode::from(match failure {
                Failure::Call(_) | Failure::Definitions(_) => WRONG,
                Failure::File(_) => FILE,
            })
        }
    }
}

fn call(command: &Command, labels: &Labels, printer: &mut Printer) -> Result<Status, Failure> {
    match command {
        Command::Run(args) => run::run(args, printer),
        Command::Check(args) => check::run(args, printer),
        Command::Inspect(args) => inspect::run(args, printer),
        Command::Init(args) => init::run(args, printer),
        Command::Dedupe(args) => dedupe::run(args, printer),
        Command::Review(args) => review::run(args, printer),
        Command::People(args) => people::run(args, printer),
        Command::Trace(args) => trace::run(args, printer),
        Command::Verify(args) => verify::run(args, printer),
        Command::Compare(args) => compare::run(args, printer),
        Command::Publish(args) => publish::run(args, printer),
        Command::AuditPack(args) => pack::run(args, printer),
        Command::Fill(args) => fill::run(args, printer),
        Command::Convert(args) => convert::run(args, labels, printer),
        Command::Schema(args) => Ok(schema(args.of, labels, printer)),
        Command::Completions(args) => Ok(shell::completions(args, labels, printer)),
        Command::Man(args) => shell::man(args, labels, printer),
    }
}

/// A defect is told in one sentence, without a trace that frightens; the exit code says the rest.
fn defect(panic: &(dyn std::any::Any + Send)) -> ExitCode {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    Printer::standard(false).trouble(&message!("This is a defect of tallyframe {version}, not of your data ({text}). No report was written; the previous one is whole. \
         Please send this line to the people who maintain the tool.", version = env!("CARGO_PKG_VERSION"), text));
    ExitCode::from(DEFECT)
}

fn schema(of: SchemaOf, labels: &Labels, printer: &mut Printer) -> Status {
    match of {
        SchemaOf::Definitions => {
            printer.json(&crate::project::schema());
            printer.note(&message!("Next: save it as tallyframe.schema.json and name it in the editor's settings for project.toml and indicators/*.toml."));
        }
        SchemaOf::Run => {
            printer.answer(crate::report::json::RUN_SCHEMA.trim_end());
            printer.note(labels.get("next.schema_run"));
        }
    }
    Status::Done
}

#[cfg(test)]
mod tests;
