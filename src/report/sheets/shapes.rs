//! Charts of breakdowns: shares by activity and by site, and the pyramid of sex and age.

use super::Book;
use crate::logframe::figures::{Figure, Value};
use crate::project::model::{Class, Disaggregation, Indicator, Subject, Unit};
use crate::report::sheet::{CellModel, ChartKind, ChartModel, Content, Look, NumberStyle, Series, SheetModel, Tone};

/// Categories drawn at most.
const MOST: usize = 15;
const WIDTH: u32 = 700;

/// What has been drawn: each kind of chart is drawn once, for the first indicator that has it.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    activity: bool,
    site: bool,
    pyramid: bool,
}

/// A breakdown that was just written.
pub(super) struct Written<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) disaggregation: &'a Disaggregation,
    /// Cells of the scope that is drawn.
    pub(super) cells: &'a [&'a Figure],
    /// Rows of the first and the last category.
    pub(super) rows: (u32, u32),
    /// Column of the shares.
    pub(super) shares: u16,
}

/// Draws what the breakdown is good for; nothing of a breakdown with a hidden cell.
pub(super) fn draw(book: &Book, sheet: &mut SheetModel, written: &Written, drawn: &mut Drawn) {
    let shown = |figure: &&&Figure| matches!(figure.value, Value::Number(_));
    if written.cells.len() < 2 || !written.cells.iter().all(|figure| shown(&figure)) {
        return;
    }
    let adds = matches!(written.indicator.class, Class::Flow | Class::Distinct);
    match written.disaggregation.by.as_slice() {
        [Subject::Activity | Subject::PersonActivities] if adds && !drawn.activity => {
            drawn.activity = shares(book, sheet, written, "disaggregation.chart_activity");
        }
        [Subject::Site] if adds && !drawn.site => {
            drawn.site = shares(book, sheet, written, "disaggregation.chart_site");
        }
        [first, second] if !drawn.pyramid && written.indicator.unit == Unit::Persons => {
            let sex = |subject: &Subject| matches!(subject, Subject::Attribute(key) if key == "sex");
            let age = |subject: &Subject| matches!(subject, Subject::Age(_));
            if sex(first) && age(second) {
                drawn.pyramid = pyramid(book, sheet, written, (0, 1));
            } else if age(first) && sex(second) {
                drawn.pyramid = pyramid(book, sheet, written, (1, 0));
            }
        }
        _ => {}
    }
}

fn shares(book: &Book, sheet: &mut SheetModel, written: &Written, title: &str) -> bool {
    let count = written.cells.len();
    if count > MOST {
        return false;
    }
    let (first, last) = written.rows;
    let code = crate::report::view::clean(&written.indicator.code);
    let series = Series {
        name: book.label("head.share").to_owned(),
        categories: sheet.column_range(1, first, last),
        values: sheet.column_range(written.shares, first, last),
        tone: Tone::Main,
    };
    let chart = ChartModel {
        kind: ChartKind::Bars,
        title: book.view.labels.fill(title, &[("code", &code)]),
        series: vec![series],
        ..ChartModel::default()
    };
    place(sheet, chart, count);
    true
}

/// Women and men of each age, the oldest first and those of unknown age last; nothing where a cell names no sex or age.
fn bands<'w>(written: &Written<'w>, (sex, age): (usize, usize)) -> Option<Vec<(&'w str, [f64; 2])>> {
    let mut ages: Vec<&str> = Vec::new();
    let mut counts: Vec<[f64; 2]> = Vec::new();
    for figure in written.cells {
        let parts: Vec<&str> = figure.category.split(" & ").collect();
        let (sex, age) = (parts.get(sex)?, parts.get(age)?);
        let side = match *sex {
            "female" => 0,
            "male" => 1,
            _ => continue,
        };
        let at = ages.iter().position(|known| known == age).unwrap_or_else(|| {
            ages.push(*age);
            counts.push([0.0; 2]);
            ages.len() - 1
        });
        counts[at][side] += figure.value.number().unwrap_or_default();
    }
    let mut bands: Vec<(&str, [f64; 2])> = ages.into_iter().zip(counts).rev().collect();
    bands.sort_by_key(|(age, _)| *age == "unknown");
    Some(bands)
}

/// Women to the right and men to the left, an age a row.
fn pyramid(book: &Book, sheet: &mut SheetModel, written: &Written, (sex, age): (usize, usize)) -> bool {
    let breakdown = written.disaggregation;
    let Some(bands) = bands(written, (sex, age)).filter(|bands| (2..=MOST).contains(&bands.len())) else {
        return false;
    };
    let label = |key: &str| book.label(key);
    sheet.gap();
    let start = sheet.push(vec![
        CellModel::text(0, "", Look::Head),
        CellModel::text(1, label("disaggregation.pyramid"), Look::Head),
        CellModel::text(2, label("disaggregation.women"), Look::NumberHead),
        CellModel::text(3, label("disaggregation.men"), Look::NumberHead),
    ]);
    let mirrored = NumberStyle {
        mirrored: true,
        ..NumberStyle::default()
    };
    for (age, [women, men]) in &bands {
        let category = match (&breakdown.by[..], sex) {
            ([_, subject], 0) | ([subject, _], 1) => book.view.category_words(subject, age),
            _ => (*age).to_owned(),
        };
        sheet.push(vec![
            CellModel::text(0, "", Look::Text),
            CellModel::text(1, category, Look::Text),
            CellModel::new(2, Content::Number(*women), Look::Number),
            CellModel::new(3, Content::Number(-men), Look::Number).styled(mirrored),
        ]);
    }
    let note = CellModel::text(1, label("disaggregation.pyramid_note"), Look::Note).over(sheet.columns() - 1);
    sheet.push(vec![note]);
    let (first, last) = (start + 1, start + u32::try_from(bands.len()).unwrap_or(1));
    let series = |key: &str, column, tone| Series {
        name: book.label(key).to_owned(),
        categories: sheet.column_range(1, first, last),
        values: sheet.column_range(column, first, last),
        tone,
    };
    let code = crate::report::view::clean(&written.indicator.code);
    let chart = ChartModel {
        kind: ChartKind::Pyramid,
        title: book
            .view
            .labels
            .fill("disaggregation.chart_pyramid", &[("code", &code)]),
        series: vec![
            series("disaggregation.men_side", 3, Tone::Other),
            series("disaggregation.women", 2, Tone::Quiet),
        ],
        ..ChartModel::default()
    };
    place(sheet, chart, bands.len());
    sheet.keep_together(start);
    true
}

/// Puts a chart under what was written last, high enough for its bars.
fn place(sheet: &mut SheetModel, chart: ChartModel, bars: usize) {
    let height = 70 + 24 * u32::try_from(bars).unwrap_or(20);
    let row = sheet.room(height);
    sheet.keep_together(row);
    sheet.charts.push(ChartModel {
        row,
        column: 1,
        width: WIDTH,
        height,
        ..chart
    });
}
