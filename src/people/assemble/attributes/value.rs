//! Attributes that are values of a field: texts, numbers, days, several codes at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use indexmap::{IndexMap, IndexSet};
use rayon::prelude::*;
use smallvec::SmallVec;

use super::spelling::Spelling;
use super::{Answer, Told};
use crate::ingest::records::{FieldId, FieldValue, MentionId, Place, Records, TextId};
use crate::people::alike::QuickMap;
use crate::project::model::ResolveRule;

/// A value after its spelling was levelled, ordered by what it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Seen {
    Text(u32),
    Number(f64),
}

/// What one cell holds: mostly one value.
type Cell = SmallVec<[Seen; 1]>;

/// A field's values over all persons.
pub(super) struct Values {
    field: Option<FieldId>,
    spelling: Spelling,
    /// Levelled values with how often each cleaned spelling was written.
    known: IndexMap<String, BTreeMap<String, usize>>,
    of_text: QuickMap<TextId, u32>,
    of_day: QuickMap<NaiveDate, u32>,
    /// The spelling that reports show, by levelled value.
    shown: Vec<String>,
}

/// What the cells of a field hold: how often each text is written, and days.
#[derive(Default)]
struct Cells {
    times: QuickMap<TextId, usize>,
    days: BTreeSet<NaiveDate>,
}

impl Cells {
    fn see(&mut self, value: &FieldValue) {
        match value {
            FieldValue::Text(text) | FieldValue::Code(text) => *self.times.entry(*text).or_default() += 1,
            FieldValue::Set(texts) => {
                for text in texts {
                    *self.times.entry(*text).or_default() += 1;
                }
            }
            FieldValue::Date(day) => {
                self.days.insert(*day);
            }
            FieldValue::Number(_) | FieldValue::YesNo(_) => {}
        }
    }

    fn with(mut self, mut other: Self) -> Self {
        if self.times.len() < other.times.len() {
            std::mem::swap(&mut self.times, &mut other.times);
        }
        other
            .times
            .into_iter()
            .for_each(|(text, times)| *self.times.entry(text).or_default() += times);
        self.days.append(&mut other.days);
        self
    }
}

impl Values {
    /// Reads the field once over all that informs, to learn its spellings.
    pub(super) fn of(records: &Records, key: &str, informing: &[Vec<MentionId>]) -> Self {
        let mut values = Self {
            field: records.field(key),
            spelling: Spelling::of(key),
            known: IndexMap::new(),
            of_text: QuickMap::default(),
            of_day: QuickMap::default(),
            shown: Vec::new(),
        };
        let cells = informing.par_iter().fold(Cells::default, |mut cells, mentions| {
            let here = mentions.iter().flat_map(|mention| values.cells(records, *mention));
            here.for_each(|value| cells.see(value));
            cells
        });
        let Cells { times, days } = cells.reduce(Cells::default, Cells::with);
        let mut times: Vec<(TextId, usize)> = times.into_iter().collect();
        times.sort_unstable();
        for (text, times) in times {
            let cleaned = values.spelling.clean(records.text(text));
            let level = values.level(cleaned, times);
            values.of_text.insert(text, level);
        }
        values.shown = values.known.values().map(shown).collect();
        for day in days {
            let level = values.late(day.to_string());
            values.of_day.insert(day, level);
        }
        values
    }

    /// The spellings that reports show, by number of the value.
    pub(super) fn shown(&self) -> &[String] {
        &self.shown
    }

    fn cells<'a>(&self, records: &'a Records, mention: MentionId) -> impl Iterator<Item = &'a FieldValue> {
        let wanted = self.field;
        let row = records.mentions[mention.index()].row;
        let cells = records.values_of(row).iter();
        cells
            .filter(move |(field, _)| Some(*field) == wanted)
            .map(|(_, value)| value)
    }

    fn level(&mut self, cleaned: String, times: usize) -> u32 {
        let entry = self.known.entry(self.spelling.key(&cleaned));
        let level = u32::try_from(entry.index()).expect("tables hold fewer than 2^32 items");
        *entry.or_default().entry(cleaned).or_default() += times;
        level
    }

    /// A person's value by the project's rule for the field.
    pub(super) fn answer(
        &self,
        records: &Records,
        mentions: &[MentionId],
        rule: Option<ResolveRule>,
    ) -> Option<Answer> {
        let mut seen: Vec<(Cell, Place)> = Vec::new();
        let mut several = rule == Some(ResolveRule::Union);
        for mention in mentions {
            let place = records.mentions[mention.index()].place;
            for cell in self.cells(records, *mention) {
                several |= matches!(cell, FieldValue::Set(_));
                seen.push((self.levelled(cell), place));
            }
        }
        seen.first()?;
        if several {
            return Some(Answer {
                said: self.set(&seen, rule),
                contradiction: Vec::new(),
            });
        }
        let chosen = self.choose(&seen, rule.unwrap_or(ResolveRule::MostFrequent))?;
        let said = match chosen {
            Seen::Text(level) => Told::Text(level),
            Seen::Number(number) => Told::Number(number),
        };
        let says = |(values, _): &&(Cell, Place)| values.contains(&chosen);
        let mut contradiction: Vec<Place> = seen.iter().find(says).map(|(_, place)| *place).into_iter().collect();
        contradiction.extend(seen.iter().filter(|value| !says(value)).map(|(_, place)| *place));
        if contradiction.len() < 2 {
            contradiction.clear();
        }
        Some(Answer { said, contradiction })
    }

    fn levelled(&self, value: &FieldValue) -> Cell {
        match value {
            FieldValue::Text(text) | FieldValue::Code(text) => [Seen::Text(self.of_text[text])].into(),
            FieldValue::Set(texts) => texts.iter().map(|text| Seen::Text(self.of_text[text])).collect(),
            FieldValue::Number(number) => [Seen::Number(*number)].into(),
            FieldValue::Date(day) => [Seen::Text(self.of_day[day])].into(),
            FieldValue::YesNo(yes) => [Seen::Number(f64::from(u8::from(*yes)))].into(),
        }
    }

    /// A text that no cell holds as such.
    fn late(&mut self, text: String) -> u32 {
        let level = self.level(text.clone(), 1);
        if self.shown.len() <= level as usize {
            self.shown.push(text);
        }
        level
    }

    /// Every value ever written, or those of the first or the latest row.
    fn set(&self, seen: &[(Cell, Place)], rule: Option<ResolveRule>) -> Told {
        let rows = match rule {
            Some(ResolveRule::First) => &seen[..1],
            Some(ResolveRule::Latest) => &seen[seen.len() - 1..],
            Some(ResolveRule::MostFrequent | ResolveRule::Union | ResolveRule::Maximum) | None => seen,
        };
        let mut levels: IndexSet<String> = IndexSet::new();
        for value in rows.iter().flat_map(|(values, _)| values) {
            levels.insert(match value {
                Seen::Text(level) => self.shown[*level as usize].clone(),
                Seen::Number(number) => number.to_string(),
            });
        }
        levels.sort_unstable();
        Told::Set(levels.into_iter().collect())
    }

    fn choose(&self, seen: &[(Cell, Place)], rule: ResolveRule) -> Option<Seen> {
        let values: Vec<Seen> = seen.iter().flat_map(|(values, _)| values).copied().collect();
        match rule {
            ResolveRule::First => values.first().copied(),
            ResolveRule::Latest => values.last().copied(),
            ResolveRule::Maximum => values.into_iter().reduce(|a, b| if self.greater(b, a) { b } else { a }),
            ResolveRule::MostFrequent | ResolveRule::Union => self.most_frequent(&values),
        }
    }

    fn greater(&self, a: Seen, b: Seen) -> bool {
        match (a, b) {
            (Seen::Number(a), Seen::Number(b)) => a > b,
            (Seen::Text(a), Seen::Text(b)) => self.shown[a as usize] > self.shown[b as usize],
            (Seen::Number(_), Seen::Text(_)) => true,
            (Seen::Text(_), Seen::Number(_)) => false,
        }
    }

    /// The most frequent; ties by the longer, then the earlier.
    fn most_frequent(&self, values: &[Seen]) -> Option<Seen> {
        let mut counts: Vec<(Seen, usize)> = Vec::new();
        for value in values {
            match counts.iter_mut().find(|(known, _)| known == value) {
                Some((_, count)) => *count += 1,
                None => counts.push((*value, 1)),
            }
        }
        let length = |value: Seen| match value {
            Seen::Text(level) => self.shown[level as usize].chars().count(),
            Seen::Number(_) => 0,
        };
        let better = |a: (Seen, usize), b: (Seen, usize)| (b.1, length(b.0)) > (a.1, length(a.0));
        counts
            .into_iter()
            .reduce(|a, b| if better(a, b) { b } else { a })
            .map(|(value, _)| value)
    }
}

/// The most frequent cleaned spelling; ties by the longer, then by the alphabet.
fn shown(spellings: &BTreeMap<String, usize>) -> String {
    let rank = |(text, times): &(&String, &usize)| (usize::MAX - **times, usize::MAX - text.chars().count());
    spellings
        .iter()
        .min_by_key(rank)
        .map(|(text, _)| text.clone())
        .unwrap_or_default()
}
