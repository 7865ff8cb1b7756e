//! Whole programmes measured, from raw files to report: seconds, memory, and how both grow with size.
//!
//! ```text
//! cargo bench --bench programme -- [--sizes 5k,100k,1m,10m] [--formats xlsx,csv] [--layouts list,register] [--all]
//!     [--parts limit,run,verify,stages] [--times N] [--no-peer] [--noise light|medium|heavy] [--seed N] [--data DIR]
//!     [--tool BINARY] [--generate-only NAME]…
//! ```
//! Without arguments: 5 thousand and 100 thousand contacts. `--all`: up to a million in xlsx and ten millions in csv.
//! `--times`: each part so often, the quickest counts. `run` and `verify` are those of `--tool`, the binary of this build
//! without it; stages are those of the library. Programmes are made once, into `target/bench-data`. `--generate-only` makes one by its name (`million-xlsx`,
//! `ten-million-csv`, `hundred-thousand-csv-register`) and measures nothing.
#![allow(clippy::print_stdout, reason = "a measurement is read by a person")]

mod clock;
#[allow(
    dead_code,
    reason = "of what the other bench measures with, only the quality of recognition is wanted"
)]
mod measure;
mod national;
#[allow(dead_code, reason = "of the registers, only the people and the hands are wanted")]
mod registers;

use std::error::Error;
use std::path::{Path, PathBuf};

use mimalloc::MiMalloc;

use clock::growth;
use clock::row::{Part, Row};
use clock::stages::{self, Stages};
use clock::{limit, peer};
use national::sets::{Format, Layout, Set, contacts};
use registers::noise::Noise;

/// That of the command-line program, so that its stages and the bare reader are measured under the same conditions.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Sizes measured without a word, and with `--all`.
const USUAL: [usize; 2] = [5_000, 100_000];
const ALL: [usize; 4] = [5_000, 100_000, 1_000_000, 10_000_000];
/// The most contacts that workbooks are made of.
const MOST_IN_WORKBOOKS: usize = 1_000_000;
/// The contacts at which other programs run beside.
const PEER: usize = 100_000;

/// What was asked for.
#[derive(Debug)]
struct Asked {
    sizes: Vec<usize>,
    formats: Vec<Format>,
    layouts: Vec<Layout>,
    noise: Noise,
    seed: u64,
    data: PathBuf,
    tool: PathBuf,
    parts: Vec<Part>,
    times: usize,
    peer: bool,
    generate: Vec<String>,
    /// A part of the measuring that runs in a process of its own, and its folder.
    part: Option<(String, PathBuf)>,
}

impl Asked {
    /// What is measured without a word.
    fn usual() -> Self {
        Self {
            sizes: Vec::new(),
            formats: Format::ALL.to_vec(),
            layouts: Layout::ALL.to_vec(),
            noise: Noise::LIGHT,
            seed: 1,
            data: Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench-data"),
            tool: env!("CARGO_BIN_EXE_tallyframe").into(),
            parts: Part::ALL.to_vec(),
            times: 1,
            peer: true,
            generate: Vec::new(),
            part: None,
        }
    }

    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut asked = Self::usual();
        let mut usual = vec![USUAL[0]];
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{argument} wants a value"));
            match argument.as_str() {
                "--sizes" => asked.sizes = each(&value()?, contacts)?,
                "--formats" => asked.formats = each(&value()?, Format::named)?,
                "--layouts" => asked.layouts = each(&value()?, Layout::named)?,
                "--all" => asked.sizes = ALL.to_vec(),
                "--noise" => asked.noise = one(&value()?, Noise::named)?,
                "--seed" => asked.seed = value()?.parse()?,
                "--data" => asked.data = value()?.into(),
                "--tool" => asked.tool = value()?.into(),
                "--parts" => asked.parts = each(&value()?, Part::named)?,
                "--times" => asked.times = value()?.parse()?,
                "--no-peer" => asked.peer = false,
                "--generate-only" => asked.generate.push(value()?),
                // Said by `cargo bench`, and not by `cargo test --all-targets`.
                "--bench" => usual = USUAL.to_vec(),
                stages::PART | limit::PART => asked.part = Some((argument.clone(), value()?.into())),
                _ => return Err(format!("{argument} is not known").into()),
            }
        }
        if asked.sizes.is_empty() {
            asked.sizes = usual;
        }
        asked.sizes.sort_unstable();
        Ok(asked)
    }

    fn set(&self, contacts: usize, format: Format, layout: Layout) -> Set {
        Set {
            contacts,
            format,
            layout,
            noise: self.noise,
            seed: self.seed,
        }
    }
}

fn one<T>(word: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, Box<dyn Error>> {
    read(word).ok_or_else(|| format!("{word} is not known").into())
}

fn each<T>(words: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Box<dyn Error>> {
    words.split(',').map(|word| one(word, &read)).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = Asked::read(std::env::args().skip(1))?;
    match &asked.part {
        Some((part, folder)) if part == stages::PART => return stages::tell(folder),
        Some((_, folder)) => return limit::read_all(folder),
        None => {}
    }
    if !asked.generate.is_empty() {
        return asked.generate.iter().try_for_each(|name| generate(name, &asked));
    }
    for layout in &asked.layouts {
        for format in &asked.formats {
            series(&asked, *format, *layout)?;
        }
    }
    if asked.peer && asked.sizes.contains(&PEER) && asked.layouts.contains(&Layout::List) {
        for format in &asked.formats {
            let folder = national::prepare(&asked.set(PEER, *format, Layout::List), &asked.data)?;
            peer::compare(&folder, &asked.tool)?;
        }
    }
    Ok(())
}

fn generate(name: &str, asked: &Asked) -> Result<(), Box<dyn Error>> {
    let set = Set::named(name, asked.noise, asked.seed).ok_or_else(|| format!("there is no set {name}"))?;
    let started = std::time::Instant::now();
    let folder = national::prepare(&set, &asked.data)?;
    println!("{} in {:.1} s", folder.display(), started.elapsed().as_secs_f64());
    Ok(())
}

/// All sizes of one format and layout, and what grows between them.
fn series(asked: &Asked, format: Format, layout: Layout) -> Result<(), Box<dyn Error>> {
    println!(
        "\n{}s in {}, noise {}, seed {}\n\n{}",
        layout.word(),
        format.extension(),
        asked.noise.name,
        asked.seed,
        Row::HEADER
    );
    let mut rows: Vec<Row> = Vec::new();
    for contacts in &asked.sizes {
        if format == Format::Xlsx && *contacts > MOST_IN_WORKBOOKS {
            continue;
        }
        let folder = national::prepare(&asked.set(*contacts, format, layout), &asked.data)?;
        let row = Row::measure(*contacts, &folder, &asked.tool, &asked.parts, asked.times)?;
        println!("{row}");
        rows.push(row);
    }
    let walked: Vec<(usize, Stages)> = rows
        .iter()
        .filter_map(|row| Some((row.contacts, row.stages?)))
        .collect();
    if !walked.is_empty() {
        println!("\n{}", Stages::HEADER);
    }
    for (contacts, stages) in walked {
        println!("{}", stages.row(contacts));
    }
    growth::print(&rows);
    Ok(())
}
