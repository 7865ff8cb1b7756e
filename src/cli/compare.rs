//! `compare`: two reports, two periods or two raw folders, and what made the difference.

mod told;

use std::path::{Path, PathBuf};

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::verify::read_manifest;
use super::{Failure, Status, labels_of, quoted};
use crate::audit::compare;
use crate::audit::manifest::{Manifest, decision_fingerprints};
use crate::audit::verify;
use crate::cli::headings::{PRINTED, REPORTED};
use crate::ingest::records::{Place, Records};
use told::{Causes, Told};

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe compare 2026-02 2026-03 --project samples/balakliya\n  \
                   tallyframe compare reports/2026-03 /media/usb/report-of-april\n  \
                   tallyframe compare raw-of-april raw --project samples/balakliya --period 2026-03"
)]
pub(crate) struct Args {
    /// The earlier one: a report (its folder or manifest.json), a period of the project, or a folder of raw files.
    #[arg(value_name = "A")]
    a: String,
    /// The later one, of the same kind.
    #[arg(value_name = "B")]
    b: String,
    /// Project folder, for periods and raw folders.
    #[arg(long, value_name = "DIR", default_value = ".", help_heading = REPORTED)]
    project: PathBuf,
    /// Of two raw folders, only what counts in this period.
    #[arg(long, value_name = "PERIOD", help_heading = REPORTED)]
    period: Option<String>,
    /// Print CSV instead of a table: a row for each figure, and for each row and person that made its difference.
    #[arg(long, help_heading = PRINTED)]
    csv: bool,
    /// Print one JSON document instead of a table.
    #[arg(long, conflicts_with = "csv", help_heading = PRINTED)]
    json: bool,
    /// Language of the answer: en or uk; the project's own when absent.
    #[arg(long, value_name = "LANG", help_heading = PRINTED)]
    lang: Option<String>,
}

/// What is compared.
enum Kind {
    /// A report, by its manifest.
    Report(PathBuf),
    /// A folder of raw files.
    Raw(PathBuf),
    /// A period, by its label.
    Period(String),
}

impl Kind {
    fn of(named: &str) -> Self {
        let path = PathBuf::from(named);
        let beside = path.join("manifest.json");
        if path.is_file() {
            let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
            Kind::Report(folder.join("manifest.json"))
        } else if beside.is_file() || path.join("indicators.csv").is_file() {
            Kind::Report(beside)
        } else if path.is_dir() {
            Kind::Raw(path)
        } else {
            Kind::Period(named.to_owned())
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Kind::Report(_) => "a report",
            Kind::Raw(_) => "a folder of raw files",
            Kind::Period(_) => "a period",
        }
    }
}

/// Runs the comparison.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    match (Kind::of(&args.a), Kind::of(&args.b)) {
        (Kind::Report(a), Kind::Report(b)) => reports(args, &a, &b, printer),
        (Kind::Raw(a), Kind::Raw(b)) => folders(args, &a, &b, printer),
        (Kind::Period(a), Kind::Period(b)) => periods(args, [&a, &b], printer),
        (a, b) => Err(Failure::Call(format!(
            "«{}» is {}, «{}» is {}: name two of one kind, two reports, two periods or two folders of raw files",
            args.a,
            a.name(),
            args.b,
            b.name()
        ))),
    }
}

fn asked<'a>(args: &'a Args, raw: Option<&'a Path>) -> Asked<'a> {
    Asked {
        period: args.period.as_deref(),
        raw: crate::ingest::RawFiles {
            folder: raw,
            names: None,
        },
        ..Asked::default()
    }
}

/// Two folders of raw files, counted by the project's definitions of now.
fn folders(args: &Args, a: &Path, b: &Path, printer: &mut Printer) -> Result<Status, Failure> {
    let [a, b] = [a, b].map(|raw| pipeline::compute(&args.project, asked(args, Some(raw))));
    let (a, b) = (a?, b?);
    let lang = super::run::language(&b, args.lang.as_deref())?;
    let labels = labels_of(&lang)?;
    let [then, now] = [&a, &b].map(|computed| computed.manifest(&lang));
    let causes = Causes {
        told: verify::causes(&then, &now, &std::collections::BTreeMap::new())
            .iter()
            .map(ToString::to_string)
            .collect(),
        decisions: [decisions(&a, &now), decisions(&b, &then)],
    };
    let told = Told {
        labels: &labels,
        names: [args.a.clone(), args.b.clone()],
        records: [Some(&a.records), Some(&b.records)],
        changes: compare::runs(a.walk(), b.walk()),
        span: Some(b.request.span.label.clone()),
        causes,
        only_published: false,
    };
    tell(args, &told, printer);
    printer.note(&format!(
        "Next: `tallyframe trace {} CODE` lists all rows behind a figure",
        quoted(&args.project)
    ));
    Ok(Status::Done)
}

/// The decisions of one run that the other does not have, by place.
fn decisions(own: &Computed, other: &Manifest) -> Vec<Place> {
    let told = decision_fingerprints(&own.records);
    let decisions = own.records.decisions.iter().zip(told);
    decisions
        .filter(|(_, told)| !other.decisions.contains(told))
        .map(|(decision, _)| decision.place)
        .collect()
}

/// Two periods of one project.
fn periods(args: &Args, labels: [&str; 2], printer: &mut Printer) -> Result<Status, Failure> {
    let computed = pipeline::compute(
        &args.project,
        Asked {
            period: None,
            ..asked(args, None)
        },
    )?;
    let known: Vec<&str> = computed
        .figures
        .periods
        .iter()
        .map(|period| period.label.as_str())
        .collect();
    for label in labels {
        if !known.contains(&label) {
            return Err(Failure::Call(format!(
                "«{label}» is neither a report, nor a folder, nor a period of the project; its periods are: {}",
                known.join(", ")
            )));
        }
    }
    let lang = super::run::language(&computed, args.lang.as_deref())?;
    let words = labels_of(&lang)?;
    let told = Told {
        labels: &words,
        names: labels.map(str::to_owned),
        records: [Some(&computed.records), Some(&computed.records)],
        changes: compare::periods(computed.walk(), labels),
        span: None,
        causes: Causes::default(),
        only_published: false,
    };
    tell(args, &told, printer);
    printer.note(&format!(
        "Next: `tallyframe trace {} CODE --period {}` lists the rows behind one of them",
        quoted(&args.project),
        labels[1]
    ));
    Ok(Status::Done)
}

/// Two reports, by what they publish.
fn reports(args: &Args, a: &Path, b: &Path, printer: &mut Printer) -> Result<Status, Failure> {
    let read = |path: &Path| {
        read_manifest(path)?.ok_or_else(|| {
            Failure::File(anyhow::anyhow!(
                "{} is not there: a report is compared by its manifest, name the whole folder that run wrote",
                path.display()
            ))
        })
    };
    let (then, now) = (read(a)?, read(b)?);
    if then.project != now.project {
        return Err(Failure::Call(format!(
            "{} is a report of the project «{}», {} of «{}»: only reports of one project can be compared",
            args.a, then.project, args.b, now.project
        )));
    }
    let lang = args.lang.clone().unwrap_or_else(|| now.language.clone());
    let labels = labels_of(&lang)?;
    let nothing: [Option<&Records>; 2] = [None, None];
    let told = Told {
        labels: &labels,
        names: [(&args.a, &then), (&args.b, &now)].map(|(named, report)| format!("{named} ({})", report.period)),
        records: nothing,
        changes: compare::manifests(&then, &now),
        span: (then.period == now.period).then(|| now.period.clone()),
        causes: Causes {
            told: verify::causes(&then, &now, &std::collections::BTreeMap::new())
                .iter()
                .map(ToString::to_string)
                .collect(),
            decisions: [Vec::new(), Vec::new()],
        },
        only_published: true,
    };
    tell(args, &told, printer);
    printer.note(&format!(
        "Next: `tallyframe verify {}` counts the later one again from the raw files",
        quoted(Path::new(&args.b))
    ));
    Ok(Status::Done)
}

fn tell(args: &Args, told: &Told, printer: &mut Printer) {
    if args.json {
        printer.json(&told.json());
    } else if args.csv {
        told.csv().iter().for_each(|line| printer.answer(line));
    } else {
        told.lines(printer.width).iter().for_each(|line| printer.answer(line));
    }
}
