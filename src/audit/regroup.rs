//! Rows that were one person in an earlier report and are several now, or the other way round, and why.
//!
//! Only rows of files whose bytes are the same are compared: of any other row it can't be said that it is the same row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::manifest::{FileEntry, Manifest, decision_fingerprints};
use super::partition::{Numbers, cells};
use crate::ingest::records::{Decision, FileId, MentionId, Place, Records};
use crate::people::model::{People, PersonId};

/// What became of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Several then, one now.
    Joined,
    /// One then, several now.
    Parted,
}

/// Why persons were joined or parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// A decision that was not there then, with its place.
    Decision(Place),
    /// A row that was not there then, with its place.
    NewRow(Place),
    /// A row that is not there any more.
    RowGone,
    /// A decision that was there then and is not now.
    DecisionGone,
    /// Another version of the tool.
    Tool,
    /// Other definitions.
    Definitions,
    /// Other rows changed what a spelling, a date or a place is worth.
    Weights,
}

/// Persons that were joined or parted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which of the two.
    pub turn: Turn,
    /// The first row of each person: of those then where they were joined, of those now where they were parted.
    pub places: Vec<Place>,
    /// Why.
    pub cause: Cause,
}

/// What became of the persons of an earlier report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regrouping {
    /// Label of that report's period.
    pub since: String,
    /// All changes, by place.
    pub changes: Vec<Change>,
}

impl Regrouping {
    /// How many changes of a kind there are.
    pub fn count(&self, turn: Turn) -> usize {
        self.changes.iter().filter(|change| change.turn == turn).count()
    }
}

/// Compares the persons of an earlier report with those of now; `None` where that report does not tell its persons.
pub fn regrouping(then: &Manifest, now: &Manifest, records: &Records, people: &People) -> Option<Regrouping> {
    if then.files.iter().all(|file| file.persons.is_empty()) {
        return None;
    }
    let comparison = Comparison::new(then, now, records, people);
    let mut changes = comparison.changes();
    changes.sort_by(|a, b| a.places.cmp(&b.places));
    Some(Regrouping {
        since: then.period.clone(),
        changes,
    })
}

struct Comparison<'a> {
    then: &'a Manifest,
    now: &'a Manifest,
    records: &'a Records,
    people: &'a People,
    /// Number that each mention's person had then.
    were: Vec<Option<u32>>,
    /// Sheets of the files that are not there any more.
    gone: Vec<Numbers>,
    /// Decisions that were not there then, with their ends.
    new_decisions: Vec<&'a Decision>,
}

impl<'a> Comparison<'a> {
    fn new(then: &'a Manifest, now: &'a Manifest, records: &'a Records, people: &'a People) -> Self {
        let entries = same_files(then, records);
        let kept: BTreeSet<&str> = entries.iter().flatten().map(|entry| entry.path.as_str()).collect();
        let gone = then.files.iter().filter(|file| !kept.contains(file.path.as_str()));
        let known: BTreeSet<&String> = then.decisions.iter().collect();
        let told = decision_fingerprints(records);
        let new = records
            .decisions
            .iter()
            .zip(&told)
            .filter(|(_, told)| !known.contains(told));
        Self {
            then,
            now,
            records,
            people,
            were: former_numbers(records, &entries),
            gone: gone
                .flat_map(|file| file.persons.iter().map(|text| Numbers::read(text)))
                .collect(),
            new_decisions: new.map(|(decision, _)| decision).collect(),
        }
    }

    fn changes(&self) -> Vec<Change> {
        let mut joined: BTreeMap<PersonId, BTreeMap<u32, MentionId>> = BTreeMap::new();
        let mut parted: BTreeMap<u32, BTreeMap<PersonId, MentionId>> = BTreeMap::new();
        for (at, (was, is)) in self.were.iter().zip(&self.people.best).enumerate() {
            if let Some(was) = *was {
                joined.entry(*is).or_default().entry(was).or_insert(at.into());
                parted.entry(was).or_default().entry(*is).or_insert(at.into());
            }
        }
        let joined = joined.into_iter().filter(|(_, then)| then.len() > 1);
        let parted = parted.into_iter().filter(|(_, now)| now.len() > 1);
        joined
            .map(|(person, then)| self.change(Turn::Joined, then.into_values(), self.why_joined(person)))
            .chain(parted.map(|(number, now)| {
                let cause = self.why_parted(number, &now);
                self.change(Turn::Parted, now.into_values(), cause)
            }))
            .collect()
    }

    fn change(&self, turn: Turn, firsts: impl Iterator<Item = MentionId>, cause: Cause) -> Change {
        let mut places: Vec<Place> = firsts.map(|mention| self.place(mention)).collect();
        places.sort_unstable();
        Change { turn, places, cause }
    }

    fn place(&self, mention: MentionId) -> Place {
        self.records.mentions[mention.index()].place
    }

    fn why_joined(&self, person: PersonId) -> Cause {
        let is = |mention: MentionId| self.people.best[mention.index()] == person;
        let was = |mention: MentionId| self.were[mention.index()];
        let mut same = self.new_decisions.iter().filter(|decision| decision.same);
        let decision = same.find(|one| is(one.a) && is(one.b) && (was(one.a).is_none() || was(one.a) != was(one.b)));
        match decision {
            Some(decision) => Cause::Decision(decision.place),
            None => self.new_row(&[person]).unwrap_or_else(|| self.other_cause()),
        }
    }

    fn why_parted(&self, number: u32, now: &BTreeMap<PersonId, MentionId>) -> Cause {
        let of = |mention: MentionId| self.people.best[mention.index()];
        let mut different = self.new_decisions.iter().filter(|decision| !decision.same);
        let decision = different
            .find(|one| now.contains_key(&of(one.a)) && now.contains_key(&of(one.b)) && of(one.a) != of(one.b));
        if let Some(decision) = decision {
            return Cause::Decision(decision.place);
        }
        if self.gone.iter().any(|sheet| sheet.holds(number)) {
            return Cause::RowGone;
        }
        let persons: Vec<PersonId> = now.keys().copied().collect();
        self.new_row(&persons).unwrap_or_else(|| self.other_cause())
    }

    /// The first row of the persons that was not there then, one that a link goes through before others.
    fn new_row(&self, persons: &[PersonId]) -> Option<Cause> {
        let is_new = |mention: &MentionId| self.were[mention.index()].is_none();
        let mentions = || {
            persons
                .iter()
                .flat_map(|person| &self.people.persons[person.index()].mentions)
        };
        let new: BTreeSet<MentionId> = mentions().copied().filter(is_new).collect();
        let linked = self.people.links.iter().flat_map(|link| [link.a, link.b]);
        let linked = linked.filter(|mention| new.contains(mention)).min();
        let row = linked.or(new.first().copied())?;
        Some(Cause::NewRow(self.place(row)))
    }

    fn other_cause(&self) -> Cause {
        let decided: BTreeSet<&String> = self.now.decisions.iter().collect();
        if self.then.decisions.iter().any(|decision| !decided.contains(decision)) {
            Cause::DecisionGone
        } else if self.then.tool != self.now.tool {
            Cause::Tool
        } else if self.then.definitions != self.now.definitions {
            Cause::Definitions
        } else {
            Cause::Weights
        }
    }
}

/// The earlier manifest's entry of each file, where its bytes are the same: by path, else under another name.
fn same_files<'a>(then: &'a Manifest, records: &Records) -> Vec<Option<&'a FileEntry>> {
    let mut known: HashMap<&str, Vec<&FileEntry>> = HashMap::new();
    for entry in then.files.iter().filter(|entry| !entry.sha256.is_empty()) {
        known.entry(&entry.sha256).or_default().push(entry);
    }
    let mut take = |sha256: &str, path: Option<&str>| {
        let entries = known.get_mut(sha256)?;
        let at = entries
            .iter()
            .position(|entry| path.is_none_or(|path| entry.path == path))?;
        Some(entries.remove(at))
    };
    let files = || records.files.iter();
    let mut found: Vec<Option<&FileEntry>> = files().map(|file| take(&file.sha256, Some(&file.path))).collect();
    for (entry, file) in found.iter_mut().zip(files()).filter(|(entry, _)| entry.is_none()) {
        *entry = take(&file.sha256, None);
    }
    found
}

/// The number that each mention's person had, where the mention stood there already.
fn former_numbers(records: &Records, entries: &[Option<&FileEntry>]) -> Vec<Option<u32>> {
    let mut read: HashMap<(FileId, u16), Numbers> = HashMap::new();
    let places = records.mentions.iter().map(|mention| mention.place);
    places
        .zip(cells(records))
        .map(|(place, cell)| {
            let text = entries[place.file.index()]?.persons.get(usize::from(place.sheet))?;
            let sheet = read
                .entry((place.file, place.sheet))
                .or_insert_with(|| Numbers::read(text));
            sheet.get(&cell?)
        })
        .collect()
}
