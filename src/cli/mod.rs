//! The commands: arguments, progress, exit codes. The only place that prints.
//!
//! `stdout` carries the answer alone; progress, warnings and "wrote X" go to `stderr`.

mod as_published;
mod check;
mod compare;
mod convert;
mod dedupe;
mod fill;
mod init;
mod inspect;
mod pack;
mod people;
mod pipeline;
mod printer;
mod private;
mod publish;
mod published;
mod regrouped;
mod review;
mod run;
mod tongue;
mod trace;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use printer::Printer;
pub use tongue::{Failure, Mistakes};

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

/// The end of every help page.
const EXIT_CODES: &str = "Exit codes:
  0   done
  1   done, and a person must look: a difference, findings above the project's threshold, or --strict
  2   the call or a definition is wrong
  3   a file can't be read or written
  70  a defect of the tool";

/// Count people once, from the spreadsheets you already keep.
#[derive(Debug, Parser)]
#[command(
    name = "tallyframe",
    version,
    about,
    arg_required_else_help = true,
    after_help = EXIT_CODES,
    before_help = "Examples:\n  tallyframe run samples/balakliya\n  tallyframe inspect \"raw/register March.xlsx\""
)]
struct Cli {
    /// Print no progress and no advice; only the answer, and what went wrong.
    #[arg(long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
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
    Convert(convert::Args),
    /// Print a JSON Schema: of the definitions, for editors, or of what `run --json` prints.
    #[command(after_help = EXIT_CODES)]
    Schema(SchemaArgs),
}

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
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
    let shown = path.display().to_string();
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
    let cli = match Cli::try_parse_from(wild::args_os()) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, everything else is a wrong call; clap prints either where it belongs.
            let wrong = error.use_stderr();
            return if error.print().is_err() || wrong {
                ExitCode::from(WRONG)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    // A file that makes a reader panic is caught where it is read; only what is caught below is a defect of ours.
    std::panic::set_hook(Box::new(|_| {}));
    match std::panic::catch_unwind(|| dispatch(&cli)) {
        Ok(code) => code,
        Err(panic) => defect(panic.as_ref()),
    }
}

fn dispatch(cli: &Cli) -> ExitCode {
    let mut printer = Printer::standard(cli.quiet);
    printer.speak(cli.command.tongue());
    let outcome = match &cli.command {
        Command::Run(args) => run::run(args, &mut printer),
        Command::Check(args) => check::run(args, &mut printer),
        Command::Inspect(args) => inspect::run(args, &mut printer),
        Command::Init(args) => init::run(args, &mut printer),
        Command::Dedupe(args) => dedupe::run(args, &mut printer),
        Command::Review(args) => review::run(args, &mut printer),
        Command::People(args) => people::run(args, &mut printer),
        Command::Trace(args) => trace::run(args, &mut printer),
        Command::Verify(args) => verify::run(args, &mut printer),
        Command::Compare(args) => compare::run(args, &mut printer),
        Command::Publish(args) => publish::run(args, &mut printer),
        Command::AuditPack(args) => pack::run(args, &mut printer),
        Command::Fill(args) => fill::run(args, &mut printer),
        Command::Convert(args) => convert::run(args, &mut printer),
        Command::Schema(args) => Ok(schema(args.of, &mut printer)),
    };
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

fn schema(of: SchemaOf, printer: &mut Printer) -> Status {
    match of {
        SchemaOf::Definitions => {
            printer.json(&crate::project::schema());
            printer.note(&message!("Next: save it as tallyframe.schema.json and name it in the editor's settings for project.toml and indicators/*.toml."));
        }
        SchemaOf::Run => printer.answer(crate::report::json::RUN_SCHEMA.trim_end()),
    }
    Status::Done
}
