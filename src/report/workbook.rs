//! Sheet models → the bytes of an Excel workbook, the same bytes for the same sheets.

mod chart;
mod looks;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, IgnoreError, Url, Workbook, Worksheet, XlsxError};

use super::Report;
use super::labels::Labels;
use super::sheet::{CellModel, Content, RowModel, SheetModel};
use super::view::clean;
use crate::progress::{METER, Stage};
use chart::draw;
use looks::format_of;

/// What a workbook says about itself, and how its language writes numbers and days.
#[derive(Debug, Clone)]
pub struct Properties {
    /// Title.
    pub title: String,
    /// Subject: the period.
    pub subject: String,
    /// Who reports.
    pub company: String,
    /// Date of the workbook; never the clock.
    pub created: NaiveDate,
    /// Text at the foot of every page, beside the page number.
    pub footer: String,
    /// Page number line with Excel's `&P` and `&N`.
    pub page: String,
    /// Prefix of number formats that carries the language.
    pub locale: String,
    /// Format of days.
    pub date_format: String,
}

impl Properties {
    /// The properties of a report's workbook.
    pub fn of(report: &Report) -> Self {
        let labels = Labels::load(report.lang);
        let period = report.figures.periods.get(report.figures.span);
        let name = clean(report.project.name.get(report.lang));
        let period = period.map_or_else(String::new, |period| labels.period(period));
        Self {
            title: format!("{name}. {}", labels.get("summary.report")),
            company: clean(report.project.organisation.get(report.lang)),
            created: report.as_of,
            footer: format!("{name} · {period}"),
            subject: period,
            page: labels.get("footer.page").to_owned(),
            locale: labels.get("language.excel_locale").to_owned(),
            date_format: labels.get("language.excel_date").to_owned(),
        }
    }
}

/// The workbook of these sheets.
pub fn workbook(sheets: &[SheetModel], properties: &Properties) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::parse_from_str(&format!("{}T00:00:00", properties.created))?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(short(&properties.title, 255))
            .set_subject(short(&properties.subject, 255))
            .set_author(short(&properties.company, 255))
            .set_company(short(&properties.company, 255))
            .set_creation_datetime(&created),
    );
    METER.begin(Stage::Writing, sheets.len());
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        write_sheet(worksheet, sheet, properties)?;
        METER.add(1);
    }
    workbook.save_to_buffer()
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &SheetModel, properties: &Properties) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    set_up_page(worksheet, sheet, properties)?;
    for (column, width) in (0..).zip(&sheet.widths) {
        worksheet.set_column_width(column, *width)?;
    }
    for (row, model) in (0..).zip(&sheet.rows) {
        worksheet.set_row_height(row, sheet.height(model))?;
        for cell in &model.cells {
            write_cell(worksheet, row, cell, properties)?;
        }
    }
    fold(worksheet, &sheet.rows)?;
    for chart in &sheet.charts {
        worksheet.insert_chart_with_offset(
            chart.row,
            chart.column,
            &draw(chart, &properties.locale),
            chart.offset,
            6,
        )?;
    }
    Ok(())
}

fn set_up_page(worksheet: &mut Worksheet, sheet: &SheetModel, properties: &Properties) -> Result<(), XlsxError> {
    worksheet
        .set_paper_size(9)
        .set_landscape()
        .set_margins(0.5, 0.5, 0.55, 0.7, 0.3, 0.3)
        .set_screen_gridlines(false)
        .group_symbols_above(true)
        .set_footer(format!(
            "&L&8{}&R&8{}",
            short(&properties.footer, 160).replace('&', "&&"),
            properties.page
        ));
    set_across(worksheet, sheet)?;
    if let Some((rows, columns)) = sheet.frozen {
        worksheet.set_freeze_panes(rows, columns)?;
        if columns > 0 && sheet.pages_wide() > 1 {
            worksheet.set_repeat_columns(0, columns - 1)?;
        }
    }
    if let Some((first, last)) = sheet.repeated {
        worksheet.set_repeat_rows(first, last)?;
    }
    if let (Some(last_row), Some(last_column)) = (sheet.next_row().checked_sub(1), sheet.columns().checked_sub(1)) {
        worksheet.set_print_area(0, 0, last_row, last_column)?;
        // Indicator codes such as 1.1 are texts; Excel marks them as doubtful otherwise.
        worksheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    }
    let breaks: Vec<u32> = (0..)
        .zip(&sheet.rows)
        .filter(|(_, row)| row.page_break)
        .map(|(index, _)| index)
        .collect();
    if !breaks.is_empty() {
        worksheet.set_page_breaks(&breaks)?;
    }
    Ok(())
}

/// Fits a sheet to one page's width, or spreads it over several.
fn set_across(worksheet: &mut Worksheet, sheet: &SheetModel) -> Result<(), XlsxError> {
    let Some(across) = &sheet.across else {
        worksheet.set_print_fit_to_pages(sheet.pages_wide(), 0);
        return Ok(());
    };
    let breaks: Vec<u32> = across.breaks.iter().map(|column| u32::from(*column)).collect();
    worksheet.set_print_scale(across.scale);
    worksheet.set_vertical_page_breaks(&breaks)?;
    if let Some(last) = across.repeated.checked_sub(1) {
        worksheet.set_repeat_columns(0, last)?;
    }
    Ok(())
}

fn write_cell(worksheet: &mut Worksheet, row: u32, cell: &CellModel, properties: &Properties) -> Result<(), XlsxError> {
    let format = format_of(cell, properties);
    let column = cell.column;
    if cell.span > 1 {
        worksheet.merge_range(row, column, row, column + cell.span - 1, "", &format)?;
    }
    match &cell.content {
        Content::Text(text) if cell.opens.is_some() => {
            let target = format!("file:///{}", cell.opens.as_deref().unwrap_or_default());
            let url = Url::new(target).set_text(short(text, 32_767));
            // A way too long for Excel is no reason to lose the row.
            match worksheet.write_url_with_format(row, column, url, &format) {
                Err(XlsxError::MaxUrlLengthExceeded) => {
                    worksheet.write_string_with_format(row, column, short(text, 32_767), &format)?
                }
                written => written?,
            }
        }
        Content::Text(text) => match &cell.link {
            Some(link) => {
                let target = format!("internal:'{}'!A{}", link.sheet.replace('\'', "''"), link.row + 1);
                worksheet.write_url_with_format(row, column, Url::new(target).set_text(short(text, 255)), &format)?
            }
            None => worksheet.write_string_with_format(row, column, short(text, 32_767), &format)?,
        },
        Content::Number(number) if number.is_finite() => {
            worksheet.write_number_with_format(row, column, *number, &format)?
        }
        Content::Blank | Content::Number(_) => worksheet.write_blank(row, column, &format)?,
        Content::Date(date) => worksheet.write_datetime_with_format(row, column, *date, &format)?,
        Content::Formula { formula, result } => {
            // A result that only comes when a reader fills something in is a dash until then.
            let result = if result.is_nan() {
                "—".to_owned()
            } else {
                result.to_string()
            };
            let formula = Formula::new(formula).set_result(result);
            worksheet.write_formula_with_format(row, column, formula, &format)?
        }
    };
    Ok(())
}

/// Folds runs of outline rows under the row above them.
fn fold(worksheet: &mut Worksheet, rows: &[RowModel]) -> Result<(), XlsxError> {
    let mut first = None;
    for (row, outline) in (0..).zip(rows.iter().map(|row| row.outline).chain([0])) {
        match (first, outline) {
            (None, 1..) => first = Some(row),
            (Some(start), 0) => {
                worksheet.group_rows_collapsed(start, row - 1)?;
                first = None;
            }
            (None, 0) | (Some(_), 1..) => {}
        }
    }
    Ok(())
}

/// A text of at most `limit` characters.
fn short(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests;
