//! Public data sets of record linkage with known entities, read and recognised as `dedupe` does at its defaults.
//!
//! A data set is a CSV whose column `entity_id` says who each row truly is. That column, and keys made for matching, are
//! taken away before the tool sees the file. A row that the tool does not read is somebody found alone.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use tallyframe::ingest::records::Records;
use tallyframe::project::model::Source;

use super::quality::Quality;
use super::show::Shown;

/// Columns that the tool must not see.
const HIDDEN: [&str; 3] = ["soc_sec_id", "rec_id", "entity_id"];

/// Prints a row for every CSV of a folder.
pub(crate) fn print(folder: &Path, show: Option<usize>) -> Result<(), Box<dyn Error>> {
    let entries = fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|end| end == "csv"))
        .collect();
    paths.sort();
    println!("{:<14}  {}  seconds", "data set", Quality::HEADER);
    for path in paths {
        let name = path
            .file_stem()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let temporary = tempfile::tempdir()?;
        let stripped = temporary.path().join(format!("{name}.csv"));
        let entities = strip(&path, &stripped)?;
        let source = Source::unspecified("*");
        let records = tallyframe::ingest::read_people(&[stripped], &source, LAST_BIRTH).records;
        let (truth, unread) = truth(&records, &entities);
        measure(&name, &records, &truth, &unread, show);
    }
    Ok(())
}

/// After every birth of the data.
const LAST_BIRTH: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2026, 12, 31).expect("a day of the calendar");

fn measure(name: &str, records: &Records, truth: &[Option<u32>], unread: &[u32], show: Option<usize>) {
    let started = Instant::now();
    let people = tallyframe::people::recognise(records);
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{name:<14}  {}  {seconds:>7.2}",
        Quality::with_unread(&people, truth, unread).row()
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

/// Writes a file without the hidden columns; the entity of each row of the data, in order.
fn strip(from: &Path, to: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(from)?;
    let mut writer = csv::Writer::from_path(to)?;
    let header = reader.headers()?.clone();
    let entity = header
        .iter()
        .position(|name| name == "entity_id")
        .ok_or("there is no column entity_id")?;
    let kept: Vec<usize> = (0..header.len()).filter(|at| !HIDDEN.contains(&&header[*at])).collect();
    writer.write_record(kept.iter().map(|at| &header[*at]))?;
    let mut entities = Vec::new();
    for row in reader.records() {
        let row = row?;
        writer.write_record(kept.iter().map(|at| &row[*at]))?;
        entities.push(row[entity].to_owned());
    }
    writer.flush()?;
    Ok(entities)
}

/// The entity of each mention, by the line it stands on, and the entities of lines that gave no mention.
fn truth(records: &Records, entities: &[String]) -> (Vec<Option<u32>>, Vec<u32>) {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    for entity in entities {
        let next = u32::try_from(numbers.len()).expect("fewer entities than 2^32");
        numbers.entry(entity).or_insert(next);
    }
    let rows = records
        .mentions
        .iter()
        .map(|mention| (mention.place.row as usize).checked_sub(2));
    let rows: Vec<Option<usize>> = rows.collect();
    let read: BTreeSet<usize> = rows.iter().copied().flatten().collect();
    let number = |row: usize| entities.get(row).map(|entity| numbers[entity.as_str()]);
    let truth = rows.into_iter().map(|row| row.and_then(number)).collect();
    let unread = (0..entities.len()).filter(|row| !read.contains(row)).filter_map(number);
    (truth, unread.collect())
}
