//! Reading a file as a project without definitions would: the figure, item by item, and what is said about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::{Datelike as _, NaiveDate};
use tallyframe::ingest::RawFiles;
use tallyframe::ingest::findings::Kind;
use tallyframe::ingest::records::{Fate, Finding, Place, Reason, Records};
use tallyframe::ingest::table::Workbook;
use tallyframe::people::facts::{Facts, Who};
use tallyframe::people::model::People;
use tallyframe::people::{assemble, recognise};
use tallyframe::project::model::Project;
use tallyframe::project::{Known, load};
use tempfile::TempDir;

use crate::good::Good;
use crate::support::write;

/// All that a definition has to say.
const DEFINITION: &str = "[project]\ncode = \"garbled\"\nname = \"Garbled\"\nstart = 2015-01-01\nend = 2030-12-31\n\n\
    [[activity]]\ncode = \"meetings\"\nname = \"Meetings\"\n\n[[source]]\nfiles = \"raw/*\"\nactivity = \"meetings\"\n";

/// One attendance, or one head-count, with the place that tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Item {
    /// Sheet, row and column as the file has them.
    pub(crate) at: Spot,
    /// The day.
    pub(crate) day: NaiveDate,
    /// Whether somebody is named.
    pub(crate) named: bool,
    /// How many people.
    pub(crate) count: u32,
}

/// A cell or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub(crate) sheet: u16,
    /// 1-based; 0 for the whole sheet.
    pub(crate) row: u32,
    pub(crate) column: Option<u16>,
}

impl From<Place> for Spot {
    fn from(place: Place) -> Self {
        Self {
            sheet: place.sheet,
            row: place.row,
            column: place.column,
        }
    }
}

/// A finding, with every place that it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) kind: Kind,
    pub(crate) places: Vec<Spot>,
    pub(crate) args: Vec<(&'static str, String)>,
}

/// What a file comes to.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// Attendances and head-counts.
    pub(crate) items: Vec<Item>,
    /// Sessions of each day.
    pub(crate) sessions: BTreeMap<NaiveDate, usize>,
    /// Different people who came.
    pub(crate) reached: usize,
    /// Different people who are written anywhere.
    pub(crate) people: usize,
    /// What is said.
    pub(crate) told: Vec<Told>,
}

/// The numbers that a report would show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    attendances: usize,
    heads: u32,
    sessions: usize,
    reached: usize,
    people: usize,
    by_month: BTreeMap<(i32, u32), (u32, usize)>,
}

impl std::fmt::Display for Figure {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            attendances,
            heads,
            sessions,
            reached,
            people,
            by_month,
        } = self;
        let months: Vec<String> = by_month
            .iter()
            .map(|((year, month), (heads, sessions))| format!("{year}-{month}:{heads}/{sessions}"))
            .collect();
        let months = months.join(" ");
        write!(
            to,
            "{attendances} att, {heads} heads, {sessions} ses, {reached} of {people} people [{months}]"
        )
    }
}

impl Outcome {
    fn of(records: &Records, facts: &Facts, recognised: &People) -> Self {
        let items = facts.contacts.iter().map(|contact| {
            let (named, count) = match &contact.who {
                Who::Person { .. } => (true, 1),
                Who::Anonymous { count, .. } => (false, *count),
            };
            let at = contact
                .places
                .first()
                .copied()
                .unwrap_or(records.rows[contact.row.index()].place);
            Item {
                at: at.into(),
                day: contact.date,
                named,
                count,
            }
        });
        let persons: BTreeSet<u32> = facts
            .contacts
            .iter()
            .filter_map(|contact| match contact.who {
                Who::Person { person, .. } => Some(person.0),
                Who::Anonymous { .. } => None,
            })
            .collect();
        let written: BTreeSet<u32> = records
            .mentions
            .iter()
            .zip(&recognised.best)
            .filter(|(mention, _)| mention.informs)
            .map(|(_, person)| person.0)
            .collect();
        let mut sessions = BTreeMap::new();
        for session in &facts.sessions {
            *sessions.entry(session.date).or_default() += 1;
        }
        let mut items: Vec<Item> = items.collect();
        items.sort();
        let findings = records
            .findings
            .iter()
            .chain(&facts.findings)
            .chain(&recognised.findings);
        let mut told: Vec<Told> = findings.map(told).collect();
        told.sort();
        Self {
            items,
            sessions,
            reached: persons.len(),
            people: written.len(),
            told,
        }
    }

    /// The numbers.
    pub(crate) fn figure(&self) -> Figure {
        let mut by_month: BTreeMap<(i32, u32), (u32, usize)> = BTreeMap::new();
        for item in &self.items {
            by_month.entry((item.day.year(), item.day.month())).or_default().0 += item.count;
        }
        for (day, sessions) in &self.sessions {
            by_month.entry((day.year(), day.month())).or_default().1 += sessions;
        }
        Figure {
            attendances: self.items.iter().filter(|item| item.named).count(),
            heads: self
                .items
                .iter()
                .filter(|item| !item.named)
                .map(|item| item.count)
                .sum(),
            sessions: self.sessions.values().sum(),
            reached: self.reached,
            people: self.people,
            by_month,
        }
    }
}

fn told(finding: &Finding) -> Told {
    let places = finding.place.iter().chain(&finding.others);
    Told {
        kind: finding.kind,
        places: places.map(|place| (*place).into()).collect(),
        args: finding
            .args
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect(),
    }
}

/// A good file, and the project that reads it and its garbled copies.
pub(crate) struct Door {
    pub(crate) good: Good,
    pub(crate) records: Records,
    pub(crate) outcome: Outcome,
    project: Project,
    folder: TempDir,
}

impl Door {
    /// Reads a good file.
    pub(crate) fn of(good: Good) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("project.toml"), DEFINITION).expect("written");
        let mut project = load(folder.path(), &Known::default()).expect("a definition");
        let (_, wide) = read(&project, &folder, &good.name, &good.workbook);
        let years = || wide.sessions.keys().map(chrono::Datelike::year);
        let year = |year: Option<i32>, month, day| NaiveDate::from_ymd_opt(year.unwrap_or(2026), month, day);
        project.start = year(years().min(), 1, 1).expect("a day");
        project.end = year(years().max(), 12, 31).expect("a day");
        let (records, outcome) = read(&project, &folder, &good.name, &good.workbook);
        Self {
            good,
            records,
            outcome,
            project,
            folder,
        }
    }

    /// What to call it.
    pub(crate) fn shown(&self) -> &str {
        &self.good.shown
    }

    /// Rows of headings of a sheet.
    pub(crate) fn heading_rows(&self, sheet: u16) -> Vec<u32> {
        let rows = self.records.rows.iter().filter(|row| row.place.sheet == sheet);
        let headings = rows.filter(|row| row.fate == Fate::SetAside(Reason::Header));
        headings.map(|row| row.place.row).collect()
    }

    /// Whether a column is a session of a register.
    pub(crate) fn is_session(&self, sheet: u16, column: u16) -> bool {
        let headings = self.heading_rows(sheet);
        let mut places = self.records.sessions.iter().flat_map(|session| &session.places);
        places.any(|place| place.sheet == sheet && place.column == Some(column) && headings.contains(&place.row))
    }

    /// Reads a garbled copy, as a project does that has read nothing before, or one that remembers the good file.
    pub(crate) fn read(&self, workbook: &Workbook, remembering: bool) -> Outcome {
        if !remembering {
            return read(&self.project, &self.folder, &self.good.name, workbook).1;
        }
        let project = Project {
            seen: Some(self.records.seen.clone()),
            ..self.project.clone()
        };
        read(&project, &self.folder, &self.good.name, workbook).1
    }
}

fn read(project: &Project, folder: &TempDir, name: &str, workbook: &Workbook) -> (Records, Outcome) {
    let raw = tempfile::tempdir_in(folder.path()).expect("a temporary folder");
    let bytes = if workbook.format == "csv" {
        write::csv(workbook, ';')
    } else {
        write::xlsx(workbook)
    };
    fs::write(raw.path().join(name), bytes).expect("written");
    let records = tallyframe::ingest::read(
        project,
        RawFiles {
            folder: Some(raw.path()),
            names: None,
        },
        &|_, _| {},
    );
    let people = recognise(&records);
    let facts = assemble::assemble(project, &records, &people, project.end);
    let outcome = Outcome::of(&records, &facts, &people);
    (records, outcome)
}
