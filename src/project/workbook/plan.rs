//! Which sheets and columns there are: made from the tables of keys, so that a new key is a new column.

use crate::message::{Message, message};
use crate::project::keys::{LANGUAGES, PROJECT_FILE};
use crate::project::shape::{Choice, Key, Need, Section, Shape};

use super::form::{Form, form};

/// Sheet of the keys that stand in no table of their own.
pub(super) const PROJECT: &str = "project";
/// Sheet of the raw files.
pub(super) const SOURCES: &str = "sources";
/// Sheet of targets.
pub(super) const TARGETS: &str = "targets";
/// Sheet of the indicators.
pub(super) const INDICATORS: &str = "indicators";
/// Sheet of the words that drop-downs offer; for Excel, never read.
pub(super) const LISTS: &str = "lists";
/// What a row or a column begins with that is only explained, never read.
pub(super) const COMMENT: char = '#';
/// Table of the indicators.
pub(super) const INDICATOR: &str = "indicator";
/// Columns of the sheet of targets.
pub(super) const TARGET_COLUMNS: [&str; 5] = ["code", "period", "breakdown", "category", "target"];

/// What the rows of a sheet are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rows {
    /// A key and its value each.
    Keys(&'static Section),
    /// An item each, a column per key.
    Items(&'static Section),
    /// An item each with a name of the author's own, a column per key.
    Named(&'static Section),
    /// A name of the author's own and a value each.
    Values(&'static Shape),
}

/// A sheet.
#[derive(Debug, Clone)]
pub(super) struct SheetPlan {
    /// Its name.
    pub(super) name: String,
    /// The key of `project.toml` that it stands for.
    pub(super) key: &'static Key,
    /// What its rows are.
    pub(super) rows: Rows,
}

/// Every sheet but those of targets and lists, in the order of the grammar, indicators last.
pub(super) fn sheets() -> Vec<SheetPlan> {
    let mut plans: Vec<SheetPlan> = PROJECT_FILE.keys.iter().filter_map(plan).collect();
    plans.sort_by_key(|plan| plan.key.name == INDICATOR);
    plans
}

fn plan(key: &'static Key) -> Option<SheetPlan> {
    let (rows, name) = match &key.shape {
        Shape::Table(section) => (Rows::Keys(section), key.name.to_owned()),
        Shape::Tables(section) => (Rows::Items(section), plural(key.name)),
        Shape::MapOf(Shape::Table(section)) => (Rows::Named(section), plural(key.name)),
        Shape::MapOf(shape) => (Rows::Values(shape), plural(key.name)),
        _ => return None,
    };
    Some(SheetPlan { name, key, rows })
}

/// Keys of `project.toml` that have no sheet of their own and stand on the sheet `project`.
pub(super) fn loose_keys() -> impl Iterator<Item = &'static Key> {
    PROJECT_FILE.keys.iter().filter(|key| plan(key).is_none())
}

fn plural(word: &str) -> String {
    if word.ends_with('s') || word.ends_with("ed") {
        word.to_owned()
    } else if word.ends_with(|last| "aeiou".contains(last)) || !word.ends_with('y') {
        format!("{word}s")
    } else {
        format!("{}ies", &word[..word.len() - 1])
    }
}

/// The column of names on a sheet whose items are named.
pub(super) fn name_column(section: &Section) -> &'static str {
    if section.keys.iter().any(|key| key.name == "name") {
        "key"
    } else {
        "name"
    }
}

/// A column of a sheet of items.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// The key.
    pub(super) key: &'static Key,
    /// Its language, where there is a column for each.
    pub(super) language: Option<&'static str>,
}

impl Column {
    /// The heading: `statement (en)`.
    pub(super) fn heading(&self) -> String {
        match self.language {
            Some(language) => format!("{} ({language})", self.key.name),
            None => self.key.name.to_owned(),
        }
    }
}

/// The columns that a sheet of items is written with.
pub(super) fn columns(section: &'static Section, has_targets: bool) -> Vec<Column> {
    let keys = section.keys.iter().filter(|key| !(has_targets && in_targets(key.name)));
    keys.flat_map(|key| {
        let languages: Vec<Option<&'static str>> = match form(&key.shape) {
            Form::Words => LANGUAGES.iter().map(|language| Some(language.code)).collect(),
            _ => vec![None],
        };
        languages.into_iter().map(move |language| Column { key, language })
    })
    .collect()
}

/// Whether a key of an indicator stands on the sheet of targets.
pub(super) fn in_targets(key: &str) -> bool {
    ["target", "targets"].contains(&key)
}

/// The closed list of words that a value is one of, or several of.
pub(super) fn choices(shape: &Shape) -> Option<&'static [Choice]> {
    match shape {
        Shape::OneOf(choices) | Shape::SomeOf(choices) => Some(choices),
        Shape::ListOf(item) => choices(item),
        _ => None,
    }
}

/// The key's sentence, and what holds without it.
pub(super) fn sentence(key: &Key) -> Message {
    let doc = Message::phrase(key.doc);
    match key.need {
        Need::Required => message!("{doc} Required.", doc),
        Need::Optional => doc,
        Need::Default(value) => message!(
            "{doc} Otherwise: {value}.",
            doc,
            value = value.trim_matches(['[', ']']).replace('"', "").replace(", ", "; ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_follow_the_grammar() {
        let names: Vec<String> = sheets().into_iter().map(|plan| plan.name).collect();
        for name in [
            "project",
            "activities",
            "sources",
            "decisions",
            "count",
            "ages",
            "indicators",
        ] {
            assert!(names.iter().any(|other| other == name), "{name}: {names:?}");
        }
        assert_eq!(names.last().map(String::as_str), Some(INDICATORS));
    }

    #[test]
    fn localized_keys_have_a_column_for_each_language() {
        let indicators = sheets().pop().expect("indicators");
        let Rows::Items(section) = indicators.rows else {
            panic!("items")
        };
        let headings: Vec<String> = columns(section, true).iter().map(Column::heading).collect();
        assert!(headings.contains(&"statement (uk)".to_owned()));
        assert!(!headings.contains(&"target".to_owned()));
    }
}
