//! The rooms in a row: definitions → records → people → facts → figures. Every command walks this way.

use std::path::Path;

use chrono::NaiveDate;

use super::Failure;
use crate::audit::manifest::{self, Manifest};
use crate::audit::plausible;
use crate::audit::trace::Walk;
use crate::ingest::findings::Kind;
use crate::ingest::records::Records;
use crate::ingest::vocabulary::Role;
use crate::ingest::{self, RawFiles};
use crate::logframe::{self, Request, figures::Figures};
use crate::people::{self, facts::Facts, model::People};
use crate::progress::{METER, Stage};
use crate::project::calendar::{self, Period};
use crate::project::model::Project;
use crate::project::workbook::DefinitionForm;
use crate::project::{self, Known, LoadError};
use crate::report::Report;
use crate::report::history::History;

impl Computed {
    /// What the printers are given.
    pub(crate) fn report<'a>(&'a self, lang: &'a str) -> Report<'a> {
        Report {
            project: &self.project,
            records: &self.records,
            people: &self.people,
            facts: &self.facts,
            figures: &self.figures,
            lang,
            as_of: self.request.as_of,
            history: &self.history,
        }
    }

    /// What the report is made from.
    pub(crate) fn manifest(&self, lang: &str) -> Manifest {
        manifest::manifest(&self.report(lang), &self.request.span)
    }

    /// What tracing walks over.
    pub(crate) fn walk(&self) -> Walk<'_> {
        let Self {
            project,
            records,
            people,
            facts,
            figures,
            request,
            history: _,
        } = self;
        Walk {
            project,
            records,
            people,
            facts,
            request,
            figures,
        }
    }
}

/// Everything between the raw files and the report.
pub(crate) struct Computed {
    pub(crate) project: Project,
    pub(crate) records: Records,
    pub(crate) people: People,
    pub(crate) facts: Facts,
    pub(crate) request: Request,
    pub(crate) figures: Figures,
    /// What was published before; empty until a command looks back.
    pub(crate) history: History,
}

/// What a command asks for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked<'a> {
    /// Label of the period to report; `None` or `all` for everything up to the latest contact.
    pub(crate) period: Option<&'a str>,
    /// Contacts after this day do not count yet.
    pub(crate) as_of: Option<NaiveDate>,
    /// Where raw files lie and under which names they are read, where that is not as the project has them.
    pub(crate) raw: RawFiles<'a>,
}

/// Loads the definitions, all mistakes at once.
pub(crate) fn load(root: &Path) -> Result<Project, Failure> {
    with_known(|known| project::load(root, known))
}

/// The definitions of a project in another form, as files.
pub(crate) fn converted(root: &Path, to: DefinitionForm) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    with_known(|known| project::workbook::convert(root, known, to))
}

fn with_known<T>(call: impl FnOnce(&Known<'_>) -> Result<T, LoadError>) -> Result<T, Failure> {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
    let known = Known {
        finding_kinds: &kinds,
        fields: &[],
        roles: &roles,
    };
    call(&known).map_err(|error| match error {
        LoadError::Definitions(_) => Failure::Definitions(error.to_string()),
        LoadError::TwoForms { .. } => Failure::Call(error.to_string()),
        LoadError::Io { ref path, ref source } if source.kind() == std::io::ErrorKind::NotFound => {
            Failure::Call(format!(
                "{} is not there. A project is a folder with a project.toml or a logframe.xlsx: name that folder, or start one with \
             `tallyframe init DIR`.",
                path.display()
            ))
        }
        LoadError::Io { .. } => Failure::File(error.into()),
    })
}

/// Reads the raw files of a project.
pub(crate) fn records(project: &Project, asked: Asked) -> Records {
    ingest::read(project, asked.raw, &|_, _| {})
}

/// Walks the whole way for one project.
pub(crate) fn compute(root: &Path, asked: Asked) -> Result<Computed, Failure> {
    let project = load(root)?;
    let period = match asked.period {
        None | Some("all") => None,
        Some(label) => {
            let period = calendar::parse_label(label, project.start, project.end);
            Some(period.map_err(|error| Failure::Call(error.to_string()))?)
        }
    };
    let records = records(&project, asked);
    Ok(count(project, records, period.as_ref(), asked.as_of))
}

/// Recognises, counts and computes what was read.
pub(crate) fn count(project: Project, records: Records, period: Option<&Period>, as_of: Option<NaiveDate>) -> Computed {
    let people = people::recognise(&records);
    METER.begin(Stage::Counting, 0);
    let cut = as_of
        .or(period.map(|period| period.end))
        .unwrap_or(project.end)
        .min(project.end);
    let mut facts = people::assemble::assemble(&project, &records, &people, cut);
    // Indicators may count what is asked, so it is asked before they are computed.
    let questions = plausible::questions(&project, &records, &facts);
    facts.findings.extend(questions);
    let request = logframe::request(&project, &facts, period, as_of);
    let figures = logframe::compute(&project, &records, &facts, &request);
    let missing = logframe::missing_fields(&project, &records, &facts);
    facts.findings.extend(missing);
    facts
        .findings
        .extend(logframe::short_cycles(&project, &records, &facts));
    facts.findings.extend(logframe::nothing_counted(&project, &figures));
    Computed {
        project,
        records,
        people,
        facts,
        request,
        figures,
        history: History::default(),
    }
}
