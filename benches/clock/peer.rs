//! The same files through the Python pipeline of `benches/peers`: seconds, figures, and how well people are recognised.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::cost::{Cost, of_child};
use super::figures::{Figures, known, told_by};
use super::{row, stages};
use crate::measure::quality::pairwise;

/// Runs both over a project and prints them side by side.
pub(crate) fn compare(folder: &Path, tool: &Path) -> Result<(), Box<dyn Error>> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    println!("\nBeside a pipeline of pandas and Splink, {name}");
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !has_packages(&python) {
        println!("  skipped: {python} has not the packages of benches/peers/requirements.txt (PYTHON names another)");
        return Ok(());
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/pipeline.py");
    let out = folder.join("peer");
    let (theirs, told) = of_child(
        Command::new(&python)
            .arg(script)
            .arg(folder)
            .arg(&out)
            .stderr(Stdio::null()),
    )?;
    let ours = row::run(folder, tool)?;
    let stages = stages::measure(folder)?;
    println!("               wall s    cpu s      MB  precision   recall");
    line("tallyframe", ours, stages.precision, stages.recall);
    let (precision, recall) = pairwise(pairs_of(folder, &out)?);
    line("pipeline", theirs, precision, recall);
    println!(
        "  times {:>14.1} {:>8.1}",
        theirs.wall / ours.wall,
        theirs.cpu / ours.cpu
    );
    println!("  steps of the pipeline: {}", told.trim());
    figures(
        &known(folder)?,
        &told_by(&folder.join(row::REPORT))?,
        &their_figures(&out)?,
    );
    Ok(())
}

fn has_packages(python: &str) -> bool {
    let mut asked = Command::new(python);
    asked.args(["-c", "import pandas, python_calamine, splink, duckdb"]);
    let answer = asked.stdout(Stdio::null()).stderr(Stdio::null()).status();
    answer.is_ok_and(|status| status.success())
}

fn line(name: &str, cost: Cost, precision: f64, recall: f64) {
    let Cost { wall, cpu, peak } = cost;
    println!("  {name:<10} {wall:>8.2} {cpu:>8.2} {peak:>7.0}  {precision:>9.5} {recall:>8.5}");
}

/// Person found and true person of every row.
fn pairs_of(folder: &Path, out: &Path) -> Result<Vec<(u32, u32)>, Box<dyn Error>> {
    let mut pairs = Vec::new();
    for file in fs::read_dir(folder.join("truth"))? {
        let file = file?;
        let [truth, found] = [
            numbers(file.path())?,
            numbers(out.join("clusters").join(file.file_name()))?,
        ];
        if truth.len() != found.len() {
            return Err(format!(
                "{} has {} rows, not {}",
                file.path().display(),
                found.len(),
                truth.len()
            )
            .into());
        }
        pairs.extend(found.into_iter().zip(truth));
    }
    Ok(pairs)
}

/// A number per row; rows about nobody have none.
fn numbers(path: PathBuf) -> Result<Vec<u32>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let numbers: Result<Vec<u32>, _> = text.lines().filter(|line| !line.is_empty()).map(str::parse).collect();
    Ok(numbers?)
}

/// Rows as written and different people, by month and of the year.
fn their_figures(out: &Path) -> Result<Figures, Box<dyn Error>> {
    let mut figures = Figures::new();
    for row in csv::Reader::from_path(out.join("indicators.csv"))?.deserialize() {
        let (month, sex, _age, _contacts, people, rows): (String, String, String, String, u64, String) = row?;
        if sex.is_empty() {
            figures.insert(month.replace("all", "2026"), (rows.parse()?, people));
        }
    }
    Ok(figures)
}

fn figures(known: &Figures, ours: &Figures, theirs: &Figures) {
    println!("  period     contacts: true  tallyframe  pipeline   people: true  tallyframe  pipeline");
    let mut same = true;
    for (period, (contacts, people)) in known {
        let [ours, theirs] = [ours, theirs].map(|all| all.get(period).copied().unwrap_or_default());
        same &= ours.0 == *contacts && theirs.0 == *contacts;
        println!(
            "  {period:<10} {contacts:>14} {:>11} {:>9} {people:>14} {:>11} {:>9}",
            ours.0, theirs.0, ours.1, theirs.1
        );
    }
    let told = if same { "the same in all three" } else { "NOT THE SAME" };
    println!("  contacts are {told}");
}
