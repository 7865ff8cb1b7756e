//! A whole programme as a project folder: sign-in lists or registers of 40 sites over a year, in workbooks or CSV, with the
//! true person of every row beside them.
//!
//! People and the hands that write them down are those of `registers`; here they come to groups that meet weekly, and the
//! papers of a region and a month stand in one file. The same set gives the same facts in every format and layout, and the
//! same files on every machine.

pub(crate) mod attendance;
mod paper;
pub(crate) mod project;
pub(crate) mod sets;
mod table;

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::registers::hand::Hand;
use crate::registers::names::Names;
use crate::registers::population::settle;
use crate::registers::{Settings, chance::Chance};
use attendance::{Paper, attend};
use paper::Scribe;
use sets::Set;

/// Goes up when the same set would be written otherwise than before.
const GENERATOR: u32 = 1;
/// The file that says what a folder was made from.
const STAMP: &str = "stamp.txt";

/// The folder of a set; made where it is not there, or was made from something else.
pub(crate) fn prepare(set: &Set, data: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let folder = data.join(set.name());
    let stamp = format!("generator {GENERATOR}\n{set:#?}\n");
    if fs::read_to_string(folder.join(STAMP)).is_ok_and(|found| found == stamp) {
        return Ok(folder);
    }
    let made = data.join(format!("{}.making", set.name()));
    clear(&made)?;
    generate(set, &made)?;
    fs::write(made.join(STAMP), stamp)?;
    clear(&folder)?;
    fs::rename(&made, &folder)?;
    Ok(folder)
}

fn clear(folder: &Path) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

fn generate(set: &Set, folder: &Path) -> Result<(), Box<dyn Error>> {
    for part in ["raw", "truth", "indicators"] {
        fs::create_dir_all(folder.join(part))?;
    }
    let mut chance = Chance::new(set.seed);
    let names = Names::load();
    let settings = Settings::new(set.people(), set.noise, set.seed);
    let people = settle(&settings, &names, set.sites(), &mut chance);
    let papers = attend(set, &people, &mut chance)?;
    fs::write(folder.join("project.toml"), project::definitions(set))?;
    fs::write(folder.join("indicators/logframe.toml"), project::indicators())?;
    fs::write(folder.join("known.csv"), attendance::known(&papers, people.len()))?;
    let hand = Hand {
        names: &names,
        people: &people,
        noise: set.noise,
    };
    let scribe = Scribe { set, hand: &hand };
    papers
        .par_iter()
        .enumerate()
        .try_for_each(|(at, paper)| save(&scribe, at, paper, folder).map_err(|error| error.to_string()))?;
    Ok(())
}

/// Writes one file, and beside it a line per row with the true person.
fn save(scribe: &Scribe<'_>, at: usize, paper: &Paper, folder: &Path) -> Result<(), Box<dyn Error>> {
    let stem = paper.stem();
    let mut chance = Chance::new(scribe.set.seed.wrapping_mul(1_000_003).wrapping_add(at as u64));
    let raw = folder
        .join("raw")
        .join(format!("{stem}.{}", scribe.set.format.extension()));
    let persons = table::save(&raw, scribe.set.format, |rows| scribe.write(paper, &mut chance, rows))?;
    let mut truth = std::io::BufWriter::new(fs::File::create(folder.join("truth").join(format!("{stem}.txt")))?);
    for person in persons {
        let person = person.map(|person| person.to_string()).unwrap_or_default();
        writeln!(truth, "{person}")?;
    }
    Ok(truth.flush()?)
}
