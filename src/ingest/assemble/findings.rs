//! What is wrong with sheets, tables, dates and cells, told as findings.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate};

use super::{Assembler, At};
use crate::ingest::findings::Kind;
use crate::ingest::layout::Purpose;
use crate::ingest::noted::Noted;
use crate::ingest::reading::SheetContent;
use crate::ingest::records::{Finding, Place, Reason, column_letters};
use crate::ingest::rows::{CellIssue, RawRow};
use crate::ingest::told::{self, WITHHELD};
use crate::ingest::values::RawValue;
use crate::ingest::vocabulary::Role;
use crate::project::model::Layout;

/// A date this far beyond the project's end is a slip of the pen, not the next stage.
const FAR_FUTURE: Days = Days::new(366);
/// Years before this one are slips of the pen.
const FIRST_YEAR: i32 = 2000;

/// Cells of an unknown mark that its finding lists.
const SHOWN_PLACES: usize = 5;

/// Whether a finding says already that a session's column names no day.
fn is_about(noted: &Noted, column: u16) -> bool {
    noted.kind == Kind::MarksWithoutDate && noted.column == Some(column)
}

impl Assembler<'_> {
    pub(super) fn sheet_findings(&mut self, whole: Place, hidden_rows: usize, content: &SheetContent) {
        match content {
            SheetContent::Empty => self.find(Kind::EmptySheet, whole, &[]),
            SheetContent::Hidden => self.find(Kind::HiddenSheet, whole, &[]),
            SheetContent::Summary => self.find(Kind::SummarySheet, whole, &[]),
            SheetContent::NoTable => self.find(Kind::NoTable, whole, &[]),
            SheetContent::NotNamed | SheetContent::Tables(_) => {}
        }
        if hidden_rows > 0 {
            self.find(Kind::HiddenRows, whole, &[("count", hidden_rows.to_string())]);
        }
    }

    pub(super) fn table_findings(&mut self, at: At) {
        let whole = Place::whole_sheet(at.file, at.sheet);
        for noted in at.block().noted.iter().chain(&at.table.noted) {
            match noted.row {
                Some(row) => self.find(noted.kind, at.cell(row, noted.column), &noted.args),
                None => self.note(whole, noted),
            }
        }
        for total in &at.table.differing {
            let args = [
                ("written", total.written.to_string()),
                ("counted", total.counted.to_string()),
            ];
            self.find(Kind::TotalDiffers, at.cell(total.row, Some(total.column)), &args);
        }
        // Recognition alone reads only the left one of two tables side by side.
        if let Some(column) = at.block().beside() {
            let kind = match self.purpose {
                Purpose::Project => Kind::SecondName,
                Purpose::People => Kind::NoTable,
            };
            self.find(kind, at.cell(at.block().header_top, Some(column)), &[]);
        }
        self.unknown_marks(at);
        if at.block().layout == Layout::Register {
            self.register_findings(at);
        }
    }

    /// Each mark that nobody knows, once for the table, with its cells.
    fn unknown_marks(&mut self, at: At) {
        let mut cells: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for row in &at.table.rows {
            for (column, issue) in &row.issues {
                if let CellIssue::Mark(mark) = issue {
                    let place = at.cell(row.number, Some(*column));
                    cells.entry(told::mark(mark, self.vocabulary)).or_default().push(place);
                }
            }
        }
        for (mark, places) in cells {
            let shown = places.iter().take(SHOWN_PLACES);
            let shown: Vec<String> = shown
                .filter_map(|place| Some(format!("{}{}", column_letters(place.column?), place.row)))
                .collect();
            let mut args = BTreeMap::from([("value", mark)]);
            if places.len() > 1 {
                args.insert("count", places.len().to_string());
                args.insert("cells", shown.join(", "));
            }
            self.records.findings.push(Finding {
                kind: Kind::UnknownMark,
                place: places.first().copied(),
                others: places.into_iter().skip(1).collect(),
                args,
            });
        }
    }

    fn register_findings(&mut self, at: At) {
        // Said once for the whole header.
        let yearless = at.block().noted.iter().any(|noted| noted.kind == Kind::YearMissing);
        let mut any = false;
        for (index, session) in at.block().sessions.iter().enumerate() {
            let marked = at.table.present[index] > 0;
            any |= marked;
            let place = at.cell(session.row, Some(session.column));
            match &session.date {
                Ok(date) => {
                    if let Some(reason) = self.date_problem(*date) {
                        self.date_finding(reason, place, &date.to_string());
                    } else if !marked {
                        self.find(Kind::EmptySession, place, &[("date", date.to_string())]);
                    }
                }
                Err(_) if at.block().noted.iter().any(|noted| is_about(noted, session.column)) => {}
                Err(_) if yearless && session.incomplete => {}
                Err(written) => self.date_finding(session.reason(), place, written),
            }
        }
        let said = at.table.noted.iter().any(|noted| noted.kind == Kind::NoMarks);
        if !any && !said && !at.table.rows.is_empty() {
            self.find(Kind::NoMarks, at.cell(at.block().header_top, None), &[]);
        }
    }

    /// Why a date can't be counted, if so (rule 14).
    pub(super) fn date_problem(&self, date: NaiveDate) -> Option<Reason> {
        if date.year() < FIRST_YEAR {
            return Some(Reason::ImplausibleDate);
        }
        let (start, end) = self.project?;
        if date > end.checked_add_days(FAR_FUTURE).unwrap_or(NaiveDate::MAX) {
            Some(Reason::ImplausibleDate)
        } else if date < start || date > end {
            Some(Reason::OutsideProject)
        } else {
            None
        }
    }

    pub(super) fn date_finding(&mut self, reason: Reason, place: Place, written: &str) {
        let kind = match reason {
            Reason::ImplausibleDate => Kind::FutureDate,
            Reason::OutsideProject => Kind::OutsideProject,
            Reason::NoDate => Kind::NoDate,
            _ => Kind::ImpossibleDate,
        };
        let written = self.harmless_date(written);
        self.find(kind, place, &[("value", written)]);
    }

    /// What stands for a date, where it holds nothing but numbers and words for months and days; anything else
    /// could be a name that slipped into the column.
    fn harmless_date(&self, written: &str) -> String {
        let mut words = written
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().count() > 2);
        let harmless =
            words.all(|word| self.vocabulary.month(word).is_some() || self.vocabulary.weekday(word).is_some());
        if harmless {
            written.to_owned()
        } else {
            WITHHELD.to_owned()
        }
    }

    pub(super) fn cell_issues(&mut self, at: At, row: &RawRow) {
        for (column, issue) in &row.issues {
            let place = at.cell(row.number, Some(*column));
            match issue {
                CellIssue::Birth => self.find(Kind::ImpossibleBirth, place, &[]),
                // Told once for the table or the column.
                CellIssue::Mark(_) | CellIssue::Unread => {}
                CellIssue::Error(error) => self.find(Kind::ErrorCell, place, &[("value", error.clone())]),
                CellIssue::Formula => self.find(Kind::FormulaWithoutResult, place, &[]),
            }
        }
        let consent = at
            .block()
            .columns
            .iter()
            .position(|column| column.role == Some(Role::Consent));
        if consent.is_some_and(|consent| row.values.contains(&(consent, RawValue::YesNo(false)))) {
            self.find(Kind::NoConsent, at.cell(row.number, None), &[]);
        }
    }
}
