//! `verify`: a published report against the same report made again from the raw files.

mod filled;
mod published;
mod told;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::published as look_back;
use super::{Failure, Status, as_published};
use crate::audit::evidence::{self, key::Key};
use crate::audit::manifest::{Manifest, decisions_as_of};
use crate::audit::verify::{self, Cause, CellValue, Difference, ReportCell};
use crate::cli::headings::{PRINTED, REPORTED};
use crate::ingest::{self, RawFiles, fingerprint_of};
use crate::message::{Tell, message};
pub(crate) use published::read_manifest;
use published::{Published, cells_of_bytes};
use told::Outcome;

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe verify samples/balakliya/reports/2026\n  \
                   tallyframe verify report.xlsx --project samples/balakliya --raw /media/usb/raw")]
pub(crate) struct Args {
    /// The published report: its folder or one of its files (report.xlsx, indicators.csv, donor/iptt.xlsx, manifest.json …),
    /// or a donor's workbook that `fill` has filled (with --map).
    report: PathBuf,
    /// The project folder; the nearest one above the report when absent.
    #[arg(long, value_name = "DIR", help_heading = REPORTED)]
    project: Option<PathBuf>,
    /// Folder with the raw files, where they lie elsewhere.
    #[arg(long, value_name = "DIR", help_heading = REPORTED)]
    raw: Option<PathBuf>,
    /// The map by which a donor's workbook was filled.
    #[arg(long, value_name = "FILE", help_heading = REPORTED)]
    map: Option<PathBuf>,
    /// Period of a filled workbook, or of a report without its manifest.
    #[arg(long, value_name = "PERIOD", help_heading = REPORTED)]
    period: Option<String>,
    /// Print one JSON document instead of sentences.
    #[arg(long, help_heading = PRINTED)]
    json: bool,
    /// Language of what is told: en or uk; the project's own when absent.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

/// Runs the verification.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    if let Some(map) = &args.map {
        return filled::run(args, map, printer);
    }
    let published = Published::find(&args.report)?;
    let manifest = published.manifest()?;
    let root = root(args, &published.folder)?;
    let mut checked = Checked::new(args, &root, manifest, printer)?;
    let outcome = checked.outcome(&root, args.raw.as_deref(), &published)?;
    if args.json {
        printer.json(&outcome.document());
    } else {
        outcome.tell(&checked.computed.records, printer);
    }
    printer.note(&outcome.next(&root));
    Ok(if outcome.passes() { Status::Done } else { Status::Look })
}

fn root(args: &Args, folder: &Path) -> Result<PathBuf, Failure> {
    args.project
        .clone()
        .or_else(|| published::project_above(folder))
        .ok_or_else(|| {
            Failure::Call(message!(
                "no project.toml or logframe.xlsx stands above {folder}: name the project with --project",
                folder
            ))
        })
}

/// A report made again beside what the published one says of itself.
struct Checked {
    computed: Computed,
    lang: String,
    then: Option<Manifest>,
    now: Manifest,
    renamed: BTreeMap<String, String>,
}

impl Checked {
    fn new(args: &Args, root: &Path, then: Option<Manifest>, printer: &mut Printer) -> Result<Self, Failure> {
        let renamed = match &then {
            Some(then) => ingest::renamed(&pipeline::load(root)?, args.raw.as_deref(), &names(then)),
            None => BTreeMap::new(),
        };
        let label = then
            .as_ref()
            .map(|then| then.period.clone())
            .or_else(|| args.period.clone());
        let asked = Asked {
            period: label.as_deref().filter(|label| !label.contains("..")),
            as_of: then.as_ref().map(|then| then.as_of),
            raw: RawFiles {
                folder: args.raw.as_deref(),
                names: Some(&renamed),
            },
        };
        let mut computed = pipeline::compute(root, asked)?;
        let lang = super::run::language(&computed, then.as_ref().map(|then| then.language.as_str()))?;
        // The publications that the report looked back at, and no others.
        let known = then.as_ref().map_or(&[][..], |then| &then.published);
        let (history, troubles) = look_back::look_back(root, &computed, args.raw.as_deref(), &lang, Some(known));
        computed.history = history;
        for trouble in &troubles {
            printer.trouble(trouble);
        }
        let mut now = computed.manifest(&lang);
        if let Some(then) = &then {
            now.formats.clone_from(&then.formats);
            now.decisions = decisions_as_of(&computed.records, then);
            as_before_saving(&mut computed, &now, then);
        }
        Ok(Self {
            computed,
            lang,
            then,
            now,
            renamed,
        })
    }

    fn outcome(&mut self, root: &Path, raw: Option<&Path>, published: &Published) -> Result<Outcome, Failure> {
        let mut again = self.again(root, published)?;
        let mut outcome = Outcome {
            has_manifest: self.then.is_some(),
            ..Outcome::default()
        };
        if let Some(then) = &self.then {
            outcome.causes = verify::causes(then, &self.now, &self.renamed);
            outcome.figures = verify::figures_that_differ(then, &self.now);
            if then.is_intact() == Some(false) {
                outcome.causes.push(Cause::ManifestEdited);
            }
            let gone = then
                .outputs
                .keys()
                .filter(|name| published.is_folder && !published.files.contains_key(*name));
            outcome
                .causes
                .extend(gone.map(|name| Cause::ReportMissing(name.clone())));
        }
        let inputs_changed = outcome
            .causes
            .iter()
            .any(|cause| cause.matters() && !cause.is_of_report());
        let mut edited = BTreeMap::new();
        for (name, path) in &published.files {
            let bytes = published::read(path)?;
            let then = cells_of_bytes(name, &bytes)?;
            let now = cells_of_bytes(name, &again.remove(name).unwrap_or_default())?;
            let differences = verify::compare(&then, &now);
            outcome.cells += then.len();
            outcome
                .causes
                .extend(self.of_report(name, &bytes, &differences, inputs_changed));
            if name == "indicators.csv" {
                edited = self.shown(&then);
            }
            outcome.differences.extend(differences);
        }
        if let Some(then) = &self.then {
            outcome.factors = verify::factors(then, &self.now, &edited);
        }
        if !outcome.passes() && published.is_folder {
            outcome.stands = as_published::stands(&published.folder, root, raw);
        }
        Ok(outcome)
    }

    /// The report's files as they come out today.
    fn again(&self, root: &Path, published: &Published) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
        let mut again: BTreeMap<String, Vec<u8>> = super::run::files(&self.computed, &self.now, &self.lang)?
            .into_iter()
            .collect();
        // The page holds the fingerprint of the manifest that lies beside it.
        if let Some(bytes) = published.manifest_bytes() {
            again.insert(
                "report.html".to_owned(),
                super::run::page(&self.computed, &self.lang, &fingerprint_of(&bytes)),
            );
        }
        if published.files.contains_key(evidence::FILE) {
            let key = Key::of_project(root).map_err(|error| Failure::File(error.message()))?;
            let bytes =
                evidence::evidence(&self.computed.report(&self.lang), self.computed.walk(), &key).map_err(|error| {
                    Failure::File(message!(
                        "{file}: {error}",
                        file = evidence::FILE,
                        error = error.to_string()
                    ))
                })?;
            again.insert(evidence::FILE.to_owned(), bytes);
        }
        Ok(again)
    }

    /// Whether a file of the report was touched after it was written.
    fn of_report(&self, name: &str, bytes: &[u8], differences: &[Difference], inputs_changed: bool) -> Option<Cause> {
        let written = self.then.as_ref().and_then(|then| then.outputs.get(name));
        match written {
            Some(sha256) if *sha256 == fingerprint_of(bytes) => None,
            Some(_) if differences.is_empty() => Some(Cause::ReportSavedAgain(name.to_owned())),
            None if differences.is_empty() || inputs_changed => None,
            Some(_) | None => Some(Cause::ReportEdited(name.to_owned())),
        }
    }

    /// Values of indicators for the whole span as `indicators.csv` shows them, by code.
    fn shown(&self, cells: &[ReportCell]) -> BTreeMap<String, f64> {
        let mut rows: BTreeMap<u32, BTreeMap<String, &CellValue>> = BTreeMap::new();
        for cell in cells {
            let letters = cell.address.trim_end_matches(|letter: char| letter.is_ascii_digit());
            let row = cell.address[letters.len()..].parse().unwrap_or(0);
            rows.entry(row).or_default().insert(letters.to_owned(), &cell.value);
        }
        let mut rows = rows.into_values();
        let Some(heads) = rows.next() else {
            return BTreeMap::new();
        };
        let column = |head: &str| {
            let is_it = |(_, value): &(&String, &&CellValue)| matches!(value, CellValue::Text(text) if text == head);
            heads
                .iter()
                .find(is_it)
                .map(|(letters, _)| letters.clone())
                .unwrap_or_default()
        };
        let [code, scope, period, category, value] = ["code", "scope", "period", "category", "value"].map(column);
        let text = |row: &BTreeMap<String, &CellValue>, column: &String| match row.get(column) {
            Some(CellValue::Text(text)) => text.clone(),
            Some(CellValue::Number(number)) => number.to_string(),
            Some(CellValue::Blank) | None => String::new(),
        };
        let mut shown = BTreeMap::new();
        for row in rows {
            let is_main = text(&row, &period) == self.now.period && text(&row, &category).is_empty();
            if let (true, "period", Some(CellValue::Number(number))) = (is_main, &*text(&row, &scope), row.get(&value))
            {
                shown.insert(text(&row, &code), *number);
            }
        }
        shown
    }
}

/// Names of then by SHA-256.
fn names(then: &Manifest) -> BTreeMap<String, Vec<String>> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in then.files.iter().filter(|file| !file.sha256.is_empty()) {
        names.entry(file.sha256.clone()).or_default().push(file.path.clone());
    }
    names
}

/// Files that were only saved again are shown with the fingerprint of then: the report says the same.
fn as_before_saving(computed: &mut Computed, now: &Manifest, then: &Manifest) {
    for file in &mut computed.records.files {
        let [then, now] = [then, now].map(|manifest| manifest.files.iter().find(|other| other.path == file.path));
        if let (Some(then), Some(now)) = (then, now)
            && verify::says_the_same(then, now)
        {
            file.sha256.clone_from(&then.sha256);
        }
    }
}
