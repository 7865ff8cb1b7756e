//! Sheets of cells → the bytes of an Excel workbook, the same bytes for the same definitions.

use chrono::NaiveDate;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::grid::{Grid, GridColumn, Offer, Width, Words};
use super::open::Cell;
use super::place::column_letters;
use super::plan::{COMMENT, LISTS};
use crate::message::{Message, Tongue, message};
use crate::project::catalogue::reference_sheets;

/// Dark blue of headings.
const INK: Color = Color::RGB(0x001F_4E79);
/// Heading of a column that every row needs.
const REQUIRED: Color = Color::RGB(0x0000_2A54);
const HELP_FILL: Color = Color::RGB(0x00EE_F3F8);
const HELP_TEXT: Color = Color::RGB(0x0059_5959);
const LINE: Color = Color::RGB(0x00BF_BFBF);
/// Rows below the headings that offer words.
const OFFERED_ROWS: u32 = 1000;
const YES_NO: [&str; 2] = ["yes", "no"];
/// Height of a line of explanation and of a line of text.
const HELP_LINE: f64 = 12.5;
const LINE_HEIGHT: f64 = 15.0;
/// How many letters of an explanation take the room of one letter of a value.
const SMALL: f64 = 1.2;
/// Most lines of a row that are shown without opening the cell.
const MOST_LINES: f64 = 12.0;
/// Sheets with more columns are too wide for one page.
const PAGE_COLUMNS: usize = 8;

/// The workbook of these sheets.
pub(super) fn workbook(grids: &[Grid], tongue: &dyn Tongue) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock: the same definitions give the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title("logframe")
            .set_creation_datetime(&created),
    );
    let mut lists = Lists {
        lists: Vec::new(),
        tongue,
    };
    for grid in grids {
        let worksheet = workbook.add_worksheet();
        draw(worksheet, grid, &mut lists)?;
    }
    lists.draw(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

fn draw(worksheet: &mut Worksheet, grid: &Grid, lists: &mut Lists<'_>) -> Result<(), XlsxError> {
    worksheet.set_name(&grid.name)?;
    worksheet.set_landscape().set_paper_size(9);
    if grid.columns.len() <= PAGE_COLUMNS {
        worksheet.set_print_fit_to_pages(1, 0);
    }
    let first_row = if grid.explained { 2 } else { 1 };
    for (at, column) in (0_u16..).zip(&grid.columns) {
        worksheet.set_column_width(at, wide(column))?;
        // Whatever is typed below stays text: a code 1.10 no number, a period 2026-03 no day.
        worksheet.set_column_format(at, &body(column.width))?;
        worksheet.write_string_with_format(0, at, &column.heading, &heading(column.required))?;
        if grid.explained {
            let mark = if at == 0 {
                format!("{COMMENT} {}", column.doc)
            } else {
                column.doc.clone()
            };
            worksheet.write_string_with_format(1, at, mark, &help())?;
        }
        if let Some(offer) = &column.offer {
            let validation = lists.validation(offer)?;
            worksheet.add_data_validation(first_row, at, OFFERED_ROWS, at, &validation)?;
        }
    }
    if grid.explained {
        worksheet.set_row_height(1, help_height(&grid.columns))?;
    }
    worksheet.set_freeze_panes(first_row, 1)?;
    worksheet.set_repeat_rows(0, 0)?;
    for (row, cells) in (first_row..).zip(&grid.rows) {
        worksheet.set_row_height(row, height(&grid.columns, cells))?;
        for ((at, column), cell) in (0_u16..).zip(&grid.columns).zip(cells) {
            if let Some(cell) = cell {
                write(worksheet, (row, at), column, cell)?;
            }
        }
    }
    for (row, column, offer) in &grid.offered {
        let validation = lists.validation(offer)?;
        let row = first_row.saturating_add(u32::try_from(*row).unwrap_or(OFFERED_ROWS));
        let column = u16::try_from(*column).unwrap_or(0);
        worksheet.add_data_validation(row, column, row, column, &validation)?;
    }
    let last = u16::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(0);
    worksheet.ignore_error_range(0, 0, OFFERED_ROWS, last, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

fn write(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    look: &GridColumn,
    cell: &Cell,
) -> Result<(), XlsxError> {
    let format = if look.heading.starts_with(COMMENT) {
        explanation()
    } else {
        body(look.width)
    };
    match cell {
        Cell::Number(number) => {
            worksheet.write_number_with_format(row, column, *number, &format.set_num_format("General"))?;
        }
        Cell::Day(day) => match day.parse::<NaiveDate>() {
            Ok(date) => {
                worksheet.write_date_with_format(row, column, date, &format.set_num_format("yyyy-mm-dd"))?;
            }
            Err(_) => {
                worksheet.write_string_with_format(row, column, day, &format)?;
            }
        },
        Cell::Text(_) | Cell::YesNo(_) | Cell::Error(_) | Cell::NoResult(_) => {
            worksheet.write_string_with_format(row, column, cell.shown(), &format)?;
        }
    }
    Ok(())
}

fn characters(width: Width) -> f64 {
    match width {
        Width::Narrow => 14.0,
        Width::Middle => 24.0,
        Width::Wide => 44.0,
    }
}

fn body(width: Width) -> Format {
    let format = Format::new().set_align(FormatAlign::Top).set_align(FormatAlign::Left);
    match width {
        Width::Narrow => format.set_num_format("@"),
        Width::Middle | Width::Wide => format.set_num_format("@").set_text_wrap(),
    }
}

fn heading(required: bool) -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(if required { REQUIRED } else { INK })
        .set_align(FormatAlign::Top)
        .set_text_wrap()
}

fn help() -> Format {
    explanation()
        .set_background_color(HELP_FILL)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(LINE)
}

fn explanation() -> Format {
    Format::new()
        .set_italic()
        .set_font_size(9)
        .set_font_color(HELP_TEXT)
        .set_align(FormatAlign::Top)
        .set_text_wrap()
}

/// Width of a column; a long explanation needs more than the values below it.
fn wide(column: &GridColumn) -> f64 {
    let width = match column.width {
        Width::Narrow if column.doc.chars().count() > 50 => Width::Middle,
        width => width,
    };
    characters(width)
}

/// Height of the row that explains the columns: the longest explanation is seen whole.
fn help_height(columns: &[GridColumn]) -> f64 {
    let lines = columns
        .iter()
        .map(|column| (column.doc.chars().count() as f64 + 2.0) / (wide(column) * SMALL) + 0.6);
    lines.fold(2.0, f64::max).ceil().min(MOST_LINES) * HELP_LINE
}

/// Height of a row; `LibreOffice` does not find it by itself.
fn height(columns: &[GridColumn], cells: &[Option<Cell>]) -> f64 {
    let lines = columns.iter().zip(cells).map(|(column, cell)| {
        let text = cell.as_ref().map(Cell::shown).unwrap_or_default();
        let letters = wide(column)
            * if column.heading.starts_with(COMMENT) {
                SMALL
            } else {
                0.9
            };
        let lines = text
            .lines()
            .map(|line| (line.chars().count() as f64 / letters).ceil().max(1.0));
        lines.sum::<f64>()
    });
    lines.fold(1.0, f64::max).min(MOST_LINES) * LINE_HEIGHT
}

/// The words of drop-downs, a pair of columns each on a sheet of their own: word, meaning.
struct Lists<'t> {
    lists: Vec<Vec<(String, String)>>,
    /// The language of the meanings.
    tongue: &'t dyn Tongue,
}

impl Lists<'_> {
    fn told(&self, message: &Message) -> String {
        message.told(self.tongue)
    }

    fn validation(&mut self, offer: &Offer) -> Result<DataValidation, XlsxError> {
        let validation = DataValidation::new();
        let validation = match &offer.from {
            Words::YesNo => validation.allow_list_strings(&YES_NO)?,
            Words::Codes(sheet) => {
                let range = format!("='{sheet}'!$A$3:$A${OFFERED_ROWS}");
                validation.allow_list_formula(Formula::new(range))
            }
            Words::Choices(choices) => {
                let words = choices
                    .iter()
                    .map(|choice| (choice.code.to_owned(), self.told(&Message::phrase(choice.doc))));
                validation.allow_list_formula(self.range(words.collect()))
            }
            Words::Catalogue => {
                let entries = reference_sheets().into_iter();
                let words = entries.map(|entry| {
                    (
                        entry.name.to_owned(),
                        entry.statement.get(&self.told(&message!("en"))).to_owned(),
                    )
                });
                validation.allow_list_formula(self.range(words.collect()))
            }
        };
        if !offer.closed {
            return Ok(validation.show_error_message(false));
        }
        validation
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title(self.told(&message!("Not one of the words")))?
            .set_error_message(self.told(&message!(
                "Choose one of the words in the list, or leave the cell blank."
            )))
    }

    /// The range where a list stands; each list once.
    fn range(&mut self, words: Vec<(String, String)>) -> Formula {
        let rows = words.len() + 1;
        let known = self.lists.iter().position(|list| *list == words);
        let at = known.unwrap_or_else(|| {
            self.lists.push(words);
            self.lists.len() - 1
        });
        let column = column_letters(u32::try_from(at * 2).unwrap_or(0));
        Formula::new(format!("={LISTS}!${column}$2:${column}${rows}"))
    }

    fn draw(&self, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
        worksheet.set_name(LISTS)?;
        for (column, list) in (0_u16..).step_by(2).zip(&self.lists) {
            worksheet.set_column_width(column, characters(Width::Middle))?;
            worksheet.set_column_width(column + 1, characters(Width::Wide))?;
            worksheet.write_string_with_format(0, column, self.told(&message!("word")), &heading(false))?;
            worksheet.write_string_with_format(
                0,
                column + 1,
                self.told(&message!("what it means")),
                &heading(false),
            )?;
            for (row, (word, meaning)) in (1_u32..).zip(list) {
                worksheet.write_string_with_format(row, column, word, &body(Width::Middle))?;
                worksheet.write_string_with_format(row, column + 1, meaning, &explanation())?;
            }
        }
        worksheet.set_freeze_panes(1, 0)?;
        Ok(())
    }
}
