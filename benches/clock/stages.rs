//! The way from raw files to report, stage by stage through the library's doors, in a process of its own.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::str::FromStr;

use tallyframe::audit::{manifest, plausible};
use tallyframe::ingest::findings::Kind;
use tallyframe::ingest::records::{Mention, Records};
use tallyframe::ingest::vocabulary::Role;
use tallyframe::ingest::{self, RawFiles};
use tallyframe::logframe::figures::Figures;
use tallyframe::logframe::{self, Request};
use tallyframe::people::facts::Facts;
use tallyframe::people::model::People;
use tallyframe::people::{assemble, recognise};
use tallyframe::project::model::Project;
use tallyframe::project::{self, Known};
use tallyframe::report::history::History;
use tallyframe::report::workbook::Properties;
use tallyframe::report::{Report, csv, folder, page, sheets, workbook};

use super::cost::{Cost, of, of_child};
use crate::measure::quality::Quality;

/// The word for this process to walk the stages of a folder.
pub(crate) const PART: &str = "--stages-of";

/// Costs by stage, and how well people were recognised.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stages {
    /// Raw files to records.
    pub(crate) read: Cost,
    /// Records to persons.
    pub(crate) recognise: Cost,
    /// Persons to figures.
    pub(crate) count: Cost,
    /// Figures to files.
    pub(crate) write: Cost,
    /// Persons found, for every true one.
    pub(crate) found: f64,
    /// Of the pairs found, how many are true.
    pub(crate) precision: f64,
    /// Of the true pairs, how many were found.
    pub(crate) recall: f64,
}

impl Stages {
    /// Of two measurements of the same, of every stage the one that took less.
    pub(crate) fn or_less(self, other: Option<Self>) -> Self {
        let less = |mine: Cost, stage: fn(&Self) -> Cost| mine.or_less(other.as_ref().map(stage));
        Self {
            read: less(self.read, |other| other.read),
            recognise: less(self.recognise, |other| other.recognise),
            count: less(self.count, |other| other.count),
            write: less(self.write, |other| other.write),
            ..self
        }
    }

    /// Headings of [`Stages::row`].
    pub(crate) const HEADER: &str = concat!(
        "    stages |          read          |       recognise        |         count          |         write          |",
        " people found\n  contacts |",
        "       s   cpu s     MB |       s   cpu s     MB |       s   cpu s     MB |       s   cpu s     MB |",
        " of true  precision   recall"
    );

    /// The figures, aligned under the headings.
    pub(crate) fn row(&self, contacts: usize) -> String {
        let costs = [self.read, self.recognise, self.count, self.write];
        let costs = costs.map(|Cost { wall, cpu, peak }| format!(" {wall:>7.2} {cpu:>7.2} {peak:>6.0} |"));
        let Self {
            found,
            precision,
            recall,
            ..
        } = self;
        let costs = costs.concat();
        format!("{contacts:>10} |{costs} {found:>7.4} {precision:>10.5} {recall:>8.5}")
    }
}

/// Walks the stages in another process.
pub(crate) fn measure(folder: &Path) -> Result<Stages, Box<dyn Error>> {
    let (_, printed) = of_child(Command::new(std::env::current_exe()?).arg(PART).arg(folder))?;
    let mut stages = Stages::default();
    for line in printed.lines() {
        let mut words = line.split_whitespace();
        let stage = words.next().ok_or("a line without a stage")?;
        let numbers: Result<Vec<f64>, _> = words.map(f64::from_str).collect();
        let numbers = <[f64; 3]>::try_from(numbers?).map_err(|_| "a line without three numbers")?;
        let [wall, cpu, peak] = numbers;
        let cost = Cost { wall, cpu, peak };
        match stage {
            "read" => stages.read = cost,
            "recognise" => stages.recognise = cost,
            "count" => stages.count = cost,
            "write" => stages.write = cost,
            "quality" => [stages.found, stages.precision, stages.recall] = numbers,
            other => return Err(format!("{other} is no stage").into()),
        }
    }
    Ok(stages)
}

/// Walks the stages here, and prints a line of each.
pub(crate) fn tell(root: &Path) -> Result<(), Box<dyn Error>> {
    let project = load(root)?;
    let (cost, records) = of(|| ingest::read(&project, RawFiles::default(), &|_, _| {}));
    say("read", cost);
    let (cost, people) = of(|| recognise(&records));
    say("recognise", cost);
    let quality = Quality::of(&people, &truth(root, &records)?);
    let (cost, (facts, request, figures)) = of(|| count(&project, &records, &people));
    say("count", cost);
    let report = Report {
        project: &project,
        records: &records,
        people: &people,
        facts: &facts,
        figures: &figures,
        lang: "en",
        as_of: request.as_of,
        history: History::NONE,
    };
    let (cost, written) = of(|| write(root, &report, &request));
    written?;
    say("write", cost);
    let found = quality.found as f64 / quality.persons.max(1) as f64;
    println!("quality {found} {} {}", quality.precision, quality.recall);
    Ok(())
}

/// What `run` does between recognition and the report.
fn count(project: &Project, records: &Records, people: &People) -> (Facts, Request, Figures) {
    let mut facts = assemble::assemble(project, records, people, project.end);
    facts.findings.extend(plausible::questions(project, records, &facts));
    let request = logframe::request(project, &facts, None, None);
    let figures = logframe::compute(project, records, &facts, &request);
    facts
        .findings
        .extend(logframe::missing_fields(project, records, &facts));
    facts.findings.extend(logframe::short_cycles(project, records, &facts));
    facts.findings.extend(logframe::nothing_counted(project, &figures));
    (facts, request, figures)
}

fn say(stage: &str, cost: Cost) {
    println!("{stage} {} {} {}", cost.wall, cost.cpu, cost.peak);
}

fn write(root: &Path, report: &Report<'_>, request: &Request) -> Result<(), Box<dyn Error>> {
    let manifest = manifest::manifest(report, &request.span).sealed().text();
    let sheets = sheets::sheets(report);
    let files = [
        (
            "report.xlsx".to_owned(),
            workbook::workbook(&sheets, &Properties::of(report))?,
        ),
        ("report.html".to_owned(), page::page(report, &sheets, "").into_bytes()),
        ("indicators.csv".to_owned(), csv::indicators_csv(report)),
        ("findings.csv".to_owned(), csv::findings_csv(report)),
        ("manifest.json".to_owned(), manifest.into_bytes()),
    ];
    Ok(folder::write_folder(&root.join("reports/stages"), &files)?)
}

fn load(root: &Path) -> Result<Project, Box<dyn Error>> {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
    Ok(project::load(
        root,
        &Known {
            finding_kinds: &kinds,
            fields: &[],
            roles: &roles,
        },
    )?)
}

/// The true person of each mention: beside every file lies a text with a line per row.
fn truth(root: &Path, records: &Records) -> Result<Vec<Option<u32>>, Box<dyn Error>> {
    let mut files: Vec<Vec<Option<u32>>> = Vec::new();
    for file in &records.files {
        let stem = Path::new(&file.path).file_stem().unwrap_or_default();
        let name = format!("{}.txt", stem.to_string_lossy());
        let lines = fs::read_to_string(root.join("truth").join(name))?;
        files.push(lines.lines().map(|line| line.parse().ok()).collect());
    }
    let of_mention = |mention: &Mention| {
        let row = usize::try_from(mention.place.row).ok()?.checked_sub(1)?;
        *files[mention.place.file.index()].get(row)?
    };
    Ok(records.mentions.iter().map(of_mention).collect())
}
