//! Raw cells, read anew: workbooks by the reader crate alone, text files by theirs.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, Sheets, open_workbook_auto_from_rs};
use tallyframe::ingest::records::{Place, Records};

/// The cells of a sheet by 1-based row and 0-based column.
type Cells = BTreeMap<(u32, u16), String>;

/// The raw files of a project, each read when it is first looked at.
pub(crate) struct Raw<'a> {
    root: PathBuf,
    records: &'a Records,
    read: BTreeMap<(u32, u16), Cells>,
}

impl<'a> Raw<'a> {
    pub(crate) fn new(root: &Path, records: &'a Records) -> Self {
        Self {
            root: root.to_owned(),
            records,
            read: BTreeMap::new(),
        }
    }

    fn sheet(&mut self, place: Place) -> &Cells {
        let (root, records) = (&self.root, self.records);
        self.read.entry((place.file.0, place.sheet)).or_insert_with(|| {
            let file = &records.files[place.file.index()];
            let bytes = fs::read(root.join(&file.path)).expect("a raw file");
            let name = file.sheets.get(usize::from(place.sheet)).map_or("", String::as_str);
            if name.is_empty() {
                of_text(&bytes)
            } else {
                of_workbook(&bytes, name)
            }
        })
    }

    /// What a cell holds.
    pub(crate) fn cell(&mut self, place: Place) -> String {
        let Some(column) = place.column else {
            return self.line(place).join(" ");
        };
        self.sheet(place).get(&(place.row, column)).cloned().unwrap_or_default()
    }

    /// What the cells of a row hold, empty ones left out.
    pub(crate) fn line(&mut self, place: Place) -> Vec<String> {
        let cells = self.sheet(place).range((place.row, 0)..=(place.row, u16::MAX));
        cells
            .map(|(_, text)| text.clone())
            .filter(|text| !text.trim().is_empty())
            .collect()
    }

    /// Whether the sheet reaches as far as a row.
    pub(crate) fn exists(&mut self, place: Place) -> bool {
        self.sheet(place)
            .keys()
            .next_back()
            .is_some_and(|(last, _)| *last >= place.row)
    }
}

fn of_workbook(bytes: &[u8], name: &str) -> Cells {
    let mut book: Sheets<_> = open_workbook_auto_from_rs(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let same = |known: &&String| known.trim() == name.trim();
    let own = names
        .iter()
        .find(same)
        .unwrap_or_else(|| panic!("{name} among {names:?}"))
        .clone();
    let range = book.worksheet_range(&own).expect("a sheet");
    let (top, left) = range.start().unwrap_or_default();
    let cells = range.used_cells().map(|(row, column, cell)| {
        let number = |place: usize| u32::try_from(place).expect("within a sheet");
        let column = u16::try_from(left + number(column)).expect("within a sheet");
        ((top + number(row) + 1, column), shown(cell))
    });
    cells.collect()
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        other => other.to_string(),
    }
}

fn of_text(bytes: &[u8]) -> Cells {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::WINDOWS_1251.decode(bytes).0.into_owned(),
    };
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let delimiter = [';', ',', '\t']
        .into_iter()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(text.as_bytes());
    let mut cells = Cells::new();
    for (row, record) in (1..).zip(reader.records()) {
        let record = record.expect("a line");
        for (column, cell) in (0..).zip(record.iter()) {
            cells.insert((row, column), cell.to_owned());
        }
    }
    cells
}
