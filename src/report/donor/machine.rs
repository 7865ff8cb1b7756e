//! What the formats that machines read share: categories taken apart, periods of the report, places with their codes.

use std::collections::BTreeSet;

use crate::logframe::figures::{Figure, Period, Scope, Value};
use crate::project::calendar::CalendarKind;
use crate::project::model::{Area, Disaggregation, Filter, Indicator, Localized, Rule, Subject};
use crate::report::labels::plain_number;
use crate::report::view::{View, clean};

/// What stands between the categories of crossed subjects in a figure.
const CROSS: &str = " & ";
const UNKNOWN: &str = "unknown";

/// What a side of a breakdown is about, as far as machines' formats know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Axis {
    /// Where a session was held.
    Site,
    /// Where a person lives.
    Home,
    /// Sex.
    Sex,
    /// Age in years.
    Age,
    /// Disability.
    Disability,
    /// Displacement.
    Displaced,
    /// New or returning.
    Newness,
    /// Anything else.
    Other,
}

/// One side of a category.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A place as the figures write it.
    Place(String),
    /// Women and girls.
    Female,
    /// Men and boys.
    Male,
    /// A sex that is neither.
    OtherSex,
    /// Full years from and to, the end included; no end for the oldest.
    Years(u32, Option<u32>),
    /// Yes or no: of disability and displacement.
    Holds(bool),
    /// First contact in the period.
    New,
    /// Earlier contacts.
    Returning,
    /// Not known.
    Unknown,
    /// A category of another kind.
    Other(String),
}

impl Axis {
    fn of(subject: &Subject) -> Self {
        match subject {
            Subject::Site => Axis::Site,
            Subject::Age(_) => Axis::Age,
            Subject::NewReturning => Axis::Newness,
            Subject::Attribute(key) | Subject::Field(key) => match key.as_str() {
                "sex" => Axis::Sex,
                "disability" => Axis::Disability,
                "idp" => Axis::Displaced,
                "settlement" | "hromada" | "raion" | "oblast" => Axis::Home,
                _ => Axis::Other,
            },
            Subject::Activity
            | Subject::Title
            | Subject::Group
            | Subject::Facilitator
            | Subject::Source
            | Subject::Evidence
            | Subject::Band { .. }
            | Subject::PersonActivities
            | Subject::PersonSources
            | Subject::Order
            | Subject::Month
            | Subject::FindingKind => Axis::Other,
        }
    }

    /// The category that a code stands for.
    fn part(self, code: &str) -> Part {
        if code == UNKNOWN && self != Axis::Other {
            return Part::Unknown;
        }
        match (self, code) {
            (Axis::Site | Axis::Home, place) => Part::Place(place.to_owned()),
            (Axis::Sex, "female") => Part::Female,
            (Axis::Sex, "male") => Part::Male,
            (Axis::Sex, "other") => Part::OtherSex,
            (Axis::Age, band) => years(band).unwrap_or_else(|| Part::Other(band.to_owned())),
            (Axis::Disability | Axis::Displaced, "yes") => Part::Holds(true),
            (Axis::Disability | Axis::Displaced, "no") => Part::Holds(false),
            (Axis::Newness, "new") => Part::New,
            (Axis::Newness, "returning") => Part::Returning,
            (_, other) => Part::Other(other.to_owned()),
        }
    }
}

/// The years of an age band by its code: `0-17`, `18`, `60+`.
fn years(band: &str) -> Option<Part> {
    if let Some(from) = band.strip_suffix('+') {
        return Some(Part::Years(from.parse().ok()?, None));
    }
    let (from, to) = band.split_once('-').unwrap_or((band, band));
    Some(Part::Years(from.parse().ok()?, Some(to.parse().ok()?)))
}

/// What the sides of a breakdown are about; none for a breakdown of the indicator's own cells.
pub(super) fn axes(disaggregation: &Disaggregation) -> Vec<Axis> {
    disaggregation.by.iter().map(Axis::of).collect()
}

/// The sides of a category, in the order of the breakdown's subjects; none where the definition merges or renames
/// categories so that they can't be told apart any more.
pub(super) fn parts(disaggregation: &Disaggregation, category: &str) -> Option<Vec<Part>> {
    let axes = axes(disaggregation);
    let whole: Vec<&str> = codes(disaggregation, category);
    let sides: Vec<Vec<&str>> = match whole.as_slice() {
        [code] if code.split(CROSS).count() == axes.len() => code.split(CROSS).map(|side| vec![side]).collect(),
        _ => category.split(CROSS).map(|side| codes(disaggregation, side)).collect(),
    };
    if axes.is_empty() || sides.len() != axes.len() {
        return None;
    }
    axes.iter()
        .zip(sides)
        .map(|(axis, codes)| match codes.as_slice() {
            [code] => Some(unwritten(disaggregation, *axis, code)),
            _ => None,
        })
        .collect()
}

/// A side whose code may itself have been renamed inside a renamed whole.
fn unwritten(disaggregation: &Disaggregation, axis: Axis, code: &str) -> Part {
    match codes(disaggregation, code).as_slice() {
        [inner] => axis.part(inner),
        _ => axis.part(code),
    }
}

/// The codes that are written as `name`: itself where it is nobody's other name.
fn codes<'a>(disaggregation: &'a Disaggregation, name: &'a str) -> Vec<&'a str> {
    let renamed = disaggregation.rename.iter().filter(|(_, given)| *given == name);
    let codes: Vec<&str> = renamed.map(|(code, _)| code.as_str()).collect();
    if codes.is_empty() { vec![name] } else { codes }
}

/// Where a figure is found and the days that it covers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot<'a> {
    /// Period alone or since the project's start.
    pub(super) scope: Scope,
    /// Index of the period.
    pub(super) index: usize,
    /// The period.
    pub(super) period: &'a Period,
}

impl Slot<'_> {
    /// First and last day that the figure covers.
    pub(super) fn days(&self, view: &View) -> (chrono::NaiveDate, chrono::NaiveDate) {
        match self.scope {
            Scope::Period => (self.period.start, self.period.end),
            Scope::Cumulative => (view.report.project.start.min(self.period.end), self.period.end),
        }
    }
}

/// The periods of the report in which an indicator is reported, by the shortest calendar that it is reported in; the
/// whole span where no shorter period has a figure.
pub(super) fn slots<'a>(view: &View<'a>, indicator: usize) -> Vec<Slot<'a>> {
    [Scope::Period, Scope::Cumulative]
        .into_iter()
        .map(|scope| slots_of(view, indicator, scope))
        .find(|slots| !slots.is_empty())
        .unwrap_or_default()
}

fn slots_of<'a>(view: &View<'a>, indicator: usize, scope: Scope) -> Vec<Slot<'a>> {
    let Some(span) = view.span() else { return Vec::new() };
    let whole = (CalendarKind::Project, vec![(view.report.figures.span, span)]);
    let (own, mut groups): (Vec<_>, Vec<_>) = view
        .period_groups()
        .into_iter()
        .partition(|(calendar, _)| *calendar == CalendarKind::Project);
    groups.push(whole);
    groups.extend(own);
    let within = |period: &Period| period.start >= span.start && period.end <= span.end;
    groups
        .into_iter()
        .map(|(_, periods)| {
            let reported = periods
                .into_iter()
                .filter(|(index, period)| within(period) && view.total(indicator, scope, *index).is_some());
            reported
                .map(|(index, period)| Slot { scope, index, period })
                .collect::<Vec<_>>()
        })
        .find(|slots| !slots.is_empty())
        .unwrap_or_default()
}

/// The periods of the report, then its whole span, then everything since the project's start; no days twice.
pub(super) fn all_slots<'a>(view: &View<'a>, indicator: usize) -> Vec<Slot<'a>> {
    let mut slots = slots(view, indicator);
    if let Some(period) = view.span() {
        let index = view.report.figures.span;
        slots.extend([Scope::Period, Scope::Cumulative].map(|scope| Slot { scope, index, period }));
    }
    let mut met = BTreeSet::new();
    slots.retain(|slot| view.total(indicator, slot.scope, slot.index).is_some() && met.insert(slot.days(view)));
    slots
}

/// Every cell of the breakdowns of an indicator in a period, with its breakdown.
pub(super) fn cells<'v, 'a>(
    view: &'v View<'a>,
    indicator: usize,
    slot: Slot,
) -> impl Iterator<Item = (&'a Disaggregation, &'a Figure)> + use<'v, 'a> {
    let (scope, index) = (slot.scope, slot.index);
    let known = view.report.project.indicators.get(indicator);
    let cuts = known.map_or(&[][..], |known| known.disaggregations.as_slice());
    cuts.iter().enumerate().flat_map(move |(cut, disaggregation)| {
        let cells = view.cells(indicator, scope, index, Some(cut));
        cells.iter().map(move |figure| (disaggregation, *figure))
    })
}

/// The administrative places around a place, level 1 first: none where the level is not listed.
pub(super) fn levels<'a, const LEVELS: usize>(view: &View<'a>, place: Option<&'a Area>) -> [Option<&'a Area>; LEVELS] {
    let mut levels = [None; LEVELS];
    let chain = place.map(|place| view.report.project.reporting.around(place));
    for area in chain.into_iter().flatten() {
        let level = usize::from(area.level).checked_sub(1);
        if let Some(free) = level
            .and_then(|level| levels.get_mut(level))
            .filter(|level| level.is_none())
        {
            *free = Some(area);
        }
    }
    levels
}

/// The narrowest listed place that holds all others: where a figure of the whole project belongs.
pub(super) fn home<'a>(view: &View<'a>) -> Option<&'a Area> {
    let reporting = &view.report.project.reporting;
    let leaves = reporting
        .places
        .iter()
        .filter(|place| reporting.places.iter().all(|other| other.within != place.code));
    let chains: Vec<Vec<&Area>> = leaves.map(|leaf| reporting.around(leaf)).collect();
    let (first, others) = chains.split_first()?;
    let held = |area: &&&'a Area| others.iter().all(|chain| chain.contains(area));
    first.iter().find(held).copied()
}

/// The place that the raw files write so.
pub(super) fn place<'a>(view: &View<'a>, name: &str) -> Option<&'a Area> {
    view.report.project.reporting.place(name)
}

/// A text of the definitions in the report's language.
pub(super) fn words(view: &View, text: &Localized) -> String {
    clean(text.get(view.report.lang))
}

/// The first of two texts that says something.
pub(super) fn words_or(view: &View, first: &Localized, second: &Localized) -> String {
    let first = words(view, first);
    if first.is_empty() { words(view, second) } else { first }
}

/// The name of an indicator in the cluster's list, else its statement.
pub(super) fn indicator_name(view: &View, indicator: &Indicator) -> String {
    let name = words(view, &indicator.for_donors.cluster_indicator);
    if name.is_empty() {
        view.statement(indicator)
    } else {
        name
    }
}

/// The name of the activity in the cluster's list, else the activities that the indicator is limited to.
pub(super) fn activity_name(view: &View, indicator: &Indicator) -> String {
    let name = words(view, &indicator.for_donors.cluster_activity);
    if !name.is_empty() {
        return name;
    }
    let mut codes = Vec::new();
    if let Rule::Single(counted) = &indicator.rule {
        activities(&counted.filter, &mut codes);
    }
    let names = codes.iter().map(|code| {
        let known = view.report.project.activities.get(*code);
        known.map_or_else(|| clean(code), |activity| words(view, &activity.name))
    });
    names.collect::<Vec<_>>().join("; ")
}

fn activities<'a>(filter: &'a Filter, codes: &mut Vec<&'a str>) {
    match filter {
        Filter::OneOf {
            subject: Subject::Activity,
            values,
        } => codes.extend(values.iter().map(String::as_str)),
        Filter::And(parts) => parts.iter().for_each(|part| activities(part, codes)),
        Filter::All
        | Filter::Or(_)
        | Filter::Not(_)
        | Filter::OneOf { .. }
        | Filter::Known(_)
        | Filter::Between { .. }
        | Filter::Days { .. } => {}
    }
}

/// The target of a figure, which is a plan and no count.
pub(super) fn target(figure: &Figure) -> Option<f64> {
    figure.target.filter(|target| target.is_finite())
}

/// The number of a figure as it is shown, where it may be shown.
pub(super) fn number(figure: &Figure, indicator: &Indicator) -> Option<f64> {
    value(figure, indicator).number()
}

/// The value of a figure, its number rounded to what is shown; a number that is not finite is no data.
pub(super) fn value(figure: &Figure, indicator: &Indicator) -> Value {
    match figure.value {
        Value::Number(number) if number.is_finite() => {
            let shown = plain_number(number, indicator.decimals);
            Value::Number(shown.parse().unwrap_or(number))
        }
        Value::Number(_) => Value::NoData,
        Value::NoData | Value::Suppressed | Value::NotApplicable => figure.value,
    }
}

#[cfg(test)]
pub(super) mod tests;
