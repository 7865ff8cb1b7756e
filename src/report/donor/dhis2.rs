//! DHIS2 dataValueSets: the values of indicators that have a data element, by period and organisation unit.
//!
//! A value that is no number is left out: DHIS2 has no word for "suppressed", and a zero would be a lie.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use indexmap::IndexMap;
use serde::Serialize;

use super::machine::{self, Axis, Part, Slot};
use crate::logframe::figures::{Figure, Scope};
use crate::project::model::{Class, Disaggregation, Indicator, Subject};
use crate::report::labels::plain_number;
use crate::report::view::View;

/// What stands between the categories of crossed subjects, and between their names.
const CROSSED: [&str; 2] = [" & ", " × "];

/// The body of a dataValueSets import.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DataValueSet {
    data_values: Vec<DataValue>,
}

/// One value.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DataValue {
    data_element: String,
    period: String,
    org_unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    category_option_combo: Option<String>,
    value: String,
}

pub(super) fn text(view: &View) -> String {
    let mut set = DataValueSet {
        data_values: Vec::new(),
    };
    let chain = view.indicators().into_iter();
    for (index, indicator) in chain.filter(|(_, indicator)| !indicator.for_donors.dhis2.trim().is_empty()) {
        let mut met = BTreeSet::new();
        for slot in slots(view, index) {
            let Some(period) = period(view, &slot) else { continue };
            if met.insert(period.clone()) {
                set.data_values.extend(values(view, (index, indicator), slot, &period));
            }
        }
    }
    let json = serde_json::to_string_pretty(&set).expect("texts alone always become JSON");
    format!("{json}\n")
}

/// The periods of every calendar within the report, then the report's own.
fn slots<'a>(view: &View<'a>, index: usize) -> Vec<Slot<'a>> {
    let Some(span) = view.span() else { return Vec::new() };
    let within = |start: NaiveDate, end: NaiveDate| start >= span.start && end <= span.end;
    let groups = view.period_groups().into_iter().flat_map(|(_, periods)| periods);
    let periods: Vec<_> = groups
        .filter(|(_, period)| within(period.start, period.end))
        .chain([(view.report.figures.span, span)])
        .collect();
    let slots = |scope| {
        let reported = periods.iter().map(move |(index, period)| Slot {
            scope,
            index: *index,
            period,
        });
        reported
            .filter(|slot| view.total(index, slot.scope, slot.index).is_some())
            .collect::<Vec<_>>()
    };
    let in_period = slots(Scope::Period);
    if in_period.is_empty() {
        slots(Scope::Cumulative)
    } else {
        in_period
    }
}

/// A period as DHIS2 writes it, where it is a whole month, quarter, half-year or year, or the part of one that the
/// project runs in.
fn period(view: &View, slot: &Slot) -> Option<String> {
    let (start, end) = (slot.period.start, slot.period.end);
    let project = (view.report.project.start, view.report.project.end);
    let year = start.year();
    [1, 3, 6, 12].into_iter().find_map(|months: u32| {
        let number = start.month0() / months;
        let first = NaiveDate::from_ymd_opt(year, number * months + 1, 1)?;
        let next = first.checked_add_months(chrono::Months::new(months))?;
        let last = next.checked_sub_days(Days::new(1))?;
        if start != first.max(project.0) || end != last.min(project.1) {
            return None;
        }
        Some(match months {
            1 => format!("{year}{:02}", number + 1),
            3 => format!("{year}Q{}", number + 1),
            6 => format!("{year}S{}", number + 1),
            _ => year.to_string(),
        })
    })
}

/// The values of an indicator in a period: its total, and the cells that have a category option combination.
///
/// Where several places share an organisation unit, flows add up there; anything else has no value of its own.
fn values(view: &View, (index, indicator): (usize, &Indicator), slot: Slot, period: &str) -> Vec<DataValue> {
    let own = view.report.project.reporting.dhis2_org_unit.trim();
    let mut cells: IndexMap<(String, Option<String>), Vec<&Figure>> = IndexMap::new();
    let total = view.total(index, slot.scope, slot.index);
    cells.extend(total.map(|figure| ((own.to_owned(), None), vec![figure])));
    let by_site = |cut: &Disaggregation| machine::axes(cut).contains(&Axis::Site);
    let sites = indicator.disaggregations.iter().any(by_site);
    for (disaggregation, figure) in machine::cells(view, index, slot) {
        let lives = machine::axes(disaggregation).contains(&Axis::Home);
        let (unit, cell) = match at_place(view, disaggregation, figure) {
            Some((unit, _)) if unit.trim() == own || (sites && lives) => continue,
            Some(at_place) => at_place,
            None => (own, Some(format!("{}={}", disaggregation.name, figure.category))),
        };
        let known = cell.as_ref().map(|cell| indicator.for_donors.dhis2_cells.get(cell));
        if known == Some(None) {
            continue;
        }
        let combination = known.flatten().map(|combination| combination.trim().to_owned());
        cells
            .entry((unit.trim().to_owned(), combination))
            .or_default()
            .push(figure);
    }
    let element = indicator.for_donors.dhis2.trim();
    let known = cells.into_iter().filter(|((unit, _), _)| !unit.is_empty());
    let values = known.filter_map(|((org_unit, category_option_combo), figures)| {
        Some(DataValue {
            data_element: element.to_owned(),
            period: period.to_owned(),
            org_unit,
            category_option_combo,
            value: plain_number(together(&figures, indicator)?, indicator.decimals),
        })
    });
    values.collect()
}

fn together(figures: &[&Figure], indicator: &Indicator) -> Option<f64> {
    match (figures, indicator.class) {
        ([figure], _) => machine::number(figure, indicator),
        (_, Class::Flow) => figures.iter().map(|figure| machine::number(figure, indicator)).sum(),
        (_, Class::Distinct | Class::Level | Class::Ratio) => None,
    }
}

/// The organisation unit of a cell of a place, and what the cell says beside the place: `sex=female`.
fn at_place<'a>(
    view: &View<'a>,
    disaggregation: &Disaggregation,
    figure: &Figure,
) -> Option<(&'a str, Option<String>)> {
    let axes = machine::axes(disaggregation);
    let at = axes.iter().position(|axis| matches!(axis, Axis::Site | Axis::Home))?;
    let parts = machine::parts(disaggregation, &figure.category)?;
    let Part::Place(place) = parts.get(at)? else {
        return None;
    };
    let unit = machine::place(view, place).map(|area| area.dhis2.as_str())?;
    let mut sides: Vec<&str> = figure.category.split(CROSSED[0]).collect();
    if sides.len() != axes.len() {
        return None;
    }
    sides.remove(at);
    let mut names: Vec<&str> = disaggregation.by.iter().map(name).collect();
    names.remove(at);
    let cell = (!sides.is_empty()).then(|| format!("{}={}", names.join(CROSSED[1]), sides.join(CROSSED[0])));
    Some((unit, cell))
}

/// The name of a subject as definitions write it.
fn name(subject: &Subject) -> &str {
    match subject {
        Subject::Field(key) | Subject::Attribute(key) => key,
        Subject::Band { of, .. } => of,
        Subject::Age(_) => "age",
        Subject::Activity => "activity",
        Subject::PersonActivities => "person-activities",
        Subject::PersonSources => "person-sources",
        Subject::Order => "order",
        Subject::Site => "site",
        Subject::Title => "title",
        Subject::Group => "group",
        Subject::Facilitator => "facilitator",
        Subject::Source => "source",
        Subject::Evidence => "evidence",
        Subject::NewReturning => "new",
        Subject::Month => "month",
        Subject::FindingKind => "finding",
    }
}

#[cfg(test)]
mod tests;
