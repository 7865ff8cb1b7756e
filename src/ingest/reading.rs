//! One file → what it holds, before anything is put together across files. Files are read side by side.

mod headless;
mod joined;
mod skipped;
mod totals;
mod turned;

use std::collections::BTreeSet;

use super::attended;
use super::came;
use super::chosen;
use super::dates::{self, NamedMonths};
use super::files::sheet_named;
use super::findings::Kind;
use super::grid::{self, Grid, text_of};
use super::guests;
use super::layout::{self, Block, COUNTS, PERSON, Purpose, SheetReading};
use super::legend::{self, Legend};
use super::marks::Alphabet;
use super::noted::Noted;
use super::persons;
use super::plan::{self, Plan};
use super::print::{self, Print};
use super::records::Reason;
use super::repeats::{self, Content};
use super::rows::{self, RawRow};
use super::seen::{self, Shape};
use super::table::{Cell, Sheet, Workbook};
use super::unread;
use super::vocabulary::Vocabulary;
use super::when::DateContext;
use super::{joint, repeated};
use crate::project::model::{Layout, Source};
use chrono::NaiveDate;
use totals::{list_totals, present, register_totals, running_numbers};

/// What reading needs to know beside the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Sources that name the file, with their indices; the first that wants a sheet has it.
    pub(crate) sources: &'a [(usize, &'a Source)],
    /// First and last day of the project, where there is one.
    pub(crate) project: Option<(NaiveDate, NaiveDate)>,
    /// What the tables are read for.
    pub(crate) purpose: Purpose,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct FileReading {
    /// What the content is.
    pub(crate) format: String,
    /// Fingerprint of what it says.
    pub(crate) print: Print,
    /// Whether the extension says something else.
    pub(crate) misnamed: bool,
    /// Encoding of a text file.
    pub(crate) encoding: Option<String>,
    /// Field separator of a text file.
    pub(crate) separator: Option<char>,
    /// Sheets in workbook order.
    pub(crate) sheets: Vec<SheetPart>,
    /// Sheets that definitions name and the workbook does not have: source and name.
    pub(crate) missing_sheets: Vec<(usize, String)>,
}

/// One sheet.
#[derive(Debug)]
pub(crate) struct SheetPart {
    /// Name.
    pub(crate) name: String,
    /// Index of the source that reads it.
    pub(crate) source: Option<usize>,
    /// Number of hidden rows that hold anything.
    pub(crate) hidden_rows: usize,
    /// Rows outside the tables, with the reason.
    pub(crate) aside: Vec<(u32, Reason)>,
    /// Columns that the definition names and no table of the sheet has.
    pub(crate) missing_columns: Vec<String>,
    /// What reading the sheet noted.
    pub(crate) noted: Vec<Noted>,
    /// What the first row says of a sheet without a table.
    pub(crate) seen: Vec<String>,
    /// What the sheet is.
    pub(crate) content: SheetContent,
}

/// What a sheet is.
#[derive(Debug)]
pub(crate) enum SheetContent {
    /// Nothing stands on it.
    Empty,
    /// Hidden, and no source names it.
    Hidden,
    /// No source wants it.
    NotNamed,
    /// Somebody's sums.
    Summary,
    /// It holds something, but no table that could be recognised.
    NoTable,
    /// Its tables.
    Tables(Vec<Table>),
}

/// A table with its rows.
#[derive(Debug)]
pub(crate) struct Table {
    /// Where it is and what its columns are.
    pub(crate) block: Block,
    /// Its rows.
    pub(crate) rows: Vec<RawRow>,
    /// What its rows say, as fingerprints; empty where nobody asks whether rows repeat.
    pub(crate) contents: Vec<Option<Content>>,
    /// Presence marks of each session column.
    pub(crate) present: Vec<usize>,
    /// Whether the rows of a day have an hour each, as services given to one person after another have.
    pub(crate) single_hours: bool,
    /// Somebody's sums that do not agree with the rows.
    pub(crate) differing: Vec<DifferingTotal>,
    /// What reading the rows noted.
    pub(crate) noted: Vec<Noted>,
    /// How it is laid out, to be compared with what a project remembers.
    pub(crate) shape: Shape,
    /// First and last running number of its rows, where they have any.
    pub(crate) numbers: Option<(u32, u32)>,
    /// Where names and days stand in the sheet, for a register that was turned to be read: its rows are the sheet's
    /// columns.
    pub(crate) turned: Option<Turned>,
}

/// The rows of a register with days down the side, as the sheet has them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Turned {
    /// Row of the names, 1-based.
    pub(crate) names: u32,
    /// Rows of the days.
    pub(crate) days: Vec<u32>,
}

impl Table {
    /// Row and column of a place in the table as it was read, turned or not.
    pub(crate) fn as_read(&self, row: u32, column: Option<u16>) -> (u32, Option<u16>) {
        match &self.turned {
            None => (row, column),
            Some(turned) => (
                column.map_or(turned.names, |column| u32::from(column) + 1),
                u16::try_from(row.saturating_sub(1)).ok(),
            ),
        }
    }

    /// Whether another table stands beside this one, under the same row of headings.
    pub(crate) fn stands_beside(&self, other: &Table) -> bool {
        let beside = |table: &Table| table.block.window.map(|_| table.block.header_top);
        beside(self).is_some() && beside(self) == beside(other)
    }
}

/// A written sum that does not agree with the marks or rows it sums.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DifferingTotal {
    /// 1-based row.
    pub(crate) row: u32,
    /// 0-based column.
    pub(crate) column: u16,
    /// As written.
    pub(crate) written: f64,
    /// As counted.
    pub(crate) counted: usize,
}

/// Reads the sheets of a workbook; `shown` is the file's path, whose name may hold dates.
pub(crate) fn read_sheets(workbook: Workbook, shown: &str, wanted: Wanted, vocabulary: &Vocabulary) -> FileReading {
    let stem = shown.rsplit('/').next().unwrap_or(shown);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let of_file = dates::find_in_text(stem);
    let legends = legend::of_sheets(&workbook.sheets, vocabulary);
    let plans = plan::of_sheets(&workbook.sheets, vocabulary);
    let called: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let sheets = workbook.sheets.iter().zip(legends.iter().zip(&plans));
    FileReading {
        sheets: sheets
            .map(|(sheet, said)| {
                let months = NamedMonths::of(&sheet.name, &called, shown);
                read_sheet(sheet, said, (&of_file, months), wanted, vocabulary)
            })
            .collect(),
        missing_sheets: missing_sheets(&workbook.sheets, wanted),
        print: print::print(&workbook),
        format: workbook.format,
        misnamed: workbook.misnamed,
        encoding: workbook.encoding,
        separator: workbook.separator,
    }
}

fn missing_sheets(sheets: &[Sheet], wanted: Wanted) -> Vec<(usize, String)> {
    let mut missing = Vec::new();
    for (index, source) in wanted.sources {
        for name in &source.sheets {
            if !sheets
                .iter()
                .any(|sheet| sheet_named(std::slice::from_ref(name), &sheet.name))
            {
                missing.push((*index, name.clone()));
            }
        }
    }
    missing
}

fn read_sheet(
    sheet: &Sheet,
    (legend, plan): (&Legend, &Plan),
    (of_file, named_months): (&[dates::DateReading], NamedMonths),
    wanted: Wanted,
    vocabulary: &Vocabulary,
) -> SheetPart {
    let named = naming(sheet, wanted);
    let open = || wanted.sources.iter().find(|(_, source)| source.sheets.is_empty());
    let mut part = SheetPart {
        name: sheet.name.clone(),
        source: named.or_else(open).map(|(index, _)| *index),
        hidden_rows: 0,
        aside: Vec::new(),
        missing_columns: Vec::new(),
        noted: Vec::new(),
        seen: Vec::new(),
        content: SheetContent::Empty,
    };
    let filled = filled_rows(sheet);
    let chosen = named.or_else(open).map(|(_, source)| *source);
    let known = (named.is_some(), chosen.is_some());
    if let Some(skipped) = skipped::of_sheet(sheet, filled.is_empty(), known, wanted, vocabulary) {
        part.content = skipped.content;
        part.noted.extend(skipped.noted);
        let aside = skipped
            .reason
            .map(|reason| filled.iter().map(move |row| (*row, reason)));
        part.aside = aside.into_iter().flatten().collect();
        return part;
    }
    let Some(source) = chosen else { return part };
    let context = DateContext {
        sheet: dates::find_in_text(&sheet.name),
        file: of_file.to_vec(),
        named: named_months,
        plan: plan.clone(),
        year: source.year,
        order: source.date_order,
        project: wanted.project,
    };
    let reader = Reader {
        context,
        legend,
        named: named.is_some(),
        purpose: wanted.purpose,
        vocabulary,
    };
    let joined = joined::dates(sheet, wanted.project, vocabulary).filter(|_| wanted.purpose == Purpose::Project);
    reader.tables(joined.as_ref().unwrap_or(sheet), source, &mut part);
    if wanted.purpose == Purpose::Project {
        fingerprint(&mut part, source);
    }
    account_for_all(&filled, sheet, &mut part);
    unread::note(sheet, &mut part);
    part
}

/// The source that names a sheet, with its index.
fn naming<'a>(sheet: &Sheet, wanted: Wanted<'a>) -> Option<&'a (usize, &'a Source)> {
    // The one sheet of a text file has no name that a caller could give.
    let nameless = wanted.purpose == Purpose::People && sheet.name.is_empty();
    wanted
        .sources
        .iter()
        .find(|(_, source)| sheet_named(&source.sheets, &sheet.name) || (nameless && !source.sheets.is_empty()))
}

/// Rows that hold anything.
fn filled_rows(sheet: &Sheet) -> Vec<u32> {
    let filled = sheet
        .rows
        .iter()
        .filter(|row| row.cells.iter().any(|(_, cell)| !is_blank(cell)));
    filled.map(|row| row.number).collect()
}

fn is_blank(cell: &Cell) -> bool {
    grid::is_blank(cell) && !matches!(cell, Cell::FormulaWithoutResult(_))
}

/// Makes the fingerprints by which rows are found to repeat.
fn fingerprint(part: &mut SheetPart, source: &Source) {
    if let SheetContent::Tables(tables) = &mut part.content {
        for table in tables {
            table.contents = repeats::contents(&table.block, &table.rows, &source.activity);
        }
    }
}

/// How the tables of one sheet are read.
struct Reader<'a> {
    context: DateContext,
    /// What the workbook says about its marks.
    legend: &'a Legend,
    /// Whether a source names the sheet.
    named: bool,
    purpose: Purpose,
    vocabulary: &'a Vocabulary,
}

impl Reader<'_> {
    fn tables(&self, sheet: &Sheet, source: &Source, part: &mut SheetPart) {
        let grid = Grid::new(sheet);
        let reading = layout::read(self.purpose, &grid, source, &self.context, self.vocabulary);
        let nobody = self.purpose == Purpose::People && !reading.blocks.iter().any(persons::names_somebody);
        if nobody && let Some(plan) = persons::plan(sheet, source, self.vocabulary) {
            let grid = Grid::new(&plan.sheet);
            let again = layout::read(self.purpose, &grid, &plan.source, &self.context, self.vocabulary);
            if again.blocks.iter().any(persons::names_somebody) {
                return self.take(&plan.sheet, &grid, &plan.source, again, part);
            }
        }
        let somebody = |block: &Block| block.has(PERSON) || block.has(COUNTS);
        // The marks of people across add up to a total as heads do.
        let by_words = |block: &Block| {
            let mut columns = block.columns.iter().filter(|column| !column.by_content);
            block.has(PERSON) || columns.any(|column| column.role.is_some_and(|role| COUNTS.contains(&role)))
        };
        if self.purpose == Purpose::Project
            && !reading.blocks.iter().any(by_words)
            && let Some(turn) = layout::turn(&grid, self.vocabulary)
            && self.take_turned(&grid, &turn, source, part)
        {
            return;
        }
        if self.purpose == Purpose::Project
            && !reading.blocks.iter().any(somebody)
            && let Some(told) = layout::told(&grid, source, &reading, self.vocabulary)
            && self.take_told(&grid, &told, part)
        {
            return;
        }
        self.take(sheet, &grid, source, reading, part);
    }

    fn take(&self, sheet: &Sheet, grid: &Grid, source: &Source, mut reading: SheetReading, part: &mut SheetPart) {
        let summary = !self.named && is_summary(grid, sheet, &reading.blocks, self.vocabulary);
        if self.purpose == Purpose::People {
            part.seen = persons::first_row(sheet);
            reading.blocks.retain(persons::names_somebody);
        }
        if summary {
            part.aside = grid
                .rows()
                .iter()
                .map(|row| (row.number, Reason::SummarySheet))
                .collect();
            part.content = SheetContent::Summary;
        } else if reading.blocks.is_empty() {
            part.aside = reading.aside;
            part.content = SheetContent::NoTable;
        } else {
            part.aside = reading.aside;
            part.missing_columns = layout::missing_columns(source, &reading.blocks);
            let unnamed = reading
                .blocks
                .iter()
                .filter_map(|block| nobody_named(grid, block, &part.aside));
            part.noted.extend(unnamed);
            let blocks = reading.blocks.into_iter();
            part.content = SheetContent::Tables(
                blocks
                    .map(|block| {
                        let part = block.window.map(|window| Grid::within(sheet, window));
                        let grid = part.as_ref().unwrap_or(grid);
                        let mut table = self.table(grid, block, source, &self.context);
                        if self.purpose == Purpose::Project {
                            attended::days(grid, source, &self.context, self.vocabulary, &mut table);
                            chosen::sessions(source, &self.context, &mut table);
                        }
                        came::settle(grid, source, self.vocabulary, &mut table);
                        if self.purpose == Purpose::Project {
                            came::staff::by_role(grid, source, self.vocabulary, &mut table);
                            repeated::people(grid, source, self.vocabulary, &mut table);
                            joint::part(&mut table);
                        }
                        table
                    })
                    .collect(),
            );
        }
    }

    fn table(&self, grid: &Grid, block: Block, source: &Source, context: &DateContext) -> Table {
        let alphabet = Alphabet::of(grid, &block, source, self.legend, self.vocabulary);
        let (mut rows, mut noted, runs) = rows::read(grid, &block, source, context, &alphabet, self.vocabulary);
        noted.extend(dates::column::doubts(grid, &block, context, &mut rows, &runs));
        noted.extend(alphabet.noted);
        noted.extend(guests::add(grid, &block, source, &mut rows));
        let present = present(&block, &rows);
        let shape = seen::shape(grid, &block, &rows, source, self.vocabulary);
        let differing = match block.layout {
            Layout::Register => register_totals(grid, &block, &rows, &present),
            Layout::List => list_totals(grid, &block, rows.len(), self.vocabulary),
            Layout::EventLog | Layout::Registry => Vec::new(),
        };
        let numbers = running_numbers(grid, &block);
        Table {
            block,
            rows,
            contents: Vec::new(),
            present,
            single_hours: false,
            differing,
            noted,
            shape,
            numbers,
            turned: None,
        }
    }
}

/// The finding of a table of people whose headings name none, though its rows hold more than their numbers.
fn nobody_named(grid: &Grid, block: &Block, aside: &[(u32, Reason)]) -> Option<Noted> {
    let counts = block.layout == Layout::EventLog || block.is_of_forms();
    if counts || !block.rows.is_empty() || block.has(block.person_roles()) {
        return None;
    }
    let filled = |(row, reason): &&(u32, Reason)| {
        *reason == Reason::NoPerson && *row > block.header_bottom && grid.cells(*row).count() > 1
    };
    let rows = aside.iter().filter(filled).count();
    (rows > 0).then(|| Noted::at(Kind::NobodyNamed, block.header_top, None).with("rows", rows))
}

/// A sheet called a summary, or a table called one that names nobody.
fn is_summary(grid: &Grid, sheet: &Sheet, blocks: &[Block], vocabulary: &Vocabulary) -> bool {
    let people = blocks.iter().any(|block| block.has(block.person_roles()));
    let title = grid
        .rows()
        .first()
        .and_then(|row| grid.cells(row.number).next())
        .map(|(_, cell)| text_of(cell));
    vocabulary.is_summary(&sheet.name) || (!people && title.is_some_and(|title| vocabulary.is_summary(&title)))
}

/// Gives a reason to every filled row that is neither data nor set aside yet, so that the balance closes.
fn account_for_all(filled: &[u32], sheet: &Sheet, part: &mut SheetPart) {
    if let SheetContent::Tables(tables) = &part.content {
        // Beside a row that one of two tables sets aside the other may have somebody.
        let beside = tables.iter().filter(|table| table.block.window.is_some());
        let data: BTreeSet<u32> = beside
            .flat_map(|table| table.rows.iter().map(|row| row.number))
            .collect();
        part.aside.retain(|(row, _)| !data.contains(row));
    }
    let mut known: Vec<u32> = part.aside.iter().map(|(row, _)| *row).collect();
    if let SheetContent::Tables(tables) = &part.content {
        for table in tables {
            match &table.turned {
                Some(turned) => known.extend(turned.days.iter().chain([&turned.names])),
                None => known.extend(table.rows.iter().map(|row| row.number)),
            }
        }
    }
    known.sort_unstable();
    let missing: Vec<u32> = filled
        .iter()
        .copied()
        .filter(|row| known.binary_search(row).is_err())
        .collect();
    for row in missing {
        let hidden = sheet.hidden_rows.binary_search(&row).is_ok();
        part.hidden_rows += usize::from(hidden);
        let struck = sheet.struck_rows.binary_search(&row).is_ok();
        let reason = match (hidden, struck) {
            (true, _) => Reason::HiddenRow,
            (false, true) => Reason::Struck,
            (false, false) => Reason::NotUnderstood,
        };
        part.aside.push((row, reason));
    }
    part.aside.retain(|(row, _)| filled.binary_search(row).is_ok());
    part.aside.sort_unstable();
    part.aside.dedup_by_key(|(row, _)| *row);
}
