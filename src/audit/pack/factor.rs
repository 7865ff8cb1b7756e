//! The verification factor: recounted ÷ reported, indicator by indicator, with a blank for the recount.

use super::Pack;
use super::draw::Draw;
use super::lists::OPEN;
use crate::ingest::records::Place;
use crate::logframe::figures::{Figure, Scope, Value};
use crate::project::model::{Indicator, Measure, Rule, Unit};
use crate::report::sheet::{CellModel, Content, Look, NumberStyle, SheetModel, address};
use crate::report::view::clean;

const WIDTHS: [f64; 12] = [8.0, 46.0, 12.0, 12.0, 12.0, 10.0, 10.0, 12.0, 10.0, 34.0, 13.0, 13.0];
const HEADS: [(&str, Look); 12] = [
    ("code", Look::Head),
    ("indicator", Look::Head),
    ("scope", Look::Head),
    ("reported", Look::NumberHead),
    ("ratio", Look::NumberHead),
    ("rows", Look::NumberHead),
    ("persons", Look::NumberHead),
    ("amounts", Look::NumberHead),
    ("in_sample", Look::NumberHead),
    ("how", Look::Head),
    ("recounted", Look::NumberHead),
    ("factor", Look::NumberHead),
];
/// Columns that the formula reads: reported and recounted.
const REPORTED: u16 = 3;
const RECOUNTED: u16 = 10;

/// The sheet of all indicators.
pub(super) fn sheet(pack: &Pack, name: &str) -> SheetModel {
    let mut sheet = SheetModel::new(name, &WIDTHS);
    sheet.line(pack.label("sheet.factor"), Look::Title);
    for line in ["factor.what", "factor.comfort"] {
        sheet.line(pack.label(line), Look::Note);
    }
    sheet.gap();
    let heads = (0..).zip(HEADS);
    let heads = heads.map(|(column, (key, look))| CellModel::text(column, pack.label(&format!("factor.{key}")), look));
    let heads = sheet.push(heads.collect());
    sheet.freeze_below(heads, 1);
    for index in 0..pack.input.walk.project.indicators.len() {
        let row = row(pack, index, sheet.next_row() as usize);
        sheet.push(row);
    }
    sheet
}

fn row(pack: &Pack, index: usize, at: usize) -> Vec<CellModel> {
    let indicator = &pack.input.walk.project.indicators[index];
    let total = &pack.counted.totals[index];
    let figure = total.figure.map(|at| &pack.input.walk.figures.figures[at]);
    let shown = figure.filter(|figure| figure.value != Value::Suppressed);
    let sampled = pack.samples.to_raw.sample();
    let counts = |(_, place, _): &&&(String, Place, Draw)| pack.counted.cells[place].indicators.contains(&index);
    let whole = |column, count| CellModel::count(column, count, Look::Number);
    let blank = |column| CellModel::text(column, "", Look::Number);
    let number = |column, value: Option<f64>| {
        CellModel::new(column, value.map_or(Content::Blank, Content::Number), Look::Number)
    };
    let mut cells = vec![
        CellModel::text(0, clean(&indicator.code), Look::Code),
        CellModel::text(1, pack.view.statement(indicator), Look::Text),
        CellModel::text(2, scope(pack, figure), Look::Small),
        reported(pack, figure, indicator),
        CellModel::text(4, ratio(pack, shown), Look::Number),
    ];
    if shown.is_some() {
        cells.extend([
            whole(5, total.rows),
            whole(6, total.persons),
            number(7, total.amount).styled(NumberStyle {
                decimals: decimals(total.amount),
                ..NumberStyle::default()
            }),
            whole(8, sampled.iter().filter(counts).count()),
            CellModel::text(9, pack.label(how(indicator, total.amount)), Look::Small),
        ]);
    } else {
        cells.extend([
            blank(5),
            blank(6),
            blank(7),
            blank(8),
            CellModel::text(9, pack.label("factor.hidden"), Look::Small),
        ]);
    }
    cells.push(CellModel::text(RECOUNTED, "", OPEN));
    cells.push(factor(at));
    cells
}

/// Recounted ÷ reported; a dash until somebody fills in the recount.
fn factor(at: usize) -> CellModel {
    let [recounted, reported] = [RECOUNTED, REPORTED].map(|column| address(at, column));
    let ready = format!("AND(ISNUMBER({recounted}),ISNUMBER({reported}),N({reported})<>0)");
    let formula = format!("IF({ready},{recounted}/{reported},\"—\")");
    CellModel::formula(11, formula, f64::NAN, Look::Strong).styled(NumberStyle {
        decimals: 2,
        ..NumberStyle::default()
    })
}

fn scope<'p>(pack: &'p Pack, figure: Option<&Figure>) -> &'p str {
    match figure.map(|figure| figure.scope) {
        None => "",
        Some(Scope::Period) => pack.label("factor.in_period"),
        Some(Scope::Cumulative) => pack.label("factor.to_date"),
    }
}

fn reported(pack: &Pack, figure: Option<&Figure>, indicator: &Indicator) -> CellModel {
    let cell = match figure.map(|figure| figure.value) {
        None => CellModel::text(REPORTED, "", Look::Strong),
        Some(Value::Number(number)) => {
            let shown = crate::report::labels::plain_number(number, indicator.decimals);
            CellModel::new(REPORTED, Content::Number(shown.parse().unwrap_or(number)), Look::Strong)
        }
        Some(blank) => CellModel::text(REPORTED, pack.view.blank_word(blank), Look::Strong),
    };
    cell.styled(NumberStyle {
        decimals: indicator.decimals,
        percent: indicator.unit == Unit::Percent,
        ..NumberStyle::default()
    })
}

/// `12 ÷ 48` of a ratio.
fn ratio(pack: &Pack, figure: Option<&Figure>) -> String {
    let sides = figure.and_then(|figure| figure.numerator.zip(figure.denominator));
    sides.map_or_else(String::new, |(above, below)| {
        let number = |value: f64| pack.labels().number(value, decimals(Some(value)));
        format!("{} ÷ {}", number(above), number(below))
    })
}

fn decimals(value: Option<f64>) -> u8 {
    if value.is_some_and(|value| value.fract().abs() > 1e-9) {
        2
    } else {
        0
    }
}

/// Key of the words that say how a recount goes.
fn how(indicator: &Indicator, amount: Option<f64>) -> &'static str {
    let Rule::Single(counted) = &indicator.rule else {
        return match indicator.rule {
            Rule::Ratio { .. } => "factor.how_ratio",
            Rule::Single(_) | Rule::Derived { .. } => "factor.how_derived",
        };
    };
    match counted.measure {
        Measure::Statistic { .. }
        | Measure::BedNights
        | Measure::CapacityNights
        | Measure::PeakNight
        | Measure::Change(_)
        | Measure::Constant(_) => "factor.how_other",
        _ if amount.is_some() => "factor.how_amounts",
        Measure::People
        | Measure::NewPeople
        | Measure::ReturningPeople
        | Measure::PeopleWith { .. }
        | Measure::PeopleWithContacts { .. }
        | Measure::PeopleListed { .. }
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. } => "factor.how_persons",
        Measure::Sessions
        | Measure::Households
        | Measure::Different { .. }
        | Measure::Cycles
        | Measure::Enrolments
        | Measure::CompletedEnrolments { .. } => "factor.how_groups",
        Measure::Contacts(_)
        | Measure::Items { .. }
        | Measure::Days { .. }
        | Measure::OpenAtEnd { .. }
        | Measure::Ended { .. }
        | Measure::Findings { .. } => "factor.how_rows",
    }
}
