//! The rows behind one figure, for a person, for CSV and for programs.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::beside;
use super::text::{Table, near, sheet_title};
use crate::audit::trace::{self, Aside, Side, TraceRow, Tracer, Why};
use crate::cli::pipeline::Computed;
use crate::ingest::records::{FileId, Place};
use crate::logframe::Tally;
use crate::logframe::figures::{Figure, Scope, Value};
use crate::people::unnamed::Unnamed;
use crate::project::model::Rule;
use crate::report::csv::text as safe;
use crate::report::labels::Labels;
use crate::report::terminal::wrapped;

/// Rows shown before the rest is only counted.
pub(super) const SHOWN: usize = 30;
/// Columns of the CSV.
pub(super) const HEADER: [&str; 11] = [
    "file", "sheet", "cell", "date", "session", "person", "why", "amount", "with", "also", "name",
];
/// Columns of the CSV of what was set aside.
const ASIDE: [&str; 7] = ["file", "sheet", "row", "date", "reason", "reason_text", "repeats"];
/// Version of the JSON documents' shape.
pub(super) const SCHEMA_VERSION: u32 = 1;

/// A figure with its rows, and the words to tell them with.
pub(super) struct Told<'a> {
    pub(super) computed: &'a Computed,
    pub(super) figure: &'a Figure,
    pub(super) labels: &'a Labels,
    pub(super) lang: &'a str,
    /// The counts that the figure rests on.
    pub(super) sides: Vec<Side>,
    /// What was set aside beside them, and how many lines are no data.
    pub(super) aside: (Vec<Aside>, usize),
    unnamed: Option<Unnamed>,
}

impl<'a> Told<'a> {
    pub(super) fn new(
        computed: &'a Computed,
        figure: &'a Figure,
        labels: &'a Labels,
        lang: &'a str,
        names: bool,
    ) -> Self {
        let walk = computed.walk();
        Self {
            computed,
            figure,
            labels,
            lang,
            sides: Tracer::new(walk).sides(figure),
            aside: trace::aside(walk, figure),
            unnamed: (!names).then(|| Unnamed::of(&computed.records)),
        }
    }

    /// The first row behind the figure.
    pub(super) fn first_row(&self) -> Option<Place> {
        self.sides.first()?.rows.first().map(|row| row.place)
    }

    /// The sides above the line, or below it.
    fn chosen(&self, denominator: bool) -> impl Iterator<Item = &TraceRow> {
        let two = matches!(
            self.computed.project.indicators[self.figure.indicator].rule,
            Rule::Ratio { .. }
        ) && self.sides.len() == 2;
        let chosen = match (two, denominator) {
            (true, false) => &self.sides[..1],
            (true, true) => &self.sides[1..],
            (false, false) => &self.sides[..],
            (false, true) => &[],
        };
        chosen.iter().flat_map(|side| &side.rows)
    }

    fn columns(&self) -> &'static [&'static str] {
        let last = HEADER.len() - usize::from(self.unnamed.is_some());
        &HEADER[..last]
    }

    /// The rows as CSV.
    pub(super) fn csv(&self, denominator: bool) -> Vec<String> {
        let mut lines = vec![csv_line(self.columns().iter().copied())];
        lines.extend(self.chosen(denominator).map(|row| {
            let fields: Vec<String> = self.fields(row).iter().map(|field| safe(field)).collect();
            csv_line(fields.iter().map(String::as_str))
        }));
        lines
    }

    /// What was set aside as CSV.
    pub(super) fn aside_csv(&self) -> Vec<String> {
        let mut lines = vec![csv_line(ASIDE.iter().copied())];
        lines.extend(self.aside.0.iter().map(|aside| {
            let fields: Vec<String> = self.aside_fields(aside).iter().map(|field| safe(field)).collect();
            csv_line(fields.iter().map(String::as_str))
        }));
        lines
    }

    pub(super) fn aside_fields(&self, aside: &Aside) -> [String; 7] {
        let records = &self.computed.records;
        let (file, sheet) = self.file_and_sheet(aside.place);
        [
            file,
            sheet,
            aside.place.row.to_string(),
            aside.date.map(|date| date.to_string()).unwrap_or_default(),
            aside.reason.code().to_owned(),
            self.labels.reason(aside.reason).to_owned(),
            aside.same_as.map(|place| records.show(place)).unwrap_or_default(),
        ]
    }

    fn file_and_sheet(&self, place: Place) -> (String, String) {
        let file = &self.computed.records.files[place.file.index()];
        let sheet = file.sheets.get(usize::from(place.sheet)).cloned();
        (file.path.clone(), sheet.unwrap_or_default())
    }

    /// The fields of a row, with its name where nothing is left unnamed.
    pub(super) fn fields(&self, row: &TraceRow) -> Vec<String> {
        let records = &self.computed.records;
        let also: Vec<String> = row.also.iter().map(|place| records.show(*place)).collect();
        let (file, sheet) = self.file_and_sheet(row.cell);
        let mut fields = vec![
            file,
            sheet,
            trace::address(row.cell),
            row.date.map(|date| date.to_string()).unwrap_or_default(),
            self.session(row),
            row.person.clone(),
            row.why.code().to_owned(),
            row.amount.map_or_else(String::new, |amount| amount.to_string()),
            row.with.map(|place| records.show(place)).unwrap_or_default(),
            also.join("; "),
        ];
        if self.unnamed.is_none() {
            fields.push(name_at(self.computed, row.place));
        }
        fields
    }

    /// The session's words, without names where nobody may be named.
    pub(super) fn session(&self, row: &TraceRow) -> String {
        let unnamed = self.unnamed.as_ref();
        unnamed.map_or_else(|| row.session.clone(), |unnamed| unnamed.told(&row.session))
    }

    /// Everything as one document.
    pub(super) fn json(&self, denominator: bool) -> Json {
        let figures = &self.computed.figures;
        let project = &self.computed.project;
        let columns = self.columns();
        let rows = |rows: &mut dyn Iterator<Item = &TraceRow>| -> Vec<Json> {
            rows.map(|row| object(columns, &self.fields(row))).collect()
        };
        let sides: Vec<Json> = self
            .sides
            .iter()
            .map(|side| {
                json!({
                    "code": project.indicators[side.indicator].code,
                    "count": tally_code(side),
                    "recount": side.recount(),
                    "persons": side.persons(),
                    "rows": rows(&mut side.rows.iter()),
                })
            })
            .collect();
        let aside: Vec<Json> = self
            .aside
            .0
            .iter()
            .map(|aside| object(&ASIDE, &self.aside_fields(aside)))
            .collect();
        json!({
            "schema_version": SCHEMA_VERSION,
            "code": project.indicators[self.figure.indicator].code,
            "period": figures.periods[self.figure.period].label,
            "scope": scope_code(self.figure.scope),
            "disaggregation": trace::breakdown_of(self.computed.walk(), self.figure),
            "category": self.figure.category,
            "value": self.figure.value.number(),
            "low": self.figure.low,
            "high": self.figure.high,
            "expected": self.figure.expected,
            "numerator": self.figure.numerator,
            "denominator": self.figure.denominator,
            "rows": rows(&mut self.chosen(denominator)),
            "sides": sides,
            "aside": aside,
            "lines_without_data": self.aside.1,
        })
    }

    /// Everything for a person to read.
    pub(super) fn lines(&self, all: bool, width: usize) -> Vec<String> {
        let mut lines = self.head(width);
        for (number, side) in self.sides.iter().enumerate() {
            lines.push(String::new());
            lines.extend(wrapped(&self.side_title(number, side), width));
            lines.extend(self.side_table(side, all, width));
        }
        lines.push(String::new());
        lines.extend(beside::twice(self, all, width));
        lines.extend(beside::aside(self, all, width));
        lines
    }

    /// Code, statement, period, cell and value.
    pub(super) fn head(&self, width: usize) -> Vec<String> {
        let indicator = &self.computed.project.indicators[self.figure.indicator];
        let title = format!("{} {}", indicator.code, indicator.statement.get(self.lang));
        let mut lines = wrapped(&title, width);
        lines.extend(wrapped(&self.value_line(), width));
        lines
    }

    fn value_line(&self) -> String {
        let labels = self.labels;
        let period = &self.computed.figures.periods[self.figure.period];
        let period = match self.figure.scope {
            Scope::Period => labels.period(period),
            Scope::Cumulative => labels.fill("trace.to_date", &[("date", &labels.date(period.end))]),
        };
        let cell = self.figure.disaggregation.map(|_| {
            let name = trace::breakdown_of(self.computed.walk(), self.figure);
            format!("{name} = {}", self.figure.category)
        });
        let value = self.value();
        let mut words = vec![("period", period.as_str()), ("value", value.as_str())];
        words.extend(cell.iter().map(|cell| ("cell", cell.as_str())));
        labels.fill("trace.value", &words)
    }

    fn value(&self) -> String {
        let labels = self.labels;
        let decimals = self.computed.project.indicators[self.figure.indicator].decimals;
        let number = |value: f64| labels.number(value, decimals);
        let value = match self.figure.value {
            Value::Number(value) => number(value),
            Value::NoData => labels.get("trace.no_data").to_owned(),
            Value::Suppressed | Value::NotApplicable => labels.get("trace.not_shown").to_owned(),
        };
        match (self.figure.low, self.figure.high) {
            (Some(low), Some(high)) if low < high => labels.fill(
                "trace.range",
                &[("value", &value), ("low", &number(low)), ("high", &number(high))],
            ),
            _ => value,
        }
    }

    /// How many rows, and how to count them again.
    pub(super) fn side_title(&self, number: usize, side: &Side) -> String {
        let indicator = &self.computed.project.indicators[side.indicator];
        let own = &self.computed.project.indicators[self.figure.indicator].rule;
        let key = match (own, self.sides.len()) {
            (Rule::Derived { .. }, _) => Some("trace.part"),
            (_, 2) => Some(if number == 0 { "trace.above" } else { "trace.below" }),
            _ => None,
        };
        let named = [
            ("code", indicator.code.as_str()),
            ("statement", indicator.statement.get(self.lang)),
        ];
        let title = key.map_or_else(String::new, |key| format!("{}. ", self.labels.fill(key, &named)));
        format!("{title}{}. {}", self.rows_in_files(side), self.again(side))
    }

    fn rows_in_files(&self, side: &Side) -> String {
        let labels = self.labels;
        if side.rows.is_empty() {
            return labels.get("trace.no_rows").trim_end_matches('.').to_owned();
        }
        let files: BTreeSet<FileId> = side.rows.iter().map(|row| row.place.file).collect();
        let (rows, files) = (self.rows_of(side), labels.count(files.len(), "file"));
        match side.persons() {
            0 => labels.fill("trace.rows", &[("rows", &rows), ("files", &files)]),
            people => {
                let people = labels.count(people, "different");
                labels.fill(
                    "trace.rows_people",
                    &[("rows", &rows), ("people", &people), ("files", &files)],
                )
            }
        }
    }

    /// Rows, those counted by head once for each row of a log.
    fn rows_of(&self, side: &Side) -> String {
        let heads = side.rows.iter().filter(|row| row.why == Why::HeadCount).count();
        let rows = side.rows.len() - heads;
        let parts: Vec<String> = [(rows, "row"), (heads, "counted_head")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| self.labels.count(count, noun))
            .collect();
        parts.join(" + ")
    }

    fn again(&self, side: &Side) -> String {
        let how = self.labels.get(&format!("trace.tally.{}", tally_code(side)));
        let result = side.recount().map_or_else(
            || self.labels.get("trace.no_data").to_owned(),
            |result| self.labels.number(result, 4),
        );
        self.labels.fill("trace.again", &[("how", how), ("result", &result)])
    }

    fn side_table(&self, side: &Side, all: bool, width: usize) -> Vec<String> {
        let records = &self.computed.records;
        let head = |key: &str| self.labels.get(&format!("trace.head.{key}"));
        let heads = ["cell", "day", "person", "why", "adds", "name", "session"].map(head);
        let mut rows: Vec<&TraceRow> = side.rows.iter().collect();
        rows.sort_by_key(|row| row.cell);
        // The people whom one row of a log counts by head stand in one line.
        rows.dedup_by(|next, before| next.why == Why::HeadCount && before.why == next.why && next.cell == before.cell);
        let shown = if all { rows.len() } else { SHOWN };
        let mut table = Table::new(&heads);
        let mut sheet = None;
        for row in rows.iter().take(shown) {
            let here = (row.cell.file, row.cell.sheet);
            let title = (sheet != Some(here)).then(|| sheet_title(records, row.cell));
            sheet = Some(here);
            table.row(title, self.table_row(side, row));
        }
        let mut lines = table.lines(width);
        if rows.len() > shown {
            let more = self.labels.count(rows.len() - shown, "row");
            lines.push(self.labels.fill("trace.more", &[("rows", &more)]));
        }
        lines
    }

    fn table_row(&self, side: &Side, row: &TraceRow) -> Vec<String> {
        let labels = self.labels;
        let records = &self.computed.records;
        let heads = side
            .rows
            .iter()
            .filter(|other| other.why == Why::HeadCount && other.cell == row.cell);
        let (person, adds) = if row.why == Why::HeadCount {
            (String::new(), labels.whole(heads.count()))
        } else {
            let adds = row.amount.filter(|_| row.with.is_none());
            (
                row.person.clone(),
                adds.map(|amount| labels.number(amount, 4)).unwrap_or_default(),
            )
        };
        let why = match row.with {
            Some(with) => labels.fill("trace.of_before", &[("cell", &near(records, with, row.cell))]),
            None => labels.get(&format!("trace.why.{}", row.why.key())).to_owned(),
        };
        let name = if self.unnamed.is_none() {
            name_at(self.computed, row.place)
        } else {
            String::new()
        };
        vec![
            trace::address(row.cell),
            row.date.map(|date| date.to_string()).unwrap_or_default(),
            person,
            why,
            adds,
            name,
            self.session(row),
        ]
    }

    /// The figure in one line.
    pub(super) fn summary(&self) -> String {
        let indicator = &self.computed.project.indicators[self.figure.indicator];
        let sides: Vec<String> = self.sides.iter().map(|side| self.rows_in_files(side)).collect();
        format!(
            "{} {} · {}: {}",
            indicator.code,
            indicator.statement.get(self.lang),
            self.value_line(),
            sides.join(" / ")
        )
    }

    /// What is told of a workbook that was written.
    pub(super) fn of_xlsx(&self, path: &Path) -> String {
        let rows: usize = self.sides.iter().map(|side| side.rows.len()).sum();
        self.labels.fill(
            "trace.csv_of_xlsx",
            &[
                ("file", &path.display().to_string()),
                ("rows", &self.labels.count(rows, "row")),
                ("aside", &self.labels.whole(self.aside.0.len())),
            ],
        )
    }
}

/// How a side is counted again, as the label files call it.
fn tally_code(side: &Side) -> &'static str {
    match side.tally {
        Tally::Sum if side.rows.iter().all(|row| row.amount.is_none()) => "rows",
        Tally::Sum => "amounts",
        Tally::Persons => "persons",
        Tally::Mean => "mean",
        Tally::Median => "median",
        Tally::Least => "least",
        Tally::Greatest => "greatest",
        Tally::Given(_) => "given",
    }
}

fn object(columns: &[&str], fields: &[String]) -> Json {
    let cells = columns.iter().zip(fields);
    cells
        .map(|(column, cell)| ((*column).to_owned(), Json::from(cell.as_str())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The name as written in the row, for those who may see it.
pub(super) fn name_at(computed: &Computed, place: Place) -> String {
    let records = &computed.records;
    let same = |other: Place| (other.file, other.sheet, other.row) == (place.file, place.sheet, place.row);
    let from = records
        .mentions
        .partition_point(|mention| mention.place < Place { column: None, ..place });
    let Some(mention) = records.mentions.get(from).filter(|mention| same(mention.place)) else {
        return String::new();
    };
    let identity = &mention.identity;
    let parts = [
        identity.full_name,
        identity.surname,
        identity.given_name,
        identity.patronymic,
        identity.code,
    ];
    parts
        .into_iter()
        .flatten()
        .map(|text| records.text(text))
        .collect::<Vec<_>>()
        .join(" ")
}

pub(in crate::cli) fn csv_line<'t>(fields: impl Iterator<Item = &'t str>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    // Writing to memory can't fail, and the text came from UTF-8.
    let _ = writer.write_record(fields);
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_end().to_owned()
}

pub(in crate::cli) fn scope_code(scope: Scope) -> &'static str {
    match scope {
        Scope::Period => "period",
        Scope::Cumulative => "cumulative",
    }
}
