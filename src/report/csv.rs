//! `indicators.csv` and `findings.csv`: UTF-8 with BOM, RFC 4180.
//!
//! Codes (level, unit, measure, class, scope, status) are the same in every language, so that programs can
//! join on them; statements, messages and actions are in the report's language.

use super::Report;
use super::codes::{class_code, level_code, measure_code, scope_code, severity_code, status_code, unit_code};
use super::history::{Cause, Shown};
use super::labels::plain_number;
use super::restated::{causes, plain};
use super::view::{View, clean};
use crate::ingest::records::{Finding, column_letters};
use crate::logframe::figures::{Figure, Value};
use crate::project::model::{Derivation, Rule};

/// Columns of `indicators.csv`.
pub const INDICATOR_COLUMNS: [&str; 21] = [
    "code",
    "level",
    "statement",
    "unit",
    "measure",
    "class",
    "scope",
    "period",
    "period_start",
    "period_end",
    "disaggregation",
    "category",
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "baseline",
    "target",
    "achieved_pct",
    "status",
];

/// Columns of `findings.csv`.
pub const FINDING_COLUMNS: [&str; 8] = [
    "kind", "severity", "file", "sheet", "row", "column", "message", "action",
];

/// Every figure, a row each, in the order of the figures.
pub fn indicators_csv(report: &Report) -> Vec<u8> {
    let view = View::new(report);
    let mut table = Table::new(&INDICATOR_COLUMNS);
    for figure in &report.figures.figures {
        if let Some(row) = indicator_row(&view, figure) {
            table.row(&row);
        }
    }
    table.finish()
}

/// Every published figure that comes out different now, a row each, with what each cause adds.
pub fn restatements_csv(report: &Report) -> Vec<u8> {
    let labels = super::labels::Labels::load(report.lang);
    let before = [
        "published_as",
        "code",
        "scope",
        "period",
        "disaggregation",
        "category",
        "published",
        "now",
        "difference",
    ];
    let columns: Vec<&str> = before
        .into_iter()
        .chain(Cause::ALL.map(Cause::code))
        .chain(["causes"])
        .collect();
    let mut table = Table::new(&columns);
    for one in &report.history.restated {
        let figure = |value: Shown| match value {
            Shown::Number(number) => plain_number(number, one.decimals),
            Shown::Hidden => "suppressed".to_owned(),
            Shown::NoData | Shown::Absent => String::new(),
        };
        let mut row = vec![
            text(&one.publication),
            text(&one.code),
            one.scope.clone(),
            text(&one.period),
            text(&one.disaggregation),
            text(&one.category),
            figure(one.published),
            figure(one.now),
            plain(one.difference(), one.decimals),
        ];
        row.extend(Cause::ALL.map(|cause| plain(one.of(cause), one.decimals)));
        row.push(text(&causes(one, &labels)));
        table.row(&row);
    }
    table.finish()
}

/// Every finding, a row each: the grave ones first, each kind of weight in the order of the facts.
pub fn findings_csv(report: &Report) -> Vec<u8> {
    let view = View::new(report);
    let mut table = Table::new(&FINDING_COLUMNS);
    let mut findings: Vec<_> = report.facts.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.kind.severity()));
    for finding in findings {
        table.row(&finding_row(&view, finding));
    }
    table.finish()
}

/// Columns of `private/people.csv`.
pub const PEOPLE_COLUMNS: [&str; 7] = ["person", "file", "sheet", "row", "column", "as_written", "probability"];

/// Every mention with the person it was held to be, in order of place. Names stand in it: never for donors.
pub fn people_csv(report: &Report) -> Vec<u8> {
    let records = report.records;
    let mut table = Table::new(&PEOPLE_COLUMNS);
    for (index, mention) in records.mentions.iter().enumerate() {
        let file = &records.files[mention.place.file.index()];
        let identity = &mention.identity;
        let parts = [
            identity.full_name,
            identity.surname,
            identity.given_name,
            identity.patronymic,
        ];
        let written: Vec<&str> = parts.into_iter().flatten().map(|part| records.text(part)).collect();
        let code = identity.code.map_or("", |code| records.text(code));
        let person = report
            .people
            .best
            .get(index)
            .and_then(|person| report.people.persons.get(person.index()));
        table.row(&[
            person.map_or_else(String::new, |person| person.key.clone()),
            text(&file.path),
            text(
                file.sheets
                    .get(usize::from(mention.place.sheet))
                    .map_or("", String::as_str),
            ),
            mention.place.row.to_string(),
            mention.place.column.map_or_else(String::new, column_letters),
            text(
                if written.is_empty() {
                    code.to_owned()
                } else {
                    written.join(" ")
                }
                .as_str(),
            ),
            report
                .people
                .certainty
                .get(index)
                .map_or_else(String::new, |share| plain_number(*share, 4)),
        ]);
    }
    table.finish()
}

fn indicator_row(view: &View, figure: &Figure) -> Option<[String; 21]> {
    let indicator = view.report.project.indicators.get(figure.indicator)?;
    let period = view.report.figures.periods.get(figure.period)?;
    let disaggregation = figure
        .disaggregation
        .and_then(|index| indicator.disaggregations.get(index));
    let number = |value: Option<f64>| shown_number(value, figure, indicator.decimals);
    let is_total = figure.disaggregation.is_none();
    let baseline = indicator.baseline.filter(|_| is_total).map(|baseline| baseline.value);
    Some([
        text(&indicator.code),
        level_code(indicator.level).to_owned(),
        text(&view.statement(indicator)),
        unit_code(indicator.unit).to_owned(),
        rule_code(&indicator.rule),
        class_code(indicator.class).to_owned(),
        scope_code(figure.scope).to_owned(),
        text(&period.label),
        period.start.to_string(),
        period.end.to_string(),
        disaggregation.map_or_else(String::new, |disaggregation| text(&disaggregation.name)),
        text(&figure.category),
        number(figure.value.number()),
        number(figure.low),
        number(figure.high),
        number(figure.numerator),
        number(figure.denominator),
        baseline.map_or_else(String::new, |value| plain_number(value, indicator.decimals)),
        figure
            .target
            .map_or_else(String::new, |value| plain_number(value, indicator.decimals)),
        shown_number(figure.achieved, figure, 1),
        status(figure).to_owned(),
    ])
}

/// A number beside a figure; nothing where the figure is hidden, since it could be computed back.
fn shown_number(value: Option<f64>, figure: &Figure, decimals: u8) -> String {
    match (figure.value, value) {
        (Value::Suppressed, _) | (_, None) => String::new(),
        (Value::Number(_) | Value::NoData | Value::NotApplicable, Some(value)) => plain_number(value, decimals),
    }
}

fn status(figure: &Figure) -> &'static str {
    match figure.value {
        Value::Suppressed => "suppressed",
        Value::NotApplicable => "not-applicable",
        Value::Number(_) | Value::NoData => figure.status.map_or("", status_code),
    }
}

fn rule_code(rule: &Rule) -> String {
    match rule {
        Rule::Single(counted) => measure_code(&counted.measure).to_owned(),
        Rule::Ratio {
            numerator, denominator, ..
        } => {
            format!(
                "{}/{}",
                measure_code(&numerator.measure),
                measure_code(&denominator.measure)
            )
        }
        Rule::Derived { how, .. } => match how {
            Derivation::Sum => "sum-of-indicators",
            Derivation::Difference => "difference-of-indicators",
            Derivation::Quotient => "quotient-of-indicators",
        }
        .to_owned(),
    }
}

fn finding_row(view: &View, finding: &Finding) -> [String; 8] {
    let records = view.report.records;
    let file = finding.place.and_then(|place| records.files.get(place.file.index()));
    let sheet = finding
        .place
        .and_then(|place| file?.sheets.get(usize::from(place.sheet)));
    let row = finding.place.map(|place| place.row).filter(|row| *row > 0);
    let column = finding.place.and_then(|place| place.column);
    [
        finding.kind.code().to_owned(),
        severity_code(finding.kind.severity()).to_owned(),
        file.map_or_else(String::new, |file| text(&file.path)),
        sheet.map_or_else(String::new, |sheet| text(sheet)),
        row.map_or_else(String::new, |row| row.to_string()),
        column.map_or_else(String::new, column_letters),
        text(&view.labels.message(finding)),
        text(view.labels.action(finding.kind)),
    ]
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn text(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cleaned = clean(text);
    if risky || cleaned.starts_with(['=', '+', '-', '@']) {
        format!("'{cleaned}")
    } else {
        cleaned
    }
}

/// A CSV file being written.
pub(crate) struct Table(String);

impl Table {
    pub(crate) fn new(columns: &[&str]) -> Self {
        let mut table = Self("\u{feff}".to_owned());
        table.line(columns.iter().copied());
        table
    }

    pub(crate) fn row(&mut self, cells: &[String]) {
        self.line(cells.iter().map(String::as_str));
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            if cell.contains(['"', ',', '\n', '\r']) {
                self.0.push('"');
                self.0.push_str(&cell.replace('"', "\"\""));
                self.0.push('"');
            } else {
                self.0.push_str(cell);
            }
        }
        self.0.push_str("\r\n");
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn lines(bytes: Vec<u8>) -> Vec<String> {
        String::from_utf8(bytes)
            .expect("UTF-8")
            .split("\r\n")
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn a_total_and_a_cell_are_rows() {
        let world = fixture::world();
        let lines = lines(indicators_csv(&world.report("en")));
        assert_eq!(lines[0], format!("\u{feff}{}", INDICATOR_COLUMNS.join(",")));
        assert!(
            lines.contains(
                &"1.1,output,People in group consultations,persons,people,distinct,period,2026-01-01..2026-12-31,\
              2026-01-01,2026-12-31,,,6,5,7,,,,10,60,behind"
                    .to_owned()
            )
        );
        assert!(lines.iter().any(|line| line.contains(",sex,male,,,,,,,,,suppressed")));
    }

    #[test]
    fn findings_name_place_and_action_and_no_formula_survives() {
        let world = fixture::world();
        let lines = lines(findings_csv(&world.report("en")));
        assert_eq!(
            lines[1],
            "impossible-date,error,raw/list.xlsx,January,7,B,\
             “31.02.2026” is not a date; the row was not counted.,Ask the author for the right date and correct the file."
        );
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("\t=1"), "'=1");
    }
}
