//! `run`: the main job. Reads, recognises, counts, writes the report, prints the table.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::{Failure, ProjectArg, Status, as_published, labels_of, published, quoted, regrouped, review};
use crate::audit::evidence::{self, key::Key};
use crate::audit::manifest::Manifest;
use crate::audit::regroup::Regrouping;
use crate::cli::headings::{PRINTED, REPORTED, WRITTEN};
use crate::ingest::records::Severity;
use crate::ingest::{RawFiles, fingerprint_of};
use crate::message::{Message, Tell, message};
use crate::project::model::{Format, Project};
use crate::report::labels::Labels;
use crate::report::workbook::Properties;
use crate::report::{self, csv, folder, json, sheets, terminal};

/// The report as a page.
const PAGE: &str = "report.html";
/// Everybody, beside a report.
const PEOPLE: &str = "private/people.csv";
/// The pairs to decide, beside a report.
const REVIEW: &str = "private/review.xlsx";

/// Arguments of `run`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe run samples/balakliya\n  tallyframe run --period 2026-03 --lang uk")]
pub(crate) struct Args {
    #[command(flatten)]
    project: ProjectArg,
    /// Period to report: 2026-03, 2026-Q1, 2026, or all. Without it: everything up to the latest contact.
    #[arg(long, value_name = "PERIOD", help_heading = REPORTED)]
    period: Option<String>,
    /// Count nothing after this day (year-month-day); the end of the reported period when absent.
    #[arg(long, value_name = "DATE", help_heading = REPORTED)]
    as_of: Option<NaiveDate>,
    /// Language of the report: en or uk; the project's own when absent.
    #[arg(long, value_name = "LANG", help_heading = REPORTED)]
    lang: Option<String>,
    /// Folder to write to; reports/<period> in the project when absent.
    #[arg(long, value_name = "DIR", help_heading = WRITTEN)]
    out: Option<PathBuf>,
    /// Also write private/people.csv and private/review.xlsx: who was recognised where, and the pairs to decide, with names.
    /// Not for donors.
    #[arg(long, help_heading = WRITTEN)]
    private: bool,
    /// Also write evidence.xlsx: the rows behind every figure, with pseudonyms instead of names. Their secret stays in the
    /// project's private folder. Where small numbers are hidden, it goes to private/ too.
    #[arg(long, help_heading = WRITTEN)]
    evidence: bool,
    /// Donors' formats to write as well, with commas between them: iptt, eu-logframe, fcdo-logframe, un-partner,
    /// activity-progress, pirs, iati, hxl, dhis2. Those of the definitions when absent.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', help_heading = WRITTEN)]
    format: Vec<String>,
    /// Rebuild the report of a published period byte for byte from what was frozen, with the raw files of then: those that are
    /// there under other names are found, newer ones are not read. Written to reports/<period>-as-published without --out.
    #[arg(long, value_name = "PERIOD", conflicts_with_all = ["period", "as_of", "lang", "private", "evidence", "format", "strict", "json"], help_heading = WRITTEN)]
    as_published: Option<String>,
    /// End with exit code 1 when there is any warning or error among the findings.
    #[arg(long, help_heading = PRINTED)]
    strict: bool,
    /// Print one JSON document instead of the table.
    #[arg(long, help_heading = PRINTED)]
    json: bool,
    /// Tell every person that was joined or parted since the last report, not only the first five.
    #[arg(long, short, help_heading = PRINTED)]
    verbose: bool,
}

/// Runs the main job.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let asked = Asked {
        period: args.period.as_deref(),
        as_of: args.as_of,
        raw: RawFiles::default(),
    };
    let root = &args.project.project;
    if let Some(label) = &args.as_published {
        return as_published::run(root, label, args.out.as_deref(), printer);
    }
    let mut computed = pipeline::compute(root, asked)?;
    let lang = language(&computed, args.lang.as_deref())?;
    let (history, troubles) = published::look_back(root, &computed, None, &lang, None);
    computed.history = history;
    let target = args
        .out
        .clone()
        .unwrap_or_else(|| root.join("reports").join(&computed.request.span.label));
    let mut manifest = computed.manifest(&lang);
    manifest.formats = formats(&computed.project, &args.format)?;
    let mut files = files(&computed, &manifest, &lang)?;
    let stays = args
        .private
        .then(|| review::stays(&target.join(REVIEW), root, &computed, &Labels::load(&lang)))
        .flatten();
    if args.private {
        files.extend(private_files(&computed, &lang, stays.is_none())?);
    }
    if args.evidence {
        files.push(evidence_file(root, &computed, &lang)?);
    }
    let former = regrouped::former(root, &target, &manifest);
    let regrouping = former.and_then(|former| regrouped::regrouping(&former, &manifest, &computed));
    folder::write_folder(&target, &files).map_err(|error| Failure::File(error.message()))?;
    print(args, &computed, &lang, regrouping.as_ref(), printer);
    printer.note(&told(&target, &files));
    let troubles: Vec<Message> = troubles.into_iter().chain(stays.map(|stays| stays.message())).collect();
    for trouble in &troubles {
        printer.trouble(trouble);
    }
    printer.note(&next(root, &target, &computed));
    let status = status(&computed, args.strict);
    Ok(if troubles.is_empty() { status } else { Status::Look })
}

/// Prints the table or the document, and who was joined or parted since an earlier report.
fn print(args: &Args, computed: &Computed, lang: &str, regrouping: Option<&Regrouping>, printer: &mut Printer) {
    let report = computed.report(lang);
    if args.json {
        let mut document = json::json(&report);
        document["regrouped"] = regrouping
            .map(|regrouping| regrouped::document(regrouping, &computed.records))
            .into();
        document["published"] = published::document(&computed.history);
        printer.json(&document);
    } else if !printer.quiet {
        printer.painted(&terminal::terminal(&report, printer.width, printer.colour));
        published::tell(&computed.history, &computed.project, lang, args.verbose, printer);
    }
    if let Some(regrouping) = regrouping {
        regrouped::tell(regrouping, &computed.records, lang, args.verbose, printer);
    }
}

/// The language asked for, else the project's; one without labels is a wrong call.
pub(crate) fn language(computed: &Computed, asked: Option<&str>) -> Result<String, Failure> {
    let lang = asked.unwrap_or(&computed.project.language);
    labels_of(lang).map(|_| lang.to_owned())
}

/// Codes of the donors' formats that are asked for, else of those that the definitions name.
pub(crate) fn formats(project: &Project, asked: &[String]) -> Result<Vec<String>, Failure> {
    if asked.is_empty() {
        let formats = project.reporting.formats.iter();
        return Ok(formats.map(|format| format.code().to_owned()).collect());
    }
    let known = |code: &&String| Format::of_code(code).is_none();
    match asked.iter().find(known) {
        Some(unknown) => {
            let codes: Vec<&str> = Format::ALL.iter().map(|format| format.code()).collect();
            let refusal = message!(
                "there is no format {unknown}: choose among {codes}",
                unknown,
                codes = codes.join(", ")
            );
            Err(Failure::Call(refusal))
        }
        None => Ok(asked.to_vec()),
    }
}

/// Every file of a report that a donor may see: name relative to its folder, and bytes.
pub(crate) fn files(computed: &Computed, manifest: &Manifest, lang: &str) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let report = computed.report(lang);
    let sheets = sheets::sheets(&report);
    let workbook = report::workbook::workbook(&sheets, &Properties::of(&report)).map_err(|error| {
        Failure::File(message!(
            "report.xlsx could not be made: {error}",
            error = error.to_string()
        ))
    })?;
    let formats: Vec<Format> = manifest
        .formats
        .iter()
        .filter_map(|code| Format::of_code(code))
        .collect();
    let donors = report::donor::files(&report, &formats).map_err(|error| {
        Failure::File(message!(
            "a donor's format could not be made: {error}",
            error = error.to_string()
        ))
    })?;
    let mut files = vec![
        ("report.xlsx".to_owned(), workbook),
        ("indicators.csv".to_owned(), csv::indicators_csv(&report)),
        ("findings.csv".to_owned(), csv::findings_csv(&report)),
    ];
    if !report.history.publications.is_empty() {
        files.push(("restatements.csv".to_owned(), csv::restatements_csv(&report)));
    }
    files.extend(donors);
    let mut manifest = manifest.clone();
    let outputs = files.iter().map(|(name, bytes)| (name.clone(), fingerprint_of(bytes)));
    manifest.outputs = outputs.collect();
    let manifest = manifest.sealed().text().into_bytes();
    let page = report::page::page(&report, &sheets, &fingerprint_of(&manifest));
    files.insert(1, (PAGE.to_owned(), page.into_bytes()));
    files.insert(4, ("manifest.json".to_owned(), manifest));
    Ok(files)
}

/// The page alone, with the fingerprint of the manifest that it stands beside.
pub(crate) fn page(computed: &Computed, lang: &str, manifest: &str) -> Vec<u8> {
    let report = computed.report(lang);
    report::page::page(&report, &sheets::sheets(&report), manifest).into_bytes()
}

/// The rows behind every figure, without names. Rows of few people tell who they are, so a project that hides small numbers
/// keeps them to itself.
fn evidence_file(root: &Path, computed: &Computed, lang: &str) -> Result<(String, Vec<u8>), Failure> {
    let key = Key::of_project(root).map_err(|error| Failure::File(error.message()))?;
    let report = computed.report(lang);
    let bytes = evidence::evidence(&report, computed.walk(), &key).map_err(|error| {
        Failure::File(message!(
            "{file} could not be made: {error}",
            file = evidence::FILE,
            error = error.to_string()
        ))
    })?;
    let folder = if report.hides() { "private/" } else { "" };
    Ok((format!("{folder}{}", evidence::FILE), bytes))
}

/// The files that hold names: everybody, and the pairs to decide where no workbook with answers stands in their place.
fn private_files(computed: &Computed, lang: &str, with_review: bool) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = vec![(PEOPLE.to_owned(), csv::people_csv(&computed.report(lang)))];
    if with_review {
        let to_ask = review::pairs::to_ask(computed, review::pairs::Choice::default());
        files.push((REVIEW.to_owned(), review::workbook(computed, lang, &to_ask.asked)?));
    }
    Ok(files)
}

pub(crate) fn told(target: &Path, files: &[(String, Vec<u8>)]) -> Message {
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    message!("Wrote {names} to {target}", names = names.join(", "), target)
}

fn next(root: &Path, target: &Path, computed: &Computed) -> Message {
    let code = computed
        .project
        .indicators
        .first()
        .map_or("CODE", |indicator| indicator.code.as_str());
    message!(
        "Next: open {report}; `tallyframe trace {project} {code}` lists the rows behind a figure; `tallyframe verify {folder}` checks the report.",
        report = quoted(&target.join("report.xlsx")),
        project = quoted(root),
        code,
        folder = quoted(target)
    )
}

fn status(computed: &Computed, strict: bool) -> Status {
    let severity = |least: Severity| {
        computed
            .facts
            .findings
            .iter()
            .filter(|f| f.kind.severity() >= least)
            .count()
    };
    let too_many = computed
        .project
        .settings
        .findings_threshold
        .is_some_and(|most| severity(Severity::Error) > most);
    let failed = computed.figures.checks.iter().any(|check| !check.held);
    if failed || too_many || (strict && severity(Severity::Warning) > 0) {
        Status::Look
    } else {
        Status::Done
    }
}
