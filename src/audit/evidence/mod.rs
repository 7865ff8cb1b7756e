//! Evidence without names: for each indicator the rows behind its figures, with pseudonyms, and the rows set aside.
//!
//! A workbook for an auditor or a donor who wants to recount: rows can be filtered by period and counted, persons are
//! told apart but not named. A figure that is hidden has no rows here either.

pub mod key;

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::XlsxError;

use self::key::Key;
use super::trace::{self, TraceRow, Tracer, Walk};
use crate::ingest::records::{Fate, Place};
use crate::logframe::figures::{Scope, Value};
use crate::people::unnamed::Unnamed;
use crate::report::Report;
use crate::report::donor::sheet_name;
use crate::report::labels::Labels;
use crate::report::sheet::{CellModel, Content, Look, SheetModel};
use crate::report::view::clean;
use crate::report::workbook::{Properties, workbook};

/// Name beside the report.
pub const FILE: &str = "evidence.xlsx";
/// Rows of one sheet; Excel has 1,048,576.
const ROOM: usize = 1_000_000;
const WIDTHS: [f64; 10] = [16.0, 11.0, 44.0, 18.0, 10.0, 44.0, 18.0, 8.0, 44.0, 44.0];
const HEADS: [&str; 10] = [
    "person", "date", "session", "why", "amount", "file", "sheet", "cell", "also", "periods",
];

/// The workbook of what is behind every figure that is shown.
pub fn evidence(report: &Report, walk: Walk, key: &Key) -> Result<Vec<u8>, XlsxError> {
    let book = Book {
        report,
        walk,
        key,
        labels: Labels::load(report.lang),
        unnamed: Unnamed::of(walk.records),
    };
    workbook(&book.sheets(), &Properties::of(report))
}

/// A row behind an indicator with the periods for which it counts.
struct Behind {
    row: TraceRow,
    periods: Vec<usize>,
}

struct Book<'a> {
    report: &'a Report<'a>,
    walk: Walk<'a>,
    key: &'a Key,
    labels: Labels,
    unnamed: Unnamed,
}

impl Book<'_> {
    fn label(&self, key: &str) -> &str {
        self.labels.get(&format!("rows_behind.{key}"))
    }

    fn sheets(&self) -> Vec<SheetModel> {
        let mut taken = BTreeSet::new();
        let contents = sheet_name(self.label("contents"), &mut taken);
        let aside = sheet_name(self.label("aside"), &mut taken);
        let tracer = Tracer::new(self.walk);
        let mut sheets = vec![self.first(&contents)];
        for index in 0..self.walk.project.indicators.len() {
            let code = &self.walk.project.indicators[index].code;
            let rows = self.rows_of(&tracer, index);
            for part in rows.chunks(ROOM) {
                let name = sheet_name(code, &mut taken);
                self.listed(&mut sheets[0], index, rows.len(), &name);
                sheets.push(self.indicator(&name, index, part));
            }
        }
        sheets.push(self.set_aside(&aside));
        sheets
    }

    /// What is behind the figures of an indicator, in the order of the raw files.
    fn rows_of(&self, tracer: &Tracer, indicator: usize) -> Vec<Behind> {
        let figures = self.walk.figures.figures.iter().filter(|figure| {
            figure.indicator == indicator && figure.category.is_empty() && figure.scope == Scope::Period
        });
        let mut all: BTreeMap<(Place, String, usize), Behind> = BTreeMap::new();
        for figure in figures.filter(|figure| figure.value != Value::Suppressed) {
            let mut met: BTreeMap<(Place, String), usize> = BTreeMap::new();
            for row in tracer.both_sides(figure).into_iter().flatten() {
                // The same place can count several times for one person: anonymous heads, amounts.
                let nth = met.entry((row.place, row.person.clone())).or_default();
                let at = (row.place, row.person.clone(), *nth);
                *nth += 1;
                let behind = all.entry(at).or_insert_with(|| Behind {
                    row,
                    periods: Vec::new(),
                });
                behind.periods.push(figure.period);
            }
        }
        all.into_values().collect()
    }

    /// The sheet that says what the others are.
    fn first(&self, name: &str) -> SheetModel {
        let mut sheet = SheetModel::new(name, &[14.0, 70.0, 14.0]);
        sheet.line(clean(self.walk.project.name.get(self.report.lang)), Look::Title);
        sheet.line(self.label("title"), Look::Subtitle);
        sheet.gap();
        for line in ["what", "pseudonyms", "recount", "hidden"] {
            sheet.line(self.label(line), Look::Note);
        }
        sheet.gap();
        sheet.push(vec![
            CellModel::text(0, self.labels.get("head.code"), Look::Head),
            CellModel::text(1, self.labels.get("head.indicator"), Look::Head),
            CellModel::text(2, self.label("rows"), Look::NumberHead),
        ]);
        sheet
    }

    fn listed(&self, contents: &mut SheetModel, indicator: usize, rows: usize, sheet: &str) {
        let indicator = &self.walk.project.indicators[indicator];
        let link = crate::report::sheet::Link {
            sheet: sheet.to_owned(),
            row: 0,
        };
        contents.push(vec![
            CellModel::text(0, clean(&indicator.code), Look::Code).linked(Some(link)),
            CellModel::text(1, clean(indicator.statement.get(self.report.lang)), Look::Text),
            CellModel::count(2, rows, Look::Number),
        ]);
    }

    fn indicator(&self, name: &str, indicator: usize, rows: &[Behind]) -> SheetModel {
        let indicator = &self.walk.project.indicators[indicator];
        let mut sheet = SheetModel::new(name, &WIDTHS);
        sheet.line(clean(&indicator.code), Look::Title);
        sheet.line(clean(indicator.statement.get(self.report.lang)), Look::Subtitle);
        sheet.gap();
        let heads = (0..).zip(HEADS);
        let heads = heads.map(|(column, head)| CellModel::text(column, self.label(head), Look::Head));
        let heads = sheet.push(heads.collect());
        sheet.freeze_below(heads, 1);
        for behind in rows {
            sheet.push(self.row(behind));
        }
        sheet
    }

    fn row(&self, Behind { row, periods }: &Behind) -> Vec<CellModel> {
        let (file, sheet) = self.place(row.place);
        let also: Vec<String> = row.also.iter().map(|place| self.walk.records.show(*place)).collect();
        let periods: Vec<&str> = periods
            .iter()
            .map(|at| self.walk.figures.periods[*at].label.as_str())
            .collect();
        let text = |column, text: &str| CellModel::text(column, clean(text), Look::Small);
        vec![
            text(0, &self.person(&row.person)),
            CellModel::new(1, row.date.map_or(Content::Blank, Content::Date), Look::Small),
            text(2, &self.unnamed.told(&row.session)),
            text(3, self.labels.get(&format!("trace.why.{}", row.why.key()))),
            CellModel::new(4, row.amount.map_or(Content::Blank, Content::Number), Look::Small),
            text(5, &file),
            text(6, &sheet),
            text(7, &trace::address(row.place)),
            text(8, &also.join("; ")),
            text(9, &periods.join("; ")),
        ]
    }

    /// Whoever is meant, as a pseudonym; one of a head-count by her number.
    fn person(&self, key: &str) -> String {
        match trace::head_of(key) {
            _ if key.is_empty() => String::new(),
            Some((nth, count)) => self
                .labels
                .fill("rows_behind.nobody", &[("nth", nth), ("count", count)]),
            None => self.key.pseudonym(key),
        }
    }

    fn place(&self, place: Place) -> (String, String) {
        let file = &self.walk.records.files[place.file.index()];
        let sheet = file.sheets.get(usize::from(place.sheet)).cloned().unwrap_or_default();
        (file.path.clone(), sheet)
    }

    fn set_aside(&self, name: &str) -> SheetModel {
        let mut sheet = SheetModel::new(name, &[44.0, 18.0, 8.0, 44.0]);
        sheet.line(self.label("aside"), Look::Title);
        sheet.gap();
        let heads = [(0, "file"), (1, "sheet"), (2, "row"), (3, "reason")];
        let heads = heads.map(|(column, head)| CellModel::text(column, self.label(head), Look::Head));
        let heads = sheet.push(heads.to_vec());
        sheet.freeze_below(heads, 0);
        let rows = self.walk.records.rows.iter().zip(&self.walk.facts.fates);
        for (row, fate) in rows.take(if self.report.hides() { 0 } else { ROOM }) {
            let Fate::SetAside(reason) = fate else { continue };
            let (file, of) = self.place(row.place);
            sheet.push(vec![
                CellModel::text(0, clean(&file), Look::Small),
                CellModel::text(1, clean(&of), Look::Small),
                CellModel::count(2, row.place.row as usize, Look::Small),
                CellModel::text(3, self.labels.reason(*reason), Look::Small),
            ]);
        }
        sheet
    }
}
