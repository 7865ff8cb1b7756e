//! Values of a TOML document with their places, and tables laid over one another.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::DefinitionText;
use super::model::{DefinedAt, Localized};
use crate::message::{Message, message};

/// A value and the file it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    value: &'a Spanned<DeValue<'a>>,
    pub(super) file: &'a Arc<DefinitionText>,
}

impl<'a> Node<'a> {
    pub(super) fn span(self) -> Range<usize> {
        self.value.span()
    }

    /// What messages call the value.
    pub(super) fn kind(self) -> Message {
        match self.value.get_ref() {
            DeValue::String(text) => message!("the text \"{text}\"", text),
            DeValue::Integer(number) => message!("the number {number}", number = number.to_string()),
            DeValue::Float(number) => message!("the number {number}", number = number.to_string()),
            DeValue::Boolean(answer) => Message::Verbatim(answer.to_string()),
            DeValue::Datetime(at) => message!("the date {at}", at = at.to_string()),
            DeValue::Array(_) => message!("a list"),
            DeValue::Table(_) => message!("a table"),
        }
    }

    pub(super) fn text(self) -> Option<&'a str> {
        self.value.get_ref().as_str()
    }

    pub(super) fn whole(self) -> Option<i64> {
        let number = self.value.get_ref().as_integer()?;
        i64::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// A finite number, whole or not.
    pub(super) fn number(self) -> Option<f64> {
        if let Some(float) = self.value.get_ref().as_float() {
            return float.as_str().parse().ok().filter(|number: &f64| number.is_finite());
        }
        self.whole().map(|number| number as f64)
    }

    pub(super) fn yes_no(self) -> Option<bool> {
        self.value.get_ref().as_bool()
    }

    /// A number or a point in time as it is written.
    pub(super) fn written(self) -> String {
        match self.value.get_ref() {
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            DeValue::Datetime(at) => at.to_string(),
            DeValue::String(_) | DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => String::new(),
        }
    }

    /// A day, written as a TOML date or as text.
    pub(super) fn date(self) -> Option<NaiveDate> {
        let written = match self.value.get_ref() {
            DeValue::Datetime(at) => at.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => return None,
        };
        NaiveDate::parse_from_str(&written, "%Y-%m-%d").ok()
    }

    pub(super) fn is_table(self) -> bool {
        self.value.get_ref().is_table()
    }

    pub(super) fn is_list(self) -> bool {
        self.value.get_ref().is_array()
    }

    /// Items of a list; none for anything else.
    pub(super) fn items(self) -> Vec<Node<'a>> {
        let array = self.value.get_ref().as_array();
        let items = array.into_iter().flat_map(|array| array.iter());
        items.map(|value| Node { value, ..self }).collect()
    }

    /// Items of a list, or the value itself.
    pub(super) fn one_or_many(self) -> Vec<Node<'a>> {
        if self.is_list() { self.items() } else { vec![self] }
    }

    /// Values of a table in the order written; none for anything else.
    pub(super) fn values(self) -> Vec<Node<'a>> {
        self.entries().into_iter().map(|(_, _, node)| node).collect()
    }

    /// Keys with their places and values of a table, in the order written; none for anything else.
    pub(super) fn entries(self) -> Vec<(&'a str, Range<usize>, Node<'a>)> {
        self.view().own_entries()
    }

    /// Whether a word stands anywhere in the value; see [`View::says`].
    fn says(self, word: &str) -> bool {
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        match self.text() {
            Some(text) => text == word || text.split(|c| !inside(c)).any(|part| part == word),
            None => self.view().says(word) || self.items().into_iter().any(|item| item.says(word)),
        }
    }

    /// Texts of a list, or the one text.
    pub(super) fn texts(self) -> Vec<String> {
        let texts = self.one_or_many();
        texts
            .into_iter()
            .filter_map(|item| item.text().map(str::to_owned))
            .collect()
    }

    pub(super) fn localized(self) -> Localized {
        if let Some(text) = self.text() {
            return Localized::same(text);
        }
        let entries = self.entries().into_iter();
        Localized(
            entries
                .filter_map(|(language, _, node)| Some((language.to_owned(), node.text()?.to_owned())))
                .collect(),
        )
    }

    /// The value as a table; an empty one for anything else.
    pub(super) fn view(self) -> View<'a> {
        View {
            own: self.value.get_ref().as_table(),
            base: None,
            span: self.span(),
            file: self.file,
        }
    }
}

/// A table, perhaps laid over another one that answers where it is silent.
#[derive(Debug, Clone)]
pub(super) struct View<'a> {
    own: Option<&'a DeTable<'a>>,
    base: Option<(&'a DeTable<'a>, &'a Arc<DefinitionText>)>,
    span: Range<usize>,
    file: &'a Arc<DefinitionText>,
}

/// The table of a source that says what its columns hold.
const COLUMNS: &str = "columns";

impl<'a> View<'a> {
    /// Whether a word stands anywhere as a key, a text or a part of a text, but for what columns are said to hold.
    pub(super) fn says(&self, word: &str) -> bool {
        let mut entries = self.own_entries().into_iter();
        entries.any(|(key, _, node)| key != COLUMNS && (key == word || node.says(word)))
    }

    /// A whole document.
    pub(super) fn document(table: &'a DeTable<'a>, file: &'a Arc<DefinitionText>) -> Self {
        Self {
            own: Some(table),
            base: None,
            span: 0..0,
            file,
        }
    }

    /// The same table over another.
    pub(super) fn over(mut self, base: &View<'a>) -> Self {
        self.base = base.own.map(|table| (table, base.file));
        self
    }

    /// The value that the table itself holds.
    pub(super) fn own(&self, key: &str) -> Option<Node<'a>> {
        let value = self.own?.get(key)?;
        Some(Node { value, file: self.file })
    }

    /// The table's value, else that of the table under it.
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        self.own(key).or_else(|| {
            let (table, file) = self.base?;
            Some(Node {
                value: table.get(key)?,
                file,
            })
        })
    }

    /// The table's own keys with their places and values, in the order written.
    pub(super) fn own_entries(&self) -> Vec<(&'a str, Range<usize>, Node<'a>)> {
        let table = self.own.into_iter().flat_map(|table| table.iter());
        let mut entries: Vec<_> = table
            .map(|(key, value)| (&**key.get_ref(), key.span(), Node { value, file: self.file }))
            .collect();
        entries.sort_by_key(|(_, span, _)| span.start);
        entries
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    pub(super) fn file(&self) -> &'a Arc<DefinitionText> {
        self.file
    }

    pub(super) fn at(&self) -> DefinedAt {
        DefinedAt {
            file: self.file.path.clone(),
            line: self.file.line_of(self.span.start),
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.text().map(str::to_owned)
    }

    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        self.get(key).map(Node::texts).unwrap_or_default()
    }

    pub(super) fn localized(&self, key: &str) -> Localized {
        self.get(key).map(Node::localized).unwrap_or_default()
    }

    pub(super) fn small(&self, key: &str) -> Option<u32> {
        self.get(key)?.whole()?.try_into().ok()
    }

    /// Sub-tables of `[[key]]`.
    pub(super) fn tables(&self, key: &str) -> Vec<View<'a>> {
        let items = self.get(key).map(Node::items).unwrap_or_default();
        items
            .into_iter()
            .filter(|item| item.is_table())
            .map(Node::view)
            .collect()
    }

    /// The table under a key, where it is one.
    pub(super) fn table(&self, key: &str) -> Option<View<'a>> {
        self.get(key).filter(|node| node.is_table()).map(Node::view)
    }
}
