//! Three donors' forms made for the tests, empty and filled with balakliya's second quarter, with numbers of other kinds around.

use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatDataBar, ConditionalFormatIconSet, ConditionalFormatIconType, Format, Formula,
    Note, Workbook, Worksheet,
};

use crate::support::{Run, Table};

/// A figure's place in a form.
pub(crate) struct Meant {
    pub(crate) sheet: String,
    /// 1-based.
    pub(crate) row: u32,
    pub(crate) column: u32,
    code: String,
    scope: &'static str,
    period: String,
    breakdown: String,
    category: String,
    what: &'static str,
    /// As the cell holds it.
    pub(crate) number: f64,
}

impl Meant {
    pub(crate) fn address(&self) -> String {
        let letter = char::from(b'A' + u8::try_from(self.column).expect("a narrow form"));
        format!("{letter}{}", self.row)
    }

    pub(crate) fn said(&self) -> String {
        let Self {
            code,
            scope,
            period,
            breakdown,
            category,
            what,
            ..
        } = self;
        format!("{code} {scope} {period} {breakdown}={category} {what}")
    }

    pub(crate) fn entry(&self) -> String {
        let mut text = format!(
            "[[cell]]\nsheet = \"{}\"\ncell = \"{}\"\nindicator = \"{}\"\nscope = \"{}\"\nperiod = \"{}\"\nwhat = \"{}\"\n",
            self.sheet,
            self.address(),
            self.code,
            self.scope,
            self.period,
            self.what
        );
        if !self.breakdown.is_empty() {
            let named = [("disaggregation", &self.breakdown), ("category", &self.category)];
            text += &named.map(|(key, word)| format!("{key} = \"{word}\"\n")).concat();
        }
        text
    }
}

/// A form.
pub(crate) struct Book {
    pub(crate) name: &'static str,
    pub(crate) empty: Vec<u8>,
    pub(crate) filled: Vec<u8>,
    pub(crate) meant: Vec<Meant>,
}

pub(crate) fn all() -> Vec<Book> {
    vec![charts(), merged(), tracking()]
}

const CODES: [&str; 10] = ["B1", "B2", "G1", "G2", "R1", "R2", "E1", "E2", "V1", "V2"];

struct Figures(Table);

impl Figures {
    fn read() -> Self {
        Self(Run::of("balakliya", &["--period", "2026-Q2"]).csv("indicators.csv"))
    }

    fn statement(&self, code: &str) -> String {
        let row = self.0.iter().find(|row| row["code"] == code).expect("an indicator");
        row["statement"].clone()
    }

    fn number(&self, code: &str, scope: &str, period: &str, cell: (&str, &str), what: &str) -> Option<f64> {
        let row = self.0.iter().find(|row| {
            row["code"] == code
                && row["scope"] == scope
                && row["period"] == period
                && row["disaggregation"] == cell.0
                && row["category"] == cell.1
        })?;
        let column = match what {
            "achieved" => "achieved_pct",
            what => what,
        };
        row[column].parse().ok()
    }
}

/// Writes a form twice: with the figures, and with nothing in their cells.
struct Form<'a> {
    figures: &'a Figures,
    filled: bool,
    meant: Vec<Meant>,
}

impl Form<'_> {
    #[allow(clippy::too_many_arguments, reason = "one figure, named in full")]
    fn put(
        &mut self,
        sheet: &mut Worksheet,
        at: (u32, u16),
        code: &str,
        scope: &'static str,
        period: &str,
        cell: (&str, &str),
        what: &'static str,
        format: &Format,
        share: bool,
    ) {
        let Some(mut number) = self.figures.number(code, scope, period, cell, what) else {
            return;
        };
        if share {
            number = (number * 1e10).round() / 1e12;
        }
        if self.filled {
            sheet
                .write_number_with_format(at.0 - 1, at.1, number, format)
                .expect("a number");
        } else {
            sheet.write_blank(at.0 - 1, at.1, format).expect("a blank");
        }
        self.meant.push(Meant {
            sheet: sheet.name(),
            row: at.0,
            column: u32::from(at.1),
            code: code.to_owned(),
            scope,
            period: period.to_owned(),
            breakdown: cell.0.to_owned(),
            category: cell.1.to_owned(),
            what,
            number,
        });
    }
}

fn both(name: &'static str, make: impl Fn(&mut Form<'_>) -> Workbook) -> Book {
    let figures = Figures::read();
    let make = |filled| {
        let mut form = Form {
            figures: &figures,
            filled,
            meant: Vec::new(),
        };
        let bytes = make(&mut form).save_to_buffer().expect("a workbook");
        (bytes, form.meant)
    };
    let ((empty, meant), (filled, _)) = (make(false), make(true));
    Book {
        name,
        empty,
        filled,
        meant,
    }
}

/// A form with charts, conditional formats, notes and a budget whose numbers equal figures by chance.
pub(crate) fn charts() -> Book {
    both("charts", |form| {
        let mut book = Workbook::new();
        let (plain, percent) = (
            Format::new().set_num_format("#,##0"),
            Format::new().set_num_format("0.0%"),
        );
        let date = Format::new().set_num_format("dd.mm.yyyy");
        let sheet = book.add_worksheet();
        sheet.set_name("Progress").expect("a name");
        sheet.write(0, 0, "Quarterly progress report").expect("written");
        sheet.write(1, 0, "Reporting year").expect("written");
        sheet.write(1, 1, 2026).expect("written");
        sheet.write_with_format(2, 1, 46_203, &date).expect("written");
        let heads = [
            "No.",
            "Indicator",
            "Baseline",
            "Target for the period",
            "Achieved in the period",
            "% of target",
            "Cumulative to date",
            "Budget, UAH",
        ];
        for (column, head) in (0..).zip(heads) {
            sheet.write(4, column, head).expect("written");
        }
        for (row, code) in (6..).zip(CODES) {
            sheet.write(row - 1, 0, code).expect("written");
            sheet.write(row - 1, 1, form.figures.statement(code)).expect("written");
            let cells = [
                (3, "period", "target", &plain),
                (4, "period", "value", &plain),
                (5, "period", "achieved", &percent),
                (6, "cumulative", "value", &plain),
            ];
            for (column, scope, what, look) in cells {
                let at = (row, column);
                form.put(
                    sheet,
                    at,
                    code,
                    scope,
                    "2026-Q2",
                    ("", ""),
                    what,
                    look,
                    what == "achieved",
                );
            }
            // A budget that equals the figure of one row by chance.
            let budget = if code == "G2" { 271.0 } else { f64::from(row) * 1_250.0 };
            sheet.write(row - 1, 7, budget).expect("written");
        }
        sheet
            .write_formula(17, 7, Formula::new("SUM(H6:H15)").set_result("1"))
            .expect("written");
        sheet
            .write_formula(17, 4, Formula::new("SUM(E6:E15)").set_result("7"))
            .expect("written");
        sheet
            .add_conditional_format(5, 4, 14, 4, &ConditionalFormatDataBar::new())
            .expect("a rule");
        let icons = ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeTrafficLights);
        sheet.add_conditional_format(5, 5, 14, 5, &icons).expect("a rule");
        sheet
            .insert_note(5, 4, &Note::new("As in the register"))
            .expect("a note");
        let mut chart = Chart::new(ChartType::Column);
        chart
            .add_series()
            .set_values("Progress!$E$6:$E$15")
            .set_categories("Progress!$A$6:$A$15");
        sheet.insert_chart(20, 1, &chart).expect("a chart");
        let other = book.add_worksheet();
        other.set_name("Staff").expect("a name");
        for row in 0..30 {
            other.write(row, 0, format!("Position {row}")).expect("written");
            other.write(row, 1, row * 37 + 28).expect("written");
        }
        book
    })
}

/// A logframe with merged heads and statements, breakdowns beneath, shared and array formulas and defined names.
pub(crate) fn merged() -> Book {
    both("merged", |form| {
        let mut book = Workbook::new();
        let format = Format::new()
            .set_align(rust_xlsxwriter::FormatAlign::VerticalCenter)
            .set_border(rust_xlsxwriter::FormatBorder::Thin);
        let sheet = book.add_worksheet();
        sheet.set_name("Logframe").expect("a name");
        sheet
            .merge_range(0, 0, 0, 5, "Логічна матриця / Logical framework", &format)
            .expect("merged");
        sheet.merge_range(1, 0, 2, 0, "Result", &format).expect("merged");
        sheet.merge_range(1, 1, 2, 1, "Indicator", &format).expect("merged");
        sheet
            .merge_range(1, 2, 2, 2, "Disaggregation", &format)
            .expect("merged");
        sheet.merge_range(1, 3, 1, 4, "Actual", &format).expect("merged");
        sheet.write(2, 3, "Reporting period").expect("written");
        sheet.write(2, 4, "Cumulative").expect("written");
        let statement = form.figures.statement("B2");
        sheet.merge_range(3, 0, 9, 0, "B2", &format).expect("merged");
        sheet.merge_range(3, 1, 9, 1, &statement, &format).expect("merged");
        let cells = [
            ("Total", ("", "")),
            ("Women", ("sex", "female")),
            ("Men", ("sex", "male")),
            ("0–17", ("age", "0-17")),
            ("18-34", ("age", "18-34")),
            ("35–59", ("age", "35-59")),
            ("60+", ("age", "60+")),
        ];
        for (row, (head, cell)) in (4..).zip(cells) {
            sheet.write(row - 1, 2, head).expect("written");
            form.put(
                sheet,
                (row, 3),
                "B2",
                "period",
                "2026-Q2",
                cell,
                "value",
                &format,
                false,
            );
            form.put(
                sheet,
                (row, 4),
                "B2",
                "cumulative",
                "2026-Q2",
                cell,
                "value",
                &format,
                false,
            );
        }
        for (row, code) in (11..).zip(["G1", "G2", "R2", "V2"]) {
            sheet.write(row - 1, 0, code).expect("written");
            sheet.write(row - 1, 1, form.figures.statement(code)).expect("written");
            sheet.write(row - 1, 2, "Total").expect("written");
            form.put(
                sheet,
                (row, 3),
                code,
                "period",
                "2026-Q2",
                ("", ""),
                "value",
                &format,
                false,
            );
            form.put(
                sheet,
                (row, 4),
                code,
                "cumulative",
                "2026-Q2",
                ("", ""),
                "value",
                &format,
                false,
            );
        }
        sheet.write(19, 0, "Sum of services").expect("written");
        sheet
            .write_formula(19, 3, Formula::new("SUM(D11:D14)").set_result("1"))
            .expect("written");
        sheet
            .write_formula(19, 4, Formula::new("SUM(E11:E14)").set_result("2"))
            .expect("written");
        sheet
            .write_array_formula(19, 6, 21, 6, Formula::new("D11:D13*2").set_result("0"))
            .expect("written");
        book.define_name("IND_G1", "=Logframe!$D$11").expect("a name");
        book
    })
}

/// A tracking table: indicators with codes down, periods across, and a sheet of noise.
pub(crate) fn tracking() -> Book {
    both("tracking", |form| {
        let mut book = Workbook::new();
        let format = Format::new().set_num_format("#,##0");
        let sheet = book.add_worksheet();
        sheet.set_name("IPTT").expect("a name");
        sheet
            .write(0, 0, "Indicator performance tracking table")
            .expect("written");
        let heads = [
            "Code",
            "Indicator",
            "Unit",
            "LoP target",
            "January 2026",
            "February 2026",
            "March 2026",
            "Q1 2026",
            "April 2026",
            "May 2026",
            "June 2026",
            "Q2 2026",
            "Cumulative to date",
            "Unit cost",
        ];
        for (column, head) in (0..).zip(heads) {
            sheet.write(2, column, head).expect("written");
        }
        let periods = [
            "2026-01", "2026-02", "2026-03", "2026-Q1", "2026-04", "2026-05", "2026-06", "2026-Q2",
        ];
        for (row, code) in (4..).zip(CODES.iter().chain(&["I1"])) {
            sheet.write(row - 1, 0, *code).expect("written");
            sheet.write(row - 1, 1, form.figures.statement(code)).expect("written");
            sheet.write(row - 1, 2, "number").expect("written");
            sheet.write(row - 1, 3, 10_000 + row * 7).expect("written");
            for (column, period) in (4..).zip(periods) {
                form.put(
                    sheet,
                    (row, column),
                    code,
                    "period",
                    period,
                    ("", ""),
                    "value",
                    &format,
                    false,
                );
            }
            form.put(
                sheet,
                (row, 12),
                code,
                "cumulative",
                "2026-Q2",
                ("", ""),
                "value",
                &format,
                false,
            );
            sheet.write(row - 1, 13, row * 11).expect("written");
        }
        book
    })
}

/// A protected form with a merged area and little else.
pub(crate) fn bare() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Form").expect("a name");
    sheet.write(0, 0, "Заголовок").expect("written");
    sheet.merge_range(4, 1, 5, 3, "", &Format::new()).expect("merged");
    sheet.protect();
    book.save_to_buffer().expect("a workbook")
}
