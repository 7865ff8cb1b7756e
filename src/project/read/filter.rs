//! `where`: conditions written as tables.
//!
//! Keys of one table must all hold; a list means one of; `any = [ … ]` holds where one of its tables
//! does, `all = [ … ]` where each does, `not = { … }` where its table does not. `known = "…"` holds where
//! there is a value at all; `{ from = …, to = … }` are bounds of a number or a day; `days` is the contact's own.

use std::ops::Range;

use super::subject::{categories, category_name, parse, subject as named, unknown};
use super::{World, expect_one_of};
use crate::message::message;
use crate::project::diagnostic::Diagnostics;
use crate::project::model::{Filter, Subject};
use crate::project::node::{Node, View};

/// Reads the condition under `where`; everything, where there is none.
pub(super) fn condition(table: &View<'_>, world: &World<'_>, out: &mut Diagnostics) -> Filter {
    match table.get("where").filter(|node| node.is_table()) {
        Some(node) => all_of(node, world, out),
        None => Filter::All,
    }
}

/// Both conditions, in as few words as possible.
pub(super) fn both(a: Filter, b: Filter) -> Filter {
    match (a, b) {
        (Filter::All, other) | (other, Filter::All) => other,
        (Filter::And(mut parts), Filter::And(more)) => {
            parts.extend(more);
            Filter::And(parts)
        }
        (Filter::And(mut parts), other) => {
            parts.push(other);
            Filter::And(parts)
        }
        (a, b) => Filter::And(vec![a, b]),
    }
}

/// Every subject that a condition looks at.
pub(super) fn subjects(filter: &Filter) -> Vec<&Subject> {
    match filter {
        Filter::All | Filter::Days { .. } => Vec::new(),
        Filter::And(parts) | Filter::Or(parts) => parts.iter().flat_map(subjects).collect(),
        Filter::Not(part) => subjects(part),
        Filter::OneOf { subject, .. } | Filter::Known(subject) | Filter::Between { subject, .. } => vec![subject],
    }
}

fn all_of(node: Node<'_>, world: &World<'_>, out: &mut Diagnostics) -> Filter {
    let mut parts = Vec::new();
    for (key, span, value) in node.entries() {
        parts.extend(part(key, span, value, world, out));
    }
    parts.into_iter().fold(Filter::All, both)
}

fn part(key: &str, span: Range<usize>, node: Node<'_>, world: &World<'_>, out: &mut Diagnostics) -> Vec<Filter> {
    match key {
        "not" | "any" | "all" if !nested(key, node, out) => Vec::new(),
        "not" => vec![Filter::Not(Box::new(all_of(node, world, out)))],
        "any" => vec![Filter::Or(conditions(node, world, out))],
        "all" => conditions(node, world, out),
        "known" => known(node, world, out),
        "days" => days(None, node, out).into_iter().collect(),
        "field" | "person" | "age" if node.is_table() => {
            let entries = node.entries().into_iter();
            let named = entries.map(|(name, span, value)| (format!("{key}.{name}"), span, value));
            named
                .filter_map(|(code, span, value)| compared(&code, span, value, world, out))
                .collect()
        }
        _ => compared(key, span, node, world, out).into_iter().collect(),
    }
}

fn conditions(node: Node<'_>, world: &World<'_>, out: &mut Diagnostics) -> Vec<Filter> {
    node.items().into_iter().map(|item| all_of(item, world, out)).collect()
}

fn known(node: Node<'_>, world: &World<'_>, out: &mut Diagnostics) -> Vec<Filter> {
    let subjects = node.one_or_many().into_iter();
    subjects
        .filter_map(|item| named(item, world, out).map(Filter::Known))
        .collect()
}

/// A subject compared with values, or with bounds.
fn compared(
    code: &str,
    span: Range<usize>,
    node: Node<'_>,
    world: &World<'_>,
    out: &mut Diagnostics,
) -> Option<Filter> {
    if !node.is_table() {
        return one_of(code, span, node, world, out);
    }
    let Some(subject) = parse(code, world) else {
        let (message, help) = unknown(code, world);
        out.note(node.file, span, message, help);
        return None;
    };
    if let Subject::Field(field) | Subject::Attribute(field) = &subject {
        let bounds = node.view();
        let number = ["from", "to"]
            .iter()
            .all(|key| bounds.get(key).is_none_or(|node| node.number().is_some()));
        if !number {
            return days(Some(field.clone()), node, out);
        }
        check_bounds(node, out)?;
        return Some(Filter::Between {
            subject,
            from: bounds.get("from").and_then(Node::number),
            to: bounds.get("to").and_then(Node::number),
        });
    }
    let help = message!("bounds are for fields that hold a number or a day");
    out.note(node.file, node.span(), message!("`{code}` has no bounds", code), help);
    None
}

/// The day of the contact, or that in a field, within bounds.
fn days(field: Option<String>, node: Node<'_>, out: &mut Diagnostics) -> Option<Filter> {
    check_bounds(node, out)?;
    let bounds = node.view();
    for item in node.values().into_iter().filter(|item| item.date().is_none()) {
        let message = message!(
            "bounds must both be numbers or both be days; this is {kind}",
            kind = item.kind()
        );
        out.note(item.file, item.span(), message, message!("write days as in 2026-01-31"));
    }
    Some(Filter::Days {
        field,
        from: bounds.get("from").and_then(Node::date),
        to: bounds.get("to").and_then(Node::date),
    })
}

/// Bounds are `from`, `to` or both, the first not above the second.
fn check_bounds(node: Node<'_>, out: &mut Diagnostics) -> Option<()> {
    let entries = node.entries();
    let fits = !entries.is_empty() && entries.iter().all(|(key, _, _)| ["from", "to"].contains(key));
    let bounds = node.view();
    let pair = bounds.get("from").zip(bounds.get("to"));
    let numbers = pair.and_then(|(from, to)| from.number().zip(to.number()));
    let dates = pair.and_then(|(from, to)| from.date().zip(to.date()));
    let reversed = numbers.is_some_and(|(from, to)| from > to) || dates.is_some_and(|(from, to)| from > to);
    if fits && !reversed {
        return Some(());
    }
    let message = if fits {
        message!("nothing lies within these bounds")
    } else {
        message!("these are no bounds")
    };
    let help = message!("write { from = 2, to = 9 }, both ends included; either may be left out");
    out.note(node.file, node.span(), message, help);
    None
}

/// Whether `not` holds a table and `any` a list of tables; a mistake where not.
fn nested(key: &str, node: Node<'_>, out: &mut Diagnostics) -> bool {
    let (fits, help) = match key {
        "not" => (node.is_table(), "not = { activity = \"legal\" }"),
        "all" => (
            is_conditions(node),
            "all = [{ activity = \"legal\" }, { known = \"phone\" }]",
        ),
        _ => (
            is_conditions(node),
            "any = [{ activity = \"legal\" }, { activity = \"psych\" }]",
        ),
    };
    if !fits {
        let message = if key == "not" {
            message!("`{key}` must hold a condition", key)
        } else {
            message!("`{key}` must hold a list of conditions", key)
        };
        out.note(node.file, node.span(), message, message!("for example: {help}", help));
    }
    fits
}

fn is_conditions(node: Node<'_>) -> bool {
    node.is_list() && !node.items().is_empty() && node.items().into_iter().all(Node::is_table)
}

fn one_of(code: &str, span: Range<usize>, node: Node<'_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Filter> {
    let Some(subject) = parse(code, world) else {
        let (message, help) = unknown(code, world);
        out.note(node.file, span, message, help);
        return None;
    };
    let values: Vec<String> = node.one_or_many().into_iter().filter_map(scalar).collect();
    if values.is_empty() || values.len() < node.one_or_many().len() {
        let message = message!(
            "`{code}` must be compared with a text, a number, true or false, or a list of them",
            code
        );
        out.note(node.file, node.span(), message, None);
        return None;
    }
    check_values(&subject, node, world, out);
    Some(Filter::OneOf { subject, values })
}

/// A value to compare with; true and false are the answers yes and no.
fn scalar(node: Node<'_>) -> Option<String> {
    let answer = node.yes_no().map(|yes| if yes { "yes" } else { "no" }.to_owned());
    answer
        .or_else(|| node.text().map(str::to_owned))
        .or_else(|| node.number().map(|number| number.to_string()))
}

fn check_values(subject: &Subject, node: Node<'_>, world: &World<'_>, out: &mut Diagnostics) {
    for item in node.one_or_many() {
        match categories(subject, world) {
            Some(_) if *subject == Subject::Activity => world.expect_activity(item, out),
            Some(_) if matches!(subject, Subject::Age(_)) && item.text() == Some("unknown") => {}
            Some(accepted) => {
                expect_one_of(&category_name(subject), item, accepted.iter().map(String::as_str), out);
            }
            None => {}
        }
    }
}
