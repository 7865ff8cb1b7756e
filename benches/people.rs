//! Recognition measured: quality, speed and calibration on synthetic registers, and on data with known persons.
//!
//! ```text
//! cargo bench --bench people -- [quality | speed | calibration | samples | public DIR | project DIR…]
//!     [--noise light|medium|heavy] [--size N,N…] [--seeds N,N…] [--namesakes SHARE]
//!     [--show] [--limit N] [--csv OUTDIR]
//! ```
//! Without a word: quality. `--size` means people, but for `speed` mentions. `--show` prints wrong merges and
//! splits with their evidence, `--limit` of each kind. `--csv` writes the registers of `quality` as projects for the command line;
//! `project` reads such a folder, with its `truth.csv`, as the command line does.
#![allow(clippy::print_stdout, reason = "a measurement is read by a person")]

mod measure;
mod registers;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Instant;

use measure::quality::Quality;
use measure::show::Shown;
use measure::{calibration, public, samples, speed};
use registers::noise::Noise;
use registers::{Settings, generate};

/// What was asked for.
#[derive(Debug, Default)]
struct Asked {
    words: Vec<String>,
    noises: Vec<Noise>,
    sizes: Vec<usize>,
    seeds: Vec<u64>,
    namesakes: Option<f64>,
    show: bool,
    limit: Option<usize>,
    csv: Option<PathBuf>,
    bench: bool,
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut asked = Self::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
            match argument.as_str() {
                "--noise" => asked.noises = each(&value()?, noise)?,
                "--size" => asked.sizes = numbers(&value()?)?,
                "--seeds" | "--seed" => asked.seeds = numbers(&value()?)?,
                "--namesakes" => asked.namesakes = Some(value()?.parse()?),
                "--limit" => asked.limit = Some(value()?.parse()?),
                "--csv" => asked.csv = Some(value()?.into()),
                "--show" => asked.show = true,
                // Said by `cargo bench`, and not by `cargo test --all-targets`.
                "--bench" => asked.bench = true,
                _ if argument.starts_with("--") => return Err(format!("{argument} is not known").into()),
                _ => asked.words.push(argument),
            }
        }
        Ok(asked)
    }

    fn noises(&self) -> Vec<Noise> {
        if self.noises.is_empty() {
            Noise::ALL.to_vec()
        } else {
            self.noises.clone()
        }
    }

    fn sizes(&self, usual: &[usize]) -> Vec<usize> {
        if self.sizes.is_empty() {
            usual.to_vec()
        } else {
            self.sizes.clone()
        }
    }

    fn seeds(&self) -> Vec<u64> {
        if self.seeds.is_empty() {
            vec![1]
        } else {
            self.seeds.clone()
        }
    }

    fn show(&self) -> Option<usize> {
        self.show.then(|| self.limit.unwrap_or(20))
    }

    /// Every combination of size, noise and seed.
    fn settings(&self, sizes: &[usize]) -> Vec<Settings> {
        let mut all = Vec::new();
        for size in self.sizes(sizes) {
            for noise in self.noises() {
                for seed in self.seeds() {
                    let mut settings = Settings::new(size, noise, seed);
                    settings.namesakes = self.namesakes.unwrap_or(settings.namesakes);
                    all.push(settings);
                }
            }
        }
        all
    }
}

fn numbers<T: FromStr>(text: &str) -> Result<Vec<T>, Box<dyn Error>>
where
    T::Err: Error + 'static,
{
    each(text, |part| Ok(part.replace('_', "").parse()?))
}

fn noise(name: &str) -> Result<Noise, Box<dyn Error>> {
    Noise::named(name).ok_or_else(|| format!("{name}: light, medium or heavy").into())
}

fn each<T>(text: &str, read: impl Fn(&str) -> Result<T, Box<dyn Error>>) -> Result<Vec<T>, Box<dyn Error>> {
    text.split(',').map(read).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = Asked::read(std::env::args().skip(1))?;
    let word = |at: usize| asked.words.get(at).map(String::as_str);
    let noise = asked.noises.first().copied().unwrap_or(Noise::MEDIUM);
    let seed = asked.seeds()[0];
    match word(0).unwrap_or("quality") {
        "quality" => quality(&asked)?,
        "speed" => speed::print(&asked.sizes(&speed::SIZES), noise, seed)?,
        "one-size" => speed::one_size(word(1).ok_or("how many mentions?")?.parse()?, noise, seed),
        "one-crowd" => speed::one_crowd(word(1).ok_or("how many people?")?.parse()?),
        "calibration" => calibrations(&asked),
        "samples" => samples::print(asked.show())?,
        "project" => asked.words[1..]
            .iter()
            .try_for_each(|folder| samples::project(Path::new(folder), asked.show()))?,
        "public" => public::print(Path::new(word(1).ok_or("which folder?")?), asked.show())?,
        other => return Err(format!("{other}: quality, speed, calibration, samples, public or project").into()),
    }
    Ok(())
}

fn quality(asked: &Asked) -> Result<(), Box<dyn Error>> {
    println!("noise      people seed  {}  seconds", Quality::HEADER);
    let usual: &[usize] = if asked.bench { &[1_000, 10_000] } else { &[1_000] };
    for settings in asked.settings(usual) {
        let registers = generate(&settings);
        let label = (settings.noise.name, settings.people, settings.seed);
        if let Some(folder) = &asked.csv {
            registers.save(&folder.join(format!("{}-{}-{}", label.0, label.1, label.2)))?;
        }
        let records = registers.records();
        let truth: Vec<Option<u32>> = registers.truth().into_iter().map(Some).collect();
        drop(registers);
        let started = Instant::now();
        let people = tallyframe::people::recognise(&records);
        let seconds = started.elapsed().as_secs_f64();
        let quality = Quality::of(&people, &truth);
        println!(
            "{:<8} {:>8} {:>4}  {}  {seconds:>7.2}",
            label.0,
            label.1,
            label.2,
            quality.row()
        );
        if let Some(limit) = asked.show() {
            Shown {
                records: &records,
                people: &people,
                truth: &truth,
            }
            .print(limit);
        }
    }
    Ok(())
}

fn calibrations(asked: &Asked) {
    for settings in asked.settings(&[10_000]) {
        let registers = generate(&settings);
        let truth: Vec<Option<u32>> = registers.truth().into_iter().map(Some).collect();
        let people = tallyframe::people::recognise(&registers.records());
        println!(
            "\n{}, {} people, seed {}",
            settings.noise.name, settings.people, settings.seed
        );
        calibration::print(&people, &truth);
        calibration::print_evidence(&people, &truth, asked.limit.unwrap_or(20));
    }
}
