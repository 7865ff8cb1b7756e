//! The audit pack: a folder that answers an inspector and can be checked again without seeing a name.
//!
//! One workbook to work in (`audit-pack.xlsx`), the evidence, the same lists as CSV, the manifest and the figures of the
//! report, and a page that tells how to redo everything. Nothing in it comes from the clock.

mod checklist;
mod counted;
pub mod draw;
mod duplicates;
mod factor;
mod lists;
mod readme;
mod samples;
mod sheets;
mod standards;
mod tables;

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use self::counted::{Counted, RowKey, row_of};
use self::duplicates::Duplicate;
use self::samples::Samples;
use super::evidence::{self, key::Key};
use super::trace::{self, TraceRow, Walk, Why};
use crate::ingest::findings::Kind;
use crate::ingest::fingerprint_of;
use crate::ingest::records::{Place, RowId};
use crate::people::unnamed::Unnamed;
use crate::report::Report;
use crate::report::csv;
use crate::report::labels::Labels;
use crate::report::private::Pair;
use crate::report::view::{View, clean};
use crate::report::workbook::{Properties, workbook};

/// The page to begin with.
pub const README: &str = "README.html";
/// The workbook to work in.
pub const WORKBOOK: &str = "audit-pack.xlsx";

/// What a pack is made of.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The report.
    pub report: &'a Report<'a>,
    /// The same to walk over.
    pub walk: Walk<'a>,
    /// The project's secret for pseudonyms.
    pub key: &'a Key,
    /// The bytes of the report's `manifest.json`.
    pub manifest: &'a [u8],
    /// The undecided pairs.
    pub pairs: &'a [Pair],
    /// Seed of the samples.
    pub seed: u64,
    /// Rows to draw in each direction.
    pub size: usize,
    /// Periods that were published.
    pub published: &'a [String],
    /// Figures of published periods that come out different now; `None` where nobody compared.
    pub restated: Option<&'a [Restated]>,
}

/// A figure of a published period that comes out different now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restated {
    /// The published period.
    pub period: String,
    /// Indicator, and cell where it is not the total.
    pub figure: String,
    /// As published.
    pub published: String,
    /// As it is now.
    pub now: String,
    /// Why.
    pub cause: String,
}

/// The files of a pack: names and bytes, the page last.
pub fn files(input: &Input) -> Result<Vec<(String, Vec<u8>)>, XlsxError> {
    let pack = Pack::new(input);
    let book = workbook(&sheets::sheets(&pack), &Properties::of(input.report))?;
    let mut files = vec![
        (WORKBOOK.to_owned(), book),
        (
            evidence::FILE.to_owned(),
            evidence::evidence(input.report, input.walk, input.key)?,
        ),
        ("manifest.json".to_owned(), input.manifest.to_vec()),
        ("indicators.csv".to_owned(), csv::indicators_csv(input.report)),
    ];
    files.extend(tables::files(&pack));
    let page = readme::page(&pack, &files);
    files.push((README.to_owned(), page.into_bytes()));
    Ok(files)
}

/// Everything that the parts of a pack share.
struct Pack<'a> {
    input: &'a Input<'a>,
    view: View<'a>,
    unnamed: Unnamed,
    counted: Counted,
    samples: Samples,
    /// Where the session of a contact stands, by the contact's place.
    sessions: BTreeMap<Place, Place>,
    duplicates: Vec<Duplicate>,
    /// Where a row that repeats another one is counted.
    repeated: BTreeMap<RowKey, Place>,
}

impl<'a> Pack<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        let unnamed = Unnamed::of(input.walk.records);
        let counted = Counted::of(input.walk);
        let samples = Samples::of(input, &counted);
        let duplicates = duplicates::register(input, &unnamed);
        Self {
            input,
            view: View::new(input.report),
            unnamed,
            counted,
            samples,
            sessions: samples::sessions(input.walk),
            duplicates,
            repeated: repeated(input.walk),
        }
    }

    fn labels(&self) -> &Labels {
        &self.view.labels
    }

    fn label(&self, key: &str) -> &str {
        self.view.labels.get(&format!("pack.{key}"))
    }

    fn fill(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.view.labels.fill(&format!("pack.{key}"), args)
    }

    /// File and sheet of a place.
    fn file_and_sheet(&self, place: Place) -> [String; 2] {
        file_and_sheet(self.input.walk, place).map(|text| clean(&text))
    }

    /// Whoever is meant, as a pseudonym; one of a head-count has none.
    fn person(&self, key: &str) -> String {
        match key {
            "" => String::new(),
            key if trace::head_of(key).is_some() => String::new(),
            key => self.input.key.pseudonym(key),
        }
    }

    /// Activity, title and site of what is counted, without names; a finding in its own words.
    fn session(&self, row: &TraceRow) -> String {
        let kind = Kind::ALL.iter().find(|kind| kind.code() == row.session);
        match kind.filter(|_| row.why == Why::Finding) {
            Some(kind) => self.view.labels.kind(*kind).to_owned(),
            None => clean(&self.unnamed.told(&row.session)),
        }
    }

    /// Codes of indicators, joined.
    fn codes<'i>(&self, indicators: impl IntoIterator<Item = &'i usize>) -> String {
        let indicators = indicators.into_iter();
        let codes = indicators.map(|at| clean(&self.input.walk.project.indicators[*at].code));
        codes.collect::<Vec<_>>().join("; ")
    }

    fn manifest_fingerprint(&self) -> String {
        fingerprint_of(self.input.manifest)
    }
}

fn repeated(walk: Walk) -> BTreeMap<RowKey, Place> {
    let place = |row: RowId| walk.records.rows[row.index()].place;
    let repeats = walk.records.repeats.iter();
    repeats
        .map(|(row, first)| (row_of(place(*row)), place(*first)))
        .collect()
}

fn file_and_sheet(walk: Walk, place: Place) -> [String; 2] {
    let file = &walk.records.files[place.file.index()];
    let sheet = file.sheets.get(usize::from(place.sheet)).cloned().unwrap_or_default();
    [file.path.clone(), sheet]
}
