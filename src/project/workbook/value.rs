//! One cell → the TOML text of its value, with the bytes of the cell behind each part; and the way back.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use super::form::{Form, form};
use super::open::Cell;
use super::place::{CellId, Places};
use super::toml_text::{canonical, inline, number_text, quoted};
use crate::message::{Message, message};
use crate::project::diagnostic::DefinitionText;
use crate::project::node::{Node, View};
use crate::project::shape::Shape;
use crate::project::syntax;

/// The TOML text of a cell's value, in parts.
#[derive(Debug, Default)]
pub(super) struct Written(pub(super) Vec<Part>);

/// A part of a value's text.
#[derive(Debug)]
pub(super) struct Part {
    /// TOML.
    pub(super) text: String,
    /// Bytes of the cell's text that it stands for; none for what only TOML needs.
    pub(super) within: Option<Range<usize>>,
    /// Whether it is the cell's own text.
    pub(super) verbatim: bool,
    /// The cell it stands in, where that is another one than the value's.
    pub(super) cell: Option<CellId>,
}

/// Why a cell holds no value.
#[derive(Debug)]
pub(super) struct Wrong {
    /// Bytes of the cell's text.
    pub(super) within: Range<usize>,
    /// What is wrong.
    pub(super) message: Message,
    /// What to do about it.
    pub(super) help: Option<Message>,
}

impl Written {
    fn one(text: String, within: Range<usize>) -> Self {
        let mut written = Self::default();
        written.push(text, within);
        written
    }

    fn push(&mut self, text: String, within: Range<usize>) {
        self.0.push(Part {
            text,
            within: Some(within),
            verbatim: false,
            cell: None,
        });
    }

    /// Adds what only TOML needs.
    pub(super) fn toml(&mut self, text: &str) {
        self.0.push(part(text, None));
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        self.0.iter().map(|part| part.text.as_str()).collect()
    }
}

/// The value of a cell.
pub(super) fn value(cell: &Cell, shape: &Shape) -> Result<Written, Wrong> {
    let shown = cell.shown();
    let whole = 0..shown.len();
    let wrong = |message: Message, help: Message| Wrong {
        within: whole.clone(),
        message,
        help: Some(help),
    };
    match cell {
        Cell::Text(text) => text_value(text, shape),
        Cell::Number(number) if takes_number(shape) => Ok(Written::one(number_text(*number), whole)),
        Cell::YesNo(answer) if takes_yes_no(shape) => Ok(Written::one(answer.to_string(), whole)),
        Cell::Number(_) | Cell::YesNo(_) | Cell::Day(_) => {
            let mut written = Written::one(quoted(&shown), whole);
            if matches!(form(shape), Form::List(_)) {
                written = listed(vec![written]);
            }
            Ok(written)
        }
        Cell::Error(_) => Err(wrong(
            message!("the cell holds an error instead of a value"),
            message!("write the value itself into the cell, or clear it"),
        )),
        Cell::NoResult(_) => Err(wrong(
            message!("the formula has no saved result"),
            message!("open the workbook in Excel, save it, or write the value itself into the cell"),
        )),
    }
}

fn takes_number(shape: &Shape) -> bool {
    match form(shape) {
        Form::Number => true,
        Form::Either(shapes) => shapes.iter().any(takes_number),
        _ => false,
    }
}

fn takes_yes_no(shape: &Shape) -> bool {
    match form(shape) {
        Form::YesNo => true,
        Form::Either(shapes) => shapes.iter().any(takes_yes_no),
        _ => false,
    }
}

fn text_value(written: &str, shape: &Shape) -> Result<Written, Wrong> {
    let text = written.trim();
    let start = written.len() - written.trim_start().len();
    let within = start..start + text.len();
    let form = form(shape);
    if text.starts_with('{') && form.takes_table() || text.starts_with('[') && form.takes_list() {
        return fragment(text, start, "", "");
    }
    if text.starts_with('{') && form.takes_list() {
        return fragment(text, start, "[ ", "\n]");
    }
    if text.starts_with('"') && single(text) {
        return fragment(text, start, "", "");
    }
    match form {
        Form::Text | Form::Words | Form::Day => Ok(Written::one(quoted(text), within)),
        Form::Number => Ok(Written::one(number(text).unwrap_or_else(|| quoted(text)), within)),
        Form::YesNo => Ok(Written::one(
            yes_no(text).map_or_else(|| quoted(text), str::to_owned),
            within,
        )),
        Form::Table => fragment(text, start, "{ ", "\n}"),
        Form::Texts => {
            let mut items = items(text, start, &Shape::Text)?;
            Ok(if items.len() == 1 {
                items.remove(0)
            } else {
                listed(items)
            })
        }
        Form::List(item) => Ok(listed(items(text, start, item)?)),
        Form::Either(shapes) => either(text, start, shapes),
    }
}

/// The first of several shapes that a text fits: a number, an answer, a list where `;` stands, else text.
fn either(text: &str, start: usize, shapes: &[Shape]) -> Result<Written, Wrong> {
    let within = start..start + text.len();
    if let Some(number) = number(text).filter(|_| shapes.iter().any(takes_number)) {
        return Ok(Written::one(number, within));
    }
    if let Some(answer) = yes_no(text).filter(|_| shapes.iter().any(takes_yes_no)) {
        return Ok(Written::one(answer.to_owned(), within));
    }
    let is_plain = |shape: &&Shape| matches!(form(shape), Form::Text | Form::Words | Form::Texts | Form::Day);
    let plain = shapes.iter().find(is_plain);
    let list = shapes.iter().find(|shape| form(shape).takes_list());
    let list = list.filter(|_| plain.is_none() || text.contains(';'));
    let table = shapes.iter().find(|shape| form(shape).takes_table());
    match list.or(plain).or(table) {
        Some(shape) => shifted(text_value(text, shape), start),
        None => Ok(Written::one(quoted(text), within)),
    }
}

fn shifted(value: Result<Written, Wrong>, by: usize) -> Result<Written, Wrong> {
    let shift = |range: &Range<usize>| range.start + by..range.end + by;
    match value {
        Ok(mut written) => {
            for part in &mut written.0 {
                part.within = part.within.as_ref().map(shift);
            }
            Ok(written)
        }
        Err(wrong) => Err(Wrong {
            within: shift(&wrong.within),
            ..wrong
        }),
    }
}

fn items(text: &str, start: usize, shape: &Shape) -> Result<Vec<Written>, Wrong> {
    let mut items = Vec::new();
    let mut at = start;
    for item in text.split(';') {
        if !item.trim().is_empty() {
            items.push(shifted(text_value(item, shape), at)?);
        }
        at += item.len() + 1;
    }
    Ok(items)
}

pub(super) fn listed(items: Vec<Written>) -> Written {
    let mut list = Written::default();
    list.toml("[");
    for (index, item) in items.into_iter().enumerate() {
        list.toml(if index == 0 { "" } else { ", " });
        list.0.extend(item.0);
    }
    list.toml("]");
    list
}

fn number(text: &str) -> Option<String> {
    let number: f64 = text.parse().ok()?;
    number.is_finite().then(|| number_text(number))
}

fn yes_no(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "yes" | "true" => Some("true"),
        "no" | "false" => Some("false"),
        _ => None,
    }
}

/// Whether a text is one value of TOML and nothing else.
pub(super) fn single(text: &str) -> bool {
    let document = format!("x = {text}\n");
    let (table, errors) = DeTable::parse_recoverable(&document);
    errors.is_empty() && table.get_ref().len() == 1 && !ends_in_comment(text)
}

/// Whether what follows on the line would be lost in a comment.
fn ends_in_comment(text: &str) -> bool {
    !DeTable::parse_recoverable(&format!("x = [{text}]\n")).1.is_empty()
}

/// TOML written in a cell, with what it may leave out put around it.
fn fragment(text: &str, start: usize, before: &str, after: &str) -> Result<Written, Wrong> {
    let whole = start..start + text.len();
    // Excel ends lines with a line feed alone; a stray carriage return means nothing.
    let text = text.replace('\r', " ");
    let head = format!("x = {before}");
    let document = format!("{head}{text}{after}\n");
    let (table, errors) = DeTable::parse_recoverable(&document);
    let Some(error) = errors.first() else {
        if ends_in_comment(&format!("{before}{text}{after}")) {
            return Err(Wrong {
                within: whole,
                message: message!("`#` begins a comment"),
                help: Some(message!("put text that holds # between quotation marks")),
            });
        }
        if table.get_ref().len() == 1 {
            return Ok(Written(vec![
                part(before, None),
                Part {
                    text,
                    within: Some(whole),
                    verbatim: true,
                    cell: None,
                },
                part(after, None),
            ]));
        }
        return Err(Wrong {
            within: whole,
            message: message!("more than one value in the cell"),
            help: Some(message!("put all of it between { and }, with commas between the keys")),
        });
    };
    let span = error.span().unwrap_or_default();
    let (message, help) = syntax::advise(&document, &span, error.message());
    let place = |offset: usize| (start + offset.saturating_sub(head.len())).min(whole.end);
    Err(Wrong {
        within: place(span.start)..place(span.end.max(span.start + 1)),
        message,
        help: help.or_else(|| {
            Some(message!(
                "write it as in { key = \"value\" }, or ask for `tallyframe schema`"
            ))
        }),
    })
}

pub(super) fn part(text: &str, within: Option<Range<usize>>) -> Part {
    Part {
        text: text.to_owned(),
        within,
        verbatim: false,
        cell: None,
    }
}

/// The cell that a value is written as: the plainest one that is read as the same value.
pub(super) fn cell(node: Node<'_>, shape: &Shape) -> Cell {
    let wanted = canonical(node, shape);
    let fits = |cell: &Cell| read_back(cell, shape).is_some_and(|read| read == wanted);
    let found = candidates(node, &wanted).into_iter().find(fits);
    found.unwrap_or(Cell::Text(wanted))
}

fn candidates(node: Node<'_>, wanted: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let text = |text: String| (!text.trim().is_empty()).then_some(Cell::Text(text));
    if let Some(number) = node.number() {
        cells.push(Cell::Number(number));
    }
    if let Some(answer) = node.yes_no() {
        cells.extend(text(if answer { "yes" } else { "no" }.to_owned()));
    }
    if node.is_table() {
        let bare = wanted.strip_prefix("{ ").and_then(|rest| rest.strip_suffix(" }"));
        cells.extend(bare.map(str::to_owned).and_then(text));
    }
    if node.is_list() {
        let items: Vec<String> = node.items().into_iter().map(plain).collect();
        cells.extend(text(items.join("; ")));
    }
    cells.extend(
        node.text()
            .filter(|text| fit_for_a_cell(text))
            .map(str::to_owned)
            .and_then(text),
    );
    cells.extend(node.date().map(|day| Cell::Day(day.to_string())));
    cells
}

/// Whether Excel gives a text back as it was: control characters do not survive it.
fn fit_for_a_cell(text: &str) -> bool {
    !text.starts_with('#') && !text.chars().any(|letter| letter.is_control() && letter != '\n')
}

fn plain(node: Node<'_>) -> String {
    let scalar = node.text().filter(|text| fit_for_a_cell(text)).map(str::to_owned);
    scalar
        .or_else(|| node.number().map(number_text))
        .unwrap_or_else(|| inline(node))
}

/// What a cell is read as, in the normal form.
fn read_back(cell: &Cell, shape: &Shape) -> Option<String> {
    let text = format!("x = {}\n", value(cell, shape).ok()?.text());
    let (table, errors) = DeTable::parse_recoverable(&text);
    let file = Arc::new(DefinitionText {
        path: String::new(),
        text: text.clone(),
        places: Places::default(),
    });
    let node = View::document(table.get_ref(), &file).own("x")?;
    errors.is_empty().then(|| canonical(node, shape))
}
