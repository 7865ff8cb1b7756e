//! Indicator reference sheets: one for each indicator, filled from its definition and the words of its rule.

use std::collections::BTreeSet;

use super::common::{figure, met, number, reference_day, sheet_name, stated, text, titles, total_to_date, words};
use crate::logframe::figures::Value;
use crate::logframe::of_whole;
use crate::project::model::{Class, Indicator, Level, Localized, Unit};
use crate::report::method::method;
use crate::report::sheet::{CellModel, Link, Look, SheetModel};
use crate::report::view::{View, clean};

const TITLE: &str = "Performance Indicator Reference Sheet";
const WIDTHS: [f64; 5] = [40.0, 26.0, 26.0, 26.0, 26.0];
/// Columns that the words of a field take.
const FIELD: u16 = 4;

pub(super) fn sheets(view: &View) -> Vec<SheetModel> {
    let mut taken = BTreeSet::new();
    let contents = sheet_name(view.labels.get("tables.pirs.contents"), &mut taken);
    let mut sheets = Vec::new();
    let mut listed = Vec::new();
    for (index, indicator) in view.indicators() {
        let name = sheet_name(&indicator.code, &mut taken);
        sheets.push(sheet(view, &name, index, indicator));
        listed.push((name, indicator));
    }
    sheets.insert(0, contents_sheet(view, &contents, &listed));
    sheets
}

/// The list of the sheets, each with a link.
fn contents_sheet(view: &View, name: &str, listed: &[(String, &Indicator)]) -> SheetModel {
    let mut sheet = SheetModel::new(name, &[12.0, 90.0, 18.0]);
    titles(view, &mut sheet, &format!("{TITLE}s"));
    let heads = ["No.", "Indicator", "Level"];
    let heads = (0..)
        .zip(heads)
        .map(|(column, head)| CellModel::text(column, head, Look::Head));
    let head = sheet.push(heads.collect());
    sheet.freeze_below(head, 0);
    for (target, indicator) in listed {
        let link = Link {
            sheet: target.clone(),
            row: 0,
        };
        let code = clean(&indicator.code);
        let code = if code.is_empty() { target.clone() } else { code };
        sheet.push(vec![
            CellModel::text(0, code, Look::Code).linked(Some(link)),
            CellModel::text(1, view.statement(indicator), Look::Text),
            CellModel::text(2, view.labels.level(indicator.level), Look::Text),
        ]);
    }
    if listed.is_empty() {
        sheet.line(view.labels.get("tables.no_indicators"), Look::Note);
    }
    sheet
}

fn sheet(view: &View, name: &str, index: usize, indicator: &Indicator) -> SheetModel {
    let mut sheet = SheetModel::new(name, &WIDTHS);
    titles(view, &mut sheet, TITLE);
    let form = Form { view, indicator };
    fields(&mut sheet, view, "", &form.named());
    fields(&mut sheet, view, "Description", &form.described());
    fields(&mut sheet, view, "Plan for Data Collection", &form.collected());
    fields(&mut sheet, view, "Targets and Baseline", &form.aimed());
    fields(&mut sheet, view, "Data Quality and Changes", &form.known());
    values(view, &mut sheet, index, indicator);
    sheet
}

/// A part of the sheet: its heading, and a row for each field.
fn fields(sheet: &mut SheetModel, view: &View, heading: &str, fields: &[(&str, String)]) {
    if !heading.is_empty() {
        sheet.line(heading, Look::Level(Level::Output));
    }
    for (field, words) in fields {
        sheet.push(vec![
            CellModel::text(0, *field, Look::Code).at_top(),
            stated(view, 1, words.clone()).over(FIELD),
        ]);
    }
}

/// Baseline, target and actual of the whole project.
fn values(view: &View, sheet: &mut SheetModel, index: usize, indicator: &Indicator) {
    sheet.line("Performance Indicator Values", Look::Level(Level::Output));
    let day = view.labels.date(reference_day(view));
    let heads = ["", "Baseline", "Target", "Actual", "% Met"];
    let heads = (0..)
        .zip(heads)
        .map(|(column, head)| CellModel::text(column, head, Look::NumberHead));
    sheet.push(heads.collect());
    let actual = total_to_date(view, index);
    let reached = of_whole(
        indicator,
        indicator.target,
        actual.map_or(Value::NoData, |figure| figure.value),
    );
    let baseline = indicator.baseline.map(|baseline| baseline.value);
    sheet.push(vec![
        text(0, view.labels.fill("tables.up_to", &[("date", &day)])),
        number(view, 1, baseline, indicator, Look::Number),
        number(view, 2, indicator.target, indicator, Look::Number),
        figure(view, 3, actual, indicator, Look::Strong),
        met(view, 4, actual, reached, Look::Number),
    ]);
}

/// The words of an indicator's fields; empty where the definitions do not state them.
struct Form<'v, 'a> {
    view: &'v View<'a>,
    indicator: &'a Indicator,
}

impl Form<'_, '_> {
    fn named(&self) -> [(&'static str, String); 2] {
        [
            ("Name of Indicator", self.name()),
            ("Name of Result Measured", self.own(&self.indicator.for_donors.result)),
        ]
    }

    fn described(&self) -> [(&'static str, String); 5] {
        let unit = self.view.labels.unit(self.indicator.unit);
        [
            ("Precise Definition(s)", self.definition()),
            ("Unit of Measure", unit.to_owned()),
            ("Data Type", self.data_type()),
            ("Disaggregated by", self.disaggregated()),
            ("Rationale", self.own(&self.indicator.for_donors.rationale)),
        ]
    }

    fn collected(&self) -> [(&'static str, String); 4] {
        [
            ("Data Source", self.own(&self.indicator.verification)),
            ("Method of Data Collection and Construction", self.construction()),
            ("Reporting Frequency", self.own(&self.indicator.frequency)),
            ("Individual(s) Responsible", self.own(&self.indicator.responsible)),
        ]
    }

    fn aimed(&self) -> [(&'static str, String); 2] {
        [
            ("Baseline Timeframe", self.baseline()),
            ("Rationale for Targets", self.targets()),
        ]
    }

    /// What is known of its quality; assessments and changes are recorded nowhere that the tool reads.
    fn known(&self) -> [(&'static str, String); 4] {
        [
            ("Dates of Data Quality Assessments", String::new()),
            ("Known Data Limitations", self.own(&self.indicator.limits)),
            ("Changes to Indicator", String::new()),
            ("Other Notes", self.notes()),
        ]
    }

    fn own(&self, text: &Localized) -> String {
        words(self.view, text)
    }

    fn name(&self) -> String {
        format!(
            "{} {}",
            clean(&self.indicator.code),
            self.view.statement(self.indicator)
        )
        .trim()
        .to_owned()
    }

    /// The rule in words, then what the definition adds; its limits have a field of their own.
    fn definition(&self) -> String {
        let without_limits = Indicator {
            limits: Localized::default(),
            ..self.indicator.clone()
        };
        let report = &self.view.report;
        method(&without_limits, report.project, report.lang, &self.view.labels)
    }

    fn data_type(&self) -> String {
        let key = match (self.indicator.unit, self.indicator.decimals) {
            (Unit::Percent, _) => "tables.pirs.percent",
            (_, 0) => "tables.pirs.whole",
            _ => "tables.pirs.decimal",
        };
        self.view.labels.get(key).to_owned()
    }

    fn disaggregated(&self) -> String {
        let breakdowns = self.indicator.disaggregations.iter();
        let names: Vec<String> = breakdowns
            .map(|breakdown| self.view.disaggregation(breakdown))
            .collect();
        if names.is_empty() {
            self.view.labels.get("tables.pirs.none").to_owned()
        } else {
            names.join("; ")
        }
    }

    fn construction(&self) -> String {
        let over_periods = match self.indicator.class {
            Class::Flow => "tables.pirs.flow",
            Class::Distinct => "tables.pirs.distinct",
            Class::Level => "tables.pirs.level",
            Class::Ratio => "tables.pirs.ratio",
        };
        let mut said = vec!["tables.pirs.construction", over_periods];
        if self.indicator.unit == Unit::Persons && self.indicator.class == Class::Distinct {
            said.push("tables.pirs.recognised");
        }
        said.into_iter()
            .map(|key| self.view.labels.get(key))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn baseline(&self) -> String {
        let Some(baseline) = self.indicator.baseline else {
            return String::new();
        };
        let labels = &self.view.labels;
        let value = self.view.value(Value::Number(baseline.value), self.indicator);
        match baseline.date {
            Some(date) => {
                let args = [("value", &*value), ("date", &*labels.date(date))];
                labels.fill("tables.pirs.baseline", &args)
            }
            None => labels.fill("tables.pirs.baseline_undated", &[("value", &value)]),
        }
    }

    /// The rationale covers the choice of the indicator and its targets alike.
    fn targets(&self) -> String {
        let labels = &self.view.labels;
        let mut said = Vec::new();
        if let Some(target) = self.indicator.target {
            let target = self.view.value(Value::Number(target), self.indicator);
            said.push(labels.fill("tables.pirs.target_is", &[("target", &target)]));
        }
        if !words(self.view, &self.indicator.for_donors.rationale).is_empty() {
            said.push(labels.get("tables.pirs.see_rationale").to_owned());
        }
        said.join(" ")
    }

    fn notes(&self) -> String {
        let labels = &self.view.labels;
        let direction = labels.direction(self.indicator.direction);
        let mut said = vec![labels.fill("tables.pirs.direction", &[("direction", direction)])];
        let assumptions = words(self.view, &self.indicator.assumptions);
        if !assumptions.is_empty() {
            said.push(labels.fill("indicators.assumptions", &[("text", &assumptions)]));
        }
        let risk = words(self.view, &self.indicator.for_donors.risk);
        if !risk.is_empty() {
            said.push(labels.fill("tables.pirs.risk", &[("text", &risk)]));
        }
        said.join("\n")
    }
}

#[cfg(test)]
mod tests;
