//! `[ages]` and `[bands]`: lower bounds, or bands as they are printed.

use indexmap::IndexMap;

use crate::message::message;
use crate::project::diagnostic::Diagnostics;
use crate::project::model::AgeScheme;
use crate::project::node::{Node, View};

/// The age schemes; a standard one where the project has none.
pub(super) fn ages(file: &View<'_>, out: &mut Diagnostics) -> IndexMap<String, AgeScheme> {
    let mut schemes = schemes(file, "ages", out);
    if schemes.is_empty() {
        let name = "standard".to_owned();
        let from = vec![0, 18, 60];
        schemes.insert(name.clone(), AgeScheme { name, from });
    }
    schemes
}

/// The bands of other numbers; each has a name that no age scheme has.
pub(super) fn bands(
    file: &View<'_>,
    ages: &IndexMap<String, AgeScheme>,
    out: &mut Diagnostics,
) -> IndexMap<String, AgeScheme> {
    let schemes = schemes(file, "bands", out);
    for (name, span, node) in file.get("bands").map(Node::entries).unwrap_or_default() {
        if ages.contains_key(name) {
            let help = message!("give one of the two another name");
            out.note(
                node.file,
                span,
                message!("`{name}` names both ages and other bands", name),
                help,
            );
        }
    }
    schemes
}

fn schemes(file: &View<'_>, key: &str, out: &mut Diagnostics) -> IndexMap<String, AgeScheme> {
    let entries = file.get(key).map(Node::entries).unwrap_or_default();
    let mut schemes = IndexMap::new();
    for (name, _, node) in entries {
        if let Some(from) = bounds(key == "ages", name, node, out) {
            let name = name.to_owned();
            schemes.insert(name.clone(), AgeScheme { name, from });
        }
    }
    schemes
}

fn bounds(years: bool, name: &str, node: Node<'_>, out: &mut Diagnostics) -> Option<Vec<u32>> {
    let what = if years {
        message!("age scheme")
    } else {
        message!("bands")
    };
    let items = node.items();
    let from: Option<Vec<u32>> = if items.iter().any(|item| item.text().is_some()) {
        printed(name, &items, out)
    } else {
        let whole = |item: &Node<'_>| item.whole().and_then(|bound| bound.try_into().ok());
        items.iter().map(whole).collect()
    };
    let from = from?;
    if from.first() != Some(&0) {
        let (who, unit) = if years {
            (message!("children"), message!("year"))
        } else {
            (message!("the smallest numbers"), message!("number"))
        };
        let message = message!(
            "the {what} `{name}` does not begin with 0, so {who} would fall into no band",
            what,
            name,
            who
        );
        let help = message!(
            "write the first {unit} of each band: [0, 18, 60] gives 0-17, 18-59, 60+",
            unit
        );
        out.note(node.file, node.span(), message, help);
    }
    let slip = from.windows(2).position(|pair| pair[0] >= pair[1]);
    if let Some(item) = slip.and_then(|at| items.get(at + 1)) {
        let message = message!("the {what} `{name}` does not ascend", what, name);
        let help = if years {
            message!("write the first year of each band from the youngest to the oldest")
        } else {
            message!("write the first number of each band from the smallest to the largest")
        };
        let help = help.clone();
        out.note(item.file, item.span(), message, help);
    }
    Some(from)
}

/// A band as printed: its first number and its last; the last band is open.
fn band(text: &str) -> Option<(u32, Option<u32>)> {
    let text = text.trim();
    if let Some(first) = text.strip_suffix('+') {
        return Some((first.trim().parse().ok()?, None));
    }
    match text.split_once(['-', '–']) {
        Some((first, last)) => Some((first.trim().parse().ok()?, Some(last.trim().parse().ok()?))),
        None => text.parse().ok().map(|only| (only, Some(only))),
    }
}

/// Lower bounds of bands written as they are printed, which must follow one another without gap and overlap.
fn printed(name: &str, items: &[Node<'_>], out: &mut Diagnostics) -> Option<Vec<u32>> {
    let mut from = Vec::new();
    let mut next = None;
    for (at, item) in items.iter().enumerate() {
        let is_last = at + 1 == items.len();
        let Some((first, last)) = item.text().and_then(band).filter(|(_, last)| last.is_none() == is_last) else {
            let help = message!("write bands as they are printed, the last one open: [\"0-17\", \"18-59\", \"60+\"]");
            let message = message!("{kind} is no band of `{name}` here", kind = item.kind(), name);
            out.note(item.file, item.span(), message, help);
            return None;
        };
        if last.is_some_and(|last| last < first) {
            out.note(
                item.file,
                item.span(),
                message!("a band that ends before it begins"),
                None,
            );
            return None;
        }
        let found = next.and_then(|next: u32| match first.cmp(&next) {
            std::cmp::Ordering::Less => Some(message!(
                "this band overlaps the one before it: {first} falls into both",
                first
            )),
            std::cmp::Ordering::Greater => Some(message!("this band leaves a gap: {next} falls into none", next)),
            std::cmp::Ordering::Equal => None,
        });
        if let Some(message) = found {
            let help = next.map(|next| message!("begin it with {next}, or change the one before it", next));
            out.note(item.file, item.span(), message, help);
            return None;
        }
        next = last.map(|last| last.saturating_add(1));
        from.push(first);
    }
    Some(from)
}
