//! A line of the tables: one programme, everything that was measured of it.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fmt, fs};

use super::cost::{Cost, of_child};
use super::figures::check_contacts;
use super::limit;
use super::stages::{self, Stages};

/// Where a programme's report is written.
pub(crate) const REPORT: &str = "reports/bench";

/// What can be measured of a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The bare reader.
    Limit,
    /// The command `run`, whole.
    Run,
    /// The command `verify`, whole.
    Verify,
    /// The stages, in a process of their own.
    Stages,
}

impl Part {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Limit, Self::Run, Self::Verify, Self::Stages];

    /// The part of a word on the command line.
    pub(crate) fn named(word: &str) -> Option<Self> {
        match word {
            "limit" => Some(Self::Limit),
            "run" => Some(Self::Run),
            "verify" => Some(Self::Verify),
            "stages" => Some(Self::Stages),
            _ => None,
        }
    }
}

/// What one programme cost, as far as it was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Contacts.
    pub(crate) contacts: usize,
    /// The bare reader.
    pub(crate) limit: Option<Cost>,
    /// The command `run`, whole.
    pub(crate) run: Option<Cost>,
    /// The command `verify`, whole.
    pub(crate) verify: Option<Cost>,
    /// The stages.
    pub(crate) stages: Option<Stages>,
}

impl Row {
    /// Measures a programme, each part so often; what took least is kept.
    pub(crate) fn measure(
        contacts: usize,
        folder: &Path,
        tool: &Path,
        parts: &[Part],
        times: usize,
    ) -> Result<Self, Box<dyn Error>> {
        let mut row = Self {
            contacts,
            limit: None,
            run: None,
            verify: None,
            stages: None,
        };
        for _ in 0..times {
            for part in parts {
                match part {
                    Part::Limit => row.limit = Some(limit::measure(folder)?.or_less(row.limit)),
                    Part::Run => row.run = Some(run(folder, tool)?.or_less(row.run)),
                    Part::Verify => row.verify = Some(verify(folder, tool)?.or_less(row.verify)),
                    Part::Stages => row.stages = Some(stages::measure(folder)?.or_less(row.stages)),
                }
            }
        }
        Ok(row)
    }

    /// The run without recognition, which follows other laws than the rest.
    pub(crate) fn without_recognition(&self) -> Option<Cost> {
        let (run, recognise) = (self.run?, self.stages?.recognise);
        Some(Cost {
            wall: run.wall - recognise.wall,
            cpu: run.cpu - recognise.cpu,
            peak: run.peak,
        })
    }

    /// Headings of a row.
    pub(crate) const HEADER: &str = concat!(
        "           |                     run                      |         verify         |      bare reader       |",
        " without recognition,\n  contacts |       s   cpu s contacts/s      MB B/contact |       s   cpu s     MB |",
        "       s   cpu s     MB | times bare: s   cpu s"
    );
}

/// The command `run`, as if for the first time: beside an earlier report it would also tell what changed.
pub(crate) fn run(folder: &Path, tool: &Path) -> Result<Cost, Box<dyn Error>> {
    let report = folder.join(REPORT);
    if report.exists() {
        fs::remove_dir_all(&report)?;
    }
    let (cost, _) = of_child(quiet(tool).arg("run").arg(folder).arg("--out").arg(&report))?;
    check_contacts(folder, &report)?;
    Ok(cost)
}

fn verify(folder: &Path, tool: &Path) -> Result<Cost, Box<dyn Error>> {
    let report = folder.join(REPORT);
    let (cost, _) = of_child(quiet(tool).arg("verify").arg(report).arg("--project").arg(folder))?;
    Ok(cost)
}

fn quiet(tool: &Path) -> Command {
    let mut command = Command::new(tool);
    command.stderr(Stdio::null());
    command
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.contacts as f64;
        write!(f, "{:>10} |", self.contacts)?;
        match self.run {
            Some(Cost { wall, cpu, peak }) => {
                let (pace, bytes) = (number / wall, peak * 1024.0 * 1024.0 / number);
                write!(f, " {wall:>7.2} {cpu:>7.2} {pace:>10.0} {peak:>7.0} {bytes:>9.0} |")?;
            }
            None => write!(f, " {:>44} |", "-")?,
        }
        for cost in [self.verify, self.limit] {
            match cost {
                Some(Cost { wall, cpu, peak }) => write!(f, " {wall:>7.2} {cpu:>7.2} {peak:>6.0} |")?,
                None => write!(f, " {:>22} |", "-")?,
            }
        }
        match (self.without_recognition(), self.limit) {
            (Some(run), Some(limit)) => {
                write!(
                    f,
                    " {:>12.2}x {:>6.2}x",
                    run.wall / limit.wall,
                    run.cpu / limit.cpu.max(0.01)
                )
            }
            _ => write!(f, " {:>13} {:>7}", "-", "-"),
        }
    }
}
