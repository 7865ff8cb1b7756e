//! `init`: a new project, written from the files given; what they leave open stands in it as questions.

mod code;
mod files;
mod group;

use std::fs;
use std::path::{Path, PathBuf};

use super::check::remember;
use super::inspect::overview::{Kind, Met, aside};
use super::pipeline::{self, Asked};
use super::printer::Printer;
use super::{Failure, Status, counted, labels_of, quoted};
use crate::audit::plausible::events::{Event, same};
use crate::ingest::span_of;
use crate::message::{Message, Tell, message};
use crate::project::workbook::{LOGFRAME_XLSX, workbook_of};
use crate::project::{PROJECT_TOML, Starter, StarterActivity, StarterSource, starter};
use crate::report::folder::file::{Former, Readers, write_file};
use crate::report::labels::Labels;
use code::code;
use group::{Member, groups, sources};

/// The language of a new project, where none is asked for.
const ENGLISH: &str = "en";

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe init \"Support space\" --from registers\n  tallyframe init new-project"
)]
pub(crate) struct Args {
    /// Folder of the new project; made if it is not there.
    dir: PathBuf,
    /// Raw files to begin with, or folders of them; copied into its folder raw as they lie. Without it: what lies there
    /// already.
    #[arg(long, num_args = 1.., value_name = "PATH")]
    from: Vec<PathBuf>,
    /// Write the definitions as a workbook to fill in, logframe.xlsx, instead of TOML files.
    #[arg(long)]
    workbook: bool,
    /// Language of messages, of comments and questions in the project, and of its reports: en or uk.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

/// Writes a starter project.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let definition = args.dir.join(PROJECT_TOML);
    let sheets = args.dir.join(LOGFRAME_XLSX);
    if let Some(there) = [&definition, &sheets].into_iter().find(|path| path.exists()) {
        return Err(Failure::Call(message!(
            "{there} is there already; it was not touched",
            there
        )));
    }
    let raw = args.dir.join("raw");
    fs::create_dir_all(&raw).map_err(|error| refused(&raw, &error))?;
    let labels = labels_of(args.lang.as_deref().unwrap_or(ENGLISH))?;
    let from = if args.from.is_empty() {
        files::lying(&raw)
    } else {
        args.from.clone()
    };
    let met = files::given(&from)?;
    let begun = Starter {
        language: args.lang.clone(),
        ..begin(&met, &args.dir, &labels)?
    };
    for file in &met {
        if let Kind::Unreadable(error) = &file.what {
            printer.trouble(&message!("{path}: {error}. It was left out.", path = file.path, error));
        }
    }
    let text = starter(&begun, &labels);
    let written = if args.workbook {
        let bytes = workbook_of(&text, &remarks(&begun), &labels).map_err(|error| Failure::File(error.brief()))?;
        save(&sheets, &bytes)?;
        sheets
    } else {
        save(&definition, text.as_bytes())?;
        definition
    };
    printer.note(&message!("Wrote {path}", path = written));
    after(args, &begun, printer);
    let unreadable = met.iter().any(|file| matches!(file.what, Kind::Unreadable(_)));
    Ok(if unreadable { Status::Look } else { Status::Done })
}

/// What stands beside each source as comments and questions.
fn remarks(begun: &Starter) -> Vec<String> {
    let of_source = |source: &StarterSource| {
        let lines: Vec<&str> = source
            .comment
            .iter()
            .chain(&source.questions)
            .map(String::as_str)
            .collect();
        lines.join("\n")
    };
    begun.sources.iter().map(of_source).collect()
}

/// Remembers how the files are laid out, and says what is next.
fn after(args: &Args, begun: &Starter, printer: &mut Printer) {
    let loaded = pipeline::load(&args.dir).ok().filter(|_| !begun.sources.is_empty());
    if let Some(project) = loaded {
        let records = pipeline::records(&project, Asked::default());
        if let Err(failure) = remember(&args.dir, &records.seen, printer) {
            printer.trouble(&failure.told(printer.tongue()));
        }
    }
    let questions: usize = begun.sources.iter().map(|source| source.questions.len()).sum();
    let asked = match (begun.span, questions) {
        (None, _) => message!("fill in the project's first and last day, "),
        (Some(_), 0) => Message::nothing(),
        (Some(_), some) => message!("answer {questions} in it, ", questions = counted(some, "question")),
    };
    printer.note(&message!(
        "Next: read it, {asked}then `tallyframe check {dir}`",
        asked,
        dir = quoted(&args.dir)
    ));
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_file(path, bytes, Readers::Everybody, Former::Kept).map_err(|error| Failure::File(error.message()))
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::File(message!("{path} could not be written: {error}", path, error))
}

/// Everything that the files decide.
fn begin(met: &[Met], dir: &Path, labels: &Labels) -> Result<Starter, Failure> {
    let mut members = Vec::new();
    let mut decisions = Vec::new();
    for file in met.iter().filter(|file| files::belongs(file)) {
        let path = files::copy(file, dir)?;
        match file.data() {
            Some(looked) => members.push(Member::new(looked, path)),
            None => decisions.push(path),
        }
    }
    let span = span_of(
        members
            .iter()
            .flat_map(|member| member.looked.alone.days.clone())
            .collect(),
    );
    let paths: Vec<String> = members.iter().map(|member| member.path.clone()).collect();
    let groups = groups(members);
    let events: Vec<[Vec<Event>; 2]> = groups.iter().map(|group| group::events(group)).collect();
    let mut named: Vec<Vec<(StarterSource, Option<StarterActivity>)>> = Vec::new();
    let mut number = 1;
    for group in &groups {
        let of_group = |path: &&String| group.iter().any(|member| member.path == **path);
        let others: Vec<String> = paths
            .iter()
            .filter(|path| !of_group(path))
            .chain(&decisions)
            .cloned()
            .collect();
        let sources = sources(group, &others, number, labels);
        number += sources.iter().filter(|(_, activity)| activity.is_some()).count();
        named.push(sources);
    }
    join_logged(&mut named, &events, labels);
    let mut activities: Vec<StarterActivity> = Vec::new();
    let mut found: Vec<StarterSource> = Vec::new();
    for (source, activity) in named.into_iter().flatten() {
        found.push(source);
        activities.extend(activity.filter(|new| activities.iter().all(|known| known.code != new.code)));
    }
    // Of `.` the folder's own name is not seen in the path.
    let whole = dunce::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let name = whole
        .file_name()
        .map_or("project".to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Starter {
        code: code(&name).unwrap_or_else(|| "project".to_owned()),
        name,
        language: None,
        span,
        activities,
        sources: found,
        decisions,
        left_out: left_out(met, labels),
    })
}

/// Gives lists of the events that a log tells of the activity of the log: counted apart, everybody there counts twice.
fn join_logged(
    named: &mut [Vec<(StarterSource, Option<StarterActivity>)>],
    events: &[[Vec<Event>; 2]],
    labels: &Labels,
) {
    for lists in 0..named.len() {
        let same = |log: &usize| *log != lists && !same(&events[*log][0], &events[lists][1]).is_empty();
        let Some(log) = (0..named.len()).find(same) else {
            continue;
        };
        let of_log = named[log]
            .iter()
            .find_map(|(source, activity)| Some((source.files.first()?, activity.clone()?)));
        let Some((file, activity)) = of_log.map(|(file, activity)| (file.clone(), activity)) else {
            continue;
        };
        for (source, own) in named[lists].iter_mut().filter(|(_, own)| own.is_some()) {
            let said = message!(
                "The same days with the same numbers of people as in {file}: one activity, so that nobody counts twice.",
                file
            );
            source.comment.push(said.told(labels));
            source.activity = Some(activity.code.clone());
            *own = Some(activity.clone());
        }
    }
}

/// Files that are not data, each with the reason.
fn left_out(met: &[Met], labels: &Labels) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for file in met.iter().filter(|file| !files::belongs(file)) {
        match &file.what {
            Kind::Unreadable(error) => lines.push(format!("{}: {}", file.shown, error.message().told(labels))),
            Kind::Lock | Kind::Decisions | Kind::Read(_) => {
                lines.extend(aside(file, labels).map(|line| line.trim().to_owned()));
            }
        }
    }
    lines
}
