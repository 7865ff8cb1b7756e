//! Seconds by the wall and by the processor, and the most memory held, of a child process or a stretch of this one.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4 as _;

/// What something cost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Cost {
    /// Seconds by the wall.
    pub(crate) wall: f64,
    /// Seconds of all processors, of the user and of the system.
    pub(crate) cpu: f64,
    /// Most memory held, megabytes.
    pub(crate) peak: f64,
}

impl Cost {
    /// Of two measurements of the same, the one that took less.
    pub(crate) fn or_less(self, other: Option<Self>) -> Self {
        match other {
            Some(other) if other.wall < self.wall => other,
            Some(_) | None => self,
        }
    }
}

/// Runs a command to its end; gives what it cost and what it printed.
pub(crate) fn of_child(command: &mut Command) -> Result<(Cost, String), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let mut child = command.stdout(Stdio::piped()).stdin(Stdio::null()).spawn()?;
    let mut printed = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_string(&mut printed)?;
    }
    let ended = child.wait4()?;
    let wall = started.elapsed().as_secs_f64();
    if !ended.status.success() {
        return Err(format!("{command:?} ended with {}", ended.status).into());
    }
    let used = ended.rusage;
    let cost = Cost {
        wall,
        cpu: (used.utime + used.stime).as_secs_f64(),
        peak: used.maxrss as f64 / (1024.0 * 1024.0),
    };
    Ok((cost, printed))
}

/// Does something here; gives what it cost, as far as the system tells.
pub(crate) fn of<T>(work: impl FnOnce() -> T) -> (Cost, T) {
    // From here on the peak is counted anew, where the system lets us.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (started, cpu) = (Instant::now(), cpu());
    let done = work();
    let cost = Cost {
        wall: started.elapsed().as_secs_f64(),
        cpu: self::cpu() - cpu,
        peak: peak(),
    };
    (cost, done)
}

/// Seconds that the threads of this process have used; 0 where the system does not tell.
fn cpu() -> f64 {
    /// Linux counts in hundredths for programs, whatever its own clock.
    const PER_SECOND: f64 = 100.0;
    let told = || {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        // Fields 14 and 15; the second, the command, may hold spaces and ends with the last bracket.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some((user + system) / PER_SECOND)
    };
    told().unwrap_or_default()
}

/// The most memory held by this process, megabytes; 0 where the system does not tell.
fn peak() -> f64 {
    let told = || {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let text = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kilobytes: f64 = text.trim().trim_end_matches("kB").trim().parse().ok()?;
        Some(kilobytes / 1024.0)
    };
    told().unwrap_or_default()
}
