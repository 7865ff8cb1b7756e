//! Form exports: which rows are versions or copies of one form, and which rows belong to which form.
//!
//! A form is a row that the server numbered; the rows of its repeats (members of a household) stand in a table of
//! their own and name the form's number. An edited form is there once a version: the last one holds. A form that was
//! not approved is a test. A form that a device sent twice has two roots but began at the same instant. Each form is
//! set aside for the first of these reasons alone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::DateTime;

use super::findings::Kind;
use super::grid::Grid;
use super::layout::Block;
use super::reading::{FileReading, SheetContent};
use super::records::{FileId, Place, Reason};
use super::table::Cell;
use super::vocabulary::{self, Role, Vocabulary};
use crate::project::model::Source;

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
    /// Whether the rows are those of a form export.
    pub(crate) fn is_of_forms(&self) -> bool {
        self.has(&[Role::FormIndex, Role::FormRoot, Role::FormInstance, Role::FormSubmitted]) || self.is_of_parts()
    }

    /// Whether the rows belong to rows of another table.
    pub(crate) fn is_of_parts(&self) -> bool {
        self.has(&[Role::FormParent])
    }
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
        parent: text(Role::FormParent),
        parent_table: text(Role::FormParentTable),
        root: text(Role::FormRoot).map(uuid),
        instance: text(Role::FormInstance).map(uuid),
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
}

impl Forms {
    /// Looks at the forms of all files.
    pub(crate) fn of(files: &[(FileId, &FileReading)], sources: &[Source]) -> Self {
        let (mut forms, mut parts) = (Vec::new(), Vec::new());
        for (file, reading) in files {
            collect(*file, reading, &mut forms, &mut parts);
        }
        let mut known = Self::default();
        known.judge(&forms);
        known.join(&forms, &parts, files, sources);
        known
    }

    /// Why the form in this row is set aside, if it is.
    pub(crate) fn judgement(&self, row: Place) -> Option<Judgement> {
        self.judged.get(&row).copied()
    }

    /// The form that a row of a repeat belongs to.
    pub(crate) fn form_of(&self, row: Place) -> Option<Place> {
        let mut at = *self.parents.get(&row)?;
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

    /// Finds the row that each row of a repeat belongs to.
    fn join(&mut self, forms: &[FormRow], parts: &[FormRow], files: &[(FileId, &FileReading)], sources: &[Source]) {
        let mut numbered: HashMap<(FileId, u16, &str), Vec<&FormRow>> = HashMap::new();
        for row in forms.iter().chain(parts) {
            if let Some(index) = &row.cells.index {
                numbered
                    .entry((row.place.file, row.place.sheet, index.as_str()))
                    .or_default()
                    .push(row);
            }
        }
        for part in parts {
            let Some(parent) = part.cells.parent.as_deref() else {
                continue;
            };
            let tables = tables_above(part, forms, files, sources);
            let found = tables.iter().find_map(|(file, sheet)| {
                let rows = numbered.get(&(*file, *sheet, parent))?;
                let same = rows
                    .iter()
                    .find(|row| part.cells.instance.is_some() && row.cells.instance == part.cells.instance);
                same.or(rows.first()).map(|row| row.place)
            });
            if let Some(place) = found {
                self.parents.insert(part.place, place);
            }
        }
    }
}

/// The tables in which the row above a row of a repeat may stand, likeliest first.
fn tables_above(
    part: &FormRow,
    forms: &[FormRow],
    files: &[(FileId, &FileReading)],
    sources: &[Source],
) -> Vec<(FileId, u16)> {
    let above = sources[part.source].parent.as_deref();
    let wanted = |source: usize| above.is_none_or(|name| sources[source].name == name);
    let mut tables: Vec<(FileId, u16)> = forms
        .iter()
        .filter(|form| wanted(form.source) && (above.is_some() || form.place.file == part.place.file))
        .map(|form| (form.place.file, form.place.sheet))
        .collect();
    tables.dedup();
    tables.sort_by_key(|(file, _)| *file != part.place.file);
    if let (None, Some(name)) = (above, &part.cells.parent_table) {
        let named = files
            .iter()
            .find(|(file, _)| *file == part.place.file)
            .and_then(|(_, reading)| {
                let name = vocabulary::normalise(name);
                reading
                    .sheets
                    .iter()
                    .position(|sheet| vocabulary::normalise(&sheet.name) == name)
            })
            .and_then(|sheet| u16::try_from(sheet).ok());
        tables.splice(0..0, named.map(|sheet| (part.place.file, sheet)));
    }
    tables
}

fn collect<'r>(file: FileId, reading: &'r FileReading, forms: &mut Vec<FormRow<'r>>, parts: &mut Vec<FormRow<'r>>) {
    for (sheet, part) in reading.sheets.iter().enumerate() {
        let (SheetContent::Tables(tables), Some(source)) = (&part.content, part.source) else {
            continue;
        };
        let whole = Place::whole_sheet(file, u16::try_from(sheet).unwrap_or(u16::MAX));
        for table in tables {
            let rows = table.rows.iter().filter_map(|row| {
                let cells = row.form.as_ref()?;
                let place = Place {
                    row: row.number,
                    ..whole
                };
                Some(FormRow { place, source, cells })
            });
            if table.block.is_of_parts() {
                parts.extend(rows);
            } else {
                forms.extend(rows);
            }
        }
    }
}
