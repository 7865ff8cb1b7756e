//! The register of duplicates: every pair of places that an officer or the tool held to be one person, or that is open.

use std::collections::BTreeSet;

use super::{Input, file_and_sheet};
use crate::audit::trace;
use crate::ingest::records::{MentionId, Place};
use crate::people::compare_pair;
use crate::people::model::{Cause, FieldWeight, Link};
use crate::people::unnamed::Unnamed;
use crate::report::private::{address, pair_id};
use crate::report::view::clean;

/// Bits against one person from which a field is worth a look.
const AGAINST: f64 = -1.0;

/// How a pair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// An officer said: one person.
    Same,
    /// An officer said: two persons.
    Different,
    /// Nobody decided; counted as one.
    OpenOne,
    /// Nobody decided; counted as two.
    OpenTwo,
    /// The tool joined them by a code.
    Code,
    /// The tool joined them by the weight of what agrees.
    Weight,
}

impl Outcome {
    /// Key of its words, and its code in the CSV file.
    pub(super) fn code(self) -> &'static str {
        match self {
            Outcome::Same => "same",
            Outcome::Different => "different",
            Outcome::OpenOne => "open_one",
            Outcome::OpenTwo => "open_two",
            Outcome::Code => "code",
            Outcome::Weight => "weight",
        }
    }
}

/// A pair of the register; nothing in it names anybody.
pub(super) struct Duplicate {
    pub(super) id: String,
    /// Pseudonyms.
    pub(super) persons: [String; 2],
    pub(super) places: [Place; 2],
    pub(super) link: Link,
    pub(super) outcome: Outcome,
    /// Who decided, when and why, and where it is written; empty where nobody did.
    pub(super) decided: [String; 4],
    /// Published figures that another decision would change.
    pub(super) moves: Option<usize>,
}

impl Duplicate {
    /// Whether the tool joined it and no field speaks against it, so that there is little to look at. Where people were met
    /// says nothing against them.
    pub(super) fn is_plain(&self) -> bool {
        let against = |field: &FieldWeight| field.weight < AGAINST && !matches!(field.comparison, "place" | "context");
        self.outcome >= Outcome::Code && !self.link.fields.iter().any(against)
    }
}

/// The whole register: what officers decided, what is open, what the tool joined.
pub(super) fn register(input: &Input, unnamed: &Unnamed) -> Vec<Duplicate> {
    let records = input.walk.records;
    let people = input.report.people;
    let mut met: BTreeSet<(MentionId, MentionId)> = BTreeSet::new();
    let mut register = Vec::new();
    for decision in &records.decisions {
        met.insert(ends(decision.a, decision.b));
        let outcome = if decision.same {
            Outcome::Same
        } else {
            Outcome::Different
        };
        let link = compare_pair(records, decision.a, decision.b);
        let told = |text: &str| clean(&unnamed.told(text));
        register.push(Duplicate {
            decided: [
                told(&decision.by),
                clean(&decision.date),
                told(&decision.reason),
                records.show(decision.place),
            ],
            ..pair(input, (decision.a, decision.b), &link, outcome)
        });
    }
    for open in input.pairs {
        if met.insert(ends(open.a, open.b)) {
            let outcome = if open.joined {
                Outcome::OpenOne
            } else {
                Outcome::OpenTwo
            };
            register.push(Duplicate {
                moves: Some(open.moves.len()),
                ..pair(input, (open.a, open.b), &open.link, outcome)
            });
        }
    }
    let mut links: Vec<&Link> = people.links.iter().collect();
    links.sort_by_key(|link| ends(link.a, link.b));
    for link in links {
        let outcome = match link.cause {
            Cause::Decision => continue,
            Cause::Code => Outcome::Code,
            Cause::Weight => Outcome::Weight,
        };
        if met.insert(ends(link.a, link.b)) {
            register.push(pair(input, (link.a, link.b), link, outcome));
        }
    }
    register
}

fn pair(input: &Input, (a, b): (MentionId, MentionId), link: &Link, outcome: Outcome) -> Duplicate {
    let records = input.walk.records;
    let (a, b) = ends(a, b);
    let places = [a, b].map(|mention| records.mentions[mention.index()].place);
    let [one, other] = places.map(|place| address(records, place));
    let person = |mention: MentionId| {
        let person = input.report.people.best[mention.index()];
        input.key.pseudonym(&input.report.people.persons[person.index()].key)
    };
    Duplicate {
        id: pair_id(one, other),
        persons: [a, b].map(person),
        places,
        link: link.clone(),
        outcome,
        decided: <[String; 4]>::default(),
        moves: None,
    }
}

/// A place in one text, with its cell.
pub(super) fn place_shown(input: &Input, place: Place) -> String {
    let [file, sheet] = file_and_sheet(input.walk, place);
    let parts = [clean(&file), clean(&sheet), trace::address(place)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" › ")
}

fn ends(a: MentionId, b: MentionId) -> (MentionId, MentionId) {
    (a.min(b), a.max(b))
}
