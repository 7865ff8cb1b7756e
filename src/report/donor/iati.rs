//! IATI 2.03: the project as an activity with its results, indicators, baselines, periods, targets and actuals.
//!
//! What the definitions do not say is left out, and an XML comment says what is missing; where the schema asks for
//! it, the file is not valid until the definitions say it. An actual that is hidden or has no data has no value but
//! a comment.

use std::collections::BTreeSet;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::machine::{self, Axis, Part, Slot, words, words_or};
use crate::logframe::figures::{Figure, Value};
use crate::project::model::{Area, Baseline, Class, Direction, Disaggregation, Indicator, Level, Localized, Unit};
use crate::report::labels::plain_number;
use crate::report::view::{View, clean};

/// The file being written.
type Xml = Writer<Vec<u8>>;
/// Attributes of an element.
type Attributes<'a> = &'a [(&'a str, &'a str)];
/// Indicators of one result, with what it is called.
type Group<'a> = (Level, &'a Localized, Vec<(usize, &'a Indicator)>);

pub(super) fn text(view: &View) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(view, &mut xml).expect("nothing fails in writing to memory");
    let text = String::from_utf8(xml.into_inner()).expect("made of texts alone");
    format!("{text}\n")
}

fn write(view: &View, xml: &mut Xml) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    element(xml, "iati-activities", &[("version", "2.03")], |xml| {
        for missing in missing(view) {
            comment(xml, &missing)?;
        }
        let lang = view.report.lang;
        element(xml, "iati-activity", &[("xml:lang", lang)], |xml| activity(view, xml))
    })
}

/// What the schema asks for and the definitions do not say.
fn missing(view: &View) -> Vec<String> {
    let (project, lang) = (view.report.project, view.report.lang);
    let reporting = &project.reporting;
    let needed = [
        ("iati-activity", reporting.iati_activity.as_str()),
        ("iati-organisation", reporting.iati_organisation.as_str()),
        ("iati-organisation-type", reporting.iati_organisation_type.as_str()),
        ("organisation", project.organisation.get(lang)),
        ("name", project.name.get(lang)),
    ];
    let absent = needed.into_iter().filter(|(_, said)| said.trim().is_empty());
    absent
        .map(|(key, _)| view.labels.fill("partner.iati_missing", &[("key", key)]))
        .chain(view.indicators().into_iter().filter_map(|(_, indicator)| {
            let undated = indicator.baseline.is_some_and(|baseline| baseline.date.is_none());
            let code = clean(&indicator.code);
            undated.then(|| view.labels.fill("partner.iati_baseline", &[("code", &code)]))
        }))
        .collect()
}

fn activity(view: &View, xml: &mut Xml) -> io::Result<()> {
    let project = view.report.project;
    let reporting = &project.reporting;
    let (name, organisation) = (words(view, &project.name), words(view, &project.organisation));
    if !reporting.iati_activity.trim().is_empty() {
        plain(xml, "iati-identifier", &reporting.iati_activity)?;
    }
    let mut attributes = Vec::new();
    let organisation_ref = clean(&reporting.iati_organisation);
    let organisation_type = clean(&reporting.iati_organisation_type);
    attributes.extend((!organisation_ref.is_empty()).then_some(("ref", organisation_ref.as_str())));
    attributes.extend((!organisation_type.is_empty()).then_some(("type", organisation_type.as_str())));
    if !organisation.is_empty() || !attributes.is_empty() {
        narrated(xml, "reporting-org", &attributes, &organisation)?;
    }
    narrated(xml, "title", &[], &name)?;
    let description = [name, words(view, &reporting.objective)];
    let description: Vec<String> = description.into_iter().filter(|part| !part.is_empty()).collect();
    narrated(xml, "description", &[("type", "1")], &description.join(". "))?;
    let donor = words(view, &project.donor);
    if !donor.is_empty() {
        narrated(xml, "participating-org", &[("role", "1")], &donor)?;
    }
    let partner = words_or(view, &reporting.partner, &project.organisation);
    if !partner.is_empty() {
        narrated(xml, "participating-org", &[("role", "4")], &partner)?;
    }
    // 2 = implementation, 3 = finalisation: after its last day a project may still wait for its accounts.
    let status = if view.report.as_of > project.end { "3" } else { "2" };
    empty(xml, "activity-status", &[("code", status)])?;
    let days = [("1", project.start), ("3", project.end)];
    for (kind, day) in days {
        empty(xml, "activity-date", &[("type", kind), ("iso-date", &day.to_string())])?;
    }
    if !reporting.country.is_empty() {
        empty(xml, "recipient-country", &[("code", &reporting.country)])?;
    }
    for area in &reporting.places {
        element(xml, "location", &[("ref", &area.code)], |xml| {
            narrated(xml, "name", &[], &area.name)
        })?;
    }
    for (level, result, indicators) in results(view) {
        write_result(view, xml, level, result, &indicators)?;
    }
    Ok(())
}

/// The indicators by level and by the result that they measure.
fn results<'a>(view: &View<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, indicator) in view.indicators() {
        let result = &indicator.for_donors.result;
        let known = groups
            .iter_mut()
            .find(|(level, words, _)| (*level, *words) == (indicator.level, result));
        match known {
            Some((_, _, members)) => members.push((index, indicator)),
            None => groups.push((indicator.level, result, vec![(index, indicator)])),
        }
    }
    groups
}

fn write_result(
    view: &View,
    xml: &mut Xml,
    level: Level,
    result: &Localized,
    indicators: &[(usize, &Indicator)],
) -> io::Result<()> {
    // 1 output, 2 outcome, 3 impact, 9 other.
    let kind = match level {
        Level::Output => "1",
        Level::Outcome => "2",
        Level::Impact => "3",
        Level::Activity | Level::Quality => "9",
    };
    let title = words(view, result);
    let title = if title.is_empty() {
        view.labels.level(level).to_owned()
    } else {
        title
    };
    element(xml, "result", &[("type", kind)], |xml| {
        narrated(xml, "title", &[], &title)?;
        indicators
            .iter()
            .try_for_each(|(index, indicator)| write_indicator(view, xml, *index, indicator))
    })
}

fn write_indicator(view: &View, xml: &mut Xml, index: usize, indicator: &Indicator) -> io::Result<()> {
    let measure = if indicator.unit == Unit::Percent { "2" } else { "1" };
    let mut attributes = vec![("measure", measure)];
    attributes.extend(match indicator.direction {
        Direction::Increase => Some(("ascending", "1")),
        Direction::Decrease => Some(("ascending", "0")),
        Direction::Neutral => None,
    });
    // Only what adds up over periods and places may be added by a reader.
    let adds_up = if indicator.class == Class::Flow { "1" } else { "0" };
    attributes.push(("aggregation-status", adds_up));
    element(xml, "indicator", &attributes, |xml| {
        narrated(xml, "title", &[], &view.statement(indicator))?;
        let parts = [words(view, &indicator.definition), words(view, &indicator.limits)];
        let description: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if !description.is_empty() {
            narrated(xml, "description", &[], &description.join(" "))?;
        }
        // Vocabulary 99 is the reporting organisation's own.
        empty(xml, "reference", &[("vocabulary", "99"), ("code", &indicator.code)])?;
        if let Some(baseline) = indicator.baseline {
            write_baseline(xml, baseline, indicator)?;
        }
        machine::all_slots(view, index)
            .into_iter()
            .try_for_each(|slot| period(view, xml, (index, indicator), slot))
    })
}

/// A baseline, where its year is known.
fn write_baseline(xml: &mut Xml, baseline: Baseline, indicator: &Indicator) -> io::Result<()> {
    let Some(date) = baseline.date else { return Ok(()) };
    let (date, value) = (date.to_string(), plain_number(baseline.value, indicator.decimals));
    let year = date.split('-').next().unwrap_or_default();
    empty(
        xml,
        "baseline",
        &[("iso-date", &date), ("year", year), ("value", &value)],
    )
}

fn period(view: &View, xml: &mut Xml, (index, indicator): (usize, &Indicator), slot: Slot) -> io::Result<()> {
    let (start, end) = slot.days(view);
    element(xml, "period", &[], |xml| {
        empty(xml, "period-start", &[("iso-date", &start.to_string())])?;
        empty(xml, "period-end", &[("iso-date", &end.to_string())])?;
        let total = view.total(index, slot.scope, slot.index);
        let cells: Vec<_> = machine::cells(view, index, slot).collect();
        let figures = || {
            let whole = total.map(|figure| (None, figure));
            let parts = cells.iter().map(|(cut, figure)| (Some(*cut), *figure));
            whole.into_iter().chain(parts)
        };
        for (cut, figure) in figures() {
            if let Some(target) = machine::target(figure) {
                let value = plain_number(target, indicator.decimals);
                let sides = sides(view, cut, figure);
                value_element(xml, "target", Some(&value), &sides, "")?;
            }
        }
        for (cut, figure) in figures() {
            let value = machine::number(figure, indicator).map(|number| plain_number(number, indicator.decimals));
            let comment = remark(view, indicator, figure);
            value_element(xml, "actual", value.as_deref(), &sides(view, cut, figure), &comment)?;
        }
        Ok(())
    })
}

/// What a reader must know of a value: why there is none, or what a share is made of.
fn remark(view: &View, indicator: &Indicator, figure: &Figure) -> String {
    let value = machine::value(figure, indicator);
    match (value, figure.numerator, figure.denominator) {
        (Value::Number(_), Some(above), Some(below)) if above.is_finite() && below.is_finite() => {
            let [above, below] = [above, below].map(|number| plain_number(number, 2));
            view.labels
                .fill("partner.iati_ratio", &[("above", &above), ("below", &below)])
        }
        (Value::Number(_), _, _) => String::new(),
        (Value::Suppressed, _, _) => view.labels.get("partner.iati_suppressed").to_owned(),
        (Value::NoData | Value::NotApplicable, _, _) => view.blank_word(value),
    }
}

/// Where and whom a value is about: the code of a listed place, and names with values.
#[derive(Debug, Default)]
struct Sides {
    places: BTreeSet<String>,
    dimensions: Vec<(String, String)>,
}

fn sides(view: &View, cut: Option<&Disaggregation>, figure: &Figure) -> Sides {
    let Some(cut) = cut else { return Sides::default() };
    let axes = machine::axes(cut);
    let parts = machine::parts(cut, &figure.category).unwrap_or_default();
    let written: Vec<&str> = figure.category.split(" & ").collect();
    if written.len() != axes.len() || parts.len() != axes.len() {
        let whole = (clean(&cut.name), clean(&figure.category));
        return Sides {
            places: BTreeSet::new(),
            dimensions: vec![whole],
        };
    }
    let mut sides = Sides::default();
    for ((axis, part), (subject, written)) in axes.iter().zip(&parts).zip(cut.by.iter().zip(written)) {
        let place: Option<&Area> = match (axis, part) {
            (Axis::Site | Axis::Home, Part::Place(name)) => machine::place(view, name),
            _ => None,
        };
        sides.places.extend(place.map(|area| area.code.clone()));
        sides.dimensions.push((view.subject(subject), clean(written)));
    }
    sides
}

fn value_element(xml: &mut Xml, name: &str, value: Option<&str>, sides: &Sides, comment: &str) -> io::Result<()> {
    let attributes: Vec<(&str, &str)> = value.map(|value| ("value", value)).into_iter().collect();
    if sides.dimensions.is_empty() && comment.is_empty() {
        return empty(xml, name, &attributes);
    }
    element(xml, name, &attributes, |xml| {
        for place in &sides.places {
            empty(xml, "location", &[("ref", place)])?;
        }
        for (name, value) in &sides.dimensions {
            empty(xml, "dimension", &[("name", name), ("value", value)])?;
        }
        if comment.is_empty() {
            Ok(())
        } else {
            narrated(xml, "comment", &[], comment)
        }
    })
}

/// An element with others in it.
fn element(
    xml: &mut Xml,
    name: &str,
    attributes: Attributes,
    inner: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    let safe: Vec<(&str, String)> = attributes.iter().map(|(key, value)| (*key, lawful(value))).collect();
    let element = xml.create_element(name);
    let attributes = safe.iter().map(|(key, value)| (*key, value.as_str()));
    element.with_attributes(attributes).write_inner_content(inner)?;
    Ok(())
}

fn empty(xml: &mut Xml, name: &str, attributes: Attributes) -> io::Result<()> {
    let safe: Vec<(&str, String)> = attributes.iter().map(|(key, value)| (*key, lawful(value))).collect();
    let attributes = safe.iter().map(|(key, value)| (*key, value.as_str()));
    xml.create_element(name).with_attributes(attributes).write_empty()?;
    Ok(())
}

/// An element with a text in it.
fn plain(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(&lawful(text)))?;
    Ok(())
}

/// An element with a text for people in it.
fn narrated(xml: &mut Xml, name: &str, attributes: Attributes, text: &str) -> io::Result<()> {
    element(xml, name, attributes, |xml| plain(xml, "narrative", text))
}

/// A comment of XML, which must not hold two hyphens.
fn comment(xml: &mut Xml, text: &str) -> io::Result<()> {
    let text = format!(" {} ", lawful(text).replace("--", "- -"));
    xml.write_event(Event::Comment(BytesText::from_escaped(text)))
}

/// A text without the characters that XML 1.0 can't hold.
fn lawful(text: &str) -> String {
    let text = clean(text);
    text.chars()
        .filter(|letter| !matches!(letter, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

#[cfg(test)]
mod tests;
