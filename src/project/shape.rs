//! The grammar of definitions as data: sections, keys, the shape of each value.
//!
//! The tables in [`super::keys`] are made of these types. Checking a file, and the JSON Schema for
//! editors, both walk the same tables, so a key is documented once.

use std::sync::Arc;

use super::diagnostic::{DefinitionText, Diagnostics};
use super::keys::LANGUAGES;
use super::node::{Node, View};
use super::suggest::{nearest, suggestion};
use crate::message::{Message, message};

/// A table of a definition with the keys it may hold.
#[derive(Debug)]
pub(super) struct Section {
    /// What messages call it.
    pub(super) name: &'static str,
    /// One sentence for editors.
    pub(super) doc: &'static str,
    /// The keys.
    pub(super) keys: &'static [Key],
}

/// A key of a section.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    /// As written.
    pub(super) name: &'static str,
    /// What may follow it.
    pub(super) shape: Shape,
    /// What happens without it.
    pub(super) need: Need,
    /// One sentence for editors.
    pub(super) doc: &'static str,
}

/// What happens without a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// A mistake.
    Required,
    /// Nothing, or something that the sentence explains.
    Optional,
    /// As if this had been written.
    Default(&'static str),
}

/// One accepted word of a closed list.
#[derive(Debug)]
pub(super) struct Choice {
    /// As written.
    pub(super) code: &'static str,
    /// One phrase for editors.
    pub(super) doc: &'static str,
    /// Words that people write when they mean this one; not accepted, but understood in suggestions.
    pub(super) also: &'static [&'static str],
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// Text.
    Text,
    /// Text, or a table of texts by language.
    Words,
    /// A text or a list of texts.
    Texts,
    /// A whole number within bounds.
    Whole(i64, i64),
    /// A number.
    Number,
    /// `true` or `false`.
    YesNo,
    /// A day.
    Date,
    /// One word of a closed list.
    OneOf(&'static [Choice]),
    /// One word of a closed list, or several in a list.
    SomeOf(&'static [Choice]),
    /// A list.
    ListOf(&'static Shape),
    /// A table with keys of the author's own.
    MapOf(&'static Shape),
    /// A table.
    Table(&'static Section),
    /// `[[several]]` tables.
    Tables(&'static Section),
    /// Either of several.
    Either(&'static [Shape]),
    /// A condition; checked where it is read, because it may name fields of the project's own.
    Condition,
}

impl Shape {
    /// What messages call it.
    pub(super) fn words(&self) -> Message {
        match self {
            Self::Text => message!("text in quotes"),
            Self::Words => message!("text in quotes, or a text per language like { en = \"…\", uk = \"…\" }"),
            Self::Texts => message!("text in quotes, or a list of texts"),
            Self::Whole(low, high) if *high == i64::from(u32::MAX) => message!("a whole number from {low}", low),
            Self::Whole(low, high) => message!("a whole number from {low} to {high}", low, high),
            Self::Number => message!("a number"),
            Self::YesNo => message!("true or false"),
            Self::Date => message!("a date like 2026-01-31"),
            Self::OneOf(_) => message!("a word in quotes"),
            Self::SomeOf(_) => message!("a word in quotes, or a list of words"),
            Self::ListOf(item) => message!("a list; each item {words}", words = item.words()),
            Self::MapOf(_) | Self::Table(_) | Self::Condition => message!("a table like { key = value }"),
            Self::Tables(section) => message!("written as [[{name}]]", name = section.name),
            Self::Either(shapes) => {
                let words = shapes.iter().map(Shape::words);
                words
                    .reduce(|before, last| message!("{before}, or {last}", before, last))
                    .unwrap_or_else(Message::nothing)
            }
        }
    }

    /// Whether a value is of this form at all, its contents aside.
    fn takes(&self, node: Node<'_>) -> bool {
        match self {
            Self::Text | Self::OneOf(_) => node.text().is_some(),
            Self::Words => node.text().is_some() || node.is_table(),
            Self::Texts | Self::SomeOf(_) => node.text().is_some() || node.is_list(),
            Self::Whole(low, high) => node.whole().is_some_and(|number| (*low..=*high).contains(&number)),
            Self::Number => node.number().is_some(),
            Self::YesNo => node.yes_no().is_some(),
            Self::Date => node.date().is_some(),
            Self::ListOf(_) | Self::Tables(_) => node.is_list(),
            Self::MapOf(_) | Self::Table(_) | Self::Condition => node.is_table(),
            Self::Either(shapes) => shapes.iter().any(|shape| shape.takes(node)),
        }
    }

    /// Notes everything about a value that is not of this shape.
    pub(super) fn check(&self, name: &str, node: Node<'_>, out: &mut Diagnostics) {
        if !self.takes(node) {
            let message = message!(
                "`{name}` must be {words}; this is {kind}",
                name,
                words = self.words(),
                kind = node.kind()
            );
            return out.note(node.file, node.span(), message, None);
        }
        match self {
            Self::OneOf(choices) => check_choice(name, node, choices, out),
            Self::SomeOf(choices) => {
                for item in node.one_or_many() {
                    Self::OneOf(choices).check(name, item, out);
                }
            }
            Self::Texts => each(name, node.one_or_many(), &Self::Text, out),
            Self::Words => check_words(name, node, out),
            Self::ListOf(item) => each(name, node.items(), item, out),
            Self::MapOf(item) => each(name, node.values(), item, out),
            Self::Table(section) => section.check(&node.view(), out),
            Self::Tables(section) => {
                for item in node.items() {
                    Self::Table(section).check(name, item, out);
                }
            }
            Self::Either(shapes) => {
                if let Some(shape) = shapes.iter().find(|shape| shape.takes(node)) {
                    shape.check(name, node, out);
                }
            }
            _ => {}
        }
    }
}

fn each(name: &str, nodes: Vec<Node<'_>>, shape: &Shape, out: &mut Diagnostics) {
    for node in nodes {
        shape.check(name, node, out);
    }
}

fn check_words(name: &str, node: Node<'_>, out: &mut Diagnostics) {
    each(name, node.values(), &Shape::Text, out);
    for (code, span, _) in node.entries() {
        if !LANGUAGES.iter().any(|language| language.code == code) {
            let message = message!("`{code}` is not a language of reports", code);
            out.note(node.file, span, message, choice_help(code, LANGUAGES));
        }
    }
}

fn check_choice(name: &str, node: Node<'_>, choices: &[Choice], out: &mut Diagnostics) {
    let Some(word) = node.text() else { return };
    if choices.iter().any(|choice| choice.code == word) {
        return;
    }
    let message = message!("unknown {name} `{word}`", name, word);
    out.note(node.file, node.span(), message, choice_help(word, choices));
}

fn choice_help(word: &str, choices: &[Choice]) -> Option<Message> {
    let codes = || choices.iter().map(|choice| choice.code);
    if nearest(word, codes()).is_none() {
        let meant = choices
            .iter()
            .find(|choice| nearest(word, choice.also.iter().copied()).is_some());
        if let Some(choice) = meant {
            return Some(message!(
                "did you mean `{code}` ({doc})?",
                code = choice.code,
                doc = Message::phrase(choice.doc)
            ));
        }
    }
    suggestion(word, codes())
}

impl Section {
    /// Notes every unknown key, missing key and misshapen value of a table.
    pub(super) fn check(&self, view: &View<'_>, out: &mut Diagnostics) {
        for (key, span, node) in view.own_entries() {
            let Some(known) = self.keys.iter().find(|known| known.name == key) else {
                let message = message!(
                    "unknown key `{key}` in {section}",
                    key,
                    section = Message::phrase(self.name)
                );
                let help = suggestion(key, self.keys.iter().map(|known| known.name));
                out.note(node.file, span, message, help);
                continue;
            };
            known.shape.check(key, node, out);
        }
        self.check_needs(view, view.file(), out);
    }

    fn check_needs(&self, view: &View<'_>, file: &Arc<DefinitionText>, out: &mut Diagnostics) {
        for key in self.keys.iter().filter(|key| key.need == Need::Required) {
            if view.get(key.name).is_none() {
                let message = message!(
                    "{section} lacks `{key}`",
                    section = Message::phrase(self.name),
                    key = key.name
                );
                let help = message!(
                    "add `{key}`: {doc}",
                    key = key.name,
                    doc = Message::phrase(key.doc).lowered()
                );
                out.note(file, view.span(), message, help);
            }
        }
    }
}
