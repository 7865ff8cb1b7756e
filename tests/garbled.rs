//! Nothing is silent: good files are garbled in one place at a time, and the figure changes only with a finding that
//! names the place, or by exactly what the changed cell says of itself.
//!
//! Good files are made here in six languages, or are those of the samples. Each is read without any definition, and then
//! again with one thing deleted or garbled: a header word, a date, a mark, a name, a row, a column.

#![allow(
    clippy::print_stdout,
    reason = "how often which verdict fell is shown with --nocapture"
)]

mod support;

#[allow(dead_code, reason = "not all of it is used here")]
#[path = "traps/base.rs"]
mod base;
#[path = "garbled/cells.rs"]
mod cells;
#[path = "garbled/good.rs"]
mod good;
#[path = "garbled/law.rs"]
mod law;
#[path = "garbled/places.rs"]
mod places;
#[path = "garbled/reading.rs"]
mod reading;
#[path = "garbled/rows.rs"]
mod rows;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use good::Good;
use law::{Garble, Judged, Verdict, judge};
use reading::Door;

/// How many silent changes are printed at most.
const SHOWN: usize = 400;

/// Garbles every file in every way, and fails on a figure that changed in silence.
fn nothing_is_silent(files: Vec<Good>, places: usize) {
    let doors: Vec<Door> = files.into_par_iter().map(Door::of).collect();
    let garbles: Vec<(&Door, Garble)> = doors
        .iter()
        .enumerate()
        .flat_map(|(at, door)| {
            places::garbles(door, places, at)
                .into_iter()
                .map(move |garble| (door, garble))
        })
        .collect();
    let verdicts: Vec<Judged> = garbles
        .par_iter()
        .map(|(door, garble)| {
            let judged = catch_unwind(AssertUnwindSafe(|| judge(door, garble)));
            judged.unwrap_or_else(|_| Judged {
                verdict: Verdict::Silent("it panicked".to_owned()),
                by_memory: false,
            })
        })
        .collect();
    let mut tallies: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut silent = Vec::new();
    let mut remembered = 0;
    for ((door, garble), Judged { verdict, by_memory }) in garbles.iter().zip(&verdicts) {
        remembered += usize::from(*by_memory);
        let tally = tallies.entry(garble.kind()).or_default();
        tally[verdict.number()] += 1;
        if let Verdict::Silent(change) = verdict {
            silent.push(format!("{}: {}: {change}", door.shown(), garble.name));
        }
    }
    let mut all = [0; 4];
    for (kind, tally) in &tallies {
        println!(
            "{kind:32} same {:5}  exactly {:5}  said {:5}  silent {:5}",
            tally[0], tally[1], tally[2], tally[3]
        );
        for (sum, part) in all.iter_mut().zip(tally) {
            *sum += part;
        }
    }
    println!(
        "{} files, {} garbles: same {}, exactly {}, said {} ({remembered} by what the project remembers), silent {}",
        doors.len(),
        garbles.len(),
        all[0],
        all[1],
        all[2],
        all[3]
    );
    let shown: Vec<&str> = silent.iter().take(SHOWN).map(String::as_str).collect();
    assert!(
        silent.is_empty(),
        "{} of {} garbles are silent:\n{}",
        silent.len(),
        garbles.len(),
        shown.join("\n")
    );
}

#[test]
fn registers_made_here() {
    nothing_is_silent(good::registers(), 8);
}

#[test]
fn lists_logs_and_registries_made_here() {
    nothing_is_silent(good::lists(), 6);
}

#[test]
fn files_of_the_samples() {
    nothing_is_silent(good::samples(), 7);
}
