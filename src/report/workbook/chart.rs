//! Chart models → native charts.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartLineDashType, ChartSolidFill, ChartType,
};

use super::looks::{BLUE, FONT, GREY_FILL, GREY_LINE, GREY_TEXT, INK, PALE};
use crate::report::sheet::{CellRange, ChartKind, ChartModel, Series, Tone};

/// Pixels that the label of a month takes on an axis, slanted.
const LABEL_WIDTH: u32 = 26;

/// A native chart.
pub(super) fn draw(model: &ChartModel, locale: &str) -> Chart {
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
    set_axes(&mut chart, model, &font, &number);
    if model.series.len() > 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    } else {
        chart.legend().set_hidden();
    }
    chart
}

fn set_axes(chart: &mut Chart, model: &ChartModel, font: &ChartFont, number: &str) {
    if model.kind == ChartKind::Pyramid {
        chart.y_axis().set_label_position(ChartAxisLabelPosition::Low);
    }
    let grid = ChartLine::new().set_color(GREY_FILL).clone();
    let bars = matches!(model.kind, ChartKind::Bars | ChartKind::Pyramid);
    // A bar chart has its values on the horizontal axis; its first bar would stand lowest.
    if bars {
        chart.y_axis().set_reverse();
    }
    chart.x_axis().set_font(font);
    chart.y_axis().set_font(font).set_major_gridlines(!bars);
    if let Some(interval) = label_interval(model) {
        chart.x_axis().set_label_interval(interval);
    }
    let values = if bars { chart.x_axis() } else { chart.y_axis() };
    if model.kind != ChartKind::Pyramid {
        values.set_min(0);
    }
    values.set_major_gridlines_line(&grid).set_num_format(number);
    if let Some(top) = model.top {
        values.set_max(top);
    }
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
        Tone::Other => GREY_LINE,
    };
    let range = |range: &CellRange| {
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
        match model.kind {
            ChartKind::Line => label.set_position(ChartDataLabelPosition::Above),
            ChartKind::Bars | ChartKind::Columns => label.set_position(ChartDataLabelPosition::OutsideEnd),
            // Bars to both sides have no outside. From the axis on, a number finds room even where its bar is short.
            ChartKind::Pyramid | ChartKind::StackedColumns => label.set_position(ChartDataLabelPosition::InsideBase),
        };
        added.set_data_label(&label);
    }
}
