//! The sample programmes against the truth of their lines, with the officers' decisions and without.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use tallyframe::ingest::findings::Kind;
use tallyframe::ingest::records::Records;
use tallyframe::project::model::Project;
use tallyframe::project::{self, Known};

use super::quality::Quality;
use super::show::Shown;

/// File, sheet, row.
type Line = (String, String, u32);

/// A sample programme as it is read, with the true person of each mention.
pub(crate) struct Programme {
    /// What was read.
    pub(crate) records: Records,
    /// True person of each mention.
    pub(crate) truth: Vec<Option<u32>>,
}

/// The programmes whose truth is in the tests' data.
pub(crate) const PROGRAMMES: [&str; 5] = ["balakliya", "kyiv", "mothers", "resilience", "training"];

/// Reads a programme; nothing where its files or its truth are not there.
pub(crate) fn programme(name: &'static str) -> Result<Option<Programme>, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let truth = root.join("tests/data").join(name).join("truth_people.csv");
    let folder = root.join("samples").join(name);
    if !truth.exists() || !folder.exists() {
        return Ok(None);
    }
    let records = tallyframe::ingest::read(&load(&folder)?, tallyframe::ingest::RawFiles::default(), &|_, _| {});
    let truth = of_mentions(&records, &lines(&truth)?);
    Ok(Some(Programme { records, truth }))
}

/// Prints two rows for every programme whose truth is in the tests' data.
pub(crate) fn print(show: Option<usize>) -> Result<(), Box<dyn Error>> {
    println!("{:<12} decisions  {}  seconds", "programme", Quality::HEADER);
    for name in PROGRAMMES {
        let Some(mut read) = programme(name)? else {
            println!("{name:<12} has no truth");
            continue;
        };
        measure(name, "kept", &read.records, &read.truth, None);
        read.records.decisions.clear();
        measure(name, "removed", &read.records, &read.truth, show);
    }
    Ok(())
}

/// Prints a row for a folder that `--csv` wrote, or one alike: a project with a `truth.csv` (`row;person`) of its only file.
pub(crate) fn project(folder: &Path, show: Option<usize>) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let records = tallyframe::ingest::read(&load(folder)?, tallyframe::ingest::RawFiles::default(), &|_, _| {});
    println!("read in {:.2} seconds", started.elapsed().as_secs_f64());
    let mut persons: BTreeMap<u32, u32> = BTreeMap::new();
    for row in csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(folder.join("truth.csv"))?
        .deserialize()
    {
        let (row, person): (u32, u32) = row?;
        persons.insert(row, person);
    }
    let truth: Vec<Option<u32>> = records
        .mentions
        .iter()
        .map(|mention| persons.get(&mention.place.row).copied())
        .collect();
    println!("{:<12} decisions  {}  seconds", "project", Quality::HEADER);
    let name = folder
        .file_name()
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    measure(&name, "none", &records, &truth, show);
    Ok(())
}

fn load(folder: &Path) -> Result<Project, Box<dyn Error>> {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    Ok(project::load(
        folder,
        &Known {
            finding_kinds: &kinds,
            fields: &[],
            roles: &[],
        },
    )?)
}

fn measure(programme: &str, decisions: &str, records: &Records, truth: &[Option<u32>], show: Option<usize>) {
    let started = Instant::now();
    let people = tallyframe::people::recognise(records);
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{programme:<12} {decisions:<9}  {}  {seconds:>7.2}",
        Quality::of(&people, truth).row()
    );
    if let Some(limit) = show {
        Shown {
            records,
            people: &people,
            truth,
        }
        .print(limit);
    }
}

/// The true person of each line.
fn lines(path: &Path) -> Result<BTreeMap<Line, u32>, Box<dyn Error>> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut lines = BTreeMap::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        let (file, sheet, row, _column, person): (String, String, u32, String, String) = row?;
        let next = u32::try_from(numbers.len())?;
        lines.insert((file, sheet, row), *numbers.entry(person).or_insert(next));
    }
    Ok(lines)
}

fn of_mentions(records: &Records, lines: &BTreeMap<Line, u32>) -> Vec<Option<u32>> {
    let places = records.mentions.iter().map(|mention| mention.place);
    places
        .map(|place| {
            let file = &records.files[place.file.index()];
            let sheet = file.sheets.get(usize::from(place.sheet)).cloned().unwrap_or_default();
            lines.get(&(file.path.clone(), sheet, place.row)).copied()
        })
        .collect()
}
