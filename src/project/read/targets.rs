//! Targets beside periods, and those of single categories.

use std::collections::BTreeMap;
use std::ops::Range;

use super::World;
use super::project::calendars;
use super::subject::categories;
use crate::message::{Tell, message};
use crate::project::calendar::{Period, parse_label};
use crate::project::diagnostic::Diagnostics;
use crate::project::model::{Disaggregation, Subject};
use crate::project::node::{Node, View};
use crate::project::suggest::suggestion;

/// Targets of single cells: period label (empty = life of project), breakdown, category → target.
pub(super) type CellTargets = BTreeMap<(String, String, String), f64>;

/// Targets per period label.
pub(super) fn milestones(table: &View<'_>, world: &World<'_>, out: &mut Diagnostics) -> BTreeMap<String, f64> {
    let mut milestones = BTreeMap::new();
    for (label, span, node) in table.get("targets").map(Node::entries).unwrap_or_default() {
        if let Some(label) = period(table, label, node, span, world, out) {
            milestones.extend(node.number().map(|value| (label, value)));
        }
    }
    milestones
}

/// The label of a period in which the indicator is reported; a mistake for any other.
fn period(
    table: &View<'_>,
    label: &str,
    node: Node<'_>,
    span: Range<usize>,
    world: &World<'_>,
    out: &mut Diagnostics,
) -> Option<String> {
    if world.spans.iter().any(|own| own.label == label) {
        let reported = table.get("spans").map(Node::texts);
        if reported.is_some_and(|labels| !labels.iter().any(|reported| reported == label)) {
            let help = message!("add \"{label}\" to `spans`, or leave the target out", label);
            let message = message!("a target for {label}, but this indicator is not reported for it", label);
            out.note(node.file, span, message, help);
        }
        return Some(label.to_owned());
    }
    let (start, end) = world.span?;
    match parse_label(label, start, end) {
        Ok(period) => {
            check_reported(table, &period, node, span, world, out);
            Some(period.label)
        }
        Err(error) => {
            let help = message!("a target stands beside a period of the project; `target` is that of its whole life");
            out.note(node.file, span, error.message(), help);
            None
        }
    }
}

/// Targets of the categories of a breakdown, for the life of the project and per period.
pub(super) fn cell_targets(
    indicator: &View<'_>,
    breakdown: Node<'_>,
    read: &Disaggregation,
    world: &World<'_>,
    targets: &mut CellTargets,
    out: &mut Diagnostics,
) {
    let table = breakdown.view();
    for (category, span, node) in table.get("target").map(Node::entries).unwrap_or_default() {
        let category = printed(category, span, node, read, world, out);
        targets.extend(
            node.number()
                .map(|value| ((String::new(), read.name.clone(), category), value)),
        );
    }
    for (label, span, node) in table.get("targets").map(Node::entries).unwrap_or_default() {
        let Some(label) = period(indicator, label, node, span, world, out) else {
            continue;
        };
        for (category, span, node) in node.entries() {
            let category = printed(category, span, node, read, world, out);
            targets.extend(
                node.number()
                    .map(|value| ((label.clone(), read.name.clone(), category), value)),
            );
        }
    }
}

/// A category as reports write it; it may be named by its code too.
fn printed(
    category: &str,
    span: Range<usize>,
    node: Node<'_>,
    read: &Disaggregation,
    world: &World<'_>,
    out: &mut Diagnostics,
) -> String {
    if let Some(name) = read.rename.get(category) {
        return name.clone();
    }
    let known = match read.by.as_slice() {
        [subject] => known(subject, world),
        _ => None,
    };
    let named = read.rename.values().any(|name| name == category);
    if let Some(known) = known.filter(|known| !named && !known.iter().any(|code| code == category)) {
        let help = suggestion(category, known.iter().map(String::as_str));
        out.note(
            node.file,
            span,
            message!("a target for `{category}`, which is no category here", category),
            help,
        );
    }
    category.to_owned()
}

fn known(subject: &Subject, world: &World<'_>) -> Option<Vec<String>> {
    let mut known = categories(subject, world)?;
    known.push("unknown".to_owned());
    Some(known)
}

/// Notes a target beside a period that is never reported: nobody would see it.
fn check_reported(
    table: &View<'_>,
    period: &Period,
    node: Node<'_>,
    span: Range<usize>,
    world: &World<'_>,
    out: &mut Diagnostics,
) {
    let reported = calendars(table).unwrap_or_else(|| world.calendars.clone());
    let whole = world.span == Some((period.start, period.end));
    if !whole && !reported.contains(&period.calendar) {
        let code = period.calendar.code();
        let message = message!(
            "a target for {label}, but this indicator is not reported by {code}",
            label = period.label,
            code
        );
        let help = message!("add \"{code}\" to `calendars`, or leave the target out", code);
        out.note(node.file, span, message, help);
    }
}
