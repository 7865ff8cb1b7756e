//! A report sheet as plain data: cells with values and style classes, row outlines, charts, print set-up.
//!
//! The same sheets are written to the workbook and compared with a published one, so a cell's address and
//! value are here and nowhere else.

mod across;
mod chart;

use chrono::NaiveDate;

pub use across::Across;
pub use chart::{CellRange, ChartKind, ChartModel, Series, Tone};

use super::height::lines;
use crate::ingest::records::column_letters;
use crate::project::model::Level;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing, only a style.
    Blank,
    /// A text; never taken for a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(NaiveDate),
    /// A formula with its result.
    Formula {
        /// Without the equals sign.
        formula: String,
        /// What it comes to; not a number where it shows a dash until a reader fills something in.
        result: f64,
    },
}

/// How a number is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NumberStyle {
    /// Decimals shown.
    pub decimals: u8,
    /// Whether a percent sign follows (51.1 means 51.1 %).
    pub percent: bool,
    /// Whether a negative number is shown without its sign, as on the left side of a pyramid.
    pub mirrored: bool,
}

/// Look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Name of the sheet or the project.
    Title,
    /// Line under the title.
    Subtitle,
    /// Heading of a part of the sheet.
    Heading,
    /// Left side of a title block.
    Key,
    /// Right side of a title block.
    KeyValue,
    /// Column head over text.
    Head,
    /// Column head over numbers.
    NumberHead,
    /// Column head over centred texts.
    MiddleHead,
    /// Row of a results level.
    Level(Level),
    /// Code or number of an indicator.
    Code,
    /// Text in a table.
    Text,
    /// Text in the middle of its column.
    Middle,
    /// Number in a table.
    Number,
    /// Number that matters most in its row.
    Strong,
    /// Text of a disaggregation.
    SubText,
    /// Number of a disaggregation.
    SubNumber,
    /// Text of a sum or result row.
    TotalText,
    /// Number of a sum or result row.
    TotalNumber,
    /// Status: on track.
    OnTrack,
    /// Status: better than due.
    Ahead,
    /// Status: worse than due.
    Behind,
    /// Status: target reached.
    Achieved,
    /// Fingerprint.
    Mono,
    /// Small text in a table.
    Small,
    /// Small text that explains.
    Note,
    /// Small text that warns.
    Alarm,
}

impl Look {
    /// Size of the type in points.
    pub fn points(self) -> f64 {
        match self {
            Look::Title => 16.0,
            Look::Subtitle => 11.0,
            Look::Heading => 12.0,
            Look::Note | Look::Small | Look::SubText | Look::SubNumber => 9.0,
            Look::Mono => 8.0,
            _ => 10.0,
        }
    }

    /// Whether long texts break into lines.
    pub fn wraps(self) -> bool {
        !matches!(self, Look::Title | Look::Subtitle | Look::Heading | Look::Key)
    }
}

/// A jump to a cell of this workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Sheet name.
    pub sheet: String,
    /// 0-based row.
    pub row: u32,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellModel {
    /// 0-based column.
    pub column: u16,
    /// How many columns it spans.
    pub span: u16,
    /// What it holds.
    pub content: Content,
    /// How it looks.
    pub look: Look,
    /// How a number in it is written.
    pub number: NumberStyle,
    /// Where a click leads.
    pub link: Option<Link>,
    /// The file that a click opens instead, relative to the workbook, with the place behind a `#`.
    pub opens: Option<String>,
    /// Whether it stands at the top of a high row instead of its middle.
    pub top: bool,
}

impl CellModel {
    /// A cell of one column.
    pub fn new(column: u16, content: Content, look: Look) -> Self {
        Self {
            column,
            span: 1,
            content,
            look,
            number: NumberStyle::default(),
            link: None,
            opens: None,
            top: false,
        }
    }

    /// A text.
    pub fn text(column: u16, text: impl Into<String>, look: Look) -> Self {
        let text = text.into();
        Self::new(
            column,
            if text.is_empty() {
                Content::Blank
            } else {
                Content::Text(text)
            },
            look,
        )
    }

    /// A whole number.
    pub fn count(column: u16, count: usize, look: Look) -> Self {
        Self::new(column, Content::Number(count as f64), look)
    }

    /// A formula with its result.
    pub fn formula(column: u16, formula: String, result: f64, look: Look) -> Self {
        Self::new(column, Content::Formula { formula, result }, look)
    }

    /// The same over several columns.
    #[must_use]
    pub fn over(mut self, span: u16) -> Self {
        self.span = span;
        self
    }

    /// The same with a number style.
    #[must_use]
    pub fn styled(mut self, number: NumberStyle) -> Self {
        self.number = number;
        self
    }

    /// The same at the top of its row.
    #[must_use]
    pub fn at_top(mut self) -> Self {
        self.top = true;
        self
    }

    /// The same with a link.
    #[must_use]
    pub fn linked(mut self, link: Option<Link>) -> Self {
        self.link = link;
        self
    }
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowModel {
    /// Cells in column order.
    pub cells: Vec<CellModel>,
    /// Outline level; rows of level 1 and more are folded away.
    pub outline: u8,
    /// Height in points; worked out from the texts where none is given.
    pub height: Option<f64>,
    /// Whether a page should end before this row.
    pub page_break: bool,
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetModel {
    /// Name on the tab.
    pub name: String,
    /// Column widths in characters.
    pub widths: Vec<f64>,
    /// Rows from the first on.
    pub rows: Vec<RowModel>,
    /// Rows and columns that stay in sight.
    pub frozen: Option<(u32, u16)>,
    /// First and last row repeated on every printed page.
    pub repeated: Option<(u32, u32)>,
    /// How it is spread over pages side by side; fitted to the width of one page where this is absent.
    pub across: Option<Across>,
    /// Charts.
    pub charts: Vec<ChartModel>,
}

impl SheetModel {
    /// An empty sheet.
    pub fn new(name: &str, widths: &[f64]) -> Self {
        Self {
            name: name.to_owned(),
            widths: widths.to_vec(),
            ..Self::default()
        }
    }

    /// Number of columns.
    pub fn columns(&self) -> u16 {
        u16::try_from(self.widths.len()).unwrap_or(u16::MAX)
    }

    /// Index of the row that comes next.
    pub fn next_row(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// Appends a row and gives its index.
    pub fn push(&mut self, cells: Vec<CellModel>) -> u32 {
        self.push_row(RowModel {
            cells,
            ..RowModel::default()
        })
    }

    /// Appends a row with its set-up and gives its index.
    pub fn push_row(&mut self, row: RowModel) -> u32 {
        let index = self.next_row();
        self.rows.push(row);
        index
    }

    /// Appends a text over all columns.
    pub fn line(&mut self, text: impl Into<String>, look: Look) -> u32 {
        let span = self.columns();
        self.push(vec![CellModel::text(0, text, look).over(span)])
    }

    /// Appends an empty row.
    pub fn gap(&mut self) {
        self.push_row(RowModel {
            height: Some(9.0),
            ..RowModel::default()
        });
    }

    /// Appends empty rows as high as a chart and gives the first.
    pub fn room(&mut self, pixels: u32) -> u32 {
        let first = self.next_row();
        // A row of 15 points is 20 pixels high; the chart begins a little below the first row's top.
        for _ in 0..(pixels + 8).div_ceil(20) {
            self.push_row(RowModel {
                height: Some(15.0),
                ..RowModel::default()
            });
        }
        first
    }

    /// Keeps the rows up to this one in sight and repeats them in print.
    pub fn freeze_below(&mut self, row: u32, columns: u16) {
        self.frozen = Some((row + 1, columns));
        self.repeated = Some((row, row));
    }

    /// Pages side by side that the sheet is printed on, so that its type stays large enough to read.
    pub fn pages_wide(&self) -> u16 {
        if self.across.is_some() {
            return 1;
        }
        let characters: f64 = self.widths.iter().sum();
        let pages = (characters / PAGE_CHARACTERS).ceil().clamp(1.0, 20.0);
        (1..=20)
            .take_while(|page| f64::from(*page) <= pages)
            .last()
            .unwrap_or(1)
    }

    /// Starts a new page before this row where the rows from it on would not fit on the page it stands on.
    pub fn keep_together(&mut self, first: u32) {
        let width: f64 = self.widths.iter().map(|width| (width * 7.0 + 5.0) * 0.75).sum();
        let page = PAGE.1 * (width / PAGE.0 / f64::from(self.pages_wide())).max(1.0) * 0.92;
        let height = |row: &RowModel| if row.outline == 0 { self.height(row) } else { 0.0 };
        let repeated: f64 = self.repeated.map_or(0.0, |(from, to)| {
            let rows = self.rows.iter().skip(from as usize).take((to - from + 1) as usize);
            rows.map(height).sum()
        });
        let (before, block) = self.rows.split_at((first as usize).min(self.rows.len()));
        let since = before.iter().rposition(|row| row.page_break).unwrap_or(0);
        // A row that does not fit on a page goes to the next one whole, under the repeated heads.
        let above =
            before[since..].iter().map(height).fold(
                0.0,
                |used, row| {
                    if used + row > page { repeated + row } else { used + row }
                },
            );
        let block_height: f64 = block.iter().map(height).sum();
        if above > 0.0 && block_height < page && above + block_height > page {
            self.rows[first as usize].page_break = true;
        }
    }

    /// A part of one column of this sheet.
    pub fn column_range(&self, column: u16, first_row: u32, last_row: u32) -> CellRange {
        CellRange {
            sheet: self.name.clone(),
            first_row,
            first_column: column,
            last_row,
            last_column: column,
        }
    }

    /// A part of one row of this sheet: `count` cells from a column on.
    pub fn row_range(&self, row: u32, first_column: u16, count: usize) -> CellRange {
        CellRange {
            sheet: self.name.clone(),
            first_row: row,
            first_column,
            last_row: row,
            last_column: first_column + u16::try_from(count).unwrap_or(1).saturating_sub(1),
        }
    }

    /// Every cell that holds something: address as a spreadsheet shows it, and content.
    pub fn cells(&self) -> impl Iterator<Item = (String, &Content)> {
        self.rows.iter().enumerate().flat_map(|(row, model)| {
            model
                .cells
                .iter()
                .filter(|cell| cell.content != Content::Blank)
                .map(move |cell| (address(row, cell.column), &cell.content))
        })
    }

    /// The height of a row in points: as given, or enough for its longest text.
    pub fn height(&self, row: &RowModel) -> f64 {
        row.height.unwrap_or_else(|| {
            row.cells
                .iter()
                .map(|cell| self.cell_height(cell))
                .fold(LEAST_HEIGHT, f64::max)
                .min(MAX_HEIGHT)
        })
    }

    fn cell_height(&self, cell: &CellModel) -> f64 {
        let line = cell.look.points() * 1.3;
        let Content::Text(text) = &cell.content else {
            return line + 3.0;
        };
        if !cell.look.wraps() {
            return line + 4.0;
        }
        let first = usize::from(cell.column);
        let width: f64 = self.widths.iter().skip(first).take(usize::from(cell.span)).sum();
        lines(text, width * 10.0 / cell.look.points()) as f64 * line + 4.0
    }
}

/// No row is higher in Excel.
const MAX_HEIGHT: f64 = 409.0;
const LEAST_HEIGHT: f64 = 16.5;
/// Points between the margins of a printed A4 page lying on its side.
const PAGE: (f64, f64) = (770.0, 505.0);
/// Characters over the width of a page before a table goes on to another.
const PAGE_CHARACTERS: f64 = 260.0;

/// Address of a cell as a spreadsheet shows it, from its 0-based row and column.
pub fn address(row: usize, column: u16) -> String {
    format!("{}{}", column_letters(column), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_get_high_rows_and_cells_know_their_address() {
        let mut sheet = SheetModel::new("A", &[10.0, 30.0]);
        sheet.push(vec![
            CellModel::text(0, "", Look::Text),
            CellModel::text(1, "слово ".repeat(20), Look::Text),
        ]);
        assert!(sheet.height(&sheet.rows[0]) > 50.0);
        let addresses: Vec<String> = sheet.cells().map(|(address, _)| address).collect();
        assert_eq!(addresses, ["B1"]);
    }
}
