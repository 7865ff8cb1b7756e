//! A line of the table: one programme, everything that was measured of it.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fmt, fs};

use super::cost::{Cost, of_child};
use super::limit;
use super::stages::{self, Stages};

/// Where a programme's report is written.
pub(crate) const REPORT: &str = "reports/bench";

/// What one programme cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Contacts.
    pub(crate) contacts: usize,
    /// The command `run`, whole.
    pub(crate) run: Cost,
    /// The stages, in a process of their own.
    pub(crate) stages: Stages,
    /// The command `verify`, whole.
    pub(crate) verify: Cost,
    /// The bare reader.
    pub(crate) limit: Cost,
}

impl Row {
    /// Measures a programme.
    pub(crate) fn measure(contacts: usize, folder: &Path, tool: &Path) -> Result<Self, Box<dyn Error>> {
        let limit = limit::measure(folder)?;
        let run = run(folder, tool)?;
        let report = folder.join(REPORT);
        let (verify, _) = of_child(quiet(tool).arg("verify").arg(&report).arg("--project").arg(folder))?;
        let stages = stages::measure(folder)?;
        Ok(Self {
            contacts,
            run,
            stages,
            verify,
            limit,
        })
    }

    /// Headings of a row.
    pub(crate) const HEADER: &str = "                     run                      |     stages, s                     |          | bare reader        \
         |  recognition\n  contacts     s  cpu s contacts/s    MB B/contact |   read recognise   count   write | verify s |       s   cpu s     MB \
         run-rec  read | found  precision  recall";
}

/// The command `run`, as if for the first time: beside an earlier report it would also tell what changed.
pub(crate) fn run(folder: &Path, tool: &Path) -> Result<Cost, Box<dyn Error>> {
    let report = folder.join(REPORT);
    if report.exists() {
        fs::remove_dir_all(&report)?;
    }
    let (cost, _) = of_child(quiet(tool).arg("run").arg(folder).arg("--out").arg(&report))?;
    Ok(cost)
}

fn quiet(tool: &Path) -> Command {
    let mut command = Command::new(tool);
    command.stderr(Stdio::null());
    command
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            contacts,
            run,
            stages,
            verify,
            limit,
        } = self;
        let number = *contacts as f64;
        write!(
            f,
            "{contacts:>10} {:>7.2} {:>7.2} {:>9.0} {:>6.0} {:>8.0} | {:>7.2} {:>8.2} {:>7.2} {:>7.2} | {:>8.2} | {:>7.2} {:>7.2} {:>6.0} {:>6.2}x {:>5.2}x | \
             {:>5.3} {:>9.5} {:>8.5}",
            run.wall,
            run.cpu,
            number / run.wall,
            run.peak,
            run.peak * 1024.0 * 1024.0 / number,
            stages.read.wall,
            stages.recognise.wall,
            stages.count.wall,
            stages.write.wall,
            verify.wall,
            limit.wall,
            limit.cpu,
            limit.peak,
            (run.wall - stages.recognise.wall) / limit.wall,
            stages.read.wall / limit.wall,
            stages.found,
            stages.precision,
            stages.recall,
        )
    }
}
