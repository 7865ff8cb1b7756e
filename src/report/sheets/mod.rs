//! The sheets of `report.xlsx`, one file each, in the order of their tabs.

mod bridge;
pub(super) mod disaggregation;
mod figure_tables;
pub(super) mod indicators;
mod method;
mod quality;
mod restatements;
mod shapes;
mod sources;
pub(super) mod summary;
mod target_lines;
pub(super) mod trends;

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::Report;
use super::labels::plain_number;
use super::sheet::{CellModel, Content, Link, Look, NumberStyle, SheetModel};
use super::view::{View, clean};
use crate::logframe::figures::{Figure, Period, Status, Value};
use crate::project::calendar::CalendarKind;
use crate::project::model::{Indicator, Unit};

/// Every sheet of the report's workbook.
pub fn sheets(report: &Report) -> Vec<SheetModel> {
    let view = View::new(report);
    let (method, method_rows) = method::sheet(&view);
    let book = Book { view, method_rows };
    let trends = trends::sheet(&book);
    let mut sheets = vec![
        summary::sheet(&book, &trends),
        indicators::sheet(&book),
        trends.sheet,
        disaggregation::sheet(&book),
        method,
        bridge::sheet(&book),
        quality::sheet(&book),
        sources::sheet(&book),
    ];
    sheets.extend(restatements::sheets(&book));
    sheets
}

/// What the sheets share.
struct Book<'a> {
    view: View<'a>,
    /// Row of each indicator on the method sheet.
    method_rows: BTreeMap<usize, u32>,
}

impl Book<'_> {
    fn label(&self, key: &str) -> &str {
        self.view.labels.get(key)
    }

    /// The code of an indicator, with a link to its method.
    fn code(&self, column: u16, indicator: usize, look: Look) -> CellModel {
        let code = self
            .view
            .report
            .project
            .indicators
            .get(indicator)
            .map_or("", |known| known.code.as_str());
        let link = self.method_rows.get(&indicator).map(|row| Link {
            sheet: self.label("sheet.method").to_owned(),
            row: *row,
        });
        CellModel::text(column, clean(code), look).linked(link)
    }

    /// A jump to the top of a sheet.
    fn top_of(&self, sheet: &str) -> Link {
        Link {
            sheet: self.label(sheet).to_owned(),
            row: 0,
        }
    }

    /// A figure's value as a number, or the word for why there is none; blank where there is no figure.
    fn value(&self, column: u16, figure: Option<&Figure>, indicator: &Indicator, look: Look) -> CellModel {
        match figure.map(|figure| figure.value) {
            None => CellModel::new(column, Content::Blank, look),
            Some(Value::Number(number)) => number_cell(column, Some(number), indicator, look),
            Some(blank) => CellModel::text(column, self.view.blank_word(blank), look),
        }
    }

    /// A count of persons, or the word for a small one.
    fn guarded(&self, column: u16, count: usize, look: Look) -> CellModel {
        match self.view.guarded(count) {
            Value::Number(number) => CellModel::new(column, Content::Number(number), look),
            blank => CellModel::text(column, self.view.blank_word(blank), look),
        }
    }

    /// The status in words and colour.
    fn status(&self, column: u16, figure: Option<&Figure>) -> CellModel {
        let status = figure
            .filter(|figure| figure.value != Value::Suppressed)
            .and_then(|figure| figure.status);
        let Some(status) = status else {
            return CellModel::new(column, Content::Blank, Look::Middle);
        };
        let look = match status {
            Status::OnTrack => Look::OnTrack,
            Status::Ahead => Look::Ahead,
            Status::Behind => Look::Behind,
            Status::Achieved => Look::Achieved,
        };
        CellModel::text(column, self.view.labels.status(status), look)
    }

    /// Low and high of a distinct count, where they differ from each other.
    fn range(&self, figure: Option<&Figure>) -> String {
        self.view.range(figure)
    }

    /// A sheet with its title and the line that says whose report it is and for when.
    fn titled(&self, name: &str, title: &str, widths: &[f64]) -> SheetModel {
        titled(&self.view, name, title, widths)
    }

    /// A row of column heads.
    fn heads(&self, heads: &[(&str, Look)]) -> Vec<CellModel> {
        (0..)
            .zip(heads)
            .map(|(column, (key, look))| CellModel::text(column, self.label(key), *look))
            .collect()
    }
}

fn titled(view: &View, name: &str, title: &str, widths: &[f64]) -> SheetModel {
    let mut sheet = SheetModel::new(view.labels.get(name), widths);
    sheet.line(view.labels.get(title), Look::Title);
    let project = clean(view.report.project.name.get(view.report.lang));
    let period = view.span().map_or_else(String::new, |span| view.labels.period(span));
    sheet.line(format!("{project} · {period}"), Look::Subtitle);
    sheet.gap();
    sheet
}

/// A number of an indicator: rounded and shown with the indicator's decimals.
fn number_cell(column: u16, value: Option<f64>, indicator: &Indicator, look: Look) -> CellModel {
    let content = value.map_or(Content::Blank, |value| {
        Content::Number(rounded(value, indicator.decimals))
    });
    CellModel::new(column, content, look).styled(NumberStyle {
        decimals: indicator.decimals,
        percent: indicator.unit == Unit::Percent,
        ..NumberStyle::default()
    })
}

/// The whole month of a day, for its name.
fn month_of(day: NaiveDate) -> Period {
    Period {
        label: String::new(),
        start: day.with_day(1).unwrap_or(day),
        end: day,
        calendar: CalendarKind::Month,
        partial: false,
    }
}

/// Rounded as `indicators.csv` writes it, so that the two agree.
fn rounded(value: f64, decimals: u8) -> f64 {
    plain_number(value, decimals).parse().unwrap_or(value)
}

/// Per cent of target, where there is one and the figure may be seen.
fn achieved(column: u16, figure: Option<&Figure>, look: Look) -> CellModel {
    let achieved = figure
        .filter(|figure| figure.value != Value::Suppressed)
        .and_then(|figure| figure.achieved);
    let content = achieved.map_or(Content::Blank, |value| Content::Number(rounded(value, 0)));
    CellModel::new(column, content, look).styled(NumberStyle {
        decimals: 0,
        percent: true,
        ..NumberStyle::default()
    })
}
