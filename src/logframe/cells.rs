//! Cells: a disaggregation cuts the items of a window into categories.
//!
//! The categories of crossed subjects are written with ` & ` between them (`female & 0-17`), in definitions as
//! in reports. Categories that a definition renames to one name are one cell.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::columns::{Column, Moment};
use super::filter::UNKNOWN;
use super::items::Item;
use super::measure::AddsUp;
use crate::ingest::records::FieldId;
use crate::people::facts::{Facts, fold};
use crate::project::model::Disaggregation;

/// Between the categories of crossed subjects.
const CROSS: &str = " & ";

/// A category with its items.
pub(super) struct Cell<'s> {
    /// As `indicators.csv` writes it.
    pub(super) name: String,
    /// The items, in order of date.
    pub(super) items: Cow<'s, [Item]>,
    /// Order among the cells.
    pub(super) rank: (usize, u64),
}

/// A disaggregation with its columns.
pub(super) struct Cut<'a> {
    pub(super) definition: &'a Disaggregation,
    pub(super) columns: Vec<&'a Column>,
}

impl Cut<'_> {
    /// Whether the cells add up to the total: no item, or no person where persons are counted, is in two of them.
    pub(super) fn is_partition(&self, adds_up: AddsUp, items_of: Option<FieldId>) -> bool {
        self.columns.iter().all(|column| match adds_up {
            AddsUp::ByPerson => column.one_per_person(),
            AddsUp::ByItem => !column.overlaps(items_of),
            AddsUp::Never => false,
        })
    }

    /// Whether an item's category depends on the window.
    pub(super) fn depends_on_window(&self) -> bool {
        self.columns.iter().any(|column| column.depends_on_window())
    }

    /// Whether each person falls into one cell however many contacts there are.
    pub(super) fn is_one_per_person(&self) -> bool {
        self.columns.iter().all(|column| column.one_per_person())
    }

    /// The cells of a window: those that hold items, those of closed lists, those that the definition orders.
    pub(super) fn cells(&self, facts: &Facts, items: &[Item], at: &Moment) -> Vec<Cell<'static>> {
        let by_code = self.by_code(facts, items, at).into_iter();
        self.named(by_code.map(|(code, items)| (code, Cow::Owned(items))).collect())
    }

    /// The items by their codes, each code's in their order.
    pub(super) fn by_code(&self, facts: &Facts, items: &[Item], at: &Moment) -> BTreeMap<u64, Vec<Item>> {
        let mut by_code: BTreeMap<u64, Vec<Item>> = BTreeMap::new();
        // A breakdown that looks at nothing holds only what other indicators write as its cells.
        if self.columns.is_empty() {
            return by_code;
        }
        let (mut codes, mut scratch) = (Vec::new(), Vec::new());
        for item in items {
            self.codes(facts, item, at, &mut codes, &mut scratch);
            for code in &codes {
                by_code.entry(*code).or_default().push(*item);
            }
        }
        by_code
    }

    /// The codes of an item: the numbers of its categories, one digit a subject, the unknown as the last digit.
    fn codes(&self, facts: &Facts, item: &Item, at: &Moment, codes: &mut Vec<u64>, scratch: &mut Vec<u32>) {
        codes.clear();
        codes.push(0);
        for column in &self.columns {
            scratch.clear();
            column.categories(facts, item, at, scratch);
            let unknown = column.names.len() as u64;
            let base = unknown + 1;
            match scratch.as_slice() {
                [] => codes.iter_mut().for_each(|code| *code = *code * base + unknown),
                [one] => codes.iter_mut().for_each(|code| *code = *code * base + u64::from(*one)),
                several => {
                    *codes = codes
                        .iter()
                        .flat_map(|code| several.iter().map(move |category| code * base + u64::from(*category)))
                        .collect();
                }
            }
        }
    }

    /// Codes listed even where nobody falls into them: only where every subject has a closed list.
    fn closed_codes(&self) -> Vec<u64> {
        if self.columns.iter().any(|column| column.closed.is_empty()) {
            return Vec::new();
        }
        self.columns.iter().fold(vec![0], |codes, column| {
            let base = column.names.len() as u64 + 1;
            let digits = || column.closed.iter().map(|category| u64::from(*category));
            codes
                .iter()
                .flat_map(|code| digits().map(move |digit| code * base + digit))
                .collect()
        })
    }

    fn code_name(&self, mut code: u64, rename: bool) -> String {
        let mut parts = Vec::with_capacity(self.columns.len());
        for column in self.columns.iter().rev() {
            let base = column.names.len() as u64 + 1;
            let digit = usize::try_from(code % base).unwrap_or(usize::MAX);
            let name = column.names.get(digit).map_or(UNKNOWN, String::as_str);
            parts.push(if rename { self.renamed(name) } else { name });
            code /= base;
        }
        parts.reverse();
        parts.join(CROSS)
    }

    fn renamed<'b>(&'b self, name: &'b str) -> &'b str {
        let folded = fold(name);
        let renamed = self.definition.rename.iter().find(|(code, _)| fold(code) == folded);
        renamed.map_or(name, |(_, renamed)| renamed)
    }

    /// The cells of items by their codes, with those that are listed without any.
    pub(super) fn named<'s>(&self, mut by_code: BTreeMap<u64, Cow<'s, [Item]>>) -> Vec<Cell<'s>> {
        if self.columns.is_empty() {
            return Vec::new();
        }
        for code in self.closed_codes() {
            by_code.entry(code).or_default();
        }
        let order: Vec<String> = self.definition.order.iter().map(|code| fold(code)).collect();
        let mut listed = vec![false; order.len()];
        let mut cells: Vec<Cell<'s>> = Vec::new();
        for (code, items) in by_code {
            let plain = self.code_name(code, false);
            let whole = self.renamed(&plain);
            let name = if whole == plain {
                self.code_name(code, true)
            } else {
                whole.to_owned()
            };
            let wanted = [fold(&plain), fold(&name)];
            let place = order
                .iter()
                .position(|listed| wanted.contains(listed))
                .unwrap_or(usize::MAX);
            listed.iter_mut().skip(place).take(1).for_each(|seen| *seen = true);
            add(
                &mut cells,
                Cell {
                    name,
                    items,
                    rank: (place, code),
                },
            );
        }
        for (place, code) in self
            .definition
            .order
            .iter()
            .enumerate()
            .filter(|(place, _)| !listed[*place])
        {
            add(
                &mut cells,
                Cell {
                    name: self.renamed(code).to_owned(),
                    items: Cow::default(),
                    rank: (place, 0),
                },
            );
        }
        cells.sort_by_key(|cell| cell.rank);
        cells
    }
}

/// Adds a cell, or its items to the cell of the same name; an item that is in both counts once.
fn add<'s>(cells: &mut Vec<Cell<'s>>, cell: Cell<'s>) {
    match cells.iter_mut().find(|known| known.name == cell.name) {
        Some(known) => {
            known.rank = known.rank.min(cell.rank);
            if cell.items.is_empty() {
                return;
            }
            let items = known.items.to_mut();
            items.extend_from_slice(&cell.items);
            items.sort_unstable_by_key(|item| (item.date, item.of, item.part));
            items.dedup();
        }
        None => cells.push(cell),
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;
    use crate::project::model::{Localized, Subject};

    fn shown(rename: &[(&str, &str)], order: &[&str], names: &[&str], counts: &[usize]) -> Vec<String> {
        let definition = Disaggregation {
            name: "service".into(),
            label: Localized::default(),
            by: vec![Subject::Activity],
            rename: rename
                .iter()
                .map(|(code, name)| ((*code).into(), (*name).into()))
                .collect::<IndexMap<_, _>>(),
            order: order.iter().map(|code| (*code).into()).collect(),
        };
        let column = Column::plain(names);
        let cut = Cut {
            definition: &definition,
            columns: vec![&column],
        };
        let items = |count: &usize| Cow::Owned((0..).map(Item::numbered).take(*count).collect());
        let by_code = (0..).zip(counts.iter().map(items)).collect();
        cut.named(by_code)
            .iter()
            .map(|cell| format!("{} {}", cell.name, cell.items.len()))
            .collect()
    }

    #[test]
    fn order_goes_first_and_lists_what_nobody_uses() {
        let names = ["a", "b", "c"];
        assert_eq!(
            shown(&[], &["C", "z", "unknown"], &names, &[1, 2, 3, 4]),
            ["c 3", "z 0", "unknown 4", "a 1", "b 2"]
        );
    }

    #[test]
    fn categories_of_one_name_are_one_cell() {
        let renamed = [("a", "legal aid"), ("B", "legal aid"), ("unknown", "not said")];
        assert_eq!(
            shown(&renamed, &["b"], &["a", "b", "c"], &[1, 2, 3, 4]),
            ["legal aid 2", "c 3", "not said 4"]
        );
    }
}
