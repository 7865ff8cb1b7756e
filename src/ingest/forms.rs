//! Form exports: which rows are versions or copies of one form, and which rows belong to which form.
//!
//! A form is a row that the server numbered; the rows of its repeats (members of a household) stand in a table of
//! their own and name the form's number. An edited form is there once a version: the last one holds. A form that was
//! not approved is a test. A form that a device sent twice has two roots but began at the same instant, or says all the same
//! of a named person within the hour. Each form is
//! set aside for the first of these reasons alone.

mod above;
mod alike;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::DateTime;

use super::findings::Kind;
use super::grid::Grid;
use super::layout::{Block, PERSON};
use super::reading::{FileReading, SheetContent};
use super::records::{FileId, Place, Reason, SourceFile};
use super::rows::RawRow;
use super::table::Cell;
use super::vocabulary::{Role, Vocabulary};
use crate::project::model::{Layout, Source};

/// Steps from a row of a repeat within repeats to its form.
const DEEPEST_REPEAT: usize = 4;

/// What a row of a form export says about the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FormCells {
    /// Number of the row in its table.
    pub(crate) index: Option<String>,
    /// Number of the row it belongs to.
    pub(crate) parent: Option<String>,
    /// Table of the row it belongs to.
    pub(crate) parent_table: Option<String>,
    /// What all versions of the form share.
    pub(crate) root: Option<String>,
    /// This version.
    pub(crate) instance: Option<String>,
    /// When it was sent, comparable.
    pub(crate) submitted: Option<String>,
    /// Whether its status says that it was not approved.
    pub(crate) refused: bool,
    /// When filling in began.
    pub(crate) started: Option<String>,
    /// The device.
    pub(crate) device: Option<String>,
}

impl Block {
    /// Whether the rows are forms about a meeting, which have no question about one person.
    pub(crate) fn names_nobody_in_forms(&self) -> bool {
        let list = self.layout == Layout::List && self.tells_forms_apart();
        list && !self.has(PERSON) && !self.has(&[Role::Phone, Role::Email, Role::FormParent])
    }

    /// Whether the rows are those of a form export.
    pub(crate) fn is_of_forms(&self) -> bool {
        self.tells_forms_apart() || self.has(&[Role::FormStatus])
    }

    /// Whether something tells the forms of an export apart, or when each was sent.
    pub(crate) fn tells_forms_apart(&self) -> bool {
        self.has(&[
            Role::FormIndex,
            Role::FormRoot,
            Role::FormInstance,
            Role::FormSubmitted,
            Role::FormParent,
        ])
    }
}

impl FormCells {
    /// Whether the row belongs to a row of another table. Forms themselves have that column, too, and nothing in it.
    pub(crate) fn is_part(&self) -> bool {
        self.parent.is_some() || (self.parent_table.is_some() && self.instance.is_some())
    }
}

/// What exports write for "no row" and for "not there yet".
const NO_ROW: [&str; 3] = ["-1", "0", "-1.0"];

/// A text that tells forms apart: spreadsheets turn long numbers into powers of ten, and placeholders hold no digit.
fn is_id(text: &str) -> bool {
    let rounded = text.contains("E+") || text.contains("e+");
    let word = text.ends_with('.') && !text.chars().any(|c| c.is_ascii_digit());
    !rounded && !word
}

/// Reads what a row says about its form; `None` in tables that are no form exports.
pub(crate) fn cells(grid: &Grid, block: &Block, row: u32, vocabulary: &Vocabulary) -> Option<FormCells> {
    if !block.is_of_forms() {
        return None;
    }
    let text = |role: Role| {
        let text = grid.text(row, block.column(role)?);
        (!text.is_empty()).then_some(text)
    };
    let instant = |role: Role| instant(grid.cell(row, block.column(role)?)?);
    let uuid = |text: String| text.strip_prefix("uuid:").map_or(text.clone(), str::to_owned);
    Some(FormCells {
        index: text(Role::FormIndex),
        parent: text(Role::FormParent)
            .filter(|text| !NO_ROW.contains(&text.as_str()))
            .map(uuid),
        parent_table: text(Role::FormParentTable),
        root: text(Role::FormRoot).filter(|text| is_id(text)).map(uuid),
        instance: text(Role::FormInstance).filter(|text| is_id(text)).map(uuid),
        submitted: instant(Role::FormSubmitted),
        refused: text(Role::FormStatus).is_some_and(|status| vocabulary.is_not_approved(&status)),
        started: instant(Role::FormStart),
        device: text(Role::FormDevice),
    })
}

/// An instant in a form in which later ones compare greater.
fn instant(cell: &Cell) -> Option<String> {
    match cell {
        Cell::DateTime { at, .. } => Some(at.format("%Y-%m-%dT%H:%M:%S%.3f").to_string()),
        Cell::Text(text) => {
            let text = text.trim();
            let whole =
                DateTime::parse_from_rfc3339(text).map(|at| at.naive_utc().format("%Y-%m-%dT%H:%M:%S%.3f").to_string());
            whole
                .ok()
                .or_else(|| (!text.is_empty()).then(|| text.replace(' ', "T")))
        }
        Cell::Number(number) => Some(format!("{number:020.8}")),
        Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => None,
    }
}

/// Why a form is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A later version holds.
    EarlierVersion,
    /// It was not approved.
    NotApproved,
    /// It was sent twice.
    SentTwice,
}

impl Fault {
    /// The reason that its row is set aside for.
    pub(crate) fn reason(self) -> Reason {
        match self {
            Fault::EarlierVersion => Reason::EarlierVersion,
            Fault::NotApproved => Reason::Skipped,
            Fault::SentTwice => Reason::SentTwice,
        }
    }

    /// The finding.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Fault::EarlierVersion => Kind::EarlierVersion,
            Fault::NotApproved => Kind::Skipped,
            Fault::SentTwice => Kind::SentTwice,
        }
    }
}

/// Why a form is set aside, and the form that is counted instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// The reason.
    pub(crate) fault: Fault,
    /// The form that holds.
    pub(crate) instead: Option<Place>,
}

/// What is known about all forms before rows are put together.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    judged: HashMap<Place, Judgement>,
    parents: HashMap<Place, Place>,
}

/// A row of a form export.
struct FormRow<'r> {
    place: Place,
    source: usize,
    cells: &'r FormCells,
    row: &'r RawRow,
}

impl Forms {
    /// Looks at the forms of all files.
    pub(crate) fn of(files: &[(FileId, &FileReading)], sources: &[Source], named: &[SourceFile]) -> Self {
        let (mut forms, mut parts) = (Vec::new(), Vec::new());
        for (file, reading) in files {
            collect(*file, reading, &mut forms, &mut parts);
        }
        let mut known = Self::default();
        known.judge(&forms);
        known.parents = above::parents(&forms, &parts, sources, named);
        known.alike(&forms);
        known
    }

    /// Why the form in this row is set aside, if it is.
    pub(crate) fn judgement(&self, row: Place) -> Option<Judgement> {
        self.judged.get(&row).copied()
    }

    /// The form that a row of a repeat belongs to.
    pub(crate) fn form_of(&self, row: Place) -> Option<Place> {
        // A person in the columns of a form belongs to the form of its row.
        let form = Place { column: None, ..row };
        let mut at = match self.parents.get(&form) {
            Some(parent) => *parent,
            None if row.column.is_some() => form,
            None => return None,
        };
        for _ in 0..DEEPEST_REPEAT {
            match self.parents.get(&at) {
                Some(parent) => at = *parent,
                None => break,
            }
        }
        Some(at)
    }

    fn judge(&mut self, forms: &[FormRow]) {
        self.earlier_versions(forms);
        for form in forms.iter().filter(|form| form.cells.refused) {
            self.judged.entry(form.place).or_insert(Judgement {
                fault: Fault::NotApproved,
                instead: None,
            });
        }
        self.copies(forms);
    }

    fn earlier_versions(&mut self, forms: &[FormRow]) {
        let mut versions: BTreeMap<(usize, &str), Vec<&FormRow>> = BTreeMap::new();
        for form in forms {
            if let Some(root) = form.cells.root.as_ref().or(form.cells.instance.as_ref()) {
                versions.entry((form.source, root)).or_default().push(form);
            }
        }
        for same in versions.values() {
            let last = same
                .iter()
                .max_by_key(|form| (&form.cells.submitted, Reverse(form.place)));
            if let Some(last) = last {
                self.set_aside(same, last.place, Fault::EarlierVersion);
            }
        }
    }

    fn copies(&mut self, forms: &[FormRow]) {
        let mut begun: BTreeMap<(usize, &str, &str), Vec<&FormRow>> = BTreeMap::new();
        for form in forms.iter().filter(|form| !self.judged.contains_key(&form.place)) {
            if let (Some(started), Some(device), Some(_)) = (&form.cells.started, &form.cells.device, &form.cells.root)
            {
                begun.entry((form.source, started, device)).or_default().push(form);
            }
        }
        for same in begun.values() {
            let first = same.iter().min_by_key(|form| (&form.cells.submitted, form.place));
            if let Some(first) = first {
                self.set_aside(same, first.place, Fault::SentTwice);
            }
        }
    }

    fn set_aside(&mut self, same: &[&FormRow], kept: Place, fault: Fault) {
        for form in same.iter().filter(|form| form.place != kept) {
            let judgement = Judgement {
                fault,
                instead: Some(kept),
            };
            self.judged.insert(form.place, judgement);
        }
    }
}

fn collect<'r>(file: FileId, reading: &'r FileReading, forms: &mut Vec<FormRow<'r>>, parts: &mut Vec<FormRow<'r>>) {
    for (sheet, part) in reading.sheets.iter().enumerate() {
        let (SheetContent::Tables(tables), Some(source)) = (&part.content, part.source) else {
            continue;
        };
        let whole = Place::whole_sheet(file, u16::try_from(sheet).unwrap_or(u16::MAX));
        for table in tables {
            for row in &table.rows {
                let Some(cells) = row.form.as_ref() else { continue };
                let place = Place {
                    row: row.number,
                    ..whole
                };
                let to = if cells.is_part() { &mut *parts } else { &mut *forms };
                to.push(FormRow {
                    place,
                    source,
                    cells,
                    row,
                });
            }
        }
    }
}
