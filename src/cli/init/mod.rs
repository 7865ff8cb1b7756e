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
use super::{Failure, Status, counted, quoted};
use crate::ingest::span_of;
use crate::project::workbook::{LOGFRAME_XLSX, workbook_of};
use crate::project::{PROJECT_TOML, Starter, StarterActivity, StarterSource, starter};
use crate::report::folder::file::{Former, Readers, write_file};
use crate::report::labels::Labels;
use code::code;
use group::{Member, groups, sources};

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe init \"Support space\" --from registers\n  tallyframe init new-project"
)]
pub(crate) struct Args {
    /// Folder of the new project; made if it is not there.
    dir: PathBuf,
    /// Raw files to begin with, or folders of them; copied into its folder raw as they lie.
    #[arg(long, num_args = 1.., value_name = "PATH")]
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
    fs::create_dir_all(&raw).map_err(|error| refused(&raw, &error))?;
    let met = files::given(&args.from)?;
    let begun = begin(&met, &args.dir)?;
    for file in &met {
        if let Kind::Unreadable(error) = &file.what {
            printer.trouble(&format!("{}: {error}. It was left out.", file.path.display()));
        }
    }
    let text = starter(&begun);
    let written = if args.workbook {
        let bytes = workbook_of(&text).map_err(|error| Failure::File(error.into()))?;
        save(&sheets, &bytes)?;
        sheets
    } else {
        save(&definition, text.as_bytes())?;
        definition
    };
    printer.note(&format!("Wrote {}", written.display()));
    after(args, &begun, printer);
    let unreadable = met.iter().any(|file| matches!(file.what, Kind::Unreadable(_)));
    Ok(if unreadable { Status::Look } else { Status::Done })
}

/// Remembers how the files are laid out, and says what is next.
fn after(args: &Args, begun: &Starter, printer: &mut Printer) {
    let loaded = pipeline::load(&args.dir).ok().filter(|_| !begun.sources.is_empty());
    if let Some(project) = loaded {
        let records = pipeline::records(&project, Asked::default());
        if let Err(failure) = remember(&args.dir, &records.seen, printer) {
            printer.trouble(&failure.to_string());
        }
    }
    let questions: usize = begun.sources.iter().map(|source| source.questions.len()).sum();
    let asked = match (begun.span, questions) {
        (None, _) => "fill in the project's first and last day, ".to_owned(),
        (Some(_), 0) => String::new(),
        (Some(_), some) => format!("answer {} in it, ", counted(some, "question")),
    };
    printer.note(&format!(
        "Next: read it, {asked}then `tallyframe check {}`",
        quoted(&args.dir)
    ));
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_file(path, bytes, Readers::Everybody, Former::Kept).map_err(|error| Failure::File(error.into()))
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::File(anyhow::anyhow!("{} could not be written: {error}", path.display()))
}

/// Everything that the files decide.
fn begin(met: &[Met], dir: &Path) -> Result<Starter, Failure> {
    let labels = Labels::load("en");
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
    let mut activities: Vec<StarterActivity> = Vec::new();
    let mut found: Vec<StarterSource> = Vec::new();
    for group in groups(members) {
        let of_group = |path: &&String| group.iter().any(|member| member.path == **path);
        let others: Vec<String> = paths
            .iter()
            .filter(|path| !of_group(path))
            .chain(&decisions)
            .cloned()
            .collect();
        for (source, activity) in sources(&group, &others, activities.len() + 1) {
            found.push(source);
            activities.extend(activity.filter(|new| activities.iter().all(|known| known.code != new.code)));
        }
    }
    // Of `.` the folder's own name is not seen in the path.
    let whole = dunce::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let name = whole
        .file_name()
        .map_or("project".to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Starter {
        code: code(&name).unwrap_or_else(|| "project".to_owned()),
        name,
        span,
        activities,
        sources: found,
        decisions,
        left_out: left_out(met, &labels),
    })
}

/// Files that are not data, each with the reason.
fn left_out(met: &[Met], labels: &Labels) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for file in met.iter().filter(|file| !files::belongs(file)) {
        match &file.what {
            Kind::Unreadable(error) => lines.push(format!("{}: {error}", file.shown)),
            Kind::Lock | Kind::Decisions | Kind::Read(_) => {
                lines.extend(aside(file, labels).map(|line| line.trim().to_owned()));
            }
        }
    }
    lines
}
