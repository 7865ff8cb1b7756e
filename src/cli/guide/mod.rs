//! `tallyframe` alone: what is to be done next in this folder, in a few lines.
//!
//! It tells what it can see quickly and says where it did not look; `run` and `check` know more.

mod answers;
mod double_click;
mod folder;
mod standing;

use std::path::{Path, PathBuf};

use answers::{Ledger, Review, review};
use folder::{Folder, Found, RAW, look};
use standing::{Standing, standing};

use super::Status;
use super::printer::Printer;
use super::published;
use crate::project::calendar::CalendarKind;
use crate::report::labels::Labels;

/// Names shown before the rest is only counted.
const SHOWN: usize = 3;

/// Says what is next in the folder where the program was called.
pub(crate) fn run(labels: &Labels, lang: &str, printer: &mut Printer) -> Status {
    let lines = Guide { labels, lang }.lines(Path::new("."));
    printer.answer(&lines.join("\n"));
    double_click::stay_open(labels, printer);
    Status::Done
}

/// The words of a language for what lies in a folder.
struct Guide<'g> {
    labels: &'g Labels,
    lang: &'g str,
}

impl Guide<'_> {
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.labels.fill(&format!("guide.{key}"), args)
    }

    /// A line that ends in a command to copy.
    fn step(&self, key: &str, call: &str) -> String {
        self.say(key, &[("call", call)])
    }

    fn lines(&self, here: &Path) -> Vec<String> {
        let mut lines = match look(here) {
            Folder::Nothing => vec![
                self.say("hello", &[("version", env!("CARGO_PKG_VERSION"))]),
                self.say("nothing", &[]),
                self.say("next_go", &[]),
                self.say("or_new", &[]),
            ],
            Folder::Spreadsheets { count, in_raw } => self.spreadsheets(count, in_raw),
            Folder::Projects(projects) => self.projects(&projects),
            Folder::Wrong { root, mistakes } => vec![
                self.say("wrong", &[]),
                mistakes,
                self.step("next_mend", &call("check", &root, "")),
            ],
            Folder::Project(found) => self.project(&found),
        };
        lines.push(self.say("all_commands", &[]));
        lines
    }

    fn spreadsheets(&self, count: usize, in_raw: bool) -> Vec<String> {
        let count = self.labels.count(count, "spreadsheet");
        let (init, inspect) = if in_raw {
            ("tallyframe init . --from raw", "tallyframe inspect raw")
        } else {
            ("tallyframe init my-project --from .", "tallyframe inspect .")
        };
        vec![
            self.say("hello", &[("version", env!("CARGO_PKG_VERSION"))]),
            self.say("spreadsheets", &[("count", &count)]),
            self.step("next_init", init),
            self.step("or_inspect", inspect),
        ]
    }

    fn projects(&self, projects: &[String]) -> Vec<String> {
        let first = projects.first().map_or(Path::new("."), Path::new);
        let args = [
            ("call", format!("tallyframe run {}", quoted(first))),
            ("folder", quoted(first)),
        ];
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        vec![
            self.say("hello", &[("version", env!("CARGO_PKG_VERSION"))]),
            self.say("projects", &[("list", &self.list(projects))]),
            self.say("next_project", &args),
        ]
    }

    /// A few names, and how many more.
    fn list(&self, names: &[String]) -> String {
        let shown = names[..names.len().min(SHOWN)].join(", ");
        match names.len().saturating_sub(SHOWN) {
            0 => shown,
            more => self.say("more", &[("list", &shown), ("count", &self.labels.whole(more))]),
        }
    }

    fn project(&self, found: &Found) -> Vec<String> {
        let root = &found.root;
        let name = self.labels.quoted(found.project.name.get(self.lang));
        let raw = quoted(&root.join(RAW));
        let mut lines = Vec::new();
        if root != Path::new(".") {
            lines.push(self.say("above", &[("folder", &quoted(root))]));
        }
        if found.raw.is_empty() {
            lines.push(self.say("no_raw", &[("name", &name)]));
            let args = [("folder", raw.as_str()), ("call", &call("check", root, ""))];
            lines.push(self.say("next_raw", &args));
            return lines;
        }
        let count = self.labels.count(found.raw.len(), "raw_file");
        if !found.raw.iter().any(|file| file.named) {
            let args = [("name", name.as_str()), ("count", &count), ("folder", &raw)];
            lines.push(self.say("unnamed", &args));
            lines.push(self.step("next_source", &format!("tallyframe inspect {raw}")));
            return lines;
        }
        let Some(standing) = standing(found) else {
            lines.push(self.say("project", &[("name", &name), ("files", &count)]));
            lines.push(self.say("never", &[]));
            lines.push(self.step("next_run", &call("run", root, "")));
            lines.push(self.step("or_check", &call("check", root, "")));
            return lines;
        };
        let args = [("name", name.as_str()), ("files", &count), ("report", &standing.period)];
        lines.push(self.say("project_one_report", &args));
        lines.extend(self.after_a_run(found, &standing));
        lines
    }

    /// What is next in a project that has a report.
    fn after_a_run(&self, found: &Found, standing: &Standing) -> Vec<String> {
        let root = &found.root;
        let ledger = Ledger::of(root);
        let workbooks = [
            root.join("private").join("review.xlsx"),
            standing.folder.join("private").join("review.xlsx"),
        ];
        let review = review(&workbooks, &ledger);
        if let Some(Review::HandedIn { file, answers }) = &review {
            let (file, count) = (quoted(file), self.labels.count(*answers, "answer"));
            let import = call("review", root, &format!("--import {file}"));
            let handed_in = self.say("handed_in", &[("file", &file), ("count", &count)]);
            return vec![handed_in, self.step("next_import", &import)];
        }
        if !standing.is_current() {
            return self.changed(root, standing);
        }
        let mut lines = vec![self.current(standing)];
        let open = standing.undecided.saturating_sub(ledger.unsure());
        let published = Published::of(found, standing);
        if open > 0 {
            lines.extend(self.undecided(root, open, review, &published));
        } else {
            lines.extend(self.publishing(found, standing, &published));
        }
        lines
    }

    fn current(&self, standing: &Standing) -> String {
        match standing.unlooked {
            0 => self.say("current", &[]),
            some => self.say("current_but", &[("count", &self.labels.count(some, "file"))]),
        }
    }

    fn changed(&self, root: &Path, standing: &Standing) -> Vec<String> {
        let mut lines = vec![self.say("changed", &[("report", &standing.period)])];
        let kinds = [
            ("new_files", &standing.new),
            ("changed_files", &standing.changed),
            ("gone_files", &standing.gone),
        ];
        for (key, files) in kinds.into_iter().filter(|(_, files)| !files.is_empty()) {
            lines.push(self.say(key, &[("list", &self.list(files))]));
        }
        if standing.unlooked > 0 {
            lines.push(self.say("unlooked", &[("count", &self.labels.count(standing.unlooked, "file"))]));
        }
        lines.push(self.step("next_run_again", &call("run", root, "")));
        lines
    }

    fn undecided(&self, root: &Path, open: usize, review: Option<Review>, published: &Published) -> Vec<String> {
        let count = self.labels.count(open, "pair");
        let mut lines = match review {
            Some(Review::Waiting { file } | Review::HandedIn { file, .. }) => {
                let file = quoted(&file);
                let import = call("review", root, &format!("--import {file}"));
                vec![
                    self.say("waiting", &[("count", &count), ("file", &file)]),
                    self.step("next_fill", &import),
                ]
            }
            None => vec![
                self.say("undecided", &[("count", &count)]),
                self.step("next_export", &call("review", root, "--export")),
            ],
        };
        if let (Some(period), false) = (&published.period, published.done) {
            let publish = call("publish", root, &format!("--period {period}"));
            lines.push(self.say("or_publish", &[("call", &publish), ("period", period)]));
        }
        lines
    }

    fn publishing(&self, found: &Found, standing: &Standing, published: &Published) -> Vec<String> {
        let root = &found.root;
        let report = quoted(&standing.folder.join("report.xlsx"));
        let Some(period) = &published.period else {
            return vec![self.say("next_send", &[("file", &report)])];
        };
        if !published.done {
            let publish = call("publish", root, &format!("--period {period}"));
            let args = [("file", report.as_str()), ("call", &publish)];
            return vec![
                self.say("not_published", &[("period", period)]),
                self.say("next_publish", &args),
            ];
        }
        let raw = quoted(&root.join(RAW));
        let sent = published
            .folder
            .as_ref()
            .map_or(report, |folder| quoted(&folder.join("report.xlsx")));
        let new_month = [("folder", raw.as_str()), ("run", &call("run", root, ""))];
        vec![
            self.say("done", &[("period", period)]),
            self.say("next_send", &[("file", &sent)]),
            self.step("or_pack", &call("audit-pack", root, &format!("--period {period}"))),
            self.say("or_new_month", &new_month),
        ]
    }
}

/// The period of a report that can be published, and whether it was.
struct Published {
    period: Option<String>,
    done: bool,
    folder: Option<PathBuf>,
}

impl Published {
    /// A report up to some day has no name of the calendar: then the last whole period of it is meant.
    fn of(found: &Found, standing: &Standing) -> Self {
        let period = if standing.period.contains("..") {
            last_whole(found, standing)
        } else {
            Some(standing.period.clone())
        };
        let known = published::found(&found.root);
        let of_period = known.into_iter().filter(|publication| {
            let frozen = publication.frozen.as_ref();
            frozen.is_ok_and(|(frozen, _)| Some(&frozen.period) == period.as_ref())
        });
        let folder = of_period.last().map(|publication| publication.path);
        Self {
            period,
            done: folder.is_some(),
            folder,
        }
    }
}

/// The last period of the project's calendars that ends with the report or before it; of several the shortest.
fn last_whole(found: &Found, standing: &Standing) -> Option<String> {
    let project = &found.project;
    let (start, end) = standing.days?;
    // Where no calendar is named, figures are shown by months.
    let months = [CalendarKind::Month];
    let calendars = if project.calendars.is_empty() {
        &months[..]
    } else {
        &project.calendars
    };
    let calendars = calendars.iter();
    let periods = calendars.flat_map(|calendar| calendar.periods(project.start, project.end));
    let within = periods.filter(|period| start <= period.start && period.end <= end && !period.label.contains(".."));
    let last = within.max_by_key(|period| (period.end, period.start));
    last.map(|period| period.label)
}

/// A path as somebody who stands here writes it.
fn quoted(path: &Path) -> String {
    super::quoted(path.strip_prefix(".").unwrap_or(path))
}

/// A command as somebody who stands here calls it.
fn call(command: &str, root: &Path, rest: &str) -> String {
    let mut words = vec![format!("tallyframe {command}")];
    if root != Path::new(".") {
        words.push(quoted(root));
    }
    if !rest.is_empty() {
        words.push(rest.to_owned());
    }
    words.join(" ")
}
