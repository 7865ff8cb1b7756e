//! Sheet models → the bytes of an Excel workbook, the same bytes for the same sheets.

use chrono::NaiveDate;
use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartLineDashType, ChartSolidFill, ChartType, Color, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, IgnoreError, Url, Workbook, Worksheet, XlsxError,
};

use super::Report;
use super::labels::Labels;
use super::sheet::{CellModel, ChartKind, ChartModel, Content, Look, RowModel, Series, SheetModel, Tone};
use super::view::clean;
use crate::progress::{METER, Stage};

/// Calibri in Excel; `LibreOffice` shows Carlito, which has the same widths.
const FONT: &str = "Calibri";
/// Dark blue: titles, heads, main series.
const INK: Color = Color::RGB(0x001F_4E79);
/// Middle blue: what is new.
const BLUE: Color = Color::RGB(0x002E_75B6);
/// Light blue that stays apart from the others in grey print.
const PALE: Color = Color::RGB(0x009D_C3E6);
const GREY_TEXT: Color = Color::RGB(0x0059_5959);
const GREY_LINE: Color = Color::RGB(0x00BF_BFBF);
const GREY_FILL: Color = Color::RGB(0x00E7_E6E6);
const HEAD_FILL: Color = Color::RGB(0x00D9_E6F2);
/// Orange is told from blue by readers with any colour vision.
const ORANGE_FILL: Color = Color::RGB(0x00FC_E4D0);
const ORANGE_TEXT: Color = Color::RGB(0x0098_3D00);

/// Pixels that the label of a month takes on an axis, slanted.
const LABEL_WIDTH: u32 = 26;

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

fn format_of(cell: &CellModel, properties: &Properties) -> Format {
    let look = cell.look;
    let base = Format::new().set_font_name(FONT).set_font_size(look.points());
    let format = ruled(coloured(aligned(base, look), look), look);
    let format = if cell.top {
        format.set_align(FormatAlign::Top)
    } else {
        format
    };
    let format = match cell.content {
        Content::Date(_) => format.set_num_format(format!("{}{}", properties.locale, properties.date_format)),
        Content::Number(_) | Content::Formula { .. } => {
            let mut code = format!("{}#,##0", properties.locale);
            if cell.number.decimals > 0 {
                code.push('.');
                code.push_str(&"0".repeat(usize::from(cell.number.decimals)));
            }
            if cell.number.percent {
                code.push_str("\"\u{a0}%\"");
            }
            if cell.number.mirrored {
                code = format!("{code};{code}");
            }
            format.set_num_format(code)
        }
        Content::Blank | Content::Text(_) => format,
    };
    if cell.link.is_some() {
        format.set_font_color(BLUE)
    } else {
        format
    }
}

fn aligned(format: Format, look: Look) -> Format {
    let format = if look.wraps() { format.set_text_wrap() } else { format };
    let format = format.set_align(FormatAlign::VerticalCenter);
    match look {
        Look::NumberHead | Look::Number | Look::Strong | Look::SubNumber | Look::TotalNumber => {
            format.set_align(FormatAlign::Right)
        }
        Look::MiddleHead | Look::Middle | Look::OnTrack | Look::Ahead | Look::Behind | Look::Achieved => {
            format.set_align(FormatAlign::Center)
        }
        Look::SubText => format.set_align(FormatAlign::Left).set_indent(2),
        Look::Head | Look::Level(_) | Look::Code | Look::Text | Look::Small | Look::Mono | Look::TotalText => {
            format.set_align(FormatAlign::Left).set_indent(1)
        }
        Look::Title | Look::Subtitle | Look::Heading | Look::Key | Look::KeyValue | Look::Note | Look::Alarm => {
            format.set_align(FormatAlign::Left)
        }
    }
}

fn coloured(format: Format, look: Look) -> Format {
    match look {
        Look::Subtitle | Look::Note | Look::Small | Look::SubText | Look::SubNumber | Look::Key => {
            format.set_font_color(GREY_TEXT)
        }
        Look::Title | Look::Heading => format.set_bold().set_font_color(INK),
        Look::Head | Look::NumberHead | Look::MiddleHead => {
            format.set_bold().set_font_color(INK).set_background_color(HEAD_FILL)
        }
        Look::Level(_) => format.set_bold().set_background_color(GREY_FILL),
        Look::Code | Look::Strong | Look::TotalText | Look::TotalNumber => format.set_bold(),
        Look::Behind | Look::Alarm => format
            .set_bold()
            .set_font_color(ORANGE_TEXT)
            .set_background_color(ORANGE_FILL),
        Look::Achieved => format.set_bold().set_font_color(Color::White).set_background_color(INK),
        Look::Ahead => format.set_font_color(INK).set_background_color(PALE),
        Look::OnTrack => format.set_font_color(INK).set_background_color(HEAD_FILL),
        Look::Mono => format.set_font_name("Consolas").set_font_color(GREY_TEXT),
        Look::KeyValue | Look::Text | Look::Middle | Look::Number => format,
    }
}

fn ruled(format: Format, look: Look) -> Format {
    match look {
        Look::Title | Look::Subtitle | Look::Heading | Look::Key | Look::KeyValue | Look::Note | Look::Alarm => format,
        Look::TotalText | Look::TotalNumber => format
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(INK)
            .set_border_bottom(FormatBorder::Hair),
        Look::Head | Look::NumberHead | Look::MiddleHead => format
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(INK),
        _ => format
            .set_border_bottom(FormatBorder::Hair)
            .set_border_bottom_color(GREY_LINE),
    }
}

fn draw(model: &ChartModel, locale: &str) -> Chart {
    let mut chart = Chart::new(match model.kind {
        ChartKind::Bars => ChartType::Bar,
        ChartKind::Pyramid => ChartType::BarStacked,
        ChartKind::Columns => ChartType::Column,
        ChartKind::StackedColumns => ChartType::ColumnStacked,
        ChartKind::Line => ChartType::Line,
    });
    let number = if model.kind == ChartKind::Pyramid {
        format!("{locale}#,##0;{locale}#,##0")
    } else {
        format!("{locale}#,##0")
    };
    let mut font = ChartFont::new();
    font.set_name(FONT).set_size(9).set_color(GREY_TEXT);
    let mut title_font = ChartFont::new();
    title_font.set_name(FONT).set_size(11).set_bold().set_color(INK);
    chart
        .title()
        .set_name(&model.title)
        .set_font(&title_font)
        .set_overlay(false);
    chart
        .set_width(model.width)
        .set_height(model.height)
        .set_alt_text(&model.title);
    chart
        .chart_area()
        .set_format(ChartFormat::new().set_border(ChartLine::new().set_color(GREY_LINE)));
    for series in &model.series {
        add_series(&mut chart, model, series, &font, &number);
    }
    if model.kind == ChartKind::Pyramid {
        chart.y_axis().set_label_position(ChartAxisLabelPosition::Low);
    }
    let grid = ChartLine::new().set_color(GREY_FILL).clone();
    let bars = matches!(model.kind, ChartKind::Bars | ChartKind::Pyramid);
    // A bar chart has its values on the horizontal axis; its first bar would stand lowest.
    if bars {
        chart.y_axis().set_reverse();
    }
    chart.x_axis().set_font(&font);
    chart.y_axis().set_font(&font).set_major_gridlines(!bars);
    if let Some(interval) = label_interval(model) {
        chart.x_axis().set_label_interval(interval);
    }
    let values = if bars { chart.x_axis() } else { chart.y_axis() };
    if model.kind != ChartKind::Pyramid {
        values.set_min(0);
    }
    values.set_major_gridlines_line(&grid).set_num_format(&number);
    if let Some(top) = model.top {
        values.set_max(top);
    }
    if model.series.len() > 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    } else {
        chart.legend().set_hidden();
    }
    chart
}

/// How many labels of a category axis go to one that is shown, where all of them would not find room.
fn label_interval(model: &ChartModel) -> Option<u16> {
    let series = model.series.first().filter(|_| model.kind != ChartKind::Bars)?;
    let columns = u32::from(series.values.last_column - series.values.first_column);
    let points = (columns + series.values.last_row - series.values.first_row) + 1;
    let room = (model.width.saturating_sub(60) / LABEL_WIDTH).max(1);
    let interval = u16::try_from(points.div_ceil(room)).ok()?;
    (interval > 1).then_some(interval)
}

fn add_series(chart: &mut Chart, model: &ChartModel, series: &Series, font: &ChartFont, number: &str) {
    let colour = match series.tone {
        Tone::Main => INK,
        Tone::New => BLUE,
        Tone::Quiet => PALE,
        Tone::Due => GREY_TEXT,
    };
    let range = |range: &super::sheet::CellRange| {
        (
            range.sheet.clone(),
            range.first_row,
            range.first_column,
            range.last_row,
            range.last_column,
        )
    };
    let (categories, values) = (range(&series.categories), range(&series.values));
    let mut format = ChartFormat::new();
    if model.kind == ChartKind::Line {
        let mut line = ChartLine::new();
        line.set_color(colour).set_width(2.25);
        if series.tone == Tone::Due {
            line.set_width(1.5).set_dash_type(ChartLineDashType::Dash);
        }
        format.set_line(&line);
    } else {
        format.set_solid_fill(ChartSolidFill::new().set_color(colour));
    }
    let columns = u32::from(series.values.last_column - series.values.first_column);
    let points = columns + series.values.last_row - series.values.first_row + 1;
    let added = chart.add_series();
    added
        .set_name(&series.name)
        .set_categories((
            categories.0.as_str(),
            categories.1,
            categories.2,
            categories.3,
            categories.4,
        ))
        .set_values((values.0.as_str(), values.1, values.2, values.3, values.4))
        .set_format(&mut format);
    if model.kind != ChartKind::Line {
        added.set_gap(45);
    }
    let alone = model.series.len() == 1 || model.kind == ChartKind::Pyramid;
    if points <= 14 && alone && model.kind != ChartKind::StackedColumns {
        let mut label = ChartDataLabel::new();
        label.show_value().set_font(font).set_num_format(number);
        if model.kind == ChartKind::Line {
            label.set_position(ChartDataLabelPosition::Above);
        }
        added.set_data_label(&label);
    }
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
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::ingest::records::Records;
    use crate::logframe::figures::Figures;
    use crate::people::facts::Facts;
    use crate::project::model::Localized;
    use crate::report::{fixture, sheets::sheets};

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        let world = fixture::world();
        let report = world.report("uk");
        let write = || workbook(&sheets(&report), &Properties::of(&report)).expect("a workbook");
        assert!(write() == write());
    }

    #[test]
    fn a_reader_finds_every_cell_of_the_model() {
        let world = fixture::world();
        for lang in Labels::languages() {
            let report = world.report(lang);
            let models = sheets(&report);
            let bytes = workbook(&models, &Properties::of(&report)).expect("a workbook");
            let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a readable workbook");
            for model in &models {
                let range = read.worksheet_range(&model.name).expect("the sheet");
                for (row, row_model) in (0..).zip(&model.rows) {
                    for cell in &row_model.cells {
                        let found = range.get_value((row, u32::from(cell.column)));
                        assert!(agrees(&cell.content, found), "{} {row} {cell:?} {found:?}", model.name);
                    }
                }
            }
        }
    }

    #[test]
    fn reports_without_data_or_with_endless_texts_are_written() {
        let mut empty = fixture::world();
        empty.facts = Facts::default();
        empty.figures = Figures::default();
        empty.records = Records::default();
        empty.project.indicators.clear();
        let mut long = fixture::world();
        long.project.name = Localized::same("&P назва з 'лапками' ".repeat(60));
        long.project.settings.small_numbers = 1000;
        for indicator in &mut long.project.indicators {
            indicator.statement = Localized::same("слово ".repeat(400));
            indicator.code = "=1+1\u{7}".repeat(40);
        }
        for world in [empty, long] {
            let report = world.report("uk");
            workbook(&sheets(&report), &Properties::of(&report)).expect("a workbook");
            assert!(!crate::report::terminal::terminal(&report, 80, false).contains('\u{7}'));
            crate::report::csv::indicators_csv(&report);
            crate::report::json::json(&report);
        }
    }

    fn agrees(content: &Content, found: Option<&Data>) -> bool {
        match (content, found) {
            (Content::Blank, None | Some(Data::Empty)) | (Content::Date(_), Some(Data::DateTime(_))) => true,
            (Content::Text(text), Some(Data::String(read))) => {
                text.trim() == read.trim() && !text.contains(crate::report::labels::MISSING)
            }
            (Content::Number(number) | Content::Formula { result: number, .. }, Some(Data::Float(read))) => {
                (number - read).abs() < 1e-9
            }
            _ => false,
        }
    }
}
