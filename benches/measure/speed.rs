//! Seconds and memory by number of mentions, of registers and of a crowd that bears one name. Each size runs in a process of
//! its own, so that the peak is that size's.

use std::time::Instant;
use std::{env, fs, io, process};

use tallyframe::ingest::records::{Context, FileId, Identity, Mention, Place, Records, RowId};

use super::quality::Quality;
use crate::registers::noise::Noise;
use crate::registers::{Settings, generate};

/// Numbers of mentions.
pub(crate) const SIZES: [usize; 3] = [5_000, 100_000, 1_000_000];
/// A hundred people are written down so many times, and hardly ever less.
const PER_HUNDRED: usize = 515;

/// Numbers of people in a crowd.
const CROWDS: [usize; 2] = [20_000, 100_000];

/// Prints a row per size.
pub(crate) fn print(sizes: &[usize], noise: Noise, seed: u64) -> io::Result<()> {
    println!(
        " mentions  persons  seconds  records MB  peak MB       F1   (noise {}, seed {seed})",
        noise.name
    );
    for size in sizes {
        let seed = seed.to_string();
        in_a_process("one-size", *size, &["--noise", noise.name, "--seed", &seed])?;
    }
    println!("\nOne name, each with a phone");
    for size in CROWDS {
        in_a_process("one-crowd", size, &[])?;
    }
    Ok(())
}

fn in_a_process(word: &str, size: usize, options: &[&str]) -> io::Result<()> {
    let mut command = process::Command::new(env::current_exe()?);
    let status = command.args([word, &size.to_string()]).args(options).status()?;
    if !status.success() {
        println!("{size:>9}  failed: {status}");
    }
    Ok(())
}

/// Prints the row of one size.
pub(crate) fn one_size(mentions: usize, noise: Noise, seed: u64) {
    let people = mentions * 100 / PER_HUNDRED;
    let registers = generate(&Settings::new(people, noise, seed));
    let mut records = registers.records();
    let mut truth: Vec<Option<u32>> = registers.truth().into_iter().map(Some).collect();
    drop(registers);
    records.mentions.truncate(mentions);
    truth.truncate(mentions);
    measure(&records, &truth);
}

/// Prints the row of a crowd whose people bear one name, each with a phone of her own.
pub(crate) fn one_crowd(people: usize) {
    let mut records = Records::default();
    let name = records.texts.intern("Петренко Олена");
    for row in (0u32..).take(people) {
        // Numbers without an order, none twice: the factor shares no divisor with a thousand millions.
        let number = u64::from(row) * 618_033_989 % 1_000_000_000;
        let phone = records.texts.intern(&format!("0{number:09}"));
        let place = Place {
            file: FileId(0),
            sheet: 0,
            row,
            column: None,
        };
        records.mentions.push(Mention {
            row: RowId(row),
            place,
            identity: Identity {
                full_name: Some(name),
                phone: Some(phone),
                ..Identity::default()
            },
            group: row,
            context: Context::default(),
            date: None,
            population: 0,
            informs: true,
        });
    }
    let truth: Vec<Option<u32>> = (0u32..).take(people).map(Some).collect();
    measure(&records, &truth);
}

fn measure(records: &Records, truth: &[Option<u32>]) {
    let before = memory("VmRSS:");
    // From here on the peak is counted anew, where the system lets us.
    let anew = fs::write("/proc/self/clear_refs", "5").is_ok();
    let started = Instant::now();
    let people = tallyframe::people::recognise(records);
    let seconds = started.elapsed().as_secs_f64();
    let peak = memory("VmHWM:");
    let quality = Quality::of(&people, truth);
    let told = |memory: Option<f64>| memory.map_or("-".to_owned(), |megabytes| format!("{megabytes:.0}"));
    println!(
        "{:>9} {:>8} {seconds:>8.2} {:>11} {:>8}  {:>7.5}{}",
        quality.mentions,
        quality.persons,
        told(before),
        told(peak),
        quality.f1(),
        if anew {
            ""
        } else {
            "   (peak includes making the registers)"
        }
    );
}

/// A line of the system's account of this process, in megabytes; `None` where there is no such account.
fn memory(line: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let text = status.lines().find_map(|text| text.strip_prefix(line))?;
    let kilobytes: f64 = text.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
