//! The map: which figure goes into which cell of the donor's file.
//!
//! ```toml
//! empty = "blank"                # blank | keep | dash: what a cell gets whose figure has no data
//!
//! [[cell]]
//! sheet = "Logframe"             # or name = "IND_111", a defined name of the workbook
//! cell = "F12"
//! indicator = "1.1.1"
//! scope = "period"               # period | cumulative
//! period = "2026-Q1"             # the report's own when absent
//! disaggregation = "sex"
//! category = "female"
//! what = "value"                 # value | low | high | target | baseline | achieved | numerator | denominator | status
//! percent = "share"              # share (0.51) | whole (51); by the cell's look when absent
//! replace-formula = false
//! ```

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{Mistake, choices, mistake};
use crate::logframe::figures::Scope;
use crate::message::{Message, message};

/// A value of the map with its place.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// Which number of a figure is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Value,
    Low,
    High,
    Target,
    Baseline,
    Achieved,
    Numerator,
    Denominator,
    Status,
}

impl What {
    const ALL: [Self; 9] = [
        Self::Value,
        Self::Low,
        Self::High,
        Self::Target,
        Self::Baseline,
        Self::Achieved,
        Self::Numerator,
        Self::Denominator,
        Self::Status,
    ];

    /// As a map writes it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Low => "low",
            Self::High => "high",
            Self::Target => "target",
            Self::Baseline => "baseline",
            Self::Achieved => "achieved",
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
            Self::Status => "status",
        }
    }
}

/// What a cell gets whose figure has no data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Empty {
    /// Nothing; an old number goes.
    #[default]
    Blank,
    /// What stands there stays.
    Keep,
    /// A dash.
    Dash,
}

/// How per cents are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Percent {
    /// 51 % is 0.51.
    Share,
    /// 51 % is 51.
    Whole,
}

/// Where an entry points.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// A cell of a sheet.
    Cell { sheet: At<String>, cell: At<String> },
    /// A defined name, perhaps one sheet's own.
    Name {
        sheet: Option<At<String>>,
        name: At<String>,
    },
}

/// One `[[cell]]`.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) target: Target,
    pub(super) indicator: At<String>,
    pub(super) scope: At<Scope>,
    pub(super) period: Option<At<String>>,
    pub(super) disaggregation: Option<At<String>>,
    pub(super) category: Option<At<String>>,
    pub(super) what: What,
    pub(super) empty: Empty,
    pub(super) percent: Option<Percent>,
    pub(super) replace_formula: bool,
    pub(super) span: Range<usize>,
}

const KEYS: [&str; 12] = [
    "sheet",
    "cell",
    "name",
    "indicator",
    "scope",
    "period",
    "disaggregation",
    "category",
    "what",
    "empty",
    "percent",
    "replace-formula",
];
const SCOPES: [(&str, Scope); 2] = [("period", Scope::Period), ("cumulative", Scope::Cumulative)];
const EMPTIES: [(&str, Empty); 3] = [("blank", Empty::Blank), ("keep", Empty::Keep), ("dash", Empty::Dash)];
const PERCENTS: [(&str, Percent); 2] = [("share", Percent::Share), ("whole", Percent::Whole)];

/// Reads a map, all mistakes at once.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, Vec<Mistake>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut mistakes: Vec<Mistake> = Vec::new();
    for error in errors.iter().take(20) {
        let span = error.span().unwrap_or_default();
        let help = message!("text stands in straight quotes, one key on a line: sheet = \"Logframe\"");
        mistakes.push(mistake(&span, Message::phrase(error.message()), help));
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut reader = Reader {
        table: table.get_ref(),
        span: 0..0,
        mistakes,
    };
    reader.check_keys(&["cell", "empty", "percent"]);
    let empty = reader.one_of("empty", &EMPTIES).unwrap_or_default();
    let percent = reader.one_of("percent", &PERCENTS);
    let mut mistakes = reader.mistakes;
    let mut entries = Vec::new();
    let listed = table.get_ref().get("cell");
    for item in listed
        .and_then(|cells| cells.get_ref().as_array())
        .into_iter()
        .flat_map(|cells| cells.iter())
    {
        let Some(inner) = item.get_ref().as_table() else {
            mistakes.push(mistake(
                &item.span(),
                message!("an entry is a table"),
                message!("write [[cell]] above its keys"),
            ));
            continue;
        };
        let mut reader = Reader {
            table: inner,
            span: item.span(),
            mistakes: Vec::new(),
        };
        let entry = reader.entry(empty, percent);
        entries.extend(entry.filter(|_| reader.mistakes.is_empty()));
        mistakes.extend(reader.mistakes);
    }
    if entries.is_empty() && mistakes.is_empty() {
        let help =
            message!("write a [[cell]] for each cell to fill, or let `tallyframe fill --learn LAST.xlsx` propose them")
                .to_owned();
        mistakes.push(mistake(&(0..0), message!("the map names no cell"), help));
    }
    if mistakes.is_empty() {
        Ok(entries)
    } else {
        Err(mistakes)
    }
}

struct Reader<'a> {
    table: &'a DeTable<'a>,
    span: Range<usize>,
    mistakes: Vec<Mistake>,
}

impl<'a> Reader<'a> {
    fn note(&mut self, span: &Range<usize>, message: Message, help: impl Into<Option<Message>>) {
        self.mistakes.push(mistake(span, message, help));
    }

    fn check_keys(&mut self, known: &[&str]) {
        let table = self.table;
        for (key, _) in table {
            let word: &str = key.get_ref();
            if !known.contains(&word) {
                let help = choices(word, known.iter().copied());
                self.note(&key.span(), message!("a map has no key `{word}` here", word), help);
            }
        }
    }

    fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    fn text(&mut self, key: &str) -> Option<At<String>> {
        let value = self.get(key)?;
        if let Some(text) = value.get_ref().as_str() {
            Some(At {
                value: text.to_owned(),
                span: value.span(),
            })
        } else {
            let help = message!("put it in straight quotes");
            self.note(&value.span(), message!("`{key}` is a text", key), help);
            None
        }
    }

    fn one_of<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let help = choices(&text.value, words.iter().map(|(word, _)| *word));
            self.note(
                &text.span,
                message!("`{key}` can't be \"{value}\"", key, value = text.value),
                help,
            );
        }
        found.map(|(_, value)| *value)
    }

    fn entry(&mut self, empty: Empty, percent: Option<Percent>) -> Option<Entry> {
        self.check_keys(&KEYS);
        let target = self.target();
        let indicator = self.text("indicator");
        if indicator.is_none() && self.get("indicator").is_none() {
            let span = self.span.clone();
            self.note(
                &span,
                message!("`indicator` is missing"),
                message!("name the indicator's code: indicator = \"1.1.1\""),
            );
        }
        let words = What::ALL.map(|what| (what.code(), what));
        let scope = self.one_of("scope", &SCOPES).unwrap_or(Scope::Period);
        let (disaggregation, category) = (self.text("disaggregation"), self.text("category"));
        if disaggregation.is_some() != category.is_some() {
            let span = disaggregation
                .as_ref()
                .or(category.as_ref())
                .map_or(0..0, |at| at.span.clone());
            let help =
                message!("name both, as indicators.csv writes them: disaggregation = \"sex\", category = \"female\"");
            self.note(&span, message!("a breakdown and its category belong together"), help);
        }
        let (period, what) = (self.text("period"), self.one_of("what", &words).unwrap_or(What::Value));
        let (own_empty, own_percent) = (self.one_of("empty", &EMPTIES), self.one_of("percent", &PERCENTS));
        let replace_formula = self.yes("replace-formula");
        Some(Entry {
            target: target?,
            indicator: indicator?,
            scope: At {
                value: scope,
                span: self.get("scope").map_or(self.span.clone(), Spanned::span),
            },
            period,
            disaggregation,
            category,
            what,
            empty: own_empty.unwrap_or(empty),
            percent: own_percent.or(percent),
            replace_formula,
            span: self.span.clone(),
        })
    }

    fn yes(&mut self, key: &str) -> bool {
        let Some(value) = self.get(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.note(&value.span(), message!("`{key}` is true or false", key), None);
            false
        })
    }

    fn target(&mut self) -> Option<Target> {
        let (sheet, cell, name) = (self.text("sheet"), self.text("cell"), self.text("name"));
        let span = self.span.clone();
        match (sheet, cell, name) {
            (Some(sheet), Some(cell), None) => Some(Target::Cell { sheet, cell }),
            (sheet, None, Some(name)) => Some(Target::Name { sheet, name }),
            (_, Some(cell), Some(_)) => {
                self.note(
                    &cell.span,
                    message!("both a cell and a name"),
                    message!("keep one of the two"),
                );
                None
            }
            _ if !self.mistakes.is_empty() => None,
            _ => {
                let help = message!("write sheet = \"…\" and cell = \"F12\", or name = \"…\" for a defined name");
                self.note(&span, message!("the entry does not say which cell"), help);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_with_its_defaults() {
        let text = "empty = \"dash\"\n[[cell]]\nsheet = \"A\"\ncell = \"B2\"\nindicator = \"1\"\n[[cell]]\nname = \
                    \"X\"\nindicator = \"1\"\nscope = \"cumulative\"\nwhat = \"target\"\nempty = \"keep\"\n";
        let entries = read(text).expect("a map");
        assert_eq!((entries[0].what, entries[0].empty), (What::Value, Empty::Dash));
        assert_eq!((entries[1].what, entries[1].empty), (What::Target, Empty::Keep));
        assert_eq!(entries[1].scope.value, Scope::Cumulative);
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text =
            "[[cell]]\nshet = \"A\"\ncell = \"B2\"\nindicator = 1\nwhat = \"valeu\"\ncategory = \"x\"\n[[cell]]\n";
        let shown = super::super::mistake::render(
            "map.toml",
            text,
            &read(text).expect_err("mistakes"),
            &crate::message::English,
        );
        for wanted in [
            "map.toml:2",
            "did you mean `sheet`?",
            "`indicator` is a text",
            "did you mean `value`?",
            "belong together",
            "does not say which cell",
            "^^^^",
        ] {
            assert!(shown.contains(wanted), "{wanted}\n{shown}");
        }
        for text in ["", "cell = 1", "[[cell]]\nsheet = A"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
