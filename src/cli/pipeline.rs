//! The rooms in a row: definitions → records → people → facts → figures. Every command walks this way.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use super::Failure;
use crate::ingest;
use crate::ingest::records::Records;
use crate::logframe::{self, Request, figures::Figures};
use crate::people::{self, facts::Facts, model::People};
use crate::project::{self, LoadError, calendar::Period, model::Project};

/// Progress is shown from here on.
const PATIENCE: Duration = Duration::from_millis(500);

/// Everything between the raw files and the report.
pub(crate) struct Computed {
    pub(crate) project: Project,
    pub(crate) records: Records,
    pub(crate) people: People,
    pub(crate) facts: Facts,
    pub(crate) request: Request,
    pub(crate) figures: Figures,
}

/// What a command asks for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked<'a> {
    /// Label of the period to report; `None` or `all` for everything up to the latest contact.
    pub(crate) period: Option<&'a str>,
    /// Contacts after this day do not count yet.
    pub(crate) as_of: Option<NaiveDate>,
    /// Another folder to read instead of the project's `raw`.
    pub(crate) raw: Option<&'a Path>,
    /// Whether progress may be shown.
    pub(crate) progress: bool,
}

/// Loads the definitions, all mistakes at once.
pub(crate) fn load(root: &Path) -> Result<Project, Failure> {
    project::load(root).map_err(|error| match error {
        LoadError::Definitions(_) => Failure::Definitions(error.to_string()),
        _ => Failure::File(error.to_string()),
    })
}

/// Reads the raw files of a project.
pub(crate) fn records(project: &Project, asked: Asked) -> Records {
    let started = Instant::now();
    let done = AtomicUsize::new(0);
    let progress = |file: &str, files: usize| {
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        if asked.progress && started.elapsed() > PATIENCE {
            anstream::eprintln!("  read {done} of {files}: {file}");
        }
    };
    ingest::read(project, asked.raw, &progress)
}

/// Walks the whole way for one project.
pub(crate) fn compute(root: &Path, asked: Asked) -> Result<Computed, Failure> {
    let project = load(root)?;
    let period = match asked.period {
        None | Some("all") => None,
        Some(label) => Some(project::calendar::parse_label(label, &project).map_err(|error| Failure::Call(error.to_string()))?),
    };
    let records = records(&project, asked);
    Ok(count(project, records, period.as_ref(), asked.as_of))
}

fn count(project: Project, records: Records, period: Option<&Period>, as_of: Option<NaiveDate>) -> Computed {
    let people = people::recognise(&records);
    let cut = as_of.or(period.map(|period| period.end)).unwrap_or(project.end).min(project.end);
    let facts = people::assemble::assemble(&project, &records, &people, cut);
    let request = logframe::request(&project, &facts, period, as_of);
    let figures = logframe::compute(&project, &records, &facts, &request);
    Computed { project, records, people, facts, request, figures }
}
