//! A sheet of a private workbook: title, head row, rows, filters, print set-up.

use chrono::NaiveDate;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::report::height::lines;
use crate::report::labels::Labels;
use crate::report::view::clean;

const FONT: &str = "Calibri";
const INK: Color = Color::RGB(0x001F_4E79);
const GREY_TEXT: Color = Color::RGB(0x0059_5959);
const GREY_LINE: Color = Color::RGB(0x00BF_BFBF);
const HEAD_FILL: Color = Color::RGB(0x00D9_E6F2);
const ORANGE_FILL: Color = Color::RGB(0x00FC_E4D0);
const ORANGE_TEXT: Color = Color::RGB(0x0098_3D00);
const YELLOW_FILL: Color = Color::RGB(0x00FF_F8D6);

/// Rows that a sheet of Excel holds.
pub(super) const MOST_ROWS: usize = 1_048_576;
/// Characters that a cell of Excel holds.
const MOST_SIGNS: usize = 32_767;

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Text.
    Plain,
    /// Text that matters less.
    Quiet,
    /// A field that differs from its counterpart.
    Differing,
    /// A cell to fill in.
    Open,
    /// A cell to fill in with a day.
    OpenDay,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A text, never taken for a formula.
    Text(String),
    /// A whole number.
    Count(usize),
    /// A share, shown in per cent.
    Share(f64),
    /// A day.
    Day(NaiveDate),
    /// Nothing.
    Blank,
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Value::Blank
        } else {
            Value::Text(text)
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// A cell.
pub(super) type Cell = (Value, Style);

/// A sheet being written.
pub(super) struct Paper<'w> {
    pub(super) sheet: &'w mut Worksheet,
    widths: Vec<f64>,
    next: u32,
    head: u32,
}

impl<'w> Paper<'w> {
    /// A sheet with a title, a line under it and a head row that stays in sight, with `kept` columns at the left.
    pub(super) fn new(
        workbook: &'w mut Workbook,
        (name, title, subtitle): (&str, &str, &str),
        heads: &[(&str, f64)],
        kept: u16,
        labels: &Labels,
    ) -> Result<Self, XlsxError> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        sheet.write_string_with_format(0, 0, title, &titled(16.0).set_bold().set_font_color(INK))?;
        sheet.write_string_with_format(1, 0, subtitle, &titled(10.0).set_font_color(GREY_TEXT))?;
        let head = 3;
        let style = base().set_bold().set_font_color(INK).set_background_color(HEAD_FILL);
        for (column, (text, width)) in (0_u16..).zip(heads) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(head, column, *text, &style)?;
        }
        sheet
            .set_paper_size(9)
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
            .set_screen_gridlines(false)
            .set_footer(format!(
                "&L&8{}&R&8{}",
                title.replace('&', "&&"),
                labels.get("footer.page")
            ));
        sheet.set_freeze_panes(head + 1, kept)?;
        sheet.set_repeat_rows(head, head)?;
        let widths: Vec<f64> = heads.iter().map(|(_, width)| *width).collect();
        let tall = heads.iter().map(|(text, width)| lines(text, *width)).max().unwrap_or(1);
        sheet.set_row_height(head, tall as f64 * 13.5 + 5.0)?;
        Ok(Self {
            sheet,
            widths,
            next: head + 1,
            head,
        })
    }

    /// The row that comes next.
    pub(super) fn next_row(&self) -> u32 {
        self.next
    }

    /// Whether another row still fits.
    pub(super) fn has_room(&self) -> bool {
        (self.next as usize) < MOST_ROWS - 1
    }

    /// Appends a row, as high as its texts need, with a line under it where a block ends.
    pub(super) fn row(&mut self, cells: &[Cell], ends_block: bool) -> Result<(), XlsxError> {
        let mut tall = 1;
        for ((column, (value, style)), width) in (0_u16..).zip(cells).zip(&self.widths) {
            let format = styled(*style, value, ends_block);
            match value {
                Value::Text(text) => {
                    let text: String = clean_lines(text).chars().take(MOST_SIGNS).collect();
                    tall = tall.max(lines(&text, *width));
                    self.sheet.write_string_with_format(self.next, column, text, &format)?
                }
                Value::Count(count) => {
                    self.sheet
                        .write_number_with_format(self.next, column, *count as f64, &format)?
                }
                Value::Share(share) => {
                    let percent = (share * 1000.0).round() / 10.0;
                    self.sheet
                        .write_number_with_format(self.next, column, percent, &format)?
                }
                Value::Day(day) => self
                    .sheet
                    .write_datetime_with_format(self.next, column, *day, &format)?,
                Value::Blank => self.sheet.write_blank(self.next, column, &format)?,
            };
        }
        self.sheet
            .set_row_height(self.next, (tall as f64 * 13.5 + 4.0).min(409.0))?;
        self.next += 1;
        Ok(())
    }

    /// Sets filters over the rows written.
    pub(super) fn filter(&mut self) -> Result<(), XlsxError> {
        let last = u16::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1);
        if self.next > self.head + 1 {
            self.sheet.autofilter(self.head, 0, self.next - 1, last)?;
        }
        Ok(())
    }
}

/// Names what a workbook is and when its data end; the clock is never asked.
pub(super) fn describe(workbook: &mut Workbook, title: &str, created: NaiveDate) -> Result<(), XlsxError> {
    let created = ExcelDateTime::parse_from_str(&format!("{created}T00:00:00"))?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    Ok(())
}

/// A text on a line of its own in a sheet of words.
pub(super) fn say(sheet: &mut Worksheet, row: u32, text: &str, width: f64, heading: bool) -> Result<(), XlsxError> {
    let format = if heading {
        titled(16.0).set_bold().set_font_color(INK)
    } else {
        titled(11.0).set_text_wrap().set_align(FormatAlign::Top)
    };
    sheet.write_string_with_format(row, 0, text, &format)?;
    if !heading {
        sheet.set_row_height(row, lines(text, width * 10.0 / 11.0) as f64 * 15.0 + 6.0)?;
    }
    Ok(())
}

fn titled(points: f64) -> Format {
    Format::new().set_font_name(FONT).set_font_size(points)
}

fn base() -> Format {
    titled(10.0)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Hair)
        .set_border_bottom_color(GREY_LINE)
}

fn styled(style: Style, value: &Value, ends_block: bool) -> Format {
    let format = match style {
        Style::Plain => base(),
        Style::Quiet => base().set_font_color(GREY_TEXT),
        Style::Differing => base()
            .set_bold()
            .set_font_color(ORANGE_TEXT)
            .set_background_color(ORANGE_FILL),
        Style::Open | Style::OpenDay => base()
            .set_background_color(YELLOW_FILL)
            .set_border(FormatBorder::Thin)
            .set_border_color(GREY_LINE),
    };
    let format = if ends_block && !matches!(style, Style::Open | Style::OpenDay) {
        format
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(INK)
    } else {
        format
    };
    match (style, value) {
        (Style::OpenDay, _) | (_, Value::Day(_)) => format.set_num_format("dd.mm.yyyy").set_align(FormatAlign::Left),
        (_, Value::Share(_)) => format.set_num_format("0.0").set_align(FormatAlign::Center),
        (_, Value::Count(_)) => format.set_num_format("0").set_align(FormatAlign::Center),
        (_, Value::Text(_) | Value::Blank) => format,
    }
}

/// A text whose line ends are ours and whose other control characters are gone.
fn clean_lines(text: &str) -> String {
    let cleaned: Vec<String> = text.split('\n').map(clean).collect();
    cleaned.join("\n")
}
