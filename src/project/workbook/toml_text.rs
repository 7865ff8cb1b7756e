//! Values as TOML text in one normal form, by which two forms of the same definitions can be compared.

use std::fmt::Write as _;

use super::form::{Form, form};
use crate::project::node::Node;
use crate::project::shape::{Key, Section, Shape};

/// Longest line before a list is broken.
const WIDTH: usize = 110;

/// A text as a TOML string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            letter if letter.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// A key, in quotes where it needs them.
pub(super) fn key_text(key: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if !key.is_empty() && key.chars().all(bare) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

/// A number as TOML writes it; whole ones without a dot.
pub(super) fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        format!("{number:.0}")
    } else {
        format!("{number:?}")
    }
}

/// A value on one line.
pub(super) fn inline(node: Node<'_>) -> String {
    if node.is_list() {
        let items: Vec<String> = node.items().into_iter().map(inline).collect();
        return format!("[{}]", items.join(", "));
    }
    if node.is_table() {
        return braces(&pairs(node));
    }
    if let Some(text) = node.text() {
        return quoted(text);
    }
    if let Some(answer) = node.yes_no() {
        return answer.to_string();
    }
    match node.number() {
        Some(number) => number_text(number),
        None => node.written(),
    }
}

/// The keys and values of a table, as they stand.
fn pairs(node: Node<'_>) -> Vec<String> {
    let entries = node.entries().into_iter();
    entries.map(|(key, _, value)| pair(key, &inline(value))).collect()
}

/// A value of a shape on one line; the same text for values that mean the same.
pub(super) fn canonical(node: Node<'_>, shape: &Shape) -> String {
    match shape {
        Shape::Words => match node.entries().as_slice() {
            [("en", _, only)] => inline(*only),
            _ => inline(node),
        },
        Shape::Date => node.date().map_or_else(|| inline(node), |day| day.to_string()),
        Shape::Texts | Shape::SomeOf(_) => match node.items().as_slice() {
            [only] => inline(*only),
            _ => inline(node),
        },
        Shape::ListOf(item) if node.is_list() => list(node, |value| canonical(value, item)),
        Shape::Tables(section) if node.is_list() => list(node, |value| canonical_table(value, section)),
        Shape::Table(section) if node.is_table() => canonical_table(node, section),
        Shape::MapOf(item) if node.is_table() => {
            let entries = node.entries().into_iter();
            braces(
                &entries
                    .map(|(key, _, value)| pair(key, &canonical(value, item)))
                    .collect::<Vec<_>>(),
            )
        }
        Shape::Either(shapes) => match shapes.iter().find(|shape| fits(shape, node)) {
            Some(shape) => canonical(node, shape),
            None => inline(node),
        },
        Shape::ListOf(_) | Shape::Tables(_) | Shape::Table(_) | Shape::MapOf(_) => inline(node),
        Shape::Text | Shape::Whole(..) | Shape::Number | Shape::YesNo | Shape::OneOf(_) | Shape::Condition => {
            inline(node)
        }
    }
}

fn fits(shape: &Shape, node: Node<'_>) -> bool {
    let form = form(shape);
    (node.is_table() && form.takes_table()) || (node.is_list() && form.takes_list())
}

fn list(node: Node<'_>, item: impl Fn(Node<'_>) -> String) -> String {
    let items: Vec<String> = node.items().into_iter().map(item).collect();
    format!("[{}]", items.join(", "))
}

/// A table with its keys in the order of the grammar.
fn canonical_table(node: Node<'_>, section: &Section) -> String {
    let table = node.view();
    let known = |name: &str| section.keys.iter().any(|key| key.name == name);
    let mut parts: Vec<String> = Vec::new();
    for key in section.keys {
        parts.extend(
            table
                .own(key.name)
                .map(|value| pair(key.name, &canonical(value, &key.shape))),
        );
    }
    let others = node.entries().into_iter().filter(|(name, _, _)| !known(name));
    parts.extend(others.map(|(name, _, value)| pair(name, &inline(value))));
    braces(&parts)
}

fn pair(key: &str, value: &str) -> String {
    format!("{} = {value}", key_text(key))
}

fn braces(pairs: &[String]) -> String {
    match pairs {
        [] => "{}".to_owned(),
        pairs => format!("{{ {} }}", pairs.join(", ")),
    }
}

/// The keys of a section with their values, a line each, in the order of the grammar.
pub(super) fn section_lines(section: &Section, node: Node<'_>) -> String {
    let mut out = String::new();
    for key in section.keys {
        if let Some(value) = node.view().own(key.name) {
            line(&mut out, key, value);
        }
    }
    out
}

fn line(out: &mut String, key: &Key, value: Node<'_>) {
    let name = key_text(key.name);
    let languages = value.entries();
    if matches!(form(&key.shape), Form::Words) && languages.len() > 1 {
        for (language, _, text) in languages {
            let _ = writeln!(out, "{name}.{} = {}", key_text(language), inline(text));
        }
        return;
    }
    let text = canonical(value, &key.shape);
    if let (true, Shape::ListOf(item)) = (name.len() + text.len() > WIDTH, &key.shape) {
        let _ = writeln!(out, "{name} = [");
        for value in value.one_or_many() {
            let _ = writeln!(out, "    {},", canonical(value, item));
        }
        let _ = writeln!(out, "]");
    } else {
        let _ = writeln!(out, "{name} = {text}");
    }
}
