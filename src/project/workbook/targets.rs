//! The sheet `targets`: a row per target, instead of tables within the rows of indicators.

use indexmap::IndexMap;

use super::breakdown::{BREAKDOWNS, Item, TARGET_KEYS, split, with_keys};
use super::open::{Cell, Sheet};
use super::place::CellId;
use super::plan::TARGET_COLUMNS;
use super::table::{Accepted, Table, table};
use super::text::Text;
use super::toml_text::key_text;
use super::value::{Part, Written, listed, single, value};
use crate::message::message;
use crate::project::shape::Shape;
use crate::project::suggest::suggestion;

const TARGET: &str = TARGET_KEYS[0];
const MILESTONES: &str = TARGET_KEYS[1];

/// Targets by the code of their indicator, in the order of the rows.
#[derive(Debug, Default)]
pub(super) struct Targets {
    rows: IndexMap<String, Vec<Target>>,
    /// Codes of the indicators met.
    codes: Vec<String>,
}

/// A text with the cell it stands in.
#[derive(Debug)]
struct Word {
    text: String,
    cell: CellId,
}

#[derive(Debug)]
struct Target {
    code: CellId,
    /// Empty for the life of the project.
    period: Word,
    /// Empty for the indicator itself.
    breakdown: Word,
    category: Word,
    number: Cell,
    cell: CellId,
    /// Whether a breakdown has taken it.
    used: bool,
}

impl Target {
    fn key(&self) -> &'static str {
        if self.period.text.is_empty() {
            TARGET
        } else {
            MILESTONES
        }
    }

    fn same_place(&self, other: &Target) -> bool {
        let place = |row: &Target| [&row.period, &row.breakdown, &row.category].map(|word| word.text.clone());
        place(self) == place(other)
    }
}

impl Targets {
    /// Reads the rows; one without a target is passed over, for it may be still to be agreed.
    pub(super) fn read(sheet: &Sheet, text: &mut Text) -> Self {
        let accepted = TARGET_COLUMNS.map(|name| Accepted { name, localized: false });
        let table = table(sheet, &accepted, text);
        let mut targets = Self::default();
        for row in table.rows() {
            let found = table.heading(TARGET).and_then(|heading| table.under(row, heading));
            if let Some(found) = found {
                targets.row(&table, row, found, text);
            }
        }
        targets
    }

    fn row(&mut self, table: &Table<'_, '_>, row: u32, found: &Cell, text: &mut Text) {
        let [code, period, breakdown, category] = ["code", "period", "breakdown", "category"].map(|name| Word {
            text: table.text(row, name).unwrap_or_default(),
            cell: table.place(row, name, text),
        });
        let cell = table.place(row, TARGET, text);
        if code.text.is_empty() {
            let help = message!("fill in the column `code`");
            return text.wrong(cell, message!("a target without the code of an indicator"), Some(help));
        }
        if breakdown.text.is_empty() != category.text.is_empty() {
            let help = message!("fill in `breakdown` and `category` both, or neither");
            return text.wrong(cell, message!("a target of half a cell"), Some(help));
        }
        let target = Target {
            code: code.cell,
            period,
            breakdown,
            category,
            number: found.clone(),
            cell,
            used: false,
        };
        let rows = self.rows.entry(code.text.clone()).or_default();
        if rows.iter().any(|other| other.same_place(&target)) {
            let message = message!(
                "a second target of `{text}` for the same period and category",
                text = code.text
            );
            return text.wrong(cell, message, Some(message!("keep one of the two")));
        }
        rows.push(target);
    }

    /// Adds the targets of one indicator to its table; `filled` tells which keys its own row has.
    pub(super) fn write(&mut self, code: &str, filled: impl Fn(&str) -> bool, text: &mut Text) {
        if self.codes.iter().any(|other| other == code) {
            return;
        }
        self.codes.push(code.to_owned());
        for row in self.rows.get(code).into_iter().flatten().filter(|row| !row.used) {
            let key = row.key();
            if !row.breakdown.text.is_empty() {
                let help = message!(
                    "name it in the column `{column}` of the indicator, which knows its breakdowns",
                    column = BREAKDOWNS
                );
                let message = message!(
                    "`{code}` has no breakdown `{text}` in its row",
                    code,
                    text = row.breakdown.text
                );
                text.wrong(row.breakdown.cell, message, Some(help));
                continue;
            }
            if filled(key) {
                let help = message!(
                    "clear the column `{key}` of the sheet `indicators`, or leave this row out",
                    key
                );
                text.wrong(
                    row.cell,
                    message!("`{key}` of `{code}` stands on two sheets", key, code),
                    Some(help),
                );
                continue;
            }
            let (name, name_cell) = match row.period.text.as_str() {
                "" => (key.to_owned(), row.code),
                period => (format!("{key}.{}", key_text(period)), row.period.cell),
            };
            match value(&row.number, &Shape::Number) {
                Ok(written) => text.line(&name, name_cell, &written, row.cell),
                Err(wrong) => text.broken(row.cell, wrong),
            }
        }
    }

    /// Adds the targets of single categories to the breakdowns of one indicator.
    pub(super) fn add(&mut self, code: &str, key: &str, written: Written, text: &mut Text) -> Written {
        let first = !self.codes.iter().any(|other| other == code);
        let rows = self.rows.get_mut(code).filter(|_| first && key == BREAKDOWNS);
        let Some(rows) = rows.filter(|rows| rows.iter().any(|row| !row.breakdown.text.is_empty())) else {
            return written;
        };
        let items = split(&written).into_iter().map(|item| targeted(item, rows, text));
        let joined = listed(items.collect());
        if single(&joined.text()) { joined } else { written }
    }

    /// Notes targets of indicators that there are not.
    pub(super) fn note_unknown(&self, text: &mut Text) {
        let unknown = self.rows.iter().filter(|(code, _)| !self.codes.contains(code));
        for (code, rows) in unknown {
            for row in rows {
                let help = suggestion(code, self.codes.iter().map(String::as_str));
                text.wrong(row.code, message!("no indicator `{code}`", code), help);
            }
        }
    }
}

/// A breakdown with the targets that its rows give.
fn targeted(item: Item, rows: &mut [Target], text: &mut Text) -> Written {
    let (mut whole, mut periods) = (Vec::new(), IndexMap::<String, Vec<Written>>::new());
    for row in rows.iter_mut().filter(|row| row.breakdown.text == item.name) {
        row.used = true;
        if item.own.contains(&row.key()) {
            let message = message!(
                "targets of `{name}` stand here and in the column `{column}`",
                name = item.name,
                column = BREAKDOWNS
            );
            text.wrong(row.cell, message, Some(message!("keep one of the two")));
            continue;
        }
        match value(&row.number, &Shape::Number) {
            Ok(number) => {
                let entry = entry(&row.category, at(number, row.cell), text);
                if row.period.text.is_empty() {
                    whole.push(entry);
                } else {
                    let period = key_text(&row.period.text);
                    periods.entry(period).or_default().push(entry);
                }
            }
            Err(wrong) => text.broken(row.cell, wrong),
        }
    }
    let mut keys = Vec::new();
    if !whole.is_empty() {
        keys.push(named(TARGET, whole));
    }
    if !periods.is_empty() {
        let periods = periods.into_iter().map(|(period, entries)| named(&period, entries));
        keys.push(named(MILESTONES, periods.collect()));
    }
    if keys.is_empty() {
        item.written
    } else {
        with_keys(item.written, commas(keys))
    }
}

fn at(mut written: Written, cell: CellId) -> Written {
    for part in &mut written.0 {
        part.cell = Some(cell);
    }
    written
}

/// `category = number`.
fn entry(category: &Word, number: Written, text: &Text) -> Written {
    let mut out = Written(vec![Part {
        text: key_text(&category.text),
        within: Some(text.whole(category.cell)),
        verbatim: false,
        cell: Some(category.cell),
    }]);
    out.toml(" = ");
    out.0.extend(number.0);
    out
}

/// `name = { entry, entry }`.
fn named(name: &str, entries: Vec<Written>) -> Written {
    let mut out = Written::default();
    out.toml(&format!("{name} = {{ "));
    out.0.extend(commas(entries).0);
    out.toml(" }");
    out
}

fn commas(entries: Vec<Written>) -> Written {
    let mut out = Written::default();
    for (index, entry) in entries.into_iter().enumerate() {
        if index > 0 {
            out.toml(", ");
        }
        out.0.extend(entry.0);
    }
    out
}
