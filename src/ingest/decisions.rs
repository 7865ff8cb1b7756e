//! Officers' decisions about pairs of mentions: a table that names two rows and says "same" or "different".

use std::collections::HashMap;

use super::findings::Kind;
use super::grid::{Grid, text_of};
use super::records::{Decision, FileId, Finding, MentionId, Place, Records, RowId};
use super::table::{Sheet, Workbook};
use super::vocabulary::{Role, Vocabulary};

/// Columns of a table of decisions.
#[derive(Debug, Default)]
struct Columns {
    file: Vec<u16>,
    sheet: Vec<u16>,
    row: Vec<u16>,
    verdict: Option<u16>,
    by: Option<u16>,
    date: Option<u16>,
    reason: Option<u16>,
}

/// Reads the decisions of one file into the records; what can't be found again is a finding.
pub(crate) fn read(file: FileId, workbook: &Workbook, lookup: &Lookup, records: &mut Records, vocabulary: &Vocabulary) {
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let whole = Place {
            file,
            sheet: u16::try_from(index).unwrap_or(u16::MAX),
            row: 0,
            column: None,
        };
        read_sheet(sheet, whole, lookup, records, vocabulary);
    }
}

fn read_sheet(sheet: &Sheet, whole: Place, lookup: &Lookup, records: &mut Records, vocabulary: &Vocabulary) {
    let grid = Grid::new(sheet);
    let mut header: Option<Columns> = None;
    for row in grid.rows().iter().map(|row| row.number) {
        let Some(columns) = &header else {
            header = Some(columns(&grid, row, vocabulary))
                .filter(|columns| columns.row.len() >= 2 && columns.verdict.is_some());
            continue;
        };
        let place = Place { row, ..whole };
        match decision(&grid, columns, place, lookup, records, vocabulary) {
            Some(Ok(decision)) => records.decisions.push(decision),
            Some(Err(args)) => records.findings.push(Finding {
                kind: Kind::DecisionLost,
                place: Some(place),
                others: Vec::new(),
                args: args.into_iter().collect(),
            }),
            None => {}
        }
    }
}

fn columns(grid: &Grid, row: u32, vocabulary: &Vocabulary) -> Columns {
    let mut columns = Columns::default();
    for (column, cell) in grid.cells(row) {
        let roles = vocabulary.header(&text_of(cell));
        let is = |role: Role| roles.contains(&role);
        if is(Role::DecisionFile) {
            columns.file.push(column);
        } else if is(Role::DecisionSheet) {
            columns.sheet.push(column);
        } else if is(Role::DecisionRow) {
            columns.row.push(column);
        } else if is(Role::DecisionVerdict) {
            columns.verdict = Some(column);
        } else if is(Role::DecisionBy) {
            columns.by = Some(column);
        } else if is(Role::DecisionDate) || is(Role::SessionDate) {
            columns.date = Some(column);
        } else if is(Role::DecisionReason) {
            columns.reason = Some(column);
        }
    }
    columns
}

/// One decision, or the arguments of the finding that it can't be used; `None` where nothing is decided yet.
fn decision(
    grid: &Grid,
    columns: &Columns,
    place: Place,
    lookup: &Lookup,
    records: &Records,
    vocabulary: &Vocabulary,
) -> Option<Result<Decision, Vec<(&'static str, String)>>> {
    let text = |column: Option<u16>| column.map(|column| grid.text(place.row, column)).unwrap_or_default();
    let same = vocabulary.verdict(&text(columns.verdict))?;
    let mention = |side: usize| {
        let at = |columns: &[u16]| text(columns.get(side).copied());
        let (file, sheet, row) = (at(&columns.file), at(&columns.sheet), at(&columns.row));
        lookup.mention(records, &file, &sheet, &row).ok_or_else(|| {
            let shown = [file, sheet, row]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" › ");
            vec![("target", shown)]
        })
    };
    Some(mention(0).and_then(|a| {
        Ok(Decision {
            a,
            b: mention(1)?,
            same,
            by: text(columns.by),
            date: text(columns.date),
            reason: text(columns.reason),
            place,
        })
    }))
}

/// Finds mentions again by the file, sheet and row that a person wrote down.
pub(crate) struct Lookup {
    /// Mention of a row.
    mentions: HashMap<(FileId, u16, u32), MentionId>,
}

impl Lookup {
    /// Over all mentions; rows that repeat another row lead to the mention of that one.
    pub(crate) fn new(records: &Records, repeats: &[(RowId, RowId)]) -> Self {
        let key = |place: Place| (place.file, place.sheet, place.row);
        let mut mentions = HashMap::new();
        for (index, mention) in records.mentions.iter().enumerate() {
            mentions.entry(key(mention.place)).or_insert_with(|| index.into());
        }
        for (copy, original) in repeats {
            let place = |row: &RowId| key(records.rows[row.index()].place);
            if let Some(mention) = mentions.get(&place(original)).copied() {
                mentions.insert(place(copy), mention);
            }
        }
        Self { mentions }
    }

    fn mention(&self, records: &Records, file: &str, sheet: &str, row: &str) -> Option<MentionId> {
        let row: u32 = row.trim().parse().ok()?;
        let file = find_file(records, file)?;
        let sheets = &records.files[file.index()].sheets;
        let sheet = match sheets.iter().position(|name| name.trim() == sheet.trim()) {
            Some(found) => found,
            None if sheet.trim().is_empty() && sheets.len() == 1 => 0,
            None => return None,
        };
        self.mentions.get(&(file, u16::try_from(sheet).ok()?, row)).copied()
    }
}

/// The one file whose path ends with what is written, folder by folder.
fn find_file(records: &Records, written: &str) -> Option<FileId> {
    use unicode_normalization::UnicodeNormalization as _;
    let written: String = written.trim().replace('\\', "/").nfc().collect();
    let ending = format!("/{}", written.trim_start_matches("./").trim_start_matches('/'));
    let mut hits = records
        .files
        .iter()
        .enumerate()
        .filter(|(_, file)| format!("/{}", file.path).ends_with(&ending));
    let first = hits.next().map(|(index, _)| index.into());
    if written.is_empty() || hits.next().is_some() {
        None
    } else {
        first
    }
}

#[cfg(test)]
mod tests;
