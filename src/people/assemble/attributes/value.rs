//! Attributes that are values of a field: texts, numbers, days, several codes at once.

use std::collections::{BTreeMap, HashMap};

use indexmap::{IndexMap, IndexSet};

use super::Answer;
use super::spelling::Spelling;
use crate::ingest::records::{FieldId, FieldValue, MentionId, Place, Records, TextId, Texts};
use crate::people::facts::Attribute;
use crate::project::model::ResolveRule;

/// A value after its spelling was levelled, ordered by what it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Seen {
    Text(u32),
    Number(f64),
}

/// A field's values over all persons.
pub(super) struct Values {
    field: Option<FieldId>,
    spelling: Spelling,
    /// Levelled values with how often each cleaned spelling was written.
    known: IndexMap<String, BTreeMap<String, usize>>,
    of_text: HashMap<TextId, u32>,
    /// The spelling that reports show, by levelled value.
    shown: Vec<String>,
}

impl Values {
    /// Reads the field once over all that informs, to learn its spellings.
    pub(super) fn of(records: &Records, key: &str, informing: &[Vec<MentionId>]) -> Self {
        let mut values = Self {
            field: records.field(key),
            spelling: Spelling::of(key),
            known: IndexMap::new(),
            of_text: HashMap::new(),
            shown: Vec::new(),
        };
        let mut times = vec![0_usize; records.texts.count()];
        for mention in informing.iter().flatten() {
            for value in values.cells(records, *mention) {
                match value {
                    FieldValue::Text(text) | FieldValue::Code(text) => times[text.index()] += 1,
                    FieldValue::Set(texts) => texts.iter().for_each(|text| times[text.index()] += 1),
                    FieldValue::Number(_) | FieldValue::Date(_) | FieldValue::YesNo(_) => {}
                }
            }
        }
        for (at, times) in times.into_iter().enumerate().filter(|(_, times)| *times > 0) {
            let cleaned = values.spelling.clean(records.text(at.into()));
            let level = values.level(cleaned, times);
            values.of_text.insert(at.into(), level);
        }
        values.shown = values.known.values().map(shown).collect();
        values
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
        &mut self,
        records: &Records,
        mentions: &[MentionId],
        rule: Option<ResolveRule>,
        texts: &mut Texts,
    ) -> Option<Answer> {
        let mut seen: Vec<(Vec<Seen>, Place)> = Vec::new();
        let mut several = rule == Some(ResolveRule::Union);
        for mention in mentions {
            let place = records.mentions[mention.index()].place;
            let cells: Vec<&FieldValue> = self.cells(records, *mention).collect();
            for cell in cells {
                several |= matches!(cell, FieldValue::Set(_));
                seen.push((self.levelled(cell), place));
            }
        }
        seen.first()?;
        if several {
            return Some(Answer {
                attribute: self.set(&seen, rule, texts),
                contradiction: Vec::new(),
            });
        }
        let chosen = self.choose(&seen, rule.unwrap_or(ResolveRule::MostFrequent))?;
        let attribute = match chosen {
            Seen::Text(level) => Attribute::Text(texts.intern(&self.shown[level as usize])),
            Seen::Number(number) => Attribute::Number(number),
        };
        let says = |(values, _): &&(Vec<Seen>, Place)| values.contains(&chosen);
        let mut contradiction: Vec<Place> = seen.iter().find(says).map(|(_, place)| *place).into_iter().collect();
        contradiction.extend(seen.iter().filter(|value| !says(value)).map(|(_, place)| *place));
        if contradiction.len() < 2 {
            contradiction.clear();
        }
        Some(Answer {
            attribute,
            contradiction,
        })
    }

    fn levelled(&mut self, value: &FieldValue) -> Vec<Seen> {
        match value {
            FieldValue::Text(text) | FieldValue::Code(text) => vec![Seen::Text(self.of_text[text])],
            FieldValue::Set(texts) => texts.iter().map(|text| Seen::Text(self.of_text[text])).collect(),
            FieldValue::Number(number) => vec![Seen::Number(*number)],
            FieldValue::Date(date) => vec![Seen::Text(self.late(date.to_string()))],
            FieldValue::YesNo(yes) => vec![Seen::Number(f64::from(u8::from(*yes)))],
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
    fn set(&self, seen: &[(Vec<Seen>, Place)], rule: Option<ResolveRule>, texts: &mut Texts) -> Attribute {
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
        Attribute::Set(levels.iter().map(|text| texts.intern(text)).collect())
    }

    fn choose(&self, seen: &[(Vec<Seen>, Place)], rule: ResolveRule) -> Option<Seen> {
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
