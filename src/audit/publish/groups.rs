//! Who is one person, taken from one state of the papers into another, so that what recognition and officers changed is
//! told apart from what rows changed.

use std::collections::{BTreeMap, HashMap};

use super::matching::{Matching, Place};
use super::rows::{Decided, RowPrint, mentions};
use crate::ingest::records::{Decision, MentionId, Place as CellPlace, Records};
use crate::people::model::{Chances, People, Person, PersonId};

/// A partition of mentions: numbers that are equal for one person.
pub type Groups = Vec<u32>;

/// The partition of recognition.
pub fn groups(people: &People) -> Groups {
    people.best.iter().map(|person| person.0).collect()
}

/// The number of then of each mention's person, for mentions in rows that are the same; `now` gives the path of now of a
/// path among the records.
pub fn known(
    records: &Records,
    matching: &Matching,
    then: &[RowPrint],
    now: &dyn Fn(&str) -> String,
) -> Vec<Option<u32>> {
    let mut numbers = vec![None; records.mentions.len()];
    for (place, mentions) in in_rows(records, now) {
        let Some((row, true)) = matching.rows.get(&place) else {
            continue;
        };
        let persons = &then[*row].persons;
        if persons.len() == mentions.len() {
            for (mention, person) in mentions.iter().zip(persons) {
                numbers[mention.index()] = Some(*person);
            }
        }
    }
    numbers
}

/// Records with the path of now of each path among them.
pub type Papers<'a> = (&'a Records, &'a dyn Fn(&str) -> String);

/// The numbers of one state's persons for the mentions of another, where they stand in both.
pub fn carried((from, from_path): Papers, groups: &Groups, (to, to_path): Papers) -> Vec<Option<u32>> {
    let known = in_rows(from, from_path);
    let mut numbers = vec![None; to.mentions.len()];
    for (place, mentions) in in_rows(to, to_path) {
        let Some(there) = known.get(&place).filter(|there| there.len() == mentions.len()) else {
            continue;
        };
        for (mention, other) in mentions.iter().zip(there) {
            numbers[mention.index()] = Some(groups[other.index()]);
        }
    }
    numbers
}

/// Known persons stay what they were then; whoever else is in a group joins the first known person of it.
pub fn extended(groups: &Groups, known: &[Option<u32>]) -> Groups {
    let mut first: HashMap<u32, u32> = HashMap::new();
    for (group, known) in groups.iter().zip(known) {
        if let Some(known) = known {
            first.entry(*group).or_insert(*known);
        }
    }
    let labels = groups.iter().zip(known).map(|(group, known)| {
        let known = known.or_else(|| first.get(group).copied());
        known.map_or((1, *group), |known| (0, known))
    });
    numbered(labels)
}

/// The coarsest partition that refines both: one person only where both say so.
pub fn meet(a: &Groups, b: &Groups) -> Groups {
    numbered(a.iter().copied().zip(b.iter().copied()))
}

/// Whether two partitions say the same.
pub fn alike(a: &Groups, b: &Groups) -> bool {
    numbered(a.iter().copied()) == numbered(b.iter().copied())
}

fn numbered<T: Eq + std::hash::Hash>(labels: impl Iterator<Item = T>) -> Groups {
    let mut numbers: HashMap<T, u32> = HashMap::new();
    labels
        .map(|label| {
            let next = u32::try_from(numbers.len()).expect("fewer than 2^32 mentions");
            *numbers.entry(label).or_insert(next)
        })
        .collect()
}

/// People with these persons and nothing in doubt; persons are ordered as recognition would.
pub fn people(base: &People, groups: &Groups) -> People {
    let mut members: BTreeMap<u32, Vec<MentionId>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        members.entry(*group).or_default().push(at.into());
    }
    let key = |mentions: &[MentionId]| {
        let person = base.best[mentions[0].index()];
        base.persons[person.index()].key.clone()
    };
    let mut persons: Vec<Person> = members
        .into_values()
        .map(|mentions| Person {
            key: key(&mentions),
            mentions,
        })
        .collect();
    persons.sort_by(|a, b| (&a.key, &a.mentions).cmp(&(&b.key, &b.mentions)));
    let mut best = vec![PersonId(0); groups.len()];
    for (at, person) in (0u32..).zip(&mut persons) {
        person.key = format!("{}/{at}", person.key);
        for mention in &person.mentions {
            best[mention.index()] = PersonId(at);
        }
    }
    let blocks: Vec<u32> = best.iter().map(|person| person.0).collect();
    People {
        persons,
        best,
        low: blocks.clone(),
        high: blocks,
        chances: Chances::default(),
        certainty: vec![1.0; groups.len()],
        links: Vec::new(),
        undecided: Vec::new(),
        findings: base.findings.clone(),
    }
}

fn in_rows(records: &Records, now: &dyn Fn(&str) -> String) -> BTreeMap<Place, Vec<MentionId>> {
    let named = mentions(records).into_iter();
    named
        .map(|((file, sheet, row), mentions)| ((now(&file), sheet, row), mentions))
        .collect()
}

/// The decisions of then about these records, as far as their rows are there.
pub fn decisions(
    records: &Records,
    matching: &Matching,
    then: &[Decided],
    now: &dyn Fn(&str) -> String,
) -> Vec<Decision> {
    let mut rows: HashMap<usize, &Place> = HashMap::new();
    for (place, (row, _)) in &matching.rows {
        rows.insert(*row, place);
    }
    let people = in_rows(records, now);
    let end = |(row, nth): (usize, usize)| people.get(*rows.get(&row)?)?.get(nth).copied();
    let decided = then.iter().filter_map(|one| {
        let (a, b) = (end(one.a)?, end(one.b)?);
        Some(Decision {
            a,
            b,
            same: one.same,
            by: String::new(),
            date: String::new(),
            reason: String::new(),
            place: CellPlace {
                column: None,
                ..records.mentions[a.index()].place
            },
        })
    });
    decided.collect()
}

/// Decisions by what they say.
pub fn said(decisions: &[Decision]) -> Vec<(MentionId, MentionId, bool)> {
    let pair = |one: &Decision| (one.a.min(one.b), one.a.max(one.b), one.same);
    let mut said: Vec<_> = decisions.iter().map(pair).collect();
    said.sort_unstable();
    said.dedup();
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_known_stays_and_others_join_the_first() {
        // Recognition joins 0, 1 and the new 2; 3 is new alone; 4 and 5 were one and are two now.
        let groups = vec![7, 7, 7, 8, 9, 10];
        let known = [Some(1), Some(2), None, None, Some(3), Some(3)];
        let then = extended(&groups, &known);
        assert_eq!(then, [0, 1, 0, 2, 3, 3]);
        let between = meet(&then, &groups);
        assert_eq!(between, [0, 1, 0, 2, 3, 4]);
        assert!(alike(&groups, &vec![0, 0, 0, 1, 2, 3]) && !alike(&then, &groups));
    }
}
