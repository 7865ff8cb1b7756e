//! The value of one `OpenDocument` cell, from its attributes and paragraphs.

use chrono::{Duration, NaiveDateTime};
use quick_xml::events::BytesStart;

use super::{attribute, number};
use crate::ingest::table::Cell;
use crate::ingest::workbook::dimmed::value_of;
use crate::ingest::workbook::moment::{epoch, moment, serial};

/// A cell whose end has not been read yet.
#[derive(Debug, Default)]
pub(super) struct OpenCell {
    /// How many columns it stands in.
    pub(super) repeat: u32,
    kind: Option<String>,
    stored: Option<String>,
    formula: Option<String>,
    is_error: bool,
    text: String,
    paragraphs: u32,
    /// Whether any text is struck through by itself, and whether any is not.
    struck: bool,
    plain: bool,
}

impl OpenCell {
    pub(super) fn new(element: &BytesStart<'_>) -> Self {
        let mut cell = OpenCell {
            repeat: number(element, "number-columns-repeated"),
            ..OpenCell::default()
        };
        for found in element.attributes().with_checks(false).filter_map(Result::ok) {
            let value = || value_of(&found);
            match found.key.as_ref() {
                "office:value-type" => cell.kind = Some(value()),
                "calcext:value-type" => cell.is_error = value() == "error",
                "table:formula" => cell.formula = Some(value()),
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => cell.stored = Some(value()),
                _ => {}
            }
        }
        cell
    }

    /// An element inside the cell.
    pub(super) fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "p" => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
            }
            "s" => {
                let count = attribute(element, "c")
                    .and_then(|count| count.parse().ok())
                    .unwrap_or(1_usize);
                self.text.push_str(&" ".repeat(count.min(1000)));
            }
            "tab" => self.text.push('\t'),
            "line-break" => self.text.push('\n'),
            _ => {}
        }
    }

    /// Text of the current paragraph; a run of blanks in the XML is one blank (ODF 1.2, 6.1.2).
    pub(super) fn text(&mut self, text: &str, struck: bool) {
        if self.paragraphs == 0 {
            return;
        }
        let any = !text.trim().is_empty();
        self.struck |= any && struck;
        self.plain |= any && !struck;
        for c in text.chars() {
            if !matches!(c, ' ' | '\t' | '\r' | '\n') {
                self.text.push(c);
            } else if !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    /// Whether all of its text is struck through, apart from the cell's style.
    pub(super) fn all_struck(&self) -> bool {
        self.struck && !self.plain
    }

    /// The value of the whole cell.
    pub(super) fn value(self) -> Option<Cell> {
        if self.is_error {
            return Some(Cell::Error(self.text));
        }
        let stored = self.stored.as_deref();
        let typed = match self.kind.as_deref() {
            Some("float" | "percentage" | "currency") => {
                stored.and_then(|value| value.trim().parse().ok()).map(Cell::Number)
            }
            Some("date") => stored.and_then(moment).map(|at| Cell::DateTime {
                at,
                serial: Some(serial(at)),
            }),
            Some("time") => stored.and_then(time).map(|at| Cell::DateTime {
                at,
                serial: Some(serial(at)),
            }),
            Some("boolean") => stored.map(|value| Cell::Bool(value == "true")),
            _ => None,
        };
        if typed.is_some() {
            return typed;
        }
        let text = if self.paragraphs == 0 {
            self.stored.unwrap_or_default()
        } else {
            self.text
        };
        match (text.is_empty(), self.formula, self.kind) {
            (true, Some(formula), None) => Some(Cell::FormulaWithoutResult(formula)),
            (true, _, _) => None,
            (false, Some(_), _) if is_error_text(&text) => Some(Cell::Error(text)),
            (false, _, _) => Some(Cell::Text(text)),
        }
    }
}

fn is_error_text(text: &str) -> bool {
    text.starts_with("Err:") || text.starts_with('#') && text.ends_with(['!', '?', 'A'])
}

/// `PT09H15M30S`.
fn time(text: &str) -> Option<NaiveDateTime> {
    let mut seconds = 0_f64;
    let mut digits = String::new();
    for c in text.trim().strip_prefix("PT")?.chars() {
        let unit = match c {
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => {
                digits.push(if c == ',' { '.' } else { c });
                continue;
            }
        };
        seconds += digits.parse::<f64>().ok()? * unit;
        digits.clear();
    }
    let sane = (0.0..1e9).contains(&seconds);
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    let milliseconds = (seconds * 1000.0).round() as i64;
    sane.then(|| epoch().checked_add_signed(Duration::milliseconds(milliseconds)))
        .flatten()
}
