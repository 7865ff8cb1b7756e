//! Learns the m and u of `src/people/weights.csv` from data with known persons.
//!
//! ```text
//! cargo bench --bench weights -- [--sizes N,N…] [--seeds N,N…] [--pairs N] [--no-samples] [--write FILE]
//! ```
//! The data are the synthetic registers of this folder, in all noises, and the sample programmes with the truth of their
//! lines. m of a level is its share among pairs of one person written in two ways, every person weighing the same; u its
//! share among random pairs of two persons, and beside it, for comparison, among those pairs of two persons that a
//! shared phone, birth or beginning of a name brings together. `--write` writes the table in the form of the shipped one.
#![allow(clippy::print_stdout, reason = "a measurement is read by a person")]

mod learning;
#[allow(
    dead_code,
    reason = "of what the other bench measures with, only the reading of programmes is wanted"
)]
mod measure;
#[allow(dead_code, reason = "registers are learned from as they are, and not written")]
mod registers;

use std::error::Error;
use std::path::PathBuf;
use std::str::FromStr;

use learning::pairs::Learner;
use learning::table::Table;
use measure::samples::{PROGRAMMES, programme};
use registers::noise::Noise;
use registers::{Settings, generate};

/// What was asked for.
#[derive(Debug)]
struct Asked {
    sizes: Vec<usize>,
    seeds: Vec<u64>,
    pairs: usize,
    samples: bool,
    write: Option<PathBuf>,
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        // Seeds that nothing is measured with.
        let mut asked = Self {
            sizes: vec![1_000],
            seeds: vec![101],
            pairs: 20_000,
            samples: true,
            write: None,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
            match argument.as_str() {
                "--sizes" => asked.sizes = each(&value()?)?,
                "--seeds" => asked.seeds = each(&value()?)?,
                "--pairs" => asked.pairs = value()?.parse()?,
                "--no-samples" => asked.samples = false,
                "--write" => asked.write = Some(value()?.into()),
                // Said by `cargo bench`, and not by `cargo test --all-targets`: then the whole is learned from.
                "--bench" => (asked.sizes, asked.seeds, asked.pairs) = (vec![1_000, 5_000], vec![101, 102], 400_000),
                _ => return Err(format!("{argument} is not known").into()),
            }
        }
        Ok(asked)
    }
}

fn each<T: FromStr>(text: &str) -> Result<Vec<T>, T::Err> {
    text.split(',').map(str::parse).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo bench` says `--bench` last; what is asked for otherwise comes after it.
    let (usual, mut asked): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|one| one == "--bench");
    asked.splice(0..0, usual);
    let asked = Asked::read(asked.into_iter())?;
    let mut registers = Learner::new(asked.pairs);
    for people in &asked.sizes {
        for noise in Noise::ALL {
            for seed in &asked.seeds {
                let made = generate(&Settings::new(*people, noise, *seed));
                let truth: Vec<Option<u32>> = made.truth().into_iter().map(Some).collect();
                registers.see(&made.records(), &truth);
                println!("{} registers of {people} people, seed {seed}", noise.name);
            }
        }
    }
    let mut programmes = Learner::new(asked.pairs);
    for name in PROGRAMMES {
        match asked.samples.then(|| programme(name)).transpose()?.flatten() {
            Some(read) => {
                programmes.see(&read.records, &read.truth);
                println!("programme {name}");
            }
            None => println!("programme {name} is not read"),
        }
    }
    let table = Table::of(&registers.seen, &programmes.seen);
    table.print();
    if let Some(path) = asked.write {
        std::fs::write(path, table.csv())?;
    }
    Ok(())
}
