//! Rows into a file, one after the other, and who they are.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Looks, Workbook, Worksheet};

use super::sets::Format;

/// What a cell holds.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A whole number.
    Number(i32),
    /// A day.
    Date(NaiveDate),
}

impl Cell {
    /// Text.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The same behind what it is.
    pub(crate) fn after(&self, what: &str) -> Self {
        Self::Text(format!("{what}: {}", shown(self)))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }
}

enum Sheet<'a> {
    Csv(&'a mut csv::Writer<BufWriter<File>>),
    Xlsx { sheet: &'a mut Worksheet, date: Looks },
}

/// The rows of a file as they are written.
pub(crate) struct Rows<'a> {
    sheet: Sheet<'a>,
    written: u32,
    persons: Vec<Option<u32>>,
}

impl Rows<'_> {
    /// Writes a row about nobody.
    pub(crate) fn heading(&mut self, cells: &[Cell]) -> Result<(), String> {
        self.persons.push(None);
        self.put(cells).map_err(|error| error.to_string())
    }

    /// Writes a row about a person.
    pub(crate) fn row(&mut self, cells: &[Cell], person: u32) -> Result<(), String> {
        self.persons.push(Some(person));
        self.put(cells).map_err(|error| error.to_string())
    }

    fn put(&mut self, cells: &[Cell]) -> Result<(), Box<dyn std::error::Error>> {
        match &mut self.sheet {
            Sheet::Csv(writer) => writer.write_record(cells.iter().map(shown))?,
            Sheet::Xlsx { sheet, date } => {
                for (column, cell) in (0..).zip(cells) {
                    match cell {
                        Cell::Blank => continue,
                        Cell::Text(text) => sheet.write_string(self.written, column, text)?,
                        Cell::Number(number) => sheet.write_number(self.written, column, *number)?,
                        Cell::Date(day) => sheet.write_date_with_format(self.written, column, day, date)?,
                    };
                }
            }
        }
        self.written += 1;
        Ok(())
    }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) => day.format("%d.%m.%Y").to_string(),
    }
}

/// Writes a file with the rows that `fill` gives; returns who they are, row by row.
pub(crate) fn save(
    path: &Path,
    format: Format,
    fill: impl FnOnce(&mut Rows<'_>) -> Result<(), String>,
) -> Result<Vec<Option<u32>>, Box<dyn std::error::Error>> {
    let fill = |sheet: Sheet<'_>| {
        let mut rows = Rows {
            sheet,
            written: 0,
            persons: Vec::new(),
        };
        fill(&mut rows).map(|()| rows.persons)
    };
    match format {
        Format::Csv => {
            let mut text = BufWriter::new(File::create(path)?);
            text.write_all("\u{feff}".as_bytes())?;
            let mut writer = csv::WriterBuilder::new()
                .delimiter(b';')
                .flexible(true)
                .from_writer(text);
            let persons = fill(Sheet::Csv(&mut writer))?;
            writer.flush()?;
            Ok(persons)
        }
        Format::Xlsx => {
            let mut workbook = Workbook::new();
            // Not the clock: the same set is the same bytes.
            let created = ExcelDateTime::from_ymd(2026, 12, 31)?;
            workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
            let date = Looks::new().set_num_format("dd.mm.yyyy");
            let sheet = workbook.add_worksheet_with_low_memory()?;
            let persons = fill(Sheet::Xlsx { sheet, date })?;
            workbook.save(path)?;
            Ok(persons)
        }
    }
}
