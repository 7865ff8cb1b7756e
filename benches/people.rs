//! Recognition measured: quality, speed and calibration on synthetic registers, and on data with known persons.
#![allow(clippy::print_stdout, reason = "a measurement is read by a person")]

mod measure;
mod registers;

use std::time::Instant;

use measure::quality::Quality;
use registers::noise::Noise;
use registers::{Settings, generate};

fn main() {
    println!("noise      people  {}  seconds", Quality::HEADER);
    for size in [1_000, 10_000] {
        for noise in Noise::ALL {
            let registers = generate(&Settings::new(size, noise, 1));
            let records = registers.records();
            let truth: Vec<Option<u32>> = registers.truth().into_iter().map(Some).collect();
            drop(registers);
            let started = Instant::now();
            let people = tallyframe::people::recognise(&records);
            let seconds = started.elapsed().as_secs_f64();
            println!(
                "{:<8} {size:>8}  {}  {seconds:>7.2}",
                noise.name,
                Quality::of(&people, &truth).row()
            );
        }
    }
}
