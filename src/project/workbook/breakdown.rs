//! Targets of single categories: on the sheet `targets` rows of their own, in TOML keys of a breakdown.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use super::place::Places;
use super::value::{Part, Written};
use crate::project::diagnostic::DefinitionText;
use crate::project::node::{Node, View};

/// Key of an indicator that holds its breakdowns.
pub(super) const BREAKDOWNS: &str = "disaggregate";
/// Keys of a breakdown that hold targets.
pub(super) const TARGET_KEYS: [&str; 2] = ["target", "targets"];

/// The name of a breakdown: its own, else those of its subjects.
pub(super) fn name(node: Node<'_>) -> String {
    let table = node.view();
    if let Some(name) = table.text("as") {
        return name;
    }
    let by = if node.is_table() { table.get("by") } else { Some(node) };
    let subjects = by.map(Node::texts).unwrap_or_default();
    let names: Vec<&str> = subjects
        .iter()
        .map(|code| code.split_once('.').map_or(code.as_str(), |(_, name)| name))
        .collect();
    names.join(" × ")
}

/// A breakdown as a cell writes it.
#[derive(Debug)]
pub(super) struct Item {
    /// Its name.
    pub(super) name: String,
    /// Which keys of targets the cell itself gives.
    pub(super) own: Vec<&'static str>,
    /// Its own part of the text.
    pub(super) written: Written,
}

/// The breakdowns of a cell.
pub(super) fn split(written: &Written) -> Vec<Item> {
    const HEAD: &str = "x = ";
    let text = format!("{HEAD}{}\n", written.text());
    let (table, _) = DeTable::parse_recoverable(&text);
    let file = Arc::new(DefinitionText {
        path: String::new(),
        text: text.clone(),
        places: Places::default(),
    });
    let Some(list) = View::document(table.get_ref(), &file).own("x") else {
        return Vec::new();
    };
    let items = list.one_or_many().into_iter().map(|item| {
        let span = item.span();
        let offset = |at: usize| at.saturating_sub(HEAD.len());
        let part = written.slice(&(offset(span.start)..offset(span.end)));
        let own = TARGET_KEYS.into_iter().filter(|key| item.view().own(key).is_some());
        Item {
            name: name(item),
            own: own.collect(),
            written: part,
        }
    });
    items.collect()
}

/// A breakdown with more keys; one that is no table yet becomes one.
pub(super) fn with_keys(item: Written, keys: Written) -> Written {
    let text = item.text();
    let mut out = Written::default();
    if let Some(open) = text.trim_end().strip_suffix('}').filter(|_| text.starts_with('{')) {
        let open = open.trim_end().trim_end_matches(',').trim_end();
        out.0.extend(item.slice(&(0..open.len())).0);
        out.toml(if open == "{" { " " } else { ", " });
    } else {
        out.toml("{ by = ");
        out.0.extend(item.0);
        out.toml(", ");
    }
    out.0.extend(keys.0);
    out.toml(" }");
    out
}

impl Written {
    /// The parts of a range of the text.
    fn slice(&self, range: &Range<usize>) -> Written {
        let mut parts = Vec::new();
        let mut at = 0;
        for part in &self.0 {
            let here = at..at + part.text.len();
            at = here.end;
            let from = range.start.max(here.start);
            let to = range.end.min(here.end);
            let Some(text) = (from < to)
                .then(|| part.text.get(from - here.start..to - here.start))
                .flatten()
            else {
                continue;
            };
            let within = part.within.clone().map(|within| {
                let place = |offset: usize| within.start + offset - here.start;
                if part.verbatim { place(from)..place(to) } else { within }
            });
            parts.push(Part {
                text: text.to_owned(),
                within,
                verbatim: part.verbatim,
                cell: part.cell,
            });
        }
        Written(parts)
    }
}
