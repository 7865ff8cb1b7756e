//! Which household each contact belongs to: persons that share a household key, as written in whatever way.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::ingest::records::{Fate, FieldId, FieldValue, MentionId, Reason, Records, RowId};
use crate::names::script::{clean, skeleton};
use crate::people::facts::{ContactFact, Who};
use crate::people::model::People;

/// Field that holds a household's key where the identity does not.
const FIELD: &str = "household";

/// Household keys by row, and what each person's rows say most often.
struct Keys {
    of_row: HashMap<RowId, u32>,
    of_person: Vec<Option<u32>>,
    count: u32,
}

/// Gives each named contact its household: the key on its rows; else that of the person who answered the form, or
/// of the person outside forms, as their other rows have it; else a household of that person's own.
pub(super) fn settle(records: &Records, people: &People, contacts: &mut [ContactFact]) {
    let keys = Keys::read(records, people);
    let answers = respondents(records);
    for fact in contacts {
        let Who::Person { person, .. } = fact.who else { continue };
        let form = records.sessions[fact.session.index()].form;
        let head = form
            .and_then(|row| answers.get(&row))
            .map_or(person, |mention| people.best[mention.index()]);
        let written = keys.of_row.get(&fact.row);
        let written = written.or_else(|| form.and_then(|row| keys.of_row.get(&row)));
        let elsewhere = || keys.of_person[head.index()];
        fact.household = written.copied().or_else(elsewhere).or(Some(keys.count + head.0));
    }
}

/// The first mention on each row that is a form.
fn respondents(records: &Records) -> HashMap<RowId, MentionId> {
    let mut answers: HashMap<RowId, Option<MentionId>> = HashMap::new();
    for row in records.sessions.iter().filter_map(|session| session.form) {
        answers.insert(row, None);
    }
    for (at, mention) in records.mentions.iter().enumerate() {
        if let Some(answer) = answers.get_mut(&mention.row) {
            answer.get_or_insert(at.into());
        }
    }
    answers
        .into_iter()
        .filter_map(|(row, answer)| Some((row, answer?)))
        .collect()
}

impl Keys {
    fn read(records: &Records, people: &People) -> Self {
        let field = records.field(FIELD);
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut of_row = HashMap::new();
        let mut of_mention = vec![None; records.mentions.len()];
        for (at, mention) in records.mentions.iter().enumerate() {
            let Some(key) = written(records, at, field) else {
                continue;
            };
            let next = u32::try_from(known.len()).expect("tables hold fewer than 2^32 items");
            let id = *known.entry(key).or_insert(next);
            of_row.entry(mention.row).or_insert(id);
            // Who answered a form and received nothing still tells whose household it is.
            let listed = records.rows[mention.row.index()].fate == Fate::SetAside(Reason::NoContact);
            of_mention[at] = (mention.informs || listed).then_some(id);
        }
        let of_person = people
            .persons
            .par_iter()
            .map(|person| most_frequent(person.mentions.iter().filter_map(|mention| of_mention[mention.index()])))
            .collect();
        Self {
            of_row,
            of_person,
            count: u32::try_from(known.len()).expect("tables hold fewer than 2^32 items"),
        }
    }
}

/// The most frequent; of equally frequent ones that which comes first.
fn most_frequent(keys: impl Iterator<Item = u32>) -> Option<u32> {
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (order, key) in keys.enumerate() {
        counts.entry(key).or_insert((0, order)).0 += 1;
    }
    let best = counts
        .into_iter()
        .min_by_key(|&(_, (count, order))| (usize::MAX - count, order));
    best.map(|(key, _)| key)
}

/// The key on a mention's row, normalised.
fn written(records: &Records, mention: usize, field: Option<FieldId>) -> Option<String> {
    let mention = &records.mentions[mention];
    if let Some(text) = mention.identity.household {
        return normalised(records.text(text));
    }
    let values = records.values_of(mention.row).iter();
    let (_, value) = values.into_iter().find(|(at, _)| Some(*at) == field)?;
    match value {
        FieldValue::Text(text) | FieldValue::Code(text) => normalised(records.text(*text)),
        FieldValue::Number(number) => normalised(&number.to_string()),
        FieldValue::Date(_) | FieldValue::YesNo(_) | FieldValue::Set(_) => None,
    }
}

/// Letters in one alphabet and numbers without leading zeros; everything else only parts them.
fn normalised(text: &str) -> Option<String> {
    let signs: Vec<char> = clean(text).chars().collect();
    let kind = |sign: &char| (sign.is_ascii_digit(), sign.is_alphabetic());
    let mut key = String::new();
    for run in signs.chunk_by(|a, b| kind(a) == kind(b)) {
        let written: String = run.iter().collect();
        if run[0].is_alphabetic() {
            key.push_str(&skeleton(&written));
        } else if run[0].is_ascii_digit() {
            if key.ends_with(|last: char| last.is_ascii_digit()) {
                key.push('-');
            }
            key.push_str(written.trim_start_matches('0'));
        }
    }
    (!key.is_empty()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn a_card_is_one_card_however_it_is_written() {
        let card = normalised("VLK-017");
        for other in ["vlk-017", "VLK017", "vlk 17", " VLK–017 ", "Vlk/017"] {
            assert_eq!(normalised(other), card, "{other}");
        }
        assert_ne!(normalised("VLK-018"), card);
        assert_ne!(normalised("1/23"), normalised("12/3"));
        assert_eq!(normalised(" - "), None);
    }
}
