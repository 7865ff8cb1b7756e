//! `[field.<name>]`, `[[lookup]]`, `[[capacity]]` and `[[span]]`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::source::{patterns, text_map};
use crate::message::message;
use crate::project::calendar::{CalendarKind, Period, parse_label};
use crate::project::diagnostic::Diagnostics;
use crate::project::keys_source::field_kind;
use crate::project::model::{FieldKind, FieldRule, Lookup};
use crate::project::node::{Node, View};

/// First and last day of the project.
type Days = Option<(NaiveDate, NaiveDate)>;

/// How values of fields are brought to one form.
pub(super) fn fields(file: &View<'_>, out: &mut Diagnostics) -> IndexMap<String, FieldRule> {
    let entries = file.get("field").map(Node::entries).unwrap_or_default();
    entries
        .into_iter()
        .map(|(key, _, node)| {
            let table = node.view();
            let kind = table.text("kind").and_then(|code| field_kind(&code));
            let rule = FieldRule {
                kind: kind.unwrap_or(FieldKind::Text),
                aliases: aliases(&table, out),
            };
            (key.to_owned(), rule)
        })
        .collect()
}

/// Value meant → other ways to write it; a way of writing can mean one value only.
fn aliases(table: &View<'_>, out: &mut Diagnostics) -> IndexMap<String, Vec<String>> {
    let entries = table.get("aliases").map(Node::entries).unwrap_or_default();
    let mut meant: BTreeMap<String, &str> = BTreeMap::new();
    let mut aliases = IndexMap::new();
    for (value, _, node) in entries {
        for item in node.one_or_many() {
            let Some(written) = item.text() else { continue };
            let other = meant.insert(written.trim().to_lowercase(), value);
            if let Some(other) = other.filter(|other| *other != value) {
                let message = message!(
                    "`{written}` is written for both `{other}` and `{value}`",
                    written,
                    other,
                    value
                );
                let help = message!("one way of writing can mean one value only");
                out.note(item.file, item.span(), message, help);
            }
        }
        aliases.insert(value.to_owned(), node.texts());
    }
    aliases
}

/// Tables that say more about a value.
pub(super) fn lookups(file: &View<'_>, out: &mut Diagnostics) -> Vec<Lookup> {
    let tables = file.tables("lookup").into_iter();
    tables
        .map(|table| Lookup {
            files: patterns(&table, "files", out),
            sheets: table.texts("sheets"),
            key: table.text("key").unwrap_or_default(),
            field: table.text("field").unwrap_or_default(),
            gives: table.get("gives").map(text_map).unwrap_or_default(),
            at: table.at(),
        })
        .collect()
}

/// Places for stays, each from a day on.
pub(super) fn capacity(file: &View<'_>, project: Days, out: &mut Diagnostics) -> Vec<(NaiveDate, u32)> {
    let mut capacity: Vec<(NaiveDate, u32)> = Vec::new();
    for table in file.tables("capacity") {
        let (Some(from), Some(places)) = (table.get("from"), table.get("places")) else {
            continue;
        };
        let (Some(day), Some(number)) = (from.date(), table.small("places")) else {
            continue;
        };
        if number == 0 {
            let help = message!("write how many people can sleep there, or leave this table out");
            let message = message!("a capacity of 0 places: no occupancy can be computed from it");
            out.note(places.file, places.span(), message, help);
        }
        if capacity.last().is_some_and(|(before, _)| *before >= day) {
            let help = message!("write the capacities in order of time, each day once");
            out.note(
                from.file,
                from.span(),
                message!("a capacity from {day} after a later one", day),
                help,
            );
        }
        if project.is_some_and(|(_, end)| day > end) {
            let message = message!("a capacity from {day}, after the project's end", day);
            out.note(
                from.file,
                from.span(),
                message,
                message!("change `from`, or leave it out"),
            );
        }
        capacity.push((day, number));
    }
    capacity
}

/// Spans of the project's own.
pub(super) fn spans(file: &View<'_>, project: Days, out: &mut Diagnostics) -> Vec<Period> {
    let mut spans: Vec<Period> = Vec::new();
    for table in file.tables("span") {
        let (Some(start), Some(end)) = (table.get("start"), table.get("end")) else {
            continue;
        };
        let (Some(first), Some(last)) = (start.date(), end.date()) else {
            continue;
        };
        let label = table.text("label").unwrap_or_else(|| format!("{first}..{last}"));
        check_days(start, first, end, last, project, out);
        let node = table.get("label").unwrap_or(start);
        let calendar = project.is_some_and(|(from, to)| parse_label(&label, from, to).is_ok());
        if calendar || spans.iter().any(|other| other.label == label) {
            let help = message!("give the span a label of its own");
            out.note(
                node.file,
                node.span(),
                message!("`{label}` is the label of another period", label),
                help,
            );
        }
        spans.push(Period {
            label,
            start: first,
            end: last,
            calendar: CalendarKind::Project,
            partial: false,
        });
    }
    spans
}

fn check_days(start: Node<'_>, first: NaiveDate, end: Node<'_>, last: NaiveDate, project: Days, out: &mut Diagnostics) {
    if first > last {
        let message = message!("a span that ends on {last}, before it starts on {first}", last, first);
        out.note(end.file, end.span(), message, message!("change `start` or `end`"));
    }
    let Some((from, to)) = project else { return };
    for (node, day) in [(start, first), (end, last)] {
        if day < from || day > to {
            let message = message!(
                "the project runs from {from} to {to}: {day} lies outside",
                from,
                to,
                day
            );
            let help = message!("a span lies within the project");
            out.note(node.file, node.span(), message, help);
        }
    }
}
