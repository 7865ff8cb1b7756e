//! Values of a field brought to one form, as the project's field rules say.
//!
//! A rule looks at every spelling of its field in all files at once: only then is it known which spelling is the
//! natural one, and whether a town at the end of an organisation's name tells two of them apart.

mod alphabet;
mod number;
mod organisation;
mod place;

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use super::grid::number_text;
use super::records::{FieldId, FieldValue, Records, TextId};
use super::vocabulary::{self, Role, Vocabulary};
use crate::project::model::{FieldKind, FieldRule};

/// Fields that hold numbers unless a project says otherwise.
const NUMBERS: &[Role] = &[
    Role::Score,
    Role::ScoreBefore,
    Role::ScoreAfter,
    Role::Amount,
    Role::HouseholdSize,
    Role::ChildrenCount,
    Role::Experience,
    Role::Duration,
];

/// What a spelling means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Meant {
    /// A number.
    Number(f64),
    /// One of the field's values, as it is shown.
    Value(String),
}

/// The spellings of one field with what they mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spellings(HashMap<String, Meant>);

impl Spellings {
    /// What a spelling means; `None` for one that the rule has nothing to say about.
    pub(crate) fn meant(&self, written: &str) -> Option<&Meant> {
        self.0.get(written)
    }
}

/// Spellings of a field with how often each is written.
pub(crate) type Written = BTreeMap<String, usize>;

/// Brings the values of all fields with a rule to one form; the spellings of each field are returned for look-ups.
///
/// `others` are spellings of a field that stand outside the rows.
pub(crate) fn apply(
    rules: &IndexMap<String, FieldRule>,
    others: &BTreeMap<String, Vec<String>>,
    records: &mut Records,
    vocabulary: &Vocabulary,
) -> BTreeMap<String, Spellings> {
    let mut rules = rules.clone();
    for role in NUMBERS {
        rules.entry(role.key().to_owned()).or_insert_with(|| FieldRule {
            kind: FieldKind::Number,
            aliases: IndexMap::new(),
        });
    }
    let mut known = BTreeMap::new();
    for (key, rule) in &rules {
        let field = records.field(key);
        let mut written = field.map(|field| written(records, field)).unwrap_or_default();
        for spelling in others.get(key).into_iter().flatten() {
            written.entry(spelling.clone()).or_insert(0);
        }
        let spellings = spellings(rule, &written, vocabulary);
        if let Some(field) = field {
            rewrite(records, field, &spellings);
        }
        known.insert(key.clone(), spellings);
    }
    known
}

/// What each spelling of a field means under its rule.
pub(crate) fn spellings(rule: &FieldRule, written: &Written, vocabulary: &Vocabulary) -> Spellings {
    let meant = match rule.kind {
        FieldKind::Number => number::meant(&rule.aliases, written),
        FieldKind::Text => grouped(&rule.aliases, written, vocabulary::normalise, str::to_owned),
        FieldKind::Place => grouped(
            &rule.aliases,
            written,
            |text| place::key(text, vocabulary),
            |text| place::shown(text, vocabulary),
        ),
        FieldKind::Organisation => organisation::meant(&rule.aliases, written, vocabulary),
    };
    Spellings(meant)
}

/// Spellings that share a key mean one value: the one that the aliases name, else the most natural spelling.
fn grouped(
    aliases: &IndexMap<String, Vec<String>>,
    written: &Written,
    key: impl Fn(&str) -> String,
    shown: impl Fn(&str) -> String,
) -> HashMap<String, Meant> {
    let named = named(aliases, &key);
    let mut groups: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
    for (spelling, count) in written {
        groups.entry(key(spelling)).or_default().push((spelling, *count));
    }
    let mut meant = HashMap::new();
    for (key, members) in groups {
        let value = named.get(&key).cloned().unwrap_or_else(|| {
            let shown: Vec<(String, usize)> = members.iter().map(|(text, count)| (shown(text), *count)).collect();
            most_natural(shown)
        });
        for (spelling, _) in members {
            meant.insert(spelling.to_owned(), Meant::Value(value.clone()));
        }
    }
    meant
}

/// Key of each value and of its other spellings → the value.
fn named(aliases: &IndexMap<String, Vec<String>>, key: &impl Fn(&str) -> String) -> HashMap<String, String> {
    let mut named = HashMap::new();
    for (value, others) in aliases {
        for spelling in std::iter::once(value).chain(others) {
            named.entry(key(spelling)).or_insert_with(|| value.clone());
        }
    }
    named
}

/// The spelling that a person would print: not all capitals or all small, the most frequent, then the longest.
fn most_natural(spellings: Vec<(String, usize)>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (spelling, count) in spellings {
        *counts.entry(spelling).or_default() += count;
    }
    let natural = |text: &str| text.chars().any(char::is_uppercase) && text.chars().any(char::is_lowercase);
    counts
        .into_iter()
        .max_by_key(|(text, count)| {
            let length = text.chars().count();
            (natural(text), *count, length, std::cmp::Reverse(text.clone()))
        })
        .map(|(text, _)| text)
        .unwrap_or_default()
}

/// Every spelling of a field, in rows and in headings of cycles.
fn written(records: &Records, field: FieldId) -> Written {
    let mut counts: HashMap<TextId, usize> = HashMap::new();
    let mut numbers = Written::new();
    let of_cycles = records.cycles.iter().flat_map(|cycle| &cycle.fields);
    for (_, value) in records.values.iter().chain(of_cycles).filter(|(at, _)| *at == field) {
        match value {
            FieldValue::Text(text) | FieldValue::Code(text) => *counts.entry(*text).or_default() += 1,
            FieldValue::Set(texts) => texts.iter().for_each(|text| *counts.entry(*text).or_default() += 1),
            FieldValue::Number(number) => *numbers.entry(number_text(*number)).or_default() += 1,
            FieldValue::Date(_) | FieldValue::YesNo(_) => {}
        }
    }
    let texts = counts
        .into_iter()
        .map(|(text, count)| (records.text(text).to_owned(), count));
    let mut all: Written = texts.collect();
    for (number, count) in numbers {
        *all.entry(number).or_default() += count;
    }
    all
}

fn rewrite(records: &mut Records, field: FieldId, spellings: &Spellings) {
    let Records {
        texts, values, cycles, ..
    } = records;
    let of_cycles = cycles.iter_mut().flat_map(|cycle| &mut cycle.fields);
    for (_, value) in values.iter_mut().chain(of_cycles).filter(|(at, _)| *at == field) {
        let one = |written: &str| spellings.meant(written).cloned();
        let meant = match &*value {
            FieldValue::Text(text) | FieldValue::Code(text) => one(texts.get(*text)),
            FieldValue::Number(number) => one(&number_text(*number)),
            FieldValue::Set(members) => {
                let mut codes: Vec<String> = members
                    .iter()
                    .map(|text| match one(texts.get(*text)) {
                        Some(Meant::Value(code)) => code,
                        Some(Meant::Number(_)) | None => texts.get(*text).to_owned(),
                    })
                    .collect();
                codes.sort();
                codes.dedup();
                *value = FieldValue::Set(codes.iter().map(|code| texts.intern(code)).collect());
                continue;
            }
            FieldValue::Date(_) | FieldValue::YesNo(_) => None,
        };
        match meant {
            Some(Meant::Number(number)) => *value = FieldValue::Number(number),
            Some(Meant::Value(code)) => *value = FieldValue::Code(texts.intern(&code)),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests;
