//! UN partner report: a flat table with names in the first row and HXL tags in the second, a row per indicator,
//! reporting period and place, a column per category.
//!
//! What the tool does not know (identifiers, statuses, the day of reporting) stays empty.

use super::hxl;
use super::machine::{self, Axis, Part, Slot, activity_name, axes, indicator_name, levels, words, words_or};
use crate::logframe::figures::{Figure, Scope, Value};
use crate::project::model::{Area, Class, Disaggregation, Indicator, Subject, Unit};
use crate::report::sheet::{CellModel, Content, Look, NumberStyle, SheetModel};
use crate::report::view::{View, capital};

const LEVELS: usize = 5;

/// Prescribed columns with their tags and widths.
const COLUMNS: [(&str, &str, f64); 42] = [
    ("Country", "#country+name", 11.0),
    ("Country Code", "#country+code", 9.0),
    ("Response Plan", "#meta+response_plan", 22.0),
    ("Cluster", "#sector+cluster", 18.0),
    ("Partner Name", "#org+impl+name", 24.0),
    ("Cluster Objective", "#sector+objective", 26.0),
    ("Activity", "#activity+name", 26.0),
    ("Indicator", "#indicator+name", 44.0),
    ("Indicator Type", "#indicator+type", 12.0),
    ("Calculation Method Across Location", "#indicator+method+location", 17.0),
    (
        "Calculation Method Across Reporting Periods",
        "#indicator+method+period",
        19.0,
    ),
    ("Partner's Project Name", "#activity+project+name", 26.0),
    ("Activity Status", "#status+activity", 11.0),
    ("Start Date of Activity", "#date+activity+start", 13.0),
    ("End Date of Activity", "#date+activity+end", 13.0),
    ("Baseline for Entire Indicator", "#indicator+baseline", 13.0),
    ("Target Set for Entire Indicator", "#indicator+target", 13.0),
    ("Progress in Location", "#indicator+value+progress", 12.0),
    ("Report Location Name", "#loc+name", 18.0),
    ("Reported Location Type", "#loc+type", 12.0),
    ("Admin 1 Name", "#adm1+name", 15.0),
    ("Admin 1 Pcode", "#adm1+code", 12.0),
    ("Admin 2 Name", "#adm2+name", 15.0),
    ("Admin 2 Pcode", "#adm2+code", 12.0),
    ("Admin 3 Name", "#adm3+name", 15.0),
    ("Admin 3 Pcode", "#adm3+code", 15.0),
    ("Admin 4 Name", "#adm4+name", 15.0),
    ("Admin 4 Pcode", "#adm4+code", 21.0),
    ("Admin 5 Name", "#adm5+name", 15.0),
    ("Admin 5 Pcode", "#adm5+code", 15.0),
    ("Report Start Date", "#date+report+start", 13.0),
    ("Report End Date", "#date+report+end", 13.0),
    ("Report Status", "#status+report", 10.0),
    ("Overall Status", "#status+overall", 10.0),
    ("Date Reported", "#date+reported", 11.0),
    ("Partner ID", "#org+impl+code", 9.0),
    ("Partner's Project ID", "#activity+project+code", 12.0),
    ("Cluster Objective ID", "#sector+objective+code", 10.0),
    ("Activity ID", "#activity+code", 10.0),
    ("Indicator ID", "#indicator+code", 10.0),
    ("Location ID", "#loc+code", 10.0),
    ("Report ID", "#meta+report+code", 10.0),
];

/// A column of a category: what readers see, and its HXL tag.
type Category = (String, String);

/// A row of the table.
struct Line<'a> {
    indicator: (usize, &'a Indicator),
    slot: Slot<'a>,
    /// The place as the figures write it; none for the whole project.
    place: Option<String>,
}

pub(super) fn sheets(view: &View) -> Vec<SheetModel> {
    let lines = lines(view);
    let categories = categories(view, &lines);
    let widths: Vec<f64> = COLUMNS.iter().map(|(_, _, width)| *width).collect();
    let widths = [widths, vec![15.0; categories.len() + 1]].concat();
    let mut sheet = SheetModel::new(view.labels.get("partner.un_sheet"), &widths);
    let heads = |pick: fn(&(&'static str, &'static str, f64)) -> &'static str, last: &str| -> Vec<String> {
        let fixed = COLUMNS.iter().map(|column| pick(column).to_owned());
        fixed.chain([last.to_owned()]).collect()
    };
    let mut names = heads(|column| column.0, "Total");
    let mut tags = heads(|column| column.1, "#indicator+value+total");
    names.splice(
        COLUMNS.len()..COLUMNS.len(),
        categories.iter().map(|(name, _)| name.clone()),
    );
    tags.splice(
        COLUMNS.len()..COLUMNS.len(),
        categories.iter().map(|(_, tag)| tag.clone()),
    );
    sheet.push(texts(names, Look::Head));
    let tags = sheet.push(texts(tags, Look::Small));
    sheet.freeze_below(tags, 0);
    sheet.repeated = Some((0, tags));
    for line in &lines {
        sheet.push(row(view, line, &categories));
    }
    vec![sheet]
}

fn texts(texts: Vec<String>, look: Look) -> Vec<CellModel> {
    (0..)
        .zip(texts)
        .map(|(column, text)| CellModel::text(column, text, look))
        .collect()
}

fn lines<'a>(view: &View<'a>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (index, indicator) in view.indicators() {
        for slot in machine::slots(view, index) {
            let mut places: Vec<Option<String>> = Vec::new();
            for (disaggregation, figure) in machine::cells(view, index, slot) {
                let place = site(disaggregation, figure).map(|(place, _)| place);
                if place.is_some() && !places.contains(&place) {
                    places.push(place);
                }
            }
            // The whole stays a row beside its places: distinct people of places do not add up to it.
            places.insert(0, None);
            lines.extend(places.into_iter().map(|place| Line {
                indicator: (index, indicator),
                slot,
                place,
            }));
        }
    }
    lines
}

/// The site of a cell, and whether the cell says nothing else.
fn site(disaggregation: &Disaggregation, figure: &Figure) -> Option<(String, bool)> {
    let axes = axes(disaggregation);
    let at = axes.iter().position(|axis| *axis == Axis::Site)?;
    let parts = machine::parts(disaggregation, &figure.category)?;
    match parts.get(at)? {
        Part::Place(place) => Some((place.clone(), axes.len() == 1)),
        _ => Some((String::new(), axes.len() == 1)),
    }
}

/// The category of a cell beside its place.
fn category(view: &View, disaggregation: &Disaggregation, figure: &Figure) -> Option<Category> {
    let axes = axes(disaggregation);
    let parts = machine::parts(disaggregation, &figure.category);
    let Some(at) = axes.iter().position(|axis| *axis == Axis::Site) else {
        let head = capital(&view.disaggregation(disaggregation));
        let name = format!("{head}: {}", view.category(disaggregation, &figure.category));
        let attributes = parts
            .and_then(|parts| hxl::attributes(&axes, &parts))
            .unwrap_or_default();
        return Some((name, format!("#indicator+value{attributes}")));
    };
    let (mut axes, mut parts) = (axes, parts?);
    let mut by = disaggregation.by.clone();
    axes.remove(at);
    parts.remove(at);
    by.remove(at);
    if axes.is_empty() {
        return None;
    }
    let mut sides: Vec<&str> = figure.category.split(" & ").collect();
    if sides.len() != axes.len() + 1 {
        return None;
    }
    sides.remove(at);
    let rest = without_place(view, disaggregation, by);
    let head = capital(&view.disaggregation(&rest));
    let name = format!("{head}: {}", view.category(&rest, &sides.join(" & ")));
    let attributes = hxl::attributes(&axes, &parts).unwrap_or_default();
    Some((name, format!("#indicator+value{attributes}")))
}

/// A breakdown without its place: as another indicator or breakdown calls it, so that both share their columns.
fn without_place(view: &View, disaggregation: &Disaggregation, by: Vec<Subject>) -> Disaggregation {
    let indicators = view.report.project.indicators.iter();
    let mut known = indicators.flat_map(|indicator| &indicator.disaggregations);
    let label = known.find(|known| known.by == by).map(|known| known.label.clone());
    Disaggregation {
        label: label.unwrap_or_default(),
        by,
        ..disaggregation.clone()
    }
}

/// Every category that has a figure, in the order of the indicators.
fn categories(view: &View, lines: &[Line]) -> Vec<Category> {
    let mut known = indexmap::IndexSet::new();
    for line in lines.iter().filter(|line| line.place.is_none()) {
        for (disaggregation, figure) in machine::cells(view, line.indicator.0, line.slot) {
            known.extend(category(view, disaggregation, figure));
        }
    }
    known.into_iter().collect()
}

fn row(view: &View, line: &Line, categories: &[Category]) -> Vec<CellModel> {
    let (index, indicator) = line.indicator;
    let mut cells = fixed(view, line);
    let first = u16::try_from(COLUMNS.len()).unwrap_or(u16::MAX);
    let mut total = line
        .place
        .is_none()
        .then(|| view.total(index, line.slot.scope, line.slot.index));
    let mut values = vec![None; categories.len()];
    for (disaggregation, figure) in machine::cells(view, index, line.slot) {
        let site = site(disaggregation, figure);
        if site.as_ref().map(|(place, _)| place) != line.place.as_ref() {
            continue;
        }
        if let Some((_, true)) = site {
            total = Some(Some(figure));
        } else if let Some(category) = category(view, disaggregation, figure)
            && let Some(at) = categories.iter().position(|known| *known == category)
        {
            values[at] = Some(figure);
        }
    }
    let last = first + u16::try_from(categories.len()).unwrap_or(0);
    cells.extend(
        (first..)
            .zip(values)
            .map(|(column, figure)| value(view, column, figure, indicator)),
    );
    cells.push(value(view, last, total.flatten(), indicator));
    cells
}

/// The prescribed columns.
fn fixed(view: &View, line: &Line) -> Vec<CellModel> {
    let (project, (index, indicator)) = (view.report.project, line.indicator);
    let reporting = &project.reporting;
    let (location, name) = located(view, line.place.as_deref());
    let (start, end) = line.slot.days(view);
    let number = |value: Option<f64>| value.map_or(Content::Blank, Content::Number);
    let text = |text: String| {
        if text.is_empty() {
            Content::Blank
        } else {
            Content::Text(text)
        }
    };
    let country = view.labels.find(&format!("country.{}", reporting.country));
    let mut contents = vec![
        text(country.unwrap_or_default().to_owned()),
        text(reporting.country.clone()),
        text(words(view, &reporting.response_plan)),
        text(words(view, &reporting.cluster)),
        text(words_or(view, &reporting.partner, &project.organisation)),
        text(words(view, &reporting.objective)),
        text(activity_name(view, indicator)),
        text(indicator_name(view, indicator)),
        text(kind(indicator).to_owned()),
        text(across_places(indicator).to_owned()),
        text(across_periods(indicator).to_owned()),
        text(words(view, &project.name)),
        Content::Blank,
        Content::Date(project.start),
        Content::Date(project.end),
        number(indicator.baseline.map(|baseline| baseline.value)),
        number(indicator.target),
        Content::Blank,
        text(name),
        text(location.map_or_else(String::new, |area| format!("Admin {}", area.level))),
    ];
    for level in levels::<LEVELS>(view, location) {
        contents.push(text(level.map_or_else(String::new, |area| area.name.clone())));
        contents.push(text(level.map_or_else(String::new, |area| area.code.clone())));
    }
    contents.extend([Content::Date(start), Content::Date(end)]);
    contents.resize(COLUMNS.len(), Content::Blank);
    let mut cells: Vec<CellModel> = (0..)
        .zip(contents)
        .map(|(column, content)| CellModel::new(column, content, Look::Text))
        .collect();
    for column in [BASELINE, TARGET] {
        cells[column].look = Look::Number;
        cells[column].number = style(indicator);
    }
    let progress = progress(view, line, index);
    cells[usize::from(PROGRESS)] = value(view, PROGRESS, progress, indicator);
    cells
}

const BASELINE: usize = 15;
const TARGET: usize = 16;
const PROGRESS: u16 = 17;

/// What was reached at the place up to the period's end, where that is reported.
fn progress<'a>(view: &View<'a>, line: &Line, index: usize) -> Option<&'a Figure> {
    let to_date = Slot {
        scope: Scope::Cumulative,
        ..line.slot
    };
    match &line.place {
        None => view.total(index, to_date.scope, to_date.index),
        Some(place) => machine::cells(view, index, to_date)
            .find(|(cut, figure)| site(cut, figure).is_some_and(|(name, alone)| alone && name == *place))
            .map(|(_, figure)| figure),
    }
}

/// The place of a row in the project's list, and its name: as the figures write it where the list has none.
fn located<'a>(view: &View<'a>, place: Option<&str>) -> (Option<&'a Area>, String) {
    let area = match place {
        None => machine::home(view),
        Some(name) => machine::place(view, name),
    };
    let written = place.filter(|place| !place.is_empty()).map(crate::report::view::clean);
    let unknown = place
        .filter(|place| place.is_empty())
        .map(|_| view.labels.value("unknown"));
    let name = area.map(|area| area.name.clone()).or(written).or(unknown);
    (area, name.unwrap_or_default())
}

fn value(view: &View, column: u16, figure: Option<&Figure>, indicator: &Indicator) -> CellModel {
    let content = match figure.map(|figure| machine::value(figure, indicator)) {
        None => Content::Blank,
        Some(Value::Number(number)) => Content::Number(number),
        Some(blank) => Content::Text(view.blank_word(blank)),
    };
    CellModel::new(column, content, Look::Number).styled(style(indicator))
}

fn style(indicator: &Indicator) -> NumberStyle {
    NumberStyle {
        decimals: indicator.decimals,
        percent: indicator.unit == Unit::Percent,
        ..NumberStyle::default()
    }
}

fn kind(indicator: &Indicator) -> &'static str {
    match (indicator.class, indicator.unit) {
        (_, Unit::Percent) => "Percentage",
        (Class::Ratio, _) => "Ratio",
        (Class::Flow | Class::Distinct | Class::Level, _) => "Quantity",
    }
}

/// How values of places make one; a distinct count or a share of several places can't be made of theirs.
fn across_places(indicator: &Indicator) -> &'static str {
    match indicator.class {
        Class::Flow => "sum",
        Class::Level | Class::Distinct | Class::Ratio => NOT_ADDITIVE,
    }
}

fn across_periods(indicator: &Indicator) -> &'static str {
    match indicator.class {
        Class::Flow => "sum",
        Class::Level => "latest",
        Class::Distinct | Class::Ratio => NOT_ADDITIVE,
    }
}

const NOT_ADDITIVE: &str = "recomputed, never added";

#[cfg(test)]
mod tests;
