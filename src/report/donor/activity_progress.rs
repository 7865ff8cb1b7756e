//! Monthly activity progress: a row per month, indicator and place with girls, boys, women, men and the older.
//!
//! A cell that the computed breakdowns do not give is empty, and the row's comment says why.

mod people;

use people::{Cells, GROUPS, Shown, Slice};

use super::machine::{self, Axis, Part, Slot, activity_name, indicator_name, levels, words, words_or};
use crate::logframe::figures::{Scope, Value};
use crate::project::calendar::CalendarKind;
use crate::project::model::{Area, Class, Indicator, Measure, Rule, Unit};
use crate::report::sheet::{CellModel, Content, Look, NumberStyle, SheetModel};
use crate::report::view::{View, clean};

const LEVELS: usize = 4;

/// Prescribed columns with their widths.
const COLUMNS: [(&str, f64); 29] = [
    ("Month", 10.0),
    ("Organisation", 22.0),
    ("Implementing partner", 22.0),
    ("Donor", 18.0),
    ("Project code", 12.0),
    ("Cluster / AoR", 16.0),
    ("Activity", 24.0),
    ("Indicator", 40.0),
    ("Unit", 11.0),
    ("Oblast", 14.0),
    ("Oblast P-code", 9.0),
    ("Raion", 14.0),
    ("Raion P-code", 11.0),
    ("Hromada", 14.0),
    ("Hromada P-code", 13.0),
    ("Settlement", 14.0),
    ("Settlement P-code", 21.0),
    ("Population group", 14.0),
    ("Girls (0-17)", 8.5),
    ("Boys (0-17)", 8.5),
    ("Women (18-59)", 9.5),
    ("Men (18-59)", 9.5),
    ("Older women (60+)", 9.5),
    ("Older men (60+)", 9.5),
    ("Of which persons with disabilities", 12.0),
    ("Total", 10.0),
    ("New / recurrent", 11.0),
    ("Comments", 60.0),
    // The format asks for the days behind the month where it is another period.
    ("Reporting period", 24.0),
];
const FIRST_NUMBER: u16 = 18;
/// Column after the numbers.
const LAST: u16 = 26;

/// A row of the table.
struct Line<'a> {
    index: usize,
    indicator: &'a Indicator,
    slot: Slot<'a>,
}

pub(super) fn sheets(view: &View) -> Vec<SheetModel> {
    let widths: Vec<f64> = COLUMNS.iter().map(|(_, width)| *width).collect();
    let mut sheet = SheetModel::new(view.labels.get("partner.progress_sheet"), &widths);
    let numbers = FIRST_NUMBER..LAST;
    let heads = (0..).zip(&COLUMNS).map(|(column, (name, _))| {
        let look = if numbers.contains(&column) {
            Look::NumberHead
        } else {
            Look::Head
        };
        CellModel::text(column, *name, look)
    });
    let head = sheet.push(heads.collect());
    sheet.freeze_below(head, 0);
    for line in lines(view) {
        let cells = Cells::of(view, (line.index, line.indicator), line.slot);
        for slice in cells.slices(&people::slicing(line.indicator)) {
            sheet.push(row(view, &line, &cells, &slice));
        }
    }
    vec![sheet]
}

/// Indicators that count people, contacts or sessions, by period.
fn lines<'a>(view: &View<'a>) -> Vec<Line<'a>> {
    let counts = |indicator: &Indicator| match indicator.unit {
        Unit::Contacts | Unit::Persons | Unit::Sessions | Unit::Number => indicator.class != Class::Ratio,
        Unit::Percent | Unit::Findings => false,
    };
    let mut lines: Vec<Line> = Vec::new();
    for (index, indicator) in view.indicators() {
        if counts(indicator) {
            let slots = machine::slots(view, index).into_iter();
            lines.extend(slots.map(|slot| Line { index, indicator, slot }));
        }
    }
    lines.sort_by_key(|line| (line.slot.period.end, std::cmp::Reverse(line.slot.period.start)));
    lines
}

fn row(view: &View, line: &Line, cells: &Cells, slice: &Slice) -> Vec<CellModel> {
    let (project, reporting) = (view.report.project, &view.report.project.reporting);
    let side = |axis: Axis| slice.iter().find(|(known, _)| *known == axis).map(|(_, part)| part);
    let place = side(Axis::Site);
    let area = located(view, place);
    let mut texts = vec![
        month(line),
        words(view, &project.organisation),
        words_or(view, &reporting.partner, &project.organisation),
        words(view, &project.donor),
        clean(if reporting.project_code.is_empty() {
            &project.code
        } else {
            &reporting.project_code
        }),
        words(view, &reporting.cluster),
        activity_name(view, line.indicator),
        indicator_name(view, line.indicator),
        view.labels.unit(line.indicator.unit).to_owned(),
    ];
    for level in levels::<LEVELS>(view, area) {
        texts.push(level.map_or_else(String::new, |area| clean(&area.name)));
        texts.push(level.map_or_else(String::new, |area| clean(&area.code)));
    }
    texts.push(group_word(view, side(Axis::Displaced)));
    let mut row: Vec<CellModel> = (0..)
        .zip(texts)
        .map(|(column, text)| CellModel::text(column, text, Look::Text))
        .collect();
    let groups = GROUPS.each_ref().map(|group| cells.group(slice, group));
    let disabled = cells.disabled(slice);
    let total = cells.total(slice);
    let comments = comments(view, line, (cells, slice), &groups, &disabled);
    let numbers = groups.iter().chain([&disabled, &total]);
    row.extend(
        (FIRST_NUMBER..)
            .zip(numbers)
            .map(|(column, shown)| number(view, line, column, shown)),
    );
    let newness = newness(line.indicator, side(Axis::Newness));
    let days = view.labels.period(line.slot.period);
    row.extend(
        (LAST..)
            .zip([newness.to_owned(), comments, days])
            .map(|(column, text)| {
                let look = if column == LAST { Look::Text } else { Look::Small };
                CellModel::text(column, text, look)
            }),
    );
    row
}

/// `2026-03`; the label of another period as it is.
fn month(line: &Line) -> String {
    clean(&line.slot.period.label)
}

fn located<'a>(view: &View<'a>, place: Option<&Part>) -> Option<&'a Area> {
    match place {
        None => machine::home(view),
        Some(Part::Place(name)) => machine::place(view, name),
        Some(_) => None,
    }
}

fn group_word(view: &View, part: Option<&Part>) -> String {
    match part {
        Some(Part::Holds(true)) => "Displaced".to_owned(),
        Some(Part::Holds(false)) => "Non-displaced".to_owned(),
        Some(_) => view.labels.value("unknown"),
        None => String::new(),
    }
}

/// Whether a row is about newcomers, where it is about one of the two.
fn newness(indicator: &Indicator, part: Option<&Part>) -> &'static str {
    let measure = match &indicator.rule {
        Rule::Single(counted) => Some(&counted.measure),
        Rule::Ratio { .. } | Rule::Derived { .. } => None,
    };
    match (part, measure) {
        (Some(Part::New), _) | (None, Some(Measure::NewPeople)) => "New",
        (Some(Part::Returning), _) | (None, Some(Measure::ReturningPeople)) => "Recurrent",
        _ => "",
    }
}

fn number(view: &View, line: &Line, column: u16, shown: &Shown) -> CellModel {
    let content = match shown {
        Shown::Value(Value::Number(number)) => Content::Number(*number),
        Shown::Value(blank) => Content::Text(view.blank_word(*blank)),
        Shown::NotComputed | Shown::Across(_) => Content::Blank,
    };
    CellModel::new(column, content, Look::Number).styled(NumberStyle {
        decimals: line.indicator.decimals,
        percent: false,
        ..NumberStyle::default()
    })
}

/// Why cells are empty, and what a reader must not do with the row.
fn comments(
    view: &View,
    line: &Line,
    (cells, slice): (&Cells, &Slice),
    groups: &[Shown; 6],
    disabled: &Shown,
) -> String {
    let labels = &view.labels;
    let people = matches!(line.indicator.unit, Unit::Contacts | Unit::Persons);
    let mut said = Vec::new();
    if line.slot.scope == Scope::Cumulative {
        said.push(labels.get("partner.to_date").to_owned());
    }
    if line.slot.period.calendar != CalendarKind::Month {
        said.push(labels.get("partner.not_monthly").to_owned());
    }
    if let Some((_, Part::Place(name))) = slice.first().filter(|(axis, _)| *axis == Axis::Site)
        && machine::place(view, name).is_none()
    {
        said.push(labels.fill("partner.no_place", &[("place", &clean(name))]));
    }
    if people && groups.contains(&Shown::NotComputed) {
        let wanted = wanted(slice);
        said.push(labels.fill("partner.no_cross", &[("breakdown", &wanted)]));
    }
    let mut bands: Vec<&str> = Vec::new();
    for group in groups {
        if let Shown::Across(across) = group
            && !bands.contains(&across.as_str())
        {
            bands.push(across);
        }
    }
    if !bands.is_empty() {
        said.push(labels.fill("partner.no_bands", &[("bands", &bands.join(", "))]));
    }
    let left = [("partner.unknown", 0), ("partner.other_sex", 1)];
    let counts = cells.left_over(slice);
    for (key, at) in left {
        let value = counts[at];
        if !matches!(value, Value::NoData) && value != Value::Number(0.0) {
            said.push(labels.fill(key, &[("count", &view.value(value, line.indicator))]));
        }
    }
    if people && *disabled == Shown::NotComputed {
        said.push(labels.get("partner.no_disability").to_owned());
    }
    if line.indicator.class == Class::Distinct {
        said.push(labels.get("partner.distinct").to_owned());
    }
    said.join(" ")
}

/// The breakdown that would fill a row, as definitions write it.
fn wanted(slice: &Slice) -> String {
    let sides = slice.iter().filter_map(|(axis, _)| match axis {
        Axis::Site => Some("\"site\""),
        Axis::Displaced => Some("\"idp\""),
        Axis::Newness => Some("\"new\""),
        Axis::Home | Axis::Sex | Axis::Age | Axis::Disability | Axis::Other => None,
    });
    let sides: Vec<&str> = sides.chain(["\"sex\"", "\"age\""]).collect();
    format!("[{}]", sides.join(", "))
}

#[cfg(test)]
mod tests;
